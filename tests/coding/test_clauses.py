"""The coder on trees built by hand: voice, light verbs, nouns, coordination, embedding, status, references."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from verbale.core import Event

Code = Callable[..., list[Event]]

ACTIVE = """
Chile PROPN 2 nsubj
attacked VERB 0 root
Peru PROPN 2 obj
. PUNCT 2 punct
"""

PASSIVE = """
Peru PROPN 3 nsubj:pass
was AUX 3 aux:pass
attacked VERB 0 root VBN
by ADP 5 case
Chile PROPN 3 obl:agent
. PUNCT 3 punct
"""

LIGHT = """
Chile PROPN 2 nsubj
launched VERB 0 root
an DET 4 det
attack NOUN 2 obj
on ADP 6 case
Peru PROPN 4 nmod
"""

NOUN = """
The DET 2 det
invasion NOUN 7 nsubj
of ADP 4 case
Peru PROPN 2 nmod
by ADP 6 case
Chile PROPN 2 nmod
shocked VERB 0 root
observers NOUN 7 obj
"""

POSSESSIVE_NOUN = """
Chile PROPN 3 nmod:poss
's PART 1 case
invasion NOUN 6 nsubj
of ADP 5 case
Peru PROPN 3 nmod
shocked VERB 0 root
observers NOUN 6 obj
"""

RELATIVE = """
Chile PROPN 6 nsubj
, PUNCT 4 punct
which PRON 4 nsubj WDT
attacked VERB 1 acl:relcl
Peru PROPN 4 obj
paid VERB 0 root
"""

PARTICIPLE = """
Forces NOUN 6 nsubj NNS
of ADP 3 case
Chile PROPN 1 nmod
attacking VERB 1 acl VBG
Peru PROPN 4 obj
paused VERB 0 root
"""

COORDINATED_VERBS = """
Chile PROPN 2 nsubj
warned VERB 0 root
Peru PROPN 2 obj
and CCONJ 5 cc
attacked VERB 2 conj
Bolivia PROPN 5 obj
"""

AGENT = """
Chilean ADJ 2 amod
troops NOUN 3 nsubj NNS
attacked VERB 0 root
Peru PROPN 3 obj
"""


@pytest.mark.parametrize("parse", [ACTIVE, PASSIVE, LIGHT, NOUN, POSSESSIVE_NOUN, RELATIVE, PARTICIPLE, AGENT])
def test_every_construction_gives_the_same_directed_assault(code: Code, parse: str) -> None:
    assaults = [event for event in code(parse) if event.type == "ASSAULT"]
    assert [(event.source.code, event.target.code, event.mutual) for event in assaults] == [("CHL", "PER", False)]


def test_the_agents_sector_is_kept(code: Code) -> None:
    assert [event.source.sector for event in code(AGENT)] == ["MIL"]


def test_a_second_verb_shares_the_subject_and_has_its_own_object(code: Code) -> None:
    found = {(event.type, event.source.code, event.target.code) for event in code(COORDINATED_VERBS)}
    assert found == {("THREATEN", "CHL", "PER"), ("ASSAULT", "CHL", "BOL")}


def test_conjoined_actors_give_one_event_for_each_pair(code: Code) -> None:
    events = code(
        """
        Chile PROPN 4 nsubj
        and CCONJ 3 cc
        Bolivia PROPN 1 conj
        attacked VERB 0 root
        Peru PROPN 4 obj
        """
    )
    assert {(event.source.code, event.target.code) for event in events} == {("CHL", "PER"), ("BOL", "PER")}


def test_an_agreement_is_called_by_what_it_is_to_do(code: Code) -> None:
    (event,) = code(
        """
        Chile PROPN 2 nsubj
        signed VERB 0 root
        a DET 4 det
        contract NOUN 2 obj
        with ADP 6 case
        Peru PROPN 2 obl
        to PART 8 mark
        buy VERB 2 advcl
        the DET 11 det
        twelve NUM 11 nummod
        ships NOUN 8 obj
        """
    )
    assert (event.type, event.object) == ("AGREE", "contract to buy twelve ships")


def test_a_treaty_signed_together_is_one_mutual_agreement(code: Code) -> None:
    events = code(
        """
        Chile PROPN 4 nsubj
        and CCONJ 3 cc
        Peru PROPN 1 conj
        signed VERB 0 root
        a DET 6 det
        treaty NOUN 4 obj
        """
    )
    assert [(event.type, event.mutual, {event.source.code, event.target.code}) for event in events] == [
        ("AGREE", True, {"CHL", "PER"})
    ]


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        ("Chile PROPN 4 nsubj\ndid AUX 4 aux\nnot PART 4 advmod\nattack VERB 0 root VB\nPeru PROPN 4 obj", "denied"),
        ("Chile PROPN 3 nsubj\nmight AUX 3 aux MD\nattack VERB 0 root VB\nPeru PROPN 3 obj", "hypothetical"),
        ("Chile PROPN 2 nsubj\nplanned VERB 0 root\nto PART 4 mark\nattack VERB 2 xcomp VB\nPeru PROPN 4 obj", "intended"),
        (
            "Chile PROPN 2 nsubj\nrefrained VERB 0 root\nfrom SCONJ 4 mark\nattacking VERB 2 advcl VBG\nPeru PROPN 4 obj",
            "omitted",
        ),
        ("Chile PROPN 2 nsubj\nbegan VERB 0 root\nto PART 4 mark\nattack VERB 2 xcomp VB\nPeru PROPN 4 obj", "actual"),
    ],
)
def test_status(code: Code, parse: str, expected: str) -> None:
    assert [event.status for event in code(parse) if event.type == "ASSAULT"] == [expected]


def test_a_threat_to_attack_is_a_threat_and_no_attack(code: Code) -> None:
    events = code("Chile PROPN 2 nsubj\nthreatened VERB 0 root\nto PART 4 mark\nattack VERB 2 xcomp VB\nPeru PROPN 4 obj")
    actual = [(event.type, event.source.code, event.target.code) for event in events if event.status == "actual"]
    assert actual == [("THREATEN", "CHL", "PER")]


def test_a_refusal_to_withdraw_is_a_rejection(code: Code) -> None:
    events = code(
        """
        Chile PROPN 2 nsubj
        refused VERB 0 root
        to PART 4 mark
        withdraw VERB 2 xcomp VB
        from ADP 6 case
        Peru PROPN 4 obl
        """
    )
    assert [(event.type, event.target.code) for event in events if event.status == "actual"] == [("REJECT", "PER")]


def test_a_pronoun_stands_for_the_last_sentences_subject(code: Code) -> None:
    second = "It PRON 2 nsubj\nattacked VERB 0 root\nPeru PROPN 2 obj"
    events = code("Chile PROPN 2 nsubj\nwaited VERB 0 root", second)
    assert [(event.source.code, event.source.text, event.target.code) for event in events] == [("CHL", "It", "PER")]


def test_the_two_countries_are_the_last_pair(code: Code) -> None:
    events = code(
        "Chile PROPN 4 nsubj\nand CCONJ 3 cc\nPeru PROPN 1 conj\nquarrelled VERB 0 root",
        "The DET 3 det\ntwo NUM 3 nummod\ncountries NOUN 4 nsubj NNS\nsigned VERB 0 root\na DET 6 det\ntreaty NOUN 4 obj",
    )
    assert {(event.source.code, event.target.code) for event in events if event.type == "AGREE"} == {("CHL", "PER")}


def test_police_and_demonstrators_of_one_country_are_a_domestic_event(code: Code) -> None:
    events = code("Peruvian ADJ 2 amod\npolice NOUN 3 nsubj\narrested VERB 0 root\nstudents NOUN 3 obj NNS")
    assert [(e.type, e.source.code, e.source.sector, e.target.code, e.target.sector) for e in events] == [
        ("COERCE", "PER", "COP", "PER", "EDU")
    ]


def test_evidence_is_the_clause_and_offsets_refer_to_the_document(code: Code) -> None:
    events = code("Rain NOUN 2 nsubj\nfell VERB 0 root", ACTIVE)
    (event,) = [event for event in events if event.type == "ASSAULT"]
    assert event.evidence.quote == "Chile attacked Peru"
    assert event.evidence.start == len("Rain fell ")
