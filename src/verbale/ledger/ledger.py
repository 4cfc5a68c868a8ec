"""The ledger itself: opens its file, appends finished documents so that a crash loses none, and reads everything back."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

import ibis
import pyarrow as pa

from verbale.core import Amended, Amendment, Block, Document, Event, Rejection, Run, VerbaleError
from verbale.core.schema import row_to_event
from verbale.engine import Store, open_store
from verbale.ledger.amended import Base, amended_view, read_amendments, resolution
from verbale.ledger.amending import Resolution, amendment_table, beside
from verbale.ledger.info import LedgerInfo, count
from verbale.ledger.rows import Counts, Entry, coding_batch, distinct, document_entry, event_batch, run_table
from verbale.ledger.tables import CODINGS, DOCUMENTS, DROPPED, EVENTS, PASSAGES, REJECTIONS, check, complete, create
from verbale.ledger.views import IMPORTED, newest_codings, newest_events

# Finished documents are committed together until one of these is reached. A commit costs about 20 ms, most of it planning
# and waiting for the disk, so 256 short notes share one; 8 million characters bound the memory; five seconds bound what has
# to be coded again after a crash.
BATCH_DOCUMENTS: Final = 256
BATCH_CHARACTERS: Final = 8_000_000
BATCH_SECONDS: Final = 5.0


class Ledger:
    """An open ledger; close it, or use it in a `with` block, so that the last documents are committed."""

    def __init__(self, store: Store) -> None:
        """Keep an open store that has been checked; use `open_ledger` to make one."""
        self._store: Store | None = store
        self.path = store.path
        self.read_only = store.read_only
        self._pending: dict[tuple[str, str, str, str], Entry] = {}
        self._pending_size = 0
        self._rejections: list[dict[str, str]] = []
        self._runs: dict[str, Run] = {}
        self._written_runs: set[str] = set()
        self._finished_ids: dict[tuple[str, str, str], set[int]] = {}
        self._flushed = time.monotonic()

    # writing

    def has(self, document_id: str, coder: str, coder_version: str, options: str) -> bool:
        """Say whether this version of this coder has finished the document with these options (a hash)."""
        return (document_id, coder, coder_version, options) in self._pending or _number(document_id) in self._finished_by(
            (coder, coder_version, options)
        )

    def append(self, document: Document, events: Sequence[Event], *, run: Run, counts: Counts, options: str = "") -> None:
        """Add a finished document with its events; what is there already stays as it is.

        Several documents share a transaction; each is written whole or not at all. `options` is the hash that `has` asks for.
        Raises VerbaleError `ledger-read-only`, and UnicodeEncodeError for text that no file can hold.
        """
        self._check_writable()
        entry = document_entry(document, events, run=run, options=options, counts=counts)
        self._runs[run.run_id] = run
        if self._pending.setdefault(entry.key, entry) is entry:
            self._pending_size += entry.size
        self._flush_when_due()

    def import_events(self, events: Sequence[Event], *, run: Run) -> int:
        """Add events that another program or ledger coded, and return how many were not there yet; one transaction for all."""
        self._check_writable()
        self.flush()
        known = self._known_events(events) | self._amended_events(events)
        new = [event for event in distinct_by_coder(events) if event_key(event) not in known]
        if not new:
            return 0
        groups: dict[tuple[str, str, str, str], list[Event]] = {}
        for event in new:
            groups.setdefault((event.evidence.document_id, event.coder, event.coder_version, IMPORTED), []).append(event)
        there = self._finished(list(groups))
        with self.store.transaction():
            self._write_run(run)
            batches = [event_batch(group, there.get(key, run.run_id)) for key, group in groups.items()]
            codings = [coding_batch(key, run.run_id, None, None) for key in groups if key not in there]
            self.store.insert("events", pa.Table.from_batches(batches, schema=EVENTS))
            self.store.insert("codings", pa.Table.from_batches(codings, schema=CODINGS))
        return len(new)

    def amend(self, amendments: Sequence[Amendment]) -> int:
        """Keep corrections by hand and return how many were not there yet; one transaction for all.

        What the coder wrote stays in the table of events. Raises VerbaleError `ledger-read-only`.
        """
        self._check_writable()
        self.flush()
        known = {amendment.amendment_id for amendment in read_amendments(self.store)}
        new = list({one.amendment_id: one for one in amendments if one.amendment_id not in known}.values())
        if new:
            with self.store.transaction():
                self.store.insert("amendments", amendment_table(new), new_only=True)
        return len(new)

    def reject(self, rejection: Rejection, *, run: Run) -> None:
        """Keep the reason why an input could not be used; the same input with the same reason is kept once."""
        self._check_writable()
        self._runs[run.run_id] = run
        row = {"run_id": run.run_id, "path": rejection.path, "code": rejection.code, "reason": rejection.reason}
        # a path may hold bytes that are no text; they are written as escapes
        self._rejections.append({name: value.encode("utf-8", "backslashreplace").decode() for name, value in row.items()})
        self._flush_when_due()

    def flush(self) -> None:
        """Commit what has been appended so far."""
        if not self._pending and not self._rejections:
            return
        entries = [
            entry for key, entry in self._pending.items() if _number(entry.document_id) not in self._finished_by(key[1:])
        ]
        known = self._known_documents([entry.document_id for entry in entries])
        new: dict[str, Entry] = {}
        for entry in entries:
            if entry.document_id not in known:
                new.setdefault(entry.document_id, entry)
        rejections = self._new_rejections()
        if entries or rejections:
            with self.store.transaction():
                for run in self._runs.values():
                    self._write_run(run)
                self._insert("documents", DOCUMENTS, (entry.document for entry in new.values()))
                self._insert("passages", PASSAGES, (entry.passages for entry in new.values()))
                self._insert("events", EVENTS, (entry.events for entry in entries))
                self._insert("codings", CODINGS, (entry.coding for entry in entries))
                self._insert("dropped", DROPPED, (entry.dropped for entry in entries))
                self.store.insert("rejections", pa.Table.from_pylist(rejections, schema=REJECTIONS), new_only=True)
        for entry in entries:
            self._finished_by(entry.key[1:]).add(_number(entry.document_id))
        self._pending.clear()
        self._pending_size = 0
        self._rejections.clear()
        self._runs.clear()
        self._flushed = time.monotonic()

    # reading

    def events(self, coder_version: str | None = None, *, all_versions: bool = False, raw: bool = False) -> ibis.Table:
        """Return the events as an Ibis table: the columns of the event record and `run_id`.

        By default those of each document's newest coding by each coder, as amended by hand; with `coder_version` that
        version's. `raw` gives them as the coders wrote them, `all_versions` every one of them, and as written, too.
        """
        self.flush()
        if all_versions:
            return self.store.table("events")
        codings = self._codings(coder_version)
        events = newest_events(self.store.table("events"), codings, self._versions())
        return events if raw else amended_view(self.store, events, resolution(self.store, codings, self._versions()))

    def codings(self, *, all_versions: bool = False) -> ibis.Table:
        """Return which document was coded by which version, with its counts; by default each document's newest coding."""
        self.flush()
        codings = self.store.table("codings")
        return codings if all_versions else newest_codings(codings, self._versions())

    def documents(self) -> ibis.Table:
        """Return the documents, one row each, with their text."""
        return self._table("documents")

    def passages(self) -> ibis.Table:
        """Return the blocks of all documents: offsets in the text, end exclusive, and their kind."""
        return self._table("passages")

    def rejections(self) -> ibis.Table:
        """Return the inputs that could not be used, with the reasons."""
        return self._table("rejections")

    def dropped(self) -> ibis.Table:
        """Return how much of what a coder proposed was not kept, by document, coder and reason."""
        self.flush()
        if "dropped" in self.store.tables():
            return self.store.table("dropped")
        return ibis.memtable(DROPPED.empty_table())  # a ledger of an earlier program, opened for reading

    def runs(self) -> ibis.Table:
        """Return the runs that wrote to this ledger: version, model, vocabulary, options, moment in UTC."""
        return self._table("runs")

    def text(self, document_id: str) -> str:
        """Return the text that a document's offsets refer to. Raises VerbaleError `document-unknown`."""
        self.flush()
        rows = self.store.query("SELECT text FROM documents WHERE document_id = ?", [document_id])
        if not rows:
            raise VerbaleError("document-unknown", path=self.path, document=document_id)
        return str(rows[0][0])

    def document(self, document_id: str) -> Document:
        """Return a document with its blocks. Raises VerbaleError `document-unknown`."""
        self.flush()
        names = [name for name in DOCUMENTS.names if name not in ("document_id", "run_id")]
        rows = self.store.query(f"SELECT {', '.join(names)} FROM documents WHERE document_id = ?", [document_id])  # noqa: S608
        if not rows:
            raise VerbaleError("document-unknown", path=self.path, document=document_id)
        blocks = self.store.query(
            'SELECT start, "end", kind FROM passages WHERE document_id = ? ORDER BY "index"', [document_id]
        )
        return Document(**dict(zip(names, rows[0], strict=True)), blocks=tuple(Block(*block) for block in blocks))

    def document_named(self, name: str) -> str | None:
        """Return the id of the document with a name (a file's stem), the first by id where several share it, or None."""
        self.flush()
        rows = self.store.query("SELECT min(document_id) FROM documents WHERE name = ?", [name])
        return rows[0][0] if rows else None

    def event(self, event_id: str) -> Event:
        """Return an event by its id, the newest version's where several have it. Raises VerbaleError `event-unknown`.

        The id may be that of the event as amended or as the coder wrote it; each gives that form.
        """
        for table in (self.events(), self.events(raw=True), self.events(all_versions=True)):
            rows = table.filter(table.event_id == event_id).limit(1).to_pyarrow().to_pylist()
            if rows:
                return row_to_event(rows[0])
        raise VerbaleError("event-unknown", path=self.path, event=event_id)

    def amendments(self) -> tuple[Amended, ...]:
        """Return all corrections by hand, oldest first, each with what has become of it in the newest codings."""
        return tuple(self._resolution().states)

    def amendable(self, event_id: str) -> Base:
        """Return an event with all that an amendment of it keeps. Raises VerbaleError `event-unknown`.

        The id may be that of the event as the coder wrote it, or as readers see it after amendments.
        """
        found = self._resolution()
        root = found.roots.get(event_id, event_id)
        earlier = [one for one in found.states if one.amendment.event_id == root and one.amendment.kind != "undo"]
        now = next((one.now for one in earlier if one.now and one.state != "undone"), root)
        original = next((one.amendment.original for one in earlier if one.amendment.original is not None), None)
        if original is not None:
            try:
                current = self.event(now)
            except VerbaleError:  # an addition that was undone
                current = original
            return Base(original, current, earlier[0].amendment.beside, tuple(earlier))
        event = self.event(event_id)
        return Base(event, event, self.beside(event), ())

    def beside(self, event: Event) -> tuple[dict[str, object], ...]:
        """Return the other events on the words of an event, as coders wrote them.

        They are those of the newest codings; of the event's own coding, where only an older one has it.
        """
        document_id = event.evidence.document_id
        codings, events = self._codings(), self.store.table("events")
        newest = newest_events(events, codings.filter(codings.document_id == document_id), self._versions())
        rows = newest.to_pyarrow().to_pylist()
        if all(row["event_id"] != event.event_id for row in rows):
            older = events.filter(events.document_id == document_id).to_pyarrow().to_pylist()
            own = max((row["run_id"] for row in older if row["event_id"] == event.event_id), default=None)
            rows = [row for row in older if row["run_id"] == own] or rows
        return beside(event, rows)

    def info(self) -> LedgerInfo:
        """Count what the ledger holds."""
        return count(self.store, str(ibis.to_sql(self.events(), dialect="duckdb")), self.amendments())

    # opening and closing

    @property
    def store(self) -> Store:
        """The open file. Raises VerbaleError `ledger-closed` after `close`."""
        if self._store is None:
            raise VerbaleError("ledger-closed", path=self.path)
        return self._store

    def close(self) -> None:
        """Commit what is pending and close the file; a second call does nothing."""
        if self._store is None:
            return
        try:
            self.flush()
        finally:
            self._store.close()
            self._store = None

    def __enter__(self) -> Ledger:
        """Return the ledger itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the ledger; documents that were finished before an error are committed."""
        self.close()

    # inside

    def _table(self, name: str) -> ibis.Table:
        self.flush()
        return self.store.table(name)

    def _check_writable(self) -> None:
        if self.store.read_only:
            raise VerbaleError("ledger-read-only", path=self.path)

    def _flush_when_due(self) -> None:
        waited = time.monotonic() - self._flushed
        waiting = len(self._pending) + len(self._rejections)
        if waiting >= BATCH_DOCUMENTS or self._pending_size >= BATCH_CHARACTERS or waited >= BATCH_SECONDS:
            self.flush()

    def _insert(self, name: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch | None]) -> None:
        rows = pa.Table.from_batches([batch for batch in batches if batch is not None], schema=schema)
        if rows.num_rows:
            self.store.insert(name, rows)

    def _write_run(self, run: Run) -> None:
        if run.run_id not in self._written_runs:
            self.store.insert("runs", run_table(run), new_only=True)
            self._written_runs.add(run.run_id)

    def _finished_by(self, coder: tuple[str, str, str]) -> set[int]:
        """Return the finished documents of a coder, its version and options, as numbers.

        They are read once and kept, because asking the file for each of 100,000 documents would take two minutes; a million of
        them take 70 MB.
        """
        if coder not in self._finished_ids:
            rows = self.store.query(
                "SELECT document_id FROM codings WHERE coder = ? AND coder_version = ? AND options = ?", coder
            )
            self._finished_ids[coder] = {_number(row[0]) for row in rows}
        return self._finished_ids[coder]

    def _finished(self, keys: Sequence[tuple[str, str, str, str]]) -> dict[tuple[str, str, str, str], str]:
        """Return those of the keys of codings that the file holds, with the run that wrote each."""
        if not keys:
            return {}
        documents = list({key[0] for key in keys})
        rows = self.store.query(
            "SELECT document_id, coder, coder_version, options, run_id FROM codings WHERE document_id IN (SELECT unnest(?))",
            [documents],
        )
        wanted = set(keys)
        return {row[:4]: row[4] for row in rows if row[:4] in wanted}

    def _amended_events(self, events: Sequence[Event]) -> set[tuple[str, ...]]:
        """Return the keys of the events as amended, so that an export that is imported again brings no second one."""
        documents = {event.evidence.document_id for event in events}
        names = ("document_id", "coder", "coder_version", "event_id")
        rows = self._resolution().rows
        return {tuple(row[name] for name in names) for row in rows if row["document_id"] in documents}

    def _known_documents(self, document_ids: list[str]) -> set[str]:
        if not document_ids:
            return set()
        rows = self.store.query("SELECT document_id FROM documents WHERE document_id IN (SELECT unnest(?))", [document_ids])
        return {row[0] for row in rows}

    def _known_events(self, events: Sequence[Event]) -> set[tuple[str, ...]]:
        documents = list({event.evidence.document_id for event in events})
        rows = self.store.query(
            "SELECT document_id, coder, coder_version, event_id FROM events WHERE document_id IN (SELECT unnest(?))",
            [documents],
        )
        return set(rows)

    def _new_rejections(self) -> list[dict[str, str]]:
        if not self._rejections:
            return []
        paths = list({row["path"] for row in self._rejections})
        known = set(self.store.query("SELECT path, code, reason FROM rejections WHERE path IN (SELECT unnest(?))", [paths]))
        return [row for row in self._rejections if (row["path"], row["code"], row["reason"]) not in known]

    def _codings(self, coder_version: str | None = None) -> ibis.Table:
        codings = self.store.table("codings")
        return codings if coder_version is None else codings.filter(codings.coder_version == coder_version)

    def _resolution(self) -> Resolution:
        self.flush()
        return resolution(self.store, self._codings(), self._versions())

    def _versions(self) -> list[str]:
        return [row[0] for row in self.store.query("SELECT DISTINCT coder_version FROM codings")]


