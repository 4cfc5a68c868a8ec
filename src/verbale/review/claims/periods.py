"""The years that a sentence speaks of: a year, a span, a decade, a century, since, before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verbale.review.claims.statement import Years
from verbale.review.dates import find_dates, find_spans
from verbale.review.numbers import value
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_periods.csv")

_CENTURIES: Final = {
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip
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
    text = _WORDS["of-them"].sub("", _WORDS["aside"].sub("", text))
    around = _WORDS["around"].search(text)
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
    decades = [int(match["decade"]) for match in _WORDS["decade"].finditer(text)]
    dates = sorted({date.year for date in find_dates(text)} - set(decades))
    since, before = _WORDS["since"].search(text), _WORDS["before"].search(text)
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
    century = _WORDS["century"].search(text)
    if century:
        name = century["century"].lower()
        number = _CENTURIES.get(name) or int(name[:2])
        return Period((100 * (number - 1) + 1, 100 * number))
    return Period()
