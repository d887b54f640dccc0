"""What holds of every text whatever, in every language."""

import string

from hypothesis import given
from hypothesis import strategies as st

from retold.passages import completeness, cuts, headings, leading_titles, paragraphs, split
from retold.records import Article, Passage, Role, Span

PIECES = [
    *(
        "Haus",
        "went",
        "Dr",
        "z.B",
        "U.S",
        "2",
        "14.30",
        "Мир",
        "дом",
        "好",
        "他说",
        "と言った",
        "كتاب",
    ),
    *("राम", "กขค", "ა", "é", "e\u0301", "\U0001f600", "\ud800", "\0", "http://a.b/c?d=e"),
    *(
        ".",
        "...",
        "…",
        "!",
        "?!",
        "。",
        "！",
        "؟",
        "।",
        "։",
        "።",
        "·",
        ",",
        ";",
        ":",
        "、",
        "-",
        "—",
    ),
    *(
        '"',
        "'",
        "“",
        "”",
        "„",
        "«",
        "»",
        "‘",
        "’",
        "「",
        "」",
        "(",
        ")",
        "[1]",
        "（",
        "）",
        "*",
        "•",
    ),
    *(
        " ",
        "  ",
        "\u00a0",
        "\t",
        "\n",
        "\r\n",
        "\n\n",
        "\u2028",
        "\u2029",
        "\u3000",
        "\x85",
        "\x1c",
    ),
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
languages = st.sampled_from(["en", "de", "fr", "zh", "ja", "ar", "th", "el", "nl", "und", "xx", ""])
anything = st.one_of(languages, st.text(string.printable, max_size=8))


def assert_in_order(text: str, spans: tuple[Span, ...]) -> None:
    position = 0
    for span in spans:
        assert position <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        position = span.end


def assert_covers(text: str, spans: tuple[Span, ...]) -> None:
    covered = {offset for span in spans for offset in range(span.start, span.end)}
    missed = [c for offset, c in enumerate(text) if c.isalnum() and offset not in covered]
    assert not missed


@given(texts, anything)
def test_passages_lie_in_order_and_cover_all_letters(text: str, lang: str) -> None:
    spans = split(text, lang)
    assert_in_order(text, spans)
    assert_covers(text, spans)


@given(texts)
def test_paragraphs_lie_in_order_and_cover_all_letters(text: str) -> None:
    spans = paragraphs(text)
    assert_in_order(text, spans)
    assert_covers(text, spans)


@given(texts, languages)
def test_no_passage_reaches_over_a_paragraph(text: str, lang: str) -> None:
    around = paragraphs(text)
    for span in split(text, lang):
        assert any(p.start <= span.start and span.end <= p.end for p in around)


@given(texts, st.data())
def test_cuts_lie_inside_in_order(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    found = cuts(text, span)
    assert list(found) == sorted(set(found))
    assert all(span.start < stop < span.end for stop in found)


@given(texts, languages, st.data())
def test_titles_headings_and_completeness_take_anything(
    text: str, lang: str, data: st.DataObject
) -> None:
    title = data.draw(st.one_of(st.none(), texts))
    article = Article(id="a", text=text, title=title, lang=lang)
    spans = split(text, lang)
    assert 0 <= leading_titles(article, spans) <= len(spans)
    assert headings(text, spans) <= set(range(len(spans)))
    roles = data.draw(st.lists(st.sampled_from(ROLES), min_size=len(spans), max_size=len(spans)))
    passages = [Passage(s.start, s.end, role) for s, role in zip(spans, roles, strict=True)]
    complete, reason = completeness(article, passages)
    assert complete == (reason is None)


ROLES: list[Role] = ["title", "heading", "body", "caption", "credit", "boilerplate"]
