"""Columns of a table against the row that totals them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
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
    blocks = manuscript.document.blocks
    for first, last in tables_of(manuscript):
        rows: list[Row] = []
        for row in rows_of(manuscript, list(blocks[first : last + 1])):
            if is_total(row):
                yield from _sums(rows, row)
                rows = []
            else:
                rows.append(row)


def tables_of(manuscript: Manuscript) -> Iterator[tuple[int, int]]:
    """Yield each table as the indexes of its first and last block; of two in a row, an empty line parts them.

    A text may as well set an empty line between all rows.
    """
    blocks = manuscript.document.blocks
    at = 0
    while at < len(blocks):
        last = at
        while last < len(blocks) and blocks[last].kind == "table":
            last += 1
        if last > at:
            gaps = [manuscript.text[one.end : two.start] for one, two in itertools.pairwise(blocks[at:last])]
            apart = [gap.count("\n") > 1 for gap in gaps]
            start = at
            for number, parted in enumerate(apart):
                if parted and any("\n" in gap and not far for gap, far in zip(gaps, apart, strict=True)):
                    yield start, at + number
                    start = at + number + 1
            yield start, last - 1
        at = max(last, at + 1)


def has_rows(manuscript: Manuscript, table: Sequence[Block]) -> bool:
    """Tell whether a table was kept with its rows: cells of one stand on one line, or a block is one."""
    if any(mark in manuscript.text[block.start : block.end] for block in table for mark in "|\n\t"):
        return True
    return any("\n" not in manuscript.text[one.end : two.start] for one, two in itertools.pairwise(table))


def rows_of(manuscript: Manuscript, table: list[Block]) -> Iterator[Row]:
    """Yield the rows of a table: a row is a line, whether its cells are blocks of their own or stand between bars."""
    if table and not has_rows(manuscript, table):
        yield from _chunked(table, [manuscript.block_text(block).strip() for block in table])
        return
    rows = list(_lines(manuscript, table))
    width = max((len(cells) for _, _, cells in rows), default=0)
    for start, end, cells in rows:
        tabbed = "\t" in manuscript.text[start:end]  # empty cells behind the last one of a row are not kept
        yield start, end, cells + [""] * (width - len(cells)) if tabbed else cells


def _lines(manuscript: Manuscript, table: list[Block]) -> Iterator[Row]:
    at = 0
    while at < len(table):
        last = at
        while last + 1 < len(table) and "\n" not in manuscript.text[table[last].end : table[last + 1].start]:
            last += 1
        start, end = table[at].start, table[last].end
        while start and manuscript.text[start - 1] == "\t":  # empty cells before the first
            start -= 1
        for line in re.finditer(r"[^\n]+", manuscript.text[start:end]):
            cells = [cell.strip() for cell in _CELL.split(line[0].strip(" ").strip("|").strip(" "))]
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
        if all(is_year(row[2][column]) for row, _ in figures) and said < min(figure for _, figure in figures):
            continue  # years are no summands: what stands below them counts them
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


def is_year(cell: str) -> bool:
    """Tell whether a cell is a year, or a number that is written like one."""
    return re.fullmatch(r"(?:1\d|20)\d\d", cell.strip("* _")) is not None


def number_of(cell: str) -> float | None:
    """Return the number of a cell that is a figure; None for every other."""
    match = _FIGURE.fullmatch(cell.strip("* _"))
    return float(match[1].replace(",", "")) if match else None
