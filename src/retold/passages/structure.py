"""What a paragraph is by its looks: its length, its last mark, whether its words come again."""

import re
from collections.abc import Sequence

import msgspec

from retold.languages import conventions
from retold.passages import characters as ch
from retold.passages.lines import paragraphs
from retold.records import Article, Span

PREFIX = 4
"""Letters of a word that are compared: enough to tell words apart, short of most endings."""

MIN_WORD = 4
"""Letters; shorter words come again by chance."""

_WORD = re.compile(r"[^\W_]+")
_DENSE = re.compile(f"[{ch.NO_SPACES}\uac00-\ud7af\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]")
_SIGN = re.compile(r"[©®™℗]|\w+://|www\.|\S@\S|\|")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|年|/20\d\d")
_NAME_AT_END = re.compile(r"(?:[:：/]|\s[–—-]\s|\()\s*((?:[^\W\d_][\w.’'-]*[ /]*){1,5})[)\]]?\s*\Z")
_CREDITED = re.compile(r"[.!?]\s+[^\W\d_]+:(?:\s+\S+){1,4}\Z")
_LAST_NAMES = re.compile(r"(?:\s[^\W\d_][\w.’'-]*){2,3}\Z")
_FENCED = re.compile(r"\s*[-–—*=_#~<>►▶•\[(（【]")
_DATED = re.compile(r"\s*\d{1,2}[:.]\d{2}\b|\s*\d{1,2}\.?\s[^\W\d]{3,}\.?,?\s\d{4}\b")


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph and the passages in it: indices from `first` up to, not including, `last`."""

    start: int
    end: int
    first: int
    last: int


def grouped(text: str, spans: Sequence[Span]) -> list[Paragraph]:
    """Return the paragraphs that hold passages, each with the indices of its passages."""
    found: list[Paragraph] = []
    index = 0
    for paragraph in paragraphs(text):
        first = index
        while index < len(spans) and spans[index].start < paragraph.end:
            index += 1
        if index > first:
            found.append(Paragraph(paragraph.start, paragraph.end, first, index))
    return found


def key(text: str) -> str:
    """Return the letters and numbers of a text, casefolded: what two spellings have in common."""
    return "".join(_WORD.findall(text)).casefold()


def length(text: str) -> int:
    """Return the length in characters of Latin script; a Han, kana or Hangul one counts as 2.5."""
    return len(text) + (3 * len(_DENSE.findall(text))) // 2


def is_line(text: str) -> bool:
    """Tell whether a stripped text is one line."""
    return ch.LINE_BREAK.search(text) is None


def is_finished(text: str) -> bool:
    """Tell whether a text ends in final punctuation of any script."""
    return ch.ENDING.search(text[-20:]) is not None


def recurrence(text: str, rest: str) -> float:
    """Return the share of a text's words (pairs of letters in dense scripts) that `rest` has too.

    A headline's words come again in the article; a byline's or an advertisement's do not.
    """
    wanted = _features(text)
    return len(wanted & _features(rest)) / len(wanted) if wanted else 0.0


def _features(text: str) -> set[str]:
    folded = text.casefold()
    words = {word[:PREFIX] for word in _WORD.findall(folded) if len(word) >= MIN_WORD}
    dense = _DENSE.findall(folded)
    if len(dense) < len(folded) // 3:
        return words
    return {folded[i : i + 2] for i in range(len(folded) - 1) if folded[i : i + 2].isalpha()}


def is_about_the_article(text: str, *, below: str, article: Article) -> bool:
    """Tell whether a line is a byline, a dateline or a credit, whatever stands around it.

    By what stands in it: an author or the publisher, a date, a name after the words for "by", a
    person's name alone that the text below never mentions.
    """
    if _is_dateline(text, article.lang) or _names_maker(text, article):
        return True
    cue = conventions.byline(article.lang).match(text)
    if cue and _is_strange_name(text[cue.end() :], below, at_most=8):
        return True
    return _is_strange_name(text, below, at_least=2)


def is_clutter(text: str, *, below: str, article: Article) -> bool:
    """Tell whether a line below the headline is about the article, a caption, an advert or a fence.

    Beyond `is_about_the_article`: a sign of rights or an address, a name after a colon, a slash or
    in brackets or at the end that the text below never mentions.
    """
    if any(sign.search(text) for sign in (_SIGN, _CREDITED)):
        return True
    if any(beginning.match(text) for beginning in (_FENCED, _DATED)):
        return True
    tail = _NAME_AT_END.search(text)
    if (tail and _is_strange_name(tail[1], below)) or _ends_in_strange_name(text, below):
        return True
    return is_about_the_article(text, below=below, article=article)


def _names_maker(text: str, article: Article) -> bool:
    """Tell whether a line names an author, or is little more than the publisher's name."""
    folded = key(text)
    if any(len(key(author)) >= MIN_WORD and key(author) in folded for author in article.authors):
        return True
    words = {word for word in _WORD.findall(text.casefold()) if len(word) > MIN_WORD}
    publisher = set(_WORD.findall((article.publisher or "").casefold()))
    return len(words) <= MIN_WORD and bool(words & publisher)


def _is_dateline(text: str, lang: str) -> bool:
    if not (_CLOCK.search(text) or _YEAR.search(text)):
        return False
    months = conventions.month_names(lang) | conventions.month_names("en")
    words = [word for word in _WORD.findall(text.casefold()) if not word.isdecimal()]
    others = [word for word in words if word not in months]
    return len(others) <= 4 and len(_DENSE.findall(text)) < 9


def _ends_in_strange_name(text: str, below: str) -> bool:
    """Tell whether small words lead up to a person whom the text below never mentions."""
    tail = _LAST_NAMES.search(text)
    if tail is None:
        return False
    before = _WORD.findall(text[: tail.start()])
    capitals = sum(word[0].isupper() for word in before)
    return 2 * capitals < len(before) and _is_strange_name(tail[0], below, at_least=2)


def _is_strange_name(text: str, rest: str, *, at_least: int = 1, at_most: int = 4) -> bool:
    """Tell whether words are capitalised like names and come nowhere else in the article."""
    words = _WORD.findall(text)
    if not at_least <= len(words) <= at_most or any(word.isdecimal() for word in words):
        return False
    capitals = sum(word[0].isupper() for word in words)
    caseless = not capitals and not any(ch.is_lower(word[0]) for word in words)
    if 2 * capitals < len(words) and not (caseless and at_least == 1):
        return False
    return recurrence(text, rest) < 0.25
