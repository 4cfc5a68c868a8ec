"""The one schema of the event record as Arrow columns, and the way between rows and events.

The same columns stand in DuckDB, Parquet, CSV and JSON. Actors, date, evidence and place are flat columns, because that is what
people filter on in pandas, R and SQL: `source` is the acting party's code, `source_sector` its sector, and so on.
"""

from __future__ import annotations

import datetime
from typing import Any, Final, cast

import pyarrow as pa

from verbale.core.events import Actor, Calendar, Event, EventDate, Evidence, Place, Precision
from verbale.core.ontology import EventType, Status

EVENT_SCHEMA = pa.schema(
    [
        pa.field("event_id", pa.string(), nullable=False),
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("quote", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("source_sector", pa.string()),
        pa.field("source_text", pa.string()),
        pa.field("source_entity", pa.string()),
        pa.field("target", pa.string(), nullable=False),
        pa.field("target_sector", pa.string()),
        pa.field("target_text", pa.string()),
        pa.field("target_entity", pa.string()),
        pa.field("mutual", pa.bool_(), nullable=False),
        pa.field("type", pa.string(), nullable=False),
        pa.field("mode", pa.string()),
        pa.field("contexts", pa.list_(pa.string())),
        pa.field("quad", pa.string(), nullable=False),
        pa.field("intensity", pa.float64(), nullable=False),
        pa.field("status", pa.string(), nullable=False),
        pa.field("said_by", pa.string()),
        pa.field("date_start", pa.date32()),
        pa.field("date_end", pa.date32()),
        pa.field("date_precision", pa.string()),
        pa.field("date_text", pa.string()),
        pa.field("date_calendar", pa.string()),
        pa.field("place", pa.string()),
        pa.field("place_country", pa.string()),
        pa.field("object", pa.string()),
        pa.field("trigger", pa.string()),
        pa.field("confidence", pa.float64(), nullable=False),
        pa.field("coder", pa.string(), nullable=False),
        pa.field("coder_version", pa.string(), nullable=False),
    ]
)

# What tells counts of events apart, and the columns of a table of such counts.
COUNTED_BY: Final = ("source", "target", "date_start", "date_precision", "type", "mutual", "status")
_COUNTS: Final = {
    "events": (pa.int64(), "how many events"),
    "mentions": (pa.int64(), "their mentions, as many as the events where the dataset tells none"),
    "intensity_sum": (pa.float64(), "sum of their values on the Goldstein scale, rounded to six decimals"),
    "intensity_events": (pa.int64(), "how many of them have such a value"),
}
COUNT_SCHEMA: Final = pa.schema(
    [
        *(pa.field(name, EVENT_SCHEMA.field(name).type, metadata={"meaning": f"{name} of the events"}) for name in COUNTED_BY),
        *(pa.field(name, kind, metadata={"meaning": meaning}) for name, (kind, meaning) in _COUNTS.items()),
    ]
)


def event_to_row(event: Event) -> dict[str, Any]:
    """Return the event as one flat row of `EVENT_SCHEMA`; what is not known is None, contexts an empty list."""
    date = event.date
    return {
        "event_id": event.event_id,
        "document_id": event.evidence.document_id,
        "start": event.evidence.start,
        "end": event.evidence.end,
        "quote": event.evidence.quote,
        **_actor_columns("source", event.source),
        **_actor_columns("target", event.target),
        "mutual": event.mutual,
        "type": event.type,
        "mode": event.mode or None,
        "contexts": list(event.contexts),
        "quad": event.quad,
        "intensity": event.intensity,
        "status": event.status,
        "said_by": event.said_by or None,
        "date_start": date.start if date else None,
        "date_end": date.end if date else None,
        "date_precision": date.precision if date else None,
        "date_text": (date.text or None) if date else None,
        "date_calendar": date.calendar if date else None,
        "place": event.place.text if event.place else None,
        "place_country": (event.place.country or None) if event.place else None,
        "object": event.object or None,
        "trigger": event.trigger or None,
        "confidence": event.confidence,
        "coder": event.coder,
        "coder_version": event.coder_version,
    }


def flat_row(event: Event) -> dict[str, Any]:
    """Return an event's row with dates as ISO text, as JSON and CSV have them."""
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in event_to_row(event).items()
    }


def row_to_event(row: dict[str, Any]) -> Event:
    """Return the event of a flat row; dates may be `datetime.date` or ISO text.

    Raises KeyError for a missing required column.
    """
    start = _date(row.get("date_start"))
    date = None
    if start is not None:
        date = EventDate(
            start,
            _date(row.get("date_end")),
            cast(Precision, row.get("date_precision") or "day"),
            row.get("date_text") or "",
            cast(Calendar, row.get("date_calendar") or "gregorian"),
        )
    return Event(
        evidence=Evidence(row["document_id"], int(row["start"]), int(row["end"]), row["quote"]),
        source=_actor("source", row),
        target=_actor("target", row),
        type=cast(EventType, row["type"]),
        mutual=bool(row["mutual"]),
        mode=row.get("mode") or "",
        contexts=tuple(row["contexts"]) if row.get("contexts") is not None else (),
        intensity=float(row.get("intensity") or 0.0),
        status=cast(Status, row.get("status") or "actual"),
        said_by=row.get("said_by") or "",
        date=date,
        place=Place(row["place"], row.get("place_country") or "") if row.get("place") else None,
        object=row.get("object") or "",
        trigger=row.get("trigger") or "",
        confidence=float(row.get("confidence") or 0.0),
        coder=row.get("coder") or "",
        coder_version=row.get("coder_version") or "",
    )


def _actor_columns(role: str, actor: Actor) -> dict[str, Any]:
    return {
        role: actor.code,
        f"{role}_sector": actor.sector or None,
        f"{role}_text": actor.text or None,
        f"{role}_entity": actor.entity or None,
    }


def _actor(role: str, row: dict[str, Any]) -> Actor:
    return Actor(row[role], *(row.get(f"{role}_{part}") or "" for part in ("sector", "text", "entity")))


def _date(value: object) -> datetime.date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
