"""Votes against their margin, the body that cast them and those who are told to have taken part: "by 64 votes to 5"."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import either, show, slip_in
from verbale.review.marking import COUNT, Marked
from verbale.review.reckoning import figures, listed

_VOTE: Final = re.compile(
    rf"\bby\s(?:a\svote\sof\s)?({COUNT})\s(?:votes?\s)?(?:to|against)\s({COUNT})(?:[^.;]{{0,30}}?\bwith\s({COUNT})\sabst)?[^.;]{{0,60}}?(?:,\s|\s\(|–\s?|—\s?)(?:with\s)?a\s{either('majorities')}\sof\s({COUNT})(?![^\w\s]*\sto\b)",
    re.IGNORECASE,
)
_MARGIN_FIRST: Final = re.compile(
    rf"\b{either('majorities')}\sof\s({COUNT})(?:\svotes)?\s?(?:[,(:]|by)\s?({COUNT})\s(?:votes?\s)?(?:to|against)\s({COUNT})",
    re.IGNORECASE,
)
_FOR_AND_AGAINST: Final = re.compile(
    rf"({COUNT})\s(?:[a-z]+\s)?{either('in favour')}\b[^.;]{{0,40}}?({COUNT})\s(?:[a-z]+\s)?against\b"
    rf"[^.;]{{0,90}}?\b{either('majorities')}\sof\s({COUNT})(?![^\w\s]*\sto\b)",
    re.IGNORECASE,
)
_BODY_VOTE: Final = re.compile(
    rf"({COUNT})(?:\s|-){either('of a body')}\b[^.;]{{0,80}}?"
    rf"\bby\s(?:a\svote\sof\s)?({COUNT})\s(?:votes?\s)?(?:to|against)\s({COUNT})(?:[^.;]{{0,30}}?\bwith\s({COUNT})\sabst)?",
    re.IGNORECASE,
)


def find_votes(sentence: Sentence, marked: Marked, before: Marked | None, passage: Sequence[Marked]) -> Iterator[Slip]:
    """Yield a slip for each margin, body or turnout that the votes contradict; `passage`: the paragraph before."""
    yield from _votes(sentence, marked)
    yield from _tally(sentence, marked, before)
    yield from _by_how_many(sentence, marked, before)
    yield from _took_part(sentence, marked, before)
    yield from _bench(sentence, marked, before)
    yield from _to_spare(sentence, marked, passage)
    yield from _no_majority(sentence, marked)


def _votes(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    for pattern, order in ((_VOTE, (1, 2, 4)), (_MARGIN_FIRST, (2, 3, 1))):
        for match in pattern.finditer(marked.marks):
            yes, no, margin = (marked.value(match.start(group)) for group in order)
            # a margin is the difference; over the absolute majority some count half of it, rounded up
            if margin not in (yes - no, (yes - no) / 2, (yes - no + 1) / 2):
                message = f"{show(yes)} to {show(no)} is a majority of {show(yes - no)}, not {show(margin)}."
                yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)
    for match in _FOR_AND_AGAINST.finditer(marked.marks):
        yes, no, margin = (marked.value(match.start(group)) for group in (1, 2, 3))
        if yes > no and margin not in (yes - no, (yes - no) / 2, (yes - no + 1) / 2):
            message = f"{show(yes)} to {show(no)} is a majority of {show(yes - no)}, not {show(margin)}."
            yield Slip(sentence.start + match.start(3), sentence.start + match.end(3), message)
    for match in _BODY_VOTE.finditer(marked.marks):
        whole = marked.value(match.start(1))
        total = sum(marked.value(match.start(group)) for group in (2, 3, 4) if match[group])
        if total > whole:
            yield slip_in(sentence, match.start(), match.end(), f"The votes add up to {show(total)}, not {show(whole)}.")


_TALLY: Final = re.compile(
    rf"({COUNT})\s(?:votes?\s)?(?:to|against)\s(?:({COUNT})|none|nil)(?:\s(?:votes|against))?(?:,?\s(?:and\s)?with\s({COUNT})\sabst\w+)?",
    re.IGNORECASE,
)
_ALL: Final = re.compile(
    rf"\b(?:all|all\sthe)\s({COUNT})\s(?:of\s)?(?:[a-z]+\s)?{either('voters')}\b",
    re.IGNORECASE,
)


def _tally(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "all fourteen members took part" against the votes of that sentence or of the one before."""
    every = _ALL.search(marked.marks)
    if every is None or "veto" in marked.text:
        return
    for other in (marked, before):
        vote = _TALLY.search(other.marks) if other is not None else None
        if other is None or vote is None:
            continue
        total, whole = sum(other.value(vote.start(group)) for group in (1, 2, 3) if vote[group]), marked.value(every.start(1))
        if total > whole or (vote[3] and total != whole):
            yield slip_in(sentence, every.start(), every.end(), f"The votes add up to {show(total)}, not {show(whole)}.")
        return


