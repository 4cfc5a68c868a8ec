"""Happenings counted by the dates that are listed of them: "six coups: in Mali in August 2020 and again in May 2021, ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import either, show, slip_in
from verbale.review.marking import COUNT, DATE, DURATION, Marked
from verbale.review.numbers import ORDINAL_PATTERN, ordinal

_MOST: Final = 20
# What is further from the number of dates takes up something else.
_NEAR: Final = 2
_COLON: Final = re.compile(
    rf"(?P<number>{COUNT})\s(?:[a-z-]+\s){{0,3}}?[a-z][\w-]*s\b(?P<said>[^:;.]{{0,90}}?):\s(?P<list>[^:;.]*{DATE}[^:;.]*)(?=[;.]|$)",
    re.IGNORECASE,
)
_AGAIN: Final = re.compile(r"\b(?:again|once\smore)\b")
# What stands in a list of places and dates beside them.
_BESIDE: Final = re.compile(
    rf"{DATE}|\b(?:in|at|on|and|again|once\smore|then|also|early|late|mid|twice|the|of)\b|[A-ZÀ-Þ][\w'’-]*|[\s,–-]"
)
_NAME: Final = re.compile(r"[A-ZÀ-Þ][\w'’-]*(?:\s(?:of\s|the\s|de\s)*[A-ZÀ-Þ][\w'’-]*)*")


def find_dated(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for a number that neither the dates nor the places of the list after its colon give."""
    match = _COLON.search(marked.marks)
    while match is not None and re.search(rf"(?<!\sin\s)(?<!\sat\s){COUNT}", match["said"]):
        match = _COLON.search(
            marked.marks, match.end("number")
        )  # "two neighbours fought three times: ...": of what was counted last
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
    # every date may be one, or every place; a number above both counts what is not listed, as may one below both
    if number in (dates, places) or (0 < places != dates and not places < number < dates and not _AGAIN.search(listed)):
        return
    said = marked.text[match.start("number") : match.end("number")]
    message = f"The text says “{said}”, but gives {show(dates)} dates."
    yield slip_in(sentence, match.start("number"), match.end(), message)


# "In 1965 and in 1971", "in 1902 and again in 1978", "in May 1921, in 1925 and once more in 1933": dates alone, in a row.
_ON: Final = r"(?:(?:again|once\smore|then|finally|lastly)\s)?(?:(?:in|on|of|from|after|before)\s)?(?:the\s)?"
_ROW: Final = rf"{_ON}{DATE}(?:,\s{_ON}{DATE})*,?\s(?:and|or)\s{_ON}{DATE}"


_TWICE: Final = {"twice": 2, "thrice": 3}


@cache
def _by_dates() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<number>{COUNT})\s(?:[a-z-]+\s){{0,2}}?{either('dated things')}|\b(?P<twice>twice|thrice)\b)"
        rf"(?:\s{either('relates')}\s(?:the\s)?[\w'’-]+(?:\s[A-Z][\w'’-]+)?)?"
        rf"(?:,\s|\s\(|:\s|\s[–—]\s)(?P<row>{_ROW})"
        rf"(?=[.;)]|\s[–—]|,\s(?!(?:and\s)?{_ON}{DATE})[a-z]|$)",
    )


def find_told_by_dates(sentence: Sentence, marked: Marked, before: Marked | None, last: Sentence | None) -> Iterator[Slip]:
    """Yield a slip for each count that a bare row of dates behind it, or in the sentence before, contradicts.

    `before` is the sentence before in the paragraph with its marks, `last` the same as it stands in the manuscript.
    """
    for match in _by_dates().finditer(marked.marks):
        number = _TWICE[match["twice"]] if match["twice"] else marked.value(match.start("number"))
        dates, lead = len(re.findall(DATE, match["row"])), marked.text[: match.start()]
        if number == dates or not 2 <= number <= _MOST or _open(lead) or re.search(r"\d\s?[–-]\s?\d", _said(marked, match)):
            continue
        said = marked.text[match.start() : match.start("row")].rstrip(" ,:(–—")
        message = f"The text says “{said}”, but gives {show(dates)} dates."
        yield slip_in(sentence, match.start("number"), match.end("row"), message)
    if before is not None:
        yield from _taken_up(sentence, marked, before)
        yield from _last_of_them(sentence, marked, before)
    if before is not None and last is not None:
        yield from _named_by_years(sentence, marked, before, last)


def _said(marked: Marked, match: re.Match[str]) -> str:
    return marked.text[match.start("row") : match.end("row")]


