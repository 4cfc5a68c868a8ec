"""What the coder's own words mean: grammar labels, reasons, and the cues of the judge, in words by the rows of terms.csv."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.core import QUADRANTS, STATUSES
from verbale.vocab.tables import Once, Row, read_rows

TERMS: Final = Path(__file__).parent / "terms.csv"
COLUMNS: Final = ("kind", "name", "meaning")
KINDS: Final = frozenset({"pos", "label", "shape", "name", "how", "why", "strength", "cue"})
# The parts of a cue that vary, as patterns.
PARTS: Final = {
    "role": "[st]",
    "other": "source|target",
    "shape": "(?:passive )?(?:verb|noun|light)",
    "type": "[A-Z]{3,}",
    "kind": "name|agent|owner|place|reference|implied",
    "quad": "|".join(dict.fromkeys(QUADRANTS.values())),
    "status": "|".join(STATUSES),
    "side": "before|behind",
    "number": r"\d+(?:\.\d+)?",
    "label": r"[a-z]+(?::[a-z]+)?",
    "word": r"\S+",
    "how": "[a-z ]+?",
    "why": "[a-z ]+",
    "way": ".+",
    "rest": ".+",
}
ROLES: Final = {"s": "source", "t": "target"}
FOUND: Final = {
    "name": "by its name",
    "agent": "by who acts for it",
    "owner": "by what belongs to it",
    "place": "by a place",
    "reference": "by words that take it up",
    "implied": "from the story alone",
}
UNMOVED: Final = {"self": "the same word", "beside": "side by side in one phrase"}
# What a number may stand for: the strength of an entry, the place of a role in it, the rank of a state.
OF_NUMBERS: Final = ("strength", "place", "rank")
ORDINALS: Final = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Terms:
    """The rows of terms.csv: meanings by kind and name, and the patterns of cues in their order."""

    meanings: dict[tuple[str, str], str]
    cues: tuple[tuple[re.Pattern[str], str], ...]

    def of(self, kind: str, name: str) -> str:
        """Return the meaning of a word of the coder's; of a subtype (`nmod:poss`) its main label's; else the word itself."""
        known = self.meanings.get((kind, name)) or self.meanings.get((kind, name.partition(":")[0]))
        return known or name

    def cue(self, cue: str) -> str:
        """Return what a cue of the judge means, the cue itself where no row knows it."""
        for pattern, meaning in self.cues:
            found = pattern.fullmatch(cue.strip())
            if found:
                return meaning.format_map(self._parts(found.groupdict()))
        return cue

    def _parts(self, found: dict[str, str]) -> dict[str, str]:
        words = {name: self.of(name, value) for name, value in found.items()}
        if "role" in found:
            words["role"] = ROLES[found["role"]]
        if "kind" in found:
            words["kind"] = FOUND[found["kind"]]
        if "way" in found:
            words["way"] = self.way(found["way"])
        if "number" in found:
            number = float(found["number"])
            place = ORDINALS[int(number)] if number < len(ORDINALS) else f"{number + 1:.0f}th"
            words |= {"strength": self.of("strength", found["number"]), "place": place, "rank": rank_words(int(number))}
        return words

    def way(self, way: str) -> str:
        """Return a way through the tree in words: `^` and a label is a step up, a label with a preposition one down."""
        if way in UNMOVED:
            return UNMOVED[way]
        steps: list[str] = []
        for word in way.split():
            label = word.removeprefix("^").partition(":")[0]
            if word == ".." or ("label", label) in self.meanings or not steps:
                steps.append(word)
            else:
                steps[-1] += f" {word}"  # a preposition of several words: "nmod:in favour of"
        return ", ".join(self._step(step) for step in steps)

    def _step(self, step: str) -> str:
        if step == "..":
            return "some steps"
        label = step.removeprefix("^")
        main, _, preposition = label.partition(":")
        known = ("label", label) in self.meanings
        phrase = f'phrase with "{preposition}"' if preposition and not known else self.of("label", label if known else main)
        return f"out of the {phrase}" if step.startswith("^") else f"the {phrase}"


def rank_words(rank: int) -> str:
    """Return how much a document speaks of an actor, by its rank among the states that it names (0 for the most named)."""
    if rank >= 9:
        return "no state that the document names much"
    return "the state that the document names most" if rank == 0 else f"number {rank + 1} of the states that the document names"


@functools.cache
def load_terms(path: Path = TERMS) -> Terms:
    """Read and check the terms. Raises the `vocabulary-...` errors, which name file, line and field."""
    meanings: dict[tuple[str, str], str] = {}
    cues: list[tuple[re.Pattern[str], str]] = []
    once = Once()
    for row in read_rows(path, COLUMNS):
        kind, name, meaning = row.one_of("kind", KINDS), row.required("name"), row.required("meaning")
        once.check(row, "name", (kind, name))
        if kind != "cue":
            meanings[kind, name] = meaning
            continue
        cues.append((_pattern(row), meaning))
    return Terms(meanings, tuple(cues))


def _pattern(row: Row) -> re.Pattern[str]:
    """Return the pattern of a cue's row; what its meaning puts in must be part of its name."""
    pieces = re.split(r"<(\w+)>", row.text("name"))  # fixed text and the names of parts in turn
    parts = pieces[1::2]
    if not set(parts) <= PARTS.keys():
        raise row.fail("name", ", ".join(f"<{part}>" for part in PARTS))
    given = {*parts, *(OF_NUMBERS if "number" in parts else ())}
    if not set(re.findall(r"\{(\w+)\}", row.text("meaning"))) <= given:
        raise row.fail("meaning", "text with " + (", ".join(f"{{{part}}}" for part in sorted(given)) or "no {...}"))
    return re.compile(
        "".join(f"(?P<{piece}>{PARTS[piece]})" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces))
    )
