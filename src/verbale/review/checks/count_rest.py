"""What is left of a whole, or more than a half of it: "35 of its 50 million, and had 25 million left", "the remaining 35".

Shares and times are added up here as well where each part but the first leaves out what the first one named: "45 per cent to
France, 30 to Britain and the remaining 35 to Spain", "four weeks in Tabriz, six in Tehran, eleven weeks in all".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import comparable, either, same_number, show, slip_in
from verbale.review.marking import COUNT, FRACTION, PERCENT, Marked
from verbale.review.quantities import Quantity, find_quantities, read_fraction
from verbale.review.reckoning import MOST, listed

# A result this many times the one expected, or less, is of other numbers.
_FAR: Final = 2.0
# Shares may be rounded by half a point each; "one in five" is told within six hundredths of the whole.
_POINT, _SHARE_ROOM = 0.5, 0.06
# Two shares may each be rounded by a tenth; shares further from a hundred than this are of other questions.
_ROUNDED, _NEAR = 0.15, 5.0
# Shares that make less or more than this are of several wholes.
_LEAST_SHARES, _MOST_SHARES = 0.75, 1.4
_SCALES: Final = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


def find_rest(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for each remainder, and each whole of shares or times, that the numbers of its sentence contradict."""
    yield from _left(sentence, marked)
    yield from _over_half(sentence, marked)
    yield from _so_many_in(sentence, marked)
    yield from _remaining_share(sentence, marked)
    yield from _two_shares(sentence, marked)
    yield from _to_a_hundred(sentence, marked)
    yield from _half_of(sentence, marked)
    yield from _shares_together(sentence, marked)
    yield from _share_left(sentence, marked)
    yield from _times_spent(sentence, marked)


@cache
def _left_of() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<part>{COUNT})\s(?:out\s)?of\s(?:the|its|their|his|her|these)\s(?P<whole>{COUNT})[^.;:]{{0,60}}?(?:\band|,|;)\s(?:[a-z]+\s){{0,3}}?"
        rf"(?:had|has|have|were|are|with)\s(?:only\s|just\s|another\s)?(?P<rest>{COUNT})(?:\s[a-z]+)?\s(?:still\s)?{either('over')}(?=[,.;)]|\s(?:for|to|in|at)\b|$)",
        re.IGNORECASE,
    )


def _left(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "had paid out 35 of its 50 million and had 25 million left"."""
    match = _left_of().search(marked.marks)
    if match is None:
        return
    part, whole, rest = (marked.quantity(match.start(name)) for name in ("part", "whole", "rest"))
    scale = _SCALES.get(re.sub(r".*[\d\s]", "", marked.text[whole.start : whole.end]).lower(), 1.0)
    taken, left = (each.value * scale if each.value < 1000 <= whole.value else each.value for each in (part, rest))
    real = whole.value - taken
    if real > 0 and not same_number(real, left) and comparable(left, real, _FAR):
        yield slip_in(sentence, rest.start, rest.end, f"Of {show(whole.value)} there remain {show(real)}, not {show(left)}.")


@cache
def _half_more() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<part>{COUNT})(?:\svotes|\sseats)?\s(?:out\s)?of\s(?:the|its|a\stotal\sof)\s(?P<whole>{COUNT})[^.;]{{0,60}}?\s(?P<more>{COUNT})(?:\s(?:votes?|seats?))?\s"
        rf"(?:(?P<over>{either('more than')})|{either('less than')})\s(?:an?\s)?"
        rf"(?:(?P<half>{FRACTION})|(?:{either('majority of a kind')}\s)?majority)",
        re.IGNORECASE,
    )


def _over_half(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "with 114 of the 226 seats it had just five more than half"."""
    match = _half_more().search(marked.marks)
    if match is None or (match["half"] and marked.value(match.start("half")) != 0.5):
        return
    part, whole, told = (marked.value(match.start(name)) for name in ("part", "whole", "more"))
    real = (1 if match["over"] else -1) * (part - whole / 2)
    # the half of an odd number, and the vote that makes a majority, may be counted either way
    if told not in (real, real + 0.5, real - 0.5, real + 1, real - 1) and 0 < real <= whole / 4:
        yield slip_in(sentence, match.start("more"), match.end(), f"Half of {show(whole)} is {show(whole / 2)}.")


@cache
def _in_every() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<part>{COUNT})(?:\s[a-z]+)?\s(?:out\s)?of\s(?:the|its|their|his|her|these|all)\s(?P<whole>{COUNT})[^.;:]{{0,50}}?,\s(?:{either('namely')}|or|thus)\s"
        rf"(?P<hedge>(?:{either('roughly')}\s)?)(?P<one>{COUNT})(?:\s[a-z]+)?\s(?:in|out\sof)\s(?:every\s)?(?P<below>{COUNT})(?=[,.;)]|$)",
        re.IGNORECASE,
    )


