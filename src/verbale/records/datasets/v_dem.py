"""V-Dem: indices of democracy for states and years since 1789; the columns that are taken can be chosen out of thousands."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.layouts import Named
from verbale.records.names import known_code
from verbale.records.rows import Row
from verbale.vocab.cow import cow_numbers

CITATION: Final = """@misc{vdem,
  author = {Coppedge, Michael and Gerring, John and Knutsen, Carl Henrik and Lindberg, Staffan I. and Teorell, Jan
            and others},
  title = {{V-Dem} Country-Year Dataset},
  publisher = {Varieties of Democracy (V-Dem) Project},
  url = {https://www.v-dem.net/data/the-v-dem-dataset/}
}"""
_FIRST: Final = ("country_name", "country_text_id", "country_id", "year", "COWcode")
_INDICES: Final = {
    "v2x_polyarchy": "electoral democracy index, 0 to 1",
    "v2x_libdem": "liberal democracy index, 0 to 1",
    "v2x_partipdem": "participatory democracy index, 0 to 1",
    "v2x_delibdem": "deliberative democracy index, 0 to 1",
    "v2x_egaldem": "egalitarian democracy index, 0 to 1",
    "v2x_regime": "regime: 0 closed autocracy, 1 electoral autocracy, 2 electoral democracy, 3 liberal democracy",
    "v2x_freexp_altinf": "freedom of expression and alternative sources of information, 0 to 1",
    "v2x_frassoc_thick": "freedom of association, 0 to 1",
    "v2xel_frefair": "clean elections, 0 to 1",
    "v2x_civlib": "civil liberties, 0 to 1",
    "v2x_rule": "rule of law, 0 to 1",
    "v2x_corr": "political corruption, 0 (none) to 1",
}
# Documented for every edition; the other indices of ours are empty where an edition lacks them.
_ALWAYS: Final = frozenset({"v2x_polyarchy", "v2x_libdem"})


def _state(row: Row, year: int, number: int | None) -> str | None:
    """Return our code: by the number of the Correlates of War, else by V-Dem's own letters where they are ours as well."""
    code = cow_numbers().code(number, year) if number is not None else None
    return code or known_code(row.text("country_text_id"))


def _tidy(names: tuple[str, ...], row: Row) -> Iterator[dict[str, Any]]:
    year, number = row.needed("year"), row.whole("COWcode")
    yield {
        "code": _state(row, year, number),
        "ccode": number,
        "country_id": row.needed("country_id"),
        "country_text_id": row.words("country_text_id"),
        "country_name": row.words("country_name"),
        "year": year,
        **{name: row.number(name) for name in names},
    }


def _taking(names: tuple[str, ...]) -> Dataset:
    """Return the dataset with the chosen columns, each of which the file must have and which must hold numbers."""
    indices = tuple(name for name in dict.fromkeys(names) if name not in _FIRST)
    header = (*_FIRST, *indices)
    return dataclasses.replace(
        INDICES,
        header=header,
        optional=frozenset(),
        columns=(*_STATE, *(Column(name, pa.float64(), _INDICES.get(name, "as V-Dem's codebook says")) for name in indices)),
        tidy=functools.partial(_tidy, indices),
        layout=Named(frozenset(header)),
    )


_STATE: Final = (
    Column("code", pa.string(), "our code of the state"),
    Column("ccode", pa.int16(), "Correlates of War number, as V-Dem gives it"),
    Column("country_id", pa.int16(), "V-Dem's number of the country"),
    Column("country_text_id", pa.string(), "V-Dem's letters for the country"),
    Column("country_name", pa.string(), "name of the country"),
    Column("year", pa.int16(), "calendar year"),
)
INDICES: Final = Dataset(
    name="v-dem",
    title="V-Dem country-years",
    editions={"*": Edition(1789, 2030)},
    home="https://www.v-dem.net/data/the-v-dem-dataset/",
    files=("V-Dem-CY-Core-v16.csv", "V-Dem-CY-Full+Others-v16.csv"),
    terms="CC BY-SA 4.0; registration asked for",
    by_hand="its owner asks you to register",
    citation=CITATION,
    header=(*_FIRST, *_INDICES),
    optional=frozenset(_INDICES) - _ALWAYS,
    columns=(*_STATE, *(Column(name, pa.float64(), meaning) for name, meaning in _INDICES.items())),
    tidy=functools.partial(_tidy, tuple(_INDICES)),
    key=("country_id", "year"),
    layout=Named(frozenset((*_FIRST, *_INDICES))),
    uncoded=(("code", "country_name"),),
    named_edition=r"-v(\d+(?:\.\d+)?)\.",
    # The whole file has some 28,000 lines of 4,600 columns: about 400 MB, the limit of other archives.
    unpacked_bytes=1_000_000_000,
    choose=_taking,
    note="Other indices: `--columns v2x_polyarchy,v2x_gender`; any column of the file that holds numbers can be taken.",
)
DATASETS: Final = (INDICES,)
