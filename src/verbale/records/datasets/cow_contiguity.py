"""Correlates of War direct contiguity 3.2, 1816-2016: spells of pairs of states that touch on land or across water."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.layouts import Separated
from verbale.records.rows import Row

CITATION: Final = """@article{stinnett_etal_2002,
  author = {Stinnett, Douglas M. and Tir, Jaroslav and Schafer, Philip and Diehl, Paul F. and Gochman, Charles},
  title = {The Correlates of War Project Direct Contiguity Data, Version 3},
  journal = {Conflict Management and Peace Science},
  year = {2002},
  volume = {19},
  number = {2},
  pages = {58--66}
}"""
# A spell that ends with the edition's last month goes on.
LAST_MONTH: Final = "201612"


def _month(row: Row, field: str, *, last: bool) -> datetime.date:
    text = row.text(field)
    if len(text) != 6 or not text.isdecimal() or not 1 <= int(text[4:]) <= 12:
        raise row.fail(f"{field} is {text!r}, not a month YYYYMM")
    year, month = int(text[:4]), int(text[4:])
    return datetime.date(year, month, calendar.monthrange(year, month)[1] if last else 1)


def _spell(row: Row) -> Iterator[dict[str, Any]]:
    start, end = _month(row, "begin", last=False), _month(row, "end", last=True)
    if end < start:
        raise row.fail(f"it ends ({end}) before it begins ({start})")
    low, high, kind = row.needed("statelno"), row.needed("statehno"), row.needed("conttype")
    if not 1 <= kind <= 5:
        raise row.fail(f"conttype is {kind}; allowed are 1 to 5")
    yield {
        "code1": row.state(low, start.year),
        "code2": row.state(high, start.year),
        "ccode1": low,
        "ccode2": high,
        "start": start,
        "end": end,
        "ongoing": row.text("end") == LAST_MONTH,
        "conttype": kind,
        "notes": row.words("notes"),
    }


CONTIGUITY: Final = Dataset(
    name="cow-contiguity",
    title="COW Direct Contiguity 3.2: spells",
    editions={"3.2": Edition(1816, 2016, 847)},
    home=cow.HOME + "direct-contiguity/",
    files=("contdir.csv", "DirectContiguity320.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    citation=CITATION,
    header=("dyad", "statelno", "statelab", "statehno", "statehab", "conttype", "begin", "end", "notes", "version"),
    columns=(
        Column("code1", pa.string(), "our code of the state with the lower number"),
        Column("code2", pa.string(), "our code of the state with the higher number"),
        Column("ccode1", pa.int16(), "the lower Correlates of War number"),
        Column("ccode2", pa.int16(), "the higher Correlates of War number"),
        Column("start", pa.date32(), "first day of the first month"),
        Column("end", pa.date32(), "last day of the last month"),
        Column("ongoing", pa.bool_(), "the spell goes on at the end of 2016"),
        Column("conttype", pa.int8(), "1 land or river border; by water up to 2: 12, 3: 24, 4: 150, 5: 400 miles"),
        Column("notes", pa.string(), "the official note"),
    ),
    tidy=_spell,
    key=("dyad", "begin", "conttype"),
    layout=Separated(),
    version_column="version",
    note="A pair of states that has no row in a year is not contiguous.",
)
DATASETS: Final = (CONTIGUITY,)
