"""The commands `verbale records ...`: text for people, JSON for machines, errors of the catalogue, exit codes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.records.download_server import running
from tests.records.record_samples import STATE_ROWS, states_file, states_text

from verbale.app.cli.main import call
from verbale.app.cli.output import file_bar
from verbale.records import DATASETS, Address


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
    assert [row["name"] for row in listed] == list(DATASETS)
    assert [(row["name"], row["edition"], row["rows"]) for row in listed if row["rows"]] == [("cow-states", "2016", 4)]
    shown = json.loads(said(capsys, "show", "cow-states", "--json"))
    assert (shown["installed"]["edition"], shown["header"][0]) == ("2016", "stateabb")
    assert json.loads(said(capsys, "show", "cow-wars", "--json"))["installed"] is None
    assert json.loads(said(capsys, "cite", "cow-wars", "--json"))["bibtex"].startswith("@book{sarkees_wayman_2010,")
    assert json.loads(said(capsys, "verify", "--json")) == {"datasets": {"cow-states": None}}


def test_the_columns_of_v_dem_are_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "V-Dem-CY-Core-v16.csv"
    file.write_text(
        "country_name,country_text_id,country_id,year,COWcode,v2x_polyarchy,v2x_gender\nIran,IRN,79,1950,630,.2,.3\n"
    )
    told = said(capsys, "install", "v-dem", "--file", str(file), "--columns", "v2x_gender", "--json")
    (one,) = json.loads(told)["installed"]
    assert (one["columns"], one["edition"], one["rows_out"]) == (["v2x_gender"], "16", 1)
    told = said(capsys, "install", "cow-states", "--file", str(file), "--columns", "ccode", code=1)
    assert "cow-states always has the same columns" in told


def test_looking_at_the_list_installs_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "list")
    said(capsys, "show", "verbale-instruments")
    assert not folder.exists()


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
        (["install", "cow-alliances"], "record-by-hand", 1, "from https://correlatesofwar.org/data-sets/formal-alliances/"),
        (["install", "cow-wars", "--edition", "3"], "download-edition", 1, "choose one of 4"),
        (["install", "cow-wars", "--file", "{folder}/none"], "file-missing", 1, "there is no file or folder at"),
        (["install", "cow-wars", "--file", "{folder}/s.csv"], "record-columns", 1, "it has the columns of cow-states"),
        (["show", "wars"], "record-unknown", 1, "no dataset is called 'wars'"),
        (["cite", "cow-wars", "wars"], "record-unknown", 1, "choose one of cow-wars (see"),
        (["show", "zzz"], "record-unknown", 1, "choose one of cow-states, "),
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
    assert "Install datasets from a file that you have fetched, or download them." in result.stdout


def test_a_download_tells_where_it_came_from(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    with running() as host:
        host.files["/states2016.csv"] = states_text().encode()
        found = replace(DATASETS["cow-states"], addresses=(Address(f"{host.url}/states2016.csv", "2016"),))
        monkeypatch.setitem(DATASETS, "cow-states", found)
        told = said(capsys, "install", "cow-states", "--partial")
        assert "cow-states, edition 2016: 4 rows in, 4 rows out, 0 rejected" in told
        assert f"  from: {host.url}/states2016.csv" in told
        assert f"address: {host.url}/states2016.csv (2016)" in said(capsys, "show", "cow-states")


def test_what_is_installed_is_described(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "install", "cow-states", "--file", str(states_file(tmp_path)), "--partial")
    output = folder / "datapackage.json"
    assert said(capsys, "describe", "-o", str(output)) == f"1 dataset described in {output}\n"
    package = json.loads(output.read_text(encoding="utf-8"))
    assert package == json.loads(said(capsys, "describe")) == json.loads(said(capsys, "describe", "--json"))
    (resource,) = package["resources"]
    content = (folder / resource["path"]).read_bytes()
    assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
    assert "output-unwritable" in said(capsys, "describe", "-o", str(folder / "no" / "d.json"), code=1)


def test_a_download_is_shown_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert file_bar("x.zip") is None, "nobody watches"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar = file_bar("a[b].zip")
    assert bar is not None
    bar.total = 200
    bar.update(50)
    assert bar.total == 200
    bar.reset()
    bar.update(200)
    bar.close()
    bar.close()
    assert "a[b].zip" in capsys.readouterr().err
