"""Counts that the text tells of a table: how many rows it gives, and the cells of rows that a sentence adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Block, Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_figures import find_figures
from verbale.review.checks.count_tables import Row, is_total, is_year, number_of, rows_of, tables_of
from verbale.review.citations import without_citations
from verbale.review.counting import comparable, either, same_number, show
from verbale.review.manuscript import Manuscript
from verbale.review.marking import AMOUNT, COUNT, PERCENT, Marked, closed_up, mark
from verbale.review.quantities import Quantity
from verbale.review.reckoning import listed

_MOST: Final = 60
# A sum this many times another is no slip for it.
_FAR: Final = 2.0


def find_table_told(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each number told of a table beside which its rows speak against it."""
    tables = list(_tables(manuscript))
    yield from find_figures(manuscript, tables)
    for _, _, rows in tables:
        yield from _across(rows)
    if not tables:
        return
    for sentence in manuscript.prose:
        marked = mark(closed_up(without_citations(manuscript, sentence)), 1900)
        for first, last, rows in tables:
            if sentence.block in (first - 1, first - 2, last + 1):
                yield from _gives(sentence, marked, rows)
            if sentence.block > last or sentence.block == first - 1:
                yield from _between(sentence, marked, rows)


# So many rows at least must bear out what the columns of a table add up to, and all but so large a part of them.
_ROWS, _WRONG = 3, 0.25


def _across(rows: list[Row]) -> Iterator[Slip]:
    """Check the rows of a table whose columns add up to its last one, or to one number in every row."""
    heading, inside = rows[0][2], [row for row in rows[1:] if not is_total(row) and len(row[2]) == len(rows[0][2])]
    columns = [at for at in range(1, len(heading)) if all(number_of(row[2][at]) is not None for row in inside)]
    columns = [at for at in columns if not all(is_year(row[2][at]) for row in inside)]
    if len(inside) <= _ROWS or len(columns) < 3:
        return
    cells = [[number_of(row[2][at]) or 0.0 for at in columns] for row in inside]
    totalled = is_total((0, 0, [heading[columns[-1]]]))
    if not totalled and any(number_of(heading[at]) is not None and not is_year(heading[at]) for at in columns):
        return  # a row of figures, where headings would stand
    sums = [sum(each[:-1]) if totalled else sum(each) for each in cells]
    common = max(set(sums), key=sums.count)
    wrong = [
        (row, real, told)
        for row, real, told in zip(inside, sums, (each[-1] if totalled else common for each in cells), strict=True)
        if not same_number(real, told)
    ]
    if wrong and len(inside) - len(wrong) >= _ROWS and len(wrong) <= _WRONG * len(inside):
        for (start, end, _), real, told in wrong:
            yield Slip(start, end, f"The row adds up to {show(real)}, not {show(told)}.")


def _tables(manuscript: Manuscript) -> Iterator[tuple[int, int, list[Row]]]:
    """Yield each table of the body as the indexes of its first and last block, and its rows."""
    blocks, body = manuscript.document.blocks, set(manuscript.body)
    for first, last in tables_of(manuscript):
        table = list(blocks[first : last + 1])
        rows = list(rows_of(manuscript, table)) if first in body else []
        if first in body and not rows:
            rows = list(_uniform(manuscript, table))
        if len(rows) > 2:
            yield first, last, rows


def _uniform(manuscript: Manuscript, table: list[Block]) -> Iterator[Row]:
    """Yield the rows of a table without totals that was kept cell by cell: the least width that makes columns of one kind.

    Below its heading, the first column has words and another only figures.
    """
    cells = [manuscript.block_text(block).strip() for block in table]
    for width in range(2, 9):
        if len(cells) % width or len(cells) // width < 3:
            continue
        columns = [[number_of(cell) is not None for cell in cells[at::width][1:]] for at in range(width)]
        if not any(columns[0]) and any(all(each) for each in columns[1:]):
            for at in range(0, len(cells), width):
                yield table[at].start, table[at + width - 1].end, cells[at : at + width]
            return


