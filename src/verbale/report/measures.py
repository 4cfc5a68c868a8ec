"""The sections of measures as the page shows them: numbers with the acts behind them, the figure, and how it was computed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from verbale.report.charts import compiled
from verbale.report.data import MeasureSection
from verbale.report.lines import Behind, Lines

# The kind of key that leads to acts of the page; every other one names lines of a dataset.
_EVENTS: Final = "events"
# Columns whose whole numbers are years: no thousands to tell apart, and nothing that was counted.
_YEARS: Final = frozenset({"year", "first_year", "last_year"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a measure's table; `number` tells whether it is a number, which leads to the acts behind its row."""

    text: str
    number: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a measure's table, with the positions of its acts in the page's list, and the lines of datasets behind it."""

    label: str
    cells: list[Cell]
    positions: list[int]
    behind: Behind | None

    @property
    def ids(self) -> str:
        """Return the positions as the page's script reads them."""
        return ",".join(map(str, self.positions))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a section with the positions of the acts behind the rows that it tells of; none where it tells of all."""

    text: str
    label: str
    positions: list[int]

    @property
    def ids(self) -> str:
        """Return the positions as the page's script reads them."""
        return ",".join(map(str, self.positions))


@dataclass(frozen=True, slots=True)
class View:
    """A section with its table made ready, the positions of all acts and the lines of all datasets behind it."""

    section: MeasureSection
    told: list[Sentence]
    heads: list[str]
    lines: list[Line]
    positions: list[int]
    behind: Behind | None
    drawn: bool

    @property
    def ids(self) -> str:
        """Return the positions as the page's script reads them."""
        return ",".join(map(str, self.positions))


def measure_views(sections: Sequence[MeasureSection], positions: Mapping[str, int], known: Lines) -> list[View]:
    """Return what the page's template shows of each section; what its numbers rest on is noted in `known`."""
    return [_view(section, positions, known) for section in sections]


def measure_charts(sections: Sequence[MeasureSection], positions: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return for each section what the page's script draws: the compiled chart, and what to tell and list for each row."""
    found = []
    for section in sections:
        lines = _view(section, positions, Lines()).lines
        rows = [{"label": line.label, "words": _told(section, line), "ids": line.positions} for line in lines]
        chart = compiled(section.chart) if section.chart is not None else None
        found.append({"chart": chart, "name": section.name, "title": section.title, "rows": rows})
    return found


def _view(section: MeasureSection, positions: Mapping[str, int], known: Lines) -> View:
    behind = known.behind(section.title, _lines_behind(section, section.rows))
    heads = [column.replace("_", " ") for column in _told_columns(section)]
    lines = [_line(section, row, positions, known) for row in section.rows]
    shown = {position for line in lines for position in line.positions}
    every = sorted(shown | {positions[one] for one in section.event_ids if one in positions})
    told = [_sentence(section, sentence, positions) for sentence in section.sentences]
    return View(section, told, heads, lines, every, behind, section.chart is not None)


def _sentence(section: MeasureSection, text: str, positions: Mapping[str, int]) -> Sentence:
    """Return a sentence with the acts of the rows whose period, commitment or the like it begins with.

    None where rows are left out: a part of the acts would pass for all of them.
    """
    label = text.partition(":")[0]
    rows = [row for row in section.rows if label in map(_named, (row[column] for column in section.columns))]
    rows = [] if section.left_out else rows
    ids = [key for row in rows for column, kind in section.keys.items() if kind == _EVENTS for key in row[column] or ()]
    return Sentence(text, label, sorted({positions[one] for one in ids if one in positions}))


def _named(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _lines_behind(section: MeasureSection, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[int]]:
    """Return the lines of each dataset that rows rest on; several columns may name lines of one dataset."""
    found: dict[str, list[int]] = {}
    for column, kind in section.keys.items():
        if kind != _EVENTS:
            found.setdefault(kind, []).extend(line for row in rows for line in row[column] or ())
    return found


def _told_columns(section: MeasureSection) -> list[str]:
    """Return the columns that a table shows; the pair of the dossier need not stand in each row."""
    return [column for column in section.columns if column != "dyad" or len({row["dyad"] for row in section.rows}) > 1]


def _line(section: MeasureSection, row: Mapping[str, Any], positions: Mapping[str, int], known: Lines) -> Line:
    cells = [_cell(row[column], is_year=column in _YEARS) for column in _told_columns(section)]
    ids = [key for column, kind in section.keys.items() if kind == _EVENTS for key in row[column] or ()]
    label = ", ".join([cell.text for cell in cells if cell.text and not cell.number][:3])
    behind = known.behind(f"{section.title}, {label}" if label else section.title, _lines_behind(section, [row]))
    return Line(label, cells, sorted({positions[one] for one in ids if one in positions}), behind)


def _told(section: MeasureSection, line: Line) -> list[str]:
    """Return the numbers of a row in words, for the tooltip."""
    named = zip(_told_columns(section), line.cells, strict=False)
    return [f"{column.replace('_', ' ')} {cell.text}" for column, cell in named if cell.number]


def _cell(value: Any, *, is_year: bool = False) -> Cell:
    if value is None:
        return Cell("", number=False)
    if is_year and isinstance(value, int):
        return Cell(str(value), number=False)
    if isinstance(value, bool):
        return Cell("yes" if value else "no", number=False)
    if isinstance(value, int):
        return Cell(f"{value:,}".replace("-", "−"), number=True)
    if isinstance(value, float):
        return Cell(f"{value:,.3g}".replace("-", "−") if abs(value) < 100 else f"{value:,.0f}".replace("-", "−"), number=True)
    if isinstance(value, (list, tuple)):
        return Cell(", ".join(map(str, value)), number=False)
    return Cell(value.isoformat() if isinstance(value, datetime.date) else str(value), number=False)
