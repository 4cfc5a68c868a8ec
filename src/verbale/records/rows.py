"""A row of an official file, which knows where it stands, checks its own fields, and steps to our codes and dates."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from verbale.core import VerbaleError
from verbale.vocab.cow import StateNumbers, cow_numbers

# Correlates of War files write -9 for unknown, -8 for not applicable and -7 for going on; others leave the field empty, and
# what has been through R says NA.
MISSING: Final = frozenset({"", "-9", "-8", "-7", "NA"})
# Whole numbers, also as R and pandas print them once a column held a missing value: 1946.0.
# A field can hold a page; the sentence about it fits a screen.
LONGEST_REASON: Final = 240
_MIDNIGHT: Final = re.compile(r"[T ]00:00:00(\.0+)?$")
_NUMBER: Final = re.compile(r"-?(?:[0-9]{1,30}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?")
_WHOLE: Final = re.compile(r"-?[0-9]{1,18}(?:\.0+)?")


@functools.lru_cache(maxsize=65_536)  # files repeat years, numbers of states and flags a million times
def _whole(text: str) -> int | None:
    return int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, and how precisely the source tells them: day, month or year, whichever of the two is vaguer."""

    start: datetime.date
    end: datetime.date | None
    precision: str


@dataclass(slots=True)  # not frozen: a frozen one takes three times as long to make, and there are millions
class Row:
    """A row of an official file: the file, the line, and the fields by official column name."""

    path: str
    line: int
    values: Mapping[str, str]

    def fail(self, reason: str) -> VerbaleError:
        """Return the error that this row cannot be used, for the caller to raise."""
        shown = reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]} ..."
        return VerbaleError("record-row", path=self.path, line=self.line, reason=shown)

    def text(self, field: str) -> str:
        """Return a field's text without blanks around it; empty for a column that this edition lacks."""
        return self.values.get(field, "").strip()

    def words(self, field: str) -> str | None:
        """Return a field's text with single blanks between words, None where it is empty."""
        return " ".join(self.text(field).split()) or None

    def whole(self, field: str, *, missing: Collection[str] = MISSING) -> int | None:
        """Return a field's whole number, None where it is missing."""
        text = self.text(field)
        if text in missing:
            return None
        value = _whole(text)
        if value is None:
            raise self.fail(f"{field} is {text!r}, not a whole number")
        return value

    def needed(self, field: str) -> int:
        """Return a field's whole number, which may not be missing."""
        value = self.whole(field)
        if value is None:
            raise self.fail(f"{field} is missing")
        return value

    def flag(self, field: str) -> bool | None:
        """Return a field of 0 and 1 as truth, None where it is missing."""
        value = self.whole(field)
        if value not in (None, 0, 1):
            raise self.fail(f"{field} is {value}; allowed are 0 and 1")
        return None if value is None else bool(value)

    def number(self, field: str, *, missing: Collection[str] = MISSING) -> float | None:
        """Return a field's number, None where it is missing."""
        text = self.text(field)
        if text in missing:
            return None
        if not _NUMBER.fullmatch(text):
            raise self.fail(f"{field} is {text!r}, not a number")
        return float(text)

    def state(self, number: int, year: int, *, system: StateNumbers | None = None) -> str:
        """Return our code for a state's number (Correlates of War, if no other system is named) in a year."""
        code = (system or cow_numbers()).code(number, year)
        if code is None:
            raise self.fail(f"{number} is no number of a state")
        return code

    def span(self, start: tuple[str, str, str], end: tuple[str, str, str]) -> Span:
        """Return the span between two dates, each told by the fields of its year, month and day.

        An unknown day counts from the first or to the last of its month, an unknown month likewise of its year: the rule with
        which the disputes of 1816-2014 give the published dyad-years. An unknown end year is a span that is open.
        """
        first, first_precision = self._day(start, last=False)
        if first is None:
            raise self.fail(f"{start[0]} is missing")
        last, last_precision = self._day(end, last=True)
        if last is not None and last < first:
            raise self.fail(f"it ends ({last}) before it begins ({first})")
        vaguer = max(first_precision, last_precision if last else "day", key=("day", "month", "year").index)
        return Span(first, last, vaguer)

    def _day(self, fields: tuple[str, str, str], *, last: bool) -> tuple[datetime.date | None, str]:
        year, month, day = (self.whole(field) for field in fields)
        if year is None:
            return None, "year"
        precision = "day" if month and day else "month" if month else "year"
        month = month or (12 if last else 1)
        try:
            if precision != "day" or day is None:
                day = calendar.monthrange(year, month)[1] if last else 1
            return datetime.date(year, month, day), precision
        except (ValueError, OverflowError):
            raise self.fail(f"there is no day {day}.{month}.{year} ({', '.join(reversed(fields))})") from None

    def day(self, field: str) -> datetime.date:
        """Return a field's date, written YYYY-MM-DD; a midnight after it, as databases print it, tells nothing."""
        try:
            return datetime.date.fromisoformat(_MIDNIGHT.sub("", self.text(field)))
        except ValueError:
            raise self.fail(f"{field} is {self.text(field)!r}, not a date YYYY-MM-DD") from None
