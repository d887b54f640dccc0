"""What the view says, and above all what it must not say."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from retold.records import ComparisonRecord, Gap, Row
from retold.render.view import RowView, View, build_view

from .sample import AR_ID, DE_ID, EN_ID, sample


def _row(view: View, words: str) -> RowView:
    return next(row for row in view.rows if any(words in cell.text for cell in row.cells))


def _with_gaps(record: ComparisonRecord, **members: Any) -> ComparisonRecord:
    def gap(given: Gap) -> Gap:
        return replace(given, **members)

    rows = (replace(row, gaps=tuple(map(gap, row.gaps))) for row in record.rows)
    return replace(record, rows=tuple(rows))


def test_the_article_lines_of_the_first_screen() -> None:
    a, b = build_view(sample(2)).columns
    assert (a.letter, a.language, a.source) == ("A", "German", "Sternfurter Anzeiger")
    assert a.date == "12 May 2026 18:40 +02"
    assert a.notes == ("credit: Quelle: Nordlicht-Agentur",)
    assert (b.source, b.date) == ("river.example", "date unknown")
    assert b.notes == ('may be incomplete: ends in "Read more"',)
    assert (a.nothing_passages, b.nothing_passages, b.nothing_share) == (1, 4, "half")


def test_the_summary_of_two() -> None:
    record = sample(2)
    assert build_view(record).summary == (
        "3 claims in both · 2 in A, no counterpart found in B · 1 only in B · "
        "half of B: nothing to check"
    )
    assert "· 2 only in A ·" in build_view(_with_gaps(record, certain=True)).summary
    first = next(row for row in record.rows if row.gaps)
    sure = replace(first, gaps=(replace(first.gaps[0], certain=True),))
    rows = tuple(sure if row is first else row for row in record.rows)
    assert "· 2 only in A, 1 of them unsure ·" in build_view(replace(record, rows=rows)).summary


def test_the_summary_of_many() -> None:
    view = build_view(sample(4))
    assert view.summary == (
        "1 claim in all 4 · 3 in some · 3 in one only, 2 of them unsure · "
        "half of B: nothing to check"
    )
    assert view.caveat == ('Compared: these four texts only. "Not found" does not mean "left out".')


@pytest.mark.parametrize("n", [2, 4])
def test_only_and_not_in_are_said_of_certain_gaps_alone(n: Any) -> None:
    unsure = build_view(_with_gaps(sample(n), certain=False))
    said = [row.heading + row.copy for row in unsure.rows]
    said += [section.title for section in unsure.sections]
    said += [word for row in unsure.matrix for _, word in row.symbols]
    said += [gap.label for row in unsure.rows for gap in row.gaps]
    assert not [words for words in said if "not in" in words or "nly in" in words]
    assert {row.section for row in unsure.rows if row.is_claim} & {"only", "unsure"} == {"unsure"}
    certain = build_view(_with_gaps(sample(n), certain=True))
    assert not [row.heading for row in certain.rows if "no counterpart" in row.heading]


def test_headings_of_many() -> None:
    view = build_view(sample(4))
    assert _row(view, "Two schools").heading == "only in B: in none of the other 3 reports given"
    assert _row(view, "14 Risse").heading == "told in A, B and C, not in D"
    ferry = _row(view, "Fähre")
    assert ferry.heading == "told in A and D, no counterpart found in B and C"
    assert [gap.label for gap in ferry.gaps] == [
        "no counterpart found in B",
        "no counterpart found in C",
    ]


def test_a_gap_shows_the_nearest_words() -> None:
    record = sample(2)
    for row in build_view(record).rows:
        for gap in row.gaps:
            assert gap.nearest is not None
            text = next(a.text for a in record.articles if a.id == gap.article)
            assert gap.nearest.text == text[gap.nearest.start : gap.nearest.end] != ""


def test_what_one_article_tells_is_as_sure_as_its_weakest_gap() -> None:
    view = build_view(sample(4))
    assert _row(view, "Two schools").certainty == "sure"
    assert _row(view, "3,2 Millionen").certainty == "likely"
    assert _row(view, "3,2 Millionen").cells[0].certainty == "likely"
    assert _row(view, "Fähre").certainty == "check yourself"
    assert _row(view, "bezahlen").certainty is None


def test_the_matrix_says_everything_without_colour() -> None:
    view = build_view(sample(4))
    signs = {row.row: "".join(sign for sign, _ in row.symbols) for row in view.matrix}
    expected = {"gesperrt.": "●●●●", "Risse": "●●●–", "Niemand": "◐◐––", "Fähre": "○··○"}
    assert {words: signs[_row(view, words).id] for words in expected} == expected
    assert {sign for row in signs.values() for sign in row} <= {sign for sign, _ in view.legend}
    assert _row(view, "bezahlen").id not in signs


def test_an_article_with_neither_cell_nor_gap_is_marked_as_not_compared() -> None:
    record = sample(2)
    bare = replace(record, rows=tuple(replace(row, gaps=()) for row in record.rows))
    view = build_view(bare)
    assert ("×", "not compared") in view.legend
    assert ("×", "not compared") in view.matrix[-1].symbols
    assert ("×", "not compared") not in build_view(record).legend


def test_the_reader_comes_first_and_letters_stay() -> None:
    view = build_view(sample(4), reader=("zh-Hant", "en"))
    assert [column.letter for column in view.columns] == ["D", "B", "A", "C"]
    assert [cell.letter for cell in _row(view, "gesperrt.").cells] == ["D", "B", "A", "C"]
    assert [text.letter for text in view.running] == ["D", "B", "A", "C"]
    assert _row(view, "14 Risse").heading == "told in A, B and C, not in D"


def test_a_strange_language_gets_the_words_of_a_report_that_can_be_read() -> None:
    view = build_view(sample(4), reader=("zh", "en"))
    cracks = {cell.letter: cell.aligned for cell in _row(view, "14 Risse").cells}
    assert cracks["B"] is None
    assert cracks["A"] is not None
    assert cracks["A"].label == "told in B"
    assert cracks["A"].lang == "en"
    assert cracks["A"].text == "Inspectors counted fourteen cracks in the central pier,"
    closed = _row(view, "gesperrt.")
    assert {cell.aligned.letter for cell in closed.cells if cell.aligned} == {"D"}
    assert _row(view, "3,2 Millionen").cells[0].aligned is None
    assert not [c for row in build_view(sample(4)).rows for c in row.cells if c.aligned]


def test_moved_cells_say_so() -> None:
    moved = {cell.letter: cell.moved for cell in _row(build_view(sample(2)), "gesperrt.").cells}
    assert moved == {"A": None, "B": "told elsewhere in B's order"}


def test_spans_are_joined_and_quoted_from_the_original() -> None:
    record = sample(2)
    both = (record.rows[1].cells[0].spans[0], record.rows[4].cells[0].spans[0])
    cell = replace(record.rows[1].cells[0], spans=both)
    row = replace(record.rows[1], cells=(cell, *record.rows[1].cells[1:]))
    shown = build_view(replace(record, rows=(row,))).rows[0].cells[0]
    assert " … " in shown.text
    assert shown.text == " … ".join(piece.text for piece in shown.pieces)
    text = record.articles[0].text
    assert [text[piece.start : piece.end] for piece in shown.pieces] == [
        piece.text for piece in shown.pieces
    ]


def test_copy_carries_words_sources_dates_and_caveat() -> None:
    copied = _row(build_view(sample(2)), "14 Risse").copy
    assert copied.splitlines() == [
        "A: Sternfurter Anzeiger, German, 12 May 2026 18:40 +02",
        "  Prüfer fanden 14 Risse im mittleren Pfeiler.",
        "B: river.example, English, date unknown, https://www.river.example/news/7",
        "  Inspectors counted fourteen cracks in the central pier,",
        "told in both (sure)",
        'Compared: these two texts only. "Not found" does not mean "left out".',
    ]
    assert (
        "[no counterpart found in B; nearest there: " in _row(build_view(sample(2)), "Fähre").copy
    )


def test_every_row_stands_in_one_section() -> None:
    view = build_view(sample(4))
    assert [(section.title, section.note) for section in view.sections][:1] == [
        ("Told in A, no counterpart found in the other 3 reports", "1 claim")
    ]
    assert [section.title for section in view.sections][-3:] == [
        "Headlines",
        "Nothing to check in A",
        "Nothing to check in B",
    ]
    assert view.sections[-1].note == "4 passages, nothing to check"
    listed = sorted(row for section in view.sections for row in section.rows)
    assert listed == [row.id for row in view.rows]


def test_a_translation_of_the_input_is_labelled() -> None:
    given = build_view(sample(4)).columns[2].translation
    assert given is not None
    assert given.label == "translation given with the input, not used"
    record = sample(2)
    extra = {"translation": {"lang": "ar", "text": "أُغلق الجسر"}}
    foreign = replace(
        record, articles=(replace(record.articles[0], extra=extra), record.articles[1])
    )
    told = build_view(foreign).columns[0].translation
    assert told is not None
    assert (told.lang, told.direction, told.text) == ("ar", "rtl", "أُغلق الجسر")
    assert build_view(sample(2)).columns[0].translation is None


def test_a_view_is_plain_data() -> None:
    view = build_view(sample(4), reader=("en",))
    assert msgspec.json.decode(msgspec.json.encode(view), type=View) == view


def test_a_comparison_without_rows_still_says_what_was_compared() -> None:
    view = build_view(replace(sample(2), rows=()))
    assert view.summary == "0 claims in both · none only in A · none only in B"
    assert view.matrix == ()
    assert [column.article for column in view.columns] == [DE_ID, EN_ID]


def test_differences_and_lineage_are_handed_through() -> None:
    record = sample(2)
    found = {"type": "quantity", "change": "conflict"}
    row: Row = replace(record.rows[2], status="differs", differences=(found,))
    shown = build_view(replace(record, rows=(row,))).rows[0]
    assert shown.differences == (found,)
    assert shown.heading == "told in both, with differences"


def test_directions_follow_the_language() -> None:
    directions = {c.article: c.direction for c in build_view(sample(4)).columns}
    assert directions[AR_ID] == "rtl"
    assert directions[DE_ID] == "ltr"
