"""Field names of the usual tools."""

from typing import Any

import pytest

from retold.reading import article_from_mapping
from retold.reading.mappings import draft_from_mapping, find_articles

BODY = "The ferry to Osney was cancelled on Friday. Nobody was hurt, the harbour office said."
URL = "https://ferry.example/1"

TRAFILATURA = {
    "title": "Ferry cancelled",
    "author": "Ann Lee; Bo Ek",
    "hostname": "ferry.example",
    "date": "2026-05-12",
    "fingerprint": "aa11",
    "id": None,
    "raw_text": BODY,
    "text": BODY,
    "language": "en",
    "source": URL,
    "source-hostname": "Osney Gazette",
    "excerpt": "Ferry.",
    "comments": "",
}
NEWSPAPER4K = {
    "url": URL,
    "title": "Ferry cancelled",
    "text": BODY,
    "html": "<html>page</html>",
    "authors": ["Ann Lee", "Bo Ek"],
    "publish_date": "2026-05-12T18:40:00+02:00",
    "meta_lang": "en",
    "language": "en",
    "meta_site_name": "Osney Gazette",
    "top_image": "",
}
NEWS_PLEASE = {
    "authors": ["Ann Lee", "Bo Ek"],
    "date_publish": "2026-05-12 16:40:00",
    "date_download": "2026-05-13 00:00:00",
    "maintext": BODY,
    "text": None,
    "title": "Ferry cancelled",
    "title_page": None,
    "language": "en",
    "source_domain": "Osney Gazette",
    "url": URL,
}
FUNDUS = {
    "title": "Ferry cancelled",
    "authors": ["Ann Lee", "Bo Ek"],
    "publishing_date": "2026-05-12 18:40:00+02:00",
    "body": {
        "summary": [BODY.split(". ")[0] + "."],
        "sections": [{"headline": [], "paragraphs": [BODY.split(". ")[1]]}],
    },
    "lang": "en",
    "html": {"responded_url": URL, "content": "...", "source_info": {"publisher": "Osney Gazette"}},
}
EVENT_REGISTRY = {
    "uri": "8627860201",
    "lang": "eng",
    "date": "2026-05-12",
    "time": "16:45:00",
    "dateTime": "2026-05-12T16:45:00Z",
    "dateTimePub": "2026-05-12T16:40:00Z",
    "url": URL,
    "title": "Ferry cancelled",
    "body": BODY,
    "source": {"uri": "ferry.example", "title": "Osney Gazette"},
    "authors": [{"uri": "a@ferry", "name": "Ann Lee"}, {"uri": "b@ferry", "name": "Bo Ek"}],
}
NEWS_ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Ferry cancelled",
    "articleBody": BODY,
    "datePublished": "2026-05-12T18:40:00+02:00",
    "inLanguage": "en",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Ek"}],
    "publisher": {"@type": "Organization", "name": "Osney Gazette"},
    "url": URL,
}
DUMPS: dict[str, tuple[dict[str, Any], str]] = {
    "trafilatura": (TRAFILATURA, "2026-05-12"),
    "newspaper4k": (NEWSPAPER4K, "2026-05-12T18:40:00+02:00"),
    "news-please": (NEWS_PLEASE, "2026-05-12"),
    "fundus": (FUNDUS, "2026-05-12T18:40:00+02:00"),
    "event registry": (EVENT_REGISTRY, "2026-05-12T16:40:00Z"),
    "schema.org": (NEWS_ARTICLE, "2026-05-12T18:40:00+02:00"),
}


@pytest.mark.parametrize("tool", DUMPS)
def test_every_field_of_a_tool_is_found(tool: str) -> None:
    mapping, published = DUMPS[tool]
    article = article_from_mapping(mapping)
    assert article.title == "Ferry cancelled"
    assert " ".join(article.text[article.extra["text_offset"] :].split()) == BODY
    assert (article.url, article.publisher) == (URL, "Osney Gazette")
    assert article.authors == ("Ann Lee", "Bo Ek")
    assert (article.published, article.lang) == (published, "en")
    assert article.id == ("8627860201" if tool == "event registry" else URL)


@pytest.mark.parametrize(
    ("mapping", "extra"),
    [
        (TRAFILATURA, {"fingerprint": "aa11", "excerpt": "Ferry.", "comments": ""}),
        (NEWS_PLEASE, {"date_download": "2026-05-13 00:00:00"}),
        (NEWSPAPER4K, {"top_image": ""}),
    ],
)
def test_unknown_fields_are_handed_through(mapping: Any, extra: dict[str, Any]) -> None:
    found = article_from_mapping(mapping).extra
    assert {key: found.get(key) for key in extra} == extra
    assert "html" not in found


def test_a_second_name_that_says_something_else_is_kept() -> None:
    article = article_from_mapping({"text": BODY, "published": "2026-05-12", "date": "2026-05-13"})
    assert article.published == "2026-05-12"
    assert article.extra == {"date": "2026-05-13"}


def test_our_own_articles_can_be_read_again() -> None:
    article = article_from_mapping({**TRAFILATURA, "id": "x"})
    own = {name: getattr(article, name) for name in article.__struct_fields__}
    assert article_from_mapping(own) == article


def test_a_list_of_paragraphs_is_a_text() -> None:
    assert article_from_mapping({"text": ["One two.", "Three four."]}).text == (
        "One two.\n\nThree four."
    )


def test_a_field_of_the_wrong_type_is_named_and_kept() -> None:
    draft, faults = draft_from_mapping(
        {"text": BODY, "title": 5, "authors": "Ann Lee"}, where="f.json", name="f"
    )
    assert [(fault.code, fault.where) for fault in faults] == [("wrong-type", "f.json: title")]
    assert draft.extra == {"title": 5}


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        ({"text": BODY}, [""]),
        ([{"text": BODY}, 5], ["[0]", "[1]"]),
        ({"articles": {"results": [{"text": BODY}]}}, [".articles.results[0]"]),
        ({"status": "ok", "data": {"text": BODY}}, [".data"]),
        ({"title": "Collection", "items": [{"text": BODY}]}, [".items[0]"]),
        ({"items": []}, []),
        ({"title": "no text"}, None),
        ("text", None),
    ],
)
def test_articles_are_found_where_tools_put_them(value: Any, paths: list[str] | None) -> None:
    found = find_articles(value)
    assert (None if found is None else [path for path, _ in found]) == paths
