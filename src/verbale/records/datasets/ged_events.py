"""UCDP's georeferenced events as acts in our event table: ASSAULT, between states where both sides are states.

`ucdp-events` holds the same file in its own columns. A government is its state's code with the sector MIL, civilians are
those of the state where it happened; an armed group is OTH with the sector REB and its name, because the file does not say
whose it is.
"""

from __future__ import annotations

from typing import Final

from verbale.records.catalogue import Edition
from verbale.records.datasets import ucdp
from verbale.records.datasets.ucdp_events import EVENTS as OFFICIAL
from verbale.records.events.actors import numbered_party
from verbale.records.events.acts import cameo_act, numbered_place
from verbale.records.events.recipe import EventDataset, Lookup
from verbale.records.layouts import Separated

_ONE_SIDED: Final = "\"type_of_violence\" = '3'"
_YEAR: Final = 'left("date_start", 4)'


def _party(number: str, name: str, role: str, civilians: str) -> Lookup:
    state = f"""CASE WHEN {civilians} THEN "country_id" ELSE nullif("{number}", '') END"""
    sector = f"CASE WHEN {civilians} THEN 'CVL' WHEN \"{number}\" IS NULL THEN 'REB' ELSE 'MIL' END"
    return Lookup((state, f'"{name}"', "'OTH'", sector, _YEAR), (role, f"{role}_sector", f"{role}_entity"), numbered_party)


def _day(column: str) -> str:
    return f"CAST(try_strptime(left(\"{column}\", 10), '%Y-%m-%d') AS DATE)"


EVENTS: Final = EventDataset(
    name="ged-events",
    title="UCDP Georeferenced Event Dataset as events",
    editions={"*": Edition(1989, 2026)},
    home=ucdp.HOME,
    files=OFFICIAL.files,
    terms=ucdp.TERMS,
    addresses=OFFICIAL.addresses,
    by_hand=OFFICIAL.by_hand,
    citation=OFFICIAL.citation,
    header=OFFICIAL.header,
    key=("id",),
    layout=Separated(),
    quoted=True,
    select={
        "event_id": '"id"',
        "document_id": '"relid"',
        "source_text": '"side_a"',
        "target_text": '"side_b"',
        "source_official": '"side_a_new_id"',
        "target_official": '"side_b_new_id"',
        "source_country": '"gwnoa"',
        "target_country": '"gwnob"',
        # sides that fight each other: the file does not tell who began
        "mutual": "\"type_of_violence\" <> '3'",
        "status": "'actual'",
        "date_end": _day("date_end"),
        # 1 to 3: a day, up to six days, a week; 4: a month; 5: up to a year
        "date_precision": "CASE \"date_prec\" WHEN '4' THEN 'month' WHEN '5' THEN 'year' ELSE 'day' END",
        "date_text": '"date_start"',
        "date_calendar": "'gregorian'",
        "place": '"where_coordinates"',
        "place_official": '"country"',
        "publisher": '"source_office"',
        "coder": "'ged-events'",
        "coder_version": "''",
        "cameo": "'190'",
        "mentions": "1",
    },
    date=_day("date_start"),
    date_column="date_start",
    numbers={"sources": "number_of_sources", "deaths": "best", "latitude": "latitude", "longitude": "longitude"},
    checks=(
        ("date_end IS NULL", "'date_end is ''' || coalesce(\"date_end\", '') || ''', not a date'"),
        ("date_end < date_start", "'it ends (' || date_end || ') before it begins (' || date_start || ')'"),
        (
            "coalesce(\"type_of_violence\", '') NOT IN ('1', '2', '3')",
            "'type_of_violence is ''' || coalesce(\"type_of_violence\", '') || '''; allowed are 1, 2 and 3'",
        ),
    ),
    lookups=(
        _party("gwnoa", "side_a", "source", "false"),
        _party("gwnob", "side_b", "target", _ONE_SIDED),
        Lookup(("'190'",), ("type", "mode", "quad", "intensity"), cameo_act),
        Lookup(('"country_id"', _YEAR), ("place_country",), numbered_place),
    ),
    note="The same file as ucdp-events, as events; candidate files without a header line are refused.",
)
DATASETS: Final = (EVENTS,)
