"""Numbers that a text draws from those it told before, in whatever sentence of the paragraph they stand.

A word says which way it is drawn: parts are added up ("add those up and one gets 650"), something is taken from a whole ("so
that 480 went on", "the five who stayed", "the deficit of 60,000"), or a whole is shared out ("on average that is twelve a
year"). The numbers meant are those of the same thing before it. A result is wrong only if nothing that a simple calculation of
some of them gives is near it, and if it is near enough to what its word means to be meant of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_compared import hedged
from verbale.review.counting import comparable, either, measures, same_number, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, Marked
from verbale.review.reckoning import MOST, Figure, figures, like, listed, results, without_ones

# So many sentences back the numbers stand at most.
_BACK: Final = 3
# A result this many times the one expected, or less, is of other numbers; "therefore" alone asks for a nearer one.
_FAR, _NEAR = 1.6, 1.3
# A rough number may miss what it is drawn from by so much, an average by less than its last figure.
_ROUGH, _EXACT = 0.06, 0.03
# A row that is added up may have so many numbers.
_MANY: Final = 10
# A number so small beside the result counts things of another order ("39 instalments" beside millions).
_SMALL: Final = 0.002


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to draw a number: its name, the pattern of its words with the group `told`, and how near a slip must be."""

    name: str
    pattern: re.Pattern[str]
    far: float = _FAR


@cache
def _ways() -> tuple[_Way, ...]:
    gap = rf"(?:(?!{AMOUNT})[^.;:])"
    hedge = rf"(?:(?:{either('roughly')}|only|just|but)\s)?"
    so = either("so it follows")
    return (
        _Way("sum", re.compile(rf"\b{either('added up')}\b[^.;:]{{0,90}}?(?P<told>{AMOUNT}){gap}*(?:[.;]|$)", re.IGNORECASE)),
        _Way(
            "any", re.compile(rf"(?:[,;]\s|\b)so\sthat\s{gap}{{0,40}}?{hedge}(?P<told>{AMOUNT}){gap}*(?:[.;]|$)", re.IGNORECASE)
        ),
        _Way(
            "sum",
            re.compile(rf"^{gap}{{0,60}}?\b{so}\b{gap}{{0,60}}?\s(?P<told>{AMOUNT}){gap}*(?:[.;]|$)", re.IGNORECASE),
            _NEAR,
        ),
        _Way(
            "rest",
            re.compile(
                rf"\bthe\s(?P<told>{COUNT})(?:\s[a-z]+)?\s(?:who|that|which)\s(?:had\s|were\s|was\s)?(?:{either('remained')}|{either('over')})\b",
                re.IGNORECASE,
            ),
        ),
        # "that from Peru had eight members, that from Chile six: eighteen men who"
        _Way("row", re.compile(rf"(?::\s|\s[–—]\s)(?P<told>{COUNT})\s(?!{either('acted')}\b)[a-z]", re.IGNORECASE), 1.5),
        _Way("gap", re.compile(rf"\b(?:the|this|that|a)\s{either('margin')}\sof\s{hedge}(?P<told>{AMOUNT})", re.IGNORECASE)),
        # "from 200,000 to 150,000 men, that is by 60,000"
        _Way("gap", re.compile(rf",\s(?:that\sis,?|or|i\.e\.|thus|and\sso)\sby\s{hedge}(?P<told>{AMOUNT})", re.IGNORECASE)),
        _Way(
            "share",
            re.compile(
                rf"^(?:{either('typical')},?\s)?{gap}{{0,50}}?(?P<told>{AMOUNT})(?:\s[a-z]+){{1,2}}\s(?:an?|to\s(?:an?|each|every)|per|each|every)\s[a-z]+(?=[.,;]|$)",
                re.IGNORECASE,
            ),
        ),
    )


def find_drawn(sentence: Sentence, marked: Marked, passage: Sequence[Marked]) -> Iterator[Slip]:
    """Yield a slip for each drawn number that the numbers before it do not give; `passage` is the paragraph before."""
    marks = without_ones(marked)
    for way in _ways():
        match = way.pattern.search(marks)
        if match is None:
            continue
        told = next((each for each in figures(marked) if each.start == match.start("told")), None)
        # shares are added up elsewhere, and what is still unsold is no sum
        shares = way.name != "share" and any(each.kind in ("percent", "fraction") for each in marked.quantities)
        if told is None or shares or (way.name == "sum" and listed("unused", marked.text[told.end :])):
            continue
        if way.name != "share" and measures(marked.text[told.end + 1 :].split(" ")[0]):
            continue
        near, said = _operands(way.name, marked, told, passage)
        if way.name != "share" and way.pattern is not _ways()[0].pattern and _open(said):
            continue
        if _of_another_time(way.name, marked, told, match):
            continue
        expected = _expected(way.name, told, near, marked, passage)
        if expected is None or _borne_out(marked, told, near, expected, way):
            continue
        message = f"The numbers before give {show(round(expected, 2))}, not {show(told.value)}."
        yield slip_in(sentence, told.start, told.end, message)
        return


