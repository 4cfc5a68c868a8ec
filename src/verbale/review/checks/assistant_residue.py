"""Finds text that a chat assistant said to its user and that was copied along."""

from __future__ import annotations

from collections.abc import Iterator

from verbale.core import CheckInfo
from verbale.review.check import Check, Slip
from verbale.review.manuscript import Manuscript


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield one slip per paragraph, from the first to the last sentence that speaks to the user; quotations are left alone."""
    by_block: dict[int, list[tuple[int, int, str]]] = {}
    for sentence in manuscript.sentences:
        text = manuscript.sentence_text(sentence)
        for pattern in manuscript.words.assistant:
            match = pattern.regex.search(text)
            if match and not manuscript.quoted(sentence.start + match.start(), sentence.start + match.end()):
                by_block.setdefault(sentence.block, []).append((sentence.start, sentence.end, pattern.meaning))
                break
    for spans in by_block.values():
        meanings = list(dict.fromkeys(meaning for _, _, meaning in spans))
        yield Slip(
            spans[0][0],
            spans[-1][1],
            f"This reads like words that a chat assistant said to its user ({', '.join(meanings)}). Remove "
            f"it, and look whether text "
            "before or after it is missing.",
        )


CHECK = Check(
    CheckInfo(
        "assistant-residue",
        "error",
        "Left over from a chat assistant",
        "What a program says to the person who uses it is no part of the text, and shows readers that "
        "nobody read it before print.",
    ),
    find,
)
