"""Names through time: the year decides which state, which entity, and whether a leader was in office."""

from __future__ import annotations

import pytest

from verbale.vocab import ActorName, load_vocabulary

VOCABULARY = load_vocabulary()
ACTORS = VOCABULARY.actors


def resolved(name: str, year: int | None, *, retrospective: bool = False) -> ActorName | None:
    (mention,) = ACTORS.find(f"said {name} then")
    return ACTORS.resolve(mention, year, retrospective=retrospective)


@pytest.mark.parametrize(
    ("name", "year", "code", "entity"),
    [
        ("Russia", 1850, "RUS", "Russian Empire"),
        ("Russia", 1950, "RUS", "Soviet Union"),
        ("Russia", 2014, "RUS", "Russia"),
        ("Moscow", 1962, "RUS", "Soviet Union"),
        ("Russian", 1828, "RUS", "Russian Empire"),
        ("Persia", 1828, "IRN", "Persia"),
        ("Iran", 1979, "IRN", "Iran"),
        ("Persian", 1907, "IRN", "Persia"),
        ("Turkey", 1878, "TUR", "Ottoman Empire"),
        ("Turkey", 1952, "TUR", "Turkey"),
        ("Porte", 1853, "TUR", "Ottoman Empire"),
        ("Prussia", 1866, "DEU", "Prussia"),
        ("Germany", 1914, "DEU", "German Empire"),
        ("Germany", 1939, "DEU", "Nazi Germany"),
        ("Bonn", 1970, "DEU", "West Germany"),
        ("Berlin", 1938, "DEU", "Nazi Germany"),
        ("East Germany", 1961, "DDR", "East Germany"),
        ("Vienna", 1815, "AUT", "Austrian Empire"),
        ("Vienna", 1914, "AUH", "Austria-Hungary"),
        ("Austrian", 1914, "AUH", "Austria-Hungary"),
        ("Austria", 1955, "AUT", "Austria"),
        ("Serbia", 1914, "SRB", "Kingdom of Serbia"),
        ("Belgrade", 1948, "YUG", "Yugoslavia"),
        ("Yugoslavia", 1999, "SRB", "Federal Republic of Yugoslavia"),
        ("Prague", 1968, "CSK", "Czechoslovakia"),
        ("Prague", 1999, "CZE", "Czech Republic"),
        ("Republic of China", 1937, "CHN", "Republic of China"),
        ("Republic of China", 1975, "TWN", "Taiwan"),
        ("Peking", 1900, "CHN", "Qing Empire"),
        ("Nanking", 1937, "CHN", "Republic of China"),
        ("Cairo", 1961, "EGY", "United Arab Republic"),
        ("Aden", 1975, "YMD", "South Yemen"),
        ("South Vietnam", 1965, "VNM", "South Vietnam"),
        ("Siam", 1893, "THA", "Siam"),
        ("Abyssinia", 1935, "ETH", "Abyssinia"),
        ("Manchukuo", 1935, "MCH", "Manchukuo"),
        ("Rhodesia", 1970, "ZWE", "Rhodesia"),
        ("Turin", 1859, "ITA", "Sardinia-Piedmont"),
        ("Bavaria", 1850, "DEU", "Bavaria"),
        ("Security Council", 1990, "UNO", "UN Security Council"),
        ("ASEAN", 1990, "OTH", "ASEAN"),
        ("Stalin", 1946, "RUS", "Soviet Union"),
        ("Putin", 2014, "RUS", "Russia"),
    ],
)
def test_the_year_tells_the_state(name: str, year: int, code: str, entity: str) -> None:
    chosen = resolved(name, year)
    assert chosen is not None
    assert (chosen.code, chosen.entity) == (code, entity)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("Stalin", 2014),
        ("Putin", 1946),
        ("Soviet Union", 2014),
        ("Manchukuo", 1950),
        ("India", 1900),
        ("Algeria", 1930),
        ("NATO", 1939),
    ],
)
def test_a_name_outside_its_years_is_nobody(name: str, year: int) -> None:
    assert resolved(name, year) is None


def test_a_year_beside_the_beginning_or_end_still_counts() -> None:
    assert resolved("Soviet Union", 1992) is not None
    assert resolved("Soviet Union", 1993) is None


def test_a_later_text_may_name_a_former_state_but_no_leader_out_of_office() -> None:
    soviet = resolved("Soviet Union", 2014, retrospective=True)
    assert soviet is not None
    assert soviet.entity == "Soviet Union"
    assert resolved("Stalin", 2014, retrospective=True) is None
    assert resolved("India", 1900, retrospective=True) is None


