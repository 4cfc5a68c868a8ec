"""Did a date change the relation? Segmented regression of counts before and after it: an interrupted time series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from verbale.measures.penalised import Penalised, fitted, profile_bounds, shortfall

Floats = npt.NDArray[np.float64]

# A level and a slope on each side take four numbers; with fewer periods than this on a side, they follow the noise.
MIN_SIDE: Final = 8
# With fewer events on a side, a line tells next to nothing: of simulated series with one to nine, the interval of the ratio
# spans a factor of 25 to 8,000 in half, that of the ratio of means one of 6 to 100 (docs/measures.md).
MIN_EVENTS: Final = 10
# Where a line leads to fewer events than this in the `MIN_SIDE` periods next to the date, it is carried by none there, and what
# it says of the date is the exponential's: the ratio may be of any size.
MIN_NEAR: Final = 1.0
# A series whose periods hang together beyond this tells next to nothing of a level.
_MOST_DEPENDENT: Final = 0.95
# What of a drift a period hands on to the next, at least. Counts scatter about what drifts, so that neighbours correlate by
# less than the drift lasts: of series that drift with 0.5, by 0.2. With this, 4 % of these alarm (9 % before), and a doubling
# in 30 periods a side is found in 62 % instead of 67 % (docs/measures.md).
_MEMORY: Final = 0.65


@dataclass(frozen=True, slots=True)
class Interruption:
    """What a date changed in one series of counts: the ratio of levels and of slopes, with intervals and chances.

    `level` is the count expected just after the date over what the slope before it would have led to; `slope` the growth per
    period after over before. `dependence` is the correlation of neighbouring periods that intervals and chances allow for.
    """

    level: float
    level_low: float
    level_high: float
    level_chance: float
    slope: float
    slope_low: float
    slope_high: float
    slope_chance: float
    dependence: float


def interruption(counts: Floats, at: int, *, level: float = 0.95) -> Interruption | None:
    """Return what changed before period number `at` in a series of counts; None where a side is too short or has few events.

    log E(count) = a + b time + c after + d (time - at) after, by quasi-Poisson regression with Firth's penalty (`penalised`);
    `c` is the level, `d` the slope. Intervals and chances are those of the F test of the penalised deviance (McCullagh and
    Nelder 1989; Heinze and Schemper 2002), which in short series holds its level where Wald's test of the same coefficient
    does, and finds more. The scale is at least 1: counts vary at least as independent events do.
    """
    if min(at, len(counts) - at) < MIN_SIDE or min(counts[:at].sum(), counts[at:].sum()) < MIN_EVENTS:
        return None
    # Half of the series is the unit of time, so that both coefficients are of one size.
    unit = len(counts) / 2
    time = (np.arange(len(counts), dtype=np.float64) - at) / unit
    later = (time >= 0).astype(np.float64)
    design = np.stack([np.ones_like(time), time, later, time * later], axis=1)
    best = fitted(counts, design)
    if min(best.means[at - MIN_SIDE : at].sum(), best.means[at : at + MIN_SIDE].sum()) < MIN_NEAR:
        return None
    related = _dependence(counts, best, design)
    # Of periods whose correlation is r between neighbours and falls by m with each further one, means vary so much more
    # (Bartlett 1946); with m = r that is (1 + r) / (1 - r).
    times = 1 + 2 * related / (1 - max(related, _MEMORY))
    free = len(counts) - design.shape[1]
    scale = max(float(((counts - best.means) ** 2 / best.means).sum()) / free, 1.0) * times
    allowed = float(stats.f.ppf(level, 1, free)) * scale

    def told(number: int, per: float) -> tuple[float, float, float, float]:
        low, high = profile_bounds(counts, design, best, number, allowed)
        value, lowest, highest = np.exp(np.array([best.coefficients[number], low, high]) / per)
        chance = float(stats.f.sf(shortfall(counts, design, best, number) / scale, 1, free))
        return float(value), float(lowest), float(highest), chance

    return Interruption(*told(2, 1.0), *told(3, unit), related)


def _dependence(counts: Floats, best: Penalised, design: Floats) -> float:
    """Return the correlation of neighbouring residuals, freed of the bias that fitting gives it; 0 where it may be chance.

    Residuals of a regression on time are less alike than what is left in truth: without any dependence, their correlation has
    the expectation tr(M D) / tr(M), with M the projection on what the design leaves and D the shift by one period. What is not
    above half a standard error, 0.5 / sqrt(n), is taken for none; the usual 5 % would miss most dependence in short series.
    """
    residuals = (counts - best.means) / np.sqrt(best.means)
    if not (residuals**2).sum() > 0:
        return 0.0
    basis = np.linalg.qr(design * np.sqrt(best.means)[:, None])[0]
    left = np.eye(len(residuals)) - basis @ basis.T
    expected = float(np.trace(left, offset=1) / np.trace(left))
    seen = float((residuals[1:] * residuals[:-1]).sum() / (residuals**2).sum())
    related = seen - expected
    return min(related, _MOST_DEPENDENT) if related > 0.5 / np.sqrt(len(residuals)) else 0.0
