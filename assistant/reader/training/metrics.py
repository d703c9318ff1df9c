"""Figures for rankings, decisions and probabilities, with numpy alone."""

from __future__ import annotations

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
Truths = np.ndarray[Any, np.dtype[np.bool_]]


def auc(scores: Floats, true: Truths) -> float:
    """Area under the ROC curve: how often a true one scores above another, ties for half; nan where one lacks."""
    positive, negative = np.sort(scores[true]), scores[~true]
    if not len(positive) or not len(negative):
        return float("nan")
    above = len(positive) - np.searchsorted(positive, negative, side="right")
    level = np.searchsorted(positive, negative, side="right") - np.searchsorted(
        positive, negative, side="left"
    )
    return float((above + level / 2).mean() / len(positive))


def threshold_at(scores: Floats, true: Truths, refused: float) -> float:
    """The score below which the share `refused` of the true ones lies."""
    return float(np.quantile(scores[true], refused))


def best_threshold(scores: Floats, true: Truths) -> float:
    """The score that tells true from other with the fewest errors, both kinds counted as of equal number."""
    places = np.unique(scores)
    balanced = [((scores[true] >= at).mean() + (scores[~true] < at).mean()) / 2 for at in places]
    return float(places[int(np.argmax(balanced))])


def platt(scores: Floats, true: Truths, steps: int = 50) -> tuple[float, float]:
    """Slope and offset with which the sigmoid of a score is a probability (Platt 1999, with his priors)."""
    count = true.sum()
    high, low = (count + 1) / (count + 2), 1 / (len(true) - count + 2)
    wanted = np.where(true, high, low)
    rows = np.stack([scores, np.ones_like(scores)], axis=1)
    found = np.zeros(2)
    for _ in range(steps):
        said = sigmoid(rows @ found)
        slope = rows.T @ (said - wanted) + 1e-6 * found
        curve = (rows * (said * (1 - said))[:, None]).T @ rows + 1e-6 * np.eye(2)
        found = found - np.linalg.solve(curve, slope)
    return float(found[0]), float(found[1])


def calibration_error(said: Floats, true: Truths, bins: int = 10) -> float:
    """Expected calibration error: what is said less what is, in the mean over `bins` of equal number."""
    order = np.argsort(said, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(len(part) * abs(said[part].mean() - true[part].mean()) for part in parts) / len(said))


def sigmoid(scores: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(scores, -60, 60)))


def interval(values: Floats, seed: int = 0, rounds: int = 1000) -> tuple[float, float]:
    """The 95 % bootstrap interval of a mean."""
    chance = np.random.default_rng(seed)
    means = values[chance.integers(0, len(values), (rounds, len(values)))].mean(1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)
