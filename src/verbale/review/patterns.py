"""Loads the words by which finders of claims read a sentence: named patterns, kept as data."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from verbale.review.dates import MONTH_PATTERN
from verbale.review.numbers import NUMBER_PATTERN
from verbale.review.words import DATA
from verbale.vocab.tables import Row, read_rows

# What a pattern of a table may leave to the program: a number in figures or words, a month, a year.
_FILLED: Final = {
    "{number}": NUMBER_PATTERN,
    "{month}": MONTH_PATTERN,
    "{year}": r"(?:1[5-9]\d\d|20\d\d)",
}


@functools.cache
def load_patterns(file: str, *, folder: Path = DATA) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of a table by name, loaded once; the rows of one name are alternatives, the first that fits is taken.

    Letter case tells nothing unless a row says so itself. Raises a `vocabulary-...` error that names file, line and field.
    """
    found: dict[str, list[str]] = {}
    for row in read_rows(folder / file, ("name", "pattern")):
        found.setdefault(row.required("name"), []).append(_filled(row))
    return {name: re.compile("|".join(f"(?:{one})" for one in rows), re.IGNORECASE) for name, rows in found.items()}


def _filled(row: Row) -> str:
    pattern = row.required("pattern")
    for name, words in _FILLED.items():
        pattern = pattern.replace(name, words)
    try:
        re.compile(pattern)
    except re.error as error:
        raise row.fail("pattern", f"a regular expression ({error})") from error
    return pattern
