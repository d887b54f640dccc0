"""Shared wording, computed by hand: words of two letters are one n-gram each."""

from math import log, sqrt

import pytest

from retold.alignment.evidence import Floats
from retold.alignment.lexical import count_grams, wording_overlap

ONCE = 1 + log(3 / 2)
"""Rarity of an n-gram that one of two texts has; 1 is that of one that both have."""


def overlap(a: list[str], b: list[str]) -> Floats:
    numbers: dict[str, int] = {}
    return wording_overlap(count_grams(a, numbers), count_grams(b, numbers))


def test_one_word_of_two_by_hand() -> None:
    assert overlap(["ab cd"], ["ab ef"])[0, 0] == pytest.approx(1 / (1 + ONCE**2))


def test_a_repeated_word_counts_by_the_logarithm() -> None:
    twice = 1 + log(2)
    expected = twice / sqrt(twice**2 + ONCE**2) / sqrt(1 + ONCE**2)
    assert overlap(["ab ab cd"], ["ab ef"])[0, 0] == pytest.approx(expected)


def test_rarity_is_counted_over_the_texts_of_both_articles() -> None:
    found = overlap(["ab cd", "ab gh"], ["ab cd", "ab ij"])
    common, rare = 1 + log(5 / 5), 1 + log(5 / 3)
    once = 1 + log(5 / 2)
    assert found[0, 0] == pytest.approx(1)
    assert found[1, 1] == pytest.approx(common**2 / (common**2 + once**2))
    assert found[0, 1] == pytest.approx(
        common**2 / sqrt((common**2 + rare**2) * (common**2 + once**2))
    )


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("The ferry left.", "THE FERRY LEFT", 1),
        ("The ferry left.", "left; the ferry", 1),
        ("Паром ушёл", "паром ушёл", 1),
        ("ferry", "storm", 0),
        ("...", "ferry", 0),
        ("", "", 0),
    ],
)
def test_ends_of_the_scale(a: str, b: str, expected: float) -> None:
    assert overlap([a], [b])[0, 0] == pytest.approx(expected)


def test_words_of_one_stem_overlap_in_part() -> None:
    assert 0.2 < overlap(["passengers"], ["passenger"])[0, 0] < 1


def test_a_third_article_changes_nothing() -> None:
    numbers: dict[str, int] = {}
    count_grams(["zebras at the harbour"], numbers)
    a, b = (count_grams([text], numbers) for text in ("the harbour burns", "a harbour burnt"))
    alone = overlap(["the harbour burns"], ["a harbour burnt"])
    assert wording_overlap(a, b) == pytest.approx(alone)


def test_the_shape_is_that_of_the_texts() -> None:
    assert overlap(["ab", "", "cd"], ["ab", "ef"]).shape == (3, 2)
    assert overlap([], ["ab"]).shape == (0, 1)
