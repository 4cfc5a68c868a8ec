"""From a path or an address to an open Ibis connection, with every way in which that can fail told in one sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

import duckdb
import ibis

from verbale.core import VerbaleError

# The Ibis extra that brings an engine's driver; the schemes are those that `ibis.connect` itself understands.
EXTRAS: Final = {"postgres": "postgres", "postgresql": "postgres", "bigquery": "bigquery", "pyspark": "pyspark"}

# A DuckDB file carries this word at byte 8. Without the check DuckDB would take an SQLite file for an occasion to fetch an
# extension from the network.
MAGIC: Final = b"DUCK"
MAGIC_OFFSET: Final = 8

# Neither opening nor querying may reach for the network.
_OFFLINE: Final = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}

# What a writer's cache may hold. DuckDB would take four fifths of the machine, beside a parser that needs its share; a query
# that needs more spills to disk. Readers, who analyse, keep DuckDB's own limit.
WRITER_MEMORY: Final = "512MB"

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)  # two letters at least: `C:\` is a path
_HOLDER: Final = re.compile(r"\(PID (\d+)\)")


def connect(address: str | Path, *, read_only: bool = False) -> Any:
    """Return an Ibis connection to a DuckDB file (a path) or to another engine (an address such as `postgres://host/db`).

    A path that does not exist is created unless `read_only`. Raises VerbaleError `database-missing`, `database-locked`,
    `database-foreign`, `database-unusable`, `engine-unknown`, `engine-missing` or `engine-failed`.
    """
    scheme = _SCHEME.match(str(address))
    if scheme is None:
        return _connect_file(Path(address), read_only=read_only)
    if scheme[1].lower() == "duckdb":
        return _connect_file(Path(str(address)[scheme.end() :]), read_only=read_only)
    return _connect_address(str(address), scheme[1].lower())


def _connect_file(path: Path, *, read_only: bool) -> Any:
    if path.is_dir():
        raise VerbaleError("database-unusable", path=path, reason="it is a folder")
    if path.exists():
        _check_magic(path)
    elif read_only:
        raise VerbaleError("database-missing", path=path)
    elif not path.absolute().parent.is_dir():
        raise VerbaleError("database-unusable", path=path, reason="the folder does not exist")
    try:
        limits = {} if read_only else {"memory_limit": WRITER_MEMORY}
        return ibis.duckdb.connect(path, read_only=read_only, **_OFFLINE, **limits)
    except duckdb.Error as error:
        raise _explain(path, error) from error


def _check_magic(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(MAGIC_OFFSET + len(MAGIC))
    except OSError as error:
        raise VerbaleError("database-unusable", path=path, reason=error.strerror or str(error)) from error
    if head[MAGIC_OFFSET:] != MAGIC:
        raise VerbaleError("database-foreign", path=path)


def _explain(path: Path, error: duckdb.Error) -> VerbaleError:
    """Say in our words why DuckDB would not open a file."""
    words = str(error)
    if "Could not set lock" in words:
        holder = _HOLDER.search(words)
        return VerbaleError("database-locked", path=path, holder=f"process {holder[1]}" if holder else "another process")
    if "different configuration" in words:
        return VerbaleError("database-locked", path=path, holder="this process")
    if "not a valid DuckDB" in words:
        return VerbaleError("database-foreign", path=path)
    return VerbaleError("database-unusable", path=path, reason=words.splitlines()[0] if words else type(error).__name__)


def _connect_address(address: str, scheme: str) -> Any:
    if scheme not in EXTRAS:
        raise VerbaleError("engine-unknown", engine=scheme, allowed=", ".join(sorted({*EXTRAS, "duckdb"})))
    try:
        return ibis.connect(address)
    except ImportError as error:
        raise VerbaleError("engine-missing", engine=scheme, extra=EXTRAS[scheme]) from error
    except Exception as error:  # each driver has its own family of errors
        # no `from`: a driver's message may repeat the password
        raise VerbaleError("engine-failed", address=_without_password(address), reason=type(error).__name__) from None


def _without_password(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
