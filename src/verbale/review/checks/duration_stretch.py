"""The stretch that a narrated duration measures: which dates may end and begin it, and which bear it out.

It leads from the date told last to that of its own sentence, or, without one, over the last two dates (`duration_narrated`).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_counted import told_aside
from verbale.review.checks.duration_ends import resolve
from verbale.review.checks.duration_told import Placed, bears, birth, of_the_same, plausible, tell
from verbale.review.chronicle import Chronicle
from verbale.review.dates import WrittenDate, find_spans
from verbale.review.duration_words import one_of
from verbale.review.durations import Duration
from verbale.review.marking import DATE, Marked
from verbale.review.trees import SUBJECTS, Tree

# A stretch that is so many times as long or as short as the duration is that of something else.
_FACTOR: Final = 2.9
# The same, where the grammar leaves no other stretch.
_WIDE_FACTOR: Final = 4.0
# "After a reign of sixty-six years": what is told as new may have begun long before the dates of the account.
_NEW_FACTOR: Final = 2.0
# A paragraph with more dates than this tells of more than one thing.
_MOST_DATES: Final = 12
_UNTIL: Final = re.compile(rf",\s(?:until|till)\s({DATE})")
Told = list[tuple[Sentence, Marked]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a duration measures: its verb, the noun that it is the time of, and how firmly the grammar ties it to the account.

    `closed`: the stretch must end at a date of the sentence itself; `until`: it ends there, and began before (had waited for);
    `since`: its sentence tells when it began, after its end ("he had come to office in 1955, so that he held it for ...");
    `dated`: where the date begins that alone may end it ("later, at the end of that year").
    """

    verb: int | None
    noun: int | None
    firm: bool = False
    closed: bool = False
    until: bool = False
    since: bool = False
    dated: int | None = None


def judge(
    chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration, near: Told, measured: Measured
) -> Slip | None:
    """Return the slip of a duration that no two dates bear out between which what it measures may lie."""
    every: list[Placed] = [(sentence.start, date) for date in marked.dates]
    here = [each for each in every if not (measured.until and birth(marked.text, each[1]))]
    until = _UNTIL.match(marked.marks, duration.end)
    if until is not None:  # "lived for another 158 years, until 1806" ends there, wherever it began
        here = [each for each in here if each[1].start == until.start(1) or each[1].order < _at(marked, until).order]
    if measured.verb is not None and here:
        linked = _linked(chronicle, sentence, measured.verb, duration)
        # "he had fought for two years, and then he ruled until 1965": the date is that of the other act
        here = [each for each in here if each[1].start in linked and measured.dated in (None, each[1].start)]
        if not here:
            return None
    block = [
        (each.start, date)
        for each, other in near
        for date in other.dates
        if each.block == sentence.block and not told_aside(other, date, len(other.text))
    ]
    above = [(each.start, date) for each, other in near if each.block != sentence.block for date in other.dates]
    reach = above[-2:] if block or measured.until else []
    before = block if len(block) > 1 or (block and here) else [*reach, *block]
    begun = _begun(chronicle, sentence, measured) if here else []
    if len(here) + len(before) + len(begun) < 2 or len({date.order for _, date in here + block}) > _MOST_DATES:
        return None
    if measured.until and len(here) == 2 and all(date.start > duration.end for _, date in here):
        here = here[:1]  # he had served for nine years when he was moved in 1895; he left in 1900
    pair = _pair(here, before, measured)
    factor = _WIDE_FACTOR if measured.firm else _FACTOR
    tree = chronicle.trees[sentence.index]
    if measured.noun is not None and any(tree.word(each) in ("a", "an") for each in tree.children(measured.noun, "det")):
        factor = _NEW_FACTOR
    if pair is None or not plausible(duration, pair[0][1], pair[1][1], factor=factor):
        earlier = [each for each in begun if each[1].order < here[-1][1].order]
        pair = (earlier[0], here[-1]) if earlier else None
    if pair is None or not plausible(duration, pair[0][1], pair[1][1], factor=factor):
        return None
    pairs = _others(every, block, above) + [(each, one) for each in begun for one in here]
    # what the text is about, by its first line, may be the end that is meant
    pairs += [(one, (0, date)) for one in [*here, *before] for date in chronicle.dates.get(0, {}).values()]
    pairs += _going_on(chronicle, sentence, block) if not every else []
    if measured.verb is not None:
        same = of_the_same(chronicle, tree, measured.verb)
        pairs += [(one, other) if one[1].order <= other[1].order else (other, one) for one in same for other in here]
    if any(bears(duration, one[1], other[1]) for one, other in pairs):
        return None
    return tell(sentence, marked.text, duration, *pair)


def _at(marked: Marked, match: re.Match[str]) -> WrittenDate:
    return next(date for date in marked.dates if date.start == match.start(1))


