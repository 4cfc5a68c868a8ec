"""The shipped action tables: enough of every type, consistent with each other, and right on frames that decide a type."""

from __future__ import annotations

from collections import Counter

import pytest

from verbale.core import EVENT_TYPES
from verbale.vocab.actions import STRENGTHS, ActionEntry, load_actions

ACTIONS = load_actions()
ENTRIES = {entry.entry_id: entry for group in (*ACTIONS.verbs.values(), *ACTIONS.nouns.values()) for entry in group}


def verb(lemma: str, *, object: str = "", preposition: str = "", complement: str = "", particle: str = "") -> ActionEntry:
    """Return the first entry, in the order of the index, whose conditions a clause with just these parts meets."""
    for entry in ACTIONS.verbs[lemma]:
        objects_fit = entry.accepts_object(object) and not (entry.no_object and object) and not (entry.objects and not object)
        if (
            entry.particle == particle
            and objects_fit
            and (not entry.prepositions or preposition in entry.prepositions)
            and (not entry.complements or complement in entry.complements)
        ):
            return entry
    raise AssertionError(f"no entry of {lemma} fits")


def test_size_and_every_type() -> None:
    counts = Counter(entry.type for entry in ENTRIES.values() if entry.strength)
    assert counts.total() >= 2000
    assert set(counts) == set(EVENT_TYPES)
    assert min(counts.values()) >= 60
    assert all(any(entry.kind == "noun" for entry in ENTRIES.values() if entry.type == name) for name in EVENT_TYPES)


@pytest.mark.parametrize(
    ("lemma", "parts", "expected"),
    [
        ("withdraw", {"object": "troop", "preposition": "from"}, "RETREAT"),
        ("withdraw", {"preposition": "from"}, "RETREAT"),
        ("withdraw", {"object": "ambassador"}, "SANCTION"),
        ("withdraw", {"object": "proposal"}, "REJECT"),
        ("recall", {"object": "ambassador"}, "SANCTION"),
        ("lift", {"object": "embargo"}, "RETREAT"),
        ("lift", {"object": "curfew"}, "CONCEDE"),
        ("impose", {"object": "sanction"}, "SANCTION"),
        ("impose", {"object": "treaty", "preposition": "on"}, "COERCE"),
        ("accept", {"object": "ultimatum"}, "CONCEDE"),
        ("accept", {"object": "proposal"}, "AGREE"),
        ("sign", {"object": "treaty", "preposition": "with"}, "AGREE"),
        ("denounce", {"object": "treaty"}, "REJECT"),
        ("denounce", {}, "ACCUSE"),
        ("sever", {"object": "relation"}, "SANCTION"),
        ("restore", {"object": "relation"}, "SUPPORT"),
        ("break", {"particle": "off", "object": "negotiation"}, "REJECT"),
        ("break", {"particle": "off", "object": "relation"}, "SANCTION"),
        ("open", {"object": "fire"}, "ASSAULT"),
        ("open", {"object": "talk"}, "CONSULT"),
        ("send", {"object": "troop"}, "MOBILIZE"),
        ("send", {"object": "medicine"}, "AID"),
        ("send", {"object": "peacekeeper"}, "AID"),
        ("sell", {"object": "missile"}, "COOPERATE"),
        ("cede", {"object": "province"}, "CONCEDE"),
        ("annex", {"object": "province"}, "COERCE"),
        ("invade", {}, "ASSAULT"),
        ("vote", {"preposition": "for"}, "SUPPORT"),
        ("vote", {"preposition": "against"}, "REJECT"),
        ("call", {"preposition": "on", "complement": "infinitive"}, "REQUEST"),
        ("refuse", {"complement": "infinitive"}, "REJECT"),
        ("offer", {"complement": "infinitive"}, "AGREE"),
        ("offer", {"object": "mediation"}, "CONSULT"),
        ("threaten", {"complement": "infinitive"}, "THREATEN"),
        ("expel", {"object": "diplomat"}, "SANCTION"),
        ("arrest", {"object": "journalist"}, "COERCE"),
        ("shoot", {"particle": "down", "object": "plane"}, "ASSAULT"),
        ("declare", {"object": "war", "preposition": "on"}, "ASSAULT"),
        ("declare", {"object": "ceasefire"}, "RETREAT"),
        ("suspend", {"object": "aid"}, "SANCTION"),
        ("lodge", {"object": "complaint"}, "ACCUSE"),
        ("grant", {"object": "asylum"}, "AID"),
        ("riot", {}, "PROTEST"),
        ("extradite", {"preposition": "to"}, "COOPERATE"),
    ],
)
def test_frames(lemma: str, parts: dict[str, str], expected: str) -> None:
    assert verb(lemma, **parts).type == expected


