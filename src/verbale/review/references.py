"""What a text goes on about: which state, pair of states, land or person its pronouns and short descriptions stand for.

One memory for the whole review: it is told each sentence with the states that it names, and gives for a next one the states
that
its references may mean, the likeliest first. It decides nothing by itself: where several readings remain, whoever asks tries
them.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from verbale.review.patterns import load_patterns
from verbale.review.words import DATA
from verbale.vocab.tables import Row, read_rows

_BESIDE: Final = load_patterns("claim_beside.csv")

MEANINGS: Final = frozenset({"state", "pair", "land", "person"})
# Readings of one sentence that are tried: beyond the third a reference is a guess.
MOST_READINGS: Final = 3


@dataclass(frozen=True, slots=True)
class Named:
    """An actor that a sentence names: where, its code, and whether by a person, an adjective, a capital or a name."""

    start: int
    end: int
    code: str
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that refer back, and the codes that they may stand for, the likeliest first (for a pair, pairs)."""

    start: int
    end: int
    means: str
    choices: tuple[tuple[str, ...], ...]


@functools.cache
def load_references(*, folder: Path = DATA) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the words that refer back, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    rows = read_rows(folder / "claim_references.csv", ("means", "pattern"))
    return tuple((row.one_of("means", MEANINGS), _pattern(row)) for row in rows)


def _pattern(row: Row) -> re.Pattern[str]:
    try:
        return re.compile(row.required("pattern"))
    except re.error as error:
        raise row.fail("pattern", f"a regular expression ({error})") from error


@dataclass(slots=True)
class References:
    """What a text has named so far, newest last; `main` are the states that the whole text names most."""

    main: tuple[str, ...] = ()
    subjects: list[str] = field(default_factory=list)
    pairs: list[tuple[str, ...]] = field(default_factory=list)
    lands: list[str] = field(default_factory=list)
    persons: list[tuple[str, str]] = field(default_factory=list)
    recent: list[str] = field(default_factory=list)
    contrasted: bool = False
    _paragraph: list[str] = field(default_factory=list)

    def begin_paragraph(self) -> None:
        """Forget what the last paragraph was about, and keep what the text has named."""
        self._paragraph = []

    def note(self, text: str, named: Sequence[Named]) -> None:
        """Keep what a sentence named, after it was read."""
        states = list(dict.fromkeys(one.code for one in named))
        self.persons += [(one.text, one.code) for one in named if one.kind == "leader"]
        self.lands += [one.code for one in named if one.kind not in ("leader", "adjective", "demonym", "reference")]
        self.contrasted = _BESIDE["contrast"].search(text) is not None
        if len(states) >= 2:
            self.pairs.append(tuple(states[:2]))
        subject = subject_of(text, named)
        if subject:
            self.subjects.append(subject)
        self.recent = [*(code for code in self.recent if code not in states), *reversed(states)]
        self._paragraph += [code for code in states if code not in self._paragraph]

    def find(self, text: str, named: Sequence[Named]) -> list[Reference]:
        """Return the references of a sentence that something named before, or in it, can be."""
        found: list[Reference] = []
        for means, pattern in load_references():
            for match in pattern.finditer(text):
                start, end = match.span()
                if any(start < one.end and one.start < end for one in found):
                    continue
                choices = tuple(dict.fromkeys(self._choices(means, text, start, named)))[:MOST_READINGS]
                if choices:
                    found.append(Reference(start, end, means, choices))
        return sorted(found, key=lambda one: one.start)

    def implied(self, *without: str) -> tuple[str, ...]:
        """Return the states that a sentence may leave out because the text is about them, the likeliest first."""
        newest = [*reversed(self.recent)]
        order = [*self.subjects[-1:], *self._paragraph, *self.main, *newest[:MOST_READINGS]]
        return tuple(code for code in dict.fromkeys(order) if code not in without)

    def _choices(self, means: str, text: str, at: int, named: Sequence[Named]) -> Iterator[tuple[str, ...]]:
        before = [one for one in named if one.end <= at and one.kind not in ("leader", "adjective")]
        if text[at : at + 4].lower() == "the ":  # "the country" is the one spoken of, and not the one that acts
            before = []
        other = {one.code for one in named}
        if means == "pair":
            own = tuple(dict.fromkeys(one.code for one in before))
            if len(own) >= 2:
                yield own[:2]
            yield from (pair for pair in reversed(self.pairs[-MOST_READINGS:]))
            if len(self.main) >= 2:
                yield self.main[:2]
        elif means == "person":
            yield from ((code,) for _, code in reversed(self.persons[-1:]))
        elif means == "land":
            yield from ((one.code,) for one in before if one.kind not in ("leader", "adjective"))
            yield from ((code,) for code in (*reversed(self.lands[-2:]), *self.main[:1]) if code not in other)
        elif direct := [one for one in before if not _BESIDE["oblique"].search(text[: one.start])]:
            yield (subject_of(text[:at], direct),)
        else:
            yield from self._states(other)

    def _states(self, other: set[str]) -> Iterator[tuple[str, ...]]:
        """Yield what "it" may be: the last subject, the topic of the paragraph, the main state of the text."""
        topics = [*self._paragraph[:1], *self.main[:1]]
        first = [*topics, *self.subjects[-1:]] if self.contrasted else [*self.subjects[-1:], *topics]
        for code in first or self.recent[-1:]:
            if code not in other:
                yield (code,)


def is_town(one: Named, text: str) -> bool:
    """Tell whether a name is that of a capital that only tells where: "in Rome"."""
    return one.kind == "capital" and _BESIDE["in-town"].search(text[: one.start]) is not None


def subject_of(text: str, named: Sequence[Named]) -> str:
    """Return the state that a sentence is about: the first that no preposition leads in; empty where it names none."""
    states = [one for one in named if one.kind != "leader"] or list(named)
    plain = [one for one in states if not _BESIDE["oblique"].search(text[: one.start]) and one.kind != "adjective"]
    chosen = plain or [one for one in states if not _BESIDE["oblique"].search(text[: one.start])] or states
    return chosen[0].code if chosen else ""


def main_states(counts: Counter[str]) -> tuple[str, ...]:
    """Return the states that a text names most, the most named first, without those that it names once."""
    return tuple(code for code, count in counts.most_common() if count > 1)
