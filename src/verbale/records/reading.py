"""Reads installed datasets: as Ibis tables to join with events, their provenance and citation, and whether they are whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import ibis

from verbale.core import VerbaleError
from verbale.engine import parquet_table
from verbale.records.catalogue import Dataset
from verbale.records.datasets import DATASETS
from verbale.records.datasets import dataset as find
from verbale.records.events.recipe import EventDataset
from verbale.records.install import install
from verbale.records.store import Provenance, check_installed, data_folder, file_digest, parquet_path, provenance_of

# A citation can hold several entries, of the data and of the package that carries them; each begins a line with @.
_NEXT_ENTRY: Final = re.compile(r"\n\s*(?=@)")


def table(name: str, connection: Any, *, folder: str | Path | None = None) -> Any:
    """Return an installed dataset as an Ibis table of a connection, to join with the events there.

    The connection is an Ibis backend, such as `engine.connect` gives, or any Ibis table of one, such as `ledger.events()`.
    Raises VerbaleError `record-unknown`, `record-not-installed` or `record-damaged`.
    """
    wanted, where = find(name), data_folder(folder)
    _held(wanted, where)
    found = parquet_table(connection, parquet_path(name, where), name=f"record_{name.replace('-', '_')}")
    # What is the same in every row is told to the engine, which need not read it then: a sixth of the time of a large panel.
    constants = wanted.constants if isinstance(wanted, EventDataset) else {}
    return found.mutate(**{column: ibis.literal(value) for column, value in constants.items()}) if constants else found


def provenance(name: str, *, folder: str | Path | None = None) -> Provenance:
    """Return what an installed dataset was made from. Raises `record-unknown`, `record-not-installed` or `record-damaged`."""
    return _held(find(name), data_folder(folder))


def _held(wanted: Dataset, where: Path) -> Provenance:
    """Return the provenance of an installed dataset; one that comes with the program is installed when it is asked for."""
    if wanted.bundled is None:
        return provenance_of(wanted, where)
    try:
        held = provenance_of(wanted, where)
        fresh = held.source_sha256 == file_digest(wanted.bundled)
    except VerbaleError:
        fresh = False
    return held if fresh else install(wanted.name, folder=where).provenance


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
    found: dict[str, str] = {}
    for name in names:
        for entry in _NEXT_ENTRY.split(find(name).citation):
            found.setdefault(entry.strip().partition(",")[0], entry.strip())  # what stands before the comma is kind and key
    return "\n\n".join(found.values())
