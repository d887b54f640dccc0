"""Quotation marks and brackets where a sentence ends."""

import re

from retold.passages import characters as ch
from retold.records import Span

MAX_ASIDE = 400
"""Characters; brackets farther apart than this enclose no remark inside a sentence."""

_CLOSING_BRACKET = re.compile(f"[{ch.CLOSING_BRACKETS}]")
_QUOTE = re.compile(f"[{ch.QUOTES}]")
_BRACKETS = re.compile(f"[{ch.OPENING_BRACKETS}{ch.CLOSING_BRACKETS}]")
_NOTE = re.compile(r"\[\d{1,3}\]|[¹²³⁰-⁹]+")
_SPACED_QUOTE = re.compile(rf"[ \u00a0\u2009\u202f]+(?=[{ch.QUOTES}])")
_STRAIGHT = "\"'\uff02\uff07"
_PAIRS = dict(zip("([{（［【〔〖《〈⟨", ")]}）］】〕〗》〉⟩", strict=True))


def after_closing(text: str, position: int, paragraph: Span) -> int:
    """Skip the closing marks, brackets and note numbers that belong to a sentence's end."""
    while position < paragraph.end:
        note = _NOTE.match(text, position)
        spaced = _SPACED_QUOTE.match(text, position)
        if note:
            position = note.end()
        elif _CLOSING_BRACKET.match(text, position):
            position += 1
        elif spaced and _closes(text, spaced.end(), paragraph):
            position = spaced.end() + 1
        elif _QUOTE.match(text, position) and _closes(text, position, paragraph):
            position += 1
        else:
            break
    return position


def closes_quote(text: str, start: int, end: int) -> bool:
    """Tell whether a quotation mark stands in a range."""
    return _QUOTE.search(text, start, end) is not None


def _closes(text: str, position: int, paragraph: Span) -> bool:
    """Tell whether a quotation mark closes, by what touches it; « » „ “ ” change sides by language.

    A mark that the surroundings leave open closes what an odd number of its like has opened.
    """
    mark = text[position]
    if mark in ch.ALWAYS_CLOSING or mark in ch.ALWAYS_OPENING:
        return mark in ch.ALWAYS_CLOSING
    spaced = text[position - 1].isspace()
    following = text[position + 1 : position + 2]
    touches = following.isalnum() and position + 1 < paragraph.end
    if spaced == touches:
        return not spaced
    if mark in _STRAIGHT:
        return text.count(mark, paragraph.start, position) % 2 == 1
    return mark in "»›”’"


def asides(text: str, paragraph: Span) -> list[tuple[int, int]]:
    """Return the ranges in brackets that stand inside a sentence, in order, the outermost only."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in _BRACKETS.finditer(text, paragraph.start, paragraph.end):
        if match[0] in _PAIRS:
            opened.append(match.start())
        elif opened and _PAIRS[text[opened[-1]]] == match[0]:
            start = opened.pop()
            if match.end() - start <= MAX_ASIDE and _stands_inside(text, start, paragraph):
                while found and found[-1][0] > start:
                    found.pop()
                found.append((start, match.end()))
    return found


def _stands_inside(text: str, start: int, paragraph: Span) -> bool:
    before = text[max(paragraph.start, start - MAX_ASIDE) : start].rstrip()
    return bool(before) and re.search(f"[{ch.ENDS}{ch.QUOTES}]\\Z", before[-1]) is None
