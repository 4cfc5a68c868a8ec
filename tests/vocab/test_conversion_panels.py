"""Every state-year of the published panels of the two state systems, and of a table of many systems, against our conversion.

What differs is listed here with the reason; anything else that differs fails.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from verbale.vocab.conversion import convert_code
from verbale.vocab.country_names import states_named

SHARED = Path(__file__).parents[3] / "shared" / "records" / "data"
PANELS = (SHARED / "isard" / "cw_gw_panel.csv.gz", SHARED / "isard" / "gw_cw_panel.csv.gz")
SYSTEMS = {
    "cown": (SHARED / "isard" / "cw_system.csv", "ccode", "cw"),
    "gwn": (SHARED / "isard" / "gw_system.csv", "gwcode", "gw"),
}
MANY = SHARED / "countrycode" / "codelist_panel_core.csv.gz"
NAMES = SHARED / "raw" / "un" / "unvotes_countries.csv"
needs_panels = pytest.mark.skipif(not PANELS[0].exists(), reason="needs the published panels in ../shared/records")

# Names as these lists print them that no state bore in some of the years: the Austrian Empire is listed as Austria-Hungary
# from 1816, Serbia as Yugoslavia; Gleditsch and Ward let Austria go on in 1938-1945.
NAMELESS: dict[str, set[str]] = {"cown": {"Austria-Hungary", "Yugoslavia"}, "gwn": {"Austria", "Austria-Hungary", "Yugoslavia"}}

# Columns of the table of many systems and our names of these.
COLUMNS = {
    "cown": "cown",
    "cowc": "cowc",
    "gwn": "gwn",
    "gwc": "gwc",
    "vdem": "vdem",
    "iso3c": "iso3",
    "iso2c": "iso2",
    "iso3n": "iso3n",
    "un": "m49",
    "fips": "fips",
    "country.name.en": "name",
}
# From each system into these: every system is reached from the ones that data are keyed by, and leads back to them.
PAIRS = [
    *((one, other) for one in ("cown", "gwn", "vdem", "iso3c") for other in ("cown", "gwn", "vdem", "iso3c") if one != other),
    *(("iso3c", other) for other in ("iso2c", "iso3n", "un", "fips")),
    *((other, "iso3c") for other in ("iso2c", "iso3n", "un", "fips", "country.name.en")),
    *(("cown", other) for other in ("cowc", "un")),
    *((other, "cown") for other in ("cowc", "country.name.en")),
    *(("gwn", "gwc"), ("gwc", "gwn"), ("country.name.en", "gwn"), ("country.name.en", "vdem")),
]
M49_THEN = "another rule: M49 and FIPS are given as they were in force in the year, theirs are today's"
MAJORITY = "another rule: a year of change belongs to the code that held more of it"
OTHER_STATE = (
    "another rule: V-Dem's unit goes on through a change of state; in these years it is the other state, with its own ISO code"
)
GAZA = (
    "another rule: theirs gives Gaza's number to all of Palestine; ours has the West Bank's, Gaza is a part without an ISO code"
)
# Country of their table, our name of the target system (or *), first and last year: the reason.
DIFFERENCES: dict[tuple[str, str, int, int], str] = {
    ("Austria", "*", 1868, 1916): "V-Dem's Austria is Austria-Hungary in these years, which has no ISO code",
    ("Austria", "*", 1940, 1943): "another rule: there was no state of that name, which two states had before and after",
    ("Austria", "gwn", 1918, 1918): "another rule: Austria-Hungary and Austria both bore the name in 1918",
    ("Austria-Hungary", "*", 1816, 1865): "their error: there was no Austria-Hungary before 1867; 300 was the Austrian Empire",
    ("Ethiopia", "m49", 1789, 1992): M49_THEN,
    ("Germany", "m49", 1949, 1990): M49_THEN,
    ("Germany", "fips", 1949, 1990): M49_THEN,
    ("Germany", "cown", 1990, 1990): MAJORITY,
    ("Germany", "*", 1808, 1813): "another rule: no state bore the name between the Empire and the Confederation",
    ("Palestinian Territories", "*", 1949, 1966): GAZA,
    ("Palestinian Territories", "*", 2007, 2024): GAZA,
    ("Panama", "m49", 1903, 1979): M49_THEN,
    ("Piedmont-Sardinia", "vdem", 1861, 1861): MAJORITY,
    (
        "Republic of Vietnam",
        "vdem",
        1802,
        1943,
    ): "another rule: V-Dem's 35 is the empire of Annam before there was a South Vietnam",
    ("Russia", "m49", 1922, 1991): M49_THEN,
    ("Russia", "fips", 1922, 1991): M49_THEN,
    ("Serbia", "fips", 1993, 2005): M49_THEN,
    ("Serbia", "m49", 1992, 2005): M49_THEN,
    ("Serbia", "*", 1919, 1991): OTHER_STATE,
    ("Sudan", "m49", 1900, 2011): M49_THEN,
    ("Vietnam", "m49", 1945, 1975): M49_THEN,
    ("Vietnam", "fips", 1945, 1975): M49_THEN,
    ("Yemen", "m49", 1918, 1989): M49_THEN,
    ("Yemen", "fips", 1918, 1989): M49_THEN,
    ("Yemen Arab Republic", "cown", 1990, 1990): MAJORITY,
    ("Yugoslavia", "*", 1878, 1916): "their error: Serbia was not called Yugoslavia before 1918",
    ("Yugoslavia", "*", 2005, 2020): "their error: there was no Yugoslavia after 2003",
}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


@needs_panels
def test_every_state_year_of_the_two_systems_converts_as_the_panels_have_it() -> None:
    """A state can stand twice in a year (both numbers of 1990), once in each file: ours must be one of those given."""
    given: dict[tuple[str, str, str, int], set[str]] = defaultdict(set)
    for path in PANELS:
        for row in rows(path):
            for source, target, one, other in (("cown", "gwn", "ccode", "gwcode"), ("gwn", "cown", "gwcode", "ccode")):
                if row[one]:
                    given[source, target, row[one], int(row["year"])] |= {row[other]} - {""}
    assert len(given) == 38_555
    wrong = []
    for (source, target, code, year), expected in given.items():
        found = convert_code(code, from_=source, to=target, year=year)
        if not (str(found.code) in expected if expected else found.code is None):
            wrong.append((source, code, year, expected, found.code, found.reason))
    assert wrong == []


@needs_panels
@pytest.mark.parametrize("name", list(SYSTEMS))
def test_every_state_year_has_our_code_its_letters_and_leads_back(name: str) -> None:
    path, column, prefix = SYSTEMS[name]
    letters = {"cown": "cowc", "gwn": "gwc"}[name]
    count = 0
    nameless = set()
    for row in rows(path):
        for year in range(int(row["start"][:4]), int(row["end"][:4]) + 1):
            count += 1
            number = int(row[column])
            assert convert_code(number, from_=name, to="code", year=year).code, row
            assert convert_code(number, from_=name, to=letters, year=year).code == row[f"{prefix}_abb"]
            assert convert_code(row[f"{prefix}_abb"], from_=letters, to=name, year=year).code == number
            named = convert_code(row[f"{prefix}_name"], from_="name", to=name, year=year)
            if named.code is None:
                nameless.add(row[f"{prefix}_name"])
    assert count == {"cown": 15_951, "gwn": 19_864}[name]
    assert nameless == NAMELESS[name]


@needs_panels
def test_every_code_of_the_table_of_many_systems_converts_as_it_has_it() -> None:
    used: set[tuple[str, str, int, int]] = set()
    wrong = []
    compared = 0
    for row in rows(MANY):
        year = int(row["year"])
        for one, other in PAIRS:
            if row[one] and row[other]:
                compared += 1
                found = convert_code(row[one], from_=COLUMNS[one], to=COLUMNS[other], year=year)
                if str(found.code) != row[other]:
                    listed = _listed(row["country.name.en"], COLUMNS[other], year)
                    used |= {listed} if listed else set()
                    if listed is None:
                        wrong.append((row["country.name.en"], one, other, year, row[one], row[other], found.code, found.reason))
    assert wrong[:20] == []
    assert compared > 400_000
    assert set(DIFFERENCES) - used == set(), "no longer needed"


def _listed(country: str, target: str, year: int) -> tuple[str, str, int, int] | None:
    for key in DIFFERENCES:
        if key[0] == country and key[1] in (target, "*") and key[2] <= year <= key[3]:
            return key
    return None


@needs_panels
def test_names_of_states_in_public_lists_are_known() -> None:
    names = {row["country"] for row in rows(NAMES)} | {
        row["country.name.en"] for row in rows(SHARED / "countrycode" / "codelist_core.csv")
    }
    unknown = {name for name in names if not states_named(name)}
    assert unknown == {"Channel Islands", "Stateless", "Unknown"}
