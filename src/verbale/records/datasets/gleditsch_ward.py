"""Gleditsch and Ward: independent states and microstates since 1816, and minimum distances between states, 1875-2002.

The list of states exists in two layouts, both divided by tabs and in Latin-1: with a header and dates as 1816-01-01 (to
2020), and without one and with dates as 01:01:1816 (to 2017). Columns are taken by their place.
"""

from __future__ import annotations

import csv
import datetime
import functools
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import pyarrow as pa

from verbale.records.catalogue import Address, Column, Dataset, Edition
from verbale.records.layouts import Separated, clean
from verbale.records.rows import Row
from verbale.vocab.cow import gw_numbers

HOST: Final = "http://ksgleditsch.com/"
TERMS: Final = "free to download, no formal licence; cite the article"
CITATION: Final = """@article{gleditsch_ward_1999,
  author = {Gleditsch, Kristian S. and Ward, Michael D.},
  title = {A Revised List of Independent States since the Congress of Vienna},
  journal = {International Interactions},
  year = {1999},
  volume = {25},
  number = {4},
  pages = {393--413}
}"""
DISTANCE_CITATION: Final = """@article{gleditsch_ward_2001,
  author = {Gleditsch, Kristian S. and Ward, Michael D.},
  title = {Measuring Space: A Minimum-Distance Database and Applications to International Studies},
  journal = {Journal of Peace Research},
  year = {2001},
  volume = {38},
  number = {6},
  pages = {739--758}
}"""
HEADER: Final = ("number", "abbreviation", "name", "start", "end")
# The files of microstates are called microstates.txt and microstatessystem.dat.
MICROSTATES: Final = "microstates"
_DATES: Final = re.compile(r"(?P<day>\d{2}):(?P<month>\d{2}):(?P<year>\d{4})|(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})")
_EDITIONS: Final = ((re.compile(r"\t31:12:2017\s"), "2017"), (re.compile(r"\t2020-12-31\s"), "2020"))


