"""Finds which resolution of the General Assembly a text means that tells its subject and year and not its number."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.claims.statement import TableRow
from verbale.review.words import DATA
from verbale.vocab.tables import Row, read_rows

ROLL_CALLS: Final = "unvotes-roll-calls"
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


# Words of a sentence about a vote that tell nothing of its subject.
_COMMON: Final = frozenset(
    {
        *(
            "general",
            "assembly",
            "resolution",
            "resolutions",
            "voted",
            "voting",
            "against",
            "favour",
            "favor",
            "abstained",
            "united",
            "nations",
        ),
        *(
            "state",
            "states",
            "country",
            "countries",
            "delegation",
            "delegate",
            "adopted",
            "adoption",
            "vote",
            "votes",
            "passed",
            "question",
        ),
    }
)
# So many letters of a word are its stem: Kampuchea and Kampuchean, embargo and embargoes.
_STEM: Final = 6
# A subject that a word in a hundred roll calls tells is told; that of every tenth is not.
TELLING: Final = 3.5
# The best must be told by more than the next one, else both may be meant.
AHEAD: Final = 0.5


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of the telling words of a text."""
    words = re.findall(r"[a-zà-ÿ]{4,}", text.lower())
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)


def by_description(subject: str, years: tuple[int, int], month: int | None, rows: Sequence[TableRow]) -> tuple[str, ...]:
    """Return the resolutions of the years whose official description a text's words tell, one of a year; none where two fit.

    Words that few descriptions have tell more; a name of the text must be among those that fit.
    """
    names = stems(" ".join(re.findall(r"(?<!^)\b[A-Z][\w-]+", subject))) or stems(subject)
    asked = stems(subject)
    described = [(row, stems(f"{row['short'] or ''} {row['descr'] or ''}")) for row in rows]
    counts = Counter(stem for _, found in described for stem in found & asked)
    weight = {stem: math.log(len(described) / counts[stem]) for stem in counts}
    chosen = []
    for year in range(years[0], years[1] + 1):
        ranked = sorted(
            (
                (sum(weight[stem] for stem in found & asked) - (1.0 if row["amend"] or row["para"] else 0.0), row["resolution"])
                for row, found in described
                if row["year"] == year and row["resolution"] and found & names and _near(row, month, years)
            ),
            reverse=True,
        )
        distinct = list({resolution: score for score, resolution in reversed(ranked)}.items())[::-1]
        if distinct and distinct[0][1] >= TELLING and (len(distinct) == 1 or distinct[0][1] - distinct[1][1] >= AHEAD):
            chosen.append(distinct[0][0].removeprefix("R/"))
    return tuple(chosen)


def _near(row: TableRow, month: int | None, years: tuple[int, int]) -> bool:
    """Tell whether a roll call is of a month, as far as its day is known: some editions have the first of November for all."""
    return month is None or years[0] != years[1] or abs(row["date"].month - month) <= 1


def _pattern(row: Row, field: str) -> re.Pattern[str]:
    try:
        return re.compile(row.required(field), re.IGNORECASE)
    except re.error as error:
        raise row.fail(field, f"a regular expression ({error})") from error
