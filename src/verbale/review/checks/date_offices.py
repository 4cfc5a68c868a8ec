"""Finds who acts in an office before he takes it, and states before they are: "On 4 April 2023 President X", sworn in in 2024.

The office must be the one that is taken later (a minister of 2014 may be president in 2024), or one without a name is taken
("he took the oath") and a high one acted in. Who is told to have held it before, or again, is left alone. A state must act
"as a member": some signed treaties before they were independent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_outlived import looks_back
from verbale.review.checks.date_retold import date_place
from verbale.review.chronicle import Chronicle, told
from verbale.review.moments import Moment
from verbale.review.referents import Referent
from verbale.review.retellings import Happening, Retellings
from verbale.review.trees import SUBJECTS, Tree

_QUALIFIES: Final = frozenset({"ADJ", "NOUN", "PROPN"})
# An office held so many years before is an earlier term of its own.
_FAR: Final = 12
# So many words behind "as" may name the office.
_NEAR: Final = 4
_AHEAD: Final = frozenset({"would", "will"})


@dataclass(frozen=True, slots=True)
class _Taken:
    """An office that somebody takes: its words, none where the text does not name it, when, and where that is told."""

    who: Referent
    offices: frozenset[str]
    moment: Moment
    place: tuple[int, int]
    tree: Tree


def find_before_office(chronicle: Chronicle, retellings: Retellings) -> Iterator[Slip]:
    """Yield a slip for each act in an office that its holder takes only later."""
    taken: dict[int, list[_Taken]] = {}
    for happening in retellings.found:
        if (office := _taken(chronicle, happening)) is not None:
            taken.setdefault(id(office.who), []).append(office)
    if not taken:
        return
    for tree, at, moment in _acts(chronicle, retellings):
        for who in _actors(tree, at):
            referent = chronicle.referents.of(tree, who)
            terms = taken.get(id(referent), []) if referent is not None else []
            held = _held(chronicle, tree, who)
            if not held or len(terms) != 1 or terms[0].tree is tree:
                continue
            term = terms[0]
            if not (term.offices or chronicle.words.lists["high offices"]) & held:
                continue
            years = term.moment.year - moment.year
            if moment.last < term.moment.first and years <= _FAR and min(term.moment.year, moment.year) > 0:
                when = chronicle.text[slice(*term.place)]
                message = f"{term.who.label} acts in an office here in {moment.year}, but takes it only later ({when})."
                yield Slip(*tree.span([who, at]), message, (term.place,))
                break


def _acts(chronicle: Chronicle, retellings: Retellings) -> Iterator[tuple[Tree, int, Moment]]:
    """Yield the dated verbs of a text with their times, and those that go on right behind the one time of a sentence."""
    times: dict[int, list[Moment]] = {}
    for each in retellings.found:
        times.setdefault(each.sentence.index, []).append(each.moment)
        if not each.nominal and each.real and each.moment.sure > 0 and not each.span:
            yield each.tree, each.at, each.moment
    for index, tree in chronicle.trees.items():
        before = chronicle.trees.get(index - 1)
        last = times.get(index - 1, [])
        if index in times or chronicle.dates[index] or before is None or before.sentence.block != tree.sentence.block:
            continue
        if len(last) != 1 or last[0].sure <= 0:
            continue
        for at in tree.roots:
            ahead = any(tree.word(each) in _AHEAD for each in tree.children(at, "aux"))
            if tree.is_verb(at) and not ahead and not looks_back(tree, at) and told(tree, at, chronicle.words):
                yield tree, at, last[0]


def find_before_independence(chronicle: Chronicle, retellings: Retellings) -> Iterator[Slip]:
    """Yield a slip for each act "as a sovereign member" of a state that the text lets become independent only later."""
    begun: dict[int, Happening] = {}
    for each in retellings.found:
        subject = None if each.nominal or not each.real else each.tree.child(each.at, *SUBJECTS)
        referent = None if subject is None else chronicle.referents.of(each.tree, subject)
        if referent is not None and not referent.person and not referent.plural and _independent(chronicle, each.tree, each.at):
            begun.setdefault(id(referent), each)
    for each in retellings.found if begun else ():
        for who in () if each.nominal or not each.real or each.moment.sure <= 0 else _actors(each.tree, each.at):
            referent = chronicle.referents.of(each.tree, who)
            start = begun.get(id(referent)) if referent is not None else None
            if referent is None or start is None or start.tree is each.tree or start.moment.sure <= 0:
                continue
            if each.moment.last < start.moment.first and _as_state(chronicle, each.tree) and each.moment.year > 0:
                when = chronicle.text[slice(*date_place(start))]
                message = (
                    f"{referent.label} acts as a state here in {each.moment.year}, but is independent only later ({when})."
                )
                yield Slip(*each.tree.span([who, each.at]), message, (date_place(start),))


def _independent(chronicle: Chronicle, tree: Tree, at: int) -> bool:
    """Tell whether a verb lets somebody become independent."""
    words = chronicle.words.lists["independence"]
    return any(tree.lemma(each) in words for each in tree.children(at, "xcomp", "obj"))


def _as_state(chronicle: Chronicle, tree: Tree) -> bool:
    """Tell whether somebody acts "as a sovereign member", "as the sixth state"."""
    for each in range(len(tree.tokens) - 1):
        near = range(each + 1, min(each + _NEAR + 1, len(tree.tokens)))
        if tree.word(each) == "as" and any(tree.lemma(other) in chronicle.words.lists["statehood"] for other in near):
            return True
    return False


def _actors(tree: Tree, at: int) -> Iterator[int]:
    """Yield the subject of a verb, or him of whom a cleft says that he did it."""
    subject = tree.subject(at)
    if subject is not None:
        yield subject
    described = tree.described(at)
    if described is not None and described != subject:
        yield described


def _taken(chronicle: Chronicle, happening: Happening) -> _Taken | None:
    """Return the office that a dated verb lets somebody take: he became, was elected, was sworn in, took the oath."""
    tree, at = happening.tree, happening.at
    words = chronicle.words.lists
    if happening.nominal or not happening.real or happening.moment.sure <= 0 or not told(tree, at, chronicle.words):
        return None
    if {tree.word(each) for each in range(len(tree.tokens))} & words["in office again"]:
        return None
    who = tree.child(at, *SUBJECTS)
    referent = None if who is None else chronicle.referents.of(tree, who)
    if referent is None or not (referent.person and referent.called) or referent.plural:
        return None
    under = {each for top in _taken_by(chronicle, tree, at) for each in tree.subtree(top)}
    offices = frozenset(_office(chronicle, tree, each) for each in under if chronicle.words.office(tree, each))
    sworn = tree.children(at, "compound:prt") or any(tree.lemma(each) in words["oaths"] for each in under)
    if not offices and not sworn:
        return None
    return _Taken(referent, offices, happening.moment, date_place(happening), tree)


def _taken_by(chronicle: Chronicle, tree: Tree, at: int) -> list[int]:
    """Return the words on which hangs what a verb lets somebody be: "became president", "was elected", "took the oath".

    Who elects or appoints somebody else takes nothing, and he "took the note to the president" names no office of his own.
    """
    lemma, words = tree.lemma(at), chronicle.words.lists
    if lemma in words["put in office"]:
        return tree.children(at, "xcomp", "obj", "obl") if tree.passive(at) else []
    if lemma not in words["taking office"]:
        return []
    own = tree.children(at, "xcomp", "obj")
    named = any(tree.lemma(each) in words["oaths"] or chronicle.words.office(tree, each) for each in own)
    return own if named else []


def _held(chronicle: Chronicle, tree: Tree, who: int) -> frozenset[str]:
    """Return the offices in which somebody acts: his title, or what he acts "as"."""
    words = chronicle.words
    near = range(max(0, min(tree.name(who)) - 1), who + 1)
    found = {_office(chronicle, tree, each) for each in near if words.office(tree, each)}
    for each in range(len(tree.tokens) - 1):
        if tree.word(each) == "as":
            near = range(each + 1, min(each + _NEAR, len(tree.tokens)))
            found |= {_office(chronicle, tree, other) for other in near if words.office(tree, other)}
    return frozenset(found)


def _office(chronicle: Chronicle, tree: Tree, at: int) -> str:
    """Return an office with the word that tells it from others: "foreign secretary", "president"."""
    before = at - 1
    if before >= 0 and tree.word(before) == "-":
        return chronicle.words.office(tree, at)
    if before < 0 or tree.tokens[before].pos not in _QUALIFIES or tree.tokens[before].label == "nsubj":
        return tree.lemma(at)
    return f"{tree.word(before)} {tree.lemma(at)}"
