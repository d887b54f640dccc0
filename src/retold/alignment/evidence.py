"""Token evidence: how much of each passage of one article is told by each passage of another.

For each token of a passage, its best match among the contextual token vectors of every passage of
the other article, less what both tokens match anywhere: a token that matches everywhere (the names
that the whole story is about) says little. Tokens count by their information. This is cross-domain
similarity local scaling (Conneau et al., 2018) on token level, with the greedy matching of
BERTScore (Zhang et al., 2020).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from retold.encoders import Encoding
from retold.encoders.threads import available_cores
from retold.records import Span
from retold.settings import AlignmentSettings

Floats = NDArray[np.float32]
BLOCK_TOKENS = 1024
"""Longer articles are worked through in blocks of whole units: memory stays bounded."""
KEPT_COSINES = 2048 * 2048
"""Cosines between the tokens of two articles; where there are more, they are computed twice."""


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of one article's units (passages or clauses), unit after unit.

    Every unit has at least one token; `first` (units,) is the row of each unit's first one.
    """

    vectors: Floats  # (tokens, dim), centred on the article, unit length
    information: Floats  # (tokens,)
    begins: NDArray[np.int32]  # (tokens,), code points in the article's text
    breaks: NDArray[np.int32]  # (tokens,), where the words before each could end; -1: inside one
    first: NDArray[np.intp]  # (units,)
    body: NDArray[np.bool_]  # (units,): running text, which hubness is measured on

    @property
    def ends(self) -> NDArray[np.intp]:
        """Return the row behind each unit's last one: (units,)."""
        return np.append(self.first[1:], len(self.vectors))

    def rows(self, unit: int, units: int = 1) -> slice:
        """Return the rows of one unit, or of some that follow each other."""
        end = unit + units
        stop = self.first[end] if end < len(self.first) else len(self.vectors)
        return slice(int(self.first[unit]), int(stop))

    def blocks(self) -> list[tuple[slice, slice]]:
        """Cut the units into runs of about BLOCK_TOKENS tokens: the units and the rows of each."""
        if len(self.vectors) <= BLOCK_TOKENS:
            return [(slice(0, len(self.first)), slice(0, len(self.vectors)))]
        runs, low = [], 0
        for unit in range(len(self.first)):
            rows = self.rows(low, unit + 1 - low)
            if rows.stop - rows.start >= BLOCK_TOKENS or unit + 1 == len(self.first):
                runs.append((slice(low, unit + 1), rows))
                low = unit + 1
        return runs

    def regrouped(self, starts: Sequence[int], body: Sequence[bool]) -> "Tokens":
        """Return the same tokens in other units, which begin at `starts` (code points).

        Every new unit must hold the begin of at least one token.
        """
        first = np.searchsorted(self.begins, np.asarray(starts)).astype(np.intp)
        return replace(self, first=first, body=np.asarray(body, bool))


def gather(
    spans: Sequence[Span],
    encodings: Sequence[Encoding],
    body: Sequence[bool],
    settings: AlignmentSettings,
) -> Tokens:
    """Collect and centre the token vectors of one article.

    The layers of a token are each centred on the article's mean and scaled to unit length, then
    summed: as good as side by side, at half the cost of every product. Tokens of little
    information are left out where a unit has others. A unit that the encoder gave no token
    stands as one zero vector.
    """
    kept = [_informative(e, settings.least_information) for e in encodings]
    counts = np.array([max(1, len(rows)) for rows in kept], np.intp)
    layers, dim = encodings[0].tokens.shape[1:]
    raw = np.zeros((int(counts.sum()), layers, dim), np.float32)
    information = np.zeros(len(raw), np.float32)
    begins = np.repeat(np.array([span.start for span in spans], np.int32), counts)
    breaks = np.full(len(raw), -1, np.int32)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.intp)
    for row, chosen, encoding in zip(first.tolist(), kept, encodings, strict=True):
        rows = slice(row, row + len(chosen))
        raw[rows], information[rows] = encoding.tokens[chosen], encoding.information[chosen]
        begins[rows] += encoding.offsets[chosen, 0]
        breaks[rows] = _breaks(encoding, chosen, begins[row] - encoding.offsets[chosen[:1], 0])
    inside = np.repeat(np.asarray(body, bool), counts)
    centre = raw[inside if inside.any() else slice(None)].mean(axis=0)
    known = information > 0
    raw[known] -= centre
    summed = _unit(_unit(raw).sum(axis=1))
    return Tokens(summed, information, begins, breaks, first, np.asarray(body, bool))


def _informative(encoding: Encoding, least: float) -> NDArray[np.intp]:
    """Return the tokens with at least `least` information, all where there is none."""
    chosen = np.flatnonzero(encoding.information >= least)
    return chosen if len(chosen) else np.arange(len(encoding.tokens))


