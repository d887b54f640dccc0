"""Groups of linked units: average linkage inside each connected component."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Node = tuple[int, int]
"""An article's number in process order, and a unit's number there."""
Scores = Mapping[tuple[Node, Node], float]
"""Probability of each pair of nodes of different articles; a pair that is missing has none."""


def group(links: Scores, *, least: float, within: float) -> list[list[Node]]:
    """Join nodes as long as the mean over all pairs between two groups is at least `least`.

    `links` may hold pairs below `least`: they count in the means. A pair within one article
    counts as `within` unless `links` has it: its sentences mostly tell different claims. Components
    alone would let one wrong link join two claims; a mean does not. Ties are broken by position.
    Returns groups of two or more nodes, each sorted, in order.
    """
    strong = [pair for pair, score in links.items() if score >= least]
    groups = []
    for component in _components(strong):
        groups.extend(_average_linkage(component, links, least, within))
    return sorted(groups)


def _components(pairs: Sequence[tuple[Node, Node]]) -> list[list[Node]]:
    """Return the connected components of a graph, each sorted."""
    near: dict[Node, list[Node]] = defaultdict(list)
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    seen: set[Node] = set()
    components = []
    for node in sorted(near):
        if node in seen:
            continue
        seen.add(node)
        component = [node]
        for member in component:
            fresh = [n for n in near[member] if n not in seen]
            seen.update(fresh)
            component.extend(dict.fromkeys(fresh))
        components.append(sorted(component))
    return components


def _average_linkage(
    component: Sequence[Node], links: Scores, least: float, within: float
) -> list[list[Node]]:
    """Merge greedily, the best mean first."""
    clusters = _Clusters(component, links, within)
    queue = [(-clusters.mean(i, j), i, j) for i, row in clusters.sums.items() for j in row if i < j]
    heapq.heapify(queue)
    while queue and -queue[0][0] >= least:
        negative, i, j = heapq.heappop(queue)
        if j in clusters.sums.get(i, {}) and clusters.mean(i, j) == -negative:
            for k in clusters.merge(i, j):
                heapq.heappush(queue, (-clusters.mean(i, k), min(i, k), max(i, k)))
    return [sorted(nodes) for nodes in clusters.members.values() if len(nodes) > 1]


class _Clusters:
    """Clusters with the sums of scores between them; absent pairs have the sum 0."""

    def __init__(self, nodes: Sequence[Node], links: Scores, within: float) -> None:
        self.within = within
        number = {node: i for i, node in enumerate(nodes)}
        self.members = {i: [node] for i, node in enumerate(nodes)}
        self.articles = {i: Counter([node[0]]) for i, node in enumerate(nodes)}
        self.sums: dict[int, dict[int, float]] = {i: {} for i in self.members}
        for (a, b), score in links.items():
            if a in number and b in number:
                i, j = number[a], number[b]
                gain = score - within if a[0] == b[0] else score
                self.sums[i][j] = self.sums[j][i] = gain

    def mean(self, i: int, j: int) -> float:
        """Return the mean score over all pairs."""
        one, other = self.articles[i], self.articles[j]
        within = sum(n * other[article] for article, n in one.items())
        pairs = len(self.members[i]) * len(self.members[j])
        return round((self.sums[i][j] + self.within * within) / pairs, 6)

    def merge(self, i: int, j: int) -> list[int]:
        """Put cluster j into cluster i and return the clusters that now have a sum with i."""
        self.members[i] += self.members.pop(j)
        self.articles[i] += self.articles.pop(j)
        for k, total in self.sums.pop(j).items():
            self.sums[k].pop(j)
            if k != i:
                self.sums[i][k] = self.sums[k][i] = self.sums[i].get(k, 0.0) + total
        return sorted(self.sums[i])
