"""Single dates by their form: day, month and year in every English order, ISO and slashed figures, years, decades, centuries.

An atom is one such date before anything around it is read. Its pattern starts at a figure or at a month's name, so that a text
is scanned once for each; every repetition is bounded, so that the scan is linear in hostile texts too.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from verbale.coding.dates.calendars import from_julian, gregorian, season, span
from verbale.coding.dates.words import CENTURIES, COUNTED, MONTH_NAMES, MONTH_SHORT, MONTHS, ORDERED
from verbale.core import EventDate


@dataclass(slots=True)
class Atom:
    """One date as found: offsets and parts; `date` where the parts settle it, `licensed` where its form alone shows a date."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: str = ""
    date: EventDate | None = None
    licensed: bool = True

    @property
    def bare_year(self) -> bool:
        """Whether the atom is nothing but a four-digit number."""
        return self.year is not None and self.month is None and self.date is None and not self.season


_MONTH = "|".join(
    sorted({form for name in (*MONTH_NAMES, *MONTH_SHORT, "Sept") for form in (name, name.upper())}, key=len, reverse=True)
)
_M = rf"(?:{_MONTH})\b\.?"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9])"
_NO_COUNT = rf"(?![0-9]{{2}}00\s(?:{COUNTED})\b)"  # "On 5 May 2000 troops": a round number counts them
_D = r"[0-3]?[0-9](?:st|nd|rd|th)?(?![0-9])"
_SEP = r"(?:\s?[-–—/]\s?|\s(?:to|until|till|through|and|or|&)\s(?:the\s)?|,\s(?:and\s)?)"
_NOT_AFTER = r"(?<![\w$€£#°§])(?<![0-9][,.:/–-])"
_NO_MODEL = r"(?:(?<=[Mm]id-)|(?<![A-Za-z]-))"  # "Su-1927" is an aircraft, "mid-1927" a date
_TO_YEAR = rf"(?:(?:,?\s|,?\sof\s|,){_NO_COUNT}(?P<year>{_YEAR}))?"

# Figures first.
_FIGURES = re.compile(
    _NOT_AFTER
    + r"(?=[0-9])(?:"
    + r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])"
    + r"|(?P<slashed>[0-9]{1,2}([/.-])[0-9]{1,2}\3[0-9]{4})(?![0-9/])"
    + rf"|(?P<old>{_D}\s{_M})\s?/\s?(?P<new>{_D}\s{_M})(?:,?\s(?P<dual_year>{_YEAR}))?"
    + rf"|(?P<days>{_D}(?:{_SEP}{_D}){{0,5}})(?:\s|\s?-)(?:of\s)?(?P<month>{_M}){_TO_YEAR}"
    + r"|(?P<century>[12]?[0-9])(?:st|nd|rd|th)[\s-]century\b"
    + rf"|{_NO_MODEL}(?P<decade>(?:1[0-9]|20)[0-9]0)['’]?s\b"
    + rf"|{_NO_MODEL}(?P<one>(?:1[0-9]{{3}}|20[0-9]{{2}}))(?![0-9]|[,.][0-9])"
    + r"(?:\s?[-–—/]\s?(?P<two>(?:1[0-9]|20)?[0-9]{2})(?![0-9\w]))?"
    + r")"
)
# A month's name first. "May 5 and 20 men" is one day: a second day after "and" counts only where nothing is counted by it.
_NAMES = re.compile(
    rf"(?<![\w])(?<![0-9]\s)(?=[ADFJMNOS])(?P<month>{_M})"
    rf"(?:(?:\s|\sthe\s)(?P<days>{_D}(?![,.:]?[0-9])"
    rf"(?:(?:\s?[-–—]\s?|\s(?:to|and|through)\s){_D}(?=,?\s(?:{_YEAR}|(?:in|at|by|the|to|with|when|as)\b)|[,.;:)]|$))?)"
    rf"(?:(?:,?\s|,){_NO_COUNT}(?P<day_year>{_YEAR}))?"
    rf"|(?:,?\s|,?\sof\s){_NO_COUNT}(?P<year>{_YEAR}))?"
)
_SEASON = re.compile(
    rf"\b(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter),?\s(?:of\s)?(?P<year>{_YEAR})"
    rf"(?:[-–/](?P<two>(?:1[0-9]|20)?[0-9]{{2}})(?![0-9]))?"
)
_CENTURY = re.compile(rf"\b(?P<ordinal>{'|'.join(sorted(CENTURIES, key=len, reverse=True))})[\s-]century\b", re.IGNORECASE)
_ON_DAY = re.compile(
    rf"\b(?:on|by|until|till|from|since|of|after|before|and|to|that)\s(?P<the>the\s(?P<day>[0-3]?[0-9])(?:st|nd|rd|th))\b"
    rf"(?![\s-](?:(?:{ORDERED})s?|(?:and|or|to)\s[0-9]{{1,2}}(?:st|nd|rd|th)[\s-](?:{ORDERED})s?)\b)(?!\sof\s(?!the\smonth|that\smonth))",
    re.IGNORECASE,
)
_BC = re.compile(r"\s?(?:BCE?\b|B\.\s?C\.)")
_DAY = re.compile(r"[0-9]{1,2}")


