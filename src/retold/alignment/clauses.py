"""Split a long sentence where its two halves find two counterparts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.alignment.evidence import Evidence, Floats, Tokens
from retold.settings import AlignmentSettings

Cuts = Sequence[Sequence[int]]
"""For each unit of an article the places (code points) where it could be cut."""
Votes = dict[int, dict[int, float]]
"""For each unit the places where another article speaks for a cut, and how clearly."""

SLACK = 0.001
"""More than what rounding can make of a gain."""


def votes(
    a: Tokens, b: Tokens, evidence: Evidence, cuts: tuple[Cuts, Cuts], settings: AlignmentSettings
) -> tuple[Votes, Votes]:
    """Find the cuts that two articles speak for in each other's units."""
    hub_a, hub_b = evidence.hub_a, evidence.hub_b
    forth = _Search(a, b, evidence.best_in_b, evidence.b_in_a, (hub_a, hub_b), settings)
    back = _Search(b, a, evidence.best_in_a, evidence.a_in_b.T, (hub_b, hub_a), settings)
    return forth.votes(cuts[0]), back.votes(cuts[1])


def chosen(ballots: Sequence[Votes]) -> dict[int, int]:
    """Return for each unit the cut that any one article speaks for most clearly."""
    best: dict[int, tuple[float, int]] = {}
    for ballot in ballots:
        for unit, worths in ballot.items():
            for cut, worth in worths.items():
                best[unit] = max(best.get(unit, (0.0, 0)), (worth, -cut))
    return {unit: -cut for unit, (_, cut) in best.items()}


@dataclass(frozen=True, slots=True)
class _Cut:
    """A unit cut in two: its rows, the first row of its second half, and where that begins."""

    unit: int
    rows: slice
    middle: int
    place: int
    least: float
    """Gain that it must bring."""


class _Search:
    """Look for cuts in the units of one article, `own`, with the help of another."""

    def __init__(
        self,
        own: Tokens,
        other: Tokens,
        best: Floats,
        back: Floats,
        hub: tuple[Floats, Floats],
        settings: AlignmentSettings,
    ) -> None:
        self.own, self.other, self.settings = own, other, settings
        self.best, self.back = best, back  # (tokens, units of the other), (units, units of it)
        self.hub, self.other_hub = hub
        self.body = np.flatnonzero(other.body)

    def votes(self, cuts: Cuts) -> Votes:
        """Return what each possible cut of each body unit is worth, where it is anything."""
        found: Votes = {}
        for units, rows in self.own.blocks() if len(self.body) > 1 else ():
            block = _Block(self, units, rows)
            marked = {(cut.unit, cut.place): cut for cut in self._marked(units, cuts)}
            for cut in block.unmarked():
                marked.setdefault((cut.unit, cut.place), cut)
            for cut, counterparts in block.promising(list(marked.values())):
                worth = self._worth(cut, counterparts)
                if worth > 0:
                    found.setdefault(cut.unit, {})[cut.place] = worth
        return found

    def _marked(self, units: slice, cuts: Cuts) -> Iterator[_Cut]:
        """Yield the cuts of body units where punctuation marks them."""
        own = self.own
        body = (np.flatnonzero(own.body[units]) + units.start).tolist()
        places = [(unit, place) for unit in body for place in cuts[unit]]
        middles = np.searchsorted(own.begins, [place for _, place in places]).tolist()
        for (unit, place), middle in zip(places, middles, strict=True):
            yield _Cut(unit, own.rows(unit), middle, place, self.settings.clause_gain)

    def _worth(self, cut: _Cut, counterparts: tuple[int, int]) -> float:
        """Return how much better both halves match their counterparts than the whole does."""
        settings = self.settings
        halves = (slice(cut.rows.start, cut.middle), slice(cut.middle, cut.rows.stop))
        gains = []
        for half, unit in zip(halves, counterparts, strict=True):
            told = self._told(half, unit)
            if told < settings.clause_evidence:
                return 0.0
            gains.append(told - self._told(cut.rows, unit))
        worth = round(sum(gains), 4)
        return worth if worth >= cut.least and min(gains) >= -settings.clause_loss else 0.0

    def _told(self, tokens: slice, unit: int) -> float:
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


