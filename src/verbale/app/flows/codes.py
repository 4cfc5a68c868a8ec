"""The flows behind `verbale codes`: country codes from one system to another, alone, in columns, tables and CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from verbale.app.flows.common import whole_file
from verbale.core import VerbaleError
from verbale.vocab.code_systems import SYSTEMS, system
from verbale.vocab.conversion import Converted, convert_code, shown_year
from verbale.vocab.conversion_columns import (
    PROBLEM_SUFFIX,
    Conversion,
    ConversionWarning,
    conversion,
    conversion_lookup,
    convert,
    convert_table,
)
from verbale.vocab.conversion_report import ConversionReport, report

__all__ = [
    "CodeSystemShown",
    "Conversion",
    "ConversionReport",
    "ConversionWarning",
    "code_systems",
    "conversion",
    "conversion_lookup",
    "convert",
    "convert_codes_file",
    "convert_table",
]

TAB_SUFFIXES: Final = frozenset({".tsv", ".tab"})


@dataclass(frozen=True, slots=True)
class CodeSystemShown:
    """A system of country codes: the name to call it by, what it is, how many codes it has, and its first and last year."""

    name: str
    title: str
    codes: int
    first: int | None
    last: int | None


def code_systems() -> list[CodeSystemShown]:
    """Return the systems of country codes that `convert` knows; a first or last year of None is open."""
    shown = []
    for name in SYSTEMS:
        held = system(name).held
        starts, ends = [one.start for one in held], [one.end for one in held]
        first = None if None in starts else min(start for start in starts if start is not None)
        last = None if None in ends else max(end for end in ends if end is not None)
        shown.append(CodeSystemShown(name, system(name).title, len({one.code for one in held}), first, last))
    return shown


def convert_codes_file(
    path: str | Path,
    *,
    column: str,
    from_: str,
    to: str,
    year: int | None = None,
    year_column: str | None = None,
    name: str | None = None,
    output: str | Path | TextIO,
    members_only: bool = True,
    strict: bool = False,
) -> ConversionReport:
    """Write a copy of a CSV file with a column of codes converted, and the reason beside every row without one.

    The new columns stand last: `name` (by default `column_to`) and the same with `_problem`. All fields are kept as they are
    written. Raises VerbaleError `codes-file`, `codes-column`, `code-system` or `output-unwritable`.
    """
    source, target = system(from_), system(to)
    new = name or f"{column}_{target.name}"
    counts: dict[tuple[str, Any], int] = {}
    found: dict[tuple[str, Any], Converted] = {}
    with _rows(Path(path)) as rows, _writer(output, Path(path)) as writer:
        header = next(rows, [])
        places = [_place(Path(path), header, each) for each in filter(None, (column, year_column))]
        for taken in (new, f"{new}{PROBLEM_SUFFIX}"):
            if taken in header:
                raise VerbaleError("codes-column-taken", path=path, column=taken)
        writer.writerow([*header, new, f"{new}{PROBLEM_SUFFIX}"])
        for row in rows:
            padded = [*row, *[""] * (len(header) - len(row))]
            when = padded[places[1]] if year_column else year
            key = (padded[places[0]], when)
            if key not in found:
                found[key] = convert_code(
                    key[0], from_=source.name, to=target.name, year=when, members_only=members_only, strict=strict
                )
            counts[key] = counts.get(key, 0) + 1
            one = found[key]
            writer.writerow([*padded, "" if one.code is None else one.code, one.reason])
    told = ((value, shown_year(when), counts[value, when], one) for (value, when), one in found.items())
    return report(source.name, target.name, told)


def _place(path: Path, header: list[str], column: str) -> int:
    if column not in header:
        raise VerbaleError("codes-column", path=path, column=column, columns=", ".join(header) or "no columns")
    return header.index(column)


@contextmanager
def _rows(path: Path) -> Iterator[Iterator[list[str]]]:
    """Give the rows of a CSV file, the header first. Raises VerbaleError `codes-file`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield (row for row in csv.reader(file, delimiter=_delimiter(path)) if row)
    except UnicodeDecodeError as error:
        raise VerbaleError("codes-file", path=path, reason=f"it is not UTF-8 at byte {error.start}") from error
    except (OSError, csv.Error) as error:
        raise VerbaleError("codes-file", path=path, reason=getattr(error, "strerror", None) or str(error)) from error


def _delimiter(path: Path) -> str:
    return "\t" if path.suffix.lower() in TAB_SUFFIXES else ","


@contextmanager
def _writer(output: str | Path | TextIO, like: Path) -> Iterator[Any]:
    """Give a CSV writer on a file that gets its name only when it is complete, or on a stream that is open already."""
    if not isinstance(output, (str, Path)):
        yield csv.writer(output, lineterminator="\n")
        return
    delimiter = _delimiter(Path(output)) if Path(output).suffix else _delimiter(like)
    with whole_file(Path(output)) as file, io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
        yield csv.writer(text, delimiter=delimiter, lineterminator="\n")
        text.flush()
