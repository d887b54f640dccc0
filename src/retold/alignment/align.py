"""Align the passages of N articles: many to many, in any order, with probabilities."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from retold.alignment import clauses, in_step
from retold.alignment.evidence import Evidence, Floats, Tokens, compare_tokens, gather
from retold.alignment.lexical import wording_overlap
from retold.alignment.in_step import Step
from retold.alignment.linkage import Node, group
from retold.alignment.probability import log_odds, probability, rounded
from retold.encoders import Encoding
from retold.encoders.threads import available_cores, one_blas_thread
from retold.languages import same_language
from retold.records import Article, Role, Span
from retold.settings import AlignmentSettings

CLAIM_ROLES: tuple[Role, ...] = ("title", "heading", "body")
"""Roles whose passages stand in rows; the others are only searched for what a gap might be."""
Pair = tuple[int, int]


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
    """The same before any order was looked at."""
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
class _Scored:
    scores: PairScores
    votes: tuple[clauses.Votes, clauses.Votes]


def align(
    articles: Sequence[Article],
    encodings: Sequence[Sequence[Encoding]],
    cuts: Sequence[clauses.Cuts],
    *,
    settings: AlignmentSettings,
    progress: Callable[[int, int], None] | None = None,
) -> Alignment:
    """Align articles that are given in process order.

    `encodings` has one for each passage of each article, `cuts` the places where each passage
    may be cut into clauses. What is said of two articles depends on these two alone, but for
    the clauses that a third one makes of their sentences.
    """
    work = _Work(articles, encodings, settings, progress)
    every = list(combinations(range(len(articles)), 2))
    first = work.score(every, cuts)
    ballots: list[list[clauses.Votes]] = [[] for _ in articles]
    for (i, j), scored in first.items():
        ballots[i].append(scored.votes[0])
        ballots[j].append(scored.votes[1])
    split = {i for i, own in enumerate(ballots) if work.split(i, clauses.chosen(own))}
    again = work.score([pair for pair in every if split.intersection(pair)])
    pairs = {pair: again.get(pair, first[pair]).scores for pair in every}
    return Alignment(tuple(work.units), pairs, _groups(work.units, pairs, settings))


class _Work:
    """The units and tokens of all articles while they are aligned."""

    def __init__(
        self,
        articles: Sequence[Article],
        encodings: Sequence[Sequence[Encoding]],
        settings: AlignmentSettings,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.articles, self.settings, self.progress = articles, settings, progress
        self.units = [
            tuple(Unit(Span(p.start, p.end), p.role, i) for i, p in enumerate(article.passages))
            for article in articles
        ]
        self.tokens = [
            gather([u.span for u in own], encoded, [u.role == "body" for u in own], settings)
            for own, encoded in zip(self.units, encodings, strict=True)
        ]

    def score(
        self, pairs: Sequence[Pair], cuts: Sequence[clauses.Cuts] | None = None
    ) -> dict[Pair, _Scored]:
        """Score pairs of articles, several at a time; the result does not depend on how many."""
        done: dict[Pair, _Scored] = {}
        with one_blas_thread(), ThreadPoolExecutor(available_cores()) as pool:
            for pair, scored in zip(pairs, pool.map(lambda p: self._pair(p, cuts), pairs), strict=True):
                done[pair] = scored
                if self.progress:
                    self.progress(len(done), len(pairs))
        return done

    def split(self, article: int, places: dict[int, int]) -> bool:
        """Cut units of an article in two; say whether any was."""
        units: list[Unit] = []
        for number, unit in enumerate(self.units[article]):
            units += _halves(unit, places.get(number), self.articles[article].text)
        if not places:
            return False
        self.units[article] = tuple(units)
        self.tokens[article] = self.tokens[article].regrouped(
            [u.span.start for u in units], [u.role == "body" for u in units]
        )
        return True

    def _pair(self, pair: Pair, cuts: Sequence[clauses.Cuts] | None) -> _Scored:
        i, j = pair
        a, b = self.tokens[i], self.tokens[j]
        evidence = compare_tokens(a, b, self.settings)
        scores = self._scores(i, j, evidence)
        votes: tuple[clauses.Votes, clauses.Votes] = ({}, {})
        if cuts is not None and scores.steps is None:
            votes = clauses.votes(a, b, evidence, (cuts[i], cuts[j]), self.settings)
        return _Scored(scores, votes)

    def _scores(self, i: int, j: int, evidence: Evidence) -> PairScores:
        """Turn the evidence between two articles into probabilities."""
        a, b, settings = self.tokens[i], self.tokens[j], self.settings
        told = (evidence.a_in_b + evidence.b_in_a) / 2
        wording, curve = None, settings.across_languages
        if same_language(self.articles[i].lang, self.articles[j].lang):
            wording, curve = wording_overlap(self._texts(i), self._texts(j)), settings.same_language
        odds = log_odds(evidence, wording, (a.body, b.body), curve)
        decided = probability(odds)
        steps = None
        if in_step.are_in_step(told[np.ix_(a.body, b.body)], settings=settings):
            steps = tuple(in_step.decode(a, b, evidence, settings=settings))
            decided = _follow(steps, decided, settings)
        return PairScores(decided, odds, rounded(evidence.a_in_b), rounded(evidence.b_in_a), steps)

    def _texts(self, article: int) -> list[str]:
        text = self.articles[article].text
        return [text[u.span.start : u.span.end] for u in self.units[article]]


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
        linked[left.start : left.stop, right.start : right.stop] = True
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
        for x, y in np.argwhere(alike & (scores.probability >= settings.counted)):
            links[(i, int(x)), (j, int(y))] = round(float(scores.probability[x, y]), 4)
        for article, side in ((i, 0), (j, 1)):
            for step in scores.steps or ():
                for x, y in combinations(step[side], 2):
                    if all(step):
                        links[(article, x), (article, y)] = settings.stepped
    return tuple(map(tuple, group(links, least=settings.link, within=settings.within)))


def _alike(a: Sequence[Unit], b: Sequence[Unit], *, any_role: bool) -> NDArray[np.bool_]:
    """Mark the pairs of telling units that may stand in one row: (units of a, units of b)."""
    alike = np.zeros((len(a), len(b)), bool)
    for x, one in enumerate(a):
        for y, other in enumerate(b):
            alike[x, y] = one.tells and other.tells and (any_role or one.role == other.role)
    return alike
