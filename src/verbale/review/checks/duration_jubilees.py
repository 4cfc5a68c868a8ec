"""Jubilees against the dates that they are counted from: "signed in 1960 ... its sixtieth anniversary, in September 2020"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_ages import FOUNDED, beginning
from verbale.review.checks.duration_events import BEGINNINGS
from verbale.review.checks.duration_told import Placed, span_of
from verbale.review.chronicle import chronicle_of
from verbale.review.dates import WrittenDate
from verbale.review.manuscript import Manuscript
from verbale.review.marking import DATE, Marked
from verbale.review.numbers import ORDINAL_YEARS, words
from verbale.review.trees import SUBJECTS, Tree

# A date so many times as far or as near is not that of what has its jubilee, unless the text says so.
_OFF: Final = 2
# A sentence with more dates than these tells of more than what has its jubilee.
_FEW: Final = 2
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


def _dated(marked: Marked) -> str:
    """Return a text with marks for its dates alone, so that "five hundredth" stays a word."""
    letters = list(marked.text)
    for date in marked.dates:
        letters[date.start : date.end] = marked.marks[date.start : date.end]
    return "".join(letters)


def jubilees_of(marked: Marked) -> Iterator[tuple[int, int, int]]:
    """Yield the jubilees that a text names: where their words begin and end, and of how many years they are."""
    for match in _JUBILEE.finditer(_dated(marked)):
        number = int(match["figure"]) if match["figure"] else _JUBILEES[match["name"].lower()]
        yield match.start("name"), match.end("name"), number


def find_jubilees(manuscript: Manuscript, sentence: Sentence, marked: Marked, near: Near) -> Iterator[Slip]:
    """Yield a slip for each jubilee whose day is not so many years after what has it began."""
    for match in _JUBILEE.finditer(_dated(marked)):
        start = match.start("name")
        number = int(match["figure"]) if match["figure"] else _JUBILEES[match["name"].lower()]
        of = next((date for date in marked.dates if match["of"] and date.start == match.start(4)), None)
        if of is not None and _kept(manuscript, sentence, marked, match, of):
            of = None
        placed = (
            (sentence.start, of)
            if of
            else beginning(sentence, marked, near, [FOUNDED]) or _own(sentence, marked, start) or _before(sentence, near)
        )
        if placed is None or (not of and placed[1].year >= max((date.year for date in marked.dates), default=0)):
            placed = _begun(manuscript, sentence, match)
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


def _before(sentence: Sentence, near: Near) -> Placed | None:
    """Return the one date of the paragraph before: what celebrates its jubilee is what was told of."""
    told = [(each.start, date) for each, other in near if each.block == sentence.block for date in other.dates]
    return told[0] if len(told) == 1 else None


def _begun(manuscript: Manuscript, sentence: Sentence, match: re.Match[str]) -> Placed | None:
    """Return the date at which the text tells, anywhere, that what has its jubilee began: "its sixtieth anniversary".

    It is the thing of which the jubilee is one, or, for "its", the subject of its sentence or of the one before.
    """
    chronicle = chronicle_of(manuscript)
    tree = chronicle.trees.get(sentence.index)
    top = (
        None
        if tree is None
        else tree.top(tree.within(sentence.start + match.end("name") - 1, sentence.start + match.end("name")))
    )
    if tree is None or top is None:
        return None
    whose = tree.child(top, "nmod:poss")
    thing = next((each for each in tree.children(top, "nmod") if tree.case(each) == "of"), None)
    meant: set[str] = set()
    if thing is not None or (whose is not None and tree.tokens[whose].pos != "PRON"):
        meant = {tree.lemma(thing if thing is not None else whose)}  # type: ignore[arg-type]
    elif whose is not None:
        meant = {
            other.lemma(at) for other in (tree, chronicle.trees.get(sentence.index - 1)) if other for at in _subjects(other)
        }
    made = [
        each
        for each in chronicle.tellings
        if each.kind is not None
        and each.kind.name in BEGINNINGS
        and each.of is not None
        and (each.of.heads | each.of.names) & meant
        and each.sentence.index < sentence.index
    ]
    return (made[0].sentence.start, made[0].date) if made else None


def _subjects(tree: Tree) -> list[int]:
    """Return the nouns of a sentence that are subjects."""
    return [at for at in range(len(tree.tokens)) if tree.label(at) in SUBJECTS and tree.tokens[at].pos in ("NOUN", "PROPN")]


def _own(sentence: Sentence, marked: Marked, start: int) -> Placed | None:
    """Return the first of the only two dates of a sentence for its jubilee: "crowned in 1837, she kept her jubilee in 1897"."""
    theirs = re.search(r"\b(?:its|their|his|her)\s$", marked.text[:start], re.IGNORECASE)
    if theirs is None or len(marked.dates) != 2 or marked.dates[0].end > start:
        return None
    return sentence.start, marked.dates[0]


def _apposed(marked: Marked, date: WrittenDate, start: int) -> bool:
    """Tell whether a jubilee explains a date: "on 4 July 1826, the fiftieth anniversary of it" is reached, not counted from."""
    return re.fullmatch(r",?\s(?:which\swas\s|on\s)?(?:the|its|their|his|her)\s", marked.text[date.end : start]) is not None


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
    before = [each for each in _JUBILEE.finditer(_dated(marked)) if each.end("name") < match.start("name")]
    return bool(before) and not re.search(r"\b(?:of|since)\s$", marked.text[: of.start])


def _of_another(manuscript: Manuscript, sentence: Sentence, marked: Marked, match: re.Match[str], placed: Placed) -> bool:
    """Tell whether the second jubilee of a sentence is that of a thing which is not named where what began is told."""
    tree = chronicle_of(manuscript).trees.get(sentence.index)
    if tree is None or sum(1 for _ in _JUBILEE.finditer(_dated(marked))) < _FEW:
        return False
    top = tree.top(tree.within(sentence.start + match.end("name") - 1, sentence.start + match.end("name")))
    thing = None if top is None else next((each for each in tree.children(top, "nmod") if tree.case(each) == "of"), None)
    there = manuscript.plain[placed[0] : placed[0] + placed[1].end]
    return thing is not None and re.search(rf"\b{re.escape(tree.lemma(thing)[:6])}", there, re.IGNORECASE) is None


def _of_this(marked: Marked, match: re.Match[str]) -> list[WrittenDate]:
    """Return the dates of a sentence that may be those of one jubilee: of several, what stands between it and the next."""
    every = list(_JUBILEE.finditer(_dated(marked)))
    if len(every) < _FEW:
        return list(marked.dates)
    ends = [each.start("name") for each in every if each.start("name") > match.start("name")]
    end = min(ends, default=len(marked.text))
    return [date for date in marked.dates if match.start("name") < date.start < end]
