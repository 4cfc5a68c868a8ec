"""Changes and balances told of numbers in the sentences before: a number and what was added to it, two sums set off.

What was added is told as such ("another 1,340"), a change as what follows ("has thus doubled"): so the numbers are those meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_compared import plain_figures
from verbale.review.counting import CHANGES, comparable, either, measures, same_number, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, FRACTION, PERCENT, Marked
from verbale.review.quantities import Quantity
from verbale.review.reckoning import Figure, figures, listed

# A number has doubled when it is within a fifth of the double; what has grown by a half, within an eighth of it.
_TIMES_ROOM, _SHARE_ROOM = 0.2, 0.125
# A balance this many times another is no slip for it.
_FAR: Final = 2.0


def find_neighbours(sentence: Sentence, marked: Marked, before: Sequence[Marked], near: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each change or balance that numbers before it contradict.

    `before` are the sentences before, in order, `near` the last of them if it is of the same paragraph.
    """
    yield from _changed(sentence, marked, before)
    yield from _set_off(sentence, marked, before)
    yield from _balance_of(sentence, marked, near)


@cache
def _told() -> re.Pattern[str]:
    share = rf"{either('changed')}\sby\s(?:an?\s)?(?P<by>{PERCENT}|{FRACTION})"
    than = rf"(?P<less>{PERCENT}|{FRACTION})\s(?P<way>{either('fewer')}|{either('more')})"
    times = rf"(?P<times>{'|'.join(CHANGES)})"
    hedges = r"(?:been\s|about\s|almost\s|nearly\s|more\sthan\s)*"
    return re.compile(
        rf"\b(?:has|have|had|was|were|is|are)?\s?(?:{either('so it follows')})\s{hedges}(?:{times}|{share}|{than})\b",
        re.IGNORECASE,
    )


def _changed(sentence: Sentence, marked: Marked, before: Sequence[Marked]) -> Iterator[Slip]:
    """Check "1,200 miles of border. Finland brought another 1,340. The line has thus doubled", "3.6 years and 5.4 years"."""
    match = _told().search(marked.marks)
    if match is None:
        return
    pair = _pair(marked, match.start(), before)
    if pair is None or min(pair) <= 0:
        return
    real = pair[1] / pair[0]
    told, room = _factor(marked, match, real), _TIMES_ROOM
    if not match["times"]:
        room = _SHARE_ROOM
    if not 1 - room <= real / told <= 1 + room * 1.25 and real != 1:
        message = f"From {show(round(pair[0], 2))} to {show(round(pair[1], 2))} is {real:.2f} times as much."
        yield slip_in(sentence, match.start(), match.end(), message)


def _factor(marked: Marked, match: re.Match[str], real: float) -> float:
    """Return the factor that a change tells; one by a share goes the way that the numbers go."""
    if match["times"]:
        return CHANGES[match["times"].lower()]
    share = marked.quantity(match.start("by" if match["by"] else "less"))
    by = share.value / 100 if share.kind == "percent" else share.value
    return 1 + by if real > 1 else 1 - by


def _pair(marked: Marked, end: int, before: Sequence[Marked]) -> tuple[float, float] | None:
    """Return the two numbers of which a change is told: its own sentence's, or those before, or the first and its sum."""
    own = _spans(marked, end)
    if own is not None:
        return own
    if [each for each in plain_figures(marked) if each.start < end] or not before:
        return None
    last = before[-1]
    figures = plain_figures(last)
    if not figures:
        return _spans(last, len(last.text))
    if len(figures) == 2 and _added(last, figures[1]) and figures[0].kind == figures[1].kind:
        return figures[0].value, figures[0].value + figures[1].value
    if len(figures) == 1 and _added(last, figures[0]) and len(before) > 1:
        first = plain_figures(before[-2])
        if len(first) == 1 and first[0].kind == figures[0].kind:
            return first[0].value, first[0].value + figures[0].value
    return None


def _spans(marked: Marked, end: int) -> tuple[float, float] | None:
    """Return the two times, in one unit, of a text that has no others and tells an average of each."""
    spans = [each for each in marked.durations if each.start < end and not each.indefinite]
    if len(spans) != 2 or spans[0].unit != spans[1].unit or [each for each in plain_figures(marked) if each.start < end]:
        return None
    if not re.search(rf"\b{either('typical')}\b", marked.text[: spans[0].start], re.IGNORECASE):
        return None
    return spans[0].days, spans[1].days


def _added(marked: Marked, quantity: Quantity) -> bool:
    """Tell whether a number is told to come to another: "another 1,340", "8,300 more"."""
    lead = re.search(r"\b(?:another|(?:a\s)?further|an\s(?:additional|extra))\s$", marked.text[: quantity.start], re.IGNORECASE)
    return (
        lead is not None
        or re.match(r"\s(?:[a-z]+\s)?(?:more|extra|further|additional)\b", marked.text[quantity.end :]) is not None
    )


@cache
def _balance() -> re.Pattern[str]:
    two = rf"\bthe\s{COUNT}\s(?:sums|awards|amounts|totals|claims|debts|figures|payments|accounts|judgments)\b"
    lead = rf"(?:{two}[^.;]{{0,60}}?\b(?:against|off|other|offset)\b|\b(?:leaving|left|leaves)\s(?:an?\s)?(?=balance))"
    return re.compile(rf"{lead}[^.;]{{0,90}}?(?P<sum>{AMOUNT})", re.IGNORECASE)


def _set_off(sentence: Sentence, marked: Marked, before: Sequence[Marked]) -> Iterator[Slip]:
    """Check "if the two sums are set against each other the balance was 10 million" against the sums that the text has told."""
    match = _balance().search(marked.marks)
    if match is None:
        return
    balance = marked.quantity(match.start("sum"))
    near = [each for each in (marked, *reversed(before)) if plain_figures(each)]
    told = [[each.value for each in plain_figures(text) if each.kind == balance.kind and _large(text, each)] for text in near]
    told[0] = [each.value for each in plain_figures(marked) if each.end < match.start() and each.kind == balance.kind]
    sums = [each for values in told for each in values]
    if len(sums) < 2:
        return
    last, others = sums[0], sums[1:]
    value = _in_scale(marked, balance, max(last, min(others)))
    differences = [abs(last - each) for each in others if each != last]
    if not differences or any(same_number(value, each) for each in differences):
        return
    nearest = min(differences, key=lambda each: abs(each - value))
    if nearest and comparable(value, nearest, _FAR):
        message = f"The difference is {show(nearest)}, not {show(value)}."
        yield slip_in(sentence, balance.start, balance.end, message)


def _large(marked: Marked, quantity: Quantity) -> bool:
    """Tell whether a number may be a sum of money: written with its sign, or large."""
    return quantity.kind == "money" or quantity.value >= 1_000 or marked.text[quantity.start : quantity.end].endswith("illion")


def _in_scale(marked: Marked, quantity: Quantity, like: float) -> float:
    """Return the value of a balance: "five million" is read as one number, "five" beside millions as written."""
    del marked
    return quantity.value * 1e6 if quantity.value < 1000 and like >= 1e6 else quantity.value


@cache
def _remains() -> re.Pattern[str]:
    return re.compile(rf"\b{either('is left over')}\b(?:(?!{AMOUNT})[^.;])*?(?P<sum>{AMOUNT})", re.IGNORECASE)


def _balance_of(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
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
