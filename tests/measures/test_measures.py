"""The measures on tables written by hand: every expected number here can be counted by eye."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.core import EVENT_TYPES, QUADRANTS, STATUSES, Actor, Event, EventDate, Evidence, VerbaleError
from verbale.core.schema import EVENT_SCHEMA, event_to_row
from verbale.measures import (
    PERIODS,
    balance,
    coverage,
    directed_counts,
    dyads,
    evidence,
    fitting_period,
    restrict,
    status_counts,
)


def make(number: int, source: str, target: str, kind: Any, date: str = "", precision: Any = "day", **more: Any) -> Event:
    start = datetime.date.fromisoformat(date) if date else None
    return Event(
        evidence=Evidence(more.pop("document", "d1"), number * 10, number * 10 + 5, "words"),
        source=Actor(source),
        target=Actor(target),
        type=kind,
        date=EventDate(start, more.pop("end", None), precision) if start else None,
        **more,
    )


BY_HAND = [
    make(0, "USA", "RUS", "AGREE", "1946-03-12", intensity=4.0),
    make(1, "RUS", "USA", "AGREE", "1946-01-01", "year", intensity=3.0),
    make(2, "RUS", "USA", "THREATEN", "1946-03-20", intensity=-5.0, document="d2"),
    make(3, "USA", "RUS", "ASSAULT", "1948-01-01", "year", intensity=-9.0, status="denied"),
    make(4, "USA", "RUS", "CONSULT", "1940-01-01", "decade", intensity=1.0, mutual=True),
    make(5, "RUS", "USA", "CONSULT", "1955-07-18", intensity=1.0, mutual=True, end=datetime.date(1955, 7, 23)),
    make(6, "USA", "GBR", "AID", intensity=7.0),
    make(7, "IRN", "IRN", "PROTEST", "1951-01-01", "year", intensity=-6.0),
    make(8, "RUS", "IRN", "ASSAULT", "1804-01-01", "year", end=datetime.date(1813, 12, 31), intensity=-10.0),
]


def table(events: list[Event]) -> ir.Table:
    return ibis.memtable(pa.Table.from_pylist([event_to_row(event) for event in events], schema=EVENT_SCHEMA))


def rows(result: ir.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = result.to_pyarrow().to_pylist()
    return found


def ids(*numbers: int) -> list[str]:
    return sorted(BY_HAND[number].event_id for number in numbers)


def test_balance_by_year_counts_only_actual_events_that_belong_to_a_year() -> None:
    got = [
        (row["period"], row["quad"], row["events"], row["intensity"], row["event_ids"]) for row in rows(balance(table(BY_HAND)))
    ]
    assert got == [
        ("1804", "material conflict", 1, -10.0, ids(8)),
        ("1946", "verbal conflict", 1, -5.0, ids(2)),
        ("1946", "verbal cooperation", 2, 7.0, ids(0, 1)),
        ("1951", "material conflict", 1, -6.0, ids(7)),
        ("1955", "verbal cooperation", 1, 1.0, ids(5)),
        (None, "material cooperation", 1, 7.0, ids(6)),  # no date at all
        (None, "verbal cooperation", 1, 1.0, ids(4)),  # "in the 1940s" is no year
    ]


def test_balance_by_decade_places_the_decade_and_by_month_leaves_years_out() -> None:
    decades = {(row["period"], row["quad"]): row["events"] for row in rows(balance(table(BY_HAND), period="decade"))}
    assert decades[("1940s", "verbal cooperation")] == 3
    assert decades[("1800s", "material conflict")] == 1
    months = {(row["period"], row["period_start"], row["side"]) for row in rows(balance(table(BY_HAND), period="month"))}
    assert ("1946-03", datetime.date(1946, 3, 1), "cooperation") in months
    assert not any(period and period.startswith("1951") for period, _, _ in months)
    centuries = {row["period"] for row in rows(balance(table(BY_HAND), period="century"))}
    assert centuries == {"1800-1899", "1900-1999", None}


def test_directed_counts_put_both_spellings_of_a_mutual_act_in_one_row() -> None:
    got = [
        (row["source"], row["target"], row["mutual"], row["type"], row["events"])
        for row in rows(directed_counts(table(BY_HAND)))
    ]
    assert got == [
        ("RUS", "USA", True, "CONSULT", 2),
        ("IRN", "IRN", False, "PROTEST", 1),
        ("RUS", "IRN", False, "ASSAULT", 1),
        ("RUS", "USA", False, "AGREE", 1),
        ("RUS", "USA", False, "THREATEN", 1),
        ("USA", "GBR", False, "AID", 1),
        ("USA", "RUS", False, "AGREE", 1),
    ]
    assert rows(directed_counts(table(BY_HAND)))[0]["event_ids"] == ids(4, 5)


def test_dyads_are_ranked_and_leave_acts_within_one_state_out() -> None:
    got = rows(dyads(table(BY_HAND)))
    assert [(row["a"], row["b"], row["events"], row["cooperation"], row["conflict"], row["intensity"]) for row in got] == [
        ("RUS", "USA", 5, 4, 1, 4.0),
        ("GBR", "USA", 1, 1, 0, 7.0),
        ("IRN", "RUS", 1, 0, 1, -10.0),
    ]
    assert [(row["first_year"], row["last_year"]) for row in got] == [(1940, 1955), (None, None), (1804, 1813)]
    assert got[0]["event_ids"] == ids(0, 1, 2, 4, 5)


def test_coverage_keeps_documents_without_events() -> None:
    documents = ibis.memtable({"document_id": ["d1", "d2", "d3"], "name": ["one", "two", "three"]})
    got = [
        (
            row["name"],
            row["events"],
            row["not_actual"],
            row["undated"],
            row["first_year"],
            row["last_year"],
            len(row["event_ids"]),
        )
        for row in rows(coverage(table(BY_HAND), documents))
    ]
    assert got == [("one", 7, 1, 1, 1804, 1955, 8), ("two", 1, 0, 0, 1946, 1946, 1), ("three", 0, 0, 0, None, None, 0)]


def test_status_counts_count_every_status() -> None:
    assert [(row["status"], row["events"]) for row in rows(status_counts(table(BY_HAND)))] == [("actual", 8), ("denied", 1)]


def test_restrict_by_dyad_takes_both_directions_and_no_third_party() -> None:
    kept = restrict(table(BY_HAND), dyad=("RUS", "USA"))
    assert sorted(row["event_id"] for row in rows(kept)) == ids(0, 1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("years", "numbers"),
    [((1946, 1946), (0, 1, 2, 4)), ((1810, 1811), (8,)), ((1814, 1939), ()), ((1949, 1951), (4, 7)), ((1955, 2000), (5,))],
)
def test_restrict_by_years_keeps_events_that_touch_them(years: tuple[int, int], numbers: tuple[int, ...]) -> None:
    assert sorted(row["event_id"] for row in rows(restrict(table(BY_HAND), years=years))) == ids(*numbers)


def test_restrict_by_status() -> None:
    assert [row["event_id"] for row in rows(restrict(table(BY_HAND), statuses=["denied"]))] == ids(3)


def test_evidence_lists_the_events_behind_a_row() -> None:
    events = table(BY_HAND)
    one = balance(events).filter(ibis._.period == "1946")
    assert sorted(row["event_id"] for row in rows(evidence(events, one))) == ids(0, 1, 2)


@pytest.mark.parametrize(("first", "last", "period"), [(1946, 1947, "month"), (1920, 1979, "year"), (1781, 1999, "decade")])
def test_fitting_period(first: int, last: int, period: str) -> None:
    assert fitting_period(first, last) == period


def test_errors_say_what_is_allowed() -> None:
    events = table(BY_HAND)
    with pytest.raises(VerbaleError, match="'fortnight' is not known; choose one of day, week, month, quarter, year"):
        balance(events, period="fortnight")
    with pytest.raises(VerbaleError, match=r"RUS-RUS.*two different actor codes"):
        restrict(events, dyad=("RUS", "RUS"))
    with pytest.raises(VerbaleError, match="from 1950 to 1940; give the earlier year first"):
        restrict(events, years=(1950, 1940))
    with pytest.raises(VerbaleError, match="status planned is not known; choose among actual"):
        restrict(events, statuses=["planned"])
    with pytest.raises(VerbaleError, match="lacks mutual, quad"):
        directed_counts(events.drop("mutual", "quad"))


def test_an_empty_ledger_gives_empty_tables() -> None:
    empty = table([])
    for result in (balance(empty), directed_counts(empty), dyads(empty), status_counts(empty)):
        assert rows(result) == []


_CODES = st.sampled_from(["USA", "RUS", "IRN"])
_DATES = st.one_of(st.none(), st.dates(datetime.date(1800, 1, 1), datetime.date(2024, 12, 31)))


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            _CODES,
            _CODES,
            st.sampled_from(EVENT_TYPES),
            _DATES,
            st.sampled_from(["day", "year", "decade"]),
            st.sampled_from(STATUSES),
        ),
        max_size=12,
    ),
    st.sampled_from(sorted(PERIODS)),
)
def test_every_actual_event_is_counted_exactly_once(drawn: list[Any], period: str) -> None:
    events = [
        make(number, source, target, kind, date.isoformat() if date else "", precision, status=status, intensity=float(number))
        for number, (source, target, kind, date, precision, status) in enumerate(drawn)
    ]
    counted = sorted(event.event_id for event in events if event.status == "actual")
    for result in (rows(balance(table(events), period=period)), rows(directed_counts(table(events)))):
        assert sorted(event_id for row in result for event_id in row["event_ids"]) == counted
        assert sum(row["events"] for row in result) == len(counted)
        assert sum(row["intensity"] for row in result) == sum(event.intensity for event in events if event.status == "actual")
        by_quad = Counter(QUADRANTS[event.type] for event in events if event.status == "actual")
        assert {quad: sum(row["events"] for row in result if row["quad"] == quad) for quad in by_quad} == dict(by_quad)
