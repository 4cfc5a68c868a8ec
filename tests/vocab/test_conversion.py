"""Country codes through time: the hard cases, the rules of choice, and what is said where there is no answer."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.core import VerbaleError
from verbale.vocab.code_systems import ALIASES, SYSTEMS, CodeSystem, Held, system
from verbale.vocab.conversion import Converted, convert_code
from verbale.vocab.country_codes import (
    COUNTRY_COLUMNS,
    FORMER_COLUMNS,
    Line,
    countries,
    former_codes,
    load_countries,
    load_former_codes,
    states,
)
from verbale.vocab.country_names import name_of, plain, states_named


def asked(value: Any, from_: str, to: str, year: Any = None, **options: bool) -> Converted:
    return convert_code(value, from_=from_, to=to, year=year, **options)


@pytest.mark.parametrize(
    ("value", "from_", "to", "year", "code"),
    [
        # Germany
        (255, "cown", "iso3", 1900, "DEU"),
        (260, "cown", "iso3", 1975, "DEU"),
        (265, "cown", "iso3", 1975, "DDR"),
        (255, "cown", "gwn", 1995, 260),
        (260, "gwn", "cown", 1995, 255),
        (260, "gwn", "cown", 1980, 260),
        ("DEU", "iso3", "cown", 1980, 260),
        ("DEU", "iso3", "cown", 2000, 255),
        (245, "cown", "gwn", 1850, 245),
        (245, "cown", "vdem", 1850, 350),
        (245, "cown", "code", 1850, "DEU"),
        # Korea, Yemen, Vietnam
        (730, "cown", "code", 1900, "KOR"),
        ("KOR", "iso3", "cown", 1900, 730),
        ("KOR", "iso3", "cown", 1960, 732),
        ("PRK", "iso3", "gwn", 1960, 731),
        (679, "cown", "gwn", 2000, 678),
        (678, "gwn", "cown", 2000, 679),
        (678, "gwn", "cown", 1970, 678),
        (680, "cown", "iso3", 1970, "YMD"),
        (815, "gwn", "code", 1850, "VNM"),
        (816, "cown", "vdem", 1960, 34),
        (817, "cown", "gwn", 1960, 817),
        (817, "cown", "vdem_text", 1960, "VDR"),
        (817, "cown", "name", 1960, "South Vietnam"),
        # Serbia and Yugoslavia
        (345, "cown", "iso3", 1900, "SRB"),
        (345, "cown", "iso3", 1975, "YUG"),
        (345, "cown", "iso3", 2010, "SRB"),
        (345, "cown", "gwn", 1900, 340),
        (345, "cown", "gwn", 1918, 345),
        (345, "gwn", "cown", 1918, 345),
        (345, "cown", "gwn", 2010, 340),
        ("YUG", "iso3", "cown", 1999, 345),
        ("SCG", "iso3", "gwn", 2004, 345),
        (198, "vdem", "code", 1975, "YUG"),
        (198, "vdem", "code", 2010, "SRB"),
        # Czechoslovakia, Austria-Hungary, Ethiopia, Pakistan, Sudan, Tanzania, the United Arab Republic
        (315, "cown", "iso3", 1980, "CSK"),
        (157, "vdem", "cown", 1980, 315),
        (157, "vdem", "cown", 2000, 316),
        (300, "cown", "code", 1840, "AUT"),
        (300, "cown", "code", 1900, "AUH"),
        (300, "cown", "vdem", 1900, 144),
        (300, "cown", "vdem", 1918, 144),
        (305, "cown", "iso3", 1920, "AUT"),
        (530, "cown", "iso3n", 1980, 231),
        (530, "cown", "m49", 1980, 230),
        (530, "cown", "m49", 2000, 231),
        (531, "cown", "iso3", 1995, "ERI"),
        (770, "cown", "iso3", 1960, "PAK"),
        (771, "cown", "iso3", 1975, "BGD"),
        (625, "cown", "m49", 2005, 736),
        (625, "cown", "m49", 2015, 729),
        (626, "gwn", "iso2", 2015, "SS"),
        (510, "cown", "iso3", 1962, "TZA"),
        (511, "cown", "vdem", 1964, 236),
        (510, "cown", "name", 1962, "Tanganyika"),
        (511, "cown", "name", 1963, "Zanzibar"),
        (670, "cown", "name", 1930, "Nejd"),
        (651, "cown", "name", 1960, "United Arab Republic"),
        ("United Arab Republic", "name", "cown", 1960, 651),
        # Russia, in codes that last and in codes as they were in force
        (365, "cown", "iso3", 1975, "RUS"),
        (365, "cown", "iso3_then", 1975, "SUN"),
        (365, "cown", "iso4", 1975, "SUHH"),
        (365, "cown", "m49", 1975, 810),
        (365, "cown", "fips", 1975, "UR"),
        (365, "cown", "iso3_then", 2000, "RUS"),
        ("SUN", "iso3", "cown", 1975, 365),
        ("RUS", "iso3", "name", 1975, "Soviet Union"),
        ("RUS", "iso3", "name", 1850, "Russian Empire"),
        # letters of the systems, and numbers that two systems use for different states
        ("UKG", "cowc", "gwc", 1900, "UKG"),
        ("RUM", "gwc", "cowc", 1900, "ROM"),
        (255, "cown", "cowc", 1990, "GMY"),
        ("GFR", "cowc", "cown", 1990, 260),
        (970, "cown", "iso3", 2005, "NRU"),
        (970, "gwn", "iso3", 2005, "KIR"),
        # CAMEO
        ("ROU", "iso3", "cameo", 2000, "ROM"),
        ("ROM", "cameo", "iso3", 2000, "ROU"),
        ("ROU", "cameo", "iso3", 2000, "ROU"),
        ("SUN", "cameo", "cown", 1985, 365),
        # two letters that were another country's then
        ("SK", "iso2", "name", 1970, "Sikkim"),
        ("SK", "iso2", "name", 2000, "Slovakia"),
        ("CS", "iso2", "code", 1980, "CSK"),
        ("CS", "iso2", "code", 2004, "SRB"),
        # territories
        ("GUM", "iso3", "fips", 1990, "GQ"),
        ("Bermuda", "name", "iso2", None, "BM"),
        ("HK", "iso2", "vdem", 1950, 167),
        # names, of the past, turned round, told twice, told of a time before
        ("Korea, Rep. of", "name", "cown", 1990, 732),
        ("Germany (Prussia)", "name", "gwn", 1850, 255),
        ("Myanmar (Burma)", "name", "iso3", 1960, "MMR"),
        ("Benin", "name", "cown", 1965, 434),
        ("Germany", "name", "cown", 1850, 255),
        ("Côte d’Ivoire", "name", "iso3", 2000, "CIV"),
        ("cote d'ivoire", "name", "iso3", 2000, "CIV"),
        ("GDR", "name", "gwn", 1980, 265),
        ("Yugoslavia", "name", "code", 1992, "SRB"),
        ("Ceylon", "name", "cown", 1960, 780),
    ],
)
def test_hard_cases(value: Any, from_: str, to: str, year: int | None, code: Any) -> None:
    assert asked(value, from_, to, year).code == code


@pytest.mark.parametrize("value", [345, "345", "345.0", 345.0, " 345 ", "0345"])
@pytest.mark.parametrize("year", [1975, "1975", 1975.0, "1975.0", datetime.date(1975, 5, 1), datetime.datetime(1975, 5, 1)])
def test_numbers_and_years_are_read_as_files_and_frames_give_them(value: Any, year: Any) -> None:
    assert asked(value, "cown", "iso3", year).code == "YUG"


@pytest.mark.parametrize("value", [None, "", " ", "nan", "<NA>", float("nan")])
def test_a_missing_code_is_missing_and_no_problem(value: Any) -> None:
    assert asked(value, "cown", "iso3", 1975) == Converted(None)


def test_na_is_namibia() -> None:
    assert asked("NA", "iso2", "iso3", 2000).code == "NAM"


@pytest.mark.parametrize(
    ("value", "from_", "to", "year", "kind", "reason"),
    [
        (999, "cown", "iso3", 1975, "code-unknown", "999 is no code of cown"),
        ("Germany", "cown", "iso3", 1975, "code-unknown", "'Germany' is no code of cown"),
        ("Atlantis", "name", "iso3", 1975, "code-unknown", "'Atlantis' is no code of name"),
        ("x" * 500, "iso3", "cown", 1975, "code-unknown", "is no code of iso3"),
        (345, "cown", "iso3", "MCM", "code-year", "'MCM' is no year"),
        (345, "cown", "iso3", -5, "code-year", "'-5' is no year"),
        (
            255,
            "cown",
            "iso3",
            1975,
            "code-not-then",
            "255 of cown stands for no state in 1975; it stood for German Empire in 1816-1945, Germany in 1990 on",
        ),
        ("DDR", "iso3", "cown", 1995, "code-not-then", "it stood for East Germany in 1949-1990"),
        ("SSD", "iso3", "cown", 1990, "code-no-state", "South Sudan did not exist in 1990; in cown it is 626 in 2011 on"),
        (
            "LIE",
            "iso3",
            "cown",
            1950,
            "code-not-covered",
            "LIE of iso3 (Liechtenstein) has no counterpart in cown in 1950; it is 223 in 1990 on",
        ),
        (290, "gwn", "cown", 1942, "code-not-covered", "it is 290 in 1918-1939, 290 in 1945 on"),
        (245, "cown", "iso3", 1850, "code-no-counterpart", "245 of cown (Bavaria) has no counterpart in iso3"),
        ("GUM", "iso3", "cown", 1990, "code-no-counterpart", "GUM of iso3 (Guam) has no counterpart in cown"),
        (200, "cown", "iso4", 1990, "code-no-counterpart", "(United Kingdom)"),
        ("Austria", "name", "gwn", 1942, "code-not-then", "Austria of name stands for no state in 1942"),
        ("Austria", "name", "gwn", 1918, "code-ambiguous", "305 (Austria), 300 (Austria-Hungary)"),
    ],
)
def test_what_does_not_convert_says_why(value: Any, from_: str, to: str, year: Any, kind: str, reason: str) -> None:
    one = asked(value, from_, to, year)
    assert one.code is None
    assert one.problem is not None
    assert one.problem.code == kind
    assert reason in one.reason


def test_without_a_year_a_code_converts_where_all_years_agree() -> None:
    assert asked(200, "cown", "iso3").code == "GBR"
    assert asked(365, "cown", "iso3").code == "RUS"
    one = asked("DEU", "iso3", "cown")
    assert one.code is None
    assert "260 (Germany, 260 in 1955-1990), 255 (Germany, 255 in 1816-1945, 255 in 1990 on)" in one.reason
    assert "345 of cown in any year is more than one in iso3" in asked(345, "cown", "iso3").reason


def test_what_a_rule_chose_is_told_and_strict_refuses_it() -> None:
    one = asked("DEU", "iso3", "cown", 1990)
    assert (one.code, one.note) == (260, "also 255")
    assert asked("VNM", "code", "cown", 1960) == Converted(816, note="also 817")
    assert asked("VNM", "iso3", "cown", 1960).note == "also 817"
    assert asked("GTM", "code", "gwn", 1830).code == 89
    assert asked(345, "cown", "gwn", 1918).note == "as Kingdom of Serbs Croats and Slovenes, which had the code in other years"
    refused = asked("DEU", "iso3", "cown", 1990, strict=True)
    assert refused.problem is not None
    assert refused.problem.code == "code-ambiguous"
    assert "260; also 255" in refused.reason
    assert asked(260, "cown", "iso3", 1975, strict=True).code == "DEU"


def test_the_nearest_years_are_taken_on_demand() -> None:
    assert asked(290, "cown", "iso3", 1942).problem is not None
    one = asked(290, "cown", "iso3", 1942, members_only=False)
    assert one.code == "POL"
    assert one.note.startswith("as in 290 in ")
    assert asked("SSD", "iso3", "cown", 1990, members_only=False).code == 626
    assert asked("POL", "iso3", "cown", 1942, members_only=False).code == 290


def test_systems_have_the_names_that_others_use() -> None:
    for alias, name in ALIASES.items():
        assert system(alias) is system(name)
    assert asked(365, "CCODE", "iso3c", 2000).code == "RUS"
    with pytest.raises(VerbaleError) as caught:
        asked(2, "cow2", "iso3")
    assert "no system of country codes is called 'cow2'; choose one of code, cown, cowc" in str(caught.value)


@given(st.sampled_from(sorted(SYSTEMS)), st.sampled_from(sorted(SYSTEMS)), st.integers(1789, 2030), st.integers(0, 10**6))
def test_every_code_in_every_year_has_an_answer_or_a_reason(from_: str, to: str, year: int, pick: int) -> None:
    held = system(from_).held[pick % len(system(from_).held)]
    one = asked(held.code, from_, to, year)
    assert (one.code is None) != (one.problem is None)
    if one.problem is not None:
        assert str(held.code) in one.reason
        assert str(one.problem).endswith("]")


@given(st.sampled_from(["cown", "gwn", "vdem", "cowc", "gwc"]), st.integers(1816, 2020), st.integers(0, 10**6))
def test_a_code_leads_back_to_itself(name: str, year: int, pick: int) -> None:
    """To our own parts of states and back: through the other systems a code can only come to one that shares its state."""
    held = system(name).held[pick % len(system(name).held)]
    if held.covers(year):
        back = asked(asked(held.code, name, "name", year).code, "name", name, year)
        assert back.code == held.code or back.note or back.problem is not None


def test_every_code_of_a_system_stands_for_one_line_in_a_year_or_shares_its_code() -> None:
    for name in ("cown", "gwn", "vdem"):
        rows: dict[Any, list[Held]] = {}
        for one in system(name).held:
            rows.setdefault(one.code, []).append(one)
        for held in rows.values():
            for first, second in itertools.pairwise(held):
                assert first.end is not None
                assert second.start is not None
                assert first.end < second.start


def test_the_tables_name_lines_that_exist() -> None:
    lines = {country.line for country in countries()}
    assert {Line(code) for code in states().codes} <= lines
    entities = {(state.code, state.entity) for state in states().all}
    gaza = Line("PSE", "Gaza Strip")
    for country in countries():
        assert not country.line.entity or country.line == gaza or (country.line.code, country.line.entity) in entities
    for name in ("cown", "gwn", "vdem"):
        assert {one.line for one in system(name).held} <= lines
    assert len([country for country in countries() if country.iso2 and country.end is None]) == 250  # ISO's 249 and Kosovo
    assert len({former.iso4 for former in former_codes() if former.iso4}) == 31
    assert all(name_of(country.line, None) for country in countries())


def test_codes_of_today_are_unique() -> None:
    for name in ("iso3", "iso2", "iso3n", "fips", "m49"):
        living = [one.code for one in system(name).held if one.end is None and not one.read_only]
        assert len(living) == len(set(living)), name


def test_names_are_compared_without_accents_capitals_and_stops() -> None:
    assert plain("  CÔTE d’Ivoire ") == "cote d ivoire"
    assert plain("St. Lucia & Co.") == "saint lucia and co"
    assert {state.line for state in states_named("Bahamas, The")} == {Line("BHS")}
    assert states_named("Israel/Palestine") == ()
    assert states_named("") == ()


def test_systems_are_indexed_by_code_and_by_line() -> None:
    usa = Line("USA")
    one = CodeSystem("x", "title", False, (Held("A", usa, 1900, None), Held("B", usa, None, 1899, read_only=True)))
    assert [held.code for held in one.by_line[usa]] == ["A"]
    assert one.by_code["B"][0].distance(1905) == 6
    assert one.by_code["A"][0].distance(1890) == 10


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("USA,,,,U,840,,US,", "field iso2: 'U' is not allowed; allowed is 2 capital letters, - for none, or empty"),
        ("USA,,,,US,84x,,US,", "field iso3n: '84x' is not allowed; allowed is a whole number from 1 to 999"),
        ("USA,,,,US,840,1000,US,", "field m49: '1000'"),
        ("USA,,1900,1800,US,840,,US,", "field end: '1800'"),
        ("GUM,,,,GU,316,,GQ,", "field names: '' is not allowed; allowed is at least one name"),
        ("USA,,,,US,840,,US,\nUSA,,,,US,840,,US,", "stands already in line 2"),
    ],
)
def test_a_slip_in_the_table_of_countries_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "country_codes.csv"
    path.write_text(f"{','.join(COUNTRY_COLUMNS)}\n{row}\n", encoding="utf-8")
    with pytest.raises(VerbaleError) as caught:
        load_countries(path, states())
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("RUS,,1922,,SUHH,SU,SUN,810,UR,", "field end: '' is not allowed; allowed is the last year"),
        ("RUS,,1922,1991,SUH,SU,SUN,810,UR,", "field iso4: 'SUH' is not allowed; allowed is 4 capital letters"),
        ("RUS,Siberia,1922,1991,SUHH,SU,SUN,810,UR,", "field entity: 'Siberia' is not allowed"),
        ("RUS,,1922,1991,SUHH,SU,SUN,810,UR,\nRUS,,1922,1991,SUHH,SU,SUN,810,UR,", "stands already in line 2"),
    ],
)
def test_a_slip_in_the_table_of_former_codes_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "former_codes.csv"
    path.write_text(f"{','.join(FORMER_COLUMNS)}\n{row}\n", encoding="utf-8")
    with pytest.raises(VerbaleError) as caught:
        load_former_codes(path, {Line("RUS")})
    assert message in str(caught.value)
