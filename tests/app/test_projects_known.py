"""Vocabulary of the user's own where events are explained and amended: its rows are named, and its codes are known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.vocab.project_samples import write_project

import verbale
from verbale.app.cli.main import call
from verbale.core import VerbaleError
from verbale.parse.parser import OWN_MODEL

pytestmark = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")

TEXT = (
    "In 1980 the Zorvan Front defenestrated Italy. "
    "The gendarmery of Zorvolia attacked Germany in 1981. In 1925 Nino Zorvo visited Moscow. In 1990 Spain attacked Austria."
)
PROJECT = {
    "actors": "code,name,sector,entity\nZLF,Zorvan Front,REB,Front of Zorva\nITA,Zorvolia,,\n",
    "actions": "kind,lemma,type,source,target\nverb,defenestrate,ASSAULT,subject,object\n",
    "agents": "noun,sector\ngendarmery,COP\n",
    "petrarch_actors": "; made up\nNINO_ZORVO_\n\t[FRAGOV 19200101-19301231]\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a working folder with a project and a coded document, and go there."""
    write_project(tmp_path, **PROJECT)
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERBALE_AUTHOR", "Ada")
    verbale.code("note.txt", ledger="L.duckdb")
    return tmp_path


def event_id(source: str) -> str:
    with verbale.open_ledger("L.duckdb", read_only=True) as ledger:
        rows: list[str] = (
            ledger.events().filter(lambda row: row.source == source).order_by("start").event_id.to_pyarrow().to_pylist()
        )
    return rows[0]


def why(source: str, capsys: pytest.CaptureFixture[str], *options: str, exit_code: int = 0) -> str:
    assert call(["show", event_id(source), "--ledger", "L.duckdb", "--why", *options]) == exit_code
    return " ".join(capsys.readouterr().out.split())


def test_rows_of_ones_own_are_named_with_file_and_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    front = why("ZLF", capsys)
    assert "Note:" not in front
    assert '"defenestrated" (a verb) is read by this row of yours (actions.csv, line 2):' in front
    assert (
        'source ZLF (Front of Zorva), rebels, armed opposition: "Zorvan Front" is a name of ZLF as Front of Zorva '
        "(name; a row of yours: actors.csv, line 2)"
    ) in front
    assert "gendarmery (police; a row of yours: agents.csv, line 2) is an agent noun" in why("ITA", capsys)
    assert "(leader, 1920-1930; a row of yours: petrarch-actors.txt, line 2)" in why("FRA", capsys)
    told = verbale.explain(event_id("ZLF"), ledger="L.duckdb", project=folder / "verbale.toml").explanation
    assert told.act is not None
    assert told.act.entry.origin == "actions.csv, line 2"
    assert [actor.name.origin for actor in told.act.actors if actor.name] == ["actors.csv, line 2", ""]


def test_another_vocabulary_than_the_event_was_coded_with_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")  # so that no line breaks within a long path
    without = why("ZLF", capsys, "--no-project")
    assert "if a project file was used then, name it with --project), so rows may be others" in without
    assert "a row of yours" not in without
    verbale.code("note.txt", ledger="plain.duckdb", project=False)
    with verbale.open_ledger("plain.duckdb", read_only=True) as ledger:
        coded = ledger.events().event_id.to_pyarrow().to_pylist()[0]
    remarks = verbale.explain(coded, ledger="plain.duckdb").explanation.remarks
    (told,) = [remark.text for remark in remarks if remark.code == "vocabulary-differs"]
    assert told == (
        f"the event was coded without the vocabulary of {folder.resolve() / 'verbale.toml'}, which is used here; "
        "--no-project leaves it out"
    )
    assert verbale.explain(coded, ledger="plain.duckdb", project=False).explanation.remarks == ()
    (folder / "actors.csv").write_text(PROJECT["actors"] + "ZLF,Zorva Front,,\n")
    assert f"; that of {folder.resolve() / 'verbale.toml'} among it), so rows may be others" in why("ZLF", capsys)


def test_skipped_lines_and_misplaced_options_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "agents.csv").write_text(PROJECT["agents"] + "Wrong,COP\n")
    assert "Why this was coded" in why("ZLF", capsys, exit_code=3)
    show = ["show", event_id("ZLF"), "--ledger", "L.duckdb"]
    assert call([*show, "--why"]) == 3
    assert "warning: 1 line of vocabulary files skipped; `verbale vocabulary check" in capsys.readouterr().err
    assert call([*show, "--no-project"]) == 2
    assert "--no-project belongs to --why" in capsys.readouterr().err
    assert call([*show, "--why", "--project", "gone.toml"]) == 1
    assert "there is no file or folder at gone.toml" in capsys.readouterr().err


def test_an_event_is_amended_to_a_code_of_ones_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verbale.code("note.txt", ledger="plain.duckdb", project=False)
    with verbale.open_ledger("plain.duckdb", read_only=True) as ledger:
        (first, *_) = ledger.events().event_id.to_pyarrow().to_pylist()
    with pytest.raises(VerbaleError, match=r"'ZLF', which is no actor code .* needs the project file that says who it is"):
        verbale.amend(first, {"target": "ZLF"}, ledger="plain.duckdb", reason="r", project=False)
    change = ["amend", "change", first, "--ledger", "plain.duckdb", "--set", "target=zlf", "--reason", "r"]
    assert call([*change, "--project", "gone.toml"]) == 1
    capsys.readouterr()
    assert call([*change, "--json"]) == 0
    after = json.loads(capsys.readouterr().out)["event_after"]
    assert [after[name] for name in ("target", "target_sector", "target_entity")] == ["ZLF", "REB", "Front of Zorva"]
    back = verbale.amend(first, {"target": "ITA"}, ledger="plain.duckdb", reason="r").after
    assert back is not None
    assert (back.target.code, back.target.sector) == ("ITA", "")


def test_an_event_is_added_with_a_code_of_ones_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "agents.csv").write_text(PROJECT["agents"] + "Wrong,COP\n")
    add = ["amend", "add", "--document", "note", "--quote", "Zorvan Front", "--type", "PROTEST", "--reason", "r"]
    add += ["--ledger", "L.duckdb"]
    assert call([*add, "--source", "ITA"]) == 0, "a code of the package's needs no project"
    assert call([*add, "--source", "ZLF", "--set", "source_sector=CVL"]) == 3
    told = capsys.readouterr()
    assert "readers see: ZLF CVL -> nobody named: PROTEST" in told.out
    assert "warning: 1 line of vocabulary files skipped" in told.err
