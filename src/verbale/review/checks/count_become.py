"""What a body becomes with those who join it, and what is left of a sum when another is set against it.

"An alliance of thirty has become one of thirty-three with the two northern states": the number before, the change and the
number after stand in one sentence, and of a sum set off in one sentence or two. One of the three is wrong if they do not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAMES, split_names
from verbale.review.counting import comparable, either, measures, same_number, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, Marked
from verbale.review.reckoning import Figure, figures, listed

# A result this many times the one expected, or less, is of other numbers.
_FAR: Final = 2.0


def find_become(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each new size and each balance that the numbers before it contradict; `before`: the sentence before."""
    yield from _larger(sentence, marked)
    yield from _with_those(sentence, marked)
    yield from _balance(sentence, marked, before)


@cache
def _turned() -> re.Pattern[str]:
    return re.compile(
        rf"\bof\s(?P<first>{COUNT})(?:\s[a-z]+)?\s(?:[a-z]+\s){{0,3}}?{either('becomes')}\s(?:{COUNT}|one|an?\s[a-z]+)\sof\s(?P<last>{COUNT})",
        re.IGNORECASE,
    )


@cache
def _who_came() -> re.Pattern[str]:
    return re.compile(
        rf"\b{either('when they came')}\s(?:the\s(?:admission|accession|entry)\sof\s)?(?P<row>(?-i:{NAMES}))", re.IGNORECASE
    )


def _larger(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "the league of nine became one of twelve when the two towns came in"."""
    match = _turned().search(marked.marks)
    if match is None or listed("beyond", marked.text[match.end() :].replace("one of", "")):
        return
    first, last = marked.value(match.start("first")), marked.value(match.start("last"))
    more = [each for each in figures(marked) if each.start not in (match.start("first"), match.start("last"))]
    rows = list(_who_came().finditer(marked.text))
    if any(re.match(r"[^.;:]{0,60}?\b(?:among|last|first|latest)\b", marked.text[each.end :]) for each in more):
        return  # "with the three Nordic applicants the last to come in"
    led = [
        re.search(rf"\b{either('when they came')}\s(?:the\s(?:[a-z]+\sof\s)?)?$", marked.text[: each.start], re.IGNORECASE)
        for each in more
    ]
    led = led or [None]
    of = re.search(rf"\b{either('joining')}\sof\s(?:the\s)?$", marked.text[: more[0].start]) if more else None
    if len(more) == 1 and not rows and more[0].kind == "count" and (led[0] or of):
        change = more[0].value
    elif len(rows) == 1 and not more:
        change = float(len(split_names(rows[0]["row"])))
    else:
        return
    smaller = listed("leaves it", marked.text) or listed("leaving", marked.text)
    real = first - change if smaller else first + change
    if change <= first and (last > first) != smaller and last != real and comparable(last, real, _FAR):
        number = marked.quantity(match.start("last"))
        yield slip_in(sentence, number.start, number.end, f"With the change there were {show(real)}, not {show(last)}.")


@cache
def _and_those() -> re.Pattern[str]:
    return re.compile(
        rf"\bwith\s(?:the|those)\s(?P<more>{COUNT})(?:\s[a-z]+)?\s(?:that|who|which)\s(?:had\s)?{either('acceding')}\b[^.;:]{{0,40}}?"
        rf"\b(?:it|they|there)\s(?:then\s|now\s)?(?:{either('musters')}|were|has)\s(?P<last>{COUNT})",
        re.IGNORECASE,
    )


def _with_those(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "founded by seven states, and with the two that joined in 1960 it had ten"."""
    match = _and_those().search(marked.marks)
    if match is None:
        return
    told = [each.value for each in figures(marked) if each.end <= match.start()]
    more, last = marked.value(match.start("more")), marked.value(match.start("last"))
    if len(told) == 1 and last != told[0] + more and comparable(last, told[0] + more, _FAR) and last > told[0]:
        number = marked.quantity(match.start("last"))
        yield slip_in(sentence, number.start, number.end, f"With those there were {show(told[0] + more)}, not {show(last)}.")


@cache
def _remains() -> re.Pattern[str]:
    return re.compile(rf"\b{either('is left over')}\b(?:(?!{AMOUNT})[^.;])*?(?P<sum>{AMOUNT})", re.IGNORECASE)


def _balance(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "was to pay 15.5 million. Set against this the 5.5 million of the other award, and the balance was 12 million"."""
    off = re.search(rf"\b{either('set against')}\b", marked.text, re.IGNORECASE)
    own = figures(marked)
    match = _remains().search(marked.marks, off.end()) if off is not None else None
    if off is None or match is None or listed("interest", marked.text) or not own or own[-1].start != match.start("sum"):
        return
    last, parts = own[-1], _sums_in(marked, own[:-1])
    if len(parts) == 1 and before is not None:
        parts = [*_sums_in(before, figures(before)), *parts]
    if len(parts) != 2 or len({each.kind for each in (*parts, last)}) != 1:
        return
    first, second = (each.value for each in parts)
    value = last.value * 1e6 if last.value < 1000 and min(first, second) >= 1e5 else last.value
    real = abs(first - second)
    if real and not same_number(value, real) and not same_number(value, first + second) and comparable(value, real, _FAR):
        message = f"{show(max(first, second))} less {show(min(first, second))} is {show(real)}, not {show(value)}."
        yield slip_in(sentence, last.start, last.end, message)


def _sums_in(marked: Marked, numbers: list[Figure]) -> list[Figure]:
    """Return the numbers of a sentence that are no measure and no small count beside sums of money."""
    plain = [each for each in numbers if not measures(marked.text[each.end + 1 :].split(" ")[0]) or each.value >= 1000]
    large = [each for each in plain if each.value >= 1000 or each.kind == "money"]
    return large or plain
