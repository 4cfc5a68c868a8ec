"""Ages and anniversaries against the dates that they are counted from: "died in 1900, aged 60" of one born in 1850."""

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
from verbale.review.numbers import ORDINAL_YEARS, words

_AGED: Final = re.compile(
    rf"\b{either('ageing')}\s(?P<age>{COUNT})(?=[,;.)]|\sin\s|\sand\b|\swhen\b|$)"
    rf"|\bat\s(?P<at>{COUNT})(?=[,.;])"
    rf"|(?P<old>{DURATION})[\s-]old\b|\b(?:at\sthe\sage\sof|aged)\s(?P<years>{DURATION})",
    re.IGNORECASE,
)
_BORN: Final = re.compile(rf"\bborn\b[^.;]{{0,50}}?\s(?:in|on)\s({DATE})", re.IGNORECASE)
_FOUNDED: Final = re.compile(rf"\b{either('founded')}\b[^.;]{{0,40}}?\s(?:in\s|on\s)?({DATE})", re.IGNORECASE)
# "On 9 May 1950 the republic was a year old. It had been founded in May 1949": how the second sentence looks back.
_HAD_BEGUN: Final = re.compile(r"(?:It|They|He|She|This|That|Which)\s(?:had|was|were|has)\b")
# "she lived on until 1921": a date that nobody was of an age at.
_LED_TO: Final = re.compile(r"\b(?:until|till|since)\s(?:[a-z]+\s){0,3}$", re.IGNORECASE)
_LIFE: Final = re.compile(rf"\((?:born\s|b\.\s)?({DATE})(?:\s?[–-]\s?({DATE}))?\)")
_DIED: Final = re.compile(rf"\b{either('dying')}\b[^.;,]{{0,40}}?\s(?:in|on)\s({DATE})", re.IGNORECASE)
# "the charter of 1945 turned seventy-five in 2020"
_TURNED: Final = re.compile(rf"\b(?:of|from)\s({DATE})\sturned\b")
_LONG: Final = ("decade", "century")
# A date so many times as far or as near is not that of what has its jubilee, unless the text says so.
_OFF: Final = 2
# A sentence with more dates than these tells of more than what has its jubilee.
_FEW: Final = 2
_THEN: Final = re.compile(r"\b(?:then|at\s(?:the|that)\stime)\b[^,;.]{0,20}$", re.IGNORECASE)
_JUBILEES: Final = {
    "centenary": 100, "centennial": 100, "bicentenary": 200, "bicentennial": 200, "tercentenary": 300, "half-centenary": 50,
    "sesquicentennial": 150, "golden jubilee": 50, "silver jubilee": 25, "diamond jubilee": 60, "quincentenary": 500,
    "quincentennial": 500, "quatercentenary": 400, "tricentennial": 300, "semicentennial": 50, "platinum jubilee": 70,
    "sesquicentenary": 150,
    **{f"{word} anniversary": number for word, number in ORDINAL_YEARS.items()},
}  # fmt: skip
_JUBILEE: Final = re.compile(
    rf"\b(?P<name>{'|'.join(sorted(map(re.escape, _JUBILEES), key=len, reverse=True))}|"
    rf"(?P<figure>\d{{1,4}})(?:st|nd|rd|th)\sanniversary)\b"
    rf"(?P<of>\s(?:of|since)\s[^,;.]{{0,60}}?({DATE}))?",
    re.IGNORECASE,
)
Near = list[tuple[Sentence, Marked]]


def find_ages(manuscript: Manuscript, sentence: Sentence, marked: Marked, near: Near) -> Iterator[Slip]:
    """Yield a slip for each age that birth and the date of its sentence contradict, and for each such anniversary."""
    yield from _ages(manuscript, sentence, marked, near)
    yield from find_aged_again(sentence, marked, near)
    yield from _old_by_then(sentence, marked)
    yield from _jubilees(manuscript, sentence, marked, near)


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
        starts = [_BORN, _LIFE] if match["age"] or match["at"] or match["years"] else [_BORN, _LIFE, _FOUNDED]
        starts = [*starts, _TURNED, _FOUNDED] if match[0].lower().startswith("turned") else starts
        born = _beginning(sentence, marked, near, starts)
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
    return None if not _HAD_BEGUN.match(other.text) else _beginning(following[0], other, [], patterns)


def _beginning(sentence: Sentence, marked: Marked, near: Near, patterns: list[re.Pattern[str]]) -> Placed | None:
    """Return the date at which the one whose age is told began: in the sentence, or in one of two before it."""
    for each, other in [(sentence, marked), *reversed(near[-2:])]:
        for pattern in patterns:
            match = pattern.search(other.marks)
            if match is not None:
                return each.start, next(date for date in other.dates if date.start == match.start(1))
    return None


def _before(sentence: Sentence, near: Near) -> Placed | None:
    """Return the one date of the paragraph before: what celebrates its jubilee is what was told of."""
    told = [(each.start, date) for each, other in near if each.block == sentence.block for date in other.dates]
    return told[0] if len(told) == 1 else None


