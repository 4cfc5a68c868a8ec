"""Finds dates later than today that are told as if they had been."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo
from verbale.review.check import Check, Slip
from verbale.review.dates import WrittenDate, find_dates
from verbale.review.manuscript import Manuscript

# Forms that tell of something done. A sentence with none of them may well speak of plans.
_PAST: Final = re.compile(
    r"\b(?:was|were|had|did|has been|have been|went|came|took|gave|made|began|broke|fell|met|won|"
    r"lost|sent|held|became|left|led|fought|sold|bought|struck|withdrew|[a-z]{3,}ed)\b"
)
# No text that means it looks further ahead; a later year is the number of something.
MAX_AHEAD: Final = 75


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each date after today in a sentence that tells it as past and has no word for what is to come."""
    ahead = re.compile(rf"\b{manuscript.words.alternatives('future')}\b", re.IGNORECASE)
    for sentence in manuscript.prose:
        text = manuscript.sentence_text(sentence)
        for date in find_dates(text):
            if not _is_later(date, manuscript.today) or date.year > manuscript.today.year + MAX_AHEAD:
                continue
            # "before" and "to" look ahead only beside the date; "will" and "planned" wherever they stand
            if _looks_ahead(ahead, text, date) or not _PAST.search(text):
                continue
            start, end = sentence.start + date.start, sentence.start + date.end
            yield Slip(start, end, f"“{manuscript.text[start:end]}” is still to come, but the sentence tells it as past.")


_BESIDE_ONLY: Final = frozenset(
    {
        "to",
        "from",
        "by",
        "before",
        "through",
        "until",
        "till",
        "if",
        "next",
        "ahead",
        "run",
        "runs",
        "can",
        "may",
        "extended",
        "due",
    }
)


def _looks_ahead(ahead: re.Pattern[str], text: str, date: WrittenDate) -> bool:
    for match in ahead.finditer(text):
        word = match[0].lower()
        if word not in _BESIDE_ONLY:
            if word == "may" and match[0][0] == "M":
                continue  # the month
            return True
        if 0 <= date.start - match.end() <= (2 if word in ("to", "from") else 14):
            return True
    return False


def _is_later(date: WrittenDate, today: datetime.date) -> bool:
    if date.year != today.year or date.month is None:
        return date.year > today.year
    if date.month != today.month or date.day is None:
        return date.month > today.month
    return date.day > today.day


CHECK = Check(
    CheckInfo(
        "future-date",
        "warning",
        "Dates still to come",
        "What is told as past cannot carry a date that has not been yet; most often a digit is wrong.",
    ),
    find,
)
