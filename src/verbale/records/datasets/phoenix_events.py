"""Phoenix events of the Open Event Data Alliance since 2014: acts in the news, coded by PETRARCH in CAMEO."""

from __future__ import annotations

import re
from typing import Final

from verbale.records.catalogue import Edition
from verbale.records.events.actors import cameo_code_party
from verbale.records.events.acts import cameo_act, iso_place
from verbale.records.events.layouts import Headless
from verbale.records.events.recipe import EventDataset, Lookup

CITATION: Final = """@misc{phoenix_2014,
  author = {{Open Event Data Alliance}},
  title = {Phoenix Event Data},
  year = {2014}
}"""
_COLUMNS: Final = (
    *("EventID", "Date", "Year", "Month", "Day"),
    *("SourceActorFull", "SourceActorEntity", "SourceActorRole", "SourceActorAttribute"),
    *("TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute"),
    *("EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "Lat", "Lon"),
    *("LocationName", "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources"),
)


def _party(official: str, role: str) -> Lookup:
    return Lookup((f'"{official}ActorFull"', 'left("Date", 4)'), (role, f"{role}_sector", f"{role}_entity"), cameo_code_party)


EVENTS: Final = EventDataset(
    name="phoenix-events",
    title="Phoenix event data (daily files)",
    editions={"*": Edition(2014, 2026)},
    home="https://openeventdata.org/",
    files=("events.full.YYYYMMDD.txt", "events.full.YYYYMMDD.txt.zip"),
    terms="free, cite",
    by_hand="it has no stable address any more",
    citation=CITATION,
    header=_COLUMNS,
    layout=Headless(
        {len(_COLUMNS): _COLUMNS},
        (re.compile(r".+"), re.compile(r"[0-9]{8}"), re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{1,2}")),
    ),
    has_header=False,
    select={
        "event_id": '"EventID"',
        "document_id": '"URLs"',
        "source_text": '"SourceActorFull"',
        "target_text": '"TargetActorFull"',
        "source_official": '"SourceActorFull"',
        "target_official": '"TargetActorFull"',
        "source_country": '"SourceActorEntity"',
        "target_country": '"TargetActorEntity"',
        "mutual": "false",
        "status": "'actual'",
        "date_text": '"Date"',
        "date_precision": "'day'",
        "date_calendar": "'gregorian'",
        "place": """nullif(concat_ws(', ', "LocationName", "StateName"), '')""",
        "place_official": '"CountryCode"',
        "publisher": '"NewsSources"',
        "coder": "'phoenix-events'",
        "coder_version": "''",
        "cameo": '"EventCode"',
        "official_quad": '"PentaClass"',
        "mentions": "1",
    },
    date="""CAST(try_strptime("Date", '%Y%m%d') AS DATE)""",
    date_column="Date",
    numbers={"official_intensity": "GoldsteinScore", "latitude": "Lat", "longitude": "Lon"},
    checks=(('length("Date") <> 8', "'Date is ''' || \"Date\" || ''', not a date'"),),
    lookups=(
        _party("Source", "source"),
        _party("Target", "target"),
        Lookup(('"EventCode"',), ("type", "mode", "quad", "intensity"), cameo_act),
        Lookup(('"CountryCode"',), ("place_country",), iso_place),
    ),
    note="Files have no header line: 26 tab-separated columns. Numbers that recur are kept and counted.",
)
DATASETS: Final = (EVENTS,)
