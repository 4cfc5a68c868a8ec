"""Direct contiguity, and major powers: what makes a pair of states politically relevant."""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError
from verbale.measures.panel.core import DYADIC, LEADER, STATE, Addition, Panel
from verbale.measures.panel.joining import cut_spells, join_dyads, join_states, mirrored
from verbale.measures.panel.variables import PanelRecord, Variable

CONTIGUITY_VARIABLES: Final = (
    Variable("conttype", "direct contiguity", "0 none, 1 land or river, by water up to 2: 12, 3: 24, 4: 150, 5: 400 miles"),
)
BORDERS: Final = (
    Variable("land", "states that share a border on land or river", "states"),
    Variable("sea", "states within 400 miles by water, without a border on land", "states"),
)
# Which spell counts where the type changes within a year.
SLICES: Final = ("first", "last")


def _contiguity(panel: Panel, record: PanelRecord, *, slice: str = "first") -> Panel:
    if slice not in SLICES:
        raise VerbaleError("panel-option", name="contiguity", option=f"slice={slice!r}", allowed=" or ".join(SLICES))
    spells = _spells(record)
    long = cut_spells(panel, spells)
    order = ["first", "conttype"] if slice == "first" else [ibis.desc("last"), "conttype"]
    pairs = long.group_by("ccode1", "ccode2", *panel.times).aggregate(
        conttype=long.conttype.first(order_by=[long[one] if isinstance(one, str) else one for one in order])
    )
    if panel.dyadic:
        return join_dyads(panel, record, CONTIGUITY_VARIABLES, table=pairs, absent={"conttype": 0})
    counted = pairs.group_by(ccode=pairs.ccode1, **{name: pairs[name] for name in panel.times}).aggregate(
        land=(pairs.conttype == 1).sum().cast("int32"), sea=(pairs.conttype > 1).sum().cast("int32")
    )
    return join_states(panel, record, BORDERS, table=counted, absent={"land": 0, "sea": 0})


def _spells(record: PanelRecord) -> ir.Table:
    """Return spells in both directions with first and last day, from the official file or from the copy."""
    table = record.table
    if "stdate" in table.columns:
        last = table.enddate + ibis.interval(months=1) - ibis.interval(days=1)
        return table.select("ccode1", "ccode2", "conttype", start=table.stdate, end=last.cast("date"))
    return mirrored(table.select("ccode1", "ccode2", "conttype", "start", "end"))


def _majors(panel: Panel, record: PanelRecord) -> Panel:
    spells = record.table.select("ccode", "start", "end")
    long = cut_spells(panel, spells).select("ccode", *panel.times).distinct()
    table = long.mutate(cowmaj=ibis.literal(1, type="int32"))
    return join_states(panel, record, MAJORS_VARIABLES, table=table, absent={"cowmaj": 0})


MAJORS_VARIABLES: Final = (Variable("cowmaj", "major power", "0, 1"),)
CONTIGUITY: Final = Addition(
    name="contiguity",
    title="direct contiguity (COW 3.2)",
    units=(*DYADIC, "state-year", "state-month", "leader-year", "leader-dyad-year"),
    needs={"cow": (("cow-contiguity", "ps-cow-contiguity"),)},
    variables=CONTIGUITY_VARIABLES,
    join=_contiguity,
    options={"slice": "the type that counts where it changes within a year: first (the default) or last"},
    note="In state-years, the numbers of neighbours: land and sea. After 2016, the record's last year, NULL.",
)
MAJORS: Final = Addition(
    name="majors",
    title="major powers (COW)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("cow-majors",),)},
    variables=MAJORS_VARIABLES,
    join=_majors,
    note="1 in a year (or month, or day) with a day as a major power. After the record's last year, NULL.",
)
ADDITIONS: Final = (CONTIGUITY, MAJORS)
