"""Loads from when to when there were governments, offices and names of towns (eras.csv), and checks every row on load."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.words import DATA, alternatives
from verbale.vocab.tables import Once, Row, read_rows

KINDS: Final = ("adjective", "office", "town")


@dataclass(frozen=True, slots=True)
class EraWords:
    """For each kind the years of each of its words (None where one is not checked), and a pattern of all words."""

    eras: Mapping[str, Mapping[str, tuple[tuple[int | None, int | None], ...]]]
    patterns: Mapping[str, re.Pattern[str]]


@functools.cache
def load_era_words(*, folder: Path = DATA) -> EraWords:
    """Return the words, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    eras: dict[str, dict[str, tuple[tuple[int | None, int | None], ...]]] = {kind: {} for kind in KINDS}
    once = Once()
    for row in read_rows(folder / "eras.csv", ("kind", "words", "start", "end")):
        kind = row.one_of("kind", KINDS)
        row.required("words")
        era = _year(row, "start"), _year(row, "end")
        for word in row.parts("words"):
            once.check(row, "words", (kind, word, era[0]))
            eras[kind][word] = (*eras[kind].get(word, ()), era)
    patterns = {kind: re.compile(rf"(?<![\w'-]){alternatives(tuple(sorted(found)))}(?![\w-])") for kind, found in eras.items()}
    return EraWords(eras, patterns)


def _year(row: Row, field: str) -> int | None:
    text = row.text(field)
    if text and not re.fullmatch(r"-?\d{1,4}", text):
        raise row.fail(field, "a year, negative before our era, or nothing")
    return int(text) if text else None
