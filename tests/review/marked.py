"""Manuscripts whose planted slips are marked in place: `⟪check:words⟫`. Marks may stand inside each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

from verbale.core import Document, Finding
from verbale.sources import read

MANUSCRIPTS = Path(__file__).parent / "manuscripts"
# Written by people who did not know the rules, in eight sets (a to h) that were scored one after the other.
STRANGE = Path(__file__).parent / "strange"
# Further sets (i to z, A), scored on demand and held by no test.
STRANGE_LATER = Path(__file__).parent / "strange_later"
_MARK = re.compile(r"⟪([a-z-]+):|⟫")
_TOKEN = re.compile(r"\w+|\W")


@dataclass(frozen=True)
class Planted:
    """A slip that was planted: its check, and where it stands in the text without marks."""

    check: str
    start: int
    end: int
    words: str


def unmark(marked: str) -> tuple[str, list[Planted]]:
    """Return a text without its marks, and what was planted in it."""
    text, at = "", 0
    opened: list[tuple[str, int]] = []
    planted: list[Planted] = []
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match[1]:
            opened.append((match[1], len(text)))
        else:
            check, start = opened.pop()
            planted.append(Planted(check, start, len(text), text[start:]))
    assert not opened, f"a mark is never closed: {opened}"
    return text + marked[at:], planted


def load(path: Path, folder: Path) -> tuple[Document, list[Planted]]:
    """Return a manuscript as `sources` reads it, and what was planted in it (offsets in the text as kept).

    Where the format has marks of its own (Markdown), the text as kept is without them, and the offsets are moved.
    """
    text, planted = unmark(path.read_text(encoding="utf-8"))
    plain = folder / path.name
    plain.write_text(text, encoding="utf-8")
    (document,) = read(plain)
    assert isinstance(document, Document)
    if document.text == text:
        return document, planted
    assert path.suffix != ".txt"
    moved = _moves(text, document.text)
    return document, [Planted(each.check, moved(each.start), moved(each.end - 1) + 1, each.words) for each in planted]


def _moves(written: str, kept: str) -> Callable[[int], int]:
    """Return the function from an offset of a text as written to that of the same letter, or the next, in the text as kept."""
    # Words are compared, not letters, which would take longer than to review the manuscript.
    words, kept_words = _TOKEN.findall(written), _TOKEN.findall(kept)
    starts, kept_starts = [0, *accumulate(map(len, words))], [0, *accumulate(map(len, kept_words))]
    matcher = SequenceMatcher(str.isspace, words, kept_words, autojunk=False)
    blocks = [(starts[one.a], kept_starts[one.b], starts[one.a + one.size]) for one in matcher.get_matching_blocks()]

    def move(at: int) -> int:
        for start, kept_start, end in blocks:
            if at < end:
                return kept_start + max(0, at - start)
        return len(kept)

    return move


def compare(findings: Sequence[Finding], planted: Sequence[Planted]) -> tuple[list[Planted], list[Finding]]:
    """Return what was planted and not found, and what was found and not planted; a finding hits where it overlaps."""

    def hits(one: Planted, finding: Finding) -> bool:
        return one.check == finding.check and finding.evidence.start < one.end and one.start < finding.evidence.end

    missed = [one for one in planted if not any(hits(one, finding) for finding in findings)]
    false = [finding for finding in findings if not any(hits(one, finding) for one in planted)]
    return missed, false
