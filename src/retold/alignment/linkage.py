"""Groups of linked units: average linkage inside each connected component."""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

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
    queue: list[_Merger] = []
    latest: dict[int, _Merger | None] = {}

    def look(owner: int) -> None:
        latest[owner] = best = clusters.best(owner)
        if best and -best[0] >= least:
            heapq.heappush(queue, best)

    for number in range(len(component)):
        look(number)
    while queue:
        merger = heapq.heappop(queue)
        _, i, j, size, owner = merger
        if owner not in clusters.members or latest[owner] != merger:
            continue
        if size == clusters.size(i, j):
            clusters.merge(i, j)
            look(i)
        else:
            look(owner)
    return [sorted(nodes) for nodes in clusters.members.values() if len(nodes) > 1]


_Merger = tuple[float, int, int, int, int]
"""The negative mean of two clusters, the two, their nodes, and the one whose best mean it is.

A pair has the best mean of all only if both its clusters have no better one: it is enough to
queue the best of each, and to look again where the other has changed since.
"""


class _Clusters:
    """Clusters with the sums of scores between them; absent pairs have the sum 0."""

    def __init__(self, nodes: Sequence[Node], links: Scores, within: float) -> None:
        self.within = within
        self.members = {i: [node] for i, node in enumerate(nodes)}
        self.now = np.arange(len(nodes))  # the cluster of each node
        self.sizes = np.ones(len(nodes))
        _, article = np.unique([a for a, _ in nodes], return_inverse=True)
        self.articles = np.zeros((len(nodes), int(article.max()) + 1))  # nodes of each article
        self.articles[self.now, article] = 1
        number = {node: i for i, node in enumerate(nodes)}
        ends = np.array([(number[a], number[b]) for a, b in links]).T
        scores = np.array(list(links.values()))
        scores[article[ends[0]] == article[ends[1]]] -= within
        near, far = np.concatenate([ends, ends[::-1]], axis=1)
        order = np.argsort(near, kind="stable")
        places = np.searchsorted(near[order], self.now[1:])
        self.near = np.split(far[order], places)
        self.sums = np.split(np.tile(scores, 2)[order], places)

    def size(self, i: int, j: int) -> int:
        """Count the nodes of two clusters: it grows with each merge, and is 0 when one is gone."""
        if i not in self.members or j not in self.members:
            return 0
        return len(self.members[i]) + len(self.members[j])

    def best(self, i: int) -> _Merger | None:
        """Return the cluster whose mean score with i over all pairs is the best."""
        near = self.now[self.near[i]]
        sums = np.bincount(near, self.sums[i], len(self.now))
        linked = np.zeros(len(self.now), bool)
        linked[near] = True
        linked[i] = False
        self.near[i] = others = np.flatnonzero(linked)
        self.sums[i] = sums = sums[others]
        if not len(others):
            return None
        within = self.articles[others] @ self.articles[i]
        mean = np.round((sums + self.within * within) / (self.sizes[others] * self.sizes[i]), 6)
        place = int(mean.argmax())
        j = int(others[place])
        return -float(mean[place]), min(i, j), max(i, j), self.size(i, j), i

    def merge(self, i: int, j: int) -> None:
        """Put cluster j into cluster i."""
        self.members[i] += self.members.pop(j)
        self.now[self.now == j] = i
        self.sizes[i] += self.sizes[j]
        self.articles[i] += self.articles[j]
        self.near[i] = np.concatenate([self.near[i], self.near[j]])
        self.sums[i] = np.concatenate([self.sums[i], self.sums[j]])
