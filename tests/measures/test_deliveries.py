"""Time to delivery on registers with known hazards, counted by eye or simulated; and comparisons over dyads."""

from __future__ import annotations

import itertools
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.simulated_deliveries import THROUGH, register, share_delivered, share_within, true_median, waits

from verbale.core import VerbaleError
from verbale.measures.comparison import Compared, compare, joint_level
from verbale.measures.reliability import reliability
from verbale.measures.result import Basis, MeasureResult, Method
from verbale.measures.survival import Estimate, Waiting

RUNS = 120
LEVEL = 0.95


def known(estimate: Estimate) -> tuple[float, float, float]:
    """Value and bounds of a share whose every number must be known."""
    assert estimate.value is not None
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.value, estimate.low, estimate.high


def by_quantity(result: MeasureResult) -> dict[str, dict[str, Any]]:
    return {row["quantity"]: row for row in result.rows.to_pylist() if not row["quantity"].startswith("curve")}


def test_shares_by_hand_equal_kaplan_and_meiers() -> None:
    # Of six, one is delivered in year 0, one watched only to 0, then one of four at 1, two of three at 2, one open at 3.
    waiting = Waiting(np.array([0, 0, 1, 2, 2, 3.0]), np.array([True, False, True, True, True, False]))
    shares = [waiting.share_by(years, LEVEL).value for years in (0, 1, 2, 3)]
    assert shares == pytest.approx([1 / 6, 1 - 5 / 6 * 3 / 4, 1 - 5 / 6 * 3 / 4 / 3, 1 - 5 / 6 * 3 / 4 / 3])
    assert waiting.share_by(4, LEVEL).value is None
    assert waiting.median(LEVEL).value == 2


def test_without_censoring_all_or_nothing_has_the_exact_binomial_interval() -> None:
    done = Waiting(np.full(9, 2.0), np.ones(9, dtype=bool))
    assert done.share_by(10, LEVEL).low == pytest.approx(0.664, abs=0.001)
    assert done.share_by(1, LEVEL).high == pytest.approx(0.336, abs=0.001)
    nothing = Waiting(np.full(9, 2.0), np.zeros(9, dtype=bool))
    assert nothing.median(LEVEL).value is None


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30))
def test_a_share_lies_in_its_interval_and_never_falls(orders: list[tuple[int, bool]]) -> None:
    times, happened = zip(*orders, strict=True)
    waiting = Waiting(np.array(times, dtype=float), np.array(happened))
    shares = [known(share) for _, share, _ in waiting.curve(LEVEL)]
    for value, low, high in shares:
        assert 0 <= low <= value + 1e-9
        assert value - 1e-9 <= high <= 1
    assert all(later[0] >= share[0] for share, later in itertools.pairwise(shares))


def test_intervals_of_simulated_registers_hold_the_truth() -> None:
    # 500 runs of each case: benchmarks/measures_commitments.py; of 120 runs, 95 % give 90 or more with chance 0.99.
    random, hazard = np.random.default_rng(1815), 0.35
    hits = dict.fromkeys((1, 3, 5), 0)
    median = 0
    for placed, waited in zip(*waits(random, 50, hazard=hazard, runs=RUNS), strict=True):
        still = placed + waited > THROUGH
        waiting = Waiting(np.where(still, THROUGH - placed, waited).astype(float), ~still)
        for years in hits:
            _, low, high = known(waiting.share_by(years, LEVEL))
            hits[years] += low <= share_within(years, hazard) <= high
        found = waiting.median(LEVEL)
        median += (found.low or 0.0) <= true_median(hazard) <= (np.inf if found.high is None else found.high)
    assert all(hit / RUNS >= 0.9 for hit in hits.values()), hits
    assert median / RUNS >= 0.9


def test_the_measure_recovers_a_large_registers_hazard() -> None:
    placed, waited = waits(np.random.default_rng(7), 4_000, hazard=0.3)
    found = by_quantity(reliability(ibis.memtable(register(placed[0], waited[0])), supplier="RUS", recipient="IRN"))
    assert found["orders"]["value"] == 4_000
    assert found["full delivery within 3 years"]["value"] == pytest.approx(share_within(3, 0.3), abs=0.02)
    assert found["delivered in full"]["value"] == pytest.approx(share_delivered(0.3), abs=0.02)
    assert found["median years to full delivery"]["value"] == true_median(0.3)
    assert found["volume delivered"]["value"] == pytest.approx(found["delivered in full"]["value"])


def test_a_result_carries_its_lines_its_figure_and_what_the_register_cannot_know() -> None:
    table = ibis.memtable(register(np.array([2000, 2001, 2024]), np.array([1, 3, 5])))
    result = reliability(table, supplier="RUS", recipient="IRN").detached()
    assert set(result.rows["few"].to_pylist()) == {True}
    assert result.evidence().to_pyarrow()["line"].to_pylist() == [13, 14, 15]
    assert "no order from before 2024 without a delivery" in "".join(result.warnings)
    assert "RUS-IRN: delivered in full: 66.7%" in result.summary()
    assert result.plot().to_dict()
    again = reliability(table, supplier="RUS", recipient="IRN")
    assert again.rows.equals(result.rows)
    assert again.summary() == result.summary()


def test_an_order_that_a_comment_tells_was_cancelled_counts_as_not_delivered() -> None:
    rows = register(np.array([2010, 2010]), np.array([1, 1])).to_pylist()
    rows[0]["comments"] = "replacing 2005 order cancelled 2007"
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=register(np.array([2010]), np.array([1])).schema))
    found = by_quantity(reliability(table, supplier="RUS", recipient="IRN"))
    assert found["delivered in full"]["value"] == pytest.approx(2 / 3)
    assert by_quantity(reliability(table, supplier="RUS", years=(2008, 2020)))["delivered in full"]["value"] == 1


