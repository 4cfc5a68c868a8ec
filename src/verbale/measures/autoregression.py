"""Vector autoregression of two directed series, and whether one helps to foretell the other (Granger)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import stats
from statsmodels.tsa.api import VAR  # type: ignore[import-untyped]
from statsmodels.tsa.ar_model import ar_select_order  # type: ignore[import-untyped]
from statsmodels.tsa.stattools import adfuller  # type: ignore[import-untyped]

from verbale.measures.responses import permuted, turned

Floats = npt.NDArray[np.float64]

# A pair of series with four lags has eighteen coefficients; with fewer periods, tests reject too often (docs/measures.md).
MIN_PERIODS: Final = 60
# Periods in which something must happen on each side: a series of zeros with a few acts is not linear in anything.
MIN_ACTIVE: Final = 20
MOST_LAGS: Final = 4
# Causes are turned within stretches of so many periods: with 60, a series of 60 has one stretch and loses a twentieth of its
# power; with fewer, seams cut the memory of more of the series.
_STRETCH: Final = 30


@dataclass(frozen=True, slots=True)
class Granger:
    """Whether the past of `cause` helps to foretell `effect`: summed coefficients with interval, and chances.

    `chance` is that of the F test, `chance_shifted` how often a cause turned in time does as well. `root` is the chance of the
    augmented Dickey-Fuller test that the effect has a unit root; where it is large, the test of Granger is not to be trusted.
    """

    lags: int
    response: float
    low: float
    high: float
    chance: float
    chance_shifted: float
    root: float


def granger(
    cause: Floats, effect: Floats, *, random: np.random.Generator, lags: int | None = None, level: float = 0.95
) -> Granger | None:
    """Return what the past of one series tells of another, with `lags`, or as many (1 to 4) as the effect's own past asks for.

    That number is chosen by Schwarz's criterion from the effect alone. Chosen from both series, as is often done, it is large
    where the cause seems to tell much, and the test then finds more than there is (docs/measures.md). None where the series are
    shorter than `MIN_PERIODS` or fewer than `MIN_ACTIVE` periods of either are not zero.
    """
    if len(cause) < MIN_PERIODS or min(np.count_nonzero(cause), np.count_nonzero(effect)) < MIN_ACTIVE:
        return None
    order = lags or max(1, len(ar_select_order(effect, MOST_LAGS, ic="bic").ar_lags or []))
    fitted = VAR(np.stack([effect, cause], axis=1)).fit(order)
    places = turned(np.arange(len(cause)), len(cause), _STRETCH, random=random)
    statistics = _statistics(effect, np.stack([cause, *(cause[place] for place in places)]), order)
    value, error = _summed(fitted, order)
    reach = float(stats.t.ppf((1 + level) / 2, fitted.df_resid)) * error
    free = len(cause) - order - 1 - 2 * order
    return Granger(
        order,
        value,
        value - reach,
        value + reach,
        float(stats.f.sf(statistics[0], order, free)),
        permuted(statistics[1:], statistics[0]),
        float(adfuller(effect, result_object=False)[1]),
    )


def _statistics(effect: Floats, causes: Floats, lags: int) -> Floats:
    """Return F that each cause (one a row) adds nothing to the effect's own past, by least squares."""
    length = len(effect) - lags
    past = [effect[lags - lag : len(effect) - lag] for lag in range(1, lags + 1)]
    own = np.linalg.qr(np.column_stack([np.ones(length), *past]))[0]
    others = np.stack([causes[:, lags - lag : causes.shape[1] - lag] for lag in range(1, lags + 1)], axis=-1)
    # What the effect's own past tells is taken out of both sides, so that only the causes are left (Frisch and Waugh 1933).
    told = effect[lags:] - own @ (own.T @ effect[lags:])
    left = np.linalg.qr(others - own @ (own.T @ others))[0]
    gained = ((told @ left) ** 2).sum(axis=-1)
    free = length - 1 - 2 * lags
    found: Floats = gained / lags / np.maximum((told @ told - gained) / free, 1e-12)
    return found


def _summed(fitted: Any, lags: int) -> tuple[float, float]:
    """Return the sum of the cause's coefficients in the equation of the effect, and its standard error."""
    numbers = [1 + 2 * lag + 1 for lag in range(lags)]  # after the constant, each lag has the effect, then the cause
    value = float(np.asarray(fitted.params)[numbers, 0].sum())
    # The covariance of all coefficients runs through the equations of one regressor after another.
    size = 2
    flat = [number * size for number in numbers]
    covariance = np.asarray(fitted.cov_params())[np.ix_(flat, flat)]
    return value, float(np.sqrt(covariance.sum()))
