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
from verbale.records.events.counts import check_counts, counted, counts_of
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
    found = parquet_table(connection, parquet_path(name, where), name=_view(name))
    return _with_constants(found, wanted) if isinstance(wanted, EventDataset) else found


def event_counts(name: str, connection: Any, *, folder: str | Path | None = None) -> Any:
    """Return the events of an installed event dataset counted by day, as an Ibis table: what a panel of dyads needs of them.

    One row for each source, target, day (`date_start`, `date_precision`), type, `mutual` and `status` that occur: `events`,
    `mentions`, `intensity_sum` and `intensity_events` (those that have a value). Every event is in one row, those without a
    code or type in one where that is null. An install writes the counts beside the table. Where they are missing (after an
    install of an earlier version) or of another table, they are counted anew, which takes as long as reading the table.
    Raises VerbaleError `record-unknown`, `record-no-events`, `record-not-installed` or `record-damaged`.
    """
    wanted, where = find(name), data_folder(folder)
    if not isinstance(wanted, EventDataset):
        allowed = [one.name for one in DATASETS.values() if isinstance(one, EventDataset)]
        raise VerbaleError("record-no-events", name=name, allowed=", ".join(allowed))
    _held(wanted, where)
    path = counts_of(name, where)
    if path is None:
        return counted(table(name, connection, folder=folder))
    return _with_constants(parquet_table(connection, path, name=f"{_view(name)}_counts"), wanted)


def _view(name: str) -> str:
    return f"record_{name.replace('-', '_')}"


def _with_constants(found: Any, wanted: EventDataset) -> Any:
    """Tell the engine what is the same in every row, so that it need not read it: a sixth of the time of a large panel."""
    constants = {column: value for column, value in wanted.constants.items() if column in found.columns}
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
            if isinstance(find(name), EventDataset):
                check_counts(name, where)
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
