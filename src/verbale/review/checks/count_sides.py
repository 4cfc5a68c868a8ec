"""Sides of one body: who voted each way, who was chosen by each party, who is elected for how long, and all but a few.

What two sides of a body have in common is its size: nine of thirteen judges cannot be for a motion with five against it, a
court that divided seven to two has nine members at its next vote as well, and two named by each side with a chairman make five.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_totals import cuts_across
from verbale.review.counting import comparable, either, show, slip_in
from verbale.review.marking import COUNT, FRACTION, Marked
from verbale.review.reckoning import listed

# A result this many times the one expected, or less, is of other numbers.
_FAR: Final = 1.6
# In a larger body not everybody votes each time.
_BENCH: Final = 25
_OTHER: Final = rf"(?:(?!{COUNT})[^.;:])"


def find_sides(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each body that its sides contradict; `before` is the sentence before in the paragraph."""
    yield from _opposed(sentence, marked)
    yield from _seated(sentence, marked)
    yield from _two_votes(sentence, marked, before)
    yield from _chosen(sentence, marked)
    yield from _all_but(sentence, marked)


def _same_verb(did: str, tail: str) -> bool:
    """Tell whether a second part goes on with the verb of the first: "voted for it and five against"."""
    match = re.match(rf"\s(?:of\s(?:them|these|those)\s)?(?P<word>{either('relates')}|[a-z]+ed)\b", tail)
    if match is None or cuts_across([did, tail]):
        return False
    if match["word"] in ("against", "for"):
        return listed("stances", did) or re.search(r"\bfor\b", did) is not None
    if match["word"].endswith("ed"):
        return re.search(r"\b(?:were|was|are|is|been)\s", did) is not None
    # "from Europe" and "from countries with a crown" are said of other sorts of members
    taken = [re.search(rf"\b{match['word']}\s(?:(?:the|its|a|an)\s)?(\S)", words) for words in (did, tail)]
    return taken[0] is not None and taken[1] is not None and taken[0][1].isupper() == taken[1][1].isupper()


@cache
def _part_of() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<part>{COUNT})\s(?:out\sof|of)\s(?:(?:the|its|their|all)\s)?(?P<whole>{COUNT})\s[a-z]+\b(?P<did>{_OTHER}{{2,80}}?)"
        rf"(?:,?\s(?:and|but|while)\s|,\s)(?P<other>{COUNT})(?P<tail>[^.;:]{{0,60}})",
        re.IGNORECASE,
    )


