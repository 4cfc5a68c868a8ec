"""Cuts a document's blocks into sentences before any parse: blocks never run together, abbreviations do not end a sentence.

The rules are small because diplomatic prose is regular in its punctuation; a trained splitter would have to run on every text,
also on those that the screen then leaves unparsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from typing import Final

from verbale.core import Document, Sentence

# A longer stretch without a full stop is a list or broken text; no sentence of the treebanks comes near, and parse time
# and memory stay bounded.
LONGEST_SENTENCE: Final = 1_500

_BOUNDARY: Final = re.compile(r"""([.!?…]+)(["”’'»)\]]*)(\s+)(?=["“‘'«(\[]*[^\W_a-z])""")
_LAST_WORD: Final = re.compile(r"[^\s(\[\"“‘—–]+$")
_NEXT_WORD: Final = re.compile(r"[\"“‘'«(\[]*([^\W_]+)")
_INITIAL: Final = re.compile(r"^(?:[^\W\d_]\.)+$|^[A-Z][a-z]?$|^(?:[^\W\d_]\.)+[^\W\d_]$")
_SOFT_BREAK: Final = re.compile(r".*[;:]\s|.*,\s|.*\s", re.DOTALL)


def _words(name: str) -> frozenset[str]:
    text = resources.files("verbale.parse").joinpath("data", name).read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(word for line in lines for word in line.split())


# Shortened words that a name or number follows (Gen., No., Sept.), and words that open a new sentence after one that could
# do either (the U.S. The ...).
_BEFORE_NAMES: Final = _words("abbreviations.txt")
_OPENERS: Final = _words("sentence_openers.txt")


def split(document: Document) -> list[Sentence]:
    """Return the document's sentences in order, without tokens; offsets refer to the document's text."""
    sentences: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        for start, end in _pieces(document.text, block.start, block.end):
            sentences.append(
                Sentence(document.document_id, len(sentences), number, block.kind, start, end, document.text[start:end])
            )
    return sentences


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    block = text[start:end]
    at = 0
    for boundary in _BOUNDARY.finditer(block):
        if _ends_sentence(block, boundary, at):
            yield from _trimmed(text, start + at, start + boundary.end(2))
            at = boundary.end(3)
    yield from _trimmed(text, start + at, end)


def _ends_sentence(block: str, boundary: re.Match[str], start: int) -> bool:
    """Tell whether the full stop ends a sentence; question and exclamation marks and dots in a row always do."""
    if boundary[1] != ".":
        return True
    # Twenty-four characters hold every abbreviation; a longer last word is none.
    word = _LAST_WORD.search(block, max(start, boundary.start() - 24), boundary.start())
    last = word[0] if word else ""
    if not last:
        return True
    following = _NEXT_WORD.match(block, boundary.end(3))
    next_word = following[1] if following else ""
    if boundary[2]:
        return True
    if last.lower() in _BEFORE_NAMES:
        return False
    before = block[start : boundary.start()]
    if next_word[:1].isdigit() and len(last) <= 2 and last.islower() and before.rfind("(") > before.rfind(")"):
        return False  # "(b. 1902)", "(r. 1815-1848)"
    if _INITIAL.match(last):
        # "J. Smith", "U.S. forces" and "the U.S. The ..." look alike: only a word that opens sentences decides.
        return next_word in _OPENERS
    # "1. Background": a number that counts, not a sentence
    return not (last.isdigit() and len(last) <= 2 and block[start : boundary.start()].strip() == last)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without white space around it, cut at soft breaks where it is longer than any sentence."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = _SOFT_BREAK.match(text, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        middle = cut.end() if cut else start + LONGEST_SENTENCE
        stop = middle
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            yield start, stop
        start = middle
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
