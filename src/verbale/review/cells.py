"""Cells of tables that hold sentences: they are told like paragraphs, but nothing leads from one of them to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from verbale.core import Block, Document, Sentence

# A cell of fewer words names something; one without a full stop needs more to be a sentence.
MIN_WORDS: Final = 5
MIN_UNSTOPPED: Final = 8
_BOUND: Final = re.compile(r"\s*[|\t]\s*")
_STOP: Final = re.compile(r"[.!?][\"'”’)\]]*(?:\s|$)")
_WORD: Final = re.compile(r"[^\W\d_]+")


def holds_sentences(text: str) -> bool:
    """Tell whether the words of a cell may be sentences; a parse tells whether they are."""
    words = len(_WORD.findall(text))
    return words >= MIN_UNSTOPPED or (words >= MIN_WORDS and _STOP.search(text) is not None)


def with_cells_told(document: Document) -> tuple[Document, tuple[int, ...]]:
    """Return a document whose cells with sentences are paragraphs, and for each of its blocks the index of the one it is of.

    A row that was kept as one block is cut at its bounds. Without such cells it is the document itself.
    """
    blocks: list[Block] = []
    origins: list[int] = []
    told = False
    for index, block in enumerate(document.blocks):
        parts = [(block.start, block.end)] if block.kind != "table" else list(_cells(document.text, block))
        telling = [block.kind == "table" and holds_sentences(document.text[start:end]) for start, end in parts]
        if not any(telling):
            blocks.append(block)
            origins.append(index)
            continue
        told = True
        for (start, end), tells in zip(parts, telling, strict=True):
            blocks.append(Block(start, end, "paragraph" if tells else "table"))
            origins.append(index)
    return (replace(document, blocks=tuple(blocks)), tuple(origins)) if told else (document, ())


def _cells(text: str, block: Block) -> Iterator[tuple[int, int]]:
    at = block.start
    for match in (*_BOUND.finditer(text, block.start, block.end), None):
        end = match.start() if match else block.end
        if text[at:end].strip():
            yield at, end
        at = match.end() if match else end


def by_cell(sentences: Iterable[Sentence], text: str) -> Iterator[list[Sentence]]:
    """Yield the sentences of cells, those of one cell together."""
    cell: list[Sentence] = []
    for sentence in sentences:
        if cell and (sentence.block != cell[-1].block or _BOUND.search(text, cell[-1].end, sentence.start)):
            yield cell
            cell = []
        cell.append(sentence)
    if cell:
        yield cell


def alone(document: Document, cell: Sequence[Sentence]) -> tuple[Document, list[Sentence]]:
    """Return a cell as a document of its own, with its sentences moved there."""
    start, end = cell[0].start, cell[-1].end
    text = document.text[start:end]
    moved = [
        replace(
            sentence,
            index=index,
            block=0,
            start=sentence.start - start,
            end=sentence.end - start,
            tokens=tuple(replace(token, start=token.start - start, end=token.end - start) for token in sentence.tokens),
        )
        for index, sentence in enumerate(cell)
    ]
    return Document(document.name, text, (Block(0, len(text)),), date=document.date), moved
