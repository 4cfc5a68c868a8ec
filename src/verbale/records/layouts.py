"""The layouts of official files that need no knowledge of one dataset: comma-separated text with a header line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

BYTE_ORDER_MARK = "\ufeff"


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


def clean(fields: list[str]) -> tuple[str, ...]:
    """Return column names without blanks around them, as some official headers have."""
    return tuple(field.strip() for field in fields)
