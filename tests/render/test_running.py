"""Segments are the text, whatever the spans."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from retold.records import Article, Cell, Passage, Row, Span
from retold.render.running import Segment, segment_runs, segments_by_article

from .sample import sample

BORDERS = st.lists(st.integers(0, 60), max_size=14, unique=True).map(sorted)


def _segment(kind: Any = None, role: Any = None, text: str = "words", row: int = 1) -> Segment:
    return Segment(start=0, end=1, text=text, kind=kind, role=role, row=row if kind else None)


@pytest.mark.parametrize("n", [2, 4])
def test_segments_cover_the_text_and_know_their_row(n: Any) -> None:
    record = sample(n)
    segments = segments_by_article(record)
    for article in record.articles:
        assert "".join(segment.text for segment in segments[article.id]) == article.text
    told = {(s.start, s.end, s.row) for s in segments["sternfurt-de"] if s.row}
    assert told == {
        (span.start, span.end, row.id)
        for row in record.rows
        for cell in row.cells
        if cell.article == "sternfurt-de"
        for span in cell.spans
    }


@given(passages=BORDERS, spans=BORDERS)
def test_segments_cover_the_text_for_any_spans(passages: list[int], spans: list[int]) -> None:
    text = "".join(chr(0x61 + i % 26) for i in range(50))
    article = Article(
        id="x",
        text=text,
        passages=tuple(Passage(a, min(b, 50)) for a, b in pairwise(passages) if a < 50),
    )
    cell = Cell(
        article="x",
        spans=tuple(Span(a, min(b, 50)) for a, b in pairwise(spans) if a < 50),
        score=1,
    )
    row = Row(id=1, kind="statement", status="only", cells=(cell,))
    record = replace(sample(2), articles=(article,), rows=(row,) if cell.spans else ())
    segments = segments_by_article(record)["x"]
    assert "".join(segment.text for segment in segments) == text
    assert [s.start for s in segments[1:]] == [s.end for s in segments[:-1]]
    assert all(
        (s.row == 1) == any(p.start <= s.start < p.end for p in cell.spans) for s in segments
    )


def test_neighbours_with_nothing_to_check_are_one_run() -> None:
    space = _segment(text=" ")
    told, filler = _segment("statement"), _segment("commentary")
    runs = segment_runs((told, space, filler, space, _segment(role="boilerplate"), space, told))
    assert [(run.label, len(run.segments)) for run in runs] == [
        (None, 2),
        ("2 passages, nothing to check", 3),
        (None, 2),
    ]


def test_credits_and_captions_are_not_called_nothing_to_check() -> None:
    runs = segment_runs((_segment(role="credit"), _segment(role="caption")))
    assert [run.label for run in runs] == [None]
