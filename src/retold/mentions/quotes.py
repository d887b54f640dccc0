"""Quotations by their marks."""

import re
from bisect import bisect_left

from retold.languages import quotation_marks
from retold.records import Span

PARAGRAPH_BREAK = re.compile(r"\n\s*\n|\r\n\s*\r\n|\u2029")
JOINING = re.compile(
    r"[\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u31ff\u3400-\u9fff\uac00-\ud7ff]"
)
"""Letters that stand beside a mark without a space: Thai to Burmese, Khmer, Chinese, Japanese,
Korean particles."""
LONGEST = 3000
"""Code points; marks farther apart than this belong to two quotations."""


def find_quotes(text: str, lang: str) -> tuple[Span, ...]:
    """Return the spans between quotation marks, marks included, in order, outermost only.

    A quotation whose mark is opened again at the next paragraph goes on there and is closed by
    the end of its paragraph; a mark without its counterpart opens nothing.
    """
    closers: dict[str, set[str]] = {}
    for opener, closer in quotation_marks(lang):
        closers.setdefault(opener, set()).add(closer)
    breaks = [m.start() for m in PARAGRAPH_BREAK.finditer(text)] + [len(text)]
    found: list[Span] = []
    place = 0
    while place < len(text):
        end = None
        if text[place] in closers and _opens(text, place):
            limit = min(breaks[bisect_left(breaks, place)], place + LONGEST)
            end = _close(text, place, limit, closers)
        if end is None:
            place += 1
        else:
            found.append(Span(place, end))
            place = end
    return tuple(found)


def _opens(text: str, place: int) -> bool:
    """Tell whether a mark stands where words begin, not inside or behind one."""
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return not _is_inside(before) and (after not in " \t\r\n" or text[place] in "«‹")


def _close(text: str, place: int, limit: int, closers: dict[str, set[str]]) -> int | None:
    """Return the end of the quotation opened at `place`, its closing mark included."""
    mark, depth = text[place], 0
    for at in range(place + 1, limit):
        if text[at] in closers[mark] and _closes(text, at):
            if depth == 0:
                return at + 1
            depth -= 1
        elif text[at] == mark and mark not in closers[mark] and _opens(text, at):
            depth += 1
    rest = text[limit:].lstrip()
    return limit if limit < len(text) and rest.startswith(mark) else None


def _closes(text: str, at: int) -> bool:
    """Tell whether a mark stands where words end: no letter follows an apostrophe's like."""
    following = text[at + 1] if at + 1 < len(text) else " "
    return not (text[at] in "'’‘\"" and _is_inside(following))


def _is_inside(neighbour: str) -> bool:
    """Tell whether a mark beside this character stands inside a word, as an apostrophe does."""
    return neighbour.isalnum() and JOINING.match(neighbour) is None
