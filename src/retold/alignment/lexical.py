"""Shared wording of passages in one language: character n-grams weighted by rarity."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.alignment.evidence import Floats

GRAM = 4
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, eq=False)
class Grams:
    """The n-grams of one article's units, an entry for each different one of a unit."""

    unit: NDArray[np.intp]
    gram: NDArray[np.intp]  # a number that is the same in all articles of a comparison
    weight: NDArray[np.float64]  # 1 + log of the count
    units: int


def count_grams(texts: Sequence[str], numbers: dict[str, int]) -> Grams:
    """Count the n-grams of each text; `numbers` gives each n-gram its number and grows."""
    unit, gram, counts = [], [], []
    for number, text in enumerate(texts):
        for name, count in Counter(_grams(text)).items():
            unit.append(number)
            gram.append(numbers.setdefault(name, len(numbers)))
            counts.append(count)
    return Grams(
        np.array(unit, np.intp),
        np.array(gram, np.intp),
        1 + np.log(np.array(counts, np.float64)),
        len(texts),
    )


def wording_overlap(a: Grams, b: Grams) -> Floats:
    """Return the cosine of n-gram tf-idf vectors: (texts of a, texts of b), 0 to 1.

    Rarity is counted over these two articles alone, so that a third one changes nothing.
    """
    _, column, seen = np.unique(
        np.concatenate([a.gram, b.gram]), return_inverse=True, return_counts=True
    )
    rarity = 1 + np.log((1 + a.units + b.units) / (1 + seen))
    in_a, in_b = column[: len(a.gram)], column[len(a.gram) :]
    shared = np.intersect1d(in_a, in_b)
    return np.asarray(
        _vectors(a, in_a, rarity, shared) @ _vectors(b, in_b, rarity, shared).T, np.float32
    )


def _vectors(
    grams: Grams, column: NDArray[np.intp], rarity: NDArray[np.float64], kept: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return unit vectors, of which only the kept columns are shown: (units, kept)."""
    weight = grams.weight * rarity[column]
    length = np.sqrt(np.bincount(grams.unit, weight**2, minlength=grams.units))
    place = np.full(len(rarity), -1)
    place[kept] = np.arange(len(kept))
    shown = place[column] >= 0
    vectors = np.zeros((grams.units, len(kept)))
    vectors[grams.unit[shown], place[column[shown]]] = weight[shown]
    return vectors / np.maximum(length, 1e-9)[:, None]


def _grams(text: str) -> list[str]:
    """Cut lower-cased words, with their edges marked, into runs of GRAM characters."""
    words = [f"_{word}_" for word in WORD.findall(text.lower())]
    return [w[i : i + GRAM] for w in words for i in range(max(1, len(w) - GRAM + 1))]
