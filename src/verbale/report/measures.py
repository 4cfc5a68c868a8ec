"""The sections of measures as the page shows them: numbers with the acts behind them, the figure, and how it was computed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from verbale.report.charts import compiled
from verbale.report.data import MeasureSection

# The kind of key that leads to acts of the page; every other one names lines of a dataset.
_EVENTS: Final = "events"
# Keys of a dataset that a cell shows; a row may rest on thousands.
_MAX_KEYS: Final = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a measure's table; `number` tells whether it is a number, which leads to the acts behind its row."""

    text: str
    number: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a measure's table, with the positions of its acts in the page's list."""

    label: str
    cells: list[Cell]
    positions: list[int]

    @property
    def ids(self) -> str:
        """Return the positions as the page's script reads them."""
        return ",".join(map(str, self.positions))


@dataclass(frozen=True, slots=True)
class View:
    """A section with its table made ready, and the positions of all acts behind it."""

    section: MeasureSection
    heads: list[str]
    lines: list[Line]
    positions: list[int]
    drawn: bool

    @property
    def ids(self) -> str:
        """Return the positions as the page's script reads them."""
        return ",".join(map(str, self.positions))


def measure_views(sections: Sequence[MeasureSection], positions: Mapping[str, int]) -> list[View]:
    """Return what the page's template shows of each section."""
    return [_view(section, positions) for section in sections]


def measure_charts(sections: Sequence[MeasureSection], positions: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return for each section what the page's script draws: the compiled chart, and what to tell and list for each row."""
    found = []
    for section in sections:
        lines = _view(section, positions).lines
        rows = [{"label": line.label, "words": _told(section, line), "ids": line.positions} for line in lines]
        chart = compiled(section.chart) if section.chart is not None else None
        found.append({"chart": chart, "name": section.name, "title": section.title, "rows": rows})
    return found


def _view(section: MeasureSection, positions: Mapping[str, int]) -> View:
    others = [column for column, kind in section.keys.items() if kind != _EVENTS]
    columns = _told_columns(section)
    heads = [column.replace("_", " ") for column in columns] + [f"{section.keys[one]}, lines" for one in others]
    lines = [_line(section, row, others, positions) for row in section.rows]
    every = sorted({position for line in lines for position in line.positions})
    return View(section, heads, lines, every, section.chart is not None)


def _told_columns(section: MeasureSection) -> list[str]:
    """Return the columns that a table shows; the pair of the dossier need not stand in each row."""
    return [column for column in section.columns if column != "dyad" or len({row["dyad"] for row in section.rows}) > 1]


def _line(section: MeasureSection, row: Mapping[str, Any], others: Sequence[str], positions: Mapping[str, int]) -> Line:
    cells = [_cell(row[column]) for column in _told_columns(section)] + [_cell(row[column]) for column in others]
    ids = [key for column, kind in section.keys.items() if kind == _EVENTS for key in row[column] or ()]
    words = [cell.text for cell in cells if cell.text and not cell.number]
    return Line(", ".join(words[:3]), cells, sorted({positions[one] for one in ids if one in positions}))


def _told(section: MeasureSection, line: Line) -> list[str]:
    """Return the numbers of a row in words, for the tooltip."""
    named = zip(_told_columns(section), line.cells, strict=False)
    return [f"{column.replace('_', ' ')} {cell.text}" for column, cell in named if cell.number]


def _cell(value: Any) -> Cell:
    if value is None:
        return Cell("", number=False)
    if isinstance(value, bool):
        return Cell("yes" if value else "no", number=False)
    if isinstance(value, int):
        return Cell(f"{value:,}".replace("-", "−"), number=True)
    if isinstance(value, float):
        return Cell(f"{value:,.3g}".replace("-", "−") if abs(value) < 100 else f"{value:,.0f}".replace("-", "−"), number=True)
    if isinstance(value, (list, tuple)):
        more = f" … {len(value) - _MAX_KEYS} more" if len(value) > _MAX_KEYS else ""
        return Cell(", ".join(map(str, value[:_MAX_KEYS])) + more, number=False)
    return Cell(value.isoformat() if isinstance(value, datetime.date) else str(value), number=False)
