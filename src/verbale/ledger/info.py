"""What is in a ledger, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from verbale.core import Amended, Run
from verbale.engine import Store


@dataclass(frozen=True, slots=True)
class LedgerInfo:
    """A ledger's counts: `events` are those of the newest codings as amended, `all_events` those of every version as coded.

    `amendments` counts corrections by hand by what has become of them.
    """

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
    amendments: dict[str, int]
    coders: dict[str, int]
    types: dict[str, int]
    statuses: dict[str, int]
    dyads: dict[str, int]
    first_date: str | None
    last_date: str | None
    runs: tuple[Run, ...]
    dropped: dict[str, int]


def count(store: Store, newest_sql: str, amendments: Sequence[Amended]) -> LedgerInfo:
    """Count what an open ledger holds; `newest_sql` is the query of the events that readers see.

    `coders` counts events by coder and version over all versions; the rest is over the newest. `dyads` holds the twenty
    pairs of actors with most events, direction aside: more than that is for an export. `dropped` counts what coders
    proposed and the program did not keep, by coder, version and reason.
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
        amendments=dict(sorted(Counter(one.state for one in amendments).items())),
        coders=_tally(store, "coder || ' ' || coder_version", "events"),
        types=_tally(store, "type", newest),
        statuses=_tally(store, "status", newest),
        dyads=_tally(store, "least(source, target) || '-' || greatest(source, target)", f"{newest} WHERE source <> target", 20),
        first_date=str(first) if first else None,
        last_date=str(last) if last else None,
        runs=tuple(Run(*row) for row in store.query("SELECT * FROM runs ORDER BY started, run_id")),
        dropped=_dropped(store),
    )


def _dropped(store: Store) -> dict[str, int]:
    if "dropped" not in store.tables():
        return {}
    return dict(
        store.query(
            "SELECT coder || ' ' || coder_version || ': ' || reason AS what, sum(n)::BIGINT AS n FROM dropped "
            "GROUP BY ALL ORDER BY what"
        )
    )


def _number(store: Store, table: str) -> int:
    return int(store.query(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - our own table names


def _tally(store: Store, what: str, table: str, most: int = 1000) -> dict[str, int]:
    statement = f"SELECT {what} AS what, count(*) AS n FROM {table} GROUP BY ALL ORDER BY n DESC, what LIMIT {most}"  # noqa: S608
    return dict(store.query(statement))
