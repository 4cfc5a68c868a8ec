"""The leaders file: codes, years, aliases, and the unbroken chain of leaders of the five permanent members."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import verbale
from verbale.vocab.states import load_states

LEADERS = Path(verbale.__file__).parent / "vocab" / "data" / "leaders.csv"
COLUMNS = ["name", "code", "office", "start", "end", "entity", "aliases"]
OFFICES = {"head of state", "head of government", "foreign minister", "other"}
ORGANISATIONS = {"UNO", "LON", "NATO", "EUR", "OAS", "ARAB", "AFU", "WTOP", "OTH"}
FIRST_YEAR, LAST_YEAR = 1750, 2026

# Closed-class words of English, and words of everyday use that are also surnames: a bare one of these would turn
# ordinary prose into a person ("in May", "fair play and law", "a rush of refugees").
_FUNCTION_WORDS = """
a about above after again against all also although am among an and any are as at be because been before being
below between both but by can could did do does down during each either few for from further had has have he her
here hers him his how i if in into is it its may me might mine more most must my neither no nor not of off on once
only or other our out over own same shall she should so some such than that the their them then there these they
this those through to too under until up upon us very was we were what when where which while who whom whose why
will with within without would yes yet you your"""
FUNCTION_WORDS = set(_FUNCTION_WORDS.split())
_EVERYDAY_WORDS = """
brown cook day ford grant green home hull hunt king law long major north page park price rice root rush
south straw strong west white wise wood young washington lincoln jackson madison jefferson cleveland houston"""
EVERYDAY_WORDS = set(_EVERYDAY_WORDS.split())


class Row(NamedTuple):
    """One row of the file with its years as numbers (an empty end counts as the last year)."""

    name: str
    code: str
    office: str
    start: int
    end: int
    entity: str
    aliases: tuple[str, ...]


def data_lines() -> Iterator[str]:
    """Give the lines of the file that are not comments."""
    for line in LEADERS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Read the whole file, in file order."""
    found = []
    for raw in csv.DictReader(data_lines()):
        aliases = tuple(alias for alias in raw["aliases"].split("|") if alias)
        start, end = int(raw["start"]), int(raw["end"] or LAST_YEAR)
        found.append(Row(raw["name"], raw["code"], raw["office"], start, end, raw["entity"], aliases))
    return found


def test_the_file_names_its_source_and_has_the_agreed_columns() -> None:
    lines = LEADERS.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#")
    assert any(line.startswith("#") and "Source" in line for line in lines[:8])
    assert next(csv.reader(data_lines())) == COLUMNS


def test_every_line_has_exactly_the_columns_of_the_header() -> None:
    wrong = [line for line in csv.reader(data_lines()) if len(line) != len(COLUMNS)]
    assert wrong == []


def test_there_are_at_least_five_hundred_persons(rows: list[Row]) -> None:
    assert len({(row.name, row.code) for row in rows}) >= 500


def test_codes_are_three_letters_or_an_organisation(rows: list[Row]) -> None:
    wrong = [row for row in rows if not re.fullmatch(r"[A-Z]{3}", row.code) and row.code not in ORGANISATIONS]
    assert wrong == []


def test_offices_are_the_four_agreed_ones_and_names_and_entities_are_filled(rows: list[Row]) -> None:
    assert {row.office for row in rows} == OFFICES
    assert [row for row in rows if not row.name or not row.entity] == []


def test_years_lie_in_range_and_run_forward(rows: list[Row]) -> None:
    assert [row for row in rows if not FIRST_YEAR <= row.start <= row.end <= LAST_YEAR] == []


def test_nobody_holds_one_office_longer_than_a_human_life_allows(rows: list[Row]) -> None:
    # Elizabeth II, with 70 years, is the longest reign in the file: more points to a mistyped year.
    assert [row for row in rows if row.end - row.start > 72] == []


def test_no_spell_appears_twice(rows: list[Row]) -> None:
    spells = Counter((row.name, row.code, row.office, row.start) for row in rows)
    assert [spell for spell, count in spells.items() if count > 1] == []


def test_spells_of_one_person_in_one_office_do_not_overlap(rows: list[Row]) -> None:
    last_end: dict[tuple[str, str, str, str], int] = {}
    overlapping = []
    for row in sorted(rows, key=lambda row: (row.name, row.code, row.office, row.start)):
        key = (row.name, row.code, row.office, row.entity)
        if row.start < last_end.get(key, row.start) and row.office != "other":
            overlapping.append(row)
        last_end[key] = row.end
    assert overlapping == []


def test_no_alias_is_an_everyday_word(rows: list[Row]) -> None:
    forbidden = FUNCTION_WORDS | EVERYDAY_WORDS
    wrong = [(row.name, alias) for row in rows for alias in row.aliases if alias.lower() in forbidden]
    assert wrong == []


def test_aliases_are_clean_and_not_repeated(rows: list[Row]) -> None:
    wrong = [
        (row.name, alias)
        for row in rows
        for alias in row.aliases
        if alias != alias.strip() or len(alias) < 2 or alias == row.name or row.aliases.count(alias) > 1
    ]
    assert wrong == []


@pytest.mark.parametrize("code", ["USA", "GBR", "FRA", "RUS", "CHN"])
def test_permanent_members_have_an_unbroken_chain_since_1800(rows: list[Row], code: str) -> None:
    spells = sorted(
        (row.start, row.end) for row in rows if row.code == code and row.office in {"head of state", "head of government"}
    )
    assert spells[0][0] <= 1800
    reached = spells[0][1]
    for start, end in spells:
        assert start - reached <= 1, f"{code}: nobody between {reached} and {start}"
        reached = max(reached, end)
    assert reached == LAST_YEAR


@pytest.mark.parametrize(
    ("alias", "year", "code"),
    [
        ("Stalin", 1946, "RUS"),
        ("Putin", 2014, "RUS"),
        ("Metternich", 1815, "AUT"),
        ("Bismarck", 1871, "DEU"),
        ("Kissinger", 1973, "USA"),
        ("Secretary Rice", 2006, "USA"),
    ],
)
def test_a_name_resolves_inside_its_years(rows: list[Row], alias: str, year: int, code: str) -> None:
    assert {row.code for row in rows if alias in row.aliases and row.start <= year <= row.end} == {code}


@pytest.mark.parametrize(("alias", "year"), [("Stalin", 1995), ("Putin", 1946), ("Metternich", 1900), ("Obama", 1962)])
def test_a_name_outside_its_years_resolves_to_nobody(rows: list[Row], alias: str, year: int) -> None:
    assert [row for row in rows if alias in row.aliases and row.start <= year <= row.end] == []


def test_every_code_is_known_to_the_vocabulary(rows: list[Row]) -> None:
    states = load_states(LEADERS.parent / "states.csv")
    assert {row.code for row in rows} - states.codes - ORGANISATIONS == set()


def test_surnames_of_great_leaders_name_one_state_in_every_year_of_office(rows: list[Row]) -> None:
    by_alias: dict[str, list[Row]] = {}
    for row in rows:
        for alias in row.aliases:
            by_alias.setdefault(alias, []).append(row)
    for alias in ("Stalin", "Roosevelt", "Churchill", "Hitler", "Mussolini", "Nasser", "Nehru", "Gorbachev", "Reagan", "Putin"):
        for row in by_alias[alias]:
            rivals = {other.code for other in by_alias[alias] if other.start <= row.end and row.start <= other.end}
            assert rivals == {row.code}, alias
