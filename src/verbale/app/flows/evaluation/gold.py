"""Reads a gold standard: one event a line as JSON, with an exact quote from its text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verbale.core import EVENT_TYPES, EventType, VerbaleError


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event as a reader coded it; `optional` ones were coded by one of two readers only and are not asked for."""

    doc: str
    start: int
    end: int
    source: tuple[str, ...]
    target: tuple[str, ...]
    mutual: bool
    type: EventType
    date: str | None
    optional: bool
    quote: str


def read_gold(path: Path, *, text_of: Callable[[str], str]) -> list[GoldEvent]:
    """Return the events of a gold file in order; `text_of` gives the text of a document by its name.

    Raises VerbaleError `gold-malformed` for a line that is no event or a quote that its text does not hold.
    """
    found = []
    for number, record in _records(path):
        where = f"{path} line {number}"
        try:
            event = _event(record, text_of)
        except (KeyError, TypeError, ValueError) as error:
            reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            raise VerbaleError("gold-malformed", where=where, reason=reason) from error
        found.append(event)
    return found


def _records(path: Path) -> Iterator[tuple[int, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise VerbaleError("gold-malformed", where=path, reason=f"it cannot be read as UTF-8 text ({error})") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise VerbaleError(
                    "gold-malformed", where=f"{path} line {number}", reason=f"it is not JSON ({error})"
                ) from error


def _event(record: Any, text_of: Callable[[str], str]) -> GoldEvent:
    doc, quote, kind = str(record["doc"]), str(record["quote"]), record["type"]
    if kind not in EVENT_TYPES:
        message = f"type is {kind!r}, not one of {', '.join(EVENT_TYPES)}"
        raise ValueError(message)
    start = text_of(doc).find(quote)
    if start < 0 or not quote:
        message = f"the quote {quote[:60]!r} is not in the text of {doc}"
        raise ValueError(message)
    return GoldEvent(
        doc=doc,
        start=start,
        end=start + len(quote),
        source=tuple(record["source"]),
        target=tuple(record["target"]),
        mutual=bool(record.get("mutual")),
        type=kind,
        date=record.get("date"),
        optional=bool(record.get("optional")),
        quote=quote,
    )
