"""State numbers of the Correlates of War, of Gleditsch and Ward and of V-Dem, year by year, to our codes and back."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.vocab.states import state_code
from verbale.vocab.tables import Once, read_rows
from verbale.vocab.vocabulary import DATA

COLUMNS: Final = ("number", "abbreviation", "start", "end", "code", "entity")
# The numbers of all three systems run from 2 (United States) to 990 (Samoa).
LARGEST_NUMBER: Final = 999


@dataclass(frozen=True, slots=True)
class StateNumber:
    """A state's number in a system, in the years (inclusive, None is open) in which it stood for one of our codes.

    `entity` is empty for the main line of the code, else the part of it that has the number, as states.csv calls it.
    """

    number: int
    abbreviation: str
    start: int
    end: int | None
    code: str
    entity: str = ""

    def covers(self, year: int) -> bool:
        """Tell whether the state was a member of the system in a year."""
        return self.start <= year and (self.end is None or year <= self.end)

    def distance(self, year: int) -> int:
        """Return how many years a year lies outside the membership, 0 within."""
        return max(self.start - year, 0 if self.end is None else year - self.end, 0)


class StateNumbers:
    """The numbers of one system: `code` gives ours for a number, `numbers` the system's for one of ours."""

    def __init__(self, rows: Iterable[StateNumber]) -> None:
        """Index the rows; of several numbers that share a code in a year, the earlier row is the main line."""
        self.all = tuple(rows)
        self._by_number: dict[int, list[StateNumber]] = {}
        self._by_code: dict[str, list[StateNumber]] = {}
        for row in self.all:
            self._by_number.setdefault(row.number, []).append(row)
            self._by_code.setdefault(row.code, []).append(row)

    def __contains__(self, number: object) -> bool:
        """Tell whether a number belongs to the system in any year."""
        return number in self._by_number

    def code(self, number: int, year: int, *, members_only: bool = False) -> str | None:
        """Return our code for a state's number in a year; None for a number that is not known.

        Records speak of states before they were members and after, so a year outside gives the code of the nearest years;
        with `members_only` it gives None.
        """
        rows = self._by_number.get(number)
        if not rows:
            return None
        nearest = min(rows, key=lambda row: row.distance(year))
        return None if members_only and not nearest.covers(year) else nearest.code

    def numbers(self, code: str, year: int) -> tuple[int, ...]:
        """Return the system's numbers for our code in a year, the main line first; empty where it had no member."""
        found = [row.number for row in self._by_code.get(code, ()) if row.covers(year)]
        return tuple(dict.fromkeys(found))


def load_state_numbers(path: Path) -> StateNumbers:
    """Return the numbers of a file with the columns `COLUMNS`, checked: raises the `vocabulary-...` errors."""
    once = Once()
    rows: list[StateNumber] = []
    for row in read_rows(path, COLUMNS):
        text = row.required("number")
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST_NUMBER):
            raise row.fail("number", f"a whole number from 1 to {LARGEST_NUMBER}")
        abbreviation = row.text("abbreviation")
        if abbreviation and not (
            len(abbreviation) == 3 and abbreviation.isascii() and abbreviation.isalpha() and abbreviation.isupper()
        ):
            raise row.fail("abbreviation", "three capital letters, or empty where it is not known")
        start, end = row.years()
        if start is None:
            raise row.fail("start", "a year")
        once.check(row, "start", (int(text), start))
        previous = next((one for one in reversed(rows) if one.number == int(text)), None)
        if previous is not None and (previous.end is None or start <= previous.end):
            raise row.fail("start", f"a year after the end of the row before, {previous.end or 'which is open'}")
        rows.append(StateNumber(int(text), abbreviation, start, end, state_code(row), row.text("entity")))
    return StateNumbers(rows)


@functools.cache
def cow_numbers() -> StateNumbers:
    """Return the Correlates of War numbers, loaded once.

    >>> from verbale.vocab.cow import cow_numbers
    >>> cow_numbers().code(345, 1914), cow_numbers().code(345, 1960), cow_numbers().numbers("DEU", 1975)
    ('SRB', 'YUG', (260,))
    """
    return load_state_numbers(DATA / "cow_codes.csv")


@functools.cache
def gw_numbers() -> StateNumbers:
    """Return the Gleditsch-Ward numbers, loaded once."""
    return load_state_numbers(DATA / "gw_codes.csv")


@functools.cache
def vdem_numbers() -> StateNumbers:
    """Return the country numbers of V-Dem, loaded once."""
    return load_state_numbers(DATA / "vdem_codes.csv")
