"""JSON lines: one event a line with the columns of the event record; nothing is lost on the way out and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from verbale.core import Event
from verbale.core.schema import event_to_row
from verbale.ledger.formats.base import BadRow, Exported, Imported, Mapping, json_lines, write_json_line
from verbale.ledger.formats.checking import read_row


def write(records: Iterable[Exported], file: BinaryIO, mapping: Mapping) -> int:  # noqa: ARG001 - the form of all writers
    """Write events as JSON lines and return how many."""
    number = 0
    for number, record in enumerate(records, start=1):  # noqa: B007 - counted
        write_json_line(flat_row(record.event), file)
    return number


def read(path: Path, mapping: Mapping) -> Iterator[Imported | BadRow]:  # noqa: ARG001 - the form of all readers
    """Yield the events of a file of JSON lines, or what is wrong with a line."""
    for number, record in json_lines(path):
        yield record if isinstance(record, BadRow) else read_row(number, record)


def flat_row(event: Event) -> dict[str, Any]:
    """Return an event's row with dates as ISO text, as JSON and CSV have them."""
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in event_to_row(event).items()
    }
