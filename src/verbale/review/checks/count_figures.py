"""Shares and growth told of a table or figure: "Ghent alone has more than half", "from 1900 to 1920 it more than doubled"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from verbale.core import Block, Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_tables import Row, is_total, number_of, rows_of, tables_of
from verbale.review.citations import without_citations
from verbale.review.counting import count_words, either
from verbale.review.manuscript import Manuscript
from verbale.review.marking import FRACTION, PERCENT, Marked, closed_up, mark

_YEAR: Final = re.compile(r"1\d{3}|20\d{2}")
# A figure told of a table may stand so many blocks behind it. Between 1 and 40 nothing changes on the 349 manuscripts that we
# hold, of which 29 have tables; beyond some paragraphs the next table is nearer.
_REACH: Final = 6
# Without a word that says on which side it lies, a share may be off by so much, and a growth by a seventh (as in prose). On the
# same manuscripts the four slips of this kind are found from 0 to 0.12 and from 0 to 0.3; below 0.03 "nearly half" of 48 per
# cent is taken for a slip.
_NEAR: Final = 0.04
_GROWTH: Final = 1 / 7

Series = dict[int, float]


def find_figures(manuscript: Manuscript, tables: Sequence[tuple[int, int, list[Row]]]) -> Iterator[Slip]:
    """Yield a slip for each share of a row in its table, or growth in a figure, that the numbers there contradict."""
    figures = list(_figures(manuscript))
    if not figures and not tables:
        return
    for sentence in manuscript.prose:
        marked = mark(closed_up(without_citations(manuscript, sentence)), 1900)
        for last, block, series in figures:
            # the nearest figure before the sentence is the one that it speaks of
            if last == max((at for at, _, _ in figures if 0 < sentence.block - at <= _REACH), default=-1):
                yield from _grown(sentence, marked, series, block)
        near = [table for table in tables if 0 < sentence.block - table[1] <= _REACH]
        for _, _, rows in near[-1:]:
            yield from _alone(sentence, marked, rows)


def _figures(manuscript: Manuscript) -> Iterator[tuple[int, tuple[int, int], Series]]:
    """Yield each figure as the index of its last block, its offsets, and its values by year."""
    blocks = manuscript.document.blocks
    for first, last in tables_of(manuscript):
        table = list(blocks[first : last + 1])
        series = _series(manuscript, table)
        if len(series) > 2:
            yield last, (table[0].start, table[-1].end), series


def _series(manuscript: Manuscript, table: list[Block]) -> Series:
    """Return the values by year of a table with a row or column of years beside one of figures; empty for any other."""
    rows = [cells for _, _, cells in rows_of(manuscript, table)]
    cells = [cell for row in rows for cell in row] or [manuscript.block_text(block).strip() for block in table]
    # words before the first year are headings
    first = next((at for at, cell in enumerate(cells) if _YEAR.fullmatch(cell)), 0)
    # so are words in a row of figures or of years, or in a column beside both
    body = [cell for cell in cells[first:] if number_of(cell) is not None]
    half = len(body) // 2
    for years, values in ((body[:half], body[half:]), (body[::2], body[1::2])):
        numbers = [number_of(cell) for cell in values]
        told = [int(cell) for cell in years if _YEAR.fullmatch(cell)]
        rising = told == sorted(set(told)) and len(told) == len(years) == len(values)
        if rising and all(numbers):
            return {year: number for year, number in zip(told, numbers, strict=True) if number}
    return {}


@cache
def _multiplied() -> re.Pattern[str]:
    verbs = "|".join(count_words()["doubled"] + count_words()["tripled"] + count_words()["quadrupled"])
    return re.compile(
        r"\b(?:from|between)\s(?P<first>\d{4})\s(?:to|and|until)\s(?P<last>\d{4})\b[^.;:]{0,60}?"
        rf"(?P<side>\b(?:{either('above')}|{either('below')})\s)?\b(?P<verb>{verbs})\b",
        re.IGNORECASE,
    )


def _grown(sentence: Sentence, marked: Marked, series: Series, block: tuple[int, int]) -> Iterator[Slip]:
    match = _multiplied().search(marked.text)
    if match is None or int(match["first"]) not in series or int(match["last"]) not in series:
        return
    first, last = series[int(match["first"])], series[int(match["last"])]
    verb = match["verb"].lower()
    factor = next(number for number, name in ((2, "doubled"), (3, "tripled"), (4, "quadrupled")) if verb in count_words()[name])
    if not _holds(last / first, factor, match["side"], factor * _GROWTH):
        start = sentence.start + match.start("side" if match["side"] else "verb")
        message = f"From {first:,g} to {last:,g} is {last / first:.1f} times as much."
        yield Slip(start, sentence.start + match.end("verb"), message, (block,))


@cache
def _share() -> re.Pattern[str]:
    return re.compile(
        rf"\balone\b(?:\s[a-z]+){{1,3}}?\s(?P<side>(?:{either('above')}|{either('below')})\s)?"
        rf"(?P<share>{FRACTION}|{PERCENT})\s(?:of\b|the\b)",
        re.IGNORECASE,
    )


def _alone(sentence: Sentence, marked: Marked, rows: list[Row]) -> Iterator[Slip]:
    """Check the share of a row against every column with a figure for it: it must be wrong of each."""
    match = _share().search(marked.marks)
    if match is None:
        return
    lead = marked.text[: match.start()].rstrip().lower()
    inside = [row for row in rows if not is_total(row) and len(row[2]) == len(rows[0][2])]
    named = [row for row in inside if len(row[2][0]) > 2 and lead.endswith(row[2][0].strip("* _").lower())]
    if len(named) != 1:
        return
    told = marked.quantity(match.start("share"))
    share = told.value / 100 if told.kind == "percent" else told.value
    real = []
    for column in range(1, len(rows[0][2])):
        value = number_of(named[0][2][column])
        whole = sum(number_of(row[2][column]) or 0 for row in inside)
        if value is not None and whole:
            real.append(value / whole)
    if real and not any(_holds(each, share, match["side"], _NEAR) for each in real):
        start = sentence.start + match.start("side" if match["side"] else "share")
        message = f"In the table it is {100 * real[0]:.0f} per cent."
        yield Slip(start, sentence.start + told.end, message, ((named[0][0], named[0][1]),))


def _holds(real: float, told: float, side: str | None, slack: float) -> bool:
    """Tell whether a number is what is told of it: on the side that a hedge names, or near it."""
    if side is None:
        return abs(real - told) <= slack
    above = side.strip().lower() in count_words()["above"]
    return real >= told * 0.995 if above else told - 2 * slack <= real <= told * 1.005
