"""The flows behind `verbale records`: what the catalogue holds, what is installed, installing, citing and verifying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from verbale import records
from verbale.core import VerbaleError
from verbale.records import DATASETS, Dataset, Installed, Provenance

__all__ = [
    "Installed",
    "Listed",
    "RecordShown",
    "cite_records",
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
        held = records.provenance(dataset.name, folder=folder)
        edition, rows, years = held.edition, held.rows_out, (held.first_year, held.last_year)
    except VerbaleError as error:
        problem = None if error.code == "record-not-installed" else str(error)
    return Listed(dataset.name, dataset.title, *years, edition, rows, problem)


def show_record(name: str, *, folder: str | Path | None = None) -> RecordShown:
    """Return what the catalogue knows of a dataset. Raises VerbaleError `record-unknown` or `record-damaged`."""
    dataset = records.dataset(name)
    try:
        held = records.provenance(name, folder=folder)
    except VerbaleError as error:
        if error.code != "record-not-installed":
            raise
        held = None
    return RecordShown(dataset, records.data_folder(folder), held)


def install_record(
    name: str, *, file: str | Path | None = None, folder: str | Path | None = None, partial: bool = False
) -> Installed:
    """Install a dataset from the user's own file; see `verbale.records.install`."""
    return records.install(name, file=file, folder=folder, partial=partial)


def cite_records(names: Sequence[str]) -> str:
    """Return the BibTeX entries of datasets. Raises VerbaleError `record-unknown`."""
    return records.cite(names)


def verify_records(*, folder: str | Path | None = None) -> dict[str, VerbaleError | None]:
    """Return for each installed dataset its problem, or None."""
    return records.verify(folder=folder)
