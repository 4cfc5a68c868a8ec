"""So many for each, and all of them: "the four cantons name two judges each. The court has eight judges"; rates of exchange.

How many have so many is told by a number, by "each of the five" or by a row of names; what they make stands behind, in the same
sentence or the next, of the same noun or with a word for a sum. A rate is told of two units, as are the sums beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAMES, split_names
from verbale.review.counting import comparable, either, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, FRACTION, Marked
from verbale.review.reckoning import figures, listed, stem, without_ones

# A result this many times the one expected, or less, is of other numbers.
_FAR: Final = 1.6
# Sums at a rate are rounded; the slips of the sentences written for this miss by a fifth at least.
_ROUNDED: Final = 0.06


def find_each(sentence: Sentence, marked: Marked, passage: Sequence[Marked]) -> Iterator[Slip]:
    """Yield a slip for each product of a rate that is told wrong; `passage` is what the paragraph says before."""
    yield from _all_of_each(sentence, marked, passage)
    yield from _one_for_each(sentence, marked)
    yield from _exchanged(sentence, marked)


@dataclass(frozen=True, slots=True)
class _Share:
    """How many have so many each, the end of what tells it, and the stems of what each has so many of."""

    times: float
    per: float
    end: int
    nouns: frozenset[str]


@cache
def _shares() -> tuple[re.Pattern[str], ...]:
    word = r"(?!and\b)[a-z-]+\s"
    verb = r"(?:(?!\sand\b)\s[a-z]+){1,3}?"
    per = rf"(?P<per>{AMOUNT})(?:\s[a-z-]+){{1,2}}?"
    each = rf"\s{either('each one')}(?=[,.;:)]|\s(?:in|to|of|and|for|at|so)\b|$)"
    times = rf"(?P<times>{COUNT})\s(?:[a-z-]+\s)?[a-z]+"
    apiece = r"(?:[Ee]ach|[Ee]very\sone)"
    return (
        re.compile(
            rf"(?:\b(?:(?i:each|every\sone)|[Ee]very\s{COUNT})\sof\s(?:the|its|these|those)|\b(?:Each|Every)\sof\s)\s?{times}{verb}\s{per}"
        ),
        re.compile(rf"(?:^|[\s(])(?:[Tt]he\s|[Ii]ts\s|[Aa]ll\s)?{times}(?<=s){verb}\s{per}{each}"),
        # "three ships to the roads, of forty men each"
        re.compile(rf"(?<!\S){times}(?<=s)\b[^.;:]{{0,40}}?,?\s(?:of|with|at|for)\s{per}{each}"),
        re.compile(rf"(?:^|[\s(])(?P<names>{NAMES}),?{verb}\s{per}{each}"),
        # "Norway and Sweden each gave three battalions", "ten villages on the left bank each had to furnish fifteen carts"
        re.compile(rf"(?:^|[\s(])(?P<names>{NAMES})\s{apiece}\s(?:{word}){{1,4}}?{per}"),
        re.compile(rf"(?<!\S){times}(?<=s)(?:\s[a-z]+){{0,4}}?\s{apiece}\s(?:{word}){{1,4}}?{per}", re.IGNORECASE),
        # "eight consulates, and each was allowed two guards"
        re.compile(rf"(?<!\S){times}(?<=s),\s(?:and\s)?{apiece}\s(?:of\sthem\s)?(?:{word}){{1,4}}?{per}", re.IGNORECASE),
        re.compile(rf"{per}\s(?:for|to|from|in|by)\s{apiece}\sof\s(?:its|the|these|their)\s{times}\b", re.IGNORECASE),
        re.compile(rf"(?:^|[;,]\s(?:and\s)?){apiece}\s(?P<side>{either('side')})\s(?:{word}){{1,6}}?{per}"),
    )


@cache
def _each_of_them() -> re.Pattern[str]:
    """Return "Each held a garrison of thirty men": how many they are, the sentence before tells."""
    per = rf"(?P<per>{AMOUNT})(?:\s[a-z-]+){{1,2}}?"
    return re.compile(rf"^(?:Each|Every\sone)\s(?:of\sthem\s|of\sthese\s)?(?!of\b)(?:(?!and\b)[a-z-]+\s){{1,5}}?{per}")


def _share_in(marked: Marked, before: Marked | None = None) -> _Share | None:
    """Return the one thing of which a sentence tells so many each, if it is told of a number or of a row of names."""
    marks = without_ones(marked)
    found = next((match for pattern in _shares() if (match := pattern.search(marks))), None)
    if len(re.findall(rf"\b{either('each one')}\b", marked.text, re.IGNORECASE)) != 1:
        return None
    if found is None:
        match = _each_of_them().search(marks)
        told = figures(before) if before is not None else []
        if match is None or len(told) != 1 or not told[0].stems or told[0].kind != "count" or len(figures(marked)) != 1:
            return None
        return _Share(told[0].value, marked.value(match.start("per")), match.end(), _things(marked, match.start("per")))
    names = found.groupdict().get("names")
    if found.groupdict().get("side"):
        times = 2.0
    else:
        times = float(len(split_names(names))) if names else marked.value(found.start("times"))
    return _Share(times, marked.value(found.start("per")), found.end(), _things(marked, found.start("per")))


def _things(marked: Marked, at: int) -> frozenset[str]:
    """Return the stems of what the number at an offset counts."""
    return next((each.stems for each in figures(marked) if each.start == at), frozenset())


def _share_before(passage: Sequence[Marked]) -> _Share | None:
    """Return the share that one of the last two sentences of a paragraph tells; one behind it must tell no number."""
    for at in range(len(passage) - 1, max(len(passage) - 3, -1), -1):
        share = _share_in(passage[at], passage[at - 1] if at else None)
        if share is not None:
            left = len(passage[at].text[share.end :]) and re.search(r"\bone\b", passage[at].text[share.end :])
            others = [each for each in figures(passage[at]) if each.start >= share.end]
            return None if left or others else share
        if figures(passage[at]):
            return None
    return None


@cache
def _made() -> re.Pattern[str]:
    lead = rf"(?:,\s(?:and\s)?(?:(?:{either('to a sum')},?\s)+)?"
    lead += (
        rf"|\b(?:so\sthat|{either('so it follows')}|{either('musters')}|has|have|owes?)\s"
        r"|\b(?:[Tt]he|[Aa]ll|[Tt]hese|[Aa]ll\sthe)\s"
        rf"|\b[a-z]+\s(?={AMOUNT}(?:\s[a-z]+){{0,2}}\s{either('totals')})"
        r"|\b(?:morning|evening|day|night)\s(?:[a-z]+\s){0,5}?)"
    )
    return re.compile(
        rf"{lead}(?:(?:it|they|the\s[a-z]+)\s(?:thus\s)?(?:has|had|have)\s)?(?P<all>{AMOUNT})(?:\s(?P<noun>[a-z]+))?(?P<tail>(?:\s[a-z]+){{0,3}})",
        re.IGNORECASE,
    )


# What tells "the 180 soldiers of his guard" apart from those that were told of.
_NO_OWN: Final = re.compile(r"\s(?:of|from|who|whom|that|which|in|at|with|for)\b")


def _all_of_each(sentence: Sentence, marked: Marked, passage: Sequence[Marked]) -> Iterator[Slip]:
    """Check "Norway, Sweden and Denmark sent two delegates each, six in all"."""
    before = passage[-1] if passage else None
    share = _share_in(marked, before)
    start = 0 if share is None else share.end
    share = share or _share_before(passage)
    said = f"{before.text if before and not start else ''} {marked.text}"
    if share is None or share.times < 2 or listed("beyond", said):
        return
    for match in _made().finditer(marked.marks, start):
        told, real = marked.value(match.start("all")), share.times * share.per
        noun = match["noun"] or ""
        same = noun != "" and bool({stem(noun)} & {*share.nouns, "seat", "membe", *(_MEN if share.nouns & _MEN else ())})
        summed = listed("totals", match[0]) or (start and (listed("to a sum", match[0]) or re.match(r"so\sthat\s", match[0])))
        between = [each for each in figures(marked) if start and start <= each.start < match.start("all")]
        if between or not (same or summed) or told in (real, share.times, share.per):
            continue
        drawn = listed("totals", match[0]) or listed("so it follows", match[0])
        if not start and not drawn and _NO_OWN.match(marked.text, match.end("noun")):
            continue
        if comparable(told, real, _FAR) and told != real + 1:  # one may be in the chair
            number = marked.quantity(match.start("all"))
            message = f"{show(share.times)} times {show(share.per)} is {show(real)}, not {show(told)}."
            yield slip_in(sentence, number.start, number.end, message)
        return


# Stems of what else men under arms are called.
_MEN: Final = frozenset(stem(each) for each in ("men", "soldiers", "sailors", "troops", "guards"))


@cache
def _parted() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{either('divided')}|shared)\s(?:equally\s)?(?:by|among|between)\s(?:the|its|their|these)\s(?P<number>{COUNT})\s[a-z]+"
        rf"[^.;:]{{0,80}}?(?:,\sand|,|;|\band)\s(?:and\s)?(?:each|every\sone)(?:\sof\sthem)?\s[a-z]+\s(?:exactly\s|just\s)?(?P<share>{FRACTION})",
        re.IGNORECASE,
    )


def _one_for_each(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "shared by the three negotiators, and each received a quarter"."""
    for match in _parted().finditer(marked.marks):
        number, share = marked.value(match.start("number")), marked.quantity(match.start("share"))
        if number > 1 and abs(share.value * number - 1) > 0.01:
            message = f"Of {show(number)} equal parts each is {1 / number:.0%}."
            yield slip_in(sentence, share.start, share.end, message)


