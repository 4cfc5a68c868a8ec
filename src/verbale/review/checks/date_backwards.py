"""Finds an account that goes backwards: "imposed in 2001 and lifted in 1999"; "freed in May; he had been caught in July".

Clauses that "and" or a semicolon joins in the simple past are told in the order in which they happened, and so is the next
sentence on the same thing; what "had" been done lay before. In 156 essays and some 300 manuscripts one right sentence breaks
this order for the first, one for the second, none for the third; where an account does go back, it says so ("earlier", "had").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_told import later
from verbale.review.chronicle import Chronicle, governor, told
from verbale.review.dates import WrittenDate, find_dates
from verbale.review.trees import Tree

_MADE: Final = 2
_SIDES: Final = frozenset({"since", "after", "before", "until"})
# Talks are concluded at their end.
_ENDS_TOO: Final = frozenset({"conclude", "seal", "settle"})
_COMING_TO_BE: Final = frozenset({"treaty", "body", "life", "thing"})
# A sentence that runs on over a heading is none.
_BREAK: Final = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb in the past with its date: whether it tells what "had" been, and whether the date is written with its year."""

    at: int
    date: WrittenDate
    before: bool
    whole: bool
    top: int


def find_backwards(chronicle: Chronicle) -> Iterator[Slip]:
    """Yield a slip for each dated clause whose date lies on the wrong side of the clause that it goes on from."""
    last: tuple[Tree, list[_Clause]] | None = None
    if chronicle.down:
        return  # "in 279 and in 274": which of them is the later one the years themselves do not say
    for tree in chronicle.trees.values():
        if _BREAK.search(chronicle.text[tree.sentence.start : tree.sentence.end]):
            last = None
            continue
        clauses = list(_clauses(chronicle, tree))
        slip = next(_within(chronicle, tree, clauses), None)
        if slip is None and last is not None and _follows(last[0], tree):
            slip = _across(chronicle, last, tree, clauses)
        if slip is not None:
            yield slip
        last = (tree, clauses) if clauses else None


def _follows(one: Tree, other: Tree) -> bool:
    return one.sentence.index == other.sentence.index - 1 and one.sentence.block == other.sentence.block


def _clauses(chronicle: Chronicle, tree: Tree) -> Iterator[_Clause]:
    """Yield the verbs of a sentence that tell what happened at a date of their own; one verb of two dates is left out."""
    text = chronicle.text[tree.sentence.start : tree.sentence.end]
    whole = {date.start for date in find_dates(text)}
    found: dict[int, list[_Clause]] = {}
    for top, date in chronicle.dates[tree.sentence.index].items():
        place = governor(tree, top, chronicle.words, text[: date.start])
        at = None if place is None else _verb_of(chronicle, tree, top, place[0]) if place[1] else place[0]
        if at is None or not told(tree, at, chronicle.words):
            continue
        aux = {tree.word(each) for each in tree.children(at, "aux")}
        if aux & {"has", "have"} or not _past(tree, at):
            continue
        full = date.start in whole or text[date.start : date.end].endswith(" year")  # "in December of that year"
        found.setdefault(at, []).append(_Clause(at, date, "had" in aux, full, top))
    yield from (each[0] for at, each in sorted(found.items()) if len(each) == 1)


def _verb_of(chronicle: Chronicle, tree: Tree, top: int, noun: int) -> int | None:
    """Return the verb that a date after a noun is for: "applied for membership in 1987", not "gave up the base of 1960"."""
    over = tree.head(noun)
    if set(tree.case(noun).split()) & _SIDES:
        return None  # two years had passed since his return in March 1957
    adverbial = tree.case(top) in ("in", "on") and tree.head(top) == noun and tree.lemma(noun) not in chronicle.words.by_noun
    close = over is not None and tree.is_verb(over) and over < noun and tree.tokens[noun].label in ("obl", "obj")
    return over if adverbial and close else None


def _past(tree: Tree, at: int) -> bool:
    """Tell whether a verb stands in the past, or a participle that an auxiliary before it lets stand there."""
    verbs = [at, *tree.children(at, "cop", "aux", "aux:pass")]
    if any("Tense=Past" in tree.tokens[each].morph for each in verbs):
        return not any("Tense=Pres" in tree.tokens[each].morph and "VerbForm=Fin" in tree.tokens[each].morph for each in verbs)
    return False


def _within(chronicle: Chronicle, tree: Tree, clauses: list[_Clause]) -> Iterator[Slip]:
    for number, one in enumerate(clauses):
        for other in clauses[number + 1 :]:
            label = tree.label(other.at)
            if label in ("conj", "parataxis") and tree.head(other.at) == one.at and not _reported(tree, one.at):
                wrong = _backwards(chronicle, tree, one, other)
            elif (
                label in ("advcl", "acl:relcl", "ccomp") and other.before and not one.before and _hangs(tree, other.at, one.at)
            ):
                known = (one.whole and other.whole) or _within_a_month(one, other)
                wrong = known and later(other.date, one.date) and not _turned(chronicle, tree)
            elif other.before != one.before and _hangs(tree, one.at, other.at):
                wrong = one.whole and other.whole and not _turned(chronicle, tree) and _led_up(tree, one, other)
            else:
                continue
            if wrong:
                yield _slip(chronicle, (tree, one), (tree, other))


def _led_up(tree: Tree, one: _Clause, other: _Clause) -> bool:
    """Tell whether a clause that leads up to a main verb lies on its wrong side.

    "The government that had been elected in 1936 signed it in 1934"; "by the time the talks opened in 1994, it had applied
    in 1996".
    """
    if one.before:
        return tree.label(one.at) == "acl:relcl" and later(one.date, other.date)
    time = tree.head(one.at)
    by_then = tree.label(one.at) == "advcl" or (time is not None and tree.lemma(time) == "time" and tree.case(time) == "by")
    return by_then and later(other.date, one.date)


