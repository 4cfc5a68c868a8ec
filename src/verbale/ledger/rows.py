"""Between documents and the rows of the ledger's tables."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pyarrow as pa

from verbale.core import Document, Event, Run
from verbale.core.schema import event_to_row
from verbale.ledger.tables import CODINGS, DOCUMENTS, DROPPED, EVENTS, PASSAGES, RUNS


@dataclass(frozen=True, slots=True)
class Counts:
    """What coding one document came to: its sentences, those that passed the screen, and what was not kept, by reason."""

    sentences: int = 0
    screened: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One finished document with everything that is written of it, as Arrow rows that are known to be sound."""

    document_id: str
    key: tuple[str, str, str, str]
    document: pa.RecordBatch | None
    passages: pa.RecordBatch | None
    events: pa.RecordBatch
    coding: pa.RecordBatch
    dropped: pa.RecordBatch
    size: int


def document_entry(document: Document, events: Sequence[Event], *, run: Run, options: str, counts: Counts) -> Entry:
    """Return the rows of a coded document; text that is not valid Unicode raises UnicodeEncodeError here, not at the write."""
    document_id = document.document_id
    row = {name: getattr(document, name) for name in DOCUMENTS.names if name not in ("document_id", "run_id")}
    passages = [
        {"document_id": document_id, "index": index, "start": block.start, "end": block.end, "kind": block.kind}
        for index, block in enumerate(document.blocks)
    ]
    kept = distinct(events)
    key = (document_id, run.coder, run.coder_version, options)
    return Entry(
        document_id,
        key,
        pa.RecordBatch.from_pylist([row | {"document_id": document_id, "run_id": run.run_id}], schema=DOCUMENTS),
        pa.RecordBatch.from_pylist(passages, schema=PASSAGES),
        event_batch(kept, run.run_id),
        coding_batch(key, run.run_id, counts, len(kept)),
        dropped_batch(key, run.run_id, counts),
        len(document.text),
    )


def distinct(events: Sequence[Event]) -> list[Event]:
    """Return the events without repeats of the same id, the surest of each kept, in their order."""
    surest: dict[str, Event] = {}
    for event in events:
        known = surest.get(event.event_id)
        if known is None or event.confidence > known.confidence:
            surest[event.event_id] = event
    return list(surest.values())


def event_batch(events: Sequence[Event], run_id: str) -> pa.RecordBatch:
    """Return events as Arrow rows of the ledger's table."""
    return pa.RecordBatch.from_pylist([event_to_row(event) | {"run_id": run_id} for event in events], schema=EVENTS)


def dropped_batch(key: tuple[str, str, str, str], run_id: str, counts: Counts) -> pa.RecordBatch:
    """Return the rows that say how much of a document's coding was not kept, and why."""
    named = dict(zip(("document_id", "coder", "coder_version", "options"), key, strict=True)) | {"run_id": run_id}
    rows = [named | {"reason": reason, "n": n} for reason, n in sorted(counts.dropped.items()) if n]
    return pa.RecordBatch.from_pylist(rows, schema=DROPPED)


def coding_batch(key: tuple[str, str, str, str], run_id: str, counts: Counts | None, n_events: int | None) -> pa.RecordBatch:
    """Return the row that says: this document has been coded by this version with these options."""
    row = dict(zip(("document_id", "coder", "coder_version", "options"), key, strict=True)) | {
        "run_id": run_id,
        "coded": now(),
        "n_sentences": counts.sentences if counts else None,
        "n_screened": counts.screened if counts else None,
        "n_events": n_events,
    }
    return pa.RecordBatch.from_pylist([row], schema=CODINGS)


def run_table(run: Run) -> pa.Table:
    """Return a run as one Arrow row, its moment in UTC without a zone."""
    row: dict[str, Any] = asdict(run)
    if run.started.tzinfo is not None:
        row["started"] = run.started.astimezone(datetime.UTC).replace(tzinfo=None)
    return pa.Table.from_pylist([row], schema=RUNS)


def now() -> datetime.datetime:
    """Return the present moment in UTC without a zone, as the ledger keeps it."""
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
