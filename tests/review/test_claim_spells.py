"""What a sentence tells of spells (states, rivals, leagues, alliances, conflicts) and amounts, held against rows of records."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.review.test_claim_questions import claims, needs_model
from tests.review.test_claim_told import fighter

from verbale.core import VerbaleError
from verbale.review.claims.ballots import _of_assembly
from verbale.review.claims.told.amounts import read_amounts, read_ratio
from verbale.review.claims.told.conflicts import load_groups
from verbale.review.claims.told.leagues import load_leagues
from verbale.review.claims.told.measures import load_measures

LAST = datetime.date(2016, 12, 31)


def state(code: str, start: str, end: str | None, line: int) -> dict[str, Any]:
    return {
        "code": code, "start": datetime.date.fromisoformat(start), "line": line,
        "end": LAST if end is None else datetime.date.fromisoformat(end),
    }  # fmt: skip


STATES = [
    state("PRY", "1846-11-25", None, 2),
    state("NOR", "1905-06-07", "1940-04-30", 3),
    state("NOR", "1945-05-07", None, 4),
    state("SWE", "1816-01-01", None, 5),
]


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Norway entered the state system on 7 June 1905.", "supported"),
        ("Norway entered the state system in June 1915.", "contradicted"),
        ("Norway dropped out of the list of states in April 1940 and was back in May 1945.", "supported"),
        ("Norway vanished from the roster of states until May 1945.", "supported"),
        ("Until 7 June 1905 the list of states knew no Norway.", "supported"),
        ("Norway became independent on 7 June 1905.", "supported"),
        ("Norway became independent on 7 June 1925.", "contradicted"),
        ("Norway became independent in October 1906.", "not covered"),  # by another act than the list goes by
        ("Norway declared its independence in June 1925.", "not covered"),
    ],
)
def test_a_state_comes_and_goes(text: str, verdict: str) -> None:
    assert claims(text, **{"cow-states": STATES})[-1].verdict == verdict


RIVALS = [
    {"code1": "PER", "code2": "CHL", "tssr_id": 1, "rivalry": "Peru-Chile", "start": 1890, "end": 1929, "line": 2},
    {"code1": "PER", "code2": "ECU", "tssr_id": 2, "rivalry": "Peru-Ecuador", "start": 1830, "end": 2020, "line": 3},
]


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The rivalry of Peru and Chile began in 1890.", "supported"),
        ("The rivalry of Peru and Chile began in 1870.", "contradicted"),
        ("Peru and Chile were rivals from 1890 until 1929.", "supported"),
        ("Peru and Chile were rivals from 1890 until 1949.", "partly"),
        ("The rivalry of Peru and Chile lasted 39 years.", "supported"),
        ("The rivalry between Peru and Chile did not end before 1920.", "supported"),
        ("The rivalry between Peru and Chile did not end before 1950.", "contradicted"),
        ("Peru and Chile have never been rivals.", "contradicted"),
    ],
)
def test_a_rivalry_begins_and_ends(text: str, verdict: str) -> None:
    assert claims(text, **{"ps-rivalries-tss": RIVALS})[-1].verdict == verdict


def member(number: int, code: str, start: str, end: str | None, line: int, **kinds: bool) -> dict[str, Any]:
    return {
        "version4id": number, "code": code, "start": datetime.date.fromisoformat(start), "ss_type": "Type I: Defense Pact",
        "end": None if end is None else datetime.date.fromisoformat(end), "defense": True, "nonaggression": False,
        "neutrality": False, "left_censor": False, "line": line,
    } | kinds  # fmt: skip


LEAGUE = [
    member(1, "USA", "1949-04-04", None, 2),
    member(1, "CAN", "1949-04-04", None, 3),
    member(1, "TUR", "1951-10-22", None, 4),
    member(1, "POL", "1999-03-12", None, 5),
]
PACT = [member(2, "PER", "1920-03-01", "1934-09-30", 6), member(2, "CHL", "1920-03-01", "1934-09-30", 7)]


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Turkey joined the North Atlantic alliance in 1951.", "supported"),
        ("Turkey joined the North Atlantic alliance in 1952.", "not covered"),  # signed in one year, in force in the next
        ("Turkey was admitted to NATO in 1961.", "contradicted"),
        ("Poland has been a member of NATO since 1999.", "supported"),
        ("Poland has been a member of NATO since 1989.", "contradicted"),
    ],
)
def test_a_league_takes_members_in(text: str, verdict: str) -> None:
    assert claims(text, **{"cow-alliances": LEAGUE})[-1].verdict == verdict


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The alliance between Peru and Chile held from March 1920 until September 1934.", "supported"),
        ("The alliance between Peru and Chile held from March 1920 until September 1928.", "partly"),
        ("In March 1930 Peru and Chile concluded a defence pact.", "contradicted"),
        ("No alliance has ever linked Peru and Chile.", "contradicted"),
    ],
)
def test_an_alliance_of_two_has_its_years(text: str, verdict: str) -> None:
    assert claims(text, **{"cow-alliances": PACT})[-1].verdict == verdict


MEANS = [
    {"code": code, "year": year, "milex": 9_000.0, "milper": soldiers, "irst": 10.0, "pec": 100.0, "tpop": people,
     "upop": 10.0, "cinc": 0.01, "line": line}
    for line, (code, year, soldiers, people) in enumerate(
        (("PER", 1970, 75.0, 13_200.0), ("CHL", 1970, 60.0, 9_500.0), ("CHL", 1990, 95.0, 13_100.0)), start=2)
]  # fmt: skip
TRADE = [{"code": "PER", "year": 1970, "imports": 700.0, "exports": 1_034.0, "line": 2}]
IGOS = [
    {"code": "PER", "year": 1950, "sum_igo_full": 30, "line": 2},
    {"code": "PER", "year": 1990, "sum_igo_full": 70, "line": 3},
]
OF_MEANS = {"cow-capabilities": MEANS, "cow-trade-national": TRADE, "ps-cow-igos-national": IGOS}


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In 1970 Peru had about 13 million inhabitants.", "supported"),
        ("In 1970 Peru had about 30 million inhabitants.", "contradicted"),
        ("In 1970 Peru had more men under arms than Chile.", "supported"),
        ("In 1970 Chile had a larger army than Peru.", "contradicted"),
        ("In 1970 Peru had 75,000 men under arms, Chile 60,000.", "supported"),
        ("In 1970 Peru sent 5,000 soldiers to the border, and it kept more of its soldiers there than Chile.", "not covered"),
        ("Peru exported more than it imported in 1970.", "supported"),
        ("Peru imported more than it exported in 1970.", "contradicted"),
        ("Peru imported goods worth 90 million dollars from Chile in 1970.", "not covered"),
        ("Peru belonged to 30 international organisations in 1950.", "supported"),
        ("Peru's memberships in intergovernmental organisations rose from 30 in 1950 to 95 in 1990.", "partly"),
    ],
)
def test_amounts_are_held_against_the_year(text: str, verdict: str) -> None:
    assert claims(text, **OF_MEANS)[-1].verdict == verdict


CONFLICT = [
    {"dyad_id": 1, "side_a": "Government of Peru", "side_a_codes": ["PER"], "side_b": "Sendero Luminoso", "year": year,
     "intensity_level": 2 if year == 1984 else 1, "line": year}
    for year in range(1982, 2000)
]  # fmt: skip


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The conflict of Peru with the Shining Path began in 1982.", "supported"),
        ("The conflict of Peru with the Shining Path began in 1970.", "contradicted"),
        ("The conflict of Peru with the Shining Path began in 1980.", "not covered"),  # before the twenty-fifth death
        ("The war of Peru with the Shining Path ended in 1985.", "contradicted"),
        ("The conflict of Peru with the Shining Path reached the level of a war in 1984.", "supported"),
    ],
)
def test_a_conflict_has_its_years(text: str, verdict: str) -> None:
    assert claims(text, **{"ucdp-dyadic": CONFLICT})[-1].verdict == verdict


WAR = [
    fighter("BOL", 1, 56_661, 2, 4) | {"initiator": True},
    fighter("PRY", 2, 36_000, 1, 5) | {"initiator": False},
]


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Bolivia was the initiator of the Chaco War.", "supported"),
        ("Paraguay was the initiator of the Chaco War.", "contradicted"),
        ("The Chaco War was opened by Bolivia in June 1932.", "supported"),
        ("Bolivia fought the Chaco War against Paraguay and lost more than 50,000 men.", "supported"),
        ("Paraguay stayed out of the Chaco War.", "contradicted"),
        ("The Chaco War ended in a stalemate.", "contradicted"),
    ],
)
def test_a_war_has_who_began_it(text: str, verdict: str) -> None:
    assert claims(text, **{"cow-wars": WAR})[-1].verdict == verdict


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It voted for resolution 33/183 H.", ("33/183H",)),
        ("It abstained on resolution 2403 (XXIII).", ("23/2403",)),
        ("Resolution 2787 C (XXVI) passed.", ("26/2787C",)),
        ("The fourth emergency session (ES-IV) met.", ()),
    ],
)
def test_resolutions_are_named_by_session_number_and_part(text: str, found: tuple[str, ...]) -> None:
    assert _of_assembly(text) == found


def test_amounts_and_ratios_are_read() -> None:
    assert [one.number for one in read_amounts("some 1.5 million, half a million, 43 and 12 per cent", ())] == [
        1_500_000, 500_000, 43, 0.12,
    ]  # fmt: skip
    assert read_ratio("more than six times as many") == (6.0, "more than", 0)


def test_the_tables_load() -> None:
    assert len(load_leagues()) > 20
    assert len(load_groups()) > 50
    assert {one.dataset for one in load_measures()} == {"cow-capabilities", "cow-trade-national", "ps-cow-igos-national"}


@pytest.mark.parametrize(
    ("load", "content"),
    [
        (load_leagues, "league,words,begins,founders\nPact,(,1949-04-04,USA|CAN\n"),
        (load_leagues, "league,words,begins,founders\nPact,pact,1949-04-04,USA\n"),
        (load_measures, "measure,dataset,columns,unit,doubt,words,without\npeople,cow-capabilities,tpop,many,1,people,town\n"),
    ],
)
def test_a_wrong_table_is_named(load: Any, content: str, tmp_path: Path) -> None:
    path = tmp_path / "claim_table.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(VerbaleError, match=r"claim_table\.csv"):
        load(path)
