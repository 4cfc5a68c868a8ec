"""Checks durations against the dates beside them: "a ten-year delay" next to 2007 and 2016.

A text ties a duration to dates in four ways: a date reached by counting ("in 1946 ...; three years later, in 1950"), a span
("the ten-year war (1980–1988)"), a beginning or an end ("had ruled for ten years since 1950"), and the years of a passage that
a duration sums up (a heading over its section).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.checks.duration_ages import find_ages
from verbale.review.checks.duration_alone import find_alone
from verbale.review.checks.duration_apart import find_apart
from verbale.review.checks.duration_apposed import find_apposed
from verbale.review.checks.duration_before import find_before
from verbale.review.checks.duration_closing import find_closing
from verbale.review.checks.duration_counted import find_counted
from verbale.review.checks.duration_ends import find_after, find_between
from verbale.review.checks.duration_events import find_by_event, of_another
from verbale.review.checks.duration_filled import find_filled
from verbale.review.checks.duration_held import find_held
from verbale.review.checks.duration_jubilees import find_jubilees
from verbale.review.checks.duration_left import find_left
from verbale.review.checks.duration_mentioned import find_mentioned
from verbale.review.checks.duration_named import find_named
from verbale.review.checks.duration_narrated import find_narrated
from verbale.review.checks.duration_now import find_ago, find_jubilee_now
from verbale.review.checks.duration_old import find_old
from verbale.review.checks.duration_ordinal import find_ordinal
from verbale.review.checks.duration_passage import find_passage
from verbale.review.checks.duration_recalled import find_recalled, opening_dates, unrelated
from verbale.review.checks.duration_spans import conditional, find_spanned, planned
from verbale.review.checks.duration_tables import find_in_tables
from verbale.review.checks.duration_taken import find_taken
from verbale.review.checks.duration_terms import find_due, find_term
from verbale.review.checks.duration_until import find_until
from verbale.review.chronicle import chronicle_of
from verbale.review.citations import without_citations
from verbale.review.dates import MONTH_PATTERN, UNTOLD, WrittenDate, find_dates, month_reached, year_reached
from verbale.review.duration_words import either
from verbale.review.durations import YEAR, Duration
from verbale.review.manuscript import Manuscript
from verbale.review.marking import ANY, DURATION, Marked, closed_up, mark
from verbale.review.moments import counts_down, tells_early_years, without_cited_years
from verbale.review.recalling import recall_of

# How many dated sentences back a text may name the event that it counts from.
MAX_DATED: Final = 60
_AGO: Final = re.compile(r"^\s(?:ago|hence|from\snow)\b", re.IGNORECASE)


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each duration that none of the dates beside it bears out."""
    yield from find_in_tables(manuscript)
    before: list[tuple[Sentence, Marked]] = []
    dated: deque[tuple[Sentence, Marked]] = deque(maxlen=MAX_DATED)
    year = 0
    last: WrittenDate | None = None
    chronicle = chronicle_of(manuscript)
    every = [date for dates in chronicle.dates.values() for date in dates.values()]
    opening = opening_dates(recall_of(manuscript))
    early = 0
    if tells_early_years(manuscript.plain):
        early = -1 if counts_down(manuscript.plain) else 1
    for sentence in manuscript.all_prose:
        text = closed_up(without_cited_years(without_citations(manuscript, sentence)))
        marked = mark(text, year or (0 if early else _year_ahead(manuscript, sentence)), early, last)
        near = [each for each in before if sentence.block - each[0].block <= 1]
        yield from find_ages(manuscript, sentence, marked, near)
        yield from find_jubilees(manuscript, sentence, marked, near)
        yield from find_old(chronicle, sentence, marked, near)
        yield from find_jubilee_now(manuscript, sentence, marked)
        yield from find_ordinal(chronicle, sentence, marked)
        for duration in marked.durations:
            if (ago := find_ago(manuscript, sentence, marked, duration)) is not None:
                yield ago
            if _AGO.match(marked.text[duration.end :]) or _in_row(marked, duration) or _rate(marked, duration):
                continue
            if _is_name(manuscript, marked, duration):
                continue
            if conditional(marked, duration) or _difference(marked, duration):
                continue
            rest, tied = find_left(chronicle, sentence, marked, duration, near)
            if tied:
                yield from () if rest is None else (rest,)
                continue
            told = (find_until, find_term, find_apart, find_before)
            slip = next((slip for find_told in told if (slip := find_told(chronicle, sentence, marked, duration))), None)
            slip = slip or find_due(manuscript, sentence, marked, duration)
            if slip is not None:
                yield slip
                continue
            slip = _beside_dates(manuscript, sentence, marked, duration, near, _Told(dated, every, opening))
            if slip is not None:
                yield slip
        if marked.dates:
            year = year_reached(marked.text, marked.dates, year)
            last = month_reached(marked.dates, last)
            before = [*before[-5:], (sentence, marked)]
            dated.append((sentence, marked))


