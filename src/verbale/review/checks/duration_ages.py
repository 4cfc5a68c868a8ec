"""Ages against the dates that they are counted from: "died in 1900, aged 60" of one born in 1850."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_aged import find_aged_again
from verbale.review.checks.duration_told import Placed, span_of, tell
from verbale.review.chronicle import chronicle_of
from verbale.review.dates import WrittenDate
from verbale.review.duration_words import either
from verbale.review.durations import Duration
from verbale.review.manuscript import Manuscript
from verbale.review.marking import COUNT, DATE, DURATION, Marked, mark
from verbale.review.numbers import words

_AGED: Final = re.compile(
    rf"\b{either('ageing')}\s(?P<age>{COUNT})(?=[,;.)]|\sin\s|\sand\b|\swhen\b|$)"
    rf"|\bat\s(?P<at>{COUNT})(?=[,.;])"
    rf"|(?P<old>{DURATION})[\s-]old\b|\b(?:at\sthe\sage\sof|aged)\s(?P<years>{DURATION})",
    re.IGNORECASE,
)
_BORN: Final = re.compile(rf"\bborn\b[^.;]{{0,50}}?\s(?:in|on)\s({DATE})", re.IGNORECASE)
FOUNDED: Final = re.compile(rf"\b{either('founded')}\b[^.;]{{0,40}}?\s(?:in\s|on\s)?({DATE})", re.IGNORECASE)
# "On 9 May 1950 the republic was a year old. It had been founded in May 1949": how the second sentence looks back.
_HAD_BEGUN: Final = re.compile(r"(?:It|They|He|She|This|That|Which)\s(?:had|was|were|has)\b")
# "she lived on until 1921": a date that nobody was of an age at.
_LED_TO: Final = re.compile(r"\b(?:until|till|since)\s(?:[a-z]+\s){0,3}$", re.IGNORECASE)
_LIFE: Final = re.compile(rf"\((?:born\s|b\.\s)?({DATE})(?:\s?[–-]\s?({DATE}))?\)")
_DIED: Final = re.compile(rf"\b{either('dying')}\b[^.;,]{{0,40}}?\s(?:in|on)\s({DATE})", re.IGNORECASE)
# "the charter of 1945 turned seventy-five in 2020"
_TURNED: Final = re.compile(rf"\b(?:of|from)\s({DATE})\sturned\b")
_LONG: Final = ("decade", "century")
_THEN: Final = re.compile(r"\b(?:then|at\s(?:the|that)\stime)\b[^,;.]{0,20}$", re.IGNORECASE)
Near = list[tuple[Sentence, Marked]]


def find_ages(manuscript: Manuscript, sentence: Sentence, marked: Marked, near: Near) -> Iterator[Slip]:
    """Yield a slip for each age that birth and the date of its sentence contradict."""
    yield from _ages(manuscript, sentence, marked, near)
    yield from find_aged_again(sentence, marked, near)
    yield from _old_by_then(sentence, marked)


def _ages(manuscript: Manuscript, sentence: Sentence, marked: Marked, near: Near) -> Iterator[Slip]:
    for match in _AGED.finditer(marked.marks):
        duration: Duration | None = None
        if match["at"] and not (_BORN.search(marked.marks) or _LIFE.search(marked.marks)):
            continue
        if match["at"]:
            age, at = marked.value(match.start("at")), match.start("at")
        elif match["age"]:
            age, at = marked.value(match.start("age")), match.start("age")
        else:
            at = match.start("old") if match["old"] else match.start("years")
            duration = next(each for each in marked.durations if each.start == at)
            if duration.unit not in ("year", "month", *_LONG) or (
                (duration.about or duration.unit in _LONG) and not match["old"]
            ):
                continue
            age = duration.number
        starts = [_BORN, _LIFE] if match["age"] or match["at"] or match["years"] else [_BORN, _LIFE, FOUNDED]
        starts = [*starts, _TURNED, FOUNDED] if match[0].lower().startswith("turned") else starts
        born = beginning(sentence, marked, near, starts)
        ahead = None if born else _told_next(manuscript, sentence, marked, starts)
        born = born or ahead
        # somebody of three is no actor; the number counts something else
        if born is None or (age != int(age) and not match["old"]) or not (match["old"] or 5 <= age <= 110):
            continue
        if (match["old"] or match["age"]) and not ahead and not _of_the_same(manuscript, sentence, at, born):
            continue
        dates = [
            each for each in marked.dates if (sentence.start, each) != born and not _LED_TO.search(marked.text[: each.start])
        ]
        ends = [each for each in _DIED.finditer(marked.marks) if each.end() < at]
        if match["old"] or _THEN.search(marked.text[: match.start()]):
            # "who died in 1925, was by then twenty years old": the age is not that at the death
            dead = {each.start(each.lastindex or 0) for each in ends}
            kept = [date for date in dates if date.start not in dead]
            if len(kept) < len(dates) and not kept:
                kept = [date for each, other in near[-1:] if each.block == sentence.block for date in other.dates][-1:]
            dates = kept
        now = _now(sentence, marked, near, born, dates, at, match.end())
        if now is None or now.year <= born[1].year:
            continue
        passed = now.year - born[1].year
        roughly = duration is not None and (bool(duration.about) or duration.unit != "year" or age != int(age))
        if duration is not None and duration.unit == "month" and not (born[1].month and now.month):
            continue  # years say nothing of months
        borne = duration is not None and duration.fits(born[1], now) if roughly else passed - 1 <= age <= passed
        borne = borne or _of_age(sentence, marked, near, born, age, now)
        if not borne:
            if duration is not None and roughly:
                yield tell(sentence, marked.text, duration, born, (sentence.start, now))
                continue
            message = f"The text says {words(int(age))} years, but from {born[1].year} to {now.year} it is {words(passed)}."
            yield Slip(sentence.start + match.start(), sentence.start + match.end(), message, (span_of(born),))


def _of_age(sentence: Sentence, marked: Marked, near: Near, born: Placed, age: float, now: WrittenDate) -> bool:
    """Tell whether somebody was of an age at another date of his sentence, or at a later one of the paragraph so far.

    "When his brother was murdered in 221 the army chose him, who was then twenty-six". "At the end of 1783 there was a Pitt
    again. The father had died in 1778; the son, born in May 1759, was twenty-four".
    """
    dates = [date for date in marked.dates if (sentence.start, date) != born]
    dates += [date for each, other in near if each.block == sentence.block for date in other.dates if now.year < date.year]
    return any(0 <= date.year - born[1].year - age <= 1 for date in dates)


def _now(
    sentence: Sentence, marked: Marked, near: Near, born: Placed, dates: list[WrittenDate], at: int, end: int
) -> WrittenDate | None:
    """Return the date at which somebody was of an age: the last before it, the first, or the one told just before."""
    earlier = (date for date in reversed(dates) if date.start < at or date not in marked.dates)
    now = next(earlier, dates[0] if dates else None)
    if now is None and re.match(r"\s(?:when|as)\b", marked.text[end:]):
        # "He presided in 1937. He had been born in 1877, and was seventy when he took the chair."
        told = [date for each, other in near if each.block == sentence.block for date in other.dates]
        told = [date for date in told if date is not born[1]]
        now = told[0] if len(told) == 1 else None
    return now


def _of_the_same(manuscript: Manuscript, sentence: Sentence, at: int, born: Placed) -> bool:
    """Tell whether what is so old may be what began at a date of another sentence: named there as well, or a pronoun."""
    tree = chronicle_of(manuscript).trees.get(sentence.index)
    if tree is None or sentence.start <= born[0] + born[1].start < sentence.end:
        return True
    top = tree.top(tree.within(sentence.start + at, sentence.start + at + 1))
    while top is not None and tree.child(top, "nsubj", "nsubj:pass", "nsubj:outer") is None:
        top = tree.head(top)
    who = None if top is None else tree.child(top, "nsubj", "nsubj:pass", "nsubj:outer")
    if who is None or tree.tokens[who].pos not in ("NOUN", "PROPN"):
        return True
    told = manuscript.plain[born[0] : born[0] + born[1].start]
    return re.search(rf"\b{re.escape(tree.lemma(who)[:6])}", told, re.IGNORECASE) is not None


def _told_next(manuscript: Manuscript, sentence: Sentence, marked: Marked, patterns: list[re.Pattern[str]]) -> Placed | None:
    """Return the date at which the next sentence says that it had begun: "It had been founded in May 1949"."""
    following = manuscript.sentences[sentence.index + 1 : sentence.index + 2]
    if not following or following[0].block != sentence.block or not marked.dates:
        return None
    other = mark(manuscript.sentence_text(following[0]), marked.dates[-1].year)
    return None if not _HAD_BEGUN.match(other.text) else beginning(following[0], other, [], patterns)


def beginning(sentence: Sentence, marked: Marked, near: Near, patterns: list[re.Pattern[str]]) -> Placed | None:
    """Return the date at which the one whose age is told began: in the sentence, or in one of two before it."""
    for each, other in [(sentence, marked), *reversed(near[-2:])]:
        for pattern in patterns:
            match = pattern.search(other.marks)
            if match is not None:
                return each.start, next(date for date in other.dates if date.start == match.start(1))
    return None


# "the promise of 1856, by then some ninety years old"
_OLD_BY_THEN: Final = re.compile(rf"\bof\s({DATE}),\s(?:by\s(?:then|now)|then|already|now)\s({DURATION})\sold\b", re.IGNORECASE)


def _old_by_then(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for each thing called by its year whose age is not the time to the date that its sentence tells."""
    for match in _OLD_BY_THEN.finditer(marked.marks):
        born = next(each for each in marked.dates if each.start == match.start(1))
        duration = next(each for each in marked.durations if each.start == match.start(2))
        others = [each for each in marked.dates if each.order > born.order]
        if others and not any(duration.fits(born, each) for each in others):
            yield tell(sentence, marked.text, duration, (sentence.start, born), (sentence.start, others[0]))
