"""The times that a text names, as exactly as it names them: from which day to which day each may lie.

Beside written dates these are seasons, parts of years and months ("the last weeks of 1902"), feasts, decades and centuries,
early years ("in 567"), and times that lean on the one told last ("that February", "two years later").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from verbale.review.dates import MONTH_NUMBERS, WrittenDate, find_dates, find_moments, looks_back
from verbale.review.durations import find_durations
from verbale.review.numbers import ORDINALS
from verbale.review.time_words import TimeWords, load_time_words

# Days are counted in years of twelve months of 31 days: only their order counts, and what is longer than its share leaves room.
_MONTH: Final = 31
_YEAR: Final = 12 * _MONTH
_UNIT: Final[dict[str, int]] = {"day": 1, "week": 7, "fortnight": 14, "month": _MONTH, "year": _YEAR, "decade": 10 * _YEAR}
# "Two years later" may be so much more or less.
_LOOSE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a text names: offsets of its words in the text, first and last day (in days of 31-day months), exactness.

    `exact` is day, month, season, year, decade or century; `sure` is 2 where the year is written, 1 where it is that of the
    text before, 0 where the whole is reckoned from another time. `base` is where its date stands without the words before it.
    """

    start: int
    end: int
    first: int
    last: int
    exact: str
    sure: int = 2
    base: int = 0

    @property
    def year(self) -> int:
        """The year in which it begins."""
        return self.first // _YEAR

    @property
    def written(self) -> WrittenDate:
        """The time as a date: its year, and month and day where it lies in one."""
        day = self.first % _MONTH + 1 if self.first == self.last else None
        return WrittenDate(self.start, self.end, self.year, self.month, day)

    @property
    def month(self) -> int | None:
        """The month, where it lies in one."""
        same = self.first // _MONTH == self.last // _MONTH
        return self.first % _YEAR // _MONTH + 1 if same else None

    def apart(self, other: Moment) -> bool:
        """Tell whether two times cannot be one."""
        return self.last < other.first or other.last < self.first

    def apart_in_year(self, other: Moment) -> bool:
        """Tell whether two times cannot be one whatever their years are."""
        if self.last - self.first >= _YEAR - 1 or other.last - other.first >= _YEAR - 1:
            return False
        first = self.first % _YEAR - other.first % _YEAR
        one = Moment(0, 0, other.first + first, other.first + first + self.last - self.first, "")
        return all(replace(one, first=one.first + turn, last=one.last + turn).apart(other) for turn in (-_YEAR, 0, _YEAR))


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Return the day of a date in years of twelve months of 31 days."""
    return year * _YEAR + (month - 1) * _MONTH + day - 1


def of_date(date: WrittenDate, *, sure: int = 2) -> Moment:
    """Return a written date as a moment."""
    if date.month is None:
        first, last, exact = day_number(date.year), day_number(date.year + 1) - 1, "year"
    elif date.day is None:
        first = day_number(date.year, date.month)
        last, exact = first + _MONTH - 1, "month"
    else:
        first = last = day_number(date.year, date.month, date.day)
        exact = "day"
    return Moment(date.start, date.end, first, last, exact, sure, date.start)


# So many early years in a text make it one of early times, where "in 567" is a year.
_EARLY_TEXT: Final = 3
_DECADES: Final = re.compile(r"\b(?P<decade>\d{3}0)'?s\b")
# A stretch as long as this is the first or the last of two.
_HALF: Final = 500
# So many letters before a time can be words that make it narrower.
_BEFORE: Final = 80


def tells_early_years(text: str) -> bool:
    """Tell whether numbers of three figures are years in a text ("in 567")."""
    return len(load_time_words().early.findall(text)) >= _EARLY_TEXT


# Letters of the era before ours, and of ours.
_BEFORE_ERA: Final = re.compile(r"\d\s?(?:BCE|BC|B\.\s?C\.)(?!\w)")
_OF_OUR_ERA: Final = re.compile(r"\b(?:\d{1,4}\s?(?:CE|AD)\b|(?:CE|AD)\s?\d{1,4}\b)")


# "from 431 to 421": two early years without letters that bound a span.
_EARLY_SPAN: Final = re.compile(
    r"\b(?:from|between)\s([1-9]\d{2})\s(?:to|until|and)\s([1-9]\d{2})\b(?!\s?(?:BC|CE|AD|B\.C|[a-z]+s\b))|\(([1-9]\d{2})[–-]([1-9]\d{2})\)"
)


# "All dates are BC unless I say otherwise."
_ALL_BEFORE: Final = re.compile(r"\b(?:[Dd]ates|[Yy]ears)\s(?:\w+\s){0,3}?are\s(?:all\s)?(?:BCE|BC|B\.\s?C\.)(?!\w)")


# So many years before our era may be named in passing.
_PASSING: Final = 2


def counts_down(text: str) -> bool:
    """Tell whether the early years of a text are before our era.

    It says so itself, or its spans do ("from 431 to 421"); without any it gives the letters of that era and no others, and
    more than in passing, or its years without letters do not rise, as an account of our era would have them.
    """
    if _ALL_BEFORE.search(text):
        return True
    spans = [[int(year) for year in match.groups() if year] for match in _EARLY_SPAN.finditer(text)]
    falling = sum(first > last for first, last in spans)
    if spans and falling != len(spans) - falling:
        return falling > len(spans) - falling
    lettered = len(_BEFORE_ERA.findall(text))
    if not lettered or _OF_OUR_ERA.search(text) is not None:
        return False
    if lettered > _PASSING:
        return True
    bare = [int(m["year"]) for m in load_time_words().era.finditer(text) if not _BEFORE_ERA.match(text, m.end() - 1)]
    rising = sum(first < last for first, last in pairwise(bare))
    return rising <= sum(first > last for first, last in pairwise(bare))


def early_dates(text: str, *, down: bool) -> list[WrittenDate]:
    """Return the years of three figures of a text that has such years ("in 567", "in 446/5"), before our era if `down`.

    A month may stand before one: "in August 527".
    """
    found = []
    for match in load_time_words().era.finditer(text):
        year, sign = int(match["year"]), -1 if down else 1
        until = int(match["year"][: -len(match["next"])] + match["next"]) if match["next"] else None
        month = MONTH_NUMBERS[match["month"].lower()] if match["month"] else None
        start = match.start("month" if month else "year")
        found.append(WrittenDate(start, match.end(), year * sign, month, until=until * sign if until else None))
    return found


# A bracket with a work's year and page cites, whatever else stands in it.
_CITING: Final = re.compile(
    r"[(\[][^()\[\]]*\b(?:1[5-9]|20)\d\d[a-z]?(?:,|:)\s?(?:pp?\.\s?|chs?\.\s?)?[\dxivl]+\b[^()\[\]]*[)\]]"
    r"|[(\[][^()\[\]]*\b(?:trans|transl|tr|ed|eds)\.\s[^()\[\]]*\b(?:1[5-9]|20)\d\d[a-z]?[)\]]"
)


def without_cited_years(text: str) -> str:
    """Return a text with the brackets blanked that cite a work by its year and page."""
    return _CITING.sub(lambda match: " " * len(match[0]), text)


def find_times(text: str, *, last: Moment | None = None, early: bool = False, down: bool = False) -> tuple[Moment, ...]:
    """Return the times of a text in order.

    `last` is the one told before it, `early` lets three figures be a year, one before our era in a text that counts `down`.
    """
    words = load_time_words()
    year = last.year if last is not None else 0
    whole = {date.start for date in find_dates(text)}
    found = [of_date(date, sure=2 if date.start in whole else 1) for date in find_moments(text, year) if _sound(date)]
    if early:
        for date in early_dates(text, down=down):
            if not any(each.start < date.end and date.start < each.end for each in found):
                found.append(of_date(date))
    found += _long(text, words)
    found += _unyeared_feasts(text, words, year)
    found = [_widened(text, each, words) for each in found]
    found.sort(key=lambda each: each.start)
    return tuple(_leaning(text, found, words, last))


def time_reached(text: str, times: Sequence[Moment], last: Moment | None) -> Moment | None:
    """Return the time that an account has reached with the times of a text, on which what is written without a year leans."""
    own = [each for each in times if each.exact not in ("decade", "century")]
    own = [each for each in own if last is None or not looks_back(text, each.written, last.year)]
    return own[-1] if own else last


def _sound(date: WrittenDate) -> bool:
    return (date.month is None or 1 <= date.month <= 12) and (date.day is None or 1 <= date.day <= _MONTH)


def _long(text: str, words: TimeWords) -> Iterator[Moment]:
    for match in _DECADES.finditer(text):
        first = int(match["decade"])
        yield Moment(match.start(), match.end(), day_number(first), day_number(first + 10) - 1, "decade", 2, match.start())
    for match in words.century.finditer(text):
        word = match["century"].lower()
        number = int(re.sub(r"\D", "", word)) if word[0].isdigit() else ORDINALS.index(word) + 1
        first = -100 * number if match["bce"] else 100 * (number - 1)
        yield Moment(match.start(), match.end(), day_number(first), day_number(first + 101) - 1, "century", 2, match.start())


def _unyeared_feasts(text: str, words: TimeWords, year: int) -> Iterator[Moment]:
    """Yield "at Christmas" of the year told before."""
    for match in words.feast.finditer(text) if year else ():
        first, last = _in_year(year, words.range_of("feast", match["feast"]))
        yield Moment(match.start("feast"), match.end(), first, last, "day", 1, match.start("feast"))


def _in_year(year: int, days: tuple[int, int]) -> tuple[int, int]:
    first, last = (day_number(year, number // 100, number % 100) for number in days)
    # a winter may be that with which the year begins or ends
    return (first - _YEAR, last + _YEAR) if last < first else (first, last)


def _widened(text: str, moment: Moment, words: TimeWords) -> Moment:
    """Return a time with the words before it that make it narrower: "the last weeks of", "early in the summer of"."""
    for _ in range(3):
        begin = max(0, moment.start - _BEFORE)
        match = words.before.search(text[begin : moment.start])
        if match is None:
            break
        kind = "season" if match["season"] else "feast" if match["feast"] else "part"
        if moment.exact == "day" or (kind != "part" and moment.exact != "year"):
            break
        if kind == "part":
            first, last = _part_of(moment, match, words)
        else:
            first, last = _in_year(moment.year, words.range_of(kind, match[kind]))
        exact = "day" if kind == "feast" else "season" if moment.exact == "year" else moment.exact
        moment = replace(moment, start=begin + match.start(), first=first, last=max(first, last), exact=exact)
    return _offset(text, moment, words)


def _part_of(moment: Moment, match: re.Match[str], words: TimeWords) -> tuple[int, int]:
    """Return the days of a part of a time: "early", "the last weeks of"."""
    low, high = words.range_of("part", match["nth"] or match["part"])
    if match["unit"]:
        width = words.range_of("stretch", match["unit"])[1] * (1 if moment.exact in ("year", "season") else 4)
        if low == 0:
            high = min(width, 1000)
        elif high == 1000 or width >= _HALF:
            low, high = max(1000 - width, 0), 1000
    length = moment.last - moment.first + 1
    return moment.first + length * low // 1000, moment.first + length * high // 1000 - 1


def _offset(text: str, moment: Moment, words: TimeWords) -> Moment:
    """Return a day with the span before it from which it is reckoned: "a week before Christmas 1975"."""
    begin = max(0, moment.start - _BEFORE)
    match = words.offset.search(text[begin : moment.start]) if moment.exact == "day" else None
    if match is None:
        return moment
    for duration in find_durations(text[begin : begin + match.start()]):
        if duration.end == match.start() and duration.unit in ("day", "week", "fortnight"):
            step = round(duration.days) * (-1 if match["ahead"] else 1)
            slack = 1 if duration.unit == "day" else 4
            first, last = moment.first + step - slack, moment.last + step + slack
            return replace(moment, start=begin + duration.start, first=first, last=last)
    return moment


@dataclass(frozen=True, slots=True)
class _Leaning:
    """A time that leans on another: offsets, and either the words that point to it or the days from it."""

    start: int
    end: int
    match: re.Match[str] | None = None
    days: int = 0
    unit: str = ""


def _leaning(text: str, found: list[Moment], words: TimeWords, last: Moment | None) -> Iterator[Moment]:
    """Yield the times in order with those that lean on the one told before them."""
    more = [
        _Leaning(match.start(), match.end(), match)
        for match in words.leaning.finditer(text)
        if not any(each.start < match.end() and match.start() < each.end for each in found)
    ]
    for duration in find_durations(text):
        shift = words.shift.match(text, duration.end)
        if shift is not None and duration.unit in _UNIT and duration.number == int(duration.number):
            days = int(duration.number) * _UNIT[duration.unit] * (-1 if shift["earlier"] else 1)
            more.append(_Leaning(duration.start, shift.end(), None, days, duration.unit))
    waiting = sorted(found, key=lambda each: each.start)
    for each in sorted(more, key=lambda each: each.start):
        while waiting and waiting[0].start < each.start:
            last = waiting.pop(0)
            yield last
        if last is None:
            continue
        made = _shifted(last, each.days, each.unit) if each.match is None else _pointed(each.match, last, words)
        if made is not None:
            last = replace(made, start=each.start, end=each.end, base=each.start)
            yield last
    yield from waiting


def _shifted(last: Moment, days: int, unit: str) -> Moment:
    """Return "two years later" after the time told last."""
    room = round(_UNIT[unit] * _LOOSE) if unit != "day" else 1
    if unit == "year" and last.exact == "year":
        room = 0
    exact = "year" if unit == "year" else "month"
    return replace(last, first=last.first + days - room, last=last.last + days + room, exact=exact, sure=0)


def _pointed(match: re.Match[str], last: Moment, words: TimeWords) -> Moment | None:
    """Return what "that February", "the following spring", "the year before" mean after the time told last."""
    point = match["point"] or match["point_of"] or ""
    step = 1 if words.is_a("next", point) else -1 if words.is_a("last", point) else 0
    if match["side"]:
        step = -1 if match["side"].lower() == "before" else 1
    sure = 0 if step else 1
    unit = (match["unit"] or match["unit_side"] or "").lower()
    if unit:
        return _unit_after(unit, last, step, sure)
    season = match["season"] or match["season_of"] or match["bare"]
    if season:
        low, high = _in_year(last.year, words.range_of("season", season))
        exact = "season"
        if match["part"]:
            first, end = words.range_of("part", match["part"])
            low, high = low + (high - low) * first // 1000, low + (high - low) * end // 1000
    else:
        number = next((date.month for date in find_dates(f"{match['month']} 2000")), None)
        if number is None or not match["month"][0].isupper():
            return None
        low, exact = day_number(last.year, number), "month"
        high = low + _MONTH - 1
    moved = match["point_of"] or (step > 0 and low <= last.first) or (step < 0 and high >= last.first)
    turn = step * _YEAR if moved else 0
    return Moment(0, 0, low + turn, high + turn, exact, sure)


def _unit_after(unit: str, last: Moment, step: int, sure: int) -> Moment | None:
    """Return "that year", "the next day", "the month before" after the time told last."""
    if unit == "year":
        first = day_number(last.year + step)
        return Moment(0, 0, first, first + _YEAR - 1, "year", sure)
    if unit == "month" and last.month:
        first = last.first - last.first % _MONTH + step * _MONTH
        return Moment(0, 0, first, first + _MONTH - 1, "month", sure)
    if last.exact == "day" and unit not in ("week", "decade", "century"):
        return Moment(0, 0, last.first + step, last.last + step, "day", sure)
    return None
