"""The balance of cooperation and conflict: counts and intensities per period and quadrant."""

from __future__ import annotations

from typing import Final, Literal, cast

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError
from verbale.measures.selection import actual, event_ids, needs

Period = Literal["month", "year", "decade", "century"]

# For each period, the precisions of date that place an event in one of them: "in 1946" belongs to no month.
PERIODS: Final[dict[str, tuple[str, ...]]] = {
    "month": ("day", "month"),
    "year": ("day", "month", "year"),
    "decade": ("day", "month", "year", "decade"),
    "century": ("day", "month", "year", "decade", "century"),
}


def balance(events: ir.Table, *, period: str = "year") -> ir.Table:
    """Count actual events and sum their intensity per period and quadrant.

    One row per period and quadrant that occurs, in order of time: `period` (text: "1946-03", "1946", "1940s", "1900-1999"),
    `period_start` (date), `quad`, `side` (cooperation or conflict), `events`, `intensity` (sum on the Goldstein scale),
    `event_ids`. An event of several years counts once, where it began. Events without a date, or with one too coarse for the
    period ("the 1940s" by year), stand in rows whose `period` is null, so that the sum over all rows is the number of
    events. Raises `measure-period`.
    """
    needs(events, "event_id", "quad", "status", "intensity", "date_start", "date_precision")
    if period not in PERIODS:
        raise VerbaleError("measure-period", period=period, allowed=", ".join(PERIODS))
    counted = actual(events)
    precise = counted.date_precision.fill_null("day").isin(PERIODS[period]) & counted.date_start.notnull()
    start, label = _period_of(counted.date_start, cast(Period, period))
    placed = counted.mutate(
        period_start=ibis.ifelse(precise, start, ibis.null("date")),
        period=ibis.ifelse(precise, label, ibis.null("string")),
        side=ibis.ifelse(counted.quad.endswith("cooperation"), "cooperation", "conflict"),
    )
    return (
        placed.group_by("period", "period_start", "quad", "side")
        .aggregate(events=placed.count(), intensity=placed.intensity.sum(), event_ids=event_ids(placed))
        .order_by(ibis.asc("period_start", nulls_first=False), "quad")
    )


def fitting_period(first_year: int, last_year: int) -> Period:
    """Choose the period that shows a span of years in a readable number of bars, at most about sixty.

    Up to two years by month, up to sixty by year, longer by decade: beyond sixty bars, one is under five pixels wide on a
    phone of 360, too thin to point at.

    >>> fitting_period(1946, 1947), fitting_period(1941, 1991), fitting_period(1804, 2025)
    ('month', 'year', 'decade')
    """
    years = last_year - first_year + 1
    if years <= 2:
        return "month"
    return "year" if years <= 60 else "decade"


def _period_of(date: ir.DateValue, period: Period) -> tuple[ir.DateValue, ir.StringValue]:
    """Return the first day of the period that a date lies in, and the period's name."""
    year = date.year()
    if period == "month":
        return ibis.date(year, date.month(), 1), date.strftime("%Y-%m")
    if period == "year":
        return ibis.date(year, 1, 1), year.cast("string")
    length = 10 if period == "decade" else 100
    first = (year - year % length).cast("int32")
    name = first.cast("string") + "s" if period == "decade" else first.cast("string") + "-" + (first + 99).cast("string")
    return ibis.date(first, 1, 1), name
