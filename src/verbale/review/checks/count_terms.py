"""Sums that a text tells of a rate and a term named before it ("30,000 a year ... for eight years ... for the whole term"), and
multiples of a number named before ("This was six times as much as the old tribute").

The rate may stand sentences before its term, and the term before the sum. So a sum is wrong only if no rate of the same thing
makes it in any of the terms told, and a multiple only if no two numbers of the same thing stand so to each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import comparable, either, show, slip_in
from verbale.review.marking import COUNT, Marked
from verbale.review.reckoning import Figure, figures, like, listed, results, stem

# So many sentences back a rate and its term are remembered, within the text as a whole.
_BACK: Final = 6
# A sum this many times the one expected is of other numbers.
_FAR: Final = 2.0
# A sum may be rounded by a fiftieth.
_ROOM: Final = 0.02
# Of more numbers of a thing than this, some two stand in nearly every ratio.
_MOST: Final = 7
# "Six times as much" is said of what is within an eighth of it.
_TIMES_ROOM: Final = 0.125
# A multiple this many times another is told of other numbers.
_FAR_TIMES: Final = 3.0
_WITHIN: Final = 45
# A word for a sum that may be of anything ("in all", "thus") is of the number that it stands so near to; and the sum must be
# told to follow ("in all he saved 500 marks" is another one).
_NEAR: Final = 25


def find_terms(sentence: Sentence, marked: Marked, told: Sequence[Marked]) -> Iterator[Slip]:
    """Yield a slip for each sum of a term and each multiple that the numbers told before, in order, contradict."""
    yield from _whole_term(sentence, marked, told[-_BACK:])
    yield from _multiple(sentence, marked, told)


@cache
def _yearly() -> re.Pattern[str]:
    return re.compile(rf"\b{either('yearly')}\b", re.IGNORECASE)


def _rates(marked: Marked) -> list[Figure]:
    """Return the numbers of a sentence that are told to be of a year."""
    found = []
    for each in figures(marked):
        before = re.split(r"[.;:,]", marked.marks[max(0, each.start - _WITHIN) : each.start])[-1]
        after = re.split(r"[.;:,]", marked.marks[each.end : each.end + _WITHIN])[0]
        if _yearly().search(marked.text[each.start - len(before) : each.end + len(after)]):
            found.append(each)
    return found


def _whole_term(sentence: Sentence, marked: Marked, told: Sequence[Marked]) -> Iterator[Slip]:
    """Check "For the whole term he had to find 280,000 florins" after "30,000 florins every year" and "eight years"."""
    cue = re.search(rf"\b{either('whole term')}\b", marked.text, re.IGNORECASE)
    loose = re.search(rf"\b(?:{either('totals')}|{either('hence')})\b", marked.text, re.IGNORECASE)
    follows = listed("so it follows", marked.text)
    texts = [*told, marked]
    own_rates = {each.start for each in _rates(marked)}
    sums = [each for each in figures(marked) if each.start not in own_rates]
    if len(sums) != 1 or not (sums[0].stems or sums[0].kind == "money"):
        return
    if cue is None and (loose is None or not follows or max(loose.start() - sums[0].end, sums[0].start - loose.end()) > _NEAR):
        return  # "in all it owned land worth 9,000 marks"
    value = sums[0].value
    rates = [each for text in texts for each in _rates(text)]
    near = [each.value for each in rates if like(each, sums[0]) and each.value > 1]
    terms = [each.years for text in texts for each in text.durations if each.unit in ("year", "decade") and each.years > 1]
    if not near or not terms or not comparable(value, near[-1] * terms[-1], _FAR):
        return
    products = {rate * term for rate in near for term in terms}
    spans = {(each.start, each.value) for each in rates}
    others = [each for text in told for each in figures(text) if like(each, sums[0])]
    values = [each.value for each in others if (each.start, each.value) not in spans]
    # what is added to or taken from the product is told as well
    allowed = products | {product + sign * each for product in products for each in values for sign in (1, -1)} | set(values)
    allowed |= results(values) if len(values) <= _MOST else set()
    if not any(abs(value - each) <= _ROOM * each for each in allowed):
        message = f"At {show(near[-1])} a year it is {show(round(near[-1] * terms[-1]))}, not {show(value)}."
        yield slip_in(sentence, sums[0].start, sums[0].end, message)


@cache
def _as_much() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<number>{COUNT})\stimes|\b(?P<word>twice|thrice|double|treble))\s{either('as many')}(?P<rest>[^.;:]*)",
        re.IGNORECASE,
    )


_WORDS: Final = {"twice": 2.0, "double": 2.0, "thrice": 3.0, "treble": 3.0}


def _multiple(sentence: Sentence, marked: Marked, told: Sequence[Marked]) -> Iterator[Slip]:
    """Check "This amount was ten times as high as the yearly gift of the older treaties" against the numbers told before."""
    match = _as_much().search(marked.marks)
    if match is None or not re.match(rf"(?:{either('this sum')})\b", marked.text, re.IGNORECASE):
        return
    if [each for each in figures(marked) if each.start != match.start("number")] or not told or not figures(told[-1]):
        return
    subjects = figures(told[-1])
    thing = bool(subjects[-1].stems) or subjects[-1].kind == "money"
    # a number without its thing is compared with its neighbours, others with all of their thing
    texts = told if thing else told[-_BACK:]
    things = [(text, each) for text in texts for each in figures(text) if like(each, subjects[-1]) and each.value > 1]
    things = [(text, each) for text, each in things if each.stems or each.kind == "money" or not thing]
    said = {stem(word) for word in re.findall(r"[a-z]{4,}", match["rest"].lower())}
    earlier = re.search(rf"\b{either('earlier')}\b", match["rest"], re.IGNORECASE)
    others = [(text, each) for text, each in things if each.value != subjects[-1].value]
    # the number compared with is that of a sentence which shares a word with what is compared, or the only one before
    named = [
        each for text, each in others if said & {stem(word) for word in re.findall(r"[a-z]{4,}", text.text.lower())} or earlier
    ]
    factor = marked.value(match.start("number")) if match["number"] else _WORDS[match["word"].lower()]
    ratios = [one.value / other.value for one in subjects for _, other in things if other.value != one.value]
    if not named or len({each.value for _, each in things}) > _MOST:
        return
    near = [each.value for each in named if 1 / _FAR_TIMES <= subjects[-1].value / each.value / factor <= _FAR_TIMES]
    if not near or any(abs(each / factor - 1) <= _TIMES_ROOM for each in ratios):
        return
    values = f"{show(subjects[-1].value)} is {subjects[-1].value / near[-1]:.3g} times {show(near[-1])}"
    yield slip_in(sentence, match.start(), match.start("rest"), f"{values}, not {show(factor)} times.")
