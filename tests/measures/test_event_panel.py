"""Dyad panels from events: counts, directions, periods, and the events behind a row."""

from __future__ import annotations

import datetime
from typing import Any

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.core import VerbaleError
from verbale.core.ontology import EVENT_TYPES, QUADRANTS
from verbale.core.schema import COUNT_SCHEMA
from verbale.measures import event_panel, panel_events
from verbale.records.events.counts import counted

DAY = datetime.date(2019, 10, 24)


def event(number: int, **values: Any) -> dict[str, Any]:
    kind = values.get("type", "CONSULT")
    told = {"event_id": str(number), "source": "RUS", "target": "IRN", "mutual": False, "type": kind, "intensity": 1.0,
            "quad": QUADRANTS.get(kind), "status": "actual", "date_start": DAY, "date_precision": "day",
            "mentions": 2}  # fmt: skip
    return told | values


def table(*rows: dict[str, Any], without: tuple[str, ...] = ()) -> Any:
    types = {"event_id": "string", "source": "string", "target": "string", "mutual": "boolean", "type": "string",
             "intensity": "float64", "quad": "string", "status": "string", "date_start": "date", "date_precision": "string",
             "mentions": "int32"}  # fmt: skip
    return ibis.memtable(list(rows), schema=types).drop(*without)


def panel(events: Any, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = event_panel(events, **options).to_pyarrow().to_pylist()
    return found


def test_counts_and_means_of_a_month() -> None:
    events = table(
        event(1),
        event(2, type="ASSAULT", intensity=-10.0, mentions=5),
        event(3, type=None, quad=None, intensity=None, mentions=None),
        event(4, date_start=datetime.date(2019, 10, 1)),
        event(5, date_start=datetime.date(2019, 11, 1)),
    )
    october, november = panel(events)
    assert (october["source"], october["target"], october["period"]) == ("RUS", "IRN", datetime.date(2019, 10, 1))
    assert (october["events"], october["mentions"], october["untyped"]) == (4, 10, 1)
    assert october["intensity"] == pytest.approx(-8 / 3)
    assert (october["consult"], october["assault"], october["agree"]) == (2, 1, 0)
    assert (october["verbal_cooperation"], october["material_conflict"], october["verbal_conflict"]) == (2, 1, 0)
    assert (november["period"], november["events"]) == (datetime.date(2019, 11, 1), 1)


def test_every_type_stands_in_its_column_and_its_quadrant() -> None:
    (row,) = panel(table(*(event(number, type=kind) for number, kind in enumerate(EVENT_TYPES))), period="year")
    assert all(row[kind.lower()] == 1 for kind in EVENT_TYPES)
    quads = {quad: list(QUADRANTS.values()).count(quad) for quad in QUADRANTS.values()}
    assert {quad: row[quad.replace(" ", "_")] for quad in quads} == quads
    assert (row["period"], row["events"]) == (datetime.date(2019, 1, 1), 16)


def test_a_mutual_act_counts_in_both_directions_and_once_without_direction() -> None:
    events = table(event(1, mutual=True), event(2))
    assert [(one["source"], one["events"]) for one in panel(events)] == [("IRN", 1), ("RUS", 2)]
    assert [(one["a"], one["b"], one["events"]) for one in panel(events, directed=False)] == [("IRN", "RUS", 2)]


def test_what_has_no_place_in_a_panel() -> None:
    events = table(
        event(1, target=None),
        event(2, target=""),
        event(3, source=None),
        event(4, status="denied"),
        event(5, date_start=None),
        event(6, date_precision="year"),
        event(7, target="RUS", mutual=True),
        event(8, date_precision="month"),
    )
    assert [one["events"] for one in panel(events)] == [1]
    assert panel(events, period="day") == []
    assert [one["events"] for one in panel(events, period="year")] == [2]
    assert [(one["source"], one["target"], one["events"]) for one in panel(events, internal=True)] == [
        ("RUS", "IRN", 1),
        ("RUS", "RUS", 1),
    ]


def test_events_without_mentions_count_as_one_each() -> None:
    (row,) = panel(table(event(1), event(2), without=("mentions",)), period="day")
    assert (row["mentions"], row["period"]) == (2, DAY)


def test_the_events_behind_a_row() -> None:
    events = table(event(1), event(2, mutual=True, source="IRN", target="RUS"), event(3, date_start=datetime.date(2019, 1, 1)))

    def ids(*arguments: Any, **options: Any) -> list[str]:
        return sorted(panel_events(events, *arguments, **options).to_pyarrow()["event_id"].to_pylist())

    assert ids(("RUS", "IRN"), "2019-10-01") == ["1", "2"]
    assert ids(("IRN", "RUS"), "2019-10-01") == ["2"]
    assert ids(("IRN", "RUS"), "2019-01-01", period="year", directed=False) == ["1", "2", "3"]


def test_an_unknown_period_is_told_with_those_that_exist() -> None:
    with pytest.raises(VerbaleError, match=r"no period called 'week'.*day, month, year"):
        event_panel(table(event(1)), period="week")


def test_columns_that_are_missing_are_named() -> None:
    with pytest.raises(VerbaleError, match="intensity"):
        event_panel(table(event(1), without=("intensity",)))


TEXTS = st.sampled_from(["RUS", "IRN", "GBR", None])
EVENTS_OF_ANY_KIND: Any = st.lists(
    st.builds(
        dict,
        source=TEXTS,
        target=st.one_of(TEXTS, st.just("")),
        mutual=st.booleans(),
        type=st.sampled_from(["CONSULT", "ASSAULT", "AID", None]),
        intensity=st.one_of(st.none(), st.integers(-100, 100).map(lambda tenths: tenths / 10)),
        status=st.sampled_from(["actual", "actual", "denied"]),
        date_start=st.sampled_from([None, *(DAY + datetime.timedelta(days=days) for days in (0, 1, 40, 400))]),
        date_precision=st.sampled_from(["day", "month", "year", "decade", None]),
        mentions=st.one_of(st.none(), st.integers(1, 9)),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=30, deadline=None)
@given(
    rows=EVENTS_OF_ANY_KIND,
    options=st.fixed_dictionaries(
        {"period": st.sampled_from(["day", "month", "year"]), "directed": st.booleans(), "internal": st.booleans()}
    ),
)
def test_counts_by_day_give_the_same_panel_as_their_events(rows: list[dict[str, Any]], options: dict[str, Any]) -> None:
    events = table(*(event(number, **row) for number, row in enumerate(rows)))
    counts = counted(events).to_pyarrow().cast(COUNT_SCHEMA)
    assert sum(counts["events"].to_pylist()) == len(rows)
    one, other = (event_panel(given_as, **options).to_pyarrow().to_pylist() for given_as in (events, ibis.memtable(counts)))
    means = [[row.pop("intensity") for row in found] for found in (one, other)]
    assert one == other
    for mean, same in zip(*means, strict=True):
        assert mean == same if mean is None else mean == pytest.approx(same, abs=1e-9)


def test_the_events_behind_a_row_are_not_asked_of_counts() -> None:
    counts = ibis.memtable(counted(table(event(1))).to_pyarrow())
    with pytest.raises(VerbaleError, match="event_id"):
        panel_events(counts, ("RUS", "IRN"), "2019-10-01")
    with pytest.raises(VerbaleError, match="intensity_sum"):
        event_panel(counts.drop("intensity_sum"))
