"""Lines and paragraphs: which line breaks part the text and which only wrap it."""

import re
from itertools import pairwise

from retold.passages.characters import ENDING, LINE_BREAK, PARAGRAPH_SEPARATOR, is_lower
from retold.records import Span

MAX_WRAP_WIDTH = 130
"""Characters. Text is wrapped by hand or by mail programs at 60 to 100, some print at 120."""

MIN_INNER_LINES = 3
"""Fewer line breaks than this are no proof that a text is wrapped."""

MIN_FULL = 0.7
"""Share of inner lines that the next word would have made too long; chance gives about .2."""

FULL = 0.85
"""A line counts as full from this part of the width on: not every program fills to the last."""

LONGEST_WORD = 12
"""Characters that the next word counts at most: scripts without spaces have one word a line."""

MIN_RUNNING_ON = 0.4
"""Share of inner lines that run on in mid-sentence; lists and headlines begin with capitals."""

_BULLET = re.compile(r"[•▪◦‣●■*·]")
_RUNS_ON = re.compile(r"[,;:.!?)\]}…”»、。，،؛]")
_STOPS = re.compile(r"[:;：；]\Z")
_WORD = re.compile(r"\S+")

Block = list[Span]
"""Lines that stand together, none of them blank."""


def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs without surrounding white space, in order.

    Blank lines always part them; so does a single line break, unless it only wraps a line.
    """
    blocks = _blocks(text)
    width = _wrap_width(text, blocks)
    return tuple(span for block in blocks for span in _parted(text, block, width))


def strip(text: str, start: int, end: int) -> Span:
    """Return the part of a range between its surrounding white space, empty where all is space."""
    part = text[start:end]
    left = start + len(part) - len(part.lstrip())
    return Span(left, max(left, start + len(part.rstrip())))


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = [[]]
    position = 0
    for found in LINE_BREAK.finditer(text):
        _add(blocks, strip(text, position, found.start()))
        if found[0] == PARAGRAPH_SEPARATOR:
            blocks.append([])
        position = found.end()
    _add(blocks, strip(text, position, len(text)))
    return [block for block in blocks if block]


def _add(blocks: list[Block], line: Span) -> None:
    if line.start < line.end:
        blocks[-1].append(line)
    else:
        blocks.append([])


def _parted(text: str, block: Block, width: int | None) -> list[Span]:
    last_end = max((i for i, line in enumerate(block) if _is_finished(text, line)), default=-1)
    spans = [block[0]]
    for number, (line, following) in enumerate(pairwise(block), start=1):
        if width is None:
            joined = number <= last_end and _runs_on(text, line, following)
        else:
            joined = _is_full(text, line, following, width)
        if joined and not _BULLET.match(text, following.start):
            spans[-1] = Span(spans[-1].start, following.end)
        else:
            spans.append(following)
    return spans


def _wrap_width(text: str, blocks: list[Block]) -> int | None:
    """Return the width that a text is wrapped to, None where its lines are paragraphs."""
    inner = [pair for block in blocks for pair in pairwise(block)]
    if len(inner) < MIN_INNER_LINES:
        return None
    width = max(line.end - line.start for pair in inner for line in pair)
    full = sum(_is_full(text, line, following, width) for line, following in inner)
    running = sum(_runs_on(text, line, following, caseless=True) for line, following in inner)
    wrapped = full >= MIN_FULL * len(inner) and running >= MIN_RUNNING_ON * len(inner)
    return width if wrapped and width <= MAX_WRAP_WIDTH else None


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    word = _WORD.match(text, following.start, following.end)
    room = min(LONGEST_WORD, word.end() - word.start() if word else 0)
    return line.end - line.start + 1 + room >= FULL * width


def _is_finished(text: str, line: Span) -> bool:
    return ENDING.search(text[max(line.start, line.end - 20) : line.end]) is not None


def _runs_on(text: str, line: Span, following: Span, *, caseless: bool = False) -> bool:
    """Tell whether a line stops in mid-sentence, as far as its end and the next line's show."""
    if _is_finished(text, line) or _STOPS.search(text[line.end - 1 : line.end]):
        return False
    first = text[following.start]
    running = is_lower(first) or _RUNS_ON.match(first) is not None
    return running or (caseless and first.isalpha() and not first.isupper())
