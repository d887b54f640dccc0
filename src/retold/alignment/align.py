"""Align the passages of N articles: many to many, in any order, with probabilities."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from retold.alignment import in_step
from retold.alignment.evidence import Evidence, Floats, Tokens, compare_tokens, gather
from retold.alignment.lexical import wording_overlap
from retold.alignment.linkage import Node, group
from retold.alignment.probability import log_odds, probability, rounded
from retold.encoders import Encoding
from retold.languages import same_language
from retold.records import Article, Role, Span
from retold.settings import AlignmentSettings

CLAIM_ROLES: tuple[Role, ...] = ("title", "heading", "body")
"""Roles whose passages stand in rows; the others are only searched for what a gap might be."""


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
    in_step: bool


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Which units of the articles tell the same; articles are numbered as they were given."""

    units: tuple[tuple[Unit, ...], ...]
    pairs: dict[tuple[int, int], PairScores]
    groups: tuple[tuple[Node, ...], ...]
    """Two or more units each; a unit in none of them is told once."""


def align(
    articles: Sequence[Article],
    encodings: Sequence[Sequence[Encoding]],
    *,
    settings: AlignmentSettings,
    progress: Callable[[int, int], None] | None = None,
) -> Alignment:
    """Align articles that are given in process order.

    `encodings` has one for each passage of each article. What is said of two articles depends on
    these two alone.
    """
    units = tuple(
        tuple(Unit(Span(p.start, p.end), p.role, i) for i, p in enumerate(article.passages))
        for article in articles
    )
    tokens = [
        gather([u.span for u in own], encoded, [u.role == "body" for u in own])
        for own, encoded in zip(units, encodings, strict=True)
    ]
    pairs = {}
    wanted = list(combinations(range(len(articles)), 2))
    for done, (i, j) in enumerate(wanted):
        pairs[i, j] = _score_pair(i, j, articles, units, tokens, settings)
        if progress:
            progress(done + 1, len(wanted))
    return Alignment(units, pairs, _groups(units, pairs, settings))


def _score_pair(
    i: int,
    j: int,
    articles: Sequence[Article],
    units: Sequence[Sequence[Unit]],
    tokens: Sequence[Tokens],
    settings: AlignmentSettings,
) -> PairScores:
    """Score two articles' units against each other."""
    evidence = compare_tokens(tokens[i], tokens[j], settings)
    told = (evidence.a_in_b + evidence.b_in_a) / 2
    wording = None
    if same_language(articles[i].lang, articles[j].lang):
        wording = wording_overlap(_texts(articles[i], units[i]), _texts(articles[j], units[j]))
    curve = settings.across_languages if wording is None else settings.same_language
    odds = log_odds(told, wording, curve)
    decided = probability(odds)
    a, b = tokens[i].body, tokens[j].body
    step = in_step.are_in_step(told[np.ix_(a, b)], settings=settings)
    if step:
        decided = _follow_steps(decided, tokens[i], tokens[j], evidence, settings)
    return PairScores(decided, odds, rounded(evidence.a_in_b), rounded(evidence.b_in_a), step)


def _texts(article: Article, units: Sequence[Unit]) -> list[str]:
    return [article.text[u.span.start : u.span.end] for u in units]


def _follow_steps(
    score: Floats, a: Tokens, b: Tokens, evidence: Evidence, settings: AlignmentSettings
) -> Floats:
    """Let the order decide between body units: what stands in one step is linked, else not."""
    rows, columns = np.flatnonzero(a.body), np.flatnonzero(b.body)
    linked = np.zeros(score.shape, bool)
    for left, right in in_step.decode(a, b, evidence, settings=settings):
        linked[np.ix_(rows[left.start : left.stop], columns[right.start : right.stop])] = True
    followed = np.where(
        linked,
        settings.link + (1 - settings.link) * score,
        settings.unstepped_share * score,
    )
    return rounded(np.where(np.outer(a.body, b.body), followed, score))


def _groups(
    units: Sequence[Sequence[Unit]],
    pairs: dict[tuple[int, int], PairScores],
    settings: AlignmentSettings,
) -> tuple[tuple[Node, ...], ...]:
    """Join units into claims; titles meet titles only, headings headings."""
    links: dict[tuple[Node, Node], float] = {}
    for (i, j), scores in pairs.items():
        for role in CLAIM_ROLES:
            rows = np.array([u.role == role for u in units[i]], bool)
            columns = np.array([u.role == role for u in units[j]], bool)
            allowed = np.outer(rows, columns) & (scores.probability >= 0.01)
            for x, y in np.argwhere(allowed):
                links[(i, int(x)), (j, int(y))] = round(float(scores.probability[x, y]), 4)
    return tuple(map(tuple, group(links, least=settings.link)))
