"""Finds which resolution of the General Assembly a text means that tells its subject and year and not its number."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.words import DATA
from verbale.vocab.tables import Row, read_rows

COLUMNS: Final = ("resolution", "year", "words", "not")


@dataclass(frozen=True, slots=True)
class Subject:
    """A resolution with the year of its vote, the words that tell it, and the words that mean another."""

    resolution: str
    year: int
    words: re.Pattern[str]
    without: re.Pattern[str]


@functools.cache
def load_subjects(*, folder: Path = DATA) -> tuple[Subject, ...]:
    """Return the resolutions, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    return tuple(
        Subject(row.required("resolution"), int(row.required("year")), _pattern(row, "words"), _pattern(row, "not"))
        for row in read_rows(folder / "claim_assembly.csv", COLUMNS)
    )


def by_subject(text: str, year: int) -> str:
    """Return the one resolution of a year that a text tells the subject of; empty where none or several fit.

    >>> by_subject("voted for the resolution on Afghanistan", 1982)
    '37/37'
    """
    found = [
        one.resolution
        for one in load_subjects()
        if one.year == year and one.words.search(text) and not one.without.search(text)
    ]
    return found[0] if len(found) == 1 else ""


def like(resolution: str, years: tuple[int, int]) -> tuple[str, ...]:
    """Return the resolutions of the same subject in other years; none where the list does not have the first."""
    subjects = {one.words.pattern for one in load_subjects() if one.resolution == resolution}
    return tuple(
        one.resolution for one in load_subjects() if one.words.pattern in subjects and years[0] <= one.year <= years[1]
    )


def _pattern(row: Row, field: str) -> re.Pattern[str]:
    try:
        return re.compile(row.required(field), re.IGNORECASE)
    except re.error as error:
        raise row.fail(field, f"a regular expression ({error})") from error
