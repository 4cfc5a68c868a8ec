"""Correlates of War formal alliances 4.1 by member, 1816-2012: only from the user's own file, as the maintainer asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.layouts import Separated
from verbale.records.rows import Row

CITATION: Final = """@book{gibler_2009,
  author = {Gibler, Douglas M.},
  title = {International Military Alliances, 1648--2008},
  publisher = {CQ Press},
  address = {Washington, DC},
  year = {2009}
}"""
_KINDS: Final = ("defense", "neutrality", "nonaggression", "entente")


def _member(row: Row) -> Iterator[dict[str, Any]]:
    span = row.span(("mem_st_year", "mem_st_month", "mem_st_day"), ("mem_end_year", "mem_end_month", "mem_end_day"))
    number = row.needed("ccode")
    yield {
        "version4id": row.needed("version4id"),
        "code": row.state(number, span.start.year),
        "ccode": number,
        "state_name": row.words("state_name"),
        "start": span.start,
        "end": span.end,
        "precision": span.precision,
        "ss_type": row.words("ss_type"),
        **{name: row.flag(name) for name in (*_KINDS, "left_censor", "right_censor")},
    }


MEMBERS: Final = Dataset(
    name="cow-alliances",
    title="COW Formal Alliances 4.1: membership spells",
    editions={"4.1": Edition(1816, 2012, 1_221)},
    home=cow.HOME + "formal-alliances/",
    files=("alliance_v4.1_by_member.csv", "version4.1_csv.zip"),
    terms="the maintainer asks others not to pass the data on; use your own copy, cite the book",
    by_hand="its maintainer asks that others do not serve it",
    citation=CITATION,
    header=(
        *("version4id", "ccode", "state_name", "all_st_day", "all_st_month", "all_st_year"),
        *("all_end_day", "all_end_month", "all_end_year", "ss_type", "mem_st_day", "mem_st_month", "mem_st_year"),
        *("mem_end_day", "mem_end_month", "mem_end_year", "left_censor", "right_censor", *_KINDS, "version"),
    ),
    columns=(
        *cow.ints(version4id="alliance number"),
        cow.CODE,
        cow.NUMBER,
        Column("state_name", pa.string(), "name of the member"),
        Column("start", pa.date32(), "first day of membership; 1 January 1816 where it began before"),
        Column("end", pa.date32(), "last day of membership; empty where it was in force at the end of 2012"),
        cow.PRECISION,
        Column("ss_type", pa.string(), "type of alliance"),
        Column("defense", pa.bool_(), "the members promise to defend each other"),
        Column("neutrality", pa.bool_(), "the members promise neutrality"),
        Column("nonaggression", pa.bool_(), "the members promise not to attack each other"),
        Column("entente", pa.bool_(), "the members promise to consult"),
        Column("left_censor", pa.bool_(), "the alliance began before 1816"),
        Column("right_censor", pa.bool_(), "the alliance was in force at the end of 2012"),
    ),
    tidy=_member,
    key=("version4id", "ccode", "mem_st_year", "mem_st_month", "mem_st_day"),
    layout=Separated(),
    version_column="version",
    note="States that share a version4id in overlapping spells are allied with each other.",
)
DATASETS: Final = (MEMBERS,)