def _linked(chronicle: Chronicle, sentence: Sentence, verb: int, duration: Duration) -> set[int]:
    """Return where the dates begin that stand in the clause of a verb, or in one that hangs on it or that it hangs on."""
    tree = chronicle.trees[sentence.index]
    found = set()
    for top, date in chronicle.dates[sentence.index].items():
        above: list[int] = []
        at: int | None = top
        while at is not None:
            above.append(at)
            at = tree.head(at)
        own = [verb, *_ancestors(tree, verb)]
        meeting = next((each for each in above if each in own), None)
        if meeting is None:
            continue
        path = [*above[: above.index(meeting)], *own[: own.index(meeting)]]
        other = any(tree.label(each) in ("conj", "parataxis") and _says(tree, each) for each in path)
        before = date.end <= duration.start and ";" not in sentence.text[date.end : duration.start]
        apart = date.start >= duration.end and _another_clause(tree, duration.end, date.start)
        if (not other and not apart) or (before and not _from_there(tree, meeting, verb)):
            found.add(date.start)
    spans = find_spans(sentence.text)
    return found | {date.start for span in spans for date in (span.first, span.last)}


def _another_clause(tree: Tree, start: int, end: int) -> bool:
    """Tell whether a new clause is joined between two offsets: "spent eleven years there and was there when ..."."""
    between = tree.within(tree.sentence.start + start, tree.sentence.start + end)
    return any(tree.label(each) == "conj" and _says(tree, each) for each in between)


def _says(tree: Tree, at: int) -> bool:
    return tree.is_verb(at) or tree.child(at, "cop") is not None


def _from_there(tree: Tree, begun: int, verb: int) -> bool:
    """Tell whether a verb goes on from a beginning that its sentence dates: "took over in 2009 and stayed for five years"."""
    had = any(tree.word(each) in ("had", "having") for each in tree.children(verb, "aux"))
    opens = begun != verb and one_of(tree, begun, "beginning") and not one_of(tree, begun, "ending")
    return opens and not had and tree.label(verb) == "conj" and tree.child(verb, *SUBJECTS) is None


def _ancestors(tree: Tree, at: int) -> list[int]:
    found = []
    above = tree.head(at)
    while above is not None:
        found.append(above)
        above = tree.head(above)
    return found


def _begun(chronicle: Chronicle, sentence: Sentence, measured: Measured) -> list[Placed]:
    """Return the dates that the text gives elsewhere to what a verb is said of: "the mine closed after two decades"."""
    if measured.verb is None:
        return []
    tree = chronicle.trees[sentence.index]
    at = tree.subject(measured.verb)
    if at is None or tree.tokens[at].pos != "NOUN":
        return []
    return [each for each in resolve(chronicle, tree, at) if each[0] != sentence.start]


def _going_on(chronicle: Chronicle, sentence: Sentence, block: list[Placed]) -> list[tuple[Placed, Placed]]:
    """Return the pairs of a date told before and one told later in the paragraph, where a stretch may end."""
    later = [
        (chronicle.trees[index].sentence.start, date)
        for index in chronicle.in_block.get(sentence.block, ())
        if index > sentence.index
        for date in chronicle.dates[index].values()
    ]
    return list(itertools.product(block, later))


def _others(here: list[Placed], block: list[Placed], above: list[Placed]) -> list[tuple[Placed, Placed]]:
    """Return all pairs of dates that may be meant as well: those that end or begin in the sentence; without, all nearby."""
    if here:
        pairs = [(one, other) for one in here for other in [*(block or above), *here] if one != other]
    else:
        pairs = list(itertools.combinations(block if len(block) > 1 else [*above, *block], 2))
    return [(one, other) if one[1].order <= other[1].order else (other, one) for one, other in pairs]


def _pair(here: list[Placed], before: list[Placed], measured: Measured) -> tuple[Placed, Placed] | None:
    """Return the two dates between which what was told lies, in the order of time."""
    if len({date.order for _, date in here}) == 1 and before:
        last = here[0]
        earlier = [each for each in before if each[1].order < last[1].order]
        if not earlier and (measured.until or measured.since):
            return last, before[-1]  # "he had then been king for five years, having succeeded in 1695"
        return (earlier[-1], last) if earlier else None
    if len({date.order for _, date in here}) == 2:
        one, other = _ordered(here)[0], _ordered(here)[-1]
        return one, other
    if here or measured.closed:
        return None
    two = _ordered(before[-2:])
    if measured.until and len(two) == 2 and two[0][0] == two[1][0]:
        return None  # two dates of one sentence may be those of two things
    return (two[0], two[1]) if len(two) == 2 and two[0][1].order < two[1][1].order else None


def _ordered(dates: list[Placed]) -> list[Placed]:
    return sorted(dates, key=lambda each: each[1].order)
