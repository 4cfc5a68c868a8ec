"""Times of what filled them, as subjects: "The Sultan declared war in October 1768 ... Nearly six years of war had brought".

Such a time ends where the account has arrived, at the date of its sentence or the one told last, and began where the text last
told that what filled it broke out or began, in whatever paragraph. Any date of either paragraph that bears it out acquits it.
"""

from __future__ import annotations

from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, borne_out, plausible, tell, told_last
from verbale.review.chronicle import Chronicle
from verbale.review.duration_words import one_of
from verbale.review.durations import Duration
from verbale.review.manuscript import Manuscript
from verbale.review.marking import Marked
from verbale.review.recalling import Recall, recall_of
from verbale.review.trees import Tree

# A time that is off by more than this factor is that of something else.
_FACTOR: Final = 2.0
_SUBJECT: Final = ("nsubj", "nsubj:pass")


def find_filled(manuscript: Manuscript, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of "nine years of war had ..." where the war had lasted six."""
    recall = recall_of(manuscript)
    chronicle = recall.chronicle
    tree = chronicle.trees.get(sentence.index)
    what = None if tree is None or duration.about == "part" else _what(tree, duration)
    if tree is None or what is None:
        return None
    ends: list[Placed] = [(sentence.start, date) for date in marked.dates] or told_last(chronicle, tree)[:1]
    begun = _begun(recall, tree, what)
    if len(ends) != 1 or not begun or not plausible(duration, begun[-1][1], ends[0][1], factor=_FACTOR):
        return None
    blocks = {tree.sentence.block, *_blocks(chronicle, begun)}
    if borne_out(duration, (date for block in blocks for date in chronicle.dates_of(block))):
        return None
    return tell(sentence, marked.text, duration, begun[-1], ends[0])


def _what(tree: Tree, duration: Duration) -> str | None:
    """Return the noun of "years of war" where the time is the subject of a verb in the past."""
    words = tree.within(tree.sentence.start + duration.start, tree.sentence.start + duration.end)
    top = tree.top([at for at in words if tree.tokens[at].pos != "DET"] or words)
    verb = None if top is None or tree.label(top) not in _SUBJECT else tree.head(top)
    if top is None or verb is None or tree.children(top, "nmod:poss", "acl", "acl:relcl"):
        return None
    past = any("Tense=Past" in tree.tokens[at].morph for at in (verb, *tree.children(verb, "aux", "cop")))
    filling = [each for each in tree.children(top, "nmod") if tree.case(each) == "of" and tree.tokens[each].pos == "NOUN"]
    return tree.lemma(filling[0]) if past and len(filling) == 1 else None


def _begun(recall: Recall, tree: Tree, what: str) -> list[Placed]:
    """Return the dates at which the text so far tells that such a thing broke out or was declared."""
    found = []
    for entry in recall.entries:
        at = entry.at
        if entry.tree.sentence.index >= tree.sentence.index or not entry.tree.is_verb(at):
            continue
        if what in entry.words and one_of(entry.tree, at, "beginning"):
            found.append(entry.placed)
    return found


def _blocks(chronicle: Chronicle, begun: list[Placed]) -> set[int]:
    starts = {start for start, _ in begun}
    return {tree.sentence.block for tree in chronicle.trees.values() if tree.sentence.start in starts}
