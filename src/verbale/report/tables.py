"""The measures' rows as the page's tables: every count keeps the events behind it, as positions in the page's list."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from verbale.core import QUADRANTS
from verbale.core.wording import count, listed
from verbale.report.wording import QUADRANT_ORDER, TYPE_WORDS

# A matrix of more actors than this is wider than a page, and its small cells say little.
MAX_ACTORS: Final = 12
# Bars: beyond this number of periods, empty ones are not filled in, because a bar would be thinner than a pixel.
MAX_PERIODS: Final = 400
# With fewer acts in a period, that one side outweighs the other says nothing: a single act would decide it.
MIN_ACTS: Final = 3

Row = Mapping[str, Any]


@dataclass(slots=True)
class Cell:
    """A number of the page: how many acts, the positions of the events behind it, how many of them are cooperation."""

    events: int = 0
    positions: list[int] = field(default_factory=list)
    cooperation: int = 0
    intensity: float = 0.0

    @property
    def conflict(self) -> int:
        """Acts of conflict."""
        return self.events - self.cooperation

    def add(self, row: Row, positions: Mapping[str, int]) -> None:
        """Count a row of a measure into this cell."""
        self.events += int(row["events"])
        self.intensity += float(row.get("intensity") or 0.0)
        self.cooperation += int(row["events"]) if row["quad"].endswith("cooperation") else 0
        self.positions.extend(positions[event_id] for event_id in row["event_ids"] if event_id in positions)

    @property
    def ids(self) -> str:
        """Return the positions as the page's script reads them."""
        return ",".join(map(str, sorted(self.positions)))


def together(cells: Sequence[Cell]) -> Cell:
    """Return several cells as one."""
    found = Cell()
    for cell in cells:
        found.events += cell.events
        found.cooperation += cell.cooperation
        found.intensity += cell.intensity
        found.positions += cell.positions
    return found


def balance_rows(rows: Sequence[Row], period: str, positions: Mapping[str, int]) -> list[tuple[str, list[Cell]]]:
    """Return for each period, empty ones in between included, one cell per quadrant in the page's order."""
    found: dict[str, list[Cell]] = {}
    dated = sorted((row for row in rows if row["period"] is not None), key=lambda row: str(row["period_start"]))
    for label in _all_periods(dated, period):
        found[label] = [Cell() for _ in QUADRANT_ORDER]
    for row in dated:
        found[row["period"]][QUADRANT_ORDER.index(row["quad"])].add(row, positions)
    return list(found.items())


def unplaced(rows: Sequence[Row], positions: Mapping[str, int]) -> Cell:
    """Return the acts that have no date, or one too coarse for the chart's period."""
    cell = Cell()
    for row in rows:
        if row["period"] is None:
            cell.add(row, positions)
    return cell


def _all_periods(dated: Sequence[Row], period: str) -> list[str]:
    labels = list(dict.fromkeys(row["period"] for row in dated))
    if len(labels) < 2:
        return labels
    first, last = (_date(dated[index]["period_start"]) for index in (0, -1))
    if period == "month":
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        every = [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in months]
    elif period == "year":
        every = [str(year) for year in range(first.year, last.year + 1)]
    elif period == "decade":
        every = [f"{year}s" for year in range(first.year, last.year + 1, 10)]
    else:
        every = [f"{year}-{year + 99}" for year in range(first.year, last.year + 1, 100)]
    return every if len(every) <= MAX_PERIODS else labels


def _date(value: Any) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value)[:10])


def type_table(rows: Sequence[Row], dyad: tuple[str, str], positions: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return for a dyad one line per type that occurs, by quadrant: cells for A to B, mutual, and B to A."""
    first, second = dyad
    cells: dict[str, list[Cell]] = defaultdict(lambda: [Cell(), Cell(), Cell()])
    for row in rows:
        if {row["source"], row["target"]} == {first, second}:
            column = 1 if row["mutual"] else 0 if row["source"] == first else 2
            cells[row["type"]][column].add(row, positions)
    return [
        {"word": TYPE_WORDS[kind], "type": kind, "quad": QUADRANT_ORDER.index(QUADRANTS[kind]), "cells": cells[kind]}
        for kind in sorted(TYPE_WORDS, key=lambda kind: QUADRANT_ORDER.index(QUADRANTS[kind]))
        if kind in cells
    ]


def matrix(rows: Sequence[Row], positions: Mapping[str, int]) -> tuple[list[str], list[list[Cell]], int]:
    """Return the most active actors, the cells of who acts on whom among them, and how many further actors were left out.

    A mutual act counts in both directions, because both sides take part in it.
    """
    activity: Counter[str] = Counter()
    cells: dict[tuple[str, str], Cell] = defaultdict(Cell)
    for row in rows:
        source, target = row["source"], row["target"]
        activity[source] += row["events"]
        activity[target] += row["events"] if target != source else 0
        cells[source, target].add(row, positions)
        if row["mutual"] and source != target:
            cells[target, source].add(row, positions)
    top = [code for code, _ in sorted(activity.items(), key=lambda item: (-item[1], item[0]))[:MAX_ACTORS]]
    return top, [[cells[source, target] for target in top] for source in top], max(0, len(activity) - MAX_ACTORS)


def balance_caption(table: Sequence[tuple[str, list[Cell]]], period: str) -> str:
    """Say in one or two sentences what the balance shows."""
    cooperation = conflict = 0
    lopsided: dict[str, list[str]] = {"Conflict outweighs cooperation": [], "Cooperation outweighs conflict": []}
    for label, cells in table:
        together, against = sum(cell.events for cell in cells[:2]), sum(cell.events for cell in cells[2:])
        cooperation, conflict = cooperation + together, conflict + against
        if together + against < MIN_ACTS:
            continue
        if against > together:
            lopsided["Conflict outweighs cooperation"].append(label)
        elif together > against:
            lopsided["Cooperation outweighs conflict"].append(label)
    stand = "stands" if cooperation == 1 else "stand"
    sentences = [f"{count(cooperation, 'act')} of cooperation {stand} against {conflict:,} of conflict."]
    for words, labels in lopsided.items():
        if labels and len(table) > 1:
            the = "the " if period in ("decade", "century") else ""
            # More than six names in a row are no longer read.
            where = f"{the}{listed(labels)}" if len(labels) <= 6 else f"{len(labels)} {_PLURAL[period]}"
            sentences.append(f"{words} in {where}.")
    if len(sentences) > 1:
        sentences.append(f"(Only {_PLURAL[period]} with at least {MIN_ACTS} acts are compared.)")
    return " ".join(sentences)


_PLURAL = {"month": "months", "year": "years", "decade": "decades", "century": "centuries"}
