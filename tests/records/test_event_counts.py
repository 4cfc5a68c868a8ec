"""Counts of event data by day: written beside the table, of this table and no other, and counted anew where they are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.records.test_event_data import gdelt, gdelt_file

from verbale import records
from verbale.core import VerbaleError
from verbale.core.schema import COUNT_SCHEMA
from verbale.engine import connect_memory
from verbale.measures import event_panel
from verbale.records.store import METADATA_KEY, counts_path, file_digest, notes_path, parquet_path

NAME = "gdelt-events"
ROWS = [
    gdelt(GLOBALEVENTID="1"),
    gdelt(GLOBALEVENTID="2", NumMentions="6"),
    gdelt(GLOBALEVENTID="3", SQLDATE="20191025"),
    gdelt(GLOBALEVENTID="4", EventCode="013"),
    gdelt(GLOBALEVENTID="5", Actor1CountryCode=""),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with five installed events, four different ones to count."""
    records.install(NAME, file=gdelt_file(tmp_path, ROWS), folder=tmp_path / "data")
    return tmp_path / "data"


def counts(folder: Path) -> Any:
    return records.event_counts(NAME, connect_memory(), folder=folder)


def problem(folder: Path) -> str:
    return str(records.verify(folder=folder)[NAME])


def test_an_install_counts_every_event(folder: Path) -> None:
    held = pq.read_table(counts_path(NAME, folder))
    assert held.schema.equals(COUNT_SCHEMA)
    told = [(row["source"], f"{row['date_start']}", row["type"], row["events"], row["mentions"]) for row in held.to_pylist()]
    assert told == [
        ("RUS", "2019-10-24", "CONCEDE", 2, 10),
        ("RUS", "2019-10-24", None, 1, 4),
        ("RUS", "2019-10-25", "CONCEDE", 1, 4),
        (None, "2019-10-24", "CONCEDE", 1, 4),
    ]
    assert held["intensity_sum"].to_pylist() == [10.0, 0.4, 5.0, 5.0]
    provenance = pq.read_metadata(counts_path(NAME, folder)).metadata[METADATA_KEY.encode()]
    assert json.loads(provenance)["rows_out"] == sum(held["events"].to_pylist()) == 5
    assert records.verify(folder=folder) == {NAME: None}


def test_the_counts_read_like_the_written_ones_and_give_the_panel_of_the_events(folder: Path) -> None:
    written = counts(folder)
    assert "record_gdelt_events_counts" in str(ibis.to_sql(written, dialect="duckdb"))
    events = records.table(NAME, connect_memory(), folder=folder)
    for period in ("day", "month", "year"):
        assert event_panel(written, period=period).to_pyarrow() == event_panel(events, period=period).to_pyarrow()


def test_two_installs_of_a_file_give_the_same_counts(folder: Path, tmp_path: Path) -> None:
    records.install(NAME, file=tmp_path / "20191024143000.export.CSV", folder=tmp_path / "again")
    one, other = (pq.read_table(counts_path(NAME, where)) for where in (folder, tmp_path / "again"))
    assert one.equals(other)


def test_repeats_that_are_left_out_are_not_counted(tmp_path: Path) -> None:
    done = records.install(NAME, file=gdelt_file(tmp_path, ROWS), folder=tmp_path / "data", dedup="dyad-day")
    held = pq.read_table(counts_path(NAME, tmp_path / "data"))
    assert sum(held["events"].to_pylist()) == done.provenance.rows_out == 4


def test_counts_of_another_install_are_not_used(folder: Path, tmp_path: Path) -> None:
    former = counts_path(NAME, folder).read_bytes()
    records.install(NAME, file=gdelt_file(tmp_path, ROWS[:2], "later.export.CSV"), folder=folder)
    assert counts(folder).events.sum().to_pyarrow().as_py() == 2
    counts_path(NAME, folder).write_bytes(former)
    assert counts(folder).events.sum().to_pyarrow().as_py() == 2
    assert "is missing or of another install" in problem(folder)
    counts_path(NAME, folder).unlink()
    assert counts(folder).events.sum().to_pyarrow().as_py() == 2
    assert "is missing or of another install" in problem(folder)


def test_verify_finds_counts_that_were_changed(folder: Path) -> None:
    path = counts_path(NAME, folder)
    held = pq.read_table(path)
    more = held.set_column(7, COUNT_SCHEMA.field("events"), pa.array([9, 1, 1, 1], pa.int64()))
    pq.write_table(more.cast(COUNT_SCHEMA).replace_schema_metadata(held.schema.metadata or {}), path)
    metadata = pq.read_metadata(parquet_path(NAME, folder)).metadata
    assert metadata is not None
    assert "is missing or of another install" in problem(folder)
    told = {METADATA_KEY.encode(): metadata[METADATA_KEY.encode()], b"verbale.counts_of": _of(folder)}
    pq.write_table(more.replace_schema_metadata(told), path)
    assert "was changed after it was installed" in problem(folder)
    notes = json.loads(notes_path(NAME, folder).read_text(encoding="utf-8"))
    notes["counts_sha256"] = file_digest(path)
    notes_path(NAME, folder).write_text(json.dumps(notes), encoding="utf-8")
    assert "counts 12 events of 5" in problem(folder)


def _of(folder: Path) -> bytes:
    table = parquet_path(NAME, folder)
    told = {"bytes": table.stat().st_size, "sha256": file_digest(table)}
    return json.dumps(told).encode()


def test_an_install_that_fails_leaves_the_counts_of_before(folder: Path, tmp_path: Path) -> None:
    before = counts_path(NAME, folder).read_bytes()
    with pytest.raises(VerbaleError, match="record-"):
        records.install(NAME, file=gdelt_file(tmp_path, ["no row"] * 30, "bad.export.CSV"), folder=folder)
    assert counts_path(NAME, folder).read_bytes() == before
    assert not [one for one in folder.iterdir() if one.name.startswith(".")]


def test_other_records_have_no_events_to_count(folder: Path) -> None:
    with pytest.raises(VerbaleError, match=r"cow-states is no event data.*choose one of gdelt-events"):
        records.event_counts("cow-states", connect_memory(), folder=folder)
    with pytest.raises(VerbaleError, match="icews-events is not installed"):
        records.event_counts("icews-events", connect_memory(), folder=folder)


def test_the_package_descriptor_names_the_counts(folder: Path) -> None:
    table, beside = records.descriptor(folder=folder)["resources"]
    assert (table["name"], beside["name"], beside["path"]) == (NAME, f"{NAME}-counts", f"{NAME}.counts.parquet")
    assert [field["name"] for field in beside["schema"]["fields"]] == COUNT_SCHEMA.names
