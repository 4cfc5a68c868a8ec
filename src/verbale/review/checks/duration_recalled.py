"""Durations counted from what the text dates anywhere, in whatever words: "nineteen years after his Danish colleague".

What a time is counted from is recalled by its words (`recalling`). So is what happens so long after, where its sentence has no
date: "the opening came fifteen years after the concession", "the October passage took place three months after that incident".
A slip needs a likeliest clause for both, and that no clause of the text with anything in common with them bears the time out.
"""

from __future__ import annotations

from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_events import connected
from verbale.review.checks.duration_told import Placed, bears, joined_since, plausible, tell, told_last
from verbale.review.chronicle import told
from verbale.review.dates import WrittenDate, find_dates
from verbale.review.duration_words import one_of
from verbale.review.durations import Duration, elapsed
from verbale.review.happening_words import related
from verbale.review.manuscript import Manuscript
from verbale.review.marking import Marked
from verbale.review.recalling import ENOUGH, Phrase, Recall, recall_of
from verbale.review.trees import SUBJECTS, Tree

# A time that is off by more than this factor is counted from something else.
_FACTOR: Final = 3.0
# A date so many letters before "N years after" is that of its clause.
_CLOSE: Final = 60
_IT: Final = frozenset({"it", "this", "that", "which", "they", "he", "she"})
_IF: Final = frozenset({"if", "unless"})
# A clause with so much less in common than the likeliest is not what is meant.
_BEHIND: Final = 1.5


def find_recalled(manuscript: Manuscript, sentence: Sentence, marked: Marked, duration: Duration) -> tuple[Slip | None, bool]:
    """Return the slip of a duration that is counted from a happening told elsewhere, and whether its dates were found."""
    recall = recall_of(manuscript)
    tree = recall.chronicle.trees.get(sentence.index)
    if tree is None or (duration.indefinite and duration.unit not in ("year", "month", "decade", "century")):
        return None, False
    place = connected(recall.chronicle, tree, sentence.start + duration.end)
    if place is None:
        return None, False
    at, back = place
    inside = set(tree.subtree(at))
    if any(top in inside for top in recall.chronicle.dates[sentence.index]):
        return None, False
    phrase = recall.phrase(tree, at)
    if phrase.verb and not phrase.others:
        return None, False  # "after they had left" does not tell who
    targets = _targets(recall, tree, sentence, marked, duration, at)
    anchors = _anchors(recall, phrase, tree, inside)
    anchors = [(score, each) for score, each in anchors if each not in targets[:1]]
    if not targets or not anchors or (not phrase.pointed and anchors[0][0] < ENOUGH):
        return None, False
    pairs = [(target, each) if back else (each, target) for target in targets for _, each in anchors]
    if any(bears(duration, first[1], last[1], inclusive=False) for first, last in pairs):
        return None, not phrase.verb  # what a verb tells is surer by its kind
    likely = [each for score, each in anchors if phrase.pointed or score >= max(ENOUGH, anchors[0][0] - _BEHIND)]
    target = targets[0]
    likely = [each for each in likely if elapsed(*((target[1], each[1]) if back else (each[1], target[1])))[0] >= 0]
    if not likely:
        return None, False
    # what the text tells beside it may be told by the same words; "the rest" may be that of what was told last
    near = [] if phrase.others else [each for _, each in told_last(recall.chronicle, tree)[:1]]
    if not phrase.others and recall.chronicle.words.group_of.get(phrase.head) == "instrument":
        # a bare "the treaty" is the one that the whole text is about, wherever it is dated
        near += [
            date
            for each in manuscript.sentences
            if (other := recall.chronicle.trees.get(each.index)) is not None and _signed(recall, other)
            for date in find_dates(other.sentence.text)
        ]
    near += opening_dates(recall) if not phrase.others and tree.tokens[at].pos == "NOUN" else []
    for each in (*_beside(recall, likely[0]), *_by_word(recall, tree, phrase), *near):
        if bears(duration, *((target[1], each) if back else (each, target[1])), inclusive=False):
            return None, not phrase.verb
    first, last = (target, likely[0]) if back else (likely[0], target)
    if elapsed(first[1], last[1])[0] < 0 or not plausible(duration, first[1], last[1], factor=_FACTOR):
        return None, False
    return tell(sentence, marked.text, duration, first, last), True


def opening_dates(recall: Recall) -> list[WrittenDate]:
    """Return the dates of the first paragraph with any, whose happening a bare "the signature" means wherever it stands.

    A line without a verb ("Policy brief, November 2026") is no paragraph.
    """
    trees = recall.chronicle.trees
    dated = [
        index
        for index, dates in sorted(recall.chronicle.dates.items())
        if dates and index in trees and any(trees[index].is_verb(at) for at in range(len(trees[index].tokens)))
    ]
    blocks = {trees[index].sentence.block for index in dated[:1]}
    return [date for index in dated if trees[index].sentence.block in blocks for date in recall.chronicle.dates[index].values()]


