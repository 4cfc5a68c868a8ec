"""Installed datasets: beside the events of a ledger, with their provenance, verified, cited, and where they lie."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.ledger.ledger_samples import make_document, make_events, make_run
from tests.records.record_samples import official_file, states_file

from verbale import records
from verbale.core import VerbaleError
from verbale.engine import connect_memory
from verbale.ledger import Counts, open_ledger
from verbale.records.store import METADATA_KEY, data_folder, notes_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with two installed datasets."""
    folder = tmp_path / "data"
    records.install("cow-states", file=states_file(tmp_path), folder=folder, partial=True)
    rows = [
        {"dispnum": 1, "stabb": "UKG", "ccode": 200, "sidea": 1, "stday": 11, "stmon": 7, "styear": 1882, "hostlev": 5},
        {"dispnum": 1, "stabb": "EGY", "ccode": 651, "sidea": 0, "stday": 11, "stmon": 7, "styear": 1882, "hostlev": 4},
    ]
    common = {"endday": 15, "endmon": 9, "endyear": 1882, "revstate": 1, "orig": 1, "version": 5}
    file = official_file(tmp_path, "cow-mid-participants", [{**row, **common} for row in rows])
    records.install("cow-mid-participants", file=file, folder=folder, partial=True)
    return folder


def test_a_record_joins_the_events_of_a_ledger(folder: Path, tmp_path: Path) -> None:
    document = make_document()
    with open_ledger(tmp_path / "L.duckdb") as ledger:
        ledger.append(document, make_events(document), run=make_run(), counts=Counts(sentences=3, screened=1))
    with open_ledger(tmp_path / "L.duckdb", read_only=True) as ledger:
        events = ledger.events()
        disputes = records.table("cow-mid-participants", events, folder=folder)
        dated = events.mutate(year=events.date_start.year())
        sides = disputes.mutate(year=disputes.start.year())
        joined = dated.join(sides, [dated.source == sides.code, dated.year == sides.year])
        rows = joined.select("source", "target", "dispnum", "hostlev").to_pyarrow().to_pylist()
    assert rows == [{"source": "GBR", "target": "EGY", "dispnum": 1, "hostlev": 5}]


def test_a_table_is_read_without_a_ledger(folder: Path) -> None:
    table = records.table("cow-states", connect_memory(), folder=folder)
    assert table.count().to_pyarrow().as_py() == 4
    assert table.order_by("line").select("code").to_pyarrow()["code"].to_pylist() == ["USA", "DEU", "DEU", "SRB"]


def test_what_is_not_installed_says_where_to_get_it(folder: Path) -> None:
    with pytest.raises(VerbaleError) as caught:
        records.table("cow-wars", connect_memory(), folder=folder)
    assert caught.value.code == "record-not-installed"
    assert f"is not installed in {folder}; fetch Inter-StateWarData_v4.0.csv from https://" in str(caught.value)
    with pytest.raises(VerbaleError, match="no dataset is called 'wars'"):
        records.table("wars", connect_memory(), folder=folder)


def test_provenance_lies_in_the_table_and_beside_it(folder: Path) -> None:
    held = records.provenance("cow-states", folder=folder)
    assert (held.edition, held.first_year, held.last_year, held.rows_in, held.rows_out) == ("2016", 1816, 2016, 4, 4)
    assert (held.source, held.members, held.partial) == ("states2016.csv", ("states2016.csv",), True)
    assert len(held.source_sha256) == 64
    metadata = pq.read_metadata(folder / "cow-states.parquet").metadata
    assert json.loads(metadata[METADATA_KEY.encode()])["citation"].startswith("@misc{cow_states_2016")
    beside = json.loads(notes_path("cow-states", folder).read_text(encoding="utf-8"))
    assert (beside["terms"], beside["rejections"]) == (held.terms, [])
    schema = pq.read_schema(folder / "cow-states.parquet")
    assert schema.field("code").metadata[b"meaning"] == b"our code of the state"


def test_verify_finds_every_change(folder: Path) -> None:
    assert records.installed(folder=folder) == ["cow-states", "cow-mid-participants"]
    assert records.verify(folder=folder) == {"cow-states": None, "cow-mid-participants": None}
    path = folder / "cow-states.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    problem = records.verify(folder=folder)["cow-states"]
    assert problem is not None
    assert problem.code == "record-damaged"
    pq.write_table(pq.read_table(folder / "cow-mid-participants.parquet"), path)
    assert "its file was not written by Verbale" in str(records.verify(folder=folder)["cow-states"])
    path.write_bytes(whole)
    changed = pq.ParquetFile(folder / "cow-mid-participants.parquet").read()
    (folder / "cow-mid-participants.json").unlink()
    assert "is missing or damaged" in str(records.verify(folder=folder)["cow-mid-participants"])
    assert changed.num_rows == 2
    beside = json.loads((folder / "cow-states.json").read_text(encoding="utf-8"))
    (folder / "cow-states.json").write_text(json.dumps({**beside, "parquet_sha256": "0" * 64}))
    assert "was changed after it was installed" in str(records.verify(folder=folder)["cow-states"])
    path.write_bytes(b"no parquet")
    with pytest.raises(VerbaleError, match="record-damaged"):
        records.table("cow-states", connect_memory(), folder=folder)


def test_the_installed_datasets_are_described_as_a_frictionless_package(folder: Path) -> None:
    package = json.loads(json.dumps(records.descriptor(folder=folder)))
    states, participants = package["resources"]
    assert (states["name"], states["path"], states["version"]) == ("cow-states", "cow-states.parquet", "2016")
    assert (folder / participants["path"]).is_file()
    assert participants["licenses"][0]["title"].startswith("free to download")
    types = {field["name"]: field["type"] for field in participants["schema"]["fields"]}
    assert list(types) == pq.read_schema(folder / "cow-mid-participants.parquet").names
    assert (types["code"], types["dispnum"], types["start"], types["sidea"]) == ("string", "integer", "date", "boolean")
    assert all(field["description"] for field in states["schema"]["fields"])


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert records.installed(folder=tmp_path / "none") == []
    assert records.verify(folder=tmp_path / "none") == {}
    assert records.descriptor(folder=tmp_path / "none")["resources"] == []


def test_citations_are_given_once() -> None:
    text = records.cite(["cow-mid-disputes", "cow-mid-participants", "cow-wars"])
    assert text.count("@article{palmer_etal_2022") == 1
    assert text.count("@book{sarkees_wayman_2010") == 1
    with pytest.raises(VerbaleError, match="no dataset is called 'x'"):
        records.cite(["x"])


def test_the_data_folder_is_the_argument_the_variable_or_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("VERBALE_DATA", str(tmp_path / "v"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "x"))
    assert data_folder(tmp_path / "a") == tmp_path / "a"
    assert data_folder() == tmp_path / "v"
    monkeypatch.delenv("VERBALE_DATA")
    assert data_folder() == tmp_path / "x" / "verbale" / "records"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_folder() == tmp_path / ".local" / "share" / "verbale" / "records"
    monkeypatch.setattr("sys.platform", "darwin")
    assert data_folder() == tmp_path / "Library" / "Application Support" / "verbale" / "records"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "l"))
    assert data_folder() == tmp_path / "l" / "verbale" / "records"
