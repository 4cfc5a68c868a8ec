"""Where the level or the variance of a series of counts changes: how many times, tested against chance, and when.

A series is an array of periods x sides (counts of cooperation and of conflict). How many changes there are is decided by
permutation: without a change, any order of the periods is as likely as any other, so that the largest gain in likelihood of a
split is compared with that of the shuffled series. Where they are is what `ruptures` finds for that number with the cost of the
same count model. Of these, as many are kept as a drift of the series does not explain as well (`drift`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import ruptures  # type: ignore[import-untyped]

from verbale.measures.drift import SURE, margin, shortened, wanders

Floats = npt.NDArray[np.float64]

# The chance of a false alarm in a series without change, divided between level and variance. 4 % together keep what is
# counted in 500 simulated series (whose own error is 1 %) at or below 5 %; with 5 %, one process of four counted 5.8 %.
ALPHA_LEVEL: Final = 0.025
ALPHA_VARIANCE: Final = 0.015
# The smallest chance that 499 shuffles can tell is 0.002, well below both.
SHUFFLES: Final = 499
# Fewer periods than this on one side of a change tell no level; of a variance, eight are the least (docs/measures.md).
MIN_LEVEL: Final = 3
MIN_VARIANCE: Final = 8
# Pairs of changes are tried on a grid of at most this many places, so that long series stay fast; single ones everywhere.
_GRID: Final = 40


@dataclass(frozen=True, slots=True)
class Change:
    """A change before the period number `at`; `chance` is how often shuffled series show as large a gain."""

    at: int
    kind: str
    chance: float


class CountCost(ruptures.base.BaseCost):  # type: ignore[misc]
    """Half the deviance of counts from their mean in a segment, summed over sides: Poisson likelihood scaled by dispersion.

    Dividing by the dispersion of each side makes it the quasi-likelihood of a negative binomial process with variance
    proportional to the mean.
    """

    model = "counts"
    min_size = MIN_LEVEL

    def __init__(self, scale: Floats) -> None:
        """Keep the dispersion of each side."""
        self.scale = scale
        self.sums: Floats = np.zeros((1, len(scale)))

    def fit(self, signal: Floats) -> CountCost:
        """Sum up the series once."""
        self.signal = signal
        self.sums = np.vstack([np.zeros(signal.shape[1]), np.cumsum(signal, axis=0)])
        return self

    def error(self, start: int, end: int) -> float:
        """Return the cost of the segment from `start` to `end` (exclusive), up to a constant of the whole series."""
        return float(segment_cost(self.sums[end] - self.sums[start], np.float64(end - start), self.scale))


class VarianceCost(CountCost):
    """The cost of squared residuals under a normal distribution with mean zero and a variance of the segment's own."""

    model = "variance"
    min_size = MIN_VARIANCE

    def error(self, start: int, end: int) -> float:
        """Return the cost of the segment from `start` to `end` (exclusive)."""
        return float(variance_cost(self.sums[end] - self.sums[start], np.float64(end - start), self.scale))


def segment_cost(total: Floats, length: Any, scale: Floats) -> Any:
    """Return minus the log-likelihood of segments with these totals (last axis: sides), without terms that no split changes."""
    mean = total / np.asarray(length)[..., None]
    return -(total * np.log(np.maximum(mean, 1e-12)) / scale).sum(axis=-1)


def variance_cost(total: Floats, length: Any, scale: Floats) -> Any:
    """Return half the log-likelihood cost of segments whose squared residuals sum to `total` (last axis: sides)."""
    length = np.asarray(length, dtype=np.float64)
    # A segment of equal counts has no variance at all; a hundredth of the expected one keeps the logarithm.
    variance = np.maximum(total / length[..., None], 0.01)
    return 0.5 * (length[..., None] * np.log(variance) / scale).sum(axis=-1)


def dispersion(series: Floats) -> Floats:
    """Return the dispersion of each side, at least 1: half the mean squared difference of neighbours over the mean.

    Neighbours differ by a change of level only once, so that the estimate hardly rises with it (von Neumann 1941).
    """
    mean = np.maximum(series.mean(axis=0), 1e-12)
    found: Floats = np.maximum(0.5 * (np.diff(series, axis=0) ** 2).mean(axis=0) / mean, 1.0)
    return found


@dataclass(frozen=True, slots=True)
class Searched:
    """The changes found, in order of time, and the places of level changes that shuffling finds and drift explains as well.

    `margin` is the log-likelihood by which the best number of changes is above what it must gain on drift; where that is not
    positive, none of level is told. `sure` tells whether they would be in a series of `drift.SURE` periods as well.
    """

    changes: list[Change]
    drifting: list[int]
    margin: float
    sure: bool


def change_points(
    series: Floats, *, seed: int, alpha: float = ALPHA_LEVEL, alpha_variance: float = ALPHA_VARIANCE
) -> list[Change]:
    """Return the changes of level, then those of variance within the stretches between them, in order of time.

    `series` is periods x sides; a side without any event is left out.
    """
    return searched(series, seed=seed, alpha=alpha, alpha_variance=alpha_variance).changes


