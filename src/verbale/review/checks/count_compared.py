"""Two numbers of a sentence against how it compares them: "twice as many", "12 more than", "three for every".

Only sentences with just the numbers that the comparison needs are judged, so that no number has to be guessed at; and a result
that any simple calculation of the numbers gives is let stand.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import comparable, either, measures, same_number, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, FRACTION, PERCENT, Marked
from verbale.review.quantities import Quantity, like_a_year

# "Three times as many" is said of what is within a seventh of it; with "nearly" or "over", within a quarter.
_TIMES_ROOM, _HEDGED_ROOM = 1 / 7, 0.25
# A ratio may be rounded by three in a hundred.
_RATIO_ROOM: Final = 0.03
# A result that is further off than so many times is meant of other numbers.
FAR: Final = 4.0
# "A third" is said of a share that is within six in a hundred of it, "a fifth per cent" within one and a half.
_FRACTION_ROOM, _PERCENT_ROOM = 0.06, 0.015
# Shares in per cent are rounded to the half of one; three that are written with a decimal, to the half of a tenth.
_POINT_ROOM, _EXACT_ROOM = 0.6, 0.15


def find_compared(sentence: Sentence, marked: Marked, before: Marked | None = None) -> Iterator[Slip]:
    """Yield a slip for each comparison that the numbers of its sentence contradict."""
    figures = plain_figures(marked)
    if len(figures) == 1 and before is not None:
        yield from _outright_of(sentence, marked, figures[0], plain_figures(before))
    yield from _points(sentence, marked)
    if not 2 <= len(figures) <= 5:
        return
    for kind in (_times, _difference, _ratio, _for_every, _by_votes, _absolute, _share_of_other):
        yield from kind(sentence, marked, figures)


def plain_figures(marked: Marked, *, ones: bool = False) -> list[Quantity]:
    """Return the numbers and sums of money of a sentence, without those that look like years; with `ones` also "one"."""
    found = []
    for each in marked.quantities:
        text = marked.text[each.start : each.end]
        if each.kind not in ("count", "money") or (text.lower() == "one" and not ones) or like_a_year(text):
            continue
        found.append(each)
    return found


def others_of(figures: list[Quantity], *taken: int) -> list[Quantity]:
    """Return the numbers but those that begin at these offsets."""
    return [each for each in figures if each.start not in taken]


def hedged(marked: Marked, at: int) -> bool:
    """Tell whether a word before an offset says that what stands there is not exact."""
    return re.search(rf"\b{either('roughly')}\s(?:an?\s)?$", marked.text[:at], re.IGNORECASE) is not None


def alike(marked: Marked, one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers may be of one thing: the same noun behind both, or none behind one."""
    if one.kind != other.kind or min(one.value, other.value) <= 1:
        return False
    nouns = [re.match(r"\s([a-z][\w-]*)", marked.text[each.end :]) for each in (one, other)]
    words = [match[1] if match and not re.fullmatch(either("joins"), match[1]) else "" for match in nouns]
    return not (words[0] and words[1]) or words[0].rstrip("s")[:5] == words[1].rstrip("s")[:5]


@cache
def _times_of() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:(?P<word>{either('times')})|(?P<number>{COUNT})\stimes|(?P<share>{FRACTION}))"
        rf"\s{either('as many')}(?![\w-])",
        re.IGNORECASE,
    )


