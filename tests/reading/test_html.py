"""Saved web pages."""

import pytest

from retold.reading.html import declared_encoding, draft_from_html

PARAGRAPHS = """<p>The ferry to Osney was cancelled on Friday because of the storm, the harbour
office said in a statement. About three hundred passengers had to wait for the morning boat.</p>
<p>“We do not sail against such a wind,” said harbour master Ines Falk. The next ferry is planned
for Saturday at seven, if the wind calms down until then.</p>"""


def page(head: str = "", body: str = "", attributes: str = "") -> str:
    """Build a page with a navigation, an article and a footer."""
    return f"""<!DOCTYPE html><html {attributes}><head><title>Ferry cancelled</title>{head}</head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
<article><h1>Ferry cancelled</h1>{body}{PARAGRAPHS}</article>
<footer>Imprint, privacy, contact</footer></body></html>"""


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def linked(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_the_main_text_is_read_without_the_frame() -> None:
    draft = draft_from_html(page(), where="p.html", name="p")
    assert draft.title == "Ferry cancelled"
    assert "harbour master Ines Falk" in draft.text
    assert "Sport" not in draft.text
    assert "privacy" not in draft.text


def test_metadata_of_the_page_are_read() -> None:
    head = (
        '<link rel="canonical" href="https://ferry.example/1">'
        + meta("og:site_name", "Osney Gazette")
        + meta("author", "Ann Lee").replace("property", "name")
    )
    draft = draft_from_html(page(head, attributes='lang="en-GB"'), where="p.html", name="p")
    assert (draft.url, draft.publisher) == ("https://ferry.example/1", "Osney Gazette")
    assert (draft.authors, draft.lang) == (("Ann Lee",), "en-GB")


FULL = "2026-05-12T18:40:00+02:00"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (meta("article:published_time", FULL), "", FULL),
        (linked('{"@type":"NewsArticle","datePublished":"' + FULL + '"}'), "", FULL),
        (
            linked('{"@graph":[{"@type":["Thing","Report"],"datePublished":"' + FULL + '"}]}'),
            "",
            FULL,
        ),
        ("", f'<time datetime="{FULL}">Tuesday</time>', FULL),
        ("", f'<time itemprop="datePublished" datetime="{FULL}">Tuesday</time>', FULL),
        (
            linked('{"@type":"NewsArticle","datePublished":"2026-05-12"}')
            + meta("article:published_time", FULL),
            "",
            FULL,
        ),
        (
            linked('{"@type":"NewsArticle","datePublished":"2026-05-11"}')
            + meta("article:published_time", FULL),
            "",
            "2026-05-11",
        ),
        (linked("{broken") + meta("article:published_time", FULL), "", FULL),
        (meta("article:modified_time", FULL), "", None),
        ("", "", None),
    ],
)
def test_the_hour_of_publication_is_found(head: str, body: str, expected: str | None) -> None:
    draft = draft_from_html(page(head, body), where="p.html", name="p")
    assert draft.published == expected


def test_a_page_without_text_gives_an_empty_draft() -> None:
    assert draft_from_html("<html><body></body></html>", where="p", name="p").text == ""


def test_a_fragment_is_read_as_a_page() -> None:
    assert "Ines Falk" in draft_from_html(PARAGRAPHS, where="p", name="p").text


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        (b'<?xml version="1.0" encoding="windows-1251"?>', "windows-1251"),
        (b"<meta>", None),
    ],
)
def test_declared_encodings_are_read_as_browsers_do(head: bytes, expected: str | None) -> None:
    assert declared_encoding(head) == expected
