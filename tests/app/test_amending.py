"""Correcting events by hand: what is checked, what follows from a change, what is printed, and how corrections are shared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.ledger_samples import make_document, make_events, make_run

import verbale
from verbale.app.cli.main import call
from verbale.core import CATALOGUE, Document, Event, VerbaleError
from verbale.ledger import Counts, open_ledger

TEXT = "Relations in brief\n\nBritain invaded Egypt in 1882.\nEgypt and Sudan met in Cairo on 3 May 1953."
DOCUMENT = make_document("note", TEXT)
INVADED, MET = make_events(DOCUMENT)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VERBALE_AUTHOR", "Ada")
    path = tmp_path / "L.duckdb"
    write(path, DOCUMENT, [INVADED, MET])
    return path


def write(path: Path, document: Document, events: Sequence[Event], run_id: str = "run-1", options: str = "o") -> None:
    with open_ledger(path) as ledger:
        ledger.append(document, events, run=make_run(run_id), counts=Counts(3, 1), options=options)


def rows(path: Path, **options: Any) -> list[dict[str, Any]]:
    with open_ledger(path, read_only=True) as ledger:
        found: list[dict[str, Any]] = ledger.events(**options).order_by("start", "type").to_pyarrow().to_pylist()
        return found


def test_what_follows_from_a_change_follows(ledger: Path) -> None:
    changes = {"type": "coerce", "source": "rus", "date": "1921-02", "contexts": "military; territory, war"}
    report = verbale.amend(INVADED.event_id, changes, ledger=ledger, reason="wrong  state")
    assert (report.before, report.amended.state) == (INVADED, "applied")
    event = report.after
    assert event is not None
    assert (event.type, event.mode, event.quad) == ("COERCE", "", "material conflict")
    assert event.intensity != INVADED.intensity
    assert (event.source.code, event.source.entity, event.source.sector) == ("RUS", "RSFSR", "MIL")
    assert event.date is not None
    assert (event.date.iso(), event.date.precision, event.date.text) == ("1921-02", "month", "in 1882")
    assert event.contexts == ("military", "territory", "war")
    assert (report.amended.amendment.author, report.amended.amendment.reason) == ("Ada", "wrong state")
    assert report.amended.now == event.event_id == rows(ledger)[0]["event_id"]


def test_a_field_is_emptied_and_a_span_of_time_is_given(ledger: Path) -> None:
    changes = {"date": "1882-07/1882-09", "place": "", "said_by": None}
    event = verbale.amend(INVADED.event_id, changes, ledger=ledger, reason="r").after
    assert event is not None
    assert event.date is not None
    assert (event.date.iso(), event.date.iso_end(), event.place, event.said_by) == ("1882-07", "1882-09", None, "")
    undated = verbale.amend(event.event_id, {"date": ""}, ledger=ledger, reason="r").after
    assert undated is not None
    assert undated.date is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"type": "FOO"}, "type is 'FOO', not one of AGREE"),
        ({"target": "XYZ"}, "target is 'XYZ', which is no actor code of the vocabulary or of this ledger"),
        ({"source": "Russia!"}, "source is 'RUSSIA!', not an actor code such as RUS"),
        ({"source_sector": "ARMY"}, "source_sector is 'ARMY', not one of GOV"),
        ({"mode": "dance"}, "mode is 'dance'; ASSAULT has "),
        ({"status": "maybe"}, "status is 'maybe', not one of actual"),
        ({"date": "last week"}, "date is 'last week', not a date such as 1921"),
        ({"date": "1921/1921-02"}, "date is '1921/1921-02', not a date such as 1921"),
        ({"date": "1922/1921"}, "date_end 1921-01-01 is before date_start 1922-01-01"),
        ({"confidence": "2"}, "confidence is '2', not a number from 0 to 1"),
        ({"mutual": "perhaps"}, "mutual is 'perhaps', not true or false"),
        ({"place": "", "place_country": "FRA"}, "place_country says nothing without a place, which the event lacks"),
        ({"place": "Cairo", "place_country": "Egypt"}, "place_country is 'EGYPT', which is no code of a state"),
        ({"date": "", "date_text": "then"}, "date_text says nothing without a date, which the event lacks"),
        ({"quote": "x"}, "'quote' cannot be changed; allowed are date, source"),
    ],
)
def test_a_value_that_is_not_allowed_says_what_is(ledger: Path, changes: dict[str, object], words: str) -> None:
    with pytest.raises(VerbaleError, match=r"docs/event-record.md lists fields and values \[amendment-value\]") as caught:
        verbale.amend(INVADED.event_id, changes, ledger=ledger, reason="r")
    assert words in str(caught.value)
    assert verbale.amendments(ledger) == ()


def test_an_amendment_needs_a_reason_a_name_and_something_to_change(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(VerbaleError, match="without its reason; say with --reason why"):
        verbale.amend(INVADED.event_id, {"type": "AID"}, ledger=ledger, reason=" ")
    with pytest.raises(VerbaleError, match="is so already; look at it with `verbale show"):
        verbale.amend(INVADED.event_id, {"type": "ASSAULT"}, ledger=ledger, reason="r")
    with pytest.raises(VerbaleError, match="holds no event 00ff"):
        verbale.withdraw("00ff", ledger=ledger, reason="r")
    verbale.withdraw(INVADED.event_id, ledger=ledger, reason="r")
    with pytest.raises(VerbaleError, match="is so already"):
        verbale.withdraw(INVADED.event_id, ledger=ledger, reason="r")
    monkeypatch.delenv("VERBALE_AUTHOR")
    monkeypatch.setattr("getpass.getuser", lambda: "")
    with pytest.raises(VerbaleError, match="give it with --author, or once and for all in the environment variable VERBALE"):
        verbale.withdraw(MET.event_id, ledger=ledger, reason="r")


def test_an_event_is_added_with_the_exact_words(ledger: Path) -> None:
    report = verbale.add_event(
        "note", "Egypt  and\nSudan met", source="EGY", target="SDN", type="AGREE", date="1953",
        fields={"mutual": "yes"}, ledger=ledger, reason="missed",
    )  # fmt: skip
    event = report.after
    assert event is not None
    assert event.evidence.quote == "Egypt and Sudan met" == TEXT[event.evidence.start : event.evidence.end]
    assert (event.coder, event.confidence, event.mutual) == ("by hand", 1.0, True)
    assert len(rows(ledger)) == 3
    with pytest.raises(VerbaleError, match=f"the event {event.event_id} is so already"):
        verbale.add_event("note", "and Sudan met", source="SDN", target="EGY", type="AGREE", date="1953",
                          fields={"mutual": "yes"}, ledger=ledger, reason="missed")  # fmt: skip


def test_words_that_are_missing_or_stand_twice_say_how_to_go_on(ledger: Path) -> None:
    said = {"source": "EGY", "target": "GBR", "type": "ACCUSE", "ledger": ledger, "reason": "r"}
    with pytest.raises(VerbaleError, match="does not hold the words 'Egypt accused'; copy the exact words"):
        verbale.add_event("note", "Egypt accused", **said)  # type: ignore[arg-type]
    with pytest.raises(VerbaleError, match=r"in 2 places \(1: .* 2: .*choose with --occurrence"):
        verbale.add_event("note", "Egypt", **said)  # type: ignore[arg-type]
    with pytest.raises(VerbaleError, match="place 3 of the words was asked for; they stand in note in 2"):
        verbale.add_event("note", "Egypt", occurrence=3, **said)  # type: ignore[arg-type]
    event = verbale.add_event("note", "Egypt", occurrence=2, **said).after  # type: ignore[arg-type]
    assert event is not None
    assert event.evidence.start == TEXT.rindex("Egypt")
    with pytest.raises(VerbaleError, match="holds no document letter"):
        verbale.add_event("letter", "Egypt", **said)  # type: ignore[arg-type]
    twin = make_document("note", "Another text of that name.")
    write(ledger, twin, [])
    with pytest.raises(VerbaleError, match=f"several documents are called note; give the id .*{twin.document_id}"):
        verbale.add_event("note", "text", **said)  # type: ignore[arg-type]


def test_an_amendment_is_undone_by_the_beginning_of_its_id(ledger: Path) -> None:
    kept = verbale.withdraw(INVADED.event_id, ledger=ledger, reason="r").amended.amendment
    report = verbale.undo_amendment(kept.amendment_id[:8], ledger=ledger, reason="it was right")
    assert (report.before, report.after) == (None, INVADED)
    assert [one.state for one in verbale.amendments(ledger)] == ["undone", "applied"]
    with pytest.raises(VerbaleError, match="was undone already"):
        verbale.undo_amendment(kept.amendment_id, ledger=ledger, reason="r")
    with pytest.raises(VerbaleError, match=r"holds no amendment zz; list the amendments with `verbale amend list --ledger"):
        verbale.undo_amendment("zz", ledger=ledger, reason="r")
    with pytest.raises(VerbaleError, match="holds no amendment ;"):
        verbale.undo_amendment("", ledger=ledger, reason="r")


def test_show_tells_the_history_under_both_ids(ledger: Path) -> None:
    event = verbale.amend(INVADED.event_id, {"type": "COERCE"}, ledger=ledger, reason="r").after
    assert event is not None
    for event_id in (INVADED.event_id, event.event_id):
        shown = verbale.show(event_id, ledger=ledger)
        assert (shown.event, shown.original, len(shown.amendments)) == (event, INVADED, 1)
    untouched = verbale.show(MET.event_id, ledger=ledger)
    assert (untouched.event, untouched.original, untouched.amendments) == (MET, None, ())


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_amendments_go_to_another_ledger_and_back(ledger: Path, tmp_path: Path, name: str) -> None:
    verbale.amend(
        INVADED.event_id, {"type": "COERCE", "date": "1882-07"}, ledger=ledger, reason="=SUM(A1)\t“q”", author="-A, B"
    )
    verbale.add_event("note", "Sudan met", source="SDN", target="EGY", type="AID", ledger=ledger, reason="missed")
    gone = verbale.withdraw(MET.event_id, ledger=ledger, reason="r").amended.amendment
    verbale.undo_amendment(gone.amendment_id, ledger=ledger, reason="r")
    file, other = tmp_path / name, tmp_path / "M.duckdb"
    assert verbale.export_amendments(ledger, output=file) == 4
    write(other, DOCUMENT, [INVADED, MET])
    report = verbale.import_amendments(file, ledger=other)
    assert (report.added, report.known, report.applied, report.rejections) == (4, 0, 3, ())
    assert verbale.amendments(other) == verbale.amendments(ledger)
    assert rows(other) == rows(ledger)
    assert verbale.import_amendments(file, ledger=other).known == 4
    again = tmp_path / f"again-{name}"
    verbale.export_amendments(other, output=again)
    assert again.read_bytes() == file.read_bytes()
    if name == "a.csv":
        assert "'=SUM(A1)" in file.read_text(encoding="utf-8")


def test_a_malformed_amendment_costs_no_other(ledger: Path, tmp_path: Path) -> None:
    verbale.amend(INVADED.event_id, {"type": "COERCE"}, ledger=ledger, reason="r")
    file, other = tmp_path / "a.jsonl", tmp_path / "M.duckdb"
    verbale.export_amendments(ledger, output=file)
    good = json.loads(file.read_text(encoding="utf-8"))
    wrong = [
        (good | {"kind": "burn"}, "kind is 'burn', not one of change, withdraw, add, undo"),
        (good | {"before": {}}, "in before, document_id is missing"),
        (good | {"before": None}, "before holds no event"),
        (good | {"after": {"type": "FOO"}}, "type is 'FOO', not one of"),
        (good | {"after": {"quote": "x"}}, "quote cannot be changed"),
        (good | {"after": {}}, "after holds no fields to change"),
        (good | {"event_id": "0" * 16}, "are not those of the event"),
        (good | {"author": " "}, "author is missing"),
        (good | {"reason": None}, "reason is missing"),
        (good | {"made": "yesterday"}, "made is 'yesterday', not a moment"),
        (good | {"beside": "x"}, "beside is not a list of events"),
        (good | {"kind": "undo"}, "undoes is missing"),
    ]
    file.write_text("\n".join([json.dumps(row) for row, _ in wrong] + ["{", json.dumps(good)]), encoding="utf-8")
    write(other, DOCUMENT, [INVADED, MET])
    report = verbale.import_amendments(file, ledger=other)
    assert (report.added, report.applied, len(report.rejections)) == (1, 1, len(wrong) + 1)
    for rejection, (_, words) in zip(report.rejections, wrong, strict=False):
        assert words in rejection.reason
        assert rejection.code == "amendment-malformed"
    with pytest.raises(VerbaleError, match="there is no file or folder at"):
        verbale.import_amendments(tmp_path / "none.csv", ledger=other)


def test_the_commands_say_what_was_done(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = ["--ledger", str(ledger), "--reason", "read \x1b[31magain"]
    assert call(["amend", "change", INVADED.event_id, "--set", "type=COERCE", "--set", "date=1882-07-11", *told]) == 0
    out = capsys.readouterr().out
    assert "Ada: changed\n  GBR MIL -> EGY: ASSAULT" in out
    assert "  type: ASSAULT -> COERCE\n" in out
    assert "  date_start: 1882-01-01 -> 1882-07-11\n" in out
    assert "reason: read \\x1b[31magain\n  applied (now " in out
    assert "readers see: GBR MIL -> EGY: COERCE (" in out
    add = ["--document", "note", "--quote", "Egypt and Sudan met", "--source", "EGY", "--target", "SDN", "--type", "CONSULT"]
    assert call(["amend", "add", *add, "--author", "Bo", *told]) == 0
    assert "on the same words stands also: EGY <-> SDN: CONSULT" in capsys.readouterr().out
    assert call(["amend", "withdraw", MET.event_id, *told]) == 0
    capsys.readouterr()
    assert call(["amend", "list", "--ledger", str(ledger), "--json"]) == 0
    held = json.loads(capsys.readouterr().out)["amendments"]
    assert [(one["kind"], one["state"]) for one in held] == [(kind, "applied") for kind in ("change", "add", "withdraw")]
    assert call(["amend", "undo", held[1]["amendment_id"], *told]) == 0
    assert call(["amend", "list", "--ledger", str(ledger)]) == 0
    out = capsys.readouterr().out
    assert "4 amendments in" in out
    assert f"undid {held[1]['amendment_id']}" in out
    assert call(["info", str(ledger)]) == 0
    assert "4 amendments by hand: 3 applied, 1 undone" in capsys.readouterr().out
    assert call(["show", MET.event_id, "--ledger", str(ledger)]) == 0
    assert "amended by hand; no reader sees this event:" in capsys.readouterr().out
    assert call(["export", str(ledger), "--raw"]) == 0
    assert [json.loads(line)["type"] for line in capsys.readouterr().out.splitlines()] == ["ASSAULT", "CONSULT"]
    assert call(["export", str(ledger)]) == 0
    assert [json.loads(line)["type"] for line in capsys.readouterr().out.splitlines()] == ["COERCE"]
    file = tmp_path / "a.jsonl"
    assert call(["amend", "export", str(file), "--ledger", str(ledger)]) == 0
    assert call(["amend", "export", "-", "--ledger", str(ledger)]) == 0
    out = capsys.readouterr().out
    assert f"wrote 4 amendments to {file}" in out
    file.write_text(file.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    assert call(["amend", "import", str(file), "--ledger", str(tmp_path / "N.duckdb")]) == 3
    out = capsys.readouterr().out
    assert "imported: 4 amendments\n" in out
    assert "2 speak of events that it does not hold; they are kept" in out
    assert "[amendment-malformed]" in out


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["amend", "change", "00ff", "--set", "type", "--reason", "r"], "usage", 2),
        (["amend", "change", "00ff", "--set", "type=AID", "--reason", "r"], "event-unknown", 1),
        (["amend", "change", INVADED.event_id, "--set", "type=AID"], "amendment-reason", 1),
        (["amend", "undo", "00ff", "--reason", "r"], "amendment-unknown", 1),
        (["amend", "add", "--document", "note"], "usage", 2),
        (["amend", "withdraw", "00ff", "--reason", "r", "--ledger", "no/such.duckdb"], "database-missing", 1),
    ],
)
def test_errors_of_amend_have_the_one_shape(
    ledger: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str, exit_code: int
) -> None:
    assert code in CATALOGUE
    assert call([*arguments[:2], "--ledger", str(ledger), *arguments[2:]]) == exit_code
    assert f"[{code}]" in capsys.readouterr().err


def test_the_dossier_marks_what_was_amended_and_escapes_it(ledger: Path, tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script>"
    verbale.amend(INVADED.event_id, {"type": "COERCE", "object": evil}, ledger=ledger, reason=evil, author=evil)
    verbale.withdraw(MET.event_id, ledger=ledger, reason="r")
    page = tmp_path / "p.html"
    report = verbale.dossier(ledger=ledger, output=page, made="2026-01-01")
    html = page.read_text(encoding="utf-8")
    assert report.events == 1
    assert "<script>alert(1)" not in html
    assert "<em>(amended by hand)</em>" in html
    assert (
        "People corrected what the program found: 1 act marked “amended” was changed or added by hand, and 1 withdrawn." in html
    )
    assert "People corrected some of it; nobody has checked the rest by hand." in html
    assert "changed (type ASSAULT \\u2192 COERCE" in html
    assert "verbale 1.0" in html  # the run that coded the event is still named


def test_a_page_without_amendments_says_nothing_of_them(ledger: Path, tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    verbale.dossier(ledger=ledger, output=page)
    assert "Nobody has checked the result by hand." in page.read_text(encoding="utf-8")
    assert "People corrected" not in page.read_text(encoding="utf-8")


def test_measures_are_of_the_events_as_amended(ledger: Path) -> None:
    verbale.amend(INVADED.event_id, {"status": "denied"}, ledger=ledger, reason="r")
    with open_ledger(ledger, read_only=True) as open_one:
        counted = verbale.app.flows.common.choose_events(open_one, dyad=("GBR", "EGY"), years=None, min_confidence=0.95)
        assert counted.to_pyarrow().to_pylist()[0]["status"] == "denied"


def test_a_later_coding_keeps_what_was_amended(ledger: Path) -> None:
    verbale.amend(INVADED.event_id, {"type": "COERCE"}, ledger=ledger, reason="r")
    write(ledger, DOCUMENT, [replace(INVADED, date=None), MET], "run-2", "other vocabulary")
    assert [row["type"] for row in rows(ledger)] == ["COERCE", "CONSULT"]
    assert rows(ledger)[0]["run_id"] == "run-2"
