"""Ages of what a text dates anywhere: "signed in 1904 ... The Court ruled in 2018, when the treaty was 134 years old".

Such a noun has its age from the date at which the text says that one of its kind was signed or founded, or from the year that
it is called by ("the convention of 1936"). Any date of a sentence that names it acquits; people have no such ages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, bears, plausible, tell, told_last
from verbale.review.chronicle import Chronicle
from verbale.review.dates import WrittenDate
from verbale.review.duration_words import duration_words, either
from verbale.review.durations import Duration
from verbale.review.marking import DATE, Marked, mark
from verbale.review.trees import SUBJECTS, Tree

_OLD: Final = re.compile(r"[\s-]old\b")
# An age that is off by more than this factor is that of another one.
_FACTOR: Final = 2.0


@cache
def _founded() -> re.Pattern[str]:
    return re.compile(rf"\b{either('founded')}\b[^.;]{{0,50}}?\s(?:in\s|on\s)?({DATE})", re.IGNORECASE)


def find_old(chronicle: Chronicle, sentence: Sentence, marked: Marked, near: list[tuple[Sentence, Marked]]) -> Iterator[Slip]:
    """Yield a slip for each age of a treaty or the like that no date told of it bears out."""
    tree = chronicle.trees.get(sentence.index)
    if tree is None:
        return
    for duration in marked.durations:
        noun = _noun(tree, marked, duration)
        if noun is None:
            continue
        ends: list[Placed] = [(sentence.start, date) for date in marked.dates if date.end <= duration.start][-1:]
        ends = ends or told_last(chronicle, tree)[:1]
        begun = list(_begun(chronicle, tree, tree.lemma(noun)))
        if not ends or not begun or not plausible(duration, begun[-1][1], ends[0][1], factor=_FACTOR):
            continue
        told = [date for each, other in near if each.block == sentence.block for date in other.dates]
        told += _of_its_kind(chronicle, tree.lemma(noun))
        full = [end[1].year - each.year - duration.number for each in told for end in ends]
        if not any(bears(duration, each, end[1]) for each in told for end in ends) and not any(0 <= off <= 1 for off in full):
            yield tell(sentence, marked.text, duration, begun[-1], ends[0])


def _noun(tree: Tree, marked: Marked, duration: Duration) -> int | None:
    """Return the noun that is told to be so old: "the treaty was 134 years old", "the 134-year-old treaty"."""
    if duration.unit not in ("year", "decade", "century") or _OLD.match(marked.text[duration.end :]) is None:
        return None
    at = tree.top(tree.within(tree.sentence.start + duration.start, tree.sentence.start + duration.end))
    noun = None
    while at is not None and noun is None:
        subject = tree.child(at, *SUBJECTS)
        noun = at if tree.tokens[at].pos == "NOUN" and tree.lemma(at) in duration_words()["enduring"] else subject
        at = tree.head(at)
    if noun is None or tree.lemma(noun) not in duration_words()["enduring"]:
        return None
    known = any(tree.word(each) in ("the", "this", "that") for each in tree.children(noun, "det"))
    return noun if known or tree.child(noun, "nmod:poss") is not None else None


def _begun(chronicle: Chronicle, tree: Tree, lemma: str) -> Iterator[Placed]:
    """Yield the dates at which the text so far says that one of a kind was signed or founded, or by which it is called."""
    called = re.compile(rf"\b{re.escape(lemma)}s?\sof\s({DATE})", re.IGNORECASE)
    for index, other in sorted(chronicle.trees.items()):
        if index >= tree.sentence.index or not _names(other, lemma):
            continue
        marked = mark(other.sentence.text)
        for match in (called.search(marked.marks), _founded().search(marked.marks)):
            if match is not None:
                yield other.sentence.start, next(date for date in marked.dates if date.start == match.start(1))
                break


def _of_its_kind(chronicle: Chronicle, lemma: str) -> Iterator[WrittenDate]:
    """Yield all dates of the sentences that name one of a kind."""
    for index, other in chronicle.trees.items():
        if _names(other, lemma):
            yield from chronicle.dates[index].values()


def _names(tree: Tree, lemma: str) -> bool:
    return any(tree.lemma(at) == lemma for at in range(len(tree.tokens)))
