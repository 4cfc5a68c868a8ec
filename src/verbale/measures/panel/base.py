"""The base panels: pairs of states by year or month, states by year, month or day, from the membership of a state system.

Two states make a pair in a year if both were members together on at least one DAY of it. With the lists of members of 2016
(Correlates of War) and 2020 (Gleditsch and Ward) carried on to 2024, this gives the 2,214,930 and 2,599,466 directed dyad-years
of the R package peacesciencer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from verbale.core.errors import VerbaleError
from verbale.measures.panel.additions import ADDITIONS
from verbale.measures.panel.core import LEADER, NUMBERS, SYSTEMS, UNITS, Addition, Panel, times_of
from verbale.measures.panel.joining import cut
from verbale.measures.panel.leader_base import LEADERS, OBSID, OFFICE, in_office, needed
from verbale.measures.panel.variables import PanelRecord, Variable
from verbale.vocab.cow import StateNumbers, cow_numbers, gw_numbers

# The lists of members that are accepted, in order of preference.
MEMBERS: Final = {"cow": ("cow-states", "isard-cow-system"), "gw": ("gw-states", "isard-gw-system")}
_NAMES: Final = {"cow": "Correlates of War", "gw": "Gleditsch-Ward"}
_SIDE: Final = re.compile(r"[A-Z]{3}|[0-9]{1,3}")
# The years for which our codes are asked beyond those that the vocabulary names; wider than any record.
_FIRST_YEAR, _LAST_YEAR = 1000, 3000


def panel(
    *,
    system: str,
    records: Mapping[str, PanelRecord],
    unit: str = "dyad-year",
    directed: bool | None = None,
    dyads: Iterable[str | tuple[str, str]] | None = None,
    states: Iterable[str] | None = None,
    years: tuple[int, int] | None = None,
    extend: bool = False,
    additions: Mapping[str, Addition] = ADDITIONS,
) -> Panel:
    """Return a base panel of a state system: "cow" or "gw".

    `records` holds the installed records by dataset name; one of `MEMBERS` is needed. A dyadic unit needs `directed`: True
    gives each pair twice, False once, with the lower number first. `dyads` chooses pairs by our codes or the system's numbers
    ("RUS-IRN", "365-630"), in both directions; a code takes every number that stood for it in a year (DEU before 1871 is
    Prussia, Bavaria and others, so name numbers for one line). `states` does the same for single states. `years` are those
    of the list of members; beyond its last, `extend` lets the members of its last day go on. Units of leaders need one of
    `LEADERS`, too.

    Raises VerbaleError `panel-system`, `panel-unit-unknown`, `panel-directed`, `panel-record`, `measure-years`, `panel-years`,
    `measure-dyad` or `panel-state`.
    """
    _check(system, unit, directed)
    names = MEMBERS[system]
    record = next((records[name] for name in names if name in records), None)
    if record is None:
        raise VerbaleError("panel-record", name=f"system {system}", datasets=" or ".join(names), first=names[0])
    span = _checked_years(record, years, extend=extend)
    pairs = None if dyads is None else [_pair(one, system) for one in dyads]
    chosen = {side for pair in pairs for side in pair} if pairs is not None else None
    if states is not None:
        chosen = {_side(one, system) for one in states}
    members = _members(record, system, span, times_of(unit), chosen)
    times = [name for name in ("year", "month", "date") if name in members.columns]
    sources: tuple[PanelRecord, ...] = (record,)
    if unit in LEADER:
        members = in_office(members, records, system, times_of(unit))
        sources = (record, needed(records, LEADERS))
    if "dyad" in unit:
        table = _pairs(members, system, times, directed=bool(directed))
        if pairs is not None:
            table = table.filter(_any_of(table, system, pairs))
    elif unit in LEADER:
        table = members.drop("first", "last").distinct()
    else:
        table = _states(members, system, times)
    variables = _variables(sources, table, system, extended=span[1] > record.source.last_year)
    return Panel(
        table=table.select(*(one.name for one in variables)),
        unit=unit,
        system=system,
        directed=directed if "dyad" in unit else None,
        years=span,
        variables=variables,
        records=records,
        additions=additions,
    )


def _check(system: str, unit: str, directed: bool | None) -> None:
    if system not in SYSTEMS:
        raise VerbaleError("panel-system", system=system, allowed=" or ".join(SYSTEMS))
    if unit not in UNITS:
        raise VerbaleError("panel-unit-unknown", unit=unit, allowed=", ".join(UNITS))
    if "dyad" in unit and directed is None:
        raise VerbaleError("panel-directed", unit=unit)


def _checked_years(record: PanelRecord, years: tuple[int, int] | None, *, extend: bool) -> tuple[int, int]:
    source = record.source
    first, last = years or (source.first_year, source.last_year)
    if first > last:
        raise VerbaleError("measure-years", first=first, last=last)
    if first < source.first_year or (last > source.last_year and not extend):
        raise VerbaleError(
            "panel-years", years=f"{first}-{last}", name=source.name, first=source.first_year, last=source.last_year
        )
    return first, last


def _pair(dyad: str | tuple[str, str], system: str) -> tuple[str, str]:
    sides = tuple(dyad.split("-") if isinstance(dyad, str) else (str(one) for one in dyad))
    if len(sides) != 2 or not all(sides) or sides[0] == sides[1]:
        raise VerbaleError("measure-dyad", dyad="-".join(sides))
    return _side(sides[0], system), _side(sides[1], system)


def _side(name: str, system: str) -> str:
    """Return a state's code in capitals, or its number as text, if the system ever had such a member."""
    side = str(name).strip().upper()
    numbers = _vocabulary(system)
    known = int(side) in numbers if side.isdecimal() else any(row.code == side for row in numbers.all)
    if not _SIDE.fullmatch(side) or not known:
        raise VerbaleError("panel-state", state=name, system=_NAMES[system])
    return str(int(side)) if side.isdecimal() else side


