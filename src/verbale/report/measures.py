"""The sections of measures as the page shows them: numbers with the acts behind them, the figure, and how it was computed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from verbale.report.charts import compiled
from verbale.report.data import Beside, MeasureSection
from verbale.report.lines import Behind, Lines
from verbale.report.wording import none_words

# The kind of key that leads to acts of the page; every other one names lines of a dataset.
_EVENTS: Final = "events"
# Columns whose whole numbers are years: no thousands to tell apart, and nothing that was counted.
_YEARS: Final = frozenset({"year", "first_year", "last_year"})


# Columns that another one says in words: for files, which programs read.
_DOUBLED: Final = {"document_id": "document", "period_start": "period"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a measure's table; `number` tells whether it is a number, which leads to the acts behind its row."""

    text: str
    number: bool


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts behind a number: how they are called, their positions in the page's list, and how many they are in all."""

    label: str
    positions: list[int]
    total: int

    @property
    def ids(self) -> str:
        """Return the positions as the page's script reads them."""
        return ",".join(map(str, self.positions))

    @property
    def name(self) -> str:
        """Return what the list of the acts is called; it says so where the page holds only a part of them."""
        held = len(self.positions)
        return self.label if held == self.total else f"{self.label} (a part: the first {held:,} of {self.total:,})"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a measure's table by its number, with the acts and the lines of datasets behind it.

    `none` says, where nothing is behind it, that there is nothing of the kind, and what `acts` lists instead.
    """

    number: int
    cells: list[Cell]
    acts: Acts
    behind: Behind | None
    none: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a section with the acts and the lines of datasets that its numbers rest on."""

    text: str
    acts: Acts
    behind: Behind | None


@dataclass(frozen=True, slots=True)
class View:
    """A section with its table made ready, all acts and the lines of all datasets behind it; `refusal` for one without."""

    section: MeasureSection
    told: list[Sentence]
    warnings: list[Sentence]
    refusal: Sentence
    heads: list[str]
    lines: list[Line]
    acts: Acts
    behind: Behind | None
    drawn: bool


def measure_views(sections: Sequence[MeasureSection], positions: Mapping[str, int], known: Lines) -> list[View]:
    """Return what the page's template shows of each section; what its numbers rest on is noted in `known`."""
    return [_view(section, positions, known) for section in sections]


def measure_charts(sections: Sequence[MeasureSection], positions: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return for each section what the page's script draws: the compiled chart, and what to tell and list for each row."""
    found = []
    for section in sections:
        lines = _view(section, positions, Lines()).lines
        rows = {
            str(line.number): {
                "label": line.acts.label,
                "words": _told(section, line),
                "ids": line.acts.positions,
                "name": line.acts.name,
                **({"none": line.none} if line.none else {}),
            }
            for line in lines
        }
        chart = compiled(_placed(section.chart, positions)) if section.chart is not None else None
        found.append({"chart": chart, "name": section.name, "title": section.title, "rows": rows})
    return found


def _placed(chart: Any, positions: Mapping[str, int]) -> Any:
    """Return a chart in which the marks that name events have their positions on the page instead, as `acts`."""
    if isinstance(chart, Mapping):
        made = {name: _placed(value, positions) for name, value in chart.items() if name != "event_ids"}
        if isinstance(ids := chart.get("event_ids"), (list, tuple)):
            made["acts"] = sorted({positions[one] for one in ids if one in positions})
        return made
    return [_placed(value, positions) for value in chart] if isinstance(chart, list) else chart


def _view(section: MeasureSection, positions: Mapping[str, int], known: Lines) -> View:
    behind = known.behind(section.title, _lines_behind(section, section.rows))
    heads = [column.replace("_", " ") for column in _told_columns(section)]
    numbers = section.numbers or range(len(section.rows))
    beside = section.beside or [None] * len(section.rows)
    lines = [_line(section, *one, positions, known) for one in zip(numbers, section.rows, beside, strict=True)]
    told_of = _events_of(section, [*section.rows, *section.told])
    every = _acts(section.title, {*section.event_ids, *told_of}, positions)
    told = section.told or [{} for _ in section.sentences]
    sentences = [_sentence(section, text, keys, positions, known) for text, keys in zip(section.sentences, told, strict=True)]
    warned = section.warned or [{} for _ in section.warnings]
    warnings = [_sentence(section, text, keys, positions, known) for text, keys in zip(section.warnings, warned, strict=True)]
    refusal = _sentence(section, section.refusal, section.refused, positions, known)
    return View(section, sentences, warnings, refusal, heads, lines, every, behind, section.chart is not None)


def _acts(label: str, ids: Iterable[str], positions: Mapping[str, int]) -> Acts:
    every = set(ids)
    return Acts(label, sorted({positions[one] for one in every if one in positions}), len(every))


def _events_of(section: MeasureSection, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    columns = [column for column, kind in section.keys.items() if kind == _EVENTS]
    return [key for row in rows for column in columns for key in row.get(column) or ()]


def _sentence(
    section: MeasureSection, text: str, keys: Mapping[str, Any], positions: Mapping[str, int], known: Lines
) -> Sentence:
    label = f"{section.title}, {_shortened(text.partition(': ')[0].rstrip('.'))}"
    behind = known.behind(label, _lines_behind(section, [keys]))
    return Sentence(text, _acts(label, _events_of(section, [keys]), positions), behind)


# Characters of a sentence that name the list of its acts.
_LABEL: Final = 60


def _shortened(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[:_LABEL].rpartition(' ')[0]} …"


def _lines_behind(section: MeasureSection, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[int]]:
    """Return the lines of each dataset that rows rest on; several columns may name lines of one dataset."""
    found: dict[str, list[int]] = {}
    for column, kind in section.keys.items():
        if kind != _EVENTS:
            found.setdefault(kind, []).extend(line for row in rows for line in row.get(column) or ())
    return found


def _told_columns(section: MeasureSection) -> list[str]:
    """Return the columns that a table shows: not the pair in each row, nor what another says in words, nor empty ones."""
    told = [column for column in section.columns if _DOUBLED.get(column) not in section.columns]
    told = [column for column in told if column != "dyad" or len({row["dyad"] for row in section.rows}) > 1]
    return [column for column in told if any(row[column] is not None for row in section.rows)]


def _line(
    section: MeasureSection,
    number: int,
    row: Mapping[str, Any],
    beside: Beside | None,
    positions: Mapping[str, int],
    known: Lines,
) -> Line:
    cells = [_cell(row[column], is_year=column in _YEARS) for column in _told_columns(section)]
    words = ", ".join([cell.text for cell in cells if cell.text and not cell.number][:3])
    label = f"{section.title}, {words}" if words else section.title
    behind = known.behind(label, _lines_behind(section, [row]))
    acts = _acts(label, _events_of(section, [row]), positions)
    if beside is None or acts.total or behind:
        return Line(number, cells, acts, behind)
    others = _acts(label, beside.event_ids, positions)
    return Line(number, cells, others, None, none_words(label, others.total, beside.words))


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
