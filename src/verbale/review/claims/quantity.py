"""How many a text says: two, at least three, no, several, once, about forty; and whether a count of rows bears that out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from verbale.review.numbers import NUMBER_PATTERN, value

How = Literal["some", "none", "exactly", "at least", "at most", "about", "first", "last", "only"]
# A round or rough number may be off by a tenth, and a small one by one.
ROUGH: Final = 0.1
# "Several", "many" and "repeated" say at least this many; how many more is a matter of taste.
SEVERAL: Final = 2
_LOWER: Final = r"at least|no fewer than|not fewer than|no less than|not less than|as many as"
_UPPER: Final = r"at most|no more than|not more than|up to"
_ROUGHLY: Final = r"about|around|some|roughly|nearly|almost|approximately|close to|circa"
_NUMBER: Final = re.compile(
    rf"(?:\b(?:(?P<lower>{_LOWER})|(?P<upper>{_UPPER})|(?P<over>more than|over)|(?P<under>fewer than|less than|under)"
    rf"|(?P<rough>{_ROUGHLY})|only|just|exactly|altogether|a total of)\s)?"
    rf"\b(?P<number>{NUMBER_PATTERN})(?P<between>(?:\s[\w'-]+){{0,4}})\s$",
    re.IGNORECASE,
)
_NONE: Final = re.compile(
    r"\b(?:no|not a single|not one|not any|without any|without a|nor any|no other|zero)(?:\s[\w-]+){0,3}\s$", re.IGNORECASE
)
_SEVERAL: Final = re.compile(
    r"\b(?:several|many|numerous|repeated|a number of|a series of|multiple|various)(?:\s[\w-]+){0,3}\s$", re.IGNORECASE
)
_SINGLE: Final = re.compile(r"\b(?:a single|only one|just one|the only|one single)(?:\s[\w-]+){0,3}\s$", re.IGNORECASE)
_FIRST: Final = re.compile(
    r"\b(?P<place>first|last|earliest|latest|most recent)(?:\s(?:ever|official|state|formal|known|such))*(?:\s[\w'-]+){0,3}\s$",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(
    rf"\b(?:(?P<lower>at least|no fewer than) |(?P<rough>{_ROUGHLY}) )?"
    rf"(?:(?P<word>once|twice|thrice)|(?P<number>{NUMBER_PATTERN}) times)\b",
    re.IGNORECASE,
)
_WORDS: Final = {"once": 1, "twice": 2, "thrice": 3}
# Words that make the number before them count something else, or end the phrase that it stands in.
_ELSEWHERE: Final = re.compile(
    r"\b(?:years?|months?|days?|weeks?|decades?|states|countries|powers|governments|nations|sides|and|of|in|by|to|the)\b",
    re.IGNORECASE,
)


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


def read_quantity(text: str, start: int, end: int) -> Quantity:
    """Return how many a text says of the thing that is named from `start` to `end`; `some` where it does not say.

    >>> read_quantity("They fought at least two wars.", 25, 29)
    Quantity(how='at least', number=2)
    """
    before = text[max(0, start - 60) : start]
    found = _NUMBER.search(before)
    while found and (_ELSEWHERE.search(found["between"]) or _is_year(found["number"])):
        found = _NUMBER.search(before, found.end("number"))  # "between 1981 and 2005 there were fifteen"
    if found:
        return _counted(found)
    if _NONE.search(before):
        return Quantity("none")
    if _SINGLE.search(before):
        return Quantity("only", 1)
    if _SEVERAL.search(before):
        return Quantity("at least", SEVERAL)
    place = _FIRST.search(before)
    if place:
        return Quantity("first" if place["place"].lower() in ("first", "earliest") else "last")
    return read_times(text[end : end + 60])


def read_times(text: str) -> Quantity:
    """Return how often a text says that something happened: once, twice, three times; `some` where it does not say."""
    times = _TIMES.search(text)
    if not times:
        return Quantity()
    number = _WORDS[times["word"].lower()] if times["word"] else value(times["number"])
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
