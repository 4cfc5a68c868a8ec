"""The embedded store: one DuckDB file with transactions and Arrow inserts, for the ledger and for reference datasets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final
from weakref import WeakValueDictionary

import duckdb
import pyarrow as pa

from verbale.core import VerbaleError
from verbale.engine.connections import connect

# DuckDB lets one process open a file for writing twice; two writers that do not know of each other would clash at commit.
_WRITERS: Final[WeakValueDictionary[str, Store]] = WeakValueDictionary()


class Store:
    """An open DuckDB file: reads as Ibis tables, writes as Arrow tables within transactions."""

    def __init__(self, path: Path, backend: Any, *, read_only: bool) -> None:
        """Keep an open Ibis connection; use `open_store` to make one."""
        self.path = path
        self.read_only = read_only
        self._backend = backend
        self._connection: duckdb.DuckDBPyConnection = backend.con

    def tables(self) -> list[str]:
        """Return the names of the tables in the file, sorted."""
        rows = self.query("SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY table_name")
        return [name for (name,) in rows]

    def table(self, name: str) -> Any:
        """Return a table of the file as an Ibis table."""
        return self._backend.table(name)

    def query(self, statement: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one SQL statement with `?` parameters and return its rows."""
        try:
            return self._connection.execute(statement, list(parameters)).fetchall()
        except duckdb.Error as error:
            raise VerbaleError("database-failed", path=self.path, reason=str(error).splitlines()[0]) from error

    def insert(self, name: str, rows: pa.Table, *, new_only: bool = False) -> None:
        """Add Arrow rows to a table, column by name; `new_only` leaves out rows whose key is there already."""
        columns = ", ".join(f'"{column}"' for column in rows.column_names)
        conflict = " ON CONFLICT DO NOTHING" if new_only else ""
        # one chunk: DuckDB takes a chunk at a time, and hundreds of short ones are ten times slower
        self._connection.register("incoming_rows", rows.combine_chunks())
        try:
            self.query(f'INSERT INTO "{name}" ({columns}) SELECT {columns} FROM incoming_rows{conflict}')  # noqa: S608 - our own names
        finally:
            self._connection.unregister("incoming_rows")

    def lend(self, name: str, rows: pa.Table) -> Any:
        """Let queries read Arrow rows under a name as long as the file is open; nothing is written. Returns an Ibis table."""
        self._connection.register(name, rows.combine_chunks())
        return self._backend.table(name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything in the block together, or nothing when it raises."""
        self.query("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self.query("COMMIT")

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        if not self.read_only:
            _WRITERS.pop(_key(self.path), None)
        self._backend.disconnect()

    def __enter__(self) -> Store:
        """Return the store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file."""
        self.close()


def open_store(path: str | Path, *, read_only: bool = False) -> Store:
    """Open a DuckDB file, made new where there is none; one writer at a time, or many readers.

    Raises VerbaleError as `connect` does; `database-locked` also for a second writer in this process.
    """
    path = Path(path)
    if not read_only and _key(path) in _WRITERS:
        raise VerbaleError("database-locked", path=path, holder="this process")
    store = Store(path, connect(path, read_only=read_only), read_only=read_only)
    if not read_only:
        _WRITERS[_key(path)] = store
    return store


def _key(path: Path) -> str:
    return str(path.resolve())
