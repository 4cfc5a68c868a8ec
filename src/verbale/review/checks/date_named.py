"""Finds a thing called after its date where the text dates that thing otherwise: "the 1912 award" of one given in 1902.

A date in a name is told once, in passing, by somebody who takes the thing as known. It is a slip where no other date of the
text is of that time, the text knows one such thing only, and all that it dates of it is of one other year, written alike.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.citations import without_citations
from verbale.review.happening_words import related
from verbale.review.manuscript import MAX_SENTENCE
from verbale.review.moments import Moment, counts_down, find_times, tells_early_years, time_reached, without_cited_years
from verbale.review.pairs import one_figure
from verbale.review.retellings import Retellings
from verbale.review.trees import Tree

# Two years as near as this, or so far apart, may be one that was remembered or written wrongly.
_NEAR: Final = 2
# The same for two months of one year.
_MONTHS: Final = 2
_FIGURES: Final = frozenset({10, 100})
_EXACT: Final = frozenset({"day", "month", "year"})
# A congress or a siege may last into the year after.
_LASTING: Final = 1
# So many words before its date a thing may be named: "the treaty of the three crowns of May 1721".
_REACH: Final = 6


@dataclass(frozen=True, slots=True)
class Told:
    """A time that the text tells, its sentence, and where it stands."""

    sentence: Sentence
    moment: Moment

    @property
    def place(self) -> tuple[int, int]:
        """The offsets of its words in the document."""
        return self.sentence.start + self.moment.start, self.sentence.start + self.moment.end


@dataclass(frozen=True, slots=True)
class _Label:
    """A thing with the date by which it is called: its noun, the names that stand with it, and the first word of all."""

    told: Told
    noun: int | None
    names: frozenset[str]
    place: str
    first: int


class Account:
    """All times of a text, and what the text dates by each noun and at each place."""

    def __init__(self, retellings: Retellings) -> None:
        """Read the times of all sentences."""
        self.retellings = retellings
        self.words = retellings.words
        self.trees = retellings.chronicle.trees
        self.times = list(_times(retellings))
        self.verbs = frozenset(
            tree.lemma(at) for tree in self.trees.values() for at, token in enumerate(tree.tokens) if token.pos == "VERB"
        )
        self.in_sentence: dict[int, list[Told]] = {}
        for each in self.times:
            self.in_sentence.setdefault(each.sentence.index, []).append(each)

    @functools.cached_property
    def first_said(self) -> dict[str, int]:
        """By each word and lemma the sentence that says it first."""
        first: dict[str, int] = {}
        for index, tree in sorted(self.trees.items()):
            for word in self._said(tree.sentence):
                first.setdefault(word, index)
        return first

    def meant(self, label: _Label) -> bool:
        """Tell whether the time of a label is told elsewhere too: of anything, or of this where the label says more."""
        own, tree = label.told, self.trees[label.told.sentence.index]
        same = [
            other
            for other in self.times
            if other is not own
            and (other.moment.sure == 2 or other.sentence is not own.sentence)
            and other.moment.exact in (*_EXACT, "season")
            and not other.moment.apart(own.moment)
        ]
        if not label.names and own.moment.month is None:
            return any(self._kindred(tree, label, other) for other in same)
        called = {*label.names, label.place, tree.lemma(label.noun) if label.noun is not None else ""} - {""}
        return any(called & self._said(other.sentence) for other in same)

    def _kindred(self, tree: Tree, label: _Label, other: Told) -> bool:
        """Tell whether another time can be that of a thing called by its year alone: it stands beside, or speaks of one."""
        near = abs(other.sentence.index - label.told.sentence.index) <= 1
        there = self.trees.get(other.sentence.index)
        if (near and other.sentence.block == label.told.sentence.block) or there is None or label.noun is None:
            return True
        return self._speaks_of(there, tree.lemma(label.noun))

    def _speaks_of(self, there: Tree, noun: str) -> bool:
        """Tell whether a sentence names a thing of a noun's kind, or tells what is done with such things."""
        group, own = self.words.group(noun), self.words.by_noun.get(noun)
        course = own.course if own is not None else "treaty" if group != noun else ""
        for at, token in enumerate(there.tokens):
            lemma = there.lemma(at)
            kind = self.words.verb_kind(there, at) if token.pos == "VERB" else self.words.by_noun.get(lemma)
            if (kind is not None and kind.course == course) or (token.pos == "VERB" and related(noun, lemma)):
                return True
            if token.pos in ("NOUN", "PROPN") and group in (lemma, self.words.group(lemma)):
                return True
        return False

    def _said(self, sentence: Sentence) -> set[str]:
        tree = self.trees.get(sentence.index)
        return set() if tree is None else {word for at in range(len(tree.tokens)) for word in (tree.word(at), tree.lemma(at))}

    def labels(self) -> Iterator[_Label]:
        """Yield the things that are called by a date, and what is dated at a place."""
        for told in self.times:
            tree = self.trees.get(told.sentence.index)
            if tree is not None and told.moment.sure == 2 and told.moment.exact in _EXACT:
                label = self._behind(tree, told) or self._before(tree, told)
                if label is not None and not self.meant(label):
                    yield label

    def _behind(self, tree: Tree, told: Told) -> _Label | None:
        """Read "the 1902 award", "the March 1921 treaty"."""
        spot = tree.within(*told.place)
        if (
            not spot
            or spot[-1] + 1 >= len(tree.tokens)
            or not spot[0]
            or tree.word(spot[0] - 1) not in self.words.lists["definite"]
        ):
            return None
        for at in range(spot[-1] + 1, min(spot[-1] + 4, len(tree.tokens))):
            if tree.tokens[at].pos in ("NOUN", "PROPN") and self._thing(tree, at):
                # "the 1783 Treaty of Paris"
                behind = [each for each in tree.children(at, "nmod") if tree.case(each) == "of" and each > at]
                names = frozenset(tree.word(each) for each in behind if tree.tokens[each].pos == "PROPN")
                return _Label(told, at, names, "", spot[0])
            if tree.tokens[at].pos not in ("ADJ", "PROPN", "NOUN"):
                return None
        return None

    def _before(self, tree: Tree, told: Told) -> _Label | None:
        """Read "the treaty of Breda of 1667", "the fight at Orsova in 1391", "what was agreed at Carlstad in 1694"."""
        spot = tree.within(*told.place)
        if not spot or spot[0] < 2:
            return None
        joint = tree.word(spot[0] - 1)
        if joint not in ("of", "in") or tree.tokens[spot[0] - 1].end > told.place[0]:
            return None
        at, names, place = spot[0] - 2, [], ""
        while (
            at >= 0
            and (tree.tokens[at].pos == "PROPN" or tree.word(at) in ("of", "at", "near", "off", "in", "the"))
            and spot[0] - at <= _REACH
        ):
            if self._thing(tree, at):
                break
            if tree.tokens[at].pos == "PROPN":
                names.append(tree.word(at))
            elif tree.word(at) in self.words.lists["places"] and names and not place:
                place = names[-1]
            at -= 1
        if at < 0:
            return None
        noun = tree.tokens[at].pos in ("NOUN", "PROPN") or _hyphened(tree, at)
        if noun and self._thing(tree, at) and (joint == "of" or place):
            first = at - 2 if _hyphened(tree, at) else at
            while first and tree.tokens[first - 1].pos in ("ADJ", "PROPN", "NOUN"):
                first -= 1
                if tree.tokens[first].text[:1].isupper():
                    names.append(tree.word(first))
            owned = first > 1 and tree.word(first - 1) in ("'s", "'")  # "the Assembly's vote of February 1933"
            if owned:
                names += [tree.word(first - 2)] if tree.tokens[first - 2].text[:1].isupper() else []
                first -= 2
            if owned or (first and tree.word(first - 1) in self.words.lists["definite"]):
                return _Label(told, at, frozenset(names), place, first)
            return None
        back = any(tree.word(each) == "had" for each in range(max(0, at - 4), at + 1))
        return _Label(told, None, frozenset(names), place, at + 1) if place and joint == "in" and back else None

    def _thing(self, tree: Tree, at: int) -> bool:
        """Tell whether a word names a thing that has one date: a treaty, a fight, an award, not treaties."""
        noun = tree.lemma(at)
        if _hyphened(tree, at):
            return True  # a stand-off, a hand-over
        if "Number=Plur" in tree.tokens[at].morph or (tree.tokens[at].pos == "PROPN" and noun not in self.words.by_noun):
            return self.words.group(noun) != noun and "Number=Plur" not in tree.tokens[at].morph
        return noun in self.words.by_noun or self.words.group(noun) != noun or any(related(noun, verb) for verb in self.verbs)

    def _said_more(self, tree: Tree, label: _Label) -> bool:
        """Tell whether words behind its date say what a thing is about that is new: "the act of 1834 on the poor"."""
        spot = tree.within(*label.told.place)
        behind = spot[-1] + 1 if spot else len(tree.tokens)
        if label.noun is None or behind >= len(tree.tokens) or tree.tokens[behind].pos != "ADP":
            return False
        about = [each for each in tree.children(label.noun, "nmod", "acl") if each > behind and tree.tokens[each].pos != "NUM"]
        return any(self.first_said.get(tree.lemma(each), tree.sentence.index) >= tree.sentence.index for each in about)

    def of_thing(self, label: _Label) -> list[Told]:
        """Return what else the text dates of a thing, if it is of one other year."""
        tree = self.trees[label.told.sentence.index]
        if label.noun is None or (not label.names and self._several(tree, label)) or self._said_more(tree, label):
            return []
        noun = tree.lemma(label.noun)
        own = label.told.moment
        loose = not label.names and own.exact != "day" and self.words.group(noun) != noun
        strong, weak = [], []
        for each in self.times:
            other = self.trees.get(each.sentence.index)
            if (
                each.sentence.start >= label.told.sentence.start
                or other is None
                or each.moment.exact not in _EXACT
                or not each.moment.sure
            ):
                continue
            if self._names(other, noun, label.names) or self._does(other, noun, label, each.moment):
                strong.append(each)
            elif loose and _alike(own, each.moment) and self._near(other, noun):
                weak.append(each)
        alike = [each for each in strong if _alike(own, each.moment)]
        chosen = alike or weak
        years = {each.moment.year for each in chosen}
        agree = any(not own.apart(each.moment) for each in chosen)
        return chosen if years and max(years) - min(years) <= _LASTING and not agree else []

    def _names(self, tree: Tree, noun: str, names: frozenset[str]) -> bool:
        """Tell whether a sentence names a thing."""
        words = {tree.lemma(at) for at in range(len(tree.tokens)) if tree.tokens[at].pos in ("NOUN", "PROPN")}
        return noun in words and names <= {tree.word(at) for at in range(len(tree.tokens))}

    def _does(self, tree: Tree, noun: str, label: _Label, moment: Moment) -> bool:
        """Tell whether a sentence tells a thing by its verb: "nationalised" and "the nationalisation".

        What may happen more than once is the same where the months agree.
        """
        if self.words.group(noun) != noun or not label.names <= {tree.word(at) for at in range(len(tree.tokens))}:
            return False
        same_month = moment.month is not None and moment.month == label.told.moment.month
        for at, token in enumerate(tree.tokens):
            kind = self.words.verb_kind(tree, at) if token.pos == "VERB" else None
            by_kind = kind is not None and noun in kind.nouns
            if token.pos == "VERB" and (by_kind or related(noun, tree.lemma(at))):
                return same_month or bool(label.names) or (kind is not None and kind.once != "no")
        return False

    def _near(self, tree: Tree, noun: str) -> bool:
        """Tell whether the sentence after one speaks of a thing as known."""
        sentence = tree.sentence
        if sentence.kind == "heading":
            return False
        if sentence is next((each.sentence for each in self.times if each.sentence.kind != "heading"), None):
            return self._speaks_of(tree, noun)  # an account begins by saying when its subject was
        after = self.trees.get(sentence.index + 1)
        return after is not None and after.sentence.block == sentence.block and self._names(after, noun, frozenset())

    def _several(self, tree: Tree, label: _Label) -> bool:
        """Tell whether the text knows more than one such thing, or tells this one as another."""
        noun = tree.lemma(label.noun or 0)
        plain = self.retellings.manuscript.plain
        return (
            re.search(
                rf"\b(?:(?<!\d\s){noun}s|(?:second|new|another|later|earlier|previous|other|next|further|old)\s{noun})\b",
                plain,
                re.IGNORECASE,
            )
            is not None
        )

    def at_place(self, label: _Label) -> list[Told]:
        """Return what else the text dates at the place where something is dated, if it is of one other year."""
        if not label.place:
            return []
        # "the battle of Adwa" was at Adwa
        fights = "|".join(sorted(noun for noun, kind in self.words.by_noun.items() if kind.course in ("fight", "place")))
        pattern = re.compile(
            rf"\b(?:{'|'.join(sorted(self.words.lists['places']))}|(?:{fights})\sof)\s{re.escape(label.place)}\b", re.IGNORECASE
        )
        here = {tree.sentence.index for tree in self.trees.values() if pattern.search(tree.sentence.text)} - {
            label.told.sentence.index
        }
        # "they met at Breda. The treaty was signed on 31 July 1667."
        here |= {
            each + 1
            for each in here
            if each not in self.in_sentence
            and each + 1 in self.trees
            and self.trees[each].sentence.block == self.trees[each + 1].sentence.block
        }
        found = [
            each
            for index in sorted(here)
            for each in self.in_sentence.get(index, ())
            if each.moment.exact in _EXACT and each.moment.sure and each.sentence.start < label.told.sentence.start
        ]
        years = {each.moment.year for each in found}
        if not years or max(years) - min(years) > _LASTING or not all(_alike(label.told.moment, each.moment) for each in found):
            return []
        return found