def _number(document_id: str) -> int:
    """Return a document's id as the number that its hexadecimal digits spell; an imported id of another form is hashed."""
    try:
        return int(document_id, 16)
    except ValueError:
        return hash(document_id)


def event_key(event: Event) -> tuple[str, ...]:
    """Return what makes an event of one coder version the same event."""
    return (event.evidence.document_id, event.coder, event.coder_version, event.event_id)


def distinct_by_coder(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events without repeats within one coder version."""
    groups: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        groups.setdefault((event.coder, event.coder_version), []).append(event)
    for group in groups.values():
        yield from distinct(group)


def open_ledger(path: str | Path, *, read_only: bool = False) -> Ledger:
    """Open a ledger, made new where there is none; one writer at a time, or many readers.

    Raises VerbaleError `database-missing` (reading what is not there), `database-locked`, `database-foreign`, `ledger-foreign`,
    `ledger-newer` or `database-unusable`.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder, open_ledger(pathlib.Path(folder) / "L.duckdb") as ledger:
    ...     ledger.info().documents
    0
    """
    path = Path(path)
    if not read_only and not path.exists() and path.absolute().parent.is_dir():
        create(path)
    store = open_store(path, read_only=read_only)
    try:
        check(store)
        if not read_only:
            complete(store)
    except VerbaleError:
        store.close()
        raise
    return Ledger(store)
