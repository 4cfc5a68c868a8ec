"""How a dataset of events becomes our event table: which official column goes where, as expressions that the engine runs."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pyarrow as pa

from verbale.core import VerbaleError
from verbale.records.catalogue import Address, Column, Dataset
from verbale.records.events.columns import COLUMNS, NAMES, TYPES
from verbale.records.rows import Row

# Divides the parts of a lookup's key; no text that people write holds it.
DIVIDER: Final = "\x1f"
_QUOTED: Final = re.compile(r'"([^"]+)"')
_TEXT: Final = re.compile(r"'([^']*)'")
_SQL_TYPES: Final = {
    pa.string(): "VARCHAR",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("ms"): "TIMESTAMP_MS",
    pa.list_(pa.string()): "VARCHAR[]",
}


def _official(name: str) -> str:
    """Return how queries call an official column, so that none is taken for one of ours with the same name."""
    return f'"official {name}"'


@dataclass(frozen=True, slots=True)
class Lookup:
    """Columns that a function gives for the texts of a key: called once for each different key, not for each row.

    `key` are SQL expressions; the function gets their texts (empty for NULL) and returns the values of `gives`, then what it
    could not code, or None.
    """

    key: tuple[str, ...]
    gives: tuple[str, ...]
    function: Callable[..., tuple[Any, ...]]


def _not_row_by_row(row: Row) -> Iterable[dict[str, Any]]:
    """Refuse a single row: event data are read by `events.install`, never through the rows of the other datasets."""
    raise TypeError(f"{row.path}: event data are read in batches")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDataset(Dataset):
    """A dataset of events, read as a stream of lines and turned into our event table by queries.

    `select` gives SQL for columns of ours: a name in double quotes is an official column, a bare one is ours. A text among
    `nothing` is NULL there. `numbers` are plain numbers: our column and the official one. `checks` pairs a condition with the
    SQL of the reason for which such a row is rejected. `widths` are the numbers of fields that a row may have besides the
    number of columns.
    `quoted` reads quoted text field by field. The official columns of `key` make our `event_id`: a second event of the same
    number is rejected. Without a key, because numbers recur in the published data, both stay and are counted.
    `days` gives the addresses of the files that cover a span of days.
    """

    select: Mapping[str, str]
    date: str
    date_column: str
    numbers: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[tuple[str, str], ...] = ()
    lookups: tuple[Lookup, ...] = ()
    nothing: tuple[str, ...] = ("",)
    widths: frozenset[int] = frozenset()
    has_header: bool = True
    quoted: bool = False
    columns: tuple[Column, ...] = COLUMNS
    many_files: bool = True
    days: Callable[[datetime.date, datetime.date], tuple[str, ...]] | None = None
    # A year of GDELT 1.0 unpacks to some 10 GB; nothing of it is held.
    unpacked_bytes: int = 64 << 30
    tidy: Callable[[Row], Iterable[dict[str, Any]]] = _not_row_by_row
    key: tuple[str, ...] = ()

    @property
    def constants(self) -> dict[str, str | bool]:
        """The columns that have one value in every row of the dataset: texts in quotation marks and `false` in `select`."""
        texts = {name: found[1] for name, sql in self.select.items() if (found := _TEXT.fullmatch(sql))}
        return texts | {name: False for name, sql in self.select.items() if sql == "false"}

    def of_days(self, told: str) -> EventDataset:
        """Return the dataset with the addresses of the files of some days, told as `2019-10-24` or `2019-10-24..2019-10-26`.

        Raises VerbaleError `record-days`.
        """
        first, _, last = told.partition("..")
        try:
            span = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)
        except ValueError:
            raise VerbaleError("record-days", days=told, reason="it is no day or span of days") from None
        earliest = datetime.date(self.years[0], 1, 1)
        if self.days is None or not earliest <= span[0] <= span[1]:
            reason = (
                f"the first day lies after the last, or before {earliest}" if self.days else f"{self.name} has no files by day"
            )
            raise VerbaleError("record-days", days=told, reason=reason)
        return replace(self, addresses=tuple(Address(url, told) for url in self.days(*span)))

    def query(self, columns: Sequence[str]) -> str:
        """Return the SQL that turns the rows of `incoming`, which have these official columns, into ours.

        Besides our columns it gives `lookup_0` and so on, the keys of the lookups, `number_hash`, and `problem`,
        why a row is rejected.
        """
        used = self._expressions()
        places = {name: place for place, name in enumerate(columns, start=1)}
        problem = self._problem(columns)
        names = dict.fromkeys(name for one in (*used.values(), problem) for name in _QUOTED.findall(one))
        named = ", ".join(f"{self._field(places.get(name))} AS {_official(name)}" for name in names)
        split = "fields" if self.quoted else "string_split(text, chr(9))"
        rows = "" if self.quoted else " WHERE text IS NULL OR text <> ''"
        used |= {"number_hash": "hash(event_id)", "problem": problem}
        chosen = ", ".join(f"{_QUOTED.sub(lambda found: _official(found[1]), sql)} AS {name}" for name, sql in used.items())
        return (
            f"WITH split AS (SELECT file, line, {split} AS f FROM incoming{rows}), "  # noqa: S608 - our own expressions
            f"named AS (SELECT file, line, len(f) AS fields, {named} FROM split) "
            f"SELECT file, line, {chosen} FROM named"
        )

    def _field(self, place: int | None) -> str:
        if place is None:  # an edition without this column
            return "NULL::VARCHAR"
        found = f"f[{place}]"
        for nothing in self.nothing:
            found = f"nullif({found}, '{nothing}')"
        return found

    def _expressions(self) -> dict[str, str]:
        """Return the SQL of every column that is no lookup's, and of the lookups' keys."""
        found = {name: f"CAST({sql} AS {_SQL_TYPES[TYPES[name]]})" for name, sql in self.select.items()}
        found |= {name: f'TRY_CAST("{official}" AS {_SQL_TYPES[TYPES[name]]})' for name, official in self.numbers.items()}
        found["date_start"] = self.date
        for index, lookup in enumerate(self.lookups):
            parts = ", ".join(f"coalesce(CAST({part} AS VARCHAR), '')" for part in lookup.key)
            found[f"lookup_{index}"] = f"concat_ws(chr({ord(DIVIDER)}), {parts})"
        given = {name for lookup in self.lookups for name in lookup.gives}
        unknown = (set(found) | given) - set(NAMES) - {f"lookup_{index}" for index in range(len(self.lookups))}
        if unknown:
            raise ValueError(f"{self.name} gives columns that event data do not have: {sorted(unknown)}")
        return found

    def _problem(self, columns: Sequence[str]) -> str:
        """Return the SQL of the first reason for which a row cannot be used, NULL for a sound one."""
        widths = sorted({len(columns), *(width for width in self.widths if len(columns) in self.widths)})
        first, last = self.years
        where, told = "header" if self.has_header else "layout", " or ".join(map(str, widths))
        cases = [
            ("fields IS NULL", f"'it is not text in {' or '.join(self.encodings)}'"),
            (f"fields NOT IN ({', '.join(map(str, widths))})", f"'it has ' || fields || ' fields; the {where} has {told}'"),
            ("event_id IS NULL", "'it has no number'"),
            ("date_start IS NULL", f"""'{self.date_column} is ''' || coalesce("{self.date_column}", '') || ''', not a date'"""),
            (f"year(date_start) NOT BETWEEN {first} AND {last}",
             f"'the year ' || year(date_start) || ' lies outside {first}-{last}'"),
            *self.checks,
            *((f'"{official}" IS NOT NULL AND {name} IS NULL', f"""'{official} is ''' || "{official}" || ''', not a number'""")
              for name, official in self.numbers.items()),
        ]  # fmt: skip
        return f"CASE {' '.join(f'WHEN {condition} THEN {reason}' for condition, reason in cases)} END"
