"""The kinds of input, each from bytes to drafts and problems."""

import json
import re
from collections.abc import Iterator
from typing import Any

from retold.reading.decoding import decode
from retold.reading.drafts import Draft
from retold.reading.html import declared_encoding, draft_from_html
from retold.reading.mappings import ALIASES, draft_from_mapping, find_articles, has_text_field
from retold.reading.problems import problem
from retold.reading.sources import JSON_ENDINGS, LINES_ENDINGS, PAGE_ENDINGS, Source
from retold.records import Problem

Found = Iterator[Draft | Problem]

_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_JSON_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\]{\"\[])")


def read_source(source: Source) -> Found:
    """Read one input by its ending, or by its content where the ending says nothing."""
    if not source.data.strip():
        yield problem("empty", where=source.where, what="is empty")
        return
    page = source.ending in PAGE_ENDINGS or not source.ending
    declared = declared_encoding(source.data) if page else None
    decoded = decode(source.data, where=source.where, declared=declared)
    yield from decoded.problems
    if decoded.text is None:
        return
    if source.ending in JSON_ENDINGS or (not source.ending and _JSON_START.match(decoded.text)):
        yield from _read_json(decoded.text, source)
    elif source.ending in PAGE_ENDINGS or (not source.ending and _PAGE_START.match(decoded.text)):
        yield from _read_page(decoded.text, source)
    else:
        draft = Draft(where=source.where, name=source.name, text=decoded.text)
        yield from _described(draft, source)


def _read_page(text: str, source: Source) -> Found:
    draft = draft_from_html(text, where=source.where, name=source.name)
    if draft.text.strip():
        yield from _described(draft, source)
    else:
        what = "no main text was found in this page: save its text as .txt"
        yield problem("no-text", where=source.where, what=what)


def _described(draft: Draft, source: Source) -> Found:
    """Lay the fields of the .json file beside an article over what the file says itself."""
    fields: Any = None
    if source.sidecar is not None:
        where = re.sub(r"\.[^.]*$", ".json", source.where)
        decoded = decode(source.sidecar, where=where)
        fields = _parsed(decoded.text or "", where=where)
        if isinstance(fields, Problem):
            yield problem("bad-json", where=fields.where, what=fields.what, severity="warning")
        elif not isinstance(fields, dict):
            what = "is no object with the fields of an article: passed over"
            yield problem("not-an-article", where=where, what=what, severity="warning")
    if not isinstance(fields, dict):
        yield draft
        return
    beside, faults = draft_from_mapping(
        fields, where=source.where, name=draft.name, text=draft.text
    )
    yield from faults
    yield _overlaid(draft, beside)


def _overlaid(draft: Draft, beside: Draft) -> Draft:
    fields = ("id", "title", "url", "publisher", "authors", "published", "lang")
    values = {field: getattr(beside, field) or getattr(draft, field) for field in fields}
    return Draft(where=draft.where, name=draft.name, text=draft.text, extra=beside.extra, **values)


def _read_json(text: str, source: Source) -> Found:
    if source.ending in LINES_ENDINGS:
        yield from _read_lines(text, source)
        return
    value = _parsed(text, where=source.where)
    if isinstance(value, Problem):
        first = _parsed(text.strip().partition("\n")[0], where=source.where)
        if isinstance(first, dict) and "\n" in text.strip():
            yield from _read_lines(text, source)
        else:
            yield value
        return
    yield from _read_value(value, source, where=source.where)


def _read_lines(text: str, source: Source) -> Found:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            where = f"{source.where}:{number}"
            value = _parsed(line, where=where, lines_before=number - 1)
            if isinstance(value, Problem):
                yield value
            else:
                yield from _read_value(value, source, where=where)


def _parsed(text: str, *, where: str, lines_before: int = 0) -> Any:
    """Parse JSON; return a problem with line and column where it is none."""
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        line = error.lineno + lines_before
        what = f"is not JSON at line {line}, column {error.colno}: {error.msg}"
    except RecursionError:
        what = "is not JSON that can be read: nested too deeply"
    except ValueError as error:
        what = f"is not JSON that can be read: {error}"
    return problem("bad-json", where=where, what=what)


def _read_value(value: Any, source: Source, *, where: str) -> Found:
    articles = find_articles(value)
    if articles is None:
        yield _no_article(value, source, where=where)
    elif not articles:
        yield problem("empty", where=where, what="holds an empty list, no article")
    for path, item in articles or ():
        place = f"{where}: {path.lstrip('.')}" if path else where
        if not has_text_field(item):
            yield _no_article(item, source, where=place)
            continue
        name = source.name + where.removeprefix(source.where) + path
        draft, faults = draft_from_mapping(item, where=place, name=name)
        yield from faults
        yield draft


def _no_article(value: Any, source: Source, *, where: str) -> Problem:
    """Say which field is missing; in a folder a stray .json file is only passed over."""
    if source.in_folder:
        what = 'passed over: no article, for want of a field "text"'
        return problem("not-an-article", where=where, what=what, severity="warning")
    if source.beside:
        what = f"has no text, it describes {source.beside}: give that file"
    elif isinstance(value, dict):
        looked = ", ".join(ALIASES["text"][:4])
        has = ", ".join(map(str, list(value)[:8])) or "nothing"
        what = f'no article: the field "text" is missing (looked for {looked} ...; it has {has})'
    else:
        what = 'no article: an object with the field "text" was expected'
    return problem("not-an-article", where=where, what=what)
