"""What a record may not tell: states that were none then, wars as a setting, treaties wished for, hearsay, other ages."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from tests.review.test_claim_questions import claims, day, needs_model, order
from tests.review.test_claim_told import WAR

from verbale.review.claims.framing import is_binding, is_hearsay, is_of_others, is_wished, without_settings
from verbale.review.patterns import load_patterns


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("During the Boer War the two cabinets quarrelled over coal.", False),
        ("Bread was dear in Vienna while the war raged.", False),
        ("The conference that followed the war was held in Lausanne.", False),
        ("He asked in the war cabinet for more coal.", False),
        ("Serbia and Bulgaria went to war in 1885.", True),
        ("During the first war they had been allies; in the second war Bulgaria fought Serbia.", True),
        ("After the war with Japan the fleet was gone.", True),
    ],
)
def test_a_war_that_is_a_setting_tells_nothing(text: str, left: bool) -> None:
    plain = without_settings(text)
    assert len(plain) == len(text)
    assert (load_patterns("claim_told.csv")["war"].search(plain) is not None) is left


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("Vienna rejected the proposal of an alliance.", True),
        ("The king hoped for an entente with Sweden.", True),
        ("Lisbon refused to enter into any pact.", True),
        ("A draft treaty of neutrality lay on the table.", True),
        ("Sweden and Norway concluded a treaty of neutrality.", False),
        ("After long talks about coal the two signed a treaty.", False),
        ("He proposed a toast, and the treaty was signed in the morning.", False),
    ],
)
def test_a_treaty_that_was_wished_for_was_not_made(text: str, wished: bool) -> None:
    assert is_wished(text) is wished


@pytest.mark.parametrize(
    ("text", "binding", "hearsay"),
    [
        ("The treaty of 1856 obliged Russia to raze the forts.", True, False),
        ("The treaty of 1856 was signed in Paris.", False, False),
        ("The treaty of 1856 is said to have been written on a billiard table.", False, True),
        ("Fishermen on the lake swear that the Chileans shot first.", False, True),
        ("Greece attacked in 1897, and is said to have regretted it.", False, False),
        ("By the war list the fighting of 1897 is said to have begun in April.", False, False),
        ("The minister told parliament of the war.", False, False),
    ],
)
def test_what_binds_and_what_is_said(text: str, binding: bool, hearsay: bool) -> None:
    assert (is_binding(text), is_hearsay(text)) == (binding, hearsay)


def state(code: str, number: int, first: tuple[int, int, int], last: tuple[int, int, int], line: int) -> dict[str, Any]:
    return {
        "code": code, "ccode": number, "stateabb": code, "statenme": code, "start": datetime.date(*first),
        "end": datetime.date(*last), "ongoing": last[0] == 2016, "line": line,
    }  # fmt: skip


# Serbia and Yugoslavia have one number in the list; Czechoslovakia has two spells.
STATES = [
    state("SRB", 345, (1878, 7, 13), (1941, 4, 20), 2), state("YUG", 345, (1944, 10, 20), (2016, 12, 31), 3),
    state("CSK", 315, (1918, 10, 28), (1939, 3, 15), 4), state("CSK", 315, (1945, 5, 10), (1992, 12, 31), 5),
    state("ROU", 360, (1878, 7, 13), (2016, 12, 31), 6), state("RUS", 365, (1816, 1, 1), (2016, 12, 31), 7),
    state("GRC", 350, (1828, 1, 1), (2016, 12, 31), 8),
]  # fmt: skip


def ally(number: int, code: str, first: int, last: int | None, line: int) -> dict[str, Any]:
    return {
        "version4id": number, "code": code, "start": day(first), "end": None if last is None else day(last), "defense": False,
        "nonaggression": False, "neutrality": False, "entente": True, "ss_type": "Type III: Entente", "line": line,
    }  # fmt: skip


ALLIES = [
    ally(1, "YUG", 1921, 1940, 2), ally(1, "ROU", 1921, 1940, 3), ally(2, "CSK", 1946, 1989, 4), ally(2, "RUS", 1946, 1989, 5),
    ally(3, "GRC", 1930, 1934, 6) | {"defense": True}, ally(3, "ROU", 1930, 1934, 7),
]  # fmt: skip


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Serbia and Romania were allies from 1921 to 1940.", "not covered"),
        ("Yugoslavia and Romania were allies from 1921 to 1940.", "supported"),
        ("Moscow and Prague concluded an alliance in 1943.", "not covered"),
        ("Moscow and Prague concluded an alliance in 1922.", "contradicted"),
        ("Romania and Greece were allies from 1950 to 1960.", "contradicted"),
        ("Serbia belonged to the system of states from 1921 to 1940.", "not covered"),
    ],
)
def test_what_a_state_did_that_was_none_is_not_denied(text: str, verdict: str) -> None:
    assert claims(text, **{"cow-states": STATES, "cow-alliances": ALLIES})[-1].verdict == verdict


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Greece was bound to Romania by a defence pact in 1932.", "partly"),
        ("Greece was bound to Romania by a defence pact in 1952.", "contradicted"),
        ("Yugoslavia was bound to Romania by a defence pact in 1932.", "contradicted"),
    ],
)
def test_a_pact_that_binds_one_of_two_is_denied_in_part_only(text: str, verdict: str) -> None:
    assert claims(text, **{"cow-states": STATES, "cow-alliances": ALLIES})[-1].verdict == verdict


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Bucharest sent a mission in 1931. Romania renewed its military alliance with Greece.", "supported"),
        ("Bucharest sent a mission in 1911. Romania renewed its military alliance with Greece.", "not covered"),
        ("Romania rejected an alliance with Greece in 1932.", "not covered"),
    ],
)
def test_an_alliance_is_of_its_own_age_and_was_made(text: str, verdict: str) -> None:
    assert claims(text, **{"cow-alliances": ALLIES})[-1].verdict == verdict


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The Chaco War of 1932 cost the loser more men than the winner.", "supported"),
        ("The Chaco War of 1932 cost the winner more men than the loser.", "contradicted"),
        ("In the Chaco War of 1932 Bolivian deaths outnumbered those of Paraguay.", "supported"),
    ],
)
def test_victor_and_vanquished_are_belligerents(text: str, verdict: str) -> None:
    assert claims(text, **{"cow-wars": WAR})[-1].verdict == verdict


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (
            "Of the ten Mirage-5s that Peru ordered from France in 1980, only four had arrived by the end of 1985.",
            "contradicted",
        ),
        ("The French let Peru have ten Mirage-5s, in 1984.", "supported"),
        ("The French let Peru have thirty Mirage-5s, in 1984.", "contradicted"),
    ],
)
def test_how_much_had_come_by_then_decides(text: str, verdict: str) -> None:
    assert verdict in [one.verdict for one in claims(text, **{"sipri-transfers": [order()]})]


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Bolivia attacked Paraguay in June 1932.", "supported"),
        ("Bolivia and Paraguay held talks on the railway in the fighting of June 1932.", "not covered"),
        ("Bolivia imposed an embargo on Paraguay while the fighting of June 1932 went on.", "not covered"),
    ],
)
def test_a_war_bears_out_only_acts_of_war(text: str, verdict: str) -> None:
    assert {one.verdict for one in claims(text, **{"cow-wars": WAR})} == {verdict}


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "In 1950 ministers debated how to trade with Chile without alarming Peru, its old rival.",
        "Peru bought ships from Chile without haste in 1950, and was the rival of Spain.",
    ],
)
def test_a_denial_of_something_else_denies_no_rivalry(text: str) -> None:
    rivals = [{"code1": "PER", "code2": "CHL", "start": 1930, "end": 1960, "line": 3}]
    assert not [one for one in claims(text, **{"ps-rivalries-tss": rivals}) if one.verdict == "contradicted"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The invasion of the island led the cabinet to think again.", False),
        ("Even the outbreak of war did not change the mood of the ports.", False),
        ("The escalation of the war increased the price of tin.", False),
        ("The quarrel led the two to war in 1932.", True),
        ("Peru invaded Ecuador in 1941.", True),
    ],
)
def test_a_war_that_is_the_cause_is_a_setting(text: str, left: bool) -> None:
    assert (load_patterns("claim_told.csv")["war"].search(without_settings(text)) is not None) is left


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("It sold grain to the nations already at war with Peru.", True),
        ("Chile was at war with Peru in 1880.", False),
    ],
)
def test_a_war_of_those_who_are_not_named_is_theirs(text: str, others: bool) -> None:
    assert is_of_others(text) is others
