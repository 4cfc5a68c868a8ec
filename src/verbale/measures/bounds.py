"""Intervals of counts, shares, sums and means of a dyad's events, right at few events as at many.

The bootstrap (documents, then events) tells how much a number varies. Its percentiles tell where the bounds lie only where
there are many events: counts are whole numbers, and a resampled sample of six knows nothing of what it has not seen. So the
variance is the bootstrap's, and the shape that of the distribution which such a number has: gamma for counts, beta for shares,
Student's t for means; each as wide as the number of documents behind the variance asks for. `docs/measures.md` has how often
they hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from verbale.measures.bootstrap import Atoms, Floats, Integers, Replicates, interval
from verbale.measures.dyad_counts import COOPERATION, QUADS

Bounds = tuple[float, float]

_COUNTS: Final[dict[str, tuple[int, ...]]] = {
    "events": tuple(range(len(QUADS))),
    **{quad: (number,) for number, quad in enumerate(QUADS)},
    "cooperation": COOPERATION,
    "conflict": tuple(number for number in range(len(QUADS)) if number not in COOPERATION),
}
# A variance that few documents make out much smaller than that of independent events is chance: with less than a quarter of it,
# intervals of shares of three documents would hold the truth less often than in 90 % of simulated ledgers.
_LEAST_EFFECT: Final = 0.25
# The ends of Goldstein's scale (1992).
_SCALE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a dyad in some periods, by quadrant, and how it varies between replicates.

    `covariance` is that of counts and then of intensities of the quadrants; `resampled` are the summed intensities of the
    replicates. `told` has the quadrant and the document of each kind of act, `squares` is the sum of squared intensities.
    `documents` is how many the dyad has, 0 where they arrive at random; `spread` and `largest` are the variance and the largest
    absolute value of the intensity of all its acts.
    """

    events: Floats
    intensity: Floats
    covariance: Floats
    resampled: Floats
    told: Integers
    squares: float
    documents: int
    spread: float
    largest: float

    def tellers(self, quads: tuple[int, ...]) -> int:
        """Return how many documents tell of acts of some quadrants."""
        return len(np.unique(self.told[1, np.isin(self.told[0], quads)]))

    def unbiased(self, variance: float, independent: float) -> float:
        """Return a variance between D documents freed of what the bootstrap lacks of it, given that of independent events.

        Of D documents the bootstrap has (D - 1) / D of the variance between them, and 1 / D of that within, drawn anew.
        """
        if self.documents < 2:
            return variance
        return (variance - independent / self.documents) * self.documents / (self.documents - 1)


class Sample:
    """The atoms of a dyad and their replicates, ready to be asked for what was seen in some cells."""

    def __init__(self, atoms: Atoms, drawn: Replicates, cells: Integers) -> None:
        """Take the cells (any shape, last axis quadrants) over which intensities are compared."""
        self.atoms, self.drawn = atoms, drawn
        self._order = np.argsort(atoms.cell, kind="stable")
        self._starts = np.searchsorted(atoms.cell[self._order], np.arange(atoms.cells + 1))
        own = self._of(cells.reshape(-1))
        number, value = atoms.number[own].astype(np.float64), atoms.intensity[own]
        mean = float((number * value).sum() / number.sum()) if len(own) else 0.0
        self._spread = float((number * (value - mean) ** 2).sum() / number.sum()) if len(own) else 0.0
        self._largest = float(np.abs(value).max(initial=0.0))

    def _of(self, cells: Integers) -> Integers:
        return np.concatenate([self._order[self._starts[cell] : self._starts[cell + 1]] for cell in cells])

    def seen(self, cells: Integers) -> Seen:
        """Return what was seen in cells whose last axis is the quadrant, summed over the other axes."""
        rows = cells.reshape(-1, len(QUADS))
        own = self._of(rows.reshape(-1))
        drawn, atoms = self.drawn, self.atoms
        several = np.concatenate(
            [one[:, rows].sum(axis=1) for one in (drawn.replicate_events, drawn.replicate_intensity)], axis=1
        )
        apart = several - several.mean(axis=0)
        return Seen(
            drawn.events[rows].sum(axis=0),
            drawn.intensity[rows].sum(axis=0),
            apart.T @ apart / max(len(apart) - 1, 1),
            several[:, len(QUADS) :].sum(axis=1),
            np.stack([atoms.cell[own] % len(QUADS), atoms.document[own]]),
            float((atoms.number[own] * atoms.intensity[own] ** 2).sum()),
            0 if drawn.arriving else drawn.documents,
            self._spread,
            self._largest,
        )


