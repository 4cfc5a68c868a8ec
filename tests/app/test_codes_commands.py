"""The commands `verbale codes ...`: codes and columns, what is printed for what does not convert, exit codes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import verbale
from verbale.app.cli.main import call

TABLE = 'ccode,year,note\n345,1975,a\n255,1975,"b,c"\n,1990,d\n260,1980,é\n'


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    assert call(["codes", *arguments]) == code
    return capsys.readouterr()


def test_codes_stand_beside_what_they_become(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, "convert", "345", "365", "--from", "cown", "--to", "iso3", "--year", "1975")
    assert out == "345  YUG\n365  RUS\n"
    out, _ = said(capsys, "convert", "Soviet Union", "--from", "name", "--to", "cown", "--year", "1975")
    assert out == "Soviet Union  365\n"
    out, _ = said(capsys, "convert", "DEU", "--from", "iso3", "--to", "cown", "--year", "1990")
    assert out == "DEU  260  (also 255)\n"


def test_what_does_not_convert_is_told_and_the_exit_code_is_3(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, "convert", "260", "255", "999", "--from", "cown", "--to", "iso3", "--year", "1975", code=3)
    assert out.splitlines() == [
        "260  DEU",
        "255  -  255 of cown stands for no state in 1975; it stood for German Empire in 1816-1945, Germany in 1990 on",
        "999  -  999 is no code of cown",
    ]
    out, _ = said(capsys, "convert", "999", "--from", "cown", "--to", "iso3", "--json", code=3)
    facts = json.loads(out)
    assert facts["converted"] == [{"value": "999", "code": None}]
    assert facts["report"]["problems"][0]["kind"] == "code-unknown"


def test_nearest_and_strict(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["convert", "290", "--from", "cown", "--to", "iso3", "--year", "1942"]
    said(capsys, *words, code=3)
    out, _ = said(capsys, *words, "--nearest")
    assert out.startswith("290  POL  (as in 290 in ")
    said(capsys, "convert", "DEU", "--from", "iso3", "--to", "cown", "--year", "1990", "--strict", code=3)


def test_a_column_of_a_file_is_written_with_the_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, output = tmp_path / "panel.csv", tmp_path / "out.csv"
    path.write_text(TABLE, encoding="utf-8")
    words = ["convert", str(path), "--column", "ccode", "--year-column", "year", "--from", "cown", "--to", "gwn"]
    out, _ = said(capsys, *words, "-o", str(output), code=3)
    assert out.splitlines()[0] == "cown to gwn: 2 of 4 converted, 1 did not, 1 were missing"
    assert out.splitlines()[-1] == f"written: {output}"
    rows = list(csv.DictReader(output.open(encoding="utf-8", newline="")))
    assert [row["ccode_gwn"] for row in rows] == ["345", "", "", "260"]
    assert rows[1]["ccode_gwn_problem"].startswith("255 of cown stands for no state in 1975")
    assert [row["note"] for row in rows] == ["a", "b,c", "d", "é"]
    out, err = said(capsys, *words, "--name", "gw", code=3)
    assert out.splitlines()[0] == "ccode,year,note,gw,gw_problem"
    assert err.startswith("cown to gwn: 2 of 4 converted")


def test_a_whole_column_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "panel.tsv"
    path.write_text("state\tx\nFrance\t1\nUSSR\t2\n", encoding="utf-8")
    out, _ = said(capsys, "convert", str(path), "--column", "state", "--from", "name", "--to", "iso3", "--year", "1960")
    assert out == "state,x,state_iso3,state_iso3_problem\nFrance,1,FRA,\nUSSR,2,RUS,\n"


@pytest.mark.parametrize(
    ("words", "exit_code", "message"),
    [
        (["--column", "cc"], 1, "has no column 'cc'; it has ccode, year, note; name one of these columns [codes-column]"),
        (["--column", "ccode", "--name", "note"], 1, "has a column 'note' already"),
        (["--column", "ccode", "--json"], 2, "--json needs --output"),
        (["--column", "ccode", "--year", "1990", "--year-column", "year"], 2, "exclude each other"),
        (["--name", "x"], 2, "belong to --column"),
        (["another.csv", "--column", "ccode"], 2, "--column takes one CSV file"),
    ],
)
def test_wrong_usage_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], exit_code: int, message: str
) -> None:
    path = tmp_path / "panel.csv"
    path.write_text(TABLE, encoding="utf-8")
    out, err = said(capsys, "convert", str(path), *words, "--from", "cown", "--to", "gwn", code=exit_code)
    assert message in out + err


def test_files_that_cannot_be_read_and_systems_that_are_not_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "latin.csv"
    words = ["convert", str(path), "--column", "ccode", "--from", "cown", "--to", "gwn"]
    assert "cannot be read as CSV: No such file" in said(capsys, *words, code=1)[1]
    path.write_bytes("ccode,n\n2,é\n".encode("latin-1"))
    assert "it is not UTF-8 at byte" in said(capsys, *words, code=1)[1]
    path.write_text("", encoding="utf-8")
    assert "it has no columns" in said(capsys, *words, code=1)[1]
    assert (
        "no system of country codes is called 'cow2'"
        in said(capsys, "convert", "2", "--from", "cow2", "--to", "gwn", code=1)[1]
    )
    output = tmp_path / "out.csv"
    said(capsys, "convert", str(path), "--column", "x", "--from", "cown", "--to", "gwn", "-o", str(output), code=1)
    assert not output.exists()


def test_systems_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, "systems")
    assert "cown         217  1816-  Correlates of War, numbers" in out
    names = [one["name"] for one in json.loads(said(capsys, "systems", "--json")[0])["systems"]]
    assert {"code", "cown", "gwn", "iso3", "iso4", "m49", "fips", "cameo", "vdem", "name"} <= set(names)


def test_the_package_offers_the_same() -> None:
    assert verbale.convert(345, from_="cown", to="iso3", year=1975) == "YUG"
    done = verbale.conversion(["RUS", "XXX"], from_="iso3", to="cown", year=1975)
    assert done.values == [365, None]
    assert done.report.unconverted == 1
