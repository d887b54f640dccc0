"""Order-aware decoding for two articles that tell the same in the same order: a translation."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retold.alignment.evidence import Evidence, Floats, Tokens
from retold.settings import AlignmentSettings

Step = tuple[Sequence[int], Sequence[int]]
"""Units of a and of b that tell the same; one range may be empty."""

SHAPES = tuple((p, q) for p in range(1, 5) for q in range(1, 5) if p + q <= 5)
OUTSIDE = np.float32(-1e9)


def are_in_step(score: Floats, *, settings: AlignmentSettings) -> bool:
    """Tell whether the mutual best pairs of two articles are many and in one order.

    `score` (units of a, units of b) is the mean of both directions, body units only.
    """
    if min(score.shape) < settings.step_least:
        return False
    to_b, to_a = score.argmax(axis=1), score.argmax(axis=0)
    mutual = [
        (i, int(j))
        for i, j in enumerate(to_b)
        if to_a[j] == i and score[i, j] >= settings.step_evidence
    ]
    shorter, longer = sorted(score.shape)
    if len(mutual) < max(settings.step_share * shorter, settings.step_share_of_longer * longer):
        return False
    return _longest_rise([j for _, j in mutual]) >= settings.step_order * len(mutual)


def _longest_rise(values: list[int]) -> int:
    """Return the length of the longest rising subsequence."""
    ends: list[int] = []
    for value in values:
        place = bisect_left(ends, value)
        ends[place : place + 1] = [value]
    return len(ends)


def with_evidence(
    steps: Sequence[Step], told: Floats, *, settings: AlignmentSettings
) -> tuple[Step, ...]:
    """Leave out of the steps what nothing on the other side tells, where the rest is told plainly.

    `told` (units of a, units of b) is the mean of both directions. In a close translation a
    sentence without evidence is one that the other version lacks; in a free one it may be free.
    """
    best = [float(told[np.ix_(*step)].max()) for step in steps if all(step)]
    if not best or np.median(best) < settings.step_plain:
        return tuple(steps)
    return tuple(_evident(step, told, settings.step_least_evidence) for step in steps)


def _evident(step: Step, told: Floats, least: float) -> Step:
    """Keep the units of a step that a unit of the other side tells."""
    if not all(step):
        return step
    left, right = step
    evident = told[np.ix_(left, right)] >= least
    rows = np.flatnonzero(evident.any(axis=1)).tolist()
    columns = np.flatnonzero(evident.any(axis=0)).tolist()
    if (len(rows), len(columns)) == evident.shape:
        return step
    return [left[row] for row in rows], [right[column] for column in columns]


def decode(a: Tokens, b: Tokens, evidence: Evidence, *, settings: AlignmentSettings) -> list[Step]:
    """Return the best monotone alignment as steps in order, units left alone included.

    A step of p units of a with q units of b gains, for every token of both, its best match
    anywhere in the other side; larger steps pay for it, by p times q. All units take part, whatever
    their role: who translates a text translates its headings too.
    """
    gains = _gains(a, b, evidence, settings)
    n, m = next(iter(gains.values())).shape
    best = np.zeros((n + 1, m + 1), np.float32)
    choice = np.full((n + 1, m + 1), -1, np.int8)
    for i in range(n + 1):
        best[i], choice[i] = _row(i, best, gains)
    return _trace(choice)


def _gains(
    a: Tokens, b: Tokens, evidence: Evidence, settings: AlignmentSettings
) -> dict[tuple[int, int], Floats]:
    """Return for each shape the gain at each pair of first units: (units of a, units of b)."""
    from_a = _token_gains(a, evidence.best_in_b)
    from_b = _token_gains(b, evidence.best_in_a)
    n, m = from_a[1].shape
    gains = {}
    for p, q in SHAPES:
        whole = np.full((n, m), OUTSIDE, np.float32)
        rows, columns = n - p + 1, m - q + 1
        if rows < 1 or columns < 1:
            continue
        by_a = sum(from_a[q][r : r + rows, :columns] for r in range(p))
        by_b = sum(from_b[p].T[:rows, c : c + columns] for c in range(q))
        whole[:rows, :columns] = by_a + by_b - settings.step_size_cost * (p * q - 1)
        gains[p, q] = whole
    return gains


def _token_gains(one: Tokens, best: Floats) -> dict[int, Floats]:
    """Return the summed gain of each unit against runs of 1 to 4 units of the other article."""
    gains = {q: np.empty((len(one.first), best.shape[1]), np.float32) for q in range(1, 5)}
    for units, rows in one.blocks():
        run, first = best[rows].copy(), one.first[units] - rows.start
        for q, gain in gains.items():
            if q > 1:
                reach = best[rows, q - 1 :]
                np.maximum(run[:, : reach.shape[1]], reach, out=run[:, : reach.shape[1]])
            gain[units] = np.add.reduceat(run * one.information[rows, None], first, axis=0)
    return gains


def _row(
    i: int, best: Floats, gains: dict[tuple[int, int], Floats]
) -> tuple[Floats, NDArray[np.int8]]:
    """Fill one row of the dynamic programme: the best total that ends before unit i of a."""
    width = best.shape[1]
    total = best[i - 1].copy() if i else np.zeros(width, np.float32)
    choice = np.full(width, len(SHAPES) if i else len(SHAPES) + 1, np.int8)
    for shape, (p, q) in enumerate(SHAPES):
        if i < p or (p, q) not in gains or width <= q:
            continue
        joined = np.full(width, OUTSIDE, np.float32)
        joined[q:] = best[i - p, :-q] + gains[p, q][i - p, : width - q]
        better = joined > total
        total[better], choice[better] = joined[better], shape
    # A unit of b left alone costs nothing: the running maximum to the left.
    running = np.maximum.accumulate(total)
    choice[running > total] = len(SHAPES) + 1
    return running, choice


def _trace(choice: NDArray[np.int8]) -> list[Step]:
    """Follow the choices back to the start."""
    i, j = choice.shape[0] - 1, choice.shape[1] - 1
    steps: list[Step] = []
    while i or j:
        p, q = (*SHAPES, (1, 0), (0, 1))[choice[i, j]] if j else (1, 0)
        steps.append((range(i - p, i), range(j - q, j)))
        i, j = i - p, j - q
    return steps[::-1]
