"""Cuts words into the word pieces that the network knows, and tells how each word is written.

Training and use call the same function, so that the network sees in use what it was trained on.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

CLASS, SEPARATOR, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
# A word of the treebanks has at most eleven pieces; what is longer is an address or a smear of signs.
LONGEST_WORD: Final = 12
# The encoder has 512 places, two of them for the marks around the sentence.
MOST_PIECES: Final = 510
# How a word is written: the pieces are in small letters, and a name is often told by its capital alone. Doubled by whether
# white space stands before the word; 0 is for the marks around the sentence.
WRITINGS: Final = 1 + 2 * 7

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cut:
    """The pieces of a word and how it is written."""

    pieces: tuple[int, ...]
    writing: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """One sentence as the network reads it: pieces and their writing, and for each word its first and last piece.

    The first word is the mark at the sentence's start, which stands for the root.
    """

    pieces: Ints
    writings: Ints
    first: Ints
    last: Ints


class WordPieces:
    """The vocabulary of pieces and the rule that cuts words by it."""

    def __init__(self, vocabulary: str) -> None:
        """Keep the vocabulary, a piece a line; raises `KeyError` where it lacks a mark."""
        self._vocabulary = {line: at for at, line in enumerate(vocabulary.rstrip("\n").split("\n"))}
        self.size = len(self._vocabulary)
        self._class, self._separator, self._unknown = (self._vocabulary[mark] for mark in (CLASS, SEPARATOR, UNKNOWN))
        # Words come back: most of a text is cut once.
        self.cut = functools.lru_cache(maxsize=50_000)(self._cut)

    def _cut(self, word: str) -> tuple[int, ...]:
        """Return the pieces of a word, one at least and `LONGEST_WORD` at most."""
        pieces = [piece for part in parts(word[: 8 * LONGEST_WORD]) for piece in self._longest_first(part)]
        return tuple(pieces[:LONGEST_WORD]) or (self._unknown,)

    def _longest_first(self, part: str) -> list[int]:
        """Return the pieces of a part: always the longest that the vocabulary has; a rest that it lacks makes it unknown."""
        pieces, start = [], 0
        while start < len(part):
            mark = "##" if start else ""
            ends = range(len(part), start, -1)
            end = next((end for end in ends if mark + part[start:end] in self._vocabulary), None)
            if end is None:
                return [self._unknown]
            pieces.append(self._vocabulary[mark + part[start:end]])
            start = end
        return pieces

    def encode(self, cut: Iterable[tuple[int, ...]], writings: Iterable[int]) -> Pieces:
        """Lay the pieces of the words between the marks."""
        pieces, written, first, last = [self._class], [0], [0], [0]
        for found, writing in zip(cut, writings, strict=True):
            first.append(len(pieces))
            pieces += found
            written += [writing] * len(found)
            last.append(len(pieces) - 1)
        return self._closed(pieces, written, first, last)

    def encode_in_context(
        self, cut: Iterable[tuple[int, ...]], writings: Iterable[int], *, leads: Iterable[Cut], before: Iterable[Cut]
    ) -> Pieces:
        """Lay a sentence behind its context: each lead as one word, then the sentence before it, then its own words.

        Leads and own words can be asked for, the words of the sentence before only help.
        """
        pieces, written, first, last = [self._class], [0], [0], [0]

        def lay(found: Sequence[int], writing: int, *, asked: bool = True) -> None:
            if asked:
                first.append(len(pieces))
                last.append(len(pieces) + len(found) - 1)
            pieces.extend(found)
            written.extend([writing] * len(found))

        for one in leads:
            lay(one.pieces or (self._unknown,), one.writing)
        lay((self._separator,), 0, asked=False)
        for one in before:
            lay(one.pieces, one.writing, asked=False)
        lay((self._separator,), 0, asked=False)
        for found, writing in zip(cut, writings, strict=True):
            lay(found, writing)
        return self._closed(pieces, written, first, last)

    def cut_all(self, text: str) -> tuple[int, ...]:
        """Return the pieces of all words of a text."""
        return tuple(piece for word in text.split() for piece in self.cut(word))

    def _closed(self, pieces: list[int], written: list[int], first: list[int], last: list[int]) -> Pieces:
        numbers = ([*pieces, self._separator], [*written, 0], first, last)
        return Pieces(*(np.array(one, dtype=np.int64) for one in numbers))


def parts(word: str) -> list[str]:
    """Cut a word at its signs, in small letters and without accents, as the encoder's authors did (Devlin et al. 2019)."""
    found, letters = [], ""
    for sign in unicodedata.normalize("NFD", word.lower()):
        kind = unicodedata.category(sign)
        if kind == "Mn" or kind.startswith("C"):
            continue
        alone = kind.startswith("P") or (sign.isascii() and not sign.isalnum()) or "\u4e00" <= sign <= "\u9fff"
        if alone or sign.isspace():
            found += [letters, "" if sign.isspace() else sign]
            letters = ""
        else:
            letters += sign
    return [part for part in (*found, letters) if part]


def writing(word: str, *, spaced: bool) -> int:
    """Return the number of the way that a word is written; `spaced` tells that white space stands before it."""
    if any(sign.isdigit() for sign in word):
        kind = 0
    elif not any(sign.isalpha() for sign in word):
        kind = 1
    elif word == word.lower():
        kind = 2
    elif len(word) == 1:
        kind = 3
    elif word == word.upper():
        kind = 4
    elif word[0].isupper() and word[1:] == word[1:].lower():
        kind = 5
    else:
        kind = 6
    return 1 + 2 * kind + spaced