def test_what_is_known_of_one_order_alone_has_no_share() -> None:
    rows = register(np.array([2000, 2001]), np.array([1, 3])).to_pylist()
    rows[0]["ordered"], rows[0]["tiv_order"] = None, None
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=register(np.array([2010]), np.array([1])).schema))
    result = reliability(table, supplier="RUS", recipient="IRN")
    assert set(by_quantity(result)) == {"orders", "median years to first delivery"} | {
        f"first delivery within {years}" for years in ("1 year", "3 years", "5 years", "10 years")
    }
    assert "RUS-IRN: the number ordered is known of one order, which has no share and no interval." in result.warnings
    assert result.sentences[0] == "RUS-IRN: 2 orders, watched to the end of 2004."


def test_refusals_say_what_was_needed() -> None:
    table = ibis.memtable(register(np.array([2000]), np.array([1])))
    with pytest.raises(VerbaleError, match="two orders at least from IRN by RUS, for one has no share"):
        reliability(table, supplier="IRN", recipient="RUS")
    with pytest.raises(
        VerbaleError, match=r"has one, first delivered after 1 year, in full after 1 year \(line 13 of the register\)"
    ):
        reliability(table, supplier="RUS", recipient="IRN")
    with pytest.raises(VerbaleError, match="level is 2; give a share between 0 and 1"):
        reliability(table, supplier="RUS", level=2)
    with pytest.raises(VerbaleError, match="2010"):
        reliability(table, supplier="RUS", years=(2010, 2000))


def result(value: float | None, low: float | None, high: float | None, *, key: str = "e1", side: str = "both") -> MeasureResult:
    """A result as any measure gives it; the comparison knows nothing else of it."""
    columns = {
        "quantity": ["share", "other"],
        "direction": [side, side],
        "value": [value, 1.0],
        "low": [low, 1.0],
        "high": [high, 1.0],
    }
    rows = pa.table({**columns, "event_ids": [[key], ["e0"]]})
    basis = Basis(ibis.memtable(pa.table({"event_id": ["e0", "e1", "e2", "e3"]})))
    return MeasureResult("fake", "Fake", rows, Method("f", ("s",), {}, {}, 5), (), (basis,), lambda _: None)  # type: ignore[arg-type, return-value]


def three() -> list[Compared]:
    return [
        Compared("A-B", result(0.5, 0.4, 0.6), result(0.5, 0.35, 0.65)),
        Compared("A-C", result(0.9, 0.8, 0.95, key="e2"), result(0.9, 0.7, 0.97, key="e2")),
        Compared("A-D", result(0.55, 0.3, 0.8, key="e3"), result(0.55, 0.2, 0.9, key="e3")),
        Compared("A-E", None, None, "fake needs more"),
    ]


def test_ranks_and_differences_by_hand() -> None:
    found = compare(three(), measure="fake", quantity="share", level=LEVEL)
    rows = found.rows.to_pylist()
    assert [(row["dyad"], row["rank"], row["rank_low"], row["rank_high"]) for row in rows] == [
        ("A-C", 1, 1, 2),
        ("A-D", 2, 1, 3),
        ("A-B", 3, 2, 3),
        ("A-E", None, None, None),
    ]
    # 0.4 - sqrt(0.1^2 + 0.1^2) and 0.4 + sqrt(0.05^2 + 0.1^2)
    assert (rows[0]["difference_low"], rows[0]["difference_high"]) == pytest.approx((0.4 - 0.02**0.5, 0.4 + 0.0125**0.5))
    assert rows[2]["difference"] is None  # the reference
    assert rows[3]["refusal"] == "fake needs more"
    assert sorted(found.evidence().to_pyarrow()["event_id"].to_pylist()) == ["e1", "e2", "e3"]
    assert found.plot().to_dict()
    assert found.method.seed == 5
    assert "A-E: no value: fake needs more." in found.summary()


def test_open_intervals_leave_the_rank_open() -> None:
    compared = [
        Compared("A-B", result(3.0, 2.0, None), result(3.0, 2.0, None)),
        Compared("A-C", result(1.0, 0.5, 1.5), result(1.0, 0.5, 1.5)),
    ]
    rows = compare(compared, measure="fake", quantity="share", level=LEVEL).rows.to_pylist()
    assert [(row["rank_low"], row["rank_high"]) for row in rows] == [(1, 1), (2, 2)]
    assert rows[1]["difference_low"] is None


def test_a_comparison_says_which_rows_there_are() -> None:
    with pytest.raises(VerbaleError, match="one of share, other"):
        compare(three(), measure="fake", quantity="shares", level=LEVEL)
    with pytest.raises(VerbaleError, match="0 rows of share"):
        compare(three(), measure="fake", quantity="share", level=LEVEL, where={"direction": "A>B"})
    with pytest.raises(VerbaleError, match="two dyads at least with a value of share"):
        compare(three()[2:], measure="fake", quantity="share", level=LEVEL)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.5)), min_size=2, max_size=6))
def test_a_rank_lies_in_its_interval(values: list[tuple[float, float]]) -> None:
    compared = [
        Compared(f"A-{at}", result(value, value - half, value + half), result(value, value - half, value + half))
        for at, (value, half) in enumerate(values)
    ]
    for row in compare(compared, measure="fake", quantity="share", level=LEVEL).rows.to_pylist():
        assert row["rank_low"] <= row["rank"] <= row["rank_high"]


def test_the_joint_level_is_bonferronis() -> None:
    assert joint_level(0.95, 5) == pytest.approx(0.99)
