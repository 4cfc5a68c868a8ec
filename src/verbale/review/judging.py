"""Of whom and of what a judging word is said, and whose judgement it is, by the grammar of its sentence."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.trees import Tree
from verbale.vocab import Vocabulary
from verbale.vocab.inflection import noun_forms, verb_forms
from verbale.vocab.tables import Once, Row, read_rows

DATA: Final = Path(__file__).parent / "data"
_CLASSES: Final = ("actor", "act", "beast", "seat", "endings", "plain-compounds", "reporting")
# Who a writer speaks for: what "I" and "we" hold is the text's own judgement.
_OWN: Final = frozenset({"i", "we", "one"})
_PRONOUNS: Final = frozenset({"he", "she", "they", "who", "him", "her", "them"})
# A judgement that might have been is none of what was done.
_SUPPOSED: Final = frozenset({"might", "would", "could", "may", "should"})


@dataclass(frozen=True, slots=True)
class Judged:
    """The classes of judged.csv, all forms of their words, and the pattern of compounds that judge."""

    actor: frozenset[str]
    act: frozenset[str]
    beast: frozenset[str]
    seat: frozenset[str]
    reporting: frozenset[str]
    plain_compounds: frozenset[str]
    compound: re.Pattern[str]

    def compounds(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a compound judges by its second half: lily-livered, power-hungry."""
        for match in self.compound.finditer(text):
            if match[0].lower() not in self.plain_compounds:
                yield match.span()

    def beasts(self, tree: Tree, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
        """Yield where an animal or a criminal stands for people: "the jackals of the court", "a fox of a chancellor"."""
        for index, token in enumerate(tree.tokens):
            if token.text.lower() not in self.beast or (token.text[:1].isupper() and index):
                continue
            owners = [
                child for child in tree.hanging(index, "nmod") if "of" in tree.cases(child) or _seated(tree, child, self.seat)
            ]
            named = any(tree.tokens[child].pos == "PROPN" for child in tree.hanging(index, "appos"))
            stands_for = tree.label(index) == "appos" and tree.tokens[token.head].pos == "PROPN"
            people = any(
                (self._acts(tree, child, vocabulary) or _seated(tree, child, self.seat)) and tree.tokens[child].pos == "NOUN"
                for child in owners
            )
            if named or stands_for or people:
                yield token.start - tree.sentence.start, token.end - tree.sentence.start

    def of_conduct(self, tree: Tree, at: int, vocabulary: Vocabulary) -> bool:
        """Tell whether the word at an offset of the document is said of somebody who acts, or of an act."""
        index = next((index for index, token in enumerate(tree.tokens) if token.start <= at < token.end), None)
        if index is None:
            return False
        index = self._whole(tree, index)
        token = tree.tokens[index]
        if token.tag in ("VB", "VBP", "VBZ", "VBD"):
            return False  # a verb that looks like the word
        label = tree.label(index).partition(":")[0]
        if {tree.word(child) for child in tree.hanging(index, "aux")} & _SUPPOSED:
            return False
        subjects = tree.hanging(index, "nsubj")
        if subjects:
            return any(self._acts(tree, child, vocabulary) or tree.word(child) in _PRONOUNS for child in subjects)
        if token.pos in ("NOUN", "PROPN") and label not in ("compound", "amod"):
            return token.pos == "NOUN"
        if label == "advmod":
            verb = token.head
            doers = [*tree.hanging(verb, "nsubj"), *tree.hanging(verb, "obl")]
            return tree.tokens[verb].pos == "VERB" and any(
                self._acts(tree, child, vocabulary) or tree.word(child) in _PRONOUNS for child in doers
            )
        return token.head != index and self._acts(tree, token.head, vocabulary)

    def _whole(self, tree: Tree, index: int) -> int:
        """Return the word that a compound or a coordination hangs on: "pea - brained", "cold and cruel"."""
        joined = ("conj", "compound", "obl", "advmod")
        described = ("JJ", "VBN", "VBG")
        while tree.label(index).partition(":")[0] in joined and tree.tokens[tree.tokens[index].head].tag in described:
            index = tree.tokens[index].head
        return index

    def _acts(self, tree: Tree, index: int, vocabulary: Vocabulary) -> bool:
        """Tell whether a noun is somebody who acts, or an act."""
        word, lemma, token = tree.word(index), tree.lemma(index), tree.tokens[index]
        if {word, lemma} & (self.actor | self.act) or vocabulary.agents.get(lemma):
            return True
        if token.pos != "PROPN":
            return False
        kinds = {name.kind for mention in vocabulary.actors.find(token.text) for name in mention.names}
        return bool(kinds) or vocabulary.places.country(token.text) is None

    def told_by_others(self, tree: Tree, at: int) -> bool:
        """Tell whether the judgement at an offset of the document is told as what somebody says or thinks."""
        index = next((index for index, token in enumerate(tree.tokens) if token.start <= at < token.end), None)
        while index is not None and tree.tokens[index].head != index:
            head, label = tree.tokens[index].head, tree.label(index).partition(":")[0]
            told = label in ("ccomp", "xcomp", "parataxis", "obj", "obl", "advcl")
            if told and tree.lemma(head) in self.reporting:
                speakers = tree.hanging(head, "nsubj", "obl:agent")
                clause = label in ("ccomp", "parataxis") or "as" in tree.cases(index) or label == "xcomp"
                if clause and any(tree.word(each) not in _OWN and each != index for each in speakers):
                    return True
            index = head
        return False


def _seated(tree: Tree, index: int, seats: frozenset[str]) -> bool:
    """Tell whether a noun is where those who rule sit: "the bandits in the palace"."""
    return bool(tree.cases(index) & {"in", "at"}) and tree.lemma(index) in seats


@functools.cache
def load_judged(path: Path = DATA / "judged.csv") -> Judged:
    """Return the classes. Raises a `vocabulary-...` error that names file, line and field, also for a class without words."""
    found: dict[str, list[str]] = {name: [] for name in _CLASSES}
    once = Once()
    for row in read_rows(path, ("class", "words")):
        name = row.one_of("class", _CLASSES)
        row.required("words")
        for word in row.parts("words"):
            once.check(row, "words", (name, word))
            found[name].append(word)
    empty = sorted(name for name, words in found.items() if not words)
    if empty:
        raise Row(path.name, 0, {"class": ""}).fail("class", f"at least one row for {', '.join(empty)}")

    def nouns(name: str) -> frozenset[str]:
        return frozenset(form for word in found[name] for form in noun_forms(word))

    endings = "|".join(sorted(found["endings"], key=lambda word: (-len(word), word)))
    return Judged(
        actor=nouns("actor"),
        act=nouns("act"),
        beast=nouns("beast"),
        seat=nouns("seat"),
        reporting=frozenset(form for word in found["reporting"] for form in verb_forms(word)),
        plain_compounds=frozenset(found["plain-compounds"]),
        compound=re.compile(rf"(?<![\w-])[a-z]+-(?:{endings})(?![\w-])", re.IGNORECASE),
    )
