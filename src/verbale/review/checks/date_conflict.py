"""Finds dates that cannot all be right: an event dated twice, days that no calendar has, ends before beginnings."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.checks.date_ages import find_ages
from verbale.review.checks.date_assent import find_assent
from verbale.review.checks.date_backwards import find_backwards
from verbale.review.checks.date_bystanders import find_bystanders
from verbale.review.checks.date_clauses import find_clauses
from verbale.review.checks.date_echoed import find_echoed
from verbale.review.checks.date_eras import find_eras
from verbale.review.checks.date_lives import find_out_of_life
from verbale.review.checks.date_named import Account, find_named
from verbale.review.checks.date_offices import find_before_independence, find_before_office
from verbale.review.checks.date_order import find_order
from verbale.review.checks.date_outlived import deaths_of, find_outlived_otherwise
from verbale.review.checks.date_partners import find_partners
from verbale.review.checks.date_persons import find_outlived
from verbale.review.checks.date_presence import find_present
from verbale.review.checks.date_retold import find_retold
from verbale.review.checks.date_sequence import find_sequence
from verbale.review.checks.date_stages import find_stages
from verbale.review.checks.date_told import find_told
from verbale.review.checks.date_twice import find_twice
from verbale.review.chronicle import chronicle_of
from verbale.review.citations import without_citations
from verbale.review.dates import MONTH_PATTERN, find_dates, find_spans
from verbale.review.manuscript import Manuscript
from verbale.review.moments import counts_down
from verbale.review.numbered import own_numbers
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


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each date that contradicts another one, the calendar, or a life; the first of those that overlap."""
    taken: list[tuple[int, int]] = []
    for slip in _find(manuscript):
        if _of_two(manuscript, slip):
            continue
        if not any(slip.start < end and start < slip.end for start, end in taken):
            taken.append((slip.start, slip.end))
            yield slip


def _of_two(manuscript: Manuscript, slip: Slip) -> bool:
    """Tell whether two dates are of two things with numbers of their own: Resolution 1441 in 2002, Resolution 1373 in 2001."""
    if len(slip.rests_on) != 1:
        return False
    numbers = [_numbered(manuscript, *span) for span in ((slip.start, slip.end), slip.rests_on[0])]
    return all(numbers) and numbers[0] != numbers[1]


def _numbered(manuscript: Manuscript, start: int, end: int) -> str:
    """Return the number of the thing that the last date of a span is of: the nearest before it, no other date between."""
    sentence = next((each for each in manuscript.all_prose if each.start <= start < each.end), None)
    if sentence is None:
        return ""
    text = manuscript.sentence_text(sentence)
    dates = find_dates(text)
    at = max((date.start for date in dates if sentence.start + date.start < end), default=end - sentence.start)
    before = max((date.end for date in dates if date.end <= at), default=0)
    return next((number for _, number in reversed(list(own_numbers(text, before, at)))), "")


def _find(manuscript: Manuscript) -> Iterator[Slip]:
    down = counts_down(manuscript.plain)
    for sentence in manuscript.all_prose:
        text = without_citations(manuscript, sentence)
        yield from () if down else _reversed(sentence, text)
        yield from _calendar(sentence, text)
        yield from find_ages(sentence, text)
    yield from find_order(manuscript)
    yield from find_out_of_life(manuscript)
    yield from find_twice(manuscript)
    chronicle = chronicle_of(manuscript)
    yield from find_clauses(chronicle)
    yield from find_backwards(chronicle)
    yield from find_told(chronicle)
    yield from find_assent(chronicle)
    yield from find_outlived(manuscript, chronicle)
    yield from find_bystanders(manuscript, chronicle)
    yield from find_partners(manuscript, chronicle)
    yield from find_eras(chronicle)
    yield from find_sequence(chronicle)
    retellings = Retellings(manuscript, chronicle)
    deaths = deaths_of(chronicle, retellings)
    yield from find_outlived_otherwise(chronicle, retellings, deaths)
    yield from find_present(chronicle, retellings, deaths)
    yield from find_before_office(chronicle, retellings)
    yield from find_before_independence(chronicle, retellings)
    pairs = find_pairs(retellings)
    yield from find_stages(manuscript, pairs)
    yield from find_retold(manuscript, pairs)
    account = Account(retellings)
    named = list(find_named(retellings, account))
    yield from named
    for slip in find_echoed(retellings, account):
        if not any(slip.start < each.end and each.start < slip.end for each in named):
            yield slip


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


CHECK = Check(
    CheckInfo(
        "date-conflict",
        "error",
        "Dates that contradict each other",
        "Two dates for one event, a day that no calendar has, or an act of a state that was no more: one of them is wrong.",
    ),
    find,
)