class _Block:
    """What runs of tokens of some units, all in one block, find in each unit of the other."""

    def __init__(self, search: _Search, units: slice, rows: slice) -> None:
        own, self.settings = search.own, search.settings
        self.own, self.units, self.rows, self.body = own, units, rows, search.body
        self.back = search.back
        weight = own.information[rows]
        gain = search.best[rows].take(search.body, axis=1)
        gain -= np.float32(self.settings.hub_share) * search.hub[rows, None]
        gain *= weight[:, None]
        self.told = np.zeros((len(gain) + 1, len(self.body)))
        np.cumsum(gain, axis=0, out=self.told[1:])
        self.known = np.append(0.0, np.cumsum(weight, dtype=np.float64))

    def mean(self, start: NDArray[np.intp], stop: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return how well the tokens of each run are matched: (runs, body units of the other)."""
        low, high = start - self.rows.start, stop - self.rows.start
        told: NDArray[np.float64] = self.told[high] - self.told[low]
        told /= (self.known[high] - self.known[low])[:, None]
        return told

    def unmarked(self) -> Iterator[_Cut]:
        """Yield the cut between words of each unit where the poorer half is told best."""
        settings, own = self.settings, self.own
        first, ends = own.first[self.units], own.ends[self.units]
        body = np.repeat(own.body[self.units], ends - first)
        start, stop = np.repeat(first, ends - first), np.repeat(ends, ends - first)
        row = np.arange(self.rows.start, self.rows.stop)
        long = np.minimum(row - start, stop - row) >= settings.unmarked_tokens
        at = np.flatnonzero(body & long & (own.breaks[self.rows] >= 0))
        start, row, stop = start[at], row[at], stop[at]
        left, right = self.mean(start, row), self.mean(row, stop)
        poorer = np.minimum(left.max(axis=1), right.max(axis=1))
        poorer[left.argmax(axis=1) == right.argmax(axis=1)] = -1
        best: dict[int, int] = {}
        for i in np.flatnonzero(poorer >= settings.clause_evidence).tolist():
            known = best.setdefault(int(start[i]), i)
            if poorer[i] > poorer[known]:
                best[int(start[i])] = i
        for i in best.values():
            unit = int(np.searchsorted(own.first, start[i]))
            middle = int(row[i])
            place = int(own.breaks[middle])
            yield _Cut(unit, own.rows(unit), middle, place, settings.unmarked_gain)

    def promising(self, cuts: Sequence[_Cut]) -> Iterator[tuple[_Cut, tuple[int, int]]]:
        """Yield the cuts that may be worth something, with the counterparts of both halves.

        A half finds no better matches for the counterpart's tokens than the whole does: that
        bounds its evidence, and its gain is at most half of that of its own tokens.
        """
        settings = self.settings
        shortest = settings.clause_tokens
        cuts = [
            cut
            for cut in cuts
            if min(cut.middle - cut.rows.start, cut.rows.stop - cut.middle) >= shortest
        ]
        if not cuts:
            return
        start, middle, stop = np.array([(c.rows.start, c.middle, c.rows.stop) for c in cuts]).T
        halves, whole = (self.mean(start, middle), self.mean(middle, stop)), self.mean(start, stop)
        run = np.arange(len(cuts))
        unit = [half.argmax(axis=1) for half in halves]
        gains = [(half[run, u] - whole[run, u]) / 2 for half, u in zip(halves, unit, strict=True)]
        least = np.array([cut.least for cut in cuts])
        hopeful = (unit[0] != unit[1]) & (gains[0] + gains[1] >= least - SLACK)
        hopeful &= np.minimum(*gains) >= -settings.clause_loss - SLACK
        own_unit = np.array([cut.unit for cut in cuts])
        for half, u in zip(halves, unit, strict=True):
            told = (half[run, u] + self.back[own_unit, self.body[u]]) / 2
            hopeful &= told >= settings.clause_evidence - SLACK
        for i in np.flatnonzero(hopeful).tolist():
            yield cuts[i], (int(self.body[unit[0][i]]), int(self.body[unit[1][i]]))
