"""Tell which part each passage plays, and which hold nothing that could be checked.

Both go by what a passage is (the probe over its vector) and where it stands (its lines, its
neighbours, the ends of the article), never by words of a language. Body is the role in doubt: a
sentence taken for clutter vanishes from the comparison, clutter taken for a sentence only stays in
it without a counterpart.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.encoders import Encoding
from retold.probes import KINDS, Probe
from retold.probes import surface as see
from retold.records import Article, Passage, Role, Span

STATEMENT, COMMENTARY, BOILERPLATE, CREDIT = range(len(KINDS))
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWeights:
    """Natural log-odds that each observation adds to "clutter" (boilerplate, credit, caption)."""

    prior: float = -1.0
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
    in_text: float = -1.5
    """Shares its lines with other passages."""
    neighbours: float = 0.5
    """Times the mean log-odds of the passages that share its lines."""
    long_sentence: float = -1.0
    """More tokens than `long` and a final stop."""
    long: int = 25
    heading: float = -1.0


WEIGHTS = RoleWeights()


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
    breaks = [
        "\n" in article.text[a.end : b.start] for a, b in zip(spans[:-1], spans[1:], strict=True)
    ]
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
    clutter = clutter_evidence(layout, kinds, titles=titles, headings=headings)
    roles: list[Role] = []
    for i in range(len(spans)):
        if i < titles:
            roles.append("title")
        elif clutter[i] > 0:
            roles.append(_clutter_role(layout, kinds[i], i))
        else:
            roles.append("heading" if i in headings else "body")
    _find_captions(layout, roles, titles)
    return tuple(
        Passage(start=span.start, end=span.end, role=role)
        for span, role in zip(spans, roles, strict=True)
    )


def clutter_evidence(
    layout: Layout,
    kinds: Floats,
    *,
    titles: int = 0,
    headings: frozenset[int] = frozenset(),
    weights: RoleWeights = WEIGHTS,
) -> Floats:
    """Sum the log-odds that each passage is clutter; 0 is as likely as not. Gives (n,)."""
    own = _own_evidence(layout, kinds, weights)
    own[[i for i in headings if i < len(own)]] += weights.heading
    own[:titles] = -weights.probe_limit
    evidence = own + _edge(own, titles) * weights.edge
    for i in np.flatnonzero(~layout.alone):
        mates = (layout.group == layout.group[i]) & (np.arange(len(own)) != i)
        evidence[i] += weights.in_text + weights.neighbours * own[mates].mean()
    return evidence.round(3).astype(np.float32)


def _own_evidence(layout: Layout, kinds: Floats, weights: RoleWeights) -> Floats:
    p = kinds[:, BOILERPLATE] + kinds[:, CREDIT]
    own = np.clip(_log_odds(p), -weights.probe_limit, weights.probe_limit) + weights.prior
    counts = Counter(layout.texts)
    for i, text in enumerate(layout.texts):
        own[i] += weights.unclosed_line * (
            layout.stops and layout.alone[i] and not layout.closed[i]
        )
        own[i] += weights.sign * _has_sign(text)
        own[i] += weights.repeated * (counts[text] > 1)
        own[i] += weights.long_sentence * (layout.tokens[i] > weights.long and layout.closed[i])
    return own.astype(np.float32)


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


def _clutter_role(layout: Layout, kind: Floats, i: int) -> Role:
    """Choose between credit and boilerplate for passage i."""
    text = layout.texts[i]
    lean = float(_log_odds(kind[CREDIT] / max(kind[CREDIT] + kind[BOILERPLATE], 1e-6)))
    lean += 1.0 * see.in_brackets(text) + 0.5 * see.has_clock(text)
    return "credit" if lean > 0 else "boilerplate"


def _find_captions(layout: Layout, roles: list[Role], titles: int) -> None:
    """Call a short line that ends in a picture's credit, before the text goes on, a caption."""
    bodies = [i for i, role in enumerate(roles) if role == "body"]
    for i in range(titles, len(roles) - 1):
        mates = np.flatnonzero(layout.group == layout.group[i])
        if roles[i] != "body" or len(mates) > 3 or roles[mates[-1]] != "credit":
            continue
        if not see.in_brackets(layout.texts[mates[-1]]) and mates[-1] < bodies[-1]:
            roles[i] = "caption"


def commentary_scores(
    passages: Sequence[Passage], encodings: Sequence[Encoding], probe: Probe, article: Article
) -> Floats:
    """Give the probability that a passage holds nothing that could be checked, (n,).

    0 for whatever is not body.
    """
    texts = [article.text[passage.start : passage.end] for passage in passages]
    odds = probe.commentary_odds(encodings, texts)
    body = np.array([passage.role == "body" for passage in passages], dtype=bool)
    return np.where(body, 1 / (1 + np.exp(-odds)), 0).round(3).astype(np.float32)


def _log_odds(p: Floats) -> Floats:
    q = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(q / (1 - q))
