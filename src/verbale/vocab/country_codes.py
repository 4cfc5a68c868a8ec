"""Countries, their parts and the codes that were in force once: the two tables beside the state numbers, checked on load."""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.vocab.states import States, load_states, state_code
from verbale.vocab.tables import Once, Row, read_rows
from verbale.vocab.vocabulary import DATA

COUNTRY_COLUMNS: Final = ("code", "entity", "start", "end", "iso2", "iso3n", "m49", "fips", "names")
FORMER_COLUMNS: Final = ("code", "entity", "start", "end", "iso4", "iso2", "iso3", "m49", "fips", "names")
# What a field says where a country has no such code, though the field beside it has one.
NONE: Final = "-"
LARGEST_ISO_NUMBER: Final = 999


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A state through time, the finest thing that codes tell apart: our code, and the part of it (empty: the main line)."""

    code: str
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """A line with its years (of those that ended) and today's codes; an empty text and None are no code."""

    line: Line
    start: int | None
    end: int | None
    iso2: str
    iso3n: int | None
    m49: int | None
    fips: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormerCode:
    """The codes that were in force for a line in some years; None is as today, an empty text or 0 is no code."""

    line: Line
    start: int | None
    end: int
    iso4: str
    iso2: str | None
    iso3: str | None
    m49: int | None
    fips: str | None
    names: tuple[str, ...]


def load_countries(path: Path, states: States) -> tuple[Country, ...]:
    """Return the rows of country_codes.csv, checked: raises the `vocabulary-...` errors."""
    once = Once()
    countries = []
    for row in read_rows(path, COUNTRY_COLUMNS):
        line = _line(row)
        once.check(row, "code", line)
        start, end = row.years()
        iso2, number = _letters(row, "iso2", 2), _number(row, "iso3n")
        m49 = number if not row.text("m49") else _number(row, "m49") or None
        names = row.parts("names")
        if line.code not in states.codes and not names:
            raise row.fail("names", "at least one name, for a code that states.csv does not have")
        countries.append(Country(line, start, end, iso2, number or None, m49, _letters(row, "fips", 2), names))
    return tuple(countries)


def lines_of_states(states: States) -> tuple[Line, ...]:
    """Return the main line of every code of states.csv."""
    return tuple(Line(code) for code in sorted(states.codes))


def load_former_codes(path: Path, lines: Collection[Line]) -> tuple[FormerCode, ...]:
    """Return the rows of former_codes.csv, checked; every line must be one of country_codes.csv or states.csv."""
    once = Once()
    former = []
    for row in read_rows(path, FORMER_COLUMNS):
        line = _line(row)
        if line not in lines:
            raise row.fail("entity", "a country of country_codes.csv or states.csv")
        start, end = row.years()
        if end is None:
            raise row.fail("end", "the last year in which the codes were in force")
        once.check(row, "start", (line, start, row.text("iso4")))
        former.append(
            FormerCode(
                line,
                start,
                end,
                _letters(row, "iso4", 4),
                _letters(row, "iso2", 2) if row.text("iso2") else None,
                _letters(row, "iso3", 3) if row.text("iso3") else None,
                _number(row, "m49") if row.text("m49") else None,
                _letters(row, "fips", 2) if row.text("fips") else None,
                row.parts("names"),
            )
        )
    return tuple(former)


def _line(row: Row) -> Line:
    return Line(state_code(row), row.text("entity"))


def _letters(row: Row, field: str, count: int) -> str:
    """Return a code of so many capital letters; empty where the field is empty or says that there is none."""
    text = row.text(field)
    if text in ("", NONE):
        return ""
    if len(text) != count or not (text.isascii() and text.isalpha() and text.isupper()):
        raise row.fail(field, f"{count} capital letters, {NONE} for none, or empty")
    return text


def _number(row: Row, field: str) -> int:
    """Return a number of ISO 3166 or M49; 0 where the field is empty or says that there is none."""
    text = row.text(field)
    if text in ("", NONE):
        return 0
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST_ISO_NUMBER):
        raise row.fail(field, f"a whole number from 1 to {LARGEST_ISO_NUMBER}, {NONE} for none, or empty")
    return int(text)


@functools.cache
def states() -> States:
    """Return the states of the package, loaded once."""
    return load_states(DATA / "states.csv")


@functools.cache
def countries() -> tuple[Country, ...]:
    """Return the countries, territories and parts of the package, loaded once."""
    return load_countries(DATA / "country_codes.csv", states())


@functools.cache
def former_codes() -> tuple[FormerCode, ...]:
    """Return the codes that were in force once, loaded once."""
    lines = {country.line for country in countries()} | set(lines_of_states(states()))
    return load_former_codes(DATA / "former_codes.csv", lines)
