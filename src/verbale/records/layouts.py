"""The layouts of official files that need no knowledge of one dataset: comma-separated text with a header line."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

BYTE_ORDER_MARK: Final = "\ufeff"
_MARK_IN_LATIN_1: Final = "\xef\xbb\xbf"


# Characters of one field: no published record comes near. The limit is a global of the csv module, which reading articles
# raises, so that it is set again here.
LONGEST_FIELD: Final = 131_072


@dataclass(frozen=True, slots=True)
class Separated:
    """Rows in lines after a header line, fields divided by `delimiter`; lines end with LF, CR LF, or CR alone (COW wars)."""

    delimiter: str = ","

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the columns of the first line that is not empty."""
        lines = io.StringIO(start.removeprefix(BYTE_ORDER_MARK), newline="")
        try:
            return next((clean(fields) for fields in csv.reader(lines, delimiter=self.delimiter) if fields), ())
        except csv.Error:
            return ()

    def edition(self, start: str) -> str | None:  # noqa: ARG002 - part of the protocol
        """Return None: these files tell their edition in a column, or not at all."""
        return None

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and fields of every row after the header."""
        lines = io.TextIOWrapper(stream, encoding=encoding, newline="")
        csv.field_size_limit(LONGEST_FIELD)
        reader = csv.reader(lines, delimiter=self.delimiter)
        header = False
        for fields in reader:
            if fields:
                if header:
                    yield reader.line_num, fields
                header = True


@dataclass(frozen=True, slots=True)
class Copied(Separated):
    """A converted copy, made from one known edition that the file itself does not tell."""

    told: str = ""

    def edition(self, start: str) -> str | None:  # noqa: ARG002 - part of the protocol
        """Return the edition that the copy was made from."""
        return self.told


@dataclass(frozen=True, slots=True)
class Unquoted:
    """Rows in lines after a header line, without quotation marks that mean anything: each divider divides."""

    delimiter: str = "\t"

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the columns of the first line that is not empty."""
        lines = start.removeprefix(BYTE_ORDER_MARK).splitlines()
        return next((clean(line.split(self.delimiter)) for line in lines if line), ())

    def edition(self, start: str) -> str | None:  # noqa: ARG002 - part of the protocol
        """Return None: these files do not tell their edition."""
        return None

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and fields of every row after the header."""
        header = False
        for number, line in enumerate(io.TextIOWrapper(stream, encoding=encoding), start=1):
            if line := line.rstrip("\n"):
                if header:
                    yield number, line.split(self.delimiter)
                header = True


class Unreadable(list[str]):
    """The fields of a line that a layout could not divide: none, and the reason for the rejection."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__()
        self.reason = reason


@dataclass(frozen=True, slots=True)
class HeaderOptional(Separated):
    """As `Separated`, also for files of which some have no header line: these have the columns of `header` in its order."""

    header: tuple[str, ...] = ()

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the columns of the header line, or the known ones where the first line is a row: it begins with a number."""
        first = Separated.columns(self, start)
        return self.header if self._is_row(first) else first

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and fields of every row, the first line too where it is one."""
        lines = io.TextIOWrapper(stream, encoding=encoding, newline="")
        csv.field_size_limit(LONGEST_FIELD)
        reader = csv.reader(lines, delimiter=self.delimiter)
        for number, fields in enumerate(filter(None, reader)):
            if number or self._is_row(fields):
                yield reader.line_num, fields

    def _is_row(self, fields: Sequence[str]) -> bool:
        return len(fields) == len(self.header) and fields[0].strip().isdecimal()


@dataclass(frozen=True, slots=True)
class Named:
    """Rows of a file of which only the columns of some names are taken, whatever stands beside them and in whatever order.

    For files with thousands of columns, or with columns that are not all documented. Fields are divided by commas, or by tabs
    where the header is.
    """

    names: frozenset[str]

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the columns that are taken, in the order of the file."""
        header = Separated(_delimiter(start)).columns(start)
        return tuple(name for name in header if name in self.names)

    def edition(self, start: str) -> str | None:  # noqa: ARG002 - part of the protocol
        """Return None: these files tell their edition in their name at most."""
        return None

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and the taken fields of every row; one that is too short or too long is unreadable."""
        lines = io.TextIOWrapper(stream, encoding=encoding, newline="")
        csv.field_size_limit(LONGEST_FIELD)
        # In Latin-1, as in the ICB files, the byte order mark is read as three letters.
        first = lines.readline().removeprefix(BYTE_ORDER_MARK).removeprefix(_MARK_IN_LATIN_1)
        reader = csv.reader(itertools.chain([first], lines), delimiter=_delimiter(first))
        taken: list[int] = []
        width = 0
        for fields in reader:
            if not fields:
                continue
            if not width:
                width, taken = len(fields), [i for i, name in enumerate(clean(fields)) if name in self.names]
            elif len(fields) == width:
                yield reader.line_num, [fields[i] for i in taken]
            else:
                yield reader.line_num, Unreadable(f"it has {len(fields)} fields; the header has {width}")


def _delimiter(start: str) -> str:
    """Return a tab where the first line that is not empty has one, else a comma."""
    line = next((line for line in start.splitlines() if line.strip()), "")
    return "\t" if "\t" in line else ","


def clean(fields: list[str]) -> tuple[str, ...]:
    """Return column names without blanks around them, as some official headers have."""
    return tuple(field.strip() for field in fields)
