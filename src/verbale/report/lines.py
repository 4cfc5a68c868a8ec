"""Lines of datasets as the page shows them: each used line once with an anchor, and for each number the lines behind it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from verbale.report.data import RecordLines

# Lines of one dataset that a page holds: about 200 bytes each, so that the page stays below what a browser opens at once.
# Roll calls of the General Assembly are two lines a vote and about 6,000 votes since 1946; more is named, not shown.
MAX_LINES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring lines in words, "7-9" with a dash, and the anchor of the first; empty where the page does not hold it."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Behind:
    """What a number rests on: the anchor of the list, whose number it is, and for each dataset its name and its lines."""

    anchor: str
    label: str
    parts: Sequence[tuple[str, int, Sequence[Run]]]

    @property
    def lines(self) -> int:
        """Return how many lines they are."""
        return sum(number for _, number, _ in self.parts)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A row of a dataset: the number of its line, the anchor (empty at a line's second row), and its cells."""

    line: int
    anchor: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class LineTable:
    """The used lines of a dataset, and how many more the page would be too large for."""

    anchor: str
    held: RecordLines
    heads: Sequence[str]
    rows: Sequence[LineRow]
    left_out: int


@dataclass
class Lines:
    """All lines that the numbers of a page rest on. What is asked `behind` is kept once, however many numbers share it."""

    tables: list[LineTable] = field(default_factory=list)
    behind_numbers: list[Behind] = field(default_factory=list)
    anchors: dict[tuple[str, int], str] = field(default_factory=dict)
    _known: dict[tuple[tuple[str, tuple[int, ...]], ...], Behind] = field(default_factory=dict)

    def behind(self, label: str, keys: Mapping[str, Iterable[int]]) -> Behind | None:
        """Return the list of lines behind a number, by dataset; None where it rests on no line."""
        wanted = tuple((name, tuple(sorted(set(lines)))) for name, lines in sorted(keys.items()))
        wanted = tuple((name, lines) for name, lines in wanted if lines)
        if not wanted:
            return None
        if wanted not in self._known:
            parts = [(name, len(lines), self._runs(name, lines)) for name, lines in wanted]
            self._known[wanted] = Behind(f"behind-{len(self._known)}", label, parts)
            self.behind_numbers.append(self._known[wanted])
        return self._known[wanted]

    def _runs(self, name: str, lines: Sequence[int]) -> list[Run]:
        """Return lines with neighbours joined, where the page holds both or neither."""
        found: list[list[int]] = []
        for line in lines:
            same = found and ((name, line) in self.anchors) == ((name, found[-1][1]) in self.anchors)
            if same and line == found[-1][1] + 1:
                found[-1][1] = line
            else:
                found.append([line, line])
        return [
            Run(str(first) if first == last else f"{first}–{last}", self.anchors.get((name, first), ""))
            for first, last in found
        ]


def gathered(held: Iterable[RecordLines]) -> Lines:
    """Return the lines of all measures and records together, each line of a dataset once."""
    by_dataset: dict[str, list[RecordLines]] = {}
    for one in held:
        by_dataset.setdefault(one.dataset, []).append(one)
    lines = Lines()
    for number, parts in enumerate(by_dataset.values()):
        _add(lines, number, parts)
    return lines


def _add(lines: Lines, number: int, parts: Sequence[RecordLines]) -> None:
    rows: dict[int, list[Sequence[Any]]] = {}
    for part in parts:
        fresh: dict[int, list[Sequence[Any]]] = {}
        for line, values in part.rows:
            fresh.setdefault(line, []).append(values)
        rows = {**fresh, **rows}
    shown: list[LineRow] = []
    for line in sorted(rows)[:MAX_LINES]:
        anchor = f"line-{number}-{line}"
        lines.anchors[parts[0].dataset, line] = anchor
        shown += [LineRow(line, "" if at else anchor, [_text(one) for one in values]) for at, values in enumerate(rows[line])]
    heads = [column.replace("_", " ") for column in parts[0].columns]
    lines.tables.append(LineTable(f"lines-{number}", parts[0], heads, shown, max(len(rows) - MAX_LINES, 0)))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_text, value))
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 10_000 else f"{value:,.0f}"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
