"""Corrections by hand: readers see them, the coder's events stay, and a new coding changes neither."""

from __future__ import annotations

import datetime
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledger_samples import ids, make_document, make_events, make_run

from verbale.core import Actor, Amended, Amendment, AmendmentKind, Event, EventDate, VerbaleError
from verbale.core.schema import event_to_row, flat_row, row_to_event
from verbale.engine import open_store
from verbale.ledger import Counts, Ledger, open_ledger
from verbale.ledger.amending import ROW_KEY, beside, resolve
from verbale.ledger.comparing import same_act

DOCUMENT = make_document()
INVADED, MET = make_events(DOCUMENT)
MINUTES = iter(range(10_000))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.duckdb"


def code(ledger: Ledger, events: Sequence[Event], version: str = "1.0", run_id: str = "run-1", options: str = "o") -> None:
    coded = [replace(event, coder_version=version) for event in events]
    ledger.append(DOCUMENT, coded, run=make_run(run_id, version), counts=Counts(3, 1), options=options)
    ledger.flush()


def amendment(kind: AmendmentKind, event: Event, *, beside: Sequence[Event] = (), **fields: Any) -> Amendment:
    made = datetime.datetime(2026, 1, 2, 3, 4) + datetime.timedelta(minutes=next(MINUTES))
    return Amendment(
        kind,
        event.event_id,
        event.evidence.document_id,
        "Ada",
        made,
        "read again",
        before=None if kind in ("add", "undo") else flat_row(event),
        after=flat_row(event) if kind == "add" else fields.get("after"),
        beside=tuple(map(flat_row, beside)),
        undoes=fields.get("undoes", ""),
    )


def by_hand(event: Event) -> Event:
    return replace(event, coder="by hand", coder_version="", confidence=1.0)


def seen(ledger: Ledger, **options: Any) -> list[Event]:
    return [row_to_event(row) for row in ledger.events(**options).order_by("start", "type").to_pyarrow().to_pylist()]


def states(ledger: Ledger) -> list[str]:
    return [one.state for one in ledger.amendments()]


def test_a_changed_event_is_seen_as_amended_and_kept_as_coded(path: Path) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [INVADED, MET])
        assert ledger.amend([amendment("change", INVADED, after={"type": "COERCE", "target": "SDN"})]) == 1
    with open_ledger(path, read_only=True) as ledger:
        first, second = seen(ledger)
        assert (first.type, first.quad, first.target.code, first.source.code) == ("COERCE", "material conflict", "SDN", "GBR")
        assert (first.coder, first.coder_version, first.confidence) == ("verbale, amended by hand", "1.0", 1.0)
        assert second == MET
        stored = ledger.events().to_pandas()["event_id"].tolist()
        assert sorted(stored) == ids([first, second])
        assert seen(ledger, raw=True) == seen(ledger, all_versions=True) == [INVADED, MET]
        assert ledger.event(INVADED.event_id) == INVADED
        assert ledger.event(first.event_id) == first
        assert seen(ledger, coder_version="1.0") == [first, second]
        info = ledger.info()
        assert (info.amendments, info.types) == ({"applied": 1}, {"COERCE": 1, "CONSULT": 1})


def test_amendments_of_one_event_add_up_whichever_of_its_ids_they_name(path: Path) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [INVADED, MET])
        ledger.amend([amendment("change", INVADED, after={"type": "COERCE"})])
        shown = seen(ledger)[0]
        for event_id in (INVADED.event_id, shown.event_id):
            base = ledger.amendable(event_id)
            assert (base.original, base.current) == (INVADED, shown)
        ledger.amend([amendment("change", INVADED, after={"target": "SDN"})])
        shown = seen(ledger)[0]
        assert (shown.type, shown.target.code) == ("COERCE", "SDN")
        assert states(ledger) == ["applied", "applied"]


def test_a_withdrawn_event_is_gone_for_readers_only(path: Path) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [INVADED, MET])
        ledger.amend([amendment("withdraw", INVADED)])
        assert seen(ledger) == [MET]
        assert ledger.amendable(INVADED.event_id).original == INVADED
        assert ledger.event(INVADED.event_id) == INVADED


