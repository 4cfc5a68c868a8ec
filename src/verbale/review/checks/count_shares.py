"""Shares, ratios and rates that a text tells of two numbers beside them: "160,000 of its 215,000, or three quarters".

Each pattern takes the two numbers that its words name, so that other numbers of the sentence do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_compared import FAR, alike, others_of, plain_figures
from verbale.review.checks.count_sums import _PER
from verbale.review.counting import comparable, either, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, DURATION, FRACTION, PERCENT, Marked
from verbale.review.quantities import Quantity, like_a_year

# A bare share in words may be off by five in a hundred of the whole, a hedged one by seven, one in per cent by one and a half;
# "more than" so much may be less by two, "almost" so much may be more by two.
_FRACTION_ROOM, _HEDGED_ROOM, _PERCENT_ROOM, _SIDE_ROOM = 0.05, 0.07, 0.015, 0.02
# "About 15 per cent" is told to a few hundredths.
_HEDGED_PERCENT: Final = 0.03
# A ratio of votes ("four to one") is rounded by an eighth; a hedged one by a fifth on the side that its hedge allows.
_RATIO_ROOM, _RATIO_HEDGED, _RATIO_SIDE = 0.125, 0.2, 0.04
# A rate may be rounded by three in a hundred, with "about" by twelve.
_RATE_ROOM, _ABOUT_ROOM = 0.03, 0.12


# The shares that have a name of their own; what is one of them to half a hundredth is told as that one.
_PLAIN: Final = tuple(above / below for below in (2, 3, 4, 5) for above in range(1, below))
_EXACT: Final = 0.005


def find_shares(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for each share, ratio and rate that the two numbers of which it is told contradict."""
    for kind in (_share, _votes, _left, _rate):
        yield from kind(sentence, marked)


