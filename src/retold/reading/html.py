"""Saved web pages: the main text by trafilatura, the date of publication with its hour."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from retold.reading.dates import Moment, read_date
from retold.reading.drafts import Draft

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "euc-kr": "cp949",
}
"""Declared encodings that browsers read as a larger one (WHATWG Encoding Standard)."""

_DATE_METAS = (
    *("article:published_time", "og:published_time", "og:article:published_time"),
    *("datepublished", "date.issued", "dc.date.issued", "dcterms.issued", "parsely-pub-date"),
    *("sailthru.date", "pubdate", "publishdate", "publish-date", "dc.date", "date"),
)
_ARTICLE_TYPES = ("Article", "Posting", "Report", "WebPage")
_LOGGERS = ("trafilatura", "htmldate", "courlan", "charset_normalizer")


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a page names in its head, as browsers understand the name."""
    match = _DECLARED.search(data[:_HEAD_BYTES])
    if match is None:
        return None
    name = match[1].decode("ascii", "replace").lower()
    return _AS_BROWSERS_DO.get(name, name)


def draft_from_html(text: str, *, where: str, name: str) -> Draft:
    """Read a page; its text is empty where no main text was found."""
    import trafilatura

    _silence()
    tree = trafilatura.load_html(_whole_page(text))
    if tree is None:
        return Draft(where=where, name=name, text="")
    linked = list(_linked_data(tree))
    published = _published(tree, linked)
    lang = _language(tree, linked)
    document: Any = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if document is None:
        return Draft(where=where, name=name, text="", lang=lang)
    return Draft(
        where=where,
        name=name,
        text=document.text or "",
        title=document.title,
        url=document.url,
        publisher=document.sitename,
        authors=tuple(part.strip() for part in (document.author or "").split(";")),
        published=published or _not_modified(document.date, tree),
        lang=lang,
    )


def _not_modified(day: str | None, tree: Any) -> str | None:
    """Drop a day that the extractor found if it is only that of the last change."""
    changes = tree.xpath(
        '//meta[contains(@property, "modified") or contains(@property, "updated")'
        ' or @itemprop="dateModified" or contains(@name, "modified")]/@content'
    )
    return None if day in {change[:10] for change in changes} else day


def _silence() -> None:
    """Keep the libraries' complaints off standard error: what matters becomes a problem."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _whole_page(text: str) -> str:
    return text if "<html" in text[:_HEAD_BYTES].lower() else f"<html><body>{text}</body></html>"


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD that describe an article or the page."""
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            yield from _described(json.loads(script, strict=False))
        except (ValueError, RecursionError):
            continue


def _described(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _described(item)
    elif isinstance(value, dict):
        if any(str(value.get("@type")).rstrip("']").endswith(kind) for kind in _ARTICLE_TYPES):
            yield value
        yield from _described(value.get("@graph"))


def _published(tree: Any, linked: list[dict[str, Any]]) -> str | None:
    """Choose the first date that the page gives, with the hour and zone that another adds."""
    given = [str(value) for value in _dates(tree, linked)]
    moments = [(value, read_date(value)) for value in given]
    days = [(value, moment) for value, moment in moments if moment.rfc3339]
    if not days:
        return given[0] if given else None
    first, moment = days[0]
    return next((value for value, other in days if _adds_hour(other, moment)), first)


def _adds_hour(other: Moment, first: Moment) -> bool:
    return "T" in (other.rfc3339 or "") and (other.rfc3339 or "")[:10] == (first.rfc3339 or "")[:10]


def _dates(tree: Any, linked: list[dict[str, Any]]) -> Iterator[Any]:
    yield from (item["datePublished"] for item in linked if item.get("datePublished"))
    metas = tree.xpath("//meta[@content]")
    for name in _DATE_METAS:
        for meta in metas:
            keys = (meta.get("property"), meta.get("name"), meta.get("itemprop"))
            if name in [key.lower() for key in keys if key]:
                yield meta.get("content")
    yield from tree.xpath('//time[@pubdate or @itemprop="datePublished"]/@datetime')
    alone = set(tree.xpath("//article//time/@datetime"))
    yield from alone if len(alone) == 1 else ()


def _language(tree: Any, linked: list[dict[str, Any]]) -> str | None:
    """Read the page's language from its root, else from its metadata."""
    queries = (
        "//html/@lang",
        "//html/@*[name()='xml:lang']",
        '//meta[translate(@http-equiv, "CL", "cl")="content-language"]/@content',
        '//meta[@property="og:locale"]/@content',
    )
    found = [value for query in queries for value in tree.xpath(query)]
    found += [item["inLanguage"] for item in linked if isinstance(item.get("inLanguage"), str)]
    return next((value.split(",")[0].strip() for value in found if value.strip()), None)
