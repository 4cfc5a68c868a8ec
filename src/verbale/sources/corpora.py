"""Corpora with a document in every row: JSON lines, CSV and TSV, Parquet; streamed, each bad row a rejection of its own."""

from __future__ import annotations

import csv
import datetime
import gzip
import hashlib
import io
import itertools
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from verbale.core import Document, Rejection, VerbaleError
from verbale.sources.assembly import About
from verbale.sources.dates import iso_date
from verbale.sources.encoding import detect_encoding, normalise
from verbale.sources.intake import Intake, megabytes
from verbale.sources.plain import plain_document

FIELDS = ("id", "text", "date", "title", "source")

Row = Mapping[str, Any]
# A row, or what is wrong with it, with its number (the first is 1).
Numbered = tuple[int, Row | str]

# JSON lines may leave out what is empty: a column is missing only if none of the first rows has it.
_FIRST_ROWS = 100
_DELIMITERS = ",;\t|"
_BATCH_ROWS = 64  # texts may be long; a batch of 64 is small beside the interpreter even so
_SAMPLE_BYTES = 1 << 20


def read_json_lines(intake: Intake) -> Iterator[Document | Rejection]:
    """Read a document from every line that holds a JSON object; empty lines are passed over, but counted."""
    with intake.open() as stream:
        yield from _documents(intake, _json_rows(intake, stream), columns=None)


def read_table(intake: Intake) -> Iterator[Document | Rejection]:
    """Read a document from every row of CSV or TSV with a header line; the delimiter is told from that line."""
    with intake.open() as stream:
        # The limit is a global of the csv module: fields of articles are longer than its default of 131,072 characters.
        csv.field_size_limit(intake.settings.max_line_characters)
        lines = _text_lines(intake, stream)
        header_line = next(lines, "")
        delimiter = "\t" if intake.suffix == ".tsv" else max(_DELIMITERS, key=header_line.count)
        rows = csv.reader(itertools.chain([header_line], lines), delimiter=delimiter)
        try:
            header = [name.strip() for name in next(rows, [])]
        except csv.Error as error:
            raise VerbaleError("file-broken", path=intake.path, kind="CSV", reason=str(error)) from error
        if not any(header):
            raise VerbaleError("file-empty", path=intake.path)
        yield from _documents(intake, _table_rows(rows, header), columns=header)


def read_parquet(intake: Intake) -> Iterator[Document | Rejection]:
    """Read a document from every row of a Parquet file; only the columns that are needed are unpacked."""
    if intake.packed:
        raise VerbaleError("file-type", path=intake.path, kind="Parquet inside gzip")
    with intake.open() as stream:
        try:
            table = pq.ParquetFile(stream)
            names = list(table.schema_arrow.names)
            columns = _columns(intake, names)
            _check_groups(intake, table, columns.values())
            # Kept as dictionaries, a text that is repeated a million times is in memory once.
            strings = [name for name in columns.values() if pa.types.is_string(table.schema_arrow.field(name).type)]
            table = pq.ParquetFile(stream, read_dictionary=strings)
            rows = _parquet_rows(table, sorted(set(columns.values())))
            yield from _documents(intake, rows, columns=names)
        except (pa.ArrowException, OSError) as error:
            raise VerbaleError("file-broken", path=intake.path, kind="Parquet", reason=str(error)) from error


def check_columns(columns: Mapping[str, str] | None) -> None:
    """Raise `corpus-mapping` where a mapping names something that is no field of a document."""
    for field in columns or {}:
        if field not in FIELDS:
            raise VerbaleError("corpus-mapping", field=field, allowed=", ".join(FIELDS))


def _documents(intake: Intake, rows: Iterator[Numbered], *, columns: list[str] | None) -> Iterator[Document | Rejection]:
    first: list[Numbered] = []
    fault: VerbaleError | None = None
    if columns is None:
        try:
            first.extend(itertools.islice(rows, _FIRST_ROWS))
        except VerbaleError as error:  # what was read before it counts
            fault = error
        columns = list(dict.fromkeys(name for _, row in first if not isinstance(row, str) for name in row))
    if first and not columns:  # nothing but bad rows: each says what is wrong with it
        columns = list(FIELDS)
    mapping = _columns(intake, columns) if columns else {}
    seen: dict[bytes, int] = {}
    empty = True
    for number, row in itertools.chain(first, () if fault else rows):
        empty = False
        try:
            yield _document(intake, number, row, mapping, seen)
        except VerbaleError as error:
            yield Rejection.of(f"{intake.path}:row {number}", error)
    if fault:
        raise fault
    if empty:
        raise VerbaleError("file-empty", path=intake.path)


