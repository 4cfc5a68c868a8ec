"""Rows of a user's vocabulary files: checked one by one, so that a wrong one is skipped with its reason and costs no other."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from typing import Final

from verbale.core import Rejection, VerbaleError
from verbale.vocab.projects import FileReport, ProjectFile
from verbale.vocab.tables import Row

# Columns that every table of a user may have beside those of the package's table.
EXTRA_COLUMNS: Final = ("remove", "note")
# The longest rows of the package's own tables have some 2,000 characters.
MAX_LINE: Final = 20_000
LINE_ENDS: Final = re.compile(r"\r\n|\r|\n")


class Reading:
    """What comes of one vocabulary file while it is read: entries added, entries removed, lines skipped with the reason."""

    def __init__(self, file: ProjectFile) -> None:
        """Start with nothing."""
        self.file = file
        self.added = self.removed = 0
        self.rejections: list[Rejection] = []
        self.skipped: set[int] = set()

    def origin(self, line: int) -> str:
        """Return where a row stands, in words that follow an entry to whoever asks where it comes from."""
        return f"{self.file.name}, line {line}"

    def reject(self, error: VerbaleError) -> None:
        """Keep the reason why a line is skipped."""
        self.skipped.add(int(str(error.parts["line"])))
        self.rejections.append(Rejection.of(str(self.file.path), error))

    def skip(self, line: int, reason: str) -> None:
        """Skip a line of a dictionary for a reason in words."""
        self.reject(VerbaleError("vocabulary-line", file=self.file.name, line=line, reason=reason))

    def report(self) -> FileReport:
        """Return the counts; a line with several slips counts once."""
        return FileReport(self.file.name, self.file.kind, self.added, self.removed, len(self.skipped))


def own_rows(
    reading: Reading, content: bytes, columns: Collection[str], required: Collection[str], max_lines: int
) -> Iterator[Row]:
    """Yield the rows of a user's table: the package's layout, of which only the `required` columns must be there, in any order.

    A row of another shape is rejected. Raises VerbaleError `vocabulary-columns` or `vocabulary-file` where no row can be read.
    """
    allowed = (*columns, *EXTRA_COLUMNS)
    header: list[str] | None = None
    for number, line in table_lines(reading, content, max_lines):
        try:
            fields = [field.strip() for field in next(csv.reader([line]))]
        except csv.Error as error:
            reading.skip(number, f"it cannot be read as a row ({error})")
            continue
        if header is None:
            header = _header(reading.file.name, number, fields, allowed, required)
        elif len(fields) != len(header):
            name = reading.file.name
            reading.reject(VerbaleError("vocabulary-row", file=name, line=number, count=len(fields), allowed=len(header)))
        else:
            values = {**dict.fromkeys(allowed, ""), **dict(zip(header, fields, strict=True))}
            yield Row(reading.file.name, number, values)
    if header is None:
        raise VerbaleError("vocabulary-file", file=reading.file.name, reason="it holds no header line")


def _header(name: str, line: int, fields: list[str], allowed: Collection[str], required: Collection[str]) -> list[str]:
    if set(fields) <= set(allowed) and set(required) <= set(fields) and len(set(fields)) == len(fields):
        return fields
    may = ",".join(column for column in allowed if column not in required)
    belong = f"{','.join(column for column in allowed if column in required)} and any of {may}"
    raise VerbaleError("vocabulary-columns", file=name, line=line, columns=",".join(fields), allowed=belong)


def table_lines(reading: Reading, content: bytes, max_lines: int) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of a table in UTF-8 that are neither empty nor comments."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"it is not UTF-8 at byte {error.start}"
        raise VerbaleError("vocabulary-file", file=reading.file.name, reason=reason) from error
    for number, line in numbered_lines(reading, text, max_lines):
        if line.strip() and not line.startswith("#"):
            yield number, line


def numbered_lines(reading: Reading, text: str, max_lines: int) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with their numbers, as an editor counts them; too many raise VerbaleError `vocabulary-file`."""
    lines = LINE_ENDS.split(text)
    if len(lines) > max_lines:
        reason = f"it has {len(lines):,} lines, more than {max_lines:,} (max_vocabulary_lines)"
        raise VerbaleError("vocabulary-file", file=reading.file.name, reason=reason)
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE:
            reading.skip(number, f"it has {len(line):,} characters; allowed are {MAX_LINE:,}")
        else:
            yield number, line


def removes(row: Row) -> bool:
    """Tell whether a row takes an entry out of the vocabulary."""
    return row.one_of("remove", {"", "yes", "no"}) == "yes"


def not_found(row: Row, field: str, among: Collection[str] = ()) -> VerbaleError:
    """Return the error that nothing is written as a row that removes; `among` are the entries nearest to it."""
    listed = f" (there are {', '.join(sorted(among)[:8])})" if among else ""
    return VerbaleError("vocabulary-removal", file=row.file, line=row.line, value=row.values[field], among=listed)