def test_both_spellings_share_entries() -> None:
    assert ACTIONS.verbs["recognize"] == ACTIONS.verbs["recognise"]
    assert ACTIONS.nouns["mobilization"] == ACTIONS.nouns["mobilisation"]
    assert "defense" in ACTIONS.noun_lemmas


def test_receivers_are_targets() -> None:
    entry = verb("suffer", object="bombardment")
    assert entry.target == ("subject",)
    assert "subject" not in entry.source


def test_a_noun_is_found_by_its_longest_name() -> None:
    (aerial,) = ACTIONS.noun_entries(["the", "air", "strike", "on"], 2)
    assert (aerial.lemma, aerial.mode) == ("air strike", "aerial")
    (note,) = ACTIONS.noun_entries(["a", "note", "of", "protest"], 1)
    assert note.type == "ACCUSE"
    assert {entry.lemma for entry in ACTIONS.noun_entries(["the", "strike", "in"], 1)} == {"strike"}
    assert ACTIONS.noun_entries(["a", "cease", "-", "fire"], 3) != ()
    assert ACTIONS.noun_entries(["a", "table"], 1) == ()
    (deal,) = ACTIONS.noun_entries(["an", "arm", "deal", "with"], 2)
    assert deal.lemma == "arms deal"
    (withdrawal,) = ACTIONS.noun_entries(["withdrawal", "of", "the", "troops"], 0)
    assert withdrawal.lemma == "withdrawal of troop"


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("withdrew", "withdraw"), ("withdrawn", "withdraw"), ("fought", "fight"), ("met", "meet"), ("recognized", "recognise"),
        ("bombed", "bomb"), ("cancelled", "cancel"), ("canceled", "cancel"), ("ceded", "cede"), ("seized", "seize"),
        ("vetoed", "veto"), ("vetoes", "veto"), ("overthrew", "overthrow"), ("sent", "send"), ("shelling", "shell"),
        ("expelled", "expel"), ("deployed", "deploy"), ("denied", "deny"), ("occupying", "occupy"), ("led", "lead"),
        ("offered", "offer"), ("submitted", "submit"), ("visited", "visit"), ("struck", "strike"), ("gunned", "gun"),
        ("harbored", "harbour"), ("torpedoed", "torpedo"), ("lay", "lie"), ("found", "find"),
    ],
)  # fmt: skip
def test_verb_forms(form: str, lemma: str) -> None:
    found = ACTIONS.verb_lemma(form)
    assert found == lemma or (lemma == "lie" and found in {"lay", "lie"})


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("troops", "troop"), ("treaties", "treaty"), ("ultimata", "ultimatum"), ("armies", "army"), ("embargoes", "embargo"),
     ("forces", "force"), ("airstrikes", "airstrike"), ("negotiations", "negotiation"), ("aircraft", "aircraft")],
)  # fmt: skip
def test_noun_forms(form: str, lemma: str) -> None:
    assert ACTIONS.noun_lemma(form) == lemma


def test_words_that_no_table_names() -> None:
    assert ACTIONS.verb_lemma("photosynthesise") is None
    assert ACTIONS.noun_lemma("teapot") is None


def test_trigger_words() -> None:
    assert all(map(ACTIONS.is_trigger_word, ("attacked", "invasion", "treaties", "mobilized", "mobilised", "ambushing")))
    assert not any(map(ACTIONS.is_trigger_word, ("was", "is", "the", "has", "teapot", "went")))


def test_light_verbs_and_complements() -> None:
    effects = {lemma: {light.effect for light in lights} for lemma, lights in ACTIONS.light_verbs.items()}
    assert "light" in effects["make"]
    assert effects["lift"] == {"end"}
    assert effects["suffer"] == {"undergo"}
    assert ACTIONS.complements["fail"] == "fail"
    assert ACTIONS.complements["refrain"] == "omit"
    assert ACTIONS.complements["begin"] == "carry"
    assert ACTIONS.complements["authorize"] == ACTIONS.complements["authorise"] == "cause"
    assert ACTIONS.ended("COERCE") == "RETREAT"
    assert ACTIONS.ended("CONSULT") == "REJECT"


def test_every_entry_is_usable() -> None:
    for entry in ENTRIES.values():
        assert entry.source
        assert entry.target
        assert set(entry.source) - {"none"} or entry.source == ("none",)
        assert entry.strength in STRENGTHS.values()
        assert not (entry.no_object and "object" in entry.target), entry.entry_id


def test_frames_that_name_no_act() -> None:
    assert verb("meet", object="need").strength == 0.0
    assert verb("recognise", complement="that").strength == 0.0
    assert verb("meet", object="ambassador").strength > 0.0
    assert all((entry.source, entry.target) == (("none",), ("none",)) for entry in ENTRIES.values() if not entry.strength)


def test_order_is_most_specific_first() -> None:
    for group in ACTIONS.verbs.values():
        ranks = [entry.specificity for entry in group]
        assert ranks == sorted(ranks, reverse=True)