def _columns(intake: Intake, present: list[str]) -> dict[str, str]:
    """Return which column holds each field; a column that was named, or the text's, must be there."""
    wanted = dict(intake.columns or {})
    missing = [column for column in wanted.values() if column not in present]
    if "text" not in wanted and "text" not in present:
        missing.append("text")
    if missing:
        columns = ", ".join(present) or "none"
        raise VerbaleError("corpus-columns", path=intake.path, missing=", ".join(missing), columns=columns)
    return wanted | {field: field for field in FIELDS if field not in wanted and field in present}


def _document(
    intake: Intake, number: int, row: Row | str, columns: Mapping[str, str], seen: dict[bytes, int]
) -> Document | Rejection:
    path = f"{intake.path}:row {number}"
    if isinstance(row, str):
        raise VerbaleError("corpus-row", path=path, reason=row)
    values = {field: row.get(column) for field, column in columns.items()}
    text = values.get("text")
    if not isinstance(text, str):
        found = "is empty" if text is None else f"holds {type(text).__name__}, not text"
        raise VerbaleError("corpus-row", path=path, reason=f"its column {columns['text']} {found}")
    limit = intake.settings.max_document_characters
    if len(text) > limit:
        raise VerbaleError("document-too-long", path=path, size=f"{len(text):,}", allowed=f"{limit:,}")
    name = _identity(path, values.get("id"), seen, number)
    about = About(date=_date(path, values.get("date")), title=_words(values.get("title")), source=_words(values.get("source")))
    made = plain_document(intake, normalise(text), about, form="corpus", part=None if name else f"{number}", name=name)
    return (
        made if isinstance(made, Document) else Rejection(path, made.code, made.reason.replace(made.path, path, 1), made.parts)
    )


def _identity(path: str, value: object, seen: dict[bytes, int], number: int) -> str | None:
    """Return a row's id as text, or None where it has none; an id that an earlier row has raises `corpus-duplicate`."""
    if value is None or value == "" or isinstance(value, (bool, list, dict)):
        return None
    name = normalise(str(value)).strip()
    # The hash keeps what is remembered of a long corpus small.
    key = hashlib.blake2b(name.encode(), digest_size=8).digest()
    if key in seen:
        raise VerbaleError("corpus-duplicate", path=path, id=name, first=seen[key])
    seen[key] = number
    return name or None


def _date(path: str, value: object) -> str | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    date = iso_date(int(value) if isinstance(value, float) and value.is_integer() else value)
    if date is None:
        raise VerbaleError("corpus-date", path=path, value=str(value)[:80])
    return date


def _words(value: object) -> str | None:
    return str(value).strip() or None if isinstance(value, (str, int, float, datetime.date)) else None


def _json_rows(intake: Intake, stream: IO[bytes]) -> Iterator[Numbered]:
    head, lines = _sampled(intake, stream)
    codec = detect_encoding(head, path=intake.path)
    if codec.startswith(("utf-16", "utf-32")):  # a line's end is no single byte there
        lines = io.BytesIO(_all_bytes(intake, head, lines).decode(codec, "replace").encode("utf-8"))
        codec = "utf-8"
    for number, line in enumerate(_byte_lines(intake, lines), 1):
        if line is None:
            yield number, f"it is longer than {intake.settings.max_line_characters:,} bytes"
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode(codec))
        except UnicodeDecodeError:
            yield number, f"it is not in the encoding {codec}, as the rows before it are"
        except (ValueError, RecursionError) as error:
            yield number, f"it is no valid JSON ({error})"
        else:
            yield number, row if isinstance(row, dict) else f"it holds {type(row).__name__}, not an object of columns"


