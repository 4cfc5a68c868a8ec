"""Text with its dates, durations and numbers replaced by marks of one kind each, so that a rule is about what stands there.

Every mark is as long as the words that it stands for, so that all offsets stay: one character for the kind, then filling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from verbale.review.dates import WrittenDate, find_moments
from verbale.review.durations import Duration, find_durations
from verbale.review.moments import early_dates
from verbale.review.quantities import Quantity, find_quantities

_FILL: Final = "\ue010"
_DATE, _DURATION, _COUNT, _PERCENT, _FRACTION, _MONEY = (chr(0xE000 + number) for number in range(6))
_KINDS: Final = {"count": _COUNT, "percent": _PERCENT, "fraction": _FRACTION, "money": _MONEY}
# What stands for a mention in a regular expression over marked text.
DATE: Final = f"{_DATE}{_FILL}*"
DURATION: Final = f"{_DURATION}{_FILL}*"
COUNT: Final = f"{_COUNT}{_FILL}*"
PERCENT: Final = f"{_PERCENT}{_FILL}*"
FRACTION: Final = f"{_FRACTION}{_FILL}*"
MONEY: Final = f"{_MONEY}{_FILL}*"
AMOUNT: Final = f"[{_COUNT}{_MONEY}]{_FILL}*"
ANY: Final = f"[{_COUNT}{_MONEY}{_PERCENT}{_FRACTION}]{_FILL}*"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, the same text with marks, and what stands at each mark by its offset."""

    text: str
    marks: str
    dates: tuple[WrittenDate, ...]
    durations: tuple[Duration, ...]
    quantities: tuple[Quantity, ...]

    def quantity(self, at: int) -> Quantity:
        """Return the number whose mark begins at an offset."""
        return next(each for each in self.quantities if each.start == at)

    def value(self, at: int) -> float:
        """Return the value of the number whose mark begins at an offset."""
        return self.quantity(at).value

    def with_articles(self) -> str:
        """Return the marks with "a year" and "a day" written out, which make a rate of a number and are no span of time."""
        marks = list(self.marks)
        for each in self.durations:
            if each.indefinite:
                marks[each.start : each.end] = self.text[each.start : each.end]
        return "".join(marks)

    def words(self, start: int, end: int) -> str:
        """Return the words between two offsets as written."""
        return self.text[start:end]


# A stop behind what was blanked (a citation), with the blanks before it.
_LEFT_STOP: Final = re.compile(r"(?<=\S)(\s{3,})([.,;:])")


def closed_up(text: str) -> str:
    """Return a text whose stops behind blanks stand at the word before them, which stays at its offset like every other.

    "in all (Smith 1990)." without its citation thus ends with "in all.", so that a rule may ask for the end of a clause.
    """
    return _LEFT_STOP.sub(lambda match: match[2] + match[1], text).rstrip()


@lru_cache(maxsize=4_000)
def mark(text: str, year: int = 0, early: int = 0, last: WrittenDate | None = None) -> Marked:
    """Return a text with its marks; dates win over durations, durations over numbers.

    `year` is that of dates without one, `last` the date of whose month is a day alone; `early` lets three figures be a year, 1
    of our era, -1 before it.
    """
    dates = find_moments(text, year, last)
    if early:
        more = [
            date
            for date in early_dates(text, down=early < 0)
            if not any(each.start < date.end and date.start < each.end for each in dates)
        ]
        dates = tuple(sorted((*dates, *more), key=lambda date: date.start))
    taken = [(date.start, date.end) for date in dates]
    durations = tuple(each for each in find_durations(text) if not _overlaps(each.start, each.end, taken))
    taken += [(each.start, each.end) for each in durations]
    quantities = tuple(each for each in find_quantities(text) if not _overlaps(each.start, each.end, taken))
    letters = list(text)
    for kind, group in ((_DATE, dates), (_DURATION, durations)):
        for each in group:
            letters[each.start : each.end] = kind + _FILL * (each.end - each.start - 1)
    for number in quantities:
        letters[number.start : number.end] = _KINDS[number.kind] + _FILL * (number.end - number.start - 1)
    return Marked(text, "".join(letters), dates, durations, quantities)


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in taken)
