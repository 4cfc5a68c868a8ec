"""Columns of a table against the row that totals them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Block
from verbale.review.check import Slip
from verbale.review.manuscript import Manuscript

_CELL: Final = re.compile(r"\s*\|\s*|\t|\s{3,}")
_TOTAL: Final = re.compile(r"^(?:\*\*|__|_|\*)?(?:grand\s)?(?:totals?|sum|all|both|altogether|in all)\b", re.IGNORECASE)
_FIGURE: Final = re.compile(r"[$€£]?\s?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?%?")


Row = tuple[int, int, list[str]]


def find_tables(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each total that is not the sum of its column."""
    table: list[Block] = []
    for block in [*manuscript.document.blocks, None]:
        if block is not None and block.kind == "table":
            table.append(block)
            continue
        rows: list[Row] = []
        for row in rows_of(manuscript, table):
            if is_total(row):
                yield from _sums(rows, row)
                rows = []
            else:
                rows.append(row)
        table = []


def rows_of(manuscript: Manuscript, table: list[Block]) -> Iterator[Row]:
    """Yield the rows of a table: a row is a line, whether its cells are blocks of their own or stand between bars."""
    cells = [manuscript.block_text(block).strip() for block in table]
    if table and not any("|" in cell or "\n" in cell or "\t" in cell for cell in cells):
        yield from _chunked(table, cells)
        return
    at = 0
    while at < len(table):
        last = at
        while last + 1 < len(table) and "\n" not in manuscript.text[table[last].end : table[last + 1].start]:
            last += 1
        start, end = table[at].start, table[last].end
        for line in re.finditer(r"[^\n]+", manuscript.text[start:end]):
            cells = [cell.strip() for cell in _CELL.split(line[0].strip().strip("|").strip())]
            if len(cells) > 1 and not re.fullmatch(r"[\s|:–-]*", line[0]):
                yield start + line.start(), start + line.end(), cells
        at = last + 1


def _chunked(table: list[Block], cells: list[str]) -> Iterator[Row]:
    """Yield the rows of a table that was kept cell by cell, without empty ones, so that the row of totals may be the shortest.

    The width is the one at which the last figure of that row stands under a column of figures.
    """
    total = next((at for at in range(len(cells) - 1, -1, -1) if _TOTAL.match(cells[at])), None)
    if total is None or len(cells) - total < 2:
        return
    last = cells[total:]
    widths = [width for width in range(max(2, len(last)), _WIDEST + 1) if total % width == 0 and total // width > 2]
    if len(last) in widths and not len(cells) % len(last):
        widths = [len(last), *(width for width in widths if width > len(last))]
    for width in widths:
        column = _column(cells[:total], width, last[-1])
        if column is None:
            continue
        for at in range(0, total, width):
            yield table[at].start, table[at + width - 1].end, cells[at : at + width]
        blank = [""] * (width - len(last))
        row = last if not blank else [last[0], *[""] * (column - 1), last[-1], *[""] * (width - column - 1)]
        yield table[total].start, table[-1].end, row
        return


# No table of a manuscript is wider.
_WIDEST: Final = 9


def _column(cells: list[str], width: int, said: str) -> int | None:
    """Return the column whose figures may add up to a total, at a width: all but its heading are figures near it."""
    value = number_of(said)
    for column in range(width - 1, 0, -1):
        figures = [number_of(cell) for cell in cells[column::width]][1:]
        if value is not None and figures and all(each is not None for each in figures):
            added = sum(each for each in figures if each is not None)
            if 0.5 * value <= added <= 2 * value:
                return column
    return None


def _sums(rows: list[Row], total: Row) -> Iterator[Slip]:
    start, end, cells = total
    for column in range(1, len(cells)):
        said = number_of(cells[column])
        above = [(row, number_of(row[2][column])) for row in rows if len(row[2]) == len(cells)]
        figures = [(row, figure) for row, figure in above if figure is not None]
        # headings have no figure, every other row must have one
        if said is None or len(figures) < 2 or len(figures) < len(above) - 1:
            continue
        added = sum(figure for _, figure in figures)
        slack = _rounded(cells[column], *(row[2][column] for row, _ in figures)) * len(figures)
        if (
            abs(added - said) > slack
            and "%" not in cells[column].replace("100", "")
            and said not in [figure for _, figure in figures]
        ):
            message = f"The column adds up to {added:,g}, not {cells[column]}."
            yield Slip(start, end, message, tuple((row[0], row[1]) for row, _ in figures))
            return


def _rounded(*cells: str) -> float:
    """Return by how much each figure of a column is rounded: half of its last decimal; half a point of shares."""
    places = [len(cell.strip("* _%").partition(".")[2]) for cell in cells]
    if "%" in cells[0]:
        return 0.5
    return 0.5 * 10.0 ** -max(places) if any(places) else 0.0


def is_total(row: Row) -> bool:
    """Tell whether a row totals those above it."""
    return _TOTAL.match(row[2][0]) is not None


def number_of(cell: str) -> float | None:
    """Return the number of a cell that is a figure; None for every other."""
    match = _FIGURE.fullmatch(cell.strip("* _"))
    return float(match[1].replace(",", "")) if match else None
