"""Correlates of War diplomatic exchange 2006.1: who was represented where, about every five years from 1817 to 2005."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.layouts import Separated
from verbale.records.rows import Row

CITATION: Final = """@misc{bayer_2006,
  author = {Bayer, Re{\\c{s}}at},
  title = {Diplomatic Exchange Data Set, v2006.1},
  year = {2006},
  url = {https://correlatesofwar.org/data-sets/diplomatic-exchange/}
}"""
LEVELS: Final = (0, 1, 2, 3, 9)


def _level(row: Row, field: str) -> int | None:
    level = row.whole(field)
    if level is not None and level not in LEVELS:
        raise row.fail(f"{field} is {level}; allowed are 0, 1, 2, 3 and 9")
    return level


def _pair(row: Row) -> Iterator[dict[str, Any]]:
    first, second, year = row.needed("ccode1"), row.needed("ccode2"), row.needed("year")
    yield {
        "code1": row.state(first, year),
        "code2": row.state(second, year),
        "ccode1": first,
        "ccode2": second,
        "year": year,
        "DR_at_1": _level(row, "DR_at_1"),
        "DR_at_2": _level(row, "DR_at_2"),
        "DE": row.flag("DE"),
    }


DIPLOMACY: Final = Dataset(
    name="cow-diplomacy",
    title="COW Diplomatic Exchange 2006.1",
    # The column `version` prints as 2006.0999755859375, so it is not compared.
    editions={"*": Edition(1816, 2005)},
    home=cow.HOME + "diplomatic-exchange/",
    files=("Diplomatic_Exchange_2006v1.csv", "Diplomatic_Exchange_2006.1.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("2006.1", "Diplomatic_Exchange_2006.1.zip"),),
    citation=CITATION,
    header=("ccode1", "ccode2", "year", "DR_at_1", "DR_at_2", "DE", "version"),
    columns=(
        Column("code1", pa.string(), "our code of the first state"),
        Column("code2", pa.string(), "our code of the second state"),
        Column("ccode1", pa.int16(), "Correlates of War number of the first state"),
        Column("ccode2", pa.int16(), "Correlates of War number of the second state"),
        Column("year", pa.int16(), "calendar year; only about every fifth was coded"),
        Column("DR_at_1", pa.int8(), "the second state's mission at the first: 0 none, 1 to 3 in rising rank, 9 other"),
        Column("DR_at_2", pa.int8(), "the first state's mission at the second, in the same ranks"),
        Column("DE", pa.bool_(), "either has a mission at the other"),
    ),
    tidy=_pair,
    key=("ccode1", "ccode2", "year"),
    layout=Separated(),
    note="Years between those that were coded are unknown, not without exchange.",
)
DATASETS: Final = (DIPLOMACY,)
