"""Copies training sentences with other names of states, peoples, capitals and leaders from our own vocabulary put in.

Web text and interviews name few states, and a parser reads best what it has seen: a sentence that names one country,
nationality, capital or politician is as good with another. Only names of one token are exchanged, so trees stay as they are;
every name of the vocabulary is used before any is used again.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import spacy
from spacy.language import Language

from names import rows
from treebank import read_sentences

Row = list[str]
_VOWEL: Final = re.compile(r"^(?:[AEIO]|U(?!ni|S|T|K|r?u))")
# Words that are persons or things as often as states in the treebanks' texts are not exchanged.
_AMBIGUOUS: Final = frozenset({"Georgia", "Jordan", "Chad", "Turkey", "Bush", "Victoria", "Washington", "Orange", "China"})


class Names:
    """One kind of name: the words of it, and a seeded round through them all."""

    def __init__(self, words: set[str], generator: random.Random) -> None:
        """Keep the words in a fixed order, so that a seed gives one result."""
        self.words = sorted(words)
        self.known = words - _AMBIGUOUS
        self._generator = generator
        self._queue: list[str] = []

    def other(self) -> str:
        """Return the next name of the round."""
        if not self._queue:
            self._queue = self._generator.sample(self.words, len(self.words))
        return self._queue.pop()


def load_names(tokenizer: Language, generator: random.Random) -> dict[str, Names]:
    """Return the one-token names of the vocabulary by kind: state, adjective, demonym, capital, surname."""
    kinds: dict[str, set[str]] = {"state": set(), "adjective": set(), "demonym": set(), "capital": set(), "surname": set()}
    for row in rows("states.csv"):
        kinds["state"].update(name for name in row["names"].split("|"))
    for row in rows("names.csv"):
        if row["kind"] in kinds:
            kinds[row["kind"]].add(row["name"])
    for row in rows("leaders.csv"):
        kinds["surname"].update(row["aliases"].split("|"))
        kinds["surname"].add(row["name"].split()[-1])
    kinds["demonym"] = {name for name in kinds["demonym"] if name.endswith("s")}
    usable = {
        kind: {
            name
            for name in names
            if re.fullmatch(r"[^\W\d_]{3,}", name) and name[0].isupper() and len(tokenizer.make_doc(name)) == 1
        }
        for kind, names in kinds.items()
    }
    usable["surname"] -= usable["state"] | usable["capital"] | usable["adjective"]
    return {kind: Names(names, generator) for kind, names in usable.items()}


def kind_of(row: Row, names: dict[str, Names]) -> str | None:
    """Tell which kind of name a token is, by its form and the treebank's tags."""
    form, upos, xpos = row[1], row[3], row[4]
    if upos == "ADJ" and form in names["adjective"].known:
        return "adjective"
    if xpos == "NNPS" and form in names["demonym"].known:
        return "demonym"
    if xpos == "NNP" and upos == "PROPN" and row[7] not in ("flat", "compound"):
        return next((kind for kind in ("state", "capital", "surname") if form in names[kind].known), None)
    if xpos == "NNP" and row[7] == "flat" and form in names["surname"].known:
        return "surname"
    return None


def with_other_names(text: str, sentence: list[Row], names: dict[str, Names]) -> tuple[str, list[Row]] | None:
    """Return a copy of the sentence with other names, or None where it has none; the same name stays the same within it."""
    chosen: dict[str, str] = {}
    copy: list[Row] = []
    for row in sentence:
        kind = kind_of(row, names)
        if kind is None:
            copy.append(list(row))
            continue
        form = chosen.setdefault(row[1], names[kind].other())
        lemma = re.sub(r"(?<=[a-z])s$", "", form) if kind == "demonym" else form
        copy.append([row[0], form, lemma, *row[3:]])
    if not chosen:
        return None
    for row, following in itertools.pairwise(copy):
        if row[1] in ("a", "an") and following[1] in chosen.values():
            row[1] = "an" if _VOWEL.match(following[1]) else "a"
    return _text(text, sentence, copy), copy


def _text(text: str, before: list[Row], after: list[Row]) -> str:
    """Lay the new words along the old text, so that the spaces stay."""
    written, at = "", 0
    for old, new in zip(before, after, strict=True):
        found = text.find(old[1], at)
        if found < 0:
            written += new[1] + " "
            continue
        written += text[at:found] + new[1]
        at = found + len(old[1])
    return written + text[at:]


def augment(paths: list[Path], *, copies: int, seed: int) -> Iterator[tuple[str, list[Row]]]:
    """Yield `copies` renamed copies of every training sentence that holds a name of our vocabulary."""
    generator = random.Random(seed)  # noqa: S311
    names = load_names(spacy.blank("en"), generator)
    for path in paths:
        for text, sentence in read_sentences(path):
            for _ in range(copies):
                if (copy := with_other_names(text, sentence, names)) is not None:
                    yield copy
