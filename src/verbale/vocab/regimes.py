"""Periods of a state's history by name: its regimes where the table of regimes has them, else the states in succession."""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.vocab.states import State, States, state_code
from verbale.vocab.tables import Once, Row, read_rows

COLUMNS: Final = ("code", "name", "first_day", "last_day", "change")
DATA: Final = Path(__file__).parent / "data" / "periods" / "regimes.csv"
# Days that stand for "always" and "until today": a span has both ends.
EARLIEST: Final = datetime.date(1, 1, 1)
LATEST: Final = datetime.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Regime:
    """A regime or state behind a code, with its first and last day (`EARLIEST` and `LATEST` where open)."""

    code: str
    name: str
    first: datetime.date
    last: datetime.date


@functools.cache
def load_regimes(path: Path = DATA) -> dict[str, tuple[Regime, ...]]:
    """Return the regimes of every code in order of time, checked: days in order, no two regimes of a code on one day."""
    once, found = Once(), dict[str, list[Regime]]()
    for row in read_rows(path, COLUMNS):
        code, name = state_code(row), row.required("name")
        once.check(row, "name", (code, name))
        regime = Regime(code, name, _day(row, "first_day", EARLIEST), _day(row, "last_day", LATEST))
        before = found.setdefault(code, [])
        if regime.first > regime.last or (before and regime.first <= before[-1].last):
            raise row.fail("first_day", "a day after the regime before it, and not after last_day")
        before.append(regime)
    return {code: tuple(regimes) for code, regimes in found.items()}


def _day(row: Row, field: str, missing: datetime.date) -> datetime.date:
    text = row.text(field)
    if not text:
        return missing
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise row.fail(field, "a day as 1917-11-07, or nothing") from error


def succession(states: States, code: str) -> tuple[Regime, ...]:
    """Return the states that stood behind a code, one after the other, by whole years; none for an unknown code.

    The main line begins with the first row of the code; the next is the first later row that begins when it ends. The year of a
    change belongs to the state before it, as in `States.entity`.
    """
    line = list[State]()
    for state in (one for one in states.all if one.code == code):
        last = line[-1].end if line else None
        if not line or (last is not None and state.start is not None and last <= state.start <= last + 1):
            line.append(state)
    found = list[Regime]()
    for state in line:
        first = datetime.date(state.start, 1, 1) if state.start is not None else EARLIEST
        if found and first <= found[-1].last:
            first = found[-1].last + datetime.timedelta(days=1)
        last_day = datetime.date(state.end, 12, 31) if state.end is not None else LATEST
        found.append(Regime(code, state.entity, first, last_day))
    return tuple(found)
