"""Leaders who came to the United States since 1874, and where its presidents and secretaries of state went since 1866."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element

import pyarrow as pa
from defusedxml.ElementTree import iterparse

from verbale.records.catalogue import Address, Column, Dataset, Edition
from verbale.records.names import code_of_name
from verbale.records.rows import Row

NAMES: Final = "us-visits"
_ABOUT: Final = ("created-by", "created-datetime", "last-modified-by", "last-modified-datetime")
VISIT_HEADER: Final = ("id", "start-date", "end-date", "visitor", "from", "from@id", "description", *_ABOUT)
TRIP_HEADER: Final = (
    *("trip@role", "trip@who", "id", "role", "name", "start-date", "end-date", "country", "country@id", "locale", "remarks"),
    *_ABOUT,
)
CITATION: Final = """@misc{{historian_{kind},
  author = {{{{Office of the Historian}}}},
  title = {{{title}}},
  publisher = {{United States Department of State}},
  url = {{https://history.state.gov/departmenthistory/{page}}}
}}"""


@dataclass(frozen=True, slots=True)
class Records:
    """The layout of these files: a list of elements of one name, each with one element or attribute per field."""

    element: str
    header: tuple[str, ...]

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the fields of the first record in the beginning of a file; an attribute is called element@attribute."""
        found = re.search(rf"<{self.element}[\s>].*?</{self.element}>", start, re.DOTALL)
        if found is None:
            return ()
        names: list[str] = []
        for tag, attributes in re.findall(r"<([a-z-]+)([^>]*)>", found[0]):
            names += [] if tag == self.element else [tag]
            names += [f"{tag}@{attribute}" for attribute in re.findall(r"([a-z-]+)=", attributes)]
        return tuple(names)

    def edition(self, start: str) -> str | None:  # noqa: ARG002 - part of the protocol
        """Return None: the files are kept up to date without editions."""
        return None

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:  # noqa: ARG002 - XML tells its own
        """Yield the records in order, counted from 1 in place of lines, their fields in the order of the first record."""
        order: list[str] = []
        number = 0
        for _, element in iterparse(stream, events=("end",), forbid_dtd=True):
            if element.tag == self.element:
                number += 1
                fields = _fields(element)
                order = order or list(fields)
                yield number, [fields.pop(name, "") for name in order] + list(fields.values())
                element.clear()


def _fields(record: Element) -> dict[str, str]:
    """Return a record's fields by name, its own attributes first."""
    fields = {f"{record.tag}@{name}": value for name, value in record.attrib.items()}
    for child in record:
        fields[child.tag] = "".join(child.itertext())
        fields.update({f"{child.tag}@{name}": value for name, value in child.attrib.items()})
    return fields


def _days(row: Row) -> dict[str, Any]:
    start, end = row.day("start-date"), row.day("end-date")
    if end < start:
        raise row.fail(f"it ends ({end}) before it begins ({start})")
    return {"start": start, "end": end, "year": start.year}


def _visit(row: Row) -> Iterator[dict[str, Any]]:
    days = _days(row)
    yield {
        **days,
        "id": row.needed("id"),
        "source": code_of_name(NAMES, row.text("from@id"), days["year"]),
        "target": "USA",
        "visitor": row.words("visitor"),
        "country": row.words("from"),
        "description": row.words("description"),
    }


def _trip(row: Row) -> Iterator[dict[str, Any]]:
    days = _days(row)
    yield {
        **days,
        "id": row.needed("id"),
        "source": "USA",
        "target": code_of_name(NAMES, row.text("country@id"), days["year"]),
        "role": row.words("role"),
        "traveller": row.words("name"),
        "country": row.words("country"),
        "locale": row.words("locale"),
        "remarks": row.words("remarks"),
    }


_WHEN: Final = (
    Column("year", pa.int16(), "year of the first day"),
    Column("start", pa.date32(), "first day"),
    Column("end", pa.date32(), "last day"),
)
VISITS: Final = Dataset(
    name="us-visits",
    title="Visits by Foreign Leaders (United States)",
    editions={"*": Edition(1870, 2030)},
    home="https://github.com/HistoryAtState/visits",
    files=("visits-1870.xml", "visits-master.zip"),
    terms="public domain (CC0)",
    addresses=(Address("https://github.com/HistoryAtState/visits/archive/refs/heads/master.zip", "latest"),),
    citation=CITATION.format(kind="visits", title="Visits by Foreign Leaders", page="visits"),
    header=VISIT_HEADER,
    columns=(
        Column("id", pa.int32(), "number of the visit"),
        Column("source", pa.string(), "our code of the visitor's state"),
        Column("target", pa.string(), "USA"),
        *_WHEN,
        Column("visitor", pa.string(), "office and name"),
        Column("country", pa.string(), "the state as printed"),
        Column("description", pa.string(), "what the visit was for"),
    ),
    tidy=_visit,
    key=("id",),
    layout=Records("visit", VISIT_HEADER),
    many_files=True,
    uncoded=(("source", "country"),),
    note="Name the folder or zip with all decades: one file alone gives its decade only.",
)
TRAVELS: Final = Dataset(
    name="us-travels",
    title="Travels Abroad of the President and the Secretary of State (United States)",
    editions={"*": Edition(1866, 2030)},
    home="https://github.com/HistoryAtState/travels",
    files=("president-travels-*.xml", "secretary-travels-*.xml", "travels-master.zip"),
    terms="public domain (CC0)",
    addresses=(Address("https://github.com/HistoryAtState/travels/archive/refs/heads/master.zip", "latest"),),
    citation=CITATION.format(
        kind="travels", title="Travels Abroad of the President and of the Secretary of State", page="travels"
    ),
    header=TRIP_HEADER,
    columns=(
        Column("id", pa.int32(), "number of the stay"),
        Column("source", pa.string(), "USA"),
        Column("target", pa.string(), "our code of the state that was visited"),
        *_WHEN,
        Column("role", pa.string(), "president or secretary"),
        Column("traveller", pa.string(), "who travelled"),
        Column("country", pa.string(), "the country as printed"),
        Column("locale", pa.string(), "the places"),
        Column("remarks", pa.string(), "what happened"),
    ),
    tidy=_trip,
    key=("id",),
    layout=Records("trip", TRIP_HEADER),
    many_files=True,
    uncoded=(("target", "country"),),
    note="Name the folder or zip with all travellers: one file alone gives one traveller only.",
)
DATASETS: Final = (VISITS, TRAVELS)