def bounds_of(name: str, seen: Seen, level: float) -> Bounds:
    """Return the interval of a quantity at a level; NaN for a share or a mean of no event."""
    if name in _COUNTS:
        return _count(seen, _COUNTS[name], level)
    if name == "net":
        return _net(seen, level)
    if name == "intensity":
        return _intensity(seen, level)
    if not seen.events.sum():
        return float("nan"), float("nan")
    return _share(seen, level) if name == "share" else _mean(seen, level)


def ratio_bounds(before: Floats, after: Floats, level: float) -> Bounds:
    """Return the interval of the ratio of two mean counts, `after` over `before`, from the counts of their periods.

    Quasi-Poisson, on the scale of logarithms: the variance is the dispersion of the periods about both means, at least 1, with
    Student's t (McCullagh and Nelder 1989, chapter 6). With no event on one side, half an event stands in on both (Haldane
    1956). A bootstrap over documents knows nothing of how periods differ, and held the truth of series with a dispersion of
    2 in 88 % of runs (docs/measures.md).
    """
    middle, error, free = _log_ratio(before, after)
    reach = special.stdtrit(free, (1 + level) / 2) * error
    return float(np.exp(middle - reach)), float(np.exp(middle + reach))


def ratio_chance(before: Floats, after: Floats) -> float:
    """Return the chance of a ratio as far from 1 as that of two mean counts, by the same distribution as `ratio_bounds`."""
    middle, error, free = _log_ratio(before, after)
    return float(2 * special.stdtr(free, -abs(middle) / error)) if error > 0 else float("nan")


def _log_ratio(before: Floats, after: Floats) -> tuple[float, float, int]:
    """Return the log of the ratio of two mean counts, its standard error, and degrees of freedom; NaN without any event."""
    means = np.concatenate([np.full(len(part), part.mean()) for part in (before, after)])
    counts, told = np.concatenate([before, after]), means > 0
    free = max(len(counts) - 2, 1)
    scale = max(float(((counts - means)[told] ** 2 / means[told]).sum()) / free, 1.0)
    totals = np.array([before.sum(), after.sum()])
    if not totals.any():
        return float("nan"), float("nan"), free
    totals = totals + (0.0 if totals.all() else 0.5 * scale)
    middle = np.log(totals[1] / len(after)) - np.log(totals[0] / len(before))
    return float(middle), float(np.sqrt(scale * (1 / totals).sum())), free


def _count(seen: Seen, quads: tuple[int, ...], level: float, freedom: float = 1.0) -> Bounds:
    """Return the interval of a count: Jeffreys' for a Poisson number, on the scale of what the bootstrap says it varies.

    A count that varies f times as much as independent events tells what 1/f as many of these would (Fay and Feuer 1997). It is
    known with `freedom` times the degrees of freedom that its documents have.
    """
    value = float(seen.events[list(quads)].sum())
    if not value:
        return 0.0, _gamma(0.5, (1 + level) / 2)
    chosen = np.isin(np.arange(len(QUADS)), quads).astype(np.float64)
    variance = float(chosen @ seen.covariance[: len(QUADS), : len(QUADS)] @ chosen)
    times = max(seen.unbiased(variance, value) / value, _LEAST_EFFECT) * _widening(seen.tellers(quads), value, level, freedom)
    shape = value / times + 0.5
    low, high = (times * _gamma(shape, tail) for tail in ((1 - level) / 2, (1 + level) / 2))
    return min(low, value), max(high, value)


def _share(seen: Seen, level: float) -> Bounds:
    """Return the interval of the share of cooperation: Jeffreys' for the number of independent events that tell as much.

    That number is the events' over the design effect, with the degrees of freedom of documents (Korn and Graubard 1998). With
    all events on one side, the effect is not known and documents widen the interval alone.
    """
    total, friendly = float(seen.events.sum()), float(seen.events[list(COOPERATION)].sum())
    share = friendly / total
    widening = _widening(seen.tellers(_COUNTS["events"]), total, level)
    if 0 < share < 1:
        away = np.isin(np.arange(len(QUADS)), COOPERATION) - share
        variance = float(away @ seen.covariance[: len(QUADS), : len(QUADS)] @ away)
        effect = seen.unbiased(variance / (total * share * (1 - share)), 1.0)
        widening = max(effect * widening, _LEAST_EFFECT)
    effective = total / widening
    yes, no = effective * share + 0.5, effective * (1 - share) + 0.5
    low = 0.0 if share == 0 else float(special.betaincinv(yes, no, (1 - level) / 2))
    high = 1.0 if share == 1 else float(special.betaincinv(yes, no, (1 + level) / 2))
    return min(low, share), max(high, share)


