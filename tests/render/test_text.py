"""The terminal page: order, width, nothing hidden without a word, nothing that drives it."""

import re
import unicodedata
from typing import Any

import pytest
from msgspec.structs import replace

from retold.records import Article, Cell, ComparisonRecord, Problem, Row, Span
from retold.render.terminal import cells
from retold.render.text import render_text
from retold.render.view import build_view

from .sample import EN_ID, sample

HOSTILE = "\x1b]0;pwned\x07 \x9b31m \u202eevil \x00"


def _hostile() -> ComparisonRecord:
    """Put control characters wherever an input can put text."""
    record = sample(2)
    first = record.articles[0]
    text = first.text.replace("14 Risse", HOSTILE[:8])
    worse: Article = replace(
        first,
        id=first.id,
        title=HOSTILE,
        publisher=HOSTILE,
        published=HOSTILE,
        lang=HOSTILE,
        text=text,
        complete=False,
        incomplete_because=HOSTILE,
        extra={"translation": HOSTILE},
    )
    problem = Problem(where=HOSTILE, what=HOSTILE, code="x")
    return replace(record, articles=(worse, record.articles[1]), problems=(problem,))


def _section(page: str, title: str) -> str:
    return page.split(f"\n{title}\n")[1].split("\n\n")[0]


def test_the_first_screen_of_two() -> None:
    assert render_text(sample(2), width=100).split("\n\nCLAIMS AND REPORTS")[0].splitlines() == [
        "A  German   Sternfurter Anzeiger  12 May 2026 18:40 +02  "
        "credit: Quelle: Nordlicht-Agentur",
        "B  English  river.example         date unknown           "
        'may be incomplete: ends in "Read more"',
        "",
        "3 claims in both · 2 in A, no counterpart found in B · 1 only in B · "
        "half of B: nothing to check",
        "",
        "TOLD IN A, NO COUNTERPART FOUND IN B",
        "  [5] Ab Mittwoch fährt eine kleine Fähre.",
        "      nearest in B: It was a gloomy start to the week for a town that loves its river.",
        "  [6] Die Reparatur kostet nach Angaben der Stadt rund 3,2 Millionen Euro.",
        "      nearest in B: Inspectors counted fourteen cracks in the central pier,",
        "",
        "ONLY IN B",
        "  [9] Two schools on the far bank will stay shut until Friday.",
        "",
        "TOLD IN BOTH",
        "  [2] Die Brücke über die Lahn bei Sternfurt ist seit Montag gesperrt.",
        "  [3] Prüfer fanden 14 Risse im mittleren Pfeiler.",
        "  [4] „Niemand war in Gefahr“, sagte Bürgermeisterin Ute Halvorsen.",
        "",
        'Compared: these two texts only. "Not found" does not mean "left out".',
    ]


@pytest.mark.parametrize("n", [2, 4])
@pytest.mark.parametrize("width", [80, 81, 100, 133, 200])
@pytest.mark.parametrize("everything", [False, True])
def test_no_line_is_wider_than_the_terminal(n: Any, width: int, everything: bool) -> None:
    page = render_text(sample(n), width=width, reader=("en",), everything=everything)
    assert [line for line in page.splitlines() if cells(line) > width] == []


def test_two_reports_stand_beside_each_other() -> None:
    page = render_text(sample(2), width=100)
    assert re.search(r"^Prüfer fanden 14 Risse im mittleren Pfeiler\. +│ Inspectors", page, re.M)
    rules = {line.index("│") for line in page.splitlines() if "│" in line}
    assert len(rules) == 1


def test_many_reports_stand_under_each_other() -> None:
    page = render_text(sample(4), width=200)
    assert "│" not in page
    cracks = page.split("[3] told in A, B and C, not in D · sure")[1].split("\n\n")[0]
    assert [line[0] for line in cracks.splitlines()[1::2]] == ["A", "B", "C"]


def test_narrow_columns_are_stacked() -> None:
    assert "│" not in render_text(sample(2), width=60)


