"""Politically relevant dyads, and spells: the time since the last event of a pair or a state."""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError
from verbale.measures.panel.core import DYADIC, UNITS, Addition, Panel
from verbale.measures.panel.variables import Variable

_RELEVANT: Final = {"contiguity": ("conttype",), "majors": ("cowmaj1", "cowmaj2")}
_UNITS: Final = {"year": "years", "month": "months", "date": "days"}


def filter_prd(panel: Panel) -> Panel:
    """Keep politically relevant dyads: contiguous ones (by land or up to 400 miles of water), and those of a major power.

    The additions `contiguity` and `majors` are made first where the panel lacks them. Rows for which neither can be told
    (after 2016) are left out. Non-directed, 1816-2010: 111,991 of 842,655. Raises VerbaleError `panel-unit` for states.
    """
    if not panel.dyadic:
        raise VerbaleError("panel-unit", name="filter_prd", unit=panel.unit, allowed="dyads")
    for name, columns in _RELEVANT.items():
        if not set(columns) <= set(panel.columns):
            panel = panel.add(name)
    table = panel.table
    return panel.filter((table.conttype >= 1) | (table.cowmaj1 == 1) | (table.cowmaj2 == 1))


def spells(panel: Panel, *, event: str | None = None, name: str | None = None, gaps: bool = False) -> Panel:
    """Add the number of rows since the last one with an event, for each pair or state: peace years, where it is a dispute.

    `event` is a column of 0 and 1, such as `gmlmidongoing`; without one, every column whose name ends with `ongoing` is
    counted. The new column is `name`, or else the event's with `spell` for `ongoing` or `onset` (`gmlmidspell`). It is 0 in a
    unit's first row and in the row after an event, also while events follow each other. `gaps` counts the years (months, days)
    of the calendar for which the panel has no row, too. Where the event is NULL the spell is, and counting begins anew after
    it. Raises VerbaleError `panel-event` or `panel-column-twice`.
    """
    chosen = [event] if event else [column for column in panel.columns if column.endswith("ongoing")]
    if not chosen or any(one not in panel.columns or not panel.table[one].type().is_numeric() for one in chosen):
        raise VerbaleError("panel-event", event=event or "...ongoing", columns=", ".join(panel.columns))
    for one in chosen:
        panel = _counted(panel, one, name or _name_of(one), gaps=gaps)
    return panel


def _counted(panel: Panel, event: str, name: str, *, gaps: bool) -> Panel:
    unit = [key for key in panel.keys if key not in panel.times]
    table, order = panel.table, list(panel.times)
    blank = table[event].isnull()
    table = table.mutate(spell_blank=blank, spell_clock=_clock(panel, table))
    # between two blanks lies a block, in which rows are counted from 0
    block = table.spell_blank.cast("int64").sum().over(ibis.window(group_by=unit, order_by=order, preceding=None, following=0))
    table = table.mutate(spell_block=block)
    together = [*unit, "spell_block", "spell_blank"]
    first = table.spell_clock.min().over(ibis.window(group_by=together))
    row = ibis.row_number().over(ibis.window(group_by=together, order_by=order))
    table = table.mutate(spell_place=(table.spell_clock - first if gaps else row).cast("int64"))
    happened = ibis.ifelse(table[event] > 0, table.spell_place, ibis.null("int64"))
    before = happened.max().over(ibis.window(group_by=together, order_by=order, preceding=(None, 1)))
    counted = table.spell_place - ibis.coalesce(before + 1, 0)
    table = table.mutate(**{name: ibis.ifelse(table.spell_blank, ibis.null("int64"), counted).cast("int32")})
    sources = next((one.sources for one in panel.variables if one.name == event), ())
    words = f"{_UNITS[order[-1]]} {'of the calendar' if gaps else 'in the panel'} since the last {event}"
    return panel.widened(table, [Variable(name, words, _UNITS[order[-1]], sources, note=f"computed from {event}")])


def _clock(panel: Panel, table: ir.Table) -> ir.IntegerValue:
    """Return a number that grows by one with each year, month or day."""
    if "date" in panel.times:
        return table.date.epoch_seconds() // 86_400
    year = table.year.cast("int64")
    return year * 12 + table.month if "month" in panel.times else year


def _name_of(event: str) -> str:
    for ending in ("ongoing", "onset"):
        if ending in event:
            return event.replace(ending, "spell")
    return f"{event}_spell"


PRD: Final = Addition(
    name="prd",
    title="keeps politically relevant dyads only: contiguous, or with a major power",
    units=DYADIC,
    needs={},
    variables=(),
    join=filter_prd,
    note="Makes the additions contiguity and majors first where the panel lacks them.",
)
SPELLS: Final = Addition(
    name="spells",
    title="the time since the last event of a pair or a state, such as peace years",
    units=UNITS,
    needs={},
    variables=(),
    join=spells,
    options={
        "event": "the column of 0 and 1 that is counted from; every column that ends with `ongoing` if none is named",
        "name": "the name of the new column; the event's with `spell` for `ongoing`, if none is given",
        "gaps": "True counts years for which the panel has no row",
    },
)
ADDITIONS: Final = (PRD, SPELLS)
