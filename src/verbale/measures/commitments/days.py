"""Dates as what is known of them: a first and a last day between which something happened, and the days between two such."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import Final

_COARSE: Final = {"decade": 10, "century": 100}


@dataclass(frozen=True, slots=True, order=True)
class When:
    """Something happened on a day from `first` to `last`, both included; `precision` is that of the source."""

    first: datetime.date
    last: datetime.date
    precision: str

    @classmethod
    def year(cls, year: int, last: int | None = None) -> When:
        """Return a year, or a span of years."""
        return cls(datetime.date(year, 1, 1), datetime.date(last or year, 12, 31), "year")


def of_event(start: datetime.date | None, end: datetime.date | None, precision: str | None) -> When | None:
    """Return when a coded act happened: the days that its precision leaves open, to the end of a span.

    A span's end is written as the first day of the unit that it names: "until 2010" is known to the year, whatever the
    precision of the start.
    """
    if start is None:
        return None
    kind = precision or "day"
    if end is None:
        return When(start, _last(start, kind), kind)
    unit = kind if kind in ("day", "month") else "year"
    ends = _last(end, unit) if end.day == 1 and (unit == "month" or end.month == 1) else end
    return When(start, max(ends, start), kind)


def of_text(date: str) -> When:
    """Return what a date written YYYY, YYYY-MM or YYYY-MM-DD leaves open.

    >>> of_text("1828-02").last
    datetime.date(1828, 2, 29)
    """
    precision = ("year", "month", "day")[date.count("-")]
    first = datetime.date.fromisoformat((date + "-01-01")[:10])
    return When(first, _last(first, precision), precision)


def _last(day: datetime.date, precision: str) -> datetime.date:
    if precision == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision in ("year", *_COARSE):
        return datetime.date(min(day.year + _COARSE.get(precision, 1) - 1, 9999), 12, 31)
    return day


def days_between(start: When, end: When) -> tuple[int, int]:
    """Return the least and the most days from one to the other, given what is known of both; never less than none.

    >>> days_between(When.year(2007), When.year(2010))
    (732, 1460)
    """
    return max((end.first - start.last).days, 0), max((end.last - start.first).days, 0)


def coarser(*precisions: str) -> str:
    """Return the coarsest of some precisions."""
    order = ("day", "month", "year", "decade", "century")
    return max(precisions, key=order.index)
