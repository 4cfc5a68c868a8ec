"""Joins of records to panels that every addition shares: by state and year, by pair and year, and by spells.

The rule that all of them keep: a value beyond the first and last year of its record is NULL, never 0; within them, a row that
the record lacks is NULL too, except where the record itself says that absence means a value (`absent`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError
from verbale.measures.panel.core import NUMBERS, Panel
from verbale.measures.panel.variables import PanelRecord, Variable

_TIMES: Final = ("year", "month", "date")


def join_states(
    panel: Panel,
    record: PanelRecord,
    variables: Sequence[Variable],
    *,
    table: ir.Table | None = None,
    system: str | None = None,
    absent: Mapping[str, Any] | None = None,
    also: Sequence[PanelRecord] = (),
) -> Panel:
    """Join a record of state-years: columns `cinc1` and `cinc2` in a dyad, `cinc` otherwise.

    `table` (the record's own, if none is given) has one row per number and `year` (and `month`, or `date`), and the variables'
    columns. `system` is that of its numbers; without it, the panel's own if the table has them. `absent` gives the values that
    a missing row stands for within the record's years. `also` names further records that the values were made from.
    """
    rows = record.table if table is None else table
    chosen = system or system_of(panel, rows, ("",))
    zeros, sides, described = absent or {}, [], []
    for side, number in zip(panel.sides, panel.numbers(chosen), strict=True):
        sides.append(_Side(rows, {number: NUMBERS[chosen]}, {f"{one.name}{side}": one.name for one in variables}))
        described += [(one.of_side(int(side)) if side else one).drawn_from(record, *also) for one in variables]
    panel.check_new(described)
    return panel.widened(_joined(panel.table, sides, record, zeros), described)


def join_dyads(
    panel: Panel,
    record: PanelRecord,
    variables: Sequence[Variable],
    *,
    table: ir.Table | None = None,
    system: str | None = None,
    absent: Mapping[str, Any] | None = None,
    also: Sequence[PanelRecord] = (),
) -> Panel:
    """Join a record of dyad-years in both directions (`mirrored` makes such a table of one that has each pair once).

    `table` (the record's own, if none is given) has one row per two numbers and `year` (and `month`, or `date`). `absent` and
    `also` as in `join_states`.
    """
    rows = record.table if table is None else table
    chosen = system or system_of(panel, rows, ("1", "2"))
    numbers = {ours: f"{NUMBERS[chosen]}{side}" for ours, side in zip(panel.numbers(chosen), "12", strict=True)}
    both = _Side(rows, numbers, {one.name: one.name for one in variables})
    described = [one.drawn_from(record, *also) for one in variables]
    panel.check_new(described)
    return panel.widened(_joined(panel.table, [both], record, absent or {}), described)


def _times(table: ir.Table) -> dict[str, str]:
    """Return the columns of time that a table has; where it has days, the year adds nothing."""
    return {"date": "date"} if "date" in table.columns else {name: name for name in ("year", "month") if name in table.columns}


def mirrored(table: ir.Table, *, system: str = "cow", swapped: Sequence[tuple[str, str]] = ()) -> ir.Table:
    """Return a table of pairs in both directions; `swapped` names the columns that change places, such as flow1 and flow2.

    The numbers, and our codes if they are there, change places always.
    """
    pairs = [(f"{NUMBERS[system]}1", f"{NUMBERS[system]}2"), *swapped]
    if "code1" in table.columns:
        pairs.append(("code1", "code2"))
    return table.union(_turned(table, pairs), distinct=False)


def _turned(table: ir.Table, pairs: Sequence[tuple[str, str]]) -> ir.Table:
    other = {**dict(pairs), **{second: first for first, second in pairs}}
    return table.select(**{name: table[other.get(name, name)] for name in table.columns})


def cut_spells(panel: Panel, table: ir.Table, *, start: str = "start", end: str = "end") -> ir.Table:
    """Cut spells into the panel's years, months or days, whichever its rows are: a row for each that a spell touches.

    Adds the panel's time columns, and `first` and `last`, the days of the spell in that time. A spell without an end is cut at
    the panel's last year.
    """
    closing = ibis.coalesce(table[end], ibis.date(panel.years[1], 12, 31))
    begun, ended = ibis.greatest(table[start], ibis.date(panel.years[0], 1, 1)), closing
    ended = ibis.least(ended, ibis.date(panel.years[1], 12, 31))
    spells = table.mutate(first=begun, last=ended)
    spells = spells.filter(spells["first"] <= spells["last"])
    return cut(spells, panel.times)


def cut(spells: ir.Table, times: tuple[str, ...]) -> ir.Table:
    """Cut the days from `first` to `last` at the ends of years, months or days; adds the time columns."""
    begun, ended = spells["first"], spells["last"]
    if "date" in times:
        day = ibis.interval(days=1)
        days = ibis.range(begun.cast("timestamp"), ended.cast("timestamp") + day, day)
        long = spells.mutate(date=days.unnest().cast("date"))
        return long.mutate(year=long.date.year().cast("int16"), first=long.date, last=long.date)
    if "month" in times:
        months = ibis.range(_month(begun), _month(ended) + 1)
        long = spells.mutate(count=months.unnest().cast("int32"))
        long = long.mutate(year=(long["count"] // 12).cast("int16"), month=(long["count"] % 12 + 1).cast("int16"))
        opened = ibis.date(long.year.cast("int32"), long.month.cast("int32"), 1)
        closed = (opened + ibis.interval(months=1) - ibis.interval(days=1)).cast("date")
        long = long.drop("count")
    else:
        years = ibis.range(begun.year().cast("int32"), ended.year().cast("int32") + 1)
        long = spells.mutate(year=years.unnest().cast("int16"))
        opened = ibis.date(long.year.cast("int32"), 1, 1)
        closed = ibis.date(long.year.cast("int32"), 12, 31)
    return long.mutate(first=ibis.greatest(long["first"], opened), last=ibis.least(long["last"], closed))


def _month(day: ir.DateValue) -> ir.IntegerValue:
    return (day.year().cast("int32") * 12 + day.month().cast("int32") - 1).cast("int32")


def system_of(panel: Panel, table: ir.Table, sides: tuple[str, ...]) -> str:
    """Return the system of a table's numbers, the panel's own if it has both. Raises VerbaleError `measure-columns`."""
    for system in (panel.system, *NUMBERS):
        if all(f"{NUMBERS[system]}{side}" in table.columns for side in sides):
            return system
    wanted = " or ".join(NUMBERS.values())
    raise VerbaleError("measure-columns", missing=wanted, columns=", ".join(table.columns))


def within(record: PanelRecord, year: ir.IntegerValue) -> ir.BooleanValue:
    """Tell whether a year lies in the years that a record covers."""
    return year.between(record.source.first_year, record.source.last_year)


@dataclass(frozen=True, slots=True)
class _Side:
    """What is joined to one state of a row, or to both: a table, its numbers by the panel's, its values by their new names."""

    table: ir.Table
    numbers: Mapping[str, str]
    values: Mapping[str, str]


def _joined(left: ir.Table, sides: Sequence[_Side], record: PanelRecord, absent: Mapping[str, Any]) -> ir.Table:
    """Join by numbers and time; fill what a missing row stands for, within the record's years alone.

    All sides are one chain of joins with one choice of columns, for Ibis takes its time over every step in between.
    """
    chain: Any = left
    taken: dict[str, Any] = {}
    for at, side in enumerate(sides):
        keys = {**side.numbers, **_times(side.table)}
        found = side.table.select(
            **{f"{ours}_found{at}": side.table[theirs].cast(left[ours].type()) for ours, theirs in keys.items()},
            **{f"{new}_value{at}": old for new, old in side.values.items()},
        )
        chain = chain.left_join(found, [(ours, f"{ours}_found{at}") for ours in keys])
        missing = within(record, ibis._.year) & ibis._[f"{next(iter(keys))}_found{at}"].isnull()
        for new, old in side.values.items():
            value, kind = ibis._[f"{new}_value{at}"], found[f"{new}_value{at}"].type()
            taken[new] = ibis.ifelse(missing, absent[old], value).cast(kind) if old in absent else value
    return chain.select(*left.columns, **taken)