def searched(series: Floats, *, seed: int, alpha: float = ALPHA_LEVEL, alpha_variance: float = ALPHA_VARIANCE) -> Searched:
    """Return what `change_points` does, and what was found and not told since the series may drift."""
    told = series[:, series.sum(axis=0) > 0]
    random = np.random.default_rng(seed)
    scale = dispersion(told)
    levels = _search(told, segment_cost, scale, MIN_LEVEL, alpha, random)
    cuts, above, sure = _beyond_drift(told, len(levels), scale)
    # Neighbours that hang together make squared residuals do so as well: shuffling tells nothing of the variance either. Where
    # they do not, a change of variance is sought also if levels that seemed to change may be drift.
    drifting = refined(told, len(levels), scale=scale) if levels and not cuts else []
    if not cuts and wanders(told):
        return Searched([], drifting, above, sure)
    # Places move when all are sought together: the chance of each is that of the nearest.
    found = [Change(at, "level", levels[min(levels, key=lambda place: abs(place - at))]) for at in cuts]
    edges = [0, *cuts, len(told)]
    for start, end in pairwise(edges):
        stretch = told[start:end]
        mean = stretch.mean(axis=0)
        squared = (stretch - mean) ** 2 / np.maximum(mean, 1e-12)
        ones = np.ones(told.shape[1])
        within = _search(squared, variance_cost, ones, MIN_VARIANCE, alpha_variance / (len(edges) - 1), random)
        found += [Change(start + at, "variance", chance) for at, chance in within.items()]
    return Searched(sorted(found, key=lambda change: change.at), drifting, above, sure)


def _beyond_drift(told: Floats, most: int, scale: Floats) -> tuple[list[int], float, bool]:
    """Return the places of as many changes, at most so many, as gain most on drift ([] if not enough), by how much, and
    whether that is enough in a longer series too.
    """
    short = shortened(told)
    places = [refined(short, number) for number in range(1, min(most, len(short) // MIN_LEVEL - 1) + 1)]
    if not places:
        return [], 0.0, True
    margins = [margin(short, one) for one in places]
    best = int(np.argmax(margins))
    sure = margin(short, places[best], periods=SURE) > 0
    return (refined(told, best + 1, scale=scale) if margins[best] > 0 else []), margins[best], sure


def refined(series: Floats, number: int, *, scale: Floats | None = None) -> list[int]:
    """Return where a number of changes of level lies best, by dynamic programming over all places (`ruptures.Dynp`)."""
    if not number:
        return []
    cost = CountCost(dispersion(series) if scale is None else scale)
    found = ruptures.Dynp(custom_cost=cost, min_size=MIN_LEVEL, jump=1).fit(series).predict(n_bkps=number)
    return [int(at) for at in found[:-1]]


def _search(
    series: Floats, cost: Any, scale: Floats, least: int, alpha: float, random: np.random.Generator
) -> dict[int, float]:
    """Split where the gain is larger than chance, then search both parts at half the chance of error; place -> chance."""
    if len(series) < 2 * least:
        return {}
    orders = random.permuted(np.tile(np.arange(len(series)), (SHUFFLES, 1)), axis=1)
    every = np.concatenate([np.arange(len(series))[None], orders])
    sums = np.cumsum(series[every], axis=1)
    sums = np.concatenate([np.zeros_like(sums[:, :1]), sums], axis=1)
    whole = cost(sums[:, -1], float(len(series)), scale)
    gains, cuts = [], []
    for places in _places(len(series), least):
        gain = whole[:, None] - _split_cost(sums, places, cost, scale)
        gains.append(gain.max(axis=1))
        cuts.append(places[int(gain[0].argmax())])
    stacked = np.stack(gains, axis=1)
    # Two changes gain more than one by chance alone: each is measured in units of its own shuffled gains.
    spread = np.maximum(stacked[1:].std(axis=0), 1e-12)
    standard = (stacked - stacked[1:].mean(axis=0)) / spread
    largest = standard.max(axis=1)
    # Ties count against a change.
    chance = float((1 + (largest[1:] >= largest[0] - 1e-9).sum()) / (SHUFFLES + 1))
    if chance > alpha:
        return {}
    chosen = [int(at) for at in cuts[int(standard[0].argmax())]]
    found = dict.fromkeys(chosen, chance)
    edges = [0, *chosen, len(series)]
    for start, end in pairwise(edges):
        inner = _search(series[start:end], cost, scale, least, alpha / 2, random)
        found |= {start + at: value for at, value in inner.items()}
    return dict(sorted(found.items()))


@lru_cache(maxsize=256)
def _places(length: int, least: int) -> tuple[npt.NDArray[np.int64], ...]:
    """Return the places for one change (n x 1), and for two (n x 2) where the series has room for three segments."""
    single = np.arange(least, length - least + 1)[:, None]
    step = max(1, -(-length // _GRID))
    grid = np.arange(least, length - least + 1, step)
    first, second = np.meshgrid(grid, grid, indexing="ij")
    room = second - first >= least
    pairs = np.stack([first[room], second[room]], axis=1)
    return (single, pairs) if len(pairs) else (single,)


def _split_cost(sums: Floats, places: npt.NDArray[np.int64], cost: Any, scale: Floats) -> Floats:
    """Return the cost of every series (first axis) split at every place (second axis)."""
    length = sums.shape[1] - 1
    bounds = np.concatenate([np.zeros((len(places), 1), dtype=np.int64), places, np.full((len(places), 1), length)], axis=1)
    total = np.zeros((sums.shape[0], len(places)))
    for start, end in zip(bounds.T, bounds.T[1:], strict=False):
        total += cost(sums[:, end] - sums[:, start], (end - start)[None].astype(np.float64), scale)
    return total
