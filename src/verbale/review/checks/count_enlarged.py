"""How large a union is once those named beside the number came in: "six members until A, B and C made it ten"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAMES, split_names
from verbale.review.checks.count_joined import changes, totals
from verbale.review.counting import comparable, either, show, slip_in
from verbale.review.marking import COUNT, DATE, Marked
from verbale.review.reckoning import figures

# So much larger a number is one of something else.
_FAR: Final = 1.6


def find_enlarged(sentence: Sentence, marked: Marked, passage: Sequence[Marked]) -> Iterator[Slip]:
    """Yield a slip for each size of a union that those who came in, and the size before, contradict."""
    yield from _made_it(sentence, marked, passage)
    yield from _became(sentence, marked)


@cache
def _making() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<row>(?-i:{NAMES}))(?:\s(?:joined|came\sin)\sand)?\s(?:made\s(?:it|them)|brought\s(?:it|them|the\snumber)\s(?:up\s)?to)\s(?P<sum>{COUNT})"
        rf"(?=[.,;]|$|\s{either('who join')}\b)",
        re.IGNORECASE,
    )


def _made_it(sentence: Sentence, marked: Marked, passage: Sequence[Marked]) -> Iterator[Slip]:
    """Check "The community had six members until 1973, when Britain, Denmark and Ireland made it ten"."""
    match = _making().search(marked.marks)
    if match is None:
        return
    own = [each.value for each in figures(marked) if each.start < match.start() and each.kind == "count" and each.stems]
    told = own or [each.number for text in passage[-1:] for each in totals(text)]
    if len(told) != 1 or any(changes(text) for text in passage[-1:]) or changes(marked):
        return
    first, last = told[0], marked.value(match.start("sum"))
    real = first + len(split_names(match["row"]))
    if last != real and last > first and comparable(last, real, _FAR):
        number = marked.quantity(match.start("sum"))
        yield slip_in(sentence, number.start, number.end, f"With the change there were {show(real)}, not {show(last)}.")


@cache
def _the_n() -> re.Pattern[str]:
    became = rf"(?:\s{either('who join')})?\s(?:had\s|thus\s|now\s)*{either('becomes')}\s"
    return re.compile(
        rf"[,;]\s(?:so\sthat|and)\s(?:thus\s)?the\s(?P<first>{COUNT}){became}(?P<last>{COUNT})(?=[.,;]|$)"
        rf"|^The\s(?P<first2>{COUNT}){became}(?P<last2>{COUNT})\s(?:in\s{DATE},?\s)?when\s(?P<row>(?-i:{NAMES}))"
        rf"\s(?:had\s|were\s)?{either('acceding')}\b",
        re.IGNORECASE,
    )


def _became(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "Greece joined in 1981 and Spain and Portugal in 1986, so that the nine had become eleven"."""
    match = _the_n().search(marked.marks)
    if match is None:
        return
    names = ("first", "last") if match["first"] else ("first2", "last2")
    first, last = (marked.value(match.start(name)) for name in names)
    steps = [each.number for each in changes(marked) if each.at < match.start()]
    steps = [float(len(split_names(match["row"])))] if match["row"] else steps
    real = first + sum(steps)
    if steps and 0 not in steps and last != real and comparable(last, real, _FAR):
        number = marked.quantity(match.start(names[1]))
        yield slip_in(sentence, number.start, number.end, f"With the change there were {show(real)}, not {show(last)}.")
