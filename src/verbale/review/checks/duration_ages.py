"""Ages and anniversaries against the dates that they are counted from: "died in 1900, aged 60" of one born in 1850."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, span_of
from verbale.review.chronicle import chronicle_of
from verbale.review.dates import WrittenDate
from verbale.review.manuscript import Manuscript
from verbale.review.marking import COUNT, DATE, DURATION, Marked
from verbale.review.numbers import words

_AGED: Final = re.compile(
    rf"\b(?:aged|at\sthe\sage\sof|at\sage|was|were|then|only|then\sonly|he\swas|she\swas|turned)\s(?P<age>{COUNT})(?=[,;.)]|\sin\s|\sand\b|\swhen\b|$)"
    rf"|(?P<old>{DURATION})\sold\b|\b(?:at\sthe\sage\sof|aged)\s(?P<years>{DURATION})",
    re.IGNORECASE,
)
_BORN: Final = re.compile(rf"\bborn\b[^.;]{{0,50}}?\s(?:in|on)\s({DATE})", re.IGNORECASE)
_FOUNDED: Final = re.compile(
    rf"\b(?:founded|created|established|built|signed|concluded|opened|launched|set\sup|dating\sfrom|formed|proclaimed|"
    rf"laid\sdown|begun|began|came\sinto\sforce)\b[^.;]{{0,40}}?\s(?:in\s|on\s)?({DATE})",
    re.IGNORECASE,
)
_LIFE: Final = re.compile(rf"\((?:born\s|b\.\s)?({DATE})(?:\s?[–-]\s?({DATE}))?\)")
_DIED: Final = re.compile(
    rf"\b(?:died|dies|dying|death|killed|murdered|executed)\b[^.;,]{{0,40}}?\s(?:in|on)\s({DATE})", re.IGNORECASE
)
_THEN: Final = re.compile(r"\b(?:then|at\s(?:the|that)\stime)\b[^,;.]{0,20}$", re.IGNORECASE)
_JUBILEES: Final = {
    "centenary": 100, "centennial": 100, "bicentenary": 200, "bicentennial": 200, "tercentenary": 300, "half-centenary": 50,
    "sesquicentennial": 150, "golden jubilee": 50, "silver jubilee": 25, "diamond jubilee": 60, "quincentenary": 500,
    "hundredth anniversary": 100, "fiftieth anniversary": 50, "fortieth anniversary": 40, "thirtieth anniversary": 30,
    "twentieth anniversary": 20, "tenth anniversary": 10, "fifth anniversary": 5, "twenty-fifth anniversary": 25,
    "sixtieth anniversary": 60, "seventieth anniversary": 70, "seventy-fifth anniversary": 75, "eightieth anniversary": 80,
    "ninetieth anniversary": 90, "two hundredth anniversary": 200, "first anniversary": 1, "second anniversary": 2,
    "third anniversary": 3, "fourth anniversary": 4, "sixth anniversary": 6, "seventh anniversary": 7, "eighth anniversary": 8,
    "ninth anniversary": 9, "fifteenth anniversary": 15,
}  # fmt: skip
_JUBILEE: Final = re.compile(
    rf"\b(?P<name>{'|'.join(sorted(map(re.escape, _JUBILEES), key=len, reverse=True))}|"
    rf"(?P<figure>\d{{1,3}})(?:st|nd|rd|th)\sanniversary)\b"
    rf"(?P<of>\s(?:of|since)\s[^,;.]{{0,60}}?({DATE}))?",
    re.IGNORECASE,
)
Near = list[tuple[Sentence, Marked]]


def find_ages(manuscript: Manuscript, sentence: Sentence, marked: Marked, near: Near) -> Iterator[Slip]:
    """Yield a slip for each age that birth and the date of its sentence contradict, and for each such anniversary."""
    yield from _ages(manuscript, sentence, marked, near)
    yield from _jubilees(sentence, marked, near)


def _ages(manuscript: Manuscript, sentence: Sentence, marked: Marked, near: Near) -> Iterator[Slip]:
    for match in _AGED.finditer(marked.marks):
        if match["age"]:
            age, at = marked.value(match.start("age")), match.start("age")
        else:
            at = match.start("old") if match["old"] else match.start("years")
            duration = next(each for each in marked.durations if each.start == at)
            if duration.unit != "year" or duration.about:
                continue
            age = duration.number
        starts = [_BORN, _LIFE] if match["age"] or match["years"] else [_BORN, _LIFE, _FOUNDED]
        born = _beginning(sentence, marked, near, starts)
        # somebody of three is no actor; the number counts something else
        if born is None or age != int(age) or not (match["old"] or 5 <= age <= 110):
            continue
        if match["old"] and not _of_the_same(manuscript, sentence, at, born):
            continue
        dates = [date for date in marked.dates if (sentence.start, date) != born]
        ends = [each for each in _DIED.finditer(marked.marks) if each.end() < at]
        if match["old"] or _THEN.search(marked.text[: match.start()]):
            # "who died in 1925, was by then twenty years old": the age is not that at the death
            dead = {each.start(each.lastindex or 0) for each in ends}
            kept = [date for date in dates if date.start not in dead]
            if len(kept) < len(dates) and not kept:
                kept = [date for each, other in near[-1:] if each.block == sentence.block for date in other.dates][-1:]
            dates = kept
        earlier = (date for date in reversed(dates) if date.start < at or date not in marked.dates)
        now = next(earlier, dates[0] if dates else None)
        if now is None and re.match(r"\s(?:when|as)\b", marked.text[match.end() :]):
            # "He presided in 1937. He had been born in 1877, and was seventy when he took the chair."
            told = [date for each, other in near if each.block == sentence.block for date in other.dates]
            told = [date for date in told if date is not born[1]]
            now = told[0] if len(told) == 1 else None
        if now is None or now.year <= born[1].year:
            continue
        passed = now.year - born[1].year
        if not passed - 1 <= age <= passed:
            message = f"The text says {words(int(age))} years, but from {born[1].year} to {now.year} it is {words(passed)}."
            yield Slip(sentence.start + match.start(), sentence.start + match.end(), message, (span_of(born),))


def _of_the_same(manuscript: Manuscript, sentence: Sentence, at: int, born: Placed) -> bool:
    """Tell whether what is so old may be what began at a date of another sentence: named there as well, or a pronoun."""
    tree = chronicle_of(manuscript).trees.get(sentence.index)
    if tree is None or sentence.start <= born[0] + born[1].start < sentence.end:
        return True
    top = tree.top(tree.within(sentence.start + at, sentence.start + at + 1))
    while top is not None and tree.child(top, "nsubj", "nsubj:pass", "nsubj:outer") is None:
        top = tree.head(top)
    who = None if top is None else tree.child(top, "nsubj", "nsubj:pass", "nsubj:outer")
    if who is None or tree.tokens[who].pos not in ("NOUN", "PROPN"):
        return True
    told = manuscript.plain[born[0] : born[0] + born[1].start]
    return re.search(rf"\b{re.escape(tree.lemma(who)[:6])}", told, re.IGNORECASE) is not None


def _beginning(sentence: Sentence, marked: Marked, near: Near, patterns: list[re.Pattern[str]]) -> Placed | None:
    """Return the date at which the one whose age is told began: in the sentence, or in one of two before it."""
    for each, other in [(sentence, marked), *reversed(near[-2:])]:
        for pattern in patterns:
            match = pattern.search(other.marks)
            if match is not None:
                return each.start, next(date for date in other.dates if date.start == match.start(1))
    return None


def _before(sentence: Sentence, near: Near) -> Placed | None:
    """Return the one date of the paragraph before: what celebrates its jubilee is what was told of."""
    told = [(each.start, date) for each, other in near if each.block == sentence.block for date in other.dates]
    return told[0] if len(told) == 1 else None


def _apposed(marked: Marked, date: WrittenDate, start: int) -> bool:
    """Tell whether a jubilee explains a date: "on 4 July 1826, the fiftieth anniversary of it" is reached, not counted from."""
    return re.fullmatch(r",?\s(?:which\swas\s|on\s)?(?:the|its|their|his|her)\s", marked.text[date.end : start]) is not None


def _jubilees(sentence: Sentence, marked: Marked, near: Near) -> Iterator[Slip]:
    for match in _JUBILEE.finditer(marked.marks):
        start = match.start("name")
        number = int(match["figure"]) if match["figure"] else _JUBILEES[match["name"].lower()]
        of = next((date for date in marked.dates if match["of"] and date.start == match.start(4)), None)
        placed = (sentence.start, of) if of else _beginning(sentence, marked, near, [_FOUNDED]) or _before(sentence, near)
        if placed and not of and sentence.start == placed[0] and _apposed(marked, placed[1], start):
            continue
        dates = [date for date in marked.dates if placed is None or date is not placed[1]]
        if placed is None or len(dates) != 1 or dates[0].year <= placed[1].year:
            continue
        passed = dates[0].year - placed[1].year
        if passed != number:
            message = f"From {placed[1].year} to {dates[0].year} it is {words(passed)} years, not {words(number)}."
            yield Slip(sentence.start + start, sentence.start + match.end("name"), message, (span_of(placed),))
