"""The flow `diff`: what two runs coded differently, document by document."""

from __future__ import annotations

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import ibis
import pyarrow as pa

from verbale.app.flows.common import LedgerLike, opened, whole_file
from verbale.core import Event, Run, VerbaleError
from verbale.core.schema import row_to_event
from verbale.ledger import Ledger
from verbale.ledger.comparing import changed_between, differences
from verbale.ledger.formats.columns import guarded
from verbale.ledger.views import IMPORTED

# Documents whose events are in memory at once, beside the events that differ: about 10 MB of each side.
DOCUMENTS_AT_ONCE: Final = 1_000
LATEST: Final = "latest"
PREVIOUS: Final = "previous"
_TOLD: Final = ("source", "target", "mutual", "type", "mode", "status", "date_start", "date_precision", "confidence", "quote")
_COLUMNS: Final = ("what", "document", "document_id", "event_id", "event_id_before", "changed", *_TOLD)


@dataclass(frozen=True, slots=True)
class DiffSide:
    """A side of a comparison: the run, all runs that coded with the same settings, and what they came to together."""

    run: Run
    runs: tuple[str, ...]
    documents: int
    events: int


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """An event that both sides have, told differently: `changed` names the columns, `words` another span of the text."""

    before: Event
    after: Event
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What two runs coded differently in the documents that both coded.

    `documents` counts those, `left_only` and `right_only` documents that one side coded alone, which count as no difference.
    `by_document` and `by_type` count gained, lost and changed events; `names` gives these documents' names by id.
    """

    left: DiffSide
    right: DiffSide
    documents: int
    left_only: int
    right_only: int
    same: int
    gained: tuple[Event, ...]
    lost: tuple[Event, ...]
    changed: tuple[ChangedEvent, ...]
    by_document: Mapping[str, tuple[int, int, int]]
    by_type: Mapping[str, tuple[int, int, int]]
    names: Mapping[str, str]


def diff(
    run1: str = PREVIOUS,
    run2: str = LATEST,
    *,
    ledger: LedgerLike,
    other_ledger: LedgerLike | None = None,
    output: str | Path | None = None,
) -> Diff:
    """Compare what two runs coded, by what their coders wrote; amendments by hand are left aside.

    Runs are named by their ids or a unique beginning of one, as `info` lists them; `latest` is the last run that coded,
    `previous` the last one of its coder with other settings (version, model, vocabulary, options). A run stands for everything
    that was coded with its settings, so that one that was interrupted and continued is whole. With `other_ledger`, `run2` is
    one of its runs. `output` is a CSV file for all differences. Raises VerbaleError `run-unknown`, `run-ambiguous`,
    `output-unwritable`.
    """
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(opened(ledger, read_only=True))
        second = first if other_ledger is None else stack.enter_context(opened(other_ledger, read_only=True))
        found = _compared(_Side(first, _run(first, run1)), _Side(second, _run(second, run2)))
    if output is not None:
        with whole_file(Path(output)) as file:
            file.write(_csv(found).encode("utf-8"))
    return found


class _Side:
    """What a run stands for in its ledger: its settings, the documents that were coded with them, and their events."""

    def __init__(self, ledger: Ledger, run: Run) -> None:
        self.ledger = ledger
        self.run = run
        codings = ledger.codings(all_versions=True)
        settings = codings.filter(codings.run_id == run.run_id).select("coder", "coder_version", "options").distinct()
        self.codings = codings.semi_join(settings, ["coder", "coder_version", "options"])
        rows = self.codings.select("document_id", "run_id").distinct().to_pyarrow().to_pylist()
        self.documents = {row["document_id"] for row in rows}
        self.runs = tuple(sorted({row["run_id"] for row in rows}))

    def events(self) -> ibis.Table:
        """Return the events as their coder wrote them."""
        events = self.ledger.events(all_versions=True)
        return events.semi_join(self.codings, ["document_id", "coder", "coder_version", "run_id"])

    def by_document(self, documents: list[str]) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of each of these documents."""
        wanted = ibis.memtable(pa.table({"document_id": pa.array(documents, pa.string())}))
        ordered = self.events().semi_join(wanted, "document_id").order_by("document_id", "start", "end", "event_id", "coder")
        found: dict[str, list[dict[str, Any]]] = {}
        for row in ordered.to_pyarrow().to_pylist():
            found.setdefault(row["document_id"], []).append(row)
        return found

    def told(self) -> DiffSide:
        """Return the side as the comparison tells it."""
        return DiffSide(self.run, self.runs, len(self.documents), int(self.events().count().to_pyarrow().as_py()))


