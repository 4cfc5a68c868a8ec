"""What a record may not be made to say: dates of other acts, presidents at home, who attacked, who signed a treaty of many."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.review.test_claim_closely import claims
from tests.review.test_claim_questions import needs_model
from tests.review.test_claims import claims as arms_claims
from tests.review.test_claims import order

from verbale.core import VerbaleError
from verbale.review.claims.cities import is_known
from verbale.review.claims.framing import is_other_act
from verbale.review.claims.parties import load_parties
from verbale.review.claims.quantity import bound
from verbale.review.patterns import load_patterns
from verbale.vocab import load_vocabulary


def test_a_row_stands_in_later_rows_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("name,pattern\nhow,about|some\namount,{how} {number}\n", encoding="utf-8")
    assert load_patterns("words.csv", folder=tmp_path)["amount"].fullmatch("Some twelve")
    (tmp_path / "slip.csv").write_text("name,pattern\namount,{how} {number}\n", encoding="utf-8")
    with pytest.raises(VerbaleError, match=r"slip\.csv.*line 2.*earlier row"):
        load_patterns("slip.csv", folder=tmp_path)


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("more than", "more"),
        ("at least", "least"),
        ("no more than", "less"),
        ("Nearly", "nearly"),
        ("some", "about"),
        ("only", ""),
    ],
)
def test_a_hedge_moves_a_number_one_way(words: str, way: str) -> None:
    assert bound(words) == way


@pytest.mark.parametrize(
    ("text", "date", "other"),
    [
        ("The treaty was signed in May 1901 and ratified in June 1902.", "June", True),
        ("The treaty was signed in May 1901 and ratified in June 1902.", "May", False),
        ("Signed in December 1921, the pact came into force in 1923.", "December", False),
        ("News of the peace reached Lima in June 1884.", "June", True),
        ("The president signed the treaty into law in July 1949.", "July", True),
        ("In October 1883 Chile and Peru signed the treaty of Ancón.", "October", False),
        ("The Senate approved the treaty in August 1842.", "August", True),
    ],
)
def test_what_a_date_of_a_treaty_dates(text: str, date: str, other: bool) -> None:
    assert is_other_act(text, text.index(date)) is other


def test_a_month_is_no_town() -> None:
    assert is_known("Rapallo")
    assert not is_known("March")


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The Treaty of Nanking reached London in December 1842.", "not covered"),
        ("London learned of the Treaty of Nanking in November 1842.", "not covered"),
        ("The Algiers Agreement was signed in March 1975.", "supported"),
        ("The Treaty of San Stefano was revised at Berlin in July 1878.", "not covered"),
        ("In Washington Truman signed the North Atlantic Treaty into law in July 1949.", "not covered"),
        ("The Treaty of Portsmouth was signed in September 1907.", "contradicted"),
    ],
)
def test_a_treaty_is_dated_by_its_signing_alone(text: str, verdict: str) -> None:
    assert {one.verdict for one in claims(text)} == {verdict}


def side(code: str, number: int, *, began: bool = False, day: int = 5) -> dict[str, Any]:
    return {
        "warnum": 5, "warname": "Chaco", "code": code, "ccode": 0, "side": number, "start": datetime.date(1932, 6, day),
        "end": datetime.date(1935, 6, 12), "start2": None, "end2": None, "batdeath": 100, "outcome": 1, "initiator": began,
        "line": 2,
    }  # fmt: skip


TWO = [side("BOL", 2, began=True), side("PRY", 1)]
MANY = [*TWO, side("ARG", 1, day=6)]


@needs_model
@pytest.mark.parametrize(
    ("text", "rows", "verdict"),
    [
        ("Bolivia attacked Paraguay in June 1932.", TWO, "supported"),
        ("Paraguay attacked Bolivia in June 1932.", TWO, "contradicted"),
        ("Paraguay suddenly invaded Bolivia in June 1932.", TWO, "contradicted"),
        ("Bolivia was attacked by Paraguay in June 1932.", TWO, "contradicted"),
        ("Paraguay was attacked by Bolivia in June 1932.", TWO, "supported"),
        ("Paraguay attacked Bolivia in March 1934.", TWO, "supported"),  # later in the war either may attack
        ("Paraguayan troops attacked Bolivia in June 1932.", TWO, "supported"),
        ("Paraguay attacked Bolivia in 1932.", TWO, "not covered"),
        ("Paraguay attacked Bolivia in June 1932.", MANY, "not covered"),  # of two who fought it one may have attacked
        ("The war began when Paraguay attacked Bolivia in June 1932.", MANY, "contradicted"),
    ],
)
def test_an_attack_is_held_against_who_began_the_war(text: str, rows: list[dict[str, Any]], verdict: str) -> None:
    assert {one.verdict for one in claims(text, **{"cow-wars": rows})} == {verdict}


def test_each_treaty_of_many_stands_in_the_list_without_parties() -> None:
    vocabulary = load_vocabulary()
    listed = {(row.name, row.start): row for row in vocabulary.instruments.all}
    for key, codes in load_parties().items():
        assert not listed[key].parties
        assert set(codes) <= vocabulary.states.codes, key


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The Treaty of Neuilly was signed by Germany in November 1919.", "partly"),
        ("The Treaty of Trianon was signed by Hungary in June 1920.", "supported"),
        ("The Treaty of Trianon was signed by Austria in June 1920.", "partly"),
        ("Norway signed the Maastricht Treaty in February 1992.", "partly"),
        ("Mexico never signed the Treaty of San Francisco.", "contradicted"),
        ("India did not sign the Treaty of San Francisco.", "supported"),
    ],
)
def test_who_signed_a_treaty_of_many(text: str, verdict: str) -> None:
    assert {one.verdict for one in claims(text)} == {verdict}


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Peru ordered twelve Mirage 2000 fighters from France in 1977.", "contradicted"),
        ("Peru ordered twelve Mirage 2000 fighters from France in 1982.", "supported"),
        ("Peru ordered twelve Mirage 2000 fighters from France in 1981.", "partly"),  # a contract may take effect later
        ("Peru ordered 67 M60 tanks from France in 1970.", "contradicted"),
        ("Peru ordered 67 M60 tanks from France in 1980.", "supported"),
        ("Peru ordered 67 tanks from France in 1970.", "contradicted"),  # a number that no other order of the kind has
        ("Peru ordered ten tanks from France in 1970.", "not covered"),
    ],
)
def test_the_year_of_an_order(text: str, verdict: str) -> None:
    rows = (
        order(weapon="Mirage-2000", year=1982, ordered=12, delivered=12, delivery_years=[1985], line=1),
        order(weapon="M-60A3", description="tank", year=1980, ordered=67, delivered=67, delivery_years=[1981], line=2),
        order(weapon="AMX-13", description="light tank", year=1960, ordered=10, delivered=10, delivery_years=[1961], line=3),
    )
    assert {one.verdict for one in arms_claims(text, *rows)} == {verdict}
