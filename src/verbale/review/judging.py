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
_CLASSES: Final = (
    "actor", "act", "beast", "seat", "endings", "plain-compounds", "reporting", "judging", "criminal", "negations", "herd",
    "likened", "likening", "portrayed", "mentioning", "human", "works", "belief", "eyes",
    "offices",
)  # fmt: skip
_THESE: Final = frozenset({"this", "that", "these", "those", "such"})
# Who a writer speaks for: what "I" and "we" hold is the text's own judgement.
_OWN: Final = frozenset({"i", "we", "one"})
_MINE: Final = frozenset({"my", "our", "one's"})
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
    judging: frozenset[str]
    criminal: frozenset[str]
    negations: frozenset[str]
    herd: frozenset[str]
    likened: frozenset[str]
    likening: frozenset[str]
    portrayed: frozenset[str]
    mentioning: frozenset[str]
    human: frozenset[str]
    works: frozenset[str]
    belief: frozenset[str]
    eyes: frozenset[str]
    offices: frozenset[str]
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
            if token.text[:1].isupper() and index:
                continue
            word = token.text.lower()
            if (word in self.herd and self._crowd(tree, index, vocabulary)) or (
                word in self.likened and self._likens(tree, index, vocabulary)
            ):
                yield token.start - tree.sentence.start, token.end - tree.sentence.start
                continue
            if word in self.criminal and tree.label(index) == "compound" and self._acts(tree, token.head, vocabulary):
                yield token.start - tree.sentence.start, token.end - tree.sentence.start  # "the bandit regime"
                continue
            if word not in self.beast:
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
            seats = any(
                name.kind == "seat"
                for child in owners
                for mention in vocabulary.actors.find(tree.tokens[child].text)
                for name in mention.names
            )
            if named or stands_for or people or seats or self._pointed_at(tree, index):
                yield token.start - tree.sentence.start, token.end - tree.sentence.start

    def _crowd(self, tree: Tree, index: int, vocabulary: Vocabulary) -> bool:
        """Tell whether a crowd of beasts is one of people: "a pack of speculators"."""
        owners = [child for child in tree.hanging(index, "nmod") if "of" in tree.cases(child)]
        return any(self._acts(tree, child, vocabulary) and tree.tokens[child].pos == "NOUN" for child in owners)

    def _likens(self, tree: Tree, index: int, vocabulary: Vocabulary) -> bool:
        """Tell whether those who act are likened to something: "behaved like pirates", "fell on the town like wolves"."""
        if not {"like", "as"} & {word for case in tree.cases(index) for word in case.split()}:
            return False
        if "as" in tree.cases(index) or tree.tokens[index].head == index:
            return False  # "served as a puppet" tells an office
        verb = tree.tokens[index].head
        subjects = tree.hanging(verb, "nsubj") or [child for child in (tree.subject(verb),) if child is not None]
        return any(
            self._acts(tree, child, vocabulary)
            or tree.word(child) in _PRONOUNS
            or (child > 0 and tree.tokens[child].text[:1].isupper())
            for child in subjects
        )

    def _pointed_at(self, tree: Tree, index: int) -> bool:
        """Tell whether "that snake" is a person: a name follows, or it does what people do."""
        if not {tree.word(child) for child in tree.hanging(index, "det")} & _THESE:
            return False
        after = tree.tokens[index + 1] if index + 1 < len(tree.tokens) else None
        if after is not None and after.pos == "PROPN" and after.text[:1].isupper():
            return True
        return tree.label(index) == "nsubj" and tree.lemma(tree.tokens[index].head) in self.human

    def of_work(self, tree: Tree, at: int) -> bool:
        """Tell whether the word at an offset of the document is said of a book or of the weather: of no conduct."""
        index = next((index for index, token in enumerate(tree.tokens) if token.start <= at < token.end), None)
        if index is None:
            return False
        index = self._whole(tree, index)
        subjects = tree.hanging(index, "nsubj")
        described = subjects if subjects else [tree.tokens[index].head] if tree.label(index) == "amod" else []
        return bool(described) and all(tree.lemma(each) in self.works or tree.word(each) in self.works for each in described)

    def in_office(self, tree: Tree, at: int, vocabulary: Vocabulary) -> bool:
        """Tell whether the word at an offset of the document is an office of old: "the satrap of Lydia".

        Its place is none that the vocabulary of states and capitals knows: "the tyrant of Kampala" is a judgement.
        """
        index = next((index for index, token in enumerate(tree.tokens) if token.start <= at < token.end), None)
        if index is None or not {tree.word(index), tree.lemma(index)} & self.offices:
            return False
        held = [each for each in tree.hanging(index, "nmod", "obl") if tree.cases(each) & {"of", "at", "in"}]
        names = [tree.tokens[each].text for each in held if tree.tokens[each].text[:1].isupper()]
        return any(not vocabulary.actors.find(name) for name in names)

    def denied(self, tree: Tree, at: int) -> bool:
        """Tell whether the judgement at an offset of the document is not passed: "not an absurd argument"."""
        index = next((index for index, token in enumerate(tree.tokens) if token.start <= at < token.end), None)
        if index is None:
            return False
        around = [index]
        if tree.label(index) in ("amod", "advmod", "compound") and tree.tokens[index].head != index:
            around.append(tree.tokens[index].head)
        if tree.sentence.text.rstrip().endswith("?") and any(self._one_of(tree, each) for each in around):
            return True  # "was it a surrender or a swindle?"
        if any(tree.cases(each) & {"than"} for each in around):
            return True
        if any(tree.word(child) in self.negations for each in around for child in tree.hanging(each, "advmod", "det", "cc")):
            return True
        before = index  # "less in cowardice than in sequence", "not with contempt"
        while before and tree.tokens[before - 1].pos in ("ADP", "DET", "ADJ"):
            before -= 1
        return before < index and before > 0 and tree.word(before - 1) in self.negations

    def _one_of(self, tree: Tree, index: int) -> bool:
        """Tell whether a word is one of several that are offered to choose from ("a surrender, a swindle or a rescue")."""
        first = tree.tokens[index].head if tree.label(index) == "conj" else index
        choices = [first, *tree.hanging(first, "conj")]
        return any(tree.word(each) == "or" for choice in choices for each in tree.hanging(choice, "cc"))

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
        if index is not None and self._spoken_of(tree, index):
            return True
        if index is not None:
            described = tree.tokens[index].head if tree.label(index) == "amod" else index
            for clause in tree.hanging(described, "acl", "acl:relcl"):
                tellers = tree.hanging(clause, "nsubj", "obl", "obl:agent")
                if any(tree.word(each) == "whose" for one in tellers for each in tree.hanging(one, "nmod:poss")):
                    continue  # "a shameful conspiracy, whose authors had told nobody": its own people tell something else
                if tree.lemma(clause) in self.reporting and tellers and not any(tree.word(each) in _OWN for each in tellers):
                    return True  # "the arrogance of which the note complained"
        while index is not None:
            if self._in_eyes(tree, index):
                return True
            if tree.tokens[index].head == index:
                break
            head, label = tree.tokens[index].head, tree.label(index).partition(":")[0]
            if self._believed(tree, index, head, label):
                return True
            if label == "nmod" and "as" in tree.cases(index) and tree.label(head) == "obj":
                head, label = tree.tokens[head].head, "obl"  # "treated the same treaty as a disgrace"
            shown = label == "obl" and "as" in tree.cases(index) and tree.lemma(head) in self.portrayed
            if shown and tree.tokens[head].tag in ("VBZ", "VBP"):
                return True  # a portrait, told in the present: "the envoy comes out as a clerk of genius"
            told = label in ("ccomp", "xcomp", "parataxis", "obj", "obl", "advcl")
            if told and tree.lemma(head) in self.reporting | self.likening:
                speakers = tree.hanging(head, "nsubj", "obl:agent")
                clause = label in ("ccomp", "parataxis") or "as" in tree.cases(index) or label == "xcomp"
                clause = clause or (tree.lemma(head) in self.likening and "to" in tree.cases(index))
                clause = clause or (label == "obj" and tree.lemma(head) in self.judging)
                if clause and not speakers and tree.tokens[head].tag in ("VB", "VBG", "VBN"):
                    return True  # "allowed the colonists to argue that"
                if clause and any(tree.word(each) not in _OWN and each != index for each in speakers):
                    return True
            index = head
        return False

    def _believed(self, tree: Tree, clause: int, head: int, label: str) -> bool:
        """Tell whether a clause is what is only said or believed: "it is widely held that", "the legend that"."""
        if label == "csubj" and tree.lemma(head) in self.reporting and tree.tokens[head].tag == "VBN":
            modal = any(
                tree.tokens[each].tag == "MD" for each in tree.hanging(head, "aux")
            )  # "it must be said" is the writer's
            return bool(tree.hanging(head, "expl")) and not modal
        if label != "acl" or tree.lemma(head) not in self.belief:
            return False
        objects = tree.hanging(clause, "obj")  # two of them: "that" is none ("the story that he had betrayed his king")
        marks = [*tree.hanging(clause, "mark", "obl:unmarked", "obl"), *(objects if len(objects) > 1 else ())]
        that = any(tree.word(each) == "that" for each in marks)
        return that and not any(tree.word(each) in _MINE for each in tree.hanging(head, "nmod:poss"))

    def _in_eyes(self, tree: Tree, index: int) -> bool:
        """Tell whether what a word says holds "in the eyes of" somebody, or "in his view"."""
        for seen in tree.hanging(index, "obl"):
            if tree.lemma(seen) in self.eyes and tree.cases(seen) & {"in", "to"}:
                owners = [
                    *tree.hanging(seen, "nmod:poss"),
                    *(at for at in tree.hanging(seen, "nmod") if "of" in tree.cases(at)),
                ]
                if owners and not any(tree.word(each) in _MINE for each in owners):
                    return True
        return False

    def _spoken_of(self, tree: Tree, index: int) -> bool:
        """Tell whether a noun is only what somebody speaks of: "she never spoke of heroism", "he was accused of cowardice"."""
        head = tree.tokens[index].head
        if tree.label(index).partition(":")[0] != "obl" or tree.lemma(head) not in self.mentioning:
            return False
        speakers = tree.hanging(head, "nsubj", "nsubj:pass")
        return bool(tree.cases(index) & {"of", "about", "with"}) and any(tree.word(each) not in _OWN for each in speakers)


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
        judging=frozenset(form for word in found["judging"] for form in verb_forms(word)),
        criminal=nouns("criminal"),
        negations=frozenset(found["negations"]),
        herd=nouns("herd"),
        likened=nouns("likened"),
        portrayed=frozenset(found["portrayed"]),
        likening=frozenset(form for word in found["likening"] for form in verb_forms(word)),
        mentioning=frozenset(form for word in found["mentioning"] for form in verb_forms(word)),
        human=frozenset(form for word in found["human"] for form in verb_forms(word)),
        works=nouns("works"),
        belief=nouns("belief"),
        eyes=nouns("eyes"),
        offices=nouns("offices"),
        plain_compounds=frozenset(found["plain-compounds"]),
        compound=re.compile(rf"(?<![\w-])[a-z]+-(?:{endings})(?![\w-])", re.IGNORECASE),
    )
