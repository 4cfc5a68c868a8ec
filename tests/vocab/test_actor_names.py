"""Names of actors in text: longest match at word boundaries, compounds, possessives, capitals, and what is no actor."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.vocab import Actors, load_vocabulary

ACTORS: Actors = load_vocabulary().actors


def found(text: str) -> list[str]:
    return [mention.text for mention in ACTORS.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Anglo-Egyptian treaty", ["Anglo", "Egyptian"]),
        ("the Russo–Persian War", ["Russo", "Persian"]),
        ("Czech.-Egyptian arms", ["Czech", "Egyptian"]),
        ("the Iran-Iraq border", ["Iran", "Iraq"]),
        ("a U.S.-led force", ["U.S."]),
        ("Austro-Hungarian troops", ["Austro-Hungarian"]),
        ("Papua New Guinea and Guinea-Bissau left Guinea", ["Papua New Guinea", "Guinea-Bissau", "Guinea"]),
        ("South Korea and North Korea", ["South Korea", "North Korea"]),
        ("the Democratic Republic of the Congo", ["Democratic Republic of the Congo"]),
    ],
)
def test_compounds_and_the_longest_name(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_possessive_ending_is_not_part_of_a_name(apostrophe: str) -> None:
    assert found(f"Iran{apostrophe}s envoy and the Soviets{apostrophe} note") == ["Iran", "Soviets"]
    assert found(f"in Sana{apostrophe}a and N{apostrophe}Djamena") == [f"Sana{apostrophe}a", f"N{apostrophe}Djamena"]


@pytest.mark.parametrize(
    "text", ["They told us of it.", "a turkey and some china", "Iranistan", "Chinatown", "the Germanic tribes"]
)
def test_common_words_and_longer_words_are_no_names(text: str) -> None:
    assert found(text) == []


def test_abbreviations_with_and_without_dots_and_spaces() -> None:
    assert found("The US, the U.S., the U. S. S. R., the USSR and the U.K.") == ["US", "U.S.", "U. S. S. R.", "USSR", "U.K."]
    assert found("He left the US. Then came the U.S.") == ["US", "U.S."]
    assert found("Part U.S.X. of the form") == []


def test_headlines_in_capitals() -> None:
    assert found("TURKEY AND IRAN SIGN PACT WITH THE SOVIET UNION") == ["TURKEY", "IRAN", "SOVIET UNION"]
    assert found("TELL US WHO WILL COME") == []
    assert found("US ATTACKS BASES") == ["US"]


def test_line_breaks_and_wide_spaces_within_a_name() -> None:
    text = "the Soviet\n   Union and Saudi\u00a0Arabia met"
    mentions = ACTORS.find(text)
    assert [mention.text for mention in mentions] == ["Soviet\n   Union", "Saudi\u00a0Arabia"]
    assert [text[mention.start : mention.end] for mention in mentions] == [mention.text for mention in mentions]


@pytest.mark.parametrize(
    "text",
    [
        "ships in the Indian Ocean and the Persian Gulf",
        "the Treaty of Paris",
        "the London Conference",
        "the Monroe Doctrine",
        "the Congress of Vienna",
        "the Webster-Ashburton Treaty",
        "Latin American and African American voters",
        "the Korean War",
        "Michael Jordan",
    ],
)
def test_phrases_that_only_look_like_actors(text: str) -> None:
    assert found(text) == []


def test_a_prefix_counts_only_before_a_hyphen() -> None:
    (mention,) = ACTORS.find("Franco signed.")
    assert {name.kind for name in mention.names} == {"leader"}
    first, second = ACTORS.find("the Franco-Prussian War")
    assert ({name.code for name in first.names}, {name.code for name in second.names}) == ({"FRA"}, {"DEU"})
    assert found("one Euro, an Indo pop song") == []


def test_a_seat_belongs_to_the_state_named_before_it() -> None:
    assert found("the Mexican Congress met") == ["Mexican"]
    assert found("Iran’s Majlis met") == ["Iran", "Majlis"]
    assert found("Congress met") == ["Congress"]


def test_a_title_does_not_cut_a_full_name() -> None:
    (mention,) = ACTORS.find("He met President Kim Il Sung there.")
    assert {name.code for name in mention.names} == {"PRK"}


def test_names_that_begin_with_a_small_word() -> None:
    assert found("Then de Gaulle spoke to Charles de Gaulle.") == ["de Gaulle", "Charles de Gaulle"]


WORDS = st.sampled_from(
    [
        "Anglo", "Egyptian", "-", "–", "U.S.", "U. S.", "Soviet", "Union", "  ", "\n",
        "’s", "'", "the", "Treaty of", "Paris", "Congress", "de", "Gaulle", "IRAN", "South",
        "Korea", ".", "é", "x", "中", "Saudi", "Arabia", "Webster", "Plan",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=25).map("".join)))
def test_mentions_are_ordered_apart_and_cut_from_the_text(text: str) -> None:
    mentions = ACTORS.find(text)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.start < mention.end
        assert mention.names
    for one, two in itertools.pairwise(mentions):
        assert one.end <= two.start


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([name for name in ACTORS.names if name.kind in {"name", "adjective"}]), st.integers(1700, 2100))
def test_what_is_resolved_is_a_candidate_of_that_year(name: object, year: int) -> None:
    (mention,) = ACTORS.find(f"said {name.name} then")  # type: ignore[attr-defined]
    chosen = ACTORS.resolve(mention, year)
    if chosen is not None:
        assert chosen.code in {candidate.code for candidate in mention.names}
        assert chosen.start is None or chosen.start - 1 <= year
        assert chosen.end is None or year <= chosen.end + 1
        assert chosen.entity
