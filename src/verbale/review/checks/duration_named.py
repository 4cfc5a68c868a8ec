"""Times of what a text calls by its year: "In 1915 they began to build. The servitude of 1856 was set aside after 59 years".

The one date of the sentence is that at which its subject began; it ends where the account has arrived, at the date told last.
Any two dates of the paragraph, or of the sentences that name the subject, bear the time out.
"""

from __future__ import annotations

import re
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, borne_out, of_the_same, plausible, tell, told_last
from verbale.review.chronicle import Chronicle, told
from verbale.review.dates import WrittenDate
from verbale.review.duration_words import one_of
from verbale.review.durations import Duration
from verbale.review.marking import Marked
from verbale.review.trees import SUBJECTS, Tree

# A time so many times as long or as short is that of something told elsewhere; slips of own sentences lie within 1.7.
_FACTOR: Final = 2.0
_AFTER: Final = re.compile(r"\bafter\s(?:only\s|just\s|fully\s|a\sfull\s)?$", re.IGNORECASE)
_FOR: Final = re.compile(r"\bfor\s(?:only\s|just\s|fully\s|a\sfull\s)?$", re.IGNORECASE)
_CLOSES: Final = re.compile(r"(?:\sof\s[a-z]+|\sin\s[a-z]+)?\s*(?:[.;:,)]|$)")


def find_named(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of a time that does not lead from the year of its subject to the date told last."""
    tree = chronicle.trees.get(sentence.index)
    if tree is None or duration.indefinite or len(marked.dates) != 1 or not _CLOSES.match(marked.text[duration.end :]):
        return None
    date = marked.dates[0]
    verb = _verb(tree, sentence, duration)
    if verb is None or date.end > duration.start or not _of_subject(chronicle, tree, verb, date):
        return None
    had = any(tree.word(each) == "had" for each in tree.children(verb, "aux"))
    said = marked.text[: duration.start]
    if not (_FOR.search(said) and had and one_of(tree, verb, "lasting")) and not (_AFTER.search(said) and not had):
        return None
    if not told(tree, verb, chronicle.words):
        return None
    first: Placed = (sentence.start, date)
    last = next((each for each in told_last(chronicle, tree) if each[1].order > date.order), None)
    if last is None or not plausible(duration, date, last[1], factor=_FACTOR):
        return None
    same = (other for _, other in of_the_same(chronicle, tree, verb))
    if borne_out(duration, (*chronicle.dates_of(sentence.block), *same, date)):
        return None
    return tell(sentence, marked.text, duration, first, last)


def _verb(tree: Tree, sentence: Sentence, duration: Duration) -> int | None:
    """Return the verb, or what stands for one ("was dead"), in whose clause a time stands."""
    at = tree.top(tree.within(sentence.start + duration.start, sentence.start + duration.end))
    while at is not None and not tree.is_verb(at) and tree.child(at, "cop") is None:
        at = tree.head(at)
    return at


def _of_subject(chronicle: Chronicle, tree: Tree, verb: int, date: WrittenDate) -> bool:
    """Tell whether a date hangs on the subject of a verb: "the treaty of 1925", "the neutrality, imposed in 1856"."""
    subject = tree.child(verb, *SUBJECTS)
    if subject is None:
        return False
    inside = set(tree.subtree(subject))
    return any(top in inside for top, each in chronicle.dates[tree.sentence.index].items() if each.start == date.start)