def test_an_added_event_is_seen_beside_the_coders(path: Path) -> None:
    added = by_hand(replace(INVADED, type="THREATEN"))
    with open_ledger(path) as ledger:
        code(ledger, [INVADED])
        ledger.amend([amendment("add", added, beside=[INVADED])])
        assert seen(ledger) == [INVADED, added]
        ledger.amend([amendment("change", added, after={"status": "denied"})])
        assert [(event.type, event.status) for event in seen(ledger)] == [("ASSAULT", "actual"), ("THREATEN", "denied")]


def test_undoing_brings_the_coders_event_back_and_undoing_that_the_amendment(path: Path) -> None:
    withdrawn = amendment("withdraw", INVADED)
    with open_ledger(path) as ledger:
        code(ledger, [INVADED])
        undo = amendment("undo", INVADED, undoes=withdrawn.amendment_id)
        ledger.amend([withdrawn, undo])
        assert (seen(ledger), states(ledger)) == ([INVADED], ["undone", "applied"])
        ledger.amend([amendment("undo", INVADED, undoes=undo.amendment_id)])
        assert (seen(ledger), states(ledger)) == ([], ["applied", "undone", "applied"])


# surviving a new coding: what the new one writes in place of INVADED, what readers see, what has become of the amendment
LONGER = replace(
    INVADED, evidence=replace(INVADED.evidence, end=50, quote=DOCUMENT.text[20:50]), date=None, coder_version="2.0"
)
REJECTED = replace(INVADED, type="REJECT")


@pytest.mark.parametrize(
    ("written", "types", "state"),
    [
        ([INVADED], ["COERCE"], "applied"),
        ([LONGER], ["COERCE"], "applied"),  # other words, another date
        ([REJECTED], ["COERCE"], "applied"),  # another type than the one that was wrong: the reader's still holds
        ([replace(INVADED, type="COERCE")], ["COERCE"], "already so"),
        ([replace(LONGER, type="COERCE")], ["COERCE"], "already so"),
        ([INVADED, replace(INVADED, type="COERCE")], ["COERCE"], "already so"),  # no second one
        ([], [], "orphaned"),
        ([replace(LONGER, target=Actor("SDN"))], ["ASSAULT"], "orphaned"),  # another target, which no reader spoke of
    ],
)
def test_a_change_survives_a_new_coding(path: Path, written: list[Event], types: list[str], state: str) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [INVADED])
        ledger.amend([amendment("change", INVADED, after={"type": "COERCE"})])
        code(ledger, written, version="2.0", run_id="run-2")
        assert [event.type for event in seen(ledger)] == types
        assert states(ledger) == [state]
        assert ledger.info().amendments == {state: 1}
        assert [event.type for event in seen(ledger, coder_version="1.0")] == ["COERCE"]


@pytest.mark.parametrize(
    ("written", "left", "state"),
    [
        ([LONGER], [], "applied"),
        ([], [], "already so"),
        ([REJECTED], [REJECTED], "already so"),  # the withdrawn act is no longer written; this one nobody withdrew
        ([replace(LONGER, status="denied")], [replace(LONGER, status="denied")], "already so"),
    ],
)
def test_a_withdrawal_survives_a_new_coding(path: Path, written: list[Event], left: list[Event], state: str) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [INVADED])
        ledger.amend([amendment("withdraw", INVADED)])
        code(ledger, written, version="2.0", run_id="run-2")
        assert ids(seen(ledger)) == ids(left)
        assert states(ledger) == [state]


def test_an_event_that_stood_beside_is_not_taken_for_a_successor(path: Path) -> None:
    later = replace(INVADED, date=EventDate(datetime.date(1883, 1, 1), None, "year"))
    with open_ledger(path) as ledger:
        code(ledger, [INVADED, later])
        ledger.amend([amendment("withdraw", INVADED, beside=[later])])
        assert seen(ledger) == [later]
        moved = replace(later, evidence=LONGER.evidence)
        code(ledger, [moved], version="2.0", run_id="run-2")
        assert ids(seen(ledger)) == ids([moved])
        assert states(ledger) == ["already so"]


