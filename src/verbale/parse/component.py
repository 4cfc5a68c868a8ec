"""The parser as a part of a spaCy pipeline: it writes heads, labels, tags, features and base forms into a `Doc`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Span

from verbale.parse.network import Network, Word

FACTORY: Final = "verbale_parser"
COLUMNS: Final = (HEAD, DEP, TAG, POS, MORPH, LEMMA)
# White space that the tokenizer keeps as a token hangs on the word before it, as in spaCy's own pipelines.
SPACE: Final = Word(0, "dep", "_SP", "SPACE", "", " ")


class TreeParser:
    """A pipeline component around a `Network`; sentences are taken as they are set, a text without any is one sentence."""

    def __init__(self, name: str) -> None:
        """Make the component without weights; `from_disk` brings them."""
        self.name = name
        self._network: Network | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of dependents that the parser tells apart."""
        return () if self._network is None else tuple(self._network.labels)

    def __call__(self, doc: Doc) -> Doc:
        """Write the analysis of every sentence into the tokens."""
        if self._network is None:
            raise ValueError(f"the component {self.name!r} has no weights yet: load them with from_disk")
        if not len(doc):
            return doc
        sentences = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
        rows = np.zeros((len(doc), len(COLUMNS)), dtype=np.uint64)
        for sentence in sentences:
            rows[sentence.start : sentence.end] = self._rows(sentence, self._network)
        return doc.from_array(list(COLUMNS), rows)  # type: ignore[arg-type]

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:  # noqa: ARG002
        """Yield the texts with their analysis; each is read by itself, so the size of batches changes nothing."""
        return map(self, stream)

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the network's files into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self._network is not None:
            for name, content in self._network.files.items():
                (folder / name).write_bytes(content)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> TreeParser:  # noqa: ARG002
        """Load the network's files; raises `BrokenNetworkError` where they cannot be used."""
        self._network = Network(Path(path))
        return self

    @staticmethod
    def _rows(sentence: Span, network: Network) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
        """Return the attributes of the sentence's tokens as spaCy keeps them: hashes, and heads as distances."""
        strings, morphology = sentence.vocab.strings, sentence.vocab.morphology
        tokens = [token for token in sentence if not token.is_space]
        spaced = [bool(token.i == 0 or sentence.doc[token.i - 1].whitespace_) for token in tokens]
        words = network.parse([token.text for token in tokens], spaced) if tokens else []
        place = {token.i: at for at, token in enumerate(tokens)}
        rows = []
        for token in sentence:
            at = place.get(token.i)
            if at is None:
                # The word before it, or the first word of all where none is before it.
                head = max((i for i in place if i < token.i), default=min(place, default=sentence.start))
                word = SPACE
            else:
                word, head = words[at], tokens[words[at].head].i
            label = "ROOT" if head == token.i else word.label
            rows.append(
                (
                    np.int64(head - token.i).astype(np.uint64),
                    strings.add(label),
                    strings.add(word.tag),
                    strings.add(word.pos),
                    morphology.add(word.morph),
                    strings.add(word.lemma),
                )
            )
        return np.array(rows, dtype=np.uint64)


@Language.factory(FACTORY, assigns=["token.head", "token.dep", "token.tag", "token.pos", "token.morph", "token.lemma"])
def make_tree_parser(nlp: Language, name: str) -> TreeParser:  # noqa: ARG001
    """Make the component for a pipeline that is being built or loaded."""
    return TreeParser(name)
