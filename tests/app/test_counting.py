"""What a measure counts: events, or each mention of them."""

from __future__ import annotations

import datetime

import ibis
import pyarrow as pa
import pytest

from verbale.app import flows
from verbale.core import Actor, Event, EventDate, Evidence, VerbaleError
from verbale.core.schema import EVENT_SCHEMA, event_to_row


def test_a_measure_counts_events_or_mentions_and_its_method_says_which() -> None:
    told = [("a", "1955-07-18"), ("b", "1955-07-18"), ("b", "1961-06-03")]
    meetings = [
        Event(
            Evidence(document, number * 100, number * 100 + 40, f"the leaders met in {place} over Berlin"),
            Actor("USA"),
            Actor("RUS"),
            "CONSULT",
            mutual=True,
            date=EventDate(datetime.date.fromisoformat(day), text=day),
        )
        for number, ((document, day), place) in enumerate(zip(told, ("Geneva", "Geneva", "Vienna"), strict=True))
    ]
    table = ibis.memtable(pa.Table.from_pylist([event_to_row(event) for event in meetings], schema=EVENT_SCHEMA))
    events = flows.measure("balance", events=table, dyad="USA-RUS", period="decade")
    mentions = flows.measure("balance", events=table, dyad="USA-RUS", period="decade", count="mentions")
    assert ["2 events" in events.summary(), "3 events" in mentions.summary()] == [True, True]
    assert events.method.options["counted"].startswith("events, however often")
    assert mentions.method.options["counted"].startswith("mentions")
    with pytest.raises(VerbaleError, match="count is words; give events or mentions"):
        flows.measure("balance", events=table, dyad="USA-RUS", count="words")
