"""Durations as English writes them ("nearly ten years", "a decade-long", "half a century", "two and a half months"), in months.

A duration is compared with two dates as exactly as all three are written: "about ten years" leaves room, "ten years" between
two years none, and months between two years only what the years allow.
"""

from __future__ import annotations

import contextlib
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from verbale.review.dates import WrittenDate
from verbale.review.duration_words import either
from verbale.review.quantities import NUMBER, read_number

# Units in days, so that all of them can be compared; a year has 365.25.
YEAR: Final = 365.25
MONTH: Final = YEAR / 12
_UNITS: Final[dict[str, float]] = {
    "day": 1, "week": 7, "fortnight": 14, "month": MONTH, "quarter": MONTH * 3, "year": YEAR, "decade": YEAR * 10,
    "century": YEAR * 100, "centurie": YEAR * 100, "millennium": YEAR * 1000,
}  # fmt: skip
# By how many days a count of such units may be off where nothing says "about": writers round decades and centuries, and count
# both ends of days; with months given, "two years" may be up to seven months more or less.
_SLACK: Final[dict[str, float]] = {
    "day": 1, "week": 5, "fortnight": 3, "month": MONTH / 4, "year": 7 * MONTH, "decade": 2 * YEAR, "century": 10 * YEAR,
}  # fmt: skip
# The words that say how exactly a time is meant, and the adjectives that may stand before its unit, are those of durations.csv.
_LESS, _BARELY, _WITHIN, _JUST, _MORE, _ABOUT, _ADJECTIVES = (
    either(name) for name in ("less", "barely", "within", "just", "more", "about", "qualities")
)
_NAMES: Final = "years?|decades?|centur(?:y|ies)|months?|weeks?|days?|fortnights?"
_DURATION: Final = re.compile(
    rf"(?<![\w.,$€£#/-])(?:(?P<about>{_LESS}|{_BARELY}|{_WITHIN}|{_JUST}|{_MORE}|{_ABOUT})\s)?(?:(?:the|a|another|all\sof|a\smatter\sof|the\sspace\sof|a\speriod\sof)\s)?(?:(?:last|first|full|whole|past|next|mere|bare|scant|paltry|grand|good)\s)?"
    rf"(?:(?P<share>half|(?:a\s)?quarter|(?:a\s)?third|three[\s-]quarters|two[\s-]thirds)(?:\sof)?[\s-](?:an?[\s-])?(?P<shared>century|centuries|millennium|decade|year|day|month)"
    rf"|(?:(?:(?P<number>{NUMBER})|an?)(?:\sor\s(?P<or>{NUMBER}))?(?:[\s-](?:{_ADJECTIVES}))?[\s-](?:of\s)?"
    rf"|(?<=\s)(?=(?:year|decade|century|month|week)\sand\sa\s(?:half|quarter)))(?P<unit>{_NAMES}))"
    rf"(?:'s?(?!\w))?(?P<more>\sand\s(?:a\shalf|a\squarter|three\squarters)|(?:\sand|,)\s(?P<second>{NUMBER})\s(?P<unit2>months?|days?|weeks?))?"
    r"(?P<odd>\sor\s(?:so|more))?(?P<long>[\s-]long)?(?![\w])",
    re.IGNORECASE,
)
_MORE_OF: Final[dict[str, float]] = {"a half": 0.5, "a quarter": 0.25, "three quarters": 0.75}
_SHARES: Final[dict[str, float]] = {"half": 0.5, "quarter": 0.25, "three quarters": 0.75, "third": 1 / 3, "two thirds": 2 / 3}
_COUNTED: Final = 4
# "Nearly" so much is four fifths of it at least; of fewer units than twenty it is a unit less at most, and a twentieth of one.
_NEARLY: Final = 0.8
_ROUND_NUMBERS: Final = 20
# "Almost seventy" is none of fifty-eight.
_NEARLY_TENS: Final = 0.9
_PART_OF_UNIT: Final = 0.05
# By what share "about" so many may be off: of tens, of other fives above twenty, and of what is no round number.
_OF_TENS, _OF_FIVES, _OF_OTHERS = 0.15, 0.08, 0.05
_FIVE, _HALF_HUNDRED, _HUNDRED = 5, 50, 100
# So much less than it may be what is told to be "more than" so many decades or centuries.
_LONG: Final = 0.05
# So far (in days) "over" and "under" so many years may be off where the months are told.
# "A little more than a year" is less than a year and a half where the months are told.
_LITTLE_MORE: Final = 0.5
# "More than eight years" are not ten, but "more than two" may be three, and round numbers stand for what has none.
_FEW, _ABOVE = 4, 1.25
_MONTHS_TOLD: Final = 0.1 * YEAR
# What is longer than this is no time between two dates of a text.
_MOST: Final = 1_500 * YEAR


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration as written: offsets, its length in days, the unit it is counted in, and how exactly it is meant.

    `about` is empty, "less" (nearly), "barely" (a little under or over), "more" (over), "just" (a little over), "within",
    "about" or "part" (the first years of something); `indefinite` is a bare "a year", "a decade"; `attribute` is the form
    before a noun (ten-year).
    """

    start: int
    end: int
    days: float
    unit: str
    number: float
    about: str = ""
    indefinite: bool = False
    attribute: bool = False

    @property
    def years(self) -> float:
        """The length in years."""
        return self.days / YEAR

    def fits(self, first: WrittenDate, last: WrittenDate, *, inclusive: bool = False) -> bool:
        """Tell whether the time between two dates can be what the duration says; `inclusive` counts both ends."""
        low, high = elapsed(first, last)
        if self._by_years(first, last):
            least, most = last.year - (first.until or first.year), (last.until or last.year) - first.year
            least -= _without_year_zero(first, last)
            return self._within(least * YEAR, (most + inclusive) * YEAR, 0.0)
        months = bool(first.month and last.month)
        extra = self._one() if inclusive and not (self.unit == "year" and months) else 0.0
        return self._within(low, high + extra, _SLACK.get(self.unit, 0.0), months=months)

    def _by_years(self, first: WrittenDate, last: WrittenDate) -> bool:
        """Tell whether whole years are counted, and at least one date is a year: then only the years are compared."""
        whole = self.number == int(self.number)
        return self.unit == "year" and whole and not (first.month and last.month)

    def _one(self) -> float:
        """Return how much counting both ends adds: a year or a day; weeks have a day more."""
        return {"day": 1.0, "week": 1.0, "year": YEAR}.get(self.unit, 0.0)

    def _within(self, low: float, high: float, slack: float, *, months: bool = False) -> bool:
        if self.unit in ("decade", "century"):
            slack = _SLACK[self.unit] * (1 if self.number <= 1 else 1.5 if self.number <= 3 else 2.5)
            if self.number < 1:
                slack = 0.09 * self.days  # half a century is 45 to 55 years
        if self.about == "part":
            return True
        said = self.days
        room = max(slack, self._roughly() * said, _UNITS.get(self.unit, 0.0) if self.unit == "year" else 0.0)
        if self.unit == "month" and low == high:
            slack = room if self.about else 0.6 * MONTH
        # where the months are told, "over six years" is none of five and eight months
        tight = (
            max(slack, 0.02 * said) if self.unit != "year" else _MONTHS_TOLD if months else 0.6 * YEAR if low != high else 0.0
        )
        if self.about == "within":
            return high >= 0 and low <= said + tight
        if self.about in ("less", "barely"):
            more = 0.6 * YEAR if self.about == "barely" and self.unit == "year" and months else tight
            return low <= said + more and high >= self._least(slack)
        if self.about == "just":
            more = _UNITS.get(self.unit, 0.0) * (_LITTLE_MORE if months else 1.0)
            return high >= said - tight and low <= said + max(more, 0.15 * said) + tight
        if self.about == "more":
            if self.unit in ("decade", "century"):
                tight = _LONG * said  # "more than three decades" is none of twenty-seven years
            return high >= said - tight and low <= self._most_above() + slack
        if self.about:
            return low <= said + room and high >= said - room
        if self.number >= _HUNDRED and self.number % _HALF_HUNDRED == 0:
            slack = _LONG * said / 2  # "two hundred years" of two hundred and one
        # from four years on a writer may count the full ones: "sixty-one years" of sixty-one and eleven months
        floor = 0.98 * YEAR if self.unit == "year" and self.number >= _COUNTED else slack
        return low <= said + max(slack, floor) + 1e-6 and high >= said - slack - 1e-6

    def _roughly(self) -> float:
        """Return by what share "some" so many may be off: "some ninety years" by fifteen years, "some ninety-six" by five."""
        exact = self.number > _ROUND_NUMBERS and self.number % _FIVE != 0
        return _OF_OTHERS if exact else _OF_FIVES if self.number > _ROUND_NUMBERS and self.number % 10 else _OF_TENS

    def _most_above(self) -> float:
        """Return the most that "more than" so much can be: thirteen years are "more than ten", and not "more than eight"."""
        exact = self.number > _FEW and self.number % 5 != 0 and self.unit not in ("decade", "century")
        return (_ABOVE if exact else 1.5) * self.days

    def _least(self, slack: float) -> float:
        """Return the least that "nearly" so much can be: "nearly five months" are more than four."""
        rounded = _NEARLY * self.days - (slack if self.days < YEAR else 0)
        unit = _UNITS.get(self.unit, 0.0)
        if self.number == int(self.number) and 1 < self.number < _ROUND_NUMBERS and self.number not in (10, 15):
            return max(rounded, self.days - unit * (1 + _PART_OF_UNIT))
        if self.number > _ROUND_NUMBERS:
            exact = self.number % _FIVE != 0
            return max(rounded, self.days - unit * (1 + _PART_OF_UNIT) if exact else _NEARLY_TENS * self.days)
        return rounded


def elapsed(first: WrittenDate, last: WrittenDate) -> tuple[float, float]:
    """Return the least and the most days that can lie between two dates, as exactly as they are written."""
    if first.day and last.day and first.month and last.month and first.year > 0:
        with contextlib.suppress(ValueError):  # 30 February and its like are counted roughly
            exact = datetime.date(last.year, last.month, last.day) - datetime.date(first.year, first.month, first.day)
            return float(exact.days), float(exact.days)
    (low1, high1), (low2, high2) = _days(first), _days(last)
    return low2 - high1 - _without_year_zero(first, last) * YEAR, high2 - low1


def _without_year_zero(first: WrittenDate, last: WrittenDate) -> int:
    """Return the year that a careful author takes off between the eras (20 BCE to 1 CE are twenty years), else none."""
    return int(first.year < 0 < last.year)


def _days(date: WrittenDate) -> tuple[float, float]:
    if date.month is None:
        return date.year * YEAR, ((date.until or date.year) + 1) * YEAR - 1
    start = date.year * YEAR + (date.month - 1) * MONTH
    if date.day is None:
        return start, start + MONTH - 1
    return start + date.day - 1, start + date.day - 1


@lru_cache(maxsize=20_000)
def find_durations(text: str) -> tuple[Duration, ...]:
    """Return the durations of a text in order; names (the Hundred Years' War) and "a day" in other senses are none."""
    return tuple(each for match in _DURATION.finditer(text) if (each := _read(text, match)) is not None)


def _read(text: str, match: re.Match[str]) -> Duration | None:
    written = match[0]
    if (
        re.search(r"[A-Z]\w*[\s-](?:Years|Days|Weeks|Months)\b", written)
        and text[match.end() : match.end() + 2].strip()[:1].isupper()
    ):
        return None  # the Thirty Years War: a name
    unit = (match["shared"] or match["unit"]).lower().rstrip("s")
    unit = "century" if unit.startswith("centur") else unit
    number = _number(match)
    if number is None:
        return None
    if match["more"] and not match["second"]:
        more = " ".join(match["more"].lower().split())
        number += next(share for name, share in _MORE_OF.items() if more.endswith(name))
    days = number * _UNITS[unit]
    if match["second"]:
        days += read_number(match["second"]) * _UNITS[match["unit2"].lower().rstrip("s")]
        number = days / _UNITS[unit]
    if not 0 < days <= _MOST:
        return None
    about = _about(match["about"], match)
    if not about and re.match(r"(?:(?:the|a|another)\s)?(?:first|last)\s", written, re.IGNORECASE):
        about = "part"  # the first two years of a longer time
    start = match.start("about") if match["about"] else match.start()
    start += len(re.match(r"(?:[Tt]he\s)?", text[start:])[0])  # type: ignore[index]
    attribute = ((match["unit"] or match["shared"]).lower() in _UNITS and number > 1) or bool(match["long"])
    # "little more than a year" is as exact as "a little more than two", and "well over a century" as "over two"
    exact = about == "just" or (about in ("less", "barely", "more") and unit in ("decade", "century"))
    indefinite = not match["number"] and not match["share"] and not match["more"] and not exact
    return Duration(start, match.end(), days, unit, number, about, indefinite, attribute)


def _number(match: re.Match[str]) -> float | None:
    if match["share"]:
        share = re.sub(r"^a\s", "", re.sub(r"[\s-]", " ", match["share"].lower()))
        return _SHARES[share]
    if match["number"]:
        try:
            return read_number(match["number"])
        except ValueError:
            return None
    return 1.0


def _about(words: str | None, match: re.Match[str]) -> str:
    if match["odd"] or match["or"] or re.search(r"[\s-]odd[\s-]", match[0]):
        return "about"
    if not words:
        return ""
    if re.fullmatch(_LESS, words, re.IGNORECASE):
        return "less"
    if re.fullmatch(_BARELY, words, re.IGNORECASE):
        return "barely"
    if re.fullmatch(_WITHIN, words, re.IGNORECASE):
        return "within"
    if re.fullmatch(_JUST, words, re.IGNORECASE):
        return "just"
    return "more" if re.fullmatch(_MORE, words, re.IGNORECASE) else "about"
