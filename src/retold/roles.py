"""Tell which part each passage plays, and which hold nothing that could be checked.

Both go by what a passage is (the probe over its vector) and where it stands (its lines, its
neighbours, the ends of the article), never by words of a language. Body is the role in doubt: a
sentence taken for clutter vanishes from the comparison, clutter taken for a sentence only stays in
it without a counterpart.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retold.encoders import Encoding
from retold.probes import KINDS, Probe
from retold.probes import surface as see
from retold.records import Article, Passage, Role, Span

STATEMENT, COMMENTARY, BOILERPLATE, CREDIT, HEADING = range(len(KINDS))
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWeights:
    """Natural log-odds that each observation adds to "clutter" (boilerplate, credit, caption)."""

    prior: float = -1.0
    commentary: float = 0.3
    """Weight of the probe's commentary as content: teasers and pleas read like it."""
    probe_limit: float = 6.0
    """Beyond this many log-odds the probe counts no more."""
    unclosed_line: float = 2.0
    """Alone on its line without a final stop, in an article whose sentences have them."""
    sign: float = 1.0
    """An address, a symbol at the start, all capitals, all in brackets: once or more."""
    repeated: float = 1.0
    """The same words once more in the article."""
    edge: float = 0.7
    """Before the first or after the last passage that looks like content."""
    below_clutter: float = 3.0
    """Alone without a final stop, below such a line of clutter, no text right below: teasers."""
    in_text: float = -1.5
    """Shares its lines with passages that look like content."""
    neighbours: float = 0.5
    """Times the mean log-odds of the passages that share its lines."""
    long_sentence: float = -1.0
    """More tokens than `long` and a final stop."""
    long: int = 25
    heading: float = -0.5
    """Stands where a subhead would."""
    heading_credit: float = 0.1
    """What of the probe's credit counts there: who wrote it stands above or below an article."""
    crowd_size: int = 5
    """Passages in the midst of an article that may well be clutter, from an advertisement to a
    picture's credit; where more look like it, it is rather a list, or a book's notes."""
    crowd: float = -2.0
    """Of each further one, in falling order of evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentaryWeights:
    """What is added to the probe's log-odds of commentary against statement."""

    paragraph: float = 0.2
    """Times the mean of the neighbours on the same lines: commentary comes in runs."""
    article: float = 0.25
    """Times the mean of the body: who comments once does so again."""
    limit: float = 3.0
    """Beyond this many log-odds a neighbour counts no more."""


WEIGHTS = RoleWeights()
COMMENTARY_WEIGHTS = CommentaryWeights()
TITLE_LIMIT = 0.6
"""Probability of credit from which a later headline is none."""
CREDIT_LIMIT = 0.3
"""Probability of credit under which a line is clutter for where it stands: a teaser."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where the passages of an article stand, and how they look from outside."""

    texts: list[str]
    group: NDArray[np.int64]
    """(n,): passages with one number share a line, directly or through others."""
    alone: NDArray[np.bool_]
    """(n,): no other passage on its lines."""
    closed: NDArray[np.bool_]
    """(n,): ends like a sentence."""
    stops: bool
    """Whether the article's lines end in stops, so that their absence means something."""
    tokens: NDArray[np.int64]
    """(n,): tokens of each passage."""


def lay_out(article: Article, spans: Sequence[Span], encodings: Sequence[Encoding]) -> Layout:
    """Look at the lines and the outside of an article's passages."""
    texts = [article.text[span.start : span.end] for span in spans]
    breaks = ["\n" in article.text[a.end : b.start] for a, b in pairwise(spans)]
    group = np.cumsum([0, *breaks])[: len(texts)]
    sizes = np.bincount(group) if len(texts) else np.zeros(0, np.int64)
    closed = np.array([see.ends_sentence(text) for text in texts], dtype=bool)
    tokens = np.array([len(encoding.tokens) for encoding in encodings], dtype=np.int64)
    ends = np.array([*breaks, True][: len(texts)], dtype=bool)
    paragraphs = ends & (tokens > 20)
    return Layout(
        texts=texts,
        group=group,
        alone=sizes[group] == 1,
        closed=closed,
        stops=bool(closed[paragraphs].mean() > 0.5) if paragraphs.any() else bool(closed.any()),
        tokens=tokens,
    )


