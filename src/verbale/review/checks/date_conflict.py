"""Finds dates that cannot all be right: an event dated twice, days that no calendar has, ends before beginnings."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.checks.date_lives import find_out_of_life
from verbale.review.checks.date_order import find_order
from verbale.review.checks.date_outlived import find_outlived_otherwise
from verbale.review.checks.date_persons import find_outlived
from verbale.review.checks.date_retold import find_retold
from verbale.review.checks.date_sequence import find_sequence
from verbale.review.checks.date_stages import find_stages
from verbale.review.checks.date_told import find_told
from verbale.review.checks.date_twice import find_twice
from verbale.review.chronicle import chronicle_of
from verbale.review.citations import without_citations
from verbale.review.dates import MONTH_PATTERN, find_dates, find_spans
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import ORDINALS
from verbale.review.pairs import find_pairs
from verbale.review.retellings import Retellings

# Russia counted by the Julian calendar to 1918, others to 1923; up to then a weekday may be that of either. Before 1800
# days were 10 or 11 apart, and few texts name a weekday.
GREGORIAN_SINCE: Final = 1924
WEEKDAYS_SINCE: Final = 1800
_DAYS: Final = "|".join(calendar.day_name)
_WEEKDAY: Final = re.compile(rf"\b({_DAYS}),?\s(?:the\s)?(?=\d|{MONTH_PATTERN})", re.IGNORECASE)
_NO_DAY: Final = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({MONTH_PATTERN})|({MONTH_PATTERN})\.? "
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?!\d))(?:,? (1\d{{3}}|20\d{{2}}))?\b",
    re.IGNORECASE,
)
_ISO: Final = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
_CENTURY: Final = re.compile(
    rf"\b(?P<ordinal>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))(?:\s|-)century(?P<joint>\s\(|,\s(?:in\s|on\s|by\s)|:\sin\s|\s\w+\s(?:of|in)\s(?=\d)|\s\w+\s\()(?P<date>[^,;.()]{{3,20}})",
    re.IGNORECASE,
)
_CENTURY_AFTER: Final = re.compile(
    rf"(?P<date>\b\d{{4}})(?:,|\s\()\s?(?:(?:in|at|towards|near|by)\s)?(?:the\s)?(?:(?:early|late|mid|middle|beginning|end|start|close|turn|first|second|last|half|of|in|years|decade|decades)[\s-](?:the\s)?)*(?P<ordinal>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))(?:\s|-)century",
    re.IGNORECASE,
)
_DECADE: Final = re.compile(
    r"\b(?P<decade>\d{3}0)s(?:,\s(?:in\s|on\s)?|\s\()(?:(?:early|late|mid)[\s-]|\d{1,2}\s)?(?:[A-Z][a-z]+\s)?(?P<year>\d{4})\b(?!s)"
)


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each date that contradicts another one, the calendar, or a life; the first of those that overlap."""
    taken: list[tuple[int, int]] = []
    for slip in _find(manuscript):
        if not any(slip.start < end and start < slip.end for start, end in taken):
            taken.append((slip.start, slip.end))
            yield slip


def _find(manuscript: Manuscript) -> Iterator[Slip]:
    for sentence in manuscript.all_prose:
        text = without_citations(manuscript, sentence)
        yield from _reversed(sentence, text)
        yield from _calendar(sentence, text)
        yield from _centuries(sentence, text)
    yield from find_order(manuscript)
    yield from find_out_of_life(manuscript)
    yield from find_twice(manuscript)
    chronicle = chronicle_of(manuscript)
    yield from find_told(chronicle)
    yield from find_outlived(manuscript, chronicle)
    yield from find_sequence(chronicle)
    retellings = Retellings(manuscript, chronicle)
    yield from find_outlived_otherwise(chronicle, retellings)
    pairs = find_pairs(retellings)
    yield from find_stages(manuscript, pairs)
    yield from find_retold(manuscript, pairs)


def _reversed(sentence: Sentence, text: str) -> Iterator[Slip]:
    for span in find_spans(text):
        first, last = span.first, span.last
        if "back" in text[max(0, span.start - 80) : span.end] or re.search(r"\b(?:backwards?|reverse|compared|down)\b", text):
            continue
        before = last.year < first.year or (
            last.year == first.year and first.month and last.month and last.months < first.months
        )
        if before:
            start, end = sentence.start + span.start, sentence.start + span.end
            yield Slip(start, end, f"The span ends ({last.year}) before it begins ({first.year}).")


def _calendar(sentence: Sentence, text: str) -> Iterator[Slip]:
    for match in _NO_DAY.finditer(text):
        day, month = int(match[1] or match[4]), next(d.month for d in find_dates(f"{match[2] or match[3]} 2000"))
        year = int(match[5]) if match[5] else 2000
        if match[4] and not match[5] and day > 31:
            continue  # "May 68"
        if month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
            start, end = sentence.start + match.start(), sentence.start + match.end()
            yield Slip(start, end, f"There is no {day} {calendar.month_name[month]}{f' {year}' if match[5] else ''}.")
    for match in _ISO.finditer(text):
        year, month, day = (int(part) for part in match.groups())
        if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
            yield Slip(sentence.start + match.start(), sentence.start + match.end(), f"There is no day {match[0]}.")
    for match in _WEEKDAY.finditer(text):
        date = next((each for each in find_dates(text) if each.start == match.end()), None)
        if date is None or not date.day or not date.month or date.year < WEEKDAYS_SINCE:
            continue
        if date.day > calendar.monthrange(date.year, date.month)[1]:
            continue
        written = datetime.date(date.year, date.month, date.day)
        real = calendar.day_name[written.weekday()]
        julian = calendar.day_name[(written + datetime.timedelta(days=13 if date.year >= 1900 else 12)).weekday()]
        allowed = {real.lower()} if date.year >= GREGORIAN_SINCE else {real.lower(), julian.lower()}
        if match[1].lower() not in allowed:
            start, end = sentence.start + match.start(), sentence.start + date.end
            yield Slip(start, end, f"{text[date.start : date.end]} was a {real}, not a {match[1]}.")


def _centuries(sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "the nineteenth century, in 1923" and "the 1930s, in 1942": a year beside a century or decade not its own."""
    for pattern in (_CENTURY, _CENTURY_AFTER):
        for match in pattern.finditer(text):
            years = [date.year for date in find_dates(match["date"])]
            word = match["ordinal"].lower()
            number = int(re.sub(r"\D", "", word)) if word[0].isdigit() else ORDINALS.index(word) + 1
            # the turn of a century belongs to both
            if len(years) == 1 and not (number - 1) * 100 - 1 <= years[0] <= number * 100 + 1:
                message = f"{years[0]} does not lie in the {match['ordinal']} century."
                yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)
    for match in _DECADE.finditer(text):
        if not int(match["decade"]) <= int(match["year"]) <= int(match["decade"]) + (10 if match["decade"][2] != "0" else 100):
            message = f"{match['year']} does not lie in the {match['decade']}s."
            yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)


CHECK = Check(
    CheckInfo(
        "date-conflict",
        "error",
        "Dates that contradict each other",
        "Two dates for one event, a day that no calendar has, or an act of a state that was no more: one of them is wrong.",
    ),
    find,
)