class StateList:
    """The layout: five columns divided by tabs, with or without a header."""

    def columns(self, start: str) -> tuple[str, ...]:
        """Return our names of the five columns where they hold what they should, otherwise what the first line says."""
        lines = [line.split("\t") for line in start.splitlines() if line.strip()][:2]
        return HEADER if any(_is_state(fields) for fields in lines) else clean(lines[0]) if lines else ()

    def edition(self, start: str) -> str | None:
        """Return the year with which the list ends, as its last dates tell it."""
        return next((edition for pattern, edition in _EDITIONS if pattern.search(f"{start}\n")), None)

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and fields of every line but the header."""
        lines = io.TextIOWrapper(stream, encoding=encoding, newline="")
        for number, fields in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if any(field.strip() for field in fields) and not (number == 1 and not fields[0].strip().isdigit()):
                yield number, fields


def _is_state(fields: list[str]) -> bool:
    return len(fields) == len(HEADER) and fields[0].strip().isdigit() and bool(_DATES.fullmatch(fields[-1].strip()))


def _day(row: Row, field: str) -> datetime.date:
    found = _DATES.fullmatch(row.text(field))
    try:
        if found:
            parts = ("year", "month", "day") if found["year"] else ("y", "m", "d")
            return datetime.date(*(int(found[part]) for part in parts))
    except ValueError:
        pass
    raise row.fail(f"{field} is {row.text(field)!r}, not a date YYYY-MM-DD or DD:MM:YYYY")


def _spell(row: Row) -> Iterator[dict[str, Any]]:
    number, start, end = row.needed("number"), _day(row, "start"), _day(row, "end")
    if end < start:
        raise row.fail(f"it ends ({end}) before it begins ({start})")
    yield {
        "code": row.state(number, start.year, system=gw_numbers()),
        "gwcode": number,
        "abbreviation": row.text("abbreviation"),
        "name": row.words("name"),
        "start": start,
        "end": end,
        "ongoing": (end.month, end.day) == (12, 31) and end.year in (2017, 2020),
        "microstate": MICROSTATES in re.split(r"[/\\]", row.path)[-1].lower(),
    }


@functools.cache
def _numbers() -> dict[str, int]:
    return {one.abbreviation: one.number for one in gw_numbers().all}


def _distance(row: Row) -> Iterator[dict[str, Any]]:
    year, distance = row.needed("year"), row.number("mindist")
    found: dict[str, Any] = {"year": year, "mindist": distance}
    for place, letter in (("1", "a"), ("2", "b")):
        name = row.words(f"id{letter}")
        number = row.whole(f"num{letter}") or _numbers().get(name or "")
        found |= {
            f"code{place}": None if number is None else gw_numbers().code(number, year),
            f"gwcode{place}": number,
            f"id{place}": name,
        }
    yield found


STATES: Final = Dataset(
    name="gw-states",
    title="Gleditsch and Ward: independent states and microstates",
    editions={"2017": Edition(1816, 2017), "2020": Edition(1816, 2020), "*": Edition(1816, 2030)},
    home=f"{HOST}statelist.html",
    files=("ksgmdw.txt", "microstates.txt", "iisystem.dat", "microstatessystem.dat"),
    terms=TERMS,
    addresses=(
        *(Address(f"{HOST}data/{file}", "2020") for file in ("ksgmdw.txt", "microstates.txt")),
        *(Address(f"{HOST}data/{file}", "2017") for file in ("iisystem.dat", "microstatessystem.dat")),
    ),
    citation=CITATION,
    header=HEADER,
    columns=(
        Column("code", pa.string(), "our code of the state"),
        Column("gwcode", pa.int16(), "number of the state in this system"),
        Column("abbreviation", pa.string(), "abbreviation of the state in this system"),
        Column("name", pa.string(), "name of the state"),
        Column("start", pa.date32(), "first day of independence; 1 January 1816 where it began before"),
        Column("end", pa.date32(), "last day of independence; the list's last day where it goes on"),
        Column("ongoing", pa.bool_(), "the state still exists on the list's last day"),
        Column("microstate", pa.bool_(), "it stands in the list of microstates, by the name of its file"),
    ),
    tidy=_spell,
    key=("number", "start"),
    layout=StateList(),
    encodings=("utf-8", "latin-1"),
    many_files=True,
    note="Name a folder with both files to have states and microstates in one table; keep the names of the files.",
)
DISTANCES: Final = Dataset(
    name="gw-minimum-distance",
    title="Gleditsch and Ward: minimum distances between states up to 950 km, 0.97",
    editions={"0.97": Edition(1875, 2002)},
    home=f"{HOST}mindist.html",
    files=("smallmdd.csv",),
    terms=TERMS,
    addresses=(Address(f"{HOST}mindist/smallmdd.csv", "0.97"),),
    citation=DISTANCE_CITATION,
    header=("numa", "ida", "numb", "idb", "year", "mindist"),
    optional=frozenset({"numa", "numb"}),
    unlisted=True,
    columns=(
        Column("code1", pa.string(), "our code of the first state"),
        Column("gwcode1", pa.int16(), "number of the first state in this system"),
        Column("id1", pa.string(), "abbreviation of the first state"),
        Column("code2", pa.string(), "our code of the second state"),
        Column("gwcode2", pa.int16(), "number of the second state in this system"),
        Column("id2", pa.string(), "abbreviation of the second state"),
        Column("year", pa.int16(), "calendar year"),
        Column("mindist", pa.float64(), "shortest distance between their territories in km; 0 where they touch"),
    ),
    tidy=_distance,
    key=("ida", "idb", "year"),
    layout=Separated(),
    encodings=("utf-8", "latin-1"),
    uncoded=(("code1", "id1"), ("code2", "id2")),
    note="A pair that has no row in a year within the domain is more than 950 km apart.",
)
DATASETS: Final = (STATES, DISTANCES)
