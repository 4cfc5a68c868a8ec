"""How many a text says: two, at least three, no, several, once, about forty; and whether a count of rows bears that out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from verbale.review.numbers import value
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_quantity.csv")

Bound = Literal["more", "least", "less", "nearly", "about", ""]
How = Literal["some", "none", "exactly", "at least", "at most", "about", "first", "last", "only"]
# A round or rough number may be off by a tenth, and a small one by one.
ROUGH: Final = 0.1
# "Several", "many" and "repeated" say at least this many; how many more is a matter of taste.
SEVERAL: Final = 2
# How many days are in the unit in which a length is told.
UNIT_DAYS: Final = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
_BOUNDS: Final[tuple[Bound, ...]] = ("more", "least", "less", "nearly", "about")
_NUMBERS: Final = {"once": 1, "twice": 2, "thrice": 3}


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many a claim asserts; `number` is None for some, none, the first and the last."""

    how: How = "some"
    number: int | None = None

    def fits(self, count: int) -> bool:
        """Tell whether a count bears the quantity out."""
        number = self.number or 0
        if self.how == "none":
            return count == 0
        if self.how in ("exactly", "only"):
            return count == number
        if self.how == "at most":
            return count <= number
        if self.how == "about":
            return abs(count - number) <= max(1.0, ROUGH * number)
        return count >= max(1, number)

    def words(self) -> str:
        """Return the quantity in words."""
        return self.how if self.number is None else f"{self.how} {self.number}"


def bound(how: str | None) -> Bound:
    """Return which way the words before a number move it: "well over" means more; empty where they say no such thing.

    >>> bound("no more than"), bound("only")
    ('less', '')
    """
    return next((name for name in _BOUNDS if _WORDS[name].fullmatch(how or "")), "")


def read_quantity(text: str, start: int, end: int) -> Quantity:
    """Return how many a text says of the thing that is named from `start` to `end`; `some` where it does not say.

    >>> read_quantity("They fought at least two wars.", 25, 29)
    Quantity(how='at least', number=2)
    """
    before = text[max(0, start - 60) : start]
    found = _WORDS["number"].search(before)
    while found and (_WORDS["elsewhere"].search(found["between"]) or _is_year(found["number"])):
        found = _WORDS["number"].search(before, found.end("number"))  # "between 1981 and 2005 there were fifteen"
    if found:
        return _counted(found)
    if _WORDS["none"].search(before):
        return Quantity("none")
    if _WORDS["single"].search(before):
        return Quantity("only", 1)
    if _WORDS["several"].search(before):
        return Quantity("at least", SEVERAL)
    place = _WORDS["first"].search(before)
    if place:
        return Quantity("first" if place["place"].lower() in ("first", "earliest") else "last")
    return read_times(text[end : end + 60])


def read_times(text: str) -> Quantity:
    """Return how often a text says that something happened: once, twice, three times; `some` where it does not say."""
    times = _WORDS["times"].search(text)
    if not times:
        return Quantity()
    number = _NUMBERS[times["word"].lower()] if times["word"] else value(times["number"])
    return Quantity("at least" if times["lower"] else "about" if times["rough"] else "exactly", number)


def _counted(found: re.Match[str]) -> Quantity:
    number = value(found["number"])
    if found["lower"]:
        return Quantity("at least", number)
    if found["upper"]:
        return Quantity("at most", number)
    if found["over"]:
        return Quantity("at least", number + 1)
    if found["under"]:
        return Quantity("at most", number - 1)
    return Quantity("about" if found["rough"] else "exactly", number)


def _is_year(text: str) -> bool:
    return text.isdecimal() and 1000 <= int(text) <= 2100
