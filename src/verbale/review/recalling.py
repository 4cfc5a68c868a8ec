"""Dates recalled by words: which dated clause of a text "the coronation", "that incident" or "it had been left" means.

Every date of the chronicle is kept with the words of its clause: what happened, who did it, to what. A phrase that names a
happening without its date is compared with all of them: its main word tells what happened (the same word, a verb of the same
stem, a word for the same kind or deed), its other words tell which. The clause with the most in common is meant, the nearest of
several; all that have anything in common may be meant, and can acquit.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from verbale.review.chronicle import Chronicle, chronicle_of, governor
from verbale.review.dates import MONTH_NUMBERS, WrittenDate, find_spans
from verbale.review.deed_words import tells_deed
from verbale.review.duration_words import duration_words
from verbale.review.happening_words import related
from verbale.review.manuscript import Manuscript
from verbale.review.trees import Tree

_CONTENT: Final = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
# What a word of the phrase is worth: its main word found as what the date dates, its main word elsewhere in the clause, another
# word; and what one costs that the clause does not have, a name more than another word. Set on the sentences of
# tests/review/spans and on manuscripts of others.
_MAIN: Final = 3.0
_BESIDE: Final = 2.0
_OTHER: Final = 1.0
_MISSING: Final = 0.4
_NAME_MISSING: Final = 1.2
# A clause with so much in common is what a phrase means: its main word, less a word or two that the clause lacks.
ENOUGH: Final = 1.5
_OF_ANOTHER: Final = 2.0
# The subject or object of a clause that names what happened by a verb of no kind; a word of the sentence outside the clause.
_CORE: Final = 1.6
_NEAR: Final = 0.5
_SIDES: Final = frozenset({"after", "before", "since", "following"})
_BRACKETS: Final = frozenset({"(", "["})
_APART: Final = frozenset({"parataxis", "acl:relcl", "conj"})
_CORES: Final = ("nsubj", "nsubj:pass", "obj")
# What a phrase means is sought in so many sentences on both sides (some 150 kB): with all dates of a book, of 400 kB the search
# took 26 s and of 100 kB 2, and by chance anything is borne out there.
AROUND: Final = 1500
# The letters that two names of one root share: Paraguay and Paraguayan.
_ROOT: Final = 5
_ENDING: Final = 3
# A date with the offset of its sentence.
Placed = tuple[int, WrittenDate]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A dated clause: the word that the date dates, its words (lemmas), the states that it names.

    `near` are all words of its sentence, `acts` are its verbs and nouns; `edge` is "first" or "last" of a
    date that begins or ends a span.
    """

    tree: Tree
    at: int
    date: WrittenDate
    words: frozenset[str]
    near: frozenset[str]
    people: frozenset[str]
    states: frozenset[str]
    edge: str
    acts: tuple[int, ...]

    @property
    def placed(self) -> Placed:
        """The date with the offset of its sentence."""
        return self.tree.sentence.start, self.date


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase says of the happening that it means: its main word, the kinds that this tells, its other words.

    `bound` is "first" or "last" where only the beginning or the end of it is meant; `pointed`: "that incident";
    `owner`: the names of him whose death or arrival it is, none where the text does not tell who "his" is.
    """

    head: str
    verb: bool
    kinds: frozenset[str]
    others: tuple[tuple[str, bool], ...]
    cores: frozenset[str]
    states: frozenset[str]
    months: frozenset[int]
    bound: str = ""
    pointed: bool = False
    owner: frozenset[str] | None = None


class Recall:
    """The dated clauses of a manuscript."""

    def __init__(self, manuscript: Manuscript) -> None:
        """Read the clauses of all dates that the chronicle ties to a word."""
        self.chronicle: Chronicle = chronicle_of(manuscript)
        self._actors = manuscript.vocabulary.actors
        self._kinds: dict[tuple[int, int], frozenset[str]] = {}
        self.entries = [entry for tree in self.chronicle.trees.values() for entry in self._entries(tree)]

    def _entries(self, tree: Tree) -> Iterator[Entry]:
        dates = self.chronicle.dates[tree.sentence.index]
        text = self.chronicle.text[tree.sentence.start : tree.sentence.end]
        placed = {top: _governed(self.chronicle, tree, top, text[: date.start]) for top, date in dates.items()}
        for top, date in dates.items():
            of = placed[top]
            if of is None:
                continue
            others = {other for each, other in placed.items() if other is not None and other != of and each != top}
            words = clause_of(tree, of, others)
            yield self._entry(tree, of, date, words)
        for span in find_spans(text):
            inside = tree.within(tree.sentence.start + span.start, tree.sentence.start + span.end)
            root = tree.top(inside)
            head = None if root is None else tree.head(root)
            if head is None:
                continue
            rest = [each for each in clause_of(tree, head, set()) if each not in inside]
            yield self._entry(tree, head, span.first, rest, "first")
            yield self._entry(tree, head, span.last, rest, "last")

    def _entry(self, tree: Tree, at: int, date: WrittenDate, words: list[int], edge: str = "") -> Entry:
        content = [each for each in words if tree.tokens[each].pos in _CONTENT and tree.lemma(each) not in MONTH_NUMBERS]
        meant = [self.chronicle.referents.of(tree, each) for each in words]
        people = {name for of in meant if of is not None for name in of.names | of.heads}
        acts = tuple(each for each in content if each != at and tree.tokens[each].pos != "ADJ")
        return Entry(
            tree,
            at,
            date,
            frozenset(tree.lemma(each) for each in content),
            frozenset(tree.lemma(each) for each, token in enumerate(tree.tokens) if token.pos in _CONTENT),
            frozenset(people),
            self._states(tree, words),
            edge,
            acts,
        )

    def kinds(self, tree: Tree, at: int) -> frozenset[str]:
        """Return the kinds of happening that a verb or a noun tells."""
        place = tree.sentence.index, at
        if place not in self._kinds:
            self._kinds[place] = self._kinds_told(tree, at)
        return self._kinds[place]

    def _kinds_told(self, tree: Tree, at: int) -> frozenset[str]:
        if tree.tokens[at].pos == "VERB":
            kind = self.chronicle.words.verb_kind(tree, at)
            return frozenset() if kind is None else frozenset({kind.name})
        lemma = tree.lemma(at)
        return frozenset(kind.name for kind in self.chronicle.words.kinds if lemma in kind.nouns)

    def _states(self, tree: Tree, words: list[int]) -> frozenset[str]:
        found = (
            self._actors.find(tree.tokens[each].text)
            for each in words
            if tree.tokens[each].text[:1].isupper() and tree.tokens[each].pos in ("PROPN", "ADJ", "NOUN")
        )
        return frozenset(name.code for mentions in found for mention in mentions for name in mention.names)

    def phrase(self, tree: Tree, at: int) -> Phrase:
        """Return what a noun or a verb with all that hangs on it says of the happening that it means."""
        bound, pointed = "", _pointed(tree, at)
        inner = next((each for each in tree.children(at, "nmod") if tree.case(each) == "of"), None)
        for name in ("first", "last"):
            if inner is not None and tree.lemma(at) in duration_words()[f"bound {name}"]:
                bound, at, pointed = name, inner, _pointed(tree, inner)
        whole = phrase_of(tree, at)
        words = [each for each in whole if each != at and tree.tokens[each].pos in _CONTENT]
        others = {
            (tree.lemma(each), tree.tokens[each].text[:1].isupper())
            for each in words
            if tree.lemma(each) not in self.chronicle.words.lists["weak"] and tree.label(each) not in ("aux", "cop")
        }
        cores = frozenset(tree.lemma(each) for each in tree.children(at, *_CORES)) if tree.is_verb(at) else frozenset()
        states = self._states(tree, whole)
        months = frozenset(number for word, _ in others if (number := MONTH_NUMBERS.get(word)))
        others = {each for each in others if each[0] not in MONTH_NUMBERS}
        kinds, owner = self.kinds(tree, at), self._owner(tree, at)
        rest = tuple(sorted(others))
        return Phrase(tree.lemma(at), tree.is_verb(at), kinds, rest, cores, states, months, bound, pointed, owner)

    def _owner(self, tree: Tree, at: int) -> frozenset[str] | None:
        owner = tree.child(at, "nmod:poss")
        if owner is None or tree.word(owner) in ("its", "their"):
            return None
        of = self.chronicle.referents.of(tree, owner)
        if tree.tokens[owner].pos == "PRON":
            return frozenset() if of is None else frozenset(of.names | of.heads)
        return frozenset(of.names) if of is not None and of.person else None

    def recalled(self, phrase: Phrase, tree: Tree, inside: set[int]) -> list[tuple[float, Entry]]:
        """Return the dated clauses that have something in common with a phrase, the likeliest first."""
        here = tree.sentence.index
        found = [
            (score, entry)
            for entry in self._around(here)
            if (entry.tree is not tree or entry.at not in inside) and (score := self.common(phrase, entry)) > 0
        ]
        return sorted(found, key=lambda each: (-each[0], each[1].tree.sentence.index > here, -each[1].tree.sentence.index))

    def _around(self, here: int) -> list[Entry]:
        """Return the dated clauses of the sentences that a phrase can mean, which are all but in a book."""
        first = bisect.bisect_left(self.entries, here - AROUND, key=lambda entry: entry.tree.sentence.index)
        last = bisect.bisect_right(self.entries, here + AROUND, key=lambda entry: entry.tree.sentence.index)
        return self.entries[first:last]

    def common(self, phrase: Phrase, entry: Entry) -> float:
        """Return how much a phrase and a dated clause have in common; 0 for nothing."""
        if phrase.months and entry.date.month not in phrase.months:
            return 0.0
        score = 0.0
        if self.same(phrase, entry.tree, entry.at):
            score = _MAIN
        elif phrase.months or any(self.same(phrase, entry.tree, act) for act in entry.acts):
            score = _BESIDE
        missing = 0.0 if score or not (phrase.verb and phrase.kinds) else _NAME_MISSING
        bare = not score
        for word, proper in phrase.others:
            if any(alike(word, each, proper=proper) for each in entry.words | entry.people):
                score += _CORE if bare and word in phrase.cores else _OTHER
            elif any(alike(word, each, proper=proper) for each in entry.near):
                score += _NEAR
            else:
                missing += _NAME_MISSING if proper else _MISSING
        if phrase.states & entry.states and phrase.head in duration_words()["peers"]:
            score += _BESIDE
        score += _OTHER * len(phrase.states & entry.states)
        if (
            phrase.owner is not None
            and phrase.head not in duration_words()["peers"]
            and not phrase.owner & (entry.people | entry.words)
        ):
            missing += _OF_ANOTHER
        if phrase.bound and entry.edge:
            score += _OTHER if entry.edge == phrase.bound and score else -_OTHER
        return max(score - missing, 0.1) if score else 0.0

    def tells(self, phrase: Phrase, entry: Entry) -> bool:
        """Tell whether a dated clause tells what the main word of a phrase names."""
        return any(self.same(phrase, entry.tree, at) for at in (entry.at, *entry.acts))

    def mentions(self, phrase: Phrase, tree: Tree) -> bool:
        """Tell whether a sentence has a word of a phrase or one that tells the same."""
        words = [at for at, token in enumerate(tree.tokens) if token.pos in _CONTENT]
        lemmas = {word for word, _ in phrase.others}
        return any(tree.lemma(at) in lemmas or self.same(phrase, tree, at) for at in words)

    def same(self, phrase: Phrase, tree: Tree, at: int) -> bool:
        """Tell whether a word of a clause tells what a phrase names: the same word, a verb of its stem, a word of its kind."""
        lemma, verb = tree.lemma(at), tree.tokens[at].pos == "VERB"
        if lemma == phrase.head or self.kinds(tree, at) & phrase.kinds:
            return True
        # what a treaty is dated by is its signature
        if "signing" in phrase.kinds and self.chronicle.words.group_of.get(lemma) == "instrument":
            return True
        if phrase.verb:
            return not verb and related(lemma, phrase.head)
        if verb and related(phrase.head, lemma):
            return True
        groups = self.chronicle.words.group_of
        one = None if verb else groups.get(lemma)
        return tells_deed(phrase.head, tree, at) or (one is not None and one == groups.get(phrase.head))


def _governed(chronicle: Chronicle, tree: Tree, top: int, before: str) -> int | None:
    place = governor(tree, top, chronicle.words, before)
    if place is not None:
        return place[0]
    at = tree.head(top)
    return at if at is not None and set(tree.case(top).split()) & {"since", "from", "until", "by"} else None


def clause_of(tree: Tree, at: int, others: set[int]) -> list[int]:
    """Return the words of a clause without those of clauses that have a date of their own, with the subject that it shares."""
    cut = {word for other in others if other != at and other in set(tree.subtree(at)) for word in tree.subtree(other)}
    # what the clause is only counted from is no part of it
    sides = [each for each in tree.subtree(at) if each != at and set(tree.case(each).split()) & _SIDES]
    cut |= {word for each in sides if at not in tree.subtree(each) for word in tree.subtree(each)}
    words = {word for word in tree.subtree(at) if word not in cut}
    subject = tree.subject(at) if tree.is_verb(at) else None
    if subject is not None and subject not in words:
        near = {each for each in tree.subtree(subject) if each not in set(tree.subtree(at))}
        clauses = {word for each in tree.children(subject, "acl:relcl", "acl") for word in tree.subtree(each)}
        words |= near - clauses
    return sorted(words)


def phrase_of(tree: Tree, at: int) -> list[int]:
    """Return the words of "after the treaty of Bardo": not the time before it, nor "and two years after the next"."""
    mark = max([each for each in tree.children(at, "case", "mark") if tree.word(each) in _SIDES], default=0)
    end = next((each for each in range(at + 1, len(tree.tokens)) if tree.tokens[each].text in _BRACKETS), len(tree.tokens))
    found, waiting = [], [at]
    while waiting:
        word = waiting.pop()
        found.append(word)
        waiting += [
            each
            for each in tree.below[word]
            if mark <= each < end and tree.label(each) not in _APART and not (each > at and _counted(tree, each))
        ]
    return sorted(found)


def _counted(tree: Tree, at: int) -> bool:
    """Tell whether a word or one that hangs on it is counted from something else in turn."""
    return any(set(tree.case(each).split()) & _SIDES for each in tree.subtree(at))


def _pointed(tree: Tree, at: int) -> bool:
    return any(tree.word(each) in ("that", "this") for each in tree.children(at, "det"))


def alike(word: str, other: str, *, proper: bool) -> bool:
    """Tell whether two lemmas are one, or names of one root: Paraguay and Paraguayan."""
    if word == other:
        return True
    shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    return proper and shared >= _ROOT and shared >= max(len(word), len(other)) - _ENDING


@lru_cache(maxsize=2)
def recall_of(manuscript: Manuscript) -> Recall:
    """Return the dated clauses of a manuscript, read once."""
    return Recall(manuscript)
