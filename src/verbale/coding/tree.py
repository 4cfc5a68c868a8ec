"""A parsed sentence as a tree: children by label, spans, prepositions, voice; the grammar that coding rules speak of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence, Token
from verbale.vocab.words import word_list

# A premodifier stands before its noun and belongs to the same noun phrase.
PREMODIFIERS: Final = (
    "amod",
    "compound",
    "nmod:poss",
    "nmod:unmarked",
    "nmod:desc",
    "det",
    "nummod",
    "flat",
    "goeswith",
    "dep",
)
# Nouns that make a preposition together with those around them: in favour of, on behalf of, in response to.
COMPLEX_HEADS: Final = word_list("complex_prepositions")
CLAUSES: Final = ("acl", "advcl", "ccomp", "csubj", "parataxis", "xcomp")
# Children that stand beside a clause rather than in it, at any depth below its head.
OUTSIDE_CLAUSE: Final = frozenset({"parataxis", "acl:relcl", "advcl:relcl"})


class Tree:
    """One parsed sentence with its children lists; token positions are indices into `tokens`."""

    def __init__(self, sentence: Sentence) -> None:
        """Index the children of every token once; words and labels are read so often that they are kept prepared."""
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.words = [token.text.lower() for token in self.tokens]
        self.children: list[list[int]] = [[] for _ in self.tokens]
        self.root = 0
        self._labels = [(token.label, token.label.partition(":")[0]) for token in self.tokens]
        self._cases: dict[int, str] = {}
        self._subtrees: dict[int, list[int]] = {}
        self._starts: dict[int, int] = {}
        self._passives: dict[int, bool] = {}
        self._spans: dict[int, tuple[int, int]] = {}
        for at, token in enumerate(self.tokens):
            if token.head == at:
                self.root = at
            else:
                self.children[token.head].append(at)

    def label(self, at: int) -> str:
        """Return the dependency label of a token."""
        return self.tokens[at].label

    def is_(self, at: int, *labels: str) -> bool:
        """Tell whether a token's label is one of these or a subtype of one (`nmod` covers `nmod:poss`)."""
        label, main = self._labels[at]
        return label in labels or main in labels

    def kids(self, at: int, *labels: str) -> list[int]:
        """Return the children with one of these labels or a subtype, in text order."""
        known, children = self._labels, self.children[at]
        return [child for child in children if known[child][0] in labels or known[child][1] in labels] if children else []

    def lower(self, at: int) -> str:
        """Return the word in lower case."""
        return self.words[at]

    def ancestors(self, at: int) -> Iterator[int]:
        """Yield the heads upwards, nearest first."""
        while self.tokens[at].head != at:
            at = self.tokens[at].head
            yield at

    def subtree(self, at: int) -> list[int]:
        """Return the token and all below it, in text order."""
        if at not in self._subtrees:
            found = [at]
            for node in found:
                found.extend(self.children[node])
            self._subtrees[at] = sorted(found)
        return self._subtrees[at]

    def case(self, at: int) -> str:
        """Return the preposition of a noun phrase in lower case ("in favour of"), or its first conjunct's."""
        if at not in self._cases:
            self._cases[at] = self._find_case(at)
        return self._cases[at]

    def _find_case(self, at: int) -> str:
        words: list[int] = []
        for child in self.kids(at, "case"):
            words += [child, *self.kids(child, "fixed")]
        own = " ".join(self.lower(word) for word in sorted(words))
        head = self.tokens[at].head
        if own and self.is_(at, "nmod") and self.lower(head) in COMPLEX_HEADS:
            own = f"{self.case(head)} {self.lower(head)} {own}".strip()
        if own:
            return own.replace("favor", "favour")
        return self.case(head) if self.label(at) == "conj" and head < at else ""

    def obliques(self, at: int) -> list[int]:
        """Return the prepositional phrases of a verb or noun; for "in favour of" and its like, what they govern."""
        found = []
        for child in self.kids(at, "obl", "nmod"):
            inner = self.kids(child, "nmod") if self.lower(child) in COMPLEX_HEADS and self.kids(child, "case") else []
            found += [node for node in inner if self.kids(node, "case")] or [child]
        return found

    def is_passive(self, verb: int) -> bool:
        """Tell whether a verb is passive: by its subject or auxiliary, or as a past participle after its noun."""
        if verb not in self._passives:
            self._passives[verb] = self._find_passive(verb)
        return self._passives[verb]

    def _find_passive(self, verb: int) -> bool:
        for child in self.children[verb]:
            if self.label(child) in {"nsubj:pass", "aux:pass", "obl:agent"}:
                return True
        token = self.tokens[verb]
        if token.label.startswith("acl") and token.label != "acl:relcl":
            return token.tag == "VBN" and not self.kids(verb, "obj")
        if token.label == "conj" and token.tag == "VBN" and not self.kids(verb, "nsubj", "obj"):
            return self.is_passive(token.head)
        return False

    def conjuncts(self, at: int) -> list[int]:
        """Return the token and the phrases coordinated with it, in text order."""
        found = [at]
        for node in found:
            found += [child for child in self.children[node] if self.tokens[child].label == "conj"]
        return sorted(found)

    def first_conjunct(self, at: int) -> int:
        """Return the phrase that a coordinated one hangs on, or the token itself."""
        while self.label(at) == "conj":
            at = self.tokens[at].head
        return at

    def premodifier_start(self, noun: int) -> int:
        """Return where the noun's own phrase begins: the leftmost word of the modifiers before it."""
        if noun not in self._starts:
            self._starts[noun] = self._find_start(noun)
        return self._starts[noun]

    def _find_start(self, noun: int) -> int:
        start = noun
        for child in self.children[noun]:
            if child < noun and self.is_(child, *PREMODIFIERS) and not (self.is_(child, "nmod") and self.kids_before(child)):
                start = min(start, self.leftmost(child))
        return start

    def kids_before(self, at: int) -> bool:
        """Tell whether a phrase has a preposition of its own (the possessive 's stands behind)."""
        return any(child < at for child in self.kids(at, "case"))

    def leftmost(self, at: int) -> int:
        """Return the leftmost position below a token."""
        return self.subtree(at)[0]

    def is_verb(self, at: int) -> bool:
        """Tell whether the token heads a clause as a verb."""
        return self.tokens[at].pos == "VERB" or (self.tokens[at].pos == "AUX" and not self.is_(at, "aux", "cop"))

    def clause_head(self, at: int) -> int:
        """Return the nearest verb or clause root at or above a token."""
        node = at
        while self.tokens[node].head != node:
            if self.is_verb(node) or self.is_(node, *CLAUSES):
                return node
            node = self.tokens[node].head
        return node

    def clause_span(self, head: int) -> tuple[int, int]:
        """Return first and last token of the smallest clause around a trigger: its phrases without clauses hung on it.

        Clauses that fill a role of the verb (what was demanded, of what one was accused) belong to it.
        """
        if head not in self._spans:
            self._spans[head] = self._find_span(head)
        return self._spans[head]

    def _find_span(self, head: int) -> tuple[int, int]:
        first = last = head
        stack = [head]
        while stack:
            node = stack.pop()
            first, last = min(first, node), max(last, node)
            for child in self.children[node]:
                if self.is_(child, "punct", "cc", "discourse") or self.label(child) in OUTSIDE_CLAUSE:
                    continue
                if node == head and self.is_(child, "conj", "advcl", "mark"):
                    continue
                stack.append(child)
        return first, last