@pytest.mark.parametrize(
    ("written", "coders", "state"),
    [
        ([], ["by hand"], "applied"),
        ([INVADED], ["verbale"], "already so"),
        ([replace(INVADED, evidence=LONGER.evidence)], ["verbale"], "already so"),
        ([LONGER], ["by hand"], "applied"),  # the coder found it, without its date: the reader's stands in its place
        ([replace(INVADED, target=Actor("SDN"))], ["verbale", "by hand"], "applied"),
    ],
)
def test_an_addition_survives_a_coding_that_finds_it(path: Path, written: list[Event], coders: list[str], state: str) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [])
        ledger.amend([amendment("add", by_hand(INVADED))])
        code(ledger, written, version="2.0", run_id="run-2")
        assert sorted(event.coder for event in seen(ledger)) == sorted(coders)
        assert states(ledger) == [state]


def test_one_event_of_two_coders_is_amended_in_both(path: Path) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [INVADED])
        other = replace(INVADED, coder="other")
        ledger.append(DOCUMENT, [other], run=make_run("run-3", coder="other"), counts=Counts(), options="o")
        ledger.amend([amendment("withdraw", INVADED)])
        assert seen(ledger) == []


def test_amendments_wait_for_a_document_that_is_not_there(path: Path) -> None:
    with open_ledger(path) as ledger:
        ledger.amend([amendment("withdraw", INVADED), amendment("add", by_hand(replace(INVADED, type="AID")))])
        assert (seen(ledger), states(ledger)) == ([], ["orphaned", "orphaned"])
        code(ledger, [INVADED, MET])
        assert [event.type for event in seen(ledger)] == ["AID", "CONSULT"]
        assert states(ledger) == ["applied", "applied"]


def test_a_change_of_an_addition_that_was_undone_is_an_orphan(path: Path) -> None:
    added = by_hand(INVADED)
    addition = amendment("add", added)
    with open_ledger(path) as ledger:
        code(ledger, [MET])
        change = amendment("change", added, after={"status": "denied"})
        ledger.amend([addition, change, amendment("undo", added, undoes=addition.amendment_id)])
        assert (seen(ledger), states(ledger)) == ([MET], ["undone", "orphaned", "applied"])


def test_the_same_amendment_again_changes_nothing(path: Path) -> None:
    one = amendment("withdraw", INVADED)
    with open_ledger(path) as ledger:
        code(ledger, [INVADED])
        assert [ledger.amend([one, one]), ledger.amend([one])] == [1, 0]
        (kept,) = ledger.amendments()
        assert kept == Amended(replace(one, given_id=one.amendment_id), "applied")


def test_what_was_amended_comes_back_from_an_export_once(path: Path) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [INVADED, MET])
        ledger.amend([amendment("change", INVADED, after={"type": "COERCE"}), amendment("add", by_hand(REJECTED))])
        exported = seen(ledger)
        assert ledger.import_events(exported, run=make_run("in-1")) == 0
        assert seen(ledger) == exported


def test_a_ledger_of_an_older_program_is_read_as_it_is_and_gets_the_table_when_written(path: Path) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [INVADED])
    with open_store(path) as store:
        store.query("DROP TABLE amendments")
    with open_ledger(path, read_only=True) as ledger:
        assert (seen(ledger), ledger.amendments(), ledger.info().amendments) == ([INVADED], (), {})
        with pytest.raises(VerbaleError, match="was opened for reading only"):
            ledger.amend([amendment("withdraw", INVADED)])
    with open_ledger(path) as ledger:
        ledger.amend([amendment("withdraw", INVADED)])
        assert seen(ledger) == []
        assert ledger.info().schema_version == 1


def test_the_successor_of_an_amended_event_is_amended_under_any_of_its_ids(path: Path) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [INVADED])
        ledger.amend([amendment("change", INVADED, after={"type": "COERCE"})])
        code(ledger, [LONGER], version="2.0", run_id="run-2")
        (shown,) = seen(ledger)
        for event_id in (INVADED.event_id, LONGER.event_id, shown.event_id):
            base = ledger.amendable(event_id)
            assert (base.original, base.current, len(base.amendments)) == (INVADED, shown, 1)


