"""UCDP Georeferenced Event Dataset: single events of lethal violence since 1989, with place, sides and deaths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import ucdp
from verbale.records.layouts import HeaderOptional
from verbale.records.rows import Row

CITATION: Final = """@article{sundberg_melander_2013,
  author = {Sundberg, Ralph and Melander, Erik},
  title = {Introducing the {UCDP} Georeferenced Event Dataset},
  journal = {Journal of Peace Research},
  year = {2013},
  volume = {50},
  number = {4},
  pages = {523--532},
  doi = {10.1177/0022343313484347}
}"""
_DEATHS: Final = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low")
_WORDS: Final = ("conflict_name", "dyad_name", "side_a", "side_b", "country", "adm_1", "where_coordinates", "source_article")


def _event(row: Row) -> Iterator[dict[str, Any]]:
    year = row.needed("year")
    start, end = row.day("date_start"), row.day("date_end")
    if end < start:
        raise row.fail(f"it ends ({end}) before it begins ({start})")
    single = {column: ucdp.codes(row, column, year) for column in ("gwnoa", "gwnob", "country_id")}
    yield {
        "id": row.needed("id"),
        "year": year,
        "start": start,
        "end": end,
        "date_prec": row.whole("date_prec"),
        "type_of_violence": row.needed("type_of_violence"),
        "conflict_id": row.whole("conflict_new_id"),
        "dyad_id": row.whole("dyad_new_id"),
        **{name: row.words(name) for name in _WORDS},
        "side_a_code": next(iter(single["gwnoa"]), None),
        "side_b_code": next(iter(single["gwnob"]), None),
        "country_code": next(iter(single["country_id"]), None),
        "latitude": row.number("latitude"),
        "longitude": row.number("longitude"),
        "where_prec": row.whole("where_prec"),
        **{name: row.needed(name) for name in _DEATHS},
    }


HEADER: Final = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id"),
    *("conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a"),
    *("side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office"),
    *("source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description"),
    *("adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region"),
    *("event_clarity", "date_prec", "date_start", "date_end", *_DEATHS, "gwnoa", "gwnob"),
)
EVENTS: Final = Dataset(
    name="ucdp-events",
    title="UCDP Georeferenced Event Dataset (GED)",
    editions={"*": Edition(1989, 2026)},
    home=ucdp.HOME,
    files=("GEDEvent_v25_1.csv", "ged251-csv.zip", "GEDEvent_v26_1.csv", "ged261-csv.zip"),
    terms=ucdp.TERMS,
    addresses=(ucdp.at("26.1", "ged/ged261-csv.zip"), ucdp.at("25.1", "ged/ged251-csv.zip")),
    citation=CITATION,
    header=HEADER,
    columns=(
        Column("id", pa.int64(), "event number"),
        Column("year", pa.int16(), "calendar year"),
        Column("start", pa.date32(), "first possible day"),
        Column("end", pa.date32(), "last possible day"),
        Column("date_prec", pa.int8(), "precision of the date, 1 day to 5 more than a month"),
        Column("type_of_violence", pa.int8(), "1 state-based, 2 between groups, 3 against civilians"),
        Column("conflict_id", pa.int64(), "conflict number"),
        Column("conflict_name", pa.string(), "name of the conflict"),
        Column("dyad_id", pa.int64(), "dyad number"),
        Column("dyad_name", pa.string(), "name of the dyad"),
        Column("side_a", pa.string(), "side A"),
        Column("side_a_code", pa.string(), "our code of side A, where it is a state"),
        Column("side_b", pa.string(), "side B"),
        Column("side_b_code", pa.string(), "our code of side B, where it is a state"),
        Column("country", pa.string(), "the state on whose territory it happened"),
        Column("country_code", pa.string(), "our code of that state"),
        Column("adm_1", pa.string(), "its first-order division"),
        Column("where_coordinates", pa.string(), "name of the place"),
        Column("latitude", pa.float64(), "degrees north"),
        Column("longitude", pa.float64(), "degrees east"),
        Column("where_prec", pa.int8(), "precision of the place, 1 exact to 7"),
        Column("deaths_a", pa.int32(), "deaths on side A"),
        Column("deaths_b", pa.int32(), "deaths on side B"),
        Column("deaths_civilians", pa.int32(), "deaths of civilians"),
        Column("deaths_unknown", pa.int32(), "deaths of people of unknown status"),
        Column("best", pa.int32(), "best estimate of all deaths"),
        Column("high", pa.int32(), "highest estimate"),
        Column("low", pa.int32(), "lowest estimate"),
        Column("source_article", pa.string(), "the reports that the event rests on"),
    ),
    tidy=_event,
    key=("id",),
    layout=HeaderOptional(header=HEADER),
    named_edition=r"GEDEvent_[vV](\d+_\d+(?:_\d+)*)\.",
    note="Candidate files without a header line are read by the order of the columns. Event numbers recur across releases: "
    "install one of them.",
)
DATASETS: Final = (EVENTS,)
