"""Rows of claims, from alignments made by hand."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np
import pytest

from retold.alignment import Alignment, PairScores, Unit
from retold.alignment.linkage import Node
from retold.records import Article, Place, Row, Span
from retold.settings import SynopsisSettings
from retold.synopsis import Judged, build_rows, candidates
from tests.alignment.made import article

SETTINGS = SynopsisSettings(commentary=0.75, certain_gap=0.9)
LINKED, UNLINKED = 0.9, 0.01
NEAR = 0.3
HALF = np.float32(0.5)


def aligned(
    articles: Sequence[Article],
    groups: Sequence[Sequence[Node]] = (),
    *,
    near: Sequence[tuple[Node, Node]] = (),
    linked: float = LINKED,
) -> Alignment:
    """Make the alignment in which the groups are linked, all else is not, but for what is near."""
    units = [
        tuple(Unit(Span(p.start, p.end), p.role, i) for i, p in enumerate(a.passages))
        for a in articles
    ]
    pairs = {}
    for j in range(len(articles)):
        for i in range(j):
            score = np.full((len(units[i]), len(units[j])), UNLINKED, np.float32)
            for x, y in _between(i, j, groups):
                score[x, y] = linked
            for (a, x), (b, y) in near:
                if (a, b) == (i, j):
                    score[x, y] = NEAR
            odds = np.log(score / (1 - score)).astype(np.float32)
            pairs[i, j] = PairScores(score, odds, score * HALF, score * HALF * HALF, None)
    ordered = tuple(tuple(sorted(own)) for own in groups)
    return Alignment(tuple(units), pairs, ordered)


def _between(i: int, j: int, groups: Sequence[Sequence[Node]]) -> Iterator[tuple[int, int]]:
    for own in groups:
        for a, x in own:
            yield from ((x, y) for b, y in own if (a, b) == (i, j))


def rows(
    articles: Sequence[Article],
    groups: Sequence[Sequence[Node]] = (),
    *,
    near: Sequence[tuple[Node, Node]] = (),
    commentary: Sequence[Node] = (),
    quoted: Sequence[Node] = (),
) -> tuple[Row, ...]:
    """Build the rows; `commentary` and `quoted` name units that are."""
    alignment = aligned(articles, groups, near=near)
    judged = Judged(
        commentary=[
            [0.9 if (a, u) in commentary else 0.1 for u in range(len(own))]
            for a, own in enumerate(alignment.units)
        ],
        quoted=[
            [(a, u) in quoted for u in range(len(own))] for a, own in enumerate(alignment.units)
        ],
    )
    return build_rows(articles, alignment, judged, settings=SETTINGS)


def words(articles: Sequence[Article], row: Row) -> dict[str, list[str]]:
    """Return what each cell of a row says."""
    texts = {a.id: a.text for a in articles}
    return {
        cell.article: [texts[cell.article][s.start : s.end] for s in cell.spans]
        for cell in row.cells
    }


def made(*reports: Sequence[str]) -> list[Article]:
    return [article(own, name="abcdef"[i]) for i, own in enumerate(reports)]


def table(articles: Sequence[Article], found: Sequence[Row]) -> list[str]:
    """Show each row in a line: the words of its cells."""
    shown = []
    for row in found:
        cells = words(articles, row)
        shown.append(" ".join(f"{name}:{'+'.join(own)}" for name, own in cells.items()))
    return shown


TWO = made(("T:A0", "a1", "a2", "C:a3", "a4"), ("T:B0", "b1", "A:b2", "b3"))


def test_rows_are_disjoint_and_cover_what_tells() -> None:
    found = rows(TWO, [[(0, 1), (1, 3)], [(0, 2), (0, 4), (1, 1)]])
    told = [place for row in found for cell in row.cells for place in _places(cell.article, row)]
    expected = {
        (a.id, p.start, p.end)
        for a in TWO
        for p in a.passages
        if p.role in ("title", "heading", "body")
    }
    assert len(told) == len(set(told))
    assert set(told) == expected


def _places(name: str, row: Row) -> list[tuple[str, int, int]]:
    return [
        (name, s.start, s.end) for cell in row.cells if cell.article == name for s in cell.spans
    ]


def test_rows_are_numbered_and_name_their_status() -> None:
    found = rows(TWO, [[(0, 1), (1, 3)]])
    assert [row.id for row in found] == list(range(1, len(found) + 1))
    assert [row.status for row in found] == [
        "shared" if len(row.cells) > 1 else "only" for row in found
    ]


def test_rows_follow_the_article_that_has_cells_in_most() -> None:
    both = made(("a1", "a2"), ("b1", "b2", "b3", "b4"))
    found = rows(both, [[(0, 0), (1, 2)]])
    assert table(both, found) == ["b:b1", "b:b2", "a:a1 b:b3", "a:a2", "b:b4"]


def test_the_others_stand_where_they_fall_between() -> None:
    three = made(("a1", "a2", "a3"), ("b1", "b2"), ("c1", "c2"))
    found = rows(three, [[(0, 0), (1, 0)], [(0, 2), (1, 1)], [(0, 1), (2, 0)]])
    assert table(three, found) == ["a:a1 b:b1", "a:a2 c:c1", "c:c2", "a:a3 b:b2"]


def test_what_stands_before_all_comes_first() -> None:
    both = made(("a1", "a2"), ("b1", "b2"))
    assert table(both, rows(both, [[(0, 0), (1, 1)]])) == ["b:b1", "a:a1 b:b2", "a:a2"]


def test_of_articles_with_as_many_rows_the_earliest_leads() -> None:
    both = made(("a1", "a2"), ("b1", "b2"))
    found = rows(both, [[(0, 0), (1, 1)], [(0, 1), (1, 0)]])
    assert table(both, found) == ["a:a1 b:b2", "a:a2 b:b1"]


def moved(articles: Sequence[Article], found: Sequence[Row]) -> set[tuple[str, str]]:
    return {
        (cell.article, words(articles, row)[cell.article][0])
        for row in found
        for cell in row.cells
        if cell.moved
    }


def test_what_stands_in_one_order_is_not_moved() -> None:
    both = made(("a1", "a2", "a3"), ("b1", "b2", "b3"))
    assert moved(both, rows(both, [[(0, i), (1, i)] for i in range(3)])) == set()


def test_what_leaves_the_longest_common_run_is_moved() -> None:
    both = made(("a1", "a2", "a3", "a4"), ("b1", "b2", "b3", "b4"))
    groups = [[(0, 0), (1, 3)], [(0, 1), (1, 0)], [(0, 2), (1, 1)], [(0, 3), (1, 2)]]
    assert moved(both, rows(both, groups)) == {("b", "b4")}


def test_the_earliest_article_of_a_row_is_never_moved() -> None:
    three = made(("a1", "a2", "a3"), ("b1", "b2", "b3"), ("c1", "c2", "c3"))
    groups = [[(0, i), (1, 2 - i), (2, i)] for i in range(3)]
    assert {name for name, _ in moved(three, rows(three, groups))} == {"b"}
    assert len(moved(three, rows(three, groups))) == 2


def test_order_is_that_of_each_rows_own_earliest_article() -> None:
    three = made(("a1", "a2"), ("b1", "b2", "b3", "b4"), ("c1", "c2", "c3", "c4"))
    groups: list[list[Node]] = [[(1, i), (2, (i + 1) % 4)] for i in range(4)]
    found = rows(three, groups)  # b1-c2, b2-c3, b3-c4, b4-c1; the first article tells none
    assert moved(three, found) == {("c", "c1")}


def test_a_row_is_shared_rows_alone() -> None:
    both = made(("a1", "a2", "a3"), ("b1", "b2", "b3"))
    assert moved(both, rows(both, [[(0, 1), (1, 2)]])) == set()


@pytest.mark.parametrize(
    ("lines", "commentary", "quoted", "kind"),
    [
        (("T:a", "T:b"), [], [], "headline"),
        (("H:a", "H:b"), [], [], "headline"),
        (("H:a", "b"), [], [], "statement"),
        (("a", "b"), [], [], "statement"),
        (("a", "b"), [(0, 0)], [], "statement"),
        (("a", "b"), [(0, 0), (1, 0)], [], "commentary"),
        (("a", "b"), [], [(1, 0)], "quote"),
        (("a", "b"), [(0, 0), (1, 0)], [(0, 0)], "quote"),
        (("T:a", "T:b"), [(0, 0)], [(0, 0)], "headline"),
    ],
)
def test_kinds(
    lines: tuple[str, str], commentary: list[Node], quoted: list[Node], kind: str
) -> None:
    both = made(lines[:1], lines[1:])
    (row,) = rows(both, [[(0, 0), (1, 0)]], commentary=commentary, quoted=quoted)
    assert row.kind == kind


def test_cells_have_the_mean_of_their_links() -> None:
    three = made(("a1",), ("b1",), ("c1",))
    alignment = aligned(three, [[(0, 0), (1, 0), (2, 0)]])
    alignment.pairs[0, 1].probability[0, 0] = 0.5
    judged = Judged(commentary=[[0.0]] * 3, quoted=[[False]] * 3)
    (row,) = build_rows(three, alignment, judged, settings=SETTINGS)
    assert [cell.score for cell in row.cells] == pytest.approx([0.7, 0.7, 0.9])
    assert [(k.a.article, k.b.article, k.score) for k in row.links] == [
        ("a", "b", 0.5),
        ("a", "c", 0.9),
        ("b", "c", 0.9),
    ]
    assert (row.links[1].a_in_b, row.links[1].b_in_a) == (0.45, 0.225)


def test_a_claim_told_once_has_score_1_and_no_link() -> None:
    found = [row for row in rows(TWO) if row.status == "only"]
    assert {cell.score for row in found for cell in row.cells} == {1.0}
    assert not any(row.links for row in found)


def test_two_spans_of_one_article_are_one_cell_without_a_link() -> None:
    both = made(("a1", "a2"), ("b1",))
    (row,) = rows(both, [[(0, 0), (0, 1), (1, 0)]])
    assert words(both, row) == {"a": ["a1", "a2"], "b": ["b1"]}
    assert len(row.links) == 2


def test_every_article_without_a_cell_has_a_gap() -> None:
    three = made(("a1", "a2"), ("b1",), ("c1",))
    by_words = dict(zip(table(three, found := rows(three, [[(0, 0), (1, 0)]])), found, strict=True))
    assert [gap.article for gap in by_words["a:a1 b:b1"].gaps] == ["c"]
    assert [gap.article for gap in by_words["a:a2"].gaps] == ["b", "c"]
    assert [gap.article for gap in by_words["c:c1"].gaps] == ["a", "b"]


def test_headlines_and_commentary_have_no_gaps() -> None:
    both = made(("T:a0", "a1", "a2"), ("b0",))
    gaps = {row.kind: row.gaps for row in rows(both, commentary=[(0, 1)])}
    assert (gaps["headline"], gaps["commentary"]) == ((), ())
    assert len(gaps["statement"]) == 1


def test_a_gap_names_what_comes_closest_wherever_it_stands() -> None:
    both = made(("a0", "a1"), ("b0", "C:b1"))
    found = rows(both, near=[((0, 0), (1, 1))])
    (gap,) = found[table(both, found).index("a:a0")].gaps
    assert gap.nearest == Span(both[1].passages[1].start, both[1].passages[1].end)
    assert gap.score == pytest.approx(1 - NEAR, abs=1e-3)
    assert not gap.certain


def test_a_gap_that_nothing_comes_near_is_certain() -> None:
    (gap,) = rows(made(("a0", "a1"), ("b0", "b1")))[0].gaps
    assert gap.score == pytest.approx(1 - UNLINKED, abs=1e-3)
    assert gap.certain


def test_the_closest_to_any_cell_counts() -> None:
    three = made(("a0",), ("b0",), ("c0", "c1"))
    found = rows(three, [[(0, 0), (1, 0)]], near=[((1, 0), (2, 1))])
    (gap,) = found[0].gaps
    assert gap.nearest == Span(three[2].passages[1].start, three[2].passages[1].end)


def test_gaps_of_an_incomplete_article_are_never_certain() -> None:
    first, second = made(("a0", "a1"), ("b0", "b1"))
    both = [first, msgspec.structs.replace(second, complete=False)]
    gaps = [gap for row in rows(both) for gap in row.gaps]
    assert {(gap.article, gap.certain) for gap in gaps} == {("a", True), ("b", False)}


def test_a_title_told_twice_stands_in_one_row() -> None:
    both = made(("T:Ferry Sinks", "a1", "T:Ferry sinks", "a2"), ("b0",))
    assert "a:Ferry Sinks+Ferry sinks" in table(both, rows(both))


def test_a_title_told_twice_follows_the_one_that_is_linked() -> None:
    both = made(("T:Ferry sinks", "a1", "T:Ferry sinks"), ("T:Fähre sinkt",))
    found = table(both, rows(both, [[(0, 0), (1, 0)]]))
    assert "a:Ferry sinks+Ferry sinks b:Fähre sinkt" in found


def test_sentences_that_are_alike_stay_apart() -> None:
    both = made(("a1", "a1"), ("b0",))
    assert table(both, rows(both)).count("a:a1") == 2


def test_candidates_are_what_scored_and_stands_in_no_row_together() -> None:
    both = made(("a0", "a1", "C:a2"), ("b0", "b1"))
    near: list[tuple[Node, Node]] = [((0, 1), (1, 0)), ((0, 2), (1, 1))]
    groups: list[list[Node]] = [[(0, 0), (1, 0)]]
    alignment = aligned(both, groups, near=near)
    found = candidates(both, alignment, rows(both, groups, near=near), least=0.2)
    (link,) = found
    assert (link.a, link.b, link.score) == (Place("a", 3, 5), Place("b", 0, 2), NEAR)
    everything = candidates(both, alignment, rows(both, groups, near=near), least=0.0)
    assert len(everything) == 3  # a0-b1, a1-b0, a1-b1: credits stand in no row


def test_spans_of_a_cell_lie_in_order() -> None:
    found = rows(TWO, [[(0, 4), (0, 1), (0, 2), (1, 1)]])
    for row in found:
        for cell in row.cells:
            assert all(x.end <= y.start for x, y in pairwise(cell.spans))
