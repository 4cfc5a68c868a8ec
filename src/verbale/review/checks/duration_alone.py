"""Times that sum up what was told and say no more: "The treaties were signed in 1648. Four years of bargaining, then".

Such a time opens its sentence, which has no verb for it or turns to something else behind it. It is what lies between the date
told last and the one before that. Any two dates of the paragraph, or of the one before it, bear it out.
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
from verbale.review.durations import YEAR, Duration
from verbale.review.marking import Marked
from verbale.review.trees import SUBJECTS, Tree

# A time so many times as long or as short sums up something else; slips of own sentences lie within 2.3.
_FACTOR: Final = 2.5
_ENDS: Final = re.compile(r"(?:\sof\s[a-z][\w-]*(?:\s[a-z][\w-]*){0,3})?\s*(?P<mark>[.,:;!?–—]|$)")
Told = list[tuple[Sentence, Marked]]


@cache
def _led_to() -> re.Pattern[str]:
    return re.compile(rf"(?:{either('leading')},?\s)*", re.IGNORECASE)


def find_alone(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration, near: Told) -> Slip | None:
    """Return the slip of a time that stands alone and is not what lies between the dates told last."""
    tree = chronicle.trees.get(sentence.index)
    ends = _ENDS.match(marked.text, duration.end)
    if tree is None or ends is None or duration.indefinite or duration.about == "part" or marked.dates:
        return None
    if not _led_to().fullmatch(marked.text[: duration.start]):
        return None
    told = [(each.start, date) for each, other in near if each.block == sentence.block for date in other.dates]
    last, first = _stretch(told_last(chronicle, tree), told)
    joined = marked.text.startswith(", and ", duration.end)
    sums = ends["mark"] != "," or joined or _alone(tree, sentence, duration) or (" of " in ends[0] and len(told) == 2)
    if not sums or last is None or first is None or not plausible(duration, first[1], last[1], factor=_FACTOR):
        return None
    if borne_out(duration, (*chronicle.dates_of(sentence.block), *(date for _, other in near for date in other.dates))):
        return None
    if duration.days < YEAR and not (first[1].month and last[1].month):
        return None
    return tell(sentence, marked.text, duration, first, last)


def _alone(tree: Tree, sentence: Sentence, duration: Duration) -> bool:
    """Tell whether a time is the root of its sentence, which says nothing of it."""
    top = tree.top(tree.within(sentence.start + duration.start, sentence.start + duration.end))
    return top is not None and tree.label(top) == "root" and tree.child(top, "cop", *SUBJECTS) is None


def _stretch(last: list[Placed], told: list[Placed]) -> tuple[Placed | None, Placed | None]:
    """Return the date told last and the nearest one before it that is earlier."""
    if not last:
        return None, None
    end = last[0]
    earlier = [each for each in [*last[1:], *reversed(told)] if each[1].order < end[1].order]
    return end, (earlier[0] if earlier else None)
