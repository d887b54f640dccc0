"""Split a long sentence where its two halves find two counterparts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retold.alignment.evidence import Evidence, Floats, Tokens
from retold.settings import AlignmentSettings

Cuts = Sequence[Sequence[int]]
"""For each unit of an article the places (code points) where it could be cut."""
Votes = dict[int, dict[int, float]]
"""For each unit the places where another article speaks for a cut, and how clearly."""


def votes(
    a: Tokens, b: Tokens, evidence: Evidence, cuts: tuple[Cuts, Cuts], settings: AlignmentSettings
) -> tuple[Votes, Votes]:
    """Find the cuts that two articles speak for in each other's units."""
    forth = _Search(a, b, evidence.best_in_b, evidence.hub_a, evidence.hub_b, settings)
    back = _Search(b, a, evidence.best_in_a, evidence.hub_b, evidence.hub_a, settings)
    return forth.votes(cuts[0]), back.votes(cuts[1])


def chosen(ballots: Sequence[Votes]) -> dict[int, int]:
    """Return for each unit the cut that any one article speaks for most clearly."""
    best: dict[int, tuple[float, int]] = {}
    for ballot in ballots:
        for unit, worths in ballot.items():
            for cut, worth in worths.items():
                best[unit] = max(best.get(unit, (0.0, 0)), (worth, -cut))
    return {unit: -cut for unit, (_, cut) in best.items()}


class _Search:
    """Look for cuts in the units of one article, `own`, with the help of another."""

    def __init__(
        self,
        own: Tokens,
        other: Tokens,
        best: Floats,
        hub: Floats,
        other_hub: Floats,
        settings: AlignmentSettings,
    ) -> None:
        self.own, self.other, self.best = own, other, best
        self.hub, self.other_hub, self.settings = hub, other_hub, settings
        self.body = np.flatnonzero(other.body)

    def votes(self, cuts: Cuts) -> Votes:
        """Return what each possible cut of each body unit is worth, where it is anything."""
        found: Votes = {}
        for unit in np.flatnonzero(self.own.body).tolist() if len(self.body) > 1 else ():
            rows = self.own.rows(unit)
            whole = np.arange(rows.start, rows.stop)
            for cut, least in self._places(rows, cuts[unit]).items():
                side = self.own.begins[rows] < cut
                worth = self._worth(whole, whole[side], whole[~side], least)
                if worth > 0:
                    found.setdefault(unit, {})[cut] = worth
        return found

    def _places(self, rows: slice, marked: Sequence[int]) -> dict[int, float]:
        """Return the places to try, each with the gain it must bring.

        Beside those that punctuation marks, the one between words where the poorer half is told
        best.
        """
        settings = self.settings
        places = dict.fromkeys(marked, settings.clause_gain)
        least, size = settings.unmarked_tokens, rows.stop - rows.start
        if size >= 2 * least:
            gain = self.best[rows][:, self.body] - settings.hub_share * self.hub[rows, None]
            weight = self.own.information[rows]
            told, known = np.cumsum(gain * weight[:, None], axis=0), np.cumsum(weight)
            ends = np.arange(least - 1, size - least)
            left = told[ends] / known[ends, None]
            right = (told[-1] - told[ends]) / (known[-1] - known[ends])[:, None]
            poorer = np.minimum(left.max(axis=1), right.max(axis=1))
            poorer[left.argmax(axis=1) == right.argmax(axis=1)] = -1
            poorer[self.own.breaks[rows][ends + 1] < 0] = -1
            best = int(poorer.argmax())
            if poorer[best] >= settings.clause_evidence:
                place = int(self.own.breaks[rows][ends[best] + 1])
                places.setdefault(place, settings.unmarked_gain)
        return places

    def _worth(
        self,
        whole: NDArray[np.intp],
        left: NDArray[np.intp],
        right: NDArray[np.intp],
        least: float,
    ) -> float:
        """Return how much better both halves match their counterparts than the whole does."""
        settings = self.settings
        if min(len(left), len(right)) < settings.clause_tokens:
            return 0.0
        counterparts = [self._closest(half) for half in (left, right)]
        if counterparts[0] == counterparts[1]:
            return 0.0
        gains = []
        for half, unit in zip((left, right), counterparts, strict=True):
            told = self._told(half, unit)
            if told < settings.clause_evidence:
                return 0.0
            gains.append(told - self._told(whole, unit))
        worth = round(sum(gains), 4)
        return worth if worth >= least and min(gains) >= -settings.clause_loss else 0.0

    def _closest(self, half: NDArray[np.intp]) -> int:
        """Return the other article's body unit that tells most of these tokens."""
        weight = self.own.information[half]
        return int(self.body[(weight @ self.best[half][:, self.body]).argmax()])

    def _told(self, tokens: NDArray[np.intp], unit: int) -> float:
        """Return the evidence, mean of both directions, between some tokens and a unit."""
        rows = self.other.rows(unit)
        cosine = self.own.vectors[tokens] @ self.other.vectors[rows].T
        mine, theirs = self.hub[tokens], self.other_hub[rows]
        own, far = self.settings.hub_share, self.settings.other_hub_share
        forth = (cosine - far * theirs).max(axis=1) - own * mine
        back = (cosine - far * mine[:, None]).max(axis=0) - own * theirs
        weight, weight_back = self.own.information[tokens], self.other.information[rows]
        return (
            float(forth @ weight / weight.sum()) + float(back @ weight_back / weight_back.sum())
        ) / 2
