"""Times between two things that were told together: "the two settlements, six years apart", "between the first and the last".

Two things so long apart are the two dates of their own sentence, or of the one before; the first and the last are the outer
dates of the one that lists them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, bears, plausible, tell
from verbale.review.chronicle import Chronicle
from verbale.review.duration_words import either
from verbale.review.durations import Duration
from verbale.review.marking import Marked

# Both ends are named, so that the number may be far off, as for times between two named happenings (`duration_ends`).
_FACTOR: Final = 9.0
_APART: Final = re.compile(r"\sapart\b")
_OUTER: Final = re.compile(r"\bbetween\sthe\s(?:first|earliest)\b[^.;]{0,40}?\band\sthe\s(?:last|latest)\b", re.IGNORECASE)
# More dates than these in one sentence are no list of one kind.
_MOST: Final = 6


@cache
def _two() -> re.Pattern[str]:
    return re.compile(rf"\b{either('pairs')}\b", re.IGNORECASE)


def find_apart(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of a time between two things told together that their dates do not bear out."""
    outer = _OUTER.search(marked.text) is not None
    if not outer and not _APART.match(marked.text[duration.end :]):
        return None
    own: list[Placed] = [(sentence.start, date) for date in marked.dates]
    before = chronicle.trees.get(sentence.index - 1)
    told: list[Placed] = []
    if before is not None and before.sentence.block == sentence.block:
        told = [(before.sentence.start, date) for date in chronicle.dates[sentence.index - 1].values()]
    placed = own if len(own) > 1 else [] if own else told
    if not 2 <= len(placed) <= (_MOST if outer else 2) or (placed is told and not outer and not _two().search(marked.text)):
        return None
    ordered = sorted(placed, key=lambda each: each[1].order)
    first, last = ordered[0], ordered[-1]
    if not plausible(duration, first[1], last[1], factor=_FACTOR) or bears(duration, first[1], last[1]):
        return None
    return tell(sentence, marked.text, duration, first, last)
