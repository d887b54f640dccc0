"""Articles as JSON objects: the field names of the usual tools, read as ours.

Sources of the names: the JSON written by trafilatura 2, newspaper4k, news-please, Fundus and
Event Registry; schema.org NewsArticle, JSON Feed and NewsAPI use the same words.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from retold.reading.drafts import DEFAULTS, Draft, article_from_draft
from retold.reading.problems import problem
from retold.records import Article, Problem
from retold.settings import ReadingSettings

ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "uri", "guid", "uuid"),
    "title": ("title", "headline", "title_page", "title_rss", "web_title"),
    "text": (
        *("text", "maintext", "plaintext", "body", "article_body", "body_text", "full_text"),
        *("content", "content_text", "cleaned_text", "raw_text"),
    ),
    "url": (
        *("url", "canonical_url", "canonical_link", "link", "web_url", "permalink", "source"),
        *("article_url", "responded_url", "requested_url", "uri"),
    ),
    "publisher": (
        *("publisher", "sitename", "site_name", "source", "source_name", "source_hostname"),
        *("meta_site_name", "outlet", "source_domain", "hostname", "domain", "clean_url"),
    ),
    "authors": ("authors", "author", "byline", "creator"),
    "published": (
        *("published", "published_at", "date_published", "published_date", "publish_date"),
        *("date_publish", "publishing_date", "publication_date", "published_time", "pub_date"),
        *("web_publication_date", "date_time_pub", "date_time", "date"),
    ),
    "lang": ("lang", "meta_lang", "in_language", "language_code", "language"),
}
"""Names of each field, the most telling first; capitals, `_` and `-` make no difference."""

CONTAINERS = (
    *("articles", "results", "items", "data", "docs", "documents", "hits", "entries", "news"),
    *("stories", "response"),
)
"""Where a list of articles may lie inside an object."""

NOT_HANDED_THROUGH = frozenset(
    {"html", "articlehtml", "contenthtml", "passages", "complete", "incompletebecause"}
)
"""The page's source, and what retold finds out again."""

_DEEPEST = 4
_PARAGRAPH_KEYS = ("summary", "sections", "headline", "paragraphs", "text")
_NAME_KEYS = ("name", "title", "main", "rendered", "publisher")


def find_articles(value: Any, *, path: str = "") -> list[tuple[str, Any]] | None:
    """Find the articles in a JSON value, each with its path, None where there can be none.

    An object with text is an article; a list, and a list under one of `CONTAINERS`, is many.
    """
    if isinstance(value, list):
        return [(f"{path}[{number}]", item) for number, item in enumerate(value)]
    if not isinstance(value, dict) or path.count(".") > _DEEPEST:
        return None
    if has_text(value):
        return [(path, value)]
    inner = (find_articles(value.get(key), path=f"{path}.{key}") for key in CONTAINERS)
    itself = [(path, value)] if has_text_field(value) else None
    return next((articles for articles in inner if articles is not None), itself)


def has_text_field(value: Any) -> bool:
    """Tell whether a value has a field for text, be it empty: an article that lacks its text."""
    names = {_plain(alias) for alias in ALIASES["text"]}
    return isinstance(value, dict) and any(_plain(key) in names for key in value)


def has_text(mapping: Mapping[str, Any]) -> bool:
    """Tell whether an object holds the text of an article under any of its names."""
    return any(_as_text(value) for _, value in _candidates(mapping, "text"))


def draft_from_mapping(
    mapping: Mapping[str, Any], *, where: str, name: str, text: str | None = None
) -> tuple[Draft, tuple[Problem, ...]]:
    """Read an object's fields; `text` is given where the object only describes a file."""
    mapping = _flattened(mapping)
    found: dict[str, Any] = {}
    used: dict[str, str] = {}
    for field, convert in _CONVERTERS.items():
        for key, value in _candidates(mapping, field):
            converted = convert(value, key) if key not in used else None
            if converted is not None and field not in found:
                found[field], used[key] = converted, field
    if text is not None:
        found["text"] = text
    found.setdefault("text", "")
    faults = tuple(_wrong_types(mapping, found=found, used=used, where=where))
    return Draft(where=where, name=name, extra=_extra(mapping, used), **found), faults


