"""Joining mentions: on the scenes held out, and on small tables of which every group can be told by eye."""

from __future__ import annotations

import datetime
import random
import re
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from tests.measures.mentions import group_of, read_scenes, scores

from verbale.core import Actor, Event, EventDate, Evidence, Place, VerbaleError
from verbale.core.schema import EVENT_SCHEMA, event_to_row
from verbale.measures import balance, directed_counts, evidence, restrict, status_counts
from verbale.measures.groups import disagreements, event_groups, joined, joining
from verbale.measures.groups.blocking import NEIGHBOURS, candidate_pairs, compatible_types, may_be_one
from verbale.measures.groups.features import compare
from verbale.measures.groups.mentions import read_mentions
from verbale.measures.groups.weights import load_weights


def make(document: str, source: str, target: str, kind: Any, date: str, quote: str, **more: Any) -> Event:
    """Make an event of a document, dated by ISO text cut to its precision; `start` tells two of one document apart."""
    precision: Any = {0: "", 4: "year", 7: "month", 10: "day"}[len(date)]
    begun = datetime.date.fromisoformat(date + "2000-01-01"[len(date) :]) if date else None
    start = more.pop("start", 0)
    end = more.pop("end", None)
    return Event(
        Evidence(document, start, start + len(quote), quote),
        Actor(source, more.pop("source_sector", "")),
        Actor(target),
        kind,
        date=EventDate(begun, end, precision, date) if begun else None,
        confidence=more.pop("confidence", 0.5),
        coder=more.pop("coder", "verbale"),
        **more,
    )


def table(events: list[Event]) -> ir.Table:
    return ibis.memtable(pa.Table.from_pylist([event_to_row(event) for event in events], schema=EVENT_SCHEMA))


