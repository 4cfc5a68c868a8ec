"""Vector autoregression of two directed series, and whether one helps to foretell the other (Granger)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import stats
from statsmodels.tsa.api import VAR  # type: ignore[import-untyped]
from statsmodels.tsa.stattools import adfuller  # type: ignore[import-untyped]

from verbale.measures.responses import near_shifts

Floats = npt.NDArray[np.float64]

# A pair of series with four lags has eighteen coefficients; with fewer periods, tests reject too often (docs/measures.md).
MIN_PERIODS: Final = 60
# Periods in which something must happen on each side: a series of zeros with a few acts is not linear in anything.
MIN_ACTIVE: Final = 20
MOST_LAGS: Final = 4
# Causes are shifted by up to so many periods, not further: see `responses.near_shifts`.
_FAR: Final = 60


@dataclass(frozen=True, slots=True)
class Granger:
    """Whether the past of `cause` helps to foretell `effect`: summed coefficients with interval, and chances.

    `chance` is that of the F test, `chance_shifted` how often a cause shifted in time does as well. `root` is the chance of the
    augmented Dickey-Fuller test that the effect has a unit root; where it is large, the test of Granger is not to be trusted.
    """

    lags: int
    response: float
    low: float
    high: float
    chance: float
    chance_shifted: float
    root: float


def granger(cause: Floats, effect: Floats, *, random: np.random.Generator, level: float = 0.95) -> Granger | None:
    """Return what the past of one series tells of another, with as many lags (1 to 4) as Akaike's criterion chooses.

    None where the series are shorter than `MIN_PERIODS` or fewer than `MIN_ACTIVE` periods of either are not zero.
    """
    if len(cause) < MIN_PERIODS or min(np.count_nonzero(cause), np.count_nonzero(effect)) < MIN_ACTIVE:
        return None
    both = np.stack([effect, cause], axis=1)
    lags = max(1, int(VAR(both).select_order(MOST_LAGS).aic))
    fitted = VAR(both).fit(lags)
    statistic, chance = _test(both, lags)
    shifts = near_shifts(len(cause), 2 * lags + 1, _FAR, random=random)
    shifted = np.array([_test(np.stack([effect, np.roll(cause, shift)], axis=1), lags)[0] for shift in shifts])
    value, error = _summed(fitted, lags)
    reach = float(stats.t.ppf((1 + level) / 2, fitted.df_resid)) * error
    return Granger(
        lags,
        value,
        value - reach,
        value + reach,
        chance,
        float((1 + (shifted >= statistic - 1e-12).sum()) / (len(shifts) + 1)),
        float(adfuller(effect, result_object=False)[1]),
    )


def _test(both: Floats, lags: int) -> tuple[float, float]:
    """Return F and its chance that the second series adds nothing to the first one's own past, by least squares."""
    length = len(both) - lags
    past = [both[lags - lag : len(both) - lag] for lag in range(1, lags + 1)]
    own = np.column_stack([np.ones(length), *(one[:, 0] for one in past)])
    full = np.column_stack([own, *(one[:, 1] for one in past)])
    told = both[lags:, 0]
    without, with_cause = (float(((told - design @ np.linalg.lstsq(design, told)[0]) ** 2).sum()) for design in (own, full))
    free = length - full.shape[1]
    statistic = (without - with_cause) / lags / max(with_cause / free, 1e-12)
    return statistic, float(stats.f.sf(statistic, lags, free))


def _summed(fitted: Any, lags: int) -> tuple[float, float]:
    """Return the sum of the cause's coefficients in the equation of the effect, and its standard error."""
    numbers = [1 + 2 * lag + 1 for lag in range(lags)]  # after the constant, each lag has the effect, then the cause
    value = float(np.asarray(fitted.params)[numbers, 0].sum())
    # The covariance of all coefficients runs through the equations of one regressor after another.
    size = 2
    flat = [number * size for number in numbers]
    covariance = np.asarray(fitted.cov_params())[np.ix_(flat, flat)]
    return value, float(np.sqrt(covariance.sum()))
