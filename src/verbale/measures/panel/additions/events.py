"""Coded events in a panel: how many acts of one state towards the other, of what kind, and how intense."""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.core.ontology import QUADRANTS
from verbale.measures.event_panel import MONTHS, dyad_sums
from verbale.measures.panel.core import DYADIC, LEDGER, Addition, Panel
from verbale.measures.panel.joining import within
from verbale.measures.panel.variables import PanelRecord, Variable

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

    The events come one by one or counted by day, as in `event_panel`, whose sums these are. Columns `source`, `target`, the
    times, `events`, `vercoop`, `matcoop`, `verconf`, `matconf`, `intensity_sum`, `intensity_mean`, `mutual`. A mutual act
    counts for both parties; an act of several years where it began; one whose date is too coarse for the period ("the 1940s")
    does not count.
    """
    sums = dyad_sums(events, period=times[-1])
    year = sums.number // MONTHS if "month" in times else sums.number
    month = {"month": (sums.number % MONTHS + 1).cast("int16")} if "month" in times else {}
    timed = sums.mutate(year=year.cast("int16"), **month)
    kinds = {quad: [kind for kind, its in QUADRANTS.items() if its == quad] for quad in _QUADS.values()}
    of_quad = {name: timed.type.isin(kinds[quad]).fill_null(False) for name, quad in _QUADS.items()}
    return timed.group_by("source", "target", *times).aggregate(
        events=timed.events.sum().cast("int32"),
        **{name: ibis.ifelse(there, timed.events, 0).sum().cast("int32") for name, there in of_quad.items()},
        intensity_sum=timed.intensity_sum.sum(),
        intensity_mean=timed.intensity_sum.sum() / timed.intensity_events.sum().nullif(0),
        mutual=ibis.ifelse(timed.mutual, timed.events, 0).sum().cast("int32"),
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
