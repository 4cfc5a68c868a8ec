"""A project's vocabulary changes what is coded: with it and not without, here and in worker processes, and the ledger tells."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.vocab.project_samples import write_project

import verbale
from verbale.app import flows
from verbale.app.cli.main import call
from verbale.core import VerbaleError
from verbale.parse.parser import OWN_MODEL

pytestmark = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")

TEXTS = {
    "front": "In 1980 the Zorvan Front attacked France.",
    "early": "In 1925 Nino Zorvo visited Moscow.",
    "late": "In 1950 Nino Zorvo visited Moscow.",
    "between": "In 1938 Nino Zorvo visited Moscow.",
    "act": "In 1980 Italy defenestrated Germany.",
}
PROJECT = {
    "actors": "code,name,kind,start,end,sector,entity\nZLF,Zorvan Front,organisation,1970,1990,REB,Zorvan Front\n",
    "actions": "kind,lemma,type,source,target\nverb,defenestrate,ASSAULT,subject,object\n",
    "petrarch_actors": "NINO_ZORVO_ ; made up\n\t[FRAGOV 19200101-19301231]\n\t[ITAGOV 450101-551231]\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a working folder with a project and documents, and go there."""
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    write_project(tmp_path, **PROJECT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(ledger: Path, *, all_versions: bool = False) -> set[tuple[str, str, str, str]]:
    with verbale.open_ledger(ledger, read_only=True) as open_one:
        rows: list[dict[str, Any]] = open_one.events(all_versions=all_versions).to_pyarrow().to_pylist()
        names = {row["document_id"]: row["name"] for row in open_one.documents().to_pyarrow().to_pylist()}
    return {(names[row["document_id"]], row["source"], row["type"], row["target"]) for row in rows}


WITH = {
    ("front", "ZLF", "ASSAULT", "FRA"),
    ("early", "FRA", "CONSULT", "RUS"),
    ("late", "ITA", "CONSULT", "RUS"),
    ("act", "ITA", "ASSAULT", "DEU"),
}


def test_the_project_of_the_working_folder_decides_and_its_dates_do(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ledgers = tmp_path_factory.mktemp("ledgers")
    report = verbale.code(".", ledger=ledgers / "with.duckdb")
    assert report.rejections == ()
    assert report.project is not None
    assert [(file.name, file.added) for file in report.project.files] == [
        ("actors.csv", 1),
        ("actions.csv", 1),
        ("petrarch-actors.txt", 2),
    ]
    assert told(ledgers / "with.duckdb") == WITH
    without = verbale.code(".", ledger=ledgers / "without.duckdb", project=False)
    assert (without.documents, without.rejections, without.project) == (len(TEXTS), (), None)
    assert told(ledgers / "without.duckdb").isdisjoint(WITH)


def test_two_workers_tell_the_same_as_one(folder: Path) -> None:
    report = verbale.code(".", ledger="two.duckdb", workers=2, project=folder / "verbale.toml")
    assert report.rejections == ()
    assert told(folder / "two.duckdb") == WITH


def test_a_changed_file_has_documents_coded_again_beside_the_earlier_run(folder: Path) -> None:
    ledger = folder / "L.duckdb"
    first = verbale.code(".", ledger=ledger)
    assert verbale.code(".", ledger=ledger).skipped == len(TEXTS)
    (folder / "actors.csv").write_text(PROJECT["actors"].replace("ZLF", "ZVF"))
    second = verbale.code(".", ledger=ledger)
    assert (second.documents, second.skipped) == (len(TEXTS), 0)
    assert ("front", "ZVF", "ASSAULT", "FRA") in told(ledger)
    everything = told(ledger, all_versions=True)
    assert {("front", "ZLF", "ASSAULT", "FRA"), ("front", "ZVF", "ASSAULT", "FRA")} <= everything
    with verbale.open_ledger(ledger, read_only=True) as open_one:
        runs = {row["run_id"]: row for row in open_one.runs().to_pyarrow().to_pylist()}
    before, after = runs[first.run_id], runs[second.run_id]
    assert before["vocabulary"] != after["vocabulary"]
    assert json.loads(before["options"])["vocabulary"] == before["vocabulary"]


def test_the_command_lists_skipped_lines_and_leaves_with_3(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "actors.csv").open("a") as file:
        file.write("FRNA,Zorvolia,,,,,\n")
    assert call(["code", ".", "--ledger", "L.duckdb"]) == 3
    out = capsys.readouterr().out
    assert f"project: {folder.resolve() / 'verbale.toml'}" in out
    assert "actors.csv               1        0        1" in out
    assert "1 line of vocabulary files skipped:\n  actors.csv, line 3, field code: 'FRNA' is not allowed" in out
    assert call(["code", ".", "--ledger", "L.duckdb", "--json"]) == 3
    facts = json.loads(capsys.readouterr().out)
    assert facts["project"]["files"][0] == {"name": "actors.csv", "kind": "actors", "added": 1, "removed": 0, "skipped": 1}
    assert facts["project"]["rejections"][0]["code"] == "vocabulary-field"
    assert call(["code", ".", "--ledger", "L.duckdb", "--no-project"]) == 0
    assert "project" not in capsys.readouterr().out
    assert call(["dossier", ".", "--dyad", "ZLF-FRA", "--output", "page.html"]) == 3
    assert "<title>Zorvan Front and France" in (folder / "page.html").read_text()
    assert "1 line of vocabulary files skipped:" in capsys.readouterr().out
    assert call(["review", "front.txt", "--output", "review.html", "--no-project"]) == 0
    assert "project" not in capsys.readouterr().out
    assert call(["review", "front.txt", "--format", "markdown"]) == 3
    assert "warning: 1 line of vocabulary files skipped; `verbale vocabulary check" in capsys.readouterr().err


def test_files_can_be_tried_without_coding(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")  # so that no line breaks within a long path
    assert call(["vocabulary", "check"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "  file                 added  removed  skipped",
        "  actors.csv               1        0        0",
        "  actions.csv              1        0        0",
        "  petrarch-actors.txt      2        0        0",
    ]
    (folder / "petrarch-actors.txt").write_text("ZORVO_ [ZZZGOV]\n\x1b[31mRED [USA]\n")
    assert call(["vocabulary", "check", "--project", str(folder)]) == 3
    out = capsys.readouterr().out
    assert "2 lines of vocabulary files skipped:" in out
    assert "petrarch-actors.txt, line 1: ZZZ in the code 'ZZZGOV' is no state or organisation that is known" in out
    assert "\x1b" not in out
    assert call(["vocabulary", "check", "--json"]) == 3
    facts = json.loads(capsys.readouterr().out)
    assert [file["skipped"] for file in facts["files"]] == [0, 0, 2]
    (folder / "verbale.toml").write_text("")
    assert call(["vocabulary", "check"]) == 0
    assert "it names no vocabulary files" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "exit_code", "message"),
    [
        (["vocabulary", "check"], 1, "error: there is no verbale.toml in {folder} or above it; name one with --project"),
        (["vocabulary", "check", "--project", "gone.toml"], 1, "error: there is no file or folder at gone.toml"),
        (["code", "x.txt", "--project", "gone.toml"], 1, "error: there is no file or folder at gone.toml"),
        (["code", "x.txt", "--project", "a", "--no-project"], 2, "--project and --no-project exclude each other"),
    ],
)
def test_errors_name_the_project(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    exit_code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(arguments) == exit_code
    assert message.format(folder=os.fspath(tmp_path)) in capsys.readouterr().err


def test_a_broken_project_stops_a_run_that_uses_it_and_no_other(folder: Path) -> None:
    (folder / "verbale.toml").write_text("[vocabulary]\nactor = 'actors.csv'\n")
    with pytest.raises(VerbaleError, match=r"has the key actor in \[vocabulary\], which is not known; allowed is actors"):
        verbale.code("front.txt", ledger=folder / "L.duckdb")
    assert verbale.code("front.txt", ledger=folder / "L.duckdb", project=False).documents == 1


def test_evaluation_uses_the_project_too(folder: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "texts" / "act.txt").write_text(TEXTS["act"])
    event = {"doc": "act", "quote": "Italy defenestrated Germany", "source": ["ITA"], "target": ["DEU"], "type": "ASSAULT"}
    (folder / "gold.jsonl").write_text(json.dumps(event) + "\n")
    found = [flows.evaluate(folder, project=project).levels["type"].matched for project in (None, False)]
    assert found == [1, 0]