@dataclass(frozen=True, slots=True)
class _Told:
    """The dated sentences of a text so far, all its dates, and those of its first paragraph with any."""

    dated: Iterable[tuple[Sentence, Marked]]
    every: list[WrittenDate]
    opening: list[WrittenDate]


def _beside_dates(
    manuscript: Manuscript,
    sentence: Sentence,
    marked: Marked,
    duration: Duration,
    near: list[tuple[Sentence, Marked]],
    told: _Told,
) -> Slip | None:
    """Return the slip of a duration by the first reading of its sentence that ties it to dates."""
    chronicle = chronicle_of(manuscript)
    slip, tied = find_between(recall_of(manuscript), sentence, marked, duration, near)
    if not tied:
        slip, tied = find_taken(chronicle, sentence, marked, duration)
    if tied:
        return slip
    slip, tied = find_counted(sentence, marked, duration, near, told.dated, told.every, told.opening)
    if not tied:
        slip, tied = find_spanned(manuscript, sentence, marked, duration, near)
    if not tied:
        slip = find_passage(manuscript, sentence, marked, duration)
    if slip is not None and _back_from_today(manuscript, marked, duration):
        slip = None
    if slip is not None and of_another(chronicle, sentence, duration, slip):
        slip = None
    slip = slip or find_by_event(chronicle, sentence, marked, duration)
    if slip is not None and _after_unnamed(marked, duration):
        slip = None if _borne_out(sentence, marked, duration, near) else slip
    slip = slip or find_after(chronicle, sentence, marked, duration, near)
    if slip is None and not planned(marked, duration) and not _led_on(marked, duration):
        slip = find_narrated(chronicle, sentence, marked, duration, near)
        slip = slip or find_closing(chronicle, sentence, marked, duration)
        slip = slip or find_alone(chronicle, sentence, marked, duration, near)
        slip = slip or find_named(chronicle, sentence, marked, duration)
        if not _both_ends(manuscript, marked, duration):
            slip = slip or find_apposed(chronicle, sentence, marked, duration, near)
        if slip is not None and _told_right(sentence, marked, duration, near, slip):
            slip = None
    if slip is not None and unrelated(manuscript, sentence, duration, slip):
        slip = None
    recalled, tied = find_recalled(manuscript, sentence, marked, duration)
    slip = (slip or recalled) if recalled is not None or not tied else None
    if slip is None and not tied:
        slip = find_held(manuscript, sentence, marked, duration)
        slip = slip or find_mentioned(manuscript, sentence, marked, duration)
        slip = slip or find_filled(manuscript, sentence, marked, duration)
    return slip


@cache
def _undated() -> re.Pattern[str]:
    times = rf"(?:{either('units')}|{either('seasons')}|{MONTH_PATTERN})"
    return re.compile(rf"(?<!\bof\s)\b(?:that|the\s(?:following|next|same|previous|coming))\s{times}\b", re.IGNORECASE)


def _led_on(marked: Marked, duration: Duration) -> bool:
    """Tell whether the clause of a time leads on from date to date in words that are not read: "closed the following July"."""
    clause = re.split(r"[;.]\s", marked.marks[: duration.start])[-1]
    return _undated().search(clause) is not None


# So many letters behind a time may say that both ends count.
_BESIDE: Final = 60


def _both_ends(manuscript: Manuscript, marked: Marked, duration: Duration) -> bool:
    """Tell whether the words of a time or those behind it say that its first and its last year both count."""
    said = marked.text[duration.start : duration.end + _BESIDE]
    return re.search(rf"\b{manuscript.words.alternatives('both-ends')}\b", said, re.IGNORECASE) is not None


def _told_right(
    sentence: Sentence, marked: Marked, duration: Duration, near: list[tuple[Sentence, Marked]], slip: Slip
) -> bool:
    """Tell whether the text has just told in another time what lies between the dates of a slip, which thus is not meant.

    "The war began in 431, fifteen years after the peace of 446. For ten years neither side ...": these are ten others.
    """
    told = [(each, other) for each, other in near if each.block == sentence.block]
    placed = {(each.start + date.start): date for each, other in [*told, (sentence, marked)] for date in other.dates}
    ends = [placed[start] for start, _ in slip.rests_on if start in placed]
    if len(ends) != 2:
        return False
    first, last = sorted(ends, key=lambda date: date.order)
    times = [each for _, other in told for each in other.durations]
    times += [each for each in marked.durations if each.end <= duration.start]
    return any(each.unit == duration.unit and not each.indefinite and each.fits(first, last) for each in times)


