"""Loads the words by which finders of claims read a sentence: named patterns, kept as data."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from verbale.review.dates import MONTH_PATTERN
from verbale.review.numbers import NUMBER_PATTERN
from verbale.review.words import DATA
from verbale.vocab.tables import Row, read_rows

# What a pattern of a table may leave to the program: a number in figures or words, a month, a year.
_FILLED: Final = {"number": NUMBER_PATTERN, "month": MONTH_PATTERN, "year": r"(?:1[5-9]\d\d|20\d\d)"}
_LEFT_OPEN: Final = re.compile(r"\{([a-z]+(?:-[a-z]+)*)\}")


@functools.cache
def load_patterns(file: str, *, folder: Path = DATA) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of a table by name, loaded once; the rows of one name are alternatives, the first that fits is taken.

    An earlier row in braces stands for its pattern. Letter case tells nothing unless a row says so itself.
    Raises a `vocabulary-...` error that names file, line and field.
    """
    found: dict[str, list[str]] = {}
    for row in read_rows(folder / file, ("name", "pattern")):
        found.setdefault(row.required("name"), []).append(_filled(row, found))
    return {name: re.compile(_either(rows), re.IGNORECASE) for name, rows in found.items()}


def _either(rows: Sequence[str]) -> str:
    return "|".join(f"(?:{one})" for one in rows)


def _filled(row: Row, earlier: Mapping[str, Sequence[str]]) -> str:
    def fill(name: re.Match[str]) -> str:
        if name[1] not in _FILLED and name[1] not in earlier:
            raise row.fail("pattern", f"a pattern with {name[0]} as the name of an earlier row")
        return _FILLED.get(name[1]) or f"(?:{_either(earlier[name[1]])})"

    pattern = _LEFT_OPEN.sub(fill, row.required("pattern"))
    try:
        re.compile(pattern)
    except re.error as error:
        raise row.fail("pattern", f"a regular expression ({error})") from error
    return pattern
