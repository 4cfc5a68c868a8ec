"""The dates that stand in a stretch of text, and the spans that two of them make ("from 1980 to 1988", "1804–1813").

The coder has its own, fuller reading of dates; a review needs only those that are written out, because it says that two of them
disagree, and must be sure of both.
"""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from verbale.review.numbered import is_own_number

MONTH_NUMBERS: Final = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTH_NUMBERS.update({name.lower(): number for number, name in enumerate(calendar.month_abbr) if name})
MONTH_NUMBERS["sept"] = 9
MONTH_PATTERN: Final = "|".join(sorted(MONTH_NUMBERS, key=lambda name: (-len(name), name)))
# A hyphen parts two years as a dash does ("1980-1994"); before any other figures it makes a number of something.
_YEAR: Final = (
    r"(?:(?<![\d.,/$€£#:-])|(?<=[\s(,;][12]\d{{3}}-))(?P<{0}>1[0-9]{{3}}|20[0-9]{{2}})"
    r"(?![\d%]|[.,]\d|-(?!(?:1\d{{3}}|20\d\d)(?![\d-]))\d{{4,}})\b"
)
_DATE: Final = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{MONTH_PATTERN})\b\.?,? (?P<y1>1\d{{3}}|2\d{{3}})\b"
    rf"|\b(?P<m2>{MONTH_PATTERN})\b\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>1\d{{3}}|2\d{{3}})\b"
    rf"|\b(?P<m3>{MONTH_PATTERN})\b\.?,?(?: of)? (?P<y3>1\d{{3}}|20\d{{2}})\b"
    r"|\b(?P<y6>\d{1,4})(?:/(?P<next>\d{1,2}))?(?=\s?(?:BCE|BC|CE|AD|B\.C\.|A\.D\.)(?!\w))"
    r"|\b(?P<y5>1\d{3}|20\d{2})-(?P<m5>0[1-9]|1[0-2])-(?P<d5>0[1-9]|[12]\d|3[01])\b|" + _YEAR.format("y4"),
    re.IGNORECASE,
)
# Numbers of instruments and of things look like years: "Resolutions 1737, 1747 and 1803", "some 1500 soldiers".
_NUMBERED: Final = re.compile(
    r"\b(?:resolutions?|unscr?|res\.|nos?\.|numbers?|articles?|pages?|pp?\.|flight|docket|file|box)\s(?:nos?\.\s)?"
    r"(?:\d+(?:,|,?\s(?:and|or|to))?\s){0,12}$",
    re.IGNORECASE,
)
_COUNTING: Final = re.compile(
    r"\b(?:some|nearly|almost|than|over|least|most|approximately|roughly|only|up to|another|"
    r"additional|killed|lost|sent|us|worth)\s$",
    re.IGNORECASE,
)
_THINGS: Final = re.compile(
    r"\s(?:men|people|troops|soldiers|tons|tonnes|kilomet(?:er|re)s|km|miles|m[wt]?|megawatts?|dollars|rubles|roubles|pounds|prisoners|"
    r"civilians|aircraft|tanks|rifles|guns|barrels|words|feet|met(?:er|re)s|votes|members|families|workers|casualties|kg|"
    r"horses|hectares|acres|volunteers|refugees|ships|missiles|warheads|centrifuges|delegates|deaths|hours|copies|crore|lakh)\b"
)
_JOINS: Final = re.compile(r"\s?[-–—]\s?|\s(?:to|until|till|through)\s", re.IGNORECASE)
_SHORT_END: Final = re.compile(r"\s?[-–/]\s?(\d{2})(?!\d|[-–]\d)\b")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written: offsets in the text that was searched, year, and month and day where it names them.

    `until` is the second year of one that lay over two of ours ("446/5 BC").
    """

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None
    until: int | None = None

    @property
    def order(self) -> tuple[int, int, int]:
        """The date for sorting: what is not written comes first."""
        return self.year, self.month or 0, self.day or 0

    @property
    def months(self) -> int:
        """The date counted in months (the first month where none is named)."""
        return self.year * 12 + (self.month or 1) - 1


# The year of days that a text tells without any year, so that they can be compared with each other.
UNTOLD: Final = 1
# A day without its year, and a month after a preposition that only a time follows.
_PARTIAL: Final = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<m1>{MONTH_PATTERN})\b|\b(?P<m2>{MONTH_PATTERN})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
    rf"|(?<![A-Za-z])(?:[Ii]n|[Ff]rom|[Uu]ntil|[Tt]ill|[Ss]ince|[Bb]y|[Bb]etween|[Ee]arly|[Ll]ate|[Mm]id|(?:[Ee]nd|weeks?|days|half|middle|beginning|start|close)\sof|to|and)[\s-](?P<m3>{MONTH_PATTERN})\b(?!\s\d)",
    re.IGNORECASE,
)


_FAR: Final = 40


@dataclass(frozen=True, slots=True)
class WrittenSpan:
    """Two dates that a text joins to a span: offsets of the whole, and both ends."""

    start: int
    end: int
    first: WrittenDate
    last: WrittenDate


@lru_cache(maxsize=20_000)
def find_dates(text: str) -> tuple[WrittenDate, ...]:
    """Return the written dates of a text in order; decades ("1990s") and numbers of resolutions and things are none."""
    found: list[WrittenDate] = []
    for match in _DATE.finditer(text):
        day, month = match["d1"] or match["d2"] or match["d5"], match["m1"] or match["m2"] or match["m3"]
        year = int(match["y1"] or match["y2"] or match["y3"] or match["y4"] or match["y5"] or match["y6"])
        if match["y4"] and not _is_year(text, match):
            continue
        number = MONTH_NUMBERS[month.lower()] if month else int(match["m5"]) if match["m5"] else None
        until = int(str(year)[: -len(match["next"])] + match["next"]) if match["next"] and year > 99 else None
        found.append(WrittenDate(match.start(), match.end(), year, number, int(day) if day else None, until))
        short = _SHORT_END.match(text, match.end())
        if short and not month and int(short[1]) > year % 100:
            found.append(WrittenDate(short.start(1), short.end(1), year // 100 * 100 + int(short[1])))
    return _before_our_era(text, found)


# Years before our era count down; "from 1279 to 1213 BCE" gives both.
_BCE: Final = re.compile(r"\s?(?:BCE|BC|B\.\s?C\.(?:\s?E\.)?)(?!\w)")


# "from 218 to 201 BC": the first year is below a thousand, and a year only beside the second; a dash needs nothing before it
_FIRST: Final = re.compile(
    r"(?:\b(?:from|between|of|in)\s|\()(?P<bound>\d{1,3})\s(?:to|until|and)\s$"
    r"|(?<![\w.,/–-])(?P<dashed>\d{1,3})\s?[–-]\s?$",
    re.IGNORECASE,
)


def year_words(year: int) -> str:
    """Return a year as prose writes it.

    >>> year_words(1828), year_words(-1213)
    ('1828', '1213 BCE')
    """
    return str(year) if year > 0 else f"{-year} BCE"


def _before_our_era(text: str, found: list[WrittenDate]) -> tuple[WrittenDate, ...]:
    for date in [each for each in found if _BCE.match(text, each.end)]:
        first = _FIRST.search(text, 0, date.start)
        if first is not None and first.lastgroup and int(first[first.lastgroup]) > date.year:
            start, end = first.span(first.lastgroup)
            found.insert(found.index(date), WrittenDate(start, end, int(first[first.lastgroup])))
    for at, date in enumerate(found):
        if not _BCE.match(text, date.end):
            continue
        found[at] = replace(date, year=-date.year, until=-date.until if date.until else None)
        before = found[at - 1] if at else None
        if (
            before is not None
            and before.year > date.year
            and re.fullmatch(r"\s?[–-]\s?|\s(?:to|until|and|or)\s", text[before.end : date.start])
        ):
            found[at - 1] = WrittenDate(before.start, before.end, -before.year, before.month, before.day)
    return tuple(found)


@lru_cache(maxsize=20_000)
def find_moments(text: str, year: int = 0, last: WrittenDate | None = None) -> tuple[WrittenDate, ...]:
    """Return the dates of a text with those that leave out their year ("on 3 March", "from May"), in order.

    Such a date takes the year of the next one that it is joined to, else of the one before, else `year`; without, it is none.
    A day alone ("on the 28th") is one of the month of the date before it, else of `last`, the date with a month told last.
    """
    whole = find_dates(text)
    found = list(whole)
    for match in _PARTIAL.finditer(text):
        if any(date.start < match.end() and match.start() < date.end for date in whole):
            continue
        month = match["m1"] or match["m2"] or match["m3"]
        if not month[0].isupper():
            continue
        day, number = match["d1"] or match["d2"], MONTH_NUMBERS[month.lower()]
        if day and not 1 <= int(day) <= 31:
            continue
        start = match.start("m3") if match["m3"] else match.start()
        after = next((date for date in whole if date.start >= match.end()), None)
        before = next((date for date in reversed(whole) if date.end <= start), None)
        joined = after is not None and _JOINS_TO.fullmatch(text[match.end() : after.start]) is not None
        # the year that the account has reached, rather than one that is named far behind
        far = after is not None and after.start - match.end() > _FAR
        later = after.year if after is not None and not (far and year) else year
        # "hid on 22 December and came out on 4 January 1894", told of 1893
        if after is not None and after.month and number > after.month and year == after.year - 1:
            later = year
        of = after.year if after is not None and joined else before.year if before else later
        if of:
            found.append(WrittenDate(start, match.end(), of, number, int(day) if day else None))
    found = _relative(text, sorted(found, key=lambda date: date.start))
    found += _day_before(text, found)
    found += _day_alone(text, found, last)
    found.sort(key=lambda date: date.start)
    # "from 28 December to 3 January 1950" begins in the year before
    for at, (first, last) in enumerate(itertools.pairwise(found)):
        crosses = first.year == last.year and first.month and last.month and first.month > last.month
        if crosses and last in whole and first not in whole and _JOINS_TO.fullmatch(text[first.end : last.start]):
            found[at] = WrittenDate(first.start, first.end, first.year - 1, first.month, first.day)
        elif crosses and last not in whole and _JOINS_TO.fullmatch(text[first.end : last.start]):
            found[at + 1] = WrittenDate(last.start, last.end, last.year + 1, last.month, last.day)
    return tuple(found)


# A year so much earlier than the account's, behind "after", "since" or "had", is what something is counted from.
_LOOKS_BACK: Final = 15
_COUNTED_FROM: Final = re.compile(r"\b(?:after|since|before|until|from|had)\b[^;.]*$|\bof\s$", re.IGNORECASE)


def looks_back(text: str, date: WrittenDate, year: int) -> bool:
    """Tell whether a date is far before the year that the account has reached, and told only to count from it or to name it."""
    return year - date.year > _LOOKS_BACK and _COUNTED_FROM.search(text[: date.start]) is not None


def month_reached(dates: Sequence[WrittenDate], last: WrittenDate | None) -> WrittenDate | None:
    """Return the date of whose month the next day alone is: the one told last, where it has a month."""
    return last if not dates else dates[-1] if dates[-1].month else None


def year_reached(text: str, dates: Sequence[WrittenDate], year: int) -> int:
    """Return the year that an account has reached with some dates, of which the next date without a year is."""
    own = [date for date in dates if not looks_back(text, date, year)]
    return own[-1].year if own else year


# "September of the following year", "that November", "the following April": counted from the date before in the sentence.
_FOLLOWING: Final = {"following": 1, "next": 1, "same": 0, "that": 0, "this": 0, "previous": -1, "preceding": -1}
_WHICH: Final = "the following|the next|that same|that|the same|the previous|the preceding"
_RELATIVE: Final = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})\s)?\b(?P<m1>{MONTH_PATTERN})(?:\s(?P<d2>\d{{1,2}}))?,?\s(?:of\s|in\s)?(?P<w1>{_WHICH})\syear\b"
    rf"|\b(?P<w2>{_WHICH})\s(?P<m2>{MONTH_PATTERN})\b(?!\s\d)",
    re.IGNORECASE,
)


def _relative(text: str, found: list[WrittenDate]) -> list[WrittenDate]:
    """Return the dates of a text with those that are told by the one before them, which replace what was read of them."""
    for match in _RELATIVE.finditer(text):
        month = match["m1"] or match["m2"]
        base = next((date for date in reversed(found) if date.end <= match.start()), None)
        if base is None or not month[0].isupper():
            continue
        number, step = MONTH_NUMBERS[month.lower()], _FOLLOWING[(match["w1"] or match["w2"]).lower().split()[-1]]
        if match["w2"] and step == 1 and base.month and number > base.month:
            step = 0
        if match["w2"] and step == -1 and base.month and number < base.month:
            step = 0
        day = match["d1"] or match["d2"]
        found = [date for date in found if date.end <= match.start() or date.start >= match.end()]
        found.append(WrittenDate(match.start(), match.end(), base.year + step, number, int(day) if day else None))
        found.sort(key=lambda date: date.start)
    return found


def _day_before(text: str, found: list[WrittenDate]) -> list[WrittenDate]:
    """Return the days that share the month of the date that they lead to: "from 18 to 24 April 1955"."""
    more = []
    for date in found:
        match = _DAY_TO.search(text[max(0, date.start - 30) : date.start]) if date.day and date.month else None
        if match is not None and 1 <= int(match[1]) < (date.day or 0):
            at = max(0, date.start - 30)
            more.append(WrittenDate(at + match.start(1), at + match.end(1), date.year, date.month, int(match[1])))
    return more


def _day_alone(text: str, found: list[WrittenDate], last: WrittenDate | None) -> list[WrittenDate]:
    """Return the days that leave out their month: "opened on 18 April and closed on the 24th"; a lower one is of the next.

    Behind a month without a day it is one of that month. In a sentence of its own it is not before the day told last.
    """
    more: list[WrittenDate] = []
    for match in _ONLY_DAY.finditer(text):
        own = [date for date in (*found, *more) if date.end <= match.start()]
        base = next((date for date in reversed(own) if date.month), None) if own else last
        day = int(match[1])
        if base is None or base.month is None or not 1 <= day <= 31 or (own and day == base.day):
            continue
        if not own and day < (base.day or 0):
            continue
        month = base.month + (day < (base.day or 0))
        more.append(WrittenDate(match.start(1), match.end(), base.year + month // 13, (month - 1) % 12 + 1, day))
    return more


_ONLY_DAY: Final = re.compile(
    r"\b(?:on|to|until|till|by|from|of)\sthe\s(\d{1,2})(?:st|nd|rd|th)\b"
    r"(?!\s(?:and|to|or)\s(?:\w+\s)?\w+\scentur)(?=[.,;:)]|$|\s(?:and|but|to|until|it|he|she|they|the|a|by|without|after|before|when|with|in|at)\b)"
)
_DAY_TO: Final = re.compile(
    r"(?:\bfrom\s|\bbetween\s|\b(?:on|of)\s)(\d{1,2})(?:st|nd|rd|th)?\s?(?:to|until|and|[-–])\s?$", re.IGNORECASE
)
_JOINS_TO: Final = re.compile(r"\s?[-–—]\s?|\s(?:to|until|till|through|and)\s(?:the\s)?", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def find_spans(text: str, year: int = 0) -> tuple[WrittenSpan, ...]:
    """Return the spans that a text writes out, in order: "from A to B", "between A and B", "A–B"."""
    dates = find_moments(text, year)
    spans = []
    for first, last in itertools.pairwise(dates):
        joint = text[first.end : last.start]
        before = text[max(0, first.start - 20) : first.start].lower()
        between = re.fullmatch(r",? and (?:in )?", joint) and re.search(r"\bbetween (?:the years )?$", before)
        # "from the spring of 1950 until late in 1952"
        wide = _WIDE_JOINT.fullmatch(joint) and re.search(r"\bfrom\s(?:[\w-]+\s){0,3}$", before)
        if _JOINS.fullmatch(joint) or between or wide:
            spans.append(WrittenSpan(first.start, last.end, first, last))
    return tuple(spans)


_WIDE_JOINT: Final = re.compile(
    r",?\s(?:right\s|up\s|down\s)?(?:to|until|till|through)\s(?:(?:the|early|late|mid|end|close|spring|summer|autumn|winter|fall|beginning|in|of)[\s-]){0,4}",
    re.IGNORECASE,
)


def _is_year(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 80) : match.start()]
    if _NUMBERED.search(before) or is_own_number(text, match.start(), match.end()):
        return False
    after = text[match.end() : match.end() + 24]
    return not (_COUNTING.search(before) or _THINGS.match(after)) or before.endswith(("In ", "in ", " of ", "since ", "by "))