def _backwards(chronicle: Chronicle, tree: Tree, one: _Clause, other: _Clause) -> bool:
    """Tell whether two clauses side by side go back in time, or the second "had" been and lies after the first."""
    if other.before and not one.before:
        parted = tree.label(other.at) == "parataxis"
        return parted and one.whole and other.whole and later(other.date, one.date)
    if one.before and not other.before:
        return False  # "it had been read in May, and"
    if tree.lemma(one.at) == tree.lemma(other.at) or _turned(chronicle, tree) or not later(one.date, other.date):
        return False  # "he visited Rome in 1955 and visited Paris in 1951" lists
    if _each_for_himself(tree, one.at, other.at):
        return False  # "Brazil ratified in 1968; Argentina signed in 1967"
    if one.whole and other.whole:
        return True
    return _within_a_month(one, other)


def _within_a_month(one: _Clause, other: _Clause) -> bool:
    """Tell whether two days of one month or the next are told: a day without its year may be of another, but not so near."""
    near = bool(one.date.month and other.date.month) and abs(one.date.months - other.date.months) <= 1
    return near and bool(one.date.day and other.date.day)


def _across(chronicle: Chronicle, last: tuple[Tree, list[_Clause]], tree: Tree, clauses: list[_Clause]) -> Slip | None:
    """Check a sentence that goes on from the one before, each with one date."""
    before, told_before = last
    if len(told_before) != 1 or len(clauses) != 1:
        return None
    one, other = told_before[0], clauses[0]
    if (
        not ((one.whole and other.whole) or (other.before and _within_a_month(one, other)))
        or tree.head(other.at) is not None
        or _turned(chronicle, tree)
    ):
        return None
    same = chronicle.referents.of(before, before.subject(one.at))
    goes_on = same is not None and same is chronicle.referents.of(tree, tree.subject(other.at))
    if other.before:
        # "when it opened again, in May 1963, it had been dark for six years": the date is that of the clause of time
        lists = chronicle.words.lists
        lasting = tree.lemma(other.at) in lists["states"] | lists["passing"] or bool(tree.children(other.at, "advcl"))
        lasting = lasting or tree.word(0) == "by"  # "by the time it joined, in 1934, fourteen years had gone"
        wrong = not one.before and not lasting and not _of_another(chronicle, tree) and later(other.date, one.date)
    else:
        pointing = any(tree.word(each) in chronicle.words.lists["pro-verbs"] for each in tree.below[other.at])
        wrong = (
            goes_on
            and not one.before
            and not pointing
            and not _put_first(tree, other)
            and not _explains(chronicle, tree, other)
            and before.head(one.at) is None
            and before.lemma(one.at) != tree.lemma(other.at)
            and later(one.date, other.date)
        )
    return _slip(chronicle, (before, one), (tree, other)) if wrong else None


def _explains(chronicle: Chronicle, tree: Tree, clause: _Clause) -> bool:
    """Tell whether a passive says how what was told of came to be: "it was signed in December 1992"."""
    kind = chronicle.words.verb_kind(tree, clause.at)
    made = kind is not None and kind.stage <= _MADE and kind.course in _COMING_TO_BE
    return made and tree.passive(clause.at) and tree.lemma(clause.at) not in _ENDS_TOO


def _of_another(chronicle: Chronicle, tree: Tree) -> bool:
    """Tell whether a sentence tells of another thing, or of an assent, which follows what it is given to."""
    lists = chronicle.words.lists
    words = {tree.lemma(each) for each in range(len(tree.tokens))}
    return bool(words & (lists["another treaty"] | lists["assents"] | lists["assenting"]))


def _put_first(tree: Tree, clause: _Clause) -> bool:
    """Tell whether a date, or an office, opens its sentence, so that it may go to another time: "In 1982 he ..."."""
    return tree.word(0) == "as" or tree.sentence.start + clause.date.start < tree.tokens[clause.at].start


def _each_for_himself(tree: Tree, one: int, other: int) -> bool:
    """Tell whether two verbs have each a name of its own as subject."""
    own = tree.child(one, "nsubj", "nsubj:pass"), tree.child(other, "nsubj", "nsubj:pass")
    return all(each is not None and tree.tokens[each].pos == "PROPN" for each in own)


def _hangs(tree: Tree, at: int, over: int) -> bool:
    """Tell whether a clause hangs on another one, itself or through a noun of it."""
    head = tree.head(at)
    while head is not None and head != over and not tree.is_verb(head):
        head = tree.head(head)
    return head == over


def _reported(tree: Tree, at: int) -> bool:
    """Tell whether a clause is what somebody wrote or said, who may be wrong: "I had written that it was signed in ..."."""
    return tree.label(at) == "ccomp"


def _turned(chronicle: Chronicle, tree: Tree) -> bool:
    """Tell whether a sentence says that it goes to another time: earlier, already, by then."""
    return bool({tree.word(each) for each in range(len(tree.tokens))} & chronicle.words.lists["going back"])


def _slip(chronicle: Chronicle, one: tuple[Tree, _Clause], other: tuple[Tree, _Clause]) -> Slip:
    (before, first), (tree, second) = one, other
    start = tree.sentence.start
    begin, end = tree.span([second.at, *tree.within(start + second.date.start, start + second.date.end)])
    at = before.sentence.start + first.date.start, before.sentence.start + first.date.end
    said = chronicle.text[start + second.date.start : start + second.date.end]
    when = chronicle.text[slice(*at)]
    why = "as done before" if second.before else "as the next step"
    return Slip(begin, end, f"The text tells this {why}, but dates it {said}; what was told last is of {when}.", (at,))
