"""Turning points: no alarm without a change, changes where they are, given dates, and what a reader is told."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.simulated import changing_counts, drifting_counts, table_of

from verbale.core import VerbaleError
from verbale.measures import turning_points
from verbale.measures.change_points import change_points, refined, searched
from verbale.measures.drift import margin, shortened, wanders
from verbale.measures.given_dates import dated, sentence_of
from verbale.measures.interruption import interruption
from verbale.measures.penalised import fitted, profile_bounds, shortfall

DYAD = ("RUS", "IRN")


def test_series_without_change_seldom_alarm_and_a_threefold_conflict_is_found() -> None:
    alarms = hits = 0
    for run in range(20):
        random = np.random.default_rng(run)
        alarms += bool(change_points(changing_counts(random, [(4, 4)], [40], dispersion=2.0), seed=run))
        found = change_points(changing_counts(random, [(4, 4), (4, 14)], [20, 20], dispersion=1.5), seed=run)
        hits += any(change.kind == "level" and abs(change.at - 20) <= 1 for change in found)
    assert alarms <= 4  # of 20 at a chance of 4 %, more come in one seeding of a thousand
    assert hits >= 17


def test_a_change_that_is_taken_back_and_a_change_of_variance_are_found() -> None:
    random = np.random.default_rng(2)
    bump = changing_counts(random, [(4, 4), (4, 18), (4, 4)], [24, 12, 24])
    assert [change.at for change in change_points(bump, seed=1) if change.kind == "level"] == pytest.approx([24, 36], abs=1)
    parts = [changing_counts(random, [(8, 8)], [60], dispersion=one) for one in (1.0, 10.0)]
    kinds = {(change.kind, round(change.at, -1)) for change in change_points(np.concatenate(parts), seed=1)}
    assert ("variance", 60) in kinds


def drifting_pair(seed: int, related: float) -> np.ndarray[Any, Any]:
    random = np.random.default_rng(seed)
    return np.stack([drifting_counts(random, 5, 60, dispersion=2, related=related) for _ in range(2)], axis=1)


def test_a_series_that_drifts_is_told_to_drift_and_a_step_to_be_one() -> None:
    # 500 series of each kind and the figures: benchmarks/measures_series.py changes.
    found = searched(drifting_pair(5, 0.9), seed=1)
    assert found.drifting
    assert not found.changes
    assert found.margin < 0
    step = searched(changing_counts(np.random.default_rng(5), [(6, 6), (2, 18)], [30, 30], dispersion=2), seed=1)
    assert [change.kind for change in step.changes] == ["level"]
    assert step.margin > 0
    assert step.sure
    assert not step.drifting


def test_what_a_short_series_shows_by_little_is_told_with_a_warning() -> None:
    counts = np.repeat([[4.0, 4.0], [4.0, 11.0]], 15, axis=0) + np.tile([[1.0, -2.0], [-1.0, 2.0]], (15, 1))
    assert margin(counts, [15]) > 0 > margin(counts, [15], periods=3_000)
    assert margin(counts, [15], periods=20) == margin(counts, [15])
    warned = 0
    for seed in range(30):
        step = changing_counts(np.random.default_rng(seed), [(4, 4), (4, 12)], [15, 15], dispersion=1.5)
        found = searched(step, seed=seed)
        by_little = bool(found.changes) and not found.sure and not found.drifting
        warned += by_little
        if by_little or seed < 2:
            result = turning_points(table_of(events_of(step)), dyad=DYAD, replicates=2, seed=seed)
            assert ("drift is not excluded" in result.summary()) == by_little
    assert 1 <= warned <= 20  # of 30, some 8 (docs/measures.md)


def test_slow_drift_seldom_alarms_and_a_change_of_one_side_is_kept() -> None:
    alarms = hits = 0
    for seed in range(1_000, 1_025):
        alarms += bool(searched(drifting_pair(seed, 0.9), seed=seed).changes)
        step = changing_counts(np.random.default_rng(seed), [(4, 4), (4, 16), (4, 4)], [24, 12, 24], dispersion=1.5)
        levels = [change.at for change in change_points(step, seed=seed) if change.kind == "level"]
        hits += all(any(abs(at - one) <= 1 for at in levels) for one in (24, 36))
    assert alarms <= 5  # of 25 at a chance of 5 %, more come in one seeding of eight hundred
    assert hits >= 19  # of 25 at 92 %, fewer come in one seeding of four hundred


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=12, max_size=50), st.integers(3, 9))
def test_the_margin_knows_no_order_of_sides_nor_direction_of_time(pairs: list[tuple[int, int]], at: int) -> None:
    counts = np.array(pairs, dtype=np.float64)
    told = margin(counts, [at])
    assert margin(counts[:, ::-1], [at]) == pytest.approx(told, abs=1e-6)
    # A drift that hands on its past looks the same from the other end, so that a change does as well.
    assert margin(counts[::-1], [len(counts) - at]) == pytest.approx(told, abs=1e-6)


def test_a_long_series_is_added_up_for_the_drift_alone() -> None:
    counts = np.ones((1_000, 2))
    assert shortened(counts).shape == (200, 2)
    assert shortened(counts).sum() == 2_000
    assert shortened(counts[:100]).shape == (100, 2)
    step = np.repeat([[4.0, 4.0], [4.0, 16.0]], 30, axis=0) + np.tile([[1.0, -1.0], [-1.0, 1.0]], (30, 1))
    assert margin(step, [30]) > 0 > margin(step, [15])
    assert wanders(drifting_pair(5, 0.9))
    assert not wanders(changing_counts(np.random.default_rng(5), [(5, 5)], [60], dispersion=2))


def test_ruptures_puts_a_step_where_it_is() -> None:
    counts = np.repeat([[2.0, 9.0], [9.0, 2.0]], [7, 9], axis=0)
    assert refined(counts, 1) == [7]
    assert refined(counts, 0) == []


def test_a_given_date_is_told_from_growth() -> None:
    time = np.arange(60)
    held = {"growth": 0, "step": 0}
    for run in range(30):
        random = np.random.default_rng(run)
        growth = interruption(random.poisson(np.exp(1.5 + 0.02 * time)).astype(float), 30)
        step = interruption(random.poisson(np.where(time < 30, 5, 15)).astype(float), 30)
        assert growth is not None
        assert step is not None
        held["growth"] += growth.level_low < 1 < growth.level_high
        held["step"] += step.level_low < 3 < step.level_high
        assert step.level_chance < 0.05
    assert min(held.values()) >= 25
    assert interruption(np.ones(60), 5) is None
    assert interruption(np.zeros(60), 30) is None


def test_few_events_on_a_side_are_compared_by_their_means_and_by_no_line() -> None:
    day = datetime.date(1980, 1, 1)
    # Likelihood alone told of ratios of 80,000 and more in series like these (docs/measures.md).
    early, empty, far = np.zeros(180), np.zeros(60), np.zeros(60)
    early[20], early[126:] = 1, 2
    empty[30:] = 2
    far[:5], far[30:] = 4, 2
    for counts, at in ((early, 126), (empty, 30), (far, 30)):
        assert interruption(counts, at) is None
        found = dated(counts, at, "conflict", day, level=0.95)
        assert found is not None
        assert "slope_ratio" not in found.row
        assert found.row["ratio"] is None or found.row["ratio"] == pytest.approx(found.row["after"] / found.row["before"])
        assert found.row["low"] > 1 or counts is far
        assert 0 <= found.row["chance"] <= 1
        assert "the means are compared" in found.warning
        said = sentence_of({"period": "1980", "side": "conflict", **found.row}, 0.95)
        assert "growth" not in said
        assert ("ratio at least" in said) == (counts is empty)
    none_after = dated(empty[::-1], 30, "conflict", day, level=0.95)
    assert none_after is not None
    assert none_after.row["low"] == none_after.row["ratio"] == 0
    assert 0 < none_after.row["high"] < 1
    assert dated(np.zeros(60), 30, "conflict", day, level=0.95) is None
    assert dated(early, 5, "conflict", day, level=0.95) is None


def test_sparse_series_tell_no_ratio_that_is_far_off() -> None:
    held, off = 0, list[float]()
    for run in range(40):
        counts = changing_counts(np.random.default_rng(run), [(0.3, 0.3), (0.3, 0.9)], [30, 30], dispersion=2)[:, 1]
        found = dated(counts, 30, "conflict", datetime.date(1980, 1, 1), level=0.95)
        if found is None:
            continue
        row = found.row
        held += row["low"] <= 3 <= (np.inf if row["high"] is None else row["high"])
        off += [max(row["ratio"] / 3, 3 / row["ratio"])] if row["ratio"] else []
    assert held >= 36
    assert max(off) < 30  # 500 runs of each of six kinds are off by 22 at most; likelihood alone was by 90,000


def test_the_penalty_keeps_a_coefficient_finite_and_hardly_moves_one_of_many_events() -> None:
    time = np.arange(40) - 20.0
    later = (time >= 0).astype(float)
    design = np.stack([np.ones(40), time / 20, later, time / 20 * later], axis=1)
    empty = np.where(time < 0, 0.0, 3.0)
    best = fitted(empty, design)
    assert np.all(np.abs(best.coefficients) < 10)
    low, high = profile_bounds(empty, design, best, 2, 4.0)
    assert low < best.coefficients[2] < high
    many = np.random.default_rng(1).poisson(np.where(time < 0, 40, 80)).astype(float)
    assert fitted(many, design).coefficients[2] == pytest.approx(np.log(2), abs=0.2)
    assert shortfall(many, design, fitted(many, design), 2) > 10
    assert fitted(many, design, held=(2, 0.0)).coefficients[2] == 0


def events_of(counts: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> list[dict[str, object]]:
    random, rows = np.random.default_rng(1), []
    for year, pair in enumerate(counts):
        for side, number in enumerate(pair):
            kind = ("COOPERATE", "ASSAULT")[side]
            for _ in range(int(number)):
                day = datetime.date(1950 + year, int(random.integers(1, 13)), 5)
                document = f"d{random.integers(8)}"
                rows.append({"source": "RUS", "target": "IRN", "type": kind, "date_start": day, "document_id": document})
    return rows


def test_a_turning_point_comes_with_levels_stability_dates_and_the_events_around_it() -> None:
    counts = changing_counts(np.random.default_rng(4), [(5, 3), (5, 14)], [20, 20])
    table = table_of(events_of(counts))
    first, second = (
        turning_points(table, dyad=DYAD, dates=[datetime.date(1979, 2, 11), datetime.date(1951, 1, 1)], replicates=20)
        for _ in range(2)
    )
    assert first.rows.equals(second.rows)
    rows = first.rows.to_pylist()
    level = next(row for row in rows if row["kind"] == "level" and row["side"] == "conflict")
    assert level["period"] in ("1969", "1970", "1971")
    assert level["low"] < level["ratio"] < level["high"]
    assert level["low"] > 1.5
    assert level["stability"] > 0.8
    at = int(level["period"]) - 1950
    assert level["events"] == len(level["event_ids"]) == counts[at - 1, 1] + counts[at, 1]
    assert {row["period"] for row in rows if row["kind"] == "given"} == {"1979"}
    assert len(first.warned) == len(first.warnings)
    untested = next(keys for text, keys in zip(first.warnings, first.warned, strict=True) if "not tested" in text)
    assert len(untested["event_ids"]) == counts.sum()
    assert any("1951-01-01 is not tested: it needs at least 8 periods" in warning for warning in first.warnings)
    assert "changes of level 1" in first.summary()
    drawn = str(first.plot().to_dict())
    assert level["period_start"].isoformat() in drawn


def test_a_relation_that_drifts_has_no_level_rows_and_a_warning_that_names_the_places() -> None:
    result = turning_points(table_of(events_of(drifting_pair(5, 0.9))), dyad=DYAD, replicates=5)
    assert not [row for row in result.rows.to_pylist() if row["kind"] == "level"]
    assert "changes of level 0" in result.summary()
    warning, behind = next(
        one for one in zip(result.warnings, result.warned, strict=True) if "if periods were independent" in one[0]
    )
    assert "drift explains the series as well" in warning
    assert len(behind["event_ids"]) == drifting_pair(5, 0.9).sum()
    assert "not excluded" not in result.summary()
    assert "at even odds that both sides drift alike" in result.method.formula


def test_a_short_series_is_refused_with_what_it_lacks() -> None:
    table = table_of(events_of(np.full((5, 2), 4.0)))
    with pytest.raises(
        VerbaleError, match=r"needs at least 12 periods \(year\) and 20 events .* but has 5 periods and 40 events; widen"
    ):
        turning_points(table, dyad=DYAD)
    with pytest.raises(VerbaleError, match=r"direction is 'IRN'; give RUS>IRN or IRN>RUS or both"):
        turning_points(table, dyad=DYAD, direction="IRN")
