"""Checks durations against the years beside them: "a ten-year delay" next to 2007 and 2016.

Three ways in which a text gives both: a span in the same clause ("the ten-year war (1980–1988)"), a date reached by counting
("in 1946 ...; three years later, in 1950"), and years in the passage that a duration sums up (a heading over its section).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip, Span
from verbale.review.citations import without_citations
from verbale.review.dates import MONTH_PATTERN, WrittenDate, WrittenSpan, find_dates, find_spans
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import NUMBER_PATTERN, value, words

# Years in a unit, and by how many units a count in it may be rounded: a decade or century is seldom meant to the year.
_UNITS: Final[dict[str, tuple[float, float]]] = {"year": (1, 0), "decade": (10, 3), "century": (100, 15), "month": (1 / 12, 0)}
_SHARES: Final = {"a half": 0.5, "a quarter": 0.25, "three quarters": 0.75}
_HALF_MONTHS: Final = 7  # with months given, "two years" may be up to so many months more or less
_DURATION: Final = re.compile(
    rf"\b(?P<about>about|around|some|roughly|approximately|nearly|almost|over|more than|less than|at "
    rf"least|under|well over|just over|just under|close to|up to|"
    rf"fewer than|not quite|barely|a good|a full|an estimated)?\s?\b(?P<number>{NUMBER_PATTERN}|half "
    rf"an?|an?)(?:\s(?:full|long|whole|more|bitter|bloody|hard|difficult|further|other))?"
    r"[\s-](?:of\s)?(?P<unit>years?|decades?|centur(?:y|ies)|months?)(?:'|'s)?(?P<more>\sand\s(?:a\shalf|a\squarter|three\squarters))?(?P<long>[\s-]long)?\b(?![\s-]olds?\b)",
    re.IGNORECASE,
)
_DAYS: Final = re.compile(
    rf"(?P<about>\b(?:about|some|nearly|almost|over|more than|less than)\s)?\b(?P<number>{NUMBER_PATTERN})[\s-]"
    rf"(?P<unit>days?|weeks?)\b[^.;:()\d]{{0,30}}?(?:\(|,\s|\s)(?:from\s)?"
    rf"(?P<d1>\d{{1,2}})(?:\s(?P<m1>{MONTH_PATTERN}))?(?:\sto\s|\suntil\s|\s?[–-]\s?)"
    rf"(?P<d2>\d{{1,2}})\s(?P<m2>{MONTH_PATTERN})\b",
    re.IGNORECASE,
)
_LATER: Final = re.compile(r"^\s(?:later|afterwards?|on|earlier|before(?=[,;.])|after(?=[,;.])|thereafter)\b", re.IGNORECASE)
_AFTER_EVENT: Final = re.compile(r"^\s(?:after|before|following|since|prior to)\s(?!that|this|these|which)", re.IGNORECASE)
_AGO: Final = re.compile(r"^\s(?:ago|old|of age|hence)\b", re.IGNORECASE)
_TARGET: Final = re.compile(
    r"^,?\s?\(?(?:that is,?\s|i\.e\.,?\s)?(?:only\s|finally\s)?(?:in|on|by)?\s?(?:early\s|late\s|mid-)?$", re.IGNORECASE
)
_LASTING: Final = re.compile(
    r"\b(?:last(?:ed|ing|s)|took|taken|wait(?:ed|ing)?|after|for|span(?:ned|ning)|dragged on|"
    r"continued|went on|went by|passed|during|over|within|elapsed)\s$",
    re.IGNORECASE,
)
_APART: Final = re.compile(r"^(?:after|before|following|since|despite|until|as early as)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Duration:
    """A duration as written: offsets in its sentence, how many of which unit, in years, and how exactly it is meant."""

    start: int
    end: int
    number: float
    unit: str
    about: str
    noun: str
    attributive: bool

    @property
    def years(self) -> float:
        return self.number * _UNITS[self.unit][0]

    def fits(self, first: WrittenDate, last: WrittenDate) -> bool:
        """Tell whether the time between two dates is what the duration says, as exactly as both are written."""
        if self.unit == "month":
            if first.month is None or last.month is None:
                return True  # years alone do not tell months
            return abs(last.months - first.months - self.number) <= (1 if not self.about else 3)
        passed: float = last.year - first.year
        slack = _UNITS[self.unit][1]
        if first.month is not None and last.month is not None and self.unit == "year":
            passed, slack = (last.months - first.months) / 12, _HALF_MONTHS / 12
        if self.about:
            slack = max(slack, 1, self.years * 0.15)
        if self.about in ("over", "more than", "at least", "well over", "just over", "a good"):
            return self.years - 0.1 <= passed <= self.years + max(slack, self.years * 0.5)
        return abs(passed - self.years) <= slack + 1e-9


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each duration that none of the years beside it bears out."""
    nouns = manuscript.words.alternatives("duration-nouns")
    planned = manuscript.words.alternatives("planned-nouns")
    for sentence in manuscript.all_prose:
        text = without_citations(manuscript, sentence)
        yield from _days(sentence, text)
        durations = list(_durations(text, nouns, planned))
        if not durations:
            continue
        spans = [span for span in find_spans(text) if span.first.year <= span.last.year]
        for duration in durations:
            if _AGO.match(text[duration.end :]) or duration.number == 0:
                continue
            slip = _counted(manuscript, sentence, text, duration) or _spanned(sentence, text, duration, spans)
            if slip is None and duration.noun and not _LATER.match(text[duration.end :]):
                slip = _summed_up(manuscript, sentence, text, duration)
            if slip is not None:
                yield slip


