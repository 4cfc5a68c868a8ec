"""What a measure counts: events, or each mention of them."""

from __future__ import annotations

import datetime
from pathlib import Path

import ibis
import pyarrow as pa
import pytest
from tests.measures.simulated import write_ledger

from verbale.app import flows
from verbale.app.cli.main import call
from verbale.core import Actor, Block, Document, Event, EventDate, Evidence, VerbaleError
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


def test_show_lists_the_mentions_of_an_event_and_what_they_dispute(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = [
        ("a", "a submarine torpedoed the cruiser Belgrano", "GBR", "1982-05-02"),
        ("b", "the Belgrano was sunk by HMS Conqueror", "GBR", "1982-05-03"),
        ("c", "someone protested", "", "1982-05-03"),
    ]
    held = []
    for name, words, source, day in told:
        document = Document(name, words, (Block(0, len(words)),))
        evidence = Evidence(document.document_id, 0, len(words), words)
        date = EventDate(datetime.date.fromisoformat(day), text=day)
        actors = Actor(source), Actor("ARG")
        held.append((document, [Event(evidence, *actors, "ASSAULT", date=date, coder="simulated", coder_version="1")]))
    ledger = write_ledger(tmp_path / "l.duckdb", held)
    (first,), (second,), (alone,) = (events for _, events in held)
    for event in (first, second):
        found = flows.mentions(event.event_id, ledger=ledger)
        assert {one["quote"] for one in found.mentions} == {told[0][1], told[1][1]}
        assert [(one["field"], one["value"], one["mentions"]) for one in found.disputes] == [
            ("date", "1982-05-02", 1),
            ("date", "1982-05-03", 1),
        ]
    capsys.readouterr()
    assert call(["show", first.event_id, "--ledger", str(ledger), "--mentions"]) == 0
    out = capsys.readouterr().out
    assert "told by 2 mentions:" in out
    assert f"  {second.event_id}  {second.evidence.document_id}  the Belgrano was sunk by HMS Conqueror" in out
    assert "  they differ in date: 1982-05-02 (1), 1982-05-03 (1)" in out
    # An act without one of its parties is joined with nothing.
    assert [one["event_id"] for one in flows.mentions(alone.event_id, ledger=ledger).mentions] == [alone.event_id]
