"""How good the measures of a dyad through time are on simulated ledgers whose truth is known.

    python benchmarks/measures_series.py [--runs 500] [--first 0] [balance] [responses] [changes] [dates]

Prints for each process how often intervals of 95 % hold the truth, how often a change that is there is found within one
period, and how often one is found where there is none. The processes are those of `tests/measures/simulated.py`; run number r
has the seed r. `docs/measures.md` holds the figures of runs 0 to 499, and says where it has those of others.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from tests.measures.simulated import GOLDSTEIN, answered_acts, changing_counts, documents_of_events, drifting_counts

from verbale.measures.autoregression import granger
from verbale.measures.balance_intervals import QUANTITIES, quantity_of
from verbale.measures.bootstrap import replicate
from verbale.measures.bounds import Sample, bounds_of, ratio_bounds
from verbale.measures.change_points import change_points, refined, searched
from verbale.measures.dyad_counts import QUADS
from verbale.measures.given_dates import dated
from verbale.measures.interruption import interruption
from verbale.measures.responses import cross_correlation, response

PERIODS: Final = 6
# Documents, events in each, how alike documents are, and whether documents arrive at random.
BALANCES: Final[dict[str, dict[str, Any]]] = {
    "1 document of 400 events": {"documents": 1, "events": 400.0, "alike": None},
    "3 documents of 130 events": {"documents": 3, "events": 130.0, "alike": 100.0},
    "8 documents of 50 events": {"documents": 8, "events": 50.0, "alike": 30.0},
    "40 documents of 10 events": {"documents": 40, "events": 10.0, "alike": 20.0},
    "400 documents of 1 event, arriving": {"documents": 400, "events": 1.0, "alike": None, "arriving": True},
    "120 documents of 1 event, arriving": {"documents": 120, "events": 1.0, "alike": None, "arriving": True},
    "60 documents of 1 event, arriving": {"documents": 60, "events": 1.0, "alike": None, "arriving": True},
    "1 document of 60 events": {"documents": 1, "events": 60.0, "alike": None},
    "3 documents of 20 events": {"documents": 3, "events": 20.0, "alike": 100.0},
    "6 documents of 10 events": {"documents": 6, "events": 10.0, "alike": 30.0},
    "20 documents of 3 events": {"documents": 20, "events": 3.0, "alike": 20.0},
    "15 documents of 4 events, arriving": {"documents": 15, "events": 4.0, "alike": 20.0, "arriving": True},
    "1 document of 30 events": {"documents": 1, "events": 30.0, "alike": None},
    "3 documents of 10 events": {"documents": 3, "events": 10.0, "alike": 100.0},
    "30 documents of 1 event, arriving": {"documents": 30, "events": 1.0, "alike": None, "arriving": True},
}
# Length, rate of acts, rate of answers of their own, strength, window.
RESPONSES: Final[dict[str, dict[str, Any]]] = {
    "none": {"length": 3_000, "rate": 0.03, "background": 0.03, "strength": 0.0, "window": 10},
    "0.3": {"length": 3_000, "rate": 0.03, "background": 0.02, "strength": 0.3, "window": 10},
    "0.6": {"length": 3_000, "rate": 0.02, "background": 0.02, "strength": 0.6, "window": 14},
    "0.4, dense": {"length": 6_000, "rate": 0.08, "background": 0.04, "strength": 0.4, "window": 7},
}
# Means of (cooperation, conflict) by stretch, lengths of stretches, dispersion.
CHANGES: Final[dict[str, tuple[Sequence[tuple[float, float]], Sequence[int], float]]] = {
    "none, 60 periods, Poisson": ([(4, 4)], [60], 1.0),
    "none, 60 periods, dispersion 3": ([(4, 4)], [60], 3.0),
    "none, 40 periods of 1 event, dispersion 2": ([(1, 1)], [40], 2.0),
    "none, 120 periods, dispersion 2": ([(4, 4)], [120], 2.0),
    "conflict 4 to 12 (dispersion 1.5)": ([(4, 4), (4, 12)], [30, 30], 1.5),
    "6, 6 to 2, 18 (dispersion 2)": ([(6, 6), (2, 18)], [30, 30], 2.0),
    "conflict 4 to 16 and back after 12 (dispersion 1.5)": ([(4, 4), (4, 16), (4, 4)], [24, 12, 24], 1.5),
    "cooperation 4 to 14, conflict so 20 periods later (dispersion 1.5)": (
        [(4, 4), (14, 4), (14, 14)],
        [20, 20, 20],
        1.5,
    ),
    "conflict 4 to 12, 15 periods each (dispersion 1.5)": ([(4, 4), (4, 12)], [15, 15], 1.5),
    "conflict 4 to 16, 15 periods each (dispersion 1.5)": ([(4, 4), (4, 16)], [15, 15], 1.5),
}
# How much of its drift a period hands on, how many sides drift (the other is steady, with dispersion 1.5), number of periods.
DRIFTS: Final = (
    (0.3, 2, 60),
    (0.5, 2, 60),
    (0.7, 2, 60),
    (0.9, 2, 60),
    (0.97, 2, 60),
    (0.7, 1, 60),
    (0.9, 1, 60),
    (0.9, 2, 30),
    (0.9, 2, 120),
)


def covered(truth: float, low: float, high: float) -> bool:
    """Tell whether an interval holds the truth."""
    return low - 1e-9 <= truth <= high + 1e-9


def balances(runs: range) -> None:
    """Print the coverage of the intervals of a balance, over six periods of unequal size."""
    shares = np.random.default_rng(5).dirichlet(np.ones(PERIODS * len(QUADS)) * 2)
    by_period = shares.reshape(PERIODS, len(QUADS))
    cells = np.arange(PERIODS * len(QUADS)).reshape(PERIODS, len(QUADS))
    for name, given in BALANCES.items():
        held: dict[str, list[list[bool]]] = {quantity: [[] for _ in range(PERIODS)] for quantity in QUANTITIES}
        expected = given["documents"] * given["events"] * by_period
        for run in runs:
            atoms = documents_of_events(np.random.default_rng(run), shares=shares, **given)
            documents = "arriving" if given.get("arriving") else "given"
            drawn = replicate(atoms, documents=documents, seed=run)
            sample = Sample(atoms, drawn, cells)
            for at in range(PERIODS):
                seen = sample.seen(cells[at])
                for quantity in QUANTITIES:
                    truth = float(quantity_of(quantity, expected[at], expected[at] * GOLDSTEIN))
                    low, high = bounds_of(quantity, seen, 0.95)
                    if not np.isnan(low):  # a share or a mean of no event
                        held[quantity][at].append(covered(truth, low, high))
        least, most = expected.sum(axis=1).min(), expected.sum(axis=1).max()
        print(f"{name} ({least:.0f} to {most:.0f} events a period):")
        for quantity, periods in held.items():
            rates = [float(np.mean(one)) for one in periods]
            print(f"  {quantity}: {np.mean(np.concatenate(periods)):.3f} ({min(rates):.3f} to {max(rates):.3f})", flush=True)


def responses(runs: range) -> None:
    """Print the coverage of the strength of a response, of a coefficient of a VAR, and false alarms of both."""
    for name, given in RESPONSES.items():
        held, found, refused = [], [], 0
        for run in runs:
            random = np.random.default_rng(run)
            acts, answers = answered_acts(random, **given)
            result = response(acts, answers, length=given["length"], window=given["window"], random=random)
            if result is None:
                refused += 1
                continue
            held.append(covered(given["strength"], result.low, result.high))
            found.append(result.chance <= 0.05)
        print(
            f"response {name}: holds {np.mean(held):.3f}, chance below 5 % in {np.mean(found):.3f}, refused {refused}",
            flush=True,
        )
    for length, coefficient in ((60, 0.0), (60, 0.4), (200, 0.0), (200, 0.3)):
        held, found, shifted, correlated, any_lag = [], [], [], [], []
        for run in runs:
            random = np.random.default_rng(run)
            noise = random.normal(size=(length + 50, 2))
            series = np.zeros((length + 50, 2))
            for at in range(1, length + 50):
                before = series[at - 1]
                series[at] = [0.3 * before[0], 0.3 * before[1] + coefficient * before[0]] + noise[at]
            alone, of_all = cross_correlation(series[50:, 0], series[50:, 1], lags=length // 20, random=random)[1:]
            correlated.append((alone <= 0.05).mean())
            any_lag.append(of_all.min() <= 0.05)
            tested = granger(series[50:, 0], series[50:, 1], random=random)
            if tested is not None:
                held.append(covered(coefficient, tested.low, tested.high))
                found.append(tested.chance <= 0.05)
                shifted.append(tested.chance_shifted <= 0.05)
        rates = (
            f"F below 5 % in {np.mean(found):.3f}, turned in {np.mean(shifted):.3f}; a correlation by itself in "
            f"{np.mean(correlated):.3f}, of all lags in {np.mean(any_lag):.3f}"
        )
        print(f"VAR of {length} periods, coefficient {coefficient}: holds {np.mean(held):.3f}, {rates}", flush=True)


def changes(runs: range) -> None:
    """Print how often changes of level and variance are found, and how often where there are none."""
    for name, (means, lengths, dispersion) in CHANGES.items():
        truth = np.cumsum(lengths)[:-1]
        alarms, hits, extra, ratios = 0, 0, 0, list[bool]()
        for run in runs:
            counts = changing_counts(np.random.default_rng(run), means, lengths, dispersion=dispersion)
            if len(truth) == 1:
                ratios += ratios_held(counts, means)
            found = change_points(counts, seed=run)
            alarms += bool(found)
            levels = [change.at for change in found if change.kind == "level"]
            hits += all(any(abs(at - one) <= 1 for at in levels) for one in truth)
            extra += len(found) > len(truth)
        told = f"found within one period {hits / len(runs):.3f}, more than there are {extra / len(runs):.3f}"
        told += f", ratios held {np.mean(ratios):.3f}" if ratios else ""
        print(f"{name}: {f'false alarms {alarms / len(runs):.3f}' if not len(truth) else told}", flush=True)
    for kind in DRIFTS:
        sought = [searched(drifting(run, *kind), seed=run) for run in runs]
        told_any = sum(bool(one.changes) for one in sought) / len(runs)
        sure = sum(bool(one.changes) and one.sure for one in sought) / len(runs)
        told = f"{kind[0]}, {'both sides' if kind[1] > 1 else 'one side'}, {kind[2]} periods"
        print(f"drifting ({told}): false alarms {told_any:.3f}, without a warning {sure:.3f}", flush=True)
    hits = 0
    for run in runs:
        random = np.random.default_rng(run)
        parts = [changing_counts(random, [(8, 8)], [60], dispersion=one) for one in (1.0, 8.0)]
        found = change_points(np.concatenate(parts), seed=run)
        hits += any(change.kind == "variance" and abs(change.at - 60) <= 6 for change in found)
    print(f"dispersion 1 to 8, 60 periods each: change of variance found within six periods {hits / len(runs):.3f}", flush=True)


def ratios_held(counts: Any, means: Sequence[tuple[float, float]]) -> list[bool]:
    """Tell for each side whether the interval of the ratio of both levels holds the truth, the place being sought."""
    (at,) = refined(counts, 1)
    return [
        covered(means[1][side] / means[0][side], *ratio_bounds(counts[:at, side], counts[at:, side], 0.95)) for side in range(2)
    ]


def drifting(run: int, related: float, sides: int, length: int) -> Any:
    """Return periods of both sides, of which so many drift without a change."""
    random = np.random.default_rng(run)
    drifts = [drifting_counts(random, 5, length, dispersion=2, related=related) for _ in range(sides)]
    if sides == 1:
        drifts.insert(0, changing_counts(random, [(5, 5)], [length], dispersion=1.5)[:, 0])
    return np.stack(drifts, axis=1)


def dates(runs: range) -> None:
    """Print the coverage of the ratio of levels at a given date, and how often a date without effect seems to have one."""
    for name, ratio, dispersion, length, related in (
        ("no effect", 1.0, 1.0, 30, 0.0),
        ("no effect, dispersion 3", 1.0, 3.0, 30, 0.0),
        ("no effect, 12 periods a side", 1.0, 1.5, 12, 0.0),
        ("no effect, dispersion 2, drifting (0.5)", 1.0, 2.0, 30, 0.5),
        ("no effect, dispersion 2, drifting (0.5), 100 periods a side", 1.0, 2.0, 100, 0.5),
        ("no effect, dispersion 2, drifting (0.8)", 1.0, 2.0, 30, 0.8),
        ("doubling, dispersion 2", 2.0, 2.0, 30, 0.0),
        ("doubling, 12 periods a side", 2.0, 1.5, 12, 0.0),
    ):
        held, found, slopes = list[bool](), list[bool](), list[bool]()
        for run in runs:
            random = np.random.default_rng(run)
            if related:
                series = drifting_counts(random, 5, 2 * length, dispersion=dispersion, related=related)
            else:
                series = changing_counts(random, [(5, 5), (5, 5 * ratio)], [length, length], dispersion=dispersion)[:, 1]
            result = interruption(series, length)
            if result is not None:
                held.append(covered(ratio, result.level_low, result.level_high))
                slopes.append(covered(1.0, result.slope_low, result.slope_high))
                found.append(result.level_chance <= 0.05)
        told = f"ratio held {np.mean(held):.3f}, ratio of slopes {np.mean(slopes):.3f}"
        print(f"date, {name}: {told}, chance below 5 % in {np.mean(found):.3f}", flush=True)
    for before, after, length, dispersion in (
        (0.1, 0.1, 30, 1.0),
        (0.1, 1.0, 30, 1.0),
        (1.0, 0.1, 30, 2.0),
        (0.3, 0.3, 30, 2.0),
        (0.3, 1.0, 12, 1.0),
        (0.5, 2.0, 30, 2.0),
    ):
        sparse_date(before, after, length, dispersion, runs)


def sparse_date(before: float, after: float, length: int, dispersion: float, runs: range) -> None:
    """Print how a date in a series with few events is told: by lines or by means, how far off at most, how often it holds."""
    lines, held, found, widths, off = list[bool](), list[bool](), list[bool](), list[float](), list[float]()
    for run in runs:
        random = np.random.default_rng(run)
        series = changing_counts(random, [(before, before), (after, after)], [length, length], dispersion=dispersion)[:, 1]
        result = dated(series, length, "conflict", datetime.date(2000, 1, 1), level=0.95)
        if result is None:
            continue
        row = result.row
        low, high = row["low"], row["high"] if row["high"] is not None else np.inf
        lines.append("slope_ratio" in row)
        held.append(covered(after / before, low, high))
        found.append(row["chance"] <= 0.05)
        if row["ratio"]:
            off.append(max(row["ratio"] * before / after, after / before / row["ratio"]))
            widths.append(high / low)
    told = f"told {len(held) / len(runs):.3f}, with lines {np.mean(lines):.3f}, ratio held {np.mean(held):.3f}"
    far = f"farthest off by a factor of {max(off):.0f}, median interval spans a factor of {np.median(widths):.0f}"
    name = f"{before} to {after} a period, {length} periods a side, dispersion {dispersion}"
    print(f"date, {name}: {told}, {far}, chance below 5 % in {np.mean(found):.3f}", flush=True)


PARTS: Final[dict[str, Callable[[range], None]]] = {
    "balance": balances,
    "responses": responses,
    "changes": changes,
    "dates": dates,
}


def main() -> None:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--first", type=int, default=0, help="the first run, for series that nothing was chosen on")
    given = parser.parse_args()
    for part in given.parts or PARTS:
        PARTS[part](range(given.first, given.first + given.runs))


if __name__ == "__main__":
    main()