def rows(result: ir.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = result.to_pyarrow().to_pylist()
    return found


def grouped(events: list[Event]) -> list[list[int]]:
    """Return the groups of more than one mention as sorted places in the list."""
    places = {event.event_id: place for place, event in enumerate(events)}
    found: dict[str, list[int]] = {}
    for row in rows(event_groups(table(events))):
        found.setdefault(row["event_group"], []).append(places[row["event_id"]])
    return sorted(sorted(group) for group in found.values() if len(group) > 1)


SINKING = [
    make("a", "GBR", "ARG", "ASSAULT", "1982-05-02", "a submarine torpedoed the cruiser Belgrano", object="General Belgrano"),
    make("b", "GBR", "ARG", "ASSAULT", "1982-05-03", "the Belgrano was sunk by HMS Conqueror", confidence=0.4),
    make("c", "GBR", "ARG", "ASSAULT", "1982-05", "the cruiser Belgrano went down with 323 men"),
    make("d", "GBR", "ARG", "ASSAULT", "1982-05-02", "London denied that the Belgrano was sunk", status="denied"),
]
LANDING = make("a", "GBR", "ARG", "ASSAULT", "1982-05-21", "marines landed at San Carlos", start=500)
ANSWER = make("b", "ARG", "GBR", "ASSAULT", "1982-05-04", "an Exocet hit the destroyer Sheffield", start=500)


def test_held_out_scenes_are_joined_as_their_writers_joined_them() -> None:
    scenes = read_scenes(held_out=True)
    assert sum(1 for _ in scenes.pairs()) >= 200
    found = scores(scenes, group_of(scenes))
    # 0.87 when the weights were fitted; the issue asks for 0.85.
    assert found["f1"] >= 0.85
    assert min(found["precision"], found["recall"]) >= 0.8


def test_scenes_for_fitting_and_scenes_held_out_share_no_mention() -> None:
    fitting, held_out = read_scenes(held_out=False), read_scenes(held_out=True)
    assert not set(fitting.event_of) & set(held_out.event_of)
    assert not {row["quote"] for row in fitting.rows if row["quote"]} & {row["quote"] for row in held_out.rows}


def test_mentions_of_one_event_are_joined_and_other_acts_of_the_month_are_not() -> None:
    assert grouped([*SINKING, LANDING, ANSWER]) == [[0, 1, 2, 3]]


def test_a_joined_event_keeps_its_mentions_the_best_date_and_what_is_disputed() -> None:
    [row] = rows(joined(table(SINKING)))
    assert row["event_ids"] == sorted(event.event_id for event in SINKING)
    assert (row["mentions"], row["documents"], row["status"]) == (4, 4, "actual")
    assert (row["date_start"], row["date_precision"]) == (datetime.date(1982, 5, 2), "day")  # told twice, 3 May once
    assert row["object"] == "General Belgrano"
    assert row["event_group"] == row["event_ids"][0]
    assert row["event_id"] in row["event_ids"]
    assert row["disagree"] == ["date", "status"]
    told = [(line["field"], line["value"], line["mentions"]) for line in rows(disagreements(table(SINKING)))]
    assert told == [
        ("date", "1982-05-02", 2),
        ("date", "1982-05", 1),
        ("date", "1982-05-03", 1),
        ("status", "actual", 3),
        ("status", "denied", 1),
    ]


def test_two_attackers_are_a_disagreement_and_two_threats_are_two_events() -> None:
    shots = [
        make(
            "a", "THA", "KHM", "ASSAULT", "2011-02-04", "Thai troops opened fire at Preah Vihear", place=Place("Preah Vihear")
        ),
        make("b", "KHM", "THA", "ASSAULT", "2011-02-04", "Cambodian troops opened fire at Preah Vihear"),
    ]
    assert grouped(shots) == [[0, 1]]
    assert rows(joined(table(shots)))[0]["disagree"] == ["direction"]
    values = [line["value"] for line in rows(disagreements(table(shots)))]
    assert values == ["KHM > THA", "THA > KHM"]
    threats = [
        make("a", "USA", "CHN", "THREATEN", "2019-05-08", "Washington threatened tariffs on steel"),
        make("b", "CHN", "USA", "THREATEN", "2019-05-08", "Beijing threatened tariffs on steel"),
    ]
    assert grouped(threats) == []


def test_measures_count_events_when_given_the_joined_table_and_mentions_otherwise() -> None:
    mentions = table([*SINKING, LANDING, ANSWER])
    events = joined(mentions)
    assert [row["events"] for row in rows(balance(mentions))] == [5]  # the denial is not counted
    [row] = rows(balance(events))
    assert row["events"] == 3
    assert len(row["event_ids"]) == 6
    assert sum(row["events"] for row in rows(directed_counts(events))) == 3
    assert sum(row["events"] for row in rows(status_counts(events))) == 3
    assert len(rows(evidence(mentions, balance(events)))) == 6
    assert len(rows(restrict(events, dyad=("GBR", "ARG"), years=(1982, 1982)))) == 3
    assert joined(events) is events


def test_daily_shelling_is_not_chained_into_one_attack() -> None:
    days = [
        make(f"d{day}", "TUR", "SYR", "ASSAULT", f"2012-10-{day:02}", "Turkish guns shelled the border village of Azmarin")
        for day in range(1, 21)
    ]
    groups = grouped(days)
    assert all(max(group) - min(group) <= 3 for group in groups)


def test_a_year_joins_no_march_to_an_october() -> None:
    events = [
        make("a", "FRA", "MAR", "ASSAULT", "1925-03-04", "French troops attacked the Rif at Ouergha"),
        make("b", "FRA", "MAR", "ASSAULT", "1925-10-09", "French troops attacked the Rif at Ajdir"),
        make("c", "FRA", "MAR", "ASSAULT", "1925", "French troops attacked the Rif"),
    ]
    assert [0, 1] not in [group[:2] for group in grouped(events)]


def test_two_acts_that_a_coder_told_apart_in_one_clause_stay_two() -> None:
    quote = "Iraq invaded and occupied Kuwait"
    one = make("a", "IRQ", "KWT", "ASSAULT", "1990-08-02", quote)
    two = make("a", "IRQ", "KWT", "COERCE", "1990-08-02", quote)
    assert grouped([one, two]) == []
    other = make("a", "IRQ", "KWT", "COERCE", "1990-08-02", quote, coder="llm:other")
    assert grouped([one, other]) == [[0, 1]]


def test_event_data_without_words_are_joined_by_day_type_and_place() -> None:
    kunduz, kandahar = "Kunduz, Kunduz, Afghanistan", "Kandahar, Kandahar, Afghanistan"
    columns: dict[str, list[Any]] = {
        "event_id": ["1", "2", "3", "4", "5", "6"],
        "document_id": [f"https://example.org/{number}" for number in range(6)],
        "source": ["USA", "USA", "USA", None, "USA", "USA"],
        "target": ["AFG", "AFG", "AFG", "AFG", "AFG", "AFG"],
        "type": ["ASSAULT", "ASSAULT", "ASSAULT", "ASSAULT", "AID", "ASSAULT"],
        "date_start": [datetime.date(2009, 9, day) for day in (4, 4, 4, 4, 4, 14)],
        "place": [kunduz, kunduz, kandahar, kunduz, kunduz, kunduz],
        "mentions": [10, 3, 1, 1, 1, 1],
    }
    told = ibis.memtable(columns)
    groups = {row["event_id"]: row["event_group"] for row in rows(event_groups(told))}
    assert groups == {"1": "1", "2": "1", "3": "3", "4": "4", "5": "5", "6": "6"}
    found = {row["event_id"]: (row["mentions"], row["documents"]) for row in rows(joined(told))}
    assert found["1"] == (13, 2)
    text = make("a", "USA", "AFG", "ASSAULT", "2009-09-04", "a jet bombed tankers near Kunduz", place=Place("Kunduz", "AFG"))
    shared = ["event_id", "document_id", "source", "target", "type", "date_start", "place"]
    own = table([text]).select(shared).to_pyarrow().cast(told.select(shared).to_pyarrow().schema)
    both = ibis.memtable(pa.concat_tables([told.select(shared).to_pyarrow(), own]))
    groups = {row["event_id"]: row["event_group"] for row in rows(event_groups(both))}
    assert groups[text.event_id] == groups["1"]


def test_the_order_of_rows_and_the_run_change_nothing() -> None:
    scenes = read_scenes(held_out=True)
    first = rows(event_groups(scenes.table()).order_by("event_id"))
    shuffled = list(scenes.rows)
    random.Random(7).shuffle(shuffled)  # noqa: S311
    again = rows(event_groups(ibis.memtable(pa.Table.from_pylist(shuffled, schema=EVENT_SCHEMA))).order_by("event_id"))
    assert first == again


def test_parts_of_whole_dyads_give_the_same_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    events = read_scenes(held_out=True).table()
    whole = rows(event_groups(events).order_by("event_id"))
    monkeypatch.setattr(joining, "PART", 40)
    assert rows(event_groups(events).order_by("event_id")) == whole


def test_every_mention_has_one_group_named_after_its_smallest_id() -> None:
    scenes = read_scenes(held_out=False)
    found: dict[str, list[str]] = {}
    for row in rows(event_groups(scenes.table())):
        found.setdefault(row["event_group"], []).append(row["event_id"])
    assert sorted(event for group in found.values() for event in group) == sorted(scenes.event_of)
    assert all(name == min(group) for name, group in found.items())


def test_each_pair_is_proposed_once_and_the_work_grows_with_the_rows() -> None:
    columns: dict[str, list[Any]] = {
        "event_id": [f"{number:05}" for number in range(3_000)],
        "source": ["ISR"] * 3_000,
        "target": ["SYR"] * 3_000,
        "type": ["ASSAULT"] * 3_000,
        "date_start": [datetime.date(2013, 5, 5)] * 3_000,
        "place": [f"place {number}" for number in range(3_000)],
    }
    mentions = read_mentions(ibis.memtable(columns))
    pairs = [pair for one, other in candidate_pairs(mentions) for pair in zip(one.tolist(), other.tolist(), strict=True)]
    assert len(pairs) == len(set(pairs))
    assert len(pairs) <= 5 * NEIGHBOURS * len(mentions)
    assert all(one < other for one, other in pairs)


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    mentions = read_mentions(table(SINKING))
    one, other = next(candidate_pairs(mentions))
    assert set(compare(mentions, one, other)) | {"rivals"} == set(load_weights())
    assert may_be_one(mentions, one, other).all()
    assert (compatible_types() == compatible_types().T).all()


def test_an_empty_table_has_no_groups() -> None:
    assert rows(event_groups(table([]))) == []
    assert rows(joined(table([]))) == []
    assert rows(disagreements(table([]))) == []


def test_errors_say_what_is_allowed() -> None:
    events = table(SINKING)
    with pytest.raises(VerbaleError, match="lacks type"):
        event_groups(events.drop("type"))
    with pytest.raises(VerbaleError, match=re.escape("the threshold is 1.5; give a probability between 0 and 1")):
        event_groups(events, threshold=1.5)
    doubled = ibis.memtable({"event_id": ["1", "1"], "source": ["USA", "RUS"], "target": ["RUS", "USA"], "type": ["AID"] * 2,
                             "date_start": [datetime.date(1941, 1, 1)] * 2})  # fmt: skip
    with pytest.raises(VerbaleError, match=r"1 ids are borne by events that differ, for example 1; .*the dataset's name"):
        event_groups(doubled)
