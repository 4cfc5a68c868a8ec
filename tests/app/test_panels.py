"""Panels by flow and by command: files with labels and codebook, events of a ledger, what is listed and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
from tests.records.record_samples import official_file
from tests.records.test_event_data import gdelt, gdelt_file

import verbale
from verbale.app.cli.main import call
from verbale.core import VerbaleError
from verbale.records import install

SIDES = {"Actor1Type1Code": "GOV", "Actor2Type1Code": "GOV", "Actor2KnownGroupCode": ""}
SPELL = {"stmonth": 1, "stday": 1, "endmonth": 12, "endday": 31, "version": 2016}
STATES = [
    {"stateabb": "RUS", "ccode": 365, "statenme": "Russia", "styear": 1816, "endyear": 2016, **SPELL},
    {"stateabb": "IRN", "ccode": 630, "statenme": "Iran", "styear": 1855, "endyear": 2016, **SPELL},
    {"stateabb": "BAD", "ccode": 267, "statenme": "Baden", "styear": 1816, "endyear": 1871, **SPELL},
]
POWER = {"milper": 1, "irst": 1, "pec": -9, "tpop": 10, "upop": 1, "version": 2021}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    install("cow-states", file=official_file(tmp_path, "cow-states", STATES), folder=folder, partial=True)
    power = [
        {"stateabb": "X", "ccode": number, "year": year, "milex": 5, "cinc": 0.25, **POWER}
        for number in (365, 630)
        for year in (1900, 1901)
    ]
    install("cow-capabilities", file=official_file(tmp_path, "cow-capabilities", power), folder=folder, partial=True)
    return folder


def powers(data: Path, **options: Any) -> verbale.Panel:
    return verbale.panel(["RUS-IRN"], years="1899-1901", directed=False, additions=["nmc"], folder=data, **options)


def test_stata_and_spss_files_have_labels(data: Path, tmp_path: Path) -> None:
    made = powers(data).select("cinc1", "pec1", "code1")
    for ending, read in ((".dta", pyreadstat.read_dta), (".sav", pyreadstat.read_sav)):
        report = verbale.write_panel(made, tmp_path / f"panel{ending}")
        assert (report.rows, report.columns, report.sources) == (3, 6, ("cow-states", "cow-capabilities"))
        frame, facts = read(report.output)
        label = facts.column_names_to_labels["cinc1"]
        assert label == "composite index of national capability, state 1 (share of all states, 0 to 1)"
        assert facts.file_label == "non-directed dyad-year panel, COW states, 1899-1901"
        assert frame.year.tolist() == [1899, 1900, 1901]
        assert frame.code1.tolist() == ["RUS"] * 3
        assert frame.cinc1.isna().tolist() == [True, False, False]
        assert frame.pec1.isna().all()
    assert pd.read_stata(tmp_path / "panel.dta").ccode2.tolist() == [630, 630, 630]


def test_parquet_carries_the_codebook(data: Path, tmp_path: Path) -> None:
    report = verbale.write_panel(powers(data), tmp_path / "panel.parquet")
    schema = pq.read_schema(report.output)
    facts = json.loads(schema.metadata[b"verbale.panel"])
    assert (facts["unit"], facts["directed"], facts["keys"]) == ("dyad-year", False, ["ccode1", "ccode2", "year"])
    assert [one["name"] for one in facts["datasets"]] == ["cow-states", "cow-capabilities"]
    assert facts["datasets"][1]["last_year"] == 2016
    assert schema.field("cinc1").metadata[b"dataset"] == b"cow-capabilities (2021)"
    assert pq.read_table(report.output).num_rows == report.rows == 3


def test_csv_and_codebook_are_plain_text(data: Path, tmp_path: Path) -> None:
    report = verbale.write_panel(powers(data).select("cinc1"), tmp_path / "panel.csv")
    lines = Path(report.output).read_text(encoding="utf-8").splitlines()
    assert lines == ['"ccode1","ccode2","year","cinc1"', "365,630,1899,", "365,630,1900,0.25", "365,630,1901,0.25"]
    codebook = Path(report.codebook).read_text(encoding="utf-8")
    assert (
        "| cinc1 | composite index of national capability, state 1 | share of all states, 0 to 1 | cow-capabilities |"
        in codebook
    )
    assert "| cow-capabilities | COW National Material Capabilities | 2021 | 1816-2016 |" in codebook
    assert codebook.count("singer_bremer_stuckey_1972") == 1


def test_names_that_a_program_cannot_take_are_refused(data: Path, tmp_path: Path) -> None:
    long = powers(data).rename(the_index_of_the_capability_of_state_1="cinc1", byte="cinc2")
    with pytest.raises(
        VerbaleError, match=r"named so \(Stata: 32 letters.*\): the_index_of_the_capability_of_state_1, byte; rename"
    ):
        verbale.write_panel(long, tmp_path / "panel.dta")
    with pytest.raises(VerbaleError, match=r"SPSS: 64 .*\): code1, 1st, CODE1"):
        verbale.write_panel(powers(data).rename(**{"1st": "cinc1", "CODE1": "cinc2"}), tmp_path / "panel.sav")
    with pytest.raises(
        VerbaleError, match=r"the ending of .*panel.xlsx names no form of a panel; end it with one of .parquet, "
    ):
        verbale.write_panel(long, tmp_path / "panel.xlsx")
    with pytest.raises(VerbaleError, match=r"cannot be written"):
        verbale.write_panel(long, tmp_path / "nowhere" / "panel.csv")
    assert not list(tmp_path.glob("panel*"))


def test_pandas_and_polars(data: Path) -> None:
    assert powers(data).to_pandas().cinc1.tolist()[1:] == [0.25, 0.25]
    assert powers(data).to_polars()["cinc1"].to_list() == [None, 0.25, 0.25]


def test_events_of_a_ledger(data: Path, tmp_path: Path) -> None:
    note, ledger = tmp_path / "note.txt", tmp_path / "L.duckdb"
    note.write_text("Russia invaded Iran in 1900. In 1901 Iran thanked Russia.", encoding="utf-8")
    verbale.code(note, ledger=ledger)
    made = verbale.panel(["RUS-IRN"], years=(1899, 1901), directed=False, ledger=ledger, additions=["events"], folder=data)
    frame = made.to_pandas()
    assert frame.matconf12.iloc[1] == 1
    assert frame.intensity_sum12.iloc[1] < 0
    assert frame.events12.isna().iloc[0]  # before the first year of the ledger
    assert made.used()[-1].title == "events coded in L.duckdb"
    with pytest.raises(VerbaleError, match=r"events needs the dataset gdelt-events .* or a ledger \(ledger=, --ledger\)"):
        verbale.panel(["RUS-IRN"], directed=False, additions=["events"], folder=data)


def test_events_of_an_installed_dataset(data: Path, tmp_path: Path) -> None:
    acts = [
        {"GLOBALEVENTID": str(number), "SQLDATE": day, "EventCode": code, "Actor1CountryCode": one, "Actor2CountryCode": other}
        for number, (day, code, one, other) in enumerate(
            [("20150301", "190", "RUS", "IRN"), ("20150302", "057", "RUS", "IRN"), ("20150302", "112", "IRN", "RUS")], start=1
        )
    ]
    install("gdelt-events", file=gdelt_file(tmp_path, [gdelt(**SIDES, **act) for act in acts]), folder=data)
    made = verbale.panel(
        ["RUS-IRN"], years="2015-2015", unit="dyad-month", directed=False, additions=["events=gdelt-events:gdelt_"], folder=data
    )
    march = made.to_pandas().set_index("month").loc[3]
    assert (march.gdelt_events12, march.gdelt_matconf12, march.gdelt_vercoop12, march.gdelt_events21) == (2, 1, 1, 1)
    assert march.gdelt_intensity_mean12 == pytest.approx(march.gdelt_intensity_sum12 / 2)
    assert made.to_pandas().gdelt_events12.sum() == 2
    assert made.used()[-1].name == "gdelt-events"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = call([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_command_writes_a_file(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ("panel", "--dyads", "RUS-IRN,267-630", "--years", "1880-1901", "--with", "nmc", "--folder", data)
    code, out, _ = run(capsys, *base, "--undirected", "-o", tmp_path / "panel.dta", "--columns", "cinc1,code1")
    assert code == 0
    assert out.splitlines() == [
        f"{tmp_path / 'panel.dta'}: 22 rows, 5 columns",
        "  from cow-states, cow-capabilities",
        f"  codebook: {tmp_path / 'panel.codebook.md'}",
        "no row for 267-630: never members together in these years",
    ]
    code, out, _ = run(capsys, *base, "--directed", "-o", tmp_path / "panel.csv", "--json")
    told = json.loads(out)
    assert (told["panel"]["rows"], told["facts"]["directed"], told["without_rows"]) == (44, True, ["267-630"])


def test_the_command_refuses_what_the_library_refuses(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "panel.dta"
    code, _, err = run(capsys, "panel", "--dyads", "RUS-IRN", "-o", target, "--folder", data)
    assert code == 1
    assert "say directed=True (each pair twice, from each side) or directed=False (once); --directed or --undirected" in err
    code, _, err = run(capsys, "panel", "--undirected", "--with", "alliances", "-o", target, "--folder", data)
    assert code == 1
    assert "the dataset atop-directed-dyad-years or ps-atop, which is not installed; see `verbale records show atop" in err
    code, _, err = run(capsys, "panel", "--undirected", "--folder", data)
    assert code == 2
    assert "name a file to write with --output" in err


def test_additions_are_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "panel", "--list", "--folder", data)
    assert code == 0
    assert "needs (cow): cow-capabilities* or ps-cow-capabilities" in out
    assert "needs (cow): a ledger (--ledger) or gdelt-events or icews-events or polecat-events" in out
    code, out, _ = run(capsys, "panel", "--list", "--folder", data, "--json")
    listed = {one["name"]: one for one in json.loads(out)["additions"]}
    assert listed["nmc"]["needs"]["cow"] == [{"cow-capabilities": True, "ps-cow-capabilities": False}]
    assert listed["prd"]["needs"] == {}
