"""When a sentence says that something was: written dates, seasons and parts of years, and times told from one before."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from verbale.review.dates import WrittenDate, find_dates, find_moments, find_spans
from verbale.review.numbers import ORDINALS, value
from verbale.review.patterns import load_patterns

_SEASONS: Final = {"spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "fall": (9, 12), "winter": (12, 14)}
_MONTHS: Final = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_DECADES: Final = {"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
                   "seventies": 1970, "eighties": 1980, "nineties": 1990}  # fmt: skip
_DAYS: Final = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25, "decade": 3652.5}
# "Early in 1992", "the end of 1991": a text rounds such parts of a year freely.
_PARTS: Final = {"early": (1, 6), "mid": (4, 9), "late": (7, 12), "the end of": (10, 12), "the close of": (10, 12),
                 "the beginning of": (1, 4), "the start of": (1, 4), "the middle of": (4, 9),
                 "the turn of": (1, 12)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a sentence tells: where, its first and last day, how precisely, and whether it is a bound.

    `exact` is day, month, season, year or span; `bound` is since, until, by or empty; `told` says whether it is written out
    here, and not counted from a time before; `also` is the same season on the other half of the earth.
    """

    start: int
    end: int
    first: datetime.date
    last: datetime.date
    exact: str
    bound: str = ""
    told: bool = True
    also: tuple[datetime.date, datetime.date] | None = None

    @property
    def years(self) -> tuple[int, int]:
        """Return the first and last year."""
        return self.first.year, self.last.year

    def touches(self, first: datetime.date, last: datetime.date | None) -> bool:
        """Tell whether a spell of days lies in it in part; one without an end goes on."""
        spans = ((self.first, self.last), *((self.also,) if self.also else ()))
        return any(first <= end and (last is None or start <= last) for start, end in spans)

    def holds(self, day: datetime.date | None) -> bool:
        """Tell whether a day lies in it, a day off for one that is told to the day."""
        slack = datetime.timedelta(days=1 if self.exact == "day" else 0)
        return day is not None and self.touches(day - slack, day + slack)


def read_moments(text: str, before: Moment | None = None) -> tuple[Moment, ...]:
    """Return the times of a sentence in order; what it counts from another is counted from the one told just before it.

    >>> [str(one.first) for one in read_moments("Signed on 3 May 1921, it was denounced two years later.")]
    ['1921-05-03', '1923-01-01']
    """
    written = [*_written(text, before)]
    taken = [(one.start, one.end) for one in written]
    patterns = load_patterns("claim_times.csv")
    found = list(written)
    for name in (
        "month-of-next",
        "month-of-same",
        "later",
        "earlier",
        "next",
        "same",
        "before",
        "month-next",
        "month-same",
        "month-bare",
    ):
        for match in patterns[name].finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            anchor = next((one for one in sorted(found, key=lambda one: -one.start) if one.end <= match.start()), before)
            moment = _counted(name, match, anchor) if anchor is not None else None
            if moment is not None:
                found.append(moment)
                taken.append((moment.start, moment.end))
    return tuple(_bounded(text, one) for one in sorted(found, key=lambda one: one.start))


def ends_of(text: str, moment: Moment) -> tuple[Moment, Moment] | None:
    """Return the first and the last time of a span that is written out ("from May 1921 to 1934"); None for any other."""
    if moment.exact != "span":
        return None
    for span in find_spans(text):
        if span.start <= moment.start and moment.end <= span.end:
            begin = _of_date(span.first.start, span.first.end, span.first.year, span.first.month, span.first.day)
            end = _of_date(span.last.start, span.last.end, span.last.year, span.last.month, span.last.day)
            if begin is not None and end is not None:
                return begin, end
    return None


def when(moment: Moment | None) -> str:
    """Return a moment in words."""
    if moment is None:
        return "no time"
    return str(moment.first) if moment.first == moment.last else f"{moment.first} to {moment.last}"


