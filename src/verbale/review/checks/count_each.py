"""So many for each, and all of them: "the four cantons name two judges each. The court has eight judges"; rates of exchange.

How many have so many is told by a number, by "each of the five" or by a row of names; what they make stands behind, in the same
sentence or the next, of the same noun or with a word for a sum. A rate is told of two units, as are the sums beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAMES, split_names
from verbale.review.counting import comparable, either, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, Marked
from verbale.review.reckoning import figures, listed, stem

# A result this many times the one expected, or less, is of other numbers.
_FAR: Final = 1.6
# Sums at a rate are rounded; the slips of the sentences written for this miss by a fifth at least.
_ROUNDED: Final = 0.06


def find_each(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each product of a rate that is told wrong; `before` is the sentence before in the paragraph."""
    yield from _all_of_each(sentence, marked, before)
    yield from _exchanged(sentence, marked)


@dataclass(frozen=True, slots=True)
class _Share:
    """How many have so many each, the end of what tells it, and the stem of the noun that each has so many of."""

    times: float
    per: float
    end: int
    noun: str


@cache
def _shares() -> tuple[re.Pattern[str], ...]:
    verb = r"(?:(?!\sand\b)\s[a-z]+){1,3}?"
    per = rf"\s(?P<per>{COUNT})\s(?:[a-z-]+\s)?(?P<noun>[a-z]+)"
    each = rf"\s{either('each one')}(?=[,.;:)]|\s(?:in|to|of|and|for|at|so)\b|$)"
    return (
        re.compile(
            rf"(?:\b(?:(?i:each|every\sone)|[Ee]very\s{COUNT})\sof\s(?:the|its|these|those)|\b(?:Each|Every)\sof\s)\s?(?P<times>{COUNT})\s(?:[a-z-]+\s)?[a-z]+{verb}{per}"
        ),
        re.compile(rf"(?:^|[\s(])(?:[Tt]he\s|[Ii]ts\s|[Aa]ll\s)?(?P<times>{COUNT})\s(?:[a-z-]+\s)?[a-z]+s{verb}{per}{each}"),
        re.compile(rf"(?:^|[\s(])(?P<names>{NAMES}),?{verb}{per}{each}"),
    )


def _share_in(marked: Marked) -> _Share | None:
    """Return the one thing of which a sentence tells so many each, if it is told of a number or of a row of names."""
    found = [match for pattern in _shares() for match in pattern.finditer(marked.marks)]
    if len(found) != 1 or len(re.findall(rf"\b{either('each one')}\b", marked.text, re.IGNORECASE)) != 1:
        return None
    match = found[0]
    names = match.groupdict().get("names")
    times = float(len(split_names(names))) if names else marked.value(match.start("times"))
    return _Share(times, marked.value(match.start("per")), match.end(), stem(match["noun"]))


@cache
def _made() -> re.Pattern[str]:
    lead = rf"(?:,\s(?:and\s)?(?:(?:{either('to a sum')},?\s)+)?"
    lead += (
        rf"|\b(?:so\sthat|{either('so it follows')}|{either('musters')}|has|have)\s|\b(?:[Tt]he|[Aa]ll|[Tt]hese|[Aa]ll\sthe)\s)"
    )
    return re.compile(
        rf"{lead}(?:(?:it|they|the\s[a-z]+)\s(?:thus\s)?(?:has|had|have)\s)?(?P<all>{COUNT})(?:\s(?P<noun>[a-z]+))?(?P<tail>(?:\s[a-z]+){{0,3}})",
        re.IGNORECASE,
    )


def _all_of_each(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "Norway, Sweden and Denmark sent two delegates each, six in all"."""
    share, start = _share_in(marked), 0
    if share is not None:
        start = share.end
    elif before is not None:
        share = _share_in(before)
    if share is None or share.times < 2 or listed("beyond", f"{before.text if before and not start else ''} {marked.text}"):
        return
    for match in _made().finditer(marked.marks, start):
        told, real = marked.value(match.start("all")), share.times * share.per
        same = match["noun"] is not None and stem(match["noun"]) in (share.noun, "seat", "membe")
        summed = start and (listed("totals", match[0]) or listed("to a sum", match[0]) or re.match(r"so\sthat\s", match[0]))
        between = [each for each in figures(marked) if start and start <= each.start < match.start("all")]
        if between or not (same or summed) or told in (real, share.times, share.per):
            continue
        if comparable(told, real, _FAR) and told != real + 1:  # one may be in the chair
            number = marked.quantity(match.start("all"))
            message = f"{show(share.times)} times {show(share.per)} is {show(real)}, not {show(told)}."
            yield slip_in(sentence, number.start, number.end, message)
        return


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