def article_from_mapping(
    mapping: Mapping[str, Any],
    *,
    id: str | None = None,  # noqa: A002 - the name of the field
    settings: ReadingSettings = DEFAULTS,
) -> Article:
    """Make an article from an object with the field names of any of the usual tools.

    The id is the one given, else the object's own, else its URL, else "article". Raises
    InputError where the article would be left out or its date cannot be read.
    """
    given = {**mapping, "id": id} if id is not None else mapping
    draft, _ = draft_from_mapping(given, where=id or "article", name="article")
    return article_from_draft(draft, settings=settings)


def _plain(key: str) -> str:
    return "".join(char for char in key.casefold() if char.isalnum())


def _candidates(mapping: Mapping[str, Any], field: str) -> Iterator[tuple[str, Any]]:
    """Yield the keys that may hold a field, in the order of the aliases, with what they hold."""
    keys: dict[str, list[str]] = {}
    for key in mapping:
        keys.setdefault(_plain(key), []).append(key)
    for alias in ALIASES[field]:
        for key in keys.get(_plain(alias), ()):
            if mapping[key] not in (None, "", [], {}):
                yield key, mapping[key]


def _flattened(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Bring up what lies a level deeper: our own `extra`, and the page's source in Fundus."""
    flat = dict(mapping)
    own = flat.pop("extra", None)
    if isinstance(own, dict):
        flat = {**own, **flat}
    elif own is not None:
        flat["extra"] = own
    page = flat.get("html")
    if isinstance(page, dict):
        flat.setdefault("responded_url", page.get("responded_url") or page.get("requested_url"))
        flat.setdefault("source_name", page.get("source_info") or page.get("source"))
    return flat


def _extra(mapping: Mapping[str, Any], used: Mapping[str, str]) -> dict[str, Any]:
    """Keep what was not used, but for other names of a field that hold nothing or the same."""
    known = {_plain(alias) for aliases in ALIASES.values() for alias in aliases}
    told = [mapping[key] for key in used]
    return {
        str(key): value
        for key, value in mapping.items()
        if key not in used
        and _plain(key) not in NOT_HANDED_THROUGH
        and not (_plain(key) in known and (value in (None, "", [], {}) or value in told))
    }


def _wrong_types(
    mapping: Mapping[str, Any], *, found: Mapping[str, Any], used: Mapping[str, str], where: str
) -> Iterator[Problem]:
    for field in ALIASES:
        if field in found and (field != "text" or found["text"]):
            continue
        for key, value in _candidates(mapping, field):
            if key not in used and not (key in _AMBIGUOUS and isinstance(value, str)):
                what = f"is {_kind(value)}, not a {field}: passed over"
                yield problem("wrong-type", where=f"{where}: {key}", what=what)


_AMBIGUOUS = ("source", "uri")


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return kinds.get(type(value), "an object" if isinstance(value, dict) else "something else")


def _as_string(value: Any, _key: str = "") -> str | None:
    if isinstance(value, dict):
        return next((_as_string(value[key]) for key in _NAME_KEYS if value.get(key)), None)
    return value.strip() or None if isinstance(value, str) else None


def _as_id(value: Any, _key: str) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _as_url(value: Any, key: str) -> str | None:
    url = value.strip() if isinstance(value, str) else ""
    return url if url and (_is_url(url) or key not in _AMBIGUOUS) else None


def _as_publisher(value: Any, _key: str) -> str | None:
    name = _as_string(value)
    return name if name and not _is_url(name) else None


def _is_url(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _as_text(value: Any, _key: str = "") -> str | None:
    """Join the paragraphs of a text that comes as a list or, from Fundus, as sections."""
    paragraphs = value if isinstance(value, str) else "\n\n".join(_paragraphs(value))
    return paragraphs if paragraphs.strip() else None


def _paragraphs(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _paragraphs(item)
    elif isinstance(value, dict):
        for key in _PARAGRAPH_KEYS:
            yield from _paragraphs(value.get(key))


def _as_authors(value: Any, _key: str) -> tuple[str, ...] | None:
    """Read a list of names or objects with a name; a string holds several parted by `;`."""
    items = value.split(";") if isinstance(value, str) else value
    items = items if isinstance(items, list | tuple) else [items]
    return tuple(name for item in items if (name := _as_string(item))) or None


def _as_is(value: Any, _key: str) -> Any:
    return value if isinstance(value, str | int | float) or hasattr(value, "isoformat") else None


_CONVERTERS: dict[str, Callable[[Any, str], Any]] = {
    "title": _as_string,
    "text": _as_text,
    "url": _as_url,
    "id": _as_id,
    "publisher": _as_publisher,
    "authors": _as_authors,
    "published": _as_is,
    "lang": _as_string,
}
