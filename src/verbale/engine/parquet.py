"""Parquet files as Ibis tables of an open connection, and a connection that keeps nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import ibis

from verbale.core import VerbaleError


def connect_memory() -> Any:
    """Return an Ibis connection to an empty DuckDB in memory, for looking at files without a ledger."""
    return ibis.duckdb.connect(autoinstall_known_extensions="false", autoload_known_extensions="false")


def parquet_table(connection: Any, path: Path, *, name: str) -> Any:
    """Return a Parquet file as an Ibis table of a connection (an Ibis backend, or any table of one) under a name.

    The name is a view for as long as the connection lives; nothing is written, so that a ledger opened for reading takes part.
    Raises VerbaleError `database-failed`.
    """
    backend = connection.get_backend() if hasattr(connection, "get_backend") else connection
    try:
        return backend.read_parquet(path, table_name=name)
    except (duckdb.Error, OSError) as error:
        raise VerbaleError("database-failed", path=path, reason=str(error).splitlines()[0]) from error