def is_no_day(date: WrittenDate) -> bool:
    """Tell whether a written date names a day that its month does not have.

    >>> [is_no_day(one) for one in find_dates("On 31 June 2010, not on 30 June 2010.")]
    [True, False]
    """
    return bool(date.month and date.day and date.day > calendar.monthrange(date.year, date.month)[1])


def _bounded(text: str, one: Moment) -> Moment:
    patterns = load_patterns("claim_times.csv")
    before = text[: one.start]
    bound = next((name for name in ("since", "until", "by") if patterns[name].search(before)), "")
    return replace(one, bound=bound) if bound else one


def _written(text: str, before: Moment | None) -> Iterator[Moment]:
    patterns = load_patterns("claim_times.csv")
    taken: list[tuple[int, int]] = []
    for match in patterns["season"].finditer(text):
        year = int(match["year"] or match["year2"])
        if match["season"]:
            first, last = _SEASONS[match["season"].lower()]
            months = (first, last) if last <= 12 else (12, 14)
            here = _of_months(match.start(), match.end(), year, months, "season")
            half = datetime.timedelta(days=183)
            yield replace(here, also=(here.first - half, here.last - half))
        else:
            part = match["part"].lower().strip("- ")
            yield _of_months(match.start(), match.end(), year, _PARTS[part], "season")
        taken.append(match.span())
    for match in patterns["decade-word"].finditer(text):
        year = _DECADES[match["word"].lower()] if match["word"] else int(match["decade"])
        yield _years(match.start(), match.end(), year, year + 9)
        taken.append(match.span())
    for match in patterns["turn"].finditer(text):
        yield _years(match.start(), match.end(), 1999, 2001)
        taken.append(match.span())
    for match in patterns["ordinal-day"].finditer(text):
        year = int(match["year"]) if match["year"] else _year_before(text[: match.start()], before)
        number = ORDINALS.index(match["day"].lower()) + 1
        moment = _of_date(match.start(), match.end(), year, _number(match["month"]), number) if year > 0 else None
        if moment is not None:
            yield moment
            taken.append(match.span())
    for match in patterns["feast"].finditer(text):
        year = int(match["year"]) if match["year"] else _year_before(text[: match.start()], before)
        month, feast = (12, 25) if match["feast"].lower() == "christmas" else (1, 1)
        moment = _of_date(match.start(), match.end(), year, month, feast) if year > 0 else None
        if moment is not None:
            yield moment
    year = before.first.year if before else 0
    spans = {(one.first.start, one.last.start): one for one in find_spans(text)}
    inside = {start for pair in spans for start in pair}
    for span in spans.values():
        if not _free(span.start, span.end, taken):
            continue
        begin = _of_date(span.first.start, span.first.end, span.first.year, span.first.month, span.first.day)
        end = _of_date(span.last.start, span.last.end, span.last.year, span.last.month, span.last.day)
        if begin and end and begin.first <= end.last:
            yield Moment(span.start, span.end, begin.first, end.last, "span")
    whole = {date.start for date in find_dates(text)}
    for date in find_moments(text, year):
        if date.start in inside or not _free(date.start, date.end, taken):
            continue
        if date.start not in whole and date.day is None:  # a month alone is read by what stands before it
            continue
        moment = _of_date(date.start, date.end, date.year, date.month, date.day)
        if moment is not None:
            own = date.start in whole or any(start < date.start for start in whole)
            yield moment if own else _again(moment)  # its year is that of a sentence before


def _year_before(text: str, before: Moment | None) -> int:
    """Return the year told last before a day that has none; 0 where none was told."""
    dates = find_dates(text)
    return dates[-1].year if dates else before.first.year if before else 0


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return not any(one < end and start < other for one, other in taken)