@pytest.mark.parametrize(
    ("name", "code", "entity"),
    [
        ("Russia", "RUS", "Russia"),
        ("Yugoslavia", "YUG", "Yugoslavia"),
        ("Soviet", "RUS", "Soviet Union"),
        ("Prussia", "DEU", "Prussia"),
    ],
)
def test_without_a_year_the_present_bearer_comes_first(name: str, code: str, entity: str) -> None:
    chosen = resolved(name, None)
    assert chosen is not None
    assert chosen.code == code
    if name != "Soviet":  # an adjective has no entity of its own, so the present one stands
        assert chosen.entity == entity


def test_a_surname_of_several_leaders_is_told_apart_by_the_year() -> None:
    one, other = resolved("Bush", 1990), resolved("Bush", 2003)
    assert one is not None
    assert other is not None
    assert one.start != other.start


@pytest.mark.parametrize(
    ("code", "year", "entity"),
    [("RUS", 1950, "Soviet Union"), ("RUS", 1850, "Russian Empire"), ("RUS", None, "Russia"), ("IRN", 1900, "Persia"),
     ("POL", 1930, "Poland"), ("POL", 1939, "Poland"),
     ("DDR", 2000, "East Germany"), ("CSK", None, "Czechoslovakia"), ("QQQ", 1900, "")],
)  # fmt: skip
def test_the_entity_behind_a_code(code: str, year: int | None, entity: str) -> None:
    assert ACTORS.entity(code, year) == entity


@pytest.mark.parametrize(
    ("place", "year", "code"),
    [
        ("Saint-Domingue", 1802, "FRA"), ("India", 1900, "GBR"), ("India", 1960, "IND"), ("India", None, "IND"),
        ("Riga", 1950, "RUS"), ("Riga", 1935, "LVA"), ("Tashkent", 1966, "RUS"), ("the Ukraine", 1950, "RUS"),
        ("Alsace", None, "FRA"), ("Algiers", 1942, "FRA"), ("Gaza", 1956, "EGY"), ("Gaza", 2009, "PSE"),
        ("the Sinai", 1956, "EGY"), ("Crimea", 1854, "RUS"), ("Crimea", 2014, "UKR"), ("Kashmir", 1965, None),
        ("Manchuria", 1935, "MCH"), ("Azerbaijan", 1946, "IRN"), ("Alsace", 1900, "DEU"), ("Warsaw", 1900, "RUS"),
        ("Hong Kong", 1967, "GBR"), ("Shatt-al-Arab", 1980, None), ("Vienna", 1900, "AUH"), ("Isfahan", 1980, "IRN"),
        ("Lyon", 1980, "FRA"), ("Lyon", None, "FRA"), ("Samarkand", 1970, "RUS"), ("Samarkand", 2000, "UZB"),
        ("Reading", 1990, None), ("Victoria", None, None), ("Nowhereville", None, None), ("", None, None),
    ],
)  # fmt: skip
def test_the_country_of_a_place(place: str, year: int | None, code: str | None) -> None:
    assert VOCABULARY.places.country(place, year=year) == code


def test_agents_by_lemma_plural_and_phrase() -> None:
    agents = VOCABULARY.agents
    minister = agents.get("foreign ministers")
    assert minister is not None
    assert (minister.noun, minister.sector, minister.acts_for_state) == ("foreign minister", "GOV", True)
    students, warships, policemen = agents.get("Students"), agents.get("warships"), agents.get("policemen")
    assert students is not None
    assert students.sector == "EDU"
    assert not students.acts_for_state
    assert warships is not None
    assert warships.kind == "instrument"
    assert warships.acts_for_state
    assert policemen is not None
    assert policemen.sector == "COP"
    assert agents.get("treaty") is None
    assert agents.get("") is None


def test_the_longest_agent_at_a_word() -> None:
    agents = VOCABULARY.agents
    words = ["the", "deputy", "prime", "minister", "spoke"]
    begins, ends = agents.longest(words, 1), agents.ending(words, 4)
    assert begins is not None
    assert ends is not None
    assert (begins[0].noun, begins[1]) == ("deputy prime minister", 3)
    assert (ends[0].noun, ends[1]) == ("deputy prime minister", 3)
    assert agents.longest(words, 0) is None
    assert agents.ending(words, 0) is None
