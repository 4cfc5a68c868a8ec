"""Armed conflict within and around a state: the UCDP's conflicts and onsets, and wars within states of Correlates of War."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.measures.panel.additions.values import as_numbers, chosen, first_of
from verbale.measures.panel.core import DYADIC, LEADER, STATE, Addition, Panel, kept
from verbale.measures.panel.joining import cut, join_states
from verbale.measures.panel.variables import PanelRecord, Variable

KEEP: Final = {"keep": "the columns that are wanted, all if none are named"}
TYPES: Final = ("extrasystemic", "interstate", "intrastate", "II")
ISSUES: Final = ("territory", "government", "both")
WARS: Final = ("central control", "local issues", "regional", "communal")
# How the official file of edition 5.1 numbers them; in the last kind, between communities, often no government fought.
OFFICIAL_TYPES: Final = {4: "central control", 5: "local issues", 6: "regional", 7: "communal"}
ROLES: Final = {"party": ("gwno_a", "gwno_b"), "supporter": ("gwno_a_2nd", "gwno_b_2nd")}
WAR: Final = 2
_CONFLICTS: Final = (
    Variable("ucdpongoing", "1 in a year of armed conflict"),
    Variable("ucdponset", "1 if an episode of conflict began in the year"),
    Variable("maxintensity", "highest intensity of the year's conflicts", "1 minor, 2 war"),
    Variable("conflicts", "number of the year's conflicts", "conflicts"),
    Variable("conflict_ids", "numbers of the year's conflicts"),
)
_ONSETS: Final = (
    Variable("sumnewconf", "new conflicts", "conflicts"),
    *(
        Variable(f"sumonset{years}", f"new conflicts, and episodes after more than {years} years without", "conflicts")
        for years in (1, 2, 3, 5, 10)
    ),
)
_WITHIN: Final = (
    Variable("cowintraongoing", "1 in a year of war within the state"),
    Variable("cowintraonset", "1 if such a war began, or began again, in the year"),
    Variable("warnum", "number of the war", note="of several wars, one that began in the year, then the deadliest"),
    Variable("intnl", "1 if another state took part", note="of the war in warnum"),
    Variable("outcome", "outcome of the war", "1 state won, 2 rebels won, 3 to 7 other", note="of the war in warnum"),
    Variable("sideadeaths", "deaths on the state's side", "persons", note="of the war in warnum"),
    Variable("sidebdeaths", "deaths on the other side", "persons", note="of the war in warnum"),
)


def _join_conflicts(
    panel: Panel,
    record: PanelRecord,
    *,
    types: Sequence[str] | str | None = None,
    issues: Sequence[str] | str | None = None,
    roles: Sequence[str] | str = "party",
    wars: bool = False,
    keep: Sequence[str] | None = None,
) -> Panel:
    name = "ucdp-conflicts"
    rows = record.table.filter(
        record.table.type_of_conflict.isin(chosen(name, "types", types, TYPES)),
        record.table.incompatibility.isin(chosen(name, "issues", issues, ISSUES)),
    )
    rows = rows.filter(rows.intensity_level == WAR) if wars else rows
    columns = [column for role in chosen(name, "roles", roles, tuple(ROLES)) for column in ROLES[role]]
    facts = ("conflict_id", "year", "intensity_level", "start_date2")
    parts = [rows.filter(rows[column].notnull()).select(*facts, gwcode=column) for column in columns]
    parties = ibis.union(*parts, distinct=True) if len(parts) > 1 else parts[0]
    by_conflict = parties.group_by("gwcode", "year", "conflict_id").aggregate(
        began=(parties.start_date2.year() == parties.year).cast("int8").max(), intensity=parties.intensity_level.max()
    )
    table = by_conflict.group_by("gwcode", "year").aggregate(
        ucdponset=by_conflict.began.max(),
        maxintensity=by_conflict.intensity.max(),
        conflicts=by_conflict.count().cast("int32"),
        conflict_ids=by_conflict.conflict_id.cast("string").group_concat("; ", order_by=by_conflict.conflict_id),
    )
    table = table.mutate(ucdpongoing=ibis.literal(1, "int8"))
    variables = kept(name, _CONFLICTS, keep)
    absent = {one.name: 0 for one in variables if one.name in ("ucdpongoing", "ucdponset", "conflicts")}
    return join_states(panel, record, variables, table=table, absent=absent)


def _join_onsets(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return join_states(panel, record, kept("ucdp-onsets", _ONSETS, keep))


def _copied_war_years(record: PanelRecord) -> ir.Table:
    """Return the war-years of the copy of edition 4.1 that are the state's own wars."""
    rows = as_numbers(record.table, ("cowintraongoing", "cowintraonset", "primary_state", "intnl"))
    return rows.filter(rows.primary_state == 1).rename(ccode="ccodea")


