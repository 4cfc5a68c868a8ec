"""Durations counted from a thing that the text names beside a date: "in 414, ten years after the oath", sworn in 421.

Where no dated clause tells what a time is counted from, the first sentence that names it does: its own date, or the one that
the account had reached there. Every date of a paragraph that names the thing acquits: only what no date bears out is a slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_events import connected
from verbale.review.checks.duration_told import Placed, bears, plausible, tell, told_last
from verbale.review.dates import WrittenDate
from verbale.review.durations import Duration
from verbale.review.manuscript import Manuscript
from verbale.review.marking import Marked
from verbale.review.recalling import ENOUGH, Recall, recall_of
from verbale.review.trees import Tree

# A time that is off by more than this is counted from something else; own slips lie within 1.9.
_FACTOR: Final = 2.2
# A date so many letters before "N years after" is that of its clause.
_CLOSE: Final = 40


def find_mentioned(manuscript: Manuscript, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of a duration that no date bears out beside which the text names what it is counted from."""
    recall = recall_of(manuscript)
    tree = recall.chronicle.trees.get(sentence.index)
    place = None if tree is None or duration.indefinite else connected(recall.chronicle, tree, sentence.start + duration.end)
    if tree is None or place is None or place[1]:
        return None
    named_so = tree.tokens[place[0]].pos == "PROPN"
    if not named_so and (tree.tokens[place[0]].pos != "NOUN" or not _definite(tree, place[0])):
        return None
    targets = [date for date in marked.dates if 0 < duration.start - date.end < _CLOSE]
    if not targets or set(recall.chronicle.dates[sentence.index]) & set(tree.subtree(place[0])):
        return None
    if named_so:
        return _after_place(recall, tree, sentence, marked, duration, (place[0], targets[-1]))
    phrase = recall.phrase(tree, place[0])
    if phrase.pointed or phrase.bound or any(score >= ENOUGH for score, _ in recall.recalled(phrase, tree, {place[0]})):
        return None
    named = list(_naming(recall, tree, place[0]))
    told = [placed for each in named for placed in _account(recall, each)[:1]]
    last: Placed = (sentence.start, targets[-1])
    if not told or not plausible(duration, told[0][1], last[1], factor=_FACTOR):
        return None
    blocks = {each.sentence.block for each in named} | {sentence.block}
    near = [
        date
        for index, other in recall.chronicle.trees.items()
        if other.sentence.block in blocks
        for date in recall.chronicle.dates[index].values()
    ]
    if any(bears(duration, date, last[1]) for date in near):
        return None
    return tell(sentence, marked.text, duration, told[0], last)


def _after_place(
    recall: Recall, tree: Tree, sentence: Sentence, marked: Marked, duration: Duration, ends: tuple[int, WrittenDate]
) -> Slip | None:
    """Return the slip of "in 1529, half a century after Tordesillas", a place that no date of the text stands beside.

    What was done there is what the text is about, told with its day in its first dated sentence. Any date of the text acquits.
    """
    place, target = ends
    dated = [index for index, dates in sorted(recall.chronicle.dates.items()) if dates]
    if not dated or len(tree.name(place)) > 1 or dated[0] >= sentence.index or tree.children(place, "det", "nmod", "amod"):
        return None
    if any(
        tree.tokens[place].text in recall.chronicle.trees[index].sentence.text for index in dated if index != sentence.index
    ):
        return None
    first = sorted(recall.chronicle.dates[dated[0]].values(), key=lambda date: date.start)
    opening: Placed = (recall.chronicle.trees[dated[0]].sentence.start, first[0])
    if len(first) != 1 or not first[0].day or not plausible(duration, first[0], target, factor=_FACTOR):
        return None
    if any(bears(duration, date, target) for index in dated for date in recall.chronicle.dates[index].values()):
        return None
    return tell(sentence, marked.text, duration, opening, (sentence.start, target))


def _definite(tree: Tree, noun: int) -> bool:
    return tree.child(noun, "nmod:poss") is not None or any(tree.word(each) == "the" for each in tree.children(noun, "det"))


def _naming(recall: Recall, tree: Tree, at: int) -> Iterator[Tree]:
    """Yield the sentences before that have a noun, or else the nouns that hang on it: "the scene at the rostrum"."""
    inner = {tree.lemma(each) for each in tree.children(at, "nmod") if tree.tokens[each].pos in ("NOUN", "PROPN")}
    before = [other for index, other in recall.chronicle.trees.items() if index < tree.sentence.index]
    named = [other for other in before if any(other.lemma(each) == tree.lemma(at) for each in range(len(other.tokens)))]
    if not named and inner:
        named = [other for other in before if inner <= {other.lemma(each) for each in range(len(other.tokens))}]
    yield from named


def _account(recall: Recall, tree: Tree) -> list[Placed]:
    """Return the dates of a sentence, or else those that its paragraph told last before it."""
    own = sorted(recall.chronicle.dates[tree.sentence.index].values(), key=lambda date: date.start)
    return [(tree.sentence.start, date) for date in own] or told_last(recall.chronicle, tree)
