"""Names of countries, today's and those of the past, to the states that bore them; accents, capitals and stops do not count."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from verbale.vocab.actors import NAME_COLUMNS
from verbale.vocab.country_codes import Line, countries, former_codes, states
from verbale.vocab.states import States
from verbale.vocab.tables import read_rows
from verbale.vocab.vocabulary import DATA

# Sources differ by a year about beginnings and ends, as the vocabulary's own names allow.
TOLERANCE: Final = 1
# Words that lists of countries shorten, leave out or turn round: "Korea, Rep. of", "St. Lucia", "Bahamas, The".
_SHORT: Final = {"st": "saint", "rep": "republic", "dem": "democratic", "fed": "federal", "is": "islands", "isl": "islands"}
_LEFT_OUT: Final = frozenset({"the", "of"})
_DOUBLE: Final = re.compile(r"[()/]")
# Vietnam (Annam/Cochin China/Tonkin) has four names; more are no name of a country.
MOST_PARTS: Final = 5


@dataclass(frozen=True, slots=True)
class NamedState:
    """A state that a name stands for in some years (inclusive, None is open): its line."""

    line: Line
    start: int | None
    end: int | None

    def existed(self, year: int, *, tolerance: int = 0) -> bool:
        """Tell whether the name stood for the state in a year, give or take a tolerance in years."""
        return (self.start is None or self.start - tolerance <= year) and (self.end is None or year <= self.end + tolerance)


def plain(name: str) -> str:
    """Return a name without accents, capitals, punctuation and doubled blanks, as `cote d ivoire`."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter))
    words = re.sub(r"[^a-z0-9*]+", " ", bare.replace("&", " and ").replace("ı", "i")).split()
    return " ".join({"st": "saint"}.get(word, word) for word in words)


def loose(name: str) -> str:
    """Return a plain name as lists of countries vary it: short words written out, `the` and `of` left out, words in order."""
    return " ".join(sorted(_SHORT.get(word, word) for word in plain(name).split() if word not in _LEFT_OUT))


def states_named(name: str) -> tuple[NamedState, ...]:
    """Return the states of all times that a name stands for; empty for one that is not known."""
    return _found(name) or _doubled(name)


def _found(name: str) -> tuple[NamedState, ...]:
    exact, varied = _index()
    return exact.get(plain(name), ()) or varied.get(loose(name), ())


def _doubled(name: str) -> tuple[NamedState, ...]:
    """Return the states of a name that is told twice, `Myanmar (Burma)` or `Italy/Sardinia`: those that bear both."""
    first, *others = [part for part in _DOUBLE.split(name) if part.strip()][:MOST_PARTS] or [name]
    also = {state.line for other in others for state in _found(other)}
    return tuple(state for state in _found(first) if state.line in also)


def line_of_entity(code: str, entity: str) -> Line:
    """Return the line that an entity of states.csv belongs to: a part of its own, or the main line of the code."""
    part = Line(code, entity)
    return part if part in _parts() else Line(code)


def name_of(line: Line, year: int | None) -> str:
    """Return the usual English name of a line's state in a year, without one today's (or its last)."""
    if line.entity:
        return line.entity
    name = _main_line().entity(line.code, year)
    return name or next((country.names[0] for country in countries() if country.line == line), "")


@functools.cache
def _main_line() -> States:
    """Return the states without those that are parts: Tanganyika of 1962, not Zanzibar."""
    return States(state for state in states().all if Line(state.code, state.entity) not in _parts())


@functools.cache
def _parts() -> frozenset[Line]:
    return frozenset(country.line for country in countries() if country.line.entity)


@functools.cache
def _index() -> tuple[Mapping[str, tuple[NamedState, ...]], Mapping[str, tuple[NamedState, ...]]]:
    exact: dict[str, list[NamedState]] = {}
    varied: dict[str, list[NamedState]] = {}

    def add(name: str, state: NamedState) -> None:
        for index, key in ((exact, plain(name)), (varied, loose(name))):
            held = index.setdefault(key, [])
            if state not in held:
                held.append(state)

    for state in states().all:
        for name in state.names:
            add(name, NamedState(line_of_entity(state.code, state.entity), state.start, state.end))
    for row in read_rows(DATA / "names.csv", NAME_COLUMNS):
        code = row.text("code")
        if row.text("kind") == "abbreviation" and not row.text("sector") and code in states().codes:
            line = line_of_entity(code, row.text("entity")) if row.text("entity") else Line(code)
            add(row.text("name"), NamedState(line, *row.years()))
    for country in countries():
        for name in country.names:
            add(name, NamedState(country.line, country.start, country.end))
    for former in former_codes():
        for name in former.names:
            add(name, NamedState(former.line, former.start, former.end))
    return {key: tuple(held) for key, held in exact.items()}, {key: tuple(held) for key, held in varied.items()}
