"""Results of the one number of the sentence before: a share of it, its quotient, its product, its multiple, and their sum.

"It cost 4,200 florins. A third of it, 1,600, went on gifts", "90,000 people. Each of its nine parishes thus has 15,000",
"40 crowns a year. For its 300 members that makes 15,000", "480 metres long. The old one, at 240 metres, was a third as long".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_compared import FAR, hedged, plain_figures
from verbale.review.checks.count_totals import figures_between
from verbale.review.counting import comparable, either, same_number, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, FRACTION, PERCENT, Marked
from verbale.review.reckoning import MOST, figures, like, listed, results

# A share or quotient may be rounded by so much of itself, a hedged one by more, and a multiple by a seventh.
_ROOM, _ROUGH, _TIMES = 0.04, 0.25, 1 / 7
# A sum cannot be off by as much as this.
_FAR_SUM: Final = 1.5


def find_across(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Yield a slip for each result that the numbers of the sentence before contradict."""
    wholes = plain_figures(before)
    if len(wholes) == 1:
        whole = wholes[0].value
        yield from _share_first(sentence, marked, whole)
        yield from _each_has(sentence, marked, whole)
        yield from _that_makes(sentence, marked, before, whole)
    yield from _as_long(sentence, marked, before)
    yield from _makes(sentence, marked, before)
    yield from _thus(sentence, marked, before)


@cache
def _share_of_it() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<share>{FRACTION}|{PERCENT})\sof\s(?:{either('the sum of it')})"
        rf"(?:,\s|\s\(|\s[–—]\s)(?:or\s|that\sis,?\s|{either('namely')}\s)?"
        rf"(?P<part>{AMOUNT})(?P<unit>(?:\s[a-z]+)?)(?=[,.;)]|\s[–—])",
        re.IGNORECASE,
    )


def _share_first(sentence: Sentence, marked: Marked, whole: float) -> Iterator[Slip]:
    """Check "It cost 4,200 florins. A third of it, 1,600 florins, went on gifts"."""
    match = _share_of_it().search(marked.marks)
    if match is None:
        return
    share, part = marked.quantity(match.start("share")), marked.quantity(match.start("part"))
    real = whole * (share.value / 100 if share.kind == "percent" else share.value)
    room = _ROUGH if hedged(marked, share.start) or hedged(marked, part.start) else _ROOM
    if 0 < part.value < whole and abs(part.value / real - 1) > room and comparable(part.value, real, FAR):
        said = marked.text[share.start : share.end].capitalize()
        message = f"{said} of {show(whole)} is {show(round(real, 2))}, not {show(part.value)}."
        yield slip_in(sentence, part.start, part.end, message)


@cache
def _of_each() -> re.Pattern[str]:
    return re.compile(
        rf"^{either('each')}(?:\sof)?(?:\s(?:its|the|their|these))?\s(?P<times>{COUNT})\s[a-z]+\s"
        rf"[^.;:]{{0,40}}?\b(?:{either('so it follows')}|{either('typical')})\s"
        rf"[^.;:]{{0,40}}?(?P<per>{AMOUNT})",
        re.IGNORECASE,
    )


def _each_has(sentence: Sentence, marked: Marked, whole: float) -> Iterator[Slip]:
    """Check "a population of 90,000. Each of its nine parishes thus has about fifteen thousand people"."""
    match = _of_each().search(marked.marks)
    if match is None or len(plain_figures(marked)) != 2:
        return
    times, per = marked.value(match.start("times")), marked.quantity(match.start("per"))
    real = whole / times
    if times > 1 and abs(per.value / real - 1) > _ROUGH and comparable(per.value, real, FAR):
        message = f"{show(whole)} in {show(times)} parts is {show(round(real))} each, not {show(per.value)}."
        yield slip_in(sentence, per.start, per.end, message)


@cache
def _for_its() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:for|with|over|by|times)\s(?:(?:its|the|their|all)\s)?(?P<times>{COUNT})\s[a-z]+\s"
        rf"{either('that makes')}\s(?:[a-z]+\s)??(?P<sum>{AMOUNT})(?!\s(?:of|more|fewer)\b)",
        re.IGNORECASE,
    )


def _that_makes(sentence: Sentence, marked: Marked, before: Marked, whole: float) -> Iterator[Slip]:
    """Check "membership costs 40 crowns a year. For its 300 members that makes 15,000 crowns"."""
    match = _for_its().search(marked.marks)
    if match is None or not (listed("a head", before.text) or listed("each one", before.text) or before.durations):
        return
    times, told = marked.value(match.start("times")), marked.quantity(match.start("sum"))
    real = times * whole
    room = _ROUGH if hedged(marked, told.start) else _ROOM
    if abs(told.value / real - 1) > room and comparable(told.value, real, FAR) and not same_number(told.value, times + whole):
        message = f"{show(times)} times {show(whole)} is {show(real)}, not {show(told.value)}."
        yield slip_in(sentence, told.start, told.end, message)


