"""Align the passages of N articles: many to many, in any order, with probabilities."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from itertools import accumulate, chain, combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from retold.alignment import clauses, in_step
from retold.alignment.evidence import Evidence, Floats, compare_tokens, gather, regroup, rematch
from retold.alignment.in_step import Step
from retold.alignment.lexical import Grams, count_grams, wording_overlap
from retold.alignment.linkage import Node, group
from retold.alignment.probability import DIGITS, log_odds, probability, rounded
from retold.encoders import Encoding
from retold.encoders.threads import available_cores, one_blas_thread
from retold.languages import same_language
from retold.records import Article, Role, Span
from retold.settings import AlignmentSettings

CLAIM_ROLES: tuple[Role, ...] = ("title", "heading", "body")
"""Roles whose passages stand in rows; the others are only searched for what a gap might be."""
Pair = tuple[int, int]
Made = TypeVar("Made")
KEPT_EVIDENCE = 100_000_000
"""Numbers kept in memory until clauses are cut; further evidence is made again if one is."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is aligned: a passage, or a clause of one."""

    span: Span
    role: Role
    passage: int

    @property
    def tells(self) -> bool:
        """Say whether this stands in a row."""
        return self.role in CLAIM_ROLES


@dataclass(frozen=True, slots=True, eq=False)
class PairScores:
    """What is known of two articles' units: all arrays (units of a, units of b)."""

    probability: Floats
    """That both tell the same claim; in step, what the order decided."""
    log_odds: Floats
    """The same before it was calibrated and any order was looked at."""
    a_in_b: Floats
    b_in_a: Floats
    steps: tuple[Step, ...] | None
    """What stands in one step, where the articles are in step; else None."""


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Which units of the articles tell the same; articles are numbered as they were given."""

    units: tuple[tuple[Unit, ...], ...]
    pairs: dict[Pair, PairScores]
    groups: tuple[tuple[Node, ...], ...]
    """Two or more units each; a unit in none of them is told once."""


@dataclass(frozen=True, slots=True, eq=False)
class _Met:
    """What is known of two articles before any clause was cut."""

    votes: tuple[clauses.Votes, clauses.Votes]
    hub: tuple[Floats, Floats]
    evidence: Evidence | None
    """Kept where that is affordable; else there are the scores, good as long as nothing is cut."""
    scores: PairScores | None


def align(
    articles: Sequence[Article],
    encodings: Sequence[Sequence[Encoding]],
    cuts: Sequence[clauses.Cuts],
    *,
    settings: AlignmentSettings,
    progress: Callable[[int, int], None] | None = None,
) -> Alignment:
    """Align articles that are given in process order.

    Of each passage of each article, `encodings` has the vectors and `cuts` the places where
    punctuation parts clauses. What is said of two articles depends on these two alone, but for
    the clauses that a third one makes of their sentences.
    """
    every = list(combinations(range(len(articles)), 2))
    whole = _Work(articles, encodings, settings)
    report = progress or (lambda done, total: None)
    kept = whole.affordable(every)
    met: dict[Pair, _Met] = {}
    for pair, found in _together(every, lambda pair: whole.meet(pair, cuts, keep=pair in kept)):
        met[pair] = found
        report(len(met), len(every))
    ballots: list[list[clauses.Votes]] = [[] for _ in articles]
    for pair, found in met.items():
        for article, own in zip(pair, found.votes, strict=True):
            ballots[article].append(own)
    work = whole.split([clauses.chosen(own) for own in ballots])
    pairs = dict(_together(every, lambda pair: work.score(pair, met.pop(pair), whole)))
    return Alignment(tuple(work.units), pairs, _groups(work.units, pairs, settings))


def _together(pairs: Sequence[Pair], act: Callable[[Pair], Made]) -> Iterator[tuple[Pair, Made]]:
    """Do something for each pair, several at a time; yields in the order of the pairs."""
    with one_blas_thread(), ThreadPoolExecutor(available_cores()) as pool:
        yield from zip(pairs, pool.map(act, pairs), strict=True)


class _Work:
    """The units of all articles in one state, with all that is needed to score them."""

    def __init__(
        self,
        articles: Sequence[Article],
        encodings: Sequence[Sequence[Encoding]],
        settings: AlignmentSettings,
    ) -> None:
        self.articles, self.settings = articles, settings
        self.numbers: dict[str, int] = {}
        self.units = [
            tuple(Unit(Span(p.start, p.end), p.role, i) for i, p in enumerate(article.passages))
            for article in articles
        ]
        self.tokens = [
            gather([u.span for u in own], encoded, [u.role == "body" for u in own], settings)
            for own, encoded in zip(self.units, encodings, strict=True)
        ]
        self.grams = [self._grams(i) for i in range(len(articles))]

    def _grams(self, article: int) -> Grams:
        text = self.articles[article].text
        texts = [text[u.span.start : u.span.end] for u in self.units[article]]
        return count_grams(texts, self.numbers)

    def split(self, places: Sequence[dict[int, int]]) -> "_Work":
        """Return the work with units cut in two at places (code points)."""
        work = copy(self)
        work.units, work.tokens, work.grams = [*self.units], [*self.tokens], [*self.grams]
        for article, cuts in enumerate(places):
            if not cuts:
                continue
            text = self.articles[article].text
            own = self.units[article]
            halves = (_halves(unit, cuts.get(u), text) for u, unit in enumerate(own))
            units = tuple(chain.from_iterable(halves))
            work.units[article] = units
            work.tokens[article] = self.tokens[article].regrouped(
                [u.span.start for u in units], [u.role == "body" for u in units]
            )
            work.grams[article] = work._grams(article)
        return work

    def affordable(self, pairs: Sequence[Pair]) -> set[Pair]:
        """Return the pairs, from the first on, whose evidence there is room to keep."""
        sizes = [(len(own.vectors), len(own.first)) for own in self.tokens]
        numbers = accumulate(
            sizes[i][0] * sizes[j][1] + sizes[j][0] * sizes[i][1] for i, j in pairs
        )
        return {pair for pair, used in zip(pairs, numbers, strict=True) if used <= KEPT_EVIDENCE}

    def meet(self, pair: Pair, cuts: Sequence[clauses.Cuts], *, keep: bool) -> _Met:
        """Compare two articles and let each speak for cuts in the other's units."""
        a, b = (self.tokens[i] for i in pair)
        evidence = compare_tokens(a, b, self.settings)
        votes: tuple[clauses.Votes, clauses.Votes] = ({}, {})
        if not self._in_step(pair, evidence):
            votes = clauses.votes(a, b, evidence, (cuts[pair[0]], cuts[pair[1]]), self.settings)
        hub = (evidence.hub_a, evidence.hub_b)
        if keep:
            return _Met(votes, hub, evidence, None)
        return _Met(votes, hub, None, self._scores(pair, evidence))

    def score(self, pair: Pair, met: _Met, before: "_Work") -> PairScores:
        """Score two articles after units were cut."""
        now = (self.tokens[pair[0]], self.tokens[pair[1]])
        was = (before.tokens[pair[0]], before.tokens[pair[1]])
        if met.scores is not None and now == was:
            return met.scores
        if met.evidence is None:
            return self._scores(pair, rematch(*now, met.hub, self.settings))
        if now == was:
            return self._scores(pair, met.evidence)
        return self._scores(pair, regroup(met.evidence, was, now, self.settings))

    def _in_step(self, pair: Pair, evidence: Evidence) -> bool:
        text = np.ix_(*(self.tokens[i].body for i in pair))
        return in_step.are_in_step(evidence.told[text], settings=self.settings)

    def _scores(self, pair: Pair, evidence: Evidence) -> PairScores:
        """Turn the evidence between two articles into probabilities."""
        (i, j), settings = pair, self.settings
        a, b = self.tokens[i], self.tokens[j]
        wording, curve = None, settings.across_languages
        if same_language(self.articles[i].lang, self.articles[j].lang):
            wording = wording_overlap(self.grams[i], self.grams[j])
            curve = settings.same_language
        odds = log_odds(evidence, wording, (a.body, b.body), curve)
        decided = probability(odds, settings.calibration)
        steps = None
        if self._in_step(pair, evidence):
            steps = in_step.with_evidence(
                in_step.decode(a, b, evidence, settings=settings), evidence.told, settings=settings
            )
            decided = _follow(steps, decided, settings)
        return PairScores(
            decided, odds, rounded(evidence.share_a), rounded(evidence.share_b), steps
        )


