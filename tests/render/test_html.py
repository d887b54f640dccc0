"""The page: closed to the network, safe for any text, whole, navigable, small."""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.records import Article, Cell, ComparisonRecord, Gap, Passage, Row, Span
from retold.render import wording
from retold.render.html import render_html, safe_url
from retold.render.view import build_view

from .many import many
from .page import Element, read_page
from .sample import sample


def _bare() -> ComparisonRecord:
    articles = tuple(
        msgspec.structs.replace(article, passages=(), title=None, extra={})
        for article in sample(2).articles
    )
    return msgspec.structs.replace(sample(2), rows=(), problems=(), articles=articles)


RECORDS: dict[str, Callable[[], ComparisonRecord]] = {
    "two": lambda: sample(2),
    "four": lambda: sample(4),
    "five": lambda: many(5, 12),
    "sixty": lambda: many(60, 6),
    "one shared by none": lambda: many(3, 4, shared=0),
    "no rows": lambda: msgspec.structs.replace(sample(2), rows=(), problems=()),
    "nothing at all": _bare,
}
MEGABYTE = 1_000_000


@cache
def record_of(name: str) -> ComparisonRecord:
    return RECORDS[name]()


@cache
def page_of(name: str) -> Element:
    return read_page(render_html(record_of(name)))


every = pytest.mark.parametrize("name", RECORDS)


def squeezed(text: str) -> str:
    return "".join(text.split())


# -- closed to the network, and to any script but its own


@every
def test_nothing_is_loaded(name: str) -> None:
    page = page_of(name)
    assert not page.all("link", "img", "iframe", "object", "embed", "base", "form", "audio")
    for element in page.walk():
        assert not {"src", "srcset", "style", "action", "ping"} & set(element.attributes)
        assert not any(attribute.startswith("on") for attribute in element.attributes)
    (style,) = page.all("style")
    assert "url(" not in style.text
    assert "@import" not in style.text


@every
def test_policy_names_exactly_the_style_and_the_script_of_the_page(name: str) -> None:
    page = page_of(name)
    (policy,) = (m["content"] for m in page.all("meta") if "http-equiv" in m.attributes)
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    for tag in ("style", "script"):
        (element,) = page.all(tag)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert parts[f"{tag}-src"] == f"'sha256-{digest}'"


@every
def test_links_leave_the_page_only_for_the_articles(name: str) -> None:
    urls = {article.url for article in record_of(name).articles}
    for link in page_of(name).all("a"):
        if not link["href"].startswith("#"):
            assert link["href"] in urls
            assert "noopener" in link["rel"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//host.example/x",
        "http:",
        "https://[::1",
        "https://host.example/a b",
        "https://host.example/\u202ea",
        "",
        None,
    ],
)
def test_other_urls_are_no_links(url: str | None) -> None:
    assert safe_url(url) is None
    articles = tuple(msgspec.structs.replace(a, url=url) for a in sample(2).articles)
    page = read_page(render_html(msgspec.structs.replace(sample(2), articles=articles)))
    outward = [link["href"] for link in page.all("a") if not link["href"].startswith("#")]
    assert outward == []


def test_web_addresses_are_links() -> None:
    assert safe_url("https://host.example/ä?b=c&d") == "https://host.example/ä?b=c&d"


# -- any text whatever

HOSTILE = (
    *("</script>", "<script>alert(1)</script>", "<!--", "-->", "]]>", "</style>", "</textarea>"),
    *("<img src=x onerror=alert(1)>", '"', "'", "' onmouseover=alert(1) x='", "&", "&lt;", "`"),
    *("{{ 7*7 }}", "{% raw %}", "\\u003c", "\x00", "\x0b", "\u202e", "\u2066", "\u2028", "\ufeff"),
    *("\r\n", "\n\n", "\t", "é", "שלום", "一", "👩‍🚀", "Example.", "\ud800", "\ufffe"),
)
hostile_text = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=8).map("x".join)


def _shown(text: str) -> str:
    """Give what a page can hold of a text: the rest stands there as U+FFFD."""
    return re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe]", "\ufffd", text)


