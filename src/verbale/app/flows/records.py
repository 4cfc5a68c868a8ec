"""The flows behind `verbale records`: what the catalogue holds and what is installed; install, cite, verify, describe."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verbale import records
from verbale.core import VerbaleError
from verbale.records import DATASETS, Dataset, Installed, Provenance, Watcher

__all__ = [
    "Installed",
    "Listed",
    "RecordShown",
    "cite_records",
    "describe_records",
    "install_record",
    "list_records",
    "show_record",
    "verify_records",
]


@dataclass(frozen=True, slots=True)
class Listed:
    """A dataset of the catalogue and what is installed of it: edition and rows, or the problem that its table shows."""

    name: str
    title: str
    first_year: int
    last_year: int
    edition: str | None
    rows: int | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A dataset as the catalogue describes it, with the provenance of what is installed, or None."""

    dataset: Dataset
    folder: Path
    provenance: Provenance | None


def list_records(*, folder: str | Path | None = None) -> list[Listed]:
    """Return every dataset of the catalogue with what is installed of it."""
    return [_listed(dataset, folder) for dataset in DATASETS.values()]


def _listed(dataset: Dataset, folder: str | Path | None) -> Listed:
    edition, rows, problem = None, None, None
    years = dataset.years
    try:
        if (held := _held(dataset, folder)) is not None:
            edition, rows, years = held.edition, held.rows_out, (held.first_year, held.last_year)
    except VerbaleError as error:
        problem = str(error)
    return Listed(dataset.name, dataset.title, *years, edition, rows, problem)


def show_record(name: str, *, folder: str | Path | None = None) -> RecordShown:
    """Return what the catalogue knows of a dataset. Raises VerbaleError `record-unknown` or `record-damaged`."""
    dataset = records.dataset(name)
    return RecordShown(dataset, records.data_folder(folder), _held(dataset, folder))


def _held(dataset: Dataset, folder: str | Path | None) -> Provenance | None:
    """Return the provenance of what is installed, None where nothing is; looking installs nothing."""
    return records.provenance(dataset.name, folder=folder) if dataset.name in records.installed(folder=folder) else None


def install_record(
    name: str,
    *,
    file: str | Path | None = None,
    folder: str | Path | None = None,
    partial: bool = False,
    columns: Sequence[str] = (),
    dedup: str = "none",
    edition: str | None = None,
    again: bool = False,
    watch: Watcher | None = None,
) -> Installed:
    """Install a dataset from the user's own file, or fetch it; see `verbale.records.install`."""
    return records.install(
        name,
        file=file,
        folder=folder,
        partial=partial,
        columns=columns,
        dedup=dedup,
        edition=edition,
        again=again,
        watch=watch,
    )


def cite_records(names: Sequence[str]) -> str:
    """Return the BibTeX entries of datasets. Raises VerbaleError `record-unknown`."""
    return records.cite(names)


def verify_records(*, folder: str | Path | None = None) -> dict[str, VerbaleError | None]:
    """Return for each installed dataset its problem, or None."""
    return records.verify(folder=folder)


def describe_records(*, folder: str | Path | None = None, output: str | Path | None = None) -> dict[str, Any]:
    """Return the Frictionless data package descriptor of what is installed, and write it where an output is named.

    Raises VerbaleError `record-damaged` or `output-unwritable`.
    """
    told = records.descriptor(folder=folder)
    if output is not None:
        path = Path(output)
        try:
            path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise VerbaleError("output-unwritable", path=path, reason=error.strerror or str(error)) from error
    return told
