"""Correlates of War National Material Capabilities 5.0 to 7.0: state-years with six components and CINC, short and full."""

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
VALUES: Final = {
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
        **{name: row.number(name) for name in VALUES},
    }


# What the full file tells of a component: most have a source and a note, four also grade quality and comparability.
_ABOUT: Final = {
    "milex": ("source", "note"),
    "milper": ("source", "note"),
    **dict.fromkeys(("irst", "pec", "tpop", "upop"), ("source", "note", "qualitycode", "anomalycode")),
}
_TOLD: Final = {
    "source": "where the value of {} comes from",
    "note": "note on the value of {}",
    "qualitycode": "grade of the value of {}, A to E as the codebook explains",
    "anomalycode": "kind of break in the series of {}, A to E as the codebook explains",
}
_WORDS: Final = {f"{value}{part}": _TOLD[part].format(value) for value, parts in _ABOUT.items() for part in parts} | {
    "upopgrowthsource": "where the growth of the urban population comes from"
}


def _full_year(row: Row) -> Iterator[dict[str, Any]]:
    for one in _year(row):
        growth = row.number("upopgrowth")
        yield {**one, "upopgrowth": growth, **{name: row.words(name) for name in _WORDS}}


CAPABILITIES: Final = Dataset(
    name="cow-capabilities",
    title="COW National Material Capabilities",
    # The column `version` holds a year: 2011 in 5.0, 2021 in 6.0; what it holds in 7.0 is not known to us.
    editions={
        "2011": Edition(1816, 2012, 15_171),
        "2021": Edition(1816, 2016, 15_951, sha256="cd8465ea476da51d3e91261e216e96cfaf1fbf309dbe6bfc25a99bfb9fa7cfde"),
        "*": Edition(1816, 2022),
    },
    home=cow.HOME + "national-material-capabilities/",
    files=("NMC_5_0.csv", "NMC-60-abridged.csv", "NMC-70-abridged.csv", "NMC_Documentation-6.0.zip", "NMCv7.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("7", "NMCv7.zip"), cow.at("6", "NMC_Documentation-6.0.zip")),
    citation=CITATION,
    header=("stateabb", "ccode", "year", "milex", "milper", "irst", "pec", "tpop", "upop", "cinc", "version"),
    columns=(
        cow.CODE,
        cow.NUMBER,
        Column("year", pa.int16(), "calendar year"),
        *(Column(name, pa.float64(), meaning) for name, meaning in VALUES.items()),
    ),
    tidy=_year,
    key=("ccode", "year"),
    layout=Separated(),
    version_column="version",
    note="A value of -9 is missing and stands as NULL.",
)
SOURCES: Final = Dataset(
    name="cow-capabilities-sources",
    title="COW National Material Capabilities with sources and notes",
    editions={"2021": Edition(1816, 2016), "*": Edition(1816, 2022)},
    home=cow.HOME + "national-material-capabilities/",
    files=(
        *("NMC-60-wsupplementary.csv", "NMC-70-wsupplementary.csv", "NMC_5_0-wsupplementary.csv"),
        *("NMC_Documentation-6.0.zip", "NMCv7.zip"),
    ),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=CAPABILITIES.addresses,
    citation=CITATION,
    header=(
        *("statenme", "stateabb", "ccode", "year"),
        *(column for value, parts in _ABOUT.items() for column in (value, *(f"{value}{part}" for part in parts))),
        *("upopgrowth", "upopgrowthsource", "cinc", "version"),
    ),
    columns=(
        *CAPABILITIES.columns,
        Column("upopgrowth", pa.float64(), "growth of the urban population that the value was estimated with"),
        *(Column(name, pa.string(), meaning) for name, meaning in _WORDS.items()),
    ),
    tidy=_full_year,
    key=("ccode", "year"),
    layout=Separated(),
    encodings=("utf-8", "cp1252"),
    version_column="version",
    note="A value of -9 is missing and stands as NULL. The zip of 7.0 holds this file in a zip of its own.",
)
DATASETS: Final = (CAPABILITIES, SOURCES)
