"""Finds dates that cannot all be right: an event dated twice, days that no calendar has, ends before beginnings."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.citations import without_citations
from verbale.review.dates import MONTH_PATTERN, WrittenDate, find_dates, find_spans
from verbale.review.manuscript import Manuscript

# Russia counted by the Julian calendar to 1918, others to 1923; up to then a weekday may be that of either. Before 1800
# days were 10 or 11 apart, and few texts name a weekday.
GREGORIAN_SINCE: Final = 1924
WEEKDAYS_SINCE: Final = 1800
# Years by which a text may stretch the life of a state: proclaimed before it was founded, named after it was gone.
TOLERANCE: Final = 2
_DAYS: Final = "|".join(calendar.day_name)
_WEEKDAY: Final = re.compile(rf"\b({_DAYS}),?\s(?:the\s)?(?=\d|{MONTH_PATTERN})", re.IGNORECASE)
_NO_DAY: Final = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({MONTH_PATTERN})|({MONTH_PATTERN})\.? "
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?!\d))(?:,? (1\d{{3}}|20\d{{2}}))?\b",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    r"^,?\s(?:(?:was|were|had been|being)\s)?(?:formally\s|finally\s|first\s)?(?:signed|concluded|"
    r"fought|held|agreed|adopted|proclaimed)?(?:\sat\s[A-Z]\w+|\sin\s[A-Z]\w+)?,?\s?(?:\(|of\s|in\s|"
    r"on\s)$"
)
_OTHER_ACT: Final = re.compile(
    r"\b(?:ratif|enter|force|effect|end|expir|denounc|abrogat|renew|revis|amend|extend|anniversar|since|until|after|before|again|publish|negotiat|violat|implement|enlarg|join|acced|celebrat|commemorat|began|begin|start|broke|outbreak|lifted|reinstat|suspend)",
    re.IGNORECASE,
)
_MADE: Final = re.compile(
    r"\b(?P<kind>[Pp]eace|[Tt]reaty|[Aa]rmistice|[Cc]onvention)(?:\streaty)?\swas\s(?:\w+ly\s)?(?:made|signed|concluded|agreed)\sat\s"
    r"(?P<place>[A-Z][\w-]+)\s(?:in|on)\s"
)
_FORMER_VERB: Final = (
    r"(?:\s(?:had|also|then|again|formally|officially|openly|quickly|publicly))*\s(?:signed|invaded|"
    r"attacked|occupied|annexed|recognised|recognized|declared|refused|offered|sent|sold|withdrew|"
    r"voted|agreed|joined|ratified|concluded|imposed|demanded|protested|condemned|supported|opened|"
    r"closed|supplied|delivered|concluded|announced|proposed|rejected|accepted|established|broke|"
    r"launched|bought|ceded|acquired|deployed|threatened|blockaded|mobilised|mobilized|negotiated|"
    r"vetoed|granted|lent|gave|seized)\b"
)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A named event with a date that the text gives it: offsets of name and date in the document."""

    name: str
    start: int
    end: int
    date: WrittenDate
    date_at: int
    last: WrittenDate | None = None


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each date that contradicts another one, the calendar, or the life of the state that acts."""
    for sentence in manuscript.prose:
        text = without_citations(manuscript, sentence)
        yield from _reversed(sentence, text)
        yield from _calendar(sentence, text)
        yield from _out_of_order(manuscript, sentence, text)
        yield from _out_of_life(manuscript, sentence, text)
    yield from _twice(manuscript)


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


def _out_of_order(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Find "signed in 1921 and ratified in 1919": what comes later with the same thing, dated earlier."""
    before, after = (manuscript.words.alternatives(name) for name in ("before-verbs", "after-verbs"))
    for match in re.finditer(
        rf"\bof\s(\d{{4}}),\s(?:which|that)\s(?:was\s|were\s|had\s|been\s)*({after})\sin\s(\d{{4}})\b", text
    ):
        if int(match[3]) < int(match[1]):
            message = f"“{match[2]}” ({match[3]}) lies before the thing itself ({match[1]})."
            yield Slip(sentence.start + match.start(1), sentence.start + match.end(), message)
    link = r"(?:\s(?:at|in)\s[A-Z]\w+)?\s(?:in|on)\s"
    for match in re.finditer(rf"\b({before})\b{link}", text, re.IGNORECASE):
        first = next((date for date in find_dates(text) if date.start == match.end()), None)
        if first is None:
            continue
        rest = text[first.end : first.end + 60]
        later = re.match(
            rf",?\s(?:(?:and|but|which|that|who)\s)?(?:\w+ly\s|only\s|it\s|was\s|were\s|had\s|has\s|been\s|already\s|not\s)*({after})\b{link}",
            rest,
            re.IGNORECASE,
        )
        last = next((date for date in find_dates(text) if later and date.start == first.end + later.end()), None)
        if later and last is not None and _earlier(last, first):
            start, end = sentence.start + match.start(), sentence.start + last.end
            message = (
                f"“{later[1]}” ({text[last.start : last.end]}) lies before “{match[1]}” ({text[first.start : first.end]})."
            )
            yield Slip(start, end, message)


