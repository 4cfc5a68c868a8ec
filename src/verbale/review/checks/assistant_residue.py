"""Finds text that a chat assistant said to its user and that was copied along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.manuscript import Manuscript

# A paragraph to the user is short, and shows so many signs: it says "you", begins as an answer does, says "I", speaks of parts
# of a text and of what is done with them. In 180 manuscripts no paragraph of an author shows more than three.
MAX_ASIDE: Final = 45
MIN_SIGNS: Final = 5


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
    for at, sentences in manuscript.by_block.items():
        if at not in by_block and _speaks_of_text(manuscript, sentences):
            by_block[at] = [(sentences[0].start, sentences[-1].end, "it speaks of the text to whoever asked for it")]
    for spans in by_block.values():
        meanings = list(dict.fromkeys(meaning for _, _, meaning in spans))
        yield Slip(
            spans[0][0],
            spans[-1][1],
            f"This reads like words that a chat assistant said to its user ({', '.join(meanings)}). Remove "
            f"it, and look whether text "
            "before or after it is missing.",
        )


def _speaks_of_text(manuscript: Manuscript, sentences: list[Sentence]) -> bool:
    """Tell whether a short paragraph of its own speaks to somebody about a text and what was done with it."""
    start, end = sentences[0].start, sentences[-1].end
    text = manuscript.plain[start:end]
    if (
        len(text.split()) > MAX_ASIDE
        or manuscript.quoted(start, end)
        or any(start <= one < end for one, _ in manuscript.quotations)
    ):
        return False
    words = manuscript.words

    def found(name: str) -> set[str]:
        return {
            match[0].lower() for match in re.finditer(rf"(?<![\w-]){words.alternatives(name)}(?![\w-])", text, re.IGNORECASE)
        }

    if not found("to-user"):
        return False
    opened = re.match(rf"[\s*_(\[]*{words.alternatives('openings-to-user')}\b", text, re.IGNORECASE) is not None
    speaks = re.search(r"\b(?:I|me|my|I've|I'll|I'd)\b", text) is not None
    if not (found("of-text") or found("edited")):
        return False  # a writer to the readers of a column: "If you have a fifth, send it to me. I plan a book."
    done = found("edited") | found("offered")
    return 2 + opened + speaks + min(2, len(found("of-text"))) + min(2, len(done)) >= MIN_SIGNS


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
