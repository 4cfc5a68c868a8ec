"""The measures of `evaluate`: by hand on small cases, and number for number against the reference script."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from verbale.app.flows.evaluation import GoldEvent, LevelScore, read_gold, score
from verbale.app.flows.evaluation.matching import maximum_matching
from verbale.core import EVENT_TYPES, VerbaleError
from verbale.ledger import ScoreRecord

SHARED = Path(__file__).parents[3] / "shared" / "gold"


def gold(**changes: Any) -> GoldEvent:
    return replace(GoldEvent("d", 0, 10, ("RUS",), ("IRN",), False, "ASSAULT", "1941", False, "words"), **changes)


def coded(**changes: Any) -> ScoreRecord:
    return replace(ScoreRecord("d", 5, 15, ("RUS",), ("IRN",), False, "ASSAULT", "1941-08"), **changes)


def test_a_right_event_counts_at_every_level() -> None:
    found = score([gold()], {"d": [coded()]})
    assert all(row == LevelScore(1, 1, 1) for row in found.levels.values())
    assert (found.year, found.misses, found.spurious) == (1.0, (), ())


@pytest.mark.parametrize(
    ("change", "levels"),
    [
        ({"type": "COERCE"}, {"label": 0, "pair": 1, "quad": 1, "type": 0}),
        ({"type": "AID"}, {"label": 0, "pair": 1, "quad": 0, "type": 0}),
        ({"source": ("IRN",), "target": ("RUS",)}, {"label": 1, "pair": 0, "quad": 0, "type": 0}),
        ({"source": ("IRN", "RUS"), "target": (), "mutual": True}, {"label": 1, "pair": 1, "quad": 1, "type": 1}),
        ({"start": 10, "end": 12}, {"label": 0, "pair": 0, "quad": 0, "type": 0}),
    ],
)
def test_levels_ask_for_more_and_more(change: dict[str, Any], levels: dict[str, int]) -> None:
    found = score([gold()], {"d": [coded(**change)]})
    assert {level: row.matched for level, row in found.levels.items()} == levels


def test_misses_say_what_was_coded_there_instead() -> None:
    found = score([gold()], {"d": [coded(type="AID")]})
    assert [(miss.pair, miss.type, miss.instead) for miss in found.misses] == [
        (("RUS", "IRN"), "ASSAULT", ("RUS > IRN AID 1941-08",))
    ]
    assert [(extra.type, extra.instead) for extra in found.spurious] == [("AID", ("RUS > IRN ASSAULT 1941",))]


def test_optional_gold_is_not_asked_for_and_excuses() -> None:
    found = score([gold(), gold(start=20, end=30, optional=True)], {"d": [coded(), coded(start=20, end=30)]})
    assert found.levels["quad"] == LevelScore(gold=1, predicted=1, matched=1)


def test_acts_at_home_say_nothing_where_gold_has_none() -> None:
    at_home = coded(target=("RUS",))
    assert score([gold()], {"d": [at_home]}).levels["label"].predicted == 0
    assert score([gold(), gold(target=("RUS",))], {"d": [at_home]}).levels["quad"].matched == 1


def test_documents_without_targets_are_measured_by_label_alone() -> None:
    found = score([gold(target=())], {"d": [coded()]})
    assert found.levels["label"] == LevelScore(1, 1, 1)
    assert found.levels["pair"] == LevelScore()
    assert found.by_document == {"d": ("label", LevelScore(1, 1, 1))}


def test_by_type_adds_up_to_the_level() -> None:
    found = score([gold(), gold(start=40, end=50, type="AID")], {"d": [coded(), coded(start=40, end=45, type="SUPPORT")]})
    for level in ("label", "type"):
        total = sum((row[level] for row in found.by_type.values()), LevelScore())
        assert total == found.levels[level]


def test_matching_is_as_large_as_can_be() -> None:
    assert maximum_matching([[0, 1], [0]]) == {0: 1, 1: 0}
    assert maximum_matching([[0], [0], []]) == {0: 0}


def test_precision_recall_and_f1() -> None:
    row = LevelScore(gold=8, predicted=4, matched=2)
    assert (row.precision, row.recall) == (0.5, 0.25)
    assert row.f1 == pytest.approx(1 / 3)
    assert LevelScore().f1 == 0.0


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 1: it is not JSON"),
        ('{"doc": "d", "quote": "words", "source": ["A"], "target": []}', "line 1: type is missing"),
        ('{"doc": "d", "quote": "words", "type": "WAR", "source": ["A"], "target": []}', "type is 'WAR', not one of AGREE"),
        (
            '{"doc": "d", "quote": "other", "type": "AID", "source": ["A"], "target": []}',
            "the quote 'other' is not in the text of d",
        ),
    ],
)
def test_gold_that_is_no_gold_is_refused_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(VerbaleError, match=r"\[gold-malformed\]") as caught:
        read_gold(path, text_of=lambda name: f"some words of {name}")
    assert reason in str(caught.value)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the gold standards in ../shared/gold")
@pytest.mark.parametrize("name", ["narratives-dev", "gsr-dev"])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_numbers_are_those_of_the_reference_script(tmp_path: Path, name: str, seed: int) -> None:
    folder = SHARED / name
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "texts").glob("*.txt")}
    events = read_gold(folder / "gold.jsonl", text_of=texts.__getitem__)
    predicted = random_predictions(events, random.Random(seed))  # noqa: S311 - no secret
    path = tmp_path / "predicted.jsonl"
    lines = [json.dumps(record.line()) for records in predicted.values() for record in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, str(SHARED / "score.py"), str(folder / "gold.jsonl"), str(path)]
    reference = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    found = score(events, predicted)
    ours: dict[str, Any] = {
        level: {
            **{part: round(getattr(row, part), 3) for part in ("precision", "recall", "f1")},
            **{"gold": row.gold, "predicted": row.predicted, "matched": row.matched},
        }
        for level, row in found.levels.items()
    }
    assert ours | {"year": round(found.year, 3) if found.year is not None else None} == reference
    assert found.levels["label"].matched > 20


def random_predictions(events: list[GoldEvent], chance: random.Random) -> dict[str, list[ScoreRecord]]:
    """Return predictions that are partly right: gold events with some parts changed, repeated or left out, and pure noise."""
    codes = ["RUS", "IRN", "GBR", "USA", "EGY", "ISR", "UNO", "IGO"]
    predicted: dict[str, list[ScoreRecord]] = {}
    for event in events:
        for _ in range(chance.choice([0, 1, 1, 2])):
            record = ScoreRecord(event.doc, event.start, min(event.end, event.start + 600), event.source, event.target,
                                 event.mutual, event.type, event.date)  # fmt: skip
            for change in chance.sample(
                ["source", "target", "mutual", "type", "date", "span", "swap"], chance.choice([0, 0, 1, 2])
            ):
                record = changed(record, change, chance, codes)
            predicted.setdefault(event.doc, []).append(record)
    return predicted


def changed(record: ScoreRecord, part: str, chance: random.Random, codes: list[str]) -> ScoreRecord:
    if part in ("source", "target"):
        return replace(record, **{part: tuple(chance.sample(codes, chance.choice([1, 1, 2])))})  # type: ignore[arg-type]
    if part == "span":
        shift = chance.randint(-40, 40)
        return replace(record, start=max(0, record.start + shift), end=max(0, record.start + shift) + chance.randint(1, 100))
    if part == "swap":
        return replace(record, source=record.target or record.source, target=record.source)
    if part == "mutual":
        return replace(record, mutual=not record.mutual)
    if part == "type":
        return replace(record, type=chance.choice(EVENT_TYPES))
    return replace(record, date=chance.choice([None, "1956", "1946-05"]))
