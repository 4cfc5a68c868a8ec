"""Shares and margins that a text adds to numbers just told: "gave it about 350, roughly a tenth of the claim".

What the share is of is often told by a word alone ("the claim", "the vote"), so every two numbers of the sentence and the one
before it may be meant: a share is wrong only if no two of them stand so to each other.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_proportions import fits
from verbale.review.counting import comparable, either, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, FRACTION, PERCENT, Marked
from verbale.review.reckoning import MOST, Figure, figures, like

# A share this many times the one expected is of other numbers.
_FAR: Final = 2.5
# Where a sentence tells two numbers alone, no others can be meant.
_FAR_ALONE: Final = 6.0
_HALF: Final = 0.5
# A number that is the sum of the others, but for what was rounded, is the whole of them.
_WHOLE_ROOM: Final = 0.03
# A hedged margin may be rounded by a twentieth, and is of other numbers beyond twice or half the real one.
_ROUNDED, _FAR_MARGIN = 0.05, 2.5


def find_aside(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each share and margin that no two numbers told before it bear out; `before` is the sentence before."""
    yield from _share(sentence, marked, before)
    yield from _of_hundred(sentence, marked)
    yield from _margin(sentence, marked)


@cache
def _shares() -> tuple[re.Pattern[str], ...]:
    hedge = rf"(?P<hedge>(?:(?:{either('roughly')}|{either('above')}|{either('below')})\s)?)"
    share = (
        rf"{hedge}(?:an?\s)?(?P<share>{PERCENT}|{FRACTION}|(?P<part>{COUNT})\s(?:in|out\sof)\s(?:every\s)?(?P<whole>{COUNT}))"
    )
    which = r"(?:(?:or|that\sis,?|which\s(?:is|was|makes|made)|(?P<sum>together|in\sall))\s)?"
    of = r"(?:\sof\s(?:the|its|their|his|her|all|what)\s[^.;:,]{2,40}?)?"
    return (
        # "gave it about 350, roughly a fifth of the claim, and ..."
        re.compile(rf"[,(–—]\s?{which}{share}{of}(?=[.,;:)]|$)", re.IGNORECASE),
        # "In other words three-quarters of the vote went against it"
        re.compile(rf"^(?:{either('in other words')}),?\s{share}\sof\s(?:the|all|those)\s", re.IGNORECASE),
        # "took 26 seats and the others nineteen, which gave it a two-thirds majority"
        re.compile(rf"[,;]\s(?:which|and\sso|so\sthat)\s[^.;:,]{{3,60}}?\s{share}\s{either('margin')}\b", re.IGNORECASE),
    )


