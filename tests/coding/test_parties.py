"""Who the parties are where the words do not say it outright, on trees built by hand: references, treaties, implied parties."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from verbale.core import Event

Code = Callable[..., list[Event]]

QUARREL = "Chile PROPN 4 nsubj\nand CCONJ 3 cc\nPeru PROPN 1 conj\nquarrelled VERB 0 root"


def told(events: list[Event]) -> list[tuple[str, str, str]]:
    """Return what the tests compare: type, source and target code."""
    return [(event.type, event.source.code, event.target.code) for event in events]


def after_quarrel(code: Code, *parses: str) -> list[Event]:
    """Return what is told after the quarrel that makes Chile and Peru the story's two main states."""
    waiting = [f"{state} PROPN 2 nsubj\nwaited VERB 0 root" for state in ("Chile", "Peru")]
    return [event for event in code(QUARREL, *waiting, *parses) if event.trigger != "quarrel"]


def test_a_treaty_known_by_name_dates_itself(code: Code) -> None:
    events = code(
        """
        Russia PROPN 4 nsubj
        and CCONJ 3 cc
        Persia PROPN 1 conj
        signed VERB 0 root
        the DET 6 det
        Treaty PROPN 4 obj
        of ADP 8 case
        Golestan PROPN 6 nmod
        """
    )
    assert told(events) == [("AGREE", "RUS", "IRN")]
    assert [(event.mutual, event.date.iso() if event.date else "", event.object) for event in events] == [
        (True, "1813-10-24", "Treaty of Golestan")
    ]


def test_a_date_in_the_clause_counts_before_the_treatys_own(code: Code) -> None:
    events = code(
        """
        Russia PROPN 4 nsubj
        and CCONJ 3 cc
        Persia PROPN 1 conj
        signed VERB 0 root
        the DET 6 det
        Treaty PROPN 4 obj
        of ADP 8 case
        Golestan PROPN 6 nmod
        in ADP 10 case
        1814 NUM 4 obl
        """
    )
    assert [event.date.iso() for event in events if event.date] == ["1814"]


def test_a_war_known_by_name_gives_its_years(code: Code) -> None:
    (event,) = code(
        """
        Britain PROPN 2 nsubj
        waged VERB 0 root
        the DET 5 det
        Crimean ADJ 5 amod
        War PROPN 2 obj
        against ADP 7 case
        Russia PROPN 2 obl
        """
    )
    assert (event.type, event.source.code, event.target.code) == ("ASSAULT", "GBR", "RUS")
    assert event.date is not None
    assert (event.date.iso()[:4], (event.date.iso_end() or "")[:4]) == ("1853", "1856")


def test_a_minority_belongs_to_the_country_where_it_lives(code: Code) -> None:
    (event,) = code(
        """
        Hungary PROPN 2 nsubj
        arrested VERB 0 root
        ethnic ADJ 4 amod
        Germans PROPN 2 obj NNPS
        in ADP 6 case
        Romania PROPN 4 nmod
        """
    )
    assert (event.source.code, event.target.code, event.target.sector) == ("HUN", "ROU", "CVL")


def test_a_minority_without_a_country_belongs_to_the_one_other_state_named(code: Code) -> None:
    (event,) = code(
        "Hungary PROPN 2 nsubj\nexpelled VERB 0 root\nethnic ADJ 4 amod\nGermans PROPN 2 obj NNPS",
    )
    assert (event.source.code, event.target.code, event.target.sector) == ("HUN", "HUN", "CVL")


@pytest.mark.parametrize(("word", "expected"), [("Council", [("ACCUSE", "UNO", "PER")]), ("council", [])])
def test_a_capitalised_short_name_takes_up_an_organisation(code: Code, word: str, expected: list[tuple[str, str, str]]) -> None:
    first = "The DET 3 det\nSecurity PROPN 3 compound\nCouncil PROPN 4 nsubj\nmet VERB 0 root"
    second = f"The DET 2 det\n{word} NOUN 3 nsubj\ncondemned VERB 0 root\nPeru PROPN 3 obj"
    assert [event for event in told(code(first, second)) if event[1] == "UNO"] == expected


def test_the_belligerents_are_both_sides_of_the_story(code: Code) -> None:
    events = after_quarrel(
        code, "The DET 2 det\nbelligerents NOUN 3 nsubj NNS\nsigned VERB 0 root\na DET 5 det\ntruce NOUN 3 obj"
    )
    assert told(events) == [("AGREE", "CHL", "PER")]
    assert events[0].mutual


def test_who_speaks_to_both_sides_is_none_of_them(code: Code) -> None:
    events = after_quarrel(
        code,
        "Brazil PROPN 2 nsubj\nurged VERB 0 root\nboth DET 4 det\nsides NOUN 2 obj NNS\nto PART 6 mark\nstop VERB 2 xcomp VB",
    )
    assert {(event.source.code, event.target.code) for event in events} == {("BRA", "CHL"), ("BRA", "PER")}


