"""Foreign text on a terminal: widths in cells, lines that fit, and nothing that drives it."""

import re
import unicodedata
from collections.abc import Iterator

_PDI = "\u2069"
_ISOLATES = {"rtl": "\u2067", "ltr": "\u2068"}
_JOINER = "\u200d"
_UNMARKED = str.maketrans("", "", "\u2066\u2067\u2068\u2069")

# Embeddings, overrides and isolates of the original would reach beyond its own words; soft
# hyphens are drawn by some terminals and not by others.
_DROPPED = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xAD))
_SHOWN = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_REPLACED = dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD)
_NEUTRAL = _SHOWN | _REPLACED | _DROPPED

_WIDE = (
    "[\u2e80-\u3000\u3003-\u3007\u3012\u3013\u3020-\u9fff\ua000-\ua4cf\uf900-\ufaff"
    "\uff04-\uff07\uff0a\uff0b\uff0d\uff0f-\uff19\uff1c-\uff1e\uff20-\uff3a\uff41-\uff5a"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)
_OPENING, _CLOSING = "[（「『《〈【“‘(]", "[\u3001\u3002，．！？：；）」』》〉】”’,.!?:;)%…]"
_UNIT = re.compile(rf"{_OPENING}*{_WIDE}{_CLOSING}*|(?:(?!{_OPENING}*{_WIDE})\S)+|\s+")
"""What is never broken: a word, or a wide character with the marks that cling to it."""


def neutral(text: str) -> str:
    """Set text on one line and make its control characters visible and harmless."""
    return " ".join(text.split()).translate(_NEUTRAL)


def cells(text: str) -> int:
    """Measure text in terminal cells."""
    from rich.cells import cell_len  # `retold --help` does without the terminal library

    return cell_len(text.translate(_UNMARKED))


def isolate(text: str, direction: str = "ltr") -> str:
    """Keep the order of right-to-left words from reaching into what stands beside them."""
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        return f"{_ISOLATES[direction]}{text}{_PDI}"
    return text


def fit(text: str, width: int, *, direction: str = "ltr") -> str:
    """Set text on one line of at most `width` cells; "…" stands where it was cut."""
    line = neutral(text)
    if cells(line) <= width:
        return isolate(line, direction)
    head = _head(line, width - 1).rstrip()
    return isolate(f"{head}…" if cells(head) < width else "…", direction)


def pad(line: str, width: int) -> str:
    """Fill a line with spaces up to `width` cells."""
    return line + " " * (width - cells(line))


def wrap(text: str, width: int, *, direction: str = "ltr", indent: str = "") -> list[str]:
    """Break text into lines of at most `width` cells, each behind the indent."""
    room = max(2, width - cells(indent))
    return [indent + isolate(line, direction) for line in _lines(neutral(text), room)]


def _lines(text: str, width: int) -> Iterator[str]:
    line = ""
    for unit in _units(text, width):
        if line.strip() and cells(line) + cells(unit) > width:
            yield line.rstrip()
            line = ""
        line = (line + unit).lstrip()
    if line:
        yield line.rstrip()


def _units(text: str, width: int) -> Iterator[str]:
    """Cut text into what may stand at a line's end; only a unit wider than a line is cut."""
    for match in _UNIT.finditer(text):
        rest = match[0]
        while cells(rest) > width:
            part = _head(rest, width)
            yield part
            rest = rest[len(part) :]
        yield rest


def _head(text: str, width: int) -> str:
    """Cut text to `width` cells, never between a letter and the marks that it carries.

    One letter is kept where none fits, for a line has to get on.
    """
    end = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and (text[index - 1] == _JOINER or not cells(text[index])):
            continue
        if end and cells(text[:index]) > width:
            return text[:end]
        end = index
    return text
