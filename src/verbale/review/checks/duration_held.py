"""Durations whose two ends stand in other sentences: "The marines had been on the island for twelve years".

Such a sentence has no date. It ends what it measures where the account has arrived, at the date told last, or at what was last
told of the same thing; it began where the text tells that the same thing began, was signed, came or was taken. A slip needs
such a beginning, and that no two dates told of the thing, or near by, bear the time out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import REACH, Placed, bears, plausible, tell, told_last
from verbale.review.chronicle import told
from verbale.review.duration_words import duration_words, one_of
from verbale.review.durations import YEAR, Duration, elapsed
from verbale.review.manuscript import Manuscript
from verbale.review.marking import Marked
from verbale.review.recalling import Entry, Phrase, Recall, alike, recall_of
from verbale.review.trees import Tree

# A time that is off by more than this factor is that of something else.
_FACTOR: Final = 2.5
# "for fifty years before that truce", "for ten years when he died": other times than the account's
_AT: Final = re.compile(r"\s(?:before|after|when|until|till|since|as|at|prior|earlier)\b", re.IGNORECASE)
_STEPS: Final = 4
_SINCE: Final = re.compile(r"\bsince\s(?:(?:early|late|the)\s)?$")


def find_held(manuscript: Manuscript, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of a duration that neither end of what it measures bears out, as the text tells them elsewhere."""
    recall = recall_of(manuscript)
    tree = recall.chronicle.trees.get(sentence.index)
    if tree is None or duration.days < YEAR / 12 or duration.indefinite or duration.attribute:
        return None
    verb = _verb(recall, tree, sentence, duration)
    subject = None if verb is None else tree.subject(verb)
    if verb is None or subject is None:
        return None
    own = [date for date in marked.dates if date.end <= duration.start]
    if len(own) < len(marked.dates):
        return None
    thing = _thing(recall, tree, verb, subject)
    if thing is None or _AT.match(marked.text[duration.end :]):
        return None
    every = [each for each in recall.entries if _of(recall, thing, each)]
    of_it = [each for each in every if each.tree.sentence.index <= sentence.index]
    ends = (
        [(sentence.start, own[-1])]
        if own
        else _arrived(recall, tree, [each for each in of_it if not _begins(recall, thing, each)])
    )
    if not ends:
        return None
    begun = [each for each in of_it if _begins(recall, thing, each) and elapsed(each.date, ends[0][1])[0] > 0]
    if not begun:
        return None
    near = [*[each.placed for each in every], *_block(recall, tree)]
    last = [*ends, *near]
    if any(bears(duration, one[1], other[1]) for one in near for other in last):
        return None
    first = begun[-1].placed
    if not plausible(duration, first[1], ends[0][1], factor=_FACTOR):
        return None
    return tell(sentence, marked.text, duration, first, ends[0])


def _verb(recall: Recall, tree: Tree, sentence: Sentence, duration: Duration) -> int | None:
    """Return the verb of "had held for", "had lasted", "was in force for" whose time a duration tells."""
    top = tree.top(tree.within(sentence.start + duration.start, sentence.start + duration.end))
    if top is None or set(tree.case(top).split()) - {"for", "some", "about"} or tree.label(top) not in _UNDER:
        return None
    verb = tree.head(top)
    for _ in range(_STEPS):
        if verb is None or tree.is_verb(verb):
            break
        verb = tree.head(verb)
    if verb is None or not tree.is_verb(verb) or not told(tree, verb, recall.chronicle.words):
        return None
    had = any(tree.word(each) == "had" for each in tree.children(verb, "aux"))
    lasting = one_of(tree, verb, "lasting")
    return verb if had and ("for" in tree.case(top).split() or lasting) else None


_UNDER: Final = frozenset({"obl", "obl:unmarked", "obj", "nmod", "nmod:unmarked", "advmod"})


