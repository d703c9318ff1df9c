import numpy as np
import pytest

from assistant.reader.training.metrics import (
    auc,
    best_threshold,
    calibration_error,
    platt,
    sigmoid,
    threshold_at,
)


@pytest.mark.parametrize(
    ("scores", "true", "expected"),
    [([3, 2, 1, 0], [1, 1, 0, 0], 1.0), ([0, 1, 2, 3], [1, 1, 0, 0], 0.0), ([1, 1, 1, 1], [1, 0, 1, 0], 0.5)],
)
def test_auc(scores: list[float], true: list[int], expected: float) -> None:
    assert auc(np.array(scores, dtype=float), np.array(true, dtype=bool)) == expected


def test_auc_without_two_kinds_is_not_a_number() -> None:
    assert np.isnan(auc(np.array([1.0]), np.array([True])))


def test_the_threshold_refuses_the_stated_share() -> None:
    scores, true = np.arange(100.0), np.ones(100, dtype=bool)
    assert (scores < threshold_at(scores, true, 0.1)).mean() == pytest.approx(0.1)


def test_the_best_threshold_parts_what_can_be_parted() -> None:
    scores = np.array([0.0, 1.0, 5.0, 6.0])
    assert best_threshold(scores, np.array([False, False, True, True])) == 5.0


def test_platt_scaling_mends_scores_that_are_too_sure() -> None:
    chance = np.random.default_rng(0)
    real = chance.normal(size=4000)
    true = chance.random(4000) < sigmoid(real)
    boasted = 4 * real + 1
    slope, offset = platt(boasted, true)
    assert slope == pytest.approx(0.25, abs=0.03)
    before, after = (calibration_error(sigmoid(one), true) for one in (boasted, slope * boasted + offset))
    assert after < 0.03 < 0.1 < before
