"""Times reckoned back from the day of the text: "sixty years ago, in 1956", "this June was the fiftieth anniversary of it".

A text that gives its own day is read as of that day, and only then "ago" is checked; jubilees are, in another text, those of
today. A jubilee is that of a happening recalled by its words, and every other date of the text that many years ago acquits it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_jubilees import jubilees_of
from verbale.review.checks.duration_told import span_of
from verbale.review.dates import WrittenDate
from verbale.review.duration_words import either
from verbale.review.durations import YEAR, Duration
from verbale.review.manuscript import Manuscript
from verbale.review.marking import DATE, Marked
from verbale.review.numbers import words
from verbale.review.own_day import written_on
from verbale.review.recalling import ENOUGH, recall_of

# A happening so many times as far or as near is not what has its jubilee.
_OFF: Final = 2
# "Ago" is said of round numbers: so far (a share of it) a time may be off that is counted from today.
_ROUGH: Final = 0.1
_AGO: Final = re.compile(rf"\sago,?\s(?:that\sis,?\s)?(?:back\s)?(?:in|on)\s(?:the\s\w+\sof\s)?({DATE})", re.IGNORECASE)


@cache
def _today() -> re.Pattern[str]:
    return re.compile(rf"\b{either('today')}\b", re.IGNORECASE)


def find_ago(manuscript: Manuscript, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of "sixty years ago, in 1956" that the day of the text gainsays."""
    match = _AGO.match(marked.marks, duration.end)
    if match is None or duration.indefinite or duration.days < YEAR:
        return None
    date = next(each for each in marked.dates if each.start == match.start(1))
    own = written_on(manuscript)
    day = own or manuscript.today
    passed = day.year - date.year
    now = WrittenDate(0, 0, day.year, day.month, day.day)
    if duration.fits(date, now) or duration.fits(WrittenDate(0, 0, date.year), WrittenDate(0, 0, day.year)) or passed <= 0:
        return None
    if own is None or abs(passed - duration.years) <= _ROUGH * passed:
        return None  # a text without a day may be older than today
    said = marked.text[duration.start : duration.end]
    message = f"The text says “{said} ago”, but from {date.year} to {day.year} it is {words(passed)} years."
    return Slip(sentence.start + duration.start, sentence.start + match.end(), message, (span_of((sentence.start, date)),))


def find_jubilee_now(manuscript: Manuscript, sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for each jubilee that is kept this year and is not one of what it is said of."""
    if marked.dates or not _today().search(marked.text):
        return
    recall = recall_of(manuscript)
    tree = recall.chronicle.trees.get(sentence.index)
    own = written_on(manuscript)
    if tree is None:
        return
    year = (own or manuscript.today).year
    every = {date.year for dates in recall.chronicle.dates.values() for date in dates.values()}
    for start, end, number in jubilees_of(marked):
        top = tree.top(tree.within(sentence.start + end - 1, sentence.start + end))
        thing = None if top is None else next((each for each in tree.children(top, "nmod") if tree.case(each) == "of"), None)
        if thing is None or any(year - each == number for each in every):
            continue
        found = recall.recalled(recall.phrase(tree, thing), tree, set(tree.subtree(thing)))
        if not found or found[0][0] < ENOUGH:
            continue
        passed = year - found[0][1].date.year
        if number / _OFF <= passed <= number * _OFF:
            date = found[0][1]
            message = f"From {date.date.year} to {year} it is {words(passed)} years, not {words(number)}."
            yield Slip(sentence.start + start, sentence.start + end, message, (span_of(date.placed),))
