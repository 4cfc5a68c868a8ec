"""Poisson regression with Firth's penalty: finite coefficients and intervals also where a side has hardly an event.

Likelihood alone puts a coefficient at infinity where a series is empty on one side of a date, or where its only events lie at
one end of it. The penalty, half the log of the determinant of the information (Jeffreys' prior; Firth 1993), takes away the
first order of the bias, and keeps every coefficient finite (Köll, Kosmidis, Kleiber and Zeileis 2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import optimize

Floats = npt.NDArray[np.float64]

_STEPS: Final = 200
# A step changes no coefficient by more than this; from a bad start, Fisher's steps are far too long.
_LONGEST: Final = 2.0
_NEAR_ENOUGH: Final = 1e-7
# Logs of means beyond this are of no series: e^30 events a period.
_MOST: Final = 30.0
# Coefficients that far from the best one are not looked at for a bound: e^25 is a ratio of seventy billion.
_FARTHEST: Final = 25.0


@dataclass(frozen=True, slots=True)
class Penalised:
    """A fit: coefficients, means by period, and the penalised log-likelihood up to a constant."""

    coefficients: Floats
    means: Floats
    likelihood: float


def fitted(counts: Floats, design: Floats, *, held: tuple[int, float] | None = None, start: Floats | None = None) -> Penalised:
    """Return the fit of counts (periods) on a design (periods x columns); `held` keeps the coefficient of a column at a value.

    Fisher's steps on the score whose counts have half of their leverage added (Firth 1993), halved until the likelihood grows.
    """
    free = [number for number in range(design.shape[1]) if held is None or number != held[0]]
    beta = np.zeros(design.shape[1]) if start is None else start.copy()
    if start is None:
        beta[0] = np.log(max(float(counts.mean()), 0.5 / len(counts)))
    if held is not None:
        beta[held[0]] = held[1]
    means, information, likelihood = _at(counts, design, beta)
    for _ in range(_STEPS):
        leverage = means * np.einsum("ij,jk,ik->i", design, np.linalg.pinv(information), design)
        score = design.T @ (counts - means + leverage / 2)
        step = np.zeros(len(beta))
        step[free] = np.linalg.lstsq(information[np.ix_(free, free)], score[free], rcond=None)[0]
        step *= min(1.0, _LONGEST / max(float(np.abs(step).max()), 1e-12))
        while True:
            tried = _at(counts, design, beta + step)
            if tried[2] >= likelihood - 1e-12 or float(np.abs(step).max()) < _NEAR_ENOUGH:
                break
            step = step / 2
        beta = beta + step
        means, information, likelihood = tried
        if float(np.abs(step).max()) < _NEAR_ENOUGH:
            break
    return Penalised(beta, means, likelihood)


def _at(counts: Floats, design: Floats, beta: Floats) -> tuple[Floats, Floats, float]:
    """Return means, information and penalised log-likelihood at some coefficients."""
    logs = np.clip(design @ beta, -_MOST, _MOST)
    means: Floats = np.exp(logs)
    information: Floats = design.T @ (design * means[:, None])
    _, determinant = np.linalg.slogdet(information)
    return means, information, float((counts * logs - means).sum() + determinant / 2)


def profile_bounds(counts: Floats, design: Floats, best: Penalised, number: int, allowed: float) -> tuple[float, float]:
    """Return the values of a coefficient at which twice the log-likelihood is `allowed` below its best, all others refitted."""
    found = []
    for way in (-1.0, 1.0):
        value, start = float(best.coefficients[number]), best.coefficients

        def short(moved: float, way: float = way, value: float = value, start: Floats = start) -> float:
            # How far the likelihood at this distance is above what is allowed; its root is nearly straight in the distance.
            at = fitted(counts, design, held=(number, value + way * moved), start=start)
            return float(np.sqrt(max(2 * (best.likelihood - at.likelihood), 0.0)) - np.sqrt(allowed))

        far = 0.5
        while far < _FARTHEST and short(far) < 0:
            far *= 2
        far = min(far, _FARTHEST)
        moved = float(optimize.brentq(short, 0.0, far, xtol=1e-3)) if short(far) > 0 else far
        found.append(value + way * moved)
    return found[0], found[1]


def shortfall(counts: Floats, design: Floats, best: Penalised, number: int) -> float:
    """Return by how much twice the log-likelihood falls where a coefficient is 0."""
    at_none = fitted(counts, design, held=(number, 0.0), start=best.coefficients)
    return max(2 * (best.likelihood - at_none.likelihood), 0.0)