def _net(seen: Seen, level: float) -> Bounds:
    """Return the interval of a difference of two counts, made of both intervals (Zou and Donner 2008).

    Both variances together are better known than each: their degrees of freedom are those of Welch (1947).
    """
    sides = [_COUNTS["cooperation"], _COUNTS["conflict"]]
    values = [float(seen.events[list(quads)].sum()) for quads in sides]
    counts = seen.covariance[: len(QUADS), : len(QUADS)]
    blocks = [[float(counts[np.ix_(one, two)].sum()) for two in sides] for one in sides]
    own, other = blocks[0][0], blocks[1][1]
    freedom = (own + other) ** 2 / (own**2 + other**2) if own + other > 0 else 1.0
    (low, high), (other_low, other_high) = (_count(seen, quads, level, freedom) for quads in sides)
    product = own * other
    related = float(np.clip(blocks[0][1] / np.sqrt(product), -1, 1)) if product > 0 else 0.0
    below, above = values[0] - low, high - values[0]
    other_below, other_above = values[1] - other_low, other_high - values[1]
    difference = values[0] - values[1]
    # With correlation r, squared distances lose twice r times their product.
    return (
        difference - float(np.sqrt(max(below**2 + other_above**2 - 2 * related * below * other_above, 0.0))),
        difference + float(np.sqrt(max(above**2 + other_below**2 - 2 * related * above * other_below, 0.0))),
    )


def _intensity(seen: Seen, level: float) -> Bounds:
    """Return the percentiles of the summed intensity; with no event, as many unseen ones as can be, of the largest value."""
    total = float(seen.events.sum())
    if not total:
        most = _gamma(0.5, (1 + level) / 2) * seen.largest
        return -most, most
    documents = seen.tellers(_COUNTS["events"])
    return interval(seen.resampled, level=level, units=documents if documents > 1 else int(total))


def _mean(seen: Seen, level: float) -> Bounds:
    """Return the interval of the mean intensity (`mean_bounds`)."""
    total, mean = float(seen.events.sum()), float(seen.intensity.sum() / seen.events.sum())
    away = np.concatenate([np.full(len(QUADS), -mean), np.ones(len(QUADS))])
    variance = float(away @ seen.covariance @ away)
    if seen.documents > 1:
        variance -= max(seen.squares - total * mean**2, 0.0) / seen.documents
    tellers = seen.tellers(_COUNTS["events"])
    return mean_bounds(mean, total, variance, tellers=tellers, spread=seen.spread, level=level)


def mean_bounds(mean: float, total: float, variance: float, *, tellers: int, spread: float, level: float) -> Bounds:
    """Return the interval of a mean value of `total` acts by Student's t, with one more act of the `spread` of all.

    `variance` is that of the sum of the acts' distances from the mean, `tellers` the documents that tell of them. Few acts
    often have all one value; the variance is moderated by that of all of the relation's acts (as Smyth 2004), which counts as
    one act, or, of documents that tell several, as that part of a document.
    """
    units = tellers if tellers > 1 else total
    prior = units / total
    of_mean = max(variance, 0.0) / total**2 * units
    moderated = (prior * spread / total + of_mean) / (units - 1 + prior)
    reach = float(special.stdtrit(units - 1 + prior, (1 + level) / 2)) * float(np.sqrt(moderated))
    return max(mean - reach, min(mean, -_SCALE)), min(mean + reach, max(mean, _SCALE))


def _widening(documents: int, events: float, level: float, freedom: float = 1.0) -> float:
    """Return by how much a variance counts more as it is known from documents, not events: Student's t of both, squared."""
    if documents < 2 or events < 2:
        return 1.0
    tail, most = (1 + level) / 2, max(events, documents) - 1
    return float((special.stdtrit(min(freedom * (documents - 1), most), tail) / special.stdtrit(most, tail)) ** 2)


def _gamma(shape: float, tail: float) -> float:
    return float(special.gammaincinv(shape, tail))