def _breaks(
    encoding: Encoding, chosen: NDArray[np.intp], start: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Return for each chosen token the begin of the first word behind the chosen one before it.

    The small words between two weightier ones mostly belong to the second. -1 where both stand
    in one word; `start` is where the text of the encoding begins.
    """
    begin, end = encoding.offsets[:, 0], encoding.offsets[:, 1]
    opens = np.append(False, begin[1:] > end[:-1])
    breaks = np.full(len(chosen), -1, np.int32)
    for place in range(1, len(chosen)):
        between = np.arange(chosen[place - 1] + 1, chosen[place] + 1)
        words = between[opens[between]]
        if len(words):
            breaks[place] = begin[words[0]] + start[0]
    return breaks


def _unit(vectors: Floats) -> Floats:
    """Scale to unit length along the last axis; zero stays zero."""
    norm = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = vectors / np.maximum(norm, 1e-9)
    return scaled


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What two articles' units tell of each other; a and b are the articles in process order."""

    a_in_b: Floats  # (units of a, units of b): how well a's tokens are matched, on average
    b_in_a: Floats  # (units of a, units of b)
    share_a: Floats  # (units of a, units of b): the share of a's unit that is matched, 0 to 1
    share_b: Floats  # (units of a, units of b)
    best_in_b: Floats  # (tokens of a, units of b): best match of each token in each unit
    best_in_a: Floats  # (tokens of b, units of a)
    hub_a: Floats  # (tokens of a,): how well each matches anywhere
    hub_b: Floats  # (tokens of b,)

    @property
    def told(self) -> Floats:
        """Return the mean of both directions: (units of a, units of b)."""
        mean: Floats = (self.a_in_b + self.b_in_a) / np.float32(2)
        return mean


def compare_tokens(a: Tokens, b: Tokens, settings: AlignmentSettings) -> Evidence:
    """Compute the evidence between two articles.

    A match is worth its cosine less shares of the hubness of both its tokens.
    """
    cosines = _Cosines(a, b)
    best_in_b, best_in_a = _best_matches(cosines, None, None)
    hub_a = _hubness(best_in_b, b.body, settings)
    hub_b = _hubness(best_in_a, a.body, settings)
    del best_in_b, best_in_a
    return _evidence(cosines, hub_a, hub_b, settings)


def _sum_up(
    a: Tokens,
    b: Tokens,
    best: tuple[Floats, Floats],
    hub: tuple[Floats, Floats],
    settings: AlignmentSettings,
) -> Evidence:
    """Sum up what the tokens of both articles found in the other's units."""
    a_in_b, share_a = _told(a, best[0], hub[0], settings)
    b_in_a, share_b = _told(b, best[1], hub[1], settings)
    return Evidence(
        a_in_b=a_in_b,
        b_in_a=b_in_a.T,
        share_a=share_a,
        share_b=share_b.T,
        best_in_b=best[0],
        best_in_a=best[1],
        hub_a=hub[0],
        hub_b=hub[1],
    )


def _told(
    tokens: Tokens, best: Floats, hub: Floats, settings: AlignmentSettings
) -> tuple[Floats, Floats]:
    """Return how well each unit is matched and which share of it: (units, units of the other).

    Both are means over its tokens, weighted by information.
    """
    told = np.empty((len(tokens.first), best.shape[1]), np.float32)
    share = np.empty_like(told)
    own = np.float32(settings.hub_share)
    for units, rows in tokens.blocks():
        weight, first = tokens.information[rows, None], tokens.first[units] - rows.start
        total = np.maximum(np.add.reduceat(weight, first, axis=0), 1e-9)
        gain = best[rows] - own * hub[rows, None]
        told[units] = np.add.reduceat(gain * weight, first, axis=0) / total
        matched = _matched(best[rows], settings)
        share[units] = np.add.reduceat(matched * weight, first, axis=0) / total
    return told, share


def _matched(best: Floats, settings: AlignmentSettings) -> Floats:
    """Say of each best match how much it counts as one, 0 to 1."""
    matched: Floats = 1 / (1 + np.exp((settings.match - best) / np.float32(settings.match_width)))
    return matched


def regroup(
    old: Evidence,
    before: tuple[Tokens, Tokens],
    now: tuple[Tokens, Tokens],
    settings: AlignmentSettings,
) -> Evidence:
    """Bring evidence up to date after units of either article were cut in two.

    Hubness stays as it was measured on whole passages; only new units are matched anew.
    """
    a, b = now
    far = np.float32(settings.other_hub_share)
    best_in_b = _columns(old.best_in_b, a, before[1], b, far * old.hub_b)
    best_in_a = _columns(old.best_in_a, b, before[0], a, far * old.hub_a)
    return _sum_up(a, b, (best_in_b, best_in_a), (old.hub_a, old.hub_b), settings)


def _columns(best: Floats, mine: Tokens, before: Tokens, now: Tokens, less: Floats) -> Floats:
    """Return the best matches of my tokens in the other's new units: (tokens, units now)."""
    if len(now.first) == len(before.first):
        return best
    old = np.searchsorted(before.first, now.first, side="right") - 1
    same = (before.first[old] == now.first) & (before.ends[old] == now.ends)
    columns = np.empty((len(best), len(now.first)), np.float32)
    columns[:, same] = best[:, old[same]]
    sizes = (now.ends - now.first)[~same]
    rows = np.repeat(~same, now.ends - now.first)
    cosine = mine.vectors @ now.vectors[rows].T - less[rows]
    columns[:, ~same] = np.maximum.reduceat(cosine, np.cumsum(sizes) - sizes, axis=1)
    return columns


def rematch(
    a: Tokens, b: Tokens, hub: tuple[Floats, Floats], settings: AlignmentSettings
) -> Evidence:
    """Compute what `regroup` does where the evidence was not kept, but for the hubness."""
    return _evidence(_Cosines(a, b), *hub, settings)


def _evidence(
    cosines: "_Cosines", hub_a: Floats, hub_b: Floats, settings: AlignmentSettings
) -> Evidence:
    """Match all tokens, with what is known of their hubness."""
    far = np.float32(settings.other_hub_share)
    best = _best_matches(cosines, far * hub_a, far * hub_b)
    return _sum_up(cosines.a, cosines.b, best, (hub_a, hub_b), settings)


class _Cosines:
    """The cosines between the tokens of two articles, in tiles of whole units.

    A single tile is kept for the second use, several are computed anew.
    """

    def __init__(self, a: Tokens, b: Tokens) -> None:
        self.a, self.b = a, b
        self._kept: Floats | None = None
        self.tiles = list(product(a.blocks(), b.blocks()))
        if len(a.vectors) * len(b.vectors) <= KEPT_COSINES:
            self._kept = a.vectors @ b.vectors.T
            whole = [(slice(0, len(own.first)), slice(0, len(own.vectors))) for own in (a, b)]
            self.tiles = [(whole[0], whole[1])]

    def between(self, mine: slice, theirs: slice) -> Floats:
        """Return those of a tile: (tokens of a, tokens of b)."""
        if self._kept is not None:
            return self._kept
        cosine: Floats = self.a.vectors[mine] @ self.b.vectors[theirs].T
        return cosine


def _best_matches(
    cosines: _Cosines, less_a: Floats | None, less_b: Floats | None
) -> tuple[Floats, Floats]:
    """Return each token's best match in each unit of the other article, both ways.

    `less_a` (tokens of a,) and `less_b` (tokens of b,) are what a match with these tokens loses.
    """
    a, b = cosines.a, cosines.b
    in_b = np.empty((len(a.vectors), len(b.first)), np.float32)
    in_a = np.empty((len(b.vectors), len(a.first)), np.float32)

    def fill(tile: tuple[tuple[slice, slice], tuple[slice, slice]]) -> None:
        (units_a, mine), (units_b, theirs) = tile
        cosine = cosines.between(mine, theirs)
        lost = cosine if less_b is None else cosine - less_b[theirs]
        first = b.first[units_b] - theirs.start
        in_b[mine, units_b] = np.maximum.reduceat(lost, first, axis=1)
        lost = cosine if less_a is None else cosine - less_a[mine, None]
        best = np.empty((units_a.stop - units_a.start, lost.shape[1]), np.float32)
        # Along this axis, a loop over the units is several times as fast as reduceat.
        starts, ends = a.first[units_a] - mine.start, a.ends[units_a] - mine.start
        for row, start, end in zip(best, starts.tolist(), ends.tolist(), strict=True):
            lost[start:end].max(axis=0, out=row)
        in_a[theirs, units_a] = best.T

    if len(cosines.tiles) == 1:
        fill(cosines.tiles[0])
    else:
        with ThreadPoolExecutor(available_cores()) as pool:
            list(pool.map(fill, cosines.tiles))
    return in_b, in_a


def _hubness(best: Floats, body: NDArray[np.bool_], settings: AlignmentSettings) -> Floats:
    """Return how well each token matches anywhere: the mean of its best units of running text.

    With fewer units than are averaged, the missing ones count as a match at chance.
    """
    chosen = np.flatnonzero(body) if body.any() else np.arange(len(body))
    wanted = settings.hub_units
    missing = max(0, wanted - len(chosen))
    hub = np.empty(len(best), np.float32)
    for start in range(0, len(best), BLOCK_TOKENS):
        columns = best[start : start + BLOCK_TOKENS].take(chosen, axis=1)
        if len(chosen) > wanted:
            columns = -np.partition(-columns, wanted - 1, axis=1)[:, :wanted]
        total = columns.sum(axis=1) + np.float32(missing * settings.chance_match)
        hub[start : start + BLOCK_TOKENS] = total / wanted
    return hub
