"""From what a reader found to an article: the one place where title, text and fields are joined."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from retold.errors import InputError
from retold.reading.dates import read_date
from retold.reading.problems import is_fatal, problem
from retold.reading.text import (
    begins_with,
    body_of,
    has_words,
    mended,
    one_line,
    split_title,
    without_surrogates,
)
from retold.records import Article, Problem
from retold.settings import ReadingSettings

DEFAULTS = ReadingSettings()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An article as a reader found it: raw fields, where they stood and what to call it.

    `name` is the file name without its ending, the last resort for an id.
    """

    where: str
    name: str
    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: Any = None
    lang: str | None = None
    extra: dict[str, Any] = {}

    @property
    def own_id(self) -> str:
        """Return the input's own id, else its URL, else its file name."""
        return without_surrogates(self.id or self.url or self.name)


def composed(draft: Draft) -> Draft:
    """Put the title first: title, blank line, text, unless the text begins with the title.

    `extra.text_offset` then tells where the input's own text begins.
    """
    text = without_surrogates(draft.text).removeprefix("\ufeff")
    title = one_line(draft.title or "") or split_title(text)
    extra = mended(draft.extra)
    if title and not begins_with(text, title):
        extra = {**extra, "text_offset": len(title) + 2}
        text = f"{title}\n\n{text}"
    return msgspec.structs.replace(draft, title=title, text=text, extra=extra)


def unusable(draft: Draft, *, settings: ReadingSettings) -> Problem | None:
    """Tell why a composed draft cannot be compared, None if it can."""
    if not draft.text.strip():
        return problem("empty", where=draft.where, what="holds no text")
    if len(draft.text) > settings.max_chars:
        what = (
            f"{len(draft.text):,} characters, more than {settings.max_chars:,}: left out, not cut; "
            "raise the limit with --max-chars"
        )
        return problem("too-long", where=draft.where, what=what)
    body = body_of(draft.text, draft.title)
    if not has_words(body):
        what = "nothing but a title" if draft.title and not body else "one word is no article"
        return problem(
            "no-text", where=draft.where, what=f"{what}: the text of the report is missing"
        )
    return None


def finished(draft: Draft, *, id: str) -> tuple[Article, tuple[Problem, ...]]:  # noqa: A002
    """Turn a composed draft into an article, with a warning for each field that had to give."""
    published, date_faults = _published(draft)
    lang, lang_faults = _language(draft, id=id)
    article = Article(
        id=id,
        title=draft.title,
        url=_or_none(draft.url),
        publisher=_or_none(draft.publisher),
        authors=tuple(name for author in draft.authors if (name := one_line(author))),
        published=published,
        lang=lang,
        text=draft.text,
        extra=_with_given_date(draft.extra, draft.published) if date_faults else draft.extra,
    )
    return article, (*date_faults, *lang_faults)


def _or_none(text: str | None) -> str | None:
    return one_line(text or "") or None


def _published(draft: Draft) -> tuple[str | None, tuple[Problem, ...]]:
    moment = read_date(draft.published)
    given = one_line(str(draft.published))
    texts = {
        "impossible-date": f'"{given}" is no date: write it as 2026-05-12T18:40:00+02:00',
        "no-timezone": f'"{given}" names no time zone: only the day is kept',
    }
    if moment.fault is None:
        return moment.rfc3339, ()
    fault = problem(moment.fault, where=f"{draft.where}: published", what=texts[moment.fault])
    return moment.rfc3339, (fault,)


def _with_given_date(extra: dict[str, Any], published: Any) -> dict[str, Any]:
    return {**extra, "published_as_given": mended(published)}


def _language(draft: Draft, *, id: str) -> tuple[str, tuple[Problem, ...]]:  # noqa: A002
    """Believe the input's language, else ask the text."""
    from retold.languages import identify, normalise, same_language

    named = normalise(draft.lang) if draft.lang else None
    looks = identify(body_of(draft.text, draft.title))
    if named in (None, "und"):
        fault = problem(
            "unknown-language",
            where=draft.where,
            what=f"the language cannot be told: name it with --lang {id}=xx",
        )
        return (looks, ()) if looks != "und" else (looks, (fault,))
    assert named is not None
    if looks == "und" or same_language(named, looks):
        return named, ()
    what = f"is said to be {named} but reads like {looks}: --lang {id}={looks} would correct it"
    return named, (problem("doubtful-language", where=draft.where, what=what),)


def article_from_text(
    text: str,
    *,
    id: str,  # noqa: A002 - the name of the field
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    authors: tuple[str, ...] = (),
    published: str | date | None = None,
    lang: str | None = None,
    extra: Mapping[str, Any] | None = None,
    settings: ReadingSettings = DEFAULTS,
) -> Article:
    """Make an article from a string, as a file with that content would be read.

    Without a title, one is looked for in the first line. Raises InputError where the text would
    be left out or the date cannot be read.
    """
    draft = Draft(
        where=id,
        name=id,
        id=id,
        text=text,
        title=title,
        url=url,
        publisher=publisher,
        authors=authors,
        published=published,
        lang=lang,
        extra=dict(extra or {}),
    )
    return article_from_draft(draft, settings=settings)


def article_from_draft(draft: Draft, *, settings: ReadingSettings) -> Article:
    """Finish one draft by itself; raise InputError where it cannot be used as it is."""
    draft = composed(draft)
    fault = unusable(draft, settings=settings)
    article, faults = finished(draft, id=draft.own_id)
    raise_first(
        tuple(f for f in (fault, *faults) if f and (is_fatal(f) or f.code == "impossible-date"))
    )
    return article


def raise_first(faults: tuple[Problem, ...]) -> None:
    """Raise InputError with every fault, a line each, if there is one."""
    if faults:
        raise InputError(
            "\n".join(f"{fault.where}: {fault.what} [{fault.code}]" for fault in faults)
        )
