"""Who acts in event data: from each dataset's codes, names and sectors to our codes, PLOVER sectors and entities.

A state has our code. A region (EUR, AFR) is nobody that acts: its code stays empty. An organisation has its own code or OTH,
other parties that belong to no state have OTH. A bare role ("police") tells its sector and no code.
"""

from __future__ import annotations

import functools
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from verbale.core import SECTORS
from verbale.records.names import code_of_name
from verbale.records.rows import LONGEST_REASON
from verbale.vocab import DATA, States
from verbale.vocab.actors import load_actors
from verbale.vocab.country_names import plain
from verbale.vocab.cow import gw_numbers
from verbale.vocab.petrarch.codes import UnreadableError, cameo_actor, load_parts
from verbale.vocab.states import load_states
from verbale.vocab.tables import read_rows

SECTOR_TABLE: Final = Path(__file__).parents[1] / "data" / "sectors.csv"
SECTOR_COLUMNS: Final = ("dataset", "sector", "names")
# Our code, sector, entity (None each where there is none), and the country for which there is no code.
Party = tuple[str | None, str | None, str | None, str | None]
# Different parties of a year are some ten thousand; beyond this many the oldest are worked out again.
_PARTIES: Final = 1 << 17


@functools.lru_cache(maxsize=_PARTIES)
def cameo_party(country: str, group: str, type1: str, type2: str, type3: str, year: str) -> Party:
    """Return the party of GDELT's columns: CAMEO country, known group, up to three types; `year` settles the entity.

    A state goes before a group, and a group before a type: the Taliban in Afghanistan are AFG, the EU is no region.
    """
    parts, types = load_parts(), [one for one in (type1, type2, type3) if one]
    sector = next((found.sector for one in types if (found := parts.get(("role", one)))), None)
    state = state_of_cameo(country)
    if state:
        return state, sector, entity_of(state, year), None
    organisation = parts.get(("organisation", group)) or parts.get(("organisation", country))
    if organisation:
        return organisation.code, "IGO", organisation.entity, None
    if country:
        return None, sector, None, country
    stateless = next((found for one in types if (found := parts.get(("stateless", one)))), None)
    return ("OTH", stateless.sector or sector, None, None) if stateless else (None, sector, None, None)


@functools.lru_cache(maxsize=_PARTIES)
def cameo_code_party(code: str, year: str) -> Party:
    """Return the party of a whole CAMEO actor code (USAGOV, IGOUNO), as Phoenix has them."""
    if not code:
        return None, None, None, None
    try:
        found = cameo_actor(code, _states())
    except UnreadableError:
        first = code[:3]
        role = load_parts().get(("role", first))
        return None, role.sector if role else None, None, None if role else first[:LONGEST_REASON]
    if found is None:
        return None, None, None, None
    return found.code, found.sector or None, found.entity or entity_of(found.code, year), None


@functools.lru_cache(maxsize=_PARTIES)
def iso_party(country: str, name: str, sector: str, year: str) -> Party:
    """Return the party of an ISO 3166 code of three letters, or of an organisation's name, and a PLOVER sector."""
    known = sector if sector in SECTORS else None
    if country:
        code = state_of_cameo(country)
        return code, known, entity_of(code, year) if code else None, None if code else country
    return _organisation(name, known)


@functools.lru_cache(maxsize=_PARTIES)
def named_party(dataset: str, country: str, name: str, sectors: str, year: str) -> Party:
    """Return the party of a country's name, or of an organisation's, and a list of sectors in the dataset's own words."""
    sector = sector_of_list(dataset, sectors)
    if country:
        code = code_of_name(dataset, country, int(year)) if year else None
        return code, sector, entity_of(code, year) if code else None, None if code else country
    return _organisation(name, sector)


@functools.lru_cache(maxsize=_PARTIES)
def numbered_party(number: str, name: str, fallback: str, sector: str, year: str) -> Party:
    """Return the party of a Gleditsch-Ward number; without one, `fallback` is the code of a party that is no state."""
    if number.isascii() and number.isdigit() and year:
        code = gw_numbers().code(int(number), int(year))
        return code, sector or None, entity_of(code, year) if code else None, None if code else number
    if number:
        return None, sector or None, None, number
    return fallback or None, sector or None, name or None, None


def _organisation(name: str, sector: str | None) -> Party:
    """Return the organisation of a name; other parties without a country have no code, but those of the sector IGO."""
    found = _organisations().get(plain(name)) if name else None
    if found:
        return found[0], "IGO", found[1], None
    return "OTH" if sector in {"IGO", "NGO"} else None, sector, None, None


@functools.lru_cache(maxsize=_PARTIES)
def sector_of_list(dataset: str, names: str) -> str | None:
    """Return the sector of a list of names, divided by commas, in any order, perhaps in quotation marks."""
    listed = [plain(part) for part in names.strip('"').split(",")]
    for sector, patterns in _sector_rows().get(dataset, ()):
        if any(fnmatchcase(name, pattern) for pattern in patterns for name in listed):
            return sector
    return None


def state_of_cameo(code: str) -> str | None:
    """Return our code of a state for a CAMEO or ISO country code of three letters, None for a region or what is unknown."""
    listed = load_parts().get(("state", code))
    if listed:
        return listed.code
    return code if code in _states().codes else None


def entity_of(code: str, year: str) -> str | None:
    """Return the entity that stood behind a state's code in a year."""
    return _states().entity(code, int(year) if year else None) or None


@functools.cache
def _states() -> States:
    return load_states(DATA / "states.csv")


@functools.cache
def _organisations() -> dict[str, tuple[str, str]]:
    names = load_actors(DATA, _states()).names
    return {plain(one.name): (one.code, one.entity) for one in names if one.kind == "organisation" and one.sector == "IGO"}


@functools.cache
def _sector_rows() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the rows of the table of sectors by dataset: the first that fits a list decides."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in read_rows(SECTOR_TABLE, SECTOR_COLUMNS):
        patterns = tuple(plain(part) for part in row.parts("names"))
        found.setdefault(row.required("dataset"), []).append((row.one_of("sector", set(SECTORS)), patterns))
    return found