_FACTORS: Final = {"twice": 2.0, "double": 2.0, "thrice": 3.0, "treble": 3.0, "triple": 3.0, "quadruple": 4.0}


@cache
def _multiple() -> re.Pattern[str]:
    """Return "the old one, at 240 metres, was a third as long": what is compared stands in the sentence before."""
    return re.compile(
        rf"^(?:The|Its|That|His|Their)\s[^.;:]{{2,40}}?,?\s(?:at|with)\s(?P<own>{AMOUNT}|{PERCENT})(?P<unit>[^.;:,]{{0,30}}?),?\s"
        rf"(?:was|is|were|are|had\sbeen)\s(?P<hedge>(?:(?:exactly|just|only|{either('roughly')}|{either('above')}|{either('below')})\s)?)"
        rf"(?:(?P<word>{'|'.join(_FACTORS)})|(?P<number>{COUNT})\stimes|(?P<share>{FRACTION}))\s(?:as\s[a-z]+(?!\sas\b)|that)(?=[.,;]|$)",
        re.IGNORECASE,
    )


def _as_long(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Check "The bridge is 480 metres long. The old one, at 240 metres, was a third as long"."""
    match = _multiple().search(marked.marks)
    if match is None:
        return
    own = marked.quantity(match.start("own"))
    others = [each for each in before.quantities if each.kind == own.kind]
    if own.kind != "percent":
        others = [each for each in plain_figures(before) if each.kind == own.kind]
    if len(others) != 1 or not others[0].value:
        return
    told = (
        _FACTORS[match["word"].lower()]
        if match["word"]
        else marked.value(match.start("number" if match["number"] else "share"))
    )
    real = own.value / others[0].value
    room = _ROUGH if match["hedge"] and not re.match(r"(?:exactly|just|only)\s", match["hedge"], re.IGNORECASE) else _TIMES
    if abs(real / told - 1) > room and comparable(real, told, FAR):
        message = f"{show(own.value)} is {real:.2g} times {show(others[0].value)}."
        start = next(match.start(name) for name in ("word", "number", "share") if match[name])
        yield slip_in(sentence, start, match.end(), message)


@cache
def _so_many() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:In\sall\s|Altogether\s|Together\s)?(?P<sum>{AMOUNT})\s"
        rf"[^.;:]*?\b(?:{either('hence')}|{either('so it follows')})\b",
        re.IGNORECASE,
    )


def _thus(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Check "The first edition sold 1,200 copies, the second 1,800. Thus 3,500 copies had been sold"."""
    match, own = _so_many().search(marked.marks), figures(marked)
    parts = figures(before)
    if match is None or len(own) != 1 or not 2 <= len(parts) <= MOST or not all(like(own[0], each) for each in parts):
        return
    told, values = own[0], [each.value for each in parts]
    if listed("more", before.text) or not any(each.stems & told.stems for each in parts) or told.value <= max(values):
        return
    total = sum(values)
    if told.value not in results(values) and comparable(told.value, total, _FAR_SUM) and not hedged(marked, told.start):
        message = f"The numbers of the sentence before add up to {show(total)}, not {show(told.value)}."
        yield slip_in(sentence, told.start, told.end, message)


@cache
def _makes_of() -> re.Pattern[str]:
    return re.compile(
        rf"^{either('that makes')}\s(?P<hedge>(?:{either('roughly')}\s)?)(?P<sum>{AMOUNT})"
        r"(?!\s(?:of|in|out\sof|more|fewer|less|times|per|percent)\b)",
        re.IGNORECASE,
    )


# A sum told to be rough may be off by so much.
_ROUGH_SUM: Final = 0.05


def _makes(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Check "Argentina lost 649 and Britain 255; three islanders were killed. That makes 1,107 dead for one island"."""
    match = _makes_of().search(marked.marks)
    parts = [each for each in figures_between(before, 0, len(before.text)) if each.kind in ("count", "money")]
    if match is None or not 2 <= len(parts) <= 6 or len({each.kind for each in parts}) > 1:
        return
    told, values = marked.quantity(match.start("sum")), [each.value for each in parts]
    real = sum(values)
    runs = {sum(chosen) for size in range(2, len(values) + 1) for chosen in itertools.combinations(values, size)}
    runs |= {one * other for one, other in itertools.combinations(values, 2)}
    if re.search(rf"\b{either('beside')}\b", marked.text[told.end :], re.IGNORECASE):
        return  # "that made 140 with the Belgians"
    rough = match["hedge"] and abs(told.value - real) <= _ROUGH_SUM * real
    if rough or told.value <= max(values) or any(same_number(told.value, each) for each in runs):
        return
    if 1 / 1.6 <= real / told.value <= 1.6:
        message = f"The numbers of the sentence before add up to {show(real)}, not {show(told.value)}."
        yield slip_in(sentence, match.start(), told.end, message)