def _compared(left: _Side, right: _Side) -> Diff:
    both = left.documents & right.documents
    lost: list[Event] = []
    gained: list[Event] = []
    changed: list[ChangedEvent] = []
    same = 0
    for one, other in _together(left, right, both):
        gone, new, pairs, kept = changed_between(one, other)
        lost += map(row_to_event, gone)  # type: ignore[arg-type]
        gained += map(row_to_event, new)  # type: ignore[arg-type]
        changed += [ChangedEvent(row_to_event(dict(a)), row_to_event(dict(b)), differences(a, b)) for a, b in pairs]
        same += kept
    # what is changed beside the confidence is looked at first
    changed.sort(key=lambda one: one.changed == ("confidence",))
    told = (gained, lost, [one.after for one in changed])
    touched = {event.evidence.document_id for events in told for event in events}
    return Diff(
        left=left.told(),
        right=right.told(),
        documents=len(both),
        left_only=len(left.documents - both),
        right_only=len(right.documents - both),
        same=same,
        gained=tuple(gained),
        lost=tuple(lost),
        changed=tuple(changed),
        by_document=_counts([[event.evidence.document_id for event in events] for events in told]),
        by_type=_counts([[str(event.type) for event in events] for events in told]),
        names={**_names(right.ledger, touched), **_names(left.ledger, touched)},
    )


def _together(left: _Side, right: _Side, documents: set[str]) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Yield the rows of both sides document by document.

    They are read some documents at a time and whole, because a second query on a connection ends the stream of the first.
    """
    ordered = sorted(documents)
    for first in range(0, len(ordered), DOCUMENTS_AT_ONCE):
        some = ordered[first : first + DOCUMENTS_AT_ONCE]
        one, other = left.by_document(some), right.by_document(some)
        for document_id in some:
            yield one.get(document_id, []), other.get(document_id, [])


def _counts(columns: list[list[str]]) -> dict[str, tuple[int, int, int]]:
    """Return how often each name stands in the three lists, the most frequent first."""
    gained, lost, changed = map(Counter, columns)
    names = sorted(gained | lost | changed, key=lambda name: (-gained[name] - lost[name] - changed[name], name))
    return {name: (gained[name], lost[name], changed[name]) for name in names}


def _names(ledger: Ledger, documents: set[str]) -> dict[str, str]:
    table = ledger.documents()
    rows = table.select("document_id", "name").to_pyarrow().to_pylist()
    return {row["document_id"]: row["name"] for row in rows if row["document_id"] in documents}


def _run(ledger: Ledger, name: str) -> Run:
    """Return the run of an id, a unique beginning of one, `latest` or `previous`; only runs that coded something count."""
    codings = ledger.codings(all_versions=True)
    rows = codings.select("run_id", "coder", "coder_version", "options").distinct().to_pyarrow().to_pylist()
    settings: dict[str, set[tuple[str, str, str]]] = {}
    for row in rows:
        settings.setdefault(row["run_id"], set()).add((row["coder"], row["coder_version"], row["options"]))
    held = ledger.runs().order_by("started", "run_id").to_pyarrow().to_pylist()
    runs = [Run(**row) for row in held if row["run_id"] in settings]
    coded = [run for run in runs if not all(options == IMPORTED for _, _, options in settings[run.run_id])]
    found = [run for run in runs if run.run_id == name] or [run for run in runs if name and run.run_id.startswith(name)]
    if name in (LATEST, PREVIOUS):
        found = coded[-1:]
        if name == PREVIOUS and found:
            others = [run for run in coded if run.coder == found[0].coder and settings[run.run_id] != settings[found[0].run_id]]
            found = others[-1:]
    if len(found) > 1:
        raise VerbaleError("run-ambiguous", run=name, found=", ".join(run.run_id for run in found))
    if not found and name == PREVIOUS and coded:
        raise VerbaleError("run-alone", path=ledger.path, run=coded[-1].run_id)
    if not found:
        allowed = ", ".join(run.run_id for run in runs[-5:]) or "there is none yet"
        raise VerbaleError("run-unknown", path=ledger.path, run=name, allowed=allowed)
    return found[0]


def _csv(found: Diff) -> str:
    """Return all differences as a table, one row for an event that was gained or lost, one for a changed one as it is now."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    rows = [("gained", event, None) for event in found.gained] + [("lost", event, None) for event in found.lost]
    for what, event, change in [*rows, *(("changed", one.after, one) for one in found.changed)]:
        document_id = event.evidence.document_id
        date = event.date
        row: dict[str, object] = {
            "what": what,
            "document": found.names.get(document_id, document_id),
            "document_id": document_id,
            "event_id": event.event_id,
            "event_id_before": change.before.event_id if change else "",
            "changed": " ".join(change.changed) if change else "",
            "source": event.source.code,
            "target": event.target.code,
            "mutual": "true" if event.mutual else "false",
            "type": event.type,
            "mode": event.mode,
            "status": event.status,
            "date_start": date.start if date else "",
            "date_precision": date.precision if date else "",
            "confidence": event.confidence,
            "quote": event.evidence.quote,
        }
        writer.writerow({name: guarded(value) if isinstance(value, str) else value for name, value in row.items()})
    return text.getvalue()
