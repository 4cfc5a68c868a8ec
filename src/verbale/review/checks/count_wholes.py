"""Wholes beside their parts wherever a paragraph tells both: rough ones in apposition, lots, a definite total, instalments.

A whole is wrong only if neither all of the numbers that stand with it make it nor any choice of them, and if it is near enough
to their sum to be meant of it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import either, measures, same_number, show, slip_in
from verbale.review.manuscript import Manuscript
from verbale.review.marking import AMOUNT, COUNT, Marked, mark
from verbale.review.reckoning import MOST, Figure, figures, like, listed, results, stem

# Rough parts may miss a rough whole by so much.
_ROUGH_SUM: Final = 0.03
# A whole this many times its parts, or less than so much of them, is not told of them.
_LEAST, _FAR = 0.6, 1.6
# A definite number this far from the sum of those before it counts something else.
_NEAR_SUM: Final = 0.25
# "The 25 towns of the coast" are told apart by words of their own, and take up no numbers.
_NO_OWN: Final = r"(?!\s(?:of|in|at|from|that|which|who|whose)\b)"


def find_wholes(manuscript: Manuscript, sentence: Sentence, marked: Marked, told: Sequence[Marked]) -> Iterator[Slip]:
    """Yield a slip for each whole that its parts contradict; `told` is what the text says before the sentence, in order."""
    yield from _apposed(sentence, marked)
    yield from _lots(sentence, marked)
    yield from _definite(sentence, marked, told)
    yield from _jointly(sentence, marked)
    yield from _taken_up(sentence, marked, told)
    yield from _singles(sentence, marked)
    yield from _everyone(sentence, marked)
    yield from _instalments(manuscript, sentence, marked, told)


def _miss(sentence: Sentence, span: tuple[int, int], what: str, real: float, told: float) -> Iterator[Slip]:
    """Yield the slip of a whole that is not what its parts add up to, if it is near enough to be meant of them."""
    if not same_number(told, real) and _LEAST <= told / real <= _FAR:
        yield slip_in(sentence, *span, f"The {what} add up to {show(real)}, not {show(told)}.")


@cache
def _parts_behind() -> re.Pattern[str]:
    # only rough parts are told so from a row ("4,493 soldiers, 1,500 police and some 2,000 civilians" have no whole)
    rough = rf"(?:{either('roughly')}\s)?"
    noun = r"(?:\s[\w'’-]+){1,3}?"
    return re.compile(
        rf"(?P<whole>{AMOUNT})(?P<noun>(?:\s[a-z][\w-]*){{1,3}}?),\s(?P<parts>{either('roughly')}\s{AMOUNT}{noun}(?:,\s{rough}{AMOUNT}{noun})*,?\sand\s(?:the\s(?:other|remaining|rest)\s)?{rough}{AMOUNT}{noun})(?=[,.;)]|$)",
        re.IGNORECASE,
    )


def _apposed(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "an army of about 3,700 men, some 1,700 Spaniards and 1,200 Portuguese, marched"."""
    for match in _parts_behind().finditer(marked.marks):
        inside = [each for each in figures(marked) if match.start("parts") <= each.start < match.end("parts")]
        whole = marked.value(match.start("whole"))
        values = [each.value for each in inside]
        if len(values) < 2 or max(values) >= whole or measures(match["noun"].split()[-1]):
            continue
        if listed("no nouns", match["noun"]) or listed("acted", match["noun"]) or re.search(r"[a-z]ed\b", match["parts"]):
            continue  # "five are by Hartmann, four by his sister and two": the first of a row is no whole
        own = marked.text[match.start() : match.end()]
        if re.search(r"\b(?:among|among\sthem|of\sthem|each|more|most|years?|days?|months?)\b", own, re.IGNORECASE):
            continue
        if abs(sum(values) - whole) > _ROUGH_SUM * whole:
            yield from _miss(sentence, match.span(), "parts", sum(values), whole)


@cache
def _divided() -> re.Pattern[str]:
    return re.compile(
        rf"\b{either('divided')}\s(?:up\s)?(?:in|into|among|between)\s(?P<number>{COUNT})\s(?P<noun>[a-z][^.;:]{{2,50}}?):\s(?P<list>[^.;:]{{10,300}})",
        re.IGNORECASE,
    )


