"""A parsed sentence as a tree that checks can ask: children by label, the words of a phrase, case words, determiners."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from verbale.core import Sentence, Token


class Tree:
    """The tokens of a sentence with their children; indexes are those of the tokens."""

    def __init__(self, sentence: Sentence) -> None:
        """Take a sentence with its tokens (none where nobody parsed it: then nothing is found)."""
        self.sentence = sentence
        self.tokens = sentence.tokens

    @cached_property
    def _children(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head != index:
                found[token.head].append(index)
        return found

    def children(self, index: int, *labels: str) -> list[int]:
        """Return the children of a token, of all labels or of those given (a label stands for its subtypes as well)."""
        return [
            child
            for child in self._children[index]
            if not labels or any(self.label(child) == label or self.label(child).startswith(f"{label}:") for label in labels)
        ]

    def label(self, index: int) -> str:
        """Return the label of a token."""
        return self.tokens[index].label

    def word(self, index: int) -> str:
        """Return a token's text in small letters, typographic apostrophes made simple."""
        return self.tokens[index].text.lower().replace("’", "'")

    def lemma(self, index: int) -> str:
        """Return a token's lemma in small letters."""
        return self.tokens[index].lemma.lower()

    def token(self, index: int) -> Token:
        """Return a token."""
        return self.tokens[index]

    def phrase(self, index: int) -> list[int]:
        """Return a token with everything that hangs on it, in the order of the text."""
        found, waiting = [], [index]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting += self._children[at]
        return sorted(found)

    def cases(self, index: int) -> set[str]:
        """Return the prepositions of a token, in small letters; of several words joined by a space."""
        found = set()
        for child in self.children(index, "case"):
            more = [self.word(each) for each in self.children(child, "fixed")]
            found.add(" ".join([self.word(child), *more]))
        return found

    def words_of(self, index: int) -> set[str]:
        """Return the determiners, adjectives and numbers of a noun, in small letters."""
        return {self.word(child) for child in self.children(index, "det", "amod", "nummod")}

    def indexes(self) -> Iterator[int]:
        """Yield the indexes of all tokens."""
        yield from range(len(self.tokens))
