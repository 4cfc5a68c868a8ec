"""The tables of a ledger as Arrow schemas, how a new file gets them, and how a file is known to be a ledger of ours."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import Final

import pyarrow as pa

from verbale.core import VerbaleError
from verbale.core.schema import EVENT_SCHEMA
from verbale.engine import Store, open_store

# Raised by one when a table changes in a way that an older program would misread.
SCHEMA_VERSION: Final = 1
FORMAT: Final = "verbale-ledger"

# Moments are kept in UTC without a zone, because a zoned type needs a time zone library to come back as Python objects.
_MOMENT: Final = pa.timestamp("us")

META: Final = pa.schema([("key", pa.string()), ("value", pa.string())])
RUNS: Final = pa.schema(
    [
        ("run_id", pa.string()),
        ("started", _MOMENT),
        ("version", pa.string()),
        ("coder", pa.string()),
        ("coder_version", pa.string()),
        ("model", pa.string()),
        ("vocabulary", pa.string()),
        ("options", pa.string()),
    ]
)
DOCUMENTS: Final = pa.schema(
    [
        ("document_id", pa.string()),
        ("name", pa.string()),
        ("text", pa.string()),
        ("title", pa.string()),
        ("author", pa.string()),
        ("date", pa.string()),
        ("source", pa.string()),
        ("place", pa.string()),
        ("path", pa.string()),
        ("format", pa.string()),
        ("language", pa.string()),
        ("run_id", pa.string()),
    ]
)
PASSAGES: Final = pa.schema(
    [("document_id", pa.string()), ("index", pa.int64()), ("start", pa.int64()), ("end", pa.int64()), ("kind", pa.string())]
)
EVENTS: Final = pa.schema([*EVENT_SCHEMA, pa.field("run_id", pa.string(), nullable=False)])
CODINGS: Final = pa.schema(
    [
        ("document_id", pa.string()),
        ("coder", pa.string()),
        ("coder_version", pa.string()),
        ("options", pa.string()),
        ("run_id", pa.string()),
        ("coded", _MOMENT),
        ("n_sentences", pa.int64()),
        ("n_screened", pa.int64()),
        ("n_events", pa.int64()),
    ]
)
REJECTIONS: Final = pa.schema([("run_id", pa.string()), ("path", pa.string()), ("code", pa.string()), ("reason", pa.string())])
# What people corrected; `before`, `after` and `beside` are JSON, because each holds fields of the event record, not always all.
AMENDMENTS: Final = pa.schema(
    [
        ("amendment_id", pa.string()),
        ("kind", pa.string()),
        ("event_id", pa.string()),
        ("document_id", pa.string()),
        ("before", pa.string()),
        ("after", pa.string()),
        ("beside", pa.string()),
        ("author", pa.string()),
        ("made", _MOMENT),
        ("reason", pa.string()),
        ("undoes", pa.string()),
    ]
)
# What a coder proposed and the program did not keep, counted by reason.
DROPPED: Final = pa.schema(
    [
        ("document_id", pa.string()),
        ("coder", pa.string()),
        ("coder_version", pa.string()),
        ("options", pa.string()),
        ("run_id", pa.string()),
        ("reason", pa.string()),
        ("n", pa.int64()),
    ]
)

TABLES: Final[dict[str, pa.Schema]] = {
    "meta": META,
    "runs": RUNS,
    "documents": DOCUMENTS,
    "passages": PASSAGES,
    "events": EVENTS,
    "codings": CODINGS,
    "rejections": REJECTIONS,
    "amendments": AMENDMENTS,
    "dropped": DROPPED,
}

# What makes a row the same row, so that adding it again changes nothing. Passages and events come and go with their document's
# coding and need no key of their own, which keeps the file small.
KEYS: Final[dict[str, tuple[str, ...]]] = {
    "meta": ("key",),
    "runs": ("run_id",),
    "documents": ("document_id",),
    "codings": ("document_id", "coder", "coder_version", "options"),
    "rejections": ("path", "code", "reason"),
    "amendments": ("amendment_id",),
}

_TYPES: Final[dict[pa.DataType, str]] = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    _MOMENT: "TIMESTAMP",
    pa.list_(pa.string()): "VARCHAR[]",
}


def create(path: Path) -> None:
    """Make an empty ledger at a path that does not exist yet.

    The file is made beside its place and moved there when it is complete, so that a crash leaves no ledger or a whole one.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    try:
        with open_store(draft) as store, store.transaction():
            for name, schema in TABLES.items():
                store.query(_definition(name, schema))
            made = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            rows = {"format": FORMAT, "schema_version": str(SCHEMA_VERSION), "created": made}
            store.insert("meta", pa.table({"key": list(rows), "value": list(rows.values())}, schema=META))
        _publish(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def check(store: Store) -> None:
    """Raise VerbaleError `ledger-foreign` or `ledger-newer` unless the file is a ledger that this program can read."""
    if "meta" not in store.tables():
        raise VerbaleError("ledger-foreign", path=store.path)
    try:
        meta = dict(store.query("SELECT key, value FROM meta"))
        version = int(meta["schema_version"])
    except (VerbaleError, KeyError, ValueError) as error:
        raise VerbaleError("ledger-foreign", path=store.path) from error
    if meta.get("format") != FORMAT:
        raise VerbaleError("ledger-foreign", path=store.path)
    if version > SCHEMA_VERSION:
        raise VerbaleError("ledger-newer", path=store.path, found=version, allowed=SCHEMA_VERSION)


def complete(store: Store) -> None:
    """Add the tables that an older program's ledger lacks; they are beside the others, so that program still reads it."""
    there = store.tables()
    for name, schema in TABLES.items():
        if name not in there:
            store.query(_definition(name, schema))


def _definition(name: str, schema: pa.Schema) -> str:
    columns = [f'"{field.name}" {_TYPES[field.type]}{"" if field.nullable else " NOT NULL"}' for field in schema]
    if name in KEYS:
        columns.append(f"PRIMARY KEY ({', '.join(KEYS[name])})")
    return f'CREATE TABLE "{name}" ({", ".join(columns)})'


def _publish(draft: Path, path: Path) -> None:
    """Give the finished draft its name without overwriting a ledger that another program made meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            draft.rename(path)
