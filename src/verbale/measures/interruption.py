"""Did a date change the relation? Segmented regression of counts before and after it: an interrupted time series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import statsmodels.api as sm  # type: ignore[import-untyped]
from scipy import optimize, stats

Floats = npt.NDArray[np.float64]

# A level and a slope on each side take four numbers; with fewer periods than this on a side, they follow the noise.
MIN_SIDE: Final = 8
# Ratios beyond e^50 are a side almost without events; they are kept finite so that files hold them.
_MOST: Final = 50.0
# A series whose periods hang together beyond this tells next to nothing of a level.
_MOST_DEPENDENT: Final = 0.95
# What of a drift a period hands on to the next, at least. Counts scatter about what drifts, so that neighbours correlate by
# less than the drift lasts: of series that drift with 0.5, by 0.2. With this, 4 % of these alarm (9 % before), and a doubling
# in 30 periods a side is found in 62 % instead of 67 % (docs/measures.md).
_MEMORY: Final = 0.65


# The root of the deviance of a coefficient with which a series cannot be fitted: above every other, and finite to search with.
_HOPELESS: Final = 1e6


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
    """Return what changed before period number `at` in a series of counts; None where a side is too short or has no event.

    log E(count) = a + b time + c after + d (time - at) after, by quasi-Poisson regression; `c` is the level, `d` the slope.
    Intervals and chances are those of the F test of the deviance (McCullagh and Nelder 1989), which in short series holds its
    level where Wald's test of the same coefficient does, and finds more.
    """
    before, after = counts[:at], counts[at:]
    if min(len(before), len(after)) < MIN_SIDE or not before.any() or not after.any():
        return None
    time = np.arange(len(counts), dtype=np.float64) - at
    later = (time >= 0).astype(np.float64)
    design = np.stack([np.ones_like(time), time, later, time * later], axis=1)
    fitted = _fit(counts, design)
    related = _dependence(fitted, design)
    # Of periods whose correlation is r between neighbours and falls by m with each further one, means vary so much more
    # (Bartlett 1946); with m = r that is (1 + r) / (1 - r).
    times = 1 + 2 * related / (1 - max(related, _MEMORY))
    scale = float(fitted.pearson_chi2) / (len(counts) - design.shape[1]) * times
    found = [_ratio(counts, design, number, fitted, scale, level) for number in (2, 3)]
    return Interruption(*found[0], *found[1], related)


def _fit(counts: Floats, design: Floats, offset: Floats | None = None) -> Any:
    return sm.GLM(counts, design, family=sm.families.Poisson(), offset=offset).fit()


def _dependence(fitted: Any, design: Floats) -> float:
    """Return the correlation of neighbouring residuals, freed of the bias that fitting gives it; 0 where it may be chance.

    Residuals of a regression on time are less alike than what is left in truth: without any dependence, their correlation has
    the expectation tr(M D) / tr(M), with M the projection on what the design leaves and D the shift by one period. What is not
    above half a standard error, 0.5 / sqrt(n), is taken for none; the usual 5 % would miss most dependence in short series.
    """
    residuals = np.asarray(fitted.resid_pearson)
    if not (residuals**2).sum() > 0:
        return 0.0
    basis = np.linalg.qr(design * np.sqrt(np.asarray(fitted.mu))[:, None])[0]
    left = np.eye(len(residuals)) - basis @ basis.T
    expected = float(np.trace(left, offset=1) / np.trace(left))
    seen = float((residuals[1:] * residuals[:-1]).sum() / (residuals**2).sum())
    related = seen - expected
    return min(related, _MOST_DEPENDENT) if related > 0.5 / np.sqrt(len(residuals)) else 0.0


def _ratio(
    counts: Floats, design: Floats, number: int, fitted: Any, scale: float, level: float
) -> tuple[float, float, float, float]:
    """Return a coefficient as a ratio with its interval, and its chance: of all values, those that F does not refuse."""
    value, least = float(np.clip(fitted.params[number], -_MOST, _MOST)), float(fitted.deviance)
    others, own = np.delete(design, number, axis=1), design[:, number]
    free = len(counts) - design.shape[1]

    def lost(one: float) -> float:
        # The root of the deviance is nearly straight in the coefficient, so that its bounds are found in few steps.
        try:
            with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
                deviance = float(_fit(counts, others, one * own).deviance)
        except ValueError:  # so far off, over a long series, that means of e to the hundreds are asked for: no fit at all
            return _HOPELESS
        return float(np.sqrt(max(deviance - least, 0.0))) if np.isfinite(deviance) else _HOPELESS

    if not scale > 0:  # a series that the lines fit without a rest
        return float(np.exp(value)), float("nan"), float("nan"), float("nan")
    allowed = float(np.sqrt(stats.f.ppf(level, 1, free) * scale))
    step = 1.3 * allowed * min(float(fitted.bse[number]), 1.0) + 1e-6
    low, high = (_bound(lost, value, way * step, allowed) for way in (-1, 1))
    chance = float(stats.f.sf(lost(0.0) ** 2 / scale, 1, free))
    return float(np.exp(value)), float(np.exp(low)), float(np.exp(high)), chance


def _bound(lost: Any, value: float, step: float, allowed: float) -> float:
    """Return where the root of the deviance lost reaches what is allowed, by growing steps; at most `_MOST`."""
    inside, outside = value, float(np.clip(value + step, -_MOST, _MOST))
    while lost(outside) < allowed:
        if abs(outside) >= _MOST:
            return outside
        inside, outside = outside, float(np.clip(value + 2 * (outside - value), -_MOST, _MOST))
    return float(optimize.brentq(lambda one: lost(one) - allowed, inside, outside, xtol=1e-3))
