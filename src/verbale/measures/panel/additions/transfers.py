"""Transfers of major conventional arms between two states, and of one state, by year, from SIPRI's trade register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.measures.panel.core import DYADIC, STATE, Addition, Panel, kept
from verbale.measures.panel.joining import within
from verbale.measures.panel.variables import PanelRecord, Variable

KEEP: Final = {"keep": "the columns that are wanted, all if none are named"}
# The register covers deliveries from 1950 on; a few of them were ordered earlier.
FIRST_YEAR: Final = 1950
UNIT: Final = "million trend-indicator value"
_SPLIT: Final = "the value of an order's deliveries is divided evenly among its years of delivery, which the register lists"
_CODES: Final = "joined by our codes: two states that share a code in a year (as two Germanies in 1990 do not) share the value"
_MEASURES: Final = {
    "arms_orders": ("orders for major arms placed in the year", "orders", ""),
    "arms_ordered": ("value of the orders of the year", UNIT, ""),
    "arms_delivered": ("value of major arms delivered in the year", UNIT, _SPLIT),
}
_DYADIC: Final = tuple(
    Variable(f"{name}{way}", f"{label}, from state {way[0]} to state {way[1]}", unit, note=note)
    for way in ("12", "21")
    for name, (label, unit, note) in _MEASURES.items()
)
_NATIONAL: Final = tuple(
    Variable(f"{name}_{side}", f"{label}, {what}", unit, note=note)
    for side, what in (("out", "supplied"), ("in", "received"))
    for name, (label, unit, note) in _MEASURES.items()
)


def flows(record: PanelRecord) -> ir.Table:
    """Return transfers by supplier, recipient and year: `source`, `target`, `year` and the measures, none of them missing."""
    rows = record.table.filter(record.table.source.notnull(), record.table.target.notnull())
    rows = rows.mutate(year=rows.year.cast("int16"))
    none = ibis.literal(0.0)
    ordered = rows.group_by("source", "target", "year").aggregate(
        arms_orders=rows.count().cast("int32"), arms_ordered=rows.tiv_order.sum()
    )
    ordered = ordered.mutate(arms_delivered=none)
    several = rows.delivery_years.length()
    spread = rows.filter(several > 0).select(
        "source", "target", share=rows.tiv_delivered / several, year=rows.delivery_years.unnest().cast("int16")
    )
    delivered = spread.group_by("source", "target", "year").aggregate(arms_delivered=spread.share.sum())
    delivered = delivered.mutate(arms_orders=ibis.literal(0, "int32"), arms_ordered=none).select(ordered.columns)
    both = ordered.union(delivered, distinct=False)
    sums = {name: both[name].sum().cast(both[name].type()) for name in _MEASURES}
    return both.group_by("source", "target", "year").aggregate(**sums).filter(ibis._.year >= FIRST_YEAR)


def _attach(panel: Panel, record: PanelRecord, table: ir.Table, keys: dict[str, str], names: dict[str, str]) -> ir.Table:
    """Join measures by codes; within the register's years, no row means no transfer between states that have codes."""
    right = table.select(**{f"{theirs}_found": theirs for theirs in keys.values()}, year_found="year", **names)
    left = panel.table
    tests = [left[ours] == right[f"{theirs}_found"] for ours, theirs in keys.items()]
    wide = left.left_join(right, [*tests, left.year == right.year_found])
    known = within(record, wide.year) & (wide.year >= FIRST_YEAR)
    filled = {name: ibis.ifelse(known, wide[name].fill_null(0), ibis.null(wide[name].type())) for name in names}
    return wide.mutate(**filled).drop("year_found", *(f"{theirs}_found" for theirs in keys.values()))


def _join(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    table = flows(record)
    variables = kept("transfers", _DYADIC, keep)
    wide = panel
    for way in ("12", "21"):
        some = [one for one in variables if one.name.endswith(way)]
        if some:
            names = {one.name: one.name.removesuffix(way) for one in some}
            joined = _attach(wide, record, table, {f"code{way[0]}": "source", f"code{way[1]}": "target"}, names)
            wide = wide.widened(joined, [one.drawn_from(record) for one in some])
    return wide


def _join_national(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    table = flows(record)
    variables = kept("transfers-national", _NATIONAL, keep)
    wide = panel
    for side in panel.sides:
        for ending, party in (("_out", "source"), ("_in", "target")):
            some = [one for one in variables if one.name.endswith(ending)]
            if not some:
                continue
            sums = {name: table[name].sum().cast(table[name].type()) for name in _MEASURES}
            total = table.group_by(party, "year").aggregate(**sums)
            names = {f"{one.name}{side}": one.name.removesuffix(ending) for one in some}
            joined = _attach(wide, record, total, {f"code{side}": party}, names)
            described = [(one.of_side(int(side)) if side else one).drawn_from(record) for one in some]
            wide = wide.widened(joined, described)
    return wide


TRANSFERS: Final = Addition(
    name="transfers",
    title="transfers of major arms between two states (SIPRI)",
    units=DYADIC,
    needs={"cow": (("sipri-transfers",),), "gw": (("sipri-transfers",),)},
    variables=_DYADIC,
    join=_join,
    options=KEEP,
    note="The export of the register that was installed must hold all suppliers, recipients and years that the panel asks for.",
)
NATIONAL_TRANSFERS: Final = Addition(
    name="transfers-national",
    title="major arms supplied and received by a state (SIPRI)",
    units=(*DYADIC, *STATE),
    needs={"cow": (("sipri-transfers",),), "gw": (("sipri-transfers",),)},
    variables=_NATIONAL,
    join=_join_national,
    options=KEEP,
    note="Transfers to and from organisations count, those to armed groups and unknown parties do not.",
)
ADDITIONS: Final = (TRANSFERS, NATIONAL_TRANSFERS)
