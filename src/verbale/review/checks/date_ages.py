"""Finds a year beside a century or a decade that is not its own: "the fifteenth century, above all the charter of 1612"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.dates import WrittenDate, find_dates
from verbale.review.moments import Moment, find_times
from verbale.review.order_words import either, order_words

# The turn of an age belongs to both; "the first half" and "the second decade" are meant loosely.
_TURN: Final = 1
_LOOSE: Final = 5
# So many letters after an age a year may stand that is an example of it; a sentence further on tells of other times.
_REACH: Final = 110
_PART: Final = re.compile(
    r"(?:(?P<rank>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)\s"
    r"(?P<share>half|third|quarter|decade))\sof\s(?:the\s)?$",
    re.IGNORECASE,
)
_SHARES: Final = {"half": 50, "third": 33, "quarter": 25, "decade": 10}
_RANKS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_BETWEEN: Final = re.compile(r"\bbetween\b[^.;:]*\band\s(?:the\s)?(?:\w+\s)?$", re.IGNORECASE)
_BEHIND: Final = re.compile(
    r"(?:,|\s\()\s?(?:(?:in|at|towards|near|by)\s)?(?:the\s)?"
    r"(?:(?:early|late|mid|middle|beginning|end|start|close|turn|first|second|last|half|of|in|years|decade|decades)[\s-](?:the\s)?)*"
)


def find_ages(sentence: Sentence, text: str) -> Iterator[Slip]:
    """Yield a slip for each year that stands as part of a century or decade in which it does not lie."""
    dates = find_dates(text)
    if not dates:
        return
    for age in (each for each in find_times(text) if each.exact in ("century", "decade")):
        year = _beside(text, age, dates)
        if year is None:
            continue
        first, last = _years(text, age)
        if not first <= year.year <= last:
            name = text[age.base : age.end]
            start, end = min(age.start, year.start), max(age.end, year.end)
            yield Slip(sentence.start + start, sentence.start + end, f"{year.year} does not lie in the {name}.")


def _years(text: str, age: Moment) -> tuple[int, int]:
    """Return the first and the last year of an age, with the room that writers take."""
    whole = next(each for each in find_times(text[age.base : age.end]) if each.exact == age.exact)
    first = whole.year
    last = first + (100 if age.exact == "century" else 9)
    if age.exact == "decade" and first % 100 == 0:
        last = first + 100  # "the 1800s" may be the century
    part = _PART.search(text[: age.base])
    if part is None or first < 0 or age.exact == "decade":
        return first - _TURN, last + _TURN
    share = _SHARES[part["share"].lower()]
    rank = 100 // share - 1 if part["rank"].lower() == "last" else _RANKS.index(part["rank"].lower())
    return first + rank * share - _LOOSE, first + (rank + 1) * share + _LOOSE


@cache
def _joints() -> tuple[re.Pattern[str], ...]:
    """Return what may stand between an age and a year of it."""
    few, more = r"(?:[\w'’-]+\s){1,5}?", r"[^.;:()]{3,60}?"
    of = r"(?:of|in|on|from|\(|signed\sin|that\sof)\s?"
    # "eighteenth-century treaties", "the century's last congress"
    noun, held = r"(?:['’]s)?(?:\s[\w-]+){0,2}", r"(?:(?:\w+ed|held|made|begun|fought|built|met)\s)?"
    back = rf"(?!.*\b{either('looking back')}\b)"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{back}{noun},?\s\(?{either('naming')}\s(?:the\s|that\s|its\s|their\s|those\s)?(?:{few})?{of}",
            rf"{back}(?:['’]s)(?:\s[\w-]+){{1,3}}(?:,\s{held}(?:in|on)\s|\s\()",
            rf"{back},\s{either('while')}\s{more}\s(?:in|on)\s",
            r",\s(?:from|between)\s(?:the\syears\s)?",
            rf"{back}\s{either('filling')}\s{more}(?:,|:|\s[–—-])\s(?:(?:of|in|those\sof)\s|(?:the|a|that)\s{few}(?:of\s|in\s|\())",
            rf"{back}\s{either('bounding')}\s(?:[\w]+\s)?(?:with\s(?:the\s|a\s|its\s)?{few}(?:of|in|on)|in)\s",
            rf"{back}\s?[^.;:()]{{0,70}}?(?::|\s[–—])\s(?:in|on|by|from|between)\s(?:early\s|late\s)?",
            r"\s\(|,\s(?:in\s|on\s|by\s)|:\sin\s|\s\w+\s(?:of|in)\s|\s\w+\s\(",
        )
    )


def _beside(text: str, age: Moment, dates: tuple[WrittenDate, ...]) -> WrittenDate | None:
    """Return the year that stands beside an age as its own."""
    after = next((each for each in dates if each.start >= age.end), None)
    if after is not None and after.start - age.end <= _REACH and not _turned(text, age):
        gap = text[age.end : after.start]
        if any(joint.fullmatch(gap) for joint in _joints()):
            return after
    before = next((each for each in reversed(dates) if each.end <= age.base), None)
    # "in 1917, by the 1930s" goes on in time
    if before is not None and age.exact == "century" and _BEHIND.fullmatch(text[before.end : age.base]):
        return before
    return None


def _turned(text: str, age: Moment) -> bool:
    """Tell whether an age is only a bound ("between 1607 and the 1800s"), or told of as past ("since the 1920s")."""
    if _BETWEEN.search(text[: age.start]):
        return True
    before = re.findall(r"[\w'’-]+", text[max(0, age.base - 30) : age.base].lower())[-3:]
    return bool(set(before) & (order_words()["looking back"] - {"first", "long", "early"}))
