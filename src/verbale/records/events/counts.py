"""Counts by day of an installed event dataset: beside its table lies how many events each dyad has a day, of each type.

A panel of dyads sums events. Of twenty million rows the counts are under a million, so that a panel from them takes a
fraction of the time. They are counted from the written table, every event is in one of them, and they name the table that
they were counted from: counts of another table are never used.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from verbale.core import VerbaleError
from verbale.core.schema import COUNT_SCHEMA, COUNTED_BY
from verbale.engine import Scratch
from verbale.records.store import METADATA_KEY, counts_path, file_digest, notes_path, parquet_path

# The key in the file's metadata that tells which table the counts are of.
OF_KEY: Final = "verbale.counts_of"
# Sums of intensity are rounded, so that two installs of one file give one file: the last digits of a sum of floating-point
# numbers depend on their order, which threads change. Our values have one decimal, so that nothing is lost.
DECIMALS: Final = 6


def counted(events: ir.Table) -> ir.Table:
    """Return the counts of a table of events, in the columns of `COUNT_SCHEMA`: one row for each different `COUNTED_BY`.

    No event is left out: one without a code of an actor or without a type is in a row where that is null.
    """
    return (
        events.group_by(*COUNTED_BY)
        .aggregate(
            events=events.count(),
            mentions=events.mentions.fill_null(1).cast("int64").sum().cast("int64"),
            intensity_sum=events.intensity.sum().round(DECIMALS),
            intensity_events=events.intensity.count(),
        )
        .order_by(*COUNTED_BY)
    )


def write_counts(table: Path, counts: Path, provenance: bytes, sha256: str) -> None:
    """Count the events of a table (Parquet, with its provenance and hash) into a file. Raises `database-failed`."""
    schema = pq.read_schema(table)
    events = ibis.table(ibis.Schema.from_pyarrow(schema), name="events")
    with Scratch() as scratch, pq.ParquetWriter(counts, COUNT_SCHEMA, compression="zstd") as writer:
        scratch.lend_file("events", table)
        for batch in scratch.batches(str(ibis.to_sql(counted(events), dialect="duckdb"))):
            writer.write_batch(batch.cast(COUNT_SCHEMA))
        of = {"bytes": table.stat().st_size, "sha256": sha256}
        writer.add_key_value_metadata({METADATA_KEY: provenance, OF_KEY: json.dumps(of)})


def counts_of(name: str, folder: Path) -> Path | None:
    """Return the file with the counts of an installed table, None where it is missing or of another table.

    Provenance and size tell that without reading the table; `check_counts` compares the hash, too.
    """
    path, table = counts_path(name, folder), parquet_path(name, folder)
    try:
        told, held = _metadata(path), _metadata(table)
        same = told[METADATA_KEY.encode()] == held[METADATA_KEY.encode()]
        return path if same and _of(told)["bytes"] == table.stat().st_size else None
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
        return None


def check_counts(name: str, folder: Path) -> None:
    """Compare the counts of an installed event dataset with what was written, and with its table; raises `record-damaged`."""
    path = counts_of(name, folder)
    if path is None:
        raise VerbaleError("record-damaged", name=name, reason=f"{counts_path(name, folder)} is missing or of another install")
    notes = json.loads(notes_path(name, folder).read_text(encoding="utf-8"))
    if file_digest(path) != notes.get("counts_sha256") or _of(_metadata(path))["sha256"] != notes["parquet_sha256"]:
        raise VerbaleError("record-damaged", name=name, reason=f"{path} was changed after it was installed")
    if not pq.read_schema(path).equals(COUNT_SCHEMA):
        raise VerbaleError("record-damaged", name=name, reason=f"the columns of {path} are those of another version of Verbale")
    events = pc.sum(pq.read_table(path, columns=["events"])["events"]).as_py() or 0
    if events != notes["rows_out"]:
        raise VerbaleError("record-damaged", name=name, reason=f"{path} counts {events} events of {notes['rows_out']}")


def _metadata(path: Path) -> dict[bytes, bytes]:
    return pq.read_metadata(path).metadata or {}


def _of(metadata: dict[bytes, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(metadata[OF_KEY.encode()])
    return found
