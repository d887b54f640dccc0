"""Ranking, labelling and calibration scores; a ratio with nothing below it is 0."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def average_precision(scores: ArrayLike, labels: ArrayLike) -> float:
    """Return the mean precision at each positive, ranked by falling score; ties share a rank."""
    score, label = np.asarray(scores, float), np.asarray(labels, bool)
    if not label.any():
        return 0.0
    order = np.argsort(-score, kind="stable")
    score, label = score[order], label[order]
    last_of_tie = np.append(np.flatnonzero(np.diff(score)), len(score) - 1)
    hits = np.cumsum(label)[last_of_tie]
    gained = np.diff(hits, prepend=0)
    return float(np.sum(gained * hits / (last_of_tie + 1)) / hits[-1])


def precision_recall_f1(hits: float, predicted: float, wanted: float) -> tuple[float, float, float]:
    """Return precision, recall and their harmonic mean from counts."""
    return _rates(hits, predicted, hits, wanted)


def best_f1(scores: ArrayLike, labels: ArrayLike) -> tuple[float, float]:
    """Return the best F1 over all thresholds, and that threshold."""
    score, label = np.asarray(scores, float), np.asarray(labels, bool)
    order = np.argsort(-score, kind="stable")
    score, label = score[order], label[order]
    last_of_tie = np.append(np.flatnonzero(np.diff(score)), len(score) - 1)
    f1 = 2 * np.cumsum(label)[last_of_tie] / (last_of_tie + 1 + label.sum())
    best = int(np.argmax(f1))
    return float(f1[best]), float(score[last_of_tie[best]])


def auc(scores: ArrayLike, labels: ArrayLike) -> float:
    """Return the chance that a positive scores above a negative; ties count half."""
    score, label = np.asarray(scores, float), np.asarray(labels, bool)
    positive, negative = np.sort(score[label]), score[~label]
    if not len(positive) or not len(negative):
        return 0.0
    below = np.searchsorted(positive, negative, "left")
    ties = np.searchsorted(positive, negative, "right") - below
    return float(np.mean((len(positive) - below - ties / 2) / len(positive)))


def expected_calibration_error(
    probabilities: ArrayLike, outcomes: ArrayLike, *, bins: int = 10
) -> float:
    """Return the mean gap between probability and frequency, over bins of equal mass."""
    found = reliability(probabilities, outcomes, bins=bins)
    count = sum(size for _, _, size in found)
    return sum(size * abs(said - so) for said, so, size in found) / max(count, 1)


def reliability(
    probabilities: ArrayLike, outcomes: ArrayLike, *, bins: int = 10
) -> list[tuple[float, float, int]]:
    """Return mean probability, frequency and size of each bin.

    Bins have equal mass as far as equal probabilities, which stay together, allow.
    """
    p, y = np.asarray(probabilities, float), np.asarray(outcomes, float)
    ordered = np.sort(p)
    middle = np.searchsorted(ordered, p, "left") + np.searchsorted(ordered, p, "right")
    bin_of = np.minimum(middle * bins // max(2 * len(p), 1), bins - 1)
    parts = [bin_of == number for number in np.unique(bin_of)]
    return [(float(p[part].mean()), float(y[part].mean()), int(part.sum())) for part in parts]


def brier_skill(probabilities: ArrayLike, outcomes: ArrayLike) -> float:
    """Return 1 - Brier score over that of always saying the base rate."""
    p, y = np.asarray(probabilities, float), np.asarray(outcomes, float)
    reference = float(np.mean((y - y.mean()) ** 2)) if len(y) else 0.0
    return 1 - float(np.mean((p - y) ** 2)) / reference if reference else 0.0


def cosine_tfidf(documents: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """Return the cosine matrix of tf-idf vectors (1 + log tf, smoothed idf) of token lists."""
    vocabulary = {w: i for i, w in enumerate(sorted({w for d in documents for w in d}))}
    counts = np.zeros((len(documents), len(vocabulary)))
    for row, document in enumerate(documents):
        for word in document:
            counts[row, vocabulary[word]] += 1
    idf = np.log((1 + len(documents)) / (1 + (counts > 0).sum(0))) + 1
    weights = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0) * idf
    weights /= np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-12)
    product: NDArray[np.float64] = weights @ weights.T
    return product


Link = tuple[tuple[int, ...], tuple[int, ...]]
Links = Sequence[tuple[Sequence[int], Sequence[int]]]
"""An alignment: sentence numbers of both sides; an empty side means no counterpart."""


def link_f1(gold: Sequence[Links], found: Sequence[Links]) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 of alignments, `strict` and `lax`, summed over documents.

    A strict hit is an equal link; a lax one shares a sentence of either side with a single link
    of the other alignment. Precision is over all links found, recall over the gold links with
    both sides, as in the scorer of Vecalign (Thompson and Koehn, 2019).
    """
    counts = np.zeros((2, 4), int)
    for their, own in zip(gold, found, strict=True):
        wanted = {(tuple(a), tuple(b)) for a, b in their}
        made = {(tuple(a), tuple(b)) for a, b in own}
        full = {link for link in wanted if all(link)}
        counts[0] += len(made & wanted), len(made), len(full & made), len(full)
        counts[1] += _touching(made, wanted), len(made), _touching(full, made), len(full)
    return {"strict": _rates(*counts[0].tolist()), "lax": _rates(*counts[1].tolist())}


def _rates(hits: float, found: float, back: float, wanted: float) -> tuple[float, float, float]:
    precision = hits / found if found else 0.0
    recall = back / wanted if wanted else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _touching(links: set[Link], others: set[Link]) -> int:
    """Count the links that equal another or share a sentence of both sides with one."""
    targets: dict[int, set[int]] = {}
    for sources, their in others:
        for source in sources:
            targets.setdefault(source, set()).update(their)
    return sum(
        (sources, own) in others or any(targets.get(i, set()) & set(own) for i in sources)
        for sources, own in links
    )
