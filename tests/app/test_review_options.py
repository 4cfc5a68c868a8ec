"""The command `review`: what its exit codes say, choices that cannot be meant, and the shapes of its JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from verbale.app.cli.main import call
from verbale.parse.parser import OWN_MODEL

pytestmark = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")
TEXT = "The brazen note of 31 June 1930 was sent back. Sweden and Norway agreed on the port in 1931.\n"
Told = pytest.CaptureFixture[str]


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_failure_is_told_from_errors_in_the_manuscript(note: Path, tmp_path: Path, capsys: Told) -> None:
    assert call(["review", str(note), "--format", "json", "--strict"]) == 1
    for wrong in (
        ["review", str(tmp_path / "none.txt"), "--strict"],
        ["review", str(note), "--strict", "--format", "word"],
        ["review", str(note), "--strict", "--skip", "spelling"],
        ["review", str(note), "--strict", "--records", "sipri"],
        ["review", str(note), "--strict", "--ledger", str(tmp_path / "none.duckdb")],
    ):
        assert call(wrong) == 4, wrong
    assert call(["review", str(note), "--no-such-option"]) == 2
    assert call(["review", str(tmp_path / "none.txt"), "--json"]) == 4
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["error"]["code"] == "file-missing"


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (["--only", "claim", "--skip", "claim"], "check-contradiction"),
        (["--only", "claim,date-conflict", "--skip", "date-conflict"], "check-contradiction"),
        (["--only", ""], "check-unnamed"),
        (["--only", " , "], "check-unnamed"),
        (["--today", "soon"], "review-day"),
        (["--url", "example"], "review-url"),
    ],
)
def test_choices_that_cannot_be_meant_are_refused(choice: list[str], code: str, note: Path, capsys: Told) -> None:
    assert call(["review", str(note), "--format", "markdown", *choice]) == 4
    told = capsys.readouterr()
    assert told.out == ""
    assert f"[{code}]" in told.err


def test_leaving_out_every_check_is_refused(note: Path, capsys: Told) -> None:
    assert call(["review", str(note), "--skip", "nothing"]) == 4
    known = capsys.readouterr().err.partition("choose among ")[2].partition(" [")[0]
    assert call(["review", str(note), "--skip", known.replace(" ", "")]) == 4
    assert "every check is left out" in capsys.readouterr().err


def test_json_has_one_shape(note: Path, tmp_path: Path, capsys: Told) -> None:
    def told(*options: str) -> dict[str, Any]:
        assert call(["review", str(note), *options]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    plain = told("--format", "json")
    assert plain["document"]["text"] == TEXT
    for options in (
        ["--json", "-o", str(tmp_path / "r.html")],
        ["--json", "--format", "json"],
        ["--json", "--format", "markdown"],
    ):
        machine = told(*options)
        assert {name: machine[name] for name in plain} == plain
    assert machine["written"].startswith("# Review")


def test_a_claim_review_bears_no_day_but_the_one_that_is_given(note: Path, capsys: Told) -> None:
    def told(*options: str) -> str:
        assert call(["review", str(note), "--format", "claimreview", *options]) == 0
        return capsys.readouterr().out

    assert "datePublished" not in told()
    assert told() == told()
    given = told("--today", "2026-03-31", "--url", "https://example.org/r.html")
    assert '"datePublished": "2026-03-31"' in given
    assert '"url": "https://example.org/r.html#n1"' in given


def test_today_says_what_is_still_to_come(tmp_path: Path, capsys: Told) -> None:
    path = tmp_path / "later.txt"
    path.write_text("In 2031 the presidents opened the valves of the canal and went home.", encoding="utf-8")
    for day, findings in (("2030-01-01", 1), ("2032-01-01", 0)):
        assert call(["review", str(path), "--format", "json", "--only", "future-date", "--today", day]) == 0
        assert len(json.loads(capsys.readouterr().out)["findings"]) == findings


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_sarif_leads_to_the_lines_of_the_file(ending: str, tmp_path: Path, capsys: Told) -> None:
    path = tmp_path / "lines.txt"
    lines = ["# The Ports", "", "Nobody came.", "", "The brazen note of 31 June 1930 was sent back.", ""]
    path.write_bytes(ending.join(lines).encode())
    assert call(["review", str(path), "--format", "sarif", "--only", "date-conflict"]) == 0
    run = json.loads(capsys.readouterr().out)["runs"][0]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (5, 20, 32)
    assert run["artifacts"][0]["contents"]["text"][region["charOffset"] :].startswith("31 June 1930")
    assert run["artifacts"][0]["location"]["uri"].startswith("file:///")


def test_headings_of_a_text_file_that_was_written_as_markdown(tmp_path: Path, capsys: Told) -> None:
    path = tmp_path / "ports.txt"
    path.write_text("# The Ports\n\n## 1. North\n\nShips came.\n\n## 3. South\n\nNone came.\n", encoding="utf-8")
    assert call(["review", str(path), "--format", "json", "--only", "section-numbering"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["document"]["title"] == "The Ports"
    assert [found["quote"] for found in facts["findings"]] == ["3. South"]


@pytest.mark.parametrize("text", ["Treaty. " * 40, "x" * 300, "RUS IRN USA GBR FRA " * 15, "Treaty.", "12 Mar 1946 " * 80])
def test_a_text_that_is_too_short_to_tell_is_of_no_foreign_language(text: str, tmp_path: Path) -> None:
    path = tmp_path / "short.txt"
    path.write_text(text, encoding="utf-8")
    assert call(["review", str(path), "--format", "json", "-o", str(tmp_path / "r.json")]) == 0
