"""CSV and Parquet: the columns of the event record as a table, lossless both ways."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from verbale.core.schema import EVENT_SCHEMA, event_to_row, flat_row
from verbale.ledger.formats.base import MAX_LINE_BYTES, BadRow, Exported, Imported, Mapping
from verbale.ledger.formats.checking import REQUIRED, read_row

# A row group of Parquet, and what is held in memory at once: about 10 MB of events.
ROWS_AT_ONCE: Final = 10_000
# Spreadsheets run a cell that begins with one of these as a formula; an apostrophe before it makes it text.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "'")
_LIST_SEPARATOR: Final = ";"
_TEXT_COLUMNS: Final = frozenset(field.name for field in EVENT_SCHEMA if field.type == pa.string())


def write_csv(records: Iterable[Exported], file: BinaryIO, mapping: Mapping) -> int:  # noqa: ARG001 - the form of all writers
    """Write events as CSV in UTF-8 with a heading, and return how many."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    # the line end of RFC 4180; with it the writer also quotes cells that hold a carriage return
    writer = csv.DictWriter(text, EVENT_SCHEMA.names, lineterminator="\r\n")
    writer.writeheader()
    number = 0
    for number, record in enumerate(records, start=1):  # noqa: B007 - counted
        writer.writerow({name: _cell(name, value) for name, value in flat_row(record.event).items()})
    text.detach()
    return number


def read_csv(path: Path, mapping: Mapping) -> Iterator[Imported | BadRow]:  # noqa: ARG001 - the form of all readers
    """Yield the events of a CSV file, or what is wrong with a row; a heading that lacks a needed column is one bad row."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.DictReader(file)
        for number in itertools.count(1):
            try:
                row = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                yield BadRow(number, f"the row is not CSV ({error})")
                continue
            missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
            if missing:
                yield BadRow(0, f"the heading lacks {', '.join(missing)}")
                return
            yield read_row(number, {name: _value(name, cell) for name, cell in row.items() if name is not None})


def write_parquet(records: Iterable[Exported], file: BinaryIO, mapping: Mapping) -> int:  # noqa: ARG001 - the form of all writers
    """Write events as Parquet with the Arrow schema of the event record, and return how many."""
    schema = EVENT_SCHEMA.with_metadata({"verbale": "event record"})
    number = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for chunk in _chunks(records):
            rows = [event_to_row(record.event) for record in chunk]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            number += len(rows)
    return number


def read_parquet(path: Path, mapping: Mapping) -> Iterator[Imported | BadRow]:  # noqa: ARG001 - the form of all readers
    """Yield the events of a Parquet file, or what is wrong with a row; a file that is no Parquet is one bad row."""
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            missing = [name for name in REQUIRED if name not in file.schema_arrow.names]
            if missing:
                yield BadRow(0, f"the table lacks the columns {', '.join(missing)}")
                return
            for batch in file.iter_batches(ROWS_AT_ONCE):
                for row in batch.to_pylist():
                    number += 1
                    yield read_row(number, row)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        yield BadRow(number, f"the file cannot be read as Parquet ({str(error).splitlines()[0]})")


def _chunks(records: Iterable[Exported]) -> Iterator[list[Exported]]:
    iterator = iter(records)
    while chunk := list(itertools.islice(iterator, ROWS_AT_ONCE)):
        yield chunk


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _LIST_SEPARATOR.join(value)
    return guarded(str(value)) if name in _TEXT_COLUMNS else str(value)


def _value(name: str, cell: str | list[str] | None) -> object:
    if not isinstance(cell, str) or not cell:
        # a row with fewer cells than the heading; read_row names the first that is needed
        return None if name not in ("target", "quote") or cell is None else ""
    if len(cell) > MAX_LINE_BYTES:
        return None
    if name == "contexts":
        return cell.split(_LIST_SEPARATOR)
    return unguarded(cell) if name in _TEXT_COLUMNS else cell


def guarded(text: str) -> str:
    """Return text for a cell of a table, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell without the apostrophe that `guarded` put before it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA_STARTS) else cell
