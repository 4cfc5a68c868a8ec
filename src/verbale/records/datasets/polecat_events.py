"""POLECAT events since 2018: acts in the news in seven languages, coded in PLOVER itself."""

from __future__ import annotations

from typing import Final

from verbale.records.catalogue import Edition
from verbale.records.events.actors import iso_party
from verbale.records.events.acts import iso_place, plover_act
from verbale.records.events.recipe import EventDataset, Lookup
from verbale.records.layouts import Unquoted

CITATION: Final = """@data{halterman_polecat_2023,
  author = {Halterman, Andrew and Bagozzi, Benjamin E. and Beger, Andreas and Schrodt, Philip A. and Scarborough, Grace I.},
  title = {{POLECAT} Weekly Data},
  publisher = {Harvard Dataverse},
  year = {2023},
  doi = {10.7910/DVN/AJGVIT}
}"""


def _party(official: str, role: str) -> Lookup:
    key = (f'"{official} Country"', f'"{official} Name"', f'"Primary {official} Sector"', 'left("Event Date", 4)')
    return Lookup(key, (role, f"{role}_sector", f"{role}_entity"), iso_party)


EVENTS: Final = EventDataset(
    name="polecat-events",
    title="Political Event Classification, Attributes, and Types (POLECAT)",
    editions={"*": Edition(2018, 2026)},
    home="https://doi.org/10.7910/DVN/AJGVIT",
    files=("ngecEvents.DV.YYYY.txt", "ngecEvents.DV.YYYY.txt.zip"),
    terms="see the terms of the Harvard Dataverse page; cite",
    by_hand="its host asks for a click, and which of its years you want is your choice",
    citation=CITATION,
    header=(
        *("Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts"),
        *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
        *("Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW"),
        *("Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
        *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename"),
        *("Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations"),
        *("Language", "Version"),
    ),
    renamed={"Intensity": "Event Intensity"},
    # files read as UTF-8 by some, and only as Latin-1 by others: a line that is not UTF-8 is read as Latin-1
    encodings=("utf-8", "latin-1"),
    layout=Unquoted("\t"),
    nothing=("", "None"),
    select={
        "event_id": '"Event ID"',
        "source_text": 'coalesce("Actor Name Raw", "Actor Name")',
        "target_text": 'coalesce("Recipient Name Raw", "Recipient Name")',
        "source_official": '"Wikipedia Actor ID"',
        "target_official": '"Wikipedia Recipient ID"',
        "source_country": '"Actor Country"',
        "target_country": '"Recipient Country"',
        "mutual": "false",
        "contexts": """string_split_regex(lower("Contexts"), '[;,|] *')""",
        "status": "'actual'",
        "date_text": '"Event Date"',
        "date_precision": "'day'",
        "date_calendar": "'gregorian'",
        "place": 'coalesce("Placename", "Raw Placename")',
        "place_official": '"Country"',
        "publisher": '"Source"',
        "added": """try_strptime("Publication Date", '%Y-%m-%d')""",
        "coder": "'polecat-events'",
        "coder_version": """coalesce("Version", '')""",
        "official_quad": '"Quad Code"',
        "mentions": "1",
    },
    date="""CAST(try_strptime("Event Date", '%Y-%m-%d') AS DATE)""",
    date_column="Event Date",
    numbers={"official_intensity": "Event Intensity", "latitude": "Latitude", "longitude": "Longitude"},
    lookups=(
        _party("Actor", "source"),
        _party("Recipient", "target"),
        Lookup(('"Event Type"', '"Event Mode"'), ("type", "mode", "quad", "intensity"), plover_act),
        Lookup(('"Country"',), ("place_country",), iso_place),
    ),
    note="Event numbers recur in the published files; such rows are kept and counted. Modes are POLECAT's own words.",
)
DATASETS: Final = (EVENTS,)
