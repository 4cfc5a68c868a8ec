"""Proper names of what is promised: a stretch of capitals with the small words between them, "Treaty of Amity and Commerce".

A capital alone names little. Months say when, titles who, conferences and wars on what occasion: such words stand in
`data/words.csv`, with those that join the words of a name and those that name an instrument (treaty, pact, protocol).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.measures.commitments.words import CommitmentWords

# A word in capitals, or one that an article in small letters is joined to, as in "Sharm al-Shaykh".
_NAME: Final = re.compile(r"(?<![\w’'-])(?:[a-z]{1,3}-)?[A-Z][\w’'-]*")
_POSSESSIVE: Final = ("’s", "'s", "s’", "s'")
# "Section VI", "Rogers II": a number, and alone no name.
_NUMERAL: Final = re.compile(r"[IVXLC]+")
# What may stand between two words of a name, beside words that join: "Shangtung (Shandong)", "“Destroyers for Bases”".
_BETWEEN: Final = re.compile(r"[\s\"“”‘()]*")
_QUOTES: Final = re.compile('["“”]')
_SMALL_WORD: Final = re.compile(r"[\s\"“”’)]+([a-z]+)")
# "Joint Declaration of the Denuclearization": more than two joining words in a row join sentences.
_MOST_JOINING: Final = 2

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: as it stands there, the words that tell it from others, and whether it names an instrument."""

    text: str
    telling: str
    instrument: bool


def find_name(text: str, actors: Sequence[Span], words: CommitmentWords, *, begins: bool = False) -> Name | None:
    """Return the name of what is promised in a text, an instrument before any other; None where there is none.

    `actors` are the spans of actors, which name nobody's promise. `begins` says that a sentence may begin with the text, so
    that its first capital tells nothing.
    """
    found = [name for run in _runs(text, words, begins=begins) if (name := _read(text, run, actors, words)) is not None]
    return max(found, key=lambda name: name.instrument, default=None)


def _runs(text: str, words: CommitmentWords, *, begins: bool) -> Iterator[list[re.Match[str]]]:
    """Yield the stretches of words in capitals that only joining words stand between; what is somebody's is none."""
    run: list[re.Match[str]] = []
    for match in _NAME.finditer(text):
        if match[0].endswith(_POSSESSIVE) or (begins and not match.start()):
            # Perry's treaty is named after a person, not by where it is built.
            if run:
                yield run
            run = []
            continue
        if run and not _joined(text[run[-1].end() : match.start()], words):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _joined(between: str, words: CommitmentWords) -> bool:
    small = between.split()
    bare = [word for word in small if not _BETWEEN.fullmatch(word)]
    return len(bare) <= _MOST_JOINING and all(words.has(word, "joins") for word in bare) and "," not in between


def _read(text: str, run: Sequence[re.Match[str]], actors: Sequence[Span], words: CommitmentWords) -> Name | None:
    telling = [match for match in run if _tells(match, actors, words)]
    if not telling:
        return None
    # Months and actors before or after the name are no part of it; an instrument's own word is.
    kept = [match for match in run if match in telling or words.has(match[0], "instrument")]
    start, end = kept[0].start(), kept[-1].end()
    after = _SMALL_WORD.match(text, end)
    if after and words.has(after[1], "instrument"):
        end = after.end()
    name = _QUOTES.sub("", text[start:end])
    instrument = words.has(name, "instrument")
    if not instrument and any(words.has(part, "other") for match in run for part in match[0].split("-")):
        return None
    return Name(name, " ".join(match[0] for match in telling), instrument)


def _tells(match: re.Match[str], actors: Sequence[Span], words: CommitmentWords) -> bool:
    word = match[0]
    if any(start < match.end() and match.start() < end for start, end in actors) or _NUMERAL.fullmatch(word):
        return False
    return not any(words.has(word, kind) for kind in ("thing", "when", "instrument"))
