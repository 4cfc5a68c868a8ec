"""How an act is told, on trees built by hand: ended, undergone, forced, put as a duty, voted, announced, denied."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from verbale.core import Event

Code = Callable[..., list[Event]]


def told(events: list[Event]) -> list[tuple[str, str, str, str]]:
    """Return what the tests compare: type, status, source and target code."""
    return [(event.type, event.status, event.source.code, event.target.code) for event in events]


def test_who_suffers_an_attack_is_its_target(code: Code) -> None:
    events = code(
        """
        Peru PROPN 2 nsubj
        suffered VERB 0 root
        an DET 4 det
        attack NOUN 2 obj
        by ADP 6 case
        Chile PROPN 4 nmod
        """
    )
    assert told(events) == [("ASSAULT", "actual", "CHL", "PER")]


@pytest.mark.parametrize(
    ("verb", "noun", "preposition", "expected"),
    [
        ("lifted", "blockade", "of", "RETREAT"),
        ("suspended", "talks", "with", "REJECT"),
        ("imposed", "blockade", "on", "COERCE"),
    ],
)
def test_ending_an_act_is_another_act_than_beginning_it(
    code: Code, verb: str, noun: str, preposition: str, expected: str
) -> None:
    events = code(
        f"""
        Chile PROPN 2 nsubj
        {verb} VERB 0 root
        the DET 4 det
        {noun} NOUN 2 obj
        {preposition} ADP 6 case
        Peru PROPN 4 nmod
        """
    )
    assert told(events) == [(expected, "actual", "CHL", "PER")]


def test_who_is_forced_to_accept_concedes(code: Code) -> None:
    events = code(
        """
        Chile PROPN 2 nsubj
        forced VERB 0 root
        Peru PROPN 2 obj
        to PART 5 mark
        accept VERB 2 xcomp VB
        a DET 7 det
        treaty NOUN 5 obj
        """
    )
    assert told(events) == [("COERCE", "actual", "CHL", "PER"), ("CONCEDE", "actual", "PER", "CHL")]
    assert not any(event.mutual for event in events)


@pytest.mark.parametrize(("modal", "types"), [("must", ["REQUEST"]), ("can", [])])
def test_a_duty_that_is_stated_is_a_demand(code: Code, modal: str, types: list[str]) -> None:
    events = code(
        f"""
        The DET 3 det
        Chilean ADJ 3 amod
        minister NOUN 4 nsubj
        said VERB 0 root
        that SCONJ 8 mark
        Peru PROPN 8 nsubj
        {modal} AUX 8 aux MD
        open VERB 4 ccomp VB
        its PRON 10 nmod:poss
        ports NOUN 8 obj NNS
        """
    )
    assert [event.type for event in events if event.status == "actual"] == types
    assert all((event.source.code, event.source.sector, event.target.code) == ("CHL", "GOV", "PER") for event in events)


@pytest.mark.parametrize(
    "parse",
    [
        """
        Chile PROPN 2 nsubj
        voted VERB 0 root
        for ADP 4 case
        sanctions NOUN 2 obl NNS
        against ADP 6 case
        Peru PROPN 4 nmod
        """,
        """
        Chile PROPN 2 nsubj
        voted VERB 0 root
        in ADP 4 case
        favour NOUN 2 obl
        of ADP 6 case
        sanctions NOUN 4 nmod NNS
        against ADP 8 case
        Peru PROPN 6 nmod
        """,
    ],
)
def test_who_votes_for_sanctions_takes_part_in_them(code: Code, parse: str) -> None:
    events = code(parse)
    assert told(events) == [("SANCTION", "actual", "CHL", "PER")]
    assert [event.trigger for event in events] == ["sanction"]


@pytest.mark.parametrize("modal", ["will", "would", "shall"])
@pytest.mark.parametrize(("verb", "expected"), [("attack", "THREATEN"), ("aid", "AGREE")])
def test_an_act_announced_is_a_threat_where_it_harms_and_a_promise_where_it_helps(
    code: Code, modal: str, verb: str, expected: str
) -> None:
    events = code(f"Chile PROPN 3 nsubj\n{modal} AUX 3 aux MD\n{verb} VERB 0 root VB\nPeru PROPN 3 obj")
    assert told(events) == [(expected, "actual", "CHL", "PER")]


def test_help_that_will_not_be_given_is_a_rejection(code: Code) -> None:
    events = code("Chile PROPN 4 nsubj\nwill AUX 4 aux MD\nnot PART 4 advmod\naid VERB 0 root VB\nPeru PROPN 4 obj")
    assert told(events) == [("REJECT", "actual", "CHL", "PER")]


def test_who_is_willing_to_help_promises_it(code: Code) -> None:
    events = code(
        """
        Chile PROPN 3 nsubj
        was AUX 3 cop
        willing ADJ 0 root
        to PART 5 mark
        aid VERB 3 xcomp VB
        Peru PROPN 5 obj
        """
    )
    assert told(events) == [("AGREE", "actual", "CHL", "PER")]


@pytest.mark.parametrize(
    ("auxiliary", "verb", "expected"),
    [
        ("had", "withdrawn VERB 0 root VBN", ("REJECT", "actual")),
        ("has", "withdrawn VERB 0 root VBN", ("REJECT", "actual")),
        ("did", "withdraw VERB 0 root VB", ("RETREAT", "denied")),
    ],
)
def test_what_has_not_been_done_was_due_and_what_was_not_done_was_not(
    code: Code, auxiliary: str, verb: str, expected: tuple[str, str]
) -> None:
    events = code(f"Chile PROPN 4 nsubj\n{auxiliary} AUX 4 aux\nnot PART 4 advmod\n{verb}\nfrom ADP 6 case\nPeru PROPN 4 obl")
    assert [(event.type, event.status) for event in events] == [expected]


def test_an_attack_not_made_is_denied_also_in_the_perfect(code: Code) -> None:
    events = code("Chile PROPN 4 nsubj\nhad AUX 4 aux\nnot PART 4 advmod\nattacked VERB 0 root VBN\nPeru PROPN 4 obj")
    assert told(events) == [("ASSAULT", "denied", "CHL", "PER")]


def test_a_condition_tells_nothing_as_done(code: Code) -> None:
    events = code(
        """
        If SCONJ 3 mark
        Chile PROPN 3 nsubj
        attacked VERB 6 advcl
        Peru PROPN 3 obj
        Brazil PROPN 6 nsubj
        waited VERB 0 root
        """
    )
    assert told(events) == [("ASSAULT", "hypothetical", "CHL", "PER")]


@pytest.mark.parametrize(("verb", "least", "most"), [("said", 0.7, 1.0), ("claimed", 0.4, 0.65)])
def test_who_says_it_is_kept_and_a_claim_is_less_sure_than_a_statement(
    code: Code, verb: str, least: float, most: float
) -> None:
    (event,) = code(f"Peru PROPN 2 nsubj\n{verb} VERB 0 root\nChile PROPN 4 nsubj\nattacked VERB 2 ccomp\nBolivia PROPN 4 obj")
    assert (event.type, event.said_by, event.source.code, event.target.code) == ("ASSAULT", "Peru", "CHL", "BOL")
    assert least < event.confidence < most


INVADED = "Chile PROPN 2 nsubj\ninvaded VERB 0 root\nPeru PROPN 2 obj"


@pytest.mark.parametrize(
    ("verb", "noun", "preposition", "expected"),
    [
        ("underwent", "occupation", "by", ("COERCE", "PER", "CHL")),
        ("endured", "blockade", "by", ("COERCE", "PER", "CHL")),
        ("encountered", "pressure", "from", ("REQUEST", "PER", "CHL")),
        ("accomplished", "invasion", "of", ("ASSAULT", "CHL", "PER")),
        ("repeated", "invasion", "of", ("ASSAULT", "CHL", "PER")),
        ("discontinued", "occupation", "of", ("RETREAT", "CHL", "PER")),
        ("dissolved", "alliance", "with", ("REJECT", "CHL", "PER")),
    ],
)
def test_a_verb_lends_its_subject_to_an_act_that_no_entry_joins_it_with(
    code: Code, verb: str, noun: str, preposition: str, expected: tuple[str, str, str]
) -> None:
    (event,) = code(
        f"""
        Chile PROPN 2 nsubj
        {verb} VERB 0 root
        the DET 4 det
        {noun} NOUN 2 obj
        {preposition} ADP 6 case
        Peru PROPN 4 nmod
        """
    )
    assert (event.type, event.source.code, event.target.code) == expected
    assert event.trigger == noun


@pytest.mark.parametrize(
    ("governor", "complement", "expected"),
    [
        ("failed", "to PART 4 mark\naid VERB 2 xcomp VB\nPeru PROPN 4 obj", ("REJECT", "actual")),
        ("failed", "to PART 4 mark\nattack VERB 2 xcomp VB\nPeru PROPN 4 obj", ("ASSAULT", "denied")),
        ("ceased", "bombing VERB 2 xcomp VBG\nPeru PROPN 3 obj", ("RETREAT", "actual")),
        ("denied", "attacking VERB 2 xcomp VBG\nPeru PROPN 3 obj", ("ASSAULT", "denied")),
        ("decided", "to PART 4 mark\nattack VERB 2 xcomp VB\nPeru PROPN 4 obj", ("ASSAULT", "intended")),
    ],
)
def test_what_a_governing_verb_does_to_the_act_in_its_complement(
    code: Code, governor: str, complement: str, expected: tuple[str, str]
) -> None:
    events = code(f"Chile PROPN 2 nsubj\n{governor} VERB 0 root\n{complement}")
    readings = [(event.type, event.status) for event in events if event.trigger not in {"deny", "decide"}]
    assert readings == [expected]
    assert {(event.source.code, event.target.code) for event in events} == {("CHL", "PER")}


@pytest.mark.parametrize(
    ("opening", "head", "expected"),
    [
        ("A DET 3 det\npossible ADJ 3 amod\ninvasion NOUN 8 nsubj", 3, "hypothetical"),
        ("Not PART 3 advmod\nno DET 3 det\ninvasion NOUN 8 nsubj", 3, "denied"),
        ("The DET 3 det\nnew ADJ 3 amod\ninvasion NOUN 8 nsubj", 3, "actual"),
    ],
)
def test_the_words_before_a_noun_tell_whether_it_was_done(code: Code, opening: str, head: int, expected: str) -> None:
    events = code(
        f"{opening}\nof ADP 5 case\nPeru PROPN {head} nmod\nby ADP 7 case\nChile PROPN {head} nmod\nloomed VERB 0 root"
    )
    assert told(events) == [("ASSAULT", expected, "CHL", "PER")]


def test_a_risk_of_invasion_is_no_invasion(code: Code) -> None:
    events = code(
        """
        The DET 2 det
        risk NOUN 9 nsubj
        of ADP 4 case
        invasion NOUN 2 nmod
        of ADP 6 case
        Peru PROPN 4 nmod
        by ADP 8 case
        Chile PROPN 4 nmod
        grew VERB 0 root
        """
    )
    assert told(events) == [("ASSAULT", "hypothetical", "CHL", "PER")]


def test_readiness_that_is_announced_is_a_promise(code: Code) -> None:
    events = code(
        """
        Chile PROPN 2 nsubj
        announced VERB 0 root
        its PRON 4 nmod:poss
        readiness NOUN 2 obj
        to PART 6 mark
        aid VERB 4 acl VB
        Peru PROPN 6 obj
        """
    )
    assert ("AGREE", "actual", "CHL", "PER") in told(events)
    assert all(event.type == "AGREE" for event in events)


def test_a_speaker_may_stand_behind_what_is_said(code: Code) -> None:
    (event,) = code(
        """
        Chile PROPN 2 nsubj
        attacked VERB 0 root
        Peru PROPN 2 obj
        , PUNCT 6 punct
        Bolivia PROPN 6 nsubj
        said VERB 2 parataxis
        """
    )
    assert (event.type, event.source.code, event.target.code, event.said_by) == ("ASSAULT", "CHL", "PER", "Bolivia")


def test_what_a_verb_tells_is_not_told_again_by_a_noun_in_its_clause(code: Code) -> None:
    events = code(
        """
        Chile PROPN 2 nsubj
        invaded VERB 0 root
        Peru PROPN 2 obj
        in ADP 6 case
        an DET 6 det
        invasion NOUN 2 obl
        of ADP 8 case
        Peru PROPN 6 nmod
        """
    )
    assert [(event.type, event.trigger) for event in events] == [("ASSAULT", "invade")]
