"""Results of measures: table, evidence, method, the same numbers twice; balances counted by eye and held against the truth."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from tests.measures.simulated import GOLDSTEIN, documents_of_events, table_of, table_of_atoms

from verbale.core import VerbaleError
from verbale.measures import Span, relation_balance
from verbale.measures.balance_intervals import quantity_of
from verbale.measures.bootstrap import Atoms, interval, replicate
from verbale.measures.bounds import Sample, bounds_of
from verbale.measures.dyad_counts import QUADS
from verbale.measures.result import MeasureResult

DYAD = ("RUS", "IRN")


def act(year: int, kind: str, *, back: bool = False, **more: Any) -> dict[str, Any]:
    source, target = DYAD[::-1] if back else DYAD
    return {"source": source, "target": target, "type": kind, "date_start": datetime.date(year, 3, 1), **more}


BY_HAND = [
    act(1950, "AGREE", document_id="d1"),
    act(1950, "ASSAULT", document_id="d1"),
    act(1950, "ASSAULT", document_id="d2", back=True),
    act(1952, "COOPERATE", document_id="d2", mutual=True),
    act(1952, "ACCUSE", document_id="d3", status="denied"),
    act(1952, "ACCUSE", document_id="d3", date_start=None, date_precision=None),
    {**act(1952, "AGREE"), "target": "TUR"},
]


def values(result: MeasureResult, quantity: str, direction: str = "both") -> dict[str | None, float | None]:
    rows = result.rows.to_pylist()
    return {row["period"]: row["value"] for row in rows if (row["quantity"], row["direction"]) == (quantity, direction)}


def test_a_balance_counts_each_direction_and_what_both_do_in_both() -> None:
    result = relation_balance(table_of(BY_HAND), dyad=DYAD, replicates=50)
    assert values(result, "events", "RUS>IRN") == {"1950": 2, "1951": 0, "1952": 1, None: 1}
    assert values(result, "events", "IRN>RUS") == {"1950": 1, "1951": 0, "1952": 1, None: 0}
    assert values(result, "events") == {"1950": 3, "1951": 0, "1952": 1, None: 1}
    assert values(result, "net") == {"1950": -1, "1951": 0, "1952": 1, None: -1}
    assert values(result, "share") == {"1950": 1 / 3, "1951": None, "1952": 1.0, None: 0.0}
    assert values(result, "mean intensity")["1950"] == pytest.approx((3 - 9 - 9) / 3)
    assert values(result, "material conflict", "IRN>RUS")["1950"] == 1


def test_every_number_leads_to_its_events_and_the_result_to_all_of_them() -> None:
    result = relation_balance(table_of(BY_HAND), dyad=DYAD, replicates=50)
    for row in result.rows.to_pylist():
        if row["quantity"] in ("events", "cooperation", "conflict", *QUADS):
            assert len(row["event_ids"]) == row["value"]
    assert result.evidence().order_by("event_id").to_pyarrow()["event_id"].to_pylist() == [f"{n:06d}" for n in (0, 1, 2, 3, 5)]
    conflict = result.table().filter(
        lambda row: (row.quantity == "conflict") & (row.period == "1950") & (row.direction == "both")
    )
    assert sorted(result.evidence(conflict).to_pyarrow()["event_id"].to_pylist()) == ["000001", "000002"]
    assert result.detached().evidence().count().execute() == 5
    with pytest.raises(KeyError):
        result.evidence(name="sipri_transfers")


def test_named_spans_hold_only_what_surely_lies_in_them() -> None:
    rows = [
        act(1917, "AGREE", date_start=datetime.date(1917, 1, 1), date_precision="year"),
        act(1917, "AGREE", date_start=datetime.date(1917, 11, 8)),
        act(1910, "AGREE", date_start=datetime.date(1910, 1, 1), date_precision="decade"),
        act(1900, "AGREE", date_start=datetime.date(1900, 1, 1), date_precision="decade"),
    ]
    spans = [
        Span("Tsarist", datetime.date(1, 1, 1), datetime.date(1917, 3, 15)),
        Span("Soviet", datetime.date(1917, 11, 7), datetime.date(1991, 12, 25)),
    ]
    result = relation_balance(table_of(rows), dyad=DYAD, spans=spans, replicates=50)
    assert values(result, "events") == {"Tsarist": 1, "Soviet": 1, None: 2}
    assert any("2 events belong to no period" in warning for warning in result.warnings)


def test_two_runs_are_identical_and_the_method_is_told() -> None:
    random = np.random.default_rng(3)
    atoms = documents_of_events(random, documents=10, events=12, shares=np.full(16, 1 / 16), alike=20)
    first, second = (relation_balance(table_of_atoms(atoms), dyad=DYAD, replicates=200) for _ in range(2))
    assert first.rows.equals(second.rows)
    assert first.summary() == second.summary()
    told = dict(first.method.lines())
    assert told["seed"] == "1815"
    assert told["dyad"] == "RUS-IRN"
    assert "numpy" in told["computed with"]
    assert first.plot().to_dict() == second.plot().to_dict()


def test_several_dyads_stand_one_below_the_other() -> None:
    rows = [*BY_HAND, {**act(1951, "ASSAULT"), "target": "TUR"}]
    result = relation_balance(table_of(rows), dyad=[DYAD, ("RUS", "TUR")], replicates=50)
    assert set(result.rows["dyad"].to_pylist()) == {"RUS-IRN", "RUS-TUR"}
    assert "facet" in str(result.plot().to_dict())


def test_a_refusal_says_what_is_missing() -> None:
    with pytest.raises(VerbaleError, match=r"needs events between RUS and CHN, but has none"):
        relation_balance(table_of(BY_HAND), dyad=("RUS", "CHN"))
    with pytest.raises(VerbaleError, match=r"quantity is 'hate'; give events, verbal cooperation"):
        relation_balance(table_of(BY_HAND), dyad=DYAD, quantities=["hate"])
    with pytest.raises(VerbaleError, match=r"documents is 'many'; give given or arriving"):
        relation_balance(table_of(BY_HAND), dyad=DYAD, documents="many")
    with pytest.raises(VerbaleError, match=r"level is 95; give a share between 0 and 1"):
        relation_balance(table_of(BY_HAND), dyad=DYAD, level=95)
    far = [*BY_HAND, act(1990, "AGREE")]
    with pytest.raises(VerbaleError, match=r"period is day, of which the events span 14,6\d\d; give a longer period"):
        relation_balance(table_of(far), dyad=DYAD, period="day")


def test_few_documents_and_few_events_are_warned_of() -> None:
    rows = [act(1950, "AGREE") for _ in range(12)] + [act(1951, "ASSAULT") for _ in range(3)]
    warnings = relation_balance(table_of(rows), dyad=DYAD, replicates=50).warnings
    assert any("1 document; the intervals tell how events vary within" in warning for warning in warnings)
    assert any("1 of 2 periods has fewer than 10 events" in warning for warning in warnings)


def test_one_document_varies_as_its_events_do_and_many_as_documents_do() -> None:
    one = Atoms(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), np.ones(1), np.array([100]), 1)
    spread = replicate(one, replicates=4000, seed=1).replicate_events[:, 0].std()
    assert spread == pytest.approx(10, rel=0.05)  # Poisson
    number = np.arange(50, dtype=np.int64)
    lopsided = Atoms(number, np.zeros(50, dtype=np.int64), np.ones(50), np.where(number % 2, 1, 19), 1)
    many = replicate(lopsided, replicates=4000, seed=1)
    # Documents of 1 and 19 events: 50 draws with standard deviation 9.
    assert many.replicate_events[:, 0].std() == pytest.approx(np.sqrt(50) * 9, rel=0.05)
    assert many.documents == 50


def test_few_documents_widen_an_interval() -> None:
    replicated = np.random.default_rng(1).normal(size=20_000)
    narrow, wide = interval(replicated), interval(replicated, units=5)
    assert narrow[1] == pytest.approx(1.96, abs=0.08)
    assert wide[1] == pytest.approx(2.776 * np.sqrt(5 / 4), abs=0.2)
    assert all(np.isnan(interval(np.full(3, np.nan))))


@pytest.mark.parametrize(
    ("given", "documents"),
    [
        ({"documents": 1, "events": 400.0, "alike": None}, "given"),
        ({"documents": 8, "events": 50.0, "alike": 30.0}, "given"),
        ({"documents": 300, "events": 1.0, "alike": None, "arriving": True}, "arriving"),
    ],
)
def test_intervals_hold_the_truth_of_simulated_ledgers(given: dict[str, Any], documents: str) -> None:
    shares = np.random.default_rng(5).dirichlet(np.ones(4 * len(QUADS)) * 3)
    expected = given["documents"] * given["events"] * shares.reshape(4, len(QUADS))
    held = []
    for run in range(60):
        atoms = documents_of_events(np.random.default_rng(run), shares=shares, **given)
        drawn = replicate(atoms, documents=documents, replicates=400, seed=run)
        cells = np.arange(4 * len(QUADS)).reshape(4, len(QUADS))
        sample = Sample(atoms, drawn, cells)
        for quantity in ("cooperation", "share", "mean intensity"):
            truth = quantity_of(quantity, expected, expected * GOLDSTEIN)
            for at in range(4):
                low, high = bounds_of(quantity, sample.seen(cells[at]), 0.95)
                held.append(low <= truth[at] <= high)
    assert 0.90 <= np.mean(held) <= 0.98