def test_each_other_makes_an_act_mutual(code: Code) -> None:
    events = code(
        """
        Chile PROPN 4 nsubj
        and CCONJ 3 cc
        Peru PROPN 1 conj
        accused VERB 0 root
        each DET 6 det
        other ADJ 4 obj
        of ADP 8 case
        aggression NOUN 4 obl
        """
    )
    assert [(event.type, event.source.code, event.target.code, event.mutual) for event in events] == [
        ("ACCUSE", "CHL", "PER", True)
    ]


def test_a_note_to_a_state_demands_for_its_sender(code: Code) -> None:
    events = code(
        """
        Siam PROPN 2 nsubj
        sent VERB 0 root
        a DET 4 det
        note NOUN 2 obj
        to ADP 6 case
        Greece PROPN 4 nmod
        demanding VERB 6 acl VBG
        an DET 9 det
        apology NOUN 7 obj
        """
    )
    assert ("REQUEST", "THA", "GRC") in told(events)
    assert {event.source.code for event in events} == {"THA"}


def test_forces_that_are_mobilised_are_mobilised_by_their_own_state(code: Code) -> None:
    (event,) = code(
        """
        Chinese ADJ 2 amod
        troops NOUN 4 nsubj:pass NNS
        were AUX 4 aux:pass
        mobilised VERB 0 root VBN
        against ADP 6 case
        Vietnam PROPN 4 obl
        """
    )
    assert (event.type, event.source.code, event.source.sector, event.target.code) == ("MOBILIZE", "CHN", "MIL", "VNM")


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        ("Peru PROPN 3 nsubj:pass\nwas AUX 3 aux:pass\nattacked VERB 0 root VBN", ("ASSAULT", "CHL", "PER")),
        (
            "The DET 3 det\nChilean ADJ 3 amod\noffer NOUN 5 nsubj:pass\nwas AUX 5 aux:pass\nrejected VERB 0 root VBN",
            ("REJECT", "PER", "CHL"),
        ),
        ("Chile PROPN 2 nsubj\nattacked VERB 0 root", ("ASSAULT", "CHL", "PER")),
        ("Peru PROPN 2 nsubj\nattacked VERB 0 root", ("ASSAULT", "PER", "CHL")),
        ("A DET 2 det\ntreaty NOUN 4 nsubj:pass\nwas AUX 4 aux:pass\nsigned VERB 0 root VBN", ("AGREE", "CHL", "PER")),
    ],
)
def test_an_unnamed_party_is_the_storys_other_main_state_and_less_sure(
    code: Code, parse: str, expected: tuple[str, str, str]
) -> None:
    (event,) = after_quarrel(code, parse)
    assert (event.type, event.source.code, event.target.code) == expected
    assert event.confidence < 0.85, "both parties named gives more"


@pytest.mark.parametrize(
    "parse",
    [
        "Brazil PROPN 2 nsubj\nmediated VERB 0 root",
        "Brazil PROPN 2 nsubj\nmediated VERB 0 root\nbetween ADP 4 case\nChile PROPN 2 obl\nand CCONJ 6 cc\nPeru PROPN 4 conj",
    ],
)
def test_a_mediator_speaks_to_both_sides(code: Code, parse: str) -> None:
    events = after_quarrel(code, parse)
    assert told(events) == [("CONSULT", "BRA", "CHL"), ("CONSULT", "BRA", "PER")]
    assert {event.mode for event in events} == {"mediate"}


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        ("Peruvian ADJ 2 amod\nstudents NOUN 3 nsubj NNS\nprotested VERB 0 root", ("PROTEST", "EDU", "GOV")),
        ("Peru PROPN 2 nsubj\nmobilised VERB 0 root\nits PRON 4 nmod:poss\narmy NOUN 2 obj", ("MOBILIZE", "", "CVL")),
    ],
)
def test_an_act_within_one_state_is_toward_its_own_people_or_government(
    code: Code, parse: str, expected: tuple[str, str, str]
) -> None:
    (event,) = code(parse)
    assert (event.source.code, event.target.code) == ("PER", "PER")
    assert (event.type, event.source.sector, event.target.sector) == expected


def test_the_latter_is_the_last_named(code: Code) -> None:
    first = "Chile PROPN 2 nsubj\nmet VERB 0 root\nPeru PROPN 2 obj"
    second = "The DET 2 det\nlatter ADJ 3 nsubj\nattacked VERB 0 root\nBolivia PROPN 3 obj"
    assert ("ASSAULT", "PER", "BOL") in told(code(first, second))


