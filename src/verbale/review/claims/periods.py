"""The years that a sentence speaks of: a year, a span, a decade, a century, since, before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from verbale.review.claims.statement import Years
from verbale.review.dates import find_dates, find_spans
from verbale.review.numbers import NUMBER_PATTERN, value

_YEAR: Final = r"(?P<year>1[5-9]\d\d|20\d\d)"
_DATE: Final = (
    rf"(?:(?:the end of|the beginning of|early|late|mid)[ -])?(?:\d{{1,2}} )?(?:[A-Z][a-z]+ )?(?:\d{{1,2}}, )?{_YEAR}"
)
_SINCE: Final = re.compile(
    rf"\b(?P<word>since|after|from) {_DATE}(?! ?(?:to|until|till|through|[-–—])\b)(?! ?[-–—])",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(rf"\b(?P<word>before|until|till|up to|prior to|through) {_DATE}", re.IGNORECASE)
_DECADE: Final = re.compile(r"\b(?P<decade>1[5-9]\d0|20\d0)'?s\b")
_CENTURY: Final = re.compile(
    r"\b(?P<century>sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first|"
    r"16th|17th|18th|19th|20th|21st) century\b",
    re.IGNORECASE,
)
_CENTURIES: Final = {
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip
# "In the decade after 1954", "the ten years before 1914".
_AROUND: Final = re.compile(
    rf"\b(?P<long>decade|(?P<number>{NUMBER_PATTERN}) years) (?P<word>after|from|following|before|to|up to) {_DATE}",
    re.IGNORECASE,
)
# "..., the last of them in 1984" dates one of those that are counted, not their period.
_ASIDE: Final = re.compile(
    r",? (?:the |and the )?(?:first|last|latest|second|most recent)(?: (?:one|of (?:them|these|which|those)))?,? "
    r"(?:in|on|of) [^,;.]{0,12}?"
    r"(?:1[5-9]\d\d|20\d\d)"
)
# "..., and not one of these since 1942 was a war" says of some of those counted, not when all were.
_OF_THEM: Final = re.compile(
    r", (?:and |but )?(?:not one|none|only one|no more than one|one|two|most|half|some) of (?:them|these|those|which)\b[^;.]*"
)
# Before the first year that a record may cover.
EARLIEST: Final = 1


@dataclass(frozen=True, slots=True)
class Period:
    """Years, and whether they go on to the present."""

    years: Years | None = None
    since: bool = False


def read_period(text: str, this_year: int) -> Period:
    """Return the years that a sentence speaks of; None where it names none.

    >>> read_period("No dispute has occurred since 1984.", 2026)
    Period(years=(1984, 2026), since=True)
    """
    text = _OF_THEM.sub("", _ASIDE.sub("", text))
    around = _AROUND.search(text)
    if around:
        length = value(around["number"]) if around["number"] else 10
        year, word = int(around["year"]), around["word"].lower()
        if word in ("before", "to", "up to"):
            return Period((year - length, year - (word == "before")))
        first = year + (word != "from")
        return Period((first, first + length - 1))
    spans = find_spans(text)
    if spans:
        return Period((min(one.first.year for one in spans), max(one.last.year for one in spans)))
    decades = [int(match["decade"]) for match in _DECADE.finditer(text)]
    dates = sorted({date.year for date in find_dates(text)} - set(decades))
    since, before = _SINCE.search(text), _BEFORE.search(text)
    if since and len(dates) == 1:
        first = int(since["year"]) + (since["word"].lower() == "after")
        return Period((first, this_year), since=True)
    if before and len(dates) == 1:
        last = int(before["year"]) - (before["word"].lower() in ("before", "prior to"))
        return Period((EARLIEST, last))
    if dates:
        return Period((dates[0], dates[-1]))
    if decades:
        return Period((min(decades), max(decades) + 9))
    century = _CENTURY.search(text)
    if century:
        name = century["century"].lower()
        number = _CENTURIES.get(name) or int(name[:2])
        return Period((100 * (number - 1) + 1, 100 * number))
    return Period()