@cache
def _giving() -> re.Pattern[str]:
    return re.compile(
        rf"\b[Tt]able\b[^.;:]{{0,40}}?\b{either('gives')}\s(?:all\s)?(?:the\s|these\s|those\s|its\s|their\s)?(?P<number>{COUNT})\s(?:[a-z-]+\s){{0,2}}?(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people)\b"
        rf"|^(?i:{either('that makes')})\s(?P<number3>{COUNT})\s(?!of\b|in\b|more\b|fewer\b)[a-z-]+s\b"
        rf"|\b(?P<number2>{COUNT})\s(?:[a-z-]+\s){{0,2}}?(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people)\b[^.;:]{{0,40}}?\b(?:in|by)\s(?:the\s)?(?:[Tt]able|following\stable)\b",
    )


def _gives(sentence: Sentence, marked: Marked, rows: list[Row]) -> Iterator[Slip]:
    """Check "the table gives the six ratifications" against the rows below its heading, or the columns beside its first."""
    match = _giving().search(marked.marks)
    if match is None:
        return
    number = marked.quantity(next(match.start(name) for name in ("number", "number2", "number3") if match[name]))
    lead = marked.text[: number.start]
    headed = all(number_of(cell) is None for cell in rows[0][2])
    inside = [row for row in rows[headed:] if not is_total(row)]
    width = len(rows[0][2])
    if re.search(rf"\b(?:{either('roughly')}|of|least|first|last|other)\s(?:the\s)?$", lead, re.IGNORECASE):
        return
    near = 0.5 * len(inside) <= number.value <= 2 * len(inside) and number.value <= _MOST
    if near and number.value not in (len(inside), width, width - 1):
        start, end = sentence.start + number.start, sentence.start + number.end
        message = f"The text says {show(number.value)}, but the table has {show(len(inside))} rows."
        yield Slip(start, end, message, ((inside[0][0], inside[-1][1]),))


@cache
def _together() -> re.Pattern[str]:
    cue = f"{either('together')}|{either('amounts to')}|{either('musters')}"
    return re.compile(rf"\b(?P<cue>{cue})(?!\w)[^.;:,]{{0,50}}?(?P<sum>{AMOUNT}|{PERCENT})", re.IGNORECASE)


def _between(sentence: Sentence, marked: Marked, rows: list[Row]) -> Iterator[Slip]:
    """Check "the North and the South between them sent 26" against the cells of the rows that it names."""
    last = 0
    for match in _together().finditer(marked.marks):
        lead = marked.text[last : match.start()].lower()
        last = match.end()
        clause = max((each.end() for each in re.finditer(r"[;:.]\s|,\s(?:while|whereas|but)\s", lead)), default=0)
        named = [row for row in rows[1:] if not is_total(row) and _named(row[2][0], lead[clause:])]
        # without a word for it, only a subject of nothing but the rows is added up
        alone = re.sub("|".join(re.escape(row[2][0].lower()) for row in named) or "^", "", lead[clause:])
        if 2 <= len(named) <= 6 and (
            listed("together", match[0]) or re.fullmatch(r"[\s,]*(?:the|and|[\s,])*(?:thus\s)?", alone)
        ):
            yield from _cells(sentence, marked.quantity(match.start("sum")), named)


def _cells(sentence: Sentence, total: Quantity, named: list[Row]) -> Iterator[Slip]:
    """Compare a sum told of some rows with their cells, column by column."""
    sums = []
    for column in range(1, min(len(row[2]) for row in named)):
        cells = [number_of(row[2][column]) for row in named]
        if all(each is not None for each in cells):
            sums.append(sum(each for each in cells if each is not None))
    near = [each for each in sums if each and comparable(total.value, each, _FAR)]
    if near and not any(same_number(total.value, each) for each in sums):
        start, end = sentence.start + total.start, sentence.start + total.end
        message = f"In the table they add up to {show(near[0])}, not {show(total.value)}."
        yield Slip(start, end, message, tuple((row[0], row[1]) for row in named))


def _named(label: str, text: str) -> bool:
    """Tell whether a text names the row of a label, without what other words would make of it."""
    name = re.sub(r"^the\s", "", label.strip("* _").lower())
    return len(name) > 2 and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None