def _times(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "120 divisions and 40, three times as many"."""
    match = _times_of().search(marked.marks)
    if match is None or re.match(r"\s(?:more|again|of\s(?:them|these|those|which|whom))\b", marked.text[match.end() :]):
        return
    if _with_another(marked, match.start(), match.end()):
        return
    pointed = re.search(r"\bthat(?:\s\w+)?$", match[0], re.IGNORECASE)
    if pointed and re.match(r"\s*(?:[.,;)]|$)", marked.text[match.end() :]) is None:
        return  # "3,000 soldiers and twice that number of refugees": what is twice as much is not told
    others = others_of(figures, match.start("number") if match["number"] else -1)
    if len(others) != 2 or others[0].start > match.start() or re.search(r"\bnot\b|\bno\b|n't\b", marked.text):
        return
    apposed = re.search(r"[,;:(–]\s?(?:[a-z]+\s){0,2}$", marked.text[: match.start()]) and others[1].end < match.start()
    if not alike(marked, *others) and not (apposed and others[0].kind == others[1].kind and others[0].value > 1):
        return
    if _of_time(match[0]) and not any(
        measures(noun_after(marked, each)) or measures(noun_after(marked, each) + "s") for each in others
    ):
        return  # "needed seven and got them in sixteen months; the other needed five and took twice as long"
    told = _factor(marked, match)
    small, large = sorted(each.value for each in others)
    real, told = large / small, max(told, 1 / told)
    hedge = re.search(
        r"\b(?:(more\sthan|over|well\sover)|(nearly|almost|not\squite))\s$", marked.text[: match.start()], re.IGNORECASE
    )
    if hedge is not None:
        wrong = real < told * 0.97 if hedge[1] else not 0.8 * told <= real <= told * 1.03
    else:
        wrong = abs(real / told - 1) > (_HEDGED_ROOM if hedged(marked, match.start()) else _TIMES_ROOM)
    if wrong and comparable(real, told, FAR):
        message = f"{show(large)} is {real:.1f} times {show(small)}."
        yield slip_in(sentence, min(match.start(), others[0].start), max(match.end(), others[1].end), message)


def _with_another(marked: Marked, start: int, end: int) -> bool:
    """Tell whether a multiple is of what has no number here: "twice as much as in the year before"."""
    compared = re.match(r"\sas\s(?P<with>[^,;:.]+)", marked.text[end:])
    if compared is None or re.search(AMOUNT, marked.marks[end:]):
        return False
    said = {word.lower()[:5] for word in re.findall(r"[A-Za-z]{4,}", marked.text[:start])}
    return not said & {word.lower()[:5] for word in re.findall(r"[A-Za-z]{4,}", compared["with"])}


def _of_time(multiple: str) -> bool:
    """Tell whether a multiple is one of length, as only what is measured has it, and no count."""
    return re.search(rf"\b{either('as long')}$", multiple, re.IGNORECASE) is not None


def _factor(marked: Marked, match: re.Match[str]) -> float:
    if match["word"]:
        return _FACTORS[match["word"].lower()]
    return marked.value(match.start("number") if match["number"] else match.start("share"))


_FACTORS: Final = {"twice": 2.0, "double": 2.0, "thrice": 3.0, "treble": 3.0, "triple": 3.0, "quadruple": 4.0}


@cache
def _differing() -> re.Pattern[str]:
    unit, no = r"(?:\s(?!of\b)[a-z-]+)?", rf"(?!(?:that|those)\sof\b){either('not than')}"
    return re.compile(
        rf"(?P<by>{AMOUNT}){unit}\s(?:{either('more')}(?=\sthan\s(?!{AMOUNT}|{no}\b))"
        rf"|{either('fewer')}(?=\sthan\s(?!{AMOUNT}|{no}\b)|[.,;:)]|$))|,\s(?P<by2>{AMOUNT})\smore(?=[.;)]|$)",
        re.IGNORECASE,
    )


def _difference(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "18 delegates and 12, six fewer", "15 more than the South, which had 30"."""
    match = _differing().search(marked.marks)
    if match is None:
        return
    by = marked.quantity(match.start("by") if match["by"] else match.start("by2"))
    others = others_of(figures, by.start)
    if by.value <= 1 or len(others) != 2 or not alike(marked, *others) or hedged(marked, by.start):
        return
    one, other = (each.value for each in others)
    real = abs(one - other)
    told_of = (
        "than" in marked.text[match.end() : match.end() + 6] and others[0].end < by.start and others[1].start > match.end()
    )
    close = told_of and not re.search(r"[;:]|\b(?:but|while|and)\b", marked.text[others[0].end : others[1].start])
    if close and same_number(by.value, real):
        more = re.search(rf"\s{either('more')}$", match[0], re.IGNORECASE) is not None
        if more != (one > other):
            side = "more" if one > other else "fewer"
            yield slip_in(sentence, by.start, match.end(), f"{show(one)} is {show(real)} {side} than {show(other)}.")
        return
    if (
        not real
        or any(same_number(by.value, each) for each in (real, one + other))
        or same_number(by.value + real, max(one, other))
    ):
        return
    if comparable(by.value, real, FAR):
        message = f"Between {show(one)} and {show(other)} the difference is {show(real)}, not {show(by.value)}."
        yield slip_in(sentence, min(each.start for each in figures), max(match.end(), figures[-1].end), message)


@cache
def _ratio_of() -> re.Pattern[str]:
    return re.compile(rf"\b(?:ratio|proportion|rate)\sof\s(?P<one>{COUNT})\s?(?:to|:)\s?(?P<other>{COUNT})", re.IGNORECASE)


def _ratio(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "the ratio of 5 to 3 gave it 315,000 tons for the 525,000 of the other"."""
    match = _ratio_of().search(marked.marks)
    if match is None:
        return
    others = others_of(figures, match.start("one"), match.start("other"))
    if len(others) != 2 or not alike(marked, *others):
        return
    low, high = sorted((marked.value(match.start("one")), marked.value(match.start("other"))))
    small, large = sorted(each.value for each in others)
    if low and small and abs(large / small / (high / low) - 1) > _RATIO_ROOM and large / small < FAR * high / low:
        message = f"{show(large)} to {show(small)} is {large / small:.2f} to one, not {high / low:.2f}."
        yield slip_in(sentence, match.start(), max(match.end(), others[-1].end), message)


_FOR_EVERY: Final = re.compile(
    rf"(?P<per>{COUNT})\s(?:[\w-]+\s){{1,3}}?(?:for|to)\s(?:every|each)\s(?!{COUNT})(?:single\s)?[\w-]+", re.IGNORECASE
)


def _for_every(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "lost 400 men, the others 1,200: three for every one of theirs"."""
    match = _FOR_EVERY.search(marked.marks)
    others = [] if match is None else others_of(figures, match.start("per"))
    if match is None or len(others) != 2 or min(each.value for each in others) <= 1 or hedged(marked, match.start()):
        return
    small, large = sorted(each.value for each in others)
    real, told = large / small, marked.value(match.start("per"))
    if abs(real / told - 1) > _TIMES_ROOM and comparable(real, told, FAR):
        yield slip_in(
            sentence, others[0].start, max(match.end(), others[1].end), f"{show(large)} is {real:.1f} times {show(small)}."
        )


def noun_after(marked: Marked, quantity: Quantity) -> str:
    """Return the noun of what a number counts, without its plural; empty where a word that joins follows."""
    match = re.match(r"\s([a-z][\w-]*)", marked.text[quantity.end :])
    return "" if match is None or re.fullmatch(either("joins"), match[1]) else match[1].rstrip("s")


_BY_VOTES: Final = re.compile(rf"\bby\s(?:only\s|just\s|a\smere\s)?(?P<by>{COUNT})\svotes?\b", re.IGNORECASE)


@cache
def _margin() -> re.Pattern[str]:
    return re.compile(
        rf"\b{either('margin')}\sof\s(?:only\s|just\s|some\s)?(?P<by>{AMOUNT})(?!\sto\b|\sagainst\b)", re.IGNORECASE
    )


_SINGLE: Final = re.compile(
    rf"\bby\s(?:a\ssingle|only\sone|{COUNT})\svote(?!\s(?:more|less|fewer|short))\b[^.;]*?{COUNT}\s(?:votes?\s)?(?:to|against)\s{COUNT}",
    re.IGNORECASE,
)


def _by_votes(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "failed by seven votes: 49 fell short of the 56 required", "63 votes against 60 and so won by three votes"."""
    single = _SINGLE.search(marked.marks)
    if (
        single is not None
        and len(figures) == 2
        and all(each.start > single.start() + 12 for each in figures)
        and abs(figures[0].value - figures[1].value) != 1
    ):
        message = f"Between {show(figures[0].value)} and {show(figures[1].value)} there is more than one."
        yield slip_in(sentence, *single.span(), message)
    margin = _margin().search(marked.marks)
    if any(each.kind == "percent" for each in marked.quantities):
        margin = None  # of shares the difference is told in points
    if margin is not None and (len(figures) != 3 or margin.start("by") != figures[-1].start or not alike(marked, *figures[:2])):
        margin = None
    match = _BY_VOTES.search(marked.marks) or margin
    others = [] if match is None else others_of(figures, match.start("by"))
    if match is None or len(others) != 2 or re.match(r"\s(?:to|against)\b", marked.text[match.end() :]):
        return
    one, other = (each.value for each in others)
    real, told = abs(one - other), marked.value(match.start("by"))
    # "310 men fell and 145 more, a loss of 455" is their sum
    halves = (real, one + other) if match is not margin else (real, (real + 1) // 2, real // 2, one + other)
    if told not in halves and real and comparable(told, real, FAR) and max(one, other) < 3 * min(one, other):
        message = f"Between {show(one)} and {show(other)} there are {show(real)}, not {show(told)}."
        yield slip_in(sentence, min(match.start(), others[0].start), max(match.end(), others[1].end), message)


@cache
def _outright() -> re.Pattern[str]:
    return re.compile(rf"\b{either('outright')}\b", re.IGNORECASE)


def _outright_of(sentence: Sentence, marked: Marked, part: Quantity, wholes: list[Quantity]) -> Iterator[Slip]:
    """Check "The assembly had 150 seats. The union won 74, an absolute majority"."""
    match = _outright().search(marked.text, part.end)
    if match is None or len(wholes) != 1 or re.search(rf"\b{either('short of')}\b", marked.text, re.IGNORECASE):
        return
    if 0.3 * wholes[0].value < part.value <= wholes[0].value / 2:
        message = f"{show(part.value)} of {show(wholes[0].value)} is no majority."
        yield slip_in(sentence, part.start, match.end(), message)


# "51.9 per cent to 48.1": the second of two shares without its sign.
_BARE_SHARE: Final = re.compile(
    rf"{PERCENT}(?:\s(?:to|against)|[^.;]{{0,60}};\s(?:now|today|then|later|in\s[^.;,]{{4,20}},?)\s(?:it|they)\s(?:was|were|is|are|had|stood\sat)|,?\s(?:and|while|but)\s[^.;,]{{1,40}}?)\s(?:only\s|just\s)?(?P<other>{COUNT})(?=[,.;:)])"
)
_POINTS: Final = re.compile(
    rf"(?P<one>{PERCENT})[^.]*?(?P<other>{PERCENT}|(?:to|against|and|it|they)\s[^.;,]*?{COUNT})[^.;]{{0,40}}?\b(?:of|by)\s(?P<by>{COUNT})\s(?:percentage\s)?points?\b"
    rf"|(?P<one2>{PERCENT})[^.;]*?(?P<other2>{PERCENT})[^.;]{{0,40}}?\b(?:of|by)\s(?P<by2>{PERCENT})",
    re.IGNORECASE,
)


def _points(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "58 per cent in May and 46 per cent in September, a fall of twelve points"."""
    match = _POINTS.search(marked.marks)
    bare = {found.start("other") for found in _BARE_SHARE.finditer(marked.marks)}
    shares = [each for each in marked.quantities if each.kind == "percent" or each.start in bare]
    if match is None or len(shares) != (2 if match["by"] else 3):
        return
    by = marked.quantity(match.start("by") if match["by"] else match.start("by2"))
    if "point" not in marked.text[by.start : match.end()] or hedged(marked, by.start):
        return
    one, other = (each.value for each in shares[:2])
    numbers = [each.value for each in marked.quantities if each.kind in ("percent", "count") and each.start != by.start]
    if any(abs(abs(low - high) - by.value) <= _EXACT_ROOM for low, high in itertools.combinations(numbers, 2)):
        return
    exact = all("." in marked.text[each.start : each.end] for each in (*shares[:2], by))
    if abs(abs(one - other) - by.value) > (_EXACT_ROOM if exact else _POINT_ROOM) and by.value <= FAR * abs(one - other):
        message = f"Between {one:g} and {other:g} per cent there are {abs(one - other):g} points, not {by.value:g}."
        yield slip_in(sentence, shares[0].start, match.end(), message)


def _absolute(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "200 seats; the party won 98, an absolute majority"."""
    match = _outright().search(marked.text)
    if match is None or len(figures) != 2 or re.search(rf"\b{either('short of')}\b", marked.text, re.IGNORECASE):
        return
    small, large = sorted(each.value for each in figures)
    if 0.3 * large < small <= large / 2:
        yield slip_in(
            sentence, figures[0].start, max(match.end(), figures[1].end), f"{show(small)} of {show(large)} is no majority."
        )


_SHARE_OF_OTHER: Final = re.compile(
    rf",\s(?:or|that\sis,?|i\.e\.,?)\s(?P<hedge>(?:about|some|nearly|almost|over|roughly)\s)?(?P<share>{PERCENT}|{FRACTION})\sof\s(?:the|its|that|his|her|their)\s(?!{AMOUNT})[^,.;:]+",
    re.IGNORECASE,
)


def _share_of_other(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "525,000 for Britain against 315,000 for Japan, or three fifths of the British figure"."""
    match = _SHARE_OF_OTHER.search(marked.marks)
    if match is None or len(figures) != 2 or figures[1].end > match.start() or not alike(marked, *figures):
        return
    small, large = sorted(each.value for each in figures)
    share = marked.quantity(match.start("share"))
    told, real = (share.value / 100 if share.kind == "percent" else share.value), small / large
    room = _FRACTION_ROOM if share.kind == "fraction" or match["hedge"] else _PERCENT_ROOM
    if abs(told - real) > room and 0.4 <= real / told <= 2.5:
        yield slip_in(sentence, figures[0].start, match.end(), f"{show(small)} of {show(large)} is {real * 100:.0f} per cent.")
