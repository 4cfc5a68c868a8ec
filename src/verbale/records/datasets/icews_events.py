"""ICEWS coded events, 1995-2023: acts in the news, with actors and countries by name."""

from __future__ import annotations

import functools
from typing import Final

from verbale.records.catalogue import Edition
from verbale.records.events.actors import named_party
from verbale.records.events.acts import cameo_act, named_place
from verbale.records.events.recipe import EventDataset, Lookup
from verbale.records.layouts import Unquoted

NAME: Final = "icews-events"
CITATION: Final = """@data{boschee_2015,
  author = {Boschee, Elizabeth and Lautenschlager, Jennifer and O'Brien, Sean and Shellman, Steve and Starz, James
    and Ward, Michael},
  title = {{ICEWS} Coded Event Data},
  publisher = {Harvard Dataverse},
  year = {2015},
  doi = {10.7910/DVN/28075}
}"""
# 2018-06-01, and in the file of 2017 12/1/2017 (month first).
_DATE: Final = """CAST(coalesce(try_strptime("Event Date", '%Y-%m-%d'), try_strptime("Event Date", '%m/%d/%Y')) AS DATE)"""
_YEAR: Final = f"year({_DATE})"


def _party(official: str, role: str) -> Lookup:
    key = (f'"{official} Country"', f'"{official} Name"', f'"{official} Sectors"', _YEAR)
    return Lookup(key, (role, f"{role}_sector", f"{role}_entity"), functools.partial(named_party, NAME))


EVENTS: Final = EventDataset(
    name=NAME,
    title="ICEWS Coded Event Data",
    editions={"*": Edition(1995, 2023)},
    home="https://doi.org/10.7910/DVN/28075",
    files=("events.YYYY.yyyymmddhhmmss.tab", "events.YYYY.yyyymmddhhmmss.tab.zip"),
    terms="see the terms of the Harvard Dataverse page; cite",
    by_hand="its host asks for a click, and which of its years you want is your choice",
    citation=CITATION,
    header=(
        *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity"),
        *("Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher"),
        *("City", "District", "Province", "Country", "Latitude", "Longitude"),
    ),
    key=("Event ID", "Event Date"),
    layout=Unquoted("\t"),
    nothing=("", "NA"),
    select={
        # numbers are used again in other files; with the day they are unique
        "event_id": f"""strftime({_DATE}, '%Y%m%d') || '-' || "Event ID\"""",
        "document_id": '"Story ID"',
        "source_text": '"Source Name"',
        "target_text": '"Target Name"',
        "source_country": '"Source Country"',
        "target_country": '"Target Country"',
        "mutual": "false",
        "status": "'actual'",
        "date_text": '"Event Date"',
        "date_precision": "'day'",
        "date_calendar": "'gregorian'",
        "place": """nullif(concat_ws(', ', "City", "District", "Province"), '')""",
        "place_official": '"Country"',
        "publisher": '"Publisher"',
        "coder": f"'{NAME}'",
        "coder_version": "''",
        "cameo": '"CAMEO Code"',
        "mentions": "1",
    },
    date=_DATE,
    date_column="Event Date",
    numbers={"official_intensity": "Intensity", "latitude": "Latitude", "longitude": "Longitude"},
    checks=(('"Event ID" IS NULL', "'it has no number'"),),
    lookups=(
        _party("Source", "source"),
        _party("Target", "target"),
        Lookup(('"CAMEO Code"',), ("type", "mode", "quad", "intensity"), cameo_act),
        Lookup(('"Country"', _YEAR), ("place_country",), functools.partial(named_place, NAME)),
    ),
    note="Name one file, a zip, or a folder of either. Event numbers recur from file to file, so ours begin with the day.",
)
DATASETS: Final = (EVENTS,)
