"""How long something took, of which a sentence beside it tells the other end: "It took seven years. On 14 July 1903 ...".

Three wordings name one end only. What "took" or "needed" so long ends where the goal is dated ("to reach the coast, known
there on 17 January") or else at the first date told next; it began at the date told last before it. "From there to the peace of
1920 was ..." begins at the date told last. What "had been" so "for sixty years since 1911" ended at the date told last. Any two
dates that the text has told by then may be meant as well, and acquit.
"""

from __future__ import annotations

from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_ends import resolve
from verbale.review.checks.duration_told import Placed, bears, plausible, tell, told_last
from verbale.review.chronicle import Chronicle, told
from verbale.review.dates import WrittenDate
from verbale.review.duration_words import duration_words
from verbale.review.durations import Duration
from verbale.review.marking import Marked
from verbale.review.recalling import AROUND
from verbale.review.trees import SUBJECTS, Tree

# A time so many times as long or as short is that of something else; slips of own sentences lie within 3.2.
_FACTOR: Final = 3.5
# The same where both ends hang on what took so long.
_TIED_FACTOR: Final = 5.0
# So many sentences on, the end of what took long may be told.
_AHEAD: Final = 2
_POINTS: Final = frozenset({"there", "then", "here"})


def find_taken(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration) -> tuple[Slip | None, bool]:
    """Return the slip of a time of which one end is told beside its sentence, and whether it is such a time at all."""
    tree = chronicle.trees.get(sentence.index)
    if tree is None or duration.about == "part" or (duration.indefinite and duration.unit == "day"):
        return None, False
    top = tree.top(tree.within(sentence.start + duration.start, sentence.start + duration.end))
    if top is None:
        return None, False
    own = sorted(marked.dates, key=lambda date: date.start)
    journey, onward = _of_journey(chronicle, tree, top, own), _from_there(chronicle, tree, top, own)
    for ends in (journey, onward, _had_been(chronicle, tree, top)):
        if ends is not None:
            return _judge(chronicle, sentence, marked, duration, ends), True
    return None, False


Ends = tuple[Placed | None, Placed | None]


def _of_journey(chronicle: Chronicle, tree: Tree, top: int, own: list[WrittenDate]) -> Ends | None:
    """Read "It took seven years to ...", "The news needed three weeks to reach the coast, where ..."."""
    verb = tree.head(top)
    if verb is None or tree.label(top) != "obj" or tree.lemma(verb) not in duration_words()["taking"]:
        return None
    subject = tree.child(verb, *SUBJECTS)
    placed = any(tree.word(each) == "place" for each in tree.below[verb])
    if subject is None or placed or not told(tree, verb, chronicle.words):
        return None
    it = tree.word(subject) == "it"
    if not it and tree.lemma(subject) not in duration_words()["tidings"]:
        return None
    first = next(iter(told_last(chronicle, tree)), None)
    if own:
        goal = [date for date in own if tree.sentence.start + date.start > tree.tokens[top].start]
        return (first, (tree.sentence.start, goal[0])) if len(own) == len(goal) == 1 else None
    onward = _told_next(chronicle, tree) if it else None
    # "It was begun in 1550 and completed in 1557. It took seven years to build": what follows may tell no end
    return None if onward is None and len(told_last(chronicle, tree)) > 1 else (first, onward)


def _told_next(chronicle: Chronicle, tree: Tree) -> Placed | None:
    """Return the first date of the sentences that follow in the paragraph."""
    for index in range(tree.sentence.index + 1, tree.sentence.index + 1 + _AHEAD):
        other = chronicle.trees.get(index)
        if other is None or other.sentence.block != tree.sentence.block:
            return None
        dates = sorted(chronicle.dates[index].values(), key=lambda date: date.start)
        if dates:
            return other.sentence.start, dates[0]
    return None


def _from_there(chronicle: Chronicle, tree: Tree, top: int, own: list[WrittenDate]) -> Ends | None:
    """Read "From there to the final text of July 1965 was a matter of eight years"."""
    start = next(
        (
            at
            for at in range(len(tree.tokens))
            if tree.word(at) in _POINTS | chronicle.words.lists["times"]
            and "from" in tree.case(at).split()
            and _points(tree, at)
        ),
        None,
    )
    if (
        start is None
        or len(own) != 1
        or not any(tree.word(each) in ("was", "were", "took") for each in range(len(tree.tokens)))
    ):
        return None
    before = tree.sentence.text[tree.tokens[start].end - tree.sentence.start : own[0].start]
    if not before.lstrip().startswith(("to ", "until ", "till ")) or not tree.tokens[start].start < tree.tokens[top].start:
        return None
    return next(iter(told_last(chronicle, tree)), None), (tree.sentence.start, own[0])


def _points(tree: Tree, at: int) -> bool:
    return tree.word(at) in _POINTS or any(tree.word(each) in ("that", "this") for each in tree.children(at, "det"))


def _had_been(chronicle: Chronicle, tree: Tree, top: int) -> Ends | None:
    """Read "The oilfields had been in foreign hands for sixty years since the first well of 1911"."""
    verb = tree.head(top)
    while verb is not None and not tree.is_verb(verb):
        verb = tree.head(verb)
    if verb is None or tree.case(top) not in ("for", "") or not any(tree.word(each) == "had" for each in tree.below[verb]):
        return None
    dates = chronicle.dates[tree.sentence.index]
    if not dates:
        since = next((each for each in tree.subtree(verb) if tree.case(each) == "since" and each > top), None)
        begun = [] if since is None else resolve(chronicle, tree, since)
        return (begun[0], next(iter(told_last(chronicle, tree)), None)) if begun else None
    if len(dates) != 1:
        return None
    at, date = next(iter(dates.items()))
    above: int | None = at
    while above is not None and above != verb:
        if "since" in tree.case(above).split() and tree.tokens[at].start > tree.tokens[top].start:
            return (tree.sentence.start, date), next(iter(told_last(chronicle, tree)), None)
        above = tree.head(above)
    return None


def _judge(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration, ends: Ends) -> Slip | None:
    first, last = ends
    tied = any(each is not None and each[0] == sentence.start for each in ends)
    if first is None or last is None or not plausible(duration, first[1], last[1], factor=_TIED_FACTOR if tied else _FACTOR):
        return None
    reach = range(max(0, sentence.index - AROUND), sentence.index + 1 + _AHEAD)
    every = [date for index in reach for date in chronicle.dates.get(index, {}).values()]
    ordered = sorted([*every, *marked.dates], key=lambda date: date.order)
    pairs = ((one, other) for at, one in enumerate(ordered) for other in ordered[at + 1 :])
    ends_dates = (first[1].order, last[1].order)
    if any(bears(duration, one, other) for one, other in pairs if one.order == ends_dates[0] or other.order == ends_dates[1]):
        return None
    return tell(sentence, marked.text, duration, first, last)
