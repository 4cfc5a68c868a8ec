"""Durations counted from what the text dates elsewhere: "five months after the award", "three years after it had begun"."""

from __future__ import annotations

from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.date_sequence import anchors_of
from verbale.review.checks.date_told import later
from verbale.review.checks.duration_told import joined_since, tell
from verbale.review.chronicle import Chronicle, Telling, governor
from verbale.review.dates import WrittenDate
from verbale.review.durations import Duration, elapsed
from verbale.review.marking import Marked
from verbale.review.trees import SUBJECTS, Tree

_AFTER: Final = frozenset({"after", "following", "since"})
_BEFORE: Final = frozenset({"before"})
# A count that is off by more than this is one of something else.
_FACTOR: Final = 6
# What a thing begins with, where the text says that it came "later".
BEGINNINGS: Final = frozenset({"founding", "signing", "opening", "building", "independence", "outbreak"})


def find_by_event(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of a duration between a date and a happening that the text dates in another place."""
    tree = chronicle.trees.get(sentence.index)
    if tree is None or (duration.indefinite and duration.unit not in ("year", "month")):
        return None
    place = connected(chronicle, tree, sentence.start + duration.end)
    if place is None:
        return _came_later(chronicle, sentence, marked, duration, tree)
    at, back = place
    target = _target(chronicle, tree, at)
    anchors = anchors_of(chronicle, tree, at)
    anchors = [each for each in anchors if target is None or each.date_at != target[1]]
    anchors = [each for each in anchors if not _by_another(chronicle, tree, at, each)]
    if target is None or not anchors:
        return None
    date, date_at = target
    # the nearest telling is meant; any other that fits acquits
    pairs = [(date, each.date) if back else (each.date, date) for each in anchors]
    # nor is it certain which of several treaties "the convention" was
    groups = {each.of.group for each in anchors if each.of is not None}
    kin = [each for each in chronicle.tellings if each.of is not None and each.of.group in groups and each.date_at != date_at]
    if tree.is_verb(at):  # "after it had come into force" is not after it was signed
        kin = [each for each in kin if each.kind in {anchor.kind for anchor in anchors}]
    pairs += [(date, each.date) if back else (each.date, date) for each in kin]
    if any(duration.fits(first, last) for first, last in pairs):
        return None
    slips = (_slip(chronicle, sentence, marked, duration, (date, date_at), each, back=back) for each in anchors)
    return next((slip for slip in slips if slip is not None), None)


def _by_another(chronicle: Chronicle, tree: Tree, at: int, anchor: Telling) -> bool:
    """Tell whether a telling is of others than a clause names: "the United Kingdom left after it had joined", "ten entered"."""
    own = tree.child(at, *SUBJECTS) if tree.is_verb(at) else None
    if own is not None and tree.tokens[own].pos == "PROPN" and anchor.sentence.index != tree.sentence.index:
        named = {tree.tokens[each].text for each in tree.name(own)}
        if not any(name in anchor.sentence.text for name in named):
            return True  # "after the envoy Varela had signed" is not after others did
    host = tree.head(at) if tree.is_verb(at) else None
    whose = None if host is None else tree.child(host, *SUBJECTS)
    if whose is None or tree.tokens[whose].pos != "PROPN":
        return False
    there = chronicle.trees[anchor.sentence.index]
    other = there.child(anchor.at, *SUBJECTS)
    if other is None or any(tree.tokens[each].text in anchor.sentence.text for each in tree.name(whose)):
        return False
    return there.tokens[other].pos in ("PROPN", "NUM") or there.child(other, "nummod") is not None


def of_another(chronicle: Chronicle, sentence: Sentence, duration: Duration, slip: Slip) -> bool:
    """Tell whether a slip counts "six years after his death" from the death of somebody else."""
    tree = chronicle.trees.get(sentence.index)
    place = None if tree is None else connected(chronicle, tree, sentence.start + duration.end)
    if tree is None or place is None:
        return False
    told = [each for each in chronicle.tellings if each.date_at in slip.rests_on]
    return any(chronicle.of_another(tree, place[0], each) for each in told)


def _slip(
    chronicle: Chronicle,
    sentence: Sentence,
    marked: Marked,
    duration: Duration,
    target: tuple[WrittenDate, tuple[int, int]],
    anchor: Telling,
    *,
    back: bool,
) -> Slip | None:
    del chronicle
    first, last = (target[0], anchor.date) if back else (anchor.date, target[0])
    low, high = elapsed(first, last)
    if high < 0 or not duration.days / _FACTOR <= max(high, 1) <= duration.days * _FACTOR or low < 0:
        return None
    there = (anchor.sentence.start, anchor.date)
    here = (target[1][0] - target[0].start, target[0])
    return tell(sentence, marked.text, duration, *((here, there) if back else (there, here)))


def connected(chronicle: Chronicle, tree: Tree, end: int) -> tuple[int, bool] | None:
    """Return the word that "after" or "before" right behind a duration brings in, and whether it is counted back."""
    for at in range(len(tree.tokens)):
        for each in tree.children(at, "case", "mark"):
            token = tree.tokens[each]
            if end <= token.start <= end + 12 and token.text.lower() in _AFTER | _BEFORE:
                between = [other for other in tree.tokens if end <= other.start < token.start]
                if all(
                    other.pos in ("PUNCT", "PART", "DET", "ADP") or other.text.lower() in ("day", "later", "only")
                    for other in between
                ):
                    return _meant(chronicle, tree, at), token.text.lower() in _BEFORE
    return None


def _meant(chronicle: Chronicle, tree: Tree, at: int) -> int:
    """Return the verb of "the day on which it fell due", which the day is that of."""
    head = tree.head(at)
    if head is not None and tree.label(at) in ("nsubj", "nsubj:pass") and tree.is_verb(head) and head > at:
        return head  # "after the fence had come down", where "after" was hung on the noun
    clause = tree.child(at, "acl:relcl")
    dated = tree.lemma(at) in chronicle.words.lists["times"] | {"day", "moment"}
    return clause if clause is not None and dated and tree.is_verb(clause) else at


def _target(chronicle: Chronicle, tree: Tree, at: int) -> tuple[WrittenDate, tuple[int, int]] | None:
    """Return the date of what happens so long after: that of its verb, else the one that the paragraph told last."""
    start = tree.sentence.start
    inside = set(tree.subtree(at))
    dates = {top: date for top, date in chronicle.dates[tree.sentence.index].items() if top not in inside}
    host = tree.head(at)
    while host is not None and not tree.is_verb(host):
        host = tree.head(host)
    text = chronicle.text[start : tree.sentence.end]
    beside = _beside(tree, at, list(dates.values()))
    if beside is not None:
        return beside, (start + beside.start, start + beside.end)
    for top, date in dates.items():
        place = governor(tree, top, chronicle.words, text[: date.start])
        if place is not None and place[0] == host and not place[1]:
            return date, (start + date.start, start + date.end)
    before = [date for date in dates.values() if start + date.end <= tree.tokens[at].start]
    clause = [date for date in before if tree.tokens[at].start - (start + date.end) < _CLOSE]
    if clause and joined_since(tree, host, start + clause[-1].end):
        return None
    if clause:
        return clause[-1], (start + clause[-1].start, start + clause[-1].end)
    known = [
        each
        for each in chronicle.tellings
        if each.sentence.index == tree.sentence.index - 1 and each.sentence.block == tree.sentence.block
    ]
    if known:
        return known[-1].date, known[-1].date_at
    told = [each for each in chronicle.tellings if each.sentence.block == tree.sentence.block and each.sentence.end <= start]
    return (told[-1].date, told[-1].date_at) if len({each.date.year for each in told}) == 1 and not dates else None


def _beside(tree: Tree, at: int, dates: list[WrittenDate]) -> WrittenDate | None:
    """Return the last of several dates before a time, where no verb parts the two: "and B on 5 May, at X, nine days after"."""
    start = tree.sentence.start
    before = sorted((date for date in dates if start + date.end <= tree.tokens[at].start), key=lambda date: date.start)
    if len(before) < 2:
        return None
    gap = (start + before[-1].end, min(tree.tokens[each].start for each in tree.subtree(at)))
    verbs = any(gap[0] <= token.start < gap[1] and token.pos in ("VERB", "AUX") for token in tree.tokens)
    return before[-1] if gap[1] - gap[0] < _CLOSE and not verbs else None


# A date so many letters before "N years after" is that of its clause.
_CLOSE: Final = 45


def _came_later(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration, tree: Tree) -> Slip | None:
    """Check "A began in 1957, so that B came thirty years later" where the text dates B elsewhere."""
    words = list(tree.within(sentence.start + duration.start, sentence.start + duration.end))
    if not words or duration.unit != "year":
        return None
    top = tree.top(words)
    later_at = None if top is None else tree.head(top)
    if later_at is None or tree.tokens[later_at].text.lower() != "later":
        return None
    verb = tree.head(later_at)
    dates = [date for date in marked.dates if date.end <= duration.start]
    if verb is None or len(dates) != 1 or any(date.start >= duration.end for date in marked.dates):
        return None
    of = chronicle.referents.of(tree, tree.subject(verb))
    made = [
        each
        for each in chronicle.tellings
        if of is not None
        and each.of is of
        and each.kind is not None
        and each.kind.name in BEGINNINGS
        and each.sentence is not sentence
    ]
    if not made or any(duration.fits(dates[0], each.date) for each in made) or later(dates[0], made[0].date):
        return None
    here, there = (sentence.start, dates[0]), (made[0].sentence.start, made[0].date)
    return tell(sentence, marked.text, duration, here, there)
