"""The loader of the action tables: a slip in any row is refused with file, line, field and the allowed values."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from verbale.core import VerbaleError
from verbale.vocab.actions import load_actions
from verbale.vocab.inflection import DATA, noun_forms, phrase_head, spellings, verb_forms

HEADER = "kind,lemma,particle,object,preposition,complement,type,mode,source,target,mutual,strength,note\n"
GOOD = "verb,attack,,,,,ASSAULT,,subject,object>object.possessor,no,sure,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in DATA.glob("*.csv"):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path


def refused(folder: Path, file: str, text: str) -> str:
    (folder / file).write_text(text, encoding="utf-8")
    load_actions.cache_clear()
    with pytest.raises(VerbaleError) as caught:
        load_actions(folder)
    return str(caught.value)


def test_a_small_lexicon(folder: Path) -> None:
    (folder / "actions.csv").write_text("# a comment\n" + HEADER + GOOD, encoding="utf-8")
    actions = load_actions(folder)
    (entry,) = actions.verbs["attack"]
    assert entry.target == ("object", "object.possessor")
    assert entry.strength == 0.9
    assert actions.trigger_forms == {"attack", "attacks", "attacked", "attacking"}


@pytest.mark.parametrize(
    ("row", "field", "allowed"),
    [
        ("verb,attack,,,,,ASSULT,,subject,object,no,sure,", "type", "ASSAULT"),
        ("verb,attack,,,,,ASSAULT,phone,subject,object,no,sure,", "mode", "aerial"),
        ("verb,attack,,,,,ASSAULT,,actor,object,no,sure,", "source", "subject"),
        ("verb,attack,,,,,ASSAULT,,subject,,no,sure,", "target", "not empty"),
        ("verb,attack,,,,,ASSAULT,,subject,object,maybe,sure,", "mutual", "yes"),
        ("verb,attack,,,,,ASSAULT,,subject,object,no,certain,", "strength", "likely"),
        ("adverb,attack,,,,,ASSAULT,,subject,object,no,sure,", "kind", "verb"),
        ("verb,gun down,,,,,ASSAULT,,subject,object,no,sure,", "lemma", "particle has its own column"),
        ("verb,Attack,,,,,ASSAULT,,subject,object,no,sure,", "lemma", "lower case"),
        ("verb,attack,,@nobody,,,ASSAULT,,subject,object,no,sure,", "object", "@forces"),
        ("verb,attack,,,betwixt,,ASSAULT,,subject,object,no,sure,", "preposition", "against"),
        ("verb,attack,,,,clause,ASSAULT,,subject,object,no,sure,", "complement", "infinitive"),
        ("noun,attack,,army,,,ASSAULT,,possessor,on,no,sure,", "object", "nothing for a noun"),
    ],
)
def test_a_wrong_field_is_named(folder: Path, row: str, field: str, allowed: str) -> None:
    message = refused(folder, "actions.csv", HEADER + GOOD + row + "\n")
    assert "actions.csv, line 3" in message
    assert f"field {field}" in message
    assert allowed in message


def test_a_frame_stands_once(folder: Path) -> None:
    message = refused(folder, "actions.csv", HEADER + GOOD + GOOD)
    assert "actions.csv, line 3" in message
    assert "line 2" in message


def test_wrong_tables_are_refused(folder: Path) -> None:
    assert "classes.csv, line 2" in refused(folder, "classes.csv", "class,lemmas\nforces,@ships|troop\n")


def test_wrong_complement_effect(folder: Path) -> None:
    message = refused(folder, "complements.csv", "lemma,effect,note\nbegin,perform,\n")
    assert "complements.csv, line 2, field effect" in message
    assert "carry" in message


def test_a_missing_type(folder: Path) -> None:
    message = refused(folder, "types.csv", "type,cameo,ended,definition\nAGREE,030,REJECT,agree\n")
    assert "no row for CONSULT" in message


def test_a_missing_file(folder: Path) -> None:
    (folder / "light_verbs.csv").unlink()
    load_actions.cache_clear()
    with pytest.raises(VerbaleError, match=r"light_verbs\.csv"):
        load_actions(folder)


def test_spellings() -> None:
    assert set(spellings("recognise")) == {"recognise", "recognize"}
    assert set(spellings("demobilization")) == {"demobilization", "demobilisation"}
    assert spellings("seize") == ("seize",)
    assert spellings("promise") == ("promise",)
    assert "demarche" in spellings("démarche")
    assert "air defense system" in spellings("air defence system")


def test_inflection() -> None:
    assert set(verb_forms("raid")) == {"raid", "raids", "raided", "raiding"}
    assert {"bombed", "bombing"} <= set(verb_forms("bomb"))
    assert "raping" in verb_forms("rape")
    assert {"picnicked", "tied", "tying"} <= {*verb_forms("picnic"), *verb_forms("tie")}
    assert {"marshalled", "marshaled"} <= set(verb_forms("marshal"))
    assert "offerred" not in verb_forms("offer")
    assert {"submitting", "deterred", "quizzed"} - {"quizzed"} <= {*verb_forms("submit"), *verb_forms("deter")}
    assert {"army", "armies"} == set(noun_forms("army"))
    assert set(noun_forms("aircraft")) == {"aircraft"}


@pytest.mark.parametrize(
    ("phrase", "head"), [("note of protest", "note"), ("air strike", "strike"), ("coup d'état", "coup"), ("raid", "raid")]
)
def test_phrase_head(phrase: str, head: str) -> None:
    assert phrase_head(phrase) == head
