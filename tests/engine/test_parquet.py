"""Parquet files as tables of a connection: in memory, beside a ledger that is open for reading, and damaged."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from verbale.core import VerbaleError
from verbale.engine import connect, connect_memory, parquet_table


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "it's a table.parquet"
    pq.write_table(pa.table({"code": ["IRN", "RUS"], "n": [1, 2]}), path)
    return path


def test_a_file_is_a_table_in_memory(file: Path) -> None:
    table = parquet_table(connect_memory(), file, name="numbers")
    assert table.filter(table.code == "RUS").select("n").to_pyarrow()["n"].to_pylist() == [2]


def test_a_file_joins_a_database_that_is_open_for_reading(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    writer = connect(path)
    writer.raw_sql("CREATE TABLE names AS SELECT 'IRN' AS code, 'Iran' AS name")
    writer.disconnect()
    before = path.read_bytes()
    reader = connect(path, read_only=True)
    names = reader.table("names")
    numbers = parquet_table(names, file, name="numbers")
    joined = numbers.join(names, "code").select("name", "n").to_pyarrow().to_pylist()
    reader.disconnect()
    assert joined == [{"name": "Iran", "n": 1}]
    assert path.read_bytes() == before


def test_a_damaged_file_is_an_error_of_the_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1 nothing")
    with pytest.raises(VerbaleError, match=r"x\.parquet could not be read or written") as caught:
        parquet_table(connect_memory(), path, name="numbers")
    assert caught.value.code == "database-failed"