def _days(sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "the ten days of talks (31 August to 23 September)"; both ends may count, or neither."""
    for match in _DAYS.finditer(text):
        number = value(match["number"]) * (7 if match["unit"].lower().startswith("week") else 1)
        first, last = (
            find_dates(f"{match[day]} {match[month] or match['m2']} 2001") for day, month in (("d1", "m1"), ("d2", "m2"))
        )
        if not first or not last or not (first[0].day and first[0].month and last[0].day and last[0].month):
            continue
        try:
            begin, end = (datetime.date(2001, each[0].month or 1, each[0].day or 1) for each in (first, last))
        except ValueError:
            continue
        passed = (end - begin).days % 365
        slack = 3 if match["unit"].lower().startswith("week") else 1
        if abs(passed - number) > max(slack, 0.15 * number if match["about"] else 0):
            said = f"{match['number']} {match['unit']}"
            message = f"The text says “{said}”, but from {begin:%-d %B} to {end:%-d %B} it is {words(passed)} days."
            yield Slip(sentence.start + match.start("number"), sentence.start + match.end("unit"), message)


def _durations(text: str, nouns: str, planned: str) -> Iterator[_Duration]:
    for match in _DURATION.finditer(text):
        number, unit = match["number"].lower(), match["unit"].lower()
        unit = "century" if unit.startswith("centur") else unit.rstrip("s")
        if number in ("a", "an") and unit in ("year", "month"):
            continue
        if match["unit"][0].isupper() and (text[match.end() : match.end() + 1] == "'" or "'" in match[0]):
            continue  # the Hundred Years' War: a name
        amount = 0.5 if number.startswith("half") else 1.0 if number in ("a", "an") else float(value(number))
        amount += _more(match["more"])
        if amount > (1000 if unit == "year" else 200):
            continue
        hyphen = "-" in match[0][match.start("number") - match.start() + len(number) :] or match["unit"].lower() in (
            "year",
            "month",
        )
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        about, noun = (match["about"] or "").lower(), _noun(text, match, nouns, planned)
        yield _Duration(start, match.end(), amount, unit, about, noun, hyphen)


def _more(words_of: str | None) -> float:
    """Return what "and a half" adds to the count of a unit."""
    return next((share for name, share in _SHARES.items() if words_of and words_of.endswith(name)), 0.0)


def _noun(text: str, match: re.Match[str], nouns: str, planned: str) -> str:
    """Return the noun that a duration measures ("ten-year delay", "a delay of ten years"), empty for plans and for none."""
    after = re.match(rf"(?:\s|-)(?:of\s)?(?:[\w'-]+\s){{0,3}}?({nouns})\b", text[match.end() : match.end() + 60], re.IGNORECASE)
    if re.match(rf"\s(?:of\s)?(?:[\w'-]+\s){{0,2}}?{planned}\b", text[match.end() : match.end() + 50], re.IGNORECASE):
        return ""
    before = re.search(
        rf"\b({nouns})\s(?:of|for|lasting|that lasted|which lasted|lasted)\s$",
        text[max(0, match.start() - 40) : match.start() + len(match[0]) - len(match[0].lstrip())],
        re.IGNORECASE,
    )
    found = after or before
    return found[1].lower() if found else ""


def _counted(manuscript: Manuscript, sentence: Sentence, text: str, duration: _Duration) -> Slip | None:
    """Check "N years later, in Y" against the years named before it."""
    later = _LATER.match(text[duration.end :])
    dates = find_dates(text)
    if later:
        end = duration.end + later.end()
        target = next((date for date in dates if date.start >= end and _TARGET.match(text[end : date.start])), None)
        if target is None:  # "In 1950, three years later, ..."
            target = next(
                (
                    date
                    for date in dates
                    if date.end <= duration.start and re.fullmatch(r",?\s(?:only\s|just\s)?", text[date.end : duration.start])
                ),
                None,
            )
        anchors = [(sentence.start, date) for date in dates if date.end <= duration.start and date is not target]
        if not anchors:
            before = _dated_before(manuscript, sentence)
            anchors = [(before.start, date) for date in find_dates(without_citations(manuscript, before))] if before else []
        earlier = later[0].strip().lower() in ("earlier", "before")
    else:
        event = _AFTER_EVENT.match(text[duration.end :])
        if not event or len(dates) != 2:
            return None
        anchor = next((date for date in dates if date.start > duration.end and date.start - duration.end < 90), None)
        if anchor is None or re.search(r"[,;:]\s", text[duration.end : anchor.start]):
            return None
        target = dates[1] if anchor is dates[0] else dates[0]
        anchors = [(sentence.start, anchor)]
        earlier = event[0].strip().lower() in ("before", "prior to")
    if target is None or not anchors:
        return None
    pairs = [(at, (target, date) if earlier else (date, target)) for at, date in anchors]
    if any(duration.fits(*pair) for _, pair in pairs):
        return None
    at, (first, last) = pairs[-1]
    if last.year <= first.year:
        return None  # the count starts from something else
    anchor_date = anchors[-1][1]
    return _slip(
        sentence, duration, first, last, ((at + anchor_date.start, at + anchor_date.end), _span_of(sentence, target)), text
    )


def _spanned(sentence: Sentence, text: str, duration: _Duration, spans: list[WrittenSpan]) -> Slip | None:
    """Check a duration against the span in its own clause, or against two years that its noun or verb ties it to."""
    if _LATER.match(text[duration.end :]) or _AFTER_EVENT.match(text[duration.end :]):
        return None
    plan = not duration.noun and duration.attributive
    close = [span for span in spans if _tied(text, duration, span)]
    if close:
        if any(duration.fits(span.first, span.last) for span in spans):
            return None
        span = min(close, key=lambda each: abs(each.start - duration.start))
        # a plan or term of five years names its first and last year: 1928-1932
        if plan and 0 <= duration.years - (span.last.year - span.first.year) <= 1:
            return None
        return _slip(
            sentence, duration, span.first, span.last, ((sentence.start + span.start, sentence.start + span.end),), text
        )
    dates = find_dates(text)
    tied = duration.noun or _LASTING.search(text[: duration.start])
    if len({date.year for date in dates}) != 2 or not tied or spans:
        return None
    first, last = sorted(dates, key=lambda date: (date.year, date.month or 0))[:: len(dates) - 1][:2]
    if duration.fits(first, last) or (plan and not _LASTING.search(text[: duration.start])):
        return None
    if re.search(r"\b(?:again|renewed|another|a second|followed|announced|imposed|agreed)\b", text):
        return None  # the duration may be that of something else
    return _slip(sentence, duration, first, last, (_span_of(sentence, first), _span_of(sentence, last)), text)


def _tied(text: str, duration: _Duration, span: WrittenSpan) -> bool:
    """Tell whether a duration and a span stand in one clause, or the span in brackets or commas right beside it."""
    if span.start >= duration.end:
        between = text[duration.end : span.start]
    elif span.end <= duration.start:
        between = text[span.end : duration.start]
        opening = text[max(0, text.rfind(",", 0, span.start) + 1) : span.start].strip()
        if _APART.match(opening) and "," in between:
            return False
    else:
        return False
    # two names joined by "and" are not two clauses
    between = re.sub(r",? (?:that is|i\.e\.|in other words),? ", " ", between)
    between = re.sub(r"(?<![a-z])([A-Z][\w'-]*) and (?=[A-Z])", r"\1 ", between)
    if (
        len(between) > 70
        or re.search(r"[;:.]\s|\b(?:and|but|while|then|which|followed|before|after|until|since)\b", between)
        or find_dates(between)
    ):
        return False
    return between.count(",") <= 1


def _summed_up(manuscript: Manuscript, sentence: Sentence, text: str, duration: _Duration) -> Slip | None:
    """Check a duration in a heading against the years of its section, "the ten-year delay" against those of its paragraph."""
    if find_dates(text):
        return None
    if sentence.kind == "heading":
        near = _section(manuscript, sentence)
    elif (
        re.search(r"\b(?:the|this|that|its|their|his|her|such an?)\s(?:\w+\s)?$", text[: duration.start], re.IGNORECASE)
        and duration.attributive
    ):
        near = manuscript.by_block.get(sentence.block, [])
    else:
        return None
    dates = [(each, date) for each in near for date in find_dates(manuscript.sentence_text(each))]
    years = sorted({date.year for _, date in dates})
    if len(years) < 2 or duration.unit == "month":
        return None
    by_year = {date.year: (each, date) for each, date in reversed(dates)}
    pairs = [(by_year[first], by_year[last]) for at, first in enumerate(years) for last in years[at + 1 :]]
    if any(duration.fits(first[1], last[1]) for first, last in pairs):
        return None
    closest = min(pairs, key=lambda pair: (abs(pair[1][1].year - pair[0][1].year - duration.years), pair[0][1].year))
    (one, first), (two, last) = closest
    # far from every pair, the duration is that of something the passage does not date
    if abs(last.year - first.year - duration.years) > max(2, 0.4 * duration.years):
        return None
    return _slip(sentence, duration, first, last, (_span_of(one, first), _span_of(two, last)), text)


def _section(manuscript: Manuscript, heading: Sentence) -> list[Sentence]:
    """Return the sentences between a heading and the next one."""
    blocks = manuscript.document.blocks
    end = next((index for index in range(heading.block + 1, len(blocks)) if blocks[index].kind == "heading"), len(blocks))
    return [sentence for index in range(heading.block + 1, end) for sentence in manuscript.by_block.get(index, ())]


def _dated_before(manuscript: Manuscript, sentence: Sentence) -> Sentence | None:
    """Return the nearest sentence before it that has a date, in its paragraph or the one before."""
    near = [each for block in (sentence.block - 1, sentence.block) for each in manuscript.by_block.get(block, [])]
    near = [each for each in near if each.end <= sentence.start]
    return next((each for each in reversed(near) if find_dates(without_citations(manuscript, each))), None)


def _span_of(sentence: Sentence, date: WrittenDate) -> Span:
    return sentence.start + date.start, sentence.start + date.end


def _slip(
    sentence: Sentence, duration: _Duration, first: WrittenDate, last: WrittenDate, rests: tuple[Span, ...], text: str
) -> Slip:
    years = last.year - first.year
    if duration.unit == "month" or (first.month and last.month and duration.unit == "year"):
        months = last.months - first.months
        passed = f"{words(months)} months" if months < 24 else f"{words(months // 12)} years and {words(months % 12)} months"
    else:
        passed = f"{words(years)} year{'' if years == 1 else 's'}"
    said = text[duration.start : duration.end].strip()
    lead = len(text[duration.start : duration.end]) - len(text[duration.start : duration.end].lstrip())
    message = f"The text says “{said}”, but from {first.year} to {last.year} it is {passed}."
    return Slip(sentence.start + duration.start + lead, sentence.start + duration.end, message, rests)


CHECK = Check(
    CheckInfo(
        "duration-arithmetic",
        "error",
        "Durations that do not add up",
        "A reader who subtracts the years and gets another number stops trusting the others.",
    ),
    find,
)
