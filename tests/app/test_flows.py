"""The flows from documents to ledger, page and files, with the real rooms and the model of the package."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import verbale
from verbale.app.flows import pipeline
from verbale.app.flows.common import parse_dyad, parse_years
from verbale.coding import code_document
from verbale.core import Document, Event, Sentence, VerbaleError
from verbale.parse.parser import OWN_MODEL

pytestmark = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")

NOTES = {
    "crimea": "France and Britain attacked Russia in 1854. The winter was hard. Russia signed a treaty with France in 1856.",
    "suez": "Britain invaded Egypt on 31 October 1956. The United States criticised Britain on 2 November 1956.",
    "harvest": "The harvest was good. Prices fell in spring.",
}


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notes")
    for name, text in NOTES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ledger(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "L.duckdb"
    verbale.code(notes, ledger=path)
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    with verbale.open_ledger(path, read_only=True) as ledger:
        found: list[dict[str, Any]] = ledger.events().drop("run_id").order_by("event_id").to_pyarrow().to_pylist()
    return found


def test_every_event_quotes_its_document(ledger: Path) -> None:
    with verbale.open_ledger(ledger, read_only=True) as open_one:
        for row in open_one.events().to_pyarrow().to_pylist():
            assert open_one.text(row["document_id"])[row["start"] : row["end"]] == row["quote"]
    acts = {(row["source"], row["target"], row["type"], str(row["date_start"])) for row in rows(ledger)}
    assert ("GBR", "EGY", "ASSAULT", "1956-10-31") in acts


def test_a_second_run_does_nothing_and_says_so(notes: Path, ledger: Path) -> None:
    before = rows(ledger)
    report = verbale.code([notes / "suez.txt", notes / "harvest.txt"], ledger=ledger)
    assert (report.documents, report.skipped, report.events) == (0, 2, 0)
    assert rows(ledger) == before
    assert len(verbale.info(ledger).runs) == 1


def test_what_cannot_be_read_or_coded_is_a_rejection_and_costs_no_other(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_on_suez(document: Document, sentences: Sequence[Sentence], vocabulary: Any) -> list[Event]:
        if document.name == "suez":
            raise ZeroDivisionError("a made-up fault")
        return code_document(document, sentences, vocabulary)

    monkeypatch.setattr(pipeline, "code_document", fails_on_suez)
    report = verbale.code([notes, notes / "missing.txt"], ledger=tmp_path / "L.duckdb")
    assert report.documents == 2
    assert sorted(rejection.code for rejection in report.rejections) == ["coding-failed", "file-missing"]
    failed = next(rejection for rejection in report.rejections if rejection.code == "coding-failed")
    assert "suez could not be coded: ZeroDivisionError: a made-up fault (test_flows.py, line" in failed.reason
    monkeypatch.undo()
    again = verbale.code(notes, ledger=tmp_path / "L.duckdb")
    assert (again.documents, again.skipped, again.rejections) == (1, 2, ())


def test_processes_find_the_same_events(notes: Path, ledger: Path, tmp_path: Path) -> None:
    seen: list[verbale.Progress] = []
    report = verbale.code(notes, ledger=tmp_path / "L.duckdb", workers=2, progress=seen.append)
    assert (report.documents, len(report.rejections)) == (3, 0)
    assert rows(tmp_path / "L.duckdb") == rows(ledger)
    assert [progress.name for progress in seen] == sorted(NOTES)
    assert seen[-1].events == report.events


def test_the_same_document_twice_is_coded_once(notes: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "suez.txt").write_text(NOTES["suez"], encoding="utf-8")
    report = verbale.code([notes / "suez.txt", tmp_path / "again"], ledger=tmp_path / "L.duckdb")
    assert (report.documents, report.skipped) == (1, 1)
    assert verbale.info(tmp_path / "L.duckdb").documents == 1


def test_a_minimum_confidence_is_part_of_what_was_done(notes: Path, tmp_path: Path) -> None:
    path = tmp_path / "L.duckdb"
    everything = verbale.code(notes / "suez.txt", ledger=path)
    sure = verbale.code(notes / "suez.txt", ledger=path, min_confidence=1.0)
    assert (everything.documents, sure.documents) == (1, 1)
    assert sure.events < everything.events
    with pytest.raises(VerbaleError, match="the minimum confidence is 7; give a number from 0"):
        verbale.code(notes, ledger=path, min_confidence=7)
    with pytest.raises(VerbaleError, match="0 workers were asked for"):
        verbale.code(notes, ledger=path, workers=0)


@pytest.mark.parametrize("layout", ["jsonl", "csv", "parquet", "plover", "cameo", "score"])
def test_export_and_import_change_nothing(ledger: Path, tmp_path: Path, layout: str) -> None:
    file = tmp_path / "events"
    written = verbale.export(ledger, output=file, layout=layout)
    with verbale.open_ledger(ledger, read_only=True) as open_one:
        actual = open_one.events().filter(lambda table: table.status == "actual").count().to_pyarrow().as_py()
        everything = open_one.info().events
    assert 0 < written.rows <= everything
    target = tmp_path / "copy.duckdb"
    report = verbale.import_events(file, ledger=target, layout=layout)
    assert report.malformed == 0
    assert report.added == (actual if layout in ("cameo", "score") else everything)
    again = verbale.import_events(file, ledger=target, layout=layout)
    assert (again.added, again.known) == (0, report.added)
    if layout in ("jsonl", "csv", "parquet", "plover"):
        assert rows(target) == rows(ledger)


def test_score_layout_names_documents_by_their_files_stem(ledger: Path, tmp_path: Path) -> None:
    verbale.export(ledger, output=tmp_path / "s.jsonl", layout="score", dyad="GBR-EGY", years="1956")
    (line,) = [json.loads(line) for line in (tmp_path / "s.jsonl").read_text().splitlines()]
    assert (line["doc"], line["source"], line["target"]) == ("suez", ["GBR"], ["EGY"])
    assert NOTES["suez"][line["start"] : line["end"]] == line["quote"]


def test_an_import_holds_the_quote_against_the_text(ledger: Path, tmp_path: Path, notes: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    verbale.code(notes, ledger=copy)
    verbale.export(copy, output=tmp_path / "e.jsonl")
    good, *_ = (tmp_path / "e.jsonl").read_text().splitlines()
    record = json.loads(good)
    moved = record | {"start": record["start"] + 1, "end": record["end"] + 1, "type": "AID"}
    behind = record | {"end": 10**6}
    (tmp_path / "bad.jsonl").write_text("\n".join(map(json.dumps, [moved, behind, record | {"type": "AID"}])))
    report = verbale.import_events(tmp_path / "bad.jsonl", ledger=copy)
    assert (report.added, report.malformed) == (1, 2)
    assert "are not the quote" in report.rejections[0].reason
    assert "lies behind the end of document" in report.rejections[1].reason
    assert report.rejections[0].path == f"{tmp_path / 'bad.jsonl'} row 1"
    with verbale.open_ledger(copy, read_only=True) as open_one:
        assert open_one.rejections().count().to_pyarrow().as_py() == 2


def test_unknown_layouts_and_endings_say_what_there_is(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(VerbaleError, match="no layout is called xml; choose one of jsonl, csv, parquet, plover, cameo, score"):
        verbale.export(ledger, output=tmp_path / "x", layout="xml")
    (tmp_path / "x.dat").write_text("")
    with pytest.raises(VerbaleError, match=r"the ending of .*x\.dat does not tell its layout"):
        verbale.import_events(tmp_path / "x.dat", ledger=tmp_path / "L.duckdb")
    with pytest.raises(VerbaleError, match="there is no file or folder at"):
        verbale.import_events(tmp_path / "none.jsonl", ledger=tmp_path / "L.duckdb")
    with pytest.raises(VerbaleError, match="cannot be written: it is a folder"):
        verbale.export(ledger, output=tmp_path)
    assert not list(tmp_path.glob(".*"))


def test_show_gives_the_paragraph(ledger: Path) -> None:
    row = next(row for row in rows(ledger) if row["target"] == "EGY")
    shown = verbale.show(row["event_id"], ledger=ledger)
    assert shown.document is not None
    assert shown.before + shown.quote + shown.after == NOTES["suez"]
    assert shown.quote == row["quote"]


def test_show_without_the_document_still_shows_the_quote(ledger: Path, tmp_path: Path) -> None:
    verbale.export(ledger, output=tmp_path / "e.csv", layout="csv")
    verbale.import_events(tmp_path / "e.csv", ledger=tmp_path / "events-only.duckdb")
    row = rows(ledger)[0]
    shown = verbale.show(row["event_id"], ledger=tmp_path / "events-only.duckdb")
    assert (shown.document, shown.quote) == (None, row["quote"])


def test_a_dossier_of_documents_needs_no_ledger(notes: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    report = verbale.dossier([notes / "suez.txt", notes / "none.txt"], output=page, made="2026-01-02")
    html = page.read_text(encoding="utf-8")
    assert (report.documents, report.size) == (1, len(page.read_bytes()))
    assert "Britain invaded Egypt on 31 October 1956" in html
    assert "2026-01-02" in html
    assert report.coding is not None
    assert report.coding.ledger is None
    assert len(report.coding.rejections) == 1
    assert verbale.dossier([notes / "suez.txt"], output=page, made="2026-01-02").events == report.events


def test_a_dossier_of_a_ledger_shows_a_pair_in_a_period(ledger: Path, tmp_path: Path) -> None:
    report = verbale.dossier(output=tmp_path / "page.html", ledger=ledger, dyad="gbr-egy", years=(1950, 1960))
    assert (report.documents, report.dyad) == (1, ("GBR", "EGY"))
    assert report.events >= 1
    assert report.coding is None
    everything = verbale.dossier(output=tmp_path / "all.html", ledger=ledger)
    assert everything.documents == len(NOTES)


def test_a_dossier_of_given_documents_leaves_out_others_in_the_ledger(notes: Path, tmp_path: Path) -> None:
    path = tmp_path / "L.duckdb"
    verbale.code(notes, ledger=path)
    report = verbale.dossier(notes / "suez.txt", output=tmp_path / "page.html", ledger=path)
    assert report.documents == 1
    assert report.coding is not None
    assert report.coding.skipped == 1
    assert "crimea" not in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_dossier_of_nothing_says_what_to_give(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(VerbaleError, match="there are no documents and no ledger to make a dossier from"):
        verbale.dossier()
    with pytest.raises(VerbaleError, match="holds no document to show here; widen the pair"):
        verbale.dossier(ledger=ledger, dyad="TON-FJI", output=tmp_path / "page.html")
    assert not (tmp_path / "page.html").exists()


def test_evaluate_codes_the_texts_and_measures(notes: Path, tmp_path: Path) -> None:
    quote = "Britain invaded Egypt on 31 October 1956"
    record = {"doc": "suez", "quote": quote, "source": ["GBR"], "target": ["EGY"], "mutual": False, "type": "ASSAULT",
              "date": "1956-10-31", "end": None}  # fmt: skip
    absent = record | {"source": ["USA"], "target": ["GBR"], "type": "AID", "quote": "The United States criticised Britain"}
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, [record, absent])))
    found = verbale.evaluate(path, texts=notes)
    assert found.levels["type"].gold == 2
    assert found.levels["type"].matched == 1
    assert found.year == 1.0
    assert [miss.type for miss in found.misses] == ["AID"]


def test_evaluate_says_which_text_is_missing(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"doc": "../secret", "quote": "a", "type": "AID", "source": [], "target": []}')
    with pytest.raises(VerbaleError, match="there is no file or folder at"):
        verbale.evaluate(tmp_path)


@pytest.mark.parametrize("dyad", ["RUS", "RUS-RUS", "RUS-IRN-USA", "-", "R!S-IRN"])
def test_a_malformed_pair_is_told_the_form(dyad: str) -> None:
    with pytest.raises(VerbaleError, match="give two different actor codes, for example RUS-IRN"):
        parse_dyad(dyad)


def test_pairs_and_years_as_people_write_them() -> None:
    assert parse_dyad("rus - irn") == ("RUS", "IRN")
    assert parse_years("1946") == (1946, 1946)
    assert parse_years("1941-1946") == (1941, 1946)
    for wrong in ("46 to 47", "1946-1941", "-1946", "19466"):
        with pytest.raises(VerbaleError, match="is not a period; give a year or first and last year"):
            parse_years(wrong)


def test_the_library_offers_flows_and_core_types_and_nothing_else() -> None:
    assert dir(verbale) == sorted(verbale.__all__)
    for name in verbale.__all__:
        assert getattr(verbale, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'cod'"):
        verbale.cod  # noqa: B018 - the attribute is what is tested
