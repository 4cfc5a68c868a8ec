"""The commands `verbale records ...`: text for people, JSON for machines, errors of the catalogue, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.records.record_samples import STATE_ROWS, states_file, states_text

from verbale.app.cli.main import call


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("VERBALE_DATA", str(folder))
    return folder


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert call(["records", *arguments]) == code
    out = capsys.readouterr()
    return out.out or out.err


def test_from_a_file_to_an_installed_table(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "list")
    assert "cow-states                     1816-2024                 COW State System Membership: spells" in told
    assert "edition" in told.splitlines()[0]
    told = said(capsys, "install", "cow-states", "--file", str(states_file(tmp_path)), "--partial")
    assert told.startswith("cow-states, edition 2016: 4 rows in, 4 rows out, 0 rejected\n")
    assert f"  table: {folder / 'cow-states.parquet'}" in told
    (line,) = [line for line in said(capsys, "list").splitlines() if line.startswith("cow-states ")]
    assert line.split()[:4] == ["cow-states", "1816-2016", "2016", "4"]
    assert said(capsys, "verify") == "cow-states: as installed\n1 dataset installed, 0 damaged\n"
    told = said(capsys, "show", "cow-states")
    assert "page: https://correlatesofwar.org/data-sets/state-system-membership/" in told
    assert "  ongoing   the state is still a member on the edition's last day" in told
    assert "from states2016.csv, edition 2016:" in told


def test_rejected_rows_are_listed_and_the_exit_code_is_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = states_file(tmp_path, states_text([*STATE_ROWS, "XXX,998,Atlantis,1900,1,1,1901,1,1,2016"]))
    told = said(capsys, "install", "cow-states", "--file", str(file), "--partial", code=3)
    assert "5 rows in, 4 rows out, 1 rejected" in told
    assert "1 input rejected:" in told
    assert "998 is no number of a state" in " ".join(told.split())


def test_json_has_the_same_facts(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = states_file(tmp_path, states_text([*STATE_ROWS, STATE_ROWS[0]]))
    facts = json.loads(said(capsys, "install", "cow-states", "--file", str(file), "--partial", "--json", code=3))
    (one,) = facts["installed"]
    assert (one["name"], one["rows_in"], one["rows_out"], one["rejected"]) == ("cow-states", 5, 4, 1)
    assert one["rejections"][0]["code"] == "record-row"
    assert one["path"] == str(folder / "cow-states.parquet")
    listed = json.loads(said(capsys, "list", "--json"))["datasets"]
    assert len(listed) == 24
    assert [(row["name"], row["edition"], row["rows"]) for row in listed if row["rows"]] == [("cow-states", "2016", 4)]
    shown = json.loads(said(capsys, "show", "cow-states", "--json"))
    assert (shown["installed"]["edition"], shown["header"][0]) == ("2016", "stateabb")
    assert json.loads(said(capsys, "show", "cow-wars", "--json"))["installed"] is None
    assert json.loads(said(capsys, "cite", "cow-wars", "--json"))["bibtex"].startswith("@book{sarkees_wayman_2010,")
    assert json.loads(said(capsys, "verify", "--json")) == {"datasets": {"cow-states": None}}


def test_cite_prints_bibtex(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "cite", "cow-wars", "ucdp-dyadic")
    assert [line for line in told.splitlines() if line.startswith("@")] == [
        "@book{sarkees_wayman_2010,",
        "@article{harbom_melander_wallensteen_2008,",
        "@article{davies_etal_2024,",
    ]


def test_verify_tells_damage_with_exit_code_1(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "install", "cow-states", "--file", str(states_file(tmp_path)), "--partial")
    (folder / "cow-states.parquet").write_bytes(b"PAR1")
    told = said(capsys, "verify", code=1)
    assert "cow-states: the installed dataset cow-states cannot be used" in told
    assert "1 dataset installed, 1 damaged" in told
    assert "record-damaged" in said(capsys, "list")
    assert "record-damaged" in said(capsys, "show", "cow-states", code=1)


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code", "words"),
    [
        (["install", "cow-wars"], "record-by-hand", 1, "fetch Inter-StateWarData_v4.0.csv from https://correlatesofwar.org"),
        (["install", "cow-wars", "--file", "{folder}/none"], "file-missing", 1, "there is no file or folder at"),
        (["install", "cow-wars", "--file", "{folder}/s.csv"], "record-columns", 1, "it has the columns of cow-states"),
        (["show", "wars"], "record-unknown", 1, "no dataset is called 'wars'"),
        (["cite", "cow-wars", "wars"], "record-unknown", 1, "choose one of cow-states, "),
        (["cite"], "usage", 2, "see `verbale records cite --help`"),
        ([], "usage", 2, "see `verbale records --help`"),
        (["fetch"], "usage", 2, "fetch"),
    ],
)
def test_errors_have_the_one_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str, exit_code: int, words: str
) -> None:
    states_file(tmp_path, name="s.csv")
    arguments = ["records", *(argument.format(folder=tmp_path) for argument in arguments)]
    assert call(arguments) == exit_code
    out = capsys.readouterr()
    assert out.out == ""
    assert (out.err.startswith("error: "), out.err.count("\n")) == (True, 1)
    assert words in out.err
    assert f"[{code}]" in out.err
    assert call([*arguments, "--json"]) == exit_code
    shape = json.loads(capsys.readouterr().out)
    assert (list(shape), shape["error"]["code"]) == (["error"], code)


def test_the_help_loads_no_engine() -> None:
    program = (
        "import sys; from verbale.app.cli.main import call; code = call(['records', 'install', '--help']); "
        "sys.exit(code or any(name in sys.modules for name in ('ibis', 'duckdb', 'verbale.records')))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Install datasets from a file that you have fetched." in result.stdout
