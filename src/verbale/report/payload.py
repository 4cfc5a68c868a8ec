"""The data that the page carries: every text once, every event once, safely inside a script element.

Python counts characters, JavaScript UTF-16 units; offsets in the payload are in the units of the page that slices with them.
"""

from __future__ import annotations

import datetime
import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, Final

from verbale.core import QUADRANTS, Amendment, Event
from verbale.report.data import DossierDocument
from verbale.report.wording import QUADRANT_ORDER, TYPE_WORDS, actor_words, amendment_words, date_bounds, date_words

# Beyond this a browser on an older laptop takes more than two seconds to open the page (measured with 12 MB: 1.6 s in
# Chromium on one core); events are about 350 bytes each, a page of text 3,000.
MAX_EVENTS: Final = 10_000
MAX_TEXT: Final = 8_000_000

_EPOCH = datetime.date(1970, 1, 1)
# Characters that could end the script element or a line of JavaScript, wherever they stand.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def safe_json(value: object) -> str:
    """Return JSON in pure ASCII that can stand inside a script element: no `<`, `>`, `&`, U+2028, or lone surrogate."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    for character, escape in _UNSAFE.items():
        text = text.replace(character, escape)
    return text


class Offsets:
    """Turns offsets in characters of a text into offsets in UTF-16 units, in which JavaScript counts."""

    def __init__(self, text: str) -> None:
        """Note where the text has characters outside the basic plane; most texts have none."""
        self._wide = [] if text.isascii() else [index for index, character in enumerate(text) if ord(character) > 0xFFFF]

    def __call__(self, offset: int) -> int:
        """Return the offset in UTF-16 units."""
        return offset + bisect_right(self._wide, offset - 1) if self._wide else offset


def document_payload(held: DossierDocument, *, with_text: bool) -> dict[str, Any]:
    """Return a document as the page needs it: title, text, blocks, sentences; no text where the page would be too large."""
    document = held.document
    units = Offsets(document.text)
    found: dict[str, Any] = {"title": document.title or document.name, "id": document.document_id}
    if document.date:
        found["date"] = document.date
    if with_text:
        found["text"] = document.text
        found["blocks"] = [[units(block.start), units(block.end), block.kind[0]] for block in document.blocks]
        found["sentences"] = [[units(start), units(end)] for start, end in held.sentences]
        if held.screened is not None:
            found["screened"] = list(held.screened)
    return found


def event_payload(
    event: Event,
    *,
    document: int,
    units: Offsets,
    names: dict[str, str],
    row: int,
    excerpt: str | None = None,
    amendments: Sequence[Amendment] = (),
) -> dict[str, Any]:
    """Return an event as the page needs it; what is empty is left out. `excerpt` stands in for a text that is not embedded."""
    found: dict[str, Any] = {
        "id": event.event_id,
        "document": document,
        "start": units(event.evidence.start),
        "end": units(event.evidence.end),
        "quote": event.evidence.quote,
        "source": actor_words(event.source, names),
        "target": actor_words(event.target, names),
        "codes": [event.source.code, event.target.code],
        "type": TYPE_WORDS[event.type],
        "quad": QUADRANT_ORDER.index(QUADRANTS[event.type]),
        "intensity": event.intensity,
        "status": event.status,
        "date": date_words(event.date),
        "row": row,
        "confidence": round(event.confidence, 2),
        "excerpt": excerpt,
        "mutual": event.mutual,
        "said_by": event.said_by,
        "object": event.object,
        "mode": event.mode,
        "contexts": ", ".join(event.contexts),
        "trigger": event.trigger,
        "place": _place_words(event, names),
        "amended": [amendment_words(amendment) for amendment in amendments] or None,
        **_written(event),
    }
    if event.date is not None:
        first, last = date_bounds(event.date)
        found["days"] = [(first - _EPOCH).days, (last - _EPOCH).days]
        # A line is drawn for a span that the text tells ("s") and for a decade or century that it leaves open ("o").
        found["line"] = "s" if event.date.end else "o" if event.date.precision in ("decade", "century") else ""
    return {key: value for key, value in found.items() if value is not None and value is not False and value != ""}


def _written(event: Event) -> dict[str, str]:
    """Return how the text itself writes date and actors, which the page shows beside our reading of them."""
    found = {"source_text": event.source.text, "target_text": event.target.text}
    if event.date is not None:
        found["date_text"] = event.date.text
        if event.date.calendar != "gregorian":
            found["calendar"] = event.date.calendar.replace("_", " ")
    return found


def _place_words(event: Event, names: Mapping[str, str]) -> str:
    if event.place is None:
        return ""
    country = names.get(event.place.country, event.place.country)
    return f"{event.place.text} ({country})" if country and country != event.place.text else event.place.text


def in_order(events: Sequence[Event], documents: Mapping[str, int]) -> list[Event]:
    """Return events in order of time, undated ones last, then in the order of reading; each event id once."""
    unique = {event.event_id: event for event in events}.values()

    def key(event: Event) -> tuple[bool, datetime.date, datetime.date, int, int, str]:
        first, last = date_bounds(event.date) if event.date else (_EPOCH, _EPOCH)
        place = documents.get(event.evidence.document_id, -1)
        return (event.date is None, first, last, place, event.evidence.start, event.event_id)

    return sorted(unique, key=key)
