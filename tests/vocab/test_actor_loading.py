"""A slip in a vocabulary file is named by file, line and field, with what is allowed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from verbale.core import VerbaleError
from verbale.vocab import DATA, load_vocabulary
from verbale.vocab.actors import load_actors, load_leaders
from verbale.vocab.agents import load_agents
from verbale.vocab.places import load_places
from verbale.vocab.states import load_states

STATES = "# Source: a test\ncode,entity,start,end,names\nFRA,France,,,France\nDDR,East Germany,1949,1990,East Germany\n"


def folder_with(tmp_path: Path, **files: str) -> Path:
    """Write a small vocabulary: the given files, and short sound ones for the others."""
    sound = {
        "states": STATES,
        "names": "code,name,kind,start,end,sector,entity\nFRA,French,adjective,,,,\n",
        "organisations": "code,name,abbreviations,start,end,kind\nUNO,United Nations,UN|U.N.,1945,,IGO\n",
        "leaders": "name,code,office,start,end,entity,aliases\nCharles de Gaulle,FRA,president,1959,1969,,de Gaulle\n",
        "guards": "text,kind\nIndian Ocean,phrase\n",
        "agents": "noun,sector,kind,acts_for_state\nfleet,MIL,group,yes\n",
        "places": "name,country,start,end,kind\nCorsica,FRA,,,island\n",
        "city_stop": "word\nnice\n",
    }
    for name, content in (sound | files).items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    return tmp_path


def load(folder: Path) -> None:
    """Load all actor files of a folder."""
    states = load_states(folder / "states.csv")
    load_actors(folder, states)
    load_agents(folder / "agents.csv")
    load_places(folder, states, ())


def test_a_small_vocabulary_loads(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    load(folder)
    actors = load_actors(folder, load_states(folder / "states.csv"))
    assert [mention.text for mention in actors.find("The U.N. met de Gaulle and the French.")] == [
        "U.N.",
        "de Gaulle",
        "French",
    ]


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (
            "states",
            "code,entity,begin,end,names\n",
            "states.csv, line 1: the columns are code,entity,begin,end,names, where code,",
        ),
        ("states", STATES + "ESP,Spain,,\n", "states.csv, line 5: 4 fields, where 5 belong"),
        (
            "states",
            STATES + "Spain,Spain,,,Spain\n",
            "states.csv, line 5, field code: 'Spain' is not allowed; allowed is three capital",
        ),
        ("states", STATES + "UNO,Spain,,,Spain\n", "field code: 'UNO' is not allowed"),
        (
            "states",
            STATES + "ESP,Spain,18xx,,Spain\n",
            "line 5, field start: '18xx' is not allowed; allowed is a year from 1000 to",
        ),
        (
            "states",
            STATES + "ESP,Spain,1900,1800,Spain\n",
            "field end: '1800' is not allowed; allowed is a year not before the start, 1900",
        ),
        ("states", STATES + "ESP,Spain,,,\n", "field names: '' is not allowed; allowed is at least one name, separated by |"),
        (
            "states",
            STATES + "ESP,Spain,,,Spain||Iberia\n",
            "field names: 'Spain||Iberia' is not allowed; allowed is a list separated by |",
        ),
        (
            "states",
            STATES + "FRA,France,,,France\n",
            "states.csv, line 5, field entity: 'France' stands already in line 3; keep one",
        ),
        ("states", "# nothing\n", "the vocabulary file states.csv cannot be used: it holds no header line"),
        (
            "names",
            "code,name,kind,start,end,sector,entity\nXXX,Xish,adjective,,,,\n",
            "names.csv, line 2, field code: 'XXX' is not",
        ),
        (
            "names",
            "code,name,kind,start,end,sector,entity\nFRA,Frank,nickname,,,,\n",
            "field kind: 'nickname' is not allowed; allowed is abb",
        ),
        (
            "names",
            "code,name,kind,start,end,sector,entity\nFRA,Frank,name,,,ARMY,\n",
            "field sector: 'ARMY' is not allowed; allowed is empty, B",
        ),
        (
            "names",
            "code,name,kind,start,end,sector,entity\nFRA,frank,name,,,,\n",
            "field name: 'frank' is not allowed; allowed is names with",
        ),
        (
            "organisations",
            "code,name,abbreviations,start,end,kind\nABC,Alphabet,,,,IGO\n",
            "organisations.csv, line 2, field code: 'ABC'",
        ),
        (
            "leaders",
            "name,code,office,start,end,entity,aliases\nX Y,FRA,king,,1848,,\n",
            "leaders.csv, line 2, field start: '' is not allowed",
        ),
        (
            "guards",
            "text,kind\nIndian Ocean,word\n",
            "guards.csv, line 2, field kind: 'word' is not allowed; allowed is after, before, phrase",
        ),
        (
            "agents",
            "noun,sector,kind,acts_for_state\nFleet,MIL,group,yes\n",
            "agents.csv, line 2, field noun: 'Fleet' is not allowed",
        ),
        (
            "agents",
            "noun,sector,kind,acts_for_state\nfleet,MIL,group,maybe\n",
            "field acts_for_state: 'maybe' is not allowed; allowed is no, yes",
        ),
        (
            "places",
            "name,country,start,end,kind\nCorsica,QQQ,,,island\n",
            "places.csv, line 2, field country: 'QQQ' is not allowed",
        ),
        (
            "places",
            "name,country,start,end,kind\nCorsica,FRA,,,isle\n",
            "field kind: 'isle' is not allowed; allowed is base, canal, city",
        ),
    ],
)
def test_a_wrong_row_is_named_by_file_line_and_field(tmp_path: Path, file: str, content: str, message: str) -> None:
    with pytest.raises(VerbaleError) as caught:
        load(folder_with(tmp_path, **{file: content}))
    assert message in str(caught.value)


def test_a_missing_file_and_another_encoding_are_named(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "agents.csv").unlink()
    with pytest.raises(VerbaleError, match=r"the vocabulary file agents\.csv cannot be used: No such file"):
        load(folder)
    (folder / "agents.csv").write_bytes(b"noun,sector,kind,acts_for_state\nattach\xe9,GOV,person,yes\n")
    with pytest.raises(VerbaleError, match=r"agents\.csv cannot be used: it is not UTF-8 at byte 38"):
        load(folder)


def test_a_leader_has_one_name_per_alias_and_office(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    names = load_leaders(folder / "leaders.csv", load_states(folder / "states.csv"))
    assert [(name.name, name.kind, name.sector, name.start, name.end) for name in names] == [
        ("Charles de Gaulle", "leader", "GOV", 1959, 1969),
        ("de Gaulle", "leader", "GOV", 1959, 1969),
    ]


def test_the_vocabulary_is_loaded_once_and_its_digest_follows_the_files(tmp_path: Path) -> None:
    assert load_vocabulary() is load_vocabulary()
    same, other = tmp_path / "same", tmp_path / "other"
    shutil.copytree(DATA, same)
    shutil.copytree(DATA, other)
    with (other / "agents.csv").open("a", encoding="utf-8") as file:
        file.write("lighthouse keeper,CVL,person,no\n")
    assert load_vocabulary(folder=same).digest == load_vocabulary().digest
    assert load_vocabulary(folder=other).digest != load_vocabulary().digest
