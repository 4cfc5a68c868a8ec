"""A whole whose parts follow in sentences of their own, one after the other: "The fleet had 18 ships. Twelve were galleys".

The parts are all of the whole where the last are told to be the others, or where each sentence says the same of its part; parts
that make more than their whole are wrong in any case, if no member can be of two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_totals import cuts_across
from verbale.review.counting import comparable, either, measures, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, FRACTION, Marked
from verbale.review.numbers import NUMBER_PATTERN
from verbale.review.reckoning import figures, listed, stem

# A result this many times the one expected, or less, is of other numbers.
_FAR: Final = 1.6
# So many sentences back the whole may stand.
_BACK: Final = 4


def find_later(sentence: Sentence, marked: Marked, passage: Sequence[Marked], after: str) -> Iterator[Slip]:
    """Yield a slip for each whole that its parts contradict; `passage` is the paragraph before, `after` the next sentence."""
    yield from _one_by_one(sentence, marked, passage, after)
    yield from _other_part(sentence, marked)
    yield from _by_difference(sentence, marked)


@cache
def _part() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:[^.;:]{{0,40}}?,?\s)??(?P<other>(?:[Tt]he\s(?:other|remaining|last)\s)?)(?P<part>{AMOUNT})(?:\sof\s(?:them|these|those))?"
        rf"(?P<noun>(?:\s(?!{either('acted')}\b)[a-z]+(?<!ed))?)\s(?P<did>(?:{either('acted')}|[a-z]+ed)\b(?:\s[a-z]+ed\b)?)(?P<tail>[^;:]*)$",
    )


def _clauses(marked: Marked) -> list[re.Match[str]]:
    """Return the parts that a sentence tells, one in each of its clauses; none if it tells any number beside them."""
    found = []
    for clause in re.split(r"(?<=;)\s", marked.marks):
        match = _part().match(re.sub(r"^(?:and|but|while)\s|;$", "", clause))
        if match is None:
            return []
        found.append(match)
    return found if len(figures(marked)) == len(found) else []


def _values(marked: Marked) -> list[float]:
    return [each.value for each in figures(marked)]


def _one_by_one(sentence: Sentence, marked: Marked, passage: Sequence[Marked], after: str) -> Iterator[Slip]:
    """Check "The delegation had nine members. Five came from the ministry. Four came from the army."."""
    own = _clauses(marked)
    if not own or _clauses_follow(after):
        return
    told, parts, texts = [*own], _values(marked), [marked]
    whole: Marked | None = None
    for text in reversed(passage[-_BACK:]):
        more = _clauses(text)
        if not more or (len(_values(text)) == 1 and _leads(text, min(parts))):
            whole = text
            break
        told, parts, texts = [*more, *told], [*_values(text), *parts], [text, *texts]
    numbers = figures(whole) if whole is not None else []
    if whole is None or len(numbers) != 1 or len(parts) < 2 or not numbers[0].stems or not numbers[0].value > max(parts):
        return
    nouns = {stem(match["noun"].strip()) for match in told} - {""}
    unit = measures(whole.text[numbers[0].end + 1 :].split(" ")[0]) and numbers[0].value < 1000
    if unit or not nouns <= numbers[0].stems:
        return
    changes = listed("alters", " ".join(each.text for each in texts)) and not told[-1]["other"]
    if changes or not _said(whole, numbers[0].start):
        return
    total, real = sum(parts), numbers[0].value
    said = [f" {match['did']}{match['tail']}" for match in told]
    if cuts_across(said) or any(listed("cuts across", each) for each in said):
        return
    same = len({match["did"] for match in told}) == 1 or told[-1]["other"] != ""
    if not same or total == real or not comparable(total, real, _FAR):
        return
    at = figures(marked)[-1]
    yield slip_in(sentence, at.start, at.end, f"The parts add up to {show(total)}, not {show(real)}.")


def _leads(text: Marked, least: float) -> bool:
    """Tell whether a sentence tells a whole and no part: its number is larger than those after it and has a noun."""
    number = figures(text)[0]
    return bool(number.stems) and number.value > least and not re.match(r"\W*$", text.text[: number.start])


def _said(whole: Marked, at: int) -> bool:
    """Tell whether a number is exact and not of those alone who are not all: "more than nine", "nine of the members"."""
    lead = whole.text[:at]
    return re.search(rf"\b(?:{either('roughly')}|at\sleast|of|another|for|first)\s(?:the\s)?$", lead, re.IGNORECASE) is None


def _clauses_follow(after: str) -> bool:
    """Tell whether the next sentence goes on with parts: it begins with a number, or with what is left."""
    return re.match(rf"(?:The\s)?(?:{NUMBER_PATTERN}|{either('rest')}|{either('another')})\b", after, re.IGNORECASE) is not None


@cache
def _share_and_other() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<share>{FRACTION})\sof\s(?:the|its|his|her|their|these)\s(?P<whole>{COUNT})\s[a-z]+\b[^.:]{{2,80}}?[;,]\s(?:and\s|but\s|while\s)?"
        rf"the\s(?:other|remaining)\s(?P<rest>{COUNT})(?:\s[a-z]+s)?(?=\s(?:{either('acted')}|[a-z]+ed|sit|serve|stay|come|live)\b)",
        re.IGNORECASE,
    )


def _other_part(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "half of the 24 members were new; the other twelve had sat since 1920"."""
    match = _share_and_other().search(marked.marks)
    if match is None:
        return
    share, whole, rest = (marked.value(match.start(name)) for name in ("share", "whole", "rest"))
    real = whole * (1 - share)
    if abs(real - round(real)) < 0.01 and round(real) != rest and comparable(rest, real, _FAR):
        number = marked.quantity(match.start("rest"))
        yield slip_in(
            sentence, number.start, number.end, f"Of {show(whole)} there remain {show(round(real))}, not {show(rest)}."
        )


@cache
def _from_to_by() -> re.Pattern[str]:
    noun = r"(?:\s[a-z]+)?"
    return re.compile(
        rf"\bfrom\s(?P<first>{AMOUNT}){noun}\sto\s(?P<last>{AMOUNT}){noun}(?:\s(?:in|by)\s[^,;:.]{{3,30}})?,?\s(?:(?:that\sis|or|i\.e\.|thus|and\sso),?\s)by\s(?P<by>{AMOUNT})(?=[.,;)]|\s[a-z])",
        re.IGNORECASE,
    )


def _by_difference(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "from 200,000 to 150,000 men, that is by 60,000"."""
    match = _from_to_by().search(marked.marks)
    if match is None:
        return
    first, last, told = (marked.value(match.start(name)) for name in ("first", "last", "by"))
    real = abs(first - last)
    if real and told != real and comparable(told, real, _FAR):
        number = marked.quantity(match.start("by"))
        yield slip_in(sentence, number.start, number.end, f"The difference is {show(real)}, not {show(told)}.")
