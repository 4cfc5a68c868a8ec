"""The catalogue as a Frictionless data package descriptor, for programs that know that standard."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from verbale.core.schema import COUNT_SCHEMA
from verbale.records.catalogue import Dataset
from verbale.records.datasets import DATASETS
from verbale.records.events.counts import counts_of
from verbale.records.events.recipe import EventDataset
from verbale.records.reading import installed
from verbale.records.store import Provenance, data_folder, file_digest, parquet_path, provenance_of


def descriptor(*, folder: str | Path | None = None) -> dict[str, Any]:
    """Return the descriptor (`datapackage.json` as a dict) of the installed datasets, each a resource with its columns.

    Paths are relative to the folder of the datasets. Raises VerbaleError `record-damaged`.
    """
    where = data_folder(folder)
    return {
        "profile": "data-package",
        "name": "verbale-records",
        "title": "Reference datasets installed by Verbale",
        "resources": [one for name in installed(folder=where) for one in _resources(DATASETS[name], where)],
    }


def _resources(dataset: Dataset, folder: Path) -> list[dict[str, Any]]:
    """Return the resources of an installed dataset: its table, and of event data the counts by day."""
    held = provenance_of(dataset, folder)
    table = _resource(dataset, held, parquet_path(dataset.name, folder), dataset.taking(held.columns).schema)
    if not isinstance(dataset, EventDataset) or (path := counts_of(dataset.name, folder)) is None:
        return [table]
    told = {"name": f"{dataset.name}-counts", "title": f"{dataset.title}: events counted by dyad, day and type"}
    return [table, {**_resource(dataset, held, path, COUNT_SCHEMA), **told}]


def _resource(dataset: Dataset, held: Provenance, path: Path, schema: pa.Schema) -> dict[str, Any]:
    return {
        "profile": "data-resource",
        "name": dataset.name,
        "title": dataset.title,
        "path": path.name,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file_digest(path)}",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "version": held.edition,
        "description": dataset.note,
        "temporal": {"first_year": held.first_year, "last_year": held.last_year},
        "sources": [
            {"title": dataset.title, "path": dataset.home},
            *({"title": "the official file", "path": url} for url in held.addresses),
        ],
        "source_hash": f"sha256:{held.source_sha256}",
        "licenses": [{"title": dataset.terms, "path": dataset.home}],
        "citation": dataset.citation,
        "schema": {
            "fields": [
                {"name": field.name, "type": _type(field.type), "description": field.metadata[b"meaning"].decode()}
                for field in schema
            ]
        },
    }


_TYPES: Final = (
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "integer"),
    (pa.types.is_floating, "number"),
    (pa.types.is_date, "date"),
    (pa.types.is_list, "array"),
)


def _type(kind: pa.DataType) -> str:
    return next((name for is_kind, name in _TYPES if is_kind(kind)), "string")
