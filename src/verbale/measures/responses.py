"""Does one side answer the other's acts: how often within a window, against how often acts fall into such windows by chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats
from statsmodels.stats.multitest import multipletests  # type: ignore[import-untyped]

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# Fewer acts than this give a share whose interval is half the scale.
MIN_ACTS: Final = 20
# Stretches of time between which acts are taken for independent: each as long as two windows, and at least so many.
_STRETCHES: Final = 8
# Shifts and turned series that are tried: the smallest chance that they can tell is 0.002.
SHIFTS: Final = 499
# Answers are moved by up to ten windows (at least fifty periods), and turned within stretches of twice that length, not over
# the whole series: in a war both sides fight, and in peace neither does, which is no answer. Decades would take it for one.
_FAR: Final = 10
_FAR_LEAST: Final = 50


@dataclass(frozen=True, slots=True)
class Response:
    """How often acts are answered: share of acts with an answer within the window, the same by chance, and the strength.

    `strength` is the chance that an act brings an answer that would not have come without it: 1 - (1 - share) / (1 - baseline).
    `chance` is how often answers turned within stretches of time give as large a share. `answered` numbers the acts
    with an answer, `answers` the answering acts, both in the order given.
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

    An answer comes in a later period than the act. Acts whose window reaches beyond the end are left out. Baseline: all answers
    are moved by the same number of periods, by more than two windows, so that none of it is an answer (`near_shifts`). Chance:
    answers are turned within stretches of time (`turned`). None for fewer than `MIN_ACTS` acts, fewer answers than half of
    that, or fewer than 8 stretches of two windows.
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
    baseline = float(shifted.mean())
    if baseline >= 1:  # an answer falls into every window anyhow, so that nothing can be told
        return None
    strength = 1 - (1 - share) / (1 - baseline)
    # How each act moves the strength: by its own answer, and by how many answers are about at its time anyway.
    moved = (hit - share) / (1 - baseline) - (1 - share) * (shifted.mean(axis=0) - baseline) / (1 - baseline) ** 2
    error, free = clustered_error(moved, times // width)
    reach = float(stats.t.ppf((1 + level) / 2, free)) * error
    by_chance = np.array(
        [_hit(times, np.sort(one), window).mean() for one in turned(answers, length, stretch_of(window), random=random)]
    )
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
        permuted(by_chance, share),
        counted[hit],
        order[behind > 0],
    )


def near_shifts(length: int, least: int, most: int, *, random: np.random.Generator) -> Integers:
    """Return by how many periods a series is moved to see what comes about without answers: from `least` to `most`, each once.

    Back and forth, a random 499 where there are more; at most half the series' `length`. Shifted series resemble each other and
    not the one that was seen, so that they give a baseline and no chance; that is what `turned` is for.
    """
    ahead = np.arange(least, max(least, min(most, length // 2)) + 1)
    every = np.concatenate([ahead, -ahead])
    return every if len(every) <= SHIFTS else random.choice(every, SHIFTS, replace=False)


def stretch_of(window: int) -> int:
    """Return the length of the stretches within which `turned` moves answers to acts of a window."""
    return 2 * max(_FAR * window, _FAR_LEAST)


def turned(times: Integers, length: int, stretch: int, *, random: np.random.Generator) -> Iterator[Integers]:
    """Yield 499 times the periods to which `times` come when every stretch of the series is turned round by itself.

    Each stretch is moved by a random number of its own periods, its end coming round to its beginning. That keeps how much
    happens in a stretch and, but for one seam, the rhythm within it, and breaks the tie to another series. Turns make a group
    of which standing still is one, so that a series without a tie is as likely to be seen as any turned one, and the share of
    those that show as much is an exact chance (Hemerik and Goeman 2018). What is left of the series after the last whole
    stretch is one of its own, or belongs to the last one where it is shorter than half of it.
    """
    starts = np.arange(0, max(length, 1), stretch)
    if len(starts) > 1 and length - starts[-1] < stretch / 2:
        starts = starts[:-1]
    lengths = np.diff(np.append(starts, max(length, 1)))
    of = np.searchsorted(starts, times, side="right") - 1
    for _ in range(SHIFTS):
        moved = random.integers(0, lengths)
        yield starts[of] + (times - starts[of] + moved[of]) % lengths[of]


def permuted(by_chance: Floats, seen: float) -> float:
    """Return the chance of a value as large as the one seen; the one seen counts as one of those by chance."""
    return float((1 + (by_chance >= seen - 1e-9).sum()) / (len(by_chance) + 1))


def holm(chances: Sequence[float]) -> list[float]:
    """Return the chances corrected for all of them being looked at (Holm 1979)."""
    return [float(one) for one in multipletests(chances, method="holm")[1]] if len(chances) else []


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


def cross_correlation(
    first: Floats, second: Floats, *, lags: int, random: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Return the correlation of `first` with `second` so many periods later, for lags from -`lags` to `lags`, and its chances.

    The chances are two-sided, from second series `turned` within stretches: of each lag by itself, and of the largest
    correlation of any lag (Westfall and Young 1993).
    """
    seen = _correlations(first, second, lags)
    places = turned(np.arange(len(second)), len(second), stretch_of(lags), random=random)
    by_chance = np.abs(np.stack([_correlations(first, second[place], lags) for place in places]))
    largest = by_chance.max(axis=1)
    alone = np.array([permuted(by_chance[:, lag], value) for lag, value in enumerate(np.abs(seen))])
    return seen, alone, np.array([permuted(largest, value) for value in np.abs(seen)])


def _correlations(first: Floats, second: Floats, lags: int) -> Floats:
    one, other = first - first.mean(), second - second.mean()
    scale = np.sqrt((one**2).sum() * (other**2).sum())
    length = len(one)
    found = [
        float((one[max(0, -lag) : length - max(0, lag)] * other[max(0, lag) : length - max(0, -lag)]).sum() / scale)
        for lag in range(-lags, lags + 1)
    ]
    return np.array(found)
