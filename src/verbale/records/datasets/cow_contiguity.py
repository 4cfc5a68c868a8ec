"""Correlates of War direct contiguity 3.2, 1816-2016: pairs of states that touch on land or by water, as spells and years."""

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


def _kind(row: Row) -> int:
    kind = row.needed("conttype")
    if not 1 <= kind <= 5:
        raise row.fail(f"conttype is {kind}; allowed are 1 to 5")
    return kind


def _spell(row: Row) -> Iterator[dict[str, Any]]:
    start, end = _month(row, "begin", last=False), _month(row, "end", last=True)
    if end < start:
        raise row.fail(f"it ends ({end}) before it begins ({start})")
    low, high, kind = row.needed("statelno"), row.needed("statehno"), _kind(row)
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


def _year(row: Row) -> Iterator[dict[str, Any]]:
    first, second, year = row.needed("state1no"), row.needed("state2no"), row.needed("year")
    yield {
        "code1": row.state(first, year),
        "code2": row.state(second, year),
        "ccode1": first,
        "ccode2": second,
        "year": year,
        "conttype": _kind(row),
    }


_KIND: Final = Column("conttype", pa.int8(), "1 land or river border; by water up to 2: 12, 3: 24, 4: 150, 5: 400 miles")
CONTIGUITY: Final = Dataset(
    name="cow-contiguity",
    title="COW Direct Contiguity 3.2: spells",
    editions={"3.2": Edition(1816, 2016, 847)},
    home=cow.HOME + "direct-contiguity/",
    files=("contdir.csv", "DirectContiguity320.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("3.2", "DirectContiguity320.zip"),),
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
        _KIND,
        Column("notes", pa.string(), "the official note"),
    ),
    tidy=_spell,
    key=("dyad", "begin", "conttype"),
    layout=Separated(),
    version_column="version",
    note="A pair of states that has no row in a year is not contiguous.",
)
YEARS: Final = Dataset(
    name="cow-contiguity-years",
    title="COW Direct Contiguity 3.2: directed dyad-years",
    editions={"3.2": Edition(1816, 2016, 82_498)},
    home=cow.HOME + "direct-contiguity/",
    files=("contdird.csv", "DirectContiguity320.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("3.2", "DirectContiguity320.zip"),),
    citation=CITATION,
    header=("dyad", "state1no", "state1ab", "state2no", "state2ab", "year", "conttype", "version"),
    columns=(
        Column("code1", pa.string(), "our code of the first state"),
        Column("code2", pa.string(), "our code of the second state"),
        Column("ccode1", pa.int16(), "Correlates of War number of the first state"),
        Column("ccode2", pa.int16(), "Correlates of War number of the second state"),
        Column("year", pa.int16(), "calendar year"),
        _KIND,
    ),
    tidy=_year,
    key=("state1no", "state2no", "year", "conttype"),
    layout=Separated(),
    version_column="version",
    note="Each pair stands twice in a year, once from each side, and once more where its type changes within the year.",
)
DATASETS: Final = (CONTIGUITY, YEARS)