def _own(sentence: Sentence, marked: Marked, start: int) -> Placed | None:
    """Return the first of the only two dates of a sentence for its jubilee: "crowned in 1837, she kept her jubilee in 1897"."""
    theirs = re.search(r"\b(?:its|their|his|her)\s$", marked.text[:start], re.IGNORECASE)
    if theirs is None or len(marked.dates) != 2 or marked.dates[0].end > start:
        return None
    return sentence.start, marked.dates[0]


def _apposed(marked: Marked, date: WrittenDate, start: int) -> bool:
    """Tell whether a jubilee explains a date: "on 4 July 1826, the fiftieth anniversary of it" is reached, not counted from."""
    return re.fullmatch(r",?\s(?:which\swas\s|on\s)?(?:the|its|their|his|her)\s", marked.text[date.end : start]) is not None


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


def jubilees_of(marked: Marked) -> Iterator[tuple[int, int, int]]:
    """Yield the jubilees that a text names: where their words begin and end, and of how many years they are."""
    for match in _JUBILEE.finditer(marked.marks):
        number = int(match["figure"]) if match["figure"] else _JUBILEES[match["name"].lower()]
        yield match.start("name"), match.end("name"), number


def _kept(manuscript: Manuscript, sentence: Sentence, marked: Marked, match: re.Match[str], of: WrittenDate) -> bool:
    """Tell whether a date behind the thing that has its jubilee is the day on which it was kept.

    So it is where a verb stands before it ("the centenary of the system was marked in 1990"), and where the sentence tells
    another jubilee first ("..., and the fiftieth anniversary of the charter in 1998").
    """
    tree = chronicle_of(manuscript).trees.get(sentence.index)
    if tree is None:
        return False
    between = tree.within(sentence.start + match.end("name"), sentence.start + of.start)
    if any(tree.tokens[each].pos in ("VERB", "AUX") and "VerbForm=Fin" in tree.tokens[each].morph for each in between):
        return True
    before = [each for each in _JUBILEE.finditer(marked.marks) if each.end("name") < match.start("name")]
    return bool(before) and not re.search(r"\b(?:of|since)\s$", marked.text[: of.start])


def _of_another(manuscript: Manuscript, sentence: Sentence, marked: Marked, match: re.Match[str], placed: Placed) -> bool:
    """Tell whether the second jubilee of a sentence is that of a thing which is not named where what began is told."""
    tree = chronicle_of(manuscript).trees.get(sentence.index)
    if tree is None or sum(1 for _ in _JUBILEE.finditer(marked.marks)) < _FEW:
        return False
    top = tree.top(tree.within(sentence.start + match.end("name") - 1, sentence.start + match.end("name")))
    thing = None if top is None else next((each for each in tree.children(top, "nmod") if tree.case(each) == "of"), None)
    there = manuscript.plain[placed[0] : placed[0] + placed[1].end]
    return thing is not None and re.search(rf"\b{re.escape(tree.lemma(thing)[:6])}", there, re.IGNORECASE) is None


def _of_this(marked: Marked, match: re.Match[str]) -> list[WrittenDate]:
    """Return the dates of a sentence that may be those of one jubilee: of several, only what stands behind each before the next."""
    every = list(_JUBILEE.finditer(marked.marks))
    if len(every) < 2:
        return list(marked.dates)
    ends = [each.start("name") for each in every if each.start("name") > match.start("name")]
    end = min(ends, default=len(marked.text))
    return [date for date in marked.dates if match.start("name") < date.start < end]


def _jubilees(manuscript: Manuscript, sentence: Sentence, marked: Marked, near: Near) -> Iterator[Slip]:
    for match in _JUBILEE.finditer(marked.marks):
        start = match.start("name")
        number = int(match["figure"]) if match["figure"] else _JUBILEES[match["name"].lower()]
        of = next((date for date in marked.dates if match["of"] and date.start == match.start(4)), None)
        if of is not None and _kept(manuscript, sentence, marked, match, of):
            of = None
        placed = (
            (sentence.start, of)
            if of
            else _beginning(sentence, marked, near, [_FOUNDED]) or _own(sentence, marked, start) or _before(sentence, near)
        )
        if placed and not of and sentence.start == placed[0] and _apposed(marked, placed[1], start):
            continue
        if placed and not of and _of_another(manuscript, sentence, marked, match, placed):
            continue
        dates = [date for date in _of_this(marked, match) if placed is None or date is not placed[1]]
        if placed is None or len(dates) != 1 or dates[0].year <= placed[1].year:
            continue
        passed = dates[0].year - placed[1].year
        if not of and not number / _OFF <= passed <= number * _OFF:
            continue  # what has its jubilee began at another date
        told = [date.year for each, other in near if each.block == sentence.block and not of for date in other.dates]
        if not of:  # whatever the text tells of that year may have its jubilee
            told += [date.year for each in chronicle_of(manuscript).dates.values() for date in each.values()]
        if passed != number and all(dates[0].year - year != number for year in told):
            message = f"From {placed[1].year} to {dates[0].year} it is {words(passed)} years, not {words(number)}."
            yield Slip(sentence.start + start, sentence.start + match.end("name"), message, (span_of(placed),))
