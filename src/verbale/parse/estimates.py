"""What a second small network makes of a sentence at a glance: which words tell an act, and whose part in it each word has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from verbale.core import EVENT_TYPES, Context, Estimates, Named, Token
from verbale.parse.network import BrokenNetworkError, open_session, read_file
from verbale.parse.pieces import LONGEST_WORD, MOST_PIECES, WRITINGS, Cut, Pieces, WordPieces, writing

FOLDER: Final = Path(__file__).parent.parent / "models" / "estimates"
WEIGHTS: Final = "estimates.onnx"
# A sentence of more pieces has its end cut: leads and marks stand beside it.
MOST_OF_SENTENCE: Final = MOST_PIECES - 80
# How a word is written and whom it names are told in one number: by what follows, times the ways of writing.
NO_NAME, OTHER_NAME, FIRST_LEAD = 0, 1, 2
MOST_LEADS: Final = 6
MARKED_WRITINGS: Final = WRITINGS * (FIRST_LEAD + MOST_LEADS)
_WORD: Final = re.compile(r"\S+")


def facts(pieces: int) -> dict[str, str]:
    """Return what the weights must have been trained on, as they themselves say."""
    return {"types": " ".join(EVENT_TYPES), "pieces": str(pieces), "writings": str(MARKED_WRITINGS)}


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
        if said != facts(self._pieces.size):
            raise BrokenNetworkError(f"{WEIGHTS} does not fit the event types or the word pieces")

    def estimate(self, tokens: Sequence[Token], start: int, context: Context) -> Estimates:
        """Return the estimates of a sentence that starts at an offset; words beyond what the encoder can read are given none.

        As in the parser, a sentence is one run, so that its estimates do not depend on which sentences are parsed with it.
        """
        words, count = len(tokens), len(context.leads)
        sentence = in_context(self._pieces, tokens, start, context)
        read = len(sentence.first) - 1 - count
        acts = np.zeros((words, len(EVENT_TYPES)), dtype=np.float32)
        parts = np.zeros((words, words + 1, 2), dtype=np.float32)
        leads = np.zeros((words, count, 2), dtype=np.float32)
        if read:
            inputs = {name: getattr(sentence, name) for name in ("pieces", "writings", "first", "last")}
            told, roles = self._session.run(None, inputs)
            acts[:read], leads[:read] = told[count:], roles[count:, 1 : count + 1]
            parts[:read, 0], parts[:read, 1 : read + 1] = roles[count:, 0], roles[count:, count + 1 :]
        return Estimates(acts, parts, leads)


def in_context(pieces: WordPieces, tokens: Sequence[Token], start: int, context: Context) -> Pieces:
    """Return what the network reads of a sentence: the leads, the sentence before, its own words as far as there is room."""
    marks = _marks([(token.start - start, token.end - start) for token in tokens], context.named)
    cut, written, room = [], [], MOST_OF_SENTENCE
    for at, token in enumerate(tokens):
        found = pieces.cut(token.text)
        room -= len(found)
        if room < 0:
            break
        cut.append(found)
        spaced = at == 0 or tokens[at - 1].end < token.start
        written.append(writing(token.text, spaced=spaced) + WRITINGS * marks[at])
    leads = [
        Cut(pieces.cut_all(lead.words)[:LONGEST_WORD], WRITINGS * (FIRST_LEAD + place))
        for place, lead in enumerate(context.leads)
    ]
    room = MOST_PIECES - 2 - sum(map(len, cut)) - sum(len(lead.pieces) for lead in leads)
    return pieces.encode_in_context(cut, written, leads=leads, before=_before(pieces, context, room))


def _before(pieces: WordPieces, context: Context, room: int) -> list[Cut]:
    """Return the words of the sentence before, as many as there is room for."""
    words = list(_WORD.finditer(context.before))
    marks = _marks([word.span() for word in words], context.before_named)
    found = []
    for word, mark in zip(words, marks, strict=True):
        one = Cut(pieces.cut(word.group()), WRITINGS * mark)
        room -= len(one.pieces)
        if room < 0:
            break
        found.append(one)
    return found


def _marks(spans: Sequence[tuple[int, int]], namings: Sequence[Named]) -> list[int]:
    """Return for each span whom it names: nobody, a lead by its place, or another actor."""
    marks = [NO_NAME] * len(spans)
    for naming in namings:
        for at, (start, end) in enumerate(spans):
            if start < naming.end and naming.start < end:
                marks[at] = FIRST_LEAD + naming.lead - 1 if naming.lead else OTHER_NAME
    return marks