def _so_many_in(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "12 of the 30 crews came home, that is three in five"."""
    match = _in_every().search(marked.marks)
    if match is None:
        return
    part, whole, one, below = (marked.value(match.start(name)) for name in ("part", "whole", "one", "below"))
    if 0 < part < whole and 0 < one < below and abs(part / whole - one / below) > _SHARE_ROOM * (1 + bool(match["hedge"])):
        yield slip_in(sentence, match.start("one"), match.end(), f"{show(part)} of {show(whole)} is {part / whole:.0%}.")


@cache
def _last_share() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<first>{PERCENT})[^.;:]*?,?\s(?:and|while)\s[^.;:,]*?\bthe\s(?:remaining|rest|other|remainder),?\s(?P<rest>{COUNT})(?=[,.;)]|\s[a-z]|$)",
        re.IGNORECASE,
    )


def _remaining_share(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "took 45 per cent of the shares, France 30 and the Ottoman Bank the remaining 35"."""
    match = _last_share().search(marked.marks)
    if match is None:
        return
    row = [each for each in marked.quantities if match.start("first") <= each.start <= match.start("rest")]
    # every share but the first stands bare
    bare = all(re.match(r"[,.;)]|\s(?:and|for|to|in|of|at|from|per)\b|$", marked.text[each.end :]) for each in row[1:])
    if len(row) < 2 or not bare or any(each.kind not in ("percent", "count") or each.value >= 100 for each in row):
        return
    total = sum(each.value for each in row)
    if abs(total - 100) > _POINT * len(row) and comparable(total, 100, _FAR):
        yield slip_in(sentence, match.start("rest"), row[-1].end, f"The shares add up to {total:g} per cent, not 100.")


@cache
def _share_sum() -> re.Pattern[str]:
    return re.compile(
        rf"[,;:]\s(?:or\s|and\s)?(?P<sum>{PERCENT})\s(?:{either('totals')}|{either('totals behind')})(?=[,.;:)]|$)",
        re.IGNORECASE,
    )


def _shares_together(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "won 25.4 per cent, the second 24.2 and the third 14.3, 63.9 per cent taken together"."""
    match = _share_sum().search(marked.marks)
    if match is None:
        return
    told = marked.quantity(match.start("sum"))
    row = [each for each in marked.quantities if each.end <= match.start() and each.kind in ("percent", "count")]
    first = next((at for at, each in enumerate(row) if each.kind == "percent"), len(row))
    row = [each for each in row[first:] if each.value < 100]
    # only the first share says what it is
    bare = all(
        each.kind == "percent" or re.match(r"[,;]|\s(?:and|for|to|in|from)\b|$", marked.text[each.end :]) for each in row
    )
    total = sum(each.value for each in row)
    room = 0.05 * len(row) if any(each.value % 1 for each in row) else _POINT * len(row)
    if not bare or not 2 <= len(row) <= MOST or max(each.value for each in row) >= told.value:
        return
    if abs(total - told.value) > room and comparable(told.value, total, _FAR):
        yield slip_in(sentence, told.start, told.end, f"The shares add up to {total:g} per cent, not {told.value:g}.")


@cache
def _other_share() -> re.Pattern[str]:
    return re.compile(
        rf"\bthe\s(?:remaining|other)\s(?P<share>{PERCENT}|{FRACTION}|half|third|quarter|fifth|tenth)\b", re.IGNORECASE
    )


def _share_left(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "set 80 per cent of it aside and left the remaining third to the fishermen"."""
    match = _other_share().search(marked.marks)
    shares = [each for each in marked.quantities if each.kind in ("percent", "fraction")]
    before = [each for each in shares if match is not None and each.end <= match.start()]
    if (
        match is None
        or not 1 <= len(before) <= 3
        or re.search(r"\bof\s(?:these|those|them|which|that[,;])", marked.text[: match.start()])
    ):
        return
    said = next((each for each in shares if match.start("share") <= each.start < match.end()), None)
    value = _part(said) if said is not None else read_fraction(match["share"])
    total = sum(_part(each) for each in before) + value
    if _LEAST_SHARES <= total <= _MOST_SHARES and abs(total - 1) > _SHARE_ROOM:
        yield slip_in(sentence, match.start(), match.end(), f"The shares add up to {total * 100:.0f} per cent, not 100.")


def _part(share: Quantity) -> float:
    return share.value / 100 if share.kind == "percent" else share.value


@cache
def _elliptic() -> re.Pattern[str]:
    name = r"[\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?"
    verbs = rf"(?:{either('acted')}|{either('picks')}|[a-z]+ed(?:\sfor)?)"
    return re.compile(
        rf"(?P<one>{PERCENT})\s(?:of\s[^,.;:]{{3,40}}?\s)?(?:{verbs})\s(?:for\s|to\s|the\s)?{name},?\s(?:and|but)\s(?P<other>{PERCENT})\s(?:for\s|to\s|the\s)?{name}(?=[.;]|$)"
        rf"|(?P<half>{FRACTION})\sof\s(?:the|its|their|all)\s[a-z]+,?\s(?:and|while)\s(?:the\s)?[\w'’-]+(?:\s[\w'’-]+)?\s(?P<more>{FRACTION})(?=[.;]|$)",
        re.IGNORECASE,
    )


def _two_shares(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "70 per cent chose Denmark and 40 per cent Germany", "wool made up two thirds of the exports, and hides a half"."""
    match = _elliptic().search(marked.marks)
    if match is None or listed("set beside", marked.text):
        return
    names = ("one", "other") if match["one"] else ("half", "more")
    scale = 1 if match["one"] else 100
    total = sum(marked.value(match.start(name)) for name in names) * scale
    if total > 100 + 2 * _POINT:
        end = marked.quantity(match.start(names[1])).end
        yield slip_in(sentence, match.start(names[0]), end, f"The shares add up to {total:g} per cent.")


def _to_a_hundred(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "voted by 53.4 per cent against it, so that 47.6 per cent were in favour"."""
    shares = [each for each in marked.quantities if each.kind == "percent"]
    if len(shares) != 2 or not re.search(PERCENT, marked.marks):
        return
    between = marked.text[shares[0].end : shares[1].start]
    drawn = re.search(rf"(?:\bso\sthat|\b{either('so it follows')}|\b{either('leaves')})\s(?:only\s|the\sother\s)?$", between)
    total = sum(each.value for each in shares)
    if drawn is None or not listed("stances", marked.text) or listed("undecided", marked.text) or listed("rest", between):
        return
    if _ROUNDED < abs(total - 100) <= _NEAR:
        message = f"The shares add up to {total:g} per cent, not 100."
        yield slip_in(sentence, shares[1].start, shares[1].end, message)


@cache
def _most() -> re.Pattern[str]:
    half = rf"(?P<half>(?P<more>{either('over half')})|{either('under half')})"
    return re.compile(
        rf"\b{half}\sof\s(?:the|its|his|her|their|these|all)\s(?P<whole>{COUNT})\s[a-z]+(?:,\s(?:namely\s)?|\s\()(?P<part>{COUNT})(?=[,)])",
        re.IGNORECASE,
    )


def _half_of(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "more than half of the 30 members, 13, had signed"."""
    # "half" is a number of its own in the marks
    marks = marked.marks
    for fraction in (each for each in marked.quantities if each.kind == "fraction"):
        marks = marks[: fraction.start] + marked.text[fraction.start : fraction.end] + marks[fraction.end :]
    for match in _most().finditer(marks):
        part, whole = marked.value(match.start("part")), marked.value(match.start("whole"))
        wrong = part <= whole / 2 if match["more"] else part >= whole / 2
        if wrong and whole / 4 <= part <= whole:
            side = "no more" if match["more"] else "no less"
            yield slip_in(sentence, match.start("half"), match.end(), f"{show(part)} of {show(whole)} is {side} than half.")


@cache
def _spent() -> re.Pattern[str]:
    number = r"[\w-]+(?:\s(?:and|hundred|and\sa\shalf)\s[\w-]+)?"
    return re.compile(
        rf"\b(?P<first>{number})\s(?P<unit>{either('lengths')})s?\b(?P<row>[^.;:]{{2,160}}?)[,:;]\s(?:or\s|thus\s|that\sis,?\s|making\s)?(?P<sum>{number})\s(?P=unit)s"
        rf"(?:\s[^.;:,]{{0,30}}?)?\s(?:{either('totals behind')})(?=[.;,:)]|$)",
        re.IGNORECASE,
    )


def _times_spent(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "four weeks in Tabriz, six in Tehran and two in Shiraz, eleven weeks in all"."""
    match = _spent().search(marked.text)
    if match is None or listed("at a rate", match[0]):
        return
    numbers = find_quantities(marked.text[match.start() : match.end()])
    told = [each for each in numbers if match.start() + each.start >= match.start("sum")]
    parts = [
        each
        for each in numbers
        if match.start() + each.start < match.start("row") or match.start() + each.start < match.start("sum")
    ]
    units = rf"\s(?:{match['unit']}s?\b|in\b|at\b|with\b|on\b|for\b|among\b)|[,;:.]|$"
    if len(told) != 1 or len(parts) < 2 or any(each.kind != "count" for each in numbers):
        return
    if any(not re.match(units, marked.text[match.start() + each.end :]) for each in parts):
        return
    total, real = told[0].value, sum(each.value for each in parts)
    if total != real and total > max(each.value for each in parts) and comparable(total, real, _FAR):
        message = f"The numbers before add up to {show(real)}, not {show(total)}."
        yield slip_in(sentence, match.start("sum"), match.end(), message)
