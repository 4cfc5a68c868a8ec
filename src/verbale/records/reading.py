"""Reads installed datasets: as Ibis tables to join with events, their provenance and citation, and whether they are whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from verbale.core import VerbaleError
from verbale.engine import parquet_table
from verbale.records.datasets import DATASETS
from verbale.records.datasets import dataset as find
from verbale.records.store import Provenance, check_installed, data_folder, parquet_path, provenance_of


def table(name: str, connection: Any, *, folder: str | Path | None = None) -> Any:
    """Return an installed dataset as an Ibis table of a connection, to join with the events there.

    The connection is an Ibis backend, such as `engine.connect` gives, or any Ibis table of one, such as `ledger.events()`.
    Raises VerbaleError `record-unknown`, `record-not-installed` or `record-damaged`.
    """
    wanted, where = find(name), data_folder(folder)
    provenance_of(wanted, where)
    return parquet_table(connection, parquet_path(name, where), name=f"record_{name.replace('-', '_')}")


def provenance(name: str, *, folder: str | Path | None = None) -> Provenance:
    """Return what an installed dataset was made from. Raises `record-unknown`, `record-not-installed` or `record-damaged`."""
    return provenance_of(find(name), data_folder(folder))


def installed(*, folder: str | Path | None = None) -> list[str]:
    """Return the names of the installed datasets, in the order of the catalogue."""
    where = data_folder(folder)
    return [name for name in DATASETS if parquet_path(name, where).is_file()]


def verify(*, folder: str | Path | None = None) -> dict[str, VerbaleError | None]:
    """Return each installed dataset's error, or None where columns, rows and contents are as they were written."""
    where = data_folder(folder)
    found: dict[str, VerbaleError | None] = {}
    for name in installed(folder=where):
        try:
            check_installed(find(name), where)
            found[name] = None
        except VerbaleError as error:
            found[name] = error
    return found


def cite(names: Sequence[str]) -> str:
    """Return the BibTeX entries of datasets, each once, in the order asked for. Raises VerbaleError `record-unknown`."""
    return "\n\n".join(dict.fromkeys(find(name).citation for name in names))