def month_number(name: str) -> int:
    """Return the number of a month by its full or short English name."""
    return MONTHS[name.rstrip(".").lower()]


def figure_atoms(text: str, *, month_first: bool) -> Iterator[Atom]:
    """Yield the atoms that begin with a figure; `month_first` says how 1/9/1939 is read where both orders are possible."""
    for match in _FIGURES.finditer(text):
        kind = match.lastgroup
        if _BC.match(text, match.end()):
            continue
        if match["iso"]:
            year, month, day = (int(part) for part in match["iso"].split("-"))
            yield Atom(match.start(), match.end(), year, month, day)
        elif match["slashed"]:
            yield from _slashed(match, month_first=month_first)
        elif match["old"]:
            yield from _dual_months(match)
        elif match["days"]:
            yield from _days_of_month(match, match["year"])
        elif match["century"]:
            yield _century(match.start(), match.end(), int(match["century"]))
        elif match["decade"]:
            date = EventDate(datetime.date(int(match["decade"]), 1, 1), None, "decade")
            yield Atom(match.start(), match.end(), int(match["decade"]), date=date)
        elif kind in ("one", "two"):
            yield from _years(match)


def name_atoms(text: str) -> Iterator[Atom]:
    """Yield the atoms that begin with a month's name; a month alone is not licensed, because "may" and "march" are verbs."""
    for match in _NAMES.finditer(text):
        if match["days"]:
            yield from _days_of_month(match, match["day_year"])
        elif match["year"]:
            if not _BC.match(text, match.end()):
                yield Atom(match.start(), match.end(), int(match["year"]), month_number(match["month"]))
        elif len(match["month"].rstrip(".")) > 3 or match["month"] == "May":
            end = match.end() - match["month"].endswith(".")
            yield Atom(match.start(), end, month=month_number(match["month"]), licensed=False)


def day_atoms(text: str) -> Iterator[Atom]:
    """Yield days of a month that is not named: "on the 17th"."""
    for match in _ON_DAY.finditer(text):
        day = int(match["day"])
        if 1 <= day <= 31:
            yield Atom(match.start("the"), match.end("the"), day=day)


def season_atoms(text: str) -> Iterator[Atom]:
    """Yield seasons with their year."""
    for match in _SEASON.finditer(text):
        name = match["season"].lower()
        year = int(match["year"])
        yield Atom(match.start(), match.end(), year, season=name, date=season(name, year))


def century_atoms(text: str) -> Iterator[Atom]:
    """Yield centuries whose number is a word."""
    for match in _CENTURY.finditer(text):
        yield _century(match.start(), match.end(), CENTURIES[match["ordinal"].lower()])


