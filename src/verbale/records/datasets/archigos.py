"""Archigos 4.1: spells in office of the leaders of states, 1840-2015, from the file divided by tabs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Address, Column, Dataset, Edition
from verbale.records.layouts import Separated
from verbale.records.rows import Row
from verbale.vocab.cow import gw_numbers

CITATION: Final = """@article{goemans_gleditsch_chiozza_2009,
  author = {Goemans, Henk E. and Gleditsch, Kristian Skrede and Chiozza, Giacomo},
  title = {Introducing Archigos: A Dataset of Political Leaders},
  journal = {Journal of Peace Research},
  year = {2009},
  volume = {46},
  number = {2},
  pages = {269--283},
  doi = {10.1177/0022343308100719}
}"""
_TEXTS: Final = {
    "entry": "how the leader came to power",
    "exit": "how the leader lost power",
    "exitcode": "how the leader lost power, in detail",
    "posttenurefate": "what became of the leader within a year",
    "gender": "M or F",
}


def _spell(row: Row) -> Iterator[dict[str, Any]]:
    number, start, end = row.needed("ccode"), row.day("startdate"), row.day("enddate")
    if end < start:
        raise row.fail(f"it ends ({end}) before it begins ({start})")
    born, died = row.whole("yrborn"), row.whole("yrdied")
    yield {
        "obsid": row.text("obsid"),
        "leadid": row.words("leadid"),
        "code": row.state(number, start.year, system=gw_numbers()),
        "gwcode": number,
        "leader": row.words("leader"),
        "start": start,
        "end": end,
        **{name: None if row.text(name) in ("NA", "-999", "-888", "-777", "-666") else row.words(name) for name in _TEXTS},
        # unknown years are -999 and the like, and the year of death of a living leader is -777
        "yrborn": None if born is None or born < 0 else born,
        "yrdied": None if died is None or died < 0 else died,
    }


LEADERS: Final = Dataset(
    name="archigos-leaders",
    title="Archigos 4.1: leaders' spells in office",
    editions={"4.1": Edition(1840, 2015, 3_409)},
    home="https://www.rochester.edu/college/faculty/hgoemans/data.htm",
    files=("1March_Archigos_4.1.txt", "Archigos_4.1.txt"),
    terms="free to download, no formal licence; cite the article",
    addresses=(Address("http://ksgleditsch.com/data/1March_Archigos_4.1.txt", "4.1"),),
    citation=CITATION,
    header=(
        *("obsid", "leadid", "ccode", "leader", "startdate", "enddate", "entry", "exit", "exitcode"),
        *("posttenurefate", "gender", "yrborn", "yrdied"),
    ),
    optional=frozenset({"leadid", "posttenurefate", "gender", "yrborn", "yrdied"}),
    unlisted=True,
    columns=(
        Column("obsid", pa.string(), "the spell, as USA-1869"),
        Column("leadid", pa.string(), "the person"),
        Column("code", pa.string(), "our code of the state"),
        Column("gwcode", pa.int16(), "Gleditsch-Ward number of the state, called ccode in the file"),
        Column("leader", pa.string(), "name of the leader"),
        Column("start", pa.date32(), "first day in office"),
        Column("end", pa.date32(), "last day in office; 31 December 2015 where it goes on"),
        *(Column(name, pa.string(), meaning) for name, meaning in _TEXTS.items()),
        Column("yrborn", pa.int16(), "year of birth"),
        Column("yrdied", pa.int16(), "year of death; empty where the leader lived or it is not known"),
    ),
    tidy=_spell,
    key=("obsid",),
    layout=Separated("\t"),
    encodings=("utf-8", "latin-1"),
    note="The Stata file of the same data is not read; take the text file.",
)
DATASETS: Final = (LEADERS,)
