"""Full texts cut into segments that know their row; what holds nothing to check, in runs."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, pairwise, takewhile

import msgspec

from retold.records import Article, ComparisonRecord, Passage, Role, Row, RowKind, Span
from retold.render import wording


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of an article: `row` is the claim it tells, `role` its passage's part.

    Both are None for what stands between passages. All segments together are the text.
    """

    start: int
    end: int
    text: str
    row: int | None = None
    kind: RowKind | None = None
    role: Role | None = None

    @property
    def nothing_to_check(self) -> bool:
        """Tell whether this is commentary or boilerplate."""
        return self.kind == "commentary" or (self.row is None and self.role == "boilerplate")

    @property
    def blank(self) -> bool:
        """Tell whether this is only space or marks between claims."""
        return self.row is None and not any(map(str.isalnum, self.text))


class SegmentRun(msgspec.Struct, frozen=True, kw_only=True):
    """Neighbouring segments; `label` is given where they are to be shown collapsed.

    `count` is how many passages the label speaks of, 0 without a label.
    """

    segments: tuple[Segment, ...]
    count: int = 0
    label: str | None = None


class RunningText(msgspec.Struct, frozen=True, kw_only=True):
    """One article's whole text, in order."""

    letter: str
    article: str
    lang: str
    direction: str
    runs: tuple[SegmentRun, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """List all segments, those of collapsed runs too."""
        return tuple(segment for run in self.runs for segment in run.segments)


def segments_by_article(record: ComparisonRecord) -> dict[str, tuple[Segment, ...]]:
    """Cut every article's text into segments."""
    told: dict[str, list[tuple[Span, Row]]] = {article.id: [] for article in record.articles}
    for row in record.rows:
        for cell in row.cells:
            told[cell.article].extend((span, row) for span in cell.spans)
    return {article.id: tuple(_segments(article, told[article.id])) for article in record.articles}


def segment_runs(segments: Sequence[Segment]) -> tuple[SegmentRun, ...]:
    """Gather neighbouring segments that hold nothing to check into labelled runs."""
    marked = zip(_nothing(segments), segments, strict=True)
    return tuple(
        _run(tuple(segment for _, segment in members), nothing=nothing)
        for nothing, members in groupby(marked, key=lambda pair: pair[0])
    )


def _run(segments: tuple[Segment, ...], *, nothing: bool) -> SegmentRun:
    if not nothing:
        return SegmentRun(segments=segments)
    count = sum(segment.nothing_to_check for segment in segments)
    return SegmentRun(segments=segments, count=count, label=wording.nothing_label(count))


def _nothing(segments: Sequence[Segment]) -> list[bool]:
    """Mark what holds nothing to check, and what is blank between two such segments."""
    marks = [segment.nothing_to_check for segment in segments]
    words = [i for i, segment in enumerate(segments) if not segment.blank]
    for left, right in pairwise(words):
        if marks[left] and marks[right]:
            marks[left:right] = [True] * (right - left)
    return marks


def _segments(article: Article, told: Iterable[tuple[Span, Row]]) -> Iterator[Segment]:
    passages = sorted(article.passages, key=lambda passage: passage.start)
    position = 0
    for span, row in sorted(told, key=lambda pair: pair[0]):
        start = max(span.start, position)
        if start >= span.end:
            continue
        yield from _untold(article.text, passages, position, start)
        words = article.text[start : span.end]
        role = next((p.role for p in _overlapping(passages, start, span.end)), None)
        yield Segment(start=start, end=span.end, text=words, row=row.id, kind=row.kind, role=role)
        position = span.end
    yield from _untold(article.text, passages, position, len(article.text))


def _untold(text: str, passages: Sequence[Passage], start: int, end: int) -> Iterator[Segment]:
    """Cut what no row tells at the borders of passages."""
    for passage in _overlapping(passages, start, end):
        left, right = max(passage.start, start), min(passage.end, end)
        if start < left:
            yield Segment(start=start, end=left, text=text[start:left])
        yield Segment(start=left, end=right, text=text[left:right], role=passage.role)
        start = right
    if start < end:
        yield Segment(start=start, end=end, text=text[start:end])


def _overlapping(passages: Sequence[Passage], start: int, end: int) -> Iterator[Passage]:
    """Find the passages, sorted and disjoint, that share a character with a range."""
    first = bisect_right(passages, start, key=lambda passage: passage.end)
    beyond = takewhile(lambda passage: passage.start < end, islice(passages, first, None))
    return (passage for passage in beyond if max(passage.start, start) < min(passage.end, end))
