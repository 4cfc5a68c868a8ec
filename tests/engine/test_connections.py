"""Opening files and engines: what works, and what each failure says."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from verbale.core import VerbaleError
from verbale.engine import connect, open_store


def test_a_path_becomes_a_duckdb_file_that_keeps_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "new.duckdb"
    connection = connect(path)
    connection.raw_sql("CREATE TABLE counts AS SELECT 3 AS n")
    connection.disconnect()
    again = connect(f"duckdb://{path}", read_only=True)
    assert again.table("counts").n.sum().to_pyarrow().as_py() == 3
    again.disconnect()


def test_reading_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(VerbaleError, match=r"there is no ledger at .*none\.duckdb; check the path.*\[database-missing\]"):
        connect(tmp_path / "none.duckdb", read_only=True)


@pytest.mark.parametrize("content", [b"", b"hello " * 1000, b"DUCK at the wrong place"])
def test_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.duckdb"
    path.write_bytes(content)
    with pytest.raises(VerbaleError, match=r"other\.duckdb is not a DuckDB file; name a ledger"):
        connect(path)
    assert path.read_bytes() == content


def test_an_sqlite_file_is_refused_without_fetching_an_extension(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE a (x)")
    with pytest.raises(VerbaleError, match="is not a DuckDB file"):
        connect(path)


def test_folders_and_missing_folders(tmp_path: Path) -> None:
    with pytest.raises(VerbaleError, match="cannot be opened: it is a folder"):
        connect(tmp_path)
    with pytest.raises(VerbaleError, match="cannot be opened: the folder does not exist"):
        connect(tmp_path / "missing" / "new.duckdb")


def test_a_truncated_duckdb_file_is_an_error_in_words(tmp_path: Path) -> None:
    path = tmp_path / "cut.duckdb"
    with open_store(path) as store:
        store.query("CREATE TABLE a (x INTEGER)")
    whole = path.read_bytes()
    path.write_bytes(whole[:2000])
    with pytest.raises(VerbaleError, match=r"cut\.duckdb") as caught:
        connect(path)
    assert caught.value.code in ("database-unusable", "database-foreign")


def test_a_second_writer_in_this_process_is_told_who_has_the_file(tmp_path: Path) -> None:
    path = tmp_path / "busy.duckdb"
    with open_store(path):
        with pytest.raises(VerbaleError, match=r"busy\.duckdb is being used by this process; wait until it has finished"):
            open_store(path)
        with pytest.raises(VerbaleError, match="is being used by this process"):
            open_store(path, read_only=True)
    open_store(path).close()


def test_a_second_writer_in_another_process_is_told_who_has_the_file(tmp_path: Path) -> None:
    path = tmp_path / "busy.duckdb"
    program = "import sys; from verbale.engine import open_store; open_store(sys.argv[1])"
    with open_store(path):
        result = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert f"is being used by process {os.getpid()}" in result.stderr


def test_readers_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "shared.duckdb"
    open_store(path).close()
    with open_store(path, read_only=True) as one, open_store(path, read_only=True) as two:
        assert one.tables() == two.tables() == []


def test_an_unknown_engine_lists_those_that_are_known() -> None:
    with pytest.raises(VerbaleError, match=r"no engine is called oracle; .*address of bigquery, duckdb, postgres"):
        connect("oracle://somewhere/data")


def test_a_missing_engine_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ibis.backends.postgres", None)
    with pytest.raises(VerbaleError, match=r"the engine postgres is not installed; .*pip install 'ibis-framework\[postgres\]'"):
        connect("postgres://user:secret@nowhere.invalid/data")


def test_an_engine_that_does_not_answer_never_repeats_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(address: str) -> None:
        raise OSError(address)

    monkeypatch.setattr("ibis.connect", refuse)
    with pytest.raises(VerbaleError, match=r"postgres://db\.example/data does not answer as expected \(OSError\)") as caught:
        connect("postgres://user:secret@db.example/data?password=secret")
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.duckdb") as store:
        store.query("CREATE TABLE a (x INTEGER PRIMARY KEY)")

        def twice() -> None:
            with store.transaction():
                store.query("INSERT INTO a VALUES (1)")
                store.query("INSERT INTO a VALUES (1)")

        with pytest.raises(VerbaleError, match="could not be read or written: Constraint Error"):
            twice()
        assert store.query("SELECT count(*) FROM a") == [(0,)]
