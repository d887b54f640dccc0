"""Reading: files, folders and standard input to articles, and a problem for all else."""

from collections.abc import Mapping
from pathlib import Path

from retold.errors import UsageError
from retold.reading.drafts import DEFAULTS, Draft, article_from_text, raise_first
from retold.reading.formats import read_source
from retold.reading.mappings import article_from_mapping
from retold.reading.problems import is_fatal
from retold.reading.selection import select
from retold.reading.sources import Source, gather
from retold.records import Problem, Reading
from retold.settings import ReadingSettings

__all__ = ["article_from_mapping", "article_from_text", "read"]

_NOTHING: Mapping[str, str] = {}


def read(
    *sources: str | Path,
    stdin: bytes | None = None,
    lang: Mapping[str, str] = _NOTHING,
    published: Mapping[str, str] = _NOTHING,
    settings: ReadingSettings = DEFAULTS,
    strict: bool = False,
) -> Reading:
    """Read articles from files, folders and, for `-`, standard input (or the bytes `stdin`).

    `lang` and `published` tell by article id what the inputs do not. Whatever cannot be used is a
    problem in the result, and the rest is read; with `strict`, problems that leave an article out
    raise InputError, which names them all. Raises UsageError for an id that no article has.
    """
    if not sources:
        raise UsageError("nothing to read: give files, folders or - for standard input")
    drafts: list[Draft] = []
    faults: list[Problem] = []
    for source in gather(sources, stdin=stdin, settings=settings):
        for found in read_source(source) if isinstance(source, Source) else (source,):
            if isinstance(found, Draft):
                drafts.append(found)
            else:
                faults.append(found)
    reading = select(drafts, lang=lang, published=published, settings=settings)
    problems = (*faults, *reading.problems)
    if strict:
        raise_first(tuple(fault for fault in problems if is_fatal(fault)))
    return Reading(articles=reading.articles, problems=problems)
