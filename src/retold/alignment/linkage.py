"""Groups of linked units: average linkage inside each connected component."""

import heapq
from collections import defaultdict
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
    components = _components([pair for pair, score in links.items() if score >= least])
    home = {node: number for number, nodes in enumerate(components) for node in nodes}
    inside: list[dict[tuple[Node, Node], float]] = [{} for _ in components]
    for (a, b), score in links.items():
        if a in home and home[a] == home.get(b):
            inside[home[a]][a, b] = score
    groups = []
    for component, own in zip(components, inside, strict=True):
        groups.extend(_average_linkage(component, own, least, within))
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
    """Merge greedily, the best mean first; `links` are those inside the component."""
    clusters = _Clusters(component, links, within)
    queue = [entry for i in clusters.sums for entry in clusters.near(i, least) if entry[1] == i]
    heapq.heapify(queue)
    while queue:
        _, i, j, size = heapq.heappop(queue)
        if size == clusters.size(i, j):
            clusters.merge(i, j)
            for entry in clusters.near(i, least):
                heapq.heappush(queue, entry)
    return [sorted(nodes) for nodes in clusters.members.values() if len(nodes) > 1]


class _Clusters:
    """Clusters with the sums of scores between them; absent pairs have the sum 0."""

    def __init__(self, nodes: Sequence[Node], links: Scores, within: float) -> None:
        self.within = within
        number = {node: i for i, node in enumerate(nodes)}
        self.members = {i: [node] for i, node in enumerate(nodes)}
        self.articles = {i: {node[0]: 1} for i, node in enumerate(nodes)}
        self.sums: dict[int, dict[int, float]] = {i: {} for i in self.members}
        for (a, b), score in links.items():
            i, j = number[a], number[b]
            over = score - within if a[0] == b[0] else score
            self.sums[i][j] = self.sums[j][i] = over

    def size(self, i: int, j: int) -> int:
        """Count the nodes of two clusters: it grows with each merge, and is 0 when one is gone."""
        if i not in self.members or j not in self.members:
            return 0
        return len(self.members[i]) + len(self.members[j])

    def near(self, i: int, least: float) -> list[tuple[float, int, int, int]]:
        """Return the clusters whose mean score with i over all pairs is at least `least`.

        Each as the mean's negative, the pair and its size.
        """
        own, size = self.articles[i], len(self.members[i])
        # A mean is at most that of the sum alone, and `within` for each pair.
        enough = (least - self.within - 1e-6) * size
        found = []
        for k, total in self.sums[i].items():
            other = len(self.members[k])
            if total < enough * other:
                continue
            articles = self.articles[k]
            within = 0
            if not own.keys().isdisjoint(articles):
                within = sum(n * own.get(article, 0) for article, n in articles.items())
            mean = round((total + self.within * within) / (size * other), 6)
            if mean >= least:
                found.append((-mean, min(i, k), max(i, k), size + other))
        return found

    def merge(self, i: int, j: int) -> None:
        """Put cluster j into cluster i."""
        self.members[i] += self.members.pop(j)
        for article, count in self.articles.pop(j).items():
            self.articles[i][article] = self.articles[i].get(article, 0) + count
        for k, total in self.sums.pop(j).items():
            self.sums[k].pop(j)
            if k != i:
                self.sums[i][k] = self.sums[k][i] = self.sums[i].get(k, 0.0) + total
