"""Times in a column of a table against the two columns of dates beside it: "Applied | Accepted | Full years between".

A row counts the calendar years or the full ones, with or without both ends, or rounds; its figure is a slip where none of these
gives it, and the other rows show that the column is indeed the time between those two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Block
from verbale.review.check import Slip
from verbale.review.checks.count_tables import Row, has_rows, rows_of, tables_of
from verbale.review.dates import WrittenDate, find_dates
from verbale.review.duration_words import either
from verbale.review.durations import MONTH, YEAR, elapsed
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import words

_FIGURE: Final = re.compile(r"(?:c\.\s)?(\d{1,4})(?:\s(?:years?|months?|days?))?\*?")
_UNITS: Final = {"year": YEAR, "month": MONTH, "day": 1.0}
# No table of a manuscript is wider; so many rows must bear the column out.
_WIDEST: Final = 9
_BORNE: Final = 2


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(rf"\b{either('time headings')}\b", re.IGNORECASE)


def find_in_tables(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each figure in a column of times that the dates of its row do not give."""
    for first, last in tables_of(manuscript):
        yield from _in_table(manuscript, _rows(manuscript, list(manuscript.document.blocks[first : last + 1])))


def _rows(manuscript: Manuscript, table: list[Block]) -> list[Row]:
    """Return the rows of a table; of one kept cell by cell, at the width that puts figures under the heading of times."""
    cells = [manuscript.block_text(block).strip() for block in table]
    if has_rows(manuscript, table):
        return list(rows_of(manuscript, table))
    at = next((at for at, cell in enumerate(cells[:_WIDEST]) if _heading().search(cell)), None)
    if at is None:
        return []
    for width in range(max(3, at + 1), _WIDEST + 1):
        column = cells[at + width :: width]
        if (
            len(cells) % width == 0
            and len(column) > _BORNE
            and all(_FIGURE.fullmatch(each) or len(each) < 2 for each in column)
        ):
            return [
                (table[row].start, table[row + width - 1].end, cells[row : row + width]) for row in range(0, len(cells), width)
            ]
    return []


def _in_table(manuscript: Manuscript, rows: list[Row]) -> Iterator[Slip]:
    if len(rows) <= _BORNE or len({len(cells) for _, _, cells in rows}) != 1:
        return
    heads = rows[0][2]
    for column, head in enumerate(heads):
        if not _heading().search(head):
            continue
        unit = next((days for name, days in _UNITS.items() if name in head.lower()), YEAR)
        read = [each for row in rows[1:] if (each := _read(row, column)) is not None]
        wrong = [each for each in read if not _bears(each[1], each[2], each[3], unit)]
        if len(read) - len(wrong) < _BORNE or len(wrong) > 1:
            continue
        for row, said, first, last in wrong:
            start = manuscript.text.find(row[2][column], row[0] + _before(manuscript, row, column), row[1])
            given = _given(first, last, unit)
            passed = words(min(given) if said < min(given) else max(given))
            message = f"The table says {said}, but from {first.year} to {last.year} it is {passed}."
            yield Slip(start, start + len(row[2][column]), message, ())


def _before(manuscript: Manuscript, row: Row, column: int) -> int:
    """Return where in its row a cell begins at the earliest: behind the cells before it."""
    at = row[0]
    for cell in row[2][:column]:
        at = max(at, manuscript.text.find(cell, at, row[1]) + len(cell))
    return at - row[0]


def _read(row: Row, column: int) -> tuple[Row, int, WrittenDate, WrittenDate] | None:
    """Return the figure of a row with the two dates that its other cells have; None where it has no such."""
    figure = _FIGURE.fullmatch(row[2][column])
    dates = [date for at, cell in enumerate(row[2]) if at != column for date in find_dates(cell)]
    if figure is None or len(dates) != 2 or dates[0].order >= dates[1].order:
        return None
    return row, int(figure[1]), dates[0], dates[1]


def _given(first: WrittenDate, last: WrittenDate, unit: float) -> set[int]:
    """Return the whole units that may be told of the time between two dates."""
    low, high = elapsed(first, last)
    given = {int(low // unit), round(low / unit), int(high // unit), round(high / unit)}
    if unit == YEAR:
        given |= {last.year - first.year, last.year - first.year + 1}
    return {each for each in given if each >= 0} | {round(high / unit)}


def _bears(said: int, first: WrittenDate, last: WrittenDate, unit: float) -> bool:
    given = _given(first, last, unit)
    return min(given) - (unit == 1) <= said <= max(given) + (unit == 1)
