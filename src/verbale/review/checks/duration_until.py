"""Durations behind the day that they reach: "It met in 1929 and settled on payments until 1988, or for fifty-nine years".

The time ends at the date right before it, which "until" leads to or which opens the sentence ("On 30 July, within four days,").
It began at the date before it in the sentence, or else at the date that the paragraph told last. Any other two dates that the
text has told by then may be meant as well, and acquit.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, bears, plausible, tell, told_last
from verbale.review.chronicle import Chronicle
from verbale.review.duration_words import either
from verbale.review.durations import Duration
from verbale.review.marking import Marked

# A time so many times as long or as short is that of something else; slips of own sentences lie within 1.7.
_FACTOR: Final = 2.0
_UNTIL: Final = re.compile(r"\b(?:until|till)\s[^.,;:]{0,80}$", re.IGNORECASE)
_OPENS: Final = re.compile(r"(?:On|In|By)\s(?:the\s)?$")
# Behind the time its sentence goes on with what went on, or ends.
_GOES_ON: Final = re.compile(r"\s?(?:[.,;:)–—]|$|in\sall\b|all\stold\b)")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"\)?,\s(?:{either('leading')},?\s)*(?:for\s)?", re.IGNORECASE)


def find_until(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of a duration that stands behind "until" and a date and is not the time up to it."""
    tree = chronicle.trees.get(sentence.index)
    dates = [date for date in marked.dates if date.end <= duration.start]
    if tree is None or not dates or duration.indefinite or duration.about == "part":
        return None
    last = dates[-1]
    reached = _UNTIL.search(marked.text[: last.start]) or _OPENS.fullmatch(marked.text[: last.start])
    if not reached or not _between().fullmatch(marked.text[last.end : duration.start]):
        return None
    if not _GOES_ON.match(marked.text[duration.end :]):
        return None
    before: list[Placed] = [(sentence.start, date) for date in dates[:-1]]
    told = [*reversed(before), *told_last(chronicle, tree)]
    first = next((each for each in told if each[1].order < last.order), None)
    if first is None or not plausible(duration, first[1], last, factor=_FACTOR):
        return None
    every = [date for index in range(sentence.index) for date in chronicle.dates.get(index, {}).values()]
    if any(bears(duration, date, last) for date in [*every, *marked.dates]):
        return None
    return tell(sentence, marked.text, duration, first, (sentence.start, last))
