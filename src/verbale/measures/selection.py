"""Choosing events: by pair of states, years and status; and the events behind any row of a result."""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError
from verbale.core.ontology import STATUSES
from verbale.vocab import COLLECTIVE

# How many years a date of this precision may lie after the first day that is written for it.
_YEARS_OF_PRECISION = {"decade": 9, "century": 99}


def restrict(
    events: ir.Table,
    *,
    dyad: tuple[str, str] | None = None,
    years: tuple[int, int] | None = None,
    statuses: Iterable[str] | None = None,
) -> ir.Table:
    """Keep the events between two actors (either direction), in a span of years (both included), of some statuses.

    An event belongs to the years that it touches: one of 1804-1813 is kept by `years=(1810, 1820)`, one of "the 1990s" by
    `(1995, 1996)`. With `years`, events without a date are left out. Raises `measure-dyad`, `measure-years`, `measure-status`.
    """
    needs(events, "source", "target", "status", "date_start", "date_end", "date_precision")
    if dyad is not None:
        if len(dyad) != 2 or not all(dyad) or dyad[0] == dyad[1]:
            raise VerbaleError("measure-dyad", dyad="-".join(dyad))
        events = events.filter(events.source.isin(dyad), events.target.isin(dyad), events.source != events.target)
    if years is not None:
        first, last = years
        if first > last:
            raise VerbaleError("measure-years", first=first, last=last)
        events = events.filter(events.date_start.year() <= last, last_year(events) >= first)
    if statuses is not None:
        wanted = list(statuses)
        unknown = sorted(set(wanted) - set(STATUSES))
        if unknown:
            raise VerbaleError("measure-status", status=", ".join(unknown), allowed=", ".join(STATUSES))
        events = events.filter(events.status.isin(wanted))
    return events


def actual(events: ir.Table) -> ir.Table:
    """Keep the events that the text says happened."""
    return events.filter(events.status == "actual")


def single(actor: ir.StringValue) -> ir.BooleanValue:
    """Tell whether a code names one actor: not where a party is not told, or is one of many organisations."""
    return actor.notnull() & ~actor.isin(["", COLLECTIVE])


def last_year(events: ir.Table) -> ir.IntegerValue:
    """Return the last year in which each event can lie: of its end, or of the stretch that its precision leaves open."""
    spare = ibis.cases(*((events.date_precision == name, years) for name, years in _YEARS_OF_PRECISION.items()), else_=0)
    return ibis.coalesce(events.date_end.year(), events.date_start.year() + spare)


def evidence(events: ir.Table, result: ir.Table) -> ir.Table:
    """Return the events that the rows of a measure's result were computed from, each once."""
    needs(events, "event_id")
    needs(result, "event_ids")
    used = result.select(event_id=result.event_ids.unnest()).distinct()
    return events.semi_join(used, "event_id")


def event_ids(events: ir.Table) -> ir.ArrayValue:
    """Return the aggregate that every measure carries: the ids of the events of a group, in order.

    Of joined events these are the ids of all their mentions, each of which has words of its own to lead to.
    """
    if "event_ids" in events.columns:
        return events.event_ids.collect().flatten().sort()
    return events.event_id.collect().sort()


def needs(table: ir.Table, *columns: str) -> None:
    """Raise `measure-columns` if a table lacks columns that a measure reads."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise VerbaleError("measure-columns", missing=", ".join(missing), columns=", ".join(table.columns))