def _table_rows(rows: Iterator[list[str]], header: list[str]) -> Iterator[Numbered]:
    for number in itertools.count(1):
        try:
            row = next(rows)
            while not row:  # a blank line
                row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, str(error)
            continue
        if len(row) != len(header):
            yield number, f"it has {len(row)} fields, where the header has {len(header)}"
        elif any("\udc80" <= character <= "\udcff" for field in row for character in field):
            yield number, "it is in another encoding than the rows before it"
        else:
            yield number, dict(zip(header, row, strict=True))


def _parquet_rows(table: pq.ParquetFile, columns: list[str]) -> Iterator[Numbered]:
    number = 0
    for batch in table.iter_batches(batch_size=_BATCH_ROWS, columns=columns):
        for index in range(batch.num_rows):
            number += 1
            try:
                yield number, {name: _value(batch.column(name)[index].as_py()) for name in columns}
            except ValueError as error:  # text that is not UTF-8, a time outside the calendar
                yield number, str(error)


def _value(value: Any) -> Any:
    """Return a value of Parquet; older writers keep text as plain bytes."""
    return value.decode("utf-8") if isinstance(value, bytes) else value


def _check_groups(intake: Intake, table: pq.ParquetFile, columns: Any) -> None:
    """Refuse a row group that unpacks to more than the limit: Parquet is unpacked a group of rows at a time."""
    allowed = intake.settings.max_unpacked_bytes
    wanted = set(columns)
    for group in range(table.metadata.num_row_groups):
        meta = table.metadata.row_group(group)
        chunks = [meta.column(index) for index in range(meta.num_columns)]
        size = sum(chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema.split(".")[0] in wanted)
        if size > allowed:
            raise VerbaleError("archive-too-large", path=intake.path, size=megabytes(size), allowed=megabytes(allowed))


def _sampled(intake: Intake, stream: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    """Return the first bytes, to tell the encoding from, and the whole stream again."""
    try:
        head = stream.read(_SAMPLE_BYTES)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise VerbaleError("file-broken", path=intake.path, kind="gzip", reason=str(error)) from error
    stream.seek(0)
    return head, stream


def _all_bytes(intake: Intake, head: bytes, stream: IO[bytes]) -> bytes:
    allowed = intake.settings.max_file_bytes
    data = head + stream.read(allowed + 1 - len(head)) if stream.tell() else stream.read(allowed + 1)
    if len(data) > allowed:
        raise VerbaleError("file-too-large", path=intake.path, size=f"over {megabytes(allowed)}", allowed=megabytes(allowed))
    return data


def _byte_lines(intake: Intake, stream: IO[bytes]) -> Iterator[bytes | None]:
    """Yield lines of bytes; for one beyond the limit None, its rest passed over a piece at a time.

    A corpus in gzip that unpacks to more than the limit raises `archive-too-large` there; the rows before it stand.
    """
    limit, allowed, taken = intake.settings.max_line_characters, intake.settings.max_unpacked_bytes, 0
    try:
        while line := stream.readline(limit + 1):
            taken += len(line)
            whole = len(line) <= limit
            while not whole and not line.endswith(b"\n") and (line := stream.readline(_SAMPLE_BYTES)):
                taken += len(line)
                _check_unpacked(intake, taken, allowed)
            _check_unpacked(intake, taken, allowed)
            yield line if whole else None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise VerbaleError("file-broken", path=intake.path, kind="gzip", reason=str(error)) from error


def _check_unpacked(intake: Intake, taken: int, allowed: int) -> None:
    if intake.packed and taken > allowed:
        raise VerbaleError("archive-too-large", path=intake.path, size=f"over {megabytes(allowed)}", allowed=megabytes(allowed))


def _text_lines(intake: Intake, stream: IO[bytes]) -> Iterator[str]:
    """Yield lines of text for the CSV reader; one beyond the limit as a line that it refuses, with its number."""
    head, stream = _sampled(intake, stream)
    codec = detect_encoding(head, path=intake.path)
    if codec.startswith(("utf-16", "utf-32")):
        stream = io.BytesIO(_all_bytes(intake, b"", stream).decode(codec, "replace").encode("utf-8"))
        codec = "utf-8"
    too_long = "x" * (intake.settings.max_line_characters + 1) + "\n"
    for line in _byte_lines(intake, stream):
        yield too_long if line is None else line.decode(codec, "surrogateescape").removeprefix("\ufeff")
