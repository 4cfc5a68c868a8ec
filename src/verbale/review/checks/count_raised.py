"""By how much a number was raised, and by which factor: "100,000 more bolts, which brought them to 300,000. They had doubled".

What was there before is the result less what was added; the factor is told behind it, in the same sentence or the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import CHANGES, either, show, slip_in
from verbale.review.marking import AMOUNT, ANY, Marked
from verbale.review.reckoning import figures, listed, stem

# "Doubled" is said of what is within a seventh of the double, "nearly doubled" within a quarter.
_ROOM, _ROUGH = 1 / 7, 0.25


@dataclass(frozen=True, slots=True)
class _Raise:
    """What was added to a number and what it came to, with the stems of the words for it."""

    added: float
    result: float
    stems: frozenset[str]

    @property
    def factor(self) -> float:
        """How many times what was there before the result is."""
        return self.result / (self.result - self.added)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    to = rf"(?:{either('brought')}|{either('changed')})\b[^.;:]{{0,50}}?\sto\s(?P<row>{AMOUNT}[^.;:]*)"
    return (
        re.compile(
            rf"\b{either('changed')}\s(?:the\s(?:[a-z]+\s){{1,4}}?)?by\s(?P<more>{AMOUNT}[^.;:,]{{0,40}}?),?\sto\s(?P<row>{AMOUNT}[^.;:]{{0,60}})",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?P<more>{AMOUNT}\s{either('more')}\b[^.;:]*?),\s(?:which|and|this|so\sthat)\s[^.;:]{{0,40}}?\b{to}",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b{either('adds')}\s(?:another\s|a\sfurther\s)?(?P<more>{AMOUNT}[^.;:]*?),?\s(?:which|and|so\sthat)\s[^.;:]{{0,40}}?\b{to}",
            re.IGNORECASE,
        ),
    )


def find_raised(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each factor of growth that what was added and what it came to contradict."""
    factor = _factor().search(marked.text)
    if factor is None or re.search(rf"\b(?:{either('at another time')})\b", marked.text, re.IGNORECASE):
        return
    own = _raises(marked, factor.start())
    raises = own or ([] if before is None or figures(marked) else _raises(before, len(before.text)))
    said = _words(marked.text)
    if not own and before is not None:
        subject = marked.text[: factor.start()]
        if not re.match(rf"(?:{either('it is')})\b", subject, re.IGNORECASE) and not _words(subject) & _words(before.text):
            return
    # of several things that were raised, the one that the sentence names; if it names none, all must be wrong
    chosen = [each for each in raises if each.stems & said] or raises
    if not chosen or (own and re.search(ANY, marked.marks[factor.end() :])):
        return
    told = CHANGES[factor["times"].lower()]
    if listed("anew", marked.text) or told < 1:
        return
    slack = (_ROUGH if listed("roughly", marked.text[: factor.start()]) else _ROOM) * told
    if all(abs(each.factor - told) > slack and not (factor["more"] and each.factor >= told) for each in chosen):
        first, last = chosen[0].result - chosen[0].added, chosen[0].result
        message = f"From {show(first)} to {show(last)} is {chosen[0].factor:.2g} times as much."
        yield slip_in(sentence, factor.start(), factor.end(), message)


def _words(text: str) -> set[str]:
    """Return the stems of the words of a text, without the small ones that every text has."""
    return {stem(word) for word in re.findall(r"[a-z]{4,}", text.lower()) if not re.fullmatch(either("no nouns"), word)}


@cache
def _factor() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<more>more\sthan\s)?(?P<times>{'|'.join(CHANGES)})\b(?!\s(?:the|its|their|his|her|to|from)\b)", re.IGNORECASE
    )


def _raises(marked: Marked, end: int) -> list[_Raise]:
    """Return what a sentence tells to be raised, thing by thing: "50,000 more bushels and 20,000 more sheep, which ..."."""
    for form in _forms():
        match = form.search(marked.marks, 0, end)
        if match is None:
            continue
        rows = [_things(marked, *match.span(name)) for name in ("more", "row")]
        if not rows[0] or not len(rows[0]) <= len(rows[1]):
            continue
        pairs = zip(rows[0], rows[1], strict=False)
        if len(rows[0]) == 1:
            rows[1] = rows[1][:1]
        if len(rows[0]) != len(rows[1]):
            continue
        return [_Raise(added, result, one | other) for (added, one), (result, other) in pairs if 0 < added < result]
    return []


def _things(marked: Marked, start: int, end: int) -> list[tuple[float, frozenset[str]]]:
    """Return the numbers of a stretch with the stems of all words up to the next one."""
    inside = [each for each in figures(marked) if start <= each.start < end]
    stops = [*(each.start for each in inside[1:]), end]
    return [
        (each.value, frozenset(stem(word) for word in re.findall(r"[a-z]{3,}", marked.text[each.end : stop].lower())))
        for each, stop in zip(inside, stops, strict=True)
    ]
