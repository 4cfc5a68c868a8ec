"""What happened once in every year of a span, and how often that was: "one in every season from 2020 to 2024, five in all"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import comparable, either, show, slip_in
from verbale.review.marking import COUNT, DATE, Marked
from verbale.review.reckoning import listed

_MOST: Final = 60
# A number this many times the one expected, or less, is of other things.
_FAR: Final = 2.0


@cache
def _every() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<lead>(?:one|once|an?)\s(?:[a-z]+\s){{0,2}}?)?(?:in\s|on\s|for\s)?(?:each|every)(?:\s(?:of\sthe|single))?(?:\s[a-z]+)?\s"
        rf"{either('times of the year')}\s(?:(?:from|between)\s)(?P<first>{DATE})"
        rf"(?:\s(?:to|and|until|till|through)\s|[–-])(?P<last>{DATE})"
        rf"(?P<gap>[^.;:]{{0,50}}?)(?:,|:|\s[–—]|\sand\s(?:so|thus))\s(?:or\s|making\s|thus\s|that\sis,?\s|{either('totals')}\s)?"
        rf"(?P<number>{COUNT})(?P<noun>(?:\s[a-z-]+){{0,2}}?)\s(?:{either('totals behind')})(?=[.,;:)]|$|\s(?:and|to|but)\b)",
        re.IGNORECASE,
    )


def find_yearly(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for each number of things that came once in every year of a span, both ends counted."""
    for match in _every().finditer(marked.marks):
        years = [re.search(r"\d{4}|\d{3}", marked.text[match.start(name) : match.end(name)]) for name in ("first", "last")]
        if None in years or listed("save", match["gap"]) or re.search(rf"{COUNT}|\btwice\b", match["gap"]):
            continue
        first, last = (int(each[0]) for each in years if each)
        real, told = last - first + 1, marked.value(match.start("number"))
        # several each year: "three ships every year from 1901 to 1904"
        if re.search(rf"{COUNT}\s(?:[a-z-]+\s){{1,3}}(?:in\s|on\s)?$", marked.marks[: match.start()]) and not match["lead"]:
            continue
        if 1 < real <= _MOST and told != real and comparable(told, real, _FAR):
            number = marked.quantity(match.start("number"))
            end = match.end("noun")
            message = f"From {first} to {last} there are {show(real)} years, not {show(told)}."
            yield slip_in(sentence, number.start, end, message)
