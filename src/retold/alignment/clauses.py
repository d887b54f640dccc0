"""Split a long sentence where its two halves find two counterparts."""

from collections.abc import Sequence

import numpy as np

from retold.alignment.evidence import Evidence, Floats, Tokens
from retold.settings import AlignmentSettings

Cuts = Sequence[Sequence[int]]
"""For each unit of an article the places (code points) where it could be cut."""
Votes = dict[int, dict[int, float]]
"""For each unit the places where a counterpart article speaks for a cut, and how clearly."""


def votes(
    own: Tokens, other: Tokens, best: Floats, hub: Floats, cuts: Cuts, settings: AlignmentSettings
) -> Votes:
    """Find the cuts of one article's units that another article speaks for.

    `best` (tokens of own, units of other) and `hub` (tokens of own,) are the evidence. A cut is
    worth how much more each half is told by its own counterpart than by the other half's.
    """
    found: Votes = {}
    for unit in np.flatnonzero(own.body).tolist():
        if not cuts[unit]:
            continue
        rows = own.rows(unit)
        gain = best[rows][:, other.body] - settings.hub_share * hub[rows, None]
        weight = own.information[rows, None]
        for cut in cuts[unit]:
            left = own.begins[rows] < cut
            if min(left.sum(), (~left).sum()) >= settings.clause_tokens:
                worth = _worth(gain, weight, left, settings)
                if worth > 0:
                    found.setdefault(unit, {})[cut] = worth
    return found


def _worth(
    gain: Floats, weight: Floats, left: np.ndarray[tuple[int], np.dtype[np.bool_]],
    settings: AlignmentSettings,
) -> float:
    """Return the contrast between the halves' counterparts, 0 where a cut is not called for."""
    halves = [
        (gain[side] * weight[side]).sum(axis=0) / np.maximum(weight[side].sum(), 1e-9)
        for side in (left, ~left)
    ]
    ours = [int(half.argmax()) for half in halves]
    told = min(float(halves[0][ours[0]]), float(halves[1][ours[1]]))
    crossed = max(float(halves[0][ours[1]]), float(halves[1][ours[0]]))
    if ours[0] == ours[1] or told < settings.clause_evidence:
        return 0.0
    contrast = round(told - crossed, 4)
    return contrast if contrast >= settings.clause_contrast else 0.0


def both_votes(
    a: Tokens,
    b: Tokens,
    evidence: Evidence,
    cuts_a: Cuts,
    cuts_b: Cuts,
    settings: AlignmentSettings,
) -> tuple[Votes, Votes]:
    """Find the cuts that two articles speak for in each other."""
    return (
        votes(a, b, evidence.best_in_b, evidence.hub_a, cuts_a, settings),
        votes(b, a, evidence.best_in_a, evidence.hub_b, cuts_b, settings),
    )


def chosen(ballots: Sequence[Votes]) -> dict[int, int]:
    """Return for each unit the cut that any one article speaks for most clearly, the first if equal."""
    best: dict[int, tuple[float, int]] = {}
    for ballot in ballots:
        for unit, worths in ballot.items():
            for cut, worth in worths.items():
                best[unit] = max(best.get(unit, (0.0, 0)), (worth, -cut))
    return {unit: -cut for unit, (_, cut) in best.items()}
