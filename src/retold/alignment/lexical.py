"""Shared wording of passages in one language: character n-grams weighted by rarity."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GRAM = 4
WORD = re.compile(r"\w+")


def wording_overlap(a: Sequence[str], b: Sequence[str]) -> NDArray[np.float32]:
    """Return the cosine of n-gram tf-idf vectors: (texts of a, texts of b), 0 to 1.

    Rarity is counted over these two articles alone, so that a third one changes nothing.
    """
    bags = [Counter(_grams(text)) for text in (*a, *b)]
    seen = Counter(gram for bag in bags for gram in bag)
    column = {gram: i for i, gram in enumerate(sorted(g for g, n in seen.items() if n > 1))}
    shared = np.zeros((len(bags), len(column)), np.float32)
    length = np.zeros(len(bags), np.float32)
    for row, bag in enumerate(bags):
        for gram, count in bag.items():
            weight = (1 + np.log(count)) * (1 + np.log((1 + len(bags)) / (1 + seen[gram])))
            length[row] += weight**2
            if gram in column:
                shared[row, column[gram]] = weight
    shared /= np.sqrt(np.maximum(length, 1e-9))[:, None]
    overlap: NDArray[np.float32] = shared[: len(a)] @ shared[len(a) :].T
    return overlap


def _grams(text: str) -> list[str]:
    """Cut lower-cased words, with their edges marked, into runs of GRAM characters."""
    words = [f"_{word}_" for word in WORD.findall(text.lower())]
    return [w[i : i + GRAM] for w in words for i in range(max(1, len(w) - GRAM + 1))]