def _halves(unit: Unit, place: int | None, text: str) -> list[Unit]:
    """Cut a unit in two at a place, without the white space there."""
    if place is None:
        return [unit]
    left = text[unit.span.start : place].rstrip()
    right = text[place : unit.span.end].lstrip()
    return [
        Unit(Span(unit.span.start, unit.span.start + len(left)), unit.role, unit.passage),
        Unit(Span(unit.span.end - len(right), unit.span.end), unit.role, unit.passage),
    ]


def _follow(steps: Sequence[Step], score: Floats, settings: AlignmentSettings) -> Floats:
    """Let the order decide: what stands in one step is linked, all else is not."""
    linked = np.zeros(score.shape, bool)
    for left, right in steps:
        linked[np.ix_(left, right)] = True
    sure = settings.stepped + (1 - settings.stepped) * score
    return rounded(np.where(linked, sure, settings.unstepped * score))


def _groups(
    units: Sequence[Sequence[Unit]],
    pairs: dict[Pair, PairScores],
    settings: AlignmentSettings,
) -> tuple[tuple[Node, ...], ...]:
    """Join units into claims.

    Titles meet titles only and headings headings, unless the articles are in step: there a
    heading may well be told in a sentence.
    """
    links: dict[tuple[Node, Node], float] = {}
    for (i, j), scores in pairs.items():
        alike = _alike(units[i], units[j], any_role=scores.steps is not None)
        linked = alike & (scores.probability >= settings.counted)
        found = np.round(scores.probability[linked].astype(np.float64), DIGITS)
        for (x, y), score in zip(np.argwhere(linked).tolist(), found.tolist(), strict=True):
            links[(i, x), (j, y)] = score
        for article, side in ((i, 0), (j, 1)):
            for step in scores.steps or ():
                for x, y in combinations(step[side], 2):
                    if all(step):
                        links[(article, x), (article, y)] = settings.stepped
    return tuple(map(tuple, group(links, least=settings.link, within=settings.within)))


def _alike(a: Sequence[Unit], b: Sequence[Unit], *, any_role: bool) -> NDArray[np.bool_]:
    """Mark the pairs of telling units that may stand in one row: (units of a, units of b)."""
    one, other = (
        np.array([CLAIM_ROLES.index(u.role) if u.tells else -1 for u in own], np.intp)
        for own in (a, b)
    )
    tell = np.logical_and.outer(one >= 0, other >= 0)
    return tell if any_role else tell & np.equal.outer(one, other)
