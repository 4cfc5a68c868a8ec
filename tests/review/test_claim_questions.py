"""Claims that ask a record for a set: what is read in a sentence, what is counted, and how far a record reaches."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.app.flows.reviewing import prepare
from verbale.core import Block, Document, Finding, VerbaleError
from verbale.parse.parser import OWN_MODEL
from verbale.review import Holdings, KnownDataset, find_statements, load_topics, review
from verbale.review.claims.held import OPEN, held
from verbale.review.claims.periods import read_period
from verbale.review.claims.quantity import Quantity, read_quantity
from verbale.review.words import DATA

TODAY = datetime.date(2026, 6, 1)
needs_model = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")
DOMAINS = {
    "cow-mid-participants": (1816, 2014), "cow-wars": (1816, 2007), "cow-alliances": (1816, 2012),
    "cow-contiguity": (1816, 2016), "us-travels": (1866, 2025), "sipri-transfers": (1940, 2024),
    "un-votes": (1946, 2019), "icews-events": (1995, 2023), "cow-diplomacy": (1816, 2005),
}  # fmt: skip


def day(year: int, month: int = 1) -> datetime.date:
    return datetime.date(year, month, 1)


def dispute(number: int, code: str, side: bool, start: int, end: int | None = None) -> dict[str, Any]:
    return {
        "dispnum": number, "code": code, "sidea": side, "start": day(start), "end": day(end or start, 6), "hostlev": 4,
        "line": 10 * number + side,
    }  # fmt: skip


DISPUTES = [
    row
    for number, years in enumerate(((1901, 1901), (1905, 1907), (1930, 1930)), start=1)
    for row in (dispute(number, "PER", True, *years), dispute(number, "CHL", False, *years))
]
ALLIES = [
    {"version4id": 5, "code": code, "start": day(1920), "end": day(1930), "defense": True, "nonaggression": False,
     "neutrality": False, "ss_type": "Type I", "line": line}
    for line, code in ((2, "PER"), (3, "CHL"))
]  # fmt: skip
BORDERS = [{"code1": "PER", "code2": "CHL", "start": day(1929), "end": day(2016, 12), "conttype": 1, "line": 4}]
TRAVELS = [
    {"id": number, "source": "USA", "target": "PER", "start": day(year), "end": day(year), "role": role, "traveller": who,
     "locale": "Lima", "remarks": remarks, "line": number}
    for number, (year, role, who, remarks) in enumerate(
        ((1928, "president", "Herbert C. Hoover", "President-elect"), (2002, "president", "George W. Bush", ""),
         (2008, "president", "George W. Bush", ""), (2011, "secretary", "Hillary Rodham Clinton", "")), start=1)
]  # fmt: skip


def order(**values: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "source": "FRA", "supplier": "France", "target": "PER", "recipient": "Peru", "year": 1980, "year_uncertain": False,
        "ordered": 10, "weapon": "Mirage-5", "description": "FGA aircraft", "delivered": 10, "delivered_uncertain": False,
        "delivery_years": [1984], "comments": None, "tiv_unit": 20.0, "tiv_delivered": 200.0, "line": 7,
    }  # fmt: skip
    return row | values


ORDERS = [
    order(),
    order(line=8, weapon="AMX-13", description="light tank", delivered=30, delivery_years=[1985, 1986], tiv_delivered=90.0),
    order(line=9, source="RUS", supplier="Russia", weapon="Su-22", delivery_years=[1984], tiv_delivered=900.0),
]
AGREEMENT = [
    {"first": "BRA", "second": other, "dataset": "un-votes", "year": 2005, "agreement": share, "votes": 70, "lines": [3]}
    for other, share in (("IND", 0.84), ("USA", 0.2))
]
EVENTS = [
    {"source": "IRN", "target": "RUS", "type": "ACCUSE", "year": 2007, "events": 14, "line": 12},
]
MISSIONS = [
    {"code1": "PER", "code2": "CHL", "year": year, "DE": there, "DR_at_1": there, "DR_at_2": there, "line": year}
    for year, there in ((1970, 1), (1975, 1), (1980, 0), (1985, 1))
]
TABLES = {
    "cow-mid-participants": DISPUTES, "cow-alliances": ALLIES, "cow-contiguity": BORDERS, "us-travels": TRAVELS,
    "sipri-transfers": ORDERS, "agreement": AGREEMENT, "icews-events": EVENTS, "cow-diplomacy": MISSIONS,
}  # fmt: skip


def claims(text: str, **tables: Any) -> list[Finding]:
    manuscript = prepare(Document("note", text, (Block(0, len(text), "paragraph"),)), today=TODAY)
    known = {name: KnownDataset(name, name, *years) for name, years in DOMAINS.items()}
    held = tables or TABLES
    holdings = Holdings(held, dict.fromkeys(held, "1"), known, DOMAINS, own=False)
    statements = find_statements(manuscript, designations=frozenset({"Mirage", "Tucano"}))
    return review(manuscript, only=["claim"], statements=statements, holdings=holdings)


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict", "told"),
    [
        ("Peru and Chile had two militarized disputes between 1900 and 1910.", "supported", "2 disputes in 1900–1910"),
        ("Peru and Chile had three militarized disputes between 1900 and 1910.", "contradicted", "2 disputes"),
        ("Peru and Chile had at least two militarized disputes between 1900 and 1940.", "supported", "3 disputes"),
        (
            "There was no militarized dispute between Peru and Chile between 1940 and 1950.",
            "supported",
            "no disputes of Peru and Chile",
        ),
        ("There was no militarized dispute between Peru and Chile between 1929 and 1931.", "contradicted", "dispute no. 3"),
        ("There was a militarized dispute between Peru and Chile in 2016.", "not covered", "covers 1816–2014"),
        ("There was no militarized dispute between Peru and Chile between 2010 and 2020.", "not covered", "covers 1816–2014"),
        ("Peru and Chile signed a defence pact in 1920.", "supported", "alliance no. 5"),
        (
            "Peru and Chile signed a non-aggression pact in 1920.",
            "contradicted",
            "no alliances (nonaggression)",
        ),
        ("Peru and Chile share a border.", "supported", "contiguity of type 1"),
        ("Peru and Chile have no common border.", "contradicted", "contiguity of type 1"),
        ("Peru broke off diplomatic relations with Chile in 1978.", "supported", "missions"),
        ("George W. Bush visited Peru twice between 2001 and 2008.", "supported", "2 visits"),
        ("George W. Bush visited Peru in 2004.", "contradicted", "none in 2004"),
        ("George W. Bush was the first American president to visit Peru.", "supported", "Of 2 visits"),
        ("No American president has ever visited Peru.", "contradicted", "George W. Bush"),
        ("France delivered ten combat aircraft to Peru in 1984.", "supported", "10 delivered in 1984"),
        ("France delivered fifty tanks to Peru between 1985 and 1986.", "contradicted", "30 delivered in"),
        (
            "France delivered no submarines to Peru between 1980 and 1990.",
            "supported",
            "no order of submarines",
        ),
        ("France was the largest supplier of arms to Peru in the 1980s.", "contradicted", "France is number 2 of 2"),
        (
            "Peru received ten Mirage 5 aircraft from France in 1984.",
            "supported",
            "10 Mirage-5 ordered in 1980",
        ),
        ("Brazil voted with India in 85 per cent of the roll calls of 2005.", "supported", "84 per cent"),
        ("In 2005 Brazil voted more often with the United States than with India.", "contradicted", "20 per cent"),
        ("In 2007 Iran accused Russia of delay.", "supported", "14 such events"),
    ],
)
def test_a_claim_is_held_against_its_whole_set(text: str, verdict: str, told: str) -> None:
    found = [(finding.verdict, finding.message) for finding in claims(text)]
    assert verdict in [one for one, _ in found], found
    assert any(told.lower() in message.lower() for _, message in found), found


@needs_model
def test_silence_of_a_record_that_is_not_complete_contradicts_nothing() -> None:
    (finding,) = claims("Peru broke off diplomatic relations with Chile in 1950.")
    assert finding.verdict == "not covered"
    (finding,) = claims("In 2008 Iran accused Russia of delay.")
    assert finding.verdict == "not covered"


@needs_model
def test_what_is_not_installed_is_named() -> None:
    (finding,) = claims("Peru and Chile had two militarized disputes between 1900 and 1910.", other=[])
    assert finding.verdict == "not covered"
    assert "(`cow-mid-participants`, 1816–2014)" in finding.message


@needs_model
def test_the_rows_that_were_counted_are_shown() -> None:
    (finding,) = claims("Peru and Chile had two militarized disputes between 1900 and 1910.")
    assert [ground.line for ground in finding.grounds] == [11, 21]
    assert "2 counted in the Correlates of War list of militarised disputes, which covers 1816–2014" in finding.matched


@pytest.mark.parametrize(
    ("text", "noun", "quantity"),
    [
        ("They fought two wars.", "wars", Quantity("exactly", 2)),
        ("They fought more than three bloody wars.", "wars", Quantity("at least", 4)),
        ("Some forty disputes broke out.", "disputes", Quantity("about", 40)),
        ("No war broke out.", "war", Quantity("none")),
        ("There were several disputes.", "disputes", Quantity("at least", 2)),
        ("It was the first visit of a king.", "visit", Quantity("first")),
        ("The war of 1904 ended.", "war", Quantity()),
        ("In two years a dispute arose.", "dispute", Quantity()),
    ],
)
def test_quantities(text: str, noun: str, quantity: Quantity) -> None:
    start = text.index(noun)
    assert read_quantity(text, start, start + len(noun)) == quantity


@given(st.integers(0, 200), st.integers(0, 200))
def test_bounds_agree_with_each_other(number: int, count: int) -> None:
    exactly, least, most = (Quantity(how, number).fits(count) for how in ("exactly", "at least", "at most"))
    assert exactly == (count == number)
    assert most == (count <= number)
    assert least == (count >= max(1, number))
    assert not exactly or Quantity("about", number).fits(count)


@pytest.mark.parametrize(
    ("text", "years", "since"),
    [
        ("None since 1984.", (1984, 2026), True),
        ("None before 1914.", (1, 1913), False),
        ("In the 1960s and 1970s.", (1960, 1979), False),
        ("In the nineteenth century.", (1801, 1900), False),
        ("In 1948 and in 1965.", (1948, 1965), False),
        ("Six disputes, the last of them in 1984.", None, False),
        ("Between 2006 and 2010.", (2006, 2010), False),
        ("Long ago.", None, False),
    ],
)
def test_periods(text: str, years: tuple[int, int] | None, since: bool) -> None:
    period = read_period(text, 2026)
    assert (period.years, period.since) == (years, since)


def test_spells_of_one_number_are_one_and_looks_in_a_row_too() -> None:
    source = load_topics().readable("dispute")[0]
    twice = [*DISPUTES, dispute(1, "PER", True, 1903), dispute(1, "CHL", False, 1903)]
    assert [one.years for one in held(source, twice, ("PER", "CHL"), "")] == [(1901, 1903), (1905, 1907), (1930, 1930)]
    missions = load_topics().readable("mission")[0]
    spells = held(missions, MISSIONS, ("CHL", "PER"), "exchange")
    assert [(one.years, one.before, one.after) for one in spells] == [((1970, 1975), None, 1980), ((1985, 1985), 1980, None)]
    alliances = load_topics().readable("alliance")[0]
    open_ended = [{**row, "end": None} for row in ALLIES]
    assert held(alliances, open_ended, ("PER", "CHL"), "defense")[0].end == OPEN


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        ("claim_topics.csv", "war,(,is,,two", "a regular expression"),
        ("claim_topics.csv", "war,wars,sometimes,,two", "begins, ends, is"),
        ("claim_records.csv", "war,cow-wars,table,code,side,n,,start,end,,tells,,x", "directed"),
        ("claim_records.csv", "war,cow-wars,sides,code,side,n,,start,end,land,tells,,x", "name=column"),
        ("claim_records.csv", "war,cow-wars,sides,code,side,n,,start,end,,maybe,,x", "silent, tells"),
    ],
)
def test_a_slip_in_the_tables_is_named(tmp_path: Path, file: str, row: str, message: str) -> None:
    for name in ("claim_topics.csv", "claim_records.csv", "claim_arms.csv"):
        lines = (DATA / name).read_text(encoding="utf-8").splitlines()
        if name == file:
            header = next(line for line in lines if not line.startswith("#"))
            lines = [header, row]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(VerbaleError, match=message):
        load_topics.__wrapped__(folder=tmp_path)


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # a visit that dates what follows is not one of those that are counted
        ("Since George W. Bush's visit in 2008 no president has been received in Peru.", "supported"),
        ("Since George W. Bush's visit in 2002 no president has been received in Peru.", "contradicted"),
        # every one of an office is asked for, and not only those two that are named
        ("Every American president from George W. Bush to Barack Obama has been to Peru.", "contradicted"),
        (
            "Every American president from George W. Bush to Barack Obama, Bill Clinton excepted, has been to Chile.",
            "supported",
        ),
        # a land that is named goes before one that the text is about
        ("Chile lies far off. No president of the United States was seen in Peru before 2000.", "supported"),
    ],
)
def test_who_travelled_where_is_read_from_the_sentence(text: str, verdict: str) -> None:
    def travel(year: int, who: str, land: str) -> dict[str, Any]:
        return {**TRAVELS[1], "target": land, "start": day(year), "end": day(year), "traveller": who, "line": year}

    rows = [
        travel(2002, "George W. Bush", "PER"), travel(2008, "George W. Bush", "PER"), travel(2004, "George W. Bush", "CHL"),
        travel(2011, "Barack Obama", "CHL"), travel(2011, "Barack Obama", "BRA"), travel(1998, "William J. Clinton", "BRA"),
    ]  # fmt: skip
    assert claims(text, **{"us-travels": rows})[-1].verdict == verdict


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "Peru fell out with Chile. Brazil fell out with India. No militarized dispute between the two is on record since 1990.",
        "Peru has a long coast. George W. Bush, whose war it was, did not set foot in the country as president.",
        "Peru sat in the Council in 2012 and gave Chile a vote on the arms embargo.",
    ],
)
def test_what_is_guessed_is_neither_borne_out_nor_denied_by_silence(text: str) -> None:
    assert claims(text)[-1].verdict not in ("supported", "contradicted")


@needs_model
def test_two_states_of_one_name_are_the_two() -> None:
    rows = [dispute(7, "PRK", True, 1994), dispute(7, "KOR", False, 1994)]
    text = "Peru traded with Chile. No militarized dispute between the two Koreas is on record for the 1990s."
    assert claims(text, **{"cow-mid-participants": rows})[-1].verdict == "contradicted"
