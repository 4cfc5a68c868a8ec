"""Years of three figures that a text counts down: after "446/5 BC" its "in 431" is of the same era.

Whoever writes of times before our era gives the letters once and then leaves them out, until a year of our era is told.
"""

from __future__ import annotations

import re
from typing import Final

from verbale.review.dates import WrittenDate
from verbale.review.time_words import load_time_words

# "from 431 to 404": the second year stands behind no preposition of its own.
_JOINED: Final = re.compile(r"(?:\sto\s|\sand\s|\s?[-–]\s?)(?P<year>[1-9]\d{2})(?![\d,.]*\d|%|\s[a-z]+s\b)")
# So near behind a year may the one stand that tells its era ("between 431 and 404 BC").
_NEAR: Final = 12


_BEFORE_ERA: Final = re.compile(r"\b\d{1,4}\s?(?:BCE|BC|B\.\s?C\.)(?!\w)")
_OF_OUR_ERA: Final = re.compile(r"\b(?:\d{1,4}\s?(?:CE|AD)\b|(?:CE|AD)\s?\d{1,4}\b)")


def counts_down(text: str) -> bool:
    """Tell whether all bare early years of a text are before our era: it gives the letters of that era and no others."""
    return _BEFORE_ERA.search(text) is not None and _OF_OUR_ERA.search(text) is None


def counted_down(text: str, dates: tuple[WrittenDate, ...], year: int, *, down: bool = False) -> tuple[WrittenDate, ...]:
    """Return the dates of a text with the bare early years that are before our era, as `year`, the one told last, was.

    In the text itself the date before such a year, else the one right behind it, tells its era; `down` where it is that of all.
    """
    found = list(dates)
    if not down and year >= 0 and all(date.year >= 0 for date in dates):
        return dates
    words = load_time_words()
    matches = [match for match in words.era.finditer(text) if _stands_alone(text, match)]
    for match in [*matches, *(_JOINED.match(text, match.end()) for match in matches)]:
        if match is None:
            continue
        start, end = match.span("year")
        if any(date.start < end and start < date.end for date in found):
            continue
        before = [date.year for date in sorted(found, key=lambda date: date.start) if date.end <= start]
        after = [date.year for date in dates if 0 <= date.start - end < _NEAR]
        if down or (before[-1] if before else year) < 0 or (after and after[0] < 0):
            found.append(WrittenDate(start, end, -int(match["year"])))
    return tuple(sorted(found, key=lambda date: date.start))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Tell whether no noun follows a number after "of": "the peace of 421 ended", and not "of 300 horse"."""
    rest = re.match(r"\s([a-z]+)", text[match.end() :])
    return not match[0].lower().startswith("of") or rest is None or load_time_words().is_a("behind year", rest[1])
