"""Militarised interstate disputes: the Correlates of War's, and those of Gibler, Miller and Little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError
from verbale.measures.panel.core import Addition, Panel, kept
from verbale.measures.panel.joining import cut, join_dyads, join_states
from verbale.measures.panel.variables import PanelRecord, Variable
from verbale.measures.panel.whittling import ORDER, Rule
from verbale.measures.panel.whittling import whittle as whittled

_PAIR: Final = ("ccode1", "ccode2", "year")
_DEATHS: Final = "in classes from 0 none to 6 over 999"
_OWN: Final = (
    Variable("sidea", "on side A, which acted first", "0, 1"),
    Variable("fatality", "its deaths in the dispute", _DEATHS),
    Variable("fatalpre", "its deaths in the dispute, where the number is known", "deaths"),
    Variable("hiact", "its highest action in the dispute", "0 to 21"),
    Variable("hostlev", "its level of hostility", "1 none to 5 war"),
    Variable("orig", "took part from the first day", "0, 1"),
)
_WHOLE: Final = (
    Variable("fatality", "deaths of all sides in the dispute", _DEATHS),
    Variable("hostlev", "highest level of hostility in the dispute", "1 none to 5 war"),
    Variable("mindur", "shortest possible duration of the dispute", "days"),
    Variable("maxdur", "longest possible duration of the dispute", "days"),
    Variable("recip", "side B answered with a militarised act", "0, 1"),
    Variable("stmon", "month in which the dispute began", "1 to 12"),
)


def _variables(prefix: str, words: str) -> tuple[Variable, ...]:
    return (
        Variable(f"{prefix}ongoing", f"{words} between the two", "0, 1"),
        Variable(f"{prefix}onset", f"{words} begins between the two", "0, 1"),
        Variable("dispnum", "number of the dispute"),
        *(one.of_side(side) for one in _OWN for side in (1, 2)),
        *_WHOLE,
    )


def _states(prefix: str, words: str) -> tuple[Variable, ...]:
    return (
        Variable(f"{prefix}ongoing", f"takes part in {words}", "0, 1"),
        Variable(f"{prefix}onset", f"{words} of the state begins", "0, 1"),
        Variable(f"{prefix}ongoing_init", f"takes part in {words} that it initiated or joined, as `init` says", "0, 1"),
        Variable(f"{prefix}onset_init", f"{words} begins that it initiated or joined, as `init` says", "0, 1"),
    )


VARIABLES: Final = {
    "mids": _variables("cowmid", "militarised dispute (COW)"),
    "gml-mids": _variables("gmlmid", "militarised dispute (GML)"),
}
STATE_VARIABLES: Final = {
    "mids": _states("cowmid", "a militarised dispute (COW)"),
    "gml-mids": _states("gmlmid", "a militarised dispute (GML)"),
}
# Who counts as one that began a dispute: side A on its first day; all of side A; all of side A, and whoever joined either side.
INIT: Final[Mapping[str, str]] = {
    "sidea-orig": "the states on side A on its first day",
    "sidea-with-joiners": "all states on side A",
    "sidea-all-joiners": "all states on side A, and those that joined side B",
}


def dispute_dyads(participants: ir.Table, disputes: ir.Table) -> ir.Table:
    """Return directed dispute-dyad-years from the participants of disputes and the disputes themselves.

    Two states on opposite sides are paired on the days on which both take part, and have a row for every year with such a day;
    an unknown first or last day is the first or last of its month. `onset` is 1 where a joint spell begins in the year. From
    MID 5.0 these are 11,390 rows. A pair that met in several spells of one dispute in a year has one row.
    """
    own = [one.name for one in _OWN]
    left, right = (
        participants.select(
            "dispnum",
            **{f"ccode{side}": "ccode", f"start{side}": "start", f"end{side}": "end"},
            **{f"{name}{side}": participants[name].cast("int32") for name in own},
        )
        for side in (1, 2)
    )
    met = left.join(right, ["dispnum", left.sidea1 != right.sidea2, left.start1 <= right.end2, right.start2 <= left.end1])
    begun = met.mutate(first=ibis.greatest(met.start1, met.start2), last=ibis.least(met.end1, met.end2))
    years = cut(begun.mutate(began=begun["first"].year()), ("year",))
    values = {f"{name}{side}": years[f"{name}{side}"].max() for name in own for side in (1, 2)}
    joint = (
        years.group_by("dispnum", *_PAIR)
        .aggregate(onset=(years.began == years.year).cast("int32").max(), **values)
        .mutate(ongoing=ibis.literal(1, type="int32"))
    )
    facts = disputes.select(
        "dispnum",
        **{one.name: disputes[one.name].cast("int32") for one in _WHOLE if one.name != "stmon"},
        stmon=disputes.start.month().cast("int32"),
    )
    return joint.join(facts, "dispnum")


def _joined(
    panel: Panel,
    records: Sequence[PanelRecord],
    rows: ir.Table,
    name: str,
    keep: Sequence[str] | None,
    rules: Sequence[str | Rule] | None,
    init: str,
) -> Panel:
    """Join dispute-dyad-years as they are wanted: whittled to one for each pair, or told of each state."""
    prefix = {"mids": "cowmid", "gml-mids": "gmlmid"}[name]
    always = [f"{prefix}ongoing", f"{prefix}onset"]
    first, *also = records
    if not panel.dyadic:
        described = kept(name, STATE_VARIABLES[name], None if keep is None else [*always, *keep])
        table = _by_state(rows, prefix, init)
        return join_states(panel, first, described, table=table, absent={one.name: 0 for one in described}, also=also)
    described = kept(name, VARIABLES[name], None if keep is None else [*always, *keep])
    table = whittled(rows, _PAIR, rules).rename({f"{prefix}ongoing": "ongoing", f"{prefix}onset": "onset"})
    return join_dyads(panel, first, described, table=table, absent=dict.fromkeys(always, 0), also=also)


def _by_state(rows: ir.Table, prefix: str, init: str) -> ir.Table:
    """Tell of each state and year whether it took part, began to, and whether it counts as one that began it."""
    if init not in INIT:
        raise VerbaleError("panel-option", name="init", option=repr(init), allowed=", ".join(INIT))
    side_a, original = rows.sidea1 == 1, rows.orig1 == 1
    began = {"sidea-orig": side_a & original, "sidea-with-joiners": side_a, "sidea-all-joiners": side_a | ~original}[init]
    return rows.group_by(ccode=rows.ccode1, year=rows.year).aggregate(
        **{
            f"{prefix}ongoing": rows.ongoing.max(),
            f"{prefix}onset": rows.onset.max(),
            f"{prefix}ongoing_init": began.cast("int32").max(),
            f"{prefix}onset_init": (began & (rows.onset == 1)).cast("int32").max(),
        }
    )


def _cow(
    panel: Panel,
    participants: PanelRecord,
    disputes: PanelRecord,
    *,
    keep: Sequence[str] | None = None,
    whittle: Sequence[str | Rule] | None = None,
    init: str = "sidea-all-joiners",
) -> Panel:
    rows = dispute_dyads(participants.table, disputes.table)
    return _joined(panel, (participants, disputes), rows, "mids", keep, whittle, init)


def _gml(
    panel: Panel,
    record: PanelRecord,
    *,
    keep: Sequence[str] | None = None,
    whittle: Sequence[str | Rule] | None = None,
    init: str = "sidea-all-joiners",
) -> Panel:
    rows = record.table.rename(ongoing="midongoing", onset="midonset")
    return _joined(panel, (record,), rows, "gml-mids", keep, whittle, init)


_OPTIONS: Final = {
    "keep": "columns beside ongoing and onset, which always come; all if none are named",
    "whittle": f"rules by which one dispute stands for a dyad-year, in order: {', '.join(ORDER)}",
    "init": "who initiated, in state-years: " + "; ".join(f"{name} ({words})" for name, words in INIT.items()),
}
_NOTE: Final = "Within the record's years a pair without a dispute has 0 ongoing and 0 onset, and NULL in the other columns."
COW: Final = Addition(
    name="mids",
    title="militarised interstate disputes of the Correlates of War (MID 5.0)",
    units=("dyad-year", "state-year"),
    needs={"cow": (("cow-mid-participants",), ("cow-mid-disputes",))},
    variables=VARIABLES["mids"],
    join=_cow,
    options=_OPTIONS,
    note=_NOTE,
)
GML: Final = Addition(
    name="gml-mids",
    title="militarised interstate disputes as corrected by Gibler, Miller and Little",
    units=("dyad-year", "state-year"),
    needs={"cow": (("ps-gml-disputes",),)},
    variables=VARIABLES["gml-mids"],
    join=_gml,
    options=_OPTIONS,
    note=_NOTE,
)
ADDITIONS: Final = (COW, GML)