def _share(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "Of 4,000 on the roll, 3,010 had turned out, about three in four"."""
    for pattern in _shares():
        for match in pattern.finditer(marked.marks):
            at = match.start("share")
            own = [each for each in figures(marked) if each.end <= match.start()]
            near = [*(figures(before) if before is not None else []), *own]
            told = _told(marked, match)
            hedge = match["hedge"].strip().lower()
            kind = "percent" if match["share"][0] == PERCENT[0] else "fraction"
            if told is None or (not own and before is None) or not 2 <= len(near) <= MOST:
                continue
            added = pattern is _shares()[0] and match["sum"] is not None
            if any(_fits(each, told, hedge, kind) for each in (_of_sums(near) if added else _ratios(near))):
                continue
            pair = _pair(near, told, _FAR_ALONE if len(own) == len(near) == 2 else _FAR)
            if pair is not None:
                message = f"{show(pair[0])} of {show(pair[1])} is {pair[0] / pair[1] * 100:.0f} per cent."
                yield slip_in(sentence, match.start("hedge") if hedge else at, match.end("share"), message)


def _fits(real: float, told: float, hedge: str, kind: str) -> bool:
    """Tell whether a share may be told so; "more than half" is true of all that is more, however much."""
    if told == _HALF and re.fullmatch(either("above"), hedge) and real > told:
        return True
    return fits(real, told, hedge, kind)


def _told(marked: Marked, match: re.Match[str]) -> float | None:
    """Return the share that is told, between nothing and the whole."""
    if match["part"]:
        part, whole = marked.value(match.start("part")), marked.value(match.start("whole"))
        told = part / whole if whole else 0.0
    else:
        quantity = marked.quantity(match.start("share"))
        told = quantity.value / 100 if quantity.kind == "percent" else quantity.value
    return told if 0 < told < 1 else None


def _pair(near: list[Figure], told: float, far: float) -> tuple[float, float] | None:
    """Return the last two numbers of one thing whose share may be meant, the smaller first."""
    for one, other in itertools.combinations(reversed(near), 2):
        if like(one, other) and 0 < one.value != other.value > 0:
            small, large = sorted((one.value, other.value))
            if 1 / far <= small / large / told <= far:
                return small, large
    return None


def _ratios(near: list[Figure]) -> set[float]:
    """Return every share that one of some numbers, two of them or what lies between two makes of another or of their sum."""
    values = [each.value for each in near if each.value > 0]
    most, total = max(values), sum(values)
    pairs = list(itertools.permutations(values, 2))
    found = {part / whole for part, whole in pairs if part < whole}
    found |= {(part + other) / whole for part, other, whole in itertools.permutations(values, 3) if part + other < whole}
    if abs(total - 2 * most) <= _WHOLE_ROOM * most and len(values) > 2:
        return found
    found |= {one / (one + other) for one, other in pairs} | {each / total for each in values}
    # two numbers with no noun ("256,261 voted no and 217,319 yes") are the sides of a vote, and no before and after
    named = len(values) == 2 and any(each.stems for each in near)
    return found | {(large - small) / large for small, large in pairs if small < large and named}


def _of_sums(near: list[Figure]) -> set[float]:
    """Return every share that some numbers that end with the last make of one before them."""
    values = [each.value for each in near]
    sums = [(sum(values[at:]), values[:at]) for at in range(1, len(values))]
    return {part / whole for part, wholes in sums for whole in wholes if part < whole}


@cache
def _again() -> re.Pattern[str]:
    hedge = rf"(?P<hedge>(?:(?:{either('roughly')}|{either('above')}|{either('below')})\s)?)"
    share = rf"(?P<share>{FRACTION}|(?P<part>{COUNT})\s(?:in|out\sof)\s(?:every\s)?(?P<whole>{COUNT}))"
    return re.compile(
        rf"(?P<first>{PERCENT})\s[^.;:,]{{2,40}},\s(?:or\s|that\sis,?\s)?{hedge}(?:an?\s)?{share}(?=[.;:)]|$)", re.IGNORECASE
    )


def _of_hundred(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "68 per cent said yes, more than two in three"."""
    for match in _again().finditer(marked.marks):
        part, again = marked.value(match.start("first")) / 100, _told(marked, match)
        hedge = match["hedge"].strip().lower()
        if again is not None and not fits(part, again, hedge, "fraction") and comparable(part, again, _FAR):
            start = match.start("hedge") if hedge else match.start("share")
            yield slip_in(sentence, start, match.end("share"), f"The text says {part:.0%} before.")


@cache
def _margins() -> re.Pattern[str]:
    return re.compile(
        rf"\bfor\s(?:it|them|union|him|her)[^.;,]{{0,30}}?\s(?P<last>{AMOUNT})(?:\svotes)?,\san?\s{either('margin')}\sof\s"
        rf"(?P<hedge>{either('roughly')}\s)?(?P<sum>{COUNT})",
        re.IGNORECASE,
    )


def _margin(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "Against it were 52,400 votes and for it 41,300, a margin of about 11,000"."""
    for match in _margins().finditer(marked.marks):
        own = [each.value for each in figures(marked) if each.end <= match.end("last")]
        if len(own) != 2:
            continue
        told, real = marked.value(match.start("sum")), abs(own[0] - own[1])
        room = _ROUNDED * max(told, real) if match["hedge"] else 0
        if abs(told - real) > room and comparable(told, max(real, 1), _FAR_MARGIN):
            message = f"Between {show(own[0])} and {show(own[1])} there are {show(real)}, not {show(told)}."
            yield slip_in(sentence, match.start("sum"), match.end("sum"), message)
