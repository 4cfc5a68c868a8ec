"""Reads the vocabulary's CSV files and checks every field, so that a slip in a row is named by file, line and field."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from verbale.core import VerbaleError

SEPARATOR: Final = "|"
# The vocabulary covers relations since 1800; a state or dynasty may be older, and no year lies after this century.
EARLIEST_YEAR: Final = 1000
LATEST_YEAR: Final = 2100


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a vocabulary file, which knows where it stands and checks its own fields."""

    file: str
    line: int
    values: dict[str, str]

    def with_defaults(self, **values: str) -> Row:
        """Return the row with these values where its own fields are empty or missing."""
        return replace(self, values={**self.values, **{name: self.values.get(name) or value for name, value in values.items()}})

    def fail(self, field: str, allowed: str) -> VerbaleError:
        """Return the error that a field's value is not allowed, for the caller to raise."""
        return VerbaleError(
            "vocabulary-field", file=self.file, line=self.line, field=field, value=self.values[field], allowed=allowed
        )

    def text(self, field: str) -> str:
        """Return a field's text, which may be empty."""
        return self.values[field]

    def required(self, field: str) -> str:
        """Return a field's text; an empty field is an error."""
        if not self.values[field]:
            raise self.fail(field, "any text that is not empty")
        return self.values[field]

    def one_of(self, field: str, allowed: Collection[str]) -> str:
        """Return a field's text, which must be one of the allowed ones."""
        if self.values[field] not in allowed:
            raise self.fail(field, ", ".join(value or "empty" for value in sorted(allowed)))
        return self.values[field]

    def parts(self, field: str) -> tuple[str, ...]:
        """Return the parts of a field that holds a list separated by `|`; empty or repeated parts are an error."""
        if not self.values[field]:
            return ()
        parts = tuple(part.strip() for part in self.values[field].split(SEPARATOR))
        if not all(parts) or len(set(parts)) < len(parts):
            raise self.fail(field, "a list separated by | without empty or repeated parts")
        return parts

    def year(self, field: str) -> int | None:
        """Return a field's year, or None where it is empty."""
        text = self.values[field]
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and EARLIEST_YEAR <= int(text) <= LATEST_YEAR):
            raise self.fail(field, f"a year from {EARLIEST_YEAR} to {LATEST_YEAR}, or empty")
        return int(text)

    def years(self) -> tuple[int | None, int | None]:
        """Return the fields `start` and `end` as years; the end may not lie before the start."""
        start, end = self.year("start"), self.year("end")
        if start is not None and end is not None and end < start:
            raise self.fail("end", f"a year not before the start, {start}")
        return start, end


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a vocabulary file in order: UTF-8, lines starting with `#` are comments, then a header line.

    Raises `vocabulary-file`, `vocabulary-columns` or `vocabulary-row` where the file has another shape.
    """
    header = False
    for number, line in _lines(path):
        fields = next(csv.reader([line]))
        if not header:
            if tuple(fields) != columns:
                raise VerbaleError(
                    "vocabulary-columns", file=path.name, line=number, columns=",".join(fields), allowed=",".join(columns)
                )
            header = True
        elif len(fields) != len(columns):
            raise VerbaleError("vocabulary-row", file=path.name, line=number, count=len(fields), allowed=len(columns))
        else:
            yield Row(path.name, number, dict(zip(columns, (field.strip() for field in fields), strict=True)))
    if not header:
        raise VerbaleError("vocabulary-file", file=path.name, reason="it holds no header line")


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines that are neither empty nor comments."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise VerbaleError("vocabulary-file", file=path.name, reason=error.strerror or type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise VerbaleError("vocabulary-file", file=path.name, reason=f"it is not UTF-8 at byte {error.start}") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


class Once:
    """Remembers the keys of a file's rows and refuses a second row with the same key."""

    def __init__(self) -> None:
        """Start with no keys."""
        self._lines: dict[object, int] = {}

    def check(self, row: Row, field: str, key: object) -> None:
        """Raise `vocabulary-duplicate` if an earlier row had this key; `field` is named in the message."""
        first = self._lines.setdefault(key, row.line)
        if first != row.line:
            raise VerbaleError(
                "vocabulary-duplicate", file=row.file, line=row.line, field=field, value=row.values[field], first=first
            )
