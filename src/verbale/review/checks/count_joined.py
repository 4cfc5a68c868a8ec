"""Numbers of members told after some joined or left: "eleven republics. Two more joined, and one left. It thus had thirteen".

The count is kept through a paragraph: from the last number of members told, each accession and departure adds and takes away
as many as it names. A number told as the outcome is wrong only if no other number of members that was told is the same.

"A league of nine became one of
twelve when the two towns came in" tells all three numbers at once.
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
from verbale.review.marking import COUNT, DATE, Marked
from verbale.review.reckoning import figures, listed

# No union is larger, and of fewer than two nobody counts the members.
_MOST: Final = 200
# Who joins or leaves is further off the number told than this only where the text counts something else.
_FAR: Final = 1.6
# A body that becomes another is at most so many times as large.
_FAR_SIZE: Final = 2.0
_MORE: Final = r"(?:\s(?:more|further|other|new|small|large|old|of\sthem))*"
_NAME: Final = r"(?:the\s)?[A-ZÀ-Þ][\w'’-]*(?:\s(?:of\s(?:the\s)?)?[A-ZÀ-Þ][\w'’-]*){0,4}"


@dataclass(frozen=True, slots=True)
class _Step:
    """A number of members told (`total`), or how many joined or left; `outcome` tells that a word says it follows."""

    at: int
    end: int
    number: float
    total: bool
    outcome: bool = False


def find_joined(sentence: Sentence, marked: Marked, passage: Sequence[Marked], told: Sequence[Marked]) -> Iterator[Slip]:
    """Yield a slip for each number of members that the joins and departures before it contradict.

    `passage` is the paragraph before the sentence, `told` the whole text; of that only the one number of members that it told
    until now is taken, where the paragraph begins with none.
    """
    yield from _larger(sentence, marked)
    if not any(step.outcome for step in totals(marked)):
        return
    before = told[: len(told) - len(passage)]
    earlier = {step.number for text in before for step in totals(text)}
    reached: set[float] = set()
    # who came and went in other paragraphs is not all told there
    known = len(earlier) == 1 and not any(changes(text) for text in before)
    count: float | None = next(iter(earlier)) if known else None
    changed = False
    for text in (*passage, marked):
        for step in sorted((*totals(text), *changes(text)), key=lambda each: each.at):
            if not step.total:
                count, changed = (None if count is None or step.number == 0 else count + step.number), True
                continue
            wrong = count is not None and changed and step.number != count and step.number not in reached
            if text is marked and step.outcome and wrong and count is not None and comparable(step.number, count, _FAR):
                message = f"With those who joined and left there were {show(count)}, not {show(step.number)}."
                yield slip_in(sentence, step.at, step.end, message)
                return
            count, changed = step.number, False
            reached.add(step.number)


@cache
def _told() -> re.Pattern[str]:
    things = either("who join")
    return re.compile(
        rf"\b(?:{either('so it follows')}|now|then)\s(?:again\s|now\s)?{either('musters')}\s(?P<so>{COUNT}){_MORE}\s{things}\b"
        rf"|\b(?:number\sof\s(?:its\s|the\s)?{things}|membership)\s[a-z]+\s(?:[a-z]+\s)?(?:to|at)\s(?P<to>{COUNT})"
        rf"|\b(?:{either('brought')}|{either('changed')})\s(?:the|its|their)\s{either('how many')}"
        rf"(?:\sof\s(?:(?:its|the)\s)?{things})?\s(?:again\s|back\s)?to\s(?P<cut>{COUNT})"
        rf"|\b(?:which|that|this|and)\s(?:made|makes|left|brought\s(?:it|them|the\s(?:number|total|membership))\sto)\s(?:it\s)?(?P<made>{COUNT})(?!\s(?:of\b|more\b))"
        rf"|\bthere\s(?:are|were|remain|remained)\s(?:only\s|now\s|thus\s)?(?P<now>{COUNT}){_MORE}\s{things}\b"
        rf"|\bso\sthat\s(?:it|they|the\s[a-z]+)\s[^.;:,]{{0,50}}?\swith\s(?P<closed>{COUNT}){_MORE}\s{things}\b"
        rf"|\bby\s{DATE}\s(?:it|they|the\s[a-z]+)\s{either('musters')}\s(?P<by>{COUNT}){_MORE}\s{things}\b"
        rf"|(?P<plain>{COUNT}){_MORE}\s{things}\b"
        rf"|\b{either('founded')}\b[^.;:]{{0,50}}?\s(?:with|by)\s(?P<signed>{COUNT})\s(?:signatures|founders|founding\s[a-z]+|signatories)\b"
        rf"|\b{either('founded')}\s(?:[a-z]+\s){{0,2}}?(?:by|between|of|from)\s(?P<names>(?-i:{_NAME}(?:,\s{_NAME})*,?\sand\s{_NAME}))",
        re.IGNORECASE,
    )


def totals(marked: Marked) -> list[_Step]:
    """Return the numbers of members that a sentence tells, those that joined or left left out."""
    found = []
    taken = {step.at for step in changes(marked)}
    for match in _told().finditer(marked.marks):
        name = next(
            each for each in ("so", "to", "cut", "made", "now", "closed", "by", "signed", "plain", "names") if match[each]
        )
        at = match.start(name)
        if name == "names":
            found.append(_Step(at, match.end(name), float(_size(match[name])), True))
            continue
        value = marked.value(at)
        rough = re.search(rf"\b(?:{either('roughly')}|at\sleast|of|for|against)\s(?:the\s)?$", marked.text[:at], re.IGNORECASE)
        if at not in taken and 2 <= value <= _MOST and not (name == "plain" and rough):
            found.append(_Step(at, marked.quantity(at).end, value, True, name in ("so", "to", "cut", "now", "closed", "by")))
    return found


@cache
def _moves() -> tuple[tuple[int, re.Pattern[str]], ...]:
    who = rf"(?P<count>{COUNT}){_MORE}(?:\s{either('who join')})?|(?P<names>{_NAME}(?:(?:,\s|,?\sand\s){_NAME})*)"
    helping = r"(?:(?:was|were|had|also|then|had\sbeen|later|again|is|are|has|have|soon)\s)*"
    verbal = rf"(?P<who>{{who}})(?:,?\s(?:which|who))?\s{helping}{{verbs}}\b"
    nominal = r"\b{nouns}\sof\s(?:(?:the|its)\s)?(?P<who>{who})"
    found = [(-1, re.compile(rf"\b[Ww]ith\s(?P<who>{who})\s(?:{either('gone')}|out|away)\b"))]
    found.append(
        (1, re.compile(rf"(?P<who>(?P<count>{COUNT})\s(?:more|others))(?P<names>(?!))?(?=[.,;]|\s{either('no nouns')}\b)"))
    )
    for sign, verbs, nouns in ((1, "acceding", "joining"), (-1, "leaves it", "leaving")):
        for form in (verbal.format(who=who, verbs=either(verbs)), nominal.format(who=who, nouns=either(nouns))):
            found.append((sign, re.compile(form)))
    return tuple(found)


@cache
def _untold() -> re.Pattern[str]:
    """Return joins and departures of which nothing says how many they were: "the island states joined", "others left"."""
    things = rf"(?:{either('who join')}|others|many|several|more|some)"
    verbs = rf"(?:{either('acceding')}|{either('leaves it')})"
    return re.compile(rf"\b{things}\s(?:(?:of\sthem|that|which|who|were|had|then|soon|later)\s)*{verbs}\b", re.IGNORECASE)


# "…, and Cyprus and Jordan in 1955": who did the same, without the verb.
_ALSO: Final = re.compile(
    rf"(?:[^.;:,]{{0,40}}?)(?:,|;)?\s(?:and\s)?(?P<names>{_NAME}(?:(?:,\s|,?\sand\s){_NAME})*)(?:\stogether)?\sin\s{DATE}"
)


_THEN_NAMED: Final = re.compile(rf",?\s(?:and\s)?(?P<names>{_NAME}(?:(?:,\s|,?\sand\s){_NAME})*)(?:\stogether)?\sin\s{DATE}")


# "Three more joined in 1360, five in 1367": further numbers, without verb and noun.
_THEN: Final = re.compile(rf",\s(?:and\s)?(?P<count>{COUNT})\s(?:in\s)?{DATE}")


def changes(marked: Marked) -> list[_Step]:
    """Return who is told to have joined or left, with how many they are."""
    found = [
        _Step(match.start(), match.end(), 0.0, False)
        for match in _untold().finditer(marked.marks)
        if not re.search(rf"{COUNT}(?:\s[a-z]+){{0,3}}\s$", marked.marks[: match.start()])
    ]
    for sign, pattern in _moves():
        for match in pattern.finditer(marked.marks):
            at = match.start("who")
            if any(step.at == at and step.number * sign > 0 for step in found):
                continue  # "three more came in" is read in two ways
            value = marked.value(at) if match["count"] else float(_size(match["names"]))
            found.append(_Step(at, match.end("who"), sign * value, False))
            if match["count"]:
                for more in _THEN.finditer(marked.marks, match.end()):
                    step = marked.quantity(more.start("count"))
                    found.append(_Step(step.start, step.end, sign * step.value, False))
            also = _ALSO.match(marked.marks, match.end()) if match["names"] else None
            while also is not None:
                found.append(_Step(also.start("names"), also.end("names"), float(sign * _size(also["names"])), False))
                also = _THEN_NAMED.match(marked.marks, also.end())
    return found


def _size(names: str) -> int:
    return len([part for part in re.split(r",\s(?:and\s)?|\sand\s", names) if part.strip()])


@cache
def _turned() -> re.Pattern[str]:
    return re.compile(
        rf"\bof\s(?P<first>{COUNT})(?:\s[a-z]+)?\s(?:[a-z]+\s){{0,3}}?{either('becomes')}\s(?:{COUNT}|one|an?\s[a-z]+)\sof\s(?P<last>{COUNT})",
        re.IGNORECASE,
    )


@cache
def _who_came() -> re.Pattern[str]:
    return re.compile(
        rf"\b{either('when they came')}\s(?:the\s(?:admission|accession|entry)\sof\s)?(?P<row>(?-i:{NAMES}))", re.IGNORECASE
    )


def _larger(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "the league of nine became one of twelve when the two towns came in"."""
    match = _turned().search(marked.marks)
    if match is None or listed("beyond", marked.text[match.end() :].replace("one of", "")):
        return
    first, last = marked.value(match.start("first")), marked.value(match.start("last"))
    more = [each for each in figures(marked) if each.start not in (match.start("first"), match.start("last"))]
    rows = list(_who_came().finditer(marked.text))
    if any(re.match(r"[^.;:]{0,60}?\b(?:among|last|first|latest)\b", marked.text[each.end :]) for each in more):
        return  # "with the three Nordic applicants the last to come in"
    led = [
        re.search(rf"\b{either('when they came')}\s(?:the\s(?:[a-z]+\sof\s)?)?$", marked.text[: each.start], re.IGNORECASE)
        for each in more
    ]
    led = led or [None]
    of = re.search(rf"\b{either('joining')}\sof\s(?:the\s)?$", marked.text[: more[0].start]) if more else None
    if len(more) == 1 and not rows and more[0].kind == "count" and (led[0] or of):
        change = more[0].value
    elif len(rows) == 1 and not more:
        change = float(len(split_names(rows[0]["row"])))
    else:
        return
    smaller = listed("leaves it", marked.text) or listed("leaving", marked.text)
    real = first - change if smaller else first + change
    if change <= first and (last > first) != smaller and last != real and comparable(last, real, _FAR_SIZE):
        number = marked.quantity(match.start("last"))
        yield slip_in(sentence, number.start, number.end, f"With the change there were {show(real)}, not {show(last)}.")
