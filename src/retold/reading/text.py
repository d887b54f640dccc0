"""What every reader does to text: nothing but mending what is not a character."""

import re
from typing import Any

TITLE_MAX_CHARS = 200
"""A first line longer than this is a paragraph; the longest titles of news agencies have 180."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_TITLE_ENDING = frozenset(".。．।॥۔։።။…,;:、，；：،؛")
_CLOSING = "\"'”’»«›‹)]）」』】"
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
_MIN_UNSPACED = 6
_FIRST_LINE = re.compile(
    r"\s*(?P<line>[^\r\n]*\S)[^\S\r\n]*(?P<blank>(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n))"
)


def without_surrogates(text: str) -> str:
    """Replace lone surrogates, which no encoding can carry, by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def mended(value: Any) -> Any:
    """Replace what JSON cannot carry (lone surrogates, NaN, infinity) anywhere in a JSON value."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, dict):
        return {without_surrogates(str(key)): mended(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mended(item) for item in value]
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None
    return without_surrogates(str(value))


def one_line(text: str) -> str:
    """Collapse white space, line breaks included, to single spaces."""
    return " ".join(without_surrogates(text).split())


def split_title(text: str) -> str | None:
    """Find the title of a plain text: a short first line, then a blank one, then more.

    A line that ends like a sentence or runs on (full stop, comma, colon ... of any script) is a
    paragraph; a question or exclamation mark may end a title.
    """
    match = _FIRST_LINE.match(text)
    if match is None or not text[match.end() :].strip():
        return None
    line = match["line"]
    if len(line) > TITLE_MAX_CHARS or line.rstrip(_CLOSING)[-1:] in _NO_TITLE_ENDING:
        return None
    return one_line(line)


def begins_with(text: str, title: str) -> bool:
    """Tell whether a text already opens with its title, however the white space is laid out."""
    head = text.lstrip()[: 2 * len(title) + TITLE_MAX_CHARS]
    return one_line(head).startswith(one_line(title))


def has_words(text: str) -> bool:
    """Tell whether there is more than one word; scripts written without spaces count letters."""
    words = sum(any(char.isalpha() for char in word) for word in text.split())
    return words > 1 or len(_UNSPACED.findall(text)) >= _MIN_UNSPACED


def body_of(text: str, title: str | None) -> str:
    """Return what stands after the title, each time that it is repeated at the start."""
    body = text.strip()
    if title is None:
        return body
    while (rest := _after(body, title)) is not None:
        body = rest
    return body


def _after(body: str, title: str) -> str | None:
    pattern = r"\s+".join(re.escape(word) for word in title.split())
    match = re.match(pattern, body) if pattern else None
    return body[match.end() :].lstrip() if match else None
