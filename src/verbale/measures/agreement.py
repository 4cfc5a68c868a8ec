"""Coefficients of similarity of two portfolios of foreign policy: S, Scott's pi, Cohen's kappa and Kendall's tau-b.

A portfolio is a list of positions on one scale: what a state promises to each state of a system, or how it voted on each
resolution. Both portfolios are of the same length; `span` is the greatest distance that two positions can have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from verbale.core.errors import VerbaleError

Floats = npt.NDArray[np.float64]

DISTANCES: Final = ("absolute", "squared", "nominal")
# The distance with which each coefficient was published, taken where the user does not choose: S by Signorino and Ritter
# (1999), pi and kappa by Haege (2011).
PUBLISHED: Final[Mapping[str, str]] = {"S": "absolute", "pi": "squared", "kappa": "squared", "tau-b": "rank"}


def signorino_ritter_s(
    first: Floats, second: Floats, *, span: float, distance: str = "absolute", weights: Floats | None = None
) -> float | None:
    """Return S, from -1 (as far apart as can be) to 1 (the same); None for portfolios without weight.

    S = 1 - 2 sum(w d) / sum(w d_max), with d the absolute (Signorino and Ritter 1999) or squared distance (Haege 2011).
    """
    weight = np.ones(len(first)) if weights is None else weights
    most = _between(np.array([0.0]), np.array([span]), distance)[0] * weight.sum()
    return float(1 - 2 * (weight * _between(first, second, distance)).sum() / most) if most > 0 else None


def scott_pi(first: Floats, second: Floats, *, distance: str = "squared") -> float | None:
    """Return Scott's pi: 1 is the same, 0 what chance would give if both had the mean distribution of the two.

    pi = 1 - observed / expected mean distance; nominal distance gives Scott (1955), squared distance Haege (2011). None where
    both take one and the same position throughout, so that nothing can be expected.
    """
    both = np.concatenate([first, second])
    return _corrected(first, second, both, both, distance)


def cohen_kappa(first: Floats, second: Floats, *, distance: str = "squared") -> float | None:
    """Return Cohen's kappa: 1 is the same, 0 what chance would give with each one's own distribution.

    kappa = 1 - observed / expected mean distance; nominal distance gives Cohen (1960), squared and absolute distance the
    weighted kappa of Cohen (1968), as Haege (2011) takes it. None where nothing can be expected.
    """
    return _corrected(first, second, first, second, distance)


def kendall_tau_b(first: Floats, second: Floats) -> float | None:
    """Return Kendall's tau-b, the measure before S (Bueno de Mesquita 1975); None where one portfolio does not vary."""
    value = float(stats.kendalltau(first, second).statistic) if len(first) > 1 else float("nan")
    return None if np.isnan(value) else value


def coefficient(
    name: str, first: Floats, second: Floats, *, span: float, distance: str, weights: Floats | None = None
) -> float | None:
    """Return the coefficient of this name (of `PUBLISHED`); weights are those of S, the others have none."""
    of: Mapping[str, Callable[[], float | None]] = {
        "S": lambda: signorino_ritter_s(first, second, span=span, distance=distance, weights=weights),
        "pi": lambda: scott_pi(first, second, distance=distance),
        "kappa": lambda: cohen_kappa(first, second, distance=distance),
        "tau-b": lambda: kendall_tau_b(first, second),
    }
    return of[name]()


def _corrected(first: Floats, second: Floats, one: Floats, other: Floats, distance: str) -> float | None:
    """Return 1 - observed / expected distance, expected for positions drawn from `one` and from `other` without a tie."""
    values, counts = np.unique(one, return_counts=True)
    others, other_counts = np.unique(other, return_counts=True)
    apart = _between(values[:, np.newaxis], others[np.newaxis, :], distance)
    expected = float(counts @ apart @ other_counts) / (len(one) * len(other)) if len(one) else 0.0
    return float(1 - _between(first, second, distance).mean() / expected) if expected > 0 else None


def _between(one: Floats, other: Floats, distance: str) -> Floats:
    if distance not in DISTANCES:
        raise VerbaleError("measure-option", option="distance", value=repr(distance), allowed=", ".join(DISTANCES))
    apart: Floats = np.abs(one - other)
    if distance == "nominal":
        return (apart > 0).astype(np.float64)
    return apart**2 if distance == "squared" else apart