def test_instruments_listed_in_brackets_belong_to_the_object(code: Code) -> None:
    (event,) = code(
        """
        The DET 2 det
        UN PROPN 3 nsubj
        imposed VERB 0 root
        sanctions NOUN 3 obj NNS
        on ADP 6 case
        Iraq PROPN 4 nmod
        (Resolutions PROPN 4 appos
        661 NUM 7 nummod
        and CCONJ 10 cc
        687 NUM 8 conj
        ) PUNCT 7 punct
        """
    )
    assert event.object == "sanctions on Iraq (Resolutions 661 and 687)"


@pytest.mark.parametrize("position", ["front", "back"])
def test_evidence_is_cut_around_the_act_where_a_clause_is_too_long(code: Code, position: str) -> None:
    ships = 60
    verb = 2 if position == "back" else 3 + 2 * ships
    lines = [f"Chile PROPN {verb} nsubj"]
    fleet = [f"ships NOUN {verb} obl NNS"]
    if position == "back":
        lines += ["attacked VERB 0 root", "Peru PROPN 2 obj", *fleet]
    else:
        lines += fleet
    first = len(lines)
    for number in range(ships):
        lines += [f"and CCONJ {len(lines) + 2} cc", f"battleships{number} NOUN {first} conj NNS"]
    if position == "front":
        lines += ["attacked VERB 0 root", f"Peru PROPN {verb} obj"]
    (event,) = code("\n".join(lines))
    assert len(event.evidence.quote) <= 600
    assert "attacked" in event.evidence.quote


ATTACKED = "attacked VERB 0 root\nPeru PROPN {verb} obj"


@pytest.mark.parametrize(
    ("subject", "verb", "source"),
    [
        ("A DET 2 det\nnumber NOUN 5 nsubj\nof ADP 4 case\nChileans PROPN 2 nmod NNPS", 5, ("CHL", "")),
        ("Troops NOUN 4 nsubj NNS\nin ADP 3 case\nBolivia PROPN 1 nmod", 4, ("BOL", "MIL")),
        ("Forces NOUN 4 nsubj NNS\nof ADP 3 case\nBolivia PROPN 1 nmod", 4, ("BOL", "MIL")),
        ("Chile PROPN 3 dep\nsuddenly ADV 3 advmod", 3, ("CHL", "")),
    ],
)
def test_a_subject_of_any_shape_is_the_state_behind_it(code: Code, subject: str, verb: int, source: tuple[str, str]) -> None:
    (event,) = code(f"{subject}\n{ATTACKED.format(verb=verb)}")
    assert (event.type, event.target.code, (event.source.code, event.source.sector)) == ("ASSAULT", "PER", source)


def test_the_government_is_that_of_the_last_subject(code: Code) -> None:
    (event,) = code(
        "Chile PROPN 2 nsubj\nwaited VERB 0 root", f"The DET 2 det\ngovernment NOUN 3 nsubj\n{ATTACKED.format(verb=3)}"
    )
    assert (event.source.code, event.source.sector, event.source.text, event.target.code) == ("CHL", "GOV", "government", "PER")


def test_who_is_called_upon_to_act_is_the_one_to_act(code: Code) -> None:
    events = code(
        """
        Brazil PROPN 2 nsubj
        called VERB 0 root
        on ADP 4 case
        Chile PROPN 2 obl
        to PART 6 mark
        attack VERB 2 xcomp VB
        Peru PROPN 6 obj
        """
    )
    assert [(*event, status) for event, status in zip(told(events), [event.status for event in events], strict=True)] == [
        ("REQUEST", "BRA", "CHL", "actual"),
        ("ASSAULT", "CHL", "PER", "intended"),
    ]


def test_the_owner_of_a_decision_is_to_do_what_was_decided(code: Code) -> None:
    events = code(
        """
        Chile PROPN 4 nmod:poss
        's PART 1 case
        sudden ADJ 4 amod
        decision NOUN 8 nsubj
        to PART 6 mark
        attack VERB 4 acl VB
        Peru PROPN 6 obj
        failed VERB 0 root
        """
    )
    assert [(event.source.code, event.target.code, event.status) for event in events] == [("CHL", "PER", "intended")]


def test_where_an_act_was_done_is_its_place_and_no_party(code: Code) -> None:
    (event,) = code("Chile PROPN 2 nsubj\nattacked VERB 0 root\nPeru PROPN 2 obj\nin ADP 5 case\nBolivia PROPN 2 obl")
    assert (event.source.code, event.target.code) == ("CHL", "PER")
    assert event.place is not None
    assert (event.place.text, event.place.country) == ("Bolivia", "BOL")


def test_a_treaty_known_by_name_gives_the_party_that_the_sentence_leaves_out(code: Code) -> None:
    (event,) = code(
        "Peru PROPN 2 nsubj\nsigned VERB 0 root\nthe DET 4 det\nTreaty PROPN 2 obj\nof ADP 6 case\nAncón PROPN 4 nmod"
    )
    assert (event.type, event.mutual, {event.source.code, event.target.code}) == ("AGREE", True, {"CHL", "PER"})
    assert event.date is not None
    assert event.date.iso() == "1883-10-20"