@dataclass(frozen=True, slots=True)
class Thing:
    """What lasted: its names or its word, what was done to what (held the shares), and the phrase that names it."""

    words: frozenset[str]
    objects: frozenset[str]
    phrase: Phrase


def _thing(recall: Recall, tree: Tree, verb: int, subject: int) -> Thing | None:
    """Return what lasted by the sentence of a verb; None where the text tells it as new."""
    of = recall.chronicle.referents.of(tree, subject)
    words: set[str] = set()
    if tree.tokens[subject].pos == "PROPN":
        words = {tree.lemma(each) for each in tree.name(subject)}
    elif tree.tokens[subject].pos == "NOUN" and _definite(tree, subject):
        words = {tree.lemma(subject)}
    elif tree.tokens[subject].pos == "PRON" and of is not None:
        words = set(of.names or of.heads)
    if not words:
        return None
    objects = {tree.lemma(each) for each in tree.children(verb, "obj") if tree.tokens[each].pos in ("NOUN", "PROPN")}
    if tree.tokens[verb].pos == "NOUN":
        objects.add(tree.lemma(verb))
    return Thing(frozenset(words), frozenset(objects - duration_words()["units"]), recall.phrase(tree, subject))


def _definite(tree: Tree, noun: int) -> bool:
    known = {tree.word(each) for each in tree.children(noun, "det")} & {"the", "this", "that", "these", "those"}
    return bool(known) or tree.child(noun, "nmod:poss") is not None


def _of(recall: Recall, thing: Thing, entry: Entry) -> bool:
    """Tell whether a dated clause speaks of what lasted."""
    words = entry.words | entry.people
    named = any(alike(one, other, proper=True) for one in thing.words | thing.objects for other in words)
    return named or recall.tells(thing.phrase, entry)


def _begins(recall: Recall, thing: Thing, entry: Entry) -> bool:
    """Tell whether a dated clause tells that what lasted began: "set up", "was signed", "suspended", "the treaty of 562"."""
    tree, at = entry.tree, entry.at
    if _SINCE.search(tree.sentence.text[: entry.date.start]):
        return True  # "had been grand pensionary since 1653"
    if tree.tokens[at].pos in ("NOUN", "PROPN") or not (thing.objects or tree.lemma(at) in thing.words):
        own = recall.same(thing.phrase, tree, at) and (tree.tokens[at].pos == "NOUN" or not _ended(tree, at))
        if own or tree.tokens[at].pos != "VERB":
            return own
    verbs = [at, *(each for each in entry.acts if tree.tokens[each].pos == "VERB" and tree.head(each) == at)]
    if not any(one_of(tree, each, "beginning") for each in verbs):
        return False
    core: set[str] = set()
    for each in [each for verb in verbs for each in (tree.subject(verb), tree.object(verb)) if each is not None]:
        of = recall.chronicle.referents.of(tree, each)
        core |= {tree.lemma(part) for part in tree.name(each)} | (set() if of is None else of.names | of.heads)
    return any(alike(one, other, proper=True) for one in thing.words | thing.objects for other in core)


def _ended(tree: Tree, at: int) -> bool:
    return one_of(tree, at, "ending") and not one_of(tree, at, "beginning")


def _arrived(recall: Recall, tree: Tree, of_it: list[Entry]) -> list[Placed]:
    """Return the dates at which the account has arrived: that told last of the thing, if near, then those told last."""
    here = tree.sentence.index
    own = [each for each in of_it if here - REACH <= each.tree.sentence.index < here]
    found = told_last(recall.chronicle, tree)
    last = [each.placed for each in reversed(own) if each.placed in found]
    return [*last, *found]


def _block(recall: Recall, tree: Tree) -> list[Placed]:
    """Return the dates of a paragraph."""
    return [
        (other.sentence.start, date)
        for index, other in recall.chronicle.trees.items()
        if other.sentence.block == tree.sentence.block
        for date in recall.chronicle.dates[index].values()
    ]
