"""Plain English for a reader: dates as precise as they are known, types of act, actors, and sentences about counts."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Any, Final

from markupsafe import Markup, escape

from verbale.core import SECTORS, Actor, Amendment, Event, EventDate, Quadrant, Status
from verbale.core.wording import TYPE_WORDS, count, with_article

__all__ = [
    "COLLECTIVE",
    "QUADRANT_ORDER",
    "STATUS_WORDS",
    "TYPE_WORDS",
    "actor_words",
    "amendment_words",
    "arrow",
    "date_bounds",
    "date_words",
    "none_words",
    "unbroken",
    "with_article",
]
# The code that organisations without one of their own share: each is called by the words of its text.
COLLECTIVE: Final = "OTH"
STATUS_WORDS: Final[dict[Status, str]] = {
    "actual": "happened",
    "denied": "denied",
    "intended": "intended",
    "hypothetical": "hypothetical",
    "omitted": "left undone",
}
# From doing together to fighting: the order in which quadrants stand everywhere on the page.
QUADRANT_ORDER: Final[tuple[Quadrant, ...]] = (
    "material cooperation",
    "verbal cooperation",
    "verbal conflict",
    "material conflict",
)
_MONTHS = ("", *calendar.month_name[1:])
_SHORT_MONTHS = ("", *calendar.month_abbr[1:])


def date_words(date: EventDate | None) -> str:
    """Return a date as precisely as it is known: "12 Mar 1946", "March 1946", "1946", "1990s", "19th century", "1804–1813".

    >>> date_words(EventDate(datetime.date(1946, 3, 1), None, "month"))
    'March 1946'
    """
    if date is None:
        return "no date"
    start = _day_words(date.start, date.precision)
    if date.end is None:
        return start
    end = _day_words(date.end, date.precision)
    if end == start:
        return start
    if date.precision == "year":
        return f"{start}–{end}"
    if date.precision == "month" and date.start.year == date.end.year:
        return f"{_MONTHS[date.start.month]}–{end}"
    return f"{start} – {end}"


def _day_words(day: datetime.date, precision: str) -> str:
    if precision == "day":
        return f"{day.day} {_SHORT_MONTHS[day.month]} {day.year}"
    if precision == "month":
        return f"{_MONTHS[day.month]} {day.year}"
    if precision == "decade":
        return f"{day.year // 10 * 10}s"
    if precision == "century":
        return f"{_ordinal(day.year // 100 + 1)} century"
    return str(day.year)


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def date_bounds(date: EventDate) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day on which the event can lie, precision and span taken together."""
    return date.start, _last_day(date.end or date.start, date.precision)


def _last_day(day: datetime.date, precision: str) -> datetime.date:
    if precision == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision == "day":
        return day
    length = {"decade": 10, "century": 100}.get(precision, 1)
    return datetime.date(min(day.year - day.year % length + length - 1, datetime.MAXYEAR), 12, 31)


def actor_words(actor: Actor, names: dict[str, str]) -> str:
    """Return what an actor was called at that date (Soviet Union, not Russia), with its sector where that says more."""
    named = actor.entity or (actor.text if actor.code == COLLECTIVE else "")
    name = named or names.get(actor.code) or actor.text or actor.code
    sector = SECTORS.get(actor.sector, actor.sector)
    # That a government or its executive acts goes without saying between states.
    return f"{name} ({sector})" if sector and actor.sector != "GOV" else name


def amendment_words(amendment: Amendment) -> str:
    """Return a correction by hand in a sentence: what was changed, by whom, when, and why."""
    if amendment.kind == "change":
        before, after = amendment.before or {}, amendment.after or {}
        told = [f"{name.replace('_', ' ')} {_value(before.get(name))} → {_value(after[name])}" for name in after]
        what = f"changed ({', '.join(told)})"
    else:
        what = "added" if amendment.kind == "add" else "withdrawn"
    return f"{what} by {amendment.author}, {_day_words(amendment.made.date(), 'day')}: {amendment.reason}"


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    return "none" if value in (None, "") else str(value)


def arrow(event: Event) -> str:
    """Return the sign between two actors: both ways for a mutual act."""
    return "↔" if event.mutual else "→"


# Dates by day or month, spans of years, and pairs of actors, which no line should break.
_WHOLE: Final = re.compile(r"(?<![\w-])(?:\d{4}(?:-\d{2,4})+|[A-Z]{3}(?:-[A-Z]{3})+)(?![\w-])")


def unbroken(text: str) -> Markup:
    """Return a text as markup in which dates and pairs of actors stay in one line.

    >>> str(unbroken("USA-RUS: promised 1949-04-04"))
    '<span class="whole">USA-RUS</span>: promised <span class="whole">1949-04-04</span>'
    """
    return Markup(_WHOLE.sub(r'<span class="whole">\g<0></span>', str(escape(text))))  # noqa: S704 - escaped before


def none_words(label: str, others: int, place: str) -> str:
    """Say that nothing stands behind a number, and how many other acts there are where it is told.

    >>> none_words("Balance, 1950s, conflict", 1, "of the same decade")
    'Nothing is behind “Balance, 1950s, conflict”: no event of this kind is held. Listed: 1 other act of the same decade.'
    """
    told = f"Nothing is behind “{label}”: no event of this kind is held."
    return f"{told} Listed: {count(others, 'other act')} {place}." if others else told
