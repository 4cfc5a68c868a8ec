"""The parsed words of a sentence as a tree: who does what, what hangs on what, by indices of words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

from verbale.core import Sentence, Token

# By which a verb has its subject; with what stands for one ("it was ten years before").
SUBJECTS: Final = ("nsubj", "nsubj:pass", "nsubj:outer", "expl")
_SUBJECTS: Final = SUBJECTS[:-1]
_NAME_PARTS: Final = ("flat", "compound", "nmod:desc")
_RELATIVES: Final = frozenset({"which", "that", "who", "whom"})
# How far up a chain of coordinated or dependent verbs a subject is looked for; longer chains are lists.
_STEPS: Final = 4


class Tree:
    """A parsed sentence: its words, and for each the words that hang on it."""

    def __init__(self, sentence: Sentence) -> None:
        """Take a sentence with its words; one that was not parsed is a tree without words."""
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.below: list[list[int]] = [[] for _ in self.tokens]
        for at, token in enumerate(self.tokens):
            if token.head != at and 0 <= token.head < len(self.tokens):
                self.below[token.head].append(at)

    def within(self, start: int, end: int) -> list[int]:
        """Return the words that overlap a span of the document, without punctuation."""
        return [
            at
            for at, each in enumerate(self.tokens)
            if each.start < end and start < each.end and each.pos not in ("PUNCT", "SYM")
        ]

    def top(self, words: list[int]) -> int | None:
        """Return the word of a span on which the others hang: the first whose head stands outside."""
        inside = set(words)
        return next((at for at in words if self.tokens[at].head not in inside or self.tokens[at].head == at), None)

    def head(self, at: int) -> int | None:
        """Return the word on which a word hangs; None for the root."""
        head = self.tokens[at].head
        return None if head == at or not 0 <= head < len(self.tokens) else head

    def children(self, at: int, *labels: str) -> list[int]:
        """Return the words that hang on a word by one of these labels."""
        return [each for each in self.below[at] if self.tokens[each].label in labels]

    def hanging(self, at: int, *labels: str) -> list[int]:
        """Return the words that hang on a word by any label, or by one of these or a subtype of it (`acl:relcl` of `acl`)."""
        return [
            each
            for each in self.below[at]
            if not labels or self.label(each).partition(":")[0] in labels or self.label(each) in labels
        ]

    def child(self, at: int, *labels: str) -> int | None:
        """Return the first such word."""
        return next(iter(self.children(at, *labels)), None)

    def label(self, at: int) -> str:
        """Return the label by which a word hangs."""
        return self.tokens[at].label

    def word(self, at: int) -> str:
        """Return a word in small letters, typographic apostrophes made simple."""
        return self.tokens[at].text.lower().replace("’", "'")

    def lemma(self, at: int) -> str:
        """Return the lemma of a word in small letters."""
        return self.tokens[at].lemma.lower()

    def case(self, at: int) -> str:
        """Return the preposition of a word in small letters, as written; empty where it has none."""
        words = [self.tokens[each].text.lower() for each in self.children(at, "case", "mark")]
        return " ".join(words)

    def cases(self, at: int) -> set[str]:
        """Return the prepositions of a word, in small letters; of several words joined by a space."""
        return {
            " ".join([self.word(case), *(self.word(each) for each in self.hanging(case, "fixed"))])
            for case in self.hanging(at, "case")
        }

    def words_of(self, at: int) -> set[str]:
        """Return the determiners, adjectives and numbers of a noun, in small letters."""
        return {self.word(child) for child in self.hanging(at, "det", "amod", "nummod")}

    def subtree(self, at: int) -> list[int]:
        """Return a word with all that hangs on it, in order."""
        found, waiting = [], [at]
        while waiting:
            word = waiting.pop()
            found.append(word)
            waiting.extend(self.below[word])
        return sorted(found)

    def span(self, words: Iterable[int]) -> tuple[int, int]:
        """Return the offsets from the first to the last of some words."""
        chosen = list(words)
        return min(self.tokens[at].start for at in chosen), max(self.tokens[at].end for at in chosen)

    def name(self, at: int) -> list[int]:
        """Return the words of the name that a proper noun belongs to: the noun and its parts right beside it."""
        parts = {at}
        for each in self.below[at]:
            near = self.tokens[each].label in _NAME_PARTS or (
                self.tokens[each].label == self.tokens[at].label and self.tokens[each].pos == "PROPN"
            )
            if near and self.tokens[each].text[:1].isupper():
                parts.add(each)
        # "Winfield Scott" as two subjects: the parser now and then hangs both words of a name on the verb
        after = at + 1
        while after < len(self.tokens) and self.tokens[after].pos == "PROPN" and self._twin(at, after):
            parts.add(after)
            after += 1
        # "Garcia II", "Wilhelm I"
        if max(parts) + 1 < len(self.tokens) and _is_roman(self.tokens[max(parts) + 1].text):
            parts.add(max(parts) + 1)
        return sorted(parts)

    def _twin(self, one: int, other: int) -> bool:
        first, second = self.tokens[one], self.tokens[other]
        return second.head == first.head and second.label == first.label and self.tokens[other - 1].end + 1 == second.start

    def is_verb(self, at: int) -> bool:
        """Tell whether a word tells an act: a verb, or what a copula makes the predicate."""
        return self.tokens[at].pos == "VERB" or self.child(at, "cop") is not None

    def passive(self, at: int) -> bool:
        """Tell whether what hangs on a verb as its subject is what it is done to."""
        token = self.tokens[at]
        if self.child(at, "nsubj:pass", "aux:pass") is not None:
            return True
        past = "VerbForm=Part" in token.morph and "Tense=Past" in token.morph
        if token.label in ("acl", "advcl") and past and self.child(at, "aux") is None and self.child(at, "obj") is None:
            return True
        head = self.head(at)
        if token.label != "conj" or not past or head is None or self.child(at, *_SUBJECTS, "aux", "obj") is not None:
            return False
        return self.passive(head)

    def antecedent(self, at: int | None) -> int | None:
        """Return the noun that a relative pronoun stands for; any other word stands for itself."""
        if at is None or self.tokens[at].pos != "PRON" or self.tokens[at].text.lower() not in _RELATIVES:
            return at
        clause = self.head(at)
        for _ in range(_STEPS):
            if clause is None:
                return at
            if self.tokens[clause].label == "acl:relcl":
                return self.head(clause)
            clause = self.head(clause)
        return at

    def subject(self, at: int) -> int | None:
        """Return the word that a verb says something of: its own subject, the noun that it describes, or the subject before."""
        return self.antecedent(self._subject(at, _STEPS))

    def _subject(self, at: int, steps: int) -> int | None:
        owned = self.children(at, *_SUBJECTS)
        own = next((each for each in owned if not self.case(each)), None if not owned else owned[0])
        token, head = self.tokens[at], self.head(at)
        if own is not None:
            return own
        if head is None or not steps:
            return None
        if token.label == "acl":
            return self.described(at)
        if token.label in ("conj", "xcomp", "advcl", "ccomp") and self.tokens[head].pos in ("VERB", "AUX", "ADJ", "NOUN"):
            if token.label == "xcomp" and (controlled := self.child(head, "obj", "iobj")) is not None:
                return controlled
            return self._subject(head, steps - 1)
        return None

    def described(self, at: int) -> int | None:
        """Return the noun that a relative clause or participle describes."""
        return self.head(at) if self.tokens[at].label in ("acl", "acl:relcl") else None

    def object(self, at: int) -> int | None:
        """Return what a verb is done to: its object, or the subject of a passive; the noun before "that they signed"."""
        return self.antecedent(self._object(at))

    def _object(self, at: int) -> int | None:
        if self.passive(at):
            return self.subject(at)
        own = self.child(at, "obj")
        if own is not None:
            return own
        if self.tokens[at].label == "acl:relcl" and self.child(at, *_SUBJECTS) is not None:
            subject = self.child(at, *_SUBJECTS)
            if subject is not None and self.tokens[subject].text.lower() not in _RELATIVES:
                return self.described(at)
        if self.tokens[at].label == "conj" and (head := self.head(at)) is not None and self.tokens[head].pos == "VERB":
            # "negotiated and signed the treaty" hangs the object on the first or the last of the verbs
            return self.child(head, "obj") if self.child(at, "obl") is None else None
        return None

    def states(self) -> bool:
        """Tell whether the sentence says something of a subject in a finite verb."""
        for at, token in enumerate(self.tokens):
            head = self.head(at) if token.label in SUBJECTS else None
            if head is None:
                continue
            verbs = [head, *self.children(head, "cop", "aux", "aux:pass")]
            if any("VerbForm=Fin" in self.tokens[each].morph for each in verbs):
                return True
        return False

    @cached_property
    def roots(self) -> list[int]:
        """The words that hang on none."""
        return [at for at in range(len(self.tokens)) if self.head(at) is None]


def _is_roman(text: str) -> bool:
    return 0 < len(text) < 6 and not set(text) - set("IVX")
