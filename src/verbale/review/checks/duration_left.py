"""What is left of a term: "a concession of ninety-nine years from 1869 ... In 1956 it had twelve years left to run".

The term is told before or in the sentence, with the date at which it began or the one at which it should end; the day on which
so much was left is that of the sentence, else the one told last. Any term and beginning of the paragraph, and any end told in
the text, that bear the rest out acquit it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, span_of, told_last
from verbale.review.chronicle import Chronicle
from verbale.review.dates import WrittenDate
from verbale.review.duration_words import either
from verbale.review.durations import Duration
from verbale.review.marking import Marked
from verbale.review.numbers import words

# A rest so many times as long or as short is that of another term; those of own sentences lie within 2.
_FACTOR: Final = 3.0
# Years begun and years full differ by one.
_SLACK: Final = 1
# A term of fewer years than this is no term of a treaty.
_LEAST: Final = 2
Told = list[tuple[Sentence, Marked]]


@cache
def _left() -> re.Pattern[str]:
    """Return " left to run", " of it remained", " before it was due to expire" behind a time."""
    thing = r"(?:it|them|these|those|(?:the|its|their|that)\s[\w-]+)"
    rest = rf"(?:\sof\s{thing})?\s(?:(?:was|were|had|still|then|yet)\s){{0,2}}{either('left')}\b"
    due = rf"\sbefore\s{thing}\s{either('due')}\s(?:[a-z]+\s)?{either('expiring')}\b"
    return re.compile(rf"{rest}|{due}", re.IGNORECASE)


@cache
def _of_term() -> re.Pattern[str]:
    """Return what stands before a term: "granted for", "to run for", "a lease of"."""
    return re.compile(rf"\b(?:for|{either('granting')}\sof|term\sof|period\sof)\s(?:a\sterm\sof\s|another\s)?$", re.IGNORECASE)


@cache
def _with_term() -> re.Pattern[str]:
    """Return "-year lease" behind the number of its years."""
    return re.compile(rf"[\s-](?:[a-z]+\s)?{either('granting')}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Term:
    """A term: how many years, and when it began."""

    years: int
    begun: Placed


def find_left(
    chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration, near: Told
) -> tuple[Slip | None, bool]:
    """Return the slip of a rest that is not what is left of its term, and whether a time is such a rest at all."""
    if duration.unit != "year" or duration.indefinite or _left().match(marked.text[duration.end :]) is None:
        return None, False
    tree = chronicle.trees.get(sentence.index)
    told = [*near, (sentence, marked)]
    terms = [term for each, other in reversed(told) for term in _terms(each, other, duration if other is marked else None)]
    now = _now(sentence, marked, duration, terms)
    now = now or (None if tree is None else next(iter(told_last(chronicle, tree)), None))
    if not terms or now is None:
        return None, True
    every = {date.year for dates in chronicle.dates.values() for date in dates.values()}
    block = {date.year for each, other in told if each.block == sentence.block for date in other.dates}
    ends = every | {year + term.years for term in terms for year in block}
    if any(abs(end - now[1].year - duration.years) <= _SLACK for end in ends):
        return None, True
    term = terms[0]
    end = term.begun[1].year + term.years
    left = end - now[1].year
    if not duration.years / _FACTOR <= left <= duration.years * _FACTOR:
        return None, True
    said = marked.text[duration.start : duration.end]
    begun = term.begun[1].year
    message = (
        f"The text says “{said}”, but {words(term.years)} years from {begun} end in {end}, "
        f"{words(left)} year{'' if left == 1 else 's'} after {now[1].year}."
    )
    rests = (span_of(term.begun), span_of(now))
    return Slip(sentence.start + duration.start, sentence.start + duration.end, message, rests), True


def _terms(sentence: Sentence, marked: Marked, rest: Duration | None) -> list[_Term]:
    """Return the terms that a sentence tells with a date of their own, the last first; `rest` is none."""
    found = []
    for each in marked.durations:
        before, behind = marked.text[: each.start], marked.text[each.end :]
        known = _of_term().search(before) or _with_term().match(behind)
        if each is rest or each.unit != "year" or each.number < _LEAST or each.number != int(each.number) or not known:
            continue
        dates = [date for date in marked.dates if date.end <= each.start]
        after = [date for date in marked.dates if date.start >= each.end and (rest is None or date.end <= rest.start)]
        begun = _beginning(marked, each, dates, after)
        if begun is not None:
            found.append(_Term(int(each.number), (sentence.start, begun)))
    return found[::-1]


def _beginning(marked: Marked, term: Duration, before: list[WrittenDate], after: list[WrittenDate]) -> WrittenDate | None:
    """Return the date at which a term began: "for ninety-nine years from the opening in 1869", else the one told before it."""
    if after and re.match(r"\s(?:from|after)\b[^,;.]*$", marked.text[term.end : after[0].start]):
        return after[0]
    return before[-1] if before else None


def _now(sentence: Sentence, marked: Marked, duration: Duration, terms: list[_Term]) -> Placed | None:
    """Return the date of a sentence at which so much was left: one that is not the beginning of the term."""
    begun = {span_of(term.begun) for term in terms}
    own: list[Placed] = [(sentence.start, date) for date in marked.dates]
    own = [each for each in own if span_of(each) not in begun]
    before = [each for each in own if each[1].end <= duration.start]
    if before:
        return before[-1]
    return own[0] if len(own) == 1 else None
