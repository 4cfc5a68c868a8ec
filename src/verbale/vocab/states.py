"""States through time: which entity stood behind a code in which years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.vocab.tables import Once, Row, read_rows

COLUMNS: Final = ("code", "entity", "start", "end", "names")
# The code that organisations without one of their own share: acts of several are no acts of one.
COLLECTIVE: Final = "OTH"
# The organisations that have codes of their own, and that of all others.
ORGANISATION_CODES: Final = frozenset({"UNO", "LON", "NATO", "EUR", "OAS", "ARAB", "AFU", "WTOP", COLLECTIVE})


@dataclass(frozen=True, slots=True)
class State:
    """A state in the years of its existence: the code, the entity's name, its years (inclusive, None is open) and its names."""

    code: str
    entity: str
    start: int | None
    end: int | None
    names: tuple[str, ...]

    def existed(self, year: int, *, tolerance: int = 0) -> bool:
        """Tell whether the state existed in a year, give or take a tolerance in years."""
        return (self.start is None or self.start - tolerance <= year) and (self.end is None or year <= self.end + tolerance)


class States:
    """The states of every code in the order of the file, the main line of a code before its lesser parts."""

    def __init__(self, states: Iterable[State]) -> None:
        """Group states by code."""
        self.all = tuple(states)
        self._by_code: dict[str, list[State]] = {}
        for state in self.all:
            self._by_code.setdefault(state.code, []).append(state)

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of all states."""
        return frozenset(self._by_code)

    def existed(self, code: str, year: int, *, tolerance: int = 0) -> bool:
        """Tell whether any state with this code existed in a year; False for a code that is not known."""
        return any(state.existed(year, tolerance=tolerance) for state in self._by_code.get(code, ()))

    def entity(self, code: str, year: int | None) -> str:
        """Return the name of the state behind a code in a year (without one: today); empty for an unknown code.

        A year in which there was none gives the state whose years lie nearest.
        """
        states = self._by_code.get(code)
        if not states:
            return ""
        if year is None:
            return next((state.entity for state in states if state.end is None), max(states, key=_last_year).entity)
        return min(states, key=lambda state: _distance(state, year)).entity


def _last_year(state: State) -> int:
    return state.end if state.end is not None else 9999


def _distance(state: State, year: int) -> int:
    if state.start is not None and year < state.start:
        return state.start - year
    return year - state.end if state.end is not None and year > state.end else 0


def load_states(path: Path) -> States:
    """Return the states of a file with the columns `COLUMNS`, checked."""
    once = Once()
    states = []
    for row in read_rows(path, COLUMNS):
        code = state_code(row)
        entity = row.required("entity")
        start, end = row.years()
        names = row.parts("names")
        if not names:
            raise row.fail("names", "at least one name, separated by |")
        once.check(row, "entity", (code, entity, start))
        states.append(State(code, entity, start, end, names))
    return States(states)


def state_code(row: Row) -> str:
    """Return the field `code`, which must look like a state's code and be no organisation's."""
    code = row.required("code")
    if len(code) != 3 or not (code.isascii() and code.isalpha() and code.isupper()) or code in ORGANISATION_CODES:
        raise row.fail(
            "code", "three capital letters (ISO 3166 alpha-3, or DDR, YUG, CSK, AUH, MCH ...), no organisation's code"
        )
    return code
