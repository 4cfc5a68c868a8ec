"""Correlates of War wars other than between states: extra-state 4.0, non-state 4.0 and intra-state 5.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.datasets.cow_wars import CITATION, PAGE
from verbale.records.layouts import Separated
from verbale.records.rows import Row, Span

INTRA_CITATION: Final = """@book{dixon_sarkees_2016,
  author = {Dixon, Jeffrey S. and Sarkees, Meredith Reid},
  title = {A Guide to Intra-state Wars: An Examination of Civil, Regional, and Intercommunal Wars, 1816--2014},
  publisher = {CQ Press},
  year = {2016}
}"""
# A field that a war does not need holds -8; a name that nobody knows, -9.
_NO_NAME: Final = frozenset({"", "-8", "-9"})
_OUTCOME: Final = "1 side A won, 2 side B won, 3 compromise, 4 became another war, 5 goes on, 6 stalemate, 7 below war"
_WHERE: Final = "where: 1 Western Hemisphere, 2 Europe, 4 Africa, 6 Middle East, 7 Asia, 9 Oceania, 11 to 19 several"
_SPELLS: Final = (1, 2, 3, 4)
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+")


def _repaired(row: Row) -> Row:
    """Return the row with two habits of single fields set right: an unknown day written ?, and thousands divided by commas."""
    values = {
        name: "-9" if text.strip() == "?" else text.replace(",", "") if _THOUSANDS.fullmatch(text.strip()) else text
        for name, text in row.values.items()
    }
    return Row(row.path, row.line, values)


def _name(row: Row, field: str) -> str | None:
    return None if row.text(field) in _NO_NAME else row.words(field)


def _state(row: Row, field: str, year: int) -> tuple[str | None, int | None]:
    """Return code and number of a party; both are None for one that is no state."""
    number = row.whole(field)
    return (None, None) if number is None else (row.state(number, year), number)


def _spell(row: Row, number: int, *, month: str, day: str, year: str) -> Span | None:
    """Return a spell of a war, None where it had no such spell."""
    if row.whole(f"Start{year}{number}") is None:
        return None
    start, end = ((f"{edge}{year}{number}", f"{edge}{month}{number}", f"{edge}{day}{number}") for edge in ("Start", "End"))
    return row.span(start, end)


def _spells(row: Row, spells: list[Span | None]) -> dict[str, Any]:
    """Return the first spell with its precision, and the dates of the later ones."""
    first = spells[0]
    if first is None:
        raise row.fail("the year of its start is missing")
    found: dict[str, Any] = {"start": first.start, "end": first.end, "precision": first.precision}
    for number, spell in enumerate(spells[1:], start=2):
        found |= {f"start{number}": spell.start if spell else None, f"end{number}": spell.end if spell else None}
    return found


def _extra(row: Row) -> Iterator[dict[str, Any]]:
    spells = [_spell(row, number, month="Month", day="Day", year="Year") for number in _SPELLS[:2]]
    dates = _spells(row, spells)
    year = dates["start"].year
    (code1, ccode1), (code2, ccode2) = _state(row, "ccode1", year), _state(row, "ccode2", year)
    whole = {"wartype": "WarType", "initiator": "Initiator", "interven": "Interven", "outcome": "Outcome"}
    whole |= {"wherefought": "WhereFought", "batdeath": "BatDeath", "nonstatedeaths": "NonStateDeaths"}
    yield {
        "warnum": row.needed("WarNum"),
        "warname": row.words("WarName"),
        "code1": code1,
        "ccode1": ccode1,
        "sidea": _name(row, "SideA"),
        "code2": code2,
        "ccode2": ccode2,
        "sideb": _name(row, "SideB"),
        **dates,
        **{ours: row.whole(theirs) for ours, theirs in whole.items()},
        "transfrom": _name(row, "TransFrom"),
        "transto": _name(row, "TransTo"),
    }


def _non(row: Row) -> Iterator[dict[str, Any]]:
    row = _repaired(row)
    span = row.span(("StartYear", "StartMonth", "StartDay"), ("EndYear", "EndMonth", "EndDay"))
    whole = {"warnum": "WarNum", "wartype": "WarType", "wherefought": "WhereFought", "outcome": "Outcome"}
    whole |= {"sideadeaths": "SideADeaths", "sidebdeaths": "SideBDeaths", "deaths": "TotalCombatDeaths"}
    yield {
        **{ours: row.whole(theirs) for ours, theirs in whole.items()},
        "warname": row.words("WarName"),
        "sidea": [name for number in (1, 2) if (name := _name(row, f"SideA{number}"))],
        "sideb": [name for number in range(1, 6) if (name := _name(row, f"SideB{number}"))],
        "start": span.start,
        "end": span.end,
        "precision": span.precision,
        "initiator": _name(row, "Initiator"),
        "transfrom": _name(row, "TransFrom"),
        "transto": _name(row, "TransTo"),
    }


def _intra(row: Row) -> Iterator[dict[str, Any]]:
    row = _repaired(row)
    dates = _spells(row, [_spell(row, number, month="Mo", day="Dy", year="Yr") for number in _SPELLS])
    code, number = _state(row, "CcodeA", dates["start"].year)
    whole = {"region": "V5RegionNum", "wartype": "WarType", "outcome": "Outcome"}
    whole |= {"deathsa": "DeathsSideA", "deathsb": "DeathsSideB", "deaths": "TotalBDeaths"}
    yield {
        "warnum": row.number("WarNum"),
        "warname": row.words("WarName"),
        "code": code,
        "ccode": number,
        "sidea": _name(row, "SideA"),
        "sideb": _name(row, "SideB"),
        "international": row.flag("Intnl"),
        **dates,
        **{ours: row.whole(theirs) for ours, theirs in whole.items()},
        "initiator": _name(row, "Initiator"),
        "transfrom": _name(row, "TransFrom"),
        "transto": _name(row, "TransTo"),
    }


def _later(last: int) -> tuple[Column, ...]:
    return tuple(
        Column(f"{edge}{number}", pa.date32(), f"{day} day of spell {number} of the same war")
        for number in range(2, last + 1)
        for edge, day in (("start", "first"), ("end", "last"))
    )


_TRANSFER: Final = (
    Column("transfrom", pa.string(), "number of the war that this one came from; sometimes several"),
    Column("transto", pa.string(), "number of the war that this one became"),
)
EXTRA: Final = Dataset(
    name="cow-extra-state-wars",
    title="COW Extra-State Wars 4.0: participants in wars of a state against a party outside the system",
    editions={"4": Edition(1816, 2007, 198, sha256="529c325fdf0355ea4e09ce1c0d13d3cb474eaffcfebe13576b7a56207b264104")},
    home=PAGE,
    files=("Extra-StateWarData_v4.0.csv",),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("4", "Extra-StateWarData_v4.0.csv"),),
    citation=CITATION,
    header=(
        *("WarNum", "WarName", "WarType", "ccode1", "SideA", "ccode2", "SideB"),
        *("StartMonth1", "StartDay1", "StartYear1", "EndMonth1", "EndDay1", "EndYear1"),
        *("StartMonth2", "StartDay2", "StartYear2", "EndMonth2", "EndDay2", "EndYear2"),
        *("Initiator", "Interven", "TransFrom", "Outcome", "TransTo", "WhereFought", "BatDeath", "NonStateDeaths", "Version"),
    ),
    columns=(
        *cow.ints(warnum="war number"),
        Column("warname", pa.string(), "name of the war"),
        Column("code1", pa.string(), "our code of the state on side A"),
        Column("ccode1", pa.int16(), "Correlates of War number of the state on side A"),
        Column("sidea", pa.string(), "the participant on side A"),
        Column("code2", pa.string(), "our code of the state on side B; empty for a party that is no state"),
        Column("ccode2", pa.int16(), "Correlates of War number of the state on side B"),
        Column("sideb", pa.string(), "the participant on side B; empty in the rows of a further state on side A"),
        cow.START,
        cow.END,
        cow.PRECISION,
        *_later(2),
        *cow.ints(
            wartype="2 colonial, 3 imperial",
            initiator="1 where the participant began the war",
            interven="1 where the state came in from outside",
            outcome=_OUTCOME,
            wherefought=_WHERE,
            batdeath="battle deaths of the state's forces",
            nonstatedeaths="battle deaths of the other party",
        ),
        *_TRANSFER,
    ),
    tidy=_extra,
    key=("WarNum", "ccode1", "SideA", "ccode2", "SideB", "StartYear1", "StartMonth1", "StartDay1"),
    layout=Separated(),
    encodings=("utf-8", "cp1252"),
    version_column="Version",
    note="The official file ends its lines with CR alone, and one column is called `EndDay2 ` with a blank.",
)
NON: Final = Dataset(
    name="cow-non-state-wars",
    title="COW Non-State Wars 4.0: wars in which no state took part",
    editions={"4": Edition(1816, 2007, 62, sha256="99d3d9df70a54fd2372fe05e2085216fc85ce1d3a72a7cb9e5c86f3bae4c9b9a")},
    home=PAGE,
    files=("Non-StateWarData_v4.0.csv",),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("4", "Non-StateWarData_v4.0.csv"),),
    citation=CITATION,
    header=(
        *("WarNum", "WarName", "WarType", "WhereFought", "SideA1", "SideA2", "SideB1", "SideB2", "SideB3", "SideB4", "SideB5"),
        *("StartYear", "StartMonth", "StartDay", "EndYear", "EndMonth", "EndDay", "Initiator", "TransFrom", "TransTo"),
        *("Outcome", "SideADeaths", "SideBDeaths", "TotalCombatDeaths", "Version"),
    ),
    columns=(
        *cow.ints(warnum="war number"),
        Column("warname", pa.string(), "name of the war"),
        *cow.ints(wartype="8 in territory outside the system, 9 across borders", wherefought=_WHERE),
        Column("sidea", pa.list_(pa.string()), "the parties on side A"),
        Column("sideb", pa.list_(pa.string()), "the parties on side B"),
        cow.START,
        cow.END,
        cow.PRECISION,
        Column("initiator", pa.string(), "the side that began the war"),
        *cow.ints(
            outcome=_OUTCOME,
            sideadeaths="battle deaths of side A",
            sidebdeaths="battle deaths of side B",
            deaths="battle deaths of both sides",
        ),
        *_TRANSFER,
    ),
    tidy=_non,
    key=("WarNum",),
    layout=Separated(),
    encodings=("utf-8", "cp1252"),
    version_column="Version",
    note="The official file ends its lines with CR alone. The parties are no states and have no codes.",
)
INTRA: Final = Dataset(
    name="cow-intra-state-wars",
    title="COW Intra-State Wars 5.1: wars within a state",
    editions={"5.1": Edition(1816, 2014, 420)},
    home=PAGE,
    files=("INTRA-STATE WARS v5.1 CSV.csv", "Intra-State-Wars-v5.1.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("5.1", "Intra-State-Wars-v5.1.zip"),),
    citation=INTRA_CITATION,
    header=(
        *("WarNum", "WarName", "V5RegionNum", "WarType", "CcodeA", "SideA", "SideB", "Intnl"),
        *(f"{edge}{part}{number}" for number in _SPELLS for edge in ("Start", "End") for part in ("Mo", "Dy", "Yr")),
        *("WDuratDays", "WDuratMo", "TotNatMonWar", "TransFrom", "Initiator", "Outcome", "TransTo"),
        *("DeathsSideA", "DeathsSideB", "TotalBDeaths", "Version"),
    ),
    columns=(
        Column("warnum", pa.float64(), "war number; 5.1 put new wars between old ones, as 502.1"),
        Column("warname", pa.string(), "name of the war"),
        Column("code", pa.string(), "our code of the state on side A; empty where no government fought"),
        Column("ccode", pa.int16(), "Correlates of War number of the state on side A"),
        Column("sidea", pa.string(), "side A, the government in most wars"),
        Column("sideb", pa.string(), "side B"),
        Column("international", pa.bool_(), "another state took part"),
        cow.START,
        cow.END,
        cow.PRECISION,
        *_later(4),
        *cow.ints(
            region="region: 1 North America, 2 South America, 3 Europe, 4 Africa, 5 Middle East, 6 Asia and Oceania",
            wartype="4 for control of the state, 5 over local issues, 6 regional, 7 between communities",
            outcome=_OUTCOME,
            deathsa="battle deaths of side A",
            deathsb="battle deaths of side B",
            deaths="battle deaths of all",
        ),
        Column("initiator", pa.string(), "the side that began the war"),
        *_TRANSFER,
    ),
    tidy=_intra,
    key=("WarNum",),
    layout=Separated(),
    encodings=("utf-8", "cp1252"),
    version_column="Version",
    note="The zip holds a second file, of the states that took part; this is the one of the wars.",
)
DATASETS: Final = (EXTRA, NON, INTRA)
