"""Visits and travels of leaders as events: the columns of our event record, so that they can stand beside coded events."""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.core.ontology import QUADRANTS
from verbale.core.schema import EVENT_SCHEMA
from verbale.vocab.codes import goldstein

TYPE: Final = "CONSULT"
MODE: Final = "visit"


def visit_events(visits: ir.Table) -> ir.Table:
    """Return the rows of `us-visits` or `us-travels` as events: the traveller's state is the source, the host the target.

    The columns are those of the event record (`verbale.core.schema.EVENT_SCHEMA`), in its order, so that the result can be
    united with `ledger.events().drop("run_id")`. Each visit is one CONSULT event of mode visit, on the days that the record
    tells; `event_id` leads back to its number, `document_id` and `coder` name the dataset, `quote` is the record's own
    description. `confidence` is 1: people keep these lists. Rows whose state has no code (Antarctica) are left out.
    """
    abroad = "traveller" in visits.columns
    dataset = "us-travels" if abroad else "us-visits"
    told, who = (visits.remarks, visits.traveller) if abroad else (visits.description, visits.visitor)
    values: dict[str, ir.Value | str | float | bool] = {
        "event_id": ibis.literal(f"{dataset}-") + visits.id.cast("string"),
        "document_id": dataset,
        "start": 0,
        "end": told.length().fill_null(0),
        "quote": told.fill_null(""),
        "source": visits.source,
        "source_sector": "GOV",
        "source_text": who,
        "target": visits.target,
        "target_sector": "GOV",
        "target_text": visits.country if abroad else ibis.null("string"),
        "mutual": False,
        "type": TYPE,
        "mode": MODE,
        "contexts": ibis.literal([], type="array<string>"),
        "quad": QUADRANTS[TYPE],
        "intensity": float(goldstein(TYPE, MODE)),
        "status": "actual",
        "date_start": visits.start,
        "date_end": ibis.ifelse(visits.end > visits.start, visits.end, ibis.null("date")),
        "date_precision": "day",
        "date_calendar": "gregorian",
        "place": visits.locale if abroad else ibis.null("string"),
        "place_country": visits.target,
        "confidence": 1.0,
        "coder": dataset,
        "coder_version": "",
    }
    types = ibis.schema(EVENT_SCHEMA)
    found = visits.filter(visits.source.notnull(), visits.target.notnull())
    return found.select(**{name: _cast(values.get(name), types[name]) for name in types.names})


def _cast(value: ir.Value | str | float | bool | None, kind: ibis.DataType) -> ir.Value:
    if value is None:
        return ibis.null(kind.copy(nullable=True))
    expression = value if isinstance(value, ir.Value) else ibis.literal(value)
    return expression.cast(kind.copy(nullable=True))
