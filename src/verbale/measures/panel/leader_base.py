"""The base of leader panels: who was in office on which days, among the members of a state system.

A leader is in a year (or day) if in office on a day of it on which the state was a member; two leaders of different states
make a pair in a year if they were in office together on at least one such day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError
from verbale.measures.panel.core import NUMBERS
from verbale.measures.panel.joining import cut, within
from verbale.measures.panel.variables import PanelRecord, Variable
from verbale.vocab.conversion_columns import conversion_lookup

LEADERS: Final = ("archigos-leaders", "ps-archigos")
# Archigos lists the leaders in office on this year's first day or later; before it, those who had gone by then are missing.
FIRST_YEAR: Final = 1870
OFFICE: Final = (
    Variable("leader", "name of the leader"),
    Variable("gender", "gender of the leader", "M, F"),
    Variable("leaderage", "age of the leader", "years", note="the year less the year of birth"),
    Variable(
        "yrinoffice", "year in office, from 1", "years", note="counted from the first day in office, also before membership"
    ),
)
OBSID: Final = Variable("obsid", "the leader's spell in office (Archigos)")


def needed(records: Mapping[str, PanelRecord], names: Sequence[str]) -> PanelRecord:
    """Return the first of some records that is there. Raises VerbaleError `panel-record`."""
    found = next((records[name] for name in names if name in records), None)
    if found is None:
        raise VerbaleError("panel-record", name="a panel of leaders", datasets=" or ".join(names), first=names[0])
    return found


def leader_spells(record: PanelRecord, times: tuple[str, ...]) -> ir.Table:
    """Return spells in office, official or of the copy, cut at the ends of years (or days): from 1870 on, to the record's end.

    Columns `obsid`, `leadid`, `gwcode`, `leader`, `gender`, `yrborn`, `exit`, `began`, `ended`, `line`, the times, and `first`
    and `last`, the days in office in that time.
    """
    table = record.table
    start, end = (table.startdate, table.enddate) if "startdate" in table.columns else (table.start, table.end)
    columns = ("obsid", "leadid", "gwcode", "leader", "gender", "yrborn", "exit", "line")
    opening = ibis.greatest(start, ibis.date(FIRST_YEAR, 1, 1))
    spells = table.select(*columns, began=start, ended=end, first=opening, last=end)
    long = cut(spells.filter(spells["first"] <= spells["last"]), times)
    return long.filter(within(record, long.year))


def in_office(members: ir.Table, records: Mapping[str, PanelRecord], system: str, times: tuple[str, ...]) -> ir.Table:
    """Return the leaders of members: a row per leader, state and time, with the first and last day of both together.

    `members` has a row per number and time with `first`, `last` and `code`. Raises VerbaleError `panel-record`.
    """
    record = needed(records, LEADERS)
    long = leader_spells(record, times)
    number = NUMBERS[system]
    long = long.join(_numbers(record), ["gwcode", "year"]) if system == "cow" else long
    told = long.select(
        "obsid",
        "leader",
        "gender",
        leaderage=(long.year - long.yrborn).cast("int16"),
        yrinoffice=(long.year - long.began.year() + 1).cast("int16"),
        number_found=long[number].cast("int16"),
        first_day="first",
        last_day="last",
        **{f"{name}_found": name for name in times},
    )
    same = [members[name] == told[f"{name}_found"] for name in times]
    tests = [members[number] == told.number_found, *same, members["first"] <= told.last_day, told.first_day <= members["last"]]
    joined = members.join(told, tests)
    joined = joined.mutate(
        first=ibis.greatest(joined["first"], joined.first_day), last=ibis.least(joined["last"], joined.last_day)
    )
    extra = [name for name in members.columns if name in ("microstate", "year", "month", "date")]
    own = (number, "code", "obsid", *(one.name for one in OFFICE))
    return joined.select(*own, *extra, "first", "last")


def _numbers(record: PanelRecord) -> ir.Table:
    """Return the Correlates of War numbers for those of Gleditsch and Ward, which Archigos uses, by year.

    Where Gleditsch and Ward have no such state in the year (Morocco until 1912), Archigos uses the number that both share.
    """
    held = conversion_lookup(from_="cown", to="gwn", years=(FIRST_YEAR, record.source.last_year))
    numbers = ibis.memtable(held.select(["cown", "year", "gwn"]))
    gwcode = ibis.coalesce(numbers.gwn, numbers.cown).cast("int16")
    return numbers.select(ccode=numbers.cown.cast("int16"), gwcode=gwcode, year=numbers.year.cast("int16"))
