"""Did a date change the relation? Segmented regression of counts before and after it: an interrupted time series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import statsmodels.api as sm  # type: ignore[import-untyped]
from scipy import stats
from statsmodels.stats.diagnostic import acorr_ljungbox  # type: ignore[import-untyped]

Floats = npt.NDArray[np.float64]

# A level and a slope on each side take four numbers; with fewer periods than this on a side, they follow the noise.
MIN_SIDE: Final = 8
# Below this chance, residuals hang together in time, and errors are those of Newey and West.
_DEPENDENT: Final = 0.05


@dataclass(frozen=True, slots=True)
class Interruption:
    """What a date changed in one series of counts: the ratio of levels and of slopes, with intervals and chances.

    `level` is the count expected just after the date over what the slope before it would have led to; `slope` the growth per
    period after over before. `dependent` tells whether errors allow for residuals that hang together.
    """

    level: float
    level_low: float
    level_high: float
    level_chance: float
    slope: float
    slope_low: float
    slope_high: float
    slope_chance: float
    dependent: bool


def interruption(counts: Floats, at: int, *, level: float = 0.95) -> Interruption | None:
    """Return what changed before period number `at` in a series of counts; None where a side is too short or has no event.

    log E(count) = a + b time + c after + d (time - at) after, by quasi-Poisson regression; `c` is the level, `d` the slope.
    """
    before, after = counts[:at], counts[at:]
    if min(len(before), len(after)) < MIN_SIDE or not before.any() or not after.any():
        return None
    time = np.arange(len(counts), dtype=np.float64) - at
    later = (time >= 0).astype(np.float64)
    design = np.stack([np.ones_like(time), time, later, time * later], axis=1)
    model = sm.GLM(counts, design, family=sm.families.Poisson())
    fitted = model.fit(scale="X2")
    residuals = np.asarray(fitted.resid_pearson)
    lags = min(6, len(counts) // 5)
    dependent = bool(acorr_ljungbox(residuals, lags=[lags], model_df=0)["lb_pvalue"].iloc[0] < _DEPENDENT)
    if dependent:
        fitted = model.fit(cov_type="HAC", cov_kwds={"maxlags": int(4 * (len(counts) / 100) ** (2 / 9)) + 1})
    free = len(counts) - design.shape[1]
    reach = float(stats.t.ppf((1 + level) / 2, free))
    found = [_ratio(fitted, number, reach, free) for number in (2, 3)]
    return Interruption(*found[0], *found[1], dependent)


def _ratio(fitted: Any, number: int, reach: float, free: int) -> tuple[float, float, float, float]:
    """Return a coefficient as a ratio with its interval, and its chance under Student's t."""
    value, error = float(fitted.params[number]), float(fitted.bse[number])
    chance = 2 * float(stats.t.sf(abs(value / error), free)) if error > 0 else float("nan")
    # A ratio beyond e^50 is a side almost without events; it is kept finite so that files hold it.
    bounds = np.exp(np.clip([value, value - reach * error, value + reach * error], -50, 50))
    return float(bounds[0]), float(bounds[1]), float(bounds[2]), chance
