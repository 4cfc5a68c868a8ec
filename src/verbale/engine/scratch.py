"""A DuckDB in memory with a bound on what it holds: for turning streams of Arrow rows that no memory takes whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import duckdb
import pyarrow as pa

from verbale.core import VerbaleError

# Rows in a batch that comes out: the size of a row group that DuckDB itself writes, and reads in parallel.
BATCH_ROWS: Final = 122_880
# What DuckDB may hold before it spills to disk. With the Arrow batches on both sides of it a process stays within 2 GB.
MEMORY: Final = "800MB"
# Every thread holds batches of its own: with more of them the bound on memory would be a wish.
MAX_THREADS: Final = 4


class Scratch:
    """An open DuckDB in memory; what spills goes to a temporary folder, which is removed at the end."""

    def __init__(self, *, memory: str = MEMORY) -> None:
        """Open it; neither extensions nor anything else is fetched."""
        self._folder = tempfile.TemporaryDirectory(prefix="verbale-")
        self._error: BaseException | None = None
        self._connection = duckdb.connect(
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "memory_limit": memory,
                "temp_directory": self._folder.name,
                "threads": str(min(os.cpu_count() or 1, MAX_THREADS)),
            }
        )

        self._connection.execute("SET enable_progress_bar = false")

    def lend(self, name: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
        """Let one query read batches under a name, each as it comes."""
        self._connection.register(name, pa.RecordBatchReader.from_batches(schema, self._watched(batches)))

    def lend_file(self, name: str, path: Path) -> None:
        """Let queries read a Parquet file under a name; its column `file_row_number` counts its rows from 0."""
        self._connection.read_parquet(str(path), file_row_number=True).create_view(name)

    def batches(self, statement: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a query in their order, some hundred thousand at a time.

        Raises what the lent batches raised, else VerbaleError `database-failed`.
        """
        try:
            reader = self._connection.execute(statement).to_arrow_reader(BATCH_ROWS)
            yield from reader
        except (duckdb.Error, pa.ArrowException, OSError) as error:
            raise self._error or _failed(error) from error

    def rows(self, statement: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query, which must be few. Raises VerbaleError `database-failed`."""
        try:
            return self._connection.execute(statement, list(parameters)).fetchall()
        except duckdb.Error as error:
            raise self._error or _failed(error) from error

    def _watched(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Keep what the batches raise: DuckDB passes on nothing but its words."""
        try:
            yield from batches
        except BaseException as error:
            self._error = error
            raise

    def __enter__(self) -> Scratch:
        """Return it itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close it and remove what it spilled."""
        self._connection.close()
        self._folder.cleanup()


def _failed(error: BaseException) -> VerbaleError:
    return VerbaleError("database-failed", path="a table in memory", reason=(str(error).splitlines() or [""])[0])
