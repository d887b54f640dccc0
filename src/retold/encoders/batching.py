"""Plan what runs together: windows over long texts, batches of windows of similar length."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BATCH_POSITIONS = 1024
"""Positions per batch: enough for full speed of the matrix product, few enough for the cache."""
OVERLAP = 128
"""Tokens that two neighbouring windows share, half of them taken from each."""


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens `start:end` of a text, of which `first:last` are taken from here."""

    text: int
    start: int
    end: int
    first: int
    last: int

    @property
    def length(self) -> int:
        """Count the tokens that are run."""
        return self.end - self.start


def windows(text: int, tokens: int, *, room: int) -> list[Window]:
    """Cover a text's tokens with windows of at most `room`, each token taken exactly once.

    A token is taken from the window in which it is farther from a cut.
    """
    if tokens <= room:
        return [Window(text, 0, tokens, 0, tokens)] if tokens else []
    step = room - OVERLAP
    starts = [*range(0, tokens - room, step), tokens - room]
    cuts = [0, *((a + room + b) // 2 for a, b in pairwise(starts)), tokens]
    return [
        Window(text, start, start + room, first, last)
        for start, (first, last) in zip(starts, pairwise(cuts), strict=True)
    ]


def batches(lengths: Sequence[int], *, extra: int) -> list[NDArray[np.intp]]:
    """Group windows, longest first, into batches of similar size, at most BATCH_POSITIONS each.

    Gives indices into `lengths`; `extra` is the number of positions each window has besides its
    tokens. Depends on nothing but the lengths, so any number of workers gives the same result.
    """
    order = np.argsort(-np.asarray(lengths, np.intp), kind="stable")
    positions = np.asarray(lengths, np.intp)[order] + extra
    room = _fair_share(int(positions.sum()))
    result: list[NDArray[np.intp]] = []
    start, used = 0, 0
    for at, size in enumerate(positions.tolist()):
        if (used and used + size // 2 > room) or used + size > BATCH_POSITIONS:
            result.append(order[start:at])
            start, used = at, 0
        used += size
    return [*result, order[start:]] if len(order) else []


def _fair_share(positions: int) -> int:
    """Divide into as many batches as two and, where there is enough, four workers can share."""
    shares = 2 if positions <= 2 * BATCH_POSITIONS else 4
    rounds = -(-positions // (shares * BATCH_POSITIONS))
    return -(-positions // (shares * rounds)) if rounds else 0
