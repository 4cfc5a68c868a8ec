"""Turns the date that a model gives an act into ours, no more precise than the passage and the story before it tell."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as day_of
from typing import TYPE_CHECKING, Final

from verbale.coding.dates.calendars import gregorian, last_day, span
from verbale.coding.dates.words import MONTHS
from verbale.core import EventDate

if TYPE_CHECKING:
    from verbale.coding.llm.passages import Passage

_ISO: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DECADE: Final = re.compile(r"(\d{3}0)s", re.ASCII)
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_DAY: Final = re.compile(r"(?<!\d)\d{1,2}(?!\d)", re.ASCII)
_WORD: Final = re.compile(r"[a-z]+")


def read_date(text: str) -> EventDate | None:
    """Return the date of `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `1950s`, or two of the first three with `/` between; None for others.

    >>> read_date("1956-10/1956-11").iso_end(), read_date("1956-02-30")
    ('1956-11', None)
    """
    first, slash, last = text.strip().partition("/")
    start = _single(first)
    if not slash or start is None:
        return start
    end = _single(last)
    if end is None or "decade" in (start.precision, end.precision):
        return None
    return start if end.start == start.start else span(start, end)


def _single(text: str) -> EventDate | None:
    decade = _DECADE.fullmatch(text.strip())
    if decade:
        return _of(int(decade[1]), None, None, decade=True)
    iso = _ISO.fullmatch(text.strip())
    return _of(*(int(part) if part else None for part in iso.groups())) if iso else None


def _of(year: int | None, month: int | None, day: int | None, *, decade: bool = False) -> EventDate | None:
    found = gregorian(year, month, day) if year else None
    return replace(found, precision="decade") if found and decade else found


class Told:
    """What a passage tells of dates: its own, those that our rules complete, and the ones that it inherits."""

    def __init__(self, passage: Passage) -> None:
        """Gather years, months and days."""
        known = [date for dates in passage.dates for date in dates]
        known += [date for date in (passage.story, passage.document) if date]
        self._spans = [(date.start, last_day(date)) for date in known]
        self._ends = {end for date in known for end in (date.start, last_day(date)) if date.precision == "day"}
        self._years = {int(year) for year in _YEAR.findall(passage.text)}
        words = set(_WORD.findall(passage.text.lower()))
        self._months = {number for name, number in MONTHS.items() if name in words}
        self._months |= {
            end.month for date in known for end in (date.start, last_day(date)) if date.precision in ("day", "month")
        }
        self._days = {int(day) for day in _DAY.findall(passage.text)}

    def cut(self, date: EventDate) -> EventDate | None:
        """Return the date as precise as it is told; None where its year is not told at all.

        A span whose end is not told loses it, as the start counts.
        """
        if not self._year(date.start):
            return None
        end = date.end if date.end and self._year(date.end) else None
        exact = date.start in self._ends
        if date.precision == "day" and not exact and date.start.day not in self._days:
            date = replace(date, start=date.start.replace(day=1), precision="month")
        if date.precision in ("day", "month") and not exact and date.start.month not in self._months:
            date = replace(date, start=date.start.replace(month=1, day=1), precision="year")
        return replace(date, end=end)

    def _year(self, moment: day_of) -> bool:
        return moment.year in self._years or any(start.year <= moment.year <= end.year for start, end in self._spans)