@cache
def _rates() -> tuple[re.Pattern[str], ...]:
    """Return rates of "so many of `many` for one of `one`"."""
    return (
        re.compile(
            rf"(?P<rate>{AMOUNT})\s(?P<many>[a-z]+)\s(?:(?:(?:to|for)\s)?(?:the|an?|each)|(?:for|to)\s{COUNT}|per)\s(?P<one>[a-z]+)\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?:\b(?:one|an?|the)|{COUNT})\s(?P<one>[a-z]+)\s(?:then\s)?{either('is worth')}"
            rf"\s(?P<rate>{AMOUNT})\s(?P<many>[a-z]+)\b",
            re.IGNORECASE,
        ),
    )


def _exchanged(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "one rouble was worth two francs, so that the 50 million roubles came to 125 million francs"."""
    rate = next((match for pattern in _rates() for match in pattern.finditer(marked.marks)), None)
    if rate is None or not listed("money units", rate["many"]):
        return
    sums: dict[str, list[re.Match[str]]] = {}
    for match in re.finditer(rf"(?P<sum>{AMOUNT})\s(?P<unit>[a-z]+)\b", marked.marks):
        if rate.start() <= match.start() < rate.end():
            continue
        sums.setdefault(stem(match["unit"]), []).append(match)
    one, many = sums.get(stem(rate["one"]), []), sums.get(stem(rate["many"]), [])
    if len(one) != 1 or len(many) != 1:
        return
    each, told = marked.value(one[0].start("sum")), marked.value(many[0].start("sum"))
    real = each * marked.value(rate.start("rate"))
    if abs(told / real - 1) > _ROUNDED and comparable(told, real, _FAR):
        last = max(one[0].start("sum"), many[0].start("sum"))
        number = marked.quantity(last)
        yield slip_in(sentence, number.start, number.end, f"At this rate {show(each)} are {show(real)}, not {show(told)}.")
