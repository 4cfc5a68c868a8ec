"""The events that readers see where people have corrected them: the coders' rows with amendments laid upon them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from verbale.core import Amended, Amendment, Event
from verbale.engine import Store
from verbale.ledger.amending import ROW_KEY, Resolution, resolve, row_to_amendment
from verbale.ledger.tables import AMENDMENTS, EVENTS
from verbale.ledger.views import newest_codings

_KEYS = pa.schema([(name, pa.string()) for name in ROW_KEY])


@dataclass(frozen=True, slots=True)
class Base:
    """An event that can be amended: as the coder wrote it, as readers see it now, what stood beside it, its amendments."""

    original: Event
    current: Event
    beside: tuple[Any, ...]
    amendments: tuple[Amended, ...]


def read_amendments(store: Store) -> list[Amendment]:
    """Return all amendments of a ledger, oldest first; none for one of an older program that was opened for reading."""
    if "amendments" not in store.tables():
        return []
    names = AMENDMENTS.names
    rows = store.query(f"SELECT {', '.join(names)} FROM amendments ORDER BY made, amendment_id")  # noqa: S608 - our own names
    return [row_to_amendment(dict(zip(names, row, strict=True))) for row in rows]


def resolution(store: Store, codings: Any, versions: Iterable[str]) -> Resolution:
    """Return what the amendments of a ledger come to upon the newest of some codings."""
    amendments = read_amendments(store)
    if not amendments:
        return Resolution()
    ids = sorted({amendment.document_id for amendment in amendments})
    # only these documents are looked at, because amendments are few in a ledger of a million events
    name = f"amended_documents_{_digest(ids)}"
    wanted = store.lend(name, pa.table({"document_id": pa.array(ids, pa.string())}))
    chosen = newest_codings(codings.semi_join(wanted, "document_id"), versions)
    pairs = chosen.select("document_id", "coder").distinct().to_pyarrow().to_pylist()
    events = store.table("events").semi_join(chosen, ["document_id", "coder", "coder_version", "run_id"])
    rows = events.order_by("document_id", "start", "end", "event_id", "coder", "run_id")
    known = store.query("SELECT document_id FROM documents WHERE document_id IN (SELECT unnest(?))", [ids])
    return resolve(
        amendments,
        rows.to_pyarrow().to_pylist(),
        coded={(row["document_id"], row["coder"]) for row in pairs},
        documents={row[0] for row in known},
    )


def amended_view(store: Store, events: Any, found: Resolution) -> Any:
    """Return the chosen events with the dropped ones left out and the amended ones put in."""
    if not found.dropped and not found.rows:
        return events
    # named by what they hold, so that a table that a reader keeps goes on to mean what it meant
    name = _digest((found.dropped, found.rows))
    dropped = [dict(zip(ROW_KEY, key, strict=True)) for key in found.dropped]
    left_out = store.lend(f"dropped_{name}", pa.Table.from_pylist(dropped, schema=_KEYS))
    put_in = store.lend(f"amended_{name}", pa.Table.from_pylist(found.rows, schema=EVENTS))
    return events.anti_join(left_out, list(ROW_KEY)).union(put_in)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]
