"""The dated happenings of a text with the words that tell them, and how alike two of them are told.

Unlike the account of `chronicle`, which reads kinds of happenings that it knows, this takes any verb or noun with a time, and
weighs what two tellings share: names, words of one meaning (kindred.csv), what their descriptions mean, and how rare all this
is in the text.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from verbale.core import Sentence
from verbale.review.chronicle import Chronicle, governor, told
from verbale.review.citations import without_citations
from verbale.review.deed_words import load_deeds
from verbale.review.happening_words import Kind, related
from verbale.review.manuscript import MAX_SENTENCE, Manuscript
from verbale.review.moments import Moment, counts_down, find_times, tells_early_years, time_reached, without_cited_years
from verbale.review.numbers import ORDINALS
from verbale.review.trees import Tree
from verbale.review.words import DATA
from verbale.vocab import COLLECTIVE
from verbale.vocab.tables import read_rows

_ARGUMENTS: Final = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "obl:unmarked",
    "nmod",
    "nmod:poss",
    "compound",
    "amod",
    "appos",
    "flat",
    "nmod:desc",
    "xcomp",
)
# A text of fewer sentences tells little of how rare its words are.
_FEW: Final = 10
_CLAUSES: Final = ("advcl", "acl", "acl:relcl", "ccomp", "conj", "parataxis", "csubj", "advcl:relcl", "xcomp")


@functools.cache
def load_kindred(*, folder: Path = DATA) -> Mapping[str, frozenset[str]]:
    """Return the groups of each word, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    found: dict[str, set[str]] = {}
    for row in read_rows(folder / "kindred.csv", ("group", "kind", "words")):
        group = row.required("group")
        row.one_of("kind", ("act", "thing", "place"))
        row.required("words")
        for word in row.parts("words"):
            found.setdefault(word, set()).add(group)
    return {word: frozenset(groups) for word, groups in found.items()}


@functools.cache
def deed_verbs() -> Mapping[str, frozenset[str]]:
    """Return the verbs by which what a noun names is told, where one word tells it: "sale" and "sell"."""
    return {noun: frozenset(verb[0] for verb in verbs if len(verb) == 1) for noun, (verbs, _) in load_deeds().items()}


