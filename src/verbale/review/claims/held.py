"""Rows of a dataset as what they tell of two states: spells with a beginning, an end, and one row in words for each."""

from __future__ import annotations

import bisect
import datetime
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from verbale.review.claims.statement import TableRow, Years
from verbale.review.claims.topics import Source

# The name of a narrowing that holds for every claim (of UCDP's conflicts, only those that reach the intensity of a war).
ALWAYS: Final = "always"
# A spell without an end goes on beyond every edition.
OPEN: Final = datetime.date.max


@dataclass(frozen=True, slots=True)
class Held:
    """A spell that a dataset holds of two states: what tells it from others, from when to when, its rows, and in words.

    Where a dataset looks at years apart, `before` and `after` are the years of its last look before and its first look after.
    `amount` is how many pieces it is about.
    """

    number: object
    first: str
    second: str
    start: datetime.date
    end: datetime.date
    lines: tuple[int, ...]
    text: str
    before: int | None = None
    after: int | None = None
    amount: int | None = None

    @property
    def years(self) -> Years:
        """Return the first and last year; a spell that goes on ends in the year 9999."""
        return self.start.year, self.end.year


def held(source: Source, rows: Sequence[TableRow], parties: Sequence[str], only: str) -> list[Held]:
    """Return what rows tell of the parties, in order of time; `only` narrows it to a kind, where the dataset tells kinds.

    Rows of one number are one spell, from the first to the last; without a number, years in a row are one.
    """
    kept = [row for row in rows if _is_kind(row, source, only)]
    found = sorted(_read(source, kept, tuple(parties)), key=lambda one: (one.start, one.end, one.lines))
    return _together(found) if source.number else _runs(found, sorted({_first(row[source.start]).year for row in rows}))


def knows_kind(source: Source, only: str) -> bool:
    """Tell whether a dataset tells the kind that a claim is about."""
    return not only or only in source.only


def _is_kind(row: TableRow, source: Source, only: str) -> bool:
    kinds = [condition for name in (only, ALWAYS) for condition in source.only.get(name, ())]
    return all(_has(row[column], value) for column, value in kinds)


def _has(there: Any, value: str) -> bool:
    if value.startswith("!"):
        return value[1:] not in str(there or "")
    if value.startswith("~"):
        return re.search(value[1:], str(there or ""), re.IGNORECASE) is not None
    return str(there) == value if value else bool(there)


def _read(source: Source, rows: Iterable[TableRow], parties: tuple[str, ...]) -> Iterator[Held]:
    if source.form in ("sides", "members"):
        yield from _participants(source, rows, parties)
        return
    for row in rows:
        pair = _pair(source, row, parties)
        if pair is None:
            continue
        for start, end in _spells(source, row):
            number = row[source.number] if source.number else None
            amount = row[source.amount] if source.amount else None
            yield Held(number, *pair, start, end, (row["line"],), _told(source, row), amount=amount)


def _pair(source: Source, row: TableRow, parties: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the two of a row, in the order of the parties, None for a row of others."""
    if len(parties) < 2:
        return None
    first, second = parties[:2]
    if source.form == "state":
        named = {str(name).upper() for name in row[source.second] or ()}
        return (first, second) if row[source.first] == first and named & set(second.upper().split("/")) else None
    if source.form == "lists":
        sides = set(row[source.first] or ()), set(row[source.second] or ())
        opposed = (first in sides[0] and second in sides[1]) or (first in sides[1] and second in sides[0])
        return (first, second) if opposed else None
    there = (row[source.first], row[source.second])
    if there == (first, second) or (source.form == "pair" and there == (second, first)):
        return first, second
    return None


def _participants(source: Source, rows: Iterable[TableRow], parties: tuple[str, ...]) -> Iterator[Held]:
    """Yield what two participants shared, on two sides or as members, while both took part; of one alone, all its own."""
    if len(parties) == 1:
        for row in rows:
            if row[source.first] == parties[0]:
                for start, end in _spells(source, row):
                    yield Held(row[source.number], parties[0], "", start, end, (row["line"],), _told(source, row))
        return
    first, second = parties[:2]
    mine: dict[object, list[TableRow]] = {}
    theirs: dict[object, list[TableRow]] = {}
    for row in rows:
        for code, side in ((first, mine), (second, theirs)):
            if row[source.first] == code:
                side.setdefault(row[source.number], []).append(row)
    for number in mine.keys() & theirs.keys():
        for one, other in itertools.product(mine[number], theirs[number]):
            if source.form == "sides" and one[source.second] == other[source.second]:
                continue
            for start, end in _spells(source, one):
                for start_too, end_too in _spells(source, other):
                    begin, last = max(start, start_too), min(end, end_too)
                    if begin <= last:
                        lines = (one["line"], other["line"])
                        yield Held(number, first, second, begin, last, lines, _told(source, one))


def _spells(source: Source, row: TableRow) -> Iterator[tuple[datetime.date, datetime.date]]:
    starts = row[source.start]
    if starts is None:
        return
    if isinstance(starts, list):
        for start in sorted(set(starts)):
            yield _first(start), _last(start)
    elif source.end:
        yield _first(starts), OPEN if row[source.end] is None else _last(row[source.end])
    else:
        yield _first(starts), _last(starts)


def _first(value: Any) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date(int(value), 1, 1)


def _last(value: Any) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date(int(value), 12, 31)


def _told(source: Source, row: TableRow) -> str:
    return source.told.format_map(
        {name: "unknown" if value is None else value for name, value in row.items()} | {"number": source.second}
    )


def _together(found: Iterable[Held]) -> list[Held]:
    """Join the spells of one number that touch or follow each other: two phases of one dispute are one dispute."""
    joined: dict[object, Held] = {}
    for one in found:
        before = joined.get(one.number)
        joined[one.number] = one if before is None else replace(before, end=max(before.end, one.end), lines=_lines(before, one))
    return list(joined.values())


def _runs(found: Iterable[Held], looks: Sequence[int]) -> list[Held]:
    """Join years in a row to one spell; for a dataset that looks every few years, looks in a row."""
    runs: list[Held] = []
    for one in found:
        at = bisect.bisect_left(looks, one.start.year)
        before = looks[at - 1] if at else None
        after = looks[at + 1] if at + 1 < len(looks) else None
        if runs and before is not None and before <= runs[-1].end.year:
            runs[-1] = replace(runs[-1], end=max(runs[-1].end, one.end), lines=_lines(runs[-1], one), after=after)
        else:
            runs.append(replace(one, before=before, after=after))
    return runs


def _lines(one: Held, other: Held) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*one.lines, *other.lines)))