@cache
def _shares_of() -> tuple[re.Pattern[str], ...]:
    whose = r"(?:(?:the|its|their|his|her|all|our|some|a|an)\s){0,2}(?:[\w-]+\s){0,3}?(?:[\w-]+'s?\s)?"
    nouns = r"(?:\s[a-z][\w'-]*){0,3}?"
    lead = r"(?:,?\s(?:or|that\sis,?|i\.e\.,?|which\s(?:is|was))|,|\s\(|\s[–—])"
    share = (
        rf"(?:\s(?:exactly|just)(?=\s))?(?P<hedge>(?:\s?{either('roughly')}\s)?)\s?(?:the\s)?(?P<share>{PERCENT}|{FRACTION})"
    )
    # "more than half of them women" is a share of the part
    closed = (
        rf"(?=[,.;:)]|\sof\s(?:it|them|all|the\s(?:total|whole|number|lot))(?=[,.;:)]|$)|\s(?:that|{either('needed')})\b|$)"
    )
    patterns = (
        rf"(?P<part>{AMOUNT}){nouns}\s(?:out\s)?of\s{whose}(?P<whole>{AMOUNT})(?:\s[a-z][\w'-]*){{0,5}}?{lead}{share}{closed}",
        rf"\b[Oo]f\s{whose}(?P<whole>{AMOUNT})(?:\s[a-z][\w'-]*){{1,8}}?,?\s(?P<part>{AMOUNT}){nouns}{lead}{share}{closed}",
        rf"(?P<whole>{AMOUNT}){nouns},?\sof\s(?:which|whom|these)\s(?:[\w'-]+\s){{0,4}}?(?P<part>{AMOUNT}){nouns}{lead}{share}{closed}",
        rf"(?P<part>{AMOUNT})(?:\s[a-z][\w'-]*){{0,3}}{lead}{share}\sof\s{whose}(?P<whole>{AMOUNT})(?=[\s,.;)])",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _share(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "160,000 of the country's 215,000 miles, or over four fifths", "73 million, or a sixth of the 430 million"."""
    for pattern in _shares_of():
        for match in pattern.finditer(marked.marks):
            one, other = (marked.quantity(match.start(name)) for name in ("part", "whole"))
            part, whole = _scaled(marked, one, other)
            share = marked.quantity(match.start("share"))
            told = share.value / 100 if share.kind == "percent" else share.value
            if not 0 < part < whole or any(_year(marked, each) for each in (one, other)):
                continue
            real = part / whole
            if not _fits(real, told, match["hedge"].strip().lower(), share.kind) and comparable(real, told, FAR):
                message = f"{show(part)} of {show(whole)} is {real * 100:.0f} per cent."
                yield slip_in(sentence, match.start(), share.end, message)


def _scaled(marked: Marked, one: Quantity, other: Quantity) -> tuple[float, float]:
    """Return a part and its whole in one scale: "31 of the 50 million" are millions."""
    scale = re.search(r"thousand|[a-z]+illion", marked.text[other.start : other.end], re.IGNORECASE)
    if scale is None or one.value >= 1000 or re.search(r"[a-z]{6}", marked.text[one.start : one.end]):
        return one.value, other.value
    unit = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}.get(scale[0].lower(), 1.0)
    return one.value * unit, other.value


def _year(marked: Marked, quantity: Quantity) -> bool:
    return like_a_year(marked.text[quantity.start : quantity.end])


def _fits(real: float, told: float, hedge: str, kind: str) -> bool:
    """Tell whether a share may be told so; a word before it may allow more on one side."""
    if re.fullmatch(either("above"), hedge):
        return -_SIDE_ROOM <= real - told <= 2 * _HEDGED_ROOM
    if re.fullmatch(either("below"), hedge):
        return -2 * _HEDGED_ROOM <= real - told <= _SIDE_ROOM
    if hedge:
        return abs(real - told) <= (_HEDGED_ROOM if kind == "fraction" else _HEDGED_PERCENT)
    if kind == "fraction" and any(abs(real - each) <= _EXACT and abs(told - each) > 2 * _EXACT for each in _PLAIN):
        return False  # 50 of 250 is a fifth, and no quarter
    return abs(real - told) <= (_PERCENT_ROOM if kind == "percent" else _FRACTION_ROOM)


@cache
def _to_one() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b{either('margin')}\sof|[,;(–—]\s?(?:or|that\sis,?)?)\s?(?P<hedge>(?:{either('roughly')}\s)?)(?P<times>{COUNT})\sto\s(?P<one>{COUNT})(?=[,.;:)]|$)",
        re.IGNORECASE,
    )


def _votes(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "6.8 million answered yes and 2.4 million no, a majority of almost three to one"."""
    match = _to_one().search(marked.marks)
    if match is None or marked.value(match.start("one")) != 1:
        return
    others = [each for each in others_of(plain_figures(marked), match.start("times")) if each.end < match.start()]
    shares = [each for each in marked.quantities if each.kind == "percent" and each.end < match.start()]
    others = shares if len(shares) == 2 else others
    if len(others) != 2 or others[0].kind != others[1].kind or not (shares or alike(marked, *others) or _of_votes(marked)):
        return
    small, large = sorted(each.value for each in others)
    real, told, hedge = large / small, marked.value(match.start("times")), match["hedge"].strip().lower()
    low, high = 1 - _RATIO_ROOM, 1 + _RATIO_ROOM
    if hedge:
        low, high = 1 - _RATIO_HEDGED, 1 + _RATIO_HEDGED
    if re.fullmatch(either("above"), hedge):
        low = 1 - _RATIO_SIDE
    elif re.fullmatch(either("below"), hedge):
        high = 1 + _RATIO_SIDE
    if not low <= real / told <= high and 1 / FAR < real / told < FAR:
        message = f"{show(large)} to {show(small)} is {real:.1f} to one."
        yield slip_in(sentence, others[0].start, match.end(), message)


def _of_votes(marked: Marked) -> bool:
    """Tell whether a sentence tells of a vote, whose numbers have the words for the two sides behind them."""
    return re.search(r"\bvot(?:es?|ed|ers)\b|\byes\b.*\bno\b", marked.text, re.IGNORECASE) is not None


@cache
def _leaving() -> re.Pattern[str]:
    return re.compile(
        rf"\b{either('leaves')}\s(?P<hedge>(?:(?:only|just|a\smere|{either('roughly')})\s)?)(?P<rest>{PERCENT}|{FRACTION})(?=\s(?:with|for|to|in|of|at|as|without|who|that|which|undecided)\b|[,.;]|$)",
        re.IGNORECASE,
    )


def _left(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "a quarter ended in full concession and 37.5 per cent in partial, which leaves 37.5 per cent with none"."""
    match = _leaving().search(marked.marks)
    if match is None:
        return
    opening = max(marked.text.rfind(stop, 0, match.start()) for stop in ("; ", ": "))
    shares = [
        each for each in marked.quantities if opening < each.start < match.start() and each.kind in ("percent", "fraction")
    ]
    wholes = re.findall(rf"(?:{PERCENT}|{FRACTION})\sof\s", marked.marks[opening + 1 : match.start()])
    if (
        not shares
        or len(wholes) > 1
        or re.search(r"\b(?:from|than|rose|fell|grew)\b", marked.text[opening + 1 : match.start()])
    ):
        return
    values = [each.value / 100 if each.kind == "percent" else each.value for each in shares]
    rest = marked.quantity(match.start("rest"))
    told = rest.value / 100 if rest.kind == "percent" else rest.value
    exact = all(each.kind == "percent" for each in shares) and not match["hedge"].strip()
    room = _PERCENT_ROOM if exact and rest.kind == "percent" else _FRACTION_ROOM
    real = 1 - sum(values)
    if real > 0 and abs(real - told) > room and comparable(told, real, FAR):
        yield slip_in(sentence, shares[0].start, rest.end, f"That leaves {real * 100:.3g} per cent.")


@cache
def _rates() -> re.Pattern[str]:
    units = "|".join(_PER)
    lead = r"(?:,|\s\(|\s[–—]|,\sand)\s?(?:which\s(?:is|was|makes|made)|that\sis,?|i\.e\.,?|or|making|at|thus)\s"
    return re.compile(
        rf"(?P<sum>{AMOUNT})(?P<noun>(?:\s[a-z][\w-]*){{0,4}}?)\s(?:(?:in|within|for|during|across|spread\sover|spread)\s)?(?P<time>{DURATION})"
        rf"{lead}(?P<hedge>(?:{either('roughly')}\s)?)(?P<per>{AMOUNT})(?:\s(?!(?:a|per|every|each)\b)[a-z-]+){{0,2}}?\s(?:a|per|every|each)\s(?P<unit>{units})\b",
        re.IGNORECASE,
    )


def _rate(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "150 million dollars over six years, which is 25 million a year", whatever else the sentence counts."""
    for match in _rates().finditer(marked.with_articles()):
        time = next(each for each in marked.durations if each.start == match.start("time"))
        total, per = (marked.quantity(match.start(name)) for name in ("sum", "per"))
        over = re.match(r"over\s", marked.text[time.start :]) is not None  # "over six years" is no more than six
        if not over and re.search(r"[a-z]\s(?:in|within|for|during|across|over|spread)\s$", marked.text[: time.start]) is None:
            continue
        number = time.days / _PER[match["unit"].lower()]
        number = round(number) if number >= 1 and abs(number - round(number)) < 0.05 * number else number
        value, whole = _scaled(marked, per, total)
        value = per.value if abs(number * per.value / whole - 1) <= _RATE_ROOM else value
        room = _ABOUT_ROOM if match["hedge"] or (time.about and not over) else _RATE_ROOM
        if number > 1 and abs(number * value / whole - 1) > room and comparable(number * value, whole, FAR):
            message = f"{show(whole)} over {show(number)} is {show(whole / number)} each, not {show(value)}."
            yield slip_in(sentence, match.start(), match.end(), message)
