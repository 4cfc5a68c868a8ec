"""From official files to Arrow batches of numbered lines, a block at a time: no file is ever held whole.

A line is one text; the query divides it into fields. Lines are found and numbered here, because a reader of comma-separated
text numbers only what it could read.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from verbale.core import VerbaleError
from verbale.records.catalogue import Layout
from verbale.records.intake import Part, reading

# Bytes of a block: large enough that Arrow's cost per batch does not count, small enough to hold a dozen.
BLOCK: Final = 4 << 20
# The longest line of a published file (POLECAT's lists of people) has some 100,000 bytes; a line beyond this is no table's.
LONGEST_LINE: Final = 16 << 20
# Rows of fields that a layout reads one by one, such as quoted text.
FIELDS_BATCH: Final = 10_000
LINES_SCHEMA: Final = pa.schema([("file", pa.int32()), ("line", pa.int32()), ("text", pa.string())])
FIELDS_SCHEMA: Final = pa.schema([("file", pa.int32()), ("line", pa.int32()), ("fields", pa.list_(pa.string()))])


def line_batches(parts: Sequence[tuple[int, Part]], *, header: bool, encodings: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Yield the lines of files as `LINES_SCHEMA`; a line that is text in none of the encodings is null.

    `parts` come with the number that stands for the file. The header line is passed over.
    """
    for number, part in parts:
        first = 1
        for block in _blocks(part):
            lines = _texts(block, encodings)
            skipped = 1 if header and first == 1 else 0
            numbers = np.arange(first + skipped, first + len(lines), dtype=np.int32)
            files = np.full(len(numbers), number, dtype=np.int32)
            first += len(lines)
            yield pa.record_batch([pa.array(files), pa.array(numbers), lines.slice(skipped)], schema=LINES_SCHEMA)


def field_batches(parts: Sequence[tuple[int, Part]], layout: Layout, encodings: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    """Yield the fields of rows that the layout reads one by one (quoted text) as `FIELDS_SCHEMA`."""
    for number, part in parts:
        rows: list[tuple[int, list[str]]] = []
        try:
            with reading(part.label), part.open() as stream:
                for row in layout.rows(stream, part.encoding(encodings)):
                    rows.append(row)
                    if len(rows) == FIELDS_BATCH:
                        yield _fields(number, rows)
                        rows = []
        except csv.Error as error:
            raise VerbaleError("file-broken", path=part.label, kind="comma-separated text", reason=str(error)) from error
        yield _fields(number, rows)


def _fields(number: int, rows: list[tuple[int, list[str]]]) -> pa.RecordBatch:
    arrays = [[number] * len(rows), [line for line, _ in rows], [fields for _, fields in rows]]
    return pa.record_batch([pa.array(one, field.type) for one, field in zip(arrays, FIELDS_SCHEMA, strict=True)], FIELDS_SCHEMA)


def _blocks(part: Part) -> Iterator[bytes]:
    """Yield the bytes of a file in blocks that end with a line's end; CR alone ends lines where there is no LF."""
    with reading(part.label), part.open() as stream:
        rest = b""
        data = stream.read(BLOCK).removeprefix(codecs.BOM_UTF8)
        only_returns = b"\n" not in data and b"\r" in data
        while data:
            if only_returns:
                data = data.replace(b"\r", b"\n")
            cut = data.rfind(b"\n") + 1
            if cut:
                yield rest + data[:cut]
                rest = data[cut:]
            else:
                rest += data
            if len(rest) > LONGEST_LINE:
                reason = f"a line is longer than {LONGEST_LINE >> 20} MB"
                raise VerbaleError("file-broken", path=part.label, kind="text in lines", reason=reason)
            data = stream.read(BLOCK)
        if rest:
            yield rest


def _texts(block: bytes, encodings: Sequence[str]) -> pa.Array:
    """Return the lines of a block as texts, without their ends."""
    codes = np.frombuffer(block, dtype=np.uint8)
    ends = np.flatnonzero(codes == ord("\n"))
    starts = np.concatenate(([0], ends + 1))
    if starts[-1] == len(block):
        starts = starts[:-1]
    else:
        ends = np.append(ends, len(block))
    ends -= (ends > starts) & (codes[ends - 1] == ord("\r"))
    if b"\0" not in block:
        # texts and what lies between them in turn, so that Arrow needs no copy of them to check that they are text
        offsets = np.append(np.column_stack((starts, ends)), len(block)).astype(np.int32)
        found = pa.Array.from_buffers(pa.string(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(block)])
        try:
            found.validate(full=True)
            return found.take(pa.array(np.arange(0, len(found), 2)))
        except pa.ArrowInvalid:
            pass
    return pa.array([_decoded(block[start:end], encodings) for start, end in zip(starts, ends, strict=True)], pa.string())


def _decoded(line: bytes, encodings: Sequence[str]) -> str | None:
    if b"\0" in line:
        return None
    for encoding in encodings:
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
