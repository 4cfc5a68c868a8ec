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

from verbale.measures.bootstrap import Floats

# A drift is a share of the variance that wanders (the rest comes anew each period), and what of it a period hands on.
_SHARES: Final = tuple(np.arange(1, 11) / 10)
_MEMORIES: Final = (0.2, 0.4, 0.6, 0.75, 0.85, 0.92, 0.97, 0.99)
# Each change must gain so many times the logarithm of the number of periods in log-likelihood beyond the best drift (6.5 for 60
# periods), else it is not told; and so many times (8 for 60), else it is told with a warning that drift is not excluded. The
# first keeps nearly all true changes, of which the second would lose a tenth (docs/measures.md, "How good turning points are").
PRICE: Final = 1.6
SURE: Final = 1.95
# Longer series are added up to at most so many stretches: matrices grow with the square.
_MOST: Final = 240


def shortened(series: Floats) -> Floats:
    """Return a series of at most 240 periods, sums of neighbours where there are more; the last may hold fewer."""
    width = -(-len(series) // _MOST)
    found: Floats = np.add.reduceat(series, np.arange(0, len(series), width), axis=0)
    return found


def margin(series: Floats, cuts: Sequence[int], *, price: float = PRICE) -> float:
    """Return by how much levels that change before `cuts` are likelier than the likeliest drift, less the price of each.

    `series` is periods x sides of counts, whose square roots (Anscombe 1948) have nearly equal variance; the drift of each side
    is a first-order autoregression seen with noise, its two numbers sought on a grid (Harvey 1989). Above 0, drift does not
    explain the changes.
    """
    length = len(series)
    roots = np.sqrt(series + 0.375)
    edges = [0, *cuts, length]
    apart = np.concatenate([roots[start:end] - roots[start:end].mean(axis=0) for start, end in pairwise(edges)])
    levels = -length / 2 * np.log(np.maximum((apart**2).sum(axis=0), 1e-9))
    return float((levels - _drifting(roots)).sum()) - price * float(np.log(length)) * len(cuts)


def _drifting(roots: Floats) -> Floats:
    """Return the log-likelihood of each side under its likeliest drift, up to the constant that `margin` leaves out as well."""
    found = []
    for whitening, constant, determinant in _grid(len(roots)):
        white = whitening @ roots
        left = (white**2).sum(axis=0) - (constant @ white) ** 2
        found.append(-len(roots) / 2 * np.log(np.maximum(left, 1e-9)) - determinant / 2)
    best: Floats = np.max(found, axis=0)
    return best


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
