"""What a second small network makes of a sentence at a glance: which words tell an act, and whose part in it each word has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from verbale.core import EVENT_TYPES, Estimates
from verbale.parse.network import BrokenNetworkError, open_session, read_file
from verbale.parse.pieces import MOST_PIECES, WordPieces, writing

FOLDER: Final = Path(__file__).parent.parent / "models" / "estimates"
WEIGHTS: Final = "estimates.onnx"


class Estimator:
    """The weights and the vocabulary of word pieces, which is the parser's own."""

    def __init__(self, folder: Path, vocabulary: Path) -> None:
        """Load the weights; raises `BrokenNetworkError` where a file is missing or damaged, or was trained on other types."""
        try:
            self._pieces = WordPieces(read_file(vocabulary).decode("utf-8"))
        except (KeyError, UnicodeDecodeError) as error:
            raise BrokenNetworkError(f"{vocabulary.name} is damaged: {error!r}") from error
        self._session = open_session(read_file(folder / WEIGHTS), WEIGHTS)
        said = self._session.get_modelmeta().custom_metadata_map
        if said != {"types": " ".join(EVENT_TYPES), "pieces": str(self._pieces.size)}:
            raise BrokenNetworkError(f"{WEIGHTS} does not fit the event types or the word pieces")

    def estimate(self, words: Sequence[str], spaced: Sequence[bool]) -> Estimates:
        """Return the estimates of one sentence; words beyond what the encoder can read are given none.

        As in the parser, a sentence is one run, so that its estimates do not depend on the sentences beside it.
        """
        cut = [self._pieces.cut(word) for word in words]
        room, read = MOST_PIECES, 0
        while read < len(cut) and len(cut[read]) <= room:
            room -= len(cut[read])
            read += 1
        acts = np.zeros((len(words), len(EVENT_TYPES)), dtype=np.float32)
        parts = np.zeros((len(words), len(words) + 1, 2), dtype=np.float32)
        if read:
            written = [writing(word, spaced=space) for word, space in zip(words[:read], spaced[:read], strict=True)]
            sentence = self._pieces.encode(cut[:read], written)
            inputs = {name: getattr(sentence, name) for name in ("pieces", "writings", "first", "last")}
            acts[:read], parts[:read, : read + 1] = self._session.run(None, inputs)
        return Estimates(acts, parts)
