"""SIPRI's tables of trend-indicator values: how much a state exported to, or imported from, each partner in each year."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import sipri_transfers
from verbale.records.rows import Row

HEADER: Final = ("Supplier", "Recipient", "year", "tiv")
_TOTAL: Final = re.compile(r"Total (?:exports|imports)(?: (?:to|from) (.+))?")
_YEAR: Final = re.compile(r"\d{4}")
# A table has a line for each partner, of which there are some two hundred.
MOST_LINES: Final = 5_000


class Totals:
    """The layout of the export: a preamble, a header with a column for each year, a line for each partner, and a total.

    The header names whose the lines are (Supplier or Recipient); only the last line names the state that the table is about.
    """

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the columns of the long form of the table, if the header has years and one of the two parties."""
        try:
            return HEADER if any(_is_header(fields) for _, fields in _lines(start)) else ()
        except csv.Error:  # what comes before a header that is a table's is short text
            return ()

    def edition(self, start: str) -> str | None:
        """Return the date on which the export was generated, as its preamble tells it."""
        return sipri_transfers.generated(start)

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield a row for each partner and year, also where the value is empty; not the totals."""
        found = list(itertools.islice(_lines(io.TextIOWrapper(stream, encoding=encoding, newline="").read()), MOST_LINES + 1))
        if len(found) > MOST_LINES:
            raise csv.Error(f"it has more than {MOST_LINES:,} lines")
        begin = next((number for number, (_, fields) in enumerate(found) if _is_header(fields)), len(found))
        header, body = found[begin][1] if begin < len(found) else [], found[begin + 1 :]
        about = next((match[1] or "" for _, fields in body if (match := _TOTAL.fullmatch(fields[0].strip()))), "")
        for line, fields in body:
            partner = fields[0].strip()
            if partner and not _TOTAL.fullmatch(partner):
                parties = [partner, about] if header[0].strip() == "Supplier" else [about, partner]
                for name, value in zip(header, fields, strict=False):
                    if _YEAR.fullmatch(name.strip()):
                        yield line, [*parties, name.strip(), value.strip()]


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    yield from ((reader.line_num, fields) for fields in reader if fields)


def _is_header(fields: list[str]) -> bool:
    names = [name.strip() for name in fields]
    return names[0] in ("Supplier", "Recipient") and any(_YEAR.fullmatch(name) for name in names)


def _nothing(row: Row) -> str | None:
    return None if row.text("tiv") else "no deliveries identified"


def _total(row: Row) -> Iterator[dict[str, Any]]:
    year = row.needed("year")
    yield {**sipri_transfers.parties(row, year), "year": year, "tiv": row.number("tiv")}


TOTALS: Final = Dataset(
    name="sipri-totals",
    title="SIPRI Arms Transfers Database: trend-indicator values by year",
    editions={"*": Edition(1950, 2030)},
    home="https://armstransfers.sipri.org/",
    files=("import-export-values.csv",),
    terms=sipri_transfers.TRANSFERS.terms,
    by_hand="the table is exported from an interactive page",
    citation=sipri_transfers.TOTALS_CITATION,
    header=HEADER,
    columns=(
        Column("source", pa.string(), "our code of the supplier"),
        Column("source_kind", pa.string(), "state, organisation, armed group or unknown"),
        Column("supplier", pa.string(), "the supplier as printed"),
        Column("target", pa.string(), "our code of the recipient"),
        Column("target_kind", pa.string(), "state, organisation, armed group or unknown"),
        Column("recipient", pa.string(), "the recipient as printed"),
        Column("year", pa.int16(), "calendar year"),
        Column("tiv", pa.float64(), "trend-indicator value in millions; 0 stands for less than half a million"),
    ),
    tidy=_total,
    key=("Supplier", "Recipient", "year"),
    layout=Totals(),
    encodings=("utf-8", "latin-1"),
    many_files=True,
    leave_out=_nothing,
    uncoded=(("source", "supplier"), ("target", "recipient")),
    note="The state that a table is about stands in its last line only; name a folder to have several tables in one.",
)
DATASETS: Final = (TOTALS,)
