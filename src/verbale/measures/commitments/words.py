"""The words that tell what became of a promise: a data file, checked on load, and how they are found in a text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.core.ontology import EVENT_TYPES
from verbale.vocab.tables import Once, read_rows

DATA: Final = Path(__file__).parent / "data" / "words.csv"
COLUMNS: Final = ("word", "kind", "state", "types", "supplier", "reads")
KINDS: Final = ("act", "thing", "instrument", "joins", "when", "other", "replacing", "elsewhere", "rest", "planned")
STATES: Final = (
    *("promised", "pending", "delayed", "suspended", "cancelled"),
    *("replaced", "partly delivered", "delivered"),
)
SUPPLIERS: Final = ("", "source", "target", "either")
READS: Final = ("trigger", "words", "both")
_WORD: Final = re.compile(r"[a-z]+\*?( [a-z]+\*?)*")


@dataclass(frozen=True, slots=True)
class CommitmentWord:
    """A row of the file; `types` is empty where every type of act will do, `state` empty for all kinds but acts."""

    word: str
    kind: str
    state: str
    types: tuple[str, ...]
    supplier: str
    reads: str

    def counts_in(self, event_type: str) -> bool:
        """Tell whether the word counts as the trigger of an act of this type."""
        return not self.types or event_type in self.types


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a text: character offsets, end exclusive, and its row."""

    start: int
    end: int
    word: CommitmentWord


class CommitmentWords:
    """The file's rows by what they are read in: the triggers of coded acts, or the words of a text."""

    def __init__(self, rows: Iterable[CommitmentWord]) -> None:
        """Index the rows; of two that match at one place the longer one is found."""
        self.all = tuple(rows)
        self._triggers = [(_pattern([row]), row) for row in self._of({"act"}, "trigger")]
        self._in_text = {kind: _Finder(self._of({kind}, "words")) for kind in KINDS}

    def of_trigger(self, trigger: str, event_type: str) -> CommitmentWord | None:
        """Return the row of a coded act's word, if the word counts in acts of this type."""
        fitting = [row for pattern, row in self._triggers if row.counts_in(event_type) and pattern.fullmatch(trigger)]
        return max(fitting, key=lambda row: len(row.word), default=None)

    def find(self, text: str, kind: str) -> list[Found]:
        """Return the words of a kind in a text, in order."""
        return list(self._in_text[kind].find(text))

    def has(self, text: str, kind: str) -> bool:
        """Tell whether a text holds a word of a kind."""
        return next(self._in_text[kind].find(text), None) is not None

    def _of(self, kinds: set[str], reads: str) -> list[CommitmentWord]:
        return [row for row in self.all if row.kind in kinds and row.reads in (reads, "both")]


class _Finder:
    """Finds the words of some rows with one expression."""

    def __init__(self, rows: list[CommitmentWord]) -> None:
        self._rows = sorted(rows, key=lambda row: -len(row.word))
        self._pattern = _pattern(self._rows) if rows else None

    def find(self, text: str) -> Iterator[Found]:
        for match in self._pattern.finditer(text) if self._pattern else ():
            at = next(index for index, group in enumerate(match.groups()) if group is not None)
            yield Found(match.start(), match.end(), self._rows[at])


def _pattern(rows: list[CommitmentWord]) -> re.Pattern[str]:
    words = (re.escape(row.word).replace(r"\*", r"[^\W\d_]*").replace(r"\ ", r"\s+") for row in rows)
    return re.compile("|".join(rf"(?<![\w-])({word})(?![\w-])" for word in words), re.IGNORECASE)


def load_words(path: Path = DATA) -> CommitmentWords:
    """Return the words of a file with the columns `COLUMNS`, checked row by row; raises the `vocabulary-...` errors."""
    return _load(path)


@functools.cache
def _load(path: Path) -> CommitmentWords:
    once, rows = Once(), list[CommitmentWord]()
    for row in read_rows(path, COLUMNS):
        word, kind = row.required("word"), row.one_of("kind", KINDS)
        if not _WORD.fullmatch(word):
            raise row.fail("word", "words in small letters, each with * at its end or without")
        state = row.one_of("state", STATES if kind == "act" else ("",))
        types = row.parts("types")
        if not set(types) <= set(EVENT_TYPES):
            raise row.fail("types", f"a list separated by | of {', '.join(EVENT_TYPES)}")
        once.check(row, "word", (word, kind))
        rows.append(CommitmentWord(word, kind, state, types, row.one_of("supplier", SUPPLIERS), row.one_of("reads", READS)))
    return CommitmentWords(rows)
