"""The date of a document itself: ISO dates from metadata, and the line that opens a dispatch with place and day."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})|(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)"
    r"(?:,?\s+(?P<year>1[5-9]\d\d|20\d\d))?(?!\d)"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+(?:\s[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]*){0,3}"
_NAME = r"[A-ZÀ-Þ][\w.'’\-]+(?:\s[A-ZÀ-Þ][\w.'’\-]+){0,3}"
_AGENCY = r"\([A-Z][\w.& \-/]{1,40}\)"

# Run into its paragraph: "LONDON, 3 March 1939 (Reuters) - The ...", "MOSCOW (TASS) -- ...". Capitals and a dash are asked for,
# because otherwise every sentence that begins with a place and a date would lose its beginning.
_RUN_IN = re.compile(
    rf"(?P<place>{_CAPITALS}(?:,\s{_NAME})?)(?:,?\s+{_WEEKDAY}{_DATE}\.?(?:\s*{_AGENCY})?|,?\s*{_AGENCY})\s*(?:--?|–|—|:)\s*(?=\S)"
)
# A line of its own: "Washington, January 20, 1969.", "3 March 1939".
_OWN_LINE = re.compile(
    rf"(?:(?P<place>{_NAME}(?:,\s{_NAME}){{0,2}}),?\s+)?{_WEEKDAY}{_DATE}(?:,?\s+\d{{1,2}}[:.]?\d\d\s*(?:[ap]\.?m\.?|GMT)?)?(?:\s*{_AGENCY})?\s*[.\-–—]*\s*"
)
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{1,2}:?\d\d.*|Z|[+-]\d\d:?\d\d)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")


class Dateline(NamedTuple):
    """Where a dateline ends in its paragraph (characters), and the place and ISO date that it tells."""

    length: int
    place: str | None
    date: str | None


def iso_date(value: object) -> str | None:
    """Return a date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or None where the value is no date of the calendar.

    Understood are dates and times of Python, years and `YYYYMMDD` as numbers, ISO 8601 with or without a time, and English
    dates such as "3 March 1939" and "March 3, 1939".
    """
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    text = str(value).strip()
    if match := _COMPACT.fullmatch(text) or _ISO.fullmatch(text):
        year, *rest = (int(part) for part in match.groups() if part)
        return _checked(year, *rest)
    if (line := _OWN_LINE.fullmatch(text)) and not line["place"]:
        return _date_of(line)
    return None


def find_dateline(paragraph: str, *, alone: bool) -> Dateline | None:
    """Return the dateline that a paragraph begins with, or that it is where it stands `alone` on its line."""
    if alone and len(paragraph) <= 120 and (match := _OWN_LINE.fullmatch(paragraph)) and (match["place"] or match["year"]):
        return Dateline(len(paragraph), match["place"], _date_of(match))
    if match := _RUN_IN.match(paragraph):
        return Dateline(len(match.group().rstrip()), match["place"], _date_of(match))
    return None


def _date_of(match: re.Match[str]) -> str | None:
    if not match["year"]:
        return None
    month = _MONTH_NUMBER[(match["month"] or match["month2"])[:3].lower()]
    return _checked(int(match["year"]), month, int(match["day"] or match["day2"]))


def _checked(year: int, month: int | None = None, day: int | None = None) -> str | None:
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    parts = [f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)]
    return "-".join(parts) if 0 not in (month, day) else None
