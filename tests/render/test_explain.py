"""Reasons name the pairs, in words and with scores."""

import re

import pytest
from msgspec.structs import replace

from retold.errors import UsageError
from retold.records import ComparisonRecord, Link
from retold.render.explain import explain_row
from retold.render.terminal import cells

from .sample import sample


def _row(record: ComparisonRecord, words: str) -> int:
    texts = {article.id: article.text for article in record.articles}
    return next(
        row.id
        for row in record.rows
        for cell in row.cells
        if words in texts[cell.article][cell.spans[0].start : cell.spans[0].end]
    )


def test_a_shared_row_says_why_it_is_one() -> None:
    record = sample(2)
    told = explain_row(record, _row(record, "14 Risse"))
    assert "WHY THESE ARE TOGETHER" in told
    assert "A and B: sure (0.93); all of A's words told in B, part of B's words told in A" in told
    assert "No other passage came near." in told
    assert "WHERE IT WAS NOT FOUND" not in told


def test_a_lonely_row_says_what_was_kept_apart_and_what_is_nearest() -> None:
    record = sample(2)
    told = explain_row(record, _row(record, "Fähre"))
    school = _row(record, "Two schools")
    assert "WHY THESE ARE TOGETHER" not in told
    assert "A and B: kept apart (0.22)" in told
    assert re.search(rf"B, row {school}:\n +Two schools on the far bank", told)
    assert "no counterpart found in B: likely (0.70)" in told
    assert re.search(r"nearest there, row \d+:\n +It was a gloomy start", told)


def test_a_candidate_explains_both_of_its_rows() -> None:
    record = sample(2)
    assert "kept apart (0.22)" in explain_row(record, _row(record, "Two schools"))
    assert "kept apart" not in explain_row(record, _row(record, "14 Risse"))


def test_many_pairs_are_listed_from_the_strongest() -> None:
    record = sample(4)
    number = _row(record, "gesperrt.")
    row = next(row for row in record.rows if row.id == number)
    scored = [replace(link, score=0.9 - i / 100) for i, link in enumerate(row.links * 2)]
    rows = tuple(replace(r, links=tuple(scored[::-1])) if r is row else r for r in record.rows)
    told = explain_row(replace(record, rows=rows), number)
    scores = re.findall(r"\((0\.\d\d)\);", told.split("WHY NOT")[0])
    assert scores == ["0.90", "0.89", "0.88", "0.87", "0.86", "0.85"]
    assert "… 6 more of lower score" in told


@pytest.mark.parametrize("number", [0, 11, -1])
def test_an_unknown_row_names_the_range(number: int) -> None:
    with pytest.raises(UsageError, match=rf"no row {number}: rows are numbered from 1 to 10"):
        explain_row(sample(2), number)


def test_a_comparison_without_rows_says_so() -> None:
    with pytest.raises(UsageError, match="this comparison has none"):
        explain_row(replace(sample(2), rows=()), 1)


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    record = sample(4)
    told = [explain_row(record, row.id, width=width) for row in record.rows]
    assert max(cells(line) for text in told for line in text.splitlines()) <= width


def test_reports_of_a_pair_are_named_in_the_order_of_their_letters() -> None:
    record = sample(2)
    number = _row(record, "14 Risse")
    turned = [replace(row, links=tuple(_turned(link) for link in row.links)) for row in record.rows]
    assert explain_row(replace(record, rows=tuple(turned)), number) == explain_row(record, number)


def _turned(link: Link) -> Link:
    return replace(link, a=link.b, b=link.a, a_in_b=link.b_in_a, b_in_a=link.a_in_b)
