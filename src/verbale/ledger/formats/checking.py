"""Whether a row from outside is an event of ours: every field's type and range, told in words when it is not."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from typing import Any, Final, get_args

from verbale.core import EVENT_TYPES, STATUSES, Event
from verbale.core.events import Calendar, Precision
from verbale.core.schema import EVENT_SCHEMA, row_to_event
from verbale.ledger.formats.base import BadRow, Imported

REQUIRED: Final = ("document_id", "start", "end", "quote", "source", "target", "mutual", "type")
TEXTS: Final = tuple(
    field.name for field in EVENT_SCHEMA if str(field.type) == "string" and field.name not in ("event_id", "quad", *REQUIRED)
)
# ISO 3166 alpha-3, our organisation codes, and the codes of other datasets up to CAMEO's longest.
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,14}(?:-[A-Z0-9]{1,15})*")
# The Goldstein scale runs from -10 to 10.
_INTENSITY_LIMIT: Final = 10.0
# An evidence span is a clause; a million characters is more than any document's sentence and less than an overflow.
_MAX_OFFSET: Final = 10**12


def read_row(number: int, row: dict[str, Any]) -> Imported | BadRow:
    """Return the event of a flat row, or what is wrong with the row."""
    try:
        return Imported(number, checked_event(row))
    except ValueError as error:
        return BadRow(number, str(error))


def checked_event(row: dict[str, Any]) -> Event:
    """Return the event of a flat row of the event record. Raises ValueError with a sentence for a person."""
    clean: dict[str, Any] = {}
    for name in REQUIRED:
        if name not in row or row[name] is None:
            _fail(f"{name} is missing")
    for name in ("document_id", "quote", "source", "target", *TEXTS):
        clean[name] = _text(name, row.get(name))
    if not clean["document_id"]:
        _fail("document_id is empty")
    for name in ("source", "target"):
        if (clean[name] or name == "source") and not _CODE.fullmatch(clean[name]):
            _fail(f"{name} is {clean[name]!r}, not an actor code such as RUS")
    clean["start"], clean["end"] = _offset("start", row["start"]), _offset("end", row["end"])
    if clean["start"] >= clean["end"]:
        _fail(f"start {clean['start']} is not before end {clean['end']}")
    clean["mutual"] = _boolean("mutual", row["mutual"])
    clean["type"] = _choice("type", row["type"], EVENT_TYPES)
    clean["status"] = _choice("status", clean["status"] or "actual", STATUSES)
    clean["contexts"] = _words("contexts", row.get("contexts"))
    clean["confidence"] = _number("confidence", row.get("confidence"), 0.0, 1.0)
    clean["intensity"] = _number("intensity", row.get("intensity"), -_INTENSITY_LIMIT, _INTENSITY_LIMIT)
    _check_dates(row, clean)
    return row_to_event(clean)


def _check_dates(row: dict[str, Any], clean: dict[str, Any]) -> None:
    for name in ("date_start", "date_end"):
        clean[name] = _date(name, row.get(name))
    if clean["date_end"] and not clean["date_start"]:
        _fail("date_end is given without date_start")
    if clean["date_end"] and clean["date_end"] < clean["date_start"]:
        _fail(f"date_end {clean['date_end']} is before date_start {clean['date_start']}")
    clean["date_precision"] = _choice("date_precision", clean["date_precision"] or "day", get_args(Precision))
    clean["date_calendar"] = _choice("date_calendar", clean["date_calendar"] or "gregorian", get_args(Calendar))


def _fail(reason: str) -> None:
    raise ValueError(reason)


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        message = f"{name} is {_short(value)}, not text"
        raise ValueError(message)
    try:
        value.encode()
    except UnicodeEncodeError:
        _fail(f"{name} holds a character that is not valid Unicode")
    return value


def _offset(name: str, value: object) -> int:
    number = _convert(name, value, int, "a whole number")
    if isinstance(value, bool) or not 0 <= number <= _MAX_OFFSET or (isinstance(value, float) and value != number):
        _fail(f"{name} is {_short(value)}, not an offset from 0")
    return int(number)


def _number(name: str, value: object, low: float, high: float) -> float:
    if value is None or value == "":
        return 0.0
    number = float(_convert(name, value, float, "a number"))
    if isinstance(value, bool) or not (math.isfinite(number) and low <= number <= high):
        _fail(f"{name} is {_short(value)}, not a number from {low:g} to {high:g}")
    return number


def _convert(name: str, value: Any, kind: Callable[[Any], float], what: str) -> float:
    try:
        return kind(value)
    except (TypeError, ValueError, OverflowError):
        message = f"{name} is {_short(value)}, not {what}"
        raise ValueError(message) from None


def _boolean(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    known = {"true": True, "false": False, "1": True, "0": False}
    if not isinstance(value, (str, int)) or str(value).lower() not in known:
        message = f"{name} is {_short(value)}, not true or false"
        raise ValueError(message)
    return known[str(value).lower()]


def _choice(name: str, value: object, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        message = f"{name} is {_short(value)}, not one of {', '.join(allowed)}"
        raise ValueError(message)
    return value


def _words(name: str, value: object) -> list[str]:
    if value is None or value == "":
        return []
    if not isinstance(value, (list, tuple)) or not all(isinstance(word, str) for word in value):
        message = f"{name} is {_short(value)}, not a list of words"
        raise ValueError(message)
    return [_text(name, word) for word in value]


def _date(name: str, value: object) -> datetime.date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        message = f"{name} is {_short(value)}, not a date such as 1828-02-22"
        raise ValueError(message) from None


def _short(value: object) -> str:
    words = repr(value)
    return words if len(words) <= 40 else words[:37] + "..."
