"""Dyad panels from events, ours or other coders': counts by quadrant and type, mean intensity, mentions per period.

Events come one by one, or counted by day, as an install of event data leaves them beside its table (`records.event_counts`):
both give the same panel, the counts in a fraction of the time.

The rows carry no `event_ids`, unlike other measures: of twenty million events the list would be larger than the table.
`panel_events` returns the events behind any row instead.
"""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError
from verbale.core.ontology import EVENT_TYPES, QUADRANTS
from verbale.core.schema import COUNTED_BY
from verbale.measures.balance import PERIODS
from verbale.measures.selection import actual, needs

# The periods of a panel, each with the precisions of date that place an event in one of them.
PANEL_PERIODS: Final = {"day": ("day",), "month": PERIODS["month"], "year": PERIODS["year"]}
QUAD_COLUMNS: Final = {quad.replace(" ", "_"): quad for quad in dict.fromkeys(QUADRANTS.values())}
TYPE_COLUMNS: Final = {kind.lower(): kind for kind in EVENT_TYPES}
MONTHS: Final = 12
# What is summed, of counts and of single events.
_SUMMED: Final = ("events", "mentions", "intensity_sum", "intensity_events")


def event_panel(events: ir.Table, *, period: str = "month", directed: bool = True, internal: bool = False) -> ir.Table:
    """Return one row per dyad and period in which something happened: a period without a row had no event.

    `events` are events (`ledger.events()`, `records.table`), or their counts by day (`records.event_counts`).

    Columns `source`, `target`, `period` (its first day); `events`, `mentions` (as often as the dataset says, else the events),
    `intensity` (mean over the events that have one), `verbal_cooperation` and the other quadrants, `agree` and the other types
    (counts), and `untyped`, which are mere statements. Only events of status `actual` between two parties with codes count, in
    the period in which they began; those dated too coarsely for it ("in 1946" by month) are left out.

    Directed, a mutual act counts once in each direction. Undirected, `a` and `b` in alphabetical order stand in place of
    source and target, and each event counts once. Acts within one state need `internal`. Raises `panel-period` and
    `measure-columns`.
    """
    sums = dyad_sums(events, period=period, internal=internal, directed=directed)
    parties = ("source", "target")
    if not directed:
        parties = ("a", "b")
        sums = sums.mutate(a=ibis.least(sums.source, sums.target), b=ibis.greatest(sums.source, sums.target))
    conditions = {name: sums.type == kind for name, kind in TYPE_COLUMNS.items()} | {"untyped": sums.type.isnull()}
    counted = sums.group_by(*parties, "number").aggregate(
        events=_whole(sums.events.sum()),
        mentions=_whole(sums.mentions.sum()),
        intensity=sums.intensity_sum.sum() / sums.intensity_events.sum().nullif(0),
        **{name: _whole(condition.ifelse(sums.events, 0).sum()) for name, condition in conditions.items()},
    )
    quads = {
        name: _whole(
            sum((counted[one] for one, kind in TYPE_COLUMNS.items() if QUADRANTS[kind] == quad), start=ibis.literal(0))
        )
        for name, quad in QUAD_COLUMNS.items()
    }
    named = counted.mutate(period=_first_day(counted.number, period), **quads)
    told = [*parties, "period", "events", "mentions", "intensity", *QUAD_COLUMNS, *TYPE_COLUMNS, "untyped"]
    return named.order_by(*parties, "period")[told]


def dyad_sums(events: ir.Table, *, period: str, internal: bool = False, directed: bool = True) -> ir.Table:
    """Return what panels sum of events or of their counts by day: a few sums for each dyad, period, type and `mutual`.

    Columns `source`, `target`, `number` (of the period: the day, the months since the year 0, or the year), `type`, `mutual`,
    `events`, `mentions`, `intensity_sum`, `intensity_events`. Directed, a mutual act is in both directions.
    """
    placed = _placed(events, period=period, internal=internal)
    # These few sums are where the millions of rows are: dozens of columns, and the other direction of mutual acts, come after.
    sums = placed.group_by("source", "target", "number", "type", "mutual").aggregate(
        # 64 bits, because DuckDB adds whole numbers up to 128 of them, and adding these again takes twice as long
        **{name: placed[name].sum().cast("float64" if name == "intensity_sum" else "int64") for name in _SUMMED}
    )
    if directed:
        turned = sums.filter(sums.mutual, sums.source != sums.target)
        sums = sums.union(turned.mutate(source=turned.target, target=turned.source))
    return sums


def _whole(number: ir.IntegerValue) -> ir.IntegerValue:
    """Return a sum as a 32-bit number, 0 for none: engines give sums other types, which would stand in exported files."""
    return number.fill_null(0).cast("int32")


def _number(day: ir.DateValue, period: str) -> ir.Value:
    """Return what periods are told apart by: a number groups faster than a date that is worked out for each event."""
    if period == "day":
        return day
    return day.year() * MONTHS + day.month() - 1 if period == "month" else day.year()


def _first_day(number: ir.Value, period: str) -> ir.Value:
    if period == "day":
        return number
    return ibis.date(number // MONTHS, number % MONTHS + 1, 1) if period == "month" else ibis.date(number, 1, 1)


def panel_events(
    events: ir.Table, dyad: tuple[str, str], first_day: str, *, period: str = "month", directed: bool = True
) -> ir.Table:
    """Return the events behind a row of `event_panel`: its two parties and the first day of its period (ISO)."""
    needs(events, "event_id")
    placed = _placed(events, period=period, internal=dyad[0] == dyad[1])
    there = (placed.source == dyad[0]) & (placed.target == dyad[1])
    back = (placed.source == dyad[1]) & (placed.target == dyad[0])
    chosen = placed.filter(
        there | (back & placed.mutual if directed else back), _first_day(placed.number, period) == ibis.date(first_day)
    )
    return events.semi_join(chosen, "event_id")


def _placed(events: ir.Table, *, period: str, internal: bool) -> ir.Table:
    """Return the columns that a panel reads, of the events that have a place in it, each with the number of its period."""
    needs(events, *COUNTED_BY)
    if period not in PANEL_PERIODS:
        raise VerbaleError("panel-period", period=period, allowed=", ".join(PANEL_PERIODS))
    counted = actual(_as_counts(events))
    counted = counted.filter(
        counted.source.notnull(),
        counted.target.notnull(),
        counted.target != "",  # an act without a target, in our own events
        counted.date_start.notnull(),
        counted.date_precision.isnull() | counted.date_precision.isin(PANEL_PERIODS[period]),
    )
    if not internal:
        counted = counted.filter(counted.source != counted.target)
    kept = ["source", "target", "mutual", "type", *_SUMMED, *(["event_id"] if "event_id" in counted.columns else [])]
    return counted.select(*kept, number=_number(counted.date_start, period))


def _as_counts(events: ir.Table) -> ir.Table:
    """Return counts as they are, and each single event as a count of one."""
    if "events" in events.columns:
        needs(events, *_SUMMED)
        return events
    needs(events, "intensity")
    one = ibis.literal(1, "int64")
    return events.mutate(
        events=one,
        mentions=events.mentions.fill_null(1).cast("int64") if "mentions" in events.columns else one,
        intensity_sum=events.intensity,
        intensity_events=events.intensity.notnull().cast("int64"),
    )
