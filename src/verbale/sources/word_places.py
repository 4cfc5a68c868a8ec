"""Where the words of a kept text stand in the Word file that it was read from, so that something can be written beside them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import docx

from verbale.core import Settings
from verbale.sources.assembly import Piece, compose
from verbale.sources.encoding import normalise
from verbale.sources.paths import file_intake
from verbale.sources.word import check_archive, passages

_SPACES = frozenset(" \t\n\r\f")


class Stretch(NamedTuple):
    """Characters `start` to `end` (exclusive) of the text, which stand one after another in an element's text from `at` on.

    An element that is read as a single character (a tab, a line break) has one stretch of one character. A reference to a note
    has one of its mark ("[^1]"), and another, at the end, of the note.
    """

    start: int
    end: int
    element: Any
    at: int


def open_word(path: str | Path, *, settings: Settings | None = None) -> tuple[Any, str, list[Stretch]]:
    """Open a DOCX file for writing beside its words: python-docx's document, the text as `read` keeps it, and its stretches.

    The stretches are in the order of the text; what lies between them (empty lines between paragraphs) stands in no element.
    Raises what reading the file raises.
    """
    settings = settings or Settings()
    intake = file_intake(Path(path), settings)
    data = intake.read()
    check_archive(data, path=intake.path, settings=settings)
    word = docx.Document(io.BytesIO(data))
    pieces = list(passages(word))
    text, blocks = compose(Piece(kind, "".join(part for _, part in found), cell) for kind, found, cell in pieces)
    kept = [found for _, found, _ in pieces if any(True for _ in _kept(found))]
    stretches: list[Stretch] = []
    for block, found in zip(blocks, kept, strict=True):
        for offset, (element, at) in enumerate(_kept(found), start=block.start):
            last = stretches[-1] if stretches else None
            if last and last.element is element and last.end == offset and last.at + offset - last.start == at:
                stretches[-1] = last._replace(end=offset + 1)
            else:
                stretches.append(Stretch(offset, offset + 1, element, at))
    return word, text, stretches


def _kept(found: list[tuple[Any, str]]) -> Iterator[tuple[Any, int]]:
    """Yield the place of each character that `squeeze` keeps of a paragraph: element, and index in its text."""
    waiting: tuple[Any, int] | None = None
    begun = False
    for element, part in found:
        for at, character in enumerate(part):
            plain = character if character.isalnum() else normalise(character)
            if not plain:
                continue
            if plain in _SPACES:
                waiting = waiting or (element, at)
                continue
            if waiting and begun:  # a run of spaces is one, and none at either end
                yield waiting
            waiting, begun = None, True
            yield element, at
