"""Time to an event with censoring: Kaplan-Meier through statsmodels, with intervals for a share and for a median."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats
from statsmodels.duration.survfunc import SurvfuncRight  # type: ignore[import-untyped]
from statsmodels.stats.proportion import proportion_confint  # type: ignore[import-untyped]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval; an end that the data do not bound is None, and so is a value that they do not reach."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Waiting:
    """Times to an event, in any unit, from 0; `happened` tells which ended in the event, the others were still waiting.

    One still waiting at a time counts as at risk at that time.
    """

    time: Floats
    happened: npt.NDArray[np.bool_]

    def curve(self, level: float) -> list[tuple[float, Estimate, int]]:
        """Return the steps of the share in which the event has happened: time, share with interval, number at risk."""
        times = (float(time) for time in self._function.surv_times)
        return [(time, self.share_by(time, level), int((self.time >= time).sum())) for time in times]

    def share_by(self, time: float, level: float) -> Estimate:
        """Return the share in which the event has happened by a time: 1 - S(t).

        The interval holds the shares that the likelihood ratio does not refuse (Thomas and Grunkemeier 1975), which keeps its
        level near shares of 1 where Greenwood's variance does not. Where S is 1 or 0, it is the exact binomial one (Clopper and
        Pearson 1934) of those of whom it is known whether the event had happened by that time. Beyond the
        longest time that is known, all is None, unless the event has happened in all.
        """
        if not len(self.time):
            return Estimate(None, None, None)
        found = self._function
        at = int(np.searchsorted(found.surv_times, time, side="right")) - 1
        survival = float(found.surv_prob[at]) if at >= 0 else 1.0
        if survival > 0 and time > self.time.max():
            return Estimate(None, None, None)
        if not 0 < survival < 1:
            happened = self.happened & (self.time <= time)
            known = int((happened | (self.time >= time)).sum())
            low, high = proportion_confint(int(happened.sum()), known, alpha=1 - level, method="beta")
            return Estimate(1 - survival, float(low), float(high))
        low, high = _likely(found.n_risk[: at + 1], found.n_events[: at + 1], level)
        return Estimate(1 - survival, 1 - high, 1 - low)

    def median(self, level: float) -> Estimate:
        """Return the time by which the event has happened in half, with the interval of Brookmeyer and Crowley (1982).

        The interval holds the times at which the interval of the share holds a half. Of times in whole units they are the units
        by whose end it is so.
        """
        steps = self.curve(level)
        return Estimate(_first(steps, "value"), _first(steps, "high"), _first(steps, "low"))

    @functools.cached_property
    def _function(self) -> SurvfuncRight:
        return SurvfuncRight(self.time, self.happened.astype(int))


def _likely(at_risk: Floats, ended: Floats, level: float) -> tuple[float, float]:
    """Return between which shares S(t) lies by the likelihood ratio, from those at risk and ended at each step up to t.

    Of all curves with S(t) = s the likeliest has hazards d / (n + a) with one number `a` for all steps; the interval's ends are
    the two numbers at which twice the log-likelihood lost is the quantile of chi-squared with one degree of freedom.
    """
    risk, end = np.asarray(at_risk, dtype=np.float64), np.asarray(ended, dtype=np.float64)
    allowed = float(stats.chi2.ppf(level, 1))

    def likelihood(more: float) -> float:
        hazard = end / (risk + more)
        return float((end * np.log(hazard) + (risk - end) * np.log1p(-hazard)).sum())

    best = likelihood(0.0)

    def beyond(more: float) -> float:
        return 2 * (best - likelihood(more)) - allowed

    # Towards S = 0 the likelihood vanishes where all that are at risk at some step end there.
    least = float((end - risk).max()) * (1 - 1e-12)
    most = 1.0
    while beyond(most) < 0:
        most *= 2
    ends = (optimize.brentq(beyond, least, 0.0), optimize.brentq(beyond, 0.0, most))
    low, high = (float(np.prod(1 - end / (risk + more))) for more in ends)
    return low, high


def _first(steps: list[tuple[float, Estimate, int]], bound: str) -> float | None:
    """Return the first time at which a bound of the share reaches a half."""
    reached = (time for time, share, _ in steps if (getattr(share, bound) or 0.0) >= 0.5)
    return next(reached, None)