def find_named(retellings: Retellings, account: Account) -> Iterator[Slip]:
    """Yield a slip for each thing that is called by a date which all other tellings of it gainsay."""
    for label in account.labels():
        others = account.of_thing(label) or account.at_place(label)
        if others:
            tree = account.trees[label.told.sentence.index]
            start = min(tree.tokens[label.first].start, label.told.place[0])
            end = max(label.told.place[1], tree.tokens[label.noun].end if label.noun is not None else 0)
            said, elsewhere = (retellings.chronicle.text[slice(*each.place)] for each in (label.told, others[0]))
            yield Slip(start, end, f"This is dated {said} here and {elsewhere} elsewhere.", (others[0].place,))


def _times(retellings: Retellings) -> Iterator[Told]:
    manuscript, last = retellings.manuscript, None
    early, down = tells_early_years(manuscript.plain), counts_down(manuscript.plain)
    for sentence in manuscript.all_prose:
        text = without_cited_years(without_citations(manuscript, sentence))
        if len(text) <= MAX_SENTENCE:
            found = find_times(text, last=last, early=early, down=down)
            last = time_reached(text, found, last)
            yield from (Told(sentence, each) for each in found)


def _hyphened(tree: Tree, at: int) -> bool:
    """Tell whether a word ends one that is written with a hyphen: "stand-off", "hand-over"."""
    return at > 1 and tree.tokens[at - 1].text == "-" and tree.tokens[at - 1].end == tree.tokens[at].start


def _alike(one: Moment, other: Moment) -> bool:
    """Tell whether two times can be one that was written wrongly."""
    apart = abs(one.year - other.year)
    if one.month and other.month and one.month != other.month:
        return not apart and abs(one.month - other.month) <= _MONTHS  # a slip changes one part of a date
    return 0 < apart <= _NEAR or (apart in _FIGURES and one_figure(one.year, other.year))
