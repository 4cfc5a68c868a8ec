"""Happenings counted by the dates that are listed of them: "six coups: in Mali in August 2020 and again in May 2021, ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import either, show, slip_in
from verbale.review.marking import COUNT, DATE, Marked

_MOST: Final = 20
_COLON: Final = re.compile(
    rf"(?P<number>{COUNT})\s(?:[a-z-]+\s){{0,3}}?[a-z][\w-]*s\b(?P<said>[^:;.]{{0,90}}?):\s(?P<list>[^:;.]*{DATE}[^:;.]*)(?=[;.]|$)",
    re.IGNORECASE,
)
# What stands in a list of places and dates beside them.
_BESIDE: Final = re.compile(
    rf"{DATE}|\b(?:in|at|on|and|again|once\smore|then|also|early|late|mid|twice|the|of)\b|[A-ZÀ-Þ][\w'’-]*|[\s,–-]"
)
_NAME: Final = re.compile(r"[A-ZÀ-Þ][\w'’-]*(?:\s(?:of\s|the\s|de\s)*[A-ZÀ-Þ][\w'’-]*)*")


def find_dated(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for a number that neither the dates nor the places of the list after its colon give."""
    match = _COLON.search(marked.marks)
    if match is None:
        return
    number, listed = marked.value(match.start("number")), match["list"]
    dates = len(re.findall(DATE, listed))
    places = len(re.findall(r"\b(?:in|at)\s(?=[A-ZÀ-Þ])", listed))
    if len(_NAME.findall(listed)) != places:
        return  # names without "in" before each are themselves what is counted
    if _BESIDE.sub("", listed).strip() or "twice" in listed or dates < 2 or not 2 <= number <= _MOST:
        return  # the list has more in it than places and dates
    lead = marked.text[: match.start("number")]
    if re.search(rf"\b(?:{either('roughly')}|least|of|first|last|other)\s(?:the\s)?$", lead, re.IGNORECASE):
        return
    # one "again" at least, or a date for each place: else several dates may be of one happening
    if number in (dates, places) or not (dates == places or re.search(r"\b(?:again|once\smore)\b", listed) or places == 0):
        return
    said = marked.text[match.start("number") : match.end("number")]
    message = f"The text says “{said}”, but gives {show(dates)} dates."
    yield slip_in(sentence, match.start("number"), match.end(), message)
