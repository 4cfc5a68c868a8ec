"""Reads the scenes of data/mentions: mentions as event rows, with the event that each tells of; and scores groups."""

from __future__ import annotations

import csv
import datetime
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from verbale.core import Actor, Event, EventDate, Evidence, Place
from verbale.core.schema import EVENT_SCHEMA, event_to_row
from verbale.measures.groups import event_groups

PATH: Final = Path(__file__).parent / "data" / "mentions" / "mentions.csv"
_PARTIES: Final = re.compile(r"(\w+)(?:\.(\w+))?([=>])(\w+)(?:\.(\w+))?")
_PRECISIONS: Final = {4: "year", 5: "decade", 7: "month", 10: "day"}
# Spans of evidence in the made-up documents: far enough apart for none to overlap.
_APART: Final = 1_000


@dataclass(frozen=True)
class Scenes:
    """Mentions as event rows, with the event (scene and letter) that each tells of, by event id."""

    rows: list[dict[str, Any]]
    event_of: dict[str, str]

    def table(self) -> ir.Table:
        """Return the mentions as an event table."""
        return ibis.memtable(pa.Table.from_pylist(self.rows, schema=EVENT_SCHEMA))

    def pairs(self) -> Iterator[tuple[str, str, bool]]:
        """Yield every pair of mentions of one dyad, and whether they tell of one event."""
        ordered = sorted(self.rows, key=lambda row: str(row["event_id"]))
        for one, other in itertools.combinations(ordered, 2):
            if {one["source"], one["target"]} == {other["source"], other["target"]}:
                same = self.event_of[one["event_id"]] == self.event_of[other["event_id"]]
                yield one["event_id"], other["event_id"], same


def read_scenes(*, held_out: bool, path: Path = PATH) -> Scenes:
    """Return the scenes for fitting (odd numbers), or those held out (even numbers)."""
    rows, event_of = [], {}
    with path.open(encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        for number, told in enumerate(csv.DictReader(lines, delimiter="|", quoting=csv.QUOTE_NONE)):
            if (int(told["scene"]) % 2 == 0) == held_out:
                row = event_to_row(_event(told, number))
                rows.append(row)
                event_of[row["event_id"]] = f"{told['scene']}{told['event']}"
    if len(event_of) != len(rows):
        raise ValueError(f"{path.name}: two mentions of one document are the same event")
    return Scenes(rows, event_of)


def _event(told: dict[str, str], number: int) -> Event:
    parties = _PARTIES.fullmatch(told["parties"])
    if parties is None:
        raise ValueError(f"parties {told['parties']!r} of scene {told['scene']}")
    kind, _, status = told["type"].partition(":")
    kind, _, mode = kind.partition("/")
    start = number * _APART
    return Event(
        Evidence(f"scene{told['scene']}-{told['document']}", start, start + len(told["quote"]), told["quote"]),
        Actor(parties[1], parties[2] or ""),
        Actor(parties[4], parties[5] or ""),
        kind,  # type: ignore[arg-type]
        mutual=parties[3] == "=",
        mode=mode,
        status=status or "actual",  # type: ignore[arg-type]
        date=_date(told["date"]),
        place=Place(told["place"], told["country"]) if told["place"] or told["country"] else None,
        object=told["object"],
        trigger=told["trigger"],
        confidence=0.8,
        coder="by hand",
    )


def _date(text: str) -> EventDate | None:
    if not text:
        return None
    precision: Any = _PRECISIONS[len(text)]
    day = text.removesuffix("s")
    return EventDate(datetime.date.fromisoformat(day + "2000-01-01"[len(day) :]), None, precision, text)


def scores(scenes: Scenes, groups: dict[str, str]) -> dict[str, float]:
    """Return precision, recall and F1 of groups over all pairs of one dyad, as shares of pairs."""
    counts = {"right": 0, "found": 0, "true": 0, "pairs": 0}
    for one, other, same in scenes.pairs():
        found = groups[one] == groups[other]
        counts["right"] += found and same
        counts["found"] += found
        counts["true"] += same
        counts["pairs"] += 1
    precision, recall = counts["right"] / counts["found"], counts["right"] / counts["true"]
    return {**counts, "precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}


def group_of(scenes: Scenes) -> dict[str, str]:
    """Return the group of each mention, as the measures make them."""
    rows = event_groups(scenes.table()).to_pyarrow().to_pylist()
    return {row["event_id"]: row["event_group"] for row in rows}
