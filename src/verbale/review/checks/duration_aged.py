"""Two ages of one person against each other: "crowned in 1509, aged seventeen. By 1536, when he was fifty-four, ...".

No birth is told, but the first age with its year is as good as one. A paragraph that speaks of kin or others is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import span_of
from verbale.review.dates import WrittenDate
from verbale.review.duration_words import either
from verbale.review.marking import COUNT, DATE, DURATION, Marked
from verbale.review.numbers import words

# Ages that are so far apart, beyond the years that passed, are of one person only by a slip; a birthday lies between.
_ROOM: Final = 1
_WHEN: Final = re.compile(r"\swhen\b")
_YOUNGEST, _OLDEST = 5, 105
# An age that is off by more than this is a count of something else.
_MOST_OFF: Final = 20
Near = list[tuple[Sentence, Marked]]


@cache
def _aged() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:aged|at\sthe\sage\sof)\s(?P<age>{COUNT})(?=[,;.)]|\sin\s|\sand\b|\swhen\b|$)"
        rf"|\bat\s(?P<at>{COUNT})(?=[.;]|,?\sin\s{DATE})|,\s(?:by\s)?(?:now|then)\s(?P<now>{COUNT})(?=,)"
        rf"|(?P<young>{DURATION})\sold\swhen\s(?:he|she)\b"
        rf"|\b(?:he|she|who)\s(?:was|had\sbeen)\s(?:then\s|by\sthen\s|now\s|only\s|still\s|already\s)?"
        rf"(?:(?P<was>{COUNT})(?=[,;.)]|\swhen\b|$)|(?P<old>{DURATION})\sold\b)",
        re.IGNORECASE,
    )


@cache
def _of_others() -> re.Pattern[str]:
    return re.compile(rf"\b{either('kin')}\b", re.IGNORECASE)


def _ages(marked: Marked) -> Iterator[tuple[int, int, int, WrittenDate]]:
    """Yield each age of a sentence with its offsets and the one date before it, or the only one of the sentence."""
    for match in _aged().finditer(marked.marks):
        at = next(match.start(name) for name in ("age", "at", "now", "young", "was", "old") if match[name])
        years = match["old"] or match["young"]
        age = next(each.number for each in marked.durations if each.start == at) if years else marked.value(at)
        before = [date for date in marked.dates if date.end <= at]
        if _WHEN.match(marked.text, match.end()) or match["young"] or (match["at"] and not before):
            before = [date for date in marked.dates if date.start >= match.end()][:1] or before
        dates = before[-1:] or (list(marked.dates) if len(marked.dates) == 1 else [])
        if dates and age == int(age) and _YOUNGEST <= age <= _OLDEST:
            yield match.start(), match.end(), int(age), dates[0]


def find_aged_again(sentence: Sentence, marked: Marked, near: Near) -> Iterator[Slip]:
    """Yield a slip for each age that an earlier age of the same person, told just before, contradicts."""
    block = [(each, other) for each, other in near[-2:] if each.block == sentence.block]
    for start, end, age, date in _ages(marked):
        told = [(each.start, found) for each, other in block for found in _ages(other)]
        told += [(sentence.start, found) for found in _ages(marked) if found[0] < start]
        people = " ".join([*(other.text for _, other in block), marked.text])
        if len(told) != 1 or _of_others().search(people):
            continue
        where, (_, _, then, year) = told[0]
        passed = date.year - year.year
        off = abs(age - then - passed)
        if passed >= 0 and _ROOM < off <= _MOST_OFF and date is not year:
            message = f"Who was {words(then)} in {year.year} was {words(then + passed)} in {date.year}, not {words(age)}."
            yield Slip(sentence.start + start, sentence.start + end, message, (span_of((where, year)),))
