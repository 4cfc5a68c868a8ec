"""How often the intervals of `reliability` and `comparison` hold the truth, on simulated registers of known hazards.

    python benchmarks/measures_commitments.py [--runs 500] [--seed 1815]

Prints the tables of docs/measures.md, "How good the intervals are": coverage of nominal 95 % intervals over the runs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import altair as alt
import ibis
import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.measures.simulated_deliveries import THROUGH, register, share_delivered, share_within, true_median, waits

from verbale.measures.comparison import Compared, compare, joint_level
from verbale.measures.reliability import reliability
from verbale.measures.result import Basis, MeasureResult, Method
from verbale.measures.survival import Estimate, Waiting

HAZARDS = (0.15, 0.35, 0.8)
NUMBERS = (10, 20, 50, 150)
HORIZONS = (1, 3, 5, 10)
LEVEL = 0.95


def waiting(placed: np.ndarray, waited: np.ndarray) -> Waiting:
    """Return the times of one simulated register as the measure sees them."""
    still = placed + waited > THROUGH
    return Waiting(np.where(still, THROUGH - placed, waited).astype(float), ~still)


def holds(estimate: Estimate, truth: float) -> bool:
    """Tell whether an interval holds the truth; an open end holds all beyond."""
    low = -np.inf if estimate.low is None else estimate.low
    high = np.inf if estimate.high is None else estimate.high
    return bool(low <= truth <= high)


def kaplan_meier(runs: int, seed: int) -> Iterator[str]:
    """Yield a line for each number of orders and hazard: coverage of the shares and of the median, with their true values."""
    random = np.random.default_rng(seed)
    yield "| orders | hazard a year | " + " | ".join(f"within {years}" for years in HORIZONS) + " | median |"
    for number in NUMBERS:
        for hazard in HAZARDS:
            simulated = [waiting(*one) for one in zip(*waits(random, number, hazard=hazard, runs=runs), strict=True)]
            cells = []
            for years in HORIZONS:
                truth = share_within(years, hazard)
                told = [one for one in (each.share_by(years, LEVEL) for each in simulated) if one.low is not None]
                cells.append(f"{np.mean([holds(one, truth) for one in told]):.3f} of {len(told)} (true {truth:.2f})")
            medians = [one.median(LEVEL) for one in simulated]
            median = np.mean([holds(one, true_median(hazard)) for one in medians])
            exact = np.mean([one.value == true_median(hazard) for one in medians])
            cells.append(f"{median:.3f} (true {true_median(hazard)}, the estimate itself in {exact:.3f})")
            yield f"| {number} | {hazard} | {' | '.join(cells)} |"
    yield "| orders | hazard a year | mean, least and most coverage over the years in which the truth is from 0.05 to 0.95 |"
    for number in NUMBERS:
        for hazard in HAZARDS:
            simulated = [waiting(*one) for one in zip(*waits(random, number, hazard=hazard, runs=runs), strict=True)]
            between = [years for years in range(21) if 0.05 <= share_within(years, hazard) <= 0.95]
            rates = []
            for years in between:
                told = [one for one in (each.share_by(years, LEVEL) for each in simulated) if one.low is not None]
                rates.append(np.mean([holds(one, share_within(years, hazard)) for one in told]))
            spread = f"{np.mean(rates):.3f} ({min(rates):.3f} to {max(rates):.3f}) in {len(between)} years"
            yield f"| {number} | {hazard} | {spread} |"


def whole_measure(runs: int, seed: int) -> Iterator[str]:
    """Yield the coverage of the shares of orders and of volume, through the measure itself on a register's table."""
    random = np.random.default_rng(seed)
    yield "| orders | hazard a year | delivered in full | volume delivered |"
    for number in (20, 50, 150):
        for hazard in (0.15, 0.35):
            truth, found = share_delivered(hazard), {"delivered in full": 0, "volume delivered": 0}
            for placed, waited in zip(*waits(random, number, hazard=hazard, runs=runs), strict=True):
                volumes = random.lognormal(0, 1, number)
                table = ibis.memtable(register(placed, waited, volumes=volumes))
                rows = reliability(table, supplier="RUS", recipient="IRN").rows.to_pylist()
                for row in rows:
                    if row["quantity"] in found:
                        found[row["quantity"]] += holds(Estimate(row["value"], row["low"], row["high"]), truth)
            yield (
                f"| {number} | {hazard} | "
                + " | ".join(f"{hit / runs:.3f}" for hit in found.values())
                + f" | (true {truth:.2f})"
            )


def ranks(runs: int, seed: int) -> Iterator[str]:
    """Yield how often all ranks hold at once, and each difference, for five dyads of known shares within three years."""
    random = np.random.default_rng(seed)
    hazards = {"A-B": 0.2, "A-C": 0.3, "A-D": 0.5, "A-E": 0.8, "A-F": 1.2}
    truth = {dyad: share_within(3, hazard) for dyad, hazard in hazards.items()}
    order = sorted(truth, key=lambda dyad: -truth[dyad])
    for number in (20, 80):
        joint = differences = total = 0
        simulated = {dyad: waits(random, number, hazard=hazard, runs=runs) for dyad, hazard in hazards.items()}
        for run in range(runs):
            each = {dyad: waiting(placed[run], waited[run]) for dyad, (placed, waited) in simulated.items()}
            compared = [
                Compared(dyad, result(one.share_by(3, LEVEL)), result(one.share_by(3, joint_level(LEVEL, len(each)))))
                for dyad, one in each.items()
            ]
            rows = {
                row["dyad"]: row for row in compare(compared, measure="share", quantity="share", level=LEVEL).rows.to_pylist()
            }
            joint += all(
                row["rank_low"] <= 1 + order.index(dyad) <= row["rank_high"] for dyad, row in rows.items() if row["rank"]
            )
            for dyad, row in rows.items():
                if row["difference_low"] is not None:
                    total += 1
                    differences += row["difference_low"] <= truth[dyad] - truth["A-B"] <= row["difference_high"]
        yield f"{number} orders each: all ranks at once {joint / runs:.3f}; differences {differences / total:.3f} of {total}"


def result(share: Estimate) -> MeasureResult:
    """Return a result of one row, as any measure gives it."""
    rows = pa.table(
        {"quantity": ["share"], "value": [share.value], "low": [share.low], "high": [share.high], "event_ids": [["1"]]}
    )
    basis = Basis(ibis.memtable(pa.table({"event_id": ["1"]})))
    return MeasureResult("share", "Share", rows, Method("", (), {}, {}), (), (basis,), lambda _: alt.Chart())


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1815)
    given = parser.parse_args()
    for part in (kaplan_meier, ranks, whole_measure):
        for line in part(given.runs, given.seed):
            print(line, flush=True)


if __name__ == "__main__":
    main()
