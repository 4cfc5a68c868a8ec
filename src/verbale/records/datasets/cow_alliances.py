"""Correlates of War formal alliances 4.1, 1816-2012, in six forms: only from the user's own file, as the maintainer asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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


PAGE: Final = cow.HOME + "formal-alliances/"
ARCHIVE: Final = "version4.1_csv.zip"
TERMS: Final = "the maintainer asks others not to pass the data on; use your own copy, cite the book"
BY_HAND: Final = "its maintainer asks that others do not serve it"
NOTE: Final = "Some rows of the official file stand twice word for word: they are kept and counted."


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


def _member_year(row: Row) -> Iterator[dict[str, Any]]:
    year = row.needed("year")
    for one in _member(row):
        yield {**one, "code": row.state(one["ccode"], year), "year": year}


def _pair(row: Row) -> Iterator[dict[str, Any]]:
    span = row.span(("dyad_st_year", "dyad_st_month", "dyad_st_day"), ("dyad_end_year", "dyad_end_month", "dyad_end_day"))
    first, second = row.needed("ccode1"), row.needed("ccode2")
    year = row.whole("year") or span.start.year
    yield {
        "version4id": row.needed("version4id"),
        "code1": row.state(first, year),
        "code2": row.state(second, year),
        "ccode1": first,
        "ccode2": second,
        "start": span.start,
        "end": span.end,
        "precision": span.precision,
        **{name: row.flag(name) for name in (*_KINDS, "left_censor", "right_censor")},
    }


def _pair_year(row: Row) -> Iterator[dict[str, Any]]:
    year = row.needed("year")
    for one in _pair(row):
        yield {**one, "year": year}


def _with_asymmetry(tidy: Callable[[Row], Iterable[dict[str, Any]]]) -> Callable[[Row], Iterator[dict[str, Any]]]:
    """Return the tidy step of a file that also tells whether the two promise each other the same."""

    def step(row: Row) -> Iterator[dict[str, Any]]:
        for one in tidy(row):
            yield {**one, "asymmetric": row.flag("asymmetric")}

    return step


_MEMBER_HEADER: Final = (
    *("version4id", "ccode", "state_name", "all_st_day", "all_st_month", "all_st_year"),
    *("all_end_day", "all_end_month", "all_end_year", "ss_type", "mem_st_day", "mem_st_month", "mem_st_year"),
    *("mem_end_day", "mem_end_month", "mem_end_year", "left_censor", "right_censor", *_KINDS),
)
_PAIR_HEADER: Final = (
    *("version4id", "ccode1", "state_name1", "ccode2", "state_name2", "dyad_st_day", "dyad_st_month", "dyad_st_year"),
    *("dyad_end_day", "dyad_end_month", "dyad_end_year", "left_censor", "right_censor", *_KINDS),
)
_PROMISES: Final = (
    Column("defense", pa.bool_(), "the members promise to defend each other"),
    Column("neutrality", pa.bool_(), "the members promise neutrality"),
    Column("nonaggression", pa.bool_(), "the members promise not to attack each other"),
    Column("entente", pa.bool_(), "the members promise to consult"),
    Column("left_censor", pa.bool_(), "the alliance began before 1816"),
    Column("right_censor", pa.bool_(), "the alliance was in force at the end of 2012"),
)
_ASYMMETRIC: Final = Column("asymmetric", pa.bool_(), "the two promise each other different things")
_YEAR: Final = Column("year", pa.int16(), "calendar year")
_MEMBER_COLUMNS: Final = (
    *cow.ints(version4id="alliance number"),
    cow.CODE,
    cow.NUMBER,
    Column("state_name", pa.string(), "name of the member"),
    Column("start", pa.date32(), "first day of membership; 1 January 1816 where it began before"),
    Column("end", pa.date32(), "last day of membership; empty where it was in force at the end of 2012"),
    cow.PRECISION,
    Column("ss_type", pa.string(), "type of alliance"),
    *_PROMISES,
)
_PAIR_COLUMNS: Final = (
    *cow.ints(version4id="alliance number"),
    *cow.PAIR,
    Column("start", pa.date32(), "first day of the alliance of the two"),
    Column("end", pa.date32(), "last day of the alliance of the two; empty where it was in force at the end of 2012"),
    cow.PRECISION,
    *_PROMISES,
)


def _form(
    name: str,
    what: str,
    file: str,
    *,
    header: tuple[str, ...],
    columns: tuple[Column, ...],
    tidy: Callable[[Row], Iterable[dict[str, Any]]],
    note: str = NOTE,
) -> Dataset:
    """Return one of the five forms in which pairs or years are counted out; none of them has a key of its own."""
    return Dataset(
        name=name,
        title=f"COW Formal Alliances 4.1: {what}",
        editions={"4.1": Edition(1816, 2012)},
        home=PAGE,
        files=(file, ARCHIVE),
        terms=TERMS,
        by_hand=BY_HAND,
        citation=CITATION,
        header=(*header, "version"),
        columns=columns,
        tidy=tidy,
        key=(),
        layout=Separated(),
        version_column="version",
        note=note,
    )


MEMBERS: Final = Dataset(
    name="cow-alliances",
    title="COW Formal Alliances 4.1: membership spells",
    editions={"4.1": Edition(1816, 2012, 1_221)},
    home=PAGE,
    files=("alliance_v4.1_by_member.csv", ARCHIVE),
    terms=TERMS,
    by_hand=BY_HAND,
    citation=CITATION,
    header=(*_MEMBER_HEADER, "version"),
    columns=_MEMBER_COLUMNS,
    tidy=_member,
    key=("version4id", "ccode", "mem_st_year", "mem_st_month", "mem_st_day"),
    layout=Separated(),
    version_column="version",
    note="States that share a version4id in overlapping spells are allied with each other.",
)
_NOT_DIRECTED: Final = (
    "What the file calls directed repeats each pair from both sides; it does not tell who promised what to whom."
)
DATASETS: Final = (
    MEMBERS,
    _form(
        "cow-alliances-member-years",
        "member-years",
        "alliance_v4.1_by_member_yearly.csv",
        header=(*_MEMBER_HEADER, "year"),
        columns=(*_MEMBER_COLUMNS, _YEAR),
        tidy=_member_year,
    ),
    _form(
        "cow-alliances-dyads",
        "spells of pairs",
        "alliance_v4.1_by_dyad.csv",
        header=(*_PAIR_HEADER, "asymmetric"),
        columns=(*_PAIR_COLUMNS, _ASYMMETRIC),
        tidy=_with_asymmetry(_pair),
    ),
    _form(
        "cow-alliances-dyad-years",
        "years of pairs",
        "alliance_v4.1_by_dyad_yearly.csv",
        header=(*_PAIR_HEADER, "asymmetric", "year"),
        columns=(*_PAIR_COLUMNS, _ASYMMETRIC, _YEAR),
        tidy=_with_asymmetry(_pair_year),
    ),
    _form(
        "cow-alliances-directed",
        "spells of pairs, from both sides",
        "alliance_v4.1_by_directed.csv",
        header=_PAIR_HEADER,
        columns=_PAIR_COLUMNS,
        tidy=_pair,
        note=f"{_NOT_DIRECTED} {NOTE}",
    ),
    _form(
        "cow-alliances-directed-years",
        "years of pairs, from both sides",
        "alliance_v4.1_by_directed_yearly.csv",
        header=(*_PAIR_HEADER, "year"),
        columns=(*_PAIR_COLUMNS, _YEAR),
        tidy=_pair_year,
        note=f"{_NOT_DIRECTED} {NOTE}",
    ),
)
