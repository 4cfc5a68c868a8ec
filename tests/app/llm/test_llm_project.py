"""The second coder with vocabulary of one's own: names, dates and codes count as they do for our own coder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.app.llm.chat_samples import act
from tests.app.llm.chat_server import Body, Reply, answer, passage, serve
from tests.vocab.project_samples import project_of, write_project

import verbale
from verbale.app.cli.main import call
from verbale.app.flows.llm.coder import LlmCoder
from verbale.core import VerbaleError

Maker = Callable[..., LlmCoder]

TEXTS = {
    "front": "In 1980 the Zorvan Front attacked France.",
    "early": "In 1925 Nino Zorvo visited Moscow.",
    "late": "In 1950 Nino Zorvo visited Moscow.",
}
# The model says what it takes the front for, and knows nothing of the codes of a project.
ACTS = {
    TEXTS["front"]: act(TEXTS["front"][:-1], "the Zorvan Front", "France", date="1980", source_code="LBN"),
    TEXTS["early"]: act(TEXTS["early"][:-1], "Nino Zorvo", "Moscow", "CONSULT", date="1925", target_code="RUS"),
    TEXTS["late"]: act(TEXTS["late"][:-1], "Nino Zorvo", "Moscow", "CONSULT", date="1950"),
}
ACTORS = "code,name,kind,start,end,sector,entity\nZLF,Zorvan Front,organisation,1970,1990,REB,Zorvan Front\n"
PROJECT = {
    "actors": ACTORS,
    "petrarch_actors": "NINO_ZORVO_ ; made up\n\t[FRAGOV 19200101-19301231]\n\t[ITAGOV 450101-551231]\n",
}
WITH = [("FRA", "RUS", "CONSULT"), ("ITA", "RUS", "CONSULT"), ("ZLF", "FRA", "ASSAULT")]


def script(body: Body) -> Reply:
    return answer(ACTS[passage(body)])


def acts_of(ledger: Path, **options: Any) -> list[tuple[str, str, str]]:
    with verbale.open_ledger(ledger, read_only=True) as open_one:
        rows: list[dict[str, Any]] = open_one.events(**options).to_pyarrow().to_pylist()
    return sorted((row["source"], row["target"], row["type"]) for row in rows)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a working folder with a project and documents, and go there."""
    place = tmp_path / "work"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    write_project(place, **PROJECT)
    monkeypatch.chdir(place)
    return place


@pytest.mark.parametrize("workers", [1, 3])
def test_the_project_decides_whom_a_models_words_mean(folder: Path, capsys: pytest.CaptureFixture[str], workers: int) -> None:
    with serve(script) as server:
        asked = ["--coder", "llm", "--endpoint", server.endpoint, "--model", "m", "--workers", str(workers)]
        assert call(["code", ".", "--ledger", "../L.duckdb", *asked, "--json"]) == 0
        facts = json.loads(capsys.readouterr().out)
        assert (facts["events"], facts["dropped"], facts["skipped"]) == (3, {}, 0)
        assert facts["project"]["path"] == str(folder / "verbale.toml")
        assert acts_of(folder.parent / "L.duckdb") == WITH
        # the files of the project lie among the documents and were not sent anywhere
        assert sorted(server.passages()) == sorted(TEXTS.values())
        assert call(["code", ".", "--ledger", "../L.duckdb", *asked]) == 0
        assert "3 finished before" in capsys.readouterr().out

        (folder / "actors.csv").write_text(ACTORS.replace("ZLF", "ZVF"))
        assert call(["code", ".", "--ledger", "../L.duckdb", *asked]) == 0
        out = capsys.readouterr().out
        assert "asked: 0 requests" in out
        assert "3 answers from the cache" in out
        assert f"project: {folder / 'verbale.toml'}" in out
        assert ("ZVF", "FRA", "ASSAULT") in acts_of(folder.parent / "L.duckdb")
        found = verbale.diff(ledger=folder.parent / "L.duckdb")
        assert (found.lost, found.gained, found.same) == ((), (), 2)
        assert [(one.before.source.code, one.after.source.code) for one in found.changed] == [("ZLF", "ZVF")]

        assert call(["code", ".", "--ledger", "../without.duckdb", *asked, "--no-project", "--json"]) == 0
        facts = json.loads(capsys.readouterr().out)
        assert (facts["events"], facts["dropped"], facts["project"]) == (0, {"actor-unknown": 3}, None)
        assert len(server.passages()) == 3


