"""From evidence to probability: monotone, calibrated by a line, rounded."""

from math import exp, sqrt

import numpy as np
import pytest

from retold.alignment.evidence import Floats
from retold.alignment.probability import log_odds, probability, rounded
from retold.settings import AlignmentSettings, Calibration, Curve
from tests.alignment.made import evidence

FLAT = Curve(bias=-3.0, told=10.0)
CURVES = [AlignmentSettings().same_language, AlignmentSettings().across_languages]


def array(*rows: list[float]) -> Floats:
    return np.array(rows, np.float32)


def odds(told: Floats, curve: Curve, wording: Floats | None = None, *, body: bool = True) -> Floats:
    flags = (np.full(told.shape[0], body), np.full(told.shape[1], body))
    return log_odds(evidence(told), wording, flags, curve)


def test_bias_and_weight_by_hand() -> None:
    assert odds(array([0.0, 0.5]), FLAT) == pytest.approx(array([-3.0, 2.0]))


def test_the_larger_direction_counts_as_contained() -> None:
    found = log_odds(
        evidence(array([0.2]), array([0.6])),
        None,
        (np.array([True]), np.array([True])),
        Curve(bias=-3.0, told=10.0, contained=5.0),
    )
    assert found == pytest.approx(array([-3 + 10 * 0.4 + 5 * 0.6]))


def test_wording_counts_where_it_is_given() -> None:
    curve = Curve(bias=0.0, told=1.0, wording=4.0)
    assert odds(array([0.5]), curve) == pytest.approx(array([0.5]))
    assert odds(array([0.5]), curve, array([0.25])) == pytest.approx(array([1.5]))


def test_the_best_neighbour_counts() -> None:
    curve = Curve(bias=0.0, told=0.0, neighbours=1.0)
    told = array([0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9])
    expected = array([0.4, 0.5, 0.6], [0.7, 0.8, 0.9], [0.8, 0.9, 0.8])
    assert odds(told, curve) == pytest.approx(expected)
    assert odds(told, curve, body=False) == pytest.approx(np.zeros((3, 3)))


def test_two_that_prefer_each_other() -> None:
    curve = Curve(bias=0.0, told=0.0, preference=1.0)
    found = odds(array([0.5, 0.5], [0.0, 0.0]), curve)
    low = exp(-0.5 / 0.06)
    assert found[0, 0] == pytest.approx(sqrt(0.5 * 1 / (1 + low)), abs=1e-3)
    assert found[0, 0] == found[0, 1] > found[1, 0]
    assert odds(array([0.5]), curve) == pytest.approx(array([1.0]))


@pytest.mark.parametrize("curve", CURVES)
def test_more_evidence_is_never_less_likely(curve: Curve) -> None:
    told = np.random.default_rng(1).uniform(-0.1, 0.6, (6, 7)).astype(np.float32)
    before = probability(odds(told, curve), Calibration())
    for x, y in np.ndindex(told.shape):
        more = told.copy()
        more[x, y] += 0.1
        assert probability(odds(more, curve), Calibration())[x, y] >= before[x, y]


@pytest.mark.parametrize("curve", CURVES)
def test_a_lone_pair_needs_evidence(curve: Curve) -> None:
    least = AlignmentSettings().link
    assert probability(odds(array([0.0]), curve), Calibration())[0, 0] < least
    sure = odds(array([0.6]), curve, array([0.9]))
    assert probability(sure, Calibration())[0, 0] > least


def test_nothing_to_compare() -> None:
    for shape in ((0, 0), (0, 3), (2, 0)):
        assert odds(np.zeros(shape, np.float32), CURVES[0]).shape == shape


def test_the_calibration_is_a_line() -> None:
    line = Calibration(slope=2.0, intercept=-1.0)
    found = probability(array([0.0, 0.5, 3.0]), line)
    expected = [round(1 / (1 + exp(-x)), 4) for x in (-1.0, 0.0, 5.0)]
    assert found == pytest.approx(array(expected))


def test_probabilities_are_rounded_and_within_bounds() -> None:
    found = probability(array([-50.0, -2.0, 0.0, 1.234, 50.0]), Calibration())
    assert found == pytest.approx(rounded(found))
    assert (found.min(), found.max()) == (0.0, 1.0)
    assert found.dtype == np.float32


def test_what_differs_by_less_than_a_rounding_is_the_same() -> None:
    assert np.array_equal(rounded(array([0.12341])), rounded(array([0.12339])))