def _war_years(record: PanelRecord) -> ir.Table:
    """Return the war-years of the official edition 5.1, which tells up to four spells of a war; one without an end goes on."""
    wars = record.table
    facts = wars.select(
        "warnum",
        "ccode",
        "outcome",
        "line",
        wartype=ibis.cases(*((wars.wartype == number, name) for number, name in OFFICIAL_TYPES.items())),
        intnl=wars.international.cast("int8"),
        sideadeaths="deathsa",
        sidebdeaths="deathsb",
    )
    spells = [
        wars.filter(wars[f"start{number}"].notnull()).select(
            line_of="line",
            first=f"start{number}",
            last=ibis.coalesce(wars[f"end{number}"], ibis.date(record.source.last_year, 12, 31)),
        )
        for number in ("", "2", "3", "4")
    ]
    starts = ibis.union(*spells, distinct=False)
    years = cut(starts, ("year",)).select("line_of", "year").distinct()
    onsets = starts.select(line_on="line_of", year_on=starts["first"].year().cast("int16")).distinct()
    joined = years.left_join(onsets, [years.line_of == onsets.line_on, years.year == onsets.year_on])
    told = joined.mutate(cowintraonset=joined.line_on.notnull().cast("int8"), cowintraongoing=ibis.literal(1, "int8"))
    return facts.join(told.select("line_of", "year", "cowintraonset", "cowintraongoing"), facts.line == told.line_of)


def _join_within(
    panel: Panel, record: PanelRecord, *, types: Sequence[str] | str | None = None, keep: Sequence[str] | None = None
) -> Panel:
    rows = _war_years(record) if "start" in record.table.columns else _copied_war_years(record)
    rows = rows.filter(rows.ccode.notnull(), rows.wartype.isin(chosen("wars-within", "types", types, WARS)))
    known: ir.IntegerValue = rows.sideadeaths.fill_null(0) + rows.sidebdeaths.fill_null(0)
    order = [ibis.desc(rows.cowintraonset), ibis.desc(known), rows.warnum]
    table = first_of(rows, ("ccode", "year"), order)
    variables = kept("wars-within", _WITHIN, keep)
    absent = {one.name: 0 for one in variables if one.name in ("cowintraongoing", "cowintraonset")}
    return join_states(panel, record, variables, table=table, absent=absent)


CONFLICTS: Final = Addition(
    name="ucdp-conflicts",
    title="armed conflicts (UCDP/PRIO)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"gw": (("ps-ucdp-conflicts",),)},
    variables=_CONFLICTS,
    join=_join_conflicts,
    options={
        "types": f"the types that count: {', '.join(TYPES)}; all if none are named (II is internationalised intrastate)",
        "issues": f"the issues that count: {', '.join(ISSUES)}; all if none are named",
        "roles": "whether the state is a party (on side A, or B of an interstate conflict), a supporter with troops, or both",
        "wars": "only conflicts of a thousand and more battle-related deaths in the year",
        **KEEP,
    },
)
ONSETS: Final = Addition(
    name="ucdp-onsets",
    title="onsets of armed conflict (UCDP)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"gw": (("ps-ucdp-onsets",),)},
    variables=_ONSETS,
    join=_join_onsets,
    options=KEEP,
)
WARS_WITHIN: Final = Addition(
    name="wars-within",
    title="wars within states (Correlates of War)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("cow-intra-state-wars", "ps-cow-wars-intra"),)},
    variables=_WITHIN,
    join=_join_within,
    options={"types": f"the types that count: {', '.join(WARS)}; all if none is named", **KEEP},
    note="Wars of the state itself; not those of others in which it helped a side.",
)
ADDITIONS: Final = (CONFLICTS, ONSETS, WARS_WITHIN)
