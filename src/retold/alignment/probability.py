"""From evidence to the calibrated probability that two units tell the same claim."""

import numpy as np
from numpy.typing import NDArray

from retold.alignment.evidence import Evidence, Floats
from retold.settings import Calibration, Curve

Flags = NDArray[np.bool_]
DIGITS = 4
"""Scores are rounded before any decision, so that no order of summing can change one."""

SHARPNESS = 0.06
"""Difference of evidence at which a unit prefers one counterpart e times as much."""


def log_odds(
    evidence: Evidence,
    wording: Floats | None,
    body: tuple[Flags, Flags],
    curve: Curve,
) -> Floats:
    """Return the log-odds that units tell the same: (units of a, units of b).

    `wording` is given within one language only; `body` marks the running text of a and b, which
    has no rivals and neighbours but its like.
    """
    told = evidence.told
    text = np.ix_(*body)
    preference, neighbours = _preference(told), np.zeros_like(told)
    preference[text], neighbours[text] = _preference(told[text]), _neighbours(told[text])
    odds = curve.bias + curve.told * told
    odds += curve.contained * np.maximum(evidence.a_in_b, evidence.b_in_a)
    odds += curve.preference * preference + curve.neighbours * neighbours
    if wording is not None:
        odds += curve.wording * wording
    return rounded(odds)


def probability(odds: Floats, calibration: Calibration) -> Floats:
    """Turn log-odds into calibrated probabilities."""
    line = calibration.slope * odds.astype(np.float64) + calibration.intercept
    return rounded(1 / (1 + np.exp(-line)))


def _preference(told: Floats) -> Floats:
    """Return how far two units prefer each other to all others: 0 to 1.

    The geometric mean of a softmax over rows and one over columns.
    """
    if not told.size:
        return told
    sharp = told / SHARPNESS
    by_row = np.exp(sharp - sharp.max(axis=1, keepdims=True))
    by_column = np.exp(sharp - sharp.max(axis=0, keepdims=True))
    by_row /= by_row.sum(axis=1, keepdims=True)
    by_column /= by_column.sum(axis=0, keepdims=True)
    mutual: Floats = np.sqrt(by_row * by_column)
    return mutual


def _neighbours(told: Floats) -> Floats:
    """Return the best evidence one step before or after on either side.

    What is told together in one report tends to be told together in another.
    """
    edged = np.pad(told, 1)
    either = np.maximum(edged[:-2, 1:-1], edged[2:, 1:-1])
    other = np.maximum(edged[1:-1, :-2], edged[1:-1, 2:])
    best: Floats = np.maximum(either, other)
    return best


def rounded(values: NDArray[np.floating]) -> Floats:
    """Round to the digits that decisions are made on."""
    result: Floats = np.round(values.astype(np.float64), DIGITS).astype(np.float32)
    return result
