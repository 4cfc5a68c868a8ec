"""State system membership as the R package isard carries it: Correlates of War of 2016, Gleditsch and Ward of 2020."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow, cow_states, isard
from verbale.records.layouts import Copied
from verbale.records.rows import Row
from verbale.vocab.cow import gw_numbers

# The last day of each list; a spell that ends on it goes on.
LAST_DAYS: Final = {"ccode": datetime.date(2016, 12, 31), "gwcode": datetime.date(2020, 12, 31)}
_COW_EDITION: Final = f"2016, isard {isard.VERSION}"
_GW_EDITION: Final = f"2020, isard {isard.VERSION}"
GW_CITATION: Final = """@article{gleditsch_ward_1999,
  author = {Gleditsch, Kristian S. and Ward, Michael D.},
  title = {A Revised List of Independent States since the Congress of Vienna},
  journal = {International Interactions},
  year = {1999},
  volume = {25},
  number = {4},
  pages = {393--413}
}"""


def _spell(row: Row, number: str, abbreviation: str, name: str) -> dict[str, Any]:
    start, end, state = row.day("start"), row.day("end"), row.needed(number)
    if end < start:
        raise row.fail(f"it ends ({end}) before it begins ({start})")
    return {
        "code": row.state(state, start.year, system=gw_numbers() if number == "gwcode" else None),
        number: state,
        abbreviation: row.text(abbreviation),
        name: row.words(name),
        "start": start,
        "end": end,
        "ongoing": end == LAST_DAYS[number],
    }


def _cow(row: Row) -> Iterator[dict[str, Any]]:
    yield _spell(row, "ccode", "cw_abb", "cw_name")


def _gw(row: Row) -> Iterator[dict[str, Any]]:
    micro = row.needed("microstate")
    if micro not in (0, 1):
        raise row.fail(f"microstate is {micro}; allowed are 0 and 1")
    yield {**_spell(row, "gwcode", "gw_abb", "gw_name"), "microstate": micro}


_SPELL: Final = (
    Column("start", pa.date32(), "first day of membership"),
    Column("end", pa.date32(), "last day of membership; the list's last day where it goes on"),
    Column("ongoing", pa.bool_(), "the state is still a member on the list's last day"),
)
COW_SYSTEM: Final = Dataset(
    name="isard-cow-system",
    title="COW State System Membership 2016: spells (copy in isard)",
    editions={_COW_EDITION: Edition(1816, 2016, 243)},
    home=isard.HOME,
    files=("cw_system.csv",),
    terms=isard.terms("the Correlates of War Project"),
    by_hand=isard.by_hand("cw_system"),
    citation=f"{cow_states.CITATION}\n\n{isard.PACKAGE}",
    header=("ccode", "cw_abb", "cw_name", "start", "end"),
    columns=(
        cow.CODE,
        cow.NUMBER,
        Column("cw_abb", pa.string(), "Correlates of War abbreviation"),
        Column("cw_name", pa.string(), "name of the state"),
        *_SPELL,
    ),
    tidy=_cow,
    key=("ccode", "start"),
    layout=Copied(told=_COW_EDITION),
)
GW_SYSTEM: Final = Dataset(
    name="isard-gw-system",
    title="Gleditsch-Ward independent states 2020, with microstates: spells (copy in isard)",
    editions={_GW_EDITION: Edition(1816, 2020, 239)},
    home=isard.HOME,
    files=("gw_system.csv",),
    terms=isard.terms("Kristian Skrede Gleditsch and Michael D. Ward"),
    by_hand=isard.by_hand("gw_system"),
    citation=f"{GW_CITATION}\n\n{isard.PACKAGE}",
    header=("gwcode", "gw_abb", "gw_name", "microstate", "start", "end"),
    columns=(
        cow.CODE,
        Column("gwcode", pa.int16(), "Gleditsch-Ward number of the state"),
        Column("gw_abb", pa.string(), "Gleditsch-Ward abbreviation"),
        Column("gw_name", pa.string(), "name of the state"),
        Column("microstate", pa.int8(), "1 for a microstate (population under 250,000)"),
        *_SPELL,
    ),
    tidy=_gw,
    key=("gwcode", "start"),
    layout=Copied(told=_GW_EDITION),
)
DATASETS: Final = (COW_SYSTEM, GW_SYSTEM)