def _of_another_time(way: str, marked: Marked, told: Figure, match: re.Match[str]) -> bool:
    """Tell whether a number is told of a time or a part of its own: "in May alone ten a week", "a year later a surplus of"."""
    lead = marked.text[: told.start]
    if way == "share":
        return listed("rest", lead) or any(each.end <= told.start for each in marked.dates)
    indefinite = way == "gap" and match[0].lower().startswith("a ")
    return indefinite and (listed("at another time", lead) or any(each.end <= told.start for each in marked.dates))


def _operands(way: str, marked: Marked, told: Figure, passage: Sequence[Marked]) -> tuple[list[Figure], str]:
    """Return the numbers from which one may be drawn, with the words around them.

    They are those before it in its sentence, and those of as many sentences before as it takes to have two.
    """
    said = marked.text[: told.start]
    if way == "row":
        return [each for each in figures(marked) if each.end <= told.start], said
    found = [each for each in figures(marked) if each.end <= told.start and _of_one_thing(each, told)]
    own = len(found)
    for text in reversed(passage[-_BACK:]):
        # what is left is less than the whole, so the whole is looked for as long as it is not met
        if own > 1 and way == "any":
            break
        if len(found) > max(own, 1) and (way != "rest" or max(each.value for each in found) > told.value):
            break
        found = [*(each for each in figures(text) if _of_one_thing(each, told)), *found]
        said = f"{text.text} {said}"
    return found, said


def _of_one_thing(each: Figure, told: Figure) -> bool:
    """Tell whether a number may be among those from which another is drawn."""
    return like(each, told) and each.value >= _SMALL * told.value


def _expected(way: str, told: Figure, near: Sequence[Figure], marked: Marked, passage: Sequence[Marked]) -> float | None:
    """Return what the words of a way make of the numbers before; None where they do not say how."""
    values = [each.value for each in near]
    if way == "share":
        return _shared(told, marked, passage)
    if not 2 <= len(values) <= (_MANY if way == "sum" else MOST):
        return None
    if way == "row" and not _bare(marked, near, told):
        return None
    largest = max(values)
    rest = 2 * largest - sum(values)
    if way == "gap":
        return abs(values[-1] - values[-2])
    if way == "rest" or (way == "any" and told.value < largest):
        return rest if values[0] == largest and rest > 0 else None
    return sum(values) if told.value > largest else None


def _bare(marked: Marked, near: Sequence[Figure], told: Figure) -> bool:
    """Tell whether only the first number of a row says what is counted, and no others stand in the sentence."""
    every = figures(marked)
    stands = all(re.match(r",|\s(?:and|but)\b|:|\s[–—]", marked.text[each.end :]) for each in near[1:])
    single = re.search(r"\bone\b", marked.text, re.IGNORECASE) or marked.durations or listed("rest", marked.text[: told.start])
    return stands and bool(near[0].stems) and every == [*near, told] and not single


def _open(said: str) -> bool:
    """Tell whether more came or went than the numbers tell: "one was replaced", "several others"."""
    single = rf"\bone\s(?:was|is|has|{either('acted')})\b|\bone,"
    return listed("beyond", said) or re.search(single, said, re.IGNORECASE) is not None


def _shared(told: Figure, marked: Marked, passage: Sequence[Marked]) -> float | None:
    """Return the quotient of the only two numbers before, of which one may be a time: "in four years 48 ships"."""
    for text in (marked, *reversed(passage[-1:])):
        numbers = [each.value for each in figures(text) if text is not marked or each.end <= told.start]
        numbers += [each.number for each in text.durations if not each.indefinite]
        if len(numbers) == 2:
            return max(numbers) / min(numbers) if min(numbers) > 1 else None
        if numbers:
            return None
    return None


def _borne_out(marked: Marked, told: Figure, near: Sequence[Figure], expected: float, way: _Way) -> bool:
    """Tell whether a number is the one expected, one that another calculation gives, or far from what is expected."""
    if not expected or not comparable(told.value, expected, way.far):
        return True
    values = [each.value for each in near]
    own = [each.value for each in figures(marked) if each.end <= told.start]
    possible = {expected} | (results(own) if len(own) <= MOST else set())
    possible |= results(values) if len(values) <= MOST else set()
    if way.name != "sum":
        possible |= {one * other for one, other in itertools.combinations(values, 2)}
    room = _ROUGH if hedged(marked, told.start) else _EXACT if way.name == "share" else 0.0
    return any(abs(told.value - each) <= room * told.value or same_number(told.value, each) for each in possible)
