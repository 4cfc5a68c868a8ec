"""Two runs against each other: which runs are meant, what differs, and how it is told."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.ledger.ledger_samples import make_document, make_events, make_run

import verbale
from verbale.app.cli.main import call
from verbale.core import Actor, Document, Event, VerbaleError
from verbale.ledger import Counts, open_ledger

FIRST, SECOND, THIRD = (make_document(name) for name in ("first", "second", "third"))


def events(document: Document) -> list[Event]:
    return make_events(document)


def write(path: Path, run_id: str, options: str, coded: Sequence[tuple[Document, Sequence[Event]]]) -> None:
    with open_ledger(path) as ledger:
        for document, found in coded:
            ledger.append(document, found, run=make_run(run_id), counts=Counts(), options=options)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """One coding in two runs, because it was interrupted, and another that changes, loses and gains."""
    path = tmp_path / "L.duckdb"
    write(path, "a-1", "old", [(FIRST, events(FIRST))])
    write(path, "a-2", "old", [(SECOND, events(SECOND)), (THIRD, events(THIRD))])
    invaded, met = events(FIRST)
    second = events(SECOND)
    gained = replace(second[0], source=Actor("FRA"), target=Actor("RUS"), type="ACCUSE")
    new = [(FIRST, [replace(invaded, type="COERCE", confidence=0.5), met]), (SECOND, [second[0], gained])]
    write(path, "b-1", "new", new)
    return path


def test_what_was_gained_lost_and_changed_is_told_by_document_and_type(ledger: Path) -> None:
    found = verbale.diff("a-1", "b-1", ledger=ledger)
    assert (found.documents, found.left_only, found.right_only, found.same) == (2, 1, 0, 2)
    assert [(event.source.code, event.type) for event in found.gained] == [("FRA", "ACCUSE")]
    assert [event.type for event in found.lost] == ["CONSULT"]
    (one,) = found.changed
    assert (one.before.type, one.after.type, one.changed) == ("ASSAULT", "COERCE", ("type", "confidence"))
    assert found.by_type == {"ACCUSE": (1, 0, 0), "COERCE": (0, 0, 1), "CONSULT": (0, 1, 0)}
    assert found.by_document == {SECOND.document_id: (1, 1, 0), FIRST.document_id: (0, 0, 1)}
    assert found.names[FIRST.document_id] == "first"
    assert (found.left.runs, found.left.events, found.right.events) == (("a-1", "a-2"), 6, 4)


def test_a_run_differs_in_nothing_from_itself_and_from_one_with_its_settings(ledger: Path) -> None:
    for other in ("a-1", "a-2"):
        found = verbale.diff("a-1", other, ledger=ledger)
        assert (found.gained, found.lost, found.changed, found.same) == ((), (), (), 6)


def test_exchanging_the_runs_exchanges_what_is_gained_and_lost(ledger: Path) -> None:
    one, other = verbale.diff("a-1", "b-1", ledger=ledger), verbale.diff("b-1", "a-1", ledger=ledger)
    assert (one.gained, one.lost, one.same) == (other.lost, other.gained, other.same)
    assert [(pair.before, pair.after) for pair in one.changed] == [(pair.after, pair.before) for pair in other.changed]


def test_many_documents_are_compared_to_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verbale.app.flows.comparing.DOCUMENTS_AT_ONCE", 7)
    documents = [make_document(f"note-{number}") for number in range(50)]
    path = tmp_path / "L.duckdb"
    write(path, "a", "old", [(document, events(document)) for document in documents])
    write(path, "b", "new", [(document, events(document)[number % 2 :]) for number, document in enumerate(documents)])
    found = verbale.diff("a", "b", ledger=path)
    assert (found.documents, found.same, len(found.lost), len(found.gained)) == (50, 75, 25, 0)


def test_amendments_are_no_difference_between_coders(ledger: Path) -> None:
    before = verbale.diff("a-1", "b-1", ledger=ledger)
    verbale.withdraw(events(FIRST)[1].event_id, ledger=ledger, reason="r")
    assert verbale.diff("a-1", "b-1", ledger=ledger) == before


def test_latest_and_previous_are_the_last_two_settings(ledger: Path, tmp_path: Path) -> None:
    exported = tmp_path / "e.jsonl"
    verbale.export(ledger, output=exported)
    found = verbale.diff(ledger=ledger)
    assert (found.left.run.run_id, found.right.run.run_id) == ("a-2", "b-1")
    only = tmp_path / "M.duckdb"
    write(only, "a-1", "old", [(FIRST, events(FIRST))])
    with pytest.raises(
        VerbaleError, match=r"before a-1, .* holds no run of the same coder with other settings; code the documents again"
    ):
        verbale.diff(ledger=only)
    assert verbale.diff("latest", "latest", ledger=only).same == 2


def test_an_import_is_compared_when_it_is_named(ledger: Path, tmp_path: Path) -> None:
    rows = tmp_path / "e.jsonl"
    verbale.export(ledger, output=rows)
    other = tmp_path / "M.duckdb"
    verbale.import_events(rows, ledger=other)
    with open_ledger(other, read_only=True) as open_one:
        (run,) = open_one.info().runs
    found = verbale.diff("b", run.run_id, ledger=ledger, other_ledger=other)
    assert (found.same, found.gained, found.lost, found.changed) == (4, (), (), ())


def test_a_run_that_is_not_there_or_not_one_is_told(ledger: Path) -> None:
    with pytest.raises(VerbaleError, match=r"holds no run c that coded documents; give one of its runs, .*: a-1, a-2, b-1"):
        verbale.diff("c", "b-1", ledger=ledger)
    with pytest.raises(VerbaleError, match="several runs begin with a; write more of the id: a-1, a-2"):
        verbale.diff("a", "b-1", ledger=ledger)
    with pytest.raises(VerbaleError, match=r"holds no run  that coded"):
        verbale.diff("", "b-1", ledger=ledger)


def test_the_command_tells_it_with_quotes_and_writes_all_of_it(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "d.csv"
    assert call(["diff", "a-1", "b-1", "--ledger", str(ledger), "-o", str(table)]) == 0
    out = capsys.readouterr().out
    assert "a-1 and 1 run with the same settings" in out
    assert "2 documents coded by both; left out: 1 only by the first" in out
    assert "2 events the same, 1 gained, 1 lost, 1 changed" in out
    assert "  ACCUSE        1     0        0\n" in out
    assert "gained:\n  second: FRA -> RUS: ACCUSE" in out
    assert '    "Britain invaded Egypt in 1882"\n    type: ASSAULT -> COERCE\n    confidence: 0.875 -> 0.5\n' in out
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    assert [(row["what"], row["document"], row["type"], row["changed"]) for row in rows] == [
        ("gained", "second", "ACCUSE", ""),
        ("lost", "second", "CONSULT", ""),
        ("changed", "first", "COERCE", "type confidence"),
    ]
    assert call(["diff", "a-1", "b-1", "--ledger", str(ledger), "--json", "--examples", "0"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["same"], facts["changed"][0]["changed"]) == (2, ["type", "confidence"])
    assert facts["gained"][0]["source"] == "FRA"
    assert call(["diff", "a", "b", "--ledger", str(ledger)]) == 1
    assert "[run-ambiguous]" in capsys.readouterr().err
