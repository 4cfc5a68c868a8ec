"""Two codings against each other: the same is no difference, exchanging the sides exchanges what is gained and lost."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledger_samples import make_document, make_events

from verbale.core import Actor, Event, EventDate
from verbale.core.schema import event_to_row
from verbale.ledger.comparing import changed_between, differences, pair, same_act

INVADED, MET = make_events(make_document())


def row(event: Event, **fields: Any) -> dict[str, Any]:
    return event_to_row(replace(event, **fields))


def moved(event: Event, start: int, end: int) -> Event:
    return replace(event, evidence=replace(event.evidence, start=start, end=end, quote="x" * (end - start)))


@st.composite
def codings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A coding of one short document in which events overlap, share actors and repeat types; each id once."""
    found: dict[str, dict[str, Any]] = {}
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, 30))
        event = replace(
            moved(INVADED, start, start + draw(st.integers(1, 15))),
            source=Actor(draw(st.sampled_from(["GBR", "EGY", "RUS"]))),
            target=Actor(draw(st.sampled_from(["GBR", "EGY", "RUS", ""]))),
            type=draw(st.sampled_from(["ASSAULT", "REJECT", "ACCUSE"])),
            mutual=draw(st.booleans()),
            status=draw(st.sampled_from(["actual", "denied"])),
            confidence=draw(st.sampled_from([0.5, 0.502, 0.9])),
            date=draw(st.sampled_from([None, EventDate(datetime.date(1882, 1, 1), None, "year")])),
        )
        found[event.event_id] = event_to_row(event)
    return list(found.values())


def ids(rows: list[Any]) -> list[str]:
    return sorted(row["event_id"] for row in rows)


@given(codings())
def test_a_coding_does_not_differ_from_itself(coding: list[dict[str, Any]]) -> None:
    assert changed_between(coding, list(reversed(coding))) == ([], [], [], len(coding))


@given(codings(), codings())
def test_exchanging_the_sides_exchanges_what_is_gained_and_lost(
    left: list[dict[str, Any]], right: list[dict[str, Any]]
) -> None:
    lost, gained, changed, same = changed_between(left, right)
    back_lost, back_gained, back_changed, back_same = changed_between(right, left)
    assert (ids(lost), ids(gained), same) == (ids(back_gained), ids(back_lost), back_same)
    pairs = {(one["event_id"], other["event_id"]) for one, other in changed}
    assert pairs == {(other["event_id"], one["event_id"]) for one, other in back_changed}


@given(codings(), codings())
def test_every_event_is_counted_once(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> None:
    lost, gained, changed, same = changed_between(left, right)
    assert len(lost) + len(changed) + same == len(left)
    assert len(gained) + len(changed) + same == len(right)
    assert all(differences(one, other) for one, other in changed)


def test_one_act_told_differently_is_changed_and_says_in_what() -> None:
    after = replace(moved(INVADED, 22, 60), type="COERCE", status="denied", date=None, confidence=0.3)
    lost, gained, ((one, other),), same = changed_between([event_to_row(INVADED)], [event_to_row(after)])
    assert (lost, gained, same) == ([], [], 0)
    assert differences(one, other) == (
        "words", "type", "status", "date_start", "date_precision", "date_text", "date_calendar", "confidence",
    )  # fmt: skip


def test_another_act_in_the_same_words_is_another_event() -> None:
    other = row(INVADED, source=Actor("FRA"), target=Actor("RUS"))
    assert pair([event_to_row(INVADED)], [other]) == []
    elsewhere = event_to_row(moved(INVADED, 49, 60))  # begins where the other ends
    assert pair([event_to_row(INVADED)], [elsewhere]) == []


def test_each_event_finds_the_partner_that_agrees_in_most() -> None:
    near, far = row(INVADED, confidence=0.1, mode="occupy"), row(INVADED, type="COERCE")
    left = [row(INVADED, type="REJECT", status="denied"), row(INVADED, status="denied")]
    assert sorted(pair(left, [far, near])) == [(0, 0), (1, 1)]


def test_a_mutual_act_has_no_direction() -> None:
    turned = replace(MET, source=MET.target, target=MET.source)
    assert same_act(event_to_row(MET), event_to_row(turned))
    assert changed_between([event_to_row(MET)], [event_to_row(turned)])[:2] == ([], [])
    assert not same_act(event_to_row(MET), row(turned, mutual=False))


def test_confidences_that_look_alike_are_alike() -> None:
    assert differences(event_to_row(INVADED), row(INVADED, confidence=INVADED.confidence + 0.004)) == ()
    assert differences(event_to_row(INVADED), row(INVADED, confidence=0.5)) == ("confidence",)
