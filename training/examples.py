"""Turns the treebanks' sentences into numbers for the network, with the words that spaCy's tokenizer cuts.

The annotations are laid on those words; a word that the tokenizer cuts otherwise than the treebank gets none where none fits.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.training import Example

from treebank import Sentence, sentences_to_doc
from verbale.parse.pieces import MOST_PIECES, Pieces, WordPieces, writing

NONE: Final = -100  # what PyTorch's loss leaves out


@dataclass
class Labels:
    """The names behind the numbers of each head."""

    labels: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def write(self, path: Path) -> None:
        """Write them as JSON."""
        path.write_text(json.dumps(self.__dict__, ensure_ascii=False, indent=0), encoding="utf-8")


@dataclass(frozen=True)
class Words:
    """One sentence cut by the tokenizer, with what the treebank says of each word (None where it says nothing)."""

    texts: list[str]
    spaced: list[bool]
    heads: list[int | None]
    labels: list[str | None]
    tags: list[str | None]
    kinds: list[str | None]


@dataclass(frozen=True)
class Numbers:
    """One sentence for the network: its pieces, and for each word the numbers of head, label, tag and kind."""

    pieces: Pieces
    gold: NDArray[np.int64]


def align(pipeline: Language, sentence: Sentence, *, curly: bool) -> Words:
    """Lay a sentence's annotations on the words of the tokenizer; heads count from 1, 0 is the root."""
    gold = sentences_to_doc(pipeline.vocab, [sentence], curly=curly)
    example = Example(pipeline.make_doc(gold.text), gold)
    heads, labels = example.get_aligned_parse(projectivize=False)  # type: ignore[no-untyped-call]
    tags, pos, morphs = (example.get_aligned(name, as_string=True) for name in ("TAG", "POS", "MORPH"))
    kept = [token for token in example.predicted if not token.is_space]
    place = {token.i: at for at, token in enumerate(kept, start=1)}
    known: list[int | None] = []
    for token in kept:
        head = heads[token.i]
        known.append(None if head is None or labels[token.i] is None else 0 if head == token.i else place.get(head))
    return Words(
        texts=[token.text for token in kept],
        spaced=[token.i == 0 or bool(example.predicted[token.i - 1].whitespace_) for token in kept],
        heads=known,
        # A label is learnt under its head: without a head there is nothing to learn it from.
        labels=[
            "root" if head == 0 else None if head is None else labels[token.i] or None
            for token, head in zip(kept, known, strict=True)
        ],
        tags=[tags[token.i] or None for token in kept],
        kinds=[f"{pos[token.i]}|{morphs[token.i] or '_'}" if pos[token.i] else None for token in kept],
    )


def collect(sentences: Iterable[Words]) -> Labels:
    """Return the labels of the training data, the most frequent first."""
    found = {name: Counter[str]() for name in ("labels", "tags", "kinds")}
    for words in sentences:
        for name, counts in found.items():
            counts.update(value for value in getattr(words, name) if value is not None)
    return Labels(**{name: sorted(counts, key=lambda value: (-counts[value], value)) for name, counts in found.items()})


class Numberer:
    """Turns words into numbers by the labels and the pieces."""

    def __init__(self, labels: Labels, pieces: WordPieces) -> None:
        """Keep where each label stands."""
        self._pieces = pieces
        self._places = [{name: at for at, name in enumerate(names)} for names in (labels.labels, labels.tags, labels.kinds)]

    def numbers(self, words: Words) -> Numbers | None:
        """Return the sentence's numbers; None for one that is too long for the encoder."""
        cut = [self._pieces.cut(text) for text in words.texts]
        if not cut or sum(map(len, cut)) > MOST_PIECES:
            return None
        written = [writing(text, spaced=spaced) for text, spaced in zip(words.texts, words.spaced, strict=True)]
        heads = [NONE if head is None else head for head in words.heads]
        columns: Sequence[list[str | None]] = (words.labels, words.tags, words.kinds)
        named = [
            [NONE if value is None else places.get(value, NONE) for value in column]
            for column, places in zip(columns, self._places, strict=True)
        ]
        return Numbers(self._pieces.encode(cut, written), np.array([heads, *named], dtype=np.int64))