def _vocabulary(system: str) -> StateNumbers:
    return cow_numbers() if system == "cow" else gw_numbers()


def code_spans(system: str) -> ir.Table:
    """Return our code of every number of a system through time: `number`, `from_year`, `to_year` (included), `code`.

    As in the vocabulary, a year outside a membership has the code of the nearest years.
    """
    rows = []
    numbers = _vocabulary(system)
    for number in sorted({row.number for row in numbers.all}):
        own = sorted((row for row in numbers.all if row.number == number), key=lambda row: row.start)
        start = _FIRST_YEAR
        for row, after in zip(own, [*own[1:], None], strict=True):
            # between two memberships the nearer one counts, the earlier one in the middle
            last = _LAST_YEAR if after is None else ((row.end or after.start - 1) + after.start) // 2
            rows.append({"number": number, "from_year": start, "to_year": last, "code": row.code})
            start = last + 1
    schema = [("number", pa.int16()), ("from_year", pa.int16()), ("to_year", pa.int16()), ("code", pa.string())]
    return ibis.memtable(pa.Table.from_pylist(rows, schema=pa.schema(schema)))


def _members(
    record: PanelRecord, system: str, span: tuple[int, int], times: tuple[str, ...], chosen: Iterable[str] | None
) -> ir.Table:
    """Return a row per member and period, with the first and last day of membership in it; two spells give two rows."""
    number = NUMBERS[system]
    spells = record.table
    micro = {"microstate": spells.microstate.cast("int8")} if "microstate" in spells.columns else {}
    last_day = ibis.date(span[1], 12, 31)
    spells = spells.select(
        **{number: spells[number].cast("int16")},
        **micro,
        first=ibis.greatest(spells.start, ibis.date(span[0], 1, 1)),
        last=ibis.ifelse(spells.ongoing, last_day, ibis.least(spells.end, last_day)),
    )
    long = cut(spells.filter(spells["first"] <= spells["last"]), times)
    codes = code_spans(system)
    match = [long[number] == codes.number, long.year.between(codes.from_year, codes.to_year)]
    long = long.left_join(codes, match).drop("number", "from_year", "to_year")
    if chosen is not None:
        wanted = sorted(set(chosen))
        long = long.filter(long.code.isin(wanted) | long[number].cast("string").isin(wanted))
    return long


def _states(members: ir.Table, system: str, times: Sequence[str]) -> ir.Table:
    """Return each member once per period."""
    micro = {"microstate": members.microstate.max()} if "microstate" in members.columns else {}
    return (
        members.group_by(NUMBERS[system], "code", *times).aggregate(**micro)
        if micro
        else members.select(NUMBERS[system], "code", *times).distinct()
    )


def _pairs(members: ir.Table, system: str, times: Sequence[str], *, directed: bool) -> ir.Table:
    """Pair the members of each period that have a day of it in common."""
    number = NUMBERS[system]
    left = members.rename({f"{name}1": name for name in members.columns if name not in times})
    right = members.rename({f"{name}2": name for name in members.columns if name not in times})
    first, second = left[f"{number}1"], right[f"{number}2"]
    order = first != second if directed else first < second
    together = left.join(right, [*times, order, left.first1 <= right.last2, right.first2 <= left.last1])
    # two spells of one state in one period would give the pair twice
    rest = [name for name in together.columns if name not in (*times, "first1", "first2", "last1", "last2")]
    return together.select(*rest, *times).distinct()


def _any_of(table: ir.Table, system: str, pairs: Sequence[tuple[str, str]]) -> ir.BooleanValue:
    """Tell whether a row is one of the chosen pairs, in either direction, by code or number on each side."""
    wanted = {frozenset(pair) for pair in pairs}
    names = sorted({f"{one}-{two}" for pair in wanted for one in pair for two in pair if one != two})
    sides = [(table[f"code{side}"], table[f"{NUMBERS[system]}{side}"].cast("string")) for side in "12"]
    return ibis.or_(*((one + "-" + two).isin(names) for one in sides[0] for two in sides[1]))


def _variables(records: tuple[PanelRecord, ...], table: ir.Table, system: str, *, extended: bool) -> tuple[Variable, ...]:
    """Describe the columns of a base panel, in their order: numbers, codes, time, the rest; leaders come first."""
    record = records[0]
    number, last = NUMBERS[system], record.source.last_year
    carried = f"after {last}, the last year of the list, its members go on" if extended else ""
    leader = (OBSID.drawn_from(*records[1:]),) if len(records) > 1 else ()
    office = tuple(one.drawn_from(*records[1:]) for one in OFFICE) if len(records) > 1 else ()
    per_state = (
        *leader,
        Variable(number, f"{_NAMES[system]} number of the state", sources=(record.source,), note=carried),
        Variable("code", "our code of the state"),
    )
    rest = (Variable("microstate", "1 for a microstate of Gleditsch and Ward", sources=(record.source,)), *office)
    dyadic = f"{number}1" in table.columns
    times = (
        Variable("year", "calendar year"),
        Variable("month", "month of the year, 1 to 12"),
        Variable("date", "day"),
    )
    sided = [one.of_side(side) for one in per_state for side in (1, 2)] if dyadic else list(per_state)
    described = [*sided, *times, *([one.of_side(side) for one in rest for side in (1, 2)] if dyadic else rest)]
    return tuple(one for one in described if one.name in table.columns)
