"""Reciprocity: answers that are there are found with their strength, chance ones are not, and shared wars are no answers."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from tests.measures.simulated import answered_acts, table_of

from verbale.core import VerbaleError
from verbale.measures import reciprocity
from verbale.measures.autoregression import granger
from verbale.measures.responses import cross_correlation, near_shifts, response, turned

DYAD = ("RUS", "IRN")


@pytest.mark.parametrize("strength", [0.0, 0.5])
def test_the_strength_of_answers_is_recovered(strength: float) -> None:
    held = low = 0
    for run in range(20):
        random = np.random.default_rng(run)
        acts, answers = answered_acts(random, length=2_000, rate=0.03, background=0.02, strength=strength, window=10)
        found = response(acts, answers, length=2_000, window=10, random=random)
        assert found is not None
        held += found.low <= strength <= found.high
        low += found.chance <= 0.05
    assert held >= 17
    assert low <= 4 if strength == 0 else low == 20


def test_a_war_that_both_fight_is_no_answer() -> None:
    low = 0
    for run in range(20):
        random = np.random.default_rng(run)
        rate = np.where((np.arange(3_000) // 500) % 2, 0.08, 0.005)
        acts, others = (np.flatnonzero(random.random(3_000) < rate) for _ in range(2))
        found = response(acts, others, length=3_000, window=10, random=random)
        assert found is not None
        low += found.chance <= 0.05
    assert low <= 4


def test_answers_and_acts_that_count_are_named() -> None:
    acts = np.arange(0, 4_000, 100)
    answers = np.concatenate([acts[:30] + 3, [50]])
    found = response(acts, answers, length=4_100, window=5, random=np.random.default_rng(1))
    assert found is not None
    assert found.share == pytest.approx(30 / 40)
    assert found.answered.tolist() == list(range(30))
    assert sorted(found.answers.tolist()) == list(range(30))
    assert response(acts[:10], answers, length=4_100, window=5, random=np.random.default_rng(1)) is None


def test_shifts_stay_near_and_are_each_tried_once() -> None:
    shifts = near_shifts(1_000, 21, 100, random=np.random.default_rng(1))
    assert len(shifts) == len(set(shifts.tolist())) == 160
    assert np.abs(shifts).min() == 21
    assert np.abs(shifts).max() == 100


def test_turned_answers_stay_in_their_stretch_and_keep_their_rhythm() -> None:
    times = np.array([0, 10, 30, 99, 100, 150, 249])
    found = list(turned(times, 250, 100, random=np.random.default_rng(1)))
    assert len(found) == 499
    for moved in found:
        # The rest of 50 periods is a stretch of its own.
        assert np.array_equal(moved // 100, times // 100)
        assert sorted(np.diff(moved[:3]) % 100) == [10, 20]
    assert len({int(moved[0]) for moved in found}) > 50
    assert np.array_equal(next(turned(times[:0], 0, 100, random=np.random.default_rng(1))), times[:0])


def test_series_that_follow_each_other_correlate_at_their_lag_and_pass_granger() -> None:
    held = low = 0
    for run in range(12):
        random = np.random.default_rng(run)
        cause = random.normal(size=200)
        effect = np.concatenate([[0.0, 0.0], cause[:-2]]) + random.normal(size=200)
        seen, chance, of_all = cross_correlation(cause, effect, lags=5, random=random)
        assert int(seen.argmax()) - 5 == 2
        assert chance[7] < 0.02
        assert chance[7] <= of_all[7] < 0.02
        forward, backward = (granger(*pair, random=random, lags=2) for pair in ((cause, effect), (effect, cause)))
        assert forward is not None
        assert backward is not None
        assert forward.chance < 0.01
        held += forward.low < 1 < forward.high
        low += backward.chance_shifted <= 0.05
    assert held >= 9
    assert low <= 3
    assert granger(cause[:50], effect[:50], random=random) is None


def day_rows(strength: float) -> list[dict[str, Any]]:
    random = np.random.default_rng(7)
    acts, answers = answered_acts(random, length=2_500, rate=0.03, background=0.01, strength=strength, window=20)
    first = datetime.date(1990, 1, 1)
    rows = [(int(day), DYAD) for day in acts] + [(int(day), DYAD[::-1]) for day in answers]
    return [
        {"source": pair[0], "target": pair[1], "type": "ASSAULT", "date_start": first + datetime.timedelta(days=day)}
        for day, pair in rows
    ]


def test_a_result_says_who_answers_whom_and_what_could_not_be_tested() -> None:
    rows = day_rows(0.6)
    together = {**rows[0], "type": "AGREE", "mutual": True}
    first, second = (reciprocity(table_of([*rows, together]), dyad=DYAD, period="day", window=20) for _ in range(2))
    assert first.rows.equals(second.rows)
    responses = {row["source"]: row for row in first.rows.to_pylist() if row["test"] == "response"}
    assert responses["RUS"]["low"] < 0.6 < responses["RUS"]["high"]
    assert responses["RUS"]["chance"] < 0.01
    assert 0 < len(responses["RUS"]["event_ids"]) <= len(rows)
    assert first.evidence().count().execute() == len(rows)  # what both did together has no direction
    assert any("Not tested for want of acts dated to the day" in warning for warning in first.warnings)
    assert "Conflict of RUS is followed by conflict of IRN within 20 periods" in first.summary()
    assert first.plot().to_dict()["height"] == 40 * len(responses) + 20


def test_dates_too_coarse_for_the_period_are_no_acts_and_too_few_are_refused() -> None:
    coarse = [{**row, "date_precision": "year"} for row in day_rows(0.0)]
    with pytest.raises(
        VerbaleError, match=r"needs at least 20 acts of one side and 10 .* dated to the month.* but has 0 and 0"
    ):
        reciprocity(table_of(coarse), dyad=DYAD)
    with pytest.raises(VerbaleError, match=r"window is 0; give a number of periods from 1"):
        reciprocity(table_of(day_rows(0.0)), dyad=DYAD, window=0)
