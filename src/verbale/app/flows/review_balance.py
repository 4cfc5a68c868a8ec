"""The balance of a manuscript's account: what it tells of its leading pair of states beside what others hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import ibis
import pyarrow as pa

from verbale.app.flows.common import LedgerLike, opened
from verbale.app.flows.measured.networks import recorded
from verbale.app.flows.review_records import content_hash, kept_document
from verbale.core import Document, Event, VerbaleError
from verbale.core.schema import EVENT_SCHEMA, event_to_row
from verbale.measures import account
from verbale.report import Balance
from verbale.vocab import Vocabulary

# Acts listed of each holding: the strongest; the measure `coverage` lists as many as are asked for.
LARGEST: Final = 6
# With fewer acts of a pair a manuscript gives no account of it.
FEWEST: Final = 3


def balance_for(
    document: Document,
    events: Sequence[Event],
    vocabulary: Vocabulary,
    *,
    wanted: Sequence[str] | None,
    ledger: LedgerLike | None,
    folder: str | Path | None = None,
) -> Balance | None:
    """Return the balance of a document's account of the two states that it tells most of, by the measure `coverage`.

    None where it tells of no pair, or nothing is held of the pair in the same years. `wanted` are datasets, None for all that
    are installed. The manuscript itself, also under another name in the ledger, is no evidence.
    """
    states = {state.code for state in vocabulary.states.all}
    pairs = Counter(
        tuple(sorted((event.source.code, event.target.code)))
        for event in events
        if event.status == "actual" and event.source.code != event.target.code
        if event.source.code in states and event.target.code in states
    )
    if not pairs:
        return None
    (first, second), acts = min(pairs.items(), key=lambda each: (-each[1], each[0]))
    if acts < FEWEST:
        return None
    dyad = (first, second)
    told = pa.Table.from_pylist([event_to_row(event) for event in events], schema=EVENT_SCHEMA)
    if ledger is not None:
        told = pa.concat_tables([told, _others(ledger, document, dyad)])
    try:
        held = recorded(dyad, folder=folder, only=wanted)
        result = account(ibis.memtable(told), dyad=dyad, documents=[document.document_id], records=held, largest=LARGEST)
    except VerbaleError as error:
        if error.code == "measure-evidence":
            return None
        raise
    rows: list[dict[str, Any]] = result.rows.to_pylist()
    return Balance(
        pair=(vocabulary.actors.entity(first, None) or first, vocabulary.actors.entity(second, None) or second),
        held=[row for row in rows if row["kind"] == "holding"],
        omitted=[row for row in rows if row["kind"] == "omitted"],
        datasets={one.kind: one.dataset for one in held},
        # A review shows no shares, of which the measure says how few acts they rest on.
        warnings=tuple(one for one in result.warnings if "share" not in one),
        names={code: vocabulary.actors.entity(code, None) or code for code in dyad},
    )


def _others(ledger: LedgerLike, document: Document, dyad: tuple[str, str]) -> pa.Table:
    """Return the events of a pair in the ledger's other documents, without one that has the manuscript's words."""
    with opened(ledger, read_only=True) as open_one:
        events = open_one.events()
        chosen = events.filter(events.source.isin(dyad) & events.target.isin(dyad))
        chosen = chosen.filter(chosen.document_id != document.document_id)
        rows: list[dict[str, Any]] = chosen.select(*EVENT_SCHEMA.names).order_by("event_id").to_pyarrow().to_pylist()
        others = {
            identifier: kept_document(open_one, identifier) for identifier in sorted({row["document_id"] for row in rows})
        }
    own = content_hash(document.text)
    taken = {identifier for identifier, other in others.items() if other is not None and content_hash(other.text) == own}
    return pa.Table.from_pylist([row for row in rows if row["document_id"] not in taken], schema=EVENT_SCHEMA)
