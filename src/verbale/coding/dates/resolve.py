"""Completes an incomplete date from an anchor: what "the 17th", "in March", "two days later" and "last Tuesday" come to.

The rules, each with its reason:

- a day alone is in the anchor's month; more than half a month back means the next month, because narratives move forward
- a month is in the anchor's year; eight or more months back means the next year (November, then March), and six or more ahead
  in a sentence with "had" the year before (a look back)
- where the narrative's frame ("lasted from 12 June 1883 to 9 February 1884") holds only one such month, it is that one
- nothing is later than the document unless the sentence speaks of the future
- in news a month or weekday is the last one up to the document's date, or the next one where the sentence speaks of the future
- a day alone, "two days later" and "the next month" look past years that stand between ("the treaty expired in 1957") to the
  last date that named a month
- a result is never more precise than its anchor: "two days later" after "in May" is May
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from verbale.coding.dates.calendars import gregorian, last_day, season, span
from verbale.coding.dates.mention import Need
from verbale.coding.dates.words import SEASONS
from verbale.core import EventDate

_DAY = datetime.timedelta(days=1)
_FINE = ("day", "month")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an incomplete date is completed from.

    `date` is the narrative's current date or the document's; `precise` the last one that named a month; `frame` the span that
    the narrative said it covers; `limit` the document's date, after which nothing that has happened lies. `news` reads back
    from the document's date; `future` and `past_perfect` say how the sentence speaks.
    """

    date: EventDate
    precise: EventDate | None = None
    frame: EventDate | None = None
    limit: EventDate | None = None
    news: bool = False
    future: bool = False
    past_perfect: bool = False


def complete(need: Need, anchor: Anchor) -> EventDate | None:
    """Return the date that `need` comes to, or None where the anchor is too coarse to tell; calendar and text stay plain."""
    if need.fixed is not None:
        return _shifted(replace(need, fixed=None), need.fixed)
    if need.onto is not None:
        base = complete(need.onto, anchor)
        return _shifted(need, base) if base else None
    try:
        if need.calendar_part:
            date = _calendar_part(need, anchor)
        elif need.unit == "weekday":
            date = _weekday(need, anchor)
        else:
            fine = anchor.date.precision in _FINE or need.unit not in ("day", "week", "month")
            date = _shifted(need, anchor.date if fine else anchor.precise or anchor.date)
    except (ValueError, OverflowError):
        return None
    return date


def _calendar_part(need: Need, anchor: Anchor) -> EventDate | None:
    date = _part(need, anchor)
    if date is None or need.to is None:
        return date
    end_anchor = replace(anchor, date=date, precise=date, news=False, past_perfect=False, limit=None)
    end = _part(need.to, end_anchor)
    if end is not None and end.start < date.start:
        end = gregorian(end.start.year + 1, need.to.month, need.to.day) if need.to.month else None
    return (span(date, end) if end else None) or date


def _part(need: Need, anchor: Anchor) -> EventDate | None:
    if need.season:
        return _season(need, anchor)
    if need.month is not None:
        return _month(need, need.month, anchor)
    return _day(need, anchor)


def _year_of(anchor: Anchor) -> EventDate | None:
    """Return the anchor if it tells one year, else the last date that named a month."""
    date = anchor.date
    if date.precision in ("decade", "century") or (date.precision == "year" and last_day(date).year != date.start.year):
        return anchor.precise
    return date


def _month(need: Need, month: int, anchor: Anchor) -> EventDate | None:
    base = _year_of(anchor)
    if base is None:
        return None
    year = base.start.year
    if need.year_shift is not None:
        return gregorian(year + need.year_shift, month, need.day)
    if need.amount:
        here = base.start.month if base.precision in _FINE else (12 if need.amount > 0 else 1)
        turned = month <= here if need.amount > 0 else month >= here
        return gregorian(year + need.amount * turned, month, need.day)
    if anchor.news:
        return _news_month(month, need.day, anchor, base)
    return _narrative_month(month, need.day, anchor, base)


def _news_month(month: int, day: int | None, anchor: Anchor, base: EventDate) -> EventDate | None:
    """Return the last such day or month up to the document's date; where the sentence speaks of the future, the next one."""
    today = last_day(base)
    order = (0, 1, 2, 3, 4) if anchor.future else (0, -1, -2, -3, -4)
    for shift in order:  # 29 February can be four years away
        date = gregorian(today.year + shift, month, day)
        if date and ((last_day(date) >= base.start) if anchor.future else (date.start <= today)):
            return date
    return None


def _narrative_month(month: int, day: int | None, anchor: Anchor, base: EventDate) -> EventDate | None:
    year = base.start.year
    candidates = [date for date in (gregorian(year + shift, month, day) for shift in (-1, 0, 1)) if date]
    frame = anchor.frame
    if frame and frame.start <= base.start <= last_day(frame):
        framed = [date for date in candidates if last_day(date) >= frame.start and date.start <= last_day(frame)]
        if len(framed) == 1:
            return framed[0]
    shift = 0
    if base.precision in _FINE:
        gap = month - base.start.month
        # Thresholds: see the module's docstring.
        shift = 1 if gap <= -8 and not anchor.past_perfect else -1 if gap >= 6 and anchor.past_perfect else 0
    date = gregorian(year + shift, month, day)
    if date and anchor.limit and date.start > last_day(anchor.limit) and not anchor.future:
        date = gregorian(year + shift - 1, month, day)
    return date


