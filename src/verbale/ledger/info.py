"""What is in a ledger, counted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from verbale.core import Run
from verbale.engine import Store


@dataclass(frozen=True, slots=True)
class LedgerInfo:
    """A ledger's counts: `events` are those of the newest codings, `all_events` those of every version."""

    path: Path
    schema_version: int
    created: str
    size: int
    documents: int
    passages: int
    characters: int
    events: int
    all_events: int
    rejections: int
    coders: dict[str, int]
    types: dict[str, int]
    statuses: dict[str, int]
    dyads: dict[str, int]
    first_date: str | None
    last_date: str | None
    runs: tuple[Run, ...]


def count(store: Store, newest_sql: str) -> LedgerInfo:
    """Count what an open ledger holds; `newest_sql` is the query of the events that readers see.

    `coders` counts events by coder and version over all versions; the rest is over the newest. `dyads` holds the twenty
    pairs of actors with most events, direction aside: more than that is for an export.
    """
    meta = dict(store.query("SELECT key, value FROM meta"))
    documents, characters = store.query("SELECT count(*), coalesce(sum(length(text)), 0) FROM documents")[0]
    newest = f"({newest_sql}) AS newest"
    events, first, last = store.query(f"SELECT count(*), min(date_start), max(coalesce(date_end, date_start)) FROM {newest}")[0]  # noqa: S608
    return LedgerInfo(
        path=store.path,
        schema_version=int(meta["schema_version"]),
        created=meta["created"],
        size=store.path.stat().st_size,
        documents=documents,
        passages=_number(store, "passages"),
        characters=int(characters),
        events=events,
        all_events=_number(store, "events"),
        rejections=_number(store, "rejections"),
        coders=_tally(store, "coder || ' ' || coder_version", "events"),
        types=_tally(store, "type", newest),
        statuses=_tally(store, "status", newest),
        dyads=_tally(store, "least(source, target) || '-' || greatest(source, target)", f"{newest} WHERE source <> target", 20),
        first_date=str(first) if first else None,
        last_date=str(last) if last else None,
        runs=tuple(Run(*row) for row in store.query("SELECT * FROM runs ORDER BY started, run_id")),
    )


def _number(store: Store, table: str) -> int:
    return int(store.query(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - our own table names


def _tally(store: Store, what: str, table: str, most: int = 1000) -> dict[str, int]:
    statement = f"SELECT {what} AS what, count(*) AS n FROM {table} GROUP BY ALL ORDER BY n DESC, what LIMIT {most}"  # noqa: S608
    return dict(store.query(statement))