def _lots(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "fixed at 132 billion marks in May 1921, divided into three series: 12 billion in the A series, 38 in ..."."""
    match = _divided().search(marked.marks)
    if match is None:
        return
    inside = [each for each in figures(marked) if match.start("list") <= each.start < match.end("list")]
    before = [each for each in figures(marked) if each.end <= match.start() and each.value > 1]
    if len(inside) != marked.value(match.start("number")) or not before or len(inside) < 2:
        return
    real, whole = sum(each.value for each in inside), before[-1].value
    if max(each.value for each in inside) >= whole or any(same_number(each.value, real) for each in before):
        return
    if before[-1].kind == inside[0].kind and not listed("rest", match["list"]):
        yield from _miss(sentence, (inside[0].start, inside[-1].end), "parts", real, whole)


@cache
def _definite_of() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:the|its|their|his|her|these|those|all)\s(?P<number>{COUNT})\s(?P<noun>[a-z][a-z-]*s|men|people|of\s(?:them|these|those))\b{_NO_OWN}",
        re.IGNORECASE,
    )


def _definite(sentence: Sentence, marked: Marked, told: Sequence[Marked]) -> Iterator[Slip]:
    """Check "the Greens with 18 seats, the Liberals with 27 and the Farmers with 9, and with its 54 seats it has"."""
    matches = [each for each in _definite_of().finditer(marked.marks) if not measures(each["noun"])]
    if len(matches) != 1:
        return
    match = matches[0]
    at = match.start("number")
    before = [each for each in figures(marked) if each.end < match.start()]
    # "one of 60 and the other of 140 members, and the 200 of them"
    taken_up = match["noun"].lower().startswith("of ") and before and before[-1].stems
    row = _row_before(before, *(before[-1].stems if taken_up else [stem(match["noun"])]))
    whole = marked.value(at)
    if not 2 <= len(row) <= MOST or whole <= max(each.value for each in row):
        return
    if _alters(marked.text[row[0].start : match.start()]):
        return
    sums = {sum(some) for size in range(2, len(row) + 1) for some in itertools.combinations([each.value for each in row], size)}
    real = sum(each.value for each in row)
    known = any(each.value == whole for text in told for each in figures(text))
    if known or any(same_number(whole, each) for each in sums) or abs(whole / real - 1) > _NEAR_SUM:
        return
    yield slip_in(sentence, at, match.end(), f"The numbers before add up to {show(real)}, not {show(whole)}.")


def _row_before(before: Sequence[Figure], *nouns: str) -> list[Figure]:
    """Return the numbers that are told to be of a thing, with those of no own thing, if all are; else none."""
    exact = [each for each in before if each.stems & set(nouns)]
    bare = [each for each in before if not each.stems]
    if not exact or len(exact) + len(bare) != len(before) or any(each.kind != "count" for each in before):
        return []
    return [each for each in before if like(each, exact[0])]


def _alters(text: str) -> bool:
    """Tell whether more than a row stands between: something joins, leaves, or is told not to be all."""
    return (
        listed("beyond", text)
        or listed("rest", text)
        or any(re.search(rf"\b{either(name)}(?!\w)", text, re.IGNORECASE) for name in ("lost", "joined", "leaves", "each one"))
        or re.search(r"\bof\s(?:them|these|those|which|whom)\b|\bof\sthe\s", text) is not None
    )


@cache
def _paid_in() -> re.Pattern[str]:
    nouns = either("instalments")
    return re.compile(
        rf"(?P<sum>{AMOUNT})[^.;]{{0,60}}?\bin\s(?P<number>{COUNT})\s(?:[a-z]+\s){{0,3}}?(?:annual|yearly)\s{nouns}\b",
        re.IGNORECASE,
    )


@cache
def _a_year() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<sum>{AMOUNT})(?:\s[a-z]+)?,?\s(?:{either('yearly')}|{either('each one')}|at\sa\stime)\b", re.IGNORECASE
    )


def _instalments(manuscript: Manuscript, sentence: Sentence, marked: Marked, told: Sequence[Marked]) -> Iterator[Slip]:
    """Check "£62,060,000 in ten equal annual instalments ... £6,206,000 a year" wherever the text or a table tells the two."""
    rates = list(_a_year().finditer(marked.with_articles()))
    if not rates or not listed("instalments", marked.text):
        return  # a yearly sum of another kind
    document = manuscript.document
    cells = [mark(document.text[each.start : each.end], 1900) for each in document.blocks if each.kind == "table"]
    wholes = {
        (text.value(each.start("sum")), text.value(each.start("number")))
        for text in (*told, *cells, marked)
        for each in _paid_in().finditer(text.marks)
    }
    if len(wholes) != 1:
        return
    whole, number = wholes.pop()
    for match in rates:
        value, real = marked.value(match.start("sum")), whole / number
        if _LEAST <= value / real <= _FAR and abs(value / real - 1) > _ROUGH_SUM:
            message = f"{show(whole)} in {show(number)} instalments is {show(real)} each, not {show(value)}."
            yield slip_in(sentence, match.start("sum"), match.end(), message)


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[,;:]\s(?:and\s)?{either('together')}\s(?:(?:the|these|all)\s(?:(?P<number>{COUNT})\s)?[a-z]+|they)"
        rf"|\bthese\s(?P<these>{COUNT}))\s(?:had\s)?(?:{either('musters')}|cost)\s(?P<sum>{AMOUNT})(?=[^.;:,]{{0,60}}(?:[.;]|$))",
        re.IGNORECASE,
    )


def _jointly(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "12 ships, that of Tripoli 9 and that of Algiers 30; together the three regencies had 51 sail"."""
    match = _joint().search(marked.marks)
    if match is None:
        return
    parts = [each for each in figures(marked) if each.end <= match.start()]
    told = marked.value(match.start("sum"))
    counted = next((name for name in ("number", "these") if match[name]), None)
    number = marked.value(match.start(counted)) if counted else len(parts)
    if len(parts) != number or not 2 <= len(parts) <= MOST or any(not like(parts[0], each) for each in parts):
        return
    real = sum(each.value for each in parts)
    if told > max(each.value for each in parts):
        span = match.start("sum"), marked.quantity(match.start("sum")).end
        yield from _miss(sentence, span, "numbers", real, told)


@cache
def _of_everyone() -> re.Pattern[str]:
    thing = r"\s[a-z][a-z-]*"
    return re.compile(
        rf"(?P<one>{AMOUNT}){thing}(?:{thing})?\sand\s(?P<other>{AMOUNT}){thing}[^,;:.]{{0,40}},\s(?P<sum>{AMOUNT})\s{either('everyone')}(?=[^,;:.]{{0,30}}[.;])",
        re.IGNORECASE,
    )


def _everyone(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "2,400 dead and 5,100 wounded at the crossing, 7,500 casualties in one day"."""
    for match in _of_everyone().finditer(marked.marks):
        one, other, told = (marked.value(match.start(name)) for name in ("one", "other", "sum"))
        if told > max(one, other):
            yield from _miss(sentence, (match.start("sum"), match.end()), "parts", one + other, told)


@cache
def _these() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:these|those)\s(?P<number>{COUNT})\s(?P<noun>[a-z][a-z-]*s|men|people)\b{_NO_OWN}"
        rf"|^(?:the|all|all\sthe)\s(?P<all>{COUNT})\s(?P<kinds>{either('of several kinds')})\b{_NO_OWN}",
        re.IGNORECASE,
    )


def _taken_up(sentence: Sentence, marked: Marked, told: Sequence[Marked]) -> Iterator[Slip]:
    """Check "14 diplomats and 22 clerks. Of these 36 people nine were women" against the sentence before alone."""
    match = _these().search(marked.marks)
    before = figures(told[-1]) if told else []
    if match is None or not 2 <= len(before) <= MOST or measures(match["noun"] or match["kinds"]):
        return
    at = match.start("number" if match["number"] else "all")
    number = marked.value(at)
    if match["all"] and (listed("beyond", told[-1].text) or any(stem(match["kinds"]) in each.stems for each in before)):
        return  # "40 officers and 800 men. The 700 men": one of the kinds
    if any(each.kind != "count" for each in before) or any(each.end < match.start() for each in figures(marked)):
        return
    real = sum(each.value for each in before)
    # some of the numbers may be parts of others, or what is no longer there
    if number <= max(each.value for each in before) or number in results([each.value for each in before]):
        return
    if abs(number / real - 1) <= _NEAR_SUM:
        message = f"The numbers before add up to {show(real)}, not {show(number)}."
        yield slip_in(sentence, at, match.end(), message)


@cache
def _row_of_singles() -> re.Pattern[str]:
    item = rf"(?:an?|the|{COUNT})\s(?:[a-z-]+\s)?[a-z-]+"
    return re.compile(
        rf"(?:\s|^)(?P<row>{item}(?:,\s{item})*,?\sand\s{item}),\s(?P<sum>{COUNT})(?:\s[a-z]+){{0,2}}?\s{either('totals')}(?=[,.;:)]|$)",
        re.IGNORECASE,
    )


def _singles(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "a minister, two secretaries and a translator, four persons in all", where what has no number is one."""
    for match in _row_of_singles().finditer(marked.marks):
        items = re.split(r",\sand\s|,\s|\sand\s", match["row"])
        numbers = [each for each in marked.quantities if match.start("row") <= each.start < match.end("row")]
        if len(numbers) == len(items) or any(each.kind != "count" for each in numbers):
            continue
        # "the guns" are several
        if any(re.match(r"(?:an?|the)\s", each) and re.search(r"(?<!s)s$", each) for each in items):
            continue
        real, told = sum(each.value for each in numbers) + len(items) - len(numbers), marked.value(match.start("sum"))
        yield from _miss(sentence, (match.start("sum"), match.end()), "numbers", real, told)
