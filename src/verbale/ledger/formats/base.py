"""What all formats share: the record that goes out, the record or the complaint that comes in, and how lines are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from verbale.core import Event, EventType

# A line longer than this is no event: the longest quote is a sentence. It bounds what one hostile line can cost.
MAX_LINE_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Exported:
    """An event on its way out, with the name and date of its document (the id and None where the ledger lacks the document)."""

    event: Event
    document_name: str
    document_date: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """An event that came in; `row` is its place in the file, counted from 1."""

    row: int
    event: Event


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is no event: its place in the file, counted from 1, and what is wrong with it."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a format needs from outside.

    `cameo_code` gives the CAMEO code of a PLOVER type and mode, `plover_type` the way back (None where PLOVER has no
    such type), `find_document` the id and text of the document with a name (None where the ledger lacks it); `igo` turns
    all organisations into the code IGO (or NGO by sector), as the PLOVER gold records have them.
    """

    cameo_code: Callable[[str, str], str] | None = None
    plover_type: Callable[[str], tuple[EventType, str] | None] | None = None
    find_document: Callable[[str], tuple[str, str] | None] | None = None
    igo: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A format: its name, the usual ending, how it is written (returns the lines or rows) and read, and what it is for."""

    name: str
    suffix: str
    write: Callable[[Iterable[Exported], BinaryIO, Mapping], int]
    read: Callable[[Path, Mapping], Iterator[Imported | BadRow]]
    purpose: str


def write_json_line(record: dict[str, Any], file: BinaryIO) -> None:
    """Write a record as one line of JSON, in UTF-8."""
    file.write(json.dumps(record, ensure_ascii=False, separators=(", ", ": ")).encode("utf-8") + b"\n")


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    """Yield the objects of a file with one JSON object a line, or what is wrong with a line, each with its number."""
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file), start=1):
            if line is None:
                yield number, BadRow(number, f"the line is longer than {MAX_LINE_BYTES:,} bytes")
            elif line.strip():
                yield number, _parse(number, line)


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a file, None for one that is too long, holding no more than one in memory."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        if len(line) <= MAX_LINE_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while rest := file.readline(MAX_LINE_BYTES):
            if rest.endswith(b"\n"):
                break
        yield None


def _parse(number: int, line: bytes) -> dict[str, Any] | BadRow:
    try:
        record = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        return BadRow(number, "the line is not UTF-8")
    except RecursionError:
        return BadRow(number, "the line is nested too deeply")
    except ValueError as error:
        return BadRow(number, f"the line is not JSON ({error})")
    return record if isinstance(record, dict) else BadRow(number, "the line is not a JSON object")


def _refuse_constant(word: str) -> float:
    message = f"{word} is no number"
    raise ValueError(message)
