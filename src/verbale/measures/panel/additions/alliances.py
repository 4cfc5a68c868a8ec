"""Alliances by what they bind a state to do (ATOP), and wars between states (COW)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import ibis.expr.types as ir

from verbale.measures.panel.core import Addition, Panel, kept
from verbale.measures.panel.joining import join_dyads, mirrored
from verbale.measures.panel.variables import PanelRecord, Variable

_PAIR: Final = ("ccode1", "ccode2", "year")
_ATOP: Final = (
    Variable("atop_defense", "state 1 is bound to defend state 2", "0, 1"),
    Variable("atop_offense", "state 1 is bound to join an attack by state 2", "0, 1"),
    Variable("atop_neutral", "state 1 is bound to stay neutral", "0, 1"),
    Variable("atop_nonagg", "state 1 is bound not to attack state 2", "0, 1"),
    Variable("atop_consul", "state 1 is bound to consult state 2", "0, 1"),
)


def _alliances(
    panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None, either_side: bool | None = None
) -> Panel:
    """Where directions do not count, a pair has a provision if either side is bound by it."""
    described = kept("alliances", _ATOP, keep)
    plain = "defense" in record.table.columns  # the official file has the same columns without `atop_`
    values = {one.name: record.table[one.name.removeprefix("atop_") if plain else one.name] for one in described}
    table = record.table.select(*_PAIR, **{name: value.cast("int32") for name, value in values.items()})
    if not panel.directed if either_side is None else either_side:
        both = mirrored(table)
        table = both.group_by(*_PAIR).aggregate(**{one.name: both[one.name].max() for one in described})
    return join_dyads(panel, record, described, table=table, absent=dict.fromkeys((one.name for one in described), 0))


ALLIANCES: Final = Addition(
    name="alliances",
    title="alliance obligations (ATOP 5.1)",
    units=("dyad-year", "dyad-month", "leader-dyad-year"),
    needs={"cow": (("atop-directed-dyad-years", "ps-atop"),)},
    variables=_ATOP,
    join=_alliances,
    options={
        "keep": "the columns that are wanted, all if none are named",
        "either_side": "True: a pair has a provision if either state is bound; by default so where the panel is not directed",
    },
    note="Within the record's years a pair without an alliance has 0.",
)
_WARS: Final = (
    Variable("cowinterongoing", "the two are at war with each other", "0, 1"),
    Variable("cowinteronset", "war begins between the two", "0, 1"),
    Variable("warnum", "number of the war"),
    *(
        one.of_side(side)
        for one in (
            Variable("warside", "its side in the war", "1, 2"),
            Variable("initiator", "began the war", "0, 1"),
            Variable("outcome", "1 won, 2 lost, 3 compromise, 4 another war, 5 goes on, 6 stalemate, 7 below war, 8 changed"),
            Variable("batdeath", "battle deaths of its forces in the war", "deaths"),
        )
        for side in (1, 2)
    ),
    Variable("resume", "fighting had begun again", "0, 1"),
)


def _wars(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    always = ["cowinterongoing", "cowinteronset"]
    described = kept("wars", _WARS, None if keep is None else [*always, *keep])
    return join_dyads(panel, record, described, table=_one_war(record.table), absent=dict.fromkeys(always, 0))


def _one_war(wars: ir.Table) -> ir.Table:
    """Keep one war for a pair and year: rather one that begins, then the one with more battle deaths, then the first."""
    wars = wars.rename(warside1="sidea1", warside2="sidea2")
    deaths = wars.batdeath1.fill_null(0) + wars.batdeath2.fill_null(0)
    order = [wars.cowinteronset.desc(), deaths.desc(), wars.warnum.asc(), wars.resume.asc()]
    names = [name for name in wars.columns if name not in _PAIR]
    return wars.group_by(*_PAIR).aggregate(**{name: wars[name].first(order_by=order, include_null=True) for name in names})


WARS: Final = Addition(
    name="wars",
    title="wars between states (COW 4.0)",
    units=("dyad-year",),
    needs={"cow": (("ps-cow-wars",),)},
    variables=_WARS,
    join=_wars,
    options={"keep": "columns beside ongoing and onset, which always come; all if none are named"},
    note="Of several wars of a pair in a year, one that begins counts, then the deadlier. Within 1816-2007, no war is 0.",
)
ADDITIONS: Final = (ALLIANCES, WARS)
