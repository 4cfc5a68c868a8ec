"""What a sentence tells, read once for every record: its times, "we", its clauses, and what wars, treaties and lists have."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from tests.review.test_claim_questions import claims, day, dispute, needs_model

from verbale.review.claims.clauses import clauses
from verbale.review.claims.moments import read_moments


@pytest.mark.parametrize(
    ("text", "first", "last", "exact"),
    [
        ("The pact of 3 May 1921 was denounced two years later.", "1923-01-01", "1923-12-31", "year"),
        ("It began in June 1932, and that October the armies met.", "1932-10-01", "1932-10-31", "month"),
        ("They quarrelled in November 1957 and signed the following January.", "1958-01-01", "1958-01-31", "month"),
        ("In March 1948 they met, and in the month that followed they parted.", "1948-04-01", "1948-04-30", "month"),
        ("The truce came in the summer of 1967.", "1967-06-01", "1967-09-30", "season"),
        ("The league was dissolved at the end of 1931.", "1931-10-01", "1931-12-31", "season"),
        ("In 1904 they marched on the ninth of February.", "1904-02-09", "1904-02-09", "day"),
        ("Begun in 1912, it was over a year later.", "1913-01-01", "1913-12-31", "year"),
        ("In August 1914 they said that it would be over by Christmas.", "1914-12-25", "1914-12-25", "day"),
        ("All of it was lost in the nineteen-thirties, in the thirties.", "1930-01-01", "1939-12-31", "span"),
    ],
)
def test_a_time_is_counted_from_the_one_before(text: str, first: str, last: str, exact: str) -> None:
    moment = read_moments(text)[-1]
    assert (str(moment.first), str(moment.last), moment.exact) == (first, last, exact)


def test_a_southern_autumn_is_in_april() -> None:
    (moment,) = read_moments("He came in the autumn of 1998.")
    assert moment.holds(datetime.date(1998, 4, 16))
    assert moment.holds(datetime.date(1998, 10, 16))
    assert not moment.holds(datetime.date(1998, 7, 16))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Peru signed in 1921; Chile left the pact in 1923.", 2),
        ("Lima ordered six frigates in 1974, and Quito bought two corvettes in Italy.", 2),
        ("Lima ordered six frigates, four of them in 1974.", 1),
        ("It was signed in 1921 and ratified in 1923.", 1),
        ("The king (he reigned until 1910, and Spain liked him) never came.", 1),
    ],
)
def test_a_sentence_falls_into_its_claims(text: str, count: int) -> None:
    assert len(clauses(text)) == count


def fighter(code: str, side: int, dead: int, outcome: int, line: int) -> dict[str, Any]:
    return {
        "warnum": 9, "warname": "Chaco", "code": code, "side": side, "start": datetime.date(1932, 6, 15),
        "end": datetime.date(1935, 6, 12), "start2": None, "end2": None, "batdeath": dead, "outcome": outcome, "line": line,
    }  # fmt: skip


WAR = [fighter("BOL", 1, 56_661, 2, 4), fighter("PRY", 2, 36_000, 1, 5)]


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In the Chaco War Bolivia lost more men than Paraguay.", "supported"),
        ("In the Chaco War Paraguay lost more men than Bolivia.", "contradicted"),
        ("Bolivia's losses in the Chaco War were more than ten times those of Paraguay.", "contradicted"),
        ("Of the two armies in the Chaco War it was the Bolivian that lost the most men.", "supported"),
    ],
)
def test_the_dead_of_a_war_are_compared(text: str, verdict: str) -> None:
    assert claims(text, **{"cow-wars": WAR})[-1].verdict == verdict


def member(code: str, line: int) -> dict[str, Any]:
    return {
        "version4id": 7, "code": code, "start": datetime.date(1954, 8, 9), "end": None, "defense": True, "nonaggression": True,
        "neutrality": False, "ss_type": "Type I: Defense Pact", "line": line,
    }  # fmt: skip


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("On 9 August 1954 Greece, Turkey and Yugoslavia put their names to an alliance.", "supported"),
        ("On 9 August 1954 Greece, Turkey and Romania put their names to an alliance.", "partly"),
    ],
)
def test_a_treaty_is_held_against_its_members(text: str, verdict: str) -> None:
    rows = [member(code, line) for line, code in enumerate(("GRC", "TUR", "YUG"), start=2)]
    assert claims(text, **{"cow-alliances": rows})[-1].verdict == verdict


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The lists have two disputes between Peru and Chile.", "supported"),
        ("The dispute lists have five confrontations between Peru and Chile.", "contradicted"),
        ("The last of the disputes between Peru and Chile came in January 1930.", "supported"),
        ("The last of the disputes between Peru and Chile came in January 1911.", "contradicted"),
    ],
)
def test_a_list_of_disputes_is_counted_whole(text: str, verdict: str) -> None:
    rows = [
        row
        for number, year in ((1, 1905), (2, 1930))
        for row in (dispute(number, "PER", True, year), dispute(number, "CHL", False, year))
    ]
    assert claims(text, **{"cow-mid-participants": rows})[-1].verdict == verdict


@needs_model
def test_we_are_the_state_for_which_a_writer_speaks() -> None:
    text = (
        "Our government has forgotten much, said the speaker in Arequipa, and so has our navy in Peru. "
        "In January 1905 we came to blows with Chile."
    )
    rows = [dispute(1, "PER", True, 1905), dispute(1, "CHL", False, 1905)]
    assert claims(text, **{"cow-mid-participants": rows})[-1].verdict == "supported"
    assert day(1905).year == 1905
