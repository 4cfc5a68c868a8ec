"""`verbale show --why` and `verbale.explain`: what is told of our own events, and of those that others coded."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import verbale
from verbale.app.cli.main import call
from verbale.app.flows.common import new_run
from verbale.coding import CODER, CODER_VERSION
from verbale.core import Event, VerbaleError
from verbale.ledger import Counts
from verbale.parse.parser import OWN_MODEL

pytestmark = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")

TEXT = "Sweden attacked Denmark in May 1848. It was a mild spring. Denmark condemned the attack and asked Britain to mediate."


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("why")
    note = folder / "sound.txt"
    note.write_text(TEXT, encoding="utf-8")
    path = folder / "L.duckdb"
    verbale.code(note, ledger=path)
    return path


def events_of(path: Path) -> list[Event]:
    with verbale.open_ledger(path, read_only=True) as ledger:
        ids = ledger.events().order_by("start", "event_id").event_id.to_pyarrow().to_pylist()
        return [ledger.event(event_id) for event_id in ids]


def ledger_with(folder: Path, like: Path, event: Event, **run: str) -> Path:
    """Make a ledger with the document of another and one event, coded by a run of these fields."""
    path = folder / "other.duckdb"
    with verbale.open_ledger(like, read_only=True) as ledger:
        document = ledger.document(event.evidence.document_id)
    fields = {"coder": event.coder, "coder_version": event.coder_version, "model": "", "vocabulary": ""} | run
    with verbale.open_ledger(path) as ledger:
        ledger.append(document, [event], run=new_run(**fields, options={}), counts=Counts())
    return path


def remarks(path: Path, event: Event) -> dict[str, str]:
    return {one.code: one.text for one in verbale.explain(event.event_id, ledger=path).explanation.remarks}


def test_every_event_is_found_again_as_it_stands_in_the_ledger(ledger: Path) -> None:
    found = events_of(ledger)
    assert found
    for event in found:
        explained = verbale.explain(event.event_id, ledger=ledger)
        assert explained.document == "sound"
        assert explained.run is not None
        assert explained.run.coder == CODER
        assert explained.explanation.derived
        assert explained.explanation.remarks == ()
        assert explained.explanation.confidence == event.confidence
        assert max(map(len, explained.text(width=80).splitlines())) <= 80


def test_the_command_tells_the_parse_the_rows_the_actors_the_date_and_the_losers(
    ledger: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    event = next(event for event in events_of(ledger) if event.type == "ASSAULT")
    assert call(["show", event.event_id, "--ledger", str(ledger), "--why"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"SWE -> DNK: ASSAULT ({event.event_id})")
    assert ">>> Sweden attacked Denmark in May 1848 <<<" in out
    assert "\x1b" not in out
    assert "\nWhy this was coded\n" in out
    words = " ".join(out.split())
    for told in (
        "Its parse (",
        '"attacked" (a verb) is read by this row of the action lexicon:',
        "Rows that were tried and lost:",
        "As done (status actual).",
        'source SWE (Sweden): "Sweden" is a name of SWE',
        '1848-05 (known to the month), from "May 1848": it stands in the clause of the act.',
        f'SWE ("Sweden") -> DNK ("Denmark"): probability {event.confidence:.2f}, this event',
        "Pairs that lost",
        f"{event.confidence:.2f}: of a hundred events with this figure",
    ):
        assert told in words, told
    assert max(map(len, out.partition("Why this was coded")[2].splitlines())) <= 80


def test_without_why_nothing_is_read_again(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = events_of(ledger)[0]
    assert call(["show", event.event_id, "--ledger", str(ledger), "--json"]) == 0
    assert "why" not in json.loads(capsys.readouterr().out)
    assert call(["show", event.event_id, "--ledger", str(ledger), "--model", "x"]) == 2
    assert "--model belongs to --why; see `verbale show --help` [usage]" in capsys.readouterr().err


def test_json_has_the_same_facts(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = events_of(ledger)[0]
    assert call(["show", event.event_id, "--ledger", str(ledger), "--why", "--json"]) == 0
    facts: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert facts["event"]["event_id"] == event.event_id
    assert facts["run"]["coder_version"] == CODER_VERSION
    told = facts["why"]
    assert (told["derived"], told["number"], told["remarks"]) == (True, 1, [])
    assert [word["text"] for word in told["words"]][:3] == ["Sweden", "attacked", "Denmark"]
    (act,) = [act for act in told["acts"] if any(pair["is_event"] for pair in act["pairs"])]
    assert act["entry"]["lemma"] == event.trigger
    assert act["date"]["start"] == "1848-05-01"
    assert {"name", "weight", "meaning"} == set(act["pairs"][0]["speaks_for"][0])


def test_an_unknown_event_and_one_without_its_document_are_errors(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["show", "00", "--ledger", str(ledger), "--why"]) == 1
    assert "holds no event 00; list the events with" in capsys.readouterr().err
    event = replace(events_of(ledger)[0], coder="by hand")
    alone = tmp_path / "alone.duckdb"
    with verbale.open_ledger(alone) as open_one:
        open_one.import_events([event], run=new_run(coder="import", coder_version="", model="", vocabulary="", options={}))
    assert call(["show", event.event_id, "--ledger", str(alone), "--why"]) == 1
    err = capsys.readouterr().err
    assert f"does not hold the text that event {event.event_id} was coded from (coder: by hand), so that nothing can be" in err
    assert "; code its document into this ledger; `verbale show" in err
    with pytest.raises(VerbaleError, match="explain-no-text"):
        verbale.explain(event.event_id, ledger=alone)


def test_another_coders_event_gets_what_ours_makes_of_the_sentence(ledger: Path, tmp_path: Path) -> None:
    event = events_of(ledger)[0]
    foreign = replace(event, coder="llm", coder_version="3", target=replace(event.target, code="NOR"))
    path = ledger_with(tmp_path, ledger, foreign)
    told = remarks(path, foreign)
    assert list(told) == ["coder-foreign", "not-derived"]
    assert told["coder-foreign"].startswith(
        'the event was coded by "llm", so that there is no parse and no rule of ours behind it'
    )
    text = verbale.explain(foreign.event_id, ledger=path).text()
    assert 'The act "attacked", as the coder reads it now' in text
    assert 'SWE ("Sweden") -> DNK ("Denmark"): probability' in text


def test_a_sentence_that_the_screen_passes_over_is_said_to_be_so(ledger: Path, tmp_path: Path) -> None:
    event = events_of(ledger)[0]
    start = TEXT.index("It was")
    mild = replace(
        event, coder="by hand", evidence=replace(event.evidence, start=start, end=start + 20, quote=TEXT[start : start + 20])
    )
    told = remarks(ledger_with(tmp_path, ledger, mild), mild)
    assert list(told) == ["coder-foreign", "screened-out", "not-derived"]
    assert told["screened-out"].startswith("the coder does not parse this sentence at all")


def test_what_differs_from_the_run_that_coded_it_is_said(ledger: Path, tmp_path: Path) -> None:
    event = replace(events_of(ledger)[0], coder_version="0", confidence=0.11)
    told = remarks(ledger_with(tmp_path, ledger, event, vocabulary="0123456789abcdef", model="en_other-1.0"), event)
    assert list(told) == ["version-differs", "vocabulary-differs", "parser-differs", "confidence-differs"]
    assert told["version-differs"] == (
        f"the event was coded by version 0 of the coder, and is read again with version {CODER_VERSION}"
    )
    assert "(then 0123456789abcdef, now " in told["vocabulary-differs"]
    assert told["parser-differs"].startswith("the sentence was parsed by en_other-1.0, and is parsed here by en_")
    assert told["confidence-differs"].startswith("the ledger has the confidence 0.11, the coder installed here gives 0.")


def test_our_own_event_from_a_file_has_no_known_vocabulary(ledger: Path, tmp_path: Path) -> None:
    event = events_of(ledger)[0]
    told = remarks(ledger_with(tmp_path, ledger, event, coder="import", coder_version=""), event)
    assert list(told) == ["imported"]
    assert told["imported"].startswith("the event was imported from a file")


def test_of_an_amended_event_the_coders_own_is_explained(ledger: Path, tmp_path: Path) -> None:
    event = events_of(ledger)[0]
    path = ledger_with(tmp_path, ledger, event)
    amended = verbale.amend(event.event_id, {"type": "THREATEN"}, ledger=path, reason="a test", author="me")
    assert amended.after is not None
    for event_id in (event.event_id, amended.after.event_id):
        explanation = verbale.explain(event_id, ledger=path).explanation
        assert explanation.derived
        assert explanation.event.event_id == event.event_id
        assert "as the coder wrote it" in next(one.text for one in explanation.remarks if one.code == "amended")


def test_a_model_that_is_not_there_is_an_error(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = events_of(ledger)[0]
    assert call(["show", event.event_id, "--ledger", str(ledger), "--why", "--model", "no_such_model"]) == 1
    assert "the parser model 'no_such_model' cannot be loaded" in capsys.readouterr().err


def test_the_worked_example_of_the_manual_is_what_the_command_prints(tmp_path: Path) -> None:
    """Down to the weights, which are learnt anew; below them only the headings are compared."""
    page = (Path(__file__).parents[2] / "docs" / "coding.md").read_text(encoding="utf-8")
    section = page.partition("## Why an event was coded")[2]
    story = next(line for line in section.splitlines() if line.startswith("> ")).removeprefix("> ")
    example = section.partition("```text\n")[2].partition("```")[0]
    note = tmp_path / "timor.txt"
    note.write_text(story, encoding="utf-8")
    verbale.code(note, ledger=tmp_path / "L.duckdb")
    expelled = next(event for event in events_of(tmp_path / "L.duckdb") if event.trigger == "expel")
    told = verbale.explain(expelled.event_id, ledger=tmp_path / "L.duckdb").text(width=100)
    weighed = "Which pair of actors"
    model = "  The parser's model gives "  # a figure of the parser's, which is trained anew, too
    above = [
        [line for line in text.partition(weighed)[0].splitlines() if not line.startswith(model)] for text in (told, example)
    ]
    assert above[0] == above[1]
    headings = [[line for line in part.splitlines() if line[:1].strip()] for part in (told, example)]
    assert headings[0] == headings[1]
