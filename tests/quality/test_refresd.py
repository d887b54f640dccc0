import pytest

from quality import refresd
from quality.command import Bench


def pair(score: float, a_in_b: float, b_in_a: float) -> refresd.Scored:
    return refresd.Scored(refresd.NONE, "a", "b", score, a_in_b, b_in_a, linked=True)


def test_equivalence_asks_for_both_directions() -> None:
    assert pair(1, 1, 0.2).equivalence < pair(1, 0.5, 0.5).equivalence
    assert pair(1, 1, 0.2).relation > pair(1, 0.5, 0.5).relation
    assert pair(0, 1, 1).equivalence == 0 < pair(0, 1, 1).relation


@pytest.mark.parametrize("size", [2, 6])
def test_pairs_are_found_again_after_shuffling(bench: Bench, size: int) -> None:
    pairs, fits = refresd.scored(bench, size=size)
    assert len(pairs) == 6
    assert len(fits) == 2 * 6 / size
    unrelated = next(p for p in pairs if p.label == refresd.UNRELATED)
    assert unrelated.french == "Der Eintritt kostet acht Euro."
    assert unrelated.score < min(p.score for p in pairs if p.label == refresd.NONE)


def test_unrelated_sentences_are_told_apart(bench: Bench) -> None:
    assert refresd.measure(bench).values == {"related_auc": 1, "equivalent_auc": 1}
