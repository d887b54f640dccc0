"""Whether an article may be cut short: by its end and by what its extractor says."""

import re
from collections.abc import Sequence
from typing import Any

from retold.languages import conventions
from retold.passages import characters as ch
from retold.passages.unpunctuated import is_unpunctuated
from retold.records import Article, Passage

MAX_QUOTED = 40
"""Characters of the article that a reason quotes."""

MAX_SIGNATURE = 40
"""Characters of the last words that name who wrote, after a finished sentence."""

MAX_CALL = 60
"""Characters of a line that calls on the reader to read on."""

_CUT_FLAGS = frozenset({"truncated", "cut", "partial", "incomplete", "paywall", "paywalled"})
_FREE_FLAGS = frozenset({"accessibleforfree", "complete", "fulltext"})
_FALSE = (False, 0, "false", "False", "no", "0")
_TRUE = (True, 1, "true", "True", "yes", "1")

_COUNTED_TAIL = re.compile(r"[\[(]\s*\+\s*\d[\d,. ]*[^\])]{0,20}[\])]\s*\Z")
_DOTS = rf"(?:{ch.ELLIPSIS}|[.。]\s?[.。]\s?[.。]|⋯)+"
_ELLIPSIS = re.compile(
    rf"([\[(（【]\s*{_DOTS}\s*[\])）】]|{_DOTS})[\s{ch.CLOSING_BRACKETS}{ch.QUOTES}]*\Z"
)
_BRACKETED = re.compile(r"[\[(（【]([^\])）】]{1,30})[\])）】][\s.。]*\Z")
_FINISHED = re.compile(rf"[{ch.ENDS}|」』][^\w,;:،，、；：\-–—]*\Z")
_LEADS_AWAY = re.compile(r"[^:：]*[:：]\s*\w")
_WORD = re.compile(r"[^\W_]+")


def completeness(article: Article, passages: Sequence[Passage]) -> tuple[bool, str | None]:
    """Tell whether the article seems to be all there, and if not, why, in a short phrase.

    `passages` are its passages with their roles, in order. It is called incomplete where it may be
    cut: the price of that is only that no gap in it counts as certain.
    """
    reason = _flagged(article.extra) or _cut_at_end(article, passages)
    return reason is None, reason


def _flagged(extra: dict[str, Any]) -> str | None:
    """Return what a field of the input says about a cut."""
    for name, value in extra.items():
        plain = re.sub(r"[^a-z]", "", name.lower())
        plain = re.sub(r"\A(is|was|has|behind)", "", plain)
        hashable = value if isinstance(value, (bool, int, str)) else None
        if plain in _CUT_FLAGS and hashable in _TRUE:
            return f'the input says "{name}"'
        if plain in _FREE_FLAGS and value is not None and hashable in _FALSE:
            return f'the input says "{name}": no'
    return None


def _cut_at_end(article: Article, passages: Sequence[Passage]) -> str | None:
    text = article.text
    body = [number for number, passage in enumerate(passages) if passage.role == "body"]
    if not body:
        return "has no body text"
    last = _last_sentence(text, passages, body)
    after = [passage for passage in passages[last + 1 :] if passage.role == "boilerplate"]
    tail = [text[passage.start : passage.end] for passage in after]
    ending = text[passages[last].start : _end_of(text, passages, last)]
    return (
        _counted(text)
        or _continued(article.lang, ending)
        or _trailing_off(ending)
        or _unfinished(ending, tail)
        or _calling_on(article.lang, tail)
    )


def _last_sentence(text: str, passages: Sequence[Passage], body: Sequence[int]) -> int:
    """Return the index of the last body passage that is a sentence, not a signature."""
    for number in reversed(body):
        words = text[passages[number].start : passages[number].end]
        before = text[passages[number - 1].start : passages[number - 1].end] if number else ""
        if not (_is_finished(before) and _is_signature(words)):
            return number
    return body[-1]


def _is_finished(words: str) -> bool:
    """Tell whether words end in final punctuation, a source in brackets after it or not."""
    tail = _BRACKETED.search(words)
    return _FINISHED.search(words[: tail.start()] if tail and tail.start() else words) is not None


def _is_signature(words: str) -> bool:
    """Tell whether words say who wrote, or announce links: "(dpa)", "Ada Moor", "Related:"."""
    if len(words) > MAX_SIGNATURE or _FINISHED.search(words) or _ELLIPSIS.search(words):
        return False
    found = _WORD.findall(words)
    capitals = sum(word[0].isupper() for word in found)
    named = 2 * capitals > len(found) and words[-1] not in ",;-–—"
    return words[0] in "([（【" or words[-1] in ":：" or named


def _end_of(text: str, passages: Sequence[Passage], number: int) -> int:
    """Return where a passage ends, with the marks after it that belong to no passage."""
    following = passages[number + 1].start if number + 1 < len(passages) else len(text)
    gap = text[passages[number].end : following]
    return passages[number].end + len(gap.rstrip())


def _counted(text: str) -> str | None:
    tail = _COUNTED_TAIL.search(text[-60:])
    return f'ends in "{tail[0].strip()}"' if tail else None


def _continued(lang: str, ending: str) -> str | None:
    tail = _BRACKETED.search(ending)
    if tail and conventions.continued(lang).match(tail[1]):
        return f'ends in "{tail[0].strip()}"'
    return None


def _trailing_off(ending: str) -> str | None:
    found = _ELLIPSIS.search(ending[-12:])
    return f'ends in "{found[1]}"' if found else None


def _unfinished(ending: str, tail: Sequence[str]) -> str | None:
    if is_unpunctuated(ending) or _is_finished(ending):
        return None
    return f'ends in "{_shortened(tail[0])}"' if tail else "ends without final punctuation"


def _calling_on(lang: str, tail: Sequence[str]) -> str | None:
    """Return the line after the text that calls on the reader to read on elsewhere.

    A long one, or one with a title after its colon, leads to another article.
    """
    for line in tail:
        cue = conventions.reading_on(lang).search(line)
        if cue and len(line) <= MAX_CALL and not _LEADS_AWAY.match(line, cue.end()):
            return f'ends in "{_shortened(line)}"'
    return None


def _shortened(line: str) -> str:
    flat = " ".join(line.split())
    return flat if len(flat) <= MAX_QUOTED else flat[: MAX_QUOTED - 1].rstrip() + "…"