def _of_date(start: int, end: int, year: int, month: int | None, day: int | None) -> Moment | None:
    if not 1 <= year <= 9000:
        return None
    if month and day:
        if day > calendar.monthrange(year, month)[1]:
            return None
        whole = datetime.date(year, month, day)
        return Moment(start, end, whole, whole, "day")
    if month:
        return _of_months(start, end, year, (month, month), "month")
    return _years(start, end, year, year, "year")


def _years(start: int, end: int, first: int, last: int, exact: str = "span") -> Moment:
    return Moment(start, end, datetime.date(first, 1, 1), datetime.date(last, 12, 31), exact)


def _of_months(start: int, end: int, year: int, months: tuple[int, int], exact: str) -> Moment:
    first, last = months
    last_year, last = (year + 1, last - 12) if last > 12 else (year, last)
    return Moment(
        start,
        end,
        datetime.date(year, first, 1),
        datetime.date(last_year, last, calendar.monthrange(last_year, last)[1]),
        exact,
    )


def _counted(name: str, match: re.Match[str], anchor: Moment) -> Moment | None:
    """Return the time that a phrase counts from another."""
    if anchor.first.year < 2 or anchor.last.year > 8000:
        return None
    if name in ("later", "earlier"):
        return _distant(match, anchor, -1 if name == "earlier" else 1)
    if name.startswith("month"):
        return _month(name, match, anchor)
    groups = match.groupdict()
    unit = (groups.get("unit") or groups.get("unit2") or groups.get("unit3") or groups.get("unit4") or "").lower()
    step = {"next": 1, "before": -1}.get(name, 0)
    year = anchor.first.year
    if unit in _SEASONS:
        first, last = _SEASONS[unit]
        return _of_months(match.start(), match.end(), year + step, (first, last), "season")
    if unit == "year":
        return _again(_years(match.start(), match.end(), year + step, year + step, "year"))
    if unit == "month":
        months = year * 12 + anchor.first.month - 1 + step
        return _again(_of_months(match.start(), match.end(), months // 12, (months % 12 + 1, months % 12 + 1), "month"))
    day = anchor.first + datetime.timedelta(days=step * round(_DAYS[unit]))
    return _again(Moment(match.start(), match.end(), day, day, "day" if unit == "day" else "month"))


def _month(name: str, match: re.Match[str], anchor: Moment) -> Moment:
    month = _number(match["month"])
    year, told = anchor.first.year, anchor.exact in ("day", "month", "season")
    if name in ("month-of-next", "month-of-same"):
        year += name == "month-of-next"
    elif (name == "month-next" and (month <= anchor.last.month or not told)) or (
        name == "month-bare" and told and month < anchor.first.month
    ):
        year += 1
    return _again(_of_months(match.start(), match.end(), year, (month, month), "month"))


def _number(month: str) -> int:
    return next(number for word, number in _MONTHS.items() if word.startswith(month.lower()[:3]))


def _distant(match: re.Match[str], anchor: Moment, sign: int) -> Moment | None:
    words, unit = match["number"].lower(), match["unit"].lower()
    number = 1.0 if words in ("a", "an") else 0.5 if words == "half a" else float(value(words))
    number += 0.5 if match["half"] else 0.0
    if unit in ("year", "decade") and number >= 1:
        years = anchor.first.year + sign * round(number * (10 if unit == "decade" else 1))
        if not 1 <= years <= 9000:
            return None
        return _again(_years(match.start(), match.end(), years, years, "year"))
    days = datetime.timedelta(days=round(number * _DAYS[unit]))
    rough = datetime.timedelta(days=max(3, round(days.days * 0.3)))
    first, last = anchor.first + sign * days - rough, anchor.last + sign * days + rough
    if (match["rough"] or "").lower() in ("less than", "within", "under"):
        first, last = (anchor.first, last) if sign > 0 else (first, anchor.last)
    return _again(Moment(match.start(), match.end(), first, last, "season"))


def _again(one: Moment) -> Moment:
    return replace(one, told=False)
