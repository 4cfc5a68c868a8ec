"""Runs the trained network over one sentence: words in, for each word its head, label, tags and base form out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import onnxruntime

from verbale.parse.arborescence import best_tree
from verbale.parse.lemmas import Lemmas
from verbale.parse.pieces import MOST_PIECES, WordPieces, writing

WEIGHTS, LABELS, PIECES, LEMMAS = "network.onnx", "labels.json", "pieces.txt", "lemmas.json"
# What each of the network's outputs after the heads' scores is called in the file of labels.
OUTPUTS: Final = ("labels", "tags", "kinds")
# Where a sentence is too long for the encoder it is parsed in parts; the later parts hang on the first one's root.
JOINED: Final = "parataxis"


class BrokenNetworkError(ValueError):
    """The files of a network that do not fit together or cannot be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Word:
    """What the network says of one word; `head` counts from 0 within the sentence and is the word itself for the root."""

    head: int
    label: str
    tag: str
    pos: str
    morph: str
    lemma: str


class Network:
    """The weights, the labels behind their numbers, the vocabulary of word pieces, and the table of base forms."""

    def __init__(self, folder: Path) -> None:
        """Load the four files; raises `BrokenNetworkError` where one is missing or damaged."""
        self.files = {name: read_file(folder / name) for name in (WEIGHTS, LABELS, PIECES, LEMMAS)}
        try:
            names: dict[str, list[str]] = json.loads(self.files[LABELS])
            self.labels, self._tags, kinds = (names[name] for name in OUTPUTS)
            self._kinds = [kind.removesuffix("|_").partition("|") for kind in kinds]
            self._pieces = WordPieces(self.files[PIECES].decode("utf-8"))
            self._lemmas = Lemmas(**json.loads(self.files[LEMMAS]))
            self._session = open_session(self.files[WEIGHTS], WEIGHTS)
            said = self._session.get_modelmeta().custom_metadata_map
            sizes = {name: len(names[name]) for name in OUTPUTS} | {"pieces": self._pieces.size}
            if said != {name: str(size) for name, size in sizes.items()}:
                raise BrokenNetworkError(f"{WEIGHTS} and {LABELS} or {PIECES} are not of one training")
        except (KeyError, TypeError, AttributeError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise BrokenNetworkError(f"{LABELS}, {PIECES} or {LEMMAS} is damaged: {error!r}") from error

    def parse(self, words: Sequence[str], spaced: Sequence[bool]) -> list[Word]:
        """Return the analysis of a sentence; `spaced` tells for each word whether white space stands before it.

        One sentence is one run of the network, so that what it says of a sentence cannot depend on the sentences beside it.
        """
        cut = [self._pieces.cut(word) for word in words]
        parsed: list[Word] = []
        first_root = 0
        for start, end in _parts([len(pieces) for pieces in cut]):
            found = self._run(words[start:end], spaced[start:end], cut[start:end], start)
            root = next(at for at, word in enumerate(found, start) if word.head == at)
            if start:
                old = found[root - start]
                found[root - start] = Word(first_root, JOINED, old.tag, old.pos, old.morph, old.lemma)
            else:
                first_root = root
            parsed += found
        return parsed

    def _run(self, words: Sequence[str], spaced: Sequence[bool], cut: Sequence[tuple[int, ...]], offset: int) -> list[Word]:
        written = [writing(word, spaced=space) for word, space in zip(words, spaced, strict=True)]
        sentence = self._pieces.encode(cut, written)
        inputs = {name: getattr(sentence, name) for name in ("pieces", "writings", "first", "last")}
        scores, labels, tags, kinds = self._session.run(None, inputs)
        found = []
        for at, head in enumerate(best_tree(scores)):
            pos, _, morph = self._kinds[kinds[at]]
            tag = self._tags[tags[at]]
            found.append(
                Word(
                    head=offset + (int(head) - 1 if head else at),
                    label=self.labels[labels[at, head]],
                    tag=tag,
                    pos=pos,
                    morph=morph,
                    lemma=self._lemmas.lemma(words[at], pos=pos, tag=tag, first=offset + at == 0),
                )
            )
        return found


def read_file(path: Path) -> bytes:
    """Return a file's bytes; raises `BrokenNetworkError` where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BrokenNetworkError(f"{path.name} is missing in {path.parent}") from None


def open_session(weights: bytes, name: str) -> onnxruntime.InferenceSession:
    """Return a session on one thread; `name` is the file's, for `BrokenNetworkError`.

    Documents are shared out to processes, one a core, which would get in each other's way with more; on one thread a sum is
    always taken in the same order; and a process that is forked keeps no pool of threads that are gone.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Only what stops a run is told: the command line's own messages are not mixed with the library's.
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        # The library's errors have no class of their own in common below this one.
        raise BrokenNetworkError(f"{name} is damaged: {str(error).splitlines()[0][:120]}") from error


def _parts(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Return the ranges of words whose pieces fit into the encoder, one range for nearly every sentence."""
    parts, start, room = [], 0, MOST_PIECES
    for at, size in enumerate(sizes):
        if size > room:
            parts.append((start, at))
            start, room = at, MOST_PIECES
        room -= size
    return [*parts, (start, len(sizes))]