def _of_hostile_words(words: str, other: str) -> ComparisonRecord:
    text = f"{words}. {other}"
    cut = len(words) + 1
    first = Article(
        id="one", title=words, url=other, publisher=words, published=other, lang=words, text=text,
        passages=(Passage(0, cut), Passage(cut + 1, len(text), "boilerplate")),
        complete=False, incomplete_because=words, extra={"translation": other},
    )  # fmt: skip
    second = msgspec.structs.replace(first, id=words, lang="ar")
    cell = Cell(article="one", spans=(Span(0, cut),), score=1.0)
    gap = Gap(article=words, score=0.7, certain=False, nearest=Span(cut + 1, len(text)))
    row = Row(id=1, kind="statement", status="only", cells=(cell,), gaps=(gap,))
    problem = msgspec.structs.replace(sample(2).problems[0], where=words, what=other)
    return msgspec.structs.replace(
        sample(2), articles=(first, second), rows=(row,), problems=(problem,), retold=words
    )


@given(hostile_text, hostile_text)
@settings(max_examples=150, deadline=None)
def test_every_text_is_shown_as_it_is_and_nothing_else_happens(words: str, other: str) -> None:
    html = render_html(_of_hostile_words(words, other))
    html.encode()
    page = read_page(html)
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert not page.all("img", "textarea")
    assert not any(key.startswith("on") for e in page.walk() for key in e.attributes)
    body, _ = page.all("div", of="body")
    shown = body.text.replace(": show", "").replace("1 passage, nothing to check", "")
    assert squeezed(shown) == squeezed(_shown(f"{words}. {other}"))
    cell, *_ = page.all("blockquote")
    assert squeezed(cell.text) == squeezed(_shown(f"{words}."))


# -- whole, and every part of it to be reached


