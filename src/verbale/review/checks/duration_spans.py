"""Durations beside the span that they measure, or beside the beginning and the end of what they measure."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, birth, plausible, tell
from verbale.review.chronicle import Chronicle, chronicle_of
from verbale.review.dates import WrittenDate, WrittenSpan, find_spans
from verbale.review.duration_words import either
from verbale.review.durations import Duration
from verbale.review.manuscript import Manuscript
from verbale.review.marking import COUNT, DATE, DURATION, Marked
from verbale.review.time_words import load_time_words

_LASTING: Final = re.compile(
    r"\b(?:last(?:ed|ing|s)?|took|taken|taking|wait(?:ed|ing)?|after|for|span(?:ned|ning|s)?|dragged\son|continued|went\son|gone\son|"
    r"went\sby|passed|during|over|within|elapsed|in|ran|run|running|stood|endured|ruled|reigned|governed|served|occupied|"
    r"makes?|made|with\s(?:it|them)|remained|lived|held|survived|spent|of|stretch(?:ed|ing)|cover(?:ed|ing|s)?|all|persisted|kept|throughout|need(?:ed|ing)?)\s(?:fully\s|only\s|just\s)?$",
    re.IGNORECASE,
)
_STRONG: Final = re.compile(
    r"\b(?:last(?:ed|ing|s)?|took|taken|dragged\son|continued|went\son|gone\son|ran|stood|endured|ruled|reigned|governed|"
    r"served|persisted|spanned|spanning|elapsed|remained|survived|would\smake|makes|make|amounts?\sto|comes?\sto|came\sto|"
    r"(?:for|after|only|within)\s?)"
    r"\s(?:fully\s|only\s|just\s|for\s|some\s|a\stotal\sof\s)*$",
    re.IGNORECASE,
)
_APART: Final = re.compile(r"^(?:after|before|following|since|despite|until|as early as)\b", re.IGNORECASE)
# What is granted or planned may begin and end outside the dates that the text names.
GRANTED: Final = re.compile(
    rf"\b(?:{either('granted')}|{either('granting')}(?:\sof\s\d{{3,4}}\s(?:ran|was|were))?)\s"
    r"(?:again\s|only\s)?for\s(?:only\s|another\s|some\s)?$",
    re.IGNORECASE,
)
_ANOTHER: Final = re.compile(
    r"\b(?:each|every|again|renewed|another|a second|followed|announced|imposed|agreed|granted|promised|"
    r"planned|proposed|demanded|offered|"
    r"asked|would(?!\smake)|should|will|shall|sentenced|extended|leased|lease|valid|ago)\b",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(
    rf"\b(?:(?:until|till)\s(?:[^.;:,]{{0,60}}?\s)?"
    rf"|(?:up\sto|to|ending\sin|ended\sin|and\sended\sin|ended\sonly\sin|before\sending\sin)\s(?:\w+\s)?)({DATE})",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(
    rf"\b(?:since(?:\sthe\s[\w\s-]{{2,30}}?\s(?:of|in))?|from|beginning\sin|starting\sin|begun\sin|began\sin|dating\sfrom|as\sof)\s(?:(?:early|late)\s)?({DATE})",
    re.IGNORECASE,
)
_FOLLOWS_SINCE: Final = re.compile(
    r"^\s(?:(?:that\s)?(?:(?:had|have)\s)?(?:now\s|thus\s)?(?:passed|elapsed|gone\sby)\s)?since\s", re.IGNORECASE
)
# Shorter times are those of something that the dates around them do not tell, unless these name days.
_LEAST: Final = 0.5
_AT_END: Final = 3
# With months told, a time so many times as long or as short is that of something else.
_FACTOR: Final = 2.5
_NEXT_CLAUSE: Final = re.compile(r"[;:.]\s|,\s(?:and\s)?(?:so|but|which|while|where|who|when|it|they|he|she)\s")
# So many letters around a duration may say that both ends count.
_BESIDE: Final = 25
Near = list[tuple[Sentence, Marked]]


# "bound Bolivia not to raise its taxes for": a duty, which begins only
_BOUND: Final = re.compile(r"\b(?:not|never)\sto\s[a-z]+\b[^.;:,]{0,60}$")


@cache
def _meant() -> re.Pattern[str]:
    """Return "was to last", "meant to run": a time that was fixed or thought of and need not have passed."""
    return re.compile(rf"\b{either('meant')}\s(?:[a-z]+\s){{1,3}}$", re.IGNORECASE)


@cache
def _onward() -> re.Pattern[str]:
    """Return "at which it stood for": a time that begins where its sentence has arrived, and whose end is told elsewhere."""
    return re.compile(
        rf"\b{either('onward')}\s(?!(?:[\w'’-]+\s){{0,3}}(?:had|has|have)\b)(?:[\w'’-]+\s){{1,4}}(?:for\s)?$", re.IGNORECASE
    )


@cache
def _run_out() -> re.Pattern[str]:
    """Return ", that is from 1991": the date at which a time has run out, whose beginning is told elsewhere."""
    return re.compile(
        rf",?\s\(?{either('reckoning')},?\s(?:only\s)?(?:from|as\sfrom|as\sof|since|after)\s(?:the\s[a-z]+\sof\s)?{DATE}"
    )


@cache
def _on_condition() -> re.Pattern[str]:
    """Return "could be revised once it had been in force for": a time on which a right depends."""
    right, clause = either("rights"), either("conditions")
    return re.compile(
        rf"\b{right}\s[^.;]{{0,80}}?\b{clause}\s(?:[\w'’-]+\s){{1,4}}(?:has|have|had)\s(?:\w+\s){{0,5}}$", re.IGNORECASE
    )


@cache
def _prior() -> re.Pattern[str]:
    """Return ", and before the first of them they had been allies for": a time that ended before the dates of the sentence."""
    return re.compile(rf"(?:^|[,;]\s)(?:and\s|but\s)?{either('prior')}\s(?![^,;]*\d)[^,;]*\b(?:had|'d)\s[^,;]*$", re.IGNORECASE)


def planned(marked: Marked, duration: Duration) -> bool:
    """Tell whether a time was only fixed or thought of ("was to run for thirty years and ran for half of them"), or goes on."""
    return any(pattern.search(marked.text[: duration.start]) for pattern in (_meant(), _onward(), _BOUND))


def conditional(marked: Marked, duration: Duration) -> bool:
    """Tell whether a time is one after which something may be done, told by its end or not at all."""
    run_out = _run_out().match(marked.marks[duration.end :])
    said = marked.text[: duration.start]
    return run_out is not None or any(pattern().search(said) for pattern in (_on_condition, _prior))


def find_spanned(
    manuscript: Manuscript, sentence: Sentence, marked: Marked, duration: Duration, near: Near
) -> tuple[Slip | None, bool]:
    """Return the slip of a duration that a span of dates contradicts, and whether any span is tied to it."""
    text = marked.text
    if re.search(r"\b(?:each|every|apiece)\s(?:of\s|for\s|lasting\s)?$", text[: duration.start], re.IGNORECASE):
        return None, True
    noun, planned = _nouns(manuscript, text, duration)
    spans = [each for each in find_spans(text, near[-1][1].dates[-1].year if near else 0) if each.first.year <= each.last.year]
    close = [span for span in spans if _tied(text, duration, span)]
    if (
        not close
        and len(spans) == 1
        and spans[0].end <= duration.start
        and re.search(r"\b(?:those|these)\s$", text[: duration.start])
    ):
        close = spans  # "from 18 to 24 April ..., and for those twelve days"
    beside = text[max(0, duration.start - _BESIDE) : duration.end + _BESIDE]
    both_ends = rf"\b{manuscript.words.alternatives('both-ends')}\b"
    counted = planned or (duration.attribute and not noun) or re.search(both_ends, beside, re.IGNORECASE) is not None
    if close:
        between = " ".join(text[span.first.end : span.last.start] for span in spans)
        counted = counted or re.search(both_ends, between, re.IGNORECASE) is not None
        if any(_bears(duration, span.first, span.last, inclusive=counted) for span in spans):
            return None, True
        span = min(close, key=lambda each: abs(each.start - duration.start))
        return tell(sentence, text, duration, (sentence.start, span.first), (sentence.start, span.last)), True
    if duration.indefinite and not duration.attribute:
        return None, False
    slip = _ends(sentence, marked, duration, near) or _lasted(manuscript, sentence, marked, duration, near)
    if slip is not None or spans:
        return slip, slip is not None or bool(spans)
    slip = _two_dates(manuscript, sentence, marked, duration, noun=noun, planned=planned)
    told = [date for each, other in near if each.block == sentence.block for date in other.dates]
    if slip is not None and any(
        _bears(duration, one, other, inclusive=False) for one in told for other in marked.dates if one.year <= other.year
    ):
        slip = None  # "he lived there for twelve years, came back in 1982 and died in 2011": counted from what was told before
    return slip, len(marked.dates) > 1


def _bears(duration: Duration, first: WrittenDate, last: WrittenDate, *, inclusive: bool) -> bool:
    # days and months are counted with both ends as often as without
    both = inclusive or duration.unit in ("day", "month") or _precise(first, last)
    return duration.fits(first, last) or (both and duration.fits(first, last, inclusive=True))


def _precise(first: WrittenDate, last: WrittenDate) -> bool:
    return bool(first.day and last.day)


def _ends(sentence: Sentence, marked: Marked, duration: Duration, near: Near) -> Slip | None:
    """Check "ran for fifty years, until 1941" and "had ruled for ten years since 1950" against the date of the other end."""
    marks = marked.marks
    since = _FOLLOWS_SINCE.match(marks[duration.end :])
    until, from_ = _UNTIL.search(marks, duration.end), _SINCE.search(marks, duration.end)
    if since is None and not _STRONG.search(marked.text[: duration.start]):
        return None
    if re.search(rf"\b{either('rights')}\s(?:[a-z]+\s){{1,3}}$", marked.text[: duration.start]):
        return None  # thought to last
    reached = until if until and _in_clause(marks, duration, until.start()) else None
    begun = from_ if from_ and _in_clause(marks, duration, from_.start()) else None
    if (reached is None) == (begun is None) or (begun and _meant().search(marked.text[: duration.start])):
        return None  # what "was to run for twenty-five years from 1699" ended when it ended
    match = reached or begun
    if match is None:
        return None
    one = next(date for date in marked.dates if date.start == match.start(1))
    others: list[Placed] = [(sentence.start, date) for date in marked.dates if date is not one]
    if not others:
        step = _step(marked, duration)
        others = [(each.start, replace(date, year=date.year + step)) for each, other in near[-1:] for date in other.dates]
    if not others:
        return None
    placed: Placed = (sentence.start, one)
    known = [date for _, other in near for date in other.dates] + [date for _, date in others]
    if any(_bears(duration, *((date, one) if reached else (one, date)), inclusive=False) for date in known):
        return None
    pairs = [((other, placed) if reached else (placed, other)) for other in others]
    pairs = [(first, last) for first, last in pairs if first[1].year <= last[1].year]
    if not pairs or any(_bears(duration, first[1], last[1], inclusive=False) for first, last in pairs):
        return None
    first, last = pairs[-1]
    far = first[1].year < 0 < last[1].year and not plausible(duration, first[1], last[1], factor=_FACTOR)
    return (
        None  # across the eras a text may have years that are not read as such ("in 66")
        if far or (first[1].year == last[1].year and duration.unit == "year")
        else tell(sentence, marked.text, duration, first, last)
    )


def _step(marked: Marked, duration: Duration) -> int:
    """Return by how many years "four years afterwards" at the head of a sentence leads on from the date told last."""
    for each in marked.durations:
        shift = load_time_words().shift.match(marked.text, each.end)
        if each.end <= duration.start and each.unit == "year" and shift is not None:
            return round(each.number) * (-1 if shift["earlier"] else 1)
    return 0


_TOLD: Final = re.compile(
    r"\b(?:last(?:ed)?|took|taken|dragged\son|continued|gone\son|went\son|stood|endured)\s(?:for\s|only\s|just\s)*$",
    re.IGNORECASE,
)
_GAP: Final = re.compile(
    r"\bafter\s(?:an?|the)\s(?:[a-z]+\s)?(?:gap|break|pause|interval|lapse|silence|absence|interruption|suspension|stoppage|wait|"
    r"delay|standstill|freeze)\sof\s$",
    re.IGNORECASE,
)
_THOSE: Final = re.compile(r"\b(?:those|these)\s$", re.IGNORECASE)


def _lasted(manuscript: Manuscript, sentence: Sentence, marked: Marked, duration: Duration, near: Near) -> Slip | None:
    """Check "it had lasted for seven years" at the end that its sentence dates, "for those five months" of a span."""
    if not near or (near[-1][0].index != sentence.index - 1 and near[-1][0].block != sentence.block):
        return None
    if planned(marked, duration):
        return None
    gap = _GAP.search(marked.text[: duration.start])
    if len(marked.dates) == 1 and duration.years >= _LEAST and (gap or _TOLD.search(marked.text[: duration.start])):
        end = (sentence.start, marked.dates[0])
        starts = [(each.start, date) for each, other in near[-2:] for date in other.dates if date.year <= end[1].year]
        passed = [end[1].year - date.year for _, date in starts]
        if not starts or any(_bears(duration, date, end[1], inclusive=False) for _, date in starts):
            return None
        if gap:  # what had stopped is told in the sentence before, and took up again at the one date of this one
            return tell(sentence, marked.text, duration, starts[-1], end) if len(near[-1][1].dates) == 1 else None
        if min(abs(each - duration.years) for each in passed) <= max(2, 0.45 * duration.years):
            return tell(sentence, marked.text, duration, starts[-1], end)
        return None
    before, other = near[-1]
    between = re.match(
        r"\s(?:between|that\slay\sbetween|which\slay\sbetween|that\sseparated?|which\sseparated?|separating|in\sbetween)\b",
        marked.text[duration.end :],
    )
    if marked.dates or not (between or _THOSE.search(marked.text[: duration.start])) or duration.attribute:
        return None
    spans = find_spans(other.text)
    ended = rf"\b{manuscript.words.alternatives('after-verbs')}\b"
    exact = all(date.month for date in other.dates) and re.search(ended, other.text, re.IGNORECASE)
    if not spans and len(other.dates) == 2 and (duration.years >= 1 or exact):
        spans = (WrittenSpan(0, 0, *sorted(other.dates, key=lambda date: date.order)),)
    if len(spans) != 1 or any(_bears(duration, each.first, each.last, inclusive=True) for each in spans):
        return None
    return tell(sentence, marked.text, duration, (before.start, spans[0].first), (before.start, spans[0].last))


def _in_clause(marks: str, duration: Duration, at: int) -> bool:
    between = marks[duration.end : at]
    # "for fifty years it was given grants for fifteen, until 2009": another time ends there
    turns = rf"[;:.]\s|\b(?:and|but|while|which|who)\b|{DURATION}|\bfor\s{COUNT}|,\s+[a-z]+ed\b"
    return len(between) < 60 and re.search(turns, between) is None


def _two_dates(
    manuscript: Manuscript, sentence: Sentence, marked: Marked, duration: Duration, *, noun: str, planned: bool
) -> Slip | None:
    """Check a duration against the only two dates of its sentence, where a noun or a verb ties it to time that passed."""
    text = marked.text
    tied = noun or _LASTING.search(text[: duration.start])
    whole = sorted({date.order for date in marked.dates})
    # what had lasted so long began before both dates
    had = bool(re.search(r"\bhad\s(?:\w+\s){1,8}(?:for\s)?$", text[: duration.start])) and all(
        date.start > duration.end for date in marked.dates
    )
    if any(pattern.search(text[: duration.start]) for pattern in (GRANTED, _meant(), _onward(), _BOUND)):
        return None
    if len(whole) != 2 or not tied or planned or had or duration.indefinite or _ANOTHER.search(_clause(text, duration)):
        return None
    ordered = sorted(marked.dates, key=lambda date: date.order)
    first, last = ordered[0], ordered[-1]
    if ";" in text[min(first.start, last.start) : duration.start] and duration.start < max(first.start, last.start):
        return None  # "the first was built in 1901; the second took eight years and was finished in 1914"
    if re.search(r";\s", text[duration.end : max(first.start, last.start)]):
        return None  # "that of 1907 held for seven years; that of 1899 holds to this day"
    if _of_another(text, duration, first, last) or (
        max(first.end, last.end) <= duration.start and gapped(chronicle_of(manuscript), sentence, first, last)
    ):
        return None
    if _bears(duration, first, last, inclusive=duration.attribute and not noun):
        return None
    passed = max(last.year - first.year, 1)
    strong = noun or _STRONG.search(text[: duration.start])
    if abs(passed - duration.years) > max(2, 0.7 * max(passed, duration.years) if strong else 0.4 * duration.years):
        return None  # far from what the dates allow, the duration is that of something else
    exact = bool(first.month and last.month)
    if exact and not duration.years / _FACTOR <= max(last.months - first.months, 1) / 12 <= duration.years * _FACTOR:
        return None  # "on 14 January 1963 ended what had lasted two and a half years", and a day of the month before
    if duration.years < 0.5 and not exact:
        return None
    if duration.unit in ("day", "week") and not _precise(first, last):
        return None
    return tell(sentence, text, duration, (sentence.start, first), (sentence.start, last))


_HAD: Final = re.compile(r"\bhad\s[^,;.]*$", re.IGNORECASE)
_NEW_THING: Final = re.compile(r"; an?\s(?:[\w-]+\s){1,3}(?:of|lasting)\s$", re.IGNORECASE)


def _of_another(text: str, duration: Duration, first: WrittenDate, last: WrittenDate) -> bool:
    """Tell whether a time is that of something else than what two dates of its sentence, in order of time, tell.

    That is so of what somebody "had" done for so long since after his birth, of a time between two dates told backwards that
    nothing counts from the earlier one, and of a new thing ("; a rule of thirty years kept them shut").
    """
    if birth(text, first) and _HAD.search(text[: duration.start]):
        return True
    if last.end <= duration.start and duration.end <= first.start:
        return re.search(r"\band\b", text[duration.end : first.start]) is not None
    return (
        last.end <= duration.start and _NEW_THING.search(text[: duration.start]) is not None and text[duration.end :][:1] == " "
    )


def gapped(chronicle: Chronicle, sentence: Sentence, first: WrittenDate, last: WrittenDate) -> bool:
    """Tell whether two dates are those of two things with one verb: "A was lost in 1963 and B in January 1970"."""
    tree = chronicle.trees.get(sentence.index)
    one, other = sorted((first, last), key=lambda date: date.start)
    between = [] if tree is None else tree.within(sentence.start + one.end, sentence.start + other.start)
    joined = next((at for at in between if tree is not None and tree.word(at) == "and"), None)
    if tree is None or joined is None:
        return False
    behind = [at for at in between if at > joined]
    if any(tree.tokens[at].pos in ("VERB", "AUX") for at in behind):
        return False
    return any(
        tree.tokens[at].pos in ("NOUN", "PROPN") and tree.lemma(at) not in chronicle.words.lists["times"] for at in behind
    )


def _clause(text: str, duration: Duration) -> str:
    """Return the clause of a duration; what was agreed or granted in another one says nothing of it."""
    before = [match.end() for match in _NEXT_CLAUSE.finditer(text) if match.end() <= duration.start]
    after = _NEXT_CLAUSE.search(text, duration.end)
    return text[before[-1] if before else 0 : after.start() if after else len(text)]


def _nouns(manuscript: Manuscript, text: str, duration: Duration) -> tuple[str, bool]:
    """Return the noun that a duration measures ("ten-year delay", "a delay of ten years"), and whether it is a plan or term."""
    nouns = manuscript.words.alternatives("duration-nouns")
    plans = manuscript.words.alternatives("planned-nouns")
    rest = text[duration.end : duration.end + 60]
    if re.match(rf"[\s-](?:of\s)?(?:[\w'-]+\s){{0,2}}?{plans}\b", rest, re.IGNORECASE):
        return "", True
    after = re.match(rf"[\s-](?:of\s)?(?:[\w'-]+\s){{0,3}}?({nouns})\b", rest, re.IGNORECASE)
    before = re.search(
        rf"\b({nouns})\s(?:of|for|lasting|that\slasted|which\slasted|lasted|had\slasted|took)\s$",
        text[max(0, duration.start - 40) : duration.start],
        re.IGNORECASE,
    )
    found = after or before
    return (found[1].lower() if found else ""), False


def _tied(text: str, duration: Duration, span: WrittenSpan) -> bool:
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
    between = re.sub(r",? (?:that is|i\.e\.|in other words),? ", " ", between)
    if span.end <= duration.start and len(text.rstrip()) - duration.end < _AT_END:
        between = re.sub(r"^: (?=an? )", " ", between)  # "from 1964 until 1980: a premiership of twelve years"
    # two names joined by "and" are not two clauses
    between = re.sub(r"(?<![a-z])([A-Z][\w'-]*) and (?=[A-Z])", r"\1 ", between)
    turns = r"[;:.]\s|\b(?:and|but|while|then|which|followed|before|after|until|since)\b"
    if len(between) > 70 or re.search(turns, between) or re.search(r"\b1\d{3}\b|\b20\d{2}\b", between):
        return False
    return between.count(",") <= 1
