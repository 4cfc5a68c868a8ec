"""A user's tables go before the package's vocabulary, can take entries out of it, and lose only their wrong rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vocab.project_samples import reasons, vocabulary_of

from verbale.core import VerbaleError
from verbale.vocab import ActorName, FileReport, Vocabulary, load_vocabulary
from verbale.vocab.actions import index_actions
from verbale.vocab.own_rows import Reading, table_lines
from verbale.vocab.own_tables import OwnActions, OwnAgents, OwnNames, OwnPlaces
from verbale.vocab.projects import ProjectFile


def meant(vocabulary: Vocabulary, text: str, year: int | None = None) -> ActorName | None:
    """Return whom the only name in a text means in a year."""
    (mention,) = vocabulary.actors.find(text)
    return vocabulary.actors.resolve(mention, year)


def code(vocabulary: Vocabulary, text: str, year: int | None = None) -> str:
    found = meant(vocabulary, text, year)
    return found.code if found else ""


def test_columns_may_stand_in_any_order_and_all_but_two_may_be_missing(tmp_path: Path) -> None:
    vocabulary = vocabulary_of(tmp_path, actors='# mine\nname,note,code\n\nZorvania,a note,FRA\n"Zorv, the",,DEU\n')
    assert (code(vocabulary, "Zorvania fell", 1900), code(vocabulary, "Zorv, the", 1900)) == ("FRA", "DEU")
    assert vocabulary.project is not None
    assert vocabulary.project.files == (FileReport("actors.csv", "actors", 2, 0, 0),)


def test_dates_tell_which_bearer_of_a_name_is_meant(tmp_path: Path) -> None:
    rows = "code,name,kind,start,end,entity\nFRA,Zorvania,name,1900,1930,Old Zorvania\nDEU,Zorvania,name,1931,,New Zorvania\n"
    vocabulary = vocabulary_of(tmp_path, actors=rows)
    assert [code(vocabulary, "Zorvania", year) for year in (1898, 1899, 1930, 1931, 2000, None)] == [
        "",
        "FRA",
        "FRA",
        "DEU",
        "DEU",
        "DEU",
    ]
    found = meant(vocabulary, "Zorvania", 1910)
    assert found is not None
    assert (found.entity, found.own) == ("Old Zorvania", True)


def test_the_users_row_wins_in_its_years_and_the_packages_in_all_others(tmp_path: Path) -> None:
    assert code(load_vocabulary(), "Washington", 1950) == "USA"
    vocabulary = vocabulary_of(tmp_path, actors="code,name,start,end\nFRA,Washington,1950,1960\n")
    assert [code(vocabulary, "Washington", year) for year in (1949, 1950, 1960, 1961)] == ["USA", "FRA", "FRA", "USA"]


def test_a_leader_of_the_users_wins_over_a_namesake_and_counts_only_in_office(tmp_path: Path) -> None:
    assert code(load_vocabulary(), "Charles de Gaulle", 1960) == "FRA"
    rows = "code,name,kind,start,end\nITA,Charles de Gaulle,leader,1960,1961\nITA,Nino Zorvo,leader,1950,1955\n"
    vocabulary = vocabulary_of(tmp_path, actors=rows)
    assert [code(vocabulary, "Charles de Gaulle", year) for year in (1959, 1960, 1962)] == ["FRA", "ITA", "FRA"]
    assert [code(vocabulary, "Nino Zorvo", year) for year in (1949, 1950, 1955, 1956)] == ["", "ITA", "ITA", ""]
    found = meant(vocabulary, "Nino Zorvo", 1950)
    assert found is not None
    assert found.sector == "GOV"


def test_an_actor_without_a_state_gets_a_code_of_the_users_own(tmp_path: Path) -> None:
    rows = (
        "code,name,kind,sector,entity,aliases\n"
        "ZLF,Zorvists,demonym,,,\n"  # before the row that says who that is
        "ZLF,Zorvan Liberation Front,,REB,Zorvan Front,Z.L.F.|Zorvan Front\n"
        "OTH,Zorvan Union,organisation,,,\n"
    )
    vocabulary = vocabulary_of(tmp_path, actors=rows)
    for text in ("Zorvan Liberation Front", "Z. L. F.", "Zorvan Front", "Zorvists", "ZORVISTS"):
        found = meant(vocabulary, text, 1980)
        assert found is not None, text
        assert (found.code, found.sector, found.entity) == ("ZLF", "REB", "Zorvan Front"), text
    assert vocabulary.actors.entity("ZLF", 1980) == "Zorvan Front"
    union = meant(vocabulary, "Zorvan Union", 1980)
    assert union is not None
    assert (union.code, union.sector, union.entity) == ("OTH", "IGO", "Zorvan Union")


def test_a_row_can_take_out_a_name_whole_or_as_one_code_kind_or_period_of_it(tmp_path: Path) -> None:
    package = load_vocabulary()
    assert code(package, "Congress", 1950) == "USA"
    whole = vocabulary_of(tmp_path, actors="code,name,remove\n,Congress,yes\n")
    assert not whole.actors.find("Congress")
    assert whole.project is not None
    assert whole.project.files[0].removed == sum(name.name == "Congress" for name in package.actors.names)
    codes = {code(package, "Georgia", year) for year in (1900, 2000)}
    part = vocabulary_of(tmp_path, actors="code,name,start,end,remove\nGEO,Georgia,1991,,yes\n")
    assert code(part, "Georgia", 2000) == ""
    assert "GEO" in codes


def test_wrong_rows_of_actors_are_named_and_the_others_count(tmp_path: Path) -> None:
    rows = (
        "code,name,kind,start,end,sector,entity,remove\n"
        "FRA,Zorvania,,,,,,\n"
        "FRNA,Zorvonia,,,,,,\n"
        "zlf,Zorvinia,,,,REB,Zorvinia,\n"
        "FRA,,,,,,,\n"
        "FRA,zorvania,,,,,,\n"
        "FRA,Zorvenia,nickname,,,,,\n"
        "FRA,Zorvenia,,19oo,,,,\n"
        "FRA,Zorvenia,,1950,1940,,,\n"
        "FRA,Zorvenia,,,,XYZ,,\n"
        "FRA,Zorvenia,leader,,,,,\n"
        "FRA,Zorvania,,,,,,\n"
        "FRA,Zorvenia,,,,,,maybe\n"
        ",Zorvenia,,,,,,yes\n"
        "DEU,France,,,,,,yes\n"
        "FRA,Zorvenia\n"
        "DEU,Zorvynia,,,,,,\n"
        f"FRA,{'Z' * 20_000},,,,,,\n"
    )
    vocabulary = vocabulary_of(tmp_path, actors=rows)
    assert code(vocabulary, "Zorvania", 1900) == "FRA"
    assert code(vocabulary, "Zorvynia", 1900) == "DEU"
    expected = [
        "actors.csv, line 3, field code: 'FRNA' is not allowed; allowed is the code of a state, one of AFU, ARAB",
        "line 4, field code: 'zlf' is not allowed",
        "line 5, field name: '' is not allowed; allowed is any text that is not empty",
        "line 6, field name: 'zorvania' is not allowed; allowed is names with a word that begins with a capital letter",
        "line 7, field kind: 'nickname' is not allowed; allowed is empty, abbreviation, adjective, capital",
        "line 8, field start: '19oo' is not allowed; allowed is a year from 1000 to 2100",
        "line 9, field end: '1940' is not allowed; allowed is a year not before the start, 1950",
        "line 10, field sector: 'XYZ' is not allowed; allowed is empty, BUS",
        "line 11, field start: '' is not allowed; allowed is the year in which the office began",
        "line 12, field name: 'Zorvania' stands already in line 2; keep one of the two rows",
        "line 13, field remove: 'maybe' is not allowed; allowed is empty, no, yes",
        "line 14: nothing that could be removed is written 'Zorvenia'; write it as the vocabulary does",
        "line 15: nothing that could be removed is written 'France' (there are FRA name",
        "line 16: 2 fields, where 8 belong",
        "line 18: it has 20,010 characters; allowed are 20,000",
    ]
    found = sorted(reasons(vocabulary), key=lambda reason: int(reason.split("line ")[1].split(":")[0].split(",")[0]))
    for reason, start in zip(found, expected, strict=True):
        assert start in reason
    assert vocabulary.project is not None
    assert vocabulary.project.files[0].skipped == len(expected)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("code,name,colour", "line 1: the columns are code,name,colour, where code,name and any of kind,start,end,sector"),
        ("name,kind", "the columns are name,kind, where code,name and any of"),
        ("code,name,name", "the columns are code,name,name, where"),
        ("code;name", "the columns are code;name, where"),
    ],
)
def test_a_table_with_other_columns_stops_the_run(tmp_path: Path, header: str, message: str) -> None:
    with pytest.raises(VerbaleError) as caught:
        vocabulary_of(tmp_path, actors=f"{header}\nFRA,Zorvania\n")
    assert message in str(caught.value)


def test_agents_are_added_changed_and_taken_out(tmp_path: Path) -> None:
    package = load_vocabulary().agents
    assert package.get("merchant") is not None
    rows = (
        "noun,sector,kind,acts_for_state,remove\nzorvat,MIL,,,\nmerchant,GOV,person,yes,\n"
        "pirate,,,,yes\nZorvat,GOV,,,\nzorv,,,,yes\n"
    )
    vocabulary = vocabulary_of(tmp_path, agents=rows)
    zorvat, merchant = vocabulary.agents.get("zorvats"), vocabulary.agents.get("merchants")
    assert zorvat is not None
    assert merchant is not None
    assert (zorvat.sector, zorvat.kind, zorvat.acts_for_state) == ("MIL", "person", True)
    assert (merchant.sector, merchant.acts_for_state) == ("GOV", True)
    assert package.get("pirate") is not None
    assert vocabulary.agents.get("pirate") is None
    assert vocabulary.agents.get("pirates") is None
    first, second = reasons(vocabulary)
    assert "agents.csv, line 5, field noun: 'Zorvat' is not allowed; allowed is small letters" in first
    assert "line 6: nothing that could be removed is written 'zorv'" in second


def test_a_row_that_was_skipped_stands_in_no_other_rows_way(tmp_path: Path) -> None:
    vocabulary = vocabulary_of(tmp_path, agents="noun,sector\nzorvat,XYZ\nzorvat,MIL\nzorvat,GOV\n")
    agent = vocabulary.agents.get("zorvat")
    assert agent is not None
    assert agent.sector == "MIL"
    first, second = reasons(vocabulary)
    assert "agents.csv, line 2, field sector: 'XYZ' is not allowed" in first
    assert "agents.csv, line 4, field noun: 'zorvat' stands already in line 3" in second


def test_places_are_added_moved_and_taken_out(tmp_path: Path) -> None:
    package = load_vocabulary().places
    assert (package.country("Sinai", year=1900), package.country("Marseille")) == ("EGY", "FRA")
    rows = (
        "name,country,start,end,remove\nZorvania,FRA,1900,1950,\nZorvania,DEU,1951,,\nSinai,ISR,1900,1900,\n"
        "Marseille,,,,yes\nCorsica,,,,yes\nZorvia,XXX,,,\nZorvolia,,,,yes\n"
    )
    vocabulary = vocabulary_of(tmp_path, places=rows)
    places = vocabulary.places
    assert [places.country("Zorvania", year=year) for year in (1899, 1920, 1951, None)] == [None, "FRA", "DEU", "DEU"]
    assert [places.country("Sinai", year=year) for year in (1899, 1900, 1901)] == ["EGY", "ISR", "EGY"]
    assert places.country("Marseille") is None
    assert places.country("Corsica") is None
    first, second = reasons(vocabulary)
    assert "places.csv, line 7, field country: 'XXX' is not allowed" in first
    assert "line 8: nothing that could be removed is written 'Zorvolia'" in second


def test_actions_go_before_rows_that_set_as_many_conditions_and_take_the_place_of_the_same_frame(tmp_path: Path) -> None:
    package = load_vocabulary().actions
    assert package.verb_lemma("zorvled") is None
    rows = (
        "kind,lemma,particle,object,preposition,type,source,target,remove\n"
        "verb,zorvle,,,,ASSAULT,subject,object,\n"
        "verb,recall,,@envoys|hostage,,THREATEN,subject,object.possessor,\n"
        "verb,accede,,,to,REJECT,subject,to,\n"
        "verb,adjust,,dispute|difference|quarrel|boundary|border|claim|disagreement|frontier,,AGREE,subject,with,yes\n"
        "noun,zorvling,,,,ASSAULT,possessor,of,\n"
    )
    vocabulary = vocabulary_of(tmp_path, actions=rows)
    assert reasons(vocabulary) == []
    actions = vocabulary.actions
    assert actions.verb_lemma("zorvled") == "zorvle"
    assert actions.is_trigger_word("zorvlings")
    assert [entry.type for entry in actions.verbs["zorvle"]] == ["ASSAULT"]
    with_object = [entry for entry in actions.verbs["recall"] if entry.accepts_object("ambassador") and entry.objects]
    assert (with_object[0].type, with_object[0].own) == ("THREATEN", True)
    acceded = [entry for entry in actions.verbs["accede"] if entry.entry_id == "verb:accede:::to"]
    assert [(entry.type, entry.own) for entry in acceded] == [("REJECT", True)]
    assert len(actions.verbs.get("adjust", ())) == len(package.verbs["adjust"]) - 1
    assert actions.verbs["withdraw"] == package.verbs["withdraw"]


def test_more_conditions_still_win_over_a_row_of_the_users(tmp_path: Path) -> None:
    rows = "kind,lemma,type,source,target\nverb,withdraw,ASSAULT,subject,from\n"
    entries = vocabulary_of(tmp_path, actions=rows).actions.verbs["withdraw"]
    own = next(at for at, entry in enumerate(entries) if entry.own)
    assert all(entry.specificity > 0 for entry in entries[:own])
    assert own > 0


def test_wrong_rows_of_actions_are_named(tmp_path: Path) -> None:
    rows = (
        "kind,lemma,object,type,source,target,mode,remove\n"
        "verb,zorvle,@zorv,ASSAULT,subject,object,,\n"
        "verb,zorvle,,ASSALT,subject,object,,\n"
        "verb,zorvle,,ASSAULT,subjct,object,,\n"
        "verb,zorvle out,,ASSAULT,subject,object,,\n"
        "verb,withdraw,@zorv,ASSAULT,subject,object,,yes\n"
    )
    found = reasons(vocabulary_of(tmp_path, actions=rows))
    expected = [
        "actions.csv, line 2, field object: '@zorv' is not allowed; allowed is a class of classes.csv",
        "line 3, field type: 'ASSALT' is not allowed; allowed is ACCUSE",
        "line 4, field source: 'subjct' is not allowed; allowed is one or more of",
        "line 5, field lemma: 'zorvle out' is not allowed; allowed is one word",
        "line 6: nothing that could be removed is written 'withdraw' (there are verb:withdraw::-,",
    ]
    for reason, start in zip(found, expected, strict=True):
        assert start in reason


FIELDS = st.one_of(
    st.sampled_from(
        [
            *("", "FRA", "DEU", "OTH", "ZLF", "France", "Zorvania", "Zorv|Zorva", "name", "leader", "1900", "1950", "REB"),
            *("verb", "noun", "zorvle", "@envoys", "-", "subject", "object>to", "ASSAULT", "sure", "merchant", "Sinai"),
            *("yes", "no", '"', "|"),
        ]
    ),
    st.text(max_size=8),
)
HEADERS = {
    "actors": ("code", "name", "kind", "start", "end", "sector", "entity", "aliases", "remove"),
    "agents": ("noun", "sector", "kind", "acts_for_state", "remove"),
    "places": ("name", "country", "start", "end", "kind", "remove"),
    "actions": ("kind", "lemma", "object", "preposition", "type", "source", "target", "strength", "remove"),
}


def reader_of(kind: str) -> OwnNames | OwnAgents | OwnPlaces | OwnActions:
    package = load_vocabulary()
    if kind == "actors":
        return OwnNames(package.states, package.actors.names[:500])
    if kind == "agents":
        return OwnAgents(package.agents.all)
    return OwnPlaces(package.states, package.places.all) if kind == "places" else OwnActions(package.actions)


@pytest.mark.parametrize("kind", HEADERS)
@given(data=st.data())
def test_every_row_counts_or_is_skipped_with_its_reason(kind: str, data: st.DataObject) -> None:
    columns = HEADERS[kind]
    rows = data.draw(st.lists(st.lists(FIELDS, min_size=len(columns) - 1, max_size=len(columns)), max_size=4))
    content = "\n".join([",".join(columns), *(",".join(row) for row in rows)]).encode("utf-8", "replace")
    reading = Reading(ProjectFile(kind, f"{kind}.csv", Path(f"{kind}.csv")))
    reader = reader_of(kind)
    reader.read(reading, content, 100)
    lines = [number for number, _ in table_lines(Reading(reading.file), content, 100)][1:]
    assert reading.skipped <= set(lines)
    assert reading.added + reading.removed >= len(lines) - len(reading.skipped)
    if isinstance(reader, OwnActions) and reader.added:
        package = load_vocabulary().actions
        index_actions(reader.added, classes=package.classes, codes=package.codes, complements={}, light={})
