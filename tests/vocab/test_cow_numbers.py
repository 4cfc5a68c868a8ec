"""State numbers through time: every state-year of the published lists, the hard cases, and what the loader refuses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from verbale.core import VerbaleError
from verbale.vocab import DATA
from verbale.vocab.cow import cow_numbers, gw_numbers, load_state_numbers
from verbale.vocab.states import load_states

SHARED = Path(__file__).parents[3] / "shared" / "records" / "data"
SYSTEM = SHARED / "raw" / "cow" / "system2016.csv"
STATES = SHARED / "raw" / "cow" / "states2016.csv"
GW_SYSTEM = SHARED / "isard" / "gw_system.csv"
needs_lists = pytest.mark.skipif(not SYSTEM.exists(), reason="needs the published lists in ../shared/records")
HEADER = "number,abbreviation,start,end,code,entity"


@needs_lists
def test_every_member_year_has_a_code_and_leads_back_to_its_number() -> None:
    numbers = cow_numbers()
    rows = list(csv.DictReader(SYSTEM.open(encoding="utf-8")))
    assert len(rows) == 15_951
    for row in rows:
        number, year = int(row["ccode"]), int(row["year"])
        code = numbers.code(number, year, members_only=True)
        assert code is not None, row
        assert number in numbers.numbers(code, year), row


@needs_lists
def test_abbreviations_and_years_are_those_of_the_published_list() -> None:
    published = list(csv.DictReader(STATES.open(encoding="utf-8")))
    assert len(published) == 243
    assert {row.number: row.abbreviation for row in cow_numbers().all} == {
        int(row["ccode"]): row["stateabb"] for row in published
    }
    ours = {(row.number, year) for row in cow_numbers().all for year in range(row.start, (row.end or 2016) + 1)}
    theirs = {(int(row["ccode"]), int(row["year"])) for row in csv.DictReader(SYSTEM.open(encoding="utf-8"))}
    assert ours == theirs


@pytest.mark.skipif(not GW_SYSTEM.exists(), reason="needs the published lists in ../shared/records")
def test_every_state_year_of_gleditsch_and_ward_has_a_code() -> None:
    numbers = gw_numbers()
    for row in csv.DictReader(GW_SYSTEM.open(encoding="utf-8")):
        for year in range(int(row["start"][:4]), int(row["end"][:4]) + 1):
            assert numbers.code(int(row["gwcode"]), year, members_only=True), (row, year)


def test_the_state_behind_every_code_existed_in_every_year() -> None:
    states = load_states(DATA / "states.csv")
    for row in cow_numbers().all:
        for year in range(row.start, (row.end or 2016) + 1):
            assert states.existed(row.code, year, tolerance=1), (row, year)
    assert {row.code for row in gw_numbers().all} <= states.codes


@pytest.mark.parametrize(
    ("number", "year", "code"),
    [
        (255, 1816, "DEU"),
        (255, 1939, "DEU"),
        (260, 1975, "DEU"),
        (255, 1995, "DEU"),
        (265, 1975, "DDR"),
        (240, 1850, "DEU"),
        (300, 1820, "AUT"),
        (300, 1867, "AUH"),
        (300, 1918, "AUH"),
        (305, 1920, "AUT"),
        (315, 1980, "CSK"),
        (316, 1993, "CZE"),
        (325, 1850, "ITA"),
        (327, 1850, "VAT"),
        (345, 1880, "SRB"),
        (345, 1918, "SRB"),
        (345, 1919, "YUG"),
        (345, 1991, "YUG"),
        (345, 1999, "SRB"),
        (345, 2010, "SRB"),
        (347, 2010, "XKX"),
        (365, 1850, "RUS"),
        (365, 1960, "RUS"),
        (511, 1964, "TZA"),
        (678, 1970, "YEM"),
        (679, 2000, "YEM"),
        (680, 1970, "YMD"),
        (713, 1960, "TWN"),
        (730, 1900, "KOR"),
        (731, 1960, "PRK"),
        (732, 1960, "KOR"),
        (816, 1960, "VNM"),
        (817, 1960, "VNM"),
    ],
)
def test_hard_cases(number: int, year: int, code: str) -> None:
    assert cow_numbers().code(number, year, members_only=True) == code


def test_a_year_outside_gives_the_nearest_years_unless_members_only() -> None:
    numbers = cow_numbers()
    assert numbers.code(290, 1942) == "POL"
    assert numbers.code(290, 1942, members_only=True) is None
    assert numbers.code(369, 1946) == "UKR"
    assert numbers.code(345, 1942) == "YUG"
    assert numbers.code(999, 1942) is None
    assert 999 not in numbers
    assert 290 in numbers


def test_the_main_line_stands_first_where_numbers_share_a_code() -> None:
    numbers = cow_numbers()
    assert numbers.numbers("DEU", 1850)[0] == 255
    assert set(numbers.numbers("DEU", 1850)) == {255, 240, 245, 267, 269, 271, 273, 275, 280}
    assert numbers.numbers("DEU", 1975) == (260,)
    assert numbers.numbers("DEU", 1990) == (260, 255)
    assert numbers.numbers("ITA", 1850)[0] == 325
    assert numbers.numbers("YEM", 1990) == (679, 678)
    assert numbers.numbers("VNM", 1960) == (816, 817)
    assert numbers.numbers("DEU", 1950) == ()
    assert numbers.numbers("ATL", 1950) == ()


def test_the_two_systems_number_some_states_differently() -> None:
    assert (cow_numbers().code(970, 2005), gw_numbers().code(970, 2005)) == ("NRU", "KIR")
    assert (cow_numbers().numbers("SRB", 2010), gw_numbers().numbers("SRB", 2010)) == ((345,), (340,))
    assert gw_numbers().numbers("DEU", 2010) == (260,)
    assert gw_numbers().numbers("YEM", 2010) == (678,)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("2,USA,1816", "line 2: 3 fields, where 6 belong"),
        ("x,USA,1816,,USA,", "field number: 'x' is not allowed; allowed is a whole number from 1 to 999"),
        ("1000,USA,1816,,USA,", "field number: '1000'"),
        ("2,usa,1816,,USA,", "field abbreviation: 'usa' is not allowed; allowed is three capital letters"),
        ("2,USA,,,USA,", "field start: '' is not allowed; allowed is a year"),
        ("2,USA,1816,1800,USA,", "field end: '1800'"),
        ("2,USA,1816,,usa,", "field code: 'usa'"),
        ("2,USA,1816,,NATO,", "field code: 'NATO'"),
        ("2,USA,1816,1900,USA,\n2,USA,1900,,USA,", "line 3, field start: '1900' is not allowed; allowed is a year after"),
        ("2,USA,1816,,USA,\n2,USA,1900,,USA,", "which is open"),
        ("2,USA,1816,1900,USA,\n2,USA,1816,,USA,", "'1816' stands already in line 2"),
    ],
)
def test_a_slip_in_a_row_is_named(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text(f"{HEADER}\n{rows}\n", encoding="utf-8")
    with pytest.raises(VerbaleError) as caught:
        load_state_numbers(path)
    assert message in str(caught.value)
