"""International Crisis Behavior: crises since 1918, the states in them, and the pairs of adversaries.

The headers of the official files are known only in part. What is documented is asked for by name, further columns that the
codebook names are taken where the file has them, and all others are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets.cow import ints
from verbale.records.layouts import Named
from verbale.records.rows import Row

HOME: Final = "https://sites.duke.edu/icbdata/data-collections/"
TERMS: Final = "free to download; cite the authors"
BY_HAND: Final = "its host asks for a click"
CITATION: Final = """@book{brecher_wilkenfeld_2000,
  author = {Brecher, Michael and Wilkenfeld, Jonathan},
  title = {A Study of Crisis},
  publisher = {University of Michigan Press},
  address = {Ann Arbor},
  year = {2000},
  note = {International Crisis Behavior data}
}"""
_TRIGGER: Final = ("yrtrig", "motrig", "datrig")
_END: Final = ("yrterm", "moterm", "daterm")
_CODES: Final = {
    "viol": "violence: 1 none, 2 minor clashes, 3 serious clashes, 4 full-scale war",
    "forout": "form of the outcome, as the codebook says",
    "outesr": "tension afterwards, as the codebook says",
}
_ACTOR_CODES: Final = {
    "triggr": "what triggered the crisis for the state, as the codebook says",
    "gravty": "gravest value at stake, as the codebook says",
    "outcom": "outcome for the state: 1 victory, 2 compromise, 3 stalemate, 4 defeat, 5 other",
}
_DATES: Final = (
    Column("start", pa.date32(), "first day (trigger); an unknown day counts from the first of its month"),
    Column("end", pa.date32(), "last day (termination); an unknown day counts to the last of its month"),
    Column("precision", pa.string(), "how precisely start and end are known: day, month or year"),
)
_CRISIS: Final = ints(crisno="crisis number")
_NAME: Final = Column("crisname", pa.string(), "name of the crisis")


# A state beside a number that is no state's has no code: some actors of the twenties are outside the state system.
def _dates(row: Row) -> dict[str, Any]:
    if row.whole(_TRIGGER[0]) is None:
        return {"start": None, "end": None, "precision": None}
    span = row.span(_TRIGGER, _END)
    return {"start": span.start, "end": span.end, "precision": span.precision}


def _crisis(row: Row) -> Iterator[dict[str, Any]]:
    row.needed(_TRIGGER[0])
    yield {
        "crisno": row.needed("crisno"),
        "crisname": row.words("crisname"),
        **_dates(row),
        **{name: row.whole(name) for name in _CODES},
    }


def _actor(row: Row) -> Iterator[dict[str, Any]]:
    number, dates = row.needed("cracid"), _dates(row)
    # The files of one edition share crisis numbers, so that a file without dates still has them in the table of crises.
    year = dates["start"].year if dates["start"] else None
    yield {
        "crisno": row.needed("crisno"),
        "crisname": row.words("crisname"),
        "code": row.state(number, year) if year else None,
        "cracid": number,
        **dates,
        **{name: row.whole(name) for name in _ACTOR_CODES},
    }


def _dyad(row: Row) -> Iterator[dict[str, Any]]:
    first, second, year = row.needed("statea"), row.needed("stateb"), row.needed("year")
    yield {
        "crisno": row.needed("crisno"),
        "crisname": row.words("crisname"),
        "code1": row.state(first, year),
        "code2": row.state(second, year),
        "ccode1": first,
        "ccode2": second,
        "year": year,
    }


_CRISIS_HEADER: Final = ("crisno", "crisname", *_TRIGGER, *_END, *_CODES)
CRISES: Final = Dataset(
    name="icb-crises",
    title="International Crisis Behavior: crises (ICB1)",
    editions={"*": Edition(1918, 2030), "16": Edition(1918, 2021, 512)},
    home=HOME,
    files=("icb1v16.csv",),
    terms=TERMS,
    by_hand=BY_HAND,
    citation=CITATION,
    header=_CRISIS_HEADER,
    columns=(*_CRISIS, _NAME, *_DATES, *ints(**_CODES)),
    tidy=_crisis,
    key=("crisno",),
    layout=Named(frozenset(_CRISIS_HEADER)),
    encodings=("utf-8", "latin-1"),
    named_edition=r"^icb1v(\d+)\.",
)
_ACTOR_FURTHER: Final = ("crisname", *_TRIGGER, *_END, *_ACTOR_CODES)
ACTORS: Final = Dataset(
    name="icb-actors",
    title="International Crisis Behavior: states in crises (ICB2)",
    editions={"*": Edition(1918, 2030), "16": Edition(1918, 2021)},
    home=HOME,
    files=("icb2v16.csv",),
    terms=TERMS,
    by_hand=BY_HAND,
    citation=CITATION,
    header=("crisno", "cracid", *_ACTOR_FURTHER),
    optional=frozenset(_ACTOR_FURTHER),
    columns=(
        *_CRISIS,
        _NAME,
        Column("code", pa.string(), "our code of the state; empty in a file without dates"),
        Column("cracid", pa.int16(), "Correlates of War number of the state"),
        *_DATES,
        *ints(**_ACTOR_CODES),
    ),
    tidy=_actor,
    key=("crisno", "cracid"),
    layout=Named(frozenset(("crisno", "cracid", *_ACTOR_FURTHER))),
    encodings=("utf-8", "latin-1"),
    named_edition=r"^icb2v(\d+)\.",
)
DYADS: Final = Dataset(
    name="icb-dyads",
    title="International Crisis Behavior: pairs of adversaries in crises",
    editions={"*": Edition(1918, 2030), "16": Edition(1918, 2021, 1_388)},
    home=HOME,
    files=("icb_dyads_v16.csv", "icbdy_v16.csv"),
    terms=TERMS,
    by_hand=BY_HAND,
    citation=CITATION,
    header=("crisno", "statea", "stateb", "year", "crisname"),
    optional=frozenset({"crisname"}),
    columns=(
        *_CRISIS,
        _NAME,
        Column("code1", pa.string(), "our code of the first state"),
        Column("code2", pa.string(), "our code of the second state"),
        Column("ccode1", pa.int16(), "Correlates of War number of the first state"),
        Column("ccode2", pa.int16(), "Correlates of War number of the second state"),
        Column("year", pa.int16(), "year of the crisis"),
    ),
    tidy=_dyad,
    key=("crisno", "statea", "stateb", "year"),
    layout=Named(frozenset(("crisno", "statea", "stateb", "year", "crisname"))),
    encodings=("utf-8", "latin-1"),
    named_edition=r"^icb_?dy(?:ads)?_v(\d+)\.",
    note="Only the pairs that faced each other: two states on the same side of a crisis are no pair.",
)
DATASETS: Final = (CRISES, ACTORS, DYADS)
