"""The event record: who did what to whom, when, and the words that say so."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import Literal

from verbale.core.ontology import QUADRANTS, EventType, Quadrant, Status

Precision = Literal["day", "month", "year", "decade", "century"]
Calendar = Literal["gregorian", "julian", "solar_hijri", "lunar_hijri"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that an event rests on: character offsets in the document's text (end exclusive) and the words themselves."""

    document_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A party to an event: its code, PLOVER sector (empty for the state as such), the words, and the entity of that date."""

    code: str
    sector: str = ""
    text: str = ""
    entity: str = ""


@dataclass(frozen=True, slots=True)
class EventDate:
    """When an event began and, where the text gives a span, ended; precision says how much of the date the text tells.

    A date of precision `decade` or `century` starts with the first day of that decade or century. `text` is the expression
    as written; `calendar` the one that it was written in (the dates themselves are Gregorian).
    """

    start: datetime.date
    end: datetime.date | None = None
    precision: Precision = "day"
    text: str = ""
    calendar: Calendar = "gregorian"

    def iso(self) -> str:
        """Return the start as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as precise as the text."""
        return iso_prefix(self.start, self.precision)

    def iso_end(self) -> str | None:
        """Return the end of the span in the same form, or None where the text gives no span."""
        return iso_prefix(self.end, self.precision) if self.end else None


def iso_prefix(date: datetime.date, precision: Precision) -> str:
    """Return a date as ISO text cut to its precision (decade and century to the year)."""
    return date.isoformat()[: {"day": 10, "month": 7}.get(precision, 4)]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event happened: as written, and the code of the state that the place lies in (empty if unknown)."""

    text: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One act by one actor toward another, as a text asserts it."""

    evidence: Evidence
    source: Actor
    target: Actor
    type: EventType
    mutual: bool = False
    mode: str = ""
    contexts: tuple[str, ...] = ()
    intensity: float = 0.0
    status: Status = "actual"
    said_by: str = ""
    date: EventDate | None = None
    place: Place | None = None
    object: str = ""
    trigger: str = ""
    confidence: float = 0.0
    coder: str = "verbale"
    coder_version: str = ""

    @property
    def quad(self) -> Quadrant:
        """The quadrant: verbal or material, cooperation or conflict."""
        return QUADRANTS[self.type]

    @property
    def event_id(self) -> str:
        """The stable id: 16 hexadecimal digits of the hash of document, evidence span, actors and type.

        The start date is part of it, because one clause with two dates is two events.
        """
        told = (self.evidence.document_id, str(self.evidence.start), str(self.evidence.end))
        parties = (self.source.code, self.source.sector, self.target.code, self.target.sector)
        words = (*told, *parties, self.type, self.status, self.date.iso() if self.date else "")
        return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16]