def _day(need: Need, anchor: Anchor) -> EventDate | None:
    base = anchor.date if anchor.date.precision in _FINE else anchor.precise or anchor.date
    if need.day is None or base.precision not in _FINE:
        # The year is all that is known of "the 17th" then.
        return EventDate(base.start, None, "year") if base.precision == "year" and not base.end else None
    year, month = base.start.year, base.start.month
    if anchor.news:
        back = need.day > base.start.day and not anchor.future and base.precision == "day"
        return _valid_day(year, month - back, need.day, step=-1 if back else 1)
    # Half a month back means the month after: "on the 30th ... on the 2nd".
    on = base.precision == "day" and base.start.day - need.day > 15 and not anchor.past_perfect
    return _valid_day(year, month + on, need.day, step=1)


def _valid_day(year: int, month: int, day: int, *, step: int) -> EventDate | None:
    """Return the day of that month, or of the nearest month in the direction of `step` that has such a day."""
    for _ in range(3):
        turned, zero_based = divmod(month - 1, 12)
        date = gregorian(year + turned, zero_based + 1, day)
        if date:
            return date
        month += step
    return None


def _season(need: Need, anchor: Anchor) -> EventDate | None:
    base = _year_of(anchor)
    if base is None:
        return None
    year = base.start.year
    if need.amount:
        month = SEASONS[need.season]
        if need.amount > 0:
            year += (base.precision in _FINE and month <= base.start.month) or base.precision == "year"
        else:
            year -= month >= base.start.month or base.precision == "year"
    elif anchor.news and need.year_shift is None and not anchor.future and season(need.season, year).start > last_day(base):
        year -= 1
    return season(need.season, year)


def _weekday(need: Need, anchor: Anchor) -> EventDate | None:
    base = anchor.date
    if base.precision != "day" or need.weekday is None:
        return None
    start = base.start
    ahead = (need.weekday - start.weekday()) % 7
    behind = (start.weekday() - need.weekday) % 7
    if need.amount == 1:
        days = ahead or 7
    elif need.amount == -1:
        days = -(behind or 7)
    elif anchor.news:
        days = (ahead or 7) if anchor.future else -behind
    else:
        days = ahead
    return EventDate(start + datetime.timedelta(days=days))


def _shifted(need: Need, anchor: EventDate) -> EventDate | None:
    """Move the anchor by the need's units, no more precise than the anchor was."""
    if need.amount is None:
        return _some(need, anchor)
    if anchor.precision in ("decade", "century") and not (need.unit == "decade" and anchor.precision == "decade"):
        return EventDate(anchor.start, anchor.end, anchor.precision) if need.amount == 0 else None
    amount, start = need.amount, anchor.start
    if amount > 0 and anchor.end is not None and anchor.precision == "day":
        start = anchor.end  # "two days after" a span counts from its end
    if need.unit == "decade":
        decade = need.whole or anchor.precision == "decade"
        year = start.year + 10 * amount
        return EventDate(datetime.date(year - year % 10 if decade else year, 1, 1), None, "decade" if decade else "year")
    if need.unit == "year":
        return EventDate(datetime.date(start.year + amount, 1, 1), None, "year")
    if anchor.precision == "year":
        return EventDate(anchor.start, anchor.end, "year")
    if need.unit == "month":
        years, month = divmod(start.month - 1 + amount, 12)
        return EventDate(datetime.date(start.year + years, month + 1, 1), None, "month")
    if anchor.precision == "month":
        return EventDate(anchor.start, anchor.end, "month")
    if need.unit == "week" and need.whole:
        monday = start - start.weekday() * _DAY + 7 * amount * _DAY
        return EventDate(monday, monday + 6 * _DAY, "day")
    days = amount * (7 if need.unit == "week" else 1)
    if days == 0:
        return EventDate(anchor.start, anchor.end, "day")
    return EventDate(start + days * _DAY, None, "day")


def _some(need: Need, anchor: EventDate) -> EventDate | None:
    """Return what "a few days later" still tells: the month for days, the year for weeks and months, nothing for years."""
    if need.unit == "day" and anchor.precision in _FINE:
        return EventDate(anchor.start.replace(day=1), None, "month")
    if need.unit in ("day", "week", "month") and anchor.precision not in ("decade", "century"):
        return EventDate(anchor.start.replace(month=1, day=1), None, "year")
    return None


def parse_iso(value: str | None) -> EventDate | None:
    """Read a document's own date, ISO `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (a time after it is ignored); None where it is none."""
    parts = (value or "").strip()[:10].split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3 or len(parts[0]) != 4:
        return None
    numbers = [int(part) for part in parts]
    if numbers[0] < 1:
        return None
    return gregorian(*numbers, text=value or "")