def assign_roles(
    article: Article,
    spans: Sequence[Span],
    encodings: Sequence[Encoding],
    *,
    titles: int,
    headings: frozenset[int],
    probe: Probe,
) -> tuple[Passage, ...]:
    """Give each span its role: the first `titles` are titles, `headings` index likely subheads.

    `encodings` are those of the spans' texts. The result is as long as `spans` and in its order.
    """
    layout = lay_out(article, spans, encodings)
    kinds = probe.probabilities(encodings)
    titles = _sure_titles(kinds, titles)
    evidence = clutter_evidence(layout, kinds, titles=titles, headings=headings)
    content = np.flatnonzero(evidence <= 0)[titles:]
    roles: list[Role] = []
    for i in range(len(spans)):
        if i < titles:
            roles.append("title")
        elif evidence[i] > 0:
            inside = bool(len(content)) and content[0] < i < content[-1]
            roles.append(_clutter_role(layout, kinds[i], i, inside=inside))
        else:
            roles.append("heading" if i in headings else "body")
    _find_captions(layout, kinds, roles, titles)
    return tuple(
        Passage(start=span.start, end=span.end, role=role)
        for span, role in zip(spans, roles, strict=True)
    )


def _sure_titles(kinds: Floats, titles: int) -> int:
    """Take a byline that follows the first headline, and what comes after it, out of the titles."""
    return next((i for i in range(1, titles) if kinds[i, CREDIT] > TITLE_LIMIT), titles)


def clutter_evidence(
    layout: Layout,
    kinds: Floats,
    *,
    titles: int = 0,
    headings: frozenset[int] = frozenset(),
    weights: RoleWeights = WEIGHTS,
) -> Floats:
    """Sum the log-odds that each passage is clutter; 0 is as likely as not. Gives (n,)."""
    own = _own_evidence(layout, kinds, sorted(headings), weights)
    own[:titles] = -weights.probe_limit
    edge = _edge(own, titles)
    evidence = own + edge * weights.edge
    for i in np.flatnonzero(~layout.alone).tolist():
        mates = (layout.group == layout.group[i]) & (np.arange(len(own)) != i)
        mean = own[mates].mean()
        evidence[i] += weights.neighbours * mean + weights.in_text * (mean < 0)
    _add_teasers(evidence, layout, titles, weights)
    _subtract_crowd(evidence, np.flatnonzero(~edge), weights)
    rounded: Floats = evidence.round(3).astype(np.float32)
    return rounded


def _add_teasers(evidence: Floats, layout: Layout, titles: int, weights: RoleWeights) -> None:
    """Let a line of clutter speak against the lines below it, down to the next text."""
    lines = layout.alone & ~layout.closed
    text = ~lines & (evidence <= 0)
    for i in range(titles + 1, len(evidence)):
        if lines[i] and lines[i - 1] and evidence[i - 1] > 0 and not text[i + 1 : i + 2].any():
            evidence[i] += weights.below_clutter


def _subtract_crowd(evidence: Floats, inside: NDArray[np.int64], weights: RoleWeights) -> None:
    """Doubt what looks like clutter in the midst of an article where it is too much of it."""
    rank = np.argsort(np.argsort(-evidence[inside], kind="stable"), kind="stable")
    evidence[inside] += weights.crowd * np.maximum(0, rank - weights.crowd_size)


