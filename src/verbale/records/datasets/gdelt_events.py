"""GDELT events, 1.0 (57 and 58 columns) and 2.0 (61): what the world's news tell of acts, coded by machine since 1979."""

from __future__ import annotations

import datetime
import re
from typing import Final

from verbale.records.catalogue import Edition
from verbale.records.events.actors import cameo_party
from verbale.records.events.acts import cameo_act, fips_place
from verbale.records.events.layouts import Headless
from verbale.records.events.recipe import EventDataset, Lookup

CITATION: Final = """@inproceedings{leetaru_schrodt_2013,
  author = {Leetaru, Kalev and Schrodt, Philip A.},
  title = {{GDELT}: Global Data on Events, Location and Tone, 1979--2012},
  booktitle = {Paper presented at the ISA Annual Convention},
  address = {San Francisco},
  year = {2013}
}"""
# Its host offers no encryption that programs can verify.
HOST: Final = "http://data.gdeltproject.org/events/"
FIRST_MONTHLY, FIRST_DAILY = datetime.date(2006, 1, 1), datetime.date(2013, 4, 1)
_ACTOR: Final = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
                 "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
_PLACE: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_SECOND: Final = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{number}{name}" for number in (1, 2) for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in _PLACE),
    *("DATEADDED", "SOURCEURL"),
)
# 1.0 has no second-order divisions; before April 2013 its rows have no SOURCEURL, and both kinds occur in one file.
_FIRST: Final = tuple(name for name in _SECOND if not name.endswith("ADM2Code"))


def files_of_days(first: datetime.date, last: datetime.date) -> tuple[str, ...]:
    """Return the addresses of the files of GDELT 1.0 that cover a span of days.

    There is one for each year to 2005, for each month to March 2013, for each day since.
    """
    days = (first + datetime.timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(dict.fromkeys(f"{HOST}{_file_of(day)}" for day in days))


def _file_of(day: datetime.date) -> str:
    if day >= FIRST_DAILY:
        return f"{day:%Y%m%d}.export.CSV.zip"
    return f"{day:%Y%m}.zip" if day >= FIRST_MONTHLY else f"{day:%Y}.zip"


def _party(number: int, role: str) -> Lookup:
    columns = ("CountryCode", "KnownGroupCode", "Type1Code", "Type2Code", "Type3Code")
    key = tuple(f'"Actor{number}{name}"' for name in columns)
    return Lookup((*key, 'left("SQLDATE", 4)'), (role, f"{role}_sector", f"{role}_entity"), cameo_party)


EVENTS: Final = EventDataset(
    name="gdelt-events",
    title="GDELT Event Database (1.0 and 2.0)",
    # Event days of 1979 and later; the newest files tell of this year.
    editions={"*": Edition(1979, 2026)},
    home="http://data.gdeltproject.org/events/index.html",
    files=("YYYYMMDD.export.CSV.zip", "YYYYMMDDHHMMSS.export.CSV.zip"),
    terms="free for any use with attribution to the GDELT Project",
    by_hand="which of its many days you want is your choice: say --edition 2019-10-24..2019-10-26 to fetch them (1.0)",
    citation=CITATION,
    header=_SECOND,
    key=("GLOBALEVENTID",),
    optional=frozenset({*(name for name in _SECOND if name.endswith("ADM2Code")), "SOURCEURL"}),
    layout=Headless(
        {57: _FIRST, 58: _FIRST, 61: _SECOND},
        (re.compile(r"[0-9]{1,12}"), re.compile(r"[0-9]{8}"), re.compile(r"[0-9]{6}"), re.compile(r"[0-9]{4}")),
    ),
    has_header=False,
    days=files_of_days,
    widths=frozenset({57, 58}),
    select={
        "event_id": '"GLOBALEVENTID"',
        "document_id": '"SOURCEURL"',
        "source_text": '"Actor1Name"',
        "target_text": '"Actor2Name"',
        "source_official": '"Actor1Code"',
        "target_official": '"Actor2Code"',
        "source_country": '"Actor1CountryCode"',
        "target_country": '"Actor2CountryCode"',
        "mutual": "false",
        "status": "'actual'",
        "date_text": '"SQLDATE"',
        "date_precision": "'day'",
        "date_calendar": "'gregorian'",
        "place": '"ActionGeo_FullName"',
        "place_official": '"ActionGeo_CountryCode"',
        "coder": "'gdelt-events'",
        "coder_version": "CASE WHEN fields = 61 THEN '2.0' ELSE '1.0' END",
        "cameo": '"EventCode"',
        "official_quad": '"QuadClass"',
        "root": "\"IsRootEvent\" = '1'",
        "added": """try_strptime(rpad("DATEADDED", 14, '0'), '%Y%m%d%H%M%S')""",
    },
    date="""TRY_CAST(try_strptime("SQLDATE", '%Y%m%d') AS DATE)""",
    date_column="SQLDATE",
    numbers={
        "official_intensity": "GoldsteinScale",
        "mentions": "NumMentions",
        "sources": "NumSources",
        "articles": "NumArticles",
        "tone": "AvgTone",
        "latitude": "ActionGeo_Lat",
        "longitude": "ActionGeo_Long",
    },
    checks=(('length("SQLDATE") <> 8', "'SQLDATE is ''' || \"SQLDATE\" || ''', not a date'"),),
    lookups=(
        _party(1, "source"),
        _party(2, "target"),
        Lookup(('"EventCode"',), ("type", "mode", "quad", "intensity"), cameo_act),
        Lookup(('"ActionGeo_CountryCode"',), ("place_country",), fips_place),
    ),
    note="Name one file, a zip, or a folder of either; files of 2.0 are listed in http://data.gdeltproject.org/gdeltv2/masterfilelist.txt."
    " Regions (EUR, AFR) and bare roles have no code of ours.",
)
DATASETS: Final = (EVENTS,)
