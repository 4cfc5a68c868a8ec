"""Correlates of War militarised interstate disputes 5.0, 1816-2014: disputes, incidents, and who took part in each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.layouts import Separated
from verbale.records.rows import Row, Span

PAGE: Final = cow.HOME + "mids/"
ARCHIVE: Final = "MID-5-Data-and-Supporting-Materials.zip"
CITATION: Final = """@article{palmer_etal_2022,
  author = {Palmer, Glenn and McManus, Roseanne W. and D'Orazio, Vito and Kenwick, Michael R. and Karstens, Mikaela
            and Bloch, Chase and Dietrich, Nick and Kahn, Kayla and Ritter, Kellan and Soules, Michael J.},
  title = {The {MID5} Dataset, 2011--2014: Procedures, Coding Rules, and Description},
  journal = {Conflict Management and Peace Science},
  year = {2022},
  volume = {39},
  number = {4},
  pages = {470--482},
  doi = {10.1177/0738894221995743}
}"""
_DATES: Final = ("stday", "stmon", "styear", "endday", "endmon", "endyear")
_WHEN: Final = (cow.START, cow.END, cow.PRECISION)
_FATALITY: Final = {
    "fatality": "deaths in classes: 0 none, 1 up to 25, 2 to 100, 3 to 250, 4 to 500, 5 to 999, 6 more",
    "fatalpre": "deaths where the number is known",
}
_HOSTLEV: Final = "hostility: 1 none, 2 threat, 3 display, 4 use of force, 5 war"


def _span(row: Row) -> Span:
    return row.span(("styear", "stmon", "stday"), ("endyear", "endmon", "endday"))


def _when(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "precision": span.precision}


def _dispute(row: Row) -> Iterator[dict[str, Any]]:
    whole = ("dispnum", "outcome", "settle", "fatality", "fatalpre", "maxdur", "mindur", "hiact", "hostlev", "numa", "numb")
    yield {
        **{name: row.whole(name) for name in whole},
        **_when(_span(row)),
        "recip": row.flag("recip"),
        "ongo2014": row.flag("ongo2014"),
    }


def _participant(row: Row) -> Iterator[dict[str, Any]]:
    whole = ("dispnum", "revtype1", "revtype2", "fatality", "fatalpre", "hiact", "hostlev")
    span, number = _span(row), row.needed("ccode")
    yield {
        **{name: row.whole(name) for name in whole},
        **_when(span),
        "code": row.state(number, span.start.year),
        "ccode": number,
        "sidea": row.flag("sidea"),
        "revstate": row.flag("revstate"),
        "orig": row.flag("orig"),
    }


def _incident(row: Row) -> Iterator[dict[str, Any]]:
    whole = ("dispnum", "incidnum", "duration", "tbi", "fatality", "fatalpre", "action", "hostlev", "numa")
    yield {**{name: row.whole(name) for name in whole}, **_when(_span(row))}


def _incident_participant(row: Row) -> Iterator[dict[str, Any]]:
    whole = ("dispnum", "incidnum", "fatality", "fatalpre", "action", "hostlev", "revtype1", "revtype2")
    span, number = _span(row), row.needed("ccode")
    yield {
        **{name: row.whole(name) for name in whole},
        **_when(span),
        "code": row.state(number, span.start.year),
        "ccode": number,
        "insidea": row.flag("insidea"),
        "sidea": row.flag("sidea"),
    }


_REVTYPES: Final = {
    "revtype1": "what the state wants to revise: 0 none, 1 territory, 2 policy, 3 regime, 4 other",
    "revtype2": "a second aim, in the same classes",
}
DISPUTES: Final = Dataset(
    name="cow-mid-disputes",
    title="COW Militarised Interstate Disputes 5.0: disputes (MIDA)",
    editions={"5": Edition(1816, 2014, 2_436, sha256="fa00331f8b5e68b57d510303039081a1494b4d45df680ca38dfd8640d32c8474")},
    home=PAGE,
    files=("MIDA 5.0.csv", ARCHIVE),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("5", ARCHIVE),),
    citation=CITATION,
    header=(
        *("dispnum", *_DATES, "outcome", "settle", "fatality", "fatalpre", "maxdur", "mindur"),
        *("hiact", "hostlev", "recip", "numa", "numb", "ongo2014", "version"),
    ),
    columns=(
        *cow.ints(dispnum="dispute number"),
        *_WHEN,
        *cow.ints(
            outcome="1, 2 victory of A, B; 3, 4 A, B yields; 5 stalemate, 6 compromise, 7 release, 8 unclear, 9 joined a war",
            settle="settlement: 1 negotiated, 2 imposed, 3 none, 4 unclear",
            **_FATALITY,
            maxdur="longest possible duration in days",
            mindur="shortest possible duration in days",
            hiact="highest action of all participants, 0 to 21",
            hostlev=_HOSTLEV,
        ),
        Column("recip", pa.bool_(), "side B answered with a militarised act"),
        *cow.ints(numa="states on side A", numb="states on side B"),
        Column("ongo2014", pa.bool_(), "the dispute goes on after 2014"),
    ),
    tidy=_dispute,
    key=("dispnum",),
    layout=Separated(),
    version_column="version",
)
PARTICIPANTS: Final = Dataset(
    name="cow-mid-participants",
    title="COW Militarised Interstate Disputes 5.0: participants (MIDB)",
    editions={"5": Edition(1816, 2014, 5_883, sha256="5189071e3b8aa32e1338f3df43fe574f4a0f2a06b2f481a3213c9e8f01211722")},
    home=PAGE,
    files=("MIDB 5.0.csv", ARCHIVE),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("5", ARCHIVE),),
    citation=CITATION,
    header=(
        *("dispnum", "stabb", "ccode", *_DATES, "sidea", "revstate", "revtype1", "revtype2"),
        *("fatality", "fatalpre", "hiact", "hostlev", "orig", "version"),
    ),
    columns=(
        *cow.ints(dispnum="dispute number"),
        cow.CODE,
        cow.NUMBER,
        *_WHEN,
        Column("sidea", pa.bool_(), "the state is on side A, which acted first"),
        Column("revstate", pa.bool_(), "the state wants to revise the status quo"),
        *cow.ints(**_REVTYPES, **_FATALITY, hiact="the state's highest action, 0 to 21", hostlev=_HOSTLEV),
        Column("orig", pa.bool_(), "the state took part from the first day"),
    ),
    tidy=_participant,
    key=("dispnum", "ccode", "sidea", "stday", "stmon", "styear", "endday", "endmon", "endyear"),
    layout=Separated(),
    version_column="version",
    note="A state can take part in one dispute in several spells.",
)
INCIDENTS: Final = Dataset(
    name="cow-mid-incidents",
    title="COW Militarised Interstate Disputes 5.0: incidents (MIDI)",
    editions={
        "5": Edition(1992, 2014, 4_483, sha256="fc7d5ca720d1fcb94b3b575bbd43f24b4d2552d01e3e950027fee5b0b6bc0381"),
        "5.01": Edition(1992, 2014),
    },
    home=PAGE,
    files=("MIDI 5.0.csv", ARCHIVE, "MIDI_5.01.csv", "Incident_Level_5.01.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("5.01", "Incident_Level_5.01.zip"), cow.at("5", ARCHIVE)),
    citation=CITATION,
    header=(
        *("dispnum", "incidnum", *_DATES, "duration", "tbi", "fatality", "fatalpre"),
        *("action", "hostlev", "numa", "version"),
    ),
    columns=(
        *cow.ints(dispnum="dispute number", incidnum="incident number"),
        *_WHEN,
        *cow.ints(
            duration="duration in days",
            tbi="days since the incident before it in the same dispute",
            **_FATALITY,
            action="action, 1 to 21",
            hostlev=_HOSTLEV,
            numa="number of participants",
        ),
    ),
    tidy=_incident,
    key=("incidnum",),
    layout=Separated(),
    version_column="version",
)
INCIDENT_PARTICIPANTS: Final = Dataset(
    name="cow-mid-incident-participants",
    title="COW Militarised Interstate Disputes 5.0: participants in incidents (MIDIP)",
    editions={
        "5": Edition(1992, 2014, 9_619, sha256="9350d1b71c24ab2a996549b9adefa11a844a526c32fd91b532a6ec964ecac0cb"),
        "5.01": Edition(1992, 2014),
    },
    home=PAGE,
    files=("MIDIP 5.0.csv", ARCHIVE, "MIDIP_5.01.csv", "Incident_Level_5.01.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("5.01", "Incident_Level_5.01.zip"), cow.at("5", ARCHIVE)),
    citation=CITATION,
    header=(
        *("dispnum", "incidnum", "stabb", "ccode", *_DATES, "insidea", "sidea", "fatality", "fatalpre"),
        *("action", "hostlev", "revtype1", "revtype2", "version"),
    ),
    columns=(
        *cow.ints(dispnum="dispute number", incidnum="incident number"),
        cow.CODE,
        cow.NUMBER,
        *_WHEN,
        Column("insidea", pa.bool_(), "the state is on side A of the incident"),
        Column("sidea", pa.bool_(), "the state is on side A of the dispute"),
        *cow.ints(**_FATALITY, action="action, 0 to 21", hostlev=_HOSTLEV, **_REVTYPES),
    ),
    tidy=_incident_participant,
    key=("incidnum", "ccode", "insidea", "stday", "stmon", "styear", "endday", "endmon", "endyear"),
    layout=Separated(),
    version_column="version",
)
DATASETS: Final = (DISPUTES, PARTICIPANTS, INCIDENTS, INCIDENT_PARTICIPANTS)