def _earlier(one: WrittenDate, other: WrittenDate) -> bool:
    if one.year != other.year or not (one.month and other.month):
        return one.year < other.year
    return (one.month, one.day or 99) < (other.month, other.day or 0)


def _out_of_life(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Find a state that acts in a year in which it did not exist: "In 1997 the Soviet Union signed ..."."""
    dates = find_dates(text)
    years = {date.year for date in dates}
    if len(years) != 1 or re.search(rf"\b{manuscript.words.alternatives('former')}(?!\w)", text, re.IGNORECASE):
        return
    date = dates[0]
    if not re.search(r"\b(?:[Ii]n|[Oo]n|[Oo]f|[Dd]uring)\s(?:early\s|late\s)?$", text[: date.start]):
        return
    for mention in manuscript.vocabulary.actors.find(text):
        names = [name for name in mention.names if name.kind == "name" and not name.sector]
        lives = [life for code in {name.code: None for name in names} for life in _lives(manuscript, code, mention.text)]
        # "Sweden and Norway" was one kingdom and is two states
        if not lives or " and " in mention.text or not re.match(_FORMER_VERB, text[mention.end :]):
            continue
        gap = min(max(start - date.year, date.year - end, 0) for start, end in lives)
        if gap > TOLERANCE:
            start, end = lives[0]
            place = sentence.start + mention.start
            lived = f"{start}–{end}" if start else f"until {end}"
            message = f"In {date.year} there was no {mention.text} (it existed {lived})."
            at = sentence.start + date.start
            yield Slip(place, sentence.start + mention.end, message, ((at, sentence.start + date.end),))


def _lives(manuscript: Manuscript, code: str, words: str) -> list[tuple[int, int]]:
    """Return the years of the states that bore a name and are all gone; none if the name lives on."""
    lives = []
    for state in manuscript.vocabulary.states.all:
        if state.code == code and words.lower() in (name.lower() for name in (state.entity, *state.names)):
            if state.end is None:
                return []
            lives.append((state.start or 0, state.end))
    # "Syria" was a kingdom's name once and is a state's today: where any state of the code is called so now, it never went.
    present = {
        name.lower() for state in manuscript.vocabulary.states.all if state.end is None for name in (state.entity, *state.names)
    }
    return [] if any(words.lower() in name for name in present) else lives


def _twice(manuscript: Manuscript) -> Iterator[Slip]:
    """Find a treaty, battle or other named event that the text dates in two ways."""
    seen: dict[str, list[_Dated]] = {}
    for dated in _named(manuscript):
        others = seen.setdefault(re.sub(r"^peace of", "treaty of", dated.name.lower()), [])
        clash = next((each for each in others if _differ(each, dated)), None)
        if clash is not None and not any(not _differ(each, dated) for each in others):
            first, second = manuscript.text[clash.date_at : clash.end], manuscript.text[dated.date_at : dated.end]
            yield Slip(
                dated.start,
                dated.end,
                f"“{dated.name}” is dated {second.strip('()')} here and {first.strip('()')} before.",
                ((clash.start, clash.end),),
            )
        others.append(dated)


def _differ(one: _Dated, other: _Dated) -> bool:
    if one.last and other.last:
        return (one.date.year, one.last.year) != (other.date.year, other.last.year)
    if one.last or other.last:
        span, point = (one, other) if one.last else (other, one)
        return not span.date.year <= point.date.year <= (span.last.year if span.last else 0)
    first, second = one.date, other.date
    if first.year != second.year:
        return True
    if first.month and second.month and first.month != second.month:
        return True
    return bool(first.day and second.day and first.month and second.month and first.day != second.day)


def _named(manuscript: Manuscript) -> Iterator[_Dated]:
    # "the treaty of Breda": the kind may be written small where a name follows it
    small = "|".join(re.escape(name.lower()) for name in manuscript.words.lists["instruments"])
    kinds, many = manuscript.words.alternatives("instruments"), manuscript.words.alternatives("many-named")
    words = r"[A-Z][\w'-]+(?:[\s–-][A-Z][\w'-]+){0,3}"
    name = re.compile(
        rf"\b(?:(?P<of>(?:First |Second |Third )?(?:{kinds}|{small})\sof\s(?:the\s)?{words})|(?P<kind>(?!The\b|This\b|"
        rf"In\b|After\b|Under\b){words}\s{kinds})(?!\sof\b))"
    )
    places = re.compile(rf"\b{many}\b")
    for sentence in manuscript.prose:
        text = manuscript.sentence_text(sentence)
        for match in _MADE.finditer(text):
            made = next((each for each in find_dates(text) if each.start == match.end()), None)
            if made is not None and not places.search(match["place"]):
                yield _Dated(
                    f"{match['kind'].capitalize()} of {match['place']}",
                    sentence.start + match.start(),
                    sentence.start + made.end,
                    made,
                    sentence.start + made.start,
                )
        dates, spans = find_dates(text), {span.first.start: span for span in find_spans(text)}
        for match in name.finditer(text):
            ordinal = re.search(r"\b(?:First|Second|Third|Fourth|Fifth)\s$", text[: match.start()])
            if places.search(_called(match)) and not re.match(r"(?:First|Second|Third)\b", match[0]) and not ordinal:
                continue
            date = next((each for each in dates if each.start >= match.end()), None)
            called = (ordinal[0] if ordinal else "") + re.sub(r"^The\s", "", match[0])
            if date is not None and _SIGNED.match(text[match.end() : date.start]):
                span = spans.get(date.start)
                end = span.end if span else date.end
                if not _OTHER_ACT.search(text[match.end() : date.start]) and not re.match(r"\s?(?:BC|B\.C\.)", text[end:]):
                    yield _Dated(
                        called,
                        sentence.start + match.start(),
                        sentence.start + end,
                        date,
                        sentence.start + date.start,
                        span.last if span else None,
                    )
            elif (done := _signed_before(text, match, dates)) is not None:
                yield _Dated(
                    called, sentence.start + match.start(), sentence.start + done.end, done, sentence.start + done.start
                )


def _called(match: re.Match[str]) -> str:
    """Return what tells one treaty or battle from others: the words after "of", or those before the kind."""
    return match["of"].partition(" of ")[2] if match["of"] else match["kind"].rpartition(" ")[0]


def _signed_before(text: str, match: re.Match[str], dates: tuple[WrittenDate, ...]) -> WrittenDate | None:
    """Return the date of "signed the Treaty of X on DATE", where the name follows the verb and one date follows the name."""
    if not re.search(
        r"\b(?:signed|concluded|fought|won|lost|sign|signing of|signature of)\s(?:the\s)?$", text[: match.start()]
    ):
        return None
    date = next((each for each in dates if each.start >= match.end()), None)
    if date is None or not re.fullmatch(r"(?:\s(?:at|in|near)\s[A-Z][\w-]+)?,?\s(?:in|on)\s", text[match.end() : date.start]):
        return None
    return date


CHECK = Check(
    CheckInfo(
        "date-conflict",
        "error",
        "Dates that contradict each other",
        "Two dates for one event, a day that no calendar has, or an act of a state that was no more: one of them is wrong.",
    ),
    find,
)
