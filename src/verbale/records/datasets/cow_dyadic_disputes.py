"""Correlates of War dyadic militarised interstate disputes 4.03, 1816-2014: a year of a dispute between two states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.layouts import Separated
from verbale.records.rows import Row

CITATION: Final = """@article{maoz_etal_2019,
  author = {Maoz, Zeev and Johnson, Paul L. and Kaplan, Jasper and Ogunkoya, Fiona and Shreve, Aaron P.},
  title = {The Dyadic Militarized Interstate Disputes ({MIDs}) Dataset Version 3.0: Logic, Characteristics,
           and Comparisons to Alternative Datasets},
  journal = {Journal of Conflict Resolution},
  year = {2019},
  volume = {63},
  number = {3},
  pages = {811--835},
  doi = {10.1177/0022002718784158}
}"""
_DISPUTE: Final = {
    "outcome": "1, 2 victory of A, B; 3, 4 A, B yields; 5 stalemate, 6 compromise, 7 release, 8 unclear, 9 joined a war",
    "settlmnt": "settlement: 1 negotiated, 2 imposed, 3 none, 4 unclear",
    "fatlev": "deaths in classes: 0 none, 1 up to 25, 2 to 100, 3 to 250, 4 to 500, 5 to 999, 6 more",
    "highact": "highest action of both, 0 to 21",
    "hihost": "highest hostility of both: 1 none, 2 threat, 3 display, 4 use of force, 5 war",
    "recip": "1 where the target answered with a militarised act",
    "war": "1 where the two were at war",
}
# Told of each state: the official name ends with a for the first and with b for the second.
_STATE: Final = {
    "sidea": "1 where the state is on the side that acted first",
    "revstat": "1 where the state wants to revise the status quo",
    "revtype": "what it wants to revise: 0 none, 1 territory, 2 policy, 3 regime, 4 other",
    "fatlev": "its deaths, in classes",
    "highmca": "its highest action, 0 to 21",
    "hihost": "its highest hostility",
    "orignat": "1 where it took part from the first day",
}
_ROLE: Final = "1 first initiator, 2 joined the initiator, 3 first target, 4 joined the target"
_LATER: Final = {
    "rolea": f"role of the first state in the dispute: {_ROLE}",
    "roleb": "role of the second state",
    "dyad_rolea": "role of the first state towards the second",
    "dyad_roleb": "role of the second state towards the first",
    "durindx": "year of the dispute between the two, from 1",
    "duration": "days of the dispute in this year",
    "cumdurat": "days of the dispute up to the end of this year",
    "ongo2014": "1 where it goes on after 2014",
}
_OF_STATES: Final = {
    f"{name}{letter}": f"{meaning} ({which} state)"
    for name, meaning in _STATE.items()
    for letter, which in (("a", "first"), ("b", "second"))
}
WHOLE: Final = {**_DISPUTE, **_OF_STATES, **_LATER}


def _dyad_year(row: Row) -> Iterator[dict[str, Any]]:
    first, second, year = row.needed("statea"), row.needed("stateb"), row.needed("year")
    span = row.span(("strtyr", "strtmnth", "strtday"), ("endyear", "endmnth", "endday"))
    yield {
        "dispnum": row.needed("disno"),
        "dyindex": row.number("dyindex"),
        "code1": row.state(first, year),
        "code2": row.state(second, year),
        "ccode1": first,
        "ccode2": second,
        "year": year,
        "start": span.start,
        "end": span.end,
        "precision": span.precision,
        **{name: row.whole(name) for name in WHOLE},
    }


DYADS: Final = Dataset(
    name="cow-mid-dyads",
    title="COW Dyadic Militarised Interstate Disputes 4.03: dispute-dyad-years",
    editions={"*": Edition(1816, 2014)},
    home=cow.HOME + "mids/",
    files=("dyadic_mid_4.03.csv", "dyadic_mid_4.03_update.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("4.03", "dyadic_mid_4.03_update.zip"),),
    citation=CITATION,
    header=(
        *("disno", "dyindex", "statea", "stateb", "strtday", "strtmnth", "strtyr", "endday", "endmnth", "endyear", "year"),
        *WHOLE,
    ),
    optional=frozenset(_LATER),
    unlisted=True,
    columns=(
        *cow.ints(dispnum="dispute number, called disno in the file"),
        Column("dyindex", pa.float64(), "number of the pair in the dispute, as 89.001"),
        *cow.PAIR,
        Column("year", pa.int16(), "calendar year"),
        Column("start", pa.date32(), "first day of the dispute between the two"),
        Column("end", pa.date32(), "last day of the dispute between the two"),
        cow.PRECISION,
        *cow.ints(**WHOLE),
    ),
    tidy=_dyad_year,
    key=("disno", "dyindex", "statea", "stateb", "year"),
    layout=Separated(),
    encodings=("utf-8", "latin-1"),
    note="Columns are found by name: their order and number differ between the published files.",
)
DATASETS: Final = (DYADS,)
