"""Does a series change its level, or drift? Levels that change are weighed against a mean that wanders about one level.

Shuffling periods breaks what ties neighbours together, so that a series which drifts without a change looks to it like one that
changes: of series whose mean wanders with a correlation of 0.5 from period to period, a third alarmed, of 0.9 nine in ten. A
level that changes at once and stays is told apart from drift by its likelihood, since a mean that wanders must be caught up
with. `docs/measures.md` has how often, and what it costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from scipy import linalg
from scipy.special import logsumexp

from verbale.measures.bootstrap import Floats

# A drift is a share of the variance that wanders (the rest comes anew each period), and what of it a period hands on.
_SHARES: Final = tuple(np.arange(1, 11) / 10)
_MEMORIES: Final = (0.2, 0.4, 0.6, 0.75, 0.85, 0.92, 0.97, 0.99)
# What levels that change must gain on drift, in logarithms of the number of periods: so much once, and so much for the place of
# each change and again for each side that takes a new level there. For 60 periods a change of one side costs 9.8 in
# log-likelihood, one of both 12.7. Of twice 500 series that drift by 0.9 from period to period, 2.4 and 4.8 % show a change of
# level then, and one of one side from 4 to 12 is found in 91.0 and 91.8 %. With 1.1 once these would be 1.8 and 4.4, 90.4 and
# 91.0 % (88.8 of 400 series more), with 1.2 1.4 and 3.4, 89.0 and 90.6 % (docs/measures.md, "How good turning points are").
ONCE: Final = 1.0
EACH: Final = 0.7
# Shorter series pay less, or a change of one side from 4 to 12 after 15 of 30 periods would be found in 54 % instead of 80 %;
# but 10 % of those that drift (0.9) alarm then. So changes that would not pay the price of 60 periods come with a warning,
# without which 2 % of 30 periods that drift alarm (all with 1.1 once).
SURE: Final = 60
# Longer series are added up to at most so many stretches: matrices grow with the square.
_MOST: Final = 240


def shortened(series: Floats) -> Floats:
    """Return a series of at most 240 periods, sums of neighbours where there are more; the last may hold fewer."""
    width = -(-len(series) // _MOST)
    found: Floats = np.add.reduceat(series, np.arange(0, len(series), width), axis=0)
    return found


def margin(series: Floats, cuts: Sequence[int], *, periods: int = 0) -> float:
    """Return by how much levels that change before `cuts` are likelier than drift, less what they cost; above 0, they are told.

    `series` is periods x sides of counts, whose square roots (Anscombe 1948) have nearly equal variance. Each side changes at
    all cuts or at none, whichever is likelier less the price of its levels. Drift has the average likelihood of all drifts of
    a grid (a Bayes factor, Kass and Raftery 1995), at even odds that sides drift alike and that each does so by itself. The
    price is that of so many `periods` if the series has fewer.
    """
    roots = _roots(series)
    steady = _levels(roots, ())
    gains = np.sort(_levels(roots, cuts) - steady)[::-1].cumsum()
    price = EACH * len(cuts) * (2 + np.arange(len(gains)))
    unit = np.log(max(len(roots), periods))
    found = steady.sum() + (gains - unit * (ONCE + price)).max() - _average(_drifting(roots))
    return float(found)


def wanders(series: Floats) -> bool:
    """Tell whether the likeliest drift of each side is much likelier (by the logarithm of the length) than one steady level."""
    roots = _roots(shortened(series))
    return bool((_drifting(roots).max(axis=0) - _levels(roots, ())).sum() > np.log(len(series)))


def _roots(series: Floats) -> Floats:
    found: Floats = np.sqrt(series + 0.375)
    return found


def _levels(roots: Floats, cuts: Sequence[int]) -> Floats:
    """Return the log-likelihood of each side if it has a level of its own between cuts, up to a constant of the length."""
    apart = np.concatenate(
        [roots[start:end] - roots[start:end].mean(axis=0) for start, end in pairwise([0, *cuts, len(roots)])]
    )
    found: Floats = -len(roots) / 2 * np.log(np.maximum((apart**2).sum(axis=0), 1e-9))
    return found


def _average(drifts: Floats) -> float:
    """Return the log of the average likelihood of drifts (drifts x sides), half of sides alike, half of each by itself."""
    number = np.log(len(drifts))
    alike = logsumexp(drifts.sum(axis=1)) - number
    each = (logsumexp(drifts, axis=0) - number).sum()
    return float(np.logaddexp(alike, each) - np.log(2))


def _drifting(roots: Floats) -> Floats:
    """Return the log-likelihood under each drift (drifts x sides), a first-order autoregression seen with noise (Harvey 1989).

    It lacks the same constant as that of `_levels`.
    """
    found = []
    for whitening, constant, determinant in _grid(len(roots)):
        white = whitening @ roots
        left = (white**2).sum(axis=0) - (constant @ white) ** 2
        found.append(-len(roots) / 2 * np.log(np.maximum(left, 1e-9)) - determinant / 2)
    return np.stack(found)


@lru_cache(maxsize=4)
def _grid(length: int) -> tuple[tuple[Floats, Floats, float], ...]:
    """Return for each drift the matrix that whitens it, the direction of a constant then, and the log determinant."""
    lags, found = np.arange(length), []
    for share, memory in ((0.0, 0.0), *((share, memory) for memory in _MEMORIES for share in _SHARES)):
        row = share * np.power(memory, lags, dtype=np.float64)
        row[0] = 1.0
        root = np.linalg.cholesky(linalg.toeplitz(row))
        whitening = linalg.solve_triangular(root, np.eye(length), lower=True)
        constant = whitening.sum(axis=1)
        found.append((whitening, constant / np.linalg.norm(constant), float(2 * np.log(np.diag(root)).sum())))
    return tuple(found)
