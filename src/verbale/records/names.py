"""Our codes of states and organisations from the names that datasets print, with each dataset's own habits as data."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.vocab import ORGANISATION_CODES
from verbale.vocab.country_codes import states
from verbale.vocab.country_names import TOLERANCE, plain, states_named
from verbale.vocab.tables import Once, read_rows

NAMES: Final = Path(__file__).parent / "data" / "names.csv"
COLUMNS: Final = ("dataset", "name", "start", "end", "code")


@dataclass(frozen=True, slots=True)
class DatasetName:
    """What a dataset's name stands for in the years given (inclusive, None is open); an empty code is no party of ours."""

    start: int | None
    end: int | None
    code: str

    def covers(self, year: int) -> bool:
        """Tell whether the row speaks of a year."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


def code_of_name(dataset: str, name: str, year: int) -> str | None:
    """Return our code for a name in a dataset and year, None for one that is no state or organisation of ours.

    A row of the dataset's own names decides first; then a state of that name which existed in the year; then one that existed
    at another time, if all of that name share a code.
    """
    own = _dataset_names().get((dataset, plain(name)))
    if own is not None:
        for row in own:
            if row.covers(year):
                return row.code or None
    named = [state for state in states_named(name) if state.line.code in states().codes]
    living = {state.line.code for state in named if state.existed(year, tolerance=TOLERANCE)}
    found = living or {state.line.code for state in named}
    return found.pop() if len(found) == 1 else None


def known_code(text: str) -> str | None:
    """Return letters that are our code of a state, None for others."""
    return text if text in states().codes else None


@functools.cache
def _dataset_names() -> Mapping[tuple[str, str], tuple[DatasetName, ...]]:
    codes = states().codes | ORGANISATION_CODES
    once = Once()
    found: dict[tuple[str, str], tuple[DatasetName, ...]] = {}
    for row in read_rows(NAMES, COLUMNS):
        start, end = row.years()
        key = (row.required("dataset"), plain(row.required("name")))
        once.check(row, "name", (key, start))
        code = row.one_of("code", codes | {""})
        found[key] = (*found.get(key, ()), DatasetName(start, end, code))
    return found
