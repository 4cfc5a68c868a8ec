"""Correlates of War National Material Capabilities 5.0, 6.0 and 7.0 (abridged): state-years with six components and CINC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.layouts import Separated
from verbale.records.rows import Row

CITATION: Final = """@incollection{singer_bremer_stuckey_1972,
  author = {Singer, J. David and Bremer, Stuart and Stuckey, John},
  title = {Capability Distribution, Uncertainty, and Major Power War, 1820--1965},
  booktitle = {Peace, War, and Numbers},
  editor = {Russett, Bruce},
  publisher = {Sage},
  address = {Beverly Hills},
  year = {1972},
  pages = {19--48}
}

@article{singer_1987,
  author = {Singer, J. David},
  title = {Reconstructing the Correlates of War Dataset on Material Capabilities of States, 1816--1985},
  journal = {International Interactions},
  year = {1987},
  volume = {14},
  number = {2},
  pages = {115--132}
}"""
_VALUES: Final = {
    "milex": "military expenditure in thousands, current prices: pounds to 1913, US dollars after",
    "milper": "military personnel, thousands",
    "irst": "iron and steel production, thousand tons",
    "pec": "primary energy consumption, thousand coal-ton equivalents",
    "tpop": "total population, thousands",
    "upop": "urban population, thousands",
    "cinc": "composite index of national capability, 0 to 1",
}


def _year(row: Row) -> Iterator[dict[str, Any]]:
    number, year = row.needed("ccode"), row.needed("year")
    yield {
        "code": row.state(number, year),
        "ccode": number,
        "year": year,
        **{name: row.number(name) for name in _VALUES},
    }


CAPABILITIES: Final = Dataset(
    name="cow-capabilities",
    title="COW National Material Capabilities",
    # The column `version` holds a year: 2011 in 5.0, 2021 in 6.0; what it holds in 7.0 is not known to us.
    editions={"2011": Edition(1816, 2012, 15_171), "2021": Edition(1816, 2016, 15_951), "*": Edition(1816, 2022)},
    home=cow.HOME + "national-material-capabilities/",
    files=("NMC_5_0.csv", "NMC-60-abridged.csv", "NMC-70-abridged.csv", "NMC_Documentation-6.0.zip", "NMCv7.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    citation=CITATION,
    header=("stateabb", "ccode", "year", "milex", "milper", "irst", "pec", "tpop", "upop", "cinc", "version"),
    columns=(
        cow.CODE,
        cow.NUMBER,
        Column("year", pa.int16(), "calendar year"),
        *(Column(name, pa.float64(), meaning) for name, meaning in _VALUES.items()),
    ),
    tidy=_year,
    key=("ccode", "year"),
    layout=Separated(),
    version_column="version",
    note="A value of -9 is missing and stands as NULL.",
)
DATASETS: Final = (CAPABILITIES,)
