"""Does one side answer the other's acts: how often within a window, against how often acts fall into such windows by chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# Fewer acts than this give a share whose interval is half the scale.
MIN_ACTS: Final = 20
# Stretches of time between which acts are taken for independent: each as long as two windows, and at least so many.
_STRETCHES: Final = 8
# Shifts that are tried: the smallest chance that they can tell is 0.002.
SHIFTS: Final = 499
# Answers are moved by up to ten windows (at least fifty periods), not over the whole series: in a war both sides fight, and
# in peace neither does, which is no answer. Shifts over decades would take it for one.
_FAR: Final = 10
_FAR_LEAST: Final = 50


@dataclass(frozen=True, slots=True)
class Response:
    """How often acts are answered: share of acts with an answer within the window, the same by chance, and the strength.

    `strength` is the chance that an act brings an answer that would not have come without it: 1 - (1 - share) / (1 - baseline).
    `chance` is how often shifted answers give as large a share. `answered` numbers the acts with an answer, `answers` the
    answering acts, both in the order given.
    """

    acts: int
    share: float
    baseline: float
    strength: float
    low: float
    high: float
    chance: float
    answered: Integers
    answers: Integers


def response(
    acts: Integers, answers: Integers, *, length: int, window: int, random: np.random.Generator, level: float = 0.95
) -> Response | None:
    """Return how often `acts` are followed by `answers` within `window` periods; both are period numbers below `length`.

    An answer comes in a later period than the act. Acts whose window reaches beyond the end are left out. Chance: all answers
    are moved by the same number of periods, round the end to the beginning, which keeps their own rhythm and breaks the tie to
    the acts (`near_shifts`). None for fewer than `MIN_ACTS` acts, fewer answers than half of that, or fewer than 8 stretches of
    two windows.
    """
    counted = np.flatnonzero(acts < length - window)
    width = max(2 * window, -(-length // 100))
    if len(counted) < MIN_ACTS or len(answers) < MIN_ACTS // 2 or len(np.unique(acts[counted] // width)) < _STRETCHES:
        return None
    times = acts[counted]
    order = np.argsort(answers, kind="stable")
    hit = _hit(times, answers[order], window)
    share = float(hit.mean())
    shifts = near_shifts(length, 2 * window + 1, max(_FAR * window, _FAR_LEAST), random=random)
    shifted = np.stack([_hit(times, np.sort((answers + shift) % length), window) for shift in shifts])
    by_chance = shifted.mean(axis=1)
    baseline = float(by_chance.mean())
    if baseline >= 1:  # an answer falls into every window anyhow, so that nothing can be told
        return None
    strength = 1 - (1 - share) / (1 - baseline)
    # How each act moves the strength: by its own answer, and by how many answers are about at its time anyway.
    moved = (hit - share) / (1 - baseline) - (1 - share) * (shifted.mean(axis=0) - baseline) / (1 - baseline) ** 2
    error, free = clustered_error(moved, times // width)
    reach = float(stats.t.ppf((1 + level) / 2, free)) * error
    sorted_answers = answers[order]
    behind = np.searchsorted(np.sort(times), sorted_answers, side="left") - np.searchsorted(
        np.sort(times), sorted_answers - window, side="left"
    )
    return Response(
        len(times),
        share,
        baseline,
        strength,
        strength - reach,
        min(strength + reach, 1.0),
        float((1 + (by_chance >= share - 1e-9).sum()) / (len(shifts) + 1)),
        counted[hit],
        order[behind > 0],
    )


def near_shifts(length: int, least: int, most: int, *, random: np.random.Generator) -> Integers:
    """Return by how many periods a series is moved to see what chance does: from `least` to `most`, back and forth, each once.

    A random 499 where there are more; at most half the series' `length`.
    """
    ahead = np.arange(least, max(least, min(most, length // 2)) + 1)
    every = np.concatenate([ahead, -ahead])
    return every if len(every) <= SHIFTS else random.choice(every, SHIFTS, replace=False)


def _hit(times: Integers, answers: Integers, window: int) -> npt.NDArray[np.bool_]:
    """Tell for each act whether one of the sorted answers comes after its period and within the window."""
    hit: npt.NDArray[np.bool_] = np.searchsorted(answers, times + window, side="right") > np.searchsorted(
        answers, times, side="right"
    )
    return hit


def clustered_error(moved: Floats, stretch: Integers) -> tuple[float, int]:
    """Return the standard error of a mean to which acts of one stretch contribute together, and its degrees of freedom.

    `moved` is by how much each act moves the mean, summing to 0: the linearised variance over clusters (Cochran 1977, 3.12).
    """
    names, of = np.unique(stretch, return_inverse=True)
    sums = np.bincount(of, weights=moved, minlength=len(names))
    free = len(names) - 1
    return float(np.sqrt(len(names) / free * (sums**2).sum()) / len(moved)), free


def cross_correlation(first: Floats, second: Floats, *, lags: int, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Return the correlation of `first` with `second` so many periods later, for lags from -`lags` to `lags`, and its chance.

    The chance is two-sided, from second series that are shifted round the end to the beginning by more than `lags` periods
    (`near_shifts`).
    """
    shifts = near_shifts(len(first), 2 * lags + 1, _FAR_LEAST + 2 * lags, random=random)
    seen = _correlations(first, second, lags)
    shuffled = np.stack([_correlations(first, np.roll(second, shift), lags) for shift in shifts])
    chance = (1 + (np.abs(shuffled) >= np.abs(seen) - 1e-12).sum(axis=0)) / (len(shifts) + 1)
    return seen, chance


def _correlations(first: Floats, second: Floats, lags: int) -> Floats:
    one, other = first - first.mean(), second - second.mean()
    scale = np.sqrt((one**2).sum() * (other**2).sum())
    length = len(one)
    found = [
        float((one[max(0, -lag) : length - max(0, lag)] * other[max(0, lag) : length - max(0, -lag)]).sum() / scale)
        for lag in range(-lags, lags + 1)
    ]
    return np.array(found)
