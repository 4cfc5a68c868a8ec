"""Visits and travels as events: the columns of the event record, one CONSULT event each, beside coded events."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest
from tests.records.record_samples import SHARED

from verbale.core.schema import EVENT_SCHEMA, row_to_event
from verbale.engine import connect_memory
from verbale.measures import balance, directed_counts, restrict
from verbale.records import install, table, visit_events

DAY = datetime.date
VISIT = """<visits><visit><id>7</id><start-date>1959-09-15</start-date><end-date>1959-09-27</end-date>
<visitor>Chairman Nikita Khrushchev</visitor><from id="russia">Soviet Union</from><description>State visit.</description>
<created-by>x</created-by><created-datetime>x</created-datetime><last-modified-by>x</last-modified-by>
<last-modified-datetime>x</last-modified-datetime></visit></visits>"""


def columns(found: Any) -> pa.Table:
    read: pa.Table = found.to_pyarrow()
    return read


def test_a_visit_is_one_consultation_of_its_days(tmp_path: Path) -> None:
    (tmp_path / "visits-1950.xml").write_text(VISIT)
    install("us-visits", file=tmp_path / "visits-1950.xml", folder=tmp_path)
    connection = connect_memory()
    events = visit_events(table("us-visits", connection, folder=tmp_path))
    read = columns(events)
    assert read.schema.names == EVENT_SCHEMA.names
    assert read.schema.types == EVENT_SCHEMA.types
    (row,) = read.to_pylist()
    assert (row["event_id"], row["source"], row["target"], row["type"], row["mode"]) == (
        "us-visits-7",
        "RUS",
        "USA",
        "CONSULT",
        "visit",
    )
    assert (row["date_start"], row["date_end"], row["date_precision"]) == (DAY(1959, 9, 15), DAY(1959, 9, 27), "day")
    assert (row["quote"], row["end"], row["source_text"]) == ("State visit.", 12, "Chairman Nikita Khrushchev")
    assert row_to_event(row).quad == "verbal cooperation"
    (counted,) = balance(restrict(events, dyad=("USA", "RUS")), period="decade").to_pyarrow().to_pylist()
    assert (counted["period"], counted["events"], counted["event_ids"]) == ("1950s", 1, ["us-visits-7"])


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the published files in ../shared/records")
def test_all_visits_and_travels_are_events_but_for_antarctica(tmp_path: Path) -> None:
    connection, found = connect_memory(), {}
    for name in ("us-visits", "us-travels"):
        install(name, file=SHARED / "state-visits", folder=tmp_path)
        found[name] = visit_events(table(name, connection, folder=tmp_path))
    counts = {name: events.count().execute() for name, events in found.items()}
    assert counts == {"us-visits": 3_264, "us-travels": 4_270}
    both = ibis.union(found["us-visits"], found["us-travels"])
    assert both.event_id.nunique().execute() == 7_534
    between = columns(directed_counts(restrict(both, dyad=("USA", "RUS")))).to_pylist()
    assert {(row["source"], row["target"], row["type"]) for row in between} == {
        ("USA", "RUS", "CONSULT"),
        ("RUS", "USA", "CONSULT"),
    }
    assert both.filter(both.date_end < both.date_start).count().execute() == 0
