"""Quotations by their marks."""

import re

from retold.languages import quotation_marks
from retold.records import Span

PARAGRAPH_BREAK = re.compile(r"\n\s*\n|\r\n\s*\r\n|\u2029")
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
            limit = min(next(b for b in breaks if b >= place), place + LONGEST)
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
    return not before.isalnum() and (after not in " \t\r\n" or text[place] in "«‹")


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
    return not (text[at] in "'’‘\"" and following.isalnum())
