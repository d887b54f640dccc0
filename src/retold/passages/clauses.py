"""Where a sentence may be parted into clauses: by punctuation alone, in every script."""

import re
from itertools import pairwise

from retold.passages import characters as ch
from retold.records import Span

MIN_LETTERS = 12
"""Letters on each side of a cut: less is no claim. A Han or kana character counts as three."""

MAX_LIST_ITEM = 3
"""Words between two commas, at most, that may be an item of a list and no clause."""

MAX_LAST_ITEM = 2
"""As above for the last of these commas: what follows it is more often a clause."""

_CUT = re.compile(
    rf"""(?P<after>[;；؛፤]+|[:：፡](?!\d)|(?<!\d),|,(?!\d)|[،，、﹐፣])[{ch.QUOTES}{ch.CLOSING_BRACKETS}]*
    |(?P<dash>(?<=\s)[-\u2012-\u2015]+(?=\s)|(?<=[^\W\d])[\u2014\u2015]+(?=[^\W\d]))
    |(?P<opening>(?<=\s)[{ch.OPENING_BRACKETS}])
    |(?P<closing>[{ch.CLOSING_BRACKETS}](?=\s))
    """,
    re.VERBOSE,
)
_DENSE = re.compile(f"[{ch.NO_SPACES}]")
_COMMA = re.compile("[,،，、﹐፣]")


def cuts(text: str, span: Span) -> tuple[int, ...]:
    """Return the offsets inside a passage, in order, where a clause may begin.

    The punctuation stays with the clause before it, a dash and an opening bracket with the one
    after. No cut inside a number or a time, in a list of short items, or within `MIN_LETTERS` of
    another cut.
    """
    found = [stop for stop in _candidates(text, span) if span.start < stop < span.end]
    kept: list[int] = []
    for stop in found:
        if _weight(text, kept[-1] if kept else span.start, stop) >= MIN_LETTERS:
            kept.append(stop)
    while kept and _weight(text, kept[-1], span.end) < MIN_LETTERS:
        kept.pop()
    return tuple(kept)


def _candidates(text: str, span: Span) -> list[int]:
    matches = list(_CUT.finditer(text, span.start, span.end))
    listed = _in_lists(text, matches)
    return [
        match.start() if match["opening"] or match["dash"] else match.end()
        for number, match in enumerate(matches)
        if number not in listed
    ]


def _in_lists(text: str, matches: list[re.Match[str]]) -> set[int]:
    """Return the numbers of the commas on either side of an item too short for a clause."""
    listed: set[int] = set()
    for number, (left, right) in enumerate(pairwise(matches)):
        if _COMMA.match(left[0]) and _COMMA.match(right[0]):
            item = text[left.end() : right.start()]
            words = len(item.split()) + len(_DENSE.findall(item)) // 2
            if words <= MAX_LIST_ITEM:
                listed.add(number)
            if words <= MAX_LAST_ITEM:
                listed.add(number + 1)
    return listed


def _weight(text: str, start: int, end: int) -> int:
    part = text[start:end]
    return sum(map(str.isalpha, part)) + 2 * len(_DENSE.findall(part))
