"""From year, month and day of a calendar to the Gregorian dates that the record keeps; what is no date gives None."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import replace

import hijridate
from convertdate import islamic, julian, persian

from verbale.coding.dates.words import SEASONS
from verbale.core import EventDate
from verbale.core.events import Calendar, Precision

# Solar and lunar Hijri years below these are left alone: 1000 is 1592 and 1621, long before any state system that we code,
# and smaller numbers with "AH" are rarely years of diplomacy.
HIJRI_YEARS = range(1000, 1501)
JULIAN_YEARS = range(1000, 2000)


def gregorian(year: int, month: int | None = None, day: int | None = None, *, text: str = "") -> EventDate | None:
    """Return the date as precise as its parts, or None for a day that no calendar has (30 February)."""
    if day is not None and month is None:
        return None
    precision: Precision = "day" if day is not None else "month" if month is not None else "year"
    try:
        return EventDate(datetime.date(year, month or 1, day or 1), None, precision, text)
    except ValueError:
        return None


def last_day(date: EventDate) -> datetime.date:
    """Return the last day that the date covers: its end, or the last day of its month, year, decade or century."""
    if date.end is not None:
        return date.end
    start = date.start
    if date.precision == "day":
        return start
    if date.precision == "month":
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    years = {"year": 1, "decade": 10, "century": 100}[date.precision]
    return datetime.date(min(start.year + years - 1, 9999), 12, 31)


def span(first: EventDate, last: EventDate, *, text: str = "") -> EventDate | None:
    """Join two dates to a span from the first day of one to the last day of the other; None where they run backwards.

    The precision is that of the start, because the start is when the event is dated.
    """
    end = last_day(last)
    if last.start < first.start or end <= first.start:
        return None
    return replace(first, end=end, text=text)


def season(name: str, year: int, *, text: str = "") -> EventDate:
    """Return a season as its three months: spring from March, summer June, autumn September, winter December of that year."""
    month = SEASONS[name]
    end_year, end_month = (year + 1, 2) if month == 12 else (year, month + 2)
    end = datetime.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    return EventDate(datetime.date(year, month, 1), end, "month", text)


def from_julian(year: int, month: int, day: int, *, text: str = "") -> EventDate | None:
    """Convert a Julian (Old Style) day to Gregorian; None where there is no such day."""
    if year not in JULIAN_YEARS or not 1 <= month <= 12 or not 1 <= day <= julian.month_length(year, month):
        return None
    return EventDate(datetime.date(*julian.to_gregorian(year, month, day)), None, "day", text, "julian")


def from_hijri(
    kind: Calendar, year: int, month: int | None = None, day: int | None = None, *, text: str = ""
) -> EventDate | None:
    """Convert a solar or lunar Hijri day, month or year; months and years become the span of days that they cover.

    Lunar dates from 1343 on follow the Umm al-Qura tables, earlier ones the arithmetic calendar (within a day of observation).
    """
    if year not in HIJRI_YEARS:
        return None
    try:
        start = _hijri_day(kind, year, month or 1, day or 1)
        if day is not None:
            return EventDate(start, None, "day", text, kind)
        after = _hijri_day(kind, year, month + 1, 1) if month and month < 12 else _hijri_day(kind, year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None
    return EventDate(start, after - datetime.timedelta(days=1), "month" if month else "year", text, kind)


def _hijri_day(kind: Calendar, year: int, month: int, day: int) -> datetime.date:
    if kind == "solar_hijri":
        if day > persian.month_length(year, month):
            raise ValueError(day)
        return datetime.date(*persian.to_gregorian(year, month, day))
    if 1343 <= year <= 1500:
        return datetime.date(*hijridate.Hijri(year, month, day).to_gregorian().datetuple())
    if day > islamic.month_length(year, month):
        raise ValueError(day)
    return datetime.date(*islamic.to_gregorian(year, month, day))