def _own_evidence(
    layout: Layout, kinds: Floats, headings: Sequence[int], weights: RoleWeights
) -> Floats:
    credit = kinds[:, CREDIT].copy()
    credit[headings] *= weights.heading_credit
    clutter = kinds[:, BOILERPLATE] + credit
    content = kinds[:, STATEMENT] + kinds[:, HEADING] + weights.commentary * kinds[:, COMMENTARY]
    odds = np.log(np.maximum(clutter, 1e-4) / np.maximum(content, 1e-4))
    own = np.clip(odds, -weights.probe_limit, weights.probe_limit) + weights.prior
    own[headings] += weights.heading
    counts = Counter(layout.texts)
    for i, text in enumerate(layout.texts):
        unclosed = layout.alone[i] and not layout.closed[i]
        own[i] += weights.unclosed_line * (layout.stops and unclosed)
        own[i] += weights.sign * (_has_sign(text) or (unclosed and see.starts_with_bracket(text)))
        own[i] += weights.repeated * (counts[text] > 1)
        own[i] += weights.long_sentence * (layout.tokens[i] > weights.long and layout.closed[i])
    found: Floats = own.astype(np.float32)
    return found


def _has_sign(text: str) -> bool:
    return (
        see.has_address(text)
        or see.starts_with_symbol(text)
        or see.all_capitals(text)
        or see.in_brackets(text)
    )


def _edge(own: Floats, titles: int) -> NDArray[np.bool_]:
    """Mark what stands before the first or after the last passage that looks like content."""
    content = np.flatnonzero((own < -1) & (np.arange(len(own)) >= titles))
    edge = np.zeros(len(own), bool)
    if len(content):
        edge[titles : content[0]] = True
        edge[content[-1] + 1 :] = True
    return edge


def _clutter_role(layout: Layout, kind: Floats, i: int, *, inside: bool) -> Role:
    """Choose between credit and boilerplate for passage i; `inside`: between lines of content.

    Who wrote it stands above or below an article; what interrupts it is mostly an advertisement.
    """
    text = layout.texts[i]
    lean = np.log(max(kind[CREDIT], 1e-4) / max(kind[BOILERPLATE], 1e-4))
    lean += 1.0 * see.in_brackets(text) + 0.5 * see.has_clock(text)
    lean -= 2.0 * inside + 1.5 * (see.all_capitals(text) or see.starts_with_symbol(text))
    likely = kind[CREDIT] >= CREDIT_LIMIT or see.in_brackets(text)
    return "credit" if likely and lean > 0 else "boilerplate"


def _find_captions(layout: Layout, kinds: Floats, roles: list[Role], titles: int) -> None:
    """Call what stands before a picture's credit on a short line, above more text, a caption."""
    bodies = [i for i, role in enumerate(roles) if role == "body"]
    for i in range(titles, len(roles) - 1):
        mates = np.flatnonzero(layout.group == layout.group[i])
        last = int(mates[-1])
        if i == last or len(mates) > 3 or roles[last] != "credit" or not bodies:
            continue
        clutter = kinds[i, BOILERPLATE] + kinds[i, CREDIT]
        if clutter < 0.5 and not see.in_brackets(layout.texts[last]) and last < bodies[-1]:
            roles[i] = "caption"


def commentary_scores(
    passages: Sequence[Passage],
    encodings: Sequence[Encoding],
    probe: Probe,
    article: Article,
    *,
    weights: CommentaryWeights = COMMENTARY_WEIGHTS,
) -> Floats:
    """Give the probability that a passage holds nothing that could be checked, (n,).

    0 for whatever is not body, and for everything where the probe is not fitted.
    """
    layout = lay_out(article, [Span(p.start, p.end) for p in passages], encodings)
    odds = probe.commentary_odds(encodings, layout.texts)
    body = np.array([passage.role == "body" for passage in passages], dtype=bool)
    if not body.any():
        return np.zeros(len(passages), np.float32)
    heard = np.clip(odds, -weights.limit, weights.limit)
    total = odds + weights.article * heard[body].mean()
    for i in np.flatnonzero(body).tolist():
        mates = [j for j in (i - 1, i + 1) if _are_mates(layout.group, body, i, j)]
        if mates:
            total[i] += weights.paragraph * heard[mates].mean()
    scores: Floats = np.where(body, 1 / (1 + np.exp(-total)), 0).round(3).astype(np.float32)
    return scores


def _are_mates(group: NDArray[np.int64], body: NDArray[np.bool_], i: int, j: int) -> bool:
    return 0 <= j < len(group) and bool(body[j]) and bool(group[i] == group[j])
