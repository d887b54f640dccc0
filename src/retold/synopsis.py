"""Groups of units -> the synopsis: rows of claims, a cell for each article that tells it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from retold.alignment import Alignment, Unit
from retold.alignment.evidence import Floats
from retold.alignment.linkage import Node
from retold.records import Article, Cell, Gap, Link, Place, Row, RowKind
from retold.settings import SynopsisSettings

Claim = tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What is known of each article's units beside the alignment, by article and unit."""

    commentary: Sequence[Sequence[float]]
    """Probability that a unit holds nothing that could be checked."""
    quoted: Sequence[Sequence[bool]]
    """Whether a unit is somebody's words in quotation marks."""


def build_rows(
    articles: Sequence[Article],
    alignment: Alignment,
    judged: Judged,
    *,
    settings: SynopsisSettings,
) -> tuple[Row, ...]:
    """Build the rows of articles that are given in process order.

    The rows are disjoint and cover every unit of a title, heading or body.
    """
    claims = _in_order(_claims(articles, alignment), alignment.units)
    moved = _moved(claims)
    maker = _Maker(articles, alignment, judged, settings)
    return tuple(
        maker.row(number, claim, moved[number - 1]) for number, claim in enumerate(claims, 1)
    )


def _claims(articles: Sequence[Article], alignment: Alignment) -> list[Claim]:
    """Return the groups and, each by itself, what is in none; equal titles stand together."""
    claims = [list(group) for group in alignment.groups]
    claim_of = {node: number for number, group in enumerate(claims) for node in group}
    for a, units in enumerate(alignment.units):
        titles: dict[str, int] = {}
        for u, unit in enumerate(units):
            if not unit.tells:
                continue
            words = articles[a].text[unit.span.start : unit.span.end].casefold()
            home = titles.get(words) if unit.role == "title" else None
            if (a, u) not in claim_of:
                if home is None:
                    home = len(claims)
                    claims.append([])
                claims[home].append((a, u))
                claim_of[a, u] = home
            if unit.role == "title":
                titles.setdefault(words, claim_of[a, u])
    return [tuple(sorted(claim)) for claim in claims]


def _in_order(claims: Sequence[Claim], units: Sequence[Sequence[Unit]]) -> list[Claim]:
    """Order claims by the article with cells in most; others where they fall between."""
    claim_of = {node: number for number, claim in enumerate(claims) for node in claim}
    told = [
        len({claim_of[a, u] for u in range(len(own)) if (a, u) in claim_of})
        for a, own in enumerate(units)
    ]
    lead_first = sorted(range(len(units)), key=lambda a: (-told[a], a))
    following: dict[int, int] = {-1: -1}
    for a in lead_first:
        last = -1
        for u in range(len(units[a])):
            number = claim_of.get((a, u))
            if number is None:
                continue
            if number not in following:
                following[number] = following[last]
                following[last] = number
            last = number
    ordered, number = [], following[-1]
    while number != -1:
        ordered.append(claims[number])
        number = following[number]
    return ordered


def _moved(claims: Sequence[Claim]) -> list[frozenset[int]]:
    """Return for each claim the articles that tell it out of their common order.

    The order is that of the claim's earliest article; what stands in the longest run of shared
    claims that both tell in the same order is not moved.
    """
    place = [dict(reversed(claim)) for claim in claims]
    first = [min(cells) for cells in place]
    moved: list[set[int]] = [set() for _ in claims]
    for earliest, other in {
        (f, a) for f, cells in zip(first, place, strict=True) for a in cells if a != f
    }:
        shared = [i for i, cells in enumerate(place) if earliest in cells and other in cells]
        shared.sort(key=lambda i: place[i][earliest])
        kept = _longest_rise([place[i][other] for i in shared])
        for position, i in enumerate(shared):
            if first[i] == earliest and position not in kept:
                moved[i].add(other)
    return [frozenset(articles) for articles in moved]


