"""Shares and wholes in plain words: two shares that make a hundred, one part for each, "more than half", numbered parts.

Each stands beside the one number that it is told of, so that nothing has to be looked for: "half of the 30 members, 13, had
signed", "shared by the three winners, and each received a quarter", "four parts. Part one ..., part two ..., part three ...".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import comparable, either, show, slip_in
from verbale.review.marking import COUNT, FRACTION, PERCENT, Marked
from verbale.review.numbers import NUMBER_PATTERN, ORDINAL_PATTERN, ordinal, read_count
from verbale.review.reckoning import MOST, figures, listed, results, stem

# Two shares may each be rounded by a tenth; shares further from a hundred than this are of other questions.
_ROUNDED, _NEAR = 0.15, 5.0
# A sum of two things is off by one or two where it is miscounted.
_NEAR_SUM: Final = 2


def find_plain(sentence: Sentence, marked: Marked, before: Marked | None, after: str) -> Iterator[Slip]:
    """Yield a slip for each share or whole that the number beside it contradicts; `before` and `after` are its neighbours."""
    yield from _to_a_hundred(sentence, marked)
    yield from _one_for_each(sentence, marked)
    yield from _half_of(sentence, marked)
    yield from _row_and_sum(sentence, marked)
    if before is not None:
        yield from _of_two_kinds(sentence, marked, before)
        yield from _numbered(sentence, marked, before, after)
        yield from _one_after_the_other(sentence, marked, before, after)


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
def _two_kinds() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<one>{COUNT})\s(?:[a-z-]+\s)?(?P<first>[a-z]+)\sand\s(?P<other>{COUNT})\s(?:[a-z-]+\s)?(?P<second>[a-z]+)"
        r"(?=[.;,]|\s(?:in|to|from|at|on)\b)"
    )


@cache
def _taken_up() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:[Aa]ll|[Tt]he|[Tt]hese|[Aa]ll\s(?:the|these|of\sthe))\s(?P<number>{COUNT})\s"
        rf"(?P<noun>{either('of several kinds')})\b"
        r"(?!\s(?:of|from|who|that|which|in)\b)"
    )


def _of_two_kinds(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Check "The squadron had two cruisers and six destroyers. The nine ships anchored off Smyrna"."""
    match = _taken_up().search(marked.marks)
    rows = list(_two_kinds().finditer(before.marks))
    if match is None or len(rows) != 1 or len(figures(before)) != 2 - (before.text.lower().count("one ") > 0):
        return
    row, noun = rows[0], stem(match["noun"])
    real = before.value(row.start("one")) + before.value(row.start("other"))
    told = marked.value(match.start("number"))
    if noun in (stem(row["first"]), stem(row["second"])) or listed("beyond", before.text):
        return
    if told != real and abs(told - real) <= _NEAR_SUM:
        number = marked.quantity(match.start("number"))
        yield slip_in(sentence, number.start, number.end, f"The sentence before tells of {show(real)}, not {show(told)}.")


def _numbered(sentence: Sentence, marked: Marked, before: Marked, after: str) -> Iterator[Slip]:
    """Check "The book has four parts. Part one tells of the war, part two of the truce, part three of the peace"."""
    told = list(re.finditer(rf"\b(?P<number>{NUMBER_PATTERN})\s(?:[a-z]+\s)?(?P<noun>[a-z]+)s\b", before.text, re.IGNORECASE))
    for match in told:
        named = re.findall(rf"\b{match['noun']}\s({NUMBER_PATTERN}|I{{1,3}}|IV|V)\b", marked.text, re.IGNORECASE)
        roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
        row = [roman.get(each.lower()) or read_count(each) for each in named]
        number = read_count(match["number"])
        goes_on = re.search(rf"\b{match['noun']}s?\b", after, re.IGNORECASE) or re.search(rf"\b{match['noun']}s\b", marked.text)
        if len(row) < 2 or row != list(range(1, len(row) + 1)) or goes_on or number == len(row) or listed("rest", marked.text):
            continue
        message = f"The text says “{match[0]}”, but tells of {show(len(row))}."
        yield slip_in(sentence, 0, len(marked.text), message)


# A sum of a row of numbers is not further off than this.
_FAR_SUM: Final = 1.5


def _row_and_sum(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "that from Peru had eight members, that from Chile six and that from Bolivia five: eighteen men"."""
    colon = re.search(rf"(?::\s|\s[–—]\s)(?P<sum>{COUNT})\s[a-z]", marked.marks)
    every = figures(marked)
    parts = [each for each in every if colon is not None and each.end <= colon.start()]
    if colon is None or not 2 <= len(parts) <= MOST or len(every) != len(parts) + 1:
        return
    if marked.durations or re.search(r"\bone\b", marked.text, re.IGNORECASE):
        return
    if re.match(rf"\s{either('acted')}\b", marked.text[marked.quantity(colon.start("sum")).end :]):
        return  # ": 60 were too old"
    # only the first says what is counted; the others stand bare behind whose they are
    bare = all(re.match(r",|\s(?:and|but)\b|:|\s[–—]", marked.text[each.end :]) for each in parts[1:])
    told, values = marked.quantity(colon.start("sum")), [each.value for each in parts]
    if (
        not bare
        or not parts[0].stems
        or told.value <= max(values)
        or told.value in results(values)
        or listed("rest", marked.text[: told.start])
    ):
        return
    if comparable(told.value, sum(values), _FAR_SUM):
        message = f"The numbers before add up to {show(sum(values))}, not {show(told.value)}."
        yield slip_in(sentence, told.start, told.end, message)


def _one_after_the_other(sentence: Sentence, marked: Marked, before: Marked, after: str) -> Iterator[Slip]:
    """Check "The exhibition had four parts. The first showed maps, the second uniforms, the third letters"."""
    places = [ordinal(each) for each in re.findall(rf"\bthe\s({ORDINAL_PATTERN})(?=,|\s[a-z])", marked.text, re.IGNORECASE)]
    told = [each for each in figures(before) if each.stems]
    goes_on = re.search(rf"\b(?:{ORDINAL_PATTERN}|{either('last of them')}|{either('rest')})\b", after, re.IGNORECASE)
    if len(places) < _ROW or places != list(range(1, len(places) + 1)) or len(told) != 1 or goes_on or figures(marked):
        return
    together = rf"\bthe\s(?:{ORDINAL_PATTERN})(?:,|,?\sand)\sthe\s(?:{ORDINAL_PATTERN})\b"
    if re.search(together, marked.text, re.IGNORECASE):
        return  # "the first, the second and the third became priests"
    if not re.match(r"The\sfirst\b", marked.text) or listed("last of them", marked.text) or listed("rest", marked.text):
        return
    number = told[0].value
    if number != len(places) and abs(number - len(places)) <= _NEAR_SUM and not listed("beyond", before.text):
        message = f"The sentence before says {show(number)}, but this one tells of {show(len(places))}."
        yield slip_in(sentence, 0, len(marked.text), message)


# Fewer members of a row told by their places may be only some.
_ROW: Final = 3
