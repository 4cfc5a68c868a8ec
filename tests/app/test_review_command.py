"""The command `review`: formats, choice of checks, exit codes, and input that is not one manuscript."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verbale.app.cli.main import call
from verbale.parse.parser import OWN_MODEL

pytestmark = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")
TEXT = "The brazen note of 31 June 1930 was sent back. Sweden and Norway agreed on the port in 1931.\n"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_page_is_written(note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "r.html"
    assert call(["review", str(note), "-o", str(page)]) == 0
    told = capsys.readouterr().out
    assert told == f"found: 4 findings: 1 error, 0 warnings, 3 notes\nreview: {page}\n"
    assert "There is no 31 June 1930." in page.read_text(encoding="utf-8")


def test_other_formats_go_to_the_screen_and_are_the_same_twice(note: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["review", str(note), "--format", "json"]) == 0
    first = capsys.readouterr().out
    assert [found["quote"] for found in json.loads(first)["findings"]] == [
        "The brazen note of 31 June 1930 was sent back.",
        "brazen",
        "31 June 1930",
        "Sweden and Norway agreed on the port in 1931",
    ]
    assert call(["review", str(note), "--format", "json"]) == 0
    assert capsys.readouterr().out == first
    assert call(["review", str(note), "--format", "sarif"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == "2.1.0"
    assert call(["review", str(note), "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("# Review: note")


def test_strict_fails_on_errors_alone(note: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["review", str(note), "--format", "json", "--strict"]) == 1
    assert call(["review", str(note), "--format", "json", "--strict", "--skip", "date-conflict"]) == 0
    assert call(["review", str(note), "--format", "json", "--strict", "--only", "loaded-language,name-spelling"]) == 0
    facts = json.loads(capsys.readouterr().out.split("\n{\n")[-1].join(["{\n", ""]))
    assert [info["check"] for info in facts["checks"]] == ["name-spelling", "loaded-language"]


def test_wrong_choices_say_what_there_is(note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["review", str(note), "--format", "word"]) == 4
    assert (
        "'word' is no format of a review; choose one of html, json, sarif, claimreview, markdown, docx ["
        in capsys.readouterr().err
    )
    assert call(["review", str(note), "--skip", "spelling"]) == 4
    assert "no check is called 'spelling'; choose among assistant-residue, " in capsys.readouterr().err
    assert call(["review", str(note), "--records", "sipri"]) == 4
    assert (
        "a review reads no records called 'sipri'; choose among all, none, verbale, sipri-transfers" in capsys.readouterr().err
    )
    assert call(["review", str(tmp_path / "none.txt")]) == 4
    assert "there is no file or folder at" in capsys.readouterr().err
    (tmp_path / "second.txt").write_text(TEXT.upper(), encoding="utf-8")
    assert call(["review", str(tmp_path), "--format", "json"]) == 4
    assert "holds 2 documents; a review looks at one manuscript" in capsys.readouterr().err


def test_json_for_machines(note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "r.html"
    assert call(["review", str(note), "-o", str(page), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["errors"] == 1
    assert facts["output"] == str(page)
    assert page.exists()


def test_the_balance_of_an_account_leaves_the_manuscript_itself_out(tmp_path: Path) -> None:
    told = "France attacked Prussia in 1806. France threatened Prussia in 1807. France occupied Prussia in 1806.\n"
    other = "In 1807 France signed a treaty of alliance with Prussia. In 1806 Prussia thanked France for its aid.\n"
    for name, text in (("account", told), ("copy", told), ("other", other)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    ledger = tmp_path / "l.duckdb"
    alone, beside = tmp_path / "alone.duckdb", ledger
    assert call(["code", str(tmp_path / "copy.txt"), "--ledger", str(alone)]) == 0
    assert call(["code", str(tmp_path / "copy.txt"), str(tmp_path / "other.txt"), "--ledger", str(beside)]) == 0
    found = {}
    for path in (alone, beside):
        output = tmp_path / "r.json"
        command = ["review", str(tmp_path / "account.txt"), "--ledger", str(path), "--records", "none"]
        assert call([*command, "--format", "json", "-o", str(output)]) == 0
        found[path] = json.loads(output.read_text(encoding="utf-8"))["balance"]
    assert found[alone] is None
    assert found[beside]["pair"] == ["Germany", "France"] or found[beside]["pair"] == ["France", "Germany"]
    assert [row["holding"] for row in found[beside]["rows"] if row["kind"] == "holding"] == ["document", "other documents"]
    assert {row["side"] for row in found[beside]["rows"] if row["kind"] == "omitted"} == {"cooperation"}
