"""The dates that stand in a stretch of text, and the spans that two of them make ("from 1980 to 1988", "1804–1813").

The coder has its own, fuller reading of dates; a review needs only those that are written out, because it says that two of them
disagree, and must be sure of both.
"""

from __future__ import annotations

import calendar
import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

_MONTHS: Final = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS.update({name.lower(): number for number, name in enumerate(calendar.month_abbr) if name})
_MONTHS["sept"] = 9
MONTH_PATTERN: Final = "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name)))
_YEAR: Final = r"(?<![\d.,/$€£#:-])(?P<{0}>1[0-9]{{3}}|20[0-9]{{2}})(?![\d%]|[.,]\d|-\d{{4,}})\b"
_DATE: Final = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{MONTH_PATTERN})\b\.?,? (?P<y1>1\d{{3}}|20\d{{2}})\b"
    rf"|\b(?P<m2>{MONTH_PATTERN})\b\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>1\d{{3}}|20\d{{2}})\b"
    rf"|\b(?P<m3>{MONTH_PATTERN})\b\.?,?(?: of)? (?P<y3>1\d{{3}}|20\d{{2}})\b" + "|" + _YEAR.format("y4"),
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
    """A date as written: offsets in the text that was searched, year, and month and day where it names them."""

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None

    @property
    def months(self) -> int:
        """The date counted in months (the first month where none is named)."""
        return self.year * 12 + (self.month or 1) - 1


@dataclass(frozen=True, slots=True)
class WrittenSpan:
    """Two dates that a text joins to a span: offsets of the whole, and both ends."""

    start: int
    end: int
    first: WrittenDate
    last: WrittenDate


@cache
def find_dates(text: str) -> tuple[WrittenDate, ...]:
    """Return the written dates of a text in order; decades ("1990s") and numbers of resolutions and things are none."""
    found: list[WrittenDate] = []
    for match in _DATE.finditer(text):
        day, month = match["d1"] or match["d2"], match["m1"] or match["m2"] or match["m3"]
        year = int(match["y1"] or match["y2"] or match["y3"] or match["y4"])
        if match["y4"] and not _is_year(text, match):
            continue
        found.append(
            WrittenDate(match.start(), match.end(), year, _MONTHS[month.lower()] if month else None, int(day) if day else None)
        )
        short = _SHORT_END.match(text, match.end())
        if short and not month and int(short[1]) > year % 100:
            found.append(WrittenDate(short.start(1), short.end(1), year // 100 * 100 + int(short[1])))
    return tuple(found)


def find_spans(text: str) -> tuple[WrittenSpan, ...]:
    """Return the spans that a text writes out, in order: "from A to B", "between A and B", "A–B"."""
    dates = find_dates(text)
    spans = []
    for first, last in itertools.pairwise(dates):
        joint = text[first.end : last.start]
        before = text[max(0, first.start - 20) : first.start].lower()
        between = re.fullmatch(r",? and (?:in )?", joint) and re.search(r"\bbetween (?:the years )?$", before)
        if _JOINS.fullmatch(joint) or between:
            spans.append(WrittenSpan(first.start, last.end, first, last))
    return tuple(spans)


def _is_year(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 80) : match.start()]
    if _NUMBERED.search(before):
        return False
    after = text[match.end() : match.end() + 24]
    return not (_COUNTING.search(before) or _THINGS.match(after)) or before.endswith(("In ", "in ", " of ", "since ", "by "))