def test_an_amendment_of_an_event_that_only_an_older_coding_has_goes_to_its_successor(path: Path) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [INVADED, replace(INVADED, type="AID")])
        code(ledger, [LONGER, replace(LONGER, type="AID")], version="2.0", run_id="run-2")
        base = ledger.amendable(INVADED.event_id)
        assert [row["type"] for row in base.beside] == ["AID"]
        assert base.beside[0]["coder_version"] == "1.0"
        ledger.amend([replace(amendment("change", base.original, after={"type": "COERCE"}), beside=base.beside)])
        assert sorted(event.type for event in seen(ledger)) == ["AID", "COERCE"]
        assert states(ledger) == ["applied"]


@st.composite
def codings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A coding of the document in which events share words, actors and types; each id once."""
    found: dict[str, dict[str, Any]] = {}
    for _ in range(draw(st.integers(0, 5))):
        event = replace(
            draw(st.sampled_from([INVADED, LONGER, MET])),
            target=Actor(draw(st.sampled_from(["EGY", "SDN"]))),
            type=draw(st.sampled_from(["ASSAULT", "COERCE", "REJECT"])),
            status=draw(st.sampled_from(["actual", "denied"])),
            coder=draw(st.sampled_from(["verbale", "other"])),
        )
        found[event.coder + event.event_id] = event_to_row(event) | {"run_id": f"run-{event.coder}"}
    return list(found.values())


@given(codings(), codings(), st.data())
def test_amendments_bring_no_event_twice_and_undoing_them_all_brings_the_coding_back(
    old: list[dict[str, Any]], new: list[dict[str, Any]], data: st.DataObject
) -> None:
    amendments = []
    for row in old:
        event = row_to_event(row)
        near = tuple(row_to_event(flat) for flat in beside(event, old))
        kind: AmendmentKind = data.draw(st.sampled_from(["change", "withdraw", "add"]))
        target = by_hand(replace(event, type="AID")) if kind == "add" else event
        after = data.draw(st.sampled_from([{"type": "COERCE"}, {"target": "SDN"}, {"status": "denied", "type": "REJECT"}]))
        amendments.append(amendment(kind, target, beside=near, after=after if kind == "change" else None))
    known = {DOCUMENT.document_id}
    coded = {(DOCUMENT.document_id, "verbale")}
    found = resolve(amendments, new, coded=coded, documents=known)
    assert sorted(one.amendment.amendment_id for one in found.states) == sorted(one.amendment_id for one in amendments)
    kept = [row for row in new if tuple(row[name] for name in ROW_KEY) not in set(found.dropped)]
    assert len(kept) == len(new) - len(found.dropped)
    for row in found.rows:
        others = [other for other in [*kept, *found.rows] if other is not row]
        assert not [
            other for other in others if same_act(other, row) and other["coder"] in (row["coder"], "verbale, amended by hand")
        ]
    undone = [amendment("undo", INVADED, undoes=one.amendment_id) for one in amendments]
    back = resolve([*amendments, *undone], new, coded=coded, documents=known)
    assert (back.dropped, back.rows) == ([], [])


AMENDER = """
import sys
sys.path.insert(0, sys.argv[2])
from tests.ledger.test_amending import INVADED, amendment, by_hand
from dataclasses import replace
from verbale.core import Actor
from verbale.ledger import open_ledger
with open_ledger(sys.argv[1]) as ledger:
    for number in range(10_000):
        event = by_hand(replace(INVADED, target=Actor(f"A{number:04}")))
        ledger.amend([amendment("add", event)])
        print(number + 1, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system with SIGKILL")
def test_killing_the_writer_loses_no_amendment(path: Path) -> None:
    with open_ledger(path) as ledger:
        code(ledger, [INVADED])
    with subprocess.Popen(
        [sys.executable, "-c", AMENDER, str(path), str(Path(__file__).parents[2])], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        said = writer.stdout.readline()
        time.sleep(0.2)
        writer.kill()
        said = (said + writer.stdout.read()).rpartition("\n")[0].splitlines()[-1]
    with open_ledger(path, read_only=True) as ledger:
        held = len(ledger.amendments())
        assert held >= int(said)
        assert len(seen(ledger)) == held + 1
