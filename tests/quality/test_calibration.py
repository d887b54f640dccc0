import numpy as np
import pytest

from quality import calibration
from quality.calibration import Judged, Said
from quality.command import Bench


def said(score: list[float], right: list[int], chosen: list[int] | None = None) -> Said:
    return Said(np.array(score), np.array(right, bool), np.array(chosen or [1] * len(score), bool))


def test_platt_finds_the_line_that_scores_were_bent_by() -> None:
    random = np.random.default_rng(0)
    odds = random.normal(0, 2, 20_000)
    right = random.random(20_000) < 1 / (1 + np.exp(-(0.5 * odds + 1)))
    line = calibration.platt(said((1 / (1 + np.exp(-odds))).tolist(), right.tolist()))
    assert line.slope == pytest.approx(0.5, abs=0.03)
    assert line.intercept == pytest.approx(1, abs=0.05)


def test_platt_stays_finite_where_all_is_plain() -> None:
    line = calibration.platt(said([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0]))
    assert 0 < line.slope < 10
    one_sided = calibration.platt(said([0.9, 0.8, 0.7], [1, 1, 1]))
    assert np.isfinite([one_sided.slope, one_sided.intercept]).all()


def test_scores_are_over_what_was_chosen() -> None:
    links = said([0.9, 0.9, 0.1], [1, 0, 0], [1, 1, 0])
    gaps = said([0.95, 0.95, 0.5], [1, 1, 0], [1, 1, 0])
    scores = calibration.scores(Judged(links, gaps))
    assert scores["ece_links"] == pytest.approx(0.4)
    assert scores["ece_gaps"] == pytest.approx(0.05)
    assert scores["certain_gap_precision"] == 1
    assert scores["brier_skill"] < 0


def test_pairs_scored_too_low_or_not_judged_are_left_out(bench: Bench) -> None:
    judged = calibration.on_cstnews(bench)
    assert judged.links.score.min() >= calibration.CANDIDATE
    assert judged.links.right[judged.links.chosen].all()
    assert judged.gaps.right.any()
