"""Articles that tell the same in the same order, made of words that match or do not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.alignment.evidence import Floats, compare_tokens
from retold.alignment.in_step import Step, are_in_step, decode, with_evidence
from retold.settings import AlignmentSettings
from tests.alignment.made import tokens

SETTINGS = AlignmentSettings(
    step_least=5,
    step_evidence=0.1,
    step_share=0.7,
    step_share_of_longer=0.6,
    step_order=0.95,
    step_size_cost=11.0,
)
COUNT = 8


def sentence(number: int, words: int = 6) -> str:
    return " ".join(f"w{number}x{i}" for i in range(words))


def sentences(*numbers: int) -> list[str]:
    return [sentence(number) for number in numbers]


ALL = sentences(*range(COUNT))


def steps(a: list[str], b: list[str]) -> list[Step]:
    one, other = tokens(a), tokens(b)
    return decode(one, other, compare_tokens(one, other, SETTINGS), settings=SETTINGS)


def linked(a: list[str], b: list[str]) -> list[tuple[list[int], list[int]]]:
    return [(list(x), list(y)) for x, y in steps(a, b) if x and y]


def told(order: list[int], size: int = COUNT) -> Floats:
    """Make the evidence of an article whose sentence i is the other's order[i]."""
    score = np.full((len(order), size), 0.01, np.float32)
    score[np.arange(len(order)), order] = 0.5
    return score


def test_a_translation_is_in_step() -> None:
    assert are_in_step(told(list(range(COUNT))), settings=SETTINGS)


@pytest.mark.parametrize("order", [[7, 6, 5, 4, 3, 2, 1, 0], [3, 0, 5, 1, 7, 2, 6, 4]])
def test_a_shuffled_article_is_not_in_step(order: list[int]) -> None:
    assert not are_in_step(told(order), settings=SETTINGS)


def test_short_articles_are_not_in_step() -> None:
    assert not are_in_step(told([0, 1, 2, 3], 4), settings=SETTINGS)
    assert not are_in_step(told([0, 1, 2, 3], 20), settings=SETTINGS)
    assert are_in_step(told([0, 1, 2, 3, 4], 5), settings=SETTINGS)


def test_an_excerpt_is_not_in_step() -> None:
    assert are_in_step(told([0, 1, 2, 3, 4, 5], 10), settings=SETTINGS)
    assert not are_in_step(told([0, 1, 2, 3, 4], 10), settings=SETTINGS)


def test_weak_matches_are_no_matches() -> None:
    assert not are_in_step(told(list(range(COUNT))) * np.float32(0.15), settings=SETTINGS)


def test_nothing_is_not_in_step() -> None:
    assert not are_in_step(np.zeros((0, 7), np.float32), settings=SETTINGS)


def test_the_evidence_of_made_sentences_is_as_expected() -> None:
    for order, expected in (([0, 1, 2, 3, 4, 5, 6, 7], True), ([4, 1, 7, 2, 0, 6, 3, 5], False)):
        found = compare_tokens(tokens(ALL), tokens(sentences(*order)), SETTINGS)
        assert are_in_step(found.told, settings=SETTINGS) is expected


def test_sentence_meets_sentence() -> None:
    assert linked(ALL, ALL) == [([i], [i]) for i in range(COUNT)]


def test_one_sentence_in_two() -> None:
    first, second = sentence(3).split()[:3], sentence(3).split()[3:]
    cut = [*ALL[:3], " ".join(first), " ".join(second), *ALL[4:]]
    whole = [([i], [i]) for i in range(3)]
    assert linked(ALL, cut)[:4] == [*whole, ([3], [3, 4])]
    assert linked(cut, ALL)[:4] == [*whole, ([3, 4], [3])]
    assert len(linked(ALL, cut)) == COUNT


def test_what_only_one_tells_stands_alone() -> None:
    extra = [*ALL[:4], sentence(100), *ALL[4:]]
    assert linked(ALL, extra) == [([i], [i if i < 4 else i + 1]) for i in range(COUNT)]
    assert (range(4, 4), range(4, 5)) in steps(ALL, extra)
    assert (range(4, 5), range(4, 4)) in steps(extra, ALL)


def test_articles_without_a_word_in_common_have_no_step_together() -> None:
    assert linked(ALL, sentences(*range(200, 205))) == []


def test_an_article_of_one_sentence() -> None:
    assert linked(ALL[2:3], ALL) == [([0], [2])]
    assert linked(ALL, ALL[2:3]) == [([2], [0])]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=9),
       st.lists(st.integers(0, 9), min_size=1, max_size=9))  # fmt: skip
def test_steps_pass_every_sentence_once_and_in_order(one: list[int], other: list[int]) -> None:
    found = steps(sentences(*one), sentences(*other))
    for side, size in ((0, len(one)), (1, len(other))):
        assert [u for step in found for u in step[side]] == list(range(size))
    assert all(len(x) + len(y) <= 5 for x, y in found)


def test_a_close_translation_loses_what_the_other_side_does_not_tell() -> None:
    told = np.array([[0.5, 0.01, 0.0], [0.0, 0.0, 0.4]], np.float32)
    found = [(range(1), range(2)), (range(1, 2), range(2, 3))]
    assert with_evidence(found, told, settings=SETTINGS) == (([0], [0]), found[1])


def test_a_free_translation_keeps_its_steps() -> None:
    told = np.array([[0.2, 0.01, 0.0], [0.0, 0.0, 0.1]], np.float32)
    found = [(range(1), range(2)), (range(1, 2), range(2, 3))]
    assert with_evidence(found, told, settings=SETTINGS) == tuple(found)
