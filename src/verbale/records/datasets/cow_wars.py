"""Correlates of War inter-state wars 4.0 (participants, 1823-2003) and the directed dyadic war years made from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.layouts import Separated
from verbale.records.rows import Row

PAGE: Final = cow.HOME + "cow-war/"
CITATION: Final = """@book{sarkees_wayman_2010,
  author = {Sarkees, Meredith Reid and Wayman, Frank Whelon},
  title = {Resort to War: 1816--2007},
  publisher = {CQ Press},
  address = {Washington, DC},
  year = {2010}
}"""
DYADIC_CITATION: Final = """@misc{maoz_etal_dyadic_war,
  author = {Maoz, Zeev and Johnson, Paul L. and Kaplan, Jasper and Ogunkoya, Fiona and Shreve, Aaron P.},
  title = {The Dyadic Militarized Interstate Disputes Dataset, with Directed Dyadic Wars},
  note = {Article of record: Journal of Conflict Resolution 63(3), 2019, 811--835},
  url = {https://correlatesofwar.org/data-sets/cow-war/}
}"""
# The rows for Italy and Bulgaria in the First World War print the year of its end with one digit too many.
_MISPRINTED_YEARS: Final = {"19118": "1918"}
LAST_MONTH: Final = 12


def _participant(row: Row) -> Iterator[dict[str, Any]]:
    span = row.span(("StartYear1", "StartMonth1", "StartDay1"), ("EndYear1", "EndMonth1", "EndDay1"))
    again = None
    if row.whole("StartYear2") is not None:
        again = row.span(("StartYear2", "StartMonth2", "StartDay2"), ("EndYear2", "EndMonth2", "EndDay2"))
    number, initiator = row.needed("ccode"), row.needed("Initiator")
    if initiator not in (1, 2):
        raise row.fail(f"Initiator is {initiator}; allowed are 1 and 2")
    yield {
        "warnum": row.needed("WarNum"),
        "warname": row.words("WarName"),
        "code": row.state(number, span.start.year),
        "ccode": number,
        "statename": row.words("StateName"),
        "side": row.needed("Side"),
        "start": span.start,
        "end": span.end,
        "precision": span.precision,
        "start2": again.start if again else None,
        "end2": again.end if again else None,
        "initiator": initiator == 1,
        "wherefought": row.whole("WhereFought"),
        "outcome": row.whole("Outcome"),
        "batdeath": row.whole("BatDeath"),
        "transfrom": None if row.text("TransFrom") == "-8" else row.words("TransFrom"),
        "transto": row.whole("TransTo"),
    }


def _repaired(row: Row) -> Row:
    """Return the row with its known misprints set right: a year with five digits, and dates with the day before the month."""
    values = dict(row.values)
    end, month = row.text("warendyr"), row.whole("warstrtmnth")
    values["warendyr"] = _MISPRINTED_YEARS.get(end, end)
    if month is not None and month > LAST_MONTH:
        for day_field, month_field in (("warstrtday", "warstrtmnth"), ("warenday", "warendmnth")):
            values[day_field], values[month_field] = row.text(month_field), row.text(day_field)
    return Row(row.path, row.line, values)


def _dyad_year(row: Row) -> Iterator[dict[str, Any]]:
    span = _repaired(row).span(("warstrtyr", "warstrtmnth", "warstrtday"), ("warendyr", "warendmnth", "warenday"))
    first, second, year = row.needed("statea"), row.needed("stateb"), row.needed("year")
    whole = ("warnum", "disno", "warolea", "waroleb", "outcomea", "batdtha", "batdthb", "durindx")
    yield {
        **{name: row.whole(name) for name in whole},
        "code1": row.state(first, year),
        "code2": row.state(second, year),
        "ccode1": first,
        "ccode2": second,
        "year": year,
        "warstart": span.start,
        "warend": span.end,
    }


WARS: Final = Dataset(
    name="cow-wars",
    title="COW Inter-State Wars 4.0: participants",
    editions={"4": Edition(1816, 2007, 337, sha256="2535e30b145141c331a07d12d91e498ad8bdd3db32ba8d3bd88c4fda54817731")},
    home=PAGE,
    files=("Inter-StateWarData_v4.0.csv",),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("4", "Inter-StateWarData_v4.0.csv"),),
    citation=CITATION,
    header=(
        *("WarNum", "WarName", "WarType", "ccode", "StateName", "Side"),
        *("StartMonth1", "StartDay1", "StartYear1", "EndMonth1", "EndDay1", "EndYear1"),
        *("StartMonth2", "StartDay2", "StartYear2", "EndMonth2", "EndDay2", "EndYear2"),
        *("TransFrom", "WhereFought", "Initiator", "Outcome", "TransTo", "BatDeath", "Version"),
    ),
    columns=(
        *cow.ints(warnum="war number"),
        Column("warname", pa.string(), "name of the war"),
        cow.CODE,
        cow.NUMBER,
        Column("statename", pa.string(), "name of the state in this war"),
        *cow.ints(side="side, 1 or 2"),
        cow.START,
        cow.END,
        cow.PRECISION,
        Column("start2", pa.date32(), "first day of a second spell in the same war"),
        Column("end2", pa.date32(), "last day of the second spell"),
        Column("initiator", pa.bool_(), "the state began the war"),
        *cow.ints(
            wherefought="where: 1 Western Hemisphere, 2 Europe, 4 Africa, 6 Middle East, 7 Asia, 9 Oceania, 11 to 19 several",
            outcome="1 won, 2 lost, 3 compromise, 4 became another war, 5 goes on, 6 stalemate, 7 below war, 8 changed sides",
            batdeath="battle deaths of the state's forces",
        ),
        Column("transfrom", pa.string(), "number of the war that this one came from; sometimes several"),
        *cow.ints(transto="number of the war that this one became"),
    ),
    tidy=_participant,
    key=("WarNum", "ccode", "Side", "StartYear1", "StartMonth1", "StartDay1"),
    layout=Separated(),
    version_column="Version",
    note="The official file ends its lines with CR alone. The second spell of a state in one war stands in start2 and end2.",
)
DYADIC: Final = Dataset(
    name="cow-dyadic-wars",
    title="COW directed dyadic inter-state war years",
    editions={"*": Edition(1816, 2007, 1_364, sha256="aa2eb5244a0cb0b579867e50eb02e4297fb29250e67120fb132e3c0618dceda0")},
    home=PAGE,
    files=("directed_dyadic_war.csv", "Dyadic-Interstate-War-Dataset.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("unversioned", "Dyadic-Interstate-War-Dataset.zip"),),
    citation=DYADIC_CITATION,
    header=(
        *("warnum", "disno", "dyindex", "statea", "stateb", "warstrtmnth", "warstrtday", "warstrtyr"),
        *("warendmnth", "warenday", "warendyr", "year", "warolea", "waroleb", "wardyadrolea", "wardyadroleb"),
        *("outcomea", "batdtha", "batdthb", "changes_1", "changes_2", "batdths", "durindx"),
    ),
    columns=(
        *cow.ints(warnum="war number", disno="dispute number"),
        Column("code1", pa.string(), "our code of the first state"),
        Column("code2", pa.string(), "our code of the second state"),
        Column("ccode1", pa.int16(), "Correlates of War number of the first state"),
        Column("ccode2", pa.int16(), "Correlates of War number of the second state"),
        Column("year", pa.int16(), "year of the war"),
        Column("warstart", pa.date32(), "first day of war between the two"),
        Column("warend", pa.date32(), "last day of war between the two"),
        *cow.ints(
            warolea="role of the first: 1 first initiator, 2 joined the initiator, 3 first target, 4 joined the target",
            waroleb="role of the second",
            outcomea="outcome for the first: 1 win, 2 draw, 3 loss",
            batdtha="battle deaths of the first",
            batdthb="battle deaths of the second",
            durindx="year of the war between the two, from 1",
        ),
    ),
    tidy=_dyad_year,
    key=("warnum", "statea", "stateb", "year"),
    layout=Separated(),
    note="Misprints are set right: an end year 19118 is 1918, and dates with a month 24 are read day before month.",
)
DATASETS: Final = (WARS, DYADIC)
