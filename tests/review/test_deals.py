"""Deals: what a sentence tells of one order of arms, and when the register's rows bear it out, deny it or leave it open."""

from __future__ import annotations

import pytest
from tests.review.test_claims import claims, order

from verbale.parse.parser import OWN_MODEL

pytestmark = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")

ROWS = (
    order(ordered=24, delivered=24, weapon="X-20B2", year=1962, delivery_years=[1963], line=1),
    order(ordered=6, delivered=2, weapon="Narval", description="submarine", year=1975, delivery_years=[1979, 1981], line=2),
    order(ordered=8, delivered=0, weapon="VT-9", description="tank", year=1990, delivery_years=[], line=3),
    order(ordered=1, delivered=1, weapon="Arromanches", description="aircraft carrier", year=1970, delivery_years=[1974],
          comments="Peruvian designation Callao", line=4),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Peru has an old air force. In it 24 X-20s were ordered in 1962 and delivered a year later.", "supported"),
        (
            "Peru has an old air force. The air force got 24 X-20s, bought from France in 1962 and delivered in 1963.",
            "supported",
        ),
        ("All of the VT-9 tanks that Peru had ordered in 1990 had been delivered by the end of 2000.", "contradicted"),
        ("None of the eight tanks that Peru ordered from France in 1990 had arrived by the end of 2000.", "supported"),
        ("Of six submarines that Peru ordered from France in 1975, it had two by the end of 1990.", "supported"),
        ("Of six submarines that Peru ordered from France in 1975, it had five by the end of 1990.", "contradicted"),
        ("The carrier Callao had been bought by Peru from France in 1970.", "supported"),
        ("In Peru 24 X-20 aircraft were ordered from Italy in 1962.", "contradicted"),
    ],
)
def test_an_order_is_found_by_arms_buyer_and_year(text: str, verdict: str) -> None:
    told = [one for one in claims(text, *ROWS) if one.grounds]
    assert {one.verdict for one in told} == {verdict}, [one.message for one in claims(text, *ROWS)]
    assert all(f"ordered {ROWS[one.grounds[0].line - 1]['year']}" in one.grounds[0].text for one in told if one.grounds[0].line)


@pytest.mark.parametrize(
    "text",
    [
        "Peru has an old air force. It received 31 X-20s between 1962 and 1965.",
        "Peru has an old navy. The submarines ordered in 1992 came in 1996.",
    ],
)
def test_what_no_row_fits_is_left_open_or_differs_in_part(text: str) -> None:
    assert {one.verdict for one in claims(text, *ROWS)} <= {"not covered", "partly"}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Peru bought arms. The six submarines of the order of 1975 began to come in 1979.", "supported"),
        ("Peru bought arms. The six submarines of the order of 1975 began to come only in 1981.", "contradicted"),
        ("Peru bought 24 X-20s and eight VT-9s from France.", "supported"),
        ("Peru bought 24 X-20s and 40 VT-9s from France.", "partly"),
    ],
)
def test_a_first_delivery_and_each_of_several_numbers_are_asked_for(text: str, verdict: str) -> None:
    assert [one.verdict for one in claims(text, *ROWS) if one.grounds][-1:] == [verdict]


def test_whose_make_arms_were_is_told_by_an_adjective_too() -> None:
    elsewhere = order(ordered=4, weapon="A-33", description="tanker aircraft", year=2016, delivery_years=[2019], line=9)
    fighters = order(source="USA", supplier="United States", ordered=9, year=2014, line=8)
    for make, verdict in (("French", "supported"), ("American", "contradicted")):
        text = f"Peru has an air force. Peru bought four tanker aircraft; these, ordered in 2016, were {make}."
        assert [one.verdict for one in claims(text, elsewhere, fighters) if one.grounds] == [verdict]


def test_silence_on_one_kind_or_a_guessed_buyer_denies_nothing() -> None:
    text = "Chile is near. Peru is far. It bought air-defence missiles from France in 1984, and tanks from Italy."
    rows = (order(weapon="Croft", description="SAM system", year=1984, line=5), *ROWS, order(target="CHL", line=6))
    assert "contradicted" not in {one.verdict for one in claims(text, *rows)}