@every
def test_names_are_unique_and_every_link_leads_somewhere(name: str) -> None:
    page = page_of(name)
    ids = [element["id"] for element in page.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    targets = {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")}
    targets |= {e["aria-labelledby"] for e in page.walk() if "aria-labelledby" in e.attributes}
    assert targets <= set(ids)


@every
def test_full_texts_hold_every_letter_once(name: str) -> None:
    page = page_of(name)
    for column in build_view(record_of(name)).columns:
        article = next(a for a in record_of(name).articles if a.id == column.article)
        (text,) = (e for e in page.all("article") if e["data-a"] == column.letter)
        (body,) = text.all("div", of="body")
        labels = [summary.text for summary in body.all("summary")]
        shown = squeezed(body.text)
        for label in labels:
            shown = shown.replace(squeezed(label), "", 1)
        assert shown == squeezed(article.text)
        assert (body["lang"], body["dir"]) == (column.lang, column.direction)


@every
def test_rows_and_texts_lead_to_each_other(name: str) -> None:
    page = page_of(name)
    rows = {row.id: row for row in build_view(record_of(name)).rows}
    for number, row in rows.items():
        (element,) = (e for e in page.walk() if e.attributes.get("id") == f"r{number}")
        there = {link["href"][1:] for link in element.all("a")}
        back = {
            passage["id"]
            for passage in page.all("a")
            if passage["href"] == f"#r{number}" and "id" in passage.attributes
        }
        assert back, f"no passage leads to row {number}"
        if row.section != "nothing":
            assert back <= there


@every
def test_original_words_carry_language_and_direction(name: str) -> None:
    for element in page_of(name).all("blockquote", "q", "cite"):
        assert element["lang"]
        assert element["dir"] in ("ltr", "rtl")


@every
def test_cells_say_how_sure_they_are(name: str) -> None:
    page = page_of(name)
    for row in build_view(record_of(name)).rows:
        if row.section == "nothing":
            continue
        (element,) = (e for e in page.walk() if e.attributes.get("id") == f"r{row.id}")
        cells = element.all("div", of="cell")
        assert len(cells) == len(row.cells)
        for shown, cell in zip(cells, row.cells, strict=True):
            assert shown["data-a"] == cell.letter
            assert (cell.certainty or "") in shown.text
        for gap in row.gaps:
            assert gap.letter in element.text


@every
def test_nothing_is_hidden_without_a_word(name: str) -> None:
    for closed in page_of(name).all("details"):
        summary = closed.children[0]
        assert isinstance(summary, Element)
        assert summary.name == "summary"
        assert re.search(r"\d", summary.text) or "translation" in summary.text


def test_what_holds_nothing_to_check_is_collapsed_with_its_count() -> None:
    claims = next(e for e in page_of("two").walk() if e.attributes.get("id") == "claims")
    labels = [details.all("summary")[0].text for details in claims.all("details", of="nil")]
    assert labels == [
        "A 1 passage, nothing to check: show",
        "B 4 passages, nothing to check: show",
    ]


# -- the first screen and the matrix


def test_first_screen_says_what_there_is() -> None:
    view, page = build_view(sample(2)), page_of("two")
    (first,) = page.all("section", of="first")
    for words in (view.summary, view.caveat, "Sternfurter Anzeiger", "date unknown"):
        assert words in first.text.replace("\xa0", " ")
    assert [h.text for h in first.all("h2")] == [
        "Told in A, no counterpart found in B 2",
        "Only in B 1",
        "Told in both 3",
    ]
    listed = {link["href"] for link in first.all("a") if link["href"].startswith("#r")}
    assert listed == {f"#r{row.id}" for row in view.rows if row.is_claim}


def test_first_screen_names_the_reports_that_share_a_claim() -> None:
    view = build_view(sample(4))
    shared = [row for row in view.rows if row.section == "some"]
    told = wording.named([cell.letter for cell in shared[0].cells])
    assert re.search(rf'<span class="how">{told}(: [a-z ]+)?</span>', render_html(sample(4)))


@every
def test_matrix_has_a_header_for_every_row_and_column(name: str) -> None:
    view = build_view(record_of(name))
    boxes = page_of(name).all("div", of="matrix")
    tables = [table for box in boxes for table in box.all("table")]
    assert len(tables) == bool(view.matrix)
    for table in tables:
        head, *rows = table.all("tr")
        assert len(head.all("th")) == 1 + len(view.columns)
        assert len(rows) == len(view.matrix)
        for row in rows:
            assert [e["scope"] for e in row.all("th")] == ["row"]
            assert len(row.all("td")) == len(view.columns)


# -- the reader's languages, and translations that came with the input


def test_words_in_a_language_of_the_reader_stand_under_the_others() -> None:
    page = read_page(render_html(sample(4), reader=("en",)))
    assert page.all("ol", of="reports")[0].all("a")[0].text == "B"
    aids = [aid for cell in page.all("div", of="cell") for aid in cell.all("p", of="aid")]
    assert aids
    for aid in aids:
        assert aid.text.startswith("told in B:")
        assert aid.all("q")[0]["lang"] == "en"
    assert not page_of("four").all("p", of="aid")


def test_a_translation_is_shown_and_labelled() -> None:
    (shown,) = page_of("four").all("details", of="translation")
    assert "not used" in shown.all("summary")[0].text
    assert "Bridge closed at Sternfurt" in shown.text


# -- for everybody


@every
def test_parts_have_names_and_headings_are_in_order(name: str) -> None:
    page = page_of(name)
    assert len(page.all("main")) == len(page.all("h1")) == 1
    levels = [int(h.name[1]) for h in page.all("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for field in page.all("input"):
        assert any(e.name == "label" for e in field.above())
    for region in page.walk():
        if region.attributes.get("role") == "region":
            assert region["aria-labelledby"]
            assert region["tabindex"] == "0"


def test_columns_can_be_chosen_where_there_are_more_than_two() -> None:
    def chosen(name: str) -> list[bool]:
        boxes = [e for e in page_of(name).all("input") if e["id"].startswith("see-")]
        return ["checked" in box.attributes for box in boxes]

    assert chosen("two") == []
    assert chosen("four") == [True] * 4
    assert chosen("sixty") == [True] * 3 + [False] * 57


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "soft", "accent"])
@pytest.mark.parametrize("paper", ["paper", "raised", "told", "hatch"])
def test_contrast_is_enough(scheme: int, ink: str, paper: str) -> None:
    (style,) = page_of("two").all("style")
    colours = {
        name: re.findall(rf"--{name}:(#\w{{6}})", style.text)[scheme] for name in (ink, paper)
    }
    light, dark = sorted(map(_luminance, colours.values()), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


# -- small


@pytest.mark.parametrize("shared", [0.6, 0.0], ids=["rows", "all told once"])
def test_sixty_reports_of_thirty_sentences_stay_under_five_megabytes(shared: float) -> None:
    record = many(60, 30, shared=shared)
    assert len(render_html(record).encode()) < 5 * MEGABYTE
    assert len(render_html(record, reader=("de",)).encode()) < 5 * MEGABYTE
