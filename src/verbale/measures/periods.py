"""Periods of time: units of the calendar and named spans, and which of them an event belongs to."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError
from verbale.measures.selection import needs

Period = Literal["day", "week", "month", "quarter", "year", "decade", "century"]

# For each period, the precisions of date that place an event in one of them: "in 1946" belongs to no month.
PERIODS: Final[dict[str, tuple[str, ...]]] = {
    "day": ("day",),
    "week": ("day",),
    "month": ("day", "month"),
    "quarter": ("day", "month"),
    "year": ("day", "month", "year"),
    "decade": ("day", "month", "year", "decade"),
    "century": ("day", "month", "year", "decade", "century"),
}
# Months from the first day of a date to the first day after all that its precision leaves open.
_MONTHS: Final = {"month": 1, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Span:
    """A named stretch of time, both days included, as "Soviet Union, 1922-12-30 to 1991-12-25"."""

    name: str
    first: datetime.date
    last: datetime.date


def check_period(period: str) -> Period:
    """Return the period. Raises `measure-period`."""
    if period not in PERIODS:
        raise VerbaleError("measure-period", period=period, allowed=", ".join(PERIODS))
    return cast(Period, period)


def placed(events: ir.Table, *, period: str = "year", spans: Sequence[Span] | None = None) -> ir.Table:
    """Add the period that each event belongs to: `period` (text) and `period_start` (date), null where it belongs to none.

    An event of several days belongs where it began. Of named `spans` it belongs to the first one that holds every day on which
    it can have begun: "in 1917" belongs neither to the Russian Empire nor to what followed. Raises `measure-period`.
    """
    needs(events, "date_start", "date_precision")
    if spans is not None:
        return _placed_in_spans(events, spans)
    unit = check_period(period)
    precise = events.date_precision.fill_null("day").isin(PERIODS[unit]) & events.date_start.notnull()
    start, label = _period_of(events.date_start, unit)
    return events.mutate(
        period_start=ibis.ifelse(precise, start, ibis.null("date")),
        period=ibis.ifelse(precise, label, ibis.null("string")),
    )


def _placed_in_spans(events: ir.Table, spans: Sequence[Span]) -> ir.Table:
    first = events.date_start
    open_end = [
        (events.date_precision == precision, (first + ibis.interval(months=months) - ibis.interval(days=1)).cast("date"))
        for precision, months in _MONTHS.items()
    ]
    last = ibis.cases(*open_end, else_=first)
    inside = [(first >= ibis.literal(span.first)) & (last <= ibis.literal(span.last)) for span in spans]
    if not inside:
        return events.mutate(period=ibis.null("string"), period_start=ibis.null("date"))
    names = ibis.cases(*zip(inside, (ibis.literal(span.name) for span in spans), strict=True), else_=ibis.null("string"))
    starts = ibis.cases(*zip(inside, (ibis.literal(span.first) for span in spans), strict=True), else_=ibis.null("date"))
    return events.mutate(period=names, period_start=starts)


def _period_of(date: ir.DateValue, period: Period) -> tuple[ir.DateValue, ir.StringValue]:
    """Return the first day of the period that a date lies in, and the period's name."""
    year = date.year()
    if period == "day":
        return date, date.strftime("%Y-%m-%d")
    if period == "week":
        monday = date.truncate("W").cast("date")
        return monday, monday.strftime("%Y-%m-%d")
    if period == "month":
        return ibis.date(year, date.month(), 1), date.strftime("%Y-%m")
    if period == "quarter":
        quarter = date.quarter()
        return ibis.date(year, quarter * 3 - 2, 1), year.cast("string") + "-Q" + quarter.cast("string")
    if period == "year":
        return ibis.date(year, 1, 1), year.cast("string")
    length = 10 if period == "decade" else 100
    first = (year - year % length).cast("int32")
    name = first.cast("string") + "s" if period == "decade" else first.cast("string") + "-" + (first + 99).cast("string")
    return ibis.date(first, 1, 1), name


def every_start(first: datetime.date, last: datetime.date, *, period: str) -> list[datetime.date]:
    """Return the first days of all periods of a unit, from the one that begins on `first` to the one that begins on `last`.

    >>> [day.isoformat() for day in every_start(datetime.date(1946, 11, 1), datetime.date(1947, 1, 1), period="month")]
    ['1946-11-01', '1946-12-01', '1947-01-01']
    """
    if period in ("day", "week"):
        step = 1 if period == "day" else 7
        return [first + datetime.timedelta(days=days) for days in range(0, (last - first).days + 1, step)]
    step = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[check_period(period)]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month, step)
    return [datetime.date(month // 12, month % 12 + 1, 1) for month in months]


def label_of(start: datetime.date, *, period: str) -> str:
    """Return the name of the period of a unit that begins on a day, as `placed` writes it.

    >>> label_of(datetime.date(1946, 4, 1), period="quarter"), label_of(datetime.date(1940, 1, 1), period="decade")
    ('1946-Q2', '1940s')
    """
    if period in ("day", "week"):
        return start.isoformat()
    if period == "month":
        return f"{start.year}-{start.month:02d}"
    if period == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return {"year": f"{start.year}", "decade": f"{start.year}s", "century": f"{start.year}-{start.year + 99}"}[period]