def _opposed(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "nine of the thirteen judges voted for the motion and five against it": two sides are never more than the whole."""
    for match in _part_of().finditer(marked.marks):
        part, whole, other = (marked.value(match.start(name)) for name in ("part", "whole", "other"))
        if part < whole > other and whole < part + other <= _FAR * whole and _same_verb(match["did"], match["tail"]):
            number = marked.quantity(match.start("whole"))
            yield slip_in(sentence, number.start, number.end, f"The parts add up to {show(part + other)}, not {show(whole)}.")


@cache
def _of_members() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<whole>{COUNT})\s(?:[a-z-]+\s){{0,2}}?(?:{either('persons')}|seats)\b[^.:]{{0,80}}?[;,:]\s(?:of\s(?:them|these|whom),?\s)?"
        rf"(?P<part>{COUNT})(?:\sof\s(?:them|these|those|whom))?(?P<did>\s(?:{either('acted')}|[a-z]+ed|{either('seated')})\b{_OTHER}{{2,60}}?)"
        rf",?\s(?:and|but|while)\s(?P<other>{COUNT})(?P<tail>[^.;:]{{0,60}})",
        re.IGNORECASE,
    )


def _seated(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "fifteen members from five regions; ten of them are elected for two years and seven for three"."""
    match = _of_members().search(marked.marks)
    if match is None or re.search(rf"(?:{either('roughly')}|\bof)\s(?:the\s)?$", marked.text[: match.start()], re.IGNORECASE):
        return
    whole, part, other = (marked.value(match.start(name)) for name in ("whole", "part", "other"))
    if not part < whole > other or not _same_verb(match["did"], match["tail"]):
        return
    # all members are elected for some time, but not all take a side
    all_told = listed("seated", match["did"]) and not listed("beyond", marked.text[match.start("part") :])
    total = part + other
    later = re.search(COUNT, marked.marks[match.end() :]) is not None or re.search(COUNT, match["tail"]) is not None
    if whole < total <= _FAR * whole or (all_told and not later and whole / _FAR <= total < whole):
        number = marked.quantity(match.start("other"))
        yield slip_in(sentence, number.start, number.end, f"The parts add up to {show(total)}, not {show(whole)}.")


@cache
def _tally() -> re.Pattern[str]:
    return re.compile(rf"(?P<yes>{COUNT})(?:\svotes)?\s(?:to|against)\s(?P<no>{COUNT})(?!\s(?:in|of)\s)", re.IGNORECASE)


def _two_votes(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "on the first count the court divided seven to two, and on the second five to three"."""
    votes = list(_tally().finditer(marked.marks))
    text = f"{before.text if before else ''} {marked.text}"
    if len(votes) != 2 or not listed("benches", text) or listed("away", text):
        return
    # two courts, or one before and after a change, may each have a size
    if not re.search(
        rf"\b{either('divides')}(?:\s(?:[a-z]+\s){{0,4}}?|\s?,?\s(?:[a-z]+\s){{0,4}}?by\s)$", marked.text[: votes[0].start()]
    ):
        return
    first, second = (sum(marked.value(vote.start(side)) for side in ("yes", "no")) for vote in votes)
    if first != second and max(first, second) <= _BENCH and abs(first - second) <= 2:
        message = f"{show(first)} voted the first time, but {show(second)} the second."
        yield slip_in(sentence, votes[1].start(), votes[1].end(), message)


@cache
def _named_by() -> re.Pattern[str]:
    side = rf"(?P<side>(?:of\sthe\s(?P<sides>{COUNT})\s)?[a-z]+)"
    return re.compile(
        rf"(?P<whole>{COUNT})\s(?:[a-z-]+\s){{0,2}}?{either('persons')}\b{_OTHER}{{0,40}}?(?::|,|\s[–—]|\s\()\s(?P<each>{COUNT})"
        rf"\s(?:[a-z]+\s){{0,3}}?(?:by|from|for|of|to)\s(?:each|either)\s{side},?\s(?:and|with|plus)\s(?:an?\s|the\s|{FRACTION}\s|(?P<single>{COUNT})\s)"
        rf"(?:[^.;:]{{0,50}}?\bby\s(?:the|these|those|its|all)\s(?:other\s)?(?P<first>{COUNT}))?",
        re.IGNORECASE,
    )


def _chosen(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "eight members: three named by each side and an umpire chosen by the six"."""
    match = _named_by().search(marked.marks)
    if match is None or len(re.findall(rf"\b{either('each one')}\b", match.string[match.start() :])) > 1:
        return
    whole, each = marked.value(match.start("whole")), marked.value(match.start("each"))
    if match["single"] and marked.value(match.start("single")) != 1:
        return
    if match["first"]:
        real = marked.value(match.start("first")) + 1
    elif match["sides"]:
        real = each * marked.value(match.start("sides")) + 1
    elif listed("side", match["side"]) or (whole - 1) % each:
        real = 2 * each + 1
    else:
        return  # so many for each of so many states
    if whole != real and comparable(whole, real, _FAR):
        number = marked.quantity(match.start("whole"))
        message = f"The text says {show(whole)}, but its parts make {show(real)}."
        yield slip_in(sentence, number.start, number.end, message)


@cache
def _exceptions() -> re.Pattern[str]:
    lead = r"(?::|;\sthe|\s[–—]|,\s(?:or|so|that\sis,?|thus|in\sall|altogether)"
    lead += rf"|\b{either('so it follows')}|so\sthat|that\sis,?)\s"
    return re.compile(
        rf"\b(?:all|every)\b(?:\sof)?(?:\s(?:the|its))?(?:\s[a-z-]+){{0,3}}?\s{either('save')}\s(?P<less>{COUNT}|one)"
        rf"(?:\sof\s(?:(?:the|its|these|those)\s)?(?P<whole>{COUNT}))?{_OTHER}{{0,60}}?{lead}"
        rf"(?:{either('how few')}\s)?(?P<told>{COUNT})(?P<tail>[^.;:]{{0,60}})",
        re.IGNORECASE,
    )


def _all_but(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "all members but one belong to it: six allies in a council of eight"."""
    match = _exceptions().search(marked.marks)
    if match is None:
        return
    less = 1.0 if match["less"].lower() == "one" else marked.value(match.start("less"))
    told, number = marked.value(match.start("told")), marked.quantity(match.start("told"))
    if match["whole"]:
        whole = marked.value(match.start("whole"))
    else:
        size = re.match(
            rf"(?:\s[a-z-]+){{0,2}}?\s(?:in|of|out\sof|among)\s(?:(?:an?|the|its)\s)?(?:[a-z]+\sof\s)?(?P<whole>{COUNT})",
            match["tail"],
        )
        if size is None:
            return
        whole = marked.value(match.start("tail") + size.start("whole"))
    if told != whole - less and told < whole and abs(told - (whole - less)) <= max(2, less):
        message = f"All but {show(less)} of {show(whole)} are {show(whole - less)}, not {show(told)}."
        yield slip_in(sentence, number.start, number.end, message)
