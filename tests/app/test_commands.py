"""The command line: what is printed for people and for machines, exit codes, and that no error is a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from verbale.app.cli import main
from verbale.app.cli.main import call
from verbale.app.flows.version import version
from verbale.core import CATALOGUE
from verbale.ledger import open_ledger
from verbale.parse.parser import OWN_MODEL

needs_model = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")
TEXT = "Britain invaded Egypt on 31 October 1956. The United States criticised Britain on 2 November 1956."


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "suez.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@needs_model
def test_from_a_document_to_everything_else(note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = str(tmp_path / "L.duckdb")
    assert call(["code", str(note), "--ledger", ledger]) == 0
    out = capsys.readouterr()
    assert "coded: 1 document" in out.out
    assert f"ledger: {ledger}" in out.out
    assert out.err == ""
    assert call(["code", str(note), "--ledger", ledger]) == 0
    assert "coded: 0 documents, 1 finished before" in capsys.readouterr().out
    assert call(["info", ledger, "--documents"]) == 0
    told = capsys.readouterr().out
    assert "1 document (" in told
    assert "  suez" in told
    assert call(["export", ledger]) == 0
    line = next(json.loads(line) for line in capsys.readouterr().out.splitlines() if json.loads(line)["target"] == "EGY")
    assert call(["show", line["event_id"], "--ledger", ledger]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"GBR -> EGY: ASSAULT ({line['event_id']})")
    assert f">>> {line['quote']} <<<" in told
    page = tmp_path / "page.html"
    assert call(["dossier", "--ledger", ledger, "--output", str(page)]) == 0
    assert f"dossier: {page} (" in capsys.readouterr().out
    assert page.exists()


@needs_model
def test_json_is_one_object_with_the_same_facts(note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = str(tmp_path / "L.duckdb")
    assert call(["code", str(note), "--ledger", ledger, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["documents"], facts["sentences"], facts["rejections"], facts["ledger"]) == (1, 2, [], ledger)
    assert call(["info", ledger, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["coder"] == "verbale"
    assert call(["export", ledger, "--layout", "csv", "-o", str(tmp_path / "e.csv"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == facts["events"]
    assert call(["import", str(tmp_path / "e.csv"), "--ledger", ledger, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["known"] == facts["events"]


@needs_model
def test_rejected_input_is_listed_and_the_exit_code_is_3(
    note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, missing = str(tmp_path / "L.duckdb"), str(tmp_path / "none.txt")
    assert call(["code", str(note), missing, "--ledger", ledger]) == 3
    out = capsys.readouterr().out
    assert "coded: 1 document" in out
    assert "1 input rejected:\n  there is no file or folder at" in out
    assert call(["code", missing, "--ledger", ledger, "--json"]) == 3
    (rejection,) = json.loads(capsys.readouterr().out)["rejections"]
    assert (rejection["code"], rejection["path"]) == ("file-missing", missing)


@needs_model
def test_columns_of_a_corpus_are_named_by_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "corpus.csv"
    corpus.write_text(f'key,body,day\nsuez,"{TEXT}",1957-01-01\n', encoding="utf-8")
    ledger = str(tmp_path / "L.duckdb")
    options = ["--text-column", "body", "--id-column", "key", "--date-column", "day"]
    assert call(["code", str(corpus), "--ledger", ledger, *options]) == 0
    capsys.readouterr()
    with open_ledger(ledger, read_only=True) as open_one:
        (row,) = open_one.documents().select("name", "date").to_pyarrow().to_pylist()
    assert (row["date"], "suez" in row["name"]) == ("1957-01-01", True)


@needs_model
def test_evaluate_prints_the_measures(note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.jsonl"
    record = {"doc": "suez", "quote": "Britain invaded Egypt on 31 October 1956", "source": ["GBR"], "target": ["EGY"],
              "type": "ASSAULT", "date": "1956"}  # fmt: skip
    missed = record | {"type": "AID"}
    gold.write_text(json.dumps(record) + "\n" + json.dumps(missed), encoding="utf-8")
    assert call(["evaluate", str(gold), "--texts", str(tmp_path), "--misses", "5"]) == 0
    out = capsys.readouterr().out
    assert "year: 1 of 1 dated matches, 1.000" in out
    assert "not found, 1 of 1:\n  suez: GBR > EGY AID 1956: 'Britain invaded Egypt on 31 October 1956' [there: GBR >" in out
    assert call(["evaluate", str(gold), "--texts", str(tmp_path), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["levels"]["type"]["matched"] == 1
    assert facts["by_document"]["suez"]["level"] == "quad"


def test_a_malformed_row_of_an_import_makes_exit_code_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "e.jsonl").write_text('{"a": 1}\n')
    assert call(["import", str(tmp_path / "e.jsonl"), "--ledger", str(tmp_path / "L.duckdb")]) == 3
    out = capsys.readouterr().out
    assert "imported: 0 events (jsonl)" in out
    assert "document_id is missing" in out


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code", "words"),
    [
        (["info", "{folder}/none.duckdb"], "database-missing", 1, "there is no ledger at"),
        (["info", "{folder}/other.duckdb"], "database-foreign", 1, "is not a DuckDB file"),
        (["show", "00", "--ledger", "{folder}/none.duckdb"], "database-missing", 1, "there is no ledger at"),
        (
            ["export", "{folder}/none.duckdb", "--layout", "xml", "-o", "{folder}/e"],
            "layout-unknown",
            1,
            "no layout is called xml",
        ),
        (
            ["export", "{folder}/none.duckdb", "--dyad", "x", "-o", "{folder}/e"],
            "dyad-malformed",
            1,
            "x is not a pair of actors",
        ),
        (
            ["export", "{folder}/none.duckdb", "--dyad", "Russia-United States", "-o", "{folder}/e"],
            "dyad-names",
            1,
            "Russia-United States names actors by words; give their codes, RUS-USA",
        ),
        (["dossier"], "dossier-input", 1, "there are no documents and no ledger"),
        (["evaluate", "{folder}/none"], "file-missing", 1, "there is no file or folder at"),
        (["code"], "usage", 2, "; see `verbale code --help`"),
        (["code", "x", "--nonsense"], "usage", 2, "--nonsense"),
        (["code", "x", "--workers", "many"], "usage", 2, "--workers"),
        (["nonsense"], "usage", 2, "nonsense"),
    ],
)
def test_errors_are_one_line_or_one_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str, exit_code: int, words: str
) -> None:
    (tmp_path / "other.duckdb").write_text("hello")
    arguments = [argument.format(folder=tmp_path) for argument in arguments]
    assert call(arguments) == exit_code
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.startswith("error: ")
    assert out.err.count("\n") == 1
    assert words in out.err
    assert f"[{code}]" in out.err
    assert call([*arguments, "--json"]) == exit_code
    shape = json.loads(capsys.readouterr().out)
    assert list(shape) == ["error"]
    assert shape["error"]["code"] == code
    assert words in shape["error"]["message"]


def test_a_fault_in_the_program_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr("verbale.app.flows.describing.info", broken)
    monkeypatch.setattr("verbale.app.flows.info", broken, raising=False)
    assert call(["info", "x"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("error: a fault in the program: ZeroDivisionError: two lines; set VERBALE_DEBUG=1")
    monkeypatch.setenv("VERBALE_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        call(["info", "x"])


def test_an_interrupt_says_that_nothing_is_lost(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("verbale.app.flows.info", interrupted, raising=False)
    assert call(["info", "x"]) == 1
    assert "error: stopped; finished documents are kept" in capsys.readouterr().err


def test_words_of_a_document_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    call(["info", "\x1b[2Jx\r.duckdb"])
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "\\x1b[2Jx" in err


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["--version"]) == 0
    assert capsys.readouterr().out == f"verbale {version()}\n"


def test_the_installed_command_runs_and_help_loads_no_parser() -> None:
    program = (
        "import sys; from verbale.app.cli.main import call; code = call(['code', '--help']); "
        "sys.exit(code or any(name in sys.modules for name in ('spacy', 'ibis', 'altair')))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Code documents: write who did what to whom into a ledger." in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes as POSIX has them")
@needs_model
def test_a_reader_that_goes_away_is_no_error(note: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "L.duckdb"
    assert call(["code", str(note), "--ledger", str(ledger), "--json"]) == 0
    for command in (["export", str(ledger)], ["info", str(ledger)]):
        program = f"from verbale.app.cli.main import run; run({command!r})"
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stderr is not None
            writer.stdout.close()
            assert writer.stderr.read() == b""
        assert writer.returncode == 0


def test_every_error_code_is_used_once_it_is_listed() -> None:
    source = Path(main.__file__).parents[2]
    code = "\n".join(path.read_text(encoding="utf-8") for path in source.rglob("*.py") if path.name != "errors.py")
    assert not [name for name in CATALOGUE if f'"{name}"' not in code]


@needs_model
def test_a_folder_that_holds_ledger_and_page_is_read_again_without_them(
    note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["dossier", str(tmp_path), "--ledger", str(tmp_path / "L.duckdb"), "--output", str(tmp_path / "page.html")]
    assert call(command) == 0
    assert "found: " in capsys.readouterr().out
    assert call(command) == 0
    told = capsys.readouterr().out
    assert "coded: 0 documents, 1 finished before" in told
    assert "found: " not in told  # nothing was looked at, so nothing can be told about it
    assert note.exists()


def test_rows_and_report_do_not_share_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["export", str(tmp_path / "L.duckdb"), "--json"]) == 2
    assert "name a file for the rows with --output" in json.loads(capsys.readouterr().out)["error"]["message"]


@needs_model
def test_info_lists_what_was_rejected_and_why(note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nothing.txt").write_text("", encoding="utf-8")
    ledger = str(tmp_path / "L.duckdb")
    assert call(["code", str(note), str(tmp_path / "nothing.txt"), "--ledger", ledger]) == 3
    capsys.readouterr()
    assert call(["info", ledger]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "1 input rejected:" in told
    assert "nothing.txt holds no text" in told
    assert call(["info", ledger, "--json"]) == 0
    assert [row["code"] for row in json.loads(capsys.readouterr().out)["rejections_list"]] == ["file-empty"]


@pytest.mark.parametrize("words", [[], ["amend"]])
def test_without_a_command_the_help_is_shown(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert call(words) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"Usage: {' '.join(['verbale', *words])} ")
    assert "\nCommands:\n" in err