@dataclass(eq=False, slots=True)
class Happening:
    """A dated happening as told in one place: its words by what they tell, and how it is told.

    `act` is the lemma of the verb or noun at `at` that tells it. Words are kept as keys: "@FRA" an actor, "=paris" a name, else
    a lemma; `core` are those of the act and what hangs on it, `clause` of the clause, `whole` of the sentence. `heads` are the
    nouns of whom it is told, `patients` those to whom it is done, `titles` the names that these bear, `things` and `referents`
    what they mean. `back`: told as known; `again`: told as another one; `repeated`: done once more; `jump`: earlier than
    what was told before it. `outer`: told as the first or the last of a row.
    """

    number: int
    sentence: Sentence
    tree: Tree
    at: int
    nominal: bool
    moment: Moment
    role: str
    start: int
    end: int
    act: str
    kind: Kind | None
    real: bool
    span: bool
    restricted: bool
    jump: bool = False
    heads: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    titled: Mapping[str, frozenset[str]] = field(default_factory=dict)
    agents: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    core: frozenset[str] = frozenset()
    clause: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    referents: tuple[object, ...] = ()
    things: tuple[object, ...] = ()
    definite: bool = False
    indefinite: bool = False
    back: bool = False
    rank: int = 0
    outer: frozenset[str] = frozenset()
    again: bool = False
    repeated: bool = False
    own: bool = False
    stative: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a moment is told: the word that it dates, whether that is a noun, and the words of all moments and their acts."""

    tree: Tree
    moment: Moment
    top: int
    at: int
    nominal: bool
    timed: frozenset[int]
    others: frozenset[int]
    keys: list[str]


class Retellings:
    """The dated happenings of a manuscript in order, and how rare its words are."""

    def __init__(self, manuscript: Manuscript, chronicle: Chronicle) -> None:
        """Read all sentences of the prose that were parsed; `chronicle` knows what their descriptions mean."""
        self.manuscript = manuscript
        self.chronicle = chronicle
        self.words = chronicle.words
        self.kindred = load_kindred()
        self.found: list[Happening] = []
        self._untimed = replace(self.words, lists={**self.words.lists, "turning": frozenset()})
        read = [each for each in manuscript.all_prose if each.index in chronicle.trees]
        keys = {each.index: self._read_keys(chronicle.trees[each.index]) for each in read}
        count = Counter(key for found in keys.values() for key in set(found) if key)
        total = max(len(keys), _FEW)
        self.rarity = {key: math.log((total + 1) / (number + 0.5)) / math.log(total + 1) for key, number in count.items()}
        last: Moment | None = None
        early, down = tells_early_years(manuscript.plain), counts_down(manuscript.plain)
        for sentence in manuscript.all_prose:
            text = without_cited_years(without_citations(manuscript, sentence))
            if len(text) > MAX_SENTENCE:
                continue
            times = find_times(text, last=last, early=early, down=down)
            last = time_reached(text, times, last)
            if sentence.index in keys:
                self._read(chronicle.trees[sentence.index], times, text, keys[sentence.index])

    def _read_keys(self, tree: Tree) -> list[str]:
        """Return what each word counts as: the code of an actor, a name, a lemma, or nothing."""
        lists = self.words.lists
        keys = []
        for at, token in enumerate(tree.tokens):
            lemma = tree.lemma(at)
            if token.pos == "PROPN" or (token.pos in ("ADJ", "NOUN") and token.text[:1].isupper() and at > 0):
                keys.append("=" + token.text.lower().removesuffix("'s"))
            elif token.pos in ("NOUN", "VERB", "ADJ") and lemma not in lists["weak"] and lemma not in lists["times"]:
                keys.append(lemma)
            else:
                keys.append("")
        start = tree.sentence.start
        for mention in self.manuscript.vocabulary.actors.find(tree.sentence.text):
            codes = {name.code for name in mention.names}
            # the code of all other organisations is no name: the Holy Alliance is not the Quadruple Alliance
            leader = all(name.kind == "leader" for name in mention.names)
            if len(codes) == 1 and COLLECTIVE not in codes and mention.text[:1].isupper() and not leader:
                for word in tree.within(start + mention.start, start + mention.end):
                    keys[word] = "@" + next(iter(codes)) if keys[word] else ""
        return keys

    def _read(self, tree: Tree, times: tuple[Moment, ...], text: str, keys: list[str]) -> None:
        start = tree.sentence.start
        timed: set[int] = set()
        tops: list[tuple[Moment, int]] = []
        for moment in times:
            words = tree.within(start + moment.start, start + moment.end)
            timed.update(words)
            top = tree.top([at for at in words if tree.tokens[at].pos != "ADP"] or words) if words else None
            if top is not None:
                tops.append((moment, top))
        governed = []
        for moment, top in tops:
            if self._named_day(tree, top):
                continue
            place = governor(tree, top, self._untimed, text[: moment.start])
            if place is not None and place[1] and tree.tokens[place[0]].start > start + moment.end:
                place = _verb_over(tree, place[0])  # "drew up in June eighteen articles" dates no articles
            if place is not None and place[0] not in timed:
                governed.append((moment, top, *place))
        for moment, top, at, nominal in governed:
            others = frozenset(each[2] for each in governed if each[2] != at)
            spanned = any(other is not moment and self._joined(text, moment, other) for other, _ in tops)
            # "from its capture in 1839 until 1937": the year of the capture is no end of a span
            spanned = spanned and not (nominal and tree.case(at) == "from" and tree.case(top) in ("in", "on"))
            self.found.append(self._happening(_Place(tree, moment, top, at, nominal, frozenset(timed), others, keys), spanned))

    def _named_day(self, tree: Tree, top: int) -> bool:
        """Tell whether a time is what an act is about, not when it was: "they set 1 May 1907 as the day of the vote"."""
        verb = tree.head(top)
        if verb is None or not tree.is_verb(verb) or tree.case(top) or tree.object(verb) not in (top, None):
            return False
        times = self.words.lists["times"]
        as_day = (each for each in range(len(tree.tokens)) if tree.case(each) == "as" and tree.lemma(each) in times)
        return tree.tokens[top].label in ("obj", "xcomp") or any(tree.head(each) in (verb, top) for each in as_day)

    def _joined(self, text: str, one: Moment, other: Moment) -> bool:
        """Tell whether two moments are the ends of one span."""
        between = text[min(one.end, other.end) : max(one.start, other.start)].strip(" ,")
        return between in self.words.lists["span joints"]

    def _happening(self, place: _Place, spanned: bool) -> Happening:
        tree, at, moment, keys = place.tree, place.at, place.moment, place.keys
        start = tree.sentence.start
        described = None if place.nominal else tree.described(at)
        subject = None if place.nominal else tree.subject(at)
        object_ = None if place.nominal else tree.object(at)
        kind = self.chronicle.noun_kind(tree, at)[0] if place.nominal else self.words.verb_kind(tree, at)
        patients = [at] if place.nominal else [each for each in (described, object_) if each is not None]
        if not patients and subject is not None and (kind is None or kind.of == "subject"):
            patients = [subject]
        themes = [at] if place.nominal else [each for each in (described, object_, subject) if each is not None]
        core, clause = self._core(place, at), self._clause(place, at)
        if described is not None:
            within = replace(place, others=place.others | {at})
            core |= {described, *self._core(within, described)}
            clause |= self._clause(place, described)
        core |= set(themes) - place.timed
        spot = tree.within(start + moment.start, start + moment.end)
        begin, end = tree.span([at, *spot])
        before = self.found[-1] if self.found else None
        found = Happening(
            number=len(self.found), sentence=tree.sentence, tree=tree, at=at, nominal=place.nominal, moment=moment,
            role=tree.case(place.top) or tree.case(tree.head(place.top) or place.top), start=begin, end=end,
            act=tree.lemma(at), kind=kind, real=place.nominal or told(tree, at, self.words), span=spanned,
            restricted=place.nominal and (tree.case(place.top) == "of" or self.chronicle.text[start + moment.start - 1] == "("),
            jump=before is not None and moment.last < before.moment.first,
        )  # fmt: skip
        self._add_words(found, place, core, clause, themes)
        found.titled = {
            tree.lemma(each): frozenset(self._title(place, each))
            for each in themes
            if tree.tokens[each].pos in ("NOUN", "PROPN")
        }
        self._add_parties(found, place, patients, subject, described)
        self._add_manner(found, place, core | clause, themes)
        found.heads = frozenset(tree.lemma(each) for each in themes if tree.tokens[each].pos in ("NOUN", "PROPN"))
        found.whole = frozenset(key for key in keys if key)
        return found

    def _add_words(self, found: Happening, place: _Place, core: set[int], clause: set[int], themes: list[int]) -> None:
        """Add the keys of the words, with those by which the text described the same things before."""
        tree, keys = place.tree, place.keys
        referents: list[object] = []
        names: set[str] = set()
        words: set[str] = set()
        for each in sorted(core):
            referent = self.chronicle.referents.of(tree, each)
            if referent is None:
                continue
            referents.append(referent)
            if tree.tokens[each].pos == "PRON" or each in themes:
                names |= {f"={name}" for name in referent.names}
                words |= (referent.words | referent.heads) - referent.names
        told_in_core = {keys[each] for each in core if keys[each]} | words
        found.referents = tuple(referents)
        found.core = frozenset(told_in_core)
        found.names = frozenset(names | {key for key in told_in_core if _is_name(key)})
        found.clause = frozenset({keys[each] for each in clause if keys[each]} | told_in_core)
        found.numbers = frozenset(
            tree.tokens[each].text.lower()
            for each in core | clause
            if tree.tokens[each].pos == "NUM" and each not in place.timed and not self._counts_time(tree, each)
        )

    def _counts_time(self, tree: Tree, at: int) -> bool:
        """Tell whether a number counts years or days: "fifty years after relations were established"."""
        head = tree.head(at)
        return head is not None and tree.lemma(head) in self.words.lists["times"] | self.words.lists["anaphors"]

    def _add_parties(
        self, found: Happening, place: _Place, patients: list[int], subject: int | None, described: int | None
    ) -> None:
        """Add who does it, to whom or what, and where."""
        tree, keys = place.tree, place.keys
        found.patients = frozenset(tree.lemma(each) for each in patients if tree.tokens[each].pos in ("NOUN", "PROPN"))
        found.titles = frozenset(key for each in patients for key in self._title(place, each))
        things = (self.chronicle.referents.of(tree, each) for each in patients)
        found.things = tuple(each for each in things if each is not None)
        if subject is not None and not tree.passive(place.at):
            plain = [subject, *tree.children(subject, "amod", "compound", "nmod", "nmod:poss")]
            words = tree.name(subject) if tree.tokens[subject].pos == "PROPN" else plain
            found.agents = frozenset(keys[each] for each in words if _is_name(keys[each]))
        found.places = frozenset(
            keys[part]
            for at in (place.at, described)
            if at is not None
            for each in tree.children(at, "obl", "nmod")
            if each not in place.timed and tree.tokens[each].pos == "PROPN" and tree.case(each) in self.words.lists["places"]
            for part in tree.name(each)
            if _is_name(keys[part])
        )

    def _add_manner(self, found: Happening, place: _Place, words: set[int], themes: list[int]) -> None:
        """Add whether it is told as known, as new, as another one, as one of a row, or as a state."""
        tree, at, lists = place.tree, place.at, self.words.lists
        noun = themes[0] if themes else None
        if noun is not None:
            determiners = {tree.lemma(each) for each in tree.children(noun, "det", "nummod", "nmod:poss")}
            found.definite = bool(determiners & lists["definite"]) or tree.child(noun, "nmod:poss") is not None
            found.indefinite = bool(determiners & lists["indefinite"])
        than = {each for each in words if each + 1 < len(tree.tokens) and tree.word(each + 1) == "than"}
        texts = {each: tree.word(each) for each in words - than}  # "more than fifty years" tells no other one
        ranks = [
            ORDINALS.index(text) + 1 for each, text in sorted(texts.items()) if text in ORDINALS and each not in place.timed
        ]
        found.rank = ranks[0] if ranks else 0
        told = set(texts.values())
        found.outer = frozenset(name for name in ("ordinals-first", "ordinals-last") if told & lists[name])
        beside = {tree.word(each) for each in tree.below[at]}
        found.again = bool(set(texts.values()) & lists["another"]) or bool(beside & lists["once more"])
        near = {tree.word(each) for each in tree.subtree(at) if tree.head(each) == at or tree.head(tree.head(each) or 0) == at}
        anew = at > 1 and tree.word(at - 1) == "-" and tree.word(at - 2) in lists["repeating"]  # his re-election
        found.repeated = anew or bool(beside & lists["repeating"]) or lists["once and more"] <= near
        found.own = bool(set(texts.values()) & lists["own"])
        found.back = (
            place.nominal
            or tree.tokens[at].label in ("acl", "acl:relcl")
            or any(tree.word(each) in lists["when"] for each in tree.children(at, "mark", "advmod"))
            or any(tree.word(each) == "had" for each in tree.children(at, "aux"))
        )
        held = tree.passive(at) and tree.lemma(at) in lists["taking place"]  # "the summit was held" happens
        lasting = tree.lemma(at) in lists["states"] | lists["lasting"]
        state = tree.child(at, "cop") is not None or (lasting and not held)
        found.stative = not place.nominal and state

    def _title(self, place: _Place, at: int) -> list[str]:
        """Return the names that tell one thing of a kind from others: the Jay Treaty, the treaty of Paris, resolution 242."""
        tree, keys = place.tree, place.keys
        near = [at, *tree.children(at, "compound", "amod", "flat", "nmod", "appos", "nummod")]
        near += [each for one in near[1:] for each in tree.children(one, "compound", "flat", "amod", "conj")]
        near = [each for each in near if each not in place.timed]
        names = [keys[each] for each in near if _is_name(keys[each]) and tree.lemma(each) not in self.kindred]
        return names + [f"#{tree.tokens[each].text}" for each in near if tree.tokens[each].text[:1].isdigit()]

    def _core(self, place: _Place, at: int) -> set[int]:
        """Return a word with its arguments, without times and other acts."""
        found = {at}
        for each in place.tree.below[at]:
            if place.tree.tokens[each].label in _ARGUMENTS and each not in place.timed and each not in place.others:
                found |= self._core(place, each) if place.tree.tokens[each].pos != "VERB" else {each}
        return found

    def _clause(self, place: _Place, at: int) -> set[int]:
        """Return the words of a clause, without times and clauses that have a time of their own."""
        found = {at}
        for each in place.tree.below[at]:
            clause = place.tree.tokens[each].label in _CLAUSES
            if each in place.timed or each in place.others or (clause and place.others & set(place.tree.subtree(each))):
                continue
            found |= self._clause(place, each)
        return found

    def kin(self, one: str, other: str) -> float:
        """Return how alike two words are: 1 the same, less for words of one group or one stem."""
        if one == other:
            return 1.0
        if one[0] in "=@" or other[0] in "=@":
            return 0.0
        if self.kindred.get(one, frozenset()) & self.kindred.get(other, frozenset()):
            return 0.6
        if one in deed_verbs().get(other, ()) or other in deed_verbs().get(one, ()):
            return 0.6
        return 0.7 if related(one, other) or related(other, one) else 0.0

    def shared(self, one: Iterable[str], other: Iterable[str]) -> float:
        """Return how much rarity two sets of words share."""
        other = list(other)
        return sum(self.rarity.get(key, 0.8) * max((self.kin(key, each) for each in other), default=0.0) for key in one)

    def weight(self, keys: Iterable[str]) -> float:
        """Return how much rarity a set of words has."""
        return sum(self.rarity.get(key, 0.8) for key in keys)


def _is_name(key: str) -> bool:
    return key[:1] in ("=", "@")


def _verb_over(tree: Tree, at: int) -> tuple[int, bool] | None:
    """Return the verb on which a noun hangs."""
    head = tree.head(at)
    while head is not None and not tree.is_verb(head):
        head = tree.head(head)
    return None if head is None else (head, False)
