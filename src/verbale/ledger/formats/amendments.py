"""Amendments as JSON lines or CSV, so that people can share them and keep them under version control; checked on the way in."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from verbale.core import AMENDMENT_KINDS, Amendment, AmendmentKind, Event
from verbale.core.amendments import AMENDABLE
from verbale.core.schema import flat_row
from verbale.ledger.formats.base import MAX_LINE_BYTES, BadRow, json_lines, write_json_line
from verbale.ledger.formats.checking import checked_event
from verbale.ledger.formats.columns import guarded, unguarded

COLUMNS: Final = (
    "amendment_id", "made", "author", "kind", "reason", "document_id", "event_id", "before", "after", "beside", "undoes",
)  # fmt: skip
_NESTED: Final = ("before", "after", "beside")
_ID: Final = re.compile(r"[0-9a-f]{16}")


def write_amendments(amendments: Iterable[Amendment], file: BinaryIO, *, as_csv: bool) -> int:
    """Write amendments as JSON lines, or as CSV with JSON in the cells for events, and return how many."""
    rows = [_row(amendment) for amendment in amendments]
    if not as_csv:
        for row in rows:
            write_json_line({name: value for name, value in row.items() if value}, file)
        return len(rows)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        nested = {name: json.dumps(row[name], ensure_ascii=False) if row[name] else "" for name in _NESTED}
        writer.writerow({name: guarded(str(value or "")) for name, value in {**row, **nested}.items()})
    text.detach()
    return len(rows)


def read_amendments(path: Path, *, as_csv: bool) -> Iterator[Amendment | BadRow]:
    """Yield the amendments of a file, or what is wrong with a row."""
    for number, row in _csv_rows(path) if as_csv else json_lines(path):
        if isinstance(row, BadRow):
            yield row
            continue
        try:
            yield checked_amendment(row)
        except ValueError as error:
            yield BadRow(number, str(error))


def checked_amendment(row: Mapping[str, Any]) -> Amendment:
    """Return the amendment of a row as a file holds it. Raises ValueError with a sentence for a person."""
    kind = row.get("kind")
    if kind not in AMENDMENT_KINDS:
        message = f"kind is {kind!r}, not one of {', '.join(AMENDMENT_KINDS)}"
        raise ValueError(message)
    before, after = row.get("before"), row.get("after")
    event = None
    if kind in ("change", "withdraw"):
        event = _event("before", before)
        before = flat_row(event)
        after = checked_changes(event, after) if kind == "change" else None
    elif kind == "add":
        event, before = _event("after", after), None
        after = flat_row(event)
    else:
        before = after = None
    event_id = _text(row, "event_id")
    if event is not None and (event_id, _text(row, "document_id")) != (event.event_id, event.evidence.document_id):
        message = f"event_id and document_id are not those of the event ({event.event_id}, {event.evidence.document_id})"
        raise ValueError(message)
    beside = row.get("beside") or ()
    if not isinstance(beside, (list, tuple)):
        message = "beside is not a list of events"
        raise ValueError(message)
    given_id = row.get("amendment_id")
    return Amendment(
        kind=cast(AmendmentKind, kind),
        event_id=event_id,
        document_id=_text(row, "document_id"),
        author=_text(row, "author"),
        made=_moment(row.get("made")),
        reason=_text(row, "reason"),
        before=before,
        after=after,
        beside=tuple(flat_row(_event("beside", other)) for other in beside),
        undoes=_text(row, "undoes") if kind == "undo" else "",
        given_id=given_id if isinstance(given_id, str) and _ID.fullmatch(given_id) else "",
    )


def checked_changes(event: Event, changes: object) -> dict[str, Any]:
    """Return the fields that a change sets, checked together with the rest of the event. Raises ValueError with a sentence."""
    if not isinstance(changes, Mapping) or not changes:
        message = "after holds no fields to change"
        raise ValueError(message)
    unknown = sorted(str(name) for name in changes if name not in AMENDABLE)
    if unknown:
        message = f"{', '.join(unknown)} cannot be changed; allowed are {', '.join(AMENDABLE)}"
        raise ValueError(message)
    row = flat_row(checked_event({**flat_row(event), **changes}))
    return {name: row[name] for name in changes}


def _row(amendment: Amendment) -> dict[str, Any]:
    row = {name: getattr(amendment, name) for name in COLUMNS}
    return {**row, "made": amendment.made.isoformat(timespec="microseconds") + "Z"}


def _event(name: str, row: object) -> Event:
    if not isinstance(row, Mapping):
        message = f"{name} holds no event"
        raise ValueError(message)
    try:
        return checked_event(dict(row))
    except ValueError as error:
        message = f"in {name}, {error}"
        raise ValueError(message) from None


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        message = f"{name} is missing"
        raise ValueError(message)
    try:
        value.encode()
    except UnicodeEncodeError:
        message = f"{name} holds a character that is not valid Unicode"
        raise ValueError(message) from None
    return value


def _moment(value: object) -> datetime.datetime:
    """Return a moment in UTC without a zone, as the ledger keeps it."""
    try:
        made = datetime.datetime.fromisoformat(str(value))
        return made.astimezone(datetime.UTC).replace(tzinfo=None) if made.tzinfo is not None else made
    except (ValueError, OverflowError):
        message = f"made is {str(value)[:40]!r}, not a moment such as 2026-01-31T12:00:00Z"
        raise ValueError(message) from None


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    """Yield the rows of a CSV file with their nested cells read, or what is wrong with a row."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.reader(file)
        heading: list[str] = []
        for number, cells in enumerate(_each(reader)):
            if isinstance(cells, str):
                yield number, BadRow(number, f"the row is not CSV ({cells})")
            elif not heading:
                heading = cells
            else:
                yield number, _csv_row(number, dict(zip(heading, map(unguarded, cells), strict=False)))


def _each(reader: Any) -> Iterator[list[str] | str]:
    limit = csv.field_size_limit(MAX_LINE_BYTES)
    try:
        while True:
            try:
                yield next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield str(error)
    finally:
        csv.field_size_limit(limit)


def _csv_row(number: int, row: dict[str, Any]) -> dict[str, Any] | BadRow:
    for name in _NESTED:
        try:
            row[name] = json.loads(row[name]) if row.get(name) else None
        except (ValueError, RecursionError):
            return BadRow(number, f"{name} is not JSON")
    return row
