"""The engine in memory: batches through a query, in their order, and errors as they were raised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from verbale.core import VerbaleError
from verbale.engine import Scratch
from verbale.engine.scratch import BATCH_ROWS

NUMBERS = pa.schema([("number", pa.int64())])


def numbers(count: int, size: int = 10_000) -> Iterator[pa.RecordBatch]:
    for first in range(0, count, size):
        yield pa.record_batch([pa.array(range(first, min(first + size, count)), pa.int64())], schema=NUMBERS)


def test_batches_come_out_in_order_and_bounded() -> None:
    count = BATCH_ROWS + 50_000
    with Scratch() as scratch:
        scratch.lend("incoming", NUMBERS, numbers(count))
        batches = list(scratch.batches("SELECT number, number * 2 AS twice FROM incoming"))
    assert max(map(len, batches)) <= BATCH_ROWS
    assert [one for batch in batches for one in batch.column(0).to_pylist()] == list(range(count))


def test_what_the_batches_raise_is_what_the_caller_sees() -> None:
    def broken() -> Iterator[pa.RecordBatch]:
        yield from numbers(10)
        raise VerbaleError("record-archive", path="a.zip", reason="it is cut off")

    with Scratch() as scratch:
        scratch.lend("incoming", NUMBERS, broken())
        with pytest.raises(VerbaleError, match=r"a\.zip cannot be unpacked \(it is cut off\)"):
            list(scratch.batches("SELECT * FROM incoming"))


def test_a_query_that_fails_is_told_in_one_line() -> None:
    with Scratch() as scratch, pytest.raises(VerbaleError, match="could not be read or written: Catalog Error") as error:
        scratch.rows("SELECT * FROM nowhere")
    assert error.value.code == "database-failed"


def test_the_rows_of_a_file_have_numbers(tmp_path: Path) -> None:
    pq.write_table(pa.table({"name": ["a", "b"]}), tmp_path / "x.parquet")
    with Scratch() as scratch:
        scratch.lend_file("kept", tmp_path / "x.parquet")
        assert scratch.rows("SELECT file_row_number, name FROM kept WHERE name <> ?", ["a"]) == [(1, "b")]
