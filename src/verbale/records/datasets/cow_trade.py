"""Correlates of War trade 4.0, 1870-2014: flows between pairs of states, and total imports and exports of a state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.layouts import Separated
from verbale.records.rows import Row

PAGE: Final = cow.HOME + "bilateral-trade/"
ARCHIVE: Final = "COW_Trade_4.0.zip"
CITATION: Final = """@article{barbieri_keshk_pollins_2009,
  author = {Barbieri, Katherine and Keshk, Omar M. G. and Pollins, Brian M.},
  title = {Trading Data: Evaluating Our Assumptions and Coding Rules},
  journal = {Conflict Management and Peace Science},
  year = {2009},
  volume = {26},
  number = {5},
  pages = {471--491}
}"""
# Flows are missing as -9, also where a program has printed it as -9.0.
MISSING: Final = -9.0
_FLOWS: Final = {
    "flow1": "imports of the first from the second, million current US dollars",
    "flow2": "imports of the second from the first, million current US dollars",
    "smoothflow1": "flow1 smoothed, with gaps filled",
    "smoothflow2": "flow2 smoothed, with gaps filled",
}


def _flow(row: Row, field: str) -> float | None:
    value = row.number(field)
    return None if value == MISSING else value


def _pair(row: Row) -> Iterator[dict[str, Any]]:
    first, second, year = row.needed("ccode1"), row.needed("ccode2"), row.needed("year")
    yield {
        "code1": row.state(first, year),
        "code2": row.state(second, year),
        "ccode1": first,
        "ccode2": second,
        "year": year,
        **{name: _flow(row, name) for name in _FLOWS},
    }


def _state(row: Row) -> Iterator[dict[str, Any]]:
    number, year = row.needed("ccode"), row.needed("year")
    yield {
        "code": row.state(number, year),
        "ccode": number,
        "year": year,
        "imports": _flow(row, "imports"),
        "exports": _flow(row, "exports"),
    }


_YEAR: Final = Column("year", pa.int16(), "calendar year")
DYADIC: Final = Dataset(
    name="cow-trade",
    title="COW Trade 4.0: flows between pairs of states",
    editions={"4": Edition(1870, 2014), "4.0": Edition(1870, 2014)},
    home=PAGE,
    files=("Dyadic_COW_4.0.csv", ARCHIVE),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("4", ARCHIVE),),
    citation=CITATION,
    header=(
        *("ccode1", "ccode2", "year", "importer1", "importer2", *_FLOWS, "smoothtotrade", "spike1", "spike2", "dip1", "dip2"),
        *("trdspike", "tradedip", "bel_lux_alt_flow1", "bel_lux_alt_flow2", "china_alt_flow1", "china_alt_flow2"),
        *("source1", "source2", "version"),
    ),
    columns=(
        Column("code1", pa.string(), "our code of the first state"),
        Column("code2", pa.string(), "our code of the second state"),
        Column("ccode1", pa.int16(), "Correlates of War number of the first state"),
        Column("ccode2", pa.int16(), "Correlates of War number of the second state"),
        _YEAR,
        *(Column(name, pa.float64(), meaning) for name, meaning in _FLOWS.items()),
    ),
    tidy=_pair,
    key=("ccode1", "ccode2", "year"),
    layout=Separated(),
    version_column="version",
    note="Each pair stands once in a year, the lower number first.",
)
NATIONAL: Final = Dataset(
    name="cow-trade-national",
    title="COW Trade 4.0: imports and exports of states",
    editions={"4": Edition(1870, 2014, 14_410)},
    home=PAGE,
    files=("National_COW_4.0.csv", ARCHIVE),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("4", ARCHIVE),),
    citation=CITATION,
    header=(
        *("ccode", "statename", "stateabb", "year", "imports", "exports", "alt_imports", "alt_exports"),
        *("source1", "source2", "version"),
    ),
    columns=(
        cow.CODE,
        cow.NUMBER,
        _YEAR,
        Column("imports", pa.float64(), "total imports, million current US dollars"),
        Column("exports", pa.float64(), "total exports, million current US dollars"),
    ),
    tidy=_state,
    key=("ccode", "year"),
    layout=Separated(),
    version_column="version",
)
DATASETS: Final = (DYADIC, NATIONAL)
