"""Conclusions that a text draws in words from the numbers it told: "more than half were thus there", "the number tripled".

What is concluded stands in a sentence without numbers of its own, so the numbers before it are those meant; where there are
others than the conclusion needs, nothing is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAMES, split_names
from verbale.review.counting import CHANGES, either, show, slip_in
from verbale.review.marking import COUNT, Marked
from verbale.review.numbers import ORDINAL_PATTERN, ordinal
from verbale.review.reckoning import Figure, figures, like, listed, stem

# A number has doubled when it is within a fifth of the double.
_TIMES_ROOM: Final = 0.2
# A part this small, or this near to its whole, is not what a text would call a half by mistake.
_LEAST_HALF, _MOST_HALF = 0.3, 0.7
# So many sentences back the numbers stand.
_BACK: Final = 3


def find_concluded(sentence: Sentence, marked: Marked, before: Sequence[Marked]) -> Iterator[Slip]:
    """Yield a slip for each conclusion that the numbers of the paragraph before it contradict."""
    passage = list(before[-_BACK:])
    yield from _counted_on(sentence, marked, passage)
    yield from _multiplied(sentence, marked, passage)
    yield from _half(sentence, marked, passage)
    yield from _one_more(sentence, marked, passage)


@cache
def _change() -> re.Pattern[str]:
    return re.compile(rf"\b(?:has|have|had|was|were)?\s?(?:[a-z]+\s)?\b(?P<times>{'|'.join(CHANGES)})\b", re.IGNORECASE)


@cache
def _how_many() -> re.Pattern[str]:
    return re.compile(rf"\b{either('how many')}\b(?:\sof\s(?:(?:the|its|his|her|their|all)\s)?(?P<of>[a-z]+))?", re.IGNORECASE)


def _counted_on(sentence: Sentence, marked: Marked, passage: list[Marked]) -> Iterator[Slip]:
    """Check "It is the second ...; so the number of its neighbours has tripled": the nth makes n of what were fewer."""
    match = _change().search(marked.text)
    if match is None or not _how_many().search(marked.text[: match.start()]):
        return
    texts = [*passage[-1:], marked]
    whole = " ".join(each.text for each in texts)
    places = re.findall(
        rf"\b(?:an?|the|its|their)\s({ORDINAL_PATTERN})\b(?!\s(?:time|half|world|century|year))", whole, re.IGNORECASE
    )
    if any(figures(text) for text in texts) or not places or listed("beyond", whole):
        return
    last, told = max(ordinal(each) for each in places), CHANGES[match["times"].lower()]
    if last >= 2 and all(abs(last / first / told - 1) > _TIMES_ROOM for first in range(1, last)):
        message = f"With the {places[-1].lower()}, the number has not {match['times'].lower()}."
        yield slip_in(sentence, match.start("times"), match.end(), message)


def _multiplied(sentence: Sentence, marked: Marked, passage: list[Marked]) -> Iterator[Slip]:
    """Check "In 1874 it had 22 members. In 1914 it had 44. Its membership had tripled"."""
    match = _change().search(marked.text)
    again = match is not None and re.search(rf"\b(?:{'|'.join(CHANGES)})\b", marked.text[match.end() :])
    dated = [text for text in passage if figures(text)]
    near = [(text, each) for text in dated for each in figures(text)]
    if match is None or again or figures(marked) or len(near) != 2 or near[0][0] is near[1][0]:
        return
    if not like(near[0][1], near[1][1]) or not all(text.dates for text in dated):
        return
    stems = near[0][1].stems | near[1][1].stems
    subject = marked.text[: match.start("times")]
    told_of = _how_many().search(subject)
    said = {stem(word) for word in re.findall(r"[a-z]+", subject.lower())}
    # "the number of its pupils" is none of "16 schools"
    if not (said & stems or (told_of is not None and (told_of["of"] is None or stem(told_of["of"]) in stems))):
        return
    one, other = (each.value for _, each in near)
    told, real = CHANGES[match["times"].lower()], other / one
    if abs(real / told - 1) > _TIMES_ROOM and abs(1 / real / told - 1) > _TIMES_ROOM:
        message = f"From {show(one)} to {show(other)} is {real:.2f} times as much."
        yield slip_in(sentence, match.start("times"), match.end(), message)


@cache
def _halves() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?P<more>{either('over half')})|(?P<less>{either('under half')}))"
        rf"(?:\sof\s(?:the|its|his|her|these|those|their|all)\s(?P<of>[a-z]+))?",
        re.IGNORECASE,
    )


def _half(sentence: Sentence, marked: Marked, passage: list[Marked]) -> Iterator[Slip]:
    """Check "The council has 27 members. Of these, 13 voted for it. More than half of the council thus ..."."""
    match = _halves().search(marked.text)
    if match is None or figures(marked) or not (listed("so it follows", marked.text) or match["of"]):
        return
    near = [(text, each) for text in passage for each in figures(text)]
    if len(near) != 2 or near[0][0] is near[1][0] or not like(near[0][1], near[1][1]):
        return
    (first, whole), (last, part) = near
    if not whole.stems or not _taken_of(last, part) or not _same_body(match["of"], first, last, whole):
        return
    share = part.value / whole.value
    wrong = share <= 0.5 if match["more"] else share >= 0.5
    if wrong and _LEAST_HALF <= share <= _MOST_HALF:
        side = "no more" if match["more"] else "no less"
        message = f"{show(part.value)} of {show(whole.value)} is {side} than half."
        yield slip_in(sentence, match.start(), match.end("more" if match["more"] else "less"), message)


def _taken_of(text: Marked, part: Figure) -> bool:
    """Tell whether a number is told to be of those before: "of these", "39 of them", "seven of its members"."""
    return (
        re.search(r"\b[Oo]f\s(?:these|those|them|which|whom|their\snumber)\b", text.text) is not None
        or re.match(r"\sof\s(?:the|its|his|her)\s", text.text[part.end :]) is not None
    )


def _same_body(of: str | None, first: Marked, last: Marked, whole: Figure) -> bool:
    """Tell whether a half is of the body that the whole was told of: its name, its members, or none named."""
    if of is None:
        return True
    words_of = {stem(word) for word in re.findall(r"[a-z]{3,}", f"{first.text} {last.text}".lower())}
    return stem(of) in whole.stems | words_of


@cache
def _held() -> re.Pattern[str]:
    name = rf"(?P<row>(?-i:{NAMES}))"
    return re.compile(
        rf"\b(?:(?P<both>both)\s(?:of\s)?(?:(?:the|his|her|its|their)\s)?[a-z]+s|(?:in|of|at|over)\s{name})\b", re.IGNORECASE
    )


@cache
def _also() -> re.Pattern[str]:
    name = r"(?:the\s)?[A-ZÀ-Þ][\w'’-]*|the\s[a-z]+"
    return re.compile(
        rf"\b(?:(?i:of|in|at|over|and|to)\s)?(?P<row>{NAMES}|{name})\s(?:[a-z]+\s){{0,2}}?(?i:{either('as well')})\b"
    )


def _one_more(sentence: Sentence, marked: Marked, passage: list[Marked]) -> Iterator[Slip]:
    """Check "lord of both banks, and after 1460 of the island as well. He thus held four lordships"."""
    match = re.search(rf"(?P<number>{COUNT})\s(?P<noun>[a-z]{{3,}}s)\b", marked.marks)
    if match is None or not passage or not listed("so it follows", marked.text) or len(figures(marked)) != 1:
        return
    text = passage[-1]
    if stem(match["noun"]) not in {stem(word) for word in re.findall(r"[a-z]+", text.text.lower())}:
        return
    told = figures(text)
    held = _held().search(text.text)
    start = told[0].end if len(told) == 1 else held.end() if held is not None and not told else None
    if start is None:
        return
    base = (
        int(told[0].value) if told else 2 if held is not None and held["both"] else len(split_names(held["row"])) if held else 0
    )
    added = list(_also().finditer(text.text, start))
    if len(added) != 1 or base < 2:
        return
    more = len(split_names(added[0]["row"]))
    number = marked.value(match.start("number"))
    if number != base + more and 1 / 2 <= number / (base + more) <= 2:
        message = f"The text says “{show(number)}”, but told of {show(base + more)} before."
        yield slip_in(sentence, match.start("number"), marked.quantity(match.start("number")).end, message)
