"""Passages and rows: in order, inside the text, and nothing that tells is missing."""

import msgspec
import pytest

from retold.comparison import Comparison
from retold.encoders import Encoder
from retold.pipeline import compare
from retold.reading import read
from retold.records import Article, Span
from tests.conftest import ROOT
from tests.events import english

STORIES = ("harbour", "treaty", "reef")


@pytest.fixture(scope="module", params=STORIES)
def compared(request: pytest.FixtureRequest, encoder: Encoder) -> Comparison:
    return compare(read(ROOT / "examples" / request.param), encoder=encoder)


def spans_of(comparison: Comparison, name: str) -> list[Span]:
    return sorted(
        span
        for row in comparison.rows
        for cell in row.cells
        if cell.article == name
        for span in cell.spans
    )


def test_passages_lie_in_order_inside_the_text(compared: Comparison) -> None:
    for article in compared.articles:
        place = 0
        for passage in article.passages:
            assert place <= passage.start < passage.end <= len(article.text)
            assert article.text[passage.start : passage.end].strip()
            place = passage.end


def test_every_letter_stands_in_a_passage(compared: Comparison) -> None:
    for article in compared.articles:
        inside = {i for p in article.passages for i in range(p.start, p.end)}
        assert not [c for i, c in enumerate(article.text) if c.isalnum() and i not in inside]


def test_rows_cover_what_tells_and_nothing_twice(compared: Comparison) -> None:
    for article in compared.articles:
        told = [i for s in spans_of(compared, article.id) for i in range(s.start, s.end)]
        assert len(told) == len(set(told))
        letters = {i for i in told if article.text[i].isalnum()}
        assert letters >= _letters(article, "title", "heading", "body")


def _letters(article: Article, *roles: str) -> set[int]:
    inside = (range(p.start, p.end) for p in article.passages if p.role in roles)
    return {i for own in inside for i in own if article.text[i].isalnum()}


def test_credits_and_boilerplate_stand_in_no_row(compared: Comparison) -> None:
    if any("darun" in article.id for article in compared.articles):
        pytest.xfail("what stands in one step with a sentence is taken into its row")
    for article in compared.articles:
        told = {i for s in spans_of(compared, article.id) for i in range(s.start, s.end)}
        assert not told & _letters(article, "caption", "credit", "boilerplate")


def test_every_article_has_a_cell_or_a_gap(compared: Comparison) -> None:
    names = {article.id for article in compared.articles}
    for row in compared.rows:
        cells = [cell.article for cell in row.cells]
        gaps = [gap.article for gap in row.gaps]
        assert len(cells) == len(set(cells))
        if row.kind in ("headline", "commentary"):
            assert gaps == []
        else:
            assert sorted(cells + gaps) == sorted(names)


def test_scores_are_probabilities(compared: Comparison) -> None:
    for row in compared.rows:
        found = [x.score for own in (row.cells, row.gaps, row.links) for x in own]
        found += [x for link in row.links for x in (link.a_in_b, link.b_in_a)]
        assert all(0 <= x <= 1 and x == round(x, 4) for x in found)


def test_links_are_between_the_cells_of_their_row(compared: Comparison) -> None:
    for row in compared.rows:
        places = {(cell.article, s.start, s.end) for cell in row.cells for s in cell.spans}
        for link in row.links:
            assert link.a.article != link.b.article
            assert {(x.article, x.start, x.end) for x in (link.a, link.b)} <= places


TWINS = [
    article
    for name in ("harbour", "ferry", "treaty", "reef")
    for article in read(ROOT / "examples" / name).articles
]


@pytest.mark.parametrize("article", [english(), *TWINS], ids=lambda article: article.id)
def test_an_article_against_itself_aligns_wholly(encoder: Encoder, article: Article) -> None:
    twin = msgspec.structs.replace(article, id="twin", url=None)
    found = compare([article, twin], encoder=encoder)
    assert all(row.status == "shared" for row in found.rows)
    for row in found.rows:
        own, other = (cell.spans for cell in row.cells)
        assert own == other
    assert not any(cell.moved for row in found.rows for cell in row.cells)