def _century(start: int, end: int, number: int) -> Atom:
    # The nineteenth century is dated from 1801: year 1 began the first.
    number = max(1, number)
    return Atom(start, end, date=EventDate(datetime.date((number - 1) * 100 + 1, 1, 1), None, "century"))


def _slashed(match: re.Match[str], *, month_first: bool) -> Iterator[Atom]:
    first, second, year = (int(part) for part in re.split(r"[/.-]", match["slashed"]))
    if (month_first and first <= 12) or second > 12:
        first, second = second, first
    if 1 <= second <= 12 and 1000 <= year <= 2099:
        yield Atom(match.start(), match.end(), year, second, first)


def _dual_months(match: re.Match[str]) -> Iterator[Atom]:
    """Read "30 October/11 November 1813": the first Old Style, the second New Style; else two dates side by side."""
    (old_day, old_month), (new_day, new_month) = (_day_month(match[name]) for name in ("old", "new"))
    year = int(match["dual_year"]) if match["dual_year"] else None
    if year is not None:
        date = _dual(year, old_month, old_day, new_month, new_day)
        if date is not None:
            yield Atom(match.start(), match.end(), year, new_month, new_day, date=date)
            return
    yield Atom(match.start("old"), match.end("old"), None, old_month, old_day)
    yield Atom(match.start("new"), match.end(), year, new_month, new_day)


def _day_month(words: str) -> tuple[int, int]:
    day, name = words.split(None, 1)
    return int(_DAY.match(day).group()), month_number(name)  # type: ignore[union-attr]


def _dual(year: int, old_month: int, old_day: int, new_month: int, new_day: int) -> EventDate | None:
    """Return the New Style date where the Old Style one is the same day, else None."""
    new = gregorian(year, new_month, new_day)
    old = from_julian(year - (old_month > new_month), old_month, old_day)
    return EventDate(new.start, None, "day", "", "julian") if new and old and new.start == old.start else None


def _days_of_month(match: re.Match[str], year_text: str | None) -> Iterator[Atom]:
    """Read one or several days of one month: "22-25 October", "4 and 10 January 1966", "12/24 October 1813"."""
    month = month_number(match["month"])
    year = int(year_text) if year_text else None
    found = [(item.start() + match.start("days"), int(item.group())) for item in _DAY.finditer(match["days"])]
    ends = [start + 1 + (day > 9) for start, day in found]
    if len(found) == 2 and "/" in match["days"] and year is not None:
        days = [day for _, day in found]
        date = _dual(year, month if days[0] < days[1] else (month - 2) % 12 + 1, days[0], month, days[1])
        if date is not None:
            yield Atom(match.start(), match.end(), year, month, days[1], date=date)
            return
    full_name = match["month"].rstrip(".").capitalize() in MONTH_NAMES
    trimmed = match.end() - (full_name and match.group().endswith("."))
    last = len(found) - 1
    for place, (start, day) in enumerate(found):
        if match.start("month") < match.start("days"):
            begin, end = (match.start() if place == 0 else start), (match.end() if place == last else ends[place])
        else:
            begin, end = start, (trimmed if place == last else ends[place])
        yield Atom(begin, end, year, month, day)


def _years(match: re.Match[str]) -> Iterator[Atom]:
    """Read a year or a span of years ("1980-88"); a span is its own licence, a single year needs one from its neighbours."""
    first = int(match["one"])
    if not match["two"]:
        yield Atom(match.start(), match.end("one"), first, licensed=False)
        return
    two = match["two"]
    second = int(two) if len(two) == 4 else first - first % 100 + int(two)
    if len(two) == 2 and second < first and first % 100 == 99:
        second += 100
    # A span of years in a text about states is rarely longer than two centuries; more is a span of pages or of prices.
    if first < second <= min(first + 200, 2100):
        start, end = gregorian(first), gregorian(second)
        if start and end:
            yield Atom(match.start(), match.end(), first, date=span(start, end))
            return
    yield Atom(match.start(), match.end("one"), first, licensed=False)
