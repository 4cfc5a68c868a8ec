"""Alliance Treaty Obligations and Provisions (ATOP) 5.1, 1815-2018: alliances, their members, and years of pairs of states.

The files number states as Correlates of War does, and know members that were no states in its sense: these have a number
without a code of ours. Columns are found by name, for the published lists of them are not complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Address, Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.layouts import Separated
from verbale.records.rows import Row, Span
from verbale.vocab.cow import cow_numbers

ARCHIVE: Final = "atop_5.1__.csv_.zip"
CITATION: Final = """@article{leeds_etal_2002,
  author = {Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and Long, Andrew G.},
  title = {Alliance Treaty Obligations and Provisions, 1815--1944},
  journal = {International Interactions},
  year = {2002},
  volume = {28},
  number = {3},
  pages = {237--260}
}"""
_PROMISES: Final = {
    "defense": "promise to defend each other",
    "offense": "promise to join an attack",
    "neutral": "promise neutrality",
    "nonagg": "promise not to attack each other",
    "consul": "promise to consult",
}
_ALLIES: Final = {"atopally": "an alliance of any kind", **_PROMISES}
# Counted in every year of a pair; only the promises and the numbers of alliances are needed.
_COUNTS: Final = {
    "shareob": "1 where both promise each other the same",
    "transyr": "1 where an alliance begins, ends or changes in the year",
    "bilatno": "number of alliances of these two alone",
    "multino": "number of alliances with others",
    "number": "number of alliances",
    "asymm": "1 where they promise each other different things",
}
_IDS: Final = tuple(f"atopid{number}" for number in range(1, 10))
# A date of an alliance in force at the end of 2018 is 0 or empty.
_OPEN: Final = frozenset({"0", "0.0"})


def _code(number: int, year: int) -> str | None:
    return cow_numbers().code(number, year)


def _span(row: Row, start: tuple[str, str, str], end: tuple[str, str, str]) -> Span:
    """Return the span, open where the year of its end is 0."""
    values = dict(row.values)
    values[end[0]] = "" if row.text(end[0]) in _OPEN else row.text(end[0])
    return Row(row.path, row.line, values).span(start, end)


def _alliance(row: Row) -> Iterator[dict[str, Any]]:
    span = _span(row, ("begyr", "begmo", "begday"), ("endyr", "endmo", "endday"))
    yield {
        "atopid": row.needed("atopid"),
        "cowid": row.words("cowid"),
        "start": span.start,
        "end": span.end,
        "precision": span.precision,
        "ineffect": row.flag("ineffect"),
        "bilat": row.flag("bilat"),
        **{name: row.flag(name) for name in _PROMISES},
    }


def _member(row: Row) -> Iterator[dict[str, Any]]:
    span = _span(row, ("yrent", "moent", "dayent"), ("yrexit", "moexit", "dayexit"))
    number = row.needed("member")
    yield {
        "atopid": row.needed("atopid"),
        "phase": row.whole("phase"),
        "code": _code(number, span.start.year),
        "ccode": number,
        "start": span.start,
        "end": span.end,
        "precision": span.precision,
        **{name: row.flag(name) for name in _PROMISES},
    }


def _pair(first: str, second: str) -> Callable[[Row], Iterable[dict[str, Any]]]:
    def step(row: Row) -> Iterator[dict[str, Any]]:
        one, other, year = row.needed(first), row.needed(second), row.needed("year")
        yield {
            "code1": _code(one, year),
            "code2": _code(other, year),
            "ccode1": one,
            "ccode2": other,
            "year": year,
            **{name: row.flag(name) for name in _ALLIES},
            **{name: row.whole(name) for name in _COUNTS},
            "atopids": [found for name in _IDS if (found := row.whole(name))],
        }

    return step


_PROMISED: Final = tuple(Column(name, pa.bool_(), f"the members {meaning}") for name, meaning in _PROMISES.items())
_DATES: Final = (
    Column("start", pa.date32(), "first day; an unknown day counts from the first of its month"),
    Column("end", pa.date32(), "last day; empty where it was in force at the end of 2018"),
    cow.PRECISION,
)
_YEARLY: Final = (
    *cow.PAIR,
    Column("year", pa.int16(), "calendar year"),
    *(
        Column(name, pa.bool_(), f"the two have {meaning}" if name == "atopally" else f"they {meaning}")
        for name, meaning in _ALLIES.items()
    ),
    *cow.ints(**_COUNTS),
    Column("atopids", pa.list_(pa.int32()), "numbers of the alliances"),
)


def _file(
    name: str,
    what: str,
    file: str,
    *,
    header: tuple[str, ...],
    columns: tuple[Column, ...],
    tidy: Callable[[Row], Iterable[dict[str, Any]]],
    key: tuple[str, ...],
    optional: Iterable[str] = (),
    uncoded: tuple[tuple[str, str], ...] = (),
    note: str = "",
) -> Dataset:
    """Return one file of the archive; all have origin, terms and edition in common."""
    return Dataset(
        name=name,
        title=f"ATOP 5.1: {what}",
        editions={"5.1": Edition(1815, 2018)},
        home="http://www.atopdata.org/data.html",
        files=(file, ARCHIVE),
        terms="free to download, no licence stated; cite the article",
        addresses=(Address(f"https://www.atopdata.org/uploads/6/9/1/3/69134503/{ARCHIVE}", "5.1"),),
        citation=CITATION,
        header=header,
        optional=frozenset(optional),
        unlisted=True,
        columns=columns,
        tidy=tidy,
        key=key,
        layout=Separated(),
        encodings=("utf-8", "cp1252"),
        uncoded=uncoded,
        note=note,
    )


_NO_ROW: Final = "A pair that has no row in a year within the domain has no alliance."
_NUMBERS: Final = (("code1", "ccode1"), ("code2", "ccode2"))
DATASETS: Final = (
    _file(
        "atop-alliances",
        "alliances",
        "atop5_1a.csv",
        header=("atopid", "cowid", "begyr", "begmo", "begday", "endyr", "endmo", "endday", "ineffect", "bilat", *_PROMISES),
        columns=(
            *cow.ints(atopid="number of the alliance"),
            Column("cowid", pa.string(), "number of the alliance in the Correlates of War data"),
            *_DATES,
            Column("ineffect", pa.bool_(), "in force at the end of 2018"),
            Column("bilat", pa.bool_(), "an alliance of two"),
            *_PROMISED,
        ),
        tidy=_alliance,
        key=(),
    ),
    _file(
        "atop-members",
        "members of alliances",
        "atop5_1m.csv",
        header=(*("atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", "phase", *_PROMISES),),
        optional=("phase",),
        columns=(
            *cow.ints(atopid="number of the alliance", phase="phase of the alliance, where its promises changed"),
            Column("code", pa.string(), "our code of the member; empty for one that was no state"),
            Column("ccode", pa.int16(), "number of the member"),
            *_DATES,
            *(
                Column(name, pa.bool_(), f"the member {meaning.replace('promise', 'promises', 1)}")
                for name, meaning in _PROMISES.items()
            ),
        ),
        tidy=_member,
        key=(),
        uncoded=(("code", "ccode"),),
        note="A member can stand several times: it left and came back, or its promises changed.",
    ),
    _file(
        "atop-dyad-years",
        "years of pairs",
        "atop5_1dy.csv",
        header=("mem1", "mem2", "year", *_ALLIES, *_COUNTS, *_IDS),
        optional=(*_COUNTS, *_IDS),
        columns=_YEARLY,
        tidy=_pair("mem1", "mem2"),
        key=("mem1", "mem2", "year"),
        uncoded=_NUMBERS,
        note=f"Each pair stands once in a year. {_NO_ROW}",
    ),
    _file(
        "atop-directed-dyad-years",
        "years of pairs, from both sides",
        "atop5_1ddyr.csv",
        header=("stateA", "stateB", "year", *_ALLIES, *_COUNTS, *_IDS),
        optional=(*_COUNTS, *_IDS),
        columns=_YEARLY,
        tidy=_pair("stateA", "stateB"),
        key=("stateA", "stateB", "year"),
        uncoded=_NUMBERS,
        note=f"A promise is one of the first state to the second. {_NO_ROW}",
    ),
)