def _open(lead: str) -> bool:
    """Tell whether the words before a number say that it is rough, or not of all that follows."""
    return (
        re.search(rf"\b(?:{either('roughly')}|{either('beyond')}|least|first|last)\s(?:the\s)?$", lead, re.IGNORECASE)
        is not None
    )


@cache
def _all_of() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[,;]\s|\s)(?:[Tt]hese|[Aa]ll(?:\s(?:the|these|of\s(?:the|these)))?|[Nn]one\sof\s(?:the|these)|[Ee]ach\sof\s(?:the|these)|[Tt]he)\s"
        rf"(?P<number>{COUNT})(?:\sof\s(?:the|these))?\s(?:[a-z-]+\s)?"
        rf"(?P<noun>{either('dated things')})(?!\s(?:of|in|that|which|who|from|between)\b)"
        # "Three embassies in ten years had achieved nothing"
        rf"|^(?P<number2>{COUNT})\s(?:(?:[a-z-]+\s)?(?P<noun2>{either('dated things')})\s(?:in|within|over)\s{DURATION}"
        # "Seven times they went to the polls"
        r"|(?P<times>times)\s(?:(?:they|it|he|she|we)\b|the\s[a-z]+\s[a-z]+ed\b))"
    )


def _taken_up(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Check "went to war in 1947, 1965 and 1971. None of these four wars": as many as the dates of the sentence before."""
    match = _all_of().search(marked.marks)
    if match is None or (marked.dates and marked.dates[0].start < match.start()):
        return
    name = "number" if match["number"] else "number2"
    if _open(marked.text[: match.start(name)]):
        return
    told = _dates_in_a_row(before)
    number = marked.value(match.start(name))
    values = {each.value for each in before.quantities}
    if told >= 2 and number != told and number not in values and abs(number - told) <= _NEAR:
        message = f"The text says “{show(number)}”, but the sentence before gives {show(told)} dates."
        yield slip_in(
            sentence,
            match.start(name),
            match.end("noun" if match["number"] else "times" if match["times"] else "noun2"),
            message,
        )


def _dates_in_a_row(before: Marked) -> int:
    """Return how many dates a sentence has if all stand in one row, or each behind its own name; else none."""
    dates = len(re.findall(DATE, before.marks))
    row = re.search(_ROW, before.marks)
    # "A was decided in 1985, B in 1993 and C in 2001": each with its own name
    parallel = re.search(rf"{DATE}(?:,?\s(?:and\s)?(?:[\w'’./-]+\s){{1,6}}?{_ON}{DATE})+", before.marks)
    if (row is not None and len(re.findall(DATE, row[0])) == dates) or (
        parallel is not None and len(re.findall(DATE, parallel[0])) == dates
    ):
        return dates
    return 0


@cache
def _things() -> re.Pattern[str]:
    return re.compile(rf"(?P<number>{COUNT})\s(?:[a-z-]+\s)?{either('dated things')}\b", re.IGNORECASE)


def _named_by_years(sentence: Sentence, marked: Marked, before: Marked, last: Sentence) -> Iterator[Slip]:
    """Check "fought three wars. My grandfather named them by their years: 1948, 1956, 1967, 1973"."""
    row = re.search(
        rf"\b(?:them|they|these|each)\b[^.:;]*:\s(?P<row>{_ROW}|{DATE}(?:,\s{DATE})+)(?=[.;]|$)", marked.marks, re.IGNORECASE
    )
    told = list(_things().finditer(before.marks))
    if row is None or len(told) != 1 or any(each.kind == "count" for each in marked.quantities):
        return
    # as the text names them, or by their years
    number, dates = before.value(told[0].start("number")), len(re.findall(DATE, row["row"]))
    if number != dates and abs(number - dates) <= _NEAR and not _open(before.text[: told[0].start()]):
        message = f"The text says {show(number)}, but gives {show(dates)} dates."
        span = ((sentence.start + row.start("row"), sentence.start + row.end("row")),)
        yield Slip(last.start + told[0].start(), last.start + told[0].end(), message, span)


_LAST: Final = re.compile(rf"^[Tt]he\s(?P<place>{ORDINAL_PATTERN})\sand\s(?:last|final)\s(?P<noun>[a-z]+)\b")


def _last_of_them(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Check "crossed in 1854, 1855 and 1857. The fourth and last crossing took the longest"."""
    match = _LAST.match(marked.text)
    told = _dates_in_a_row(before) if match is not None else 0
    if match is None or told < 2 or any(each.kind == "count" for each in before.quantities):
        return
    place = ordinal(match["place"])
    if place != told and abs(place - told) <= _NEAR:
        message = f"The text says “{match['place']}”, but the sentence before gives {show(told)} dates."
        yield slip_in(sentence, match.start("place"), match.end("noun"), message)
