"""What a ledger keeps, what adding again changes (nothing), versions side by side, and what its errors say."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from tests.ledger.ledger_samples import TEXT, ids, make_document, make_events, make_run

from verbale.core import Document, Rejection, VerbaleError
from verbale.core.schema import EVENT_SCHEMA, row_to_event
from verbale.engine import open_store
from verbale.ledger import Counts, Ledger, open_ledger
from verbale.ledger.views import version_key

COUNTS = Counts(sentences=3, screened=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.duckdb"


def add(ledger: Ledger, document: Document, version: str = "1.0", run_id: str = "run-1", options: str = "o") -> None:
    ledger.append(document, make_events(document, version), run=make_run(run_id, version), counts=COUNTS, options=options)


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with open_store(path, read_only=True) as store:
        return {name: sorted(store.query(f'FROM "{name}"'), key=repr) for name in store.tables()}


def test_everything_comes_back_as_it_went_in(path: Path) -> None:
    document = make_document()
    with open_ledger(path) as ledger:
        add(ledger, document)
        ledger.reject(Rejection("broken.pdf", "file-empty", "broken.pdf holds no text"), run=make_run())
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.document(document.document_id) == document
        assert ledger.text(document.document_id) == TEXT
        rows = ledger.events().order_by("start").to_pyarrow().to_pylist()
        assert [row_to_event(row) for row in rows] == make_events(document)
        for event in make_events(document):
            assert ledger.event(event.event_id) == event
        assert ledger.passages().to_pandas()["kind"].tolist() == ["heading", "paragraph", "paragraph"]
        assert ledger.rejections().to_pyarrow().to_pylist() == [
            {"run_id": "run-1", "path": "broken.pdf", "code": "file-empty", "reason": "broken.pdf holds no text"}
        ]
        assert ledger.runs().to_pyarrow().to_pylist()[0]["started"] == datetime.datetime(2026, 1, 2, 3, 4, 5)
        (coding,) = ledger.codings().to_pyarrow().to_pylist()
        assert (coding["n_sentences"], coding["n_screened"], coding["n_events"]) == (3, 1, 2)


def test_events_go_to_pandas_and_polars_with_the_columns_of_the_record(path: Path) -> None:
    with open_ledger(path) as ledger:
        add(ledger, make_document())
        assert list(ledger.events().to_pandas().columns) == [*EVENT_SCHEMA.names, "run_id"]
        assert ledger.events().to_polars()["source"].to_list() == ["GBR", "EGY"]


def test_adding_the_same_document_again_changes_nothing(path: Path) -> None:
    with open_ledger(path) as ledger:
        for name in ("a", "b"):
            add(ledger, make_document(name))
        ledger.reject(Rejection("x", "file-empty", "why"), run=make_run())
    before = contents(path)
    with open_ledger(path) as ledger:
        assert ledger.has(make_document("a").document_id, "verbale", "1.0", "o")
        for name in ("a", "b", "a"):
            add(ledger, make_document(name), run_id="run-2")
        ledger.reject(Rejection("x", "file-empty", "why"), run=make_run("run-2"))
    assert contents(path) == before


def test_has_tells_coder_version_and_options_apart_and_sees_what_is_not_committed_yet(path: Path) -> None:
    document = make_document()
    with open_ledger(path) as ledger:
        assert not ledger.has(document.document_id, "verbale", "1.0", "o")
        add(ledger, document)
        assert ledger.has(document.document_id, "verbale", "1.0", "o")
        ledger.flush()
        assert ledger.has(document.document_id, "verbale", "1.0", "o")
        assert not ledger.has(document.document_id, "verbale", "1.1", "o")
        assert not ledger.has(document.document_id, "other", "1.0", "o")
        assert not ledger.has(document.document_id, "verbale", "1.0", "p")


def test_two_versions_stand_side_by_side_and_the_newest_of_each_document_is_read(path: Path) -> None:
    first, second = make_document("first"), make_document("second")
    with open_ledger(path) as ledger:
        add(ledger, first, "0.10.0", "new")
        add(ledger, first, "0.9.0", "old")  # coded later, but an older version
        add(ledger, second, "0.9.0", "old")
        newest = {(row["document_id"], row["coder_version"]) for row in ledger.events().to_pyarrow().to_pylist()}
        assert newest == {(first.document_id, "0.10.0"), (second.document_id, "0.9.0")}
        assert ledger.events(coder_version="0.9.0").count().to_pyarrow().as_py() == 4
        assert ledger.events(all_versions=True).count().to_pyarrow().as_py() == 6
        assert ledger.event(make_events(first)[0].event_id).coder_version == "0.10.0"
        info = ledger.info()
        assert (info.documents, info.events, info.all_events) == (2, 4, 6)
        assert info.coders == {"verbale 0.9.0": 4, "verbale 0.10.0": 2}


def test_with_the_same_version_the_last_coding_counts(path: Path) -> None:
    document = make_document()
    with open_ledger(path) as ledger:
        add(ledger, document, run_id="one", options="model-a")
        ledger.flush()
        add(ledger, document, run_id="two", options="model-b")
        assert set(ledger.events().to_pandas()["run_id"]) == {"two"}
        assert ledger.events(all_versions=True).count().to_pyarrow().as_py() == 4


def test_events_with_one_id_are_kept_once_the_surest(path: Path) -> None:
    document = make_document()
    event = make_events(document)[0]
    with open_ledger(path) as ledger:
        ledger.append(document, [replace(event, confidence=0.1), event, replace(event, mode="x", confidence=0.2)],
                      run=make_run(), counts=COUNTS)  # fmt: skip
        assert ledger.events().to_pyarrow().to_pylist()[0]["confidence"] == event.confidence
        assert ledger.info().events == 1


def test_a_document_that_no_file_can_hold_spoils_no_other(path: Path) -> None:
    with open_ledger(path) as ledger:
        add(ledger, make_document("good"))
        with pytest.raises(UnicodeEncodeError):
            ledger.append(make_document("bad", "lone \ud800 surrogate"), [], run=make_run(), counts=COUNTS)
        ledger.reject(Rejection("b\udcffd.txt", "file-empty", "why"), run=make_run())
        add(ledger, make_document("nul", "a\x00b"))
        assert sorted(ledger.documents().to_pandas()["name"]) == ["good", "nul"]
        assert ledger.text(make_document("nul", "a\x00b").document_id) == "a\x00b"
        assert ledger.rejections().to_pandas()["path"].tolist() == ["b\\udcffd.txt"]


def test_info_counts_what_is_there(path: Path) -> None:
    with open_ledger(path) as ledger:
        add(ledger, make_document())
        info = ledger.info()
    assert (info.documents, info.passages, info.characters, info.events, info.rejections) == (1, 3, len(TEXT), 2, 0)
    assert info.types == {"ASSAULT": 1, "CONSULT": 1}
    assert info.statuses == {"actual": 2}
    assert info.dyads == {"EGY-GBR": 1, "EGY-SDN": 1}
    assert (info.first_date, info.last_date) == ("1882-01-01", "1953-05-04")
    assert info.runs[0].run_id == "run-1"


def test_imported_events_stand_beside_a_coding_of_the_same_version_and_are_added_once(path: Path) -> None:
    document = make_document()
    coded, imported = make_events(document)
    extra = replace(imported, type="SUPPORT")
    with open_ledger(path) as ledger:
        ledger.append(document, [coded, imported], run=make_run(), counts=COUNTS, options="o")
        assert ledger.import_events([coded, imported], run=make_run("in-1")) == 0
        assert ledger.import_events([imported, extra, extra], run=make_run("in-1")) == 1
        assert ledger.import_events([extra], run=make_run("in-2")) == 0
        another = replace(extra, type="AID")
        assert ledger.import_events([another], run=make_run("in-3")) == 1
        found = [row["event_id"] for row in ledger.events().to_pyarrow().to_pylist()]
        assert sorted(found) == ids([coded, imported, extra, another])


def test_unknown_documents_and_events_are_named(path: Path) -> None:
    with open_ledger(path) as ledger:
        with pytest.raises(VerbaleError, match="holds no document 00ff; list the documents"):
            ledger.text("00ff")
        with pytest.raises(VerbaleError, match="holds no document 00ff"):
            ledger.document("00ff")
        with pytest.raises(VerbaleError, match="holds no event 00ff; list the events"):
            ledger.event("00ff")


def test_a_ledger_opened_for_reading_or_closed_says_so(path: Path) -> None:
    open_ledger(path).close()
    with open_ledger(path, read_only=True) as ledger:
        with pytest.raises(VerbaleError, match="was opened for reading only; open it without read_only"):
            add(ledger, make_document())
        assert ledger.info().events == 0
    with pytest.raises(VerbaleError, match="has been closed; open it again"):
        ledger.events()


def test_a_second_writer_is_told_to_wait(path: Path) -> None:
    with open_ledger(path) as ledger:
        add(ledger, make_document())
        with pytest.raises(
            VerbaleError, match=r"is being used by this process; wait until it has finished.*\[database-locked\]"
        ):
            open_ledger(path)
    with open_ledger(path) as ledger:
        assert ledger.info().documents == 1


def test_a_newer_ledger_is_refused_with_both_versions(path: Path) -> None:
    open_ledger(path).close()
    with open_store(path) as store:
        store.query("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    with pytest.raises(VerbaleError, match=r"has ledger version 99; this program reads versions up to 1; update Verbale"):
        open_ledger(path)
    open_store(path).close()  # the refusal let go of the file


@pytest.mark.parametrize("statement", ["CREATE TABLE other (x INTEGER)", "CREATE TABLE meta (key VARCHAR, value VARCHAR)"])
def test_a_duckdb_file_that_is_no_ledger_is_refused_and_left_alone(path: Path, statement: str) -> None:
    with open_store(path) as store:
        store.query(statement)
        tables = store.tables()
    with pytest.raises(VerbaleError, match="is a DuckDB file but not a ledger"):
        open_ledger(path)
    with open_store(path) as store:
        assert store.tables() == tables


def test_a_new_ledger_leaves_no_draft_behind(path: Path) -> None:
    open_ledger(path).close()
    assert [file.name for file in path.parent.iterdir()] == ["ledger.duckdb"]


def test_versions_sort_as_people_count_them() -> None:
    versions = ["1.0", "0.9", "0.10", "1.0rc1", "", "1.0.1"]
    assert sorted(versions, key=version_key) == ["", "0.9", "0.10", "1.0rc1", "1.0", "1.0.1"]
    assert version_key("1.0") == version_key("1.0.0")


def test_what_was_dropped_is_kept_once_and_counted(tmp_path: Path) -> None:
    path, document = tmp_path / "L.duckdb", make_document()
    counts = Counts(3, 1, {"quote-not-found": 2, "duplicate": 1, "nothing": 0})
    for _ in range(2):
        with open_ledger(path) as ledger:
            ledger.append(document, make_events(document), run=make_run(), counts=counts, options="o")
    with open_ledger(path, read_only=True) as ledger:
        rows = ledger.dropped().order_by("reason").to_pyarrow().to_pylist()
        assert [(row["reason"], row["n"], row["document_id"]) for row in rows] == [
            ("duplicate", 1, document.document_id),
            ("quote-not-found", 2, document.document_id),
        ]
        assert ledger.info().dropped == {"verbale 1.0: duplicate": 1, "verbale 1.0: quote-not-found": 2}


def test_a_ledger_of_an_earlier_program_is_read_as_it_is_and_completed_when_it_is_written(tmp_path: Path) -> None:
    path, document = tmp_path / "L.duckdb", make_document()
    with open_ledger(path) as ledger:
        ledger.append(document, make_events(document), run=make_run(), counts=Counts(3, 1), options="o")
        ledger.flush()
        for name in ("amendments", "dropped"):
            ledger.store.query(f"DROP TABLE {name}")
    with open_ledger(path, read_only=True) as ledger:
        assert (ledger.info().dropped, ledger.info().amendments, ledger.info().events) == ({}, {}, 2)
        assert ledger.dropped().to_pyarrow().to_pylist() == []
    with open_ledger(path) as ledger:
        assert ledger.info().events == 2
        assert {"amendments", "dropped"} <= set(ledger.store.tables())


def test_of_two_hashes_behind_one_version_the_last_made_counts(tmp_path: Path) -> None:
    document = make_document()
    for first, second in (("1+ffff", "1+0000"), ("2+0000", "2+ffff")):
        path = tmp_path / f"{first}.duckdb"
        for number, version in enumerate((first, second)):
            with open_ledger(path) as ledger:
                run = make_run(f"run-{number}", version)
                ledger.append(document, make_events(document, version), run=run, counts=Counts(3, 1), options="o")
        with open_ledger(path, read_only=True) as ledger:
            assert set(ledger.events().to_pandas()["coder_version"]) == {second}
