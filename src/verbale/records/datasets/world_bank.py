"""World Bank indicators, such as GDP: one value for a state, a year and an indicator; one published file for each indicator."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import pyarrow as pa

from verbale.records.catalogue import Address, Column, Dataset, Edition
from verbale.records.rows import Row
from verbale.vocab import DATA
from verbale.vocab.states import load_states

CITATION: Final = """@misc{world_bank_wdi,
  author = {{World Bank}},
  title = {World Development Indicators},
  url = {https://data.worldbank.org/}
}"""
_FIRST: Final = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
HEADER: Final = (*_FIRST, "year", "value")
# Either tells the header line; the zip's files about countries and indicators have neither.
_MARKS: Final = frozenset({"Country Name", "Indicator Code"})
_UPDATED: Final = re.compile(r'"Last Updated Date","(\d{4}-\d{2}-\d{2})"')


class Wide:
    """The layout: some lines about the file, a header with a column for each year, and a line for each country."""

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the first columns of the header, and year and value where columns of years follow."""
        header = next((fields for _, fields in _lines(io.StringIO(start, newline="")) if _MARKS & set(fields)), [])
        names = [name.strip() for name in header if name.strip()]
        years = [name for name in names if name.isdecimal() and len(name) == 4]
        return (*(name for name in names if name not in years), *(("year", "value") if years else ()))

    def edition(self, start: str) -> str | None:
        """Return the day of the file's last update."""
        found = _UPDATED.search(start)
        return found[1] if found else None

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield a row for each country and year, also where the value is empty."""
        header: list[str] = []
        for number, fields in _lines(io.TextIOWrapper(stream, encoding=encoding, newline="")):
            if not header:
                header = [name.strip() for name in fields] if _MARKS & set(fields) else []
            elif fields:
                known = dict(zip(header, fields, strict=False))
                for name in header[len(_FIRST) :]:
                    if name:
                        yield number, [*(known.get(first, "") for first in _FIRST), name, known.get(name, "")]


def _lines(lines: io.StringIO | io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines)
    try:
        for fields in reader:
            yield reader.line_num, fields
    except csv.Error:
        if not isinstance(lines, io.StringIO):  # the beginning of a file may end within a field
            raise


@functools.cache
def _present_states() -> frozenset[str]:
    return frozenset(state.code for state in load_states(DATA / "states.csv").all if state.end is None)


def _no_observation(row: Row) -> str | None:
    if row.text("Country Code") not in _present_states():
        return "a group of countries or a territory"
    return None if row.text("value") else "no value"


def _value(row: Row) -> Iterator[dict[str, Any]]:
    yield {
        "code": row.text("Country Code"),
        "year": row.needed("year"),
        "indicator": row.words("Indicator Code"),
        "indicator_name": row.words("Indicator Name"),
        "value": row.number("value"),
    }


INDICATORS: Final = Dataset(
    name="world-bank",
    title="World Bank indicators (World Development Indicators)",
    editions={"*": Edition(1960, 2030)},
    home="https://data.worldbank.org/indicator/NY.GDP.MKTP.CD",
    files=("API_NY.GDP.MKTP.CD_DS2_en_csv_v2.zip",),
    terms="CC BY 4.0",
    addresses=(Address("https://api.worldbank.org/v2/en/indicator/NY.GDP.MKTP.CD?downloadformat=csv", "GDP"),),
    citation=CITATION,
    header=HEADER,
    columns=(
        Column("code", pa.string(), "our code of the state"),
        Column("year", pa.int16(), "calendar year"),
        Column("indicator", pa.string(), "code of the indicator, such as NY.GDP.MKTP.CD for GDP in current US dollars"),
        Column("indicator_name", pa.string(), "name of the indicator with its unit"),
        Column("value", pa.float64(), "the value"),
    ),
    tidy=_value,
    key=("Country Code", "Indicator Code", "year"),
    layout=Wide(),
    many_files=True,
    leave_out=_no_observation,
    note="Name a folder with the files of several indicators to have them in one table.",
)
DATASETS: Final = (INDICATORS,)