def _longest_rise(values: Sequence[int]) -> frozenset[int]:
    """Return the positions of a longest rising subsequence."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values):
        length = bisect_left(ends, value)
        ends[length : length + 1] = [value]
        at[length : length + 1] = [position]
        before.append(at[length - 1] if length else -1)
    kept, position = set(), at[-1] if at else -1
    while position >= 0:
        kept.add(position)
        position = before[position]
    return frozenset(kept)


class _Maker:
    """Make rows of claims."""

    def __init__(
        self,
        articles: Sequence[Article],
        alignment: Alignment,
        judged: Judged,
        settings: SynopsisSettings,
    ) -> None:
        self.articles, self.alignment = articles, alignment
        self.judged, self.settings = judged, settings

    def row(self, number: int, claim: Claim, moved: frozenset[int]) -> Row:
        """Make one row."""
        tellers = sorted({a for a, _ in claim})
        links = [
            _link(self.articles, self.alignment, x, y)
            for x, y in combinations(claim, 2)
            if x[0] != y[0]
        ]
        scores: dict[str, list[float]] = {}
        for link in links:
            scores.setdefault(link.a.article, []).append(link.score)
            scores.setdefault(link.b.article, []).append(link.score)
        kind = self.kind(claim)
        return Row(
            id=number,
            kind=kind,
            status="only" if len(tellers) == 1 else "shared",
            cells=tuple(
                self.cell(a, claim, scores.get(self.articles[a].id, ()), moved) for a in tellers
            ),
            gaps=()
            if kind in ("headline", "commentary")
            else tuple(self.gap(a, claim) for a in range(len(self.articles)) if a not in tellers),
            links=tuple(links),
        )

    def unit(self, node: Node) -> Unit:
        """Return a node's unit."""
        return self.alignment.units[node[0]][node[1]]

    def kind(self, claim: Claim) -> RowKind:
        """Say what kind of claim this is."""
        if all(self.unit(node).role in ("title", "heading") for node in claim):
            return "headline"
        if any(self.judged.quoted[a][u] for a, u in claim):
            return "quote"
        least = min(self.judged.commentary[a][u] for a, u in claim)
        return "commentary" if least >= self.settings.commentary else "statement"

    def cell(self, a: int, claim: Claim, scores: Sequence[float], moved: frozenset[int]) -> Cell:
        """Make the cell of one article; `scores` are those of its links."""
        return Cell(
            article=self.articles[a].id,
            spans=tuple(self.unit(node).span for node in claim if node[0] == a),
            score=round(sum(scores) / len(scores), 4) if scores else 1.0,
            moved=a in moved,
        )

    def gap(self, a: int, claim: Claim) -> Gap:
        """Make the gap of an article: what comes closest there, and how far it is."""
        closest = np.max([self.told(node, a) for node in claim], axis=0)
        best = int(np.argmax(closest)) if len(closest) else None
        odds = -float(closest[best]) if best is not None else np.inf
        score = round(1 / (1 + float(np.exp(-odds))), 4)
        article = self.articles[a]
        return Gap(
            article=article.id,
            score=score,
            certain=article.complete and score >= self.settings.certain_gap,
            nearest=self.unit((a, best)).span if best is not None else None,
        )

    def told(self, node: Node, a: int) -> Floats:
        """Return the log-odds that each unit of article `a` tells what `node` tells."""
        if node[0] < a:
            row: Floats = self.alignment.pairs[node[0], a].log_odds[node[1]]
            return row
        return self.alignment.pairs[a, node[0]].log_odds[:, node[1]]


def candidates(
    articles: Sequence[Article], alignment: Alignment, rows: Sequence[Row], *, least: float
) -> tuple[Link, ...]:
    """Return the pairs that scored `least` or more and stand in no row together."""
    row_of = {
        (cell.article, span.start): row.id
        for row in rows
        for cell in row.cells
        for span in cell.spans
    }
    rows_of = [
        np.array([row_of.get((article.id, unit.span.start), 0) for unit in units])
        for article, units in zip(articles, alignment.units, strict=True)
    ]
    found = []
    for (i, j), scores in sorted(alignment.pairs.items()):
        left, right = rows_of[i][:, None], rows_of[j]
        apart = (left != right) & (left > 0) & (right > 0)
        for x, y in np.argwhere(apart & (scores.probability >= least)).tolist():
            found.append(_link(articles, alignment, (i, x), (j, y)))
    return tuple(found)


def _link(articles: Sequence[Article], alignment: Alignment, x: Node, y: Node) -> Link:
    """Return the evidence for two units of different articles, the earlier article first."""
    scores = alignment.pairs[x[0], y[0]]
    return Link(
        a=_place(articles, alignment, x),
        b=_place(articles, alignment, y),
        score=_plain(scores.probability[x[1], y[1]]),
        a_in_b=_plain(scores.a_in_b[x[1], y[1]]),
        b_in_a=_plain(scores.b_in_a[x[1], y[1]]),
    )


def _place(articles: Sequence[Article], alignment: Alignment, node: Node) -> Place:
    span = alignment.units[node[0]][node[1]].span
    return Place(articles[node[0]].id, span.start, span.end)


def _plain(value: float) -> float:
    return round(float(value), 4)
