"""Documents, events and runs built in code for the ledger's tests."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from verbale.core import Actor, Block, Document, Event, EventDate, Evidence, Place, Run

TEXT = "Relations in brief\n\nBritain invaded Egypt in 1882.\nEgypt and Sudan met in Cairo on 3 May 1953."


def make_document(name: str = "note", text: str = TEXT) -> Document:
    blocks = (Block(0, 18, "heading"), Block(20, 50), Block(51, len(text))) if text == TEXT else (Block(0, len(text)),)
    return Document(name, text, blocks, title="Relations in brief", date="1960-05", path=f"{name}.txt")


def make_events(document: Document, version: str = "1.0") -> list[Event]:
    invaded = Event(
        Evidence(document.document_id, 20, 49, document.text[20:49]),
        Actor("GBR", "MIL", "Britain", "United Kingdom"),
        Actor("EGY", "", "Egypt", "Khedivate"),
        "ASSAULT",
        mode="invade",
        contexts=("military", "territory"),
        intensity=-10.0,
        said_by="the note",
        date=EventDate(datetime.date(1882, 1, 1), None, "year", "in 1882"),
        place=Place("Egypt", "EGY"),
        object="Suez",
        trigger="invaded",
        confidence=0.875,
        coder_version=version,
    )
    met = replace(
        invaded,
        evidence=Evidence(document.document_id, 51, 91, document.text[51:91]),
        source=Actor("EGY", "", "Egypt"),
        target=Actor("SDN", "", "Sudan"),
        type="CONSULT",
        mutual=True,
        mode="",
        contexts=(),
        intensity=2.5,
        said_by="",
        date=EventDate(datetime.date(1953, 5, 3), datetime.date(1953, 5, 4), "day", "3 May 1953", "julian"),
        place=None,
        object="",
        trigger="met",
        confidence=0.5,
    )
    return [invaded, met]


def make_run(run_id: str = "run-1", version: str = "1.0", coder: str = "verbale") -> Run:
    started = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    return Run(run_id, started, "0.1.0", coder, version, "en_verbale 1.0", "abc", '{"min_confidence": 0.0}')


def ids(events: Sequence[Event]) -> list[str]:
    return sorted(event.event_id for event in events)
