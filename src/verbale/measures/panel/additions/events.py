"""Coded events in a panel: how many acts of one state towards the other, of what kind, and how intense."""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.measures.balance import PERIODS
from verbale.measures.panel.core import DYADIC, LEDGER, Addition, Panel
from verbale.measures.panel.joining import within
from verbale.measures.panel.variables import PanelRecord, Variable
from verbale.measures.selection import needs

EVENT_TABLES: Final = (LEDGER, "gdelt-events", "icews-events", "polecat-events", "phoenix-events", "ged-events")
_QUADS: Final = {
    "vercoop": "verbal cooperation",
    "matcoop": "material cooperation",
    "verconf": "verbal conflict",
    "matconf": "material conflict",
}
_GOLDSTEIN: Final = "Goldstein scale, -10 to 10"
_DIRECTIONS: Final = {"12": "of state 1 towards state 2", "21": "of state 2 towards state 1"}


def _variables() -> tuple[Variable, ...]:
    found = []
    for ending, direction in _DIRECTIONS.items():
        found += [Variable(f"events{ending}", f"acts {direction}", "events")]
        found += [Variable(f"{name}{ending}", f"acts of {quad} {direction}", "events") for name, quad in _QUADS.items()]
        found += [
            Variable(f"intensity_sum{ending}", f"sum of the intensity of acts {direction}", _GOLDSTEIN),
            Variable(f"intensity_mean{ending}", f"mean intensity of acts {direction}", _GOLDSTEIN),
        ]
    return (*found, Variable("events_mutual", "acts of both together, which count in both directions", "events"))


def directed_sums(events: ir.Table, times: tuple[str, ...]) -> ir.Table:
    """Count the actual events of each acting and receiving party in each year or month, by quadrant, and sum their intensity.

    Columns `source`, `target`, the times, `events`, `vercoop`, `matcoop`, `verconf`, `matconf`, `intensity_sum`,
    `intensity_mean`, `mutual`. A mutual act counts for both parties; an act of several years where it began; one whose date is
    too coarse for the period ("the 1940s") does not count.
    """
    needs(events, "source", "target", "quad", "intensity", "date_start")
    has = set(events.columns)
    counted = events.filter(events.source != events.target, events.date_start.notnull())
    if "status" in has:
        counted = counted.filter(counted.status == "actual")
    if "date_precision" in has:
        counted = counted.filter(counted.date_precision.fill_null("day").isin(PERIODS[times[-1]]))
    slim = counted.select(
        "source",
        "target",
        "quad",
        "intensity",
        year=counted.date_start.year().cast("int16"),
        **({"month": counted.date_start.month().cast("int16")} if "month" in times else {}),
        mutual=counted.mutual.fill_null(False) if "mutual" in has else ibis.literal(False),
    )
    turned = slim.filter(slim.mutual).mutate(source=ibis._.target, target=ibis._.source)
    both = slim.union(turned, distinct=False)
    return both.group_by("source", "target", *times).aggregate(
        events=both.count().cast("int32"),
        **{name: (both.quad == quad).sum().cast("int32") for name, quad in _QUADS.items()},
        intensity_sum=both.intensity.sum(),
        intensity_mean=both.intensity.mean(),
        mutual=both.mutual.cast("int32").sum().cast("int32"),
    )


def _events(panel: Panel, record: PanelRecord) -> Panel:
    sums = directed_sums(record.table, panel.times)
    values = [name for name in sums.columns if name not in ("source", "target", *panel.times)]
    wide = panel.table
    for ending in _DIRECTIONS:
        found = sums.rename({f"{name}_found{ending}": name for name in sums.columns})
        one, two = ending[0], ending[1]
        tests = [wide[f"code{one}"] == found[f"source_found{ending}"], wide[f"code{two}"] == found[f"target_found{ending}"]]
        tests += [wide[name] == found[f"{name}_found{ending}"].cast(wide[name].type()) for name in panel.times]
        wide = wide.left_join(found, tests)
        known = within(record, wide.year)
        for name in values:
            value = wide[f"{name}_found{ending}"]
            # a mean of no acts is not known; a number of acts that nobody recorded is none
            none = known & value.isnull() if name != "intensity_mean" else ibis.literal(False)
            wide = wide.mutate(**{f"{name}{ending}": ibis.ifelse(none, 0, value).cast(value.type())})
    wide = wide.mutate(**{"events_mutual": wide["mutual12"]})
    return panel.widened(wide, [one.drawn_from(record) for one in _VARIABLES])


_VARIABLES: Final = _variables()
EVENTS: Final = Addition(
    name="events",
    title="coded events of a ledger or an event dataset, in each direction",
    units=DYADIC,
    needs=dict.fromkeys(("cow", "gw"), (EVENT_TABLES,)),
    variables=_VARIABLES,
    join=_events,
    note="Joined by our codes. Only what happened counts, on its first day; within the years of the source no event is 0, and "
    "the mean of no event NULL. All acts between the two are events12 + events21 - events_mutual.",
)
ADDITIONS: Final = (EVENTS,)
