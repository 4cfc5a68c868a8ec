"""Intervals at few events: exact where they can be told by hand, never without width, and true to simulated ledgers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.measures.simulated import GOLDSTEIN, documents_of_events

from verbale.measures.balance_intervals import QUANTITIES, quantity_of
from verbale.measures.bootstrap import Atoms, replicate
from verbale.measures.bounds import Sample, Seen, bounds_of, mean_bounds, ratio_bounds

CELLS = np.arange(4).reshape(1, 4)


def seen_of(counts: list[int], *, documents: int = 1) -> Seen:
    """What is seen of so many acts of each quadrant, dealt out to documents in turn."""
    cells = np.repeat(np.arange(4), counts)
    atoms = Atoms(np.arange(len(cells)) % documents, cells, GOLDSTEIN[cells], np.ones(len(cells), dtype=np.int64), 4)
    return Sample(atoms, replicate(atoms, replicates=4_000, seed=1), CELLS).seen(CELLS)


def test_of_one_document_a_count_and_a_share_have_jeffreys_intervals() -> None:
    seen = seen_of([6, 0, 0, 2])
    low, high = stats.gamma.ppf([0.025, 0.975], 8.5)
    assert bounds_of("events", seen, 0.95) == pytest.approx((low, high), rel=0.04)
    low, high = stats.beta.ppf([0.025, 0.975], 6.5, 2.5)
    assert bounds_of("share", seen, 0.95) == pytest.approx((low, high), rel=0.04)
    assert bounds_of("verbal conflict", seen, 0.95) == pytest.approx((0.0, stats.gamma.ppf(0.975, 0.5)))


def test_where_nothing_was_seen_counts_have_a_bound_and_shares_none() -> None:
    sample = Sample(*_two_periods(), np.arange(8).reshape(2, 4))
    nothing = sample.seen(np.arange(4, 8).reshape(1, 4))
    assert bounds_of("events", nothing, 0.95)[1] == pytest.approx(2.51, abs=0.01)
    low, high = bounds_of("net", nothing, 0.95)
    assert -high == pytest.approx(low)
    assert bounds_of("intensity", nothing, 0.95) == pytest.approx((-3 * 2.51, 3 * 2.51), abs=0.02)
    assert np.isnan(bounds_of("share", nothing, 0.95)).all()
    assert np.isnan(bounds_of("mean intensity", nothing, 0.95)).all()


def _two_periods() -> tuple[Atoms, Any]:
    zeros = np.zeros(1, dtype=np.int64)
    atoms = Atoms(zeros, zeros, np.array([3.0]), np.array([5]), 8)
    return atoms, replicate(atoms, replicates=50, seed=1)


def test_three_acts_of_one_value_do_not_tell_the_mean_to_the_digit() -> None:
    low, high = mean_bounds(-9.0, 3.0, 0.0, tellers=3, spread=25.0, level=0.95)
    assert low < -9.5
    assert high > -5
    assert mean_bounds(-9.0, 3.0, 0.0, tellers=3, spread=0.0, level=0.95) == (-9.0, -9.0)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=4, max_size=4).filter(any), st.integers(1, 5))
def test_every_value_lies_in_its_interval(counts: list[int], documents: int) -> None:
    seen = seen_of(counts, documents=documents)
    for name in QUANTITIES:
        value = float(quantity_of(name, seen.events, seen.intensity))
        low, high = bounds_of(name, seen, 0.95)
        assert low <= value + 1e-9
        assert value <= high + 1e-9


def test_a_ratio_of_levels_by_hand() -> None:
    before, after = np.full(10, 4.0), np.full(10, 12.0)
    reach = np.exp(stats.t.ppf(0.975, 18) * np.sqrt(1 / 40 + 1 / 120))
    assert ratio_bounds(before, after, 0.95) == pytest.approx((3 / reach, 3 * reach))
    low, high = ratio_bounds(np.zeros(10), after, 0.95)
    assert low > 10
    assert np.isfinite(high)
    assert np.isnan(ratio_bounds(np.zeros(3), np.zeros(3), 0.95)).all()


@pytest.mark.parametrize(
    "process",
    [
        {"documents": 1, "events": 30.0, "alike": None},
        {"documents": 6, "events": 10.0, "alike": 30.0},
        {"documents": 30, "events": 1.0, "alike": None},
    ],
)
def test_at_few_events_intervals_hold_the_truth_and_not_always(process: dict[str, Any]) -> None:
    # 500 runs of each process and quantity: benchmarks/measures_series.py balance.
    shares = np.random.default_rng(5).dirichlet(np.ones(24) * 2)
    expected = process["documents"] * process["events"] * shares.reshape(6, 4)
    cells, held = np.arange(24).reshape(6, 4), []
    for run in range(40):
        atoms = documents_of_events(np.random.default_rng(run), shares=shares, **process)
        sample = Sample(atoms, replicate(atoms, replicates=150, seed=run), cells)
        for at in range(6):
            seen = sample.seen(cells[at])
            for name in ("events", "share", "net", "mean intensity"):
                low, high = bounds_of(name, seen, 0.95)
                if not np.isnan(low):
                    held.append(low <= quantity_of(name, expected[at], expected[at] * GOLDSTEIN) <= high)
    assert 0.91 <= np.mean(held) <= 0.98
