"""What the descriptions of a text mean: "the treaty", "the fight on the island", "Grau", "he", wherever they stand.

A description means the latest thing of its group (referents.csv) whose names, words, rank and year do not gainsay it. Where
that is open, it means nothing: a check then stays silent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from verbale.review.dates import WrittenDate
from verbale.review.happening_words import HappeningWords
from verbale.review.numbers import ORDINALS
from verbale.review.trees import Tree

NAME: Final = "name"
_INDEFINITE: Final = frozenset({"a", "an", "another", "some", "any", "no", "each", "every", "two", "three", "several", "many"})
_WOMAN: Final = frozenset({"she", "herself"})
_SHE: Final = frozenset({"he", "she", "him", "his", "her", "hers", "himself", "herself"})
_IT: Final = frozenset({"it", "its", "itself", "this", "that", "they", "them", "their"})
# How many sentences back a pronoun reaches.
_REACH: Final = 3
_NOT_HEADS: Final = ("flat", "compound", "nmod:desc", "fixed", "goeswith")
_MODIFIERS: Final = ("amod", "compound", "nmod", "nmod:poss", "appos", "nmod:desc", "flat")


@dataclass(eq=False, slots=True)
class Referent:
    """One thing or person of the text, and how it was described so far.

    `last` is the sentence of the latest mention, `number` its place among all of the text; `woman`: a noun beside the name
    tells that it is one's.
    """

    group: str
    heads: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    rank: int = 0
    plural: bool = False
    person: bool = False
    called: bool = False
    key: str = ""
    first: int = 0
    last: int = 0
    label: str = ""
    woman: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Description:
    """What one mention says of the thing that it means."""

    group: str
    head: str
    names: frozenset[str]
    words: frozenset[str]
    years: frozenset[int]
    rank: int
    plural: bool
    definite: bool
    indefinite: bool


class Referents:
    """The referents of a text, read sentence by sentence in its order."""

    def __init__(self, words: HappeningWords) -> None:
        """Begin with none."""
        self._words = words
        self.known: list[Referent] = []
        # by sentence and word; by group, by noun and by each word of a name, since a long text has too many to try each
        self._at: defaultdict[int, dict[int, Referent]] = defaultdict(dict)
        self._of_group: defaultdict[str, list[Referent]] = defaultdict(list)
        self._by_head: defaultdict[str, list[Referent]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Referent]] = defaultdict(list)
        self._he: Referent | None = None
        self._it: Referent | None = None
        self._here: Referent | None = None
        self._here_at: int | None = None

    def read(self, tree: Tree, dates: Mapping[int, WrittenDate], strangers: set[int]) -> None:
        """Take in the mentions of a sentence; `dates` by their top word, `strangers` are words that name no person."""
        index = tree.sentence.index
        dated = {word for word in _dated(tree, dates) if tree.tokens[word].pos in ("NUM", "PROPN")}
        self._here = self._here_at = None
        for at, token in enumerate(tree.tokens):
            if at in dated or token.label in _NOT_HEADS or token.pos not in ("NOUN", "PROPN", "PRON"):
                continue
            if token.pos == "PRON":
                within = self._here_at is not None and at in tree.subtree(self._here_at)
                found = self._pronoun(token.text.lower(), index, here=None if within else self._here)
            elif (named := self._apposed(tree, at, strangers, dated)) is not None:
                found = named
            elif _is_name(tree, at) and self._words.group(tree.lemma(at)) == tree.lemma(at):
                found = self._named(tree, at, strangers)
            else:
                found = self._described(tree, at, dates)
            if found is not None:
                found.last = index
                self._at[index][at] = found
                if token.label in ("nsubj", "nsubj:pass") and token.pos == "NOUN" and not found.person:
                    self._here, self._here_at = found, at
        self._remember(tree)

    def of(self, tree: Tree, at: int | None) -> Referent | None:
        """Return what a word of a sentence that was read means."""
        return None if at is None else self._at.get(tree.sentence.index, {}).get(at)

    def latest(self, groups: tuple[str, ...], index: int, *, at: int | None = None) -> Referent | None:
        """Return the one thing of some groups that was mentioned last, if that was near; none where two are as near.

        `at`: the pronoun that stands for it, which means nothing that its sentence names only behind it.
        """
        of_groups = sorted((each for group in groups for each in self._of_group[group]), key=lambda each: each.number)
        near = [each for each in of_groups if not each.plural and index - each.last <= _REACH]
        if at is not None:
            behind = {id(found) for word, found in self._at[index].items() if word > at}
            near = [each for each in near if each.first < index or id(each) not in behind]
        near.sort(key=lambda each: each.last)
        if len(near) > 1 and near[-1].last == near[-2].last and near[-1].last == index:
            return None
        return near[-1] if near else None

    def _apposed(self, tree: Tree, at: int, strangers: set[int], dated: set[int]) -> Referent | None:
        """Return the person or thing that a noun with its name beside it means: "the president, Avery Brundage"."""
        if tree.tokens[at].pos != "NOUN" or "Number=Plur" in tree.tokens[at].morph:
            return None
        beside = [
            each
            for each in tree.children(at, "appos", "flat", "nmod:desc")
            if tree.tokens[each].pos == "PROPN" and each not in dated
        ]
        if len(beside) != 1 or self._words.group(tree.tokens[beside[0]].text.lower()) != tree.tokens[beside[0]].text.lower():
            return None
        found = self._named(tree, beside[0], strangers)
        if found is not None:
            self._called_also(found, head=tree.lemma(at))
            found.person = found.person or tree.lemma(at) in self._words.lists["offices"]
            found.woman = found.woman or tree.lemma(at) in self._words.lists["women"]
        return found

    def _remember(self, tree: Tree) -> None:
        """Keep whom "he" and what "it" of the next sentence would mean: the subject, else the person named last."""
        index = tree.sentence.index
        subject = None
        for root in tree.roots:
            subject = self.of(tree, tree.subject(root))
            at = tree.subject(root)
            if at is not None and tree.tokens[at].pos == "NOUN" and tree.lemma(at) in self._words.lists["offices"]:
                self._he = subject
                return
        people = [found for _, found in sorted(self._at[index].items()) if found.person]
        if subject is not None and subject.person:
            self._he = subject
        elif people:
            self._he = people[-1]
        if subject is not None and not subject.person:
            self._it = subject

    def _pronoun(self, text: str, index: int, *, here: Referent | None) -> Referent | None:
        """Return what a pronoun means; `here`: the subject before it in its sentence, if it may stand for that."""
        if text in _SHE:
            people = [found for found in self._at[index].values() if found.person and found.called]
            women = [found for found in people if found.woman]
            chosen = (women or people)[0] if people and text in _WOMAN else people[0] if people else self._he
            return chosen if chosen is not None and index - chosen.last <= _REACH else None
        chosen = here or self._it
        if text in _IT and chosen is not None and index - chosen.last <= _REACH:
            return chosen
        return None

    def _named(self, tree: Tree, at: int, strangers: set[int]) -> Referent | None:
        titles = self._words.lists["offices"] | self._words.lists["titles"]
        parts = [each for each in tree.name(at) if tree.tokens[each].text.lower() not in titles]
        # "Felix von Arn" and "von Arn" have one name in common
        parts = [each for each in parts if not tree.tokens[each].text.islower()] or parts
        names = {tree.tokens[each].text.lower() for each in parts}
        names |= {
            tree.tokens[each].text.lower()
            for each in tree.children(at, "appos")
            if tree.tokens[each].text in ("Great", "Terrible")
        }
        if not names:
            return None
        of = self._of_whom(tree, at)
        names |= {tree.tokens[each].text.lower() for each in of}
        names |= set(_own_number(tree, at))
        key = next((tree.tokens[each].text.lower() for each in reversed(parts) if not _is_roman(tree.tokens[each].text)), "")
        like = {each.number: each for name in names for each in self._by_name[name]}
        found = [each for _, each in sorted(like.items()) if each.group == NAME and _one_name(each, names, key)]
        # "the Vietnam War" is called after Vietnam, and is not it
        found = [each for each in found if each.key == key or not (self._is_sort(each.key) or self._is_sort(key))]
        exact = [each for each in found if each.names == names] or [each for each in found if each.key == key and each.person]
        if len(exact or found) > 1 and not all(each.key == key for each in exact or found):
            return None
        titled = len(parts) < len(tree.name(at)) or bool(tree.children(at, "nmod:desc"))
        acts = tree.tokens[at].label in ("nsubj", "nsubj:pass", "root") or any(
            tree.tokens[word].text.lower() in ("who", "whom", "whose")
            for each in tree.children(at, "acl:relcl")
            for word in tree.subtree(each)
        )
        article = any(tree.word(each) == "the" for each in tree.children(at, "det")) and not titled and len(names) == 1
        person = not strangers.intersection(parts) and (titled or len(names) > 1 or acts) and not article
        if found:
            chosen = max(exact or found, key=lambda each: each.last)
            self._called_also(chosen, names=names)
            chosen.person = chosen.person or person
            return chosen
        first, last = tree.span([*tree.name(at), *of])
        label = tree.sentence.text[first - tree.sentence.start : last - tree.sentence.start]
        new = Referent(
            NAME, set(names), set(names), person=person, called=True, key=key, first=tree.sentence.index, label=label
        )
        self._add(new)
        return new

    def _is_sort(self, key: str) -> bool:
        """Tell whether the last word of a name says of what sort its bearer is (War, Treaty)."""
        return key in self._words.group_of or key in self._words.by_noun

    def _of_whom(self, tree: Tree, at: int) -> list[int]:
        """Return the names that tell one body from another of its sort: the League of Nations, the Bank of England."""
        if tree.lemma(at) not in self._words.lists["general bodies"]:
            return []
        before = [each for each in tree.children(at, "amod", "compound") if each < at]
        behind = [each for each in tree.children(at, "nmod") if tree.case(each) == "of" and tree.tokens[each].pos == "PROPN"]
        words = [*before, *(word for each in behind for word in tree.subtree(each))]
        return [each for each in words if tree.tokens[each].text[:1].isupper()]

    def _add(self, new: Referent) -> None:
        new.number = len(self.known)
        self.known.append(new)
        self._of_group[new.group].append(new)
        for name in new.names:
            self._by_name[name].append(new)
        for head in new.heads:
            self._by_head[head].append(new)

    def _called_also(self, known: Referent, *, head: str = "", names: Iterable[str] = ()) -> None:
        """Keep another noun or more of the name by which something is called."""
        if head and head not in known.heads:
            known.heads.add(head)
            self._by_head[head].append(known)
        for name in names:
            if name not in known.names:
                known.names.add(name)
                self._by_name[name].append(known)

    def _described(self, tree: Tree, at: int, dates: Mapping[int, WrittenDate]) -> Referent | None:
        said = describe(tree, at, dates, self._words)
        if said.definite and not said.names and (signer := self._signer(tree, at, said.group)):
            said = replace(said, names=signer)
        found = self.matching(said) if said.definite or said.names else None
        here = found is not None and found.last == found.first == tree.sentence.index
        if found is not None and here and said.names and not said.names & found.names and at not in self._at[found.last]:
            found = None if said.group == "instrument" else found  # the treaty, and the treaty with Hungary
        if found is None:
            found = Referent(said.group, first=tree.sentence.index, plural=said.plural, label=tree.tokens[at].text)
            self._add(found)
        found.person = found.person or said.head in self._words.lists["offices"] | self._words.lists["dignities"]
        found.called = found.called or any(tree.tokens[each].pos == "PROPN" for each in tree.children(at, "compound"))
        self._called_also(found, head=said.head, names=said.names)
        found.words |= said.words
        found.years |= said.years
        found.rank = found.rank or said.rank
        return found

    def _signer(self, tree: Tree, at: int, group: str) -> frozenset[str]:
        """Return the name of him "who signed the treaty" where one of the treaties so far is called after him."""
        clauses = tree.children(at, "acl:relcl") if group == "instrument" else []
        subjects = [
            found for clause in clauses for found in tree.children(clause, "nsubj") if tree.tokens[found].pos == "PROPN"
        ]
        names = {tree.tokens[word].text.lower() for found in subjects for word in tree.name(found)}
        return frozenset(name for each in self._of_group[group] for name in names & each.names)

    def matching(self, said: Description) -> Referent | None:
        """Return the latest thing that a description can mean."""
        if said.indefinite:
            return None
        like = {each.number: each for each in (*self._of_group[said.group], *self._by_head[said.head])}
        fits = [each for _, each in sorted(like.items()) if _compatible(each, said) and self._may_name(each, said)]
        if not fits:
            return None
        same = [each for each in fits if each.plural == said.plural] or [each for each in fits if each.group != "instrument"]
        named = [each for each in same if said.names and said.names & each.names]
        worded = [each for each in same if said.words and said.words & each.words]
        chosen = named or worded or ([] if said.names and not said.definite else same)
        # "the treaty" is rather what was called a treaty than an alliance told since
        chosen = [each for each in chosen if said.head in each.heads] or chosen
        return max(chosen, key=lambda each: each.last) if chosen else None

    def _may_name(self, known: Referent, said: Description) -> bool:
        """Tell whether a noun may stand for a thing that was called by others: a general word that says no more than before."""
        apart = self._words.lists["distinguishing"]
        if (said.words & apart) != (known.words & apart) and (said.words & apart or said.words | said.names):
            return False
        if said.head in known.heads:
            return True
        if known.rank and not said.rank:
            return False  # the first convention, and the treaty
        if said.names & known.names:
            return True
        return said.head in self._words.lists["generic"] and not said.names and said.words <= known.words


def _one_name(known: Referent, names: set[str], key: str) -> bool:
    """Tell whether a name may be that of somebody who was named: the same, or a part with the same last word."""
    if known.names == names:
        return True
    figures = [{each for each in one if each[0].isdigit()} for one in (known.names, names)]
    if all(figures) and figures[0] != figures[1]:
        return False  # Resolution 1441 and Resolution 1373
    if len(names) == 1 and names <= known.names:
        return True
    same_end = known.key == key or (known.key in names and len(known.names) == 1)
    return (names <= known.names or known.names <= names) and same_end


def _own_number(tree: Tree, at: int) -> Iterator[str]:
    """Yield the number right behind a noun by which it is told from others of its sort: "Resolution 1441"."""
    if at + 1 < len(tree.tokens) and tree.tokens[at + 1].text.isdigit() and tree.head(at + 1) == at:
        yield tree.tokens[at + 1].text


def _is_name(tree: Tree, at: int) -> bool:
    """Tell whether a word is a proper noun with a capital somewhere in its name: von Arn, not "the federation"."""
    return tree.tokens[at].pos == "PROPN" and any(tree.tokens[each].text[:1].isupper() for each in tree.name(at))


def _is_roman(text: str) -> bool:
    return bool(text) and not set(text) - set("IVX")


def _compatible(known: Referent, said: Description) -> bool:
    if said.rank != known.rank and said.rank and (known.rank or said.rank != 1):
        return False
    shared = said.names & known.names
    if known.rank > 1 and not said.rank and not shared:
        return False  # after "a second fight", "the fight" may be the first
    if said.names and not shared and (known.names or (known.years and not known.plural)):
        return False
    if any(set(each) <= set("ivx") for each in said.names ^ known.names) and shared:
        return False
    if not shared and said.words and known.words and not said.words & known.words:
        return False
    if said.names and known.names and not (said.names <= known.names or known.names <= said.names or len(shared) > 1):
        return False
    return bool(shared) or not (said.years and known.years) or bool(said.years & known.years)


def describe(tree: Tree, at: int, dates: Mapping[int, WrittenDate], words: HappeningWords) -> Description:
    """Return what a noun with all that hangs on it says of the thing that it means."""
    names: set[str] = set()
    others: set[str] = set()
    years: set[int] = set()
    rank = 0
    dated = _dated(tree, dates)
    for child in tree.children(at, *_MODIFIERS):
        if child in dates:
            years.add(dates[child].year)
        for word in _phrase(tree, child):
            token = tree.tokens[word]
            if word in dated:
                continue
            rank = rank or _rank(token.text.lower(), words)
            if token.pos == "PROPN" or (token.pos == "ADJ" and token.text[:1].isupper()):
                names.add(token.text.lower())
            elif token.pos in ("NOUN", "ADJ", "VERB") and tree.lemma(word) not in words.lists["weak"]:
                others.add(tree.lemma(word))
    for child in tree.children(at, "acl", "acl:relcl"):
        for place in tree.children(child, "obl", "nmod"):
            if tree.tokens[place].pos == "PROPN" and place not in dated and tree.case(place) in ("at", "in", "near", "off"):
                names |= {tree.tokens[each].text.lower() for each in tree.name(place)}
    determiners = {tree.lemma(each) for each in tree.children(at, "det", "nummod")}
    plural = "Number=Plur" in tree.tokens[at].morph and tree.lemma(at) != tree.tokens[at].text.lower()
    capital = tree.tokens[at].text[:1].isupper() and at > 0
    definite = bool(determiners & {"the", "this", "that", "these", "those"}) or bool(tree.children(at, "nmod:poss")) or capital
    indefinite = bool(determiners & _INDEFINITE) or (plural and not definite)
    head = tree.lemma(at)
    return Description(
        words.group(head), head, frozenset(names), frozenset(others), frozenset(years), rank, plural, definite, indefinite
    )


def _dated(tree: Tree, dates: Mapping[int, WrittenDate]) -> set[int]:
    """Return the words of dates, with what hangs on them; on a date that is the predicate the whole sentence hangs."""
    found: set[int] = set()
    for top, date in dates.items():
        root = tree.head(top) is None
        start = tree.sentence.start
        found.update(tree.within(start + date.start, start + date.end) if root else tree.subtree(top))
    return found


def _phrase(tree: Tree, at: int) -> list[int]:
    """Return a modifier with what hangs on it, without other members of a list, clauses and asides."""
    found = [at]
    for child in tree.below[at]:
        if child and tree.tokens[min(child, *tree.below[child], child) - 1].text in ('"', "“", "("):
            continue
        if tree.tokens[child].label not in ("conj", "acl", "acl:relcl", "appos", "parataxis", "punct", "cc"):
            found += _phrase(tree, child)
    return found


def _rank(text: str, words: HappeningWords) -> int:
    if text in words.lists["ordinals-first"]:
        return 1
    if text in words.lists["ordinals-last"]:
        return -1
    if text in ORDINALS:
        return ORDINALS.index(text) + 1
    figure = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", text)
    return int(figure[1]) if figure else 0