def _by_how_many(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "adopted by 20 votes to 5. The majority of 25 surprised the chairman": a margin is none of both sides together."""
    match = re.search(rf"\b[Tt]h(?:e|is)\s{either('majorities')}\sof\s(?P<margin>{COUNT})(?!\sto\b|\sper\b)", marked.marks)
    votes = list(_TALLY.finditer(before.marks)) if before is not None else []
    if match is None or before is None or len(votes) != 1 or not votes[0][2]:
        return
    yes, no = (before.value(votes[0].start(group)) for group in (1, 2))
    told = marked.value(match.start("margin"))
    if yes > no and told not in (yes, yes - no, (yes - no) / 2, (yes - no + 1) / 2) and told <= yes + no:
        message = f"{show(yes)} to {show(no)} is a majority of {show(yes - no)}, not {show(told)}."
        yield slip_in(sentence, match.start("margin"), match.end(), message)


# "27 in favour, 3 against and 5 abstentions"
_IN_FAVOUR: Final = re.compile(
    rf"({COUNT})\s(?:[a-z]+\s)?{either('in favour')}(?:,|\sand)\s({COUNT})\sagainst(?:(?:,|,?\sand)\s({COUNT})\sabst\w+)?",
    re.IGNORECASE,
)


@cache
def _voters() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[:;,]\s(?:and\s|so\sthat\s|thus\s|in\sall\s|altogether\s)*)"
        rf"(?P<all>{COUNT})\s(?:[a-z]+\s){{0,2}}?(?:had\s|thus\s|have\s)*{either('took part')}(?=[.,;)]|\sin\b|$)|"
        rf"^(?:[Tt]hus\s|[Ii]n\sall,?\s|[Aa]ltogether,?\s)?(?P<first>{COUNT})\s{either('voters')}\s"
        rf"(?:had\s|thus\s|have\s)*{either('took part')}(?=[.,;)]|$)|"
        rf"(?:\b(?:of|by|from|among)\s(?:the|all|those|these)|^The|^All|^These)\s(?P<whole>{COUNT})\s[a-z][a-z\s-]{{0,30}}?"
        rf"(?:who|that|which)\s(?:had\s)?(?P<did>{either('took part')})(?:\s(?:or|in\sthe|for\sor)\s[a-z]+)?"
        r"(?=[,.;:)]|$|\s(?:had|has|have|was|were|ever|knew|went|came|could|did)\b)",
        re.IGNORECASE,
    )


@cache
def _deciding() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<whole>{COUNT})\s(?:[a-z]+\s)?{either('benches')}(?:,\s|\s)(?:{either('divides')}\s|then\s|also\s|nevertheless\s){{0,2}}"
        rf"(?:[a-z]+\s){{0,2}}?by\s(?:a\s(?:vote|majority)\sof\s)?(?P<yes>{COUNT})\s(?:votes?\s)?(?:to|against)\s(?P<no>{COUNT})(?!\s(?:in|of)\s)",
        re.IGNORECASE,
    )


def _bench(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "the sixteen judges, by twelve votes to three, found no such duty": on a bench everybody votes."""
    for match in _deciding().finditer(marked.marks):
        whole, yes, no = (marked.value(match.start(name)) for name in ("whole", "yes", "no"))
        text = f"{before.text if before else ''} {marked.text}"
        if listed("away", text) or re.search(r"\bof\s(?:the\s|its\s)?$", marked.text[: match.start()]):
            return
        if whole != yes + no and abs(whole - yes - no) <= _FEW_AWAY:
            number = marked.quantity(match.start("whole"))
            message = f"{show(yes)} to {show(no)} are {show(yes + no)} votes, not {show(whole)}."
            yield slip_in(sentence, number.start, number.end, message)


# Where more judges than this have not voted, the text counts something else.
_FEW_AWAY: Final = 3


def _took_part(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "by 64 votes to 5, with 6 abstentions; of the 79 members who voted or abstained" against the sum of the votes."""
    match = _voters().search(marked.marks)
    if match is None:
        return
    near = [
        (other, vote)
        for other in (marked, before)
        if other is not None
        for vote in (*_TALLY.finditer(other.marks), *_IN_FAVOUR.finditer(other.marks))
    ]
    if match["first"] and not all(vote[3] for _, vote in near):
        return  # those who abstained have voted, too
    name = next(each for each in ("whole", "all", "first") if match[each])
    whole = marked.value(match.start(name))
    sums = {
        float(sum(other.value(vote.start(group)) for group in (1, 2, 3)[:count] if vote[group]))
        for other, vote in near
        for count in (2, 3)
    }
    # further votes, blank or absent, may be told beside the two sides
    beside = [each.value for other, vote in near for each in other.quantities if not vote.start() <= each.start < vote.end()]
    loose = {total + each for total in sums for each in beside}
    if len(near) == 1 and whole not in sums | loose and 0.5 <= whole / max(sums) <= 2:
        yield slip_in(sentence, match.start(name), match.end(), f"The votes add up to {show(max(sums))}, not {show(whole)}.")


# "passed with four votes to spare", "two votes more than it needed"
_SPARE: Final = re.compile(rf"(?P<spare>{COUNT})(?:\s(?:votes?|seats?|more))*\s{either('to spare')}\b", re.IGNORECASE)
# A smaller body has no majorities that anybody reckons; nobody has more votes to spare than this.
_SMALLEST: Final = 5
_NEAREST: Final = 60
# So many sentences back the membership and the share that is needed may be told.
_BACK: Final = 3


@cache
def _casting() -> re.Pattern[str]:
    """Return how many votes there were: "by 42 votes to 18", "with 42 votes", and not "42 votes were needed"."""
    return re.compile(
        rf"({COUNT})\s(?:votes?\s)?(?:to|against)\s{COUNT}|\b[Ww]ith\s({COUNT})\svotes?(?!\s(?:[a-z]+\s)?{either('needed')})"
    )


@cache
def _stated() -> re.Pattern[str]:
    return re.compile(rf"(?P<needed>{COUNT})(?:\svotes?)?\s(?:were\s|was\s|are\s|is\s)?{either('needed')}\b", re.IGNORECASE)


def _to_spare(sentence: Sentence, marked: Marked, passage: Sequence[Marked]) -> Iterator[Slip]:
    """Check "60 members, and two thirds are needed. With 42 votes it was carried, with two votes to spare"."""
    match = _SPARE.search(marked.marks)
    if match is None:
        return
    texts = [*passage[-_BACK:], marked]
    told = marked.value(match.start("spare"))
    numbers = {each.value for text in texts for each in figures(text) if each.kind == "count"} - {told}
    shares = {each.value for text in texts for each in text.quantities if each.kind == "fraction"} | {0.5}
    bodies = [number for number in numbers if number >= _SMALLEST]
    bodies += [one + other for one, other in itertools.combinations(bodies, 2)]  # "68 votes to 32"
    needed = {math.ceil(share * whole - 1e-9) for share in shares for whole in bodies}
    needed |= {math.floor(whole / 2) + 1 for whole in bodies}
    votes = [
        text.value(vote.start(1) if vote[1] else vote.start(2))
        for text in texts
        for vote in _casting().finditer(text.marks, 0, match.start() if text is marked else len(text.marks))
    ]
    # where the text itself says how many were needed, nothing else is
    stated = {text.value(each.start("needed")) for text in texts for each in _stated().finditer(text.marks)}
    right = {one - other for one in numbers for other in (stated or numbers | needed)}
    near = any(0 <= vote - each <= _NEAREST for vote in votes for each in needed | numbers)
    if near and told not in right:
        yield slip_in(sentence, match.start(), match.end(), f"No number told here leaves {show(told)} to spare.")


_MAJORITY_OF: Final = re.compile(
    rf"\bmajority\sof\s(?P<part>{COUNT})\s(?:[a-z]+\s)?(?:out\sof|of|in)\s(?:the|its|a\stotal\sof|all)?\s?(?P<whole>{COUNT})",
    re.IGNORECASE,
)


def _no_majority(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "a majority of seven of the fifteen judges"."""
    for match in _MAJORITY_OF.finditer(marked.marks):
        part, whole = marked.value(match.start("part")), marked.value(match.start("whole"))
        if re.match(r"\s(?:[\w'’-]+\s)?votes\b", marked.text[match.end() :]):
            continue  # a majority of so many votes is a margin
        relative = re.search(rf"\b{either('no absolute')}\s$", marked.text[: match.start()]) is not None
        if not relative and whole / 4 < part <= whole / 2:
            yield slip_in(sentence, match.start(), match.end(), f"{show(part)} of {show(whole)} is no majority.")
