"""Times that went by before something came: "It had to wait eleven months before it was admitted, in April 2023".

What came is dated behind the time; the waiting began at the date told before it, in the sentence or in those just before. Any
two dates of the paragraph that bear the time out acquit it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, borne_out, plausible, tell, told_last
from verbale.review.chronicle import Chronicle
from verbale.review.duration_words import either
from verbale.review.durations import Duration
from verbale.review.marking import Marked

# A time so many times as long or as short is counted from something else; slips of own sentences lie within 2.
_FACTOR: Final = 3.0
_BEFORE: Final = re.compile(r"\s(?:before|until|till)\s(?P<clause>[^.;:]*)$")
_BREAK: Final = re.compile(r"[.;:]\s")


@cache
def _waiting() -> re.Pattern[str]:
    """Return "had to wait" before a time."""
    return re.compile(rf"\b{either('waiting')}\s(?:for\s|another\s|a\sfurther\s|fully\s|all\sof\s)?$", re.IGNORECASE)


def find_before(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of a time that something took to come and that does not lead to its date."""
    tree = chronicle.trees.get(sentence.index)
    if tree is None or duration.indefinite or duration.about == "part" or not _waiting().search(marked.text[: duration.start]):
        return None
    stop = _BREAK.search(marked.text, duration.end)
    end = stop.start() if stop else len(marked.text)
    last = next((date for date in marked.dates if duration.end <= date.start < end), None)
    if last is None or not _BEFORE.match(marked.text[duration.end : last.start]):
        return None
    before: list[Placed] = [(sentence.start, date) for date in reversed(marked.dates) if date.end <= duration.start]
    told = [*before, *told_last(chronicle, tree)]
    first = next((each for each in told if each[1].order < last.order), None)
    if first is None or not plausible(duration, first[1], last, factor=_FACTOR):
        return None
    if borne_out(duration, (*chronicle.dates_of(sentence.block), *marked.dates)):
        return None
    return tell(sentence, marked.text, duration, first, (sentence.start, last))
