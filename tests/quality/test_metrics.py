import numpy as np
import pytest

from quality import metrics


def test_average_precision_is_the_mean_precision_at_each_positive() -> None:
    assert metrics.average_precision([0.9, 0.8, 0.7, 0.6], [1, 0, 1, 0]) == pytest.approx(
        (1 / 1 + 2 / 3) / 2
    )


def test_average_precision_gives_ties_one_rank() -> None:
    first = metrics.average_precision([0.5, 0.5, 0.5], [1, 0, 0])
    last = metrics.average_precision([0.5, 0.5, 0.5], [0, 0, 1])
    assert first == last == pytest.approx(1 / 3)


def test_average_precision_without_positives_is_nothing() -> None:
    assert metrics.average_precision([0.5, 0.2], [0, 0]) == 0


def test_best_f1_is_taken_between_ties() -> None:
    f1, threshold = metrics.best_f1([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0])
    assert f1 == pytest.approx(0.8)
    assert threshold == 0.5


def test_precision_recall_f1_from_counts() -> None:
    assert metrics.precision_recall_f1(2, 4, 3) == pytest.approx((1 / 2, 2 / 3, 4 / 7))
    assert metrics.precision_recall_f1(0, 0, 0) == (0, 0, 0)


@pytest.mark.parametrize(
    ("scores", "labels", "value"),
    [([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 0.75), ([1, 1], [0, 1], 0.5), ([1, 2], [1, 1], 0)],
)
def test_auc(scores: list[float], labels: list[int], value: float) -> None:
    assert metrics.auc(scores, labels) == pytest.approx(value)


def test_calibration_error_is_over_bins_of_equal_mass() -> None:
    said, so = [0.2, 0.2, 0.8, 0.8], [0, 0, 1, 0]
    assert metrics.expected_calibration_error(said, so, bins=2) == pytest.approx(
        (2 * 0.2 + 2 * 0.3) / 4
    )
    assert metrics.reliability(said, so, bins=2) == [(0.2, 0.0, 2), (0.8, 0.5, 2)]


def test_equal_probabilities_stay_in_one_bin() -> None:
    said, so = [0.1, 0.5, 0.5, 0.5, 0.5, 0.9], [0, 0, 1, 0, 1, 1]
    assert metrics.reliability(said, so, bins=3) == [(0.1, 0, 1), (0.5, 0.5, 4), (0.9, 1, 1)]


def test_calibration_error_of_nothing_is_nothing() -> None:
    assert metrics.expected_calibration_error([], []) == 0
    assert metrics.reliability([], []) == []


def test_brier_skill_is_against_the_base_rate() -> None:
    assert metrics.brier_skill([1, 0], [1, 0]) == 1
    assert metrics.brier_skill([0.5, 0.5], [1, 0]) == 0
    assert metrics.brier_skill([0, 1], [1, 0]) == -3


def test_tfidf_cosine_counts_rare_words_more() -> None:
    cosine = metrics.cosine_tfidf([["a", "b"], ["a", "c"], ["d", "b"], ["a"]])
    assert np.allclose(np.diag(cosine), 1)
    assert cosine[0, 2] > cosine[0, 1] > 0
    assert cosine[1, 2] == 0


def test_link_f1_of_a_case_worked_by_hand() -> None:
    gold = [[((0,), (0,)), ((1,), ()), ((2,), (1, 2))]]
    found = [[((0,), (0,)), ((1,), (1,)), ((2,), (2,))]]
    scores = metrics.link_f1(gold, found)
    assert scores["strict"] == pytest.approx((1 / 3, 1 / 2, 2 / 5))
    assert scores["lax"] == pytest.approx((2 / 3, 1, 4 / 5))
    assert metrics.link_f1(gold, gold) == {"strict": (1, 1, 1), "lax": (1, 1, 1)}


def test_link_f1_counts_null_links_in_the_precision_alone() -> None:
    gold = [[((0,), (0,)), ((1,), ())]]
    without, wrong = [[((0,), (0,))]], [[((0,), (0,)), ((), (1,))]]
    assert metrics.link_f1(gold, without)["strict"] == (1, 1, 1)
    assert metrics.link_f1(gold, wrong)["strict"][:2] == (0.5, 1)


def test_link_f1_adds_up_documents() -> None:
    one = [((0,), (0,))]
    assert metrics.link_f1([one, one], [one, []])["strict"][:2] == (1, 0.5)