def _year_ahead(manuscript: Manuscript, sentence: Sentence) -> int:
    """Return the year of a day that is told before any year: the next of its paragraph; in a text without years, none known."""
    if not find_dates(manuscript.plain):
        return UNTOLD
    block = [each for each in manuscript.by_block.get(sentence.block, []) if each.index > sentence.index]
    return next((dates[0].year for each in block if (dates := find_dates(manuscript.sentence_text(each)))), 0)


def _rate(marked: Marked, duration: Duration) -> bool:
    """Tell whether a unit is that of a rate: "twice a year", "ten francs a month"."""
    said = marked.text[: duration.start]
    amount = re.search(rf"{ANY}\s$", marked.marks[: duration.start])
    return (
        duration.indefinite
        and (amount or re.search(r"\b(?:once|twice|thrice|times|[a-z]{2,}s)\s$", said)) is not None
        and (re.match(r"an?\s", marked.text[duration.start :]) is not None and _AFTER_VERB.search(said) is None)
    )


_QUOTES: Final = "\"'“”‘’«»"


def _is_name(manuscript: Manuscript, marked: Marked, duration: Duration) -> bool:
    """Tell whether a time is a name: the war of "seven years", or of seven years where the text has the Seven Years' War."""
    before, behind = marked.text[: duration.start], marked.text[duration.end :]
    if before[-1:] and behind[:1] and before[-1] in _QUOTES and behind[0] in _QUOTES:
        return True
    name = re.escape(marked.text[duration.start : duration.end].title())
    return before.endswith(" of ") and re.search(rf"\b{name}['’]?\s[A-Z]", manuscript.plain) is not None


# "lasts a year", "takes a month" are no rates
_AFTER_VERB: Final = re.compile(
    r"\b(?:lasts|takes|was|has|is|needs|spends|waits|runs|as|this|its|besides|less|perhaps|always|sometimes|across)\s$"
)


@cache
def _comparing() -> re.Pattern[str]:
    return re.compile(rf"\b{either('comparing')}\b[^.;:]{{0,40}}\bby\s$", re.IGNORECASE)


def _difference(marked: Marked, duration: Duration) -> bool:
    """Tell whether a time is the difference of two times: "the elder of the two by about four years"."""
    return _comparing().search(marked.text[: duration.start]) is not None


_ROW: Final = re.compile(
    rf"{DURATION}(?:,\s{DURATION})*,?\sand\s{DURATION}|\b(?:from|between)\s{DURATION}\s(?:to|and)\s{DURATION}"
)


def _in_row(marked: Marked, duration: Duration) -> bool:
    """Tell whether a time stands in a row of times, which are those of several things: "five years, seven years and three"."""
    return any(match.start() <= duration.start < match.end() for match in _ROW.finditer(marked.marks))


_BEFORE_NOW: Final = re.compile(r"^\s(?:before|earlier|previously)\s?(?:[,.;:)]|$)", re.IGNORECASE)


def _back_from_today(manuscript: Manuscript, marked: Marked, duration: Duration) -> bool:
    """Tell whether a time is counted back from when the text was written: "adopted on 3 May 2020, two years before"."""
    if not _BEFORE_NOW.match(marked.text[duration.end :]):
        return False
    now = WrittenDate(0, 0, manuscript.today.year, manuscript.today.month, manuscript.today.day)
    return any(date.end <= duration.start and duration.fits(date, now) for date in marked.dates)


_AFTER: Final = re.compile(
    r"^\s(?:after|before)\s(?:the|that|this|it|they|its|his|their)\b(?![^,;.]{0,60}\b1\d{3}\b)", re.IGNORECASE
)


def _after_unnamed(marked: Marked, duration: Duration) -> bool:
    """Tell whether a time is counted from a thing that has no date beside it: "three weeks after the initials"."""
    return _AFTER.match(marked.text[duration.end :]) is not None


def _borne_out(sentence: Sentence, marked: Marked, duration: Duration, near: list[tuple[Sentence, Marked]]) -> bool:
    """Tell whether any date of the paragraph so far, counted to one of the sentence, gives the duration."""
    told = [date for each, other in near if each.block == sentence.block for date in other.dates]
    exact = duration.days < YEAR / 2 or duration.number != int(duration.number)
    return any(
        duration.fits(*sorted((one, other), key=lambda date: date.order))
        for one in marked.dates
        for other in told
        if not exact or (one.month and other.month)
    )


CHECK = Check(
    CheckInfo(
        "duration-arithmetic",
        "error",
        "Durations that do not add up",
        "A reader who subtracts the years and gets another number stops trusting the others.",
    ),
    find,
)
