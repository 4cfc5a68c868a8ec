"""The hand-coded texts of training/ are well formed: quotes stand in their texts, codes, types and dates are known."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from verbale.core import EVENT_TYPES
from verbale.vocab import ORGANISATION_CODES, load_vocabulary

HELDOUT = Path(__file__).parents[2] / "training" / "heldout"
FOLDERS = ("narratives", "sentences")
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# A full stop after two letters and before a capital ends a sentence (an initial, as in "J. Smith", does not).
SENTENCE_END = re.compile(r"[a-z0-9)]{2}[.!?] [A-Z]|\n")


def records(folder: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HELDOUT / folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def text(folder: str, doc: str) -> str:
    return (HELDOUT / folder / "texts" / f"{doc}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_text_has_events_and_each_event_a_text(folder: str) -> None:
    texts = {path.stem for path in (HELDOUT / folder / "texts").glob("*.txt")}
    assert texts == {record["doc"] for record in records(folder)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_quotes_stand_once_in_their_text_inside_one_sentence(folder: str) -> None:
    for record in records(folder):
        quote = record["quote"]
        assert text(folder, record["doc"]).count(quote) == 1, (record["doc"], quote)
        assert not SENTENCE_END.search(quote), (record["doc"], quote)


@pytest.mark.parametrize("folder", FOLDERS)
def test_codes_types_and_dates_are_known(folder: str) -> None:
    known = load_vocabulary().actors.states.codes | ORGANISATION_CODES
    for record in records(folder):
        source, target = set(record["source"]), set(record["target"])
        assert source, record
        assert target, record
        assert source | target <= known, record
        assert record["type"] in EVENT_TYPES, record
        assert all(value is None or DATE.fullmatch(value) for value in (record["date"], record["end"])), record
        assert isinstance(record["mutual"], bool), record
        assert record.get("optional", True) is True, record


def test_narratives_code_no_state_against_itself_and_no_event_twice() -> None:
    found = records("narratives")
    assert not [record for record in found if set(record["source"]) & set(record["target"])]
    keys = Counter(json.dumps(record, sort_keys=True) for record in found)
    assert not [key for key, times in keys.items() if times > 1]


def test_sentences_have_one_event_each_and_every_type() -> None:
    found = records("sentences")
    assert len({record["doc"] for record in found}) == len(found)
    assert all(record["quote"] == text("sentences", record["doc"]).strip() for record in found)
    assert min(Counter(record["type"] for record in found)[kind] for kind in EVENT_TYPES) >= 8


STORIES = HELDOUT.parent / "stories"


@pytest.mark.parametrize("folder", ["narratives", "sentences"])
def test_the_learning_texts_are_well_formed(folder: str) -> None:
    known = load_vocabulary().actors.states.codes | ORGANISATION_CODES | {"IGO", "NGO"}
    found = [json.loads(line) for line in (STORIES / folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (STORIES / folder / "texts").glob("*.txt")}
    for record in found:
        assert record["quote"] in texts[record["doc"]], record
        assert record["source"], record
        assert {*record["source"], *record["target"]} <= known, record
        assert record["type"] in EVENT_TYPES, record
        assert all(value is None or DATE.fullmatch(value) for value in (record["date"], record["end"])), record
        assert record["target"] or record["mutual"] or folder == "sentences", record


def test_no_text_is_both_learnt_from_and_measured_on() -> None:
    learnt = {path.read_text(encoding="utf-8") for path in STORIES.glob("*/texts/*.txt")}
    assert not learnt & {path.read_text(encoding="utf-8") for path in HELDOUT.glob("*/texts/*.txt")}
    shared = Path(__file__).parents[3] / "shared" / "gold"
    if not shared.is_dir():
        pytest.skip("../shared is not here: its hand-coded texts are not part of a clone")
    assert not learnt & {path.read_text(encoding="utf-8") for path in shared.glob("*/texts/*.txt")}


def test_sentences_without_an_event_are_listed_and_have_none() -> None:
    listed = (STORIES / "sentences" / "none.txt").read_text(encoding="utf-8").split()
    coded = {
        json.loads(line)["doc"] for line in (STORIES / "sentences" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    }
    assert not coded & set(listed)
    assert coded | set(listed) == {path.stem for path in (STORIES / "sentences" / "texts").glob("*.txt")}
