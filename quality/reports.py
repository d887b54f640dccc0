"""Reports made of given sentences, and what a comparison says of each pair of sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quality.command import Table
from retold.comparison import Comparison
from retold.reading import article_from_text
from retold.records import Article, Link, Place, Row, Span


@dataclass(frozen=True, slots=True)
class Report:
    """An article of which the sentences are known, one a line."""

    article: Article
    spans: tuple[Span, ...]

    def text(self, sentence: int) -> str:
        """Return the words of a sentence, from 0."""
        span = self.spans[sentence]
        return self.article.text[span.start : span.end]


@dataclass(frozen=True, slots=True, eq=False)
class SentencePairs:
    """What a comparison says of the sentences of two reports: arrays (sentences, sentences)."""

    score: NDArray[np.float64]
    """The highest score of a link or candidate between the two, 0 where there is none."""
    linked: NDArray[np.bool_]
    """Whether the two stand in one row."""
    a_in_b: NDArray[np.float64]
    """How much of the one the other tells: of its clauses, each by its length."""
    b_in_a: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SentenceGap:
    """A sentence that, as the comparison says, another report does not tell."""

    sentence: int
    score: float
    certain: bool


@dataclass(frozen=True, slots=True)
class Correspondence:
    """How the passages that a comparison found fit the sentences that were given."""

    sentences: int
    cut: int
    """Sentences that were cut into several passages."""
    joined: int
    """Sentences that share a passage with another."""
    not_told: int
    """Sentences that were taken for a credit, a caption or boilerplate."""


def lay_out(
    sentences: Sequence[str],
    *,
    id: str,  # noqa: A002 - the name of the field
    lang: str | None,
    title: str | None = None,
) -> Report:
    """Make a report of sentences, each on a line of its own, below the title if there is one."""
    lines = [" ".join(sentence.split()) for sentence in sentences]
    article = article_from_text("\n".join(lines), id=id, lang=lang, title=title)
    place = int(article.extra.get("text_offset", 0))
    spans = []
    for line in lines:
        spans.append(Span(place, place + len(line)))
        place += len(line) + 1
    return Report(article, tuple(spans))


def same_place(a: Span, b: Span) -> bool:
    """Tell whether two spans stand for one text: they overlap by half of the shorter."""
    shorter = min(a.end - a.start, b.end - b.start)
    return shorter > 0 and 2 * _overlap(a, b) >= shorter


class _Finder:
    """Find the sentences that a span of a report stands for."""

    def __init__(self, report: Report) -> None:
        self._spans = report.spans
        self._found: dict[tuple[int, int], tuple[int, ...]] = {}

    def __call__(self, start: int, end: int) -> tuple[int, ...]:
        """Return the numbers of the sentences, from 0."""
        if (start, end) not in self._found:
            span = Span(start, end)
            self._found[start, end] = tuple(
                i for i, own in enumerate(self._spans) if same_place(span, own)
            )
        return self._found[start, end]


def sentence_pairs(comparison: Comparison, a: Report, b: Report) -> SentencePairs:
    """Read what a comparison says of every pair of sentences of two of its reports."""
    shape = (len(a.spans), len(b.spans))
    score, linked = np.zeros(shape), np.zeros(shape, bool)
    shares_a, shares_b = _Shares(a), _Shares(b)
    in_a, in_b = _Finder(a), _Finder(b)
    for link, emitted in _links(comparison, a.article.id, b.article.id):
        for i in in_a(link.a.start, link.a.end):
            for j in in_b(link.b.start, link.b.end):
                linked[i, j] |= emitted
                score[i, j] = max(score[i, j], link.score)
                shares_a.add(i, j, link.a, link.a_in_b)
                shares_b.add(j, i, link.b, link.b_in_a)
    return SentencePairs(score, linked, shares_a.array(shape), shares_b.array(shape[::-1]).T)


class _Shares:
    """How much of each sentence of a report another tells, from what is told of its clauses."""

    def __init__(self, report: Report) -> None:
        self._spans = report.spans
        self._told: dict[tuple[int, int], dict[Place, float]] = {}

    def add(self, own: int, other: int, clause: Place, share: float) -> None:
        """Note that so much of a clause of sentence `own` is told by a part of `other`."""
        clauses = self._told.setdefault((own, other), {})
        clauses[clause] = max(share, clauses.get(clause, 0.0))

    def array(self, shape: tuple[int, int]) -> NDArray[np.float64]:
        """Return the share of each sentence: clauses count by their length, the rest is untold."""
        found = np.zeros(shape)
        for (own, other), clauses in self._told.items():
            span = self._spans[own]
            told = sum(share * _overlap(clause, span) for clause, share in clauses.items())
            found[own, other] = min(1.0, told / (span.end - span.start))
        return found


def _overlap(one: Place | Span, other: Place | Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _links(comparison: Comparison, a: str, b: str) -> Iterator[tuple[Link, bool]]:
    """Yield every scored pair of two articles, `a` first, and whether it shares a row."""
    emitted = ((link, True) for row in comparison.rows for link in row.links)
    for link, shared in (*emitted, *((link, False) for link in comparison.candidates)):
        if (link.a.article, link.b.article) == (a, b):
            yield link, shared
        elif (link.a.article, link.b.article) == (b, a):
            yield _turned(link), shared


def _turned(link: Link) -> Link:
    return Link(a=link.b, b=link.a, score=link.score, a_in_b=link.b_in_a, b_in_a=link.a_in_b)


def sentence_gaps(comparison: Comparison, a: Report, b: Report) -> list[SentenceGap]:
    """Return the sentences of `a` that `b` does not tell, as the rows say, with their scores.

    A sentence of which one clause has a counterpart is told; of several gaps the least sure
    counts. Headlines, commentary, credits and boilerplate have no gaps.
    """
    find = _Finder(a)
    gaps: dict[int, SentenceGap] = {}
    told: set[int] = set()
    for row in comparison.rows:
        here = [i for span in _cell_spans(row, a) for i in find(span.start, span.end)]
        if any(cell.article == b.article.id for cell in row.cells):
            told.update(here)
        for gap in row.gaps:
            for i in here if gap.article == b.article.id else ():
                if i not in gaps or gap.score < gaps[i].score:
                    gaps[i] = SentenceGap(i, gap.score, gap.certain)
    return [gap for i, gap in sorted(gaps.items()) if i not in told]


def _cell_spans(row: Row, report: Report) -> list[Span]:
    return [s for cell in row.cells if cell.article == report.article.id for s in cell.spans]


def correspondence(comparison: Comparison, report: Report) -> Correspondence:
    """Say how the passages found in a report fit the sentences that it was made of."""
    article = next(x for x in comparison.articles if x.id == report.article.id)
    inside = [
        [p for p in article.passages if p.start < span.end and span.start < p.end]
        for span in report.spans
    ]
    return Correspondence(
        sentences=len(inside),
        cut=sum(len(own) > 1 for own in inside),
        joined=sum(
            any(p.start < span.start or p.end > span.end for p in own)
            for own, span in zip(inside, report.spans, strict=True)
        ),
        not_told=sum(
            not any(p.role in ("title", "heading", "body") for p in own) for own in inside
        ),
    )


def fit_table(found: Sequence[Correspondence]) -> Table:
    """Show how the passages fit the sentences of all reports."""
    columns = ("sentences", "cut", "joined", "not_told")
    return Table(columns, [[sum(getattr(one, column) for one in found) for column in columns]])
