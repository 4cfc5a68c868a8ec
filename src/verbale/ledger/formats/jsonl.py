"""JSON lines: one event a line with the columns of the event record; nothing is lost on the way out and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from verbale.core.schema import flat_row
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
