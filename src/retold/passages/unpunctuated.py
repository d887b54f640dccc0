"""Scripts that put no mark at the end of a sentence: Thai and Lao."""

import re
from itertools import pairwise

from retold.records import Span

MIN_LENGTH = 60
"""Characters; a sentence of Thai news has about 100, a phrase between two spaces about 30."""

_LETTERS = re.compile("[\u0e01-\u0e30\u0e81-\u0eb0]")
_PHRASE_END = re.compile("(?<=[\u0e00-\u0eff]) +(?=[\u0e00-\u0eff])")
MIN_SHARE = 0.5


def is_unpunctuated(text: str) -> bool:
    """Tell whether a text is mostly Thai or Lao, where a sentence may end without a mark."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and len(_LETTERS.findall(text)) >= MIN_SHARE * letters


def cut_unpunctuated(text: str, span: Span) -> list[Span]:
    """Cut Thai and Lao at spaces into pieces of a sentence's length; leave all else whole.

    A space ends a sentence or a phrase there. Not beside figures, Latin letters or marks, where it
    does neither.
    """
    if span.end - span.start < 2 * MIN_LENGTH or not is_unpunctuated(text[span.start : span.end]):
        return [span]
    stops = [(span.start, span.start)]
    for space in _PHRASE_END.finditer(text, span.start, span.end):
        long_enough = space.start() - stops[-1][1] >= MIN_LENGTH
        if long_enough and span.end - space.end() >= MIN_LENGTH:
            stops.append(space.span())
    stops.append((span.end, span.end))
    return [Span(left[1], right[0]) for left, right in pairwise(stops)]
