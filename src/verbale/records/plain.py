"""Files whose columns become ours as they are: each is read as its Arrow type says, and our codes of the states are added.

Such a tidy step can be taken for a whole batch at once, which matters for files of a million rows.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from verbale.records.catalogue import Column
from verbale.records.rows import Row
from verbale.vocab.cow import StateNumbers, cow_numbers

# What has been through R and back leaves a missing field empty, or says NA; all numbers are values.
EMPTY: Final = frozenset({"", "NA"})
# Numbers as programs write them. Others may be numbers, too (1946.0), and are read one by one.
_CANONICAL_WHOLE: Final = r"^-?(0|[1-9][0-9]{0,8})$"
_CANONICAL_NUMBER: Final = r"^-?[0-9]{1,15}(\.[0-9]{1,20})?$"
_YEARS: Final = 10_000
_SMALL: Final = re.compile(r"0|[1-9][0-9]{0,3}")

Lines = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StateCode:
    """A column with our code of a state, made from the column `number`; `unknown` are numbers of states that have no code."""

    column: str
    number: str
    meaning: str
    numbers: Callable[[], StateNumbers] = cow_numbers
    unknown: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """The tidy step of a file whose columns stay as they are.

    `when` names the column (a year or a date) that says which code a state had, or is a year. `needed` are the columns that may
    not be missing.
    """

    columns: tuple[Column, ...]
    states: tuple[StateCode, ...]
    when: str | int
    needed: frozenset[str]
    missing: frozenset[str] = EMPTY

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns of the table: our codes first."""
        return (*(Column(one.column, pa.string(), one.meaning) for one in self.states), *self.columns)

    def __call__(self, row: Row) -> Iterator[dict[str, Any]]:
        """Give the one row of our table for an official row."""
        values = {column.name: self._read(row, column) for column in self.columns}
        when = self.when if isinstance(self.when, int) else values[self.when]
        year = when.year if isinstance(when, datetime.date) else when
        codes = {one.column: _code(row, one, values[one.number], year) for one in self.states}
        yield codes | values

    def _read(self, row: Row, column: Column) -> Any:
        if row.text(column.name) in self.missing:
            if column.name in self.needed:
                raise row.fail(f"{column.name} is missing")
            return None
        if pa.types.is_boolean(column.type):
            return row.flag(column.name)
        if pa.types.is_integer(column.type):
            return row.whole(column.name, missing=self.missing)
        if pa.types.is_floating(column.type):
            return row.number(column.name, missing=self.missing)
        return row.day(column.name) if pa.types.is_date(column.type) else row.words(column.name)

    @property
    def in_batches(self) -> bool:
        """Tell whether whole batches can be taken: all columns are numbers, and one of them is the year."""
        numbers = all(pa.types.is_integer(one.type) or pa.types.is_floating(one.type) for one in self.columns)
        return numbers and self.when == "year"

    def batch(self, texts: Mapping[str, Sequence[str]]) -> pa.Table | None:
        """Return the table of many official rows, given by column; None where some value must be looked at by itself."""
        found: dict[str, Any] = {}
        for column in self.columns:
            values = _numbers(texts[column.name], column.type, self.missing)
            if values is None or (column.name in self.needed and values.null_count):
                return None
            found[column.name] = values
        codes: dict[str, Any] = {}
        for one in self.states:
            read = _codes(one, found[one.number], found[str(self.when)])
            if read is None:
                return None
            codes[one.column] = read
        return pa.table(codes | found)


def _code(row: Row, one: StateCode, number: int | None, year: int | None) -> str | None:
    if number is None or number in one.unknown:
        return None
    if year is None:
        raise row.fail("it tells no year")
    return row.state(number, year, system=one.numbers())


def _numbers(texts: Sequence[str], kind: pa.DataType, missing: frozenset[str]) -> Any:
    """Return numbers in an Arrow array, None where a text is no number of the usual form or does not fit."""
    raw = pa.array(texts, pa.string())
    given = pc.if_else(pc.is_in(raw, value_set=pa.array(sorted(missing))), pa.scalar(None, pa.string()), raw)
    usual = pc.match_substring_regex(given, _CANONICAL_WHOLE if pa.types.is_integer(kind) else _CANONICAL_NUMBER)
    if pc.all(usual).as_py() is False:
        return None
    try:
        return given.cast(kind)
    except pa.ArrowInvalid:
        return None


def _codes(one: StateCode, numbers: Any, years: Any) -> Any:
    """Return our codes of states in years, None where one has no code or its number or year is missing."""
    if numbers.null_count or years.null_count:
        return None
    both = numbers.to_numpy().astype(np.int64) * _YEARS + years.to_numpy()
    different, where = np.unique(both, return_inverse=True)
    codes = [_code_once(one, int(pair) // _YEARS, int(pair) % _YEARS) for pair in different]
    return None if None in codes else pa.array(codes, pa.string()).take(pa.array(where))


@functools.lru_cache(maxsize=65_536)  # two hundred states in two hundred years, in two systems
def _code_once(one: StateCode, number: int, year: int) -> str | None:
    return one.numbers().code(number, year)


class Keys:
    """The keys of millions of rows as numbers in order, each with its line: 16 bytes a row instead of some 150."""

    # Four parts of a key fit into one number: states and years are below ten thousand.
    PARTS: Final = 4

    def __init__(self) -> None:
        """Begin without keys."""
        self._keys: Lines = np.empty(0, np.int64)
        self._lines: Lines = np.empty(0, np.int64)

    @classmethod
    def packed(cls, columns: Sequence[Any]) -> Lines | None:
        """Return keys as numbers from the columns that make them, None where they do not fit into one number each."""
        if not 0 < len(columns) <= cls.PARTS:
            return None
        total: Lines = np.zeros(len(columns[0]), np.int64)
        for column in columns:
            values = column.to_numpy()
            if not np.issubdtype(values.dtype, np.integer) or (len(values) and not 0 <= values.min() <= values.max() < _YEARS):
                return None
            total = total * _YEARS + values
        return total

    @classmethod
    def of_text(cls, key: str) -> int | None:
        """Return the number of a key whose parts are joined as the installer joins them, None for one that has no number."""
        parts = key.split("\x1f")
        if len(parts) > cls.PARTS or not all(_SMALL.fullmatch(part) for part in parts):
            return None
        return functools.reduce(lambda total, part: total * _YEARS + int(part), parts, 0)

    def add(self, keys: Lines, lines: Lines) -> bool:
        """Add keys, or return False and add none if one of them was there before or stands twice among them."""
        order = np.argsort(keys, kind="stable")
        new, its = keys[order], lines[order]
        if len(new) and (np.diff(new) == 0).any():
            return False
        if len(self._keys):
            at = np.minimum(np.searchsorted(self._keys, new), len(self._keys) - 1)
            if (self._keys[at] == new).any():
                return False
        merged = np.concatenate([self._keys, new])
        order = np.argsort(merged, kind="stable")
        self._keys, self._lines = merged[order], np.concatenate([self._lines, its])[order]
        return True

    def line(self, key: int | None) -> int | None:
        """Return the line of a key, None if it is not there."""
        if key is None or not len(self._keys):
            return None
        at = int(np.searchsorted(self._keys, key))
        return int(self._lines[at]) if at < len(self._keys) and self._keys[at] == key else None