def test_a_skipped_line_of_the_project_shows_in_the_exit_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "actors.csv").open("a") as file:
        file.write("FRNA,Zorvolia,,,,,\n")
    (folder / "texts").mkdir()
    (folder / "front.txt").rename(folder / "texts" / "front.txt")
    gold = {
        "doc": "front",
        "quote": "the Zorvan Front attacked France",
        "source": ["ZLF"],
        "target": ["FRA"],
        "type": "ASSAULT",
    }
    (folder / "gold.jsonl").write_text(json.dumps(gold) + "\n")
    with serve(script) as server:
        asked = ["--coder", "llm", "--endpoint", server.endpoint, "--model", "m"]
        for arguments, exit_code, matched in (([], 3, 1), (["--project", "verbale.toml"], 3, 1), (["--no-project"], 0, 0)):
            assert call(["evaluate", ".", *asked, *arguments, "--json"]) == exit_code
            assert json.loads(capsys.readouterr().out)["levels"]["type"]["matched"] == matched
        asked += ["--output", "page.html"]
        assert call(["dossier", "texts", *asked, "--dyad", "ZLF-FRA"]) == 3
        assert "<title>Zorvan Front and France" in (folder / "page.html").read_text(encoding="utf-8")
        assert "1 line of vocabulary files skipped:" in capsys.readouterr().out
        assert call(["dossier", "texts", *asked, "--no-project"]) == 0
        assert "actor-unknown 1" in capsys.readouterr().out
        assert "ZLF" not in (folder / "page.html").read_text(encoding="utf-8")


def test_a_coder_that_was_made_before_keeps_its_project(folder: Path, tmp_path: Path, make_coder: Maker) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with serve(script) as server:
        made = make_coder(server.endpoint, project=project_of(other, actors=ACTORS.replace("ZLF", "ZVF")))
        report = verbale.code("front.txt", ledger="L.duckdb", coder=made)
        assert report.project is not None
        assert report.project.path == (other / "verbale.toml").resolve()
        assert acts_of(folder / "L.duckdb") == [("ZVF", "FRA", "ASSAULT")]
        assert verbale.code("front.txt", ledger="L.duckdb", coder=made, project=other).skipped == 1
        for project in (folder, False):
            with pytest.raises(VerbaleError, match="the coder llm:test-model was made with another project, or with none"):
                verbale.code("front.txt", ledger="L.duckdb", coder=made, project=project)
        without = make_coder(server.endpoint)
        assert verbale.code("front.txt", ledger="M.duckdb", coder=without).project is None
        assert acts_of(folder / "M.duckdb") == []


def test_corrections_by_hand_stay_on_the_page_of_the_coder_that_they_correct(folder: Path) -> None:
    ledger = folder / "L.duckdb"
    with serve(script) as server:
        verbale.code(".", ledger=ledger, coder="llm", endpoint=server.endpoint, model="m")
    with verbale.open_ledger(ledger) as open_one:
        ids = {row["source"]: row["event_id"] for row in open_one.events().to_pyarrow().to_pylist()}
    verbale.amend(ids["ZLF"], {"type": "THREATEN"}, ledger=ledger, reason="words alone", author="me")
    verbale.withdraw(ids["ITA"], ledger=ledger, reason="a legend", author="me")
    verbale.add_event(
        "late", "visited Moscow", source="ITA", target="RUS", type="AGREE", ledger=ledger, reason="a pact", author="me"
    )
    shown = verbale.dossier(ledger=ledger, output="m.html", coder="llm", model="m")
    page = (folder / "m.html").read_text(encoding="utf-8")
    assert shown.events == 3
    assert "words alone" in page
    assert "and 1 withdrawn" in page
    # what a person added belongs to no coder and stands on every page
    assert verbale.dossier(ledger=ledger, output="ours.html", coder="verbale").events == 1
    with pytest.raises(VerbaleError, match=r"holds nothing that llm: coded; name one of its coders .*: llm:m"):
        verbale.dossier(ledger=ledger, output="none.html", coder="llm")
    page = (folder / "ours.html").read_text(encoding="utf-8")
    assert "words alone" not in page
    assert "and 0 withdrawn" in page