def test_the_matrix_stands_on_the_signs_alone() -> None:
    matrix = _section(render_text(sample(4)), "CLAIMS AND REPORTS").splitlines()
    assert matrix[0].split() == ["A", "B", "C", "D"]
    assert [line[-7:] for line in matrix[1:5]] == ["● ● ● ●", "● ● ● –", "◐ ◐ – –", "○ · · ○"]
    assert {len({cells(line) for line in matrix[:8]})} == {1}


def test_what_is_collapsed_is_counted() -> None:
    page = render_text(sample(2))
    assert "loves its river" not in _section(page, "OUTSIDE THE CLAIMS")
    assert "B: 4 passages, nothing to check: show with --all" in page
    assert "A: 1 passage, nothing to check; 1 other passage in no claim: show with --all" in page
    assert "Wer soll das am Ende" not in page


@pytest.mark.parametrize("n", [2, 4])
def test_everything_leaves_no_word_out(n: Any) -> None:
    record = sample(n)
    page = render_text(record, width=200, everything=True)
    assert "--all" not in page
    for article in record.articles:
        words = (article.text[p.start : p.end] for p in article.passages)
        assert [said for said in words if said not in page] == []


def test_a_long_section_says_how_many_more() -> None:
    record = sample(2)
    text = " ".join(f"Claim number {i}." for i in range(40))
    starts = [text.index(f"Claim number {i}.") for i in range(40)]
    article = replace(record.articles[0], text=text, passages=())
    rows = tuple(
        Row(
            id=i + 1,
            kind="statement",
            status="only",
            cells=(Cell(article=article.id, spans=(Span(s, s + 14),), score=1),),
            gaps=(replace(record.rows[4].gaps[0], certain=True),),
        )
        for i, s in enumerate(starts)
    )
    page = render_text(replace(record, articles=(article, record.articles[1]), rows=rows))
    shown = _section(page, "ONLY IN A").splitlines()
    assert len(shown) == 25
    assert shown[-1] == "  … 16 more below"


def test_hostile_text_reaches_the_terminal_as_plain_signs() -> None:
    page = render_text(_hostile(), everything=True)
    assert "␛]0;" in page
    assert not [c for c in page if unicodedata.category(c) == "Cc" and c != "\n"]
    assert "\u202e" not in page


def test_right_to_left_words_are_isolated_in_every_line() -> None:
    page = render_text(sample(4), width=80)
    foreign = [line for line in page.splitlines() if re.search("[\u0600-\u06ff]", line)]
    assert len(foreign) > 3
    for line in foreign:
        assert len(re.findall("[\u2067\u2068]", line)) == line.count("\u2069") > 0
        outside = re.sub("[\u2067\u2068][^\u2069]*\u2069", "", line)
        assert not re.search("[\u0600-\u06ff]", outside)


def test_colour_adds_nothing_but_itself() -> None:
    plain, bold = render_text(sample(2)), render_text(sample(2), color=True)
    assert "\x1b[1m" in bold
    assert re.sub(r"\x1b\[\d+m", "", bold) == plain


def test_the_reader_gets_words_that_can_be_read() -> None:
    page = render_text(sample(4), reader=("en",))
    assert page.startswith("B  English")
    assert page.count("told in B: Inspectors counted fourteen cracks") == 2
    assert page == render_text(build_view(sample(4), reader=("en",)))


def test_problems_and_translations_are_told() -> None:
    page = render_text(sample(4))
    assert _section(page, "PROBLEMS") == "  empty.txt: holds no text (left out)\n"
    assert "C translation given with the input, not used: Bridge closed at Sternfurt" in page


def test_many_reports_get_several_matrices() -> None:
    record = sample(2)
    more = tuple(replace(record.articles[1], id=f"{EN_ID}/{i}") for i in range(58))
    page = render_text(replace(record, articles=(*record.articles, *more)), width=80)
    assert [line for line in page.splitlines() if cells(line) > 80] == []
    heads = [line.split() for line in page.splitlines() if re.fullmatch(r"( +[A-Z]{1,2})+", line)]
    assert [name for head in heads for name in head] == [
        c.letter for c in build_view(replace(record, articles=(*record.articles, *more))).columns
    ]
    assert len(heads) > 1