def _signed(recall: Recall, tree: Tree) -> bool:
    """Tell whether a sentence says of something that it was signed."""
    return any("signing" in recall.kinds(tree, at) for at, token in enumerate(tree.tokens) if token.pos in ("VERB", "NOUN"))


def _by_word(recall: Recall, tree: Tree, phrase: Phrase) -> list[WrittenDate]:
    """Return all dates of the other sentences that have the main word of a phrase, or the verb of a noun."""
    return [
        date
        for index, other in recall.chronicle.trees.items()
        if other is not tree and any(_is_word(other, at, phrase) for at in range(len(other.tokens)))
        for date in recall.chronicle.dates[index].values()
    ]


def _is_word(tree: Tree, at: int, phrase: Phrase) -> bool:
    lemma = tree.lemma(at)
    return lemma == phrase.head or (tree.is_verb(at) and not phrase.verb and related(phrase.head, lemma))


def _beside(recall: Recall, placed: Placed) -> list[WrittenDate]:
    """Return the dates of a sentence and of the one right behind it."""
    index = next(index for index, tree in recall.chronicle.trees.items() if tree.sentence.start == placed[0])
    return [date for each in (index, index + 1) for date in recall.chronicle.dates.get(each, {}).values()]


def unrelated(manuscript: Manuscript, sentence: Sentence, duration: Duration, slip: Slip) -> bool:
    """Tell whether a slip counts from a date whose sentence says nothing of what the text counts from."""
    recall = recall_of(manuscript)
    tree = recall.chronicle.trees.get(sentence.index)
    place = None if tree is None else connected(recall.chronicle, tree, sentence.start + duration.end)
    if tree is None or place is None or place[1]:
        return False
    if set(recall.chronicle.dates[sentence.index]) & set(tree.subtree(place[0])):
        return False
    phrase = recall.phrase(tree, place[0])
    if not (phrase.verb or phrase.others) or phrase.pointed or _leaning(tree, place[0]):
        return False
    spots = {start for start, _ in slip.rests_on}
    rests = [each for each in recall.entries if each.placed[0] + each.date.start in spots and each.tree is not tree]
    if not rests or any(recall.common(phrase, each) for each in rests):
        return False
    # it may be told without a date just behind the date
    told_since = range(min(each.tree.sentence.index for each in rests), sentence.index)
    return not any(recall.mentions(phrase, tree) for index in told_since if (tree := recall.chronicle.trees.get(index)))


def _leaning(tree: Tree, at: int) -> bool:
    """Tell whether a clause leans on what was told last: "after it had begun" does, "after they had fled" tells more."""
    if tree.tokens[at].pos == "PRON":
        return True
    subject = tree.child(at, *SUBJECTS)
    return subject is not None and tree.tokens[subject].pos == "PRON" and one_of(tree, at, "beginning")


def _anchors(recall: Recall, phrase: Phrase, tree: Tree, inside: set[int]) -> list[tuple[float, Placed]]:
    """Return the dates of what a time is counted from with how much they have in common with it, the likeliest first."""
    found = [(score, each.placed) for score, each in recall.recalled(phrase, tree, inside)]
    if phrase.pointed and (not found or found[0][0] < ENOUGH):
        return [(0.0, each) for each in told_last(recall.chronicle, tree)]
    return found


def _targets(recall: Recall, tree: Tree, sentence: Sentence, marked: Marked, duration: Duration, at: int) -> list[Placed]:
    """Return the dates of what happens so long after, the likeliest first."""
    inside = {tree.tokens[each].start for each in tree.subtree(at)}
    own = [date for date in marked.dates if sentence.start + date.start not in inside]
    before = [date for date in own if date.end <= duration.start]
    host = tree.head(at)
    while host is not None and not tree.is_verb(host):
        host = tree.head(host)
    if before and joined_since(tree, host, sentence.start + before[-1].end):
        return []
    if before and ";" not in marked.text[before[-1].end : duration.start]:
        return [(sentence.start, date) for date in reversed(before)]
    if own:
        return [(sentence.start, date) for date in own]
    verb = tree.head(at)
    while verb is not None and not tree.is_verb(verb):
        verb = tree.head(verb)
    if verb is None or not told(tree, verb, recall.chronicle.words) or tree.case(verb) in _IF:
        return []
    subject = tree.child(verb, *SUBJECTS)
    subject = tree.subject(verb) if subject is None else subject
    if subject is None:
        return []
    if tree.word(subject) in _IT:
        return told_last(recall.chronicle, tree)
    if tree.tokens[subject].pos != "NOUN":
        return []
    phrase = recall.phrase(tree, subject)
    found = recall.recalled(phrase, tree, set())
    return [each.placed for score, each in found] if found and found[0][0] >= ENOUGH else []
