"""Correlates of War state system: membership spells, member-years, and major powers (editions of 2016 and 2024)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.layouts import Separated
from verbale.records.rows import Row

PAGE: Final = cow.HOME + "state-system-membership/"
_START: Final = ("styear", "stmonth", "stday")
_END: Final = ("endyear", "endmonth", "endday")
_DATES: Final = ("styear", "stmonth", "stday", "endyear", "endmonth", "endday")
CITATION: Final = """@misc{cow_states_2016,
  author = {{Correlates of War Project}},
  title = {State System Membership List, v2016},
  year = {2017},
  url = {https://correlatesofwar.org/data-sets/state-system-membership/}
}"""


def _spell(row: Row) -> Iterator[dict[str, Any]]:
    """A spell ends with its edition's last day where the state is still a member; the table says so in `ongoing`."""
    span = row.span(_START, _END)
    number = row.needed("ccode")
    last = span.end
    ongoing = last is not None and f"{last:%m-%d}" == "12-31" and str(last.year) == row.text("version")
    yield {
        "code": row.state(number, span.start.year),
        "ccode": number,
        "stateabb": row.text("stateabb"),
        "statenme": row.words("statenme"),
        "start": span.start,
        "end": last,
        "ongoing": ongoing,
    }


def _major(row: Row) -> Iterator[dict[str, Any]]:
    for one in _spell(row):
        del one["statenme"]
        yield one


def _year(row: Row) -> Iterator[dict[str, Any]]:
    number, year = row.needed("ccode"), row.needed("year")
    yield {"code": row.state(number, year), "ccode": number, "stateabb": row.text("stateabb"), "year": year}


_ABBREVIATION: Final = Column("stateabb", pa.string(), "Correlates of War abbreviation")
_ONGOING: Final = Column("ongoing", pa.bool_(), "the state is still a member on the edition's last day")
_LAST: Final = Column("end", pa.date32(), "last day of membership; the edition's last day where it goes on")

STATES: Final = Dataset(
    name="cow-states",
    title="COW State System Membership: spells",
    editions={"2016": Edition(1816, 2016, 243), "2024": Edition(1816, 2024)},
    home=PAGE,
    files=("states2016.csv", "statelist2024.csv", "States2024.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("2024", "States2024.zip"), cow.at("2016", "states2016.csv")),
    citation=CITATION,
    header=("stateabb", "ccode", "statenme", *_DATES, "version"),
    columns=(
        cow.CODE,
        cow.NUMBER,
        _ABBREVIATION,
        Column("statenme", pa.string(), "name of the state"),
        Column("start", pa.date32(), "first day of membership"),
        _LAST,
        _ONGOING,
    ),
    tidy=_spell,
    key=("ccode", "styear", "stmonth", "stday"),
    layout=Separated(),
    version_column="version",
    note="A number that passed between our codes (345 Serbia, Yugoslavia) has the code of the spell's first year here.",
)
SYSTEM: Final = Dataset(
    name="cow-system",
    title="COW State System Membership: member-years",
    editions={"2016": Edition(1816, 2016, 15_951), "2024": Edition(1816, 2024)},
    home=PAGE,
    files=("system2016.csv", "system2024.csv", "System2024.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("2024", "System2024.zip"), cow.at("2016", "system2016.csv")),
    citation=CITATION,
    header=("stateabb", "ccode", "year", "version"),
    columns=(cow.CODE, cow.NUMBER, _ABBREVIATION, Column("year", pa.int16(), "calendar year with membership on any day")),
    tidy=_year,
    key=("ccode", "year"),
    layout=Separated(),
    version_column="version",
)
MAJORS: Final = Dataset(
    name="cow-majors",
    title="COW major powers: spells",
    editions={"2016": Edition(1816, 2016, 14), "2024": Edition(1816, 2024, 14)},
    home=PAGE,
    files=("majors2016.csv", "majors2024.csv", "MajorPowers2024.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("2024", "MajorPowers2024.zip"),),
    citation=CITATION,
    header=("stateabb", "ccode", *_DATES, "version"),
    columns=(
        cow.CODE,
        cow.NUMBER,
        _ABBREVIATION,
        Column("start", pa.date32(), "first day as a major power"),
        Column("end", pa.date32(), "last day as a major power; the edition's last day where it goes on"),
        _ONGOING,
    ),
    tidy=_major,
    key=("ccode", "styear", "stmonth", "stday"),
    layout=Separated(),
    version_column="version",
)
DATASETS: Final = (STATES, SYSTEM, MAJORS)
