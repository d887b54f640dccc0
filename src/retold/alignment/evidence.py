"""Token evidence: how much of each passage of one article is told by each passage of another.

For each token of a passage, its best match among the contextual token vectors of every passage of
the other article, less what both tokens match anywhere: a token that matches everywhere (the names
that the whole story is about) says little. Tokens count by their information. This is cross-domain
similarity local scaling (Conneau et al., 2018) on token level, with the greedy matching of
BERTScore (Zhang et al., 2020).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retold.encoders import Encoding
from retold.records import Span
from retold.settings import AlignmentSettings

Floats = NDArray[np.float32]
BLOCK_TOKENS = 2048


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

    def rows(self, unit: int) -> slice:
        """Return the rows of one unit."""
        end = self.first[unit + 1] if unit + 1 < len(self.first) else len(self.vectors)
        return slice(int(self.first[unit]), int(end))

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
    blocks = _Blocks(a, b)
    nothing = np.float32(0)
    best_in_b, best_in_a = _best_matches(blocks, nothing, nothing)
    hub_a = _hubness(best_in_b, b.body, settings)
    hub_b = _hubness(best_in_a, a.body, settings)
    share = np.float32(settings.other_hub_share)
    best_in_b, best_in_a = _best_matches(blocks, share * hub_a[:, None], share * hub_b)
    return _evidence(a, b, (best_in_b, best_in_a), (hub_a, hub_b), settings)


def _evidence(
    a: Tokens,
    b: Tokens,
    best: tuple[Floats, Floats],
    hub: tuple[Floats, Floats],
    settings: AlignmentSettings,
) -> Evidence:
    """Sum up what the tokens of both articles found in the other's units."""
    own = np.float32(settings.hub_share)
    return Evidence(
        a_in_b=_mean(best[0] - own * hub[0][:, None], a),
        b_in_a=_mean(best[1] - own * hub[1][:, None], b).T,
        share_a=_mean(_matched(best[0], settings), a),
        share_b=_mean(_matched(best[1], settings), b).T,
        best_in_b=best[0],
        best_in_a=best[1],
        hub_a=hub[0],
        hub_b=hub[1],
    )


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
    return _evidence(a, b, (best_in_b, best_in_a), (old.hub_a, old.hub_b), settings)


def _columns(best: Floats, mine: Tokens, before: Tokens, now: Tokens, less: Floats) -> Floats:
    """Return the best matches of my tokens in the other's new units: (tokens, units now)."""
    if len(now.first) == len(before.first):
        return best
    earlier = map(before.rows, range(len(before.first)))
    place = {(rows.start, rows.stop): u for u, rows in enumerate(earlier)}
    columns = np.empty((len(best), len(now.first)), np.float32)
    for unit in range(len(now.first)):
        rows = now.rows(unit)
        old = place.get((rows.start, rows.stop))
        if old is None:
            columns[:, unit] = (mine.vectors @ now.vectors[rows].T - less[rows]).max(axis=1)
        else:
            columns[:, unit] = best[:, old]
    return columns


class _Blocks:
    """The cosines between all tokens of two articles, in blocks of whole units of a.

    A single block is kept for the second use, several are computed anew: memory stays bounded.
    """

    def __init__(self, a: Tokens, b: Tokens) -> None:
        self.a, self.b = a, b
        self.cuts = _cut(a)
        self._kept = a.vectors @ b.vectors.T if len(self.cuts) == 1 else None

    def __iter__(self) -> Iterator[tuple[slice, slice, Floats]]:
        """Yield the units, the tokens and the cosines (tokens, tokens of b) of each block."""
        for low, high in self.cuts:
            tokens = slice(int(self.a.first[low]), _end(self.a, high))
            kept = self._kept
            yield (
                slice(low, high),
                tokens,
                self.a.vectors[tokens] @ self.b.vectors.T if kept is None else kept,
            )


def _best_matches(
    blocks: _Blocks, less_a: Floats | np.float32, less_b: Floats | np.float32
) -> tuple[Floats, Floats]:
    """Return each token's best match in each unit of the other article, both ways.

    `less_a` (tokens of a, 1) and `less_b` (tokens of b,) are what a match with these tokens
    loses.
    """
    a, b = blocks.a, blocks.b
    in_b = np.empty((len(a.vectors), len(b.first)), np.float32)
    in_a = np.empty((len(b.vectors), len(a.first)), np.float32)
    for units, tokens, cosine in blocks:
        np.maximum.reduceat(cosine - less_b, b.first, axis=1, out=in_b[tokens])
        lost = less_a[tokens] if isinstance(less_a, np.ndarray) else less_a
        first = a.first[units] - tokens.start
        in_a[:, units] = np.maximum.reduceat(cosine - lost, first, axis=0).T
    return in_b, in_a


def _cut(tokens: Tokens) -> list[tuple[int, int]]:
    """Cut the units into runs of about BLOCK_TOKENS tokens."""
    runs, low = [], 0
    for unit in range(len(tokens.first)):
        if _end(tokens, unit + 1) - tokens.first[low] >= BLOCK_TOKENS:
            runs.append((low, unit + 1))
            low = unit + 1
    if low < len(tokens.first):
        runs.append((low, len(tokens.first)))
    return runs


def _end(tokens: Tokens, unit: int) -> int:
    return int(tokens.first[unit]) if unit < len(tokens.first) else len(tokens.vectors)


def _hubness(best: Floats, body: NDArray[np.bool_], settings: AlignmentSettings) -> Floats:
    """Return how well each token matches anywhere: the mean of its best units of running text.

    With fewer units than are averaged, the missing ones count as a match at chance.
    """
    columns = best[:, body] if body.any() else best
    wanted = settings.hub_units
    if columns.shape[1] > wanted:
        columns = -np.partition(-columns, wanted - 1, axis=1)[:, :wanted]
    missing = wanted - columns.shape[1]
    hub: Floats = (columns.sum(axis=1) + np.float32(missing * settings.chance_match)) / wanted
    return hub


def _mean(gain: Floats, tokens: Tokens) -> Floats:
    """Average over the tokens of each unit, weighted by information: (units, columns)."""
    weight = tokens.information[:, None]
    total: Floats = np.add.reduceat(weight, tokens.first, axis=0)
    told: Floats = np.add.reduceat(gain * weight, tokens.first, axis=0)
    told /= np.maximum(total, 1e-9)
    return told
