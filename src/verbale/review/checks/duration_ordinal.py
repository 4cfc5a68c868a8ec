"""Years counted by their place: "proclaimed in 1578, he died in 1603, in the twenty-fifth year of his reign".

The year that has such a place is the one that the sentence has reached; the first was the one told before it. A writer may
count the years begun or those that were full, so that two numbers are right; any year of the text that gives one acquits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, span_of, told_last
from verbale.review.chronicle import Chronicle
from verbale.review.duration_words import either
from verbale.review.marking import Marked
from verbale.review.numbers import ORDINAL_YEARS, words

# A place so many times as far or as near is that in another row of years; the slips of own sentences lie within 1.6.
_OFF: Final = 1.8
# "The second year" is said of many things.
_LEAST: Final = 4


@cache
def _place() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, ORDINAL_YEARS), key=len, reverse=True))
    whose = rf"(?:the|that|his|her|its|their)\s(?:[a-z]+\s)?{either('reckoned')}\b"
    number = rf"(?P<number>{names}|\d{{1,3}}(?:st|nd|rd|th))"
    spent = rf"(?:in|on)\s(?:the\s)?{either('continuing')}\b"
    return re.compile(rf"\b(?:the|his|her|its|their)\s{number}\syear\s(?:of\s{whose}|{spent})", re.IGNORECASE)


def find_ordinal(chronicle: Chronicle, sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for each place among years that does not lead from the year told first to the one reached."""
    tree = chronicle.trees.get(sentence.index)
    if tree is None:
        return
    for match in _place().finditer(marked.text):
        said = match["number"].lower()
        number = int(said[:-2]) if said[0].isdigit() else ORDINAL_YEARS[said]
        own: list[Placed] = [(sentence.start, date) for date in marked.dates]
        told = [*own, *told_last(chronicle, tree)[:1]] if len(own) == 1 else own
        if len(told) != 2 or number < _LEAST:
            continue
        first, last = sorted(told, key=lambda each: each[1].order)
        passed = last[1].year - first[1].year
        every = {date.year for dates in chronicle.dates.values() for date in dates.values()}
        if any(number - (last[1].year - year) in (0, 1) for year in every):
            continue
        if last[0] == sentence.start and number / _OFF <= passed <= number * _OFF:
            message = f"From {first[1].year} to {last[1].year} it is {words(passed)} years, not {words(number)}."
            yield Slip(sentence.start + match.start("number"), sentence.start + match.end(), message, (span_of(first),))
