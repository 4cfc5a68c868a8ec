"""UCDP/PRIO Armed Conflict Dataset: years of armed conflict in which a state takes part, since 1946."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import ucdp
from verbale.records.layouts import Separated
from verbale.records.rows import Row

CITATION: Final = """@article{gleditsch_etal_2002,
  author = {Gleditsch, Nils Petter and Wallensteen, Peter and Eriksson, Mikael and Sollenberg, Margareta
            and Strand, H{\\aa}vard},
  title = {Armed Conflict 1946--2001: A New Dataset},
  journal = {Journal of Peace Research},
  year = {2002},
  volume = {39},
  number = {5},
  pages = {615--637}
}"""
_WHOLE: Final = (
    *("conflict_id", "year", "incompatibility", "intensity_level", "cumulative_intensity", "type_of_conflict"),
    *("start_prec", "start_prec2"),
)


def _year(row: Row) -> Iterator[dict[str, Any]]:
    year = row.needed("year")
    yield {
        **{name: row.needed(name) for name in _WHOLE},
        **{name: row.words(name) for name in (*ucdp.SIDES, "territory_name", "location", "region")},
        **{f"{side}_codes": ucdp.codes(row, f"gwno_{side[5:]}", year) for side in ucdp.SIDES},
        "location_codes": ucdp.codes(row, "gwno_loc", year),
        "start_date": row.day("start_date"),
        "start_date2": row.day("start_date2"),
        "ep_end": row.flag("ep_end"),
        "ep_end_date": row.day("ep_end_date") if row.text("ep_end_date") else None,
        "ep_end_prec": row.whole("ep_end_prec"),
    }


CONFLICTS: Final = Dataset(
    name="ucdp-conflicts",
    title="UCDP/PRIO Armed Conflict Dataset",
    editions={"24.1": Edition(1946, 2023), "25.1": Edition(1946, 2024), "26.1": Edition(1946, 2025)},
    home=ucdp.HOME,
    files=(
        "UcdpPrioConflict_v25_1.csv",
        "ucdp-prio-acd-251-csv.zip",
        "UcdpPrioConflict_v26_1.csv",
        "ucdp-prio-acd-261-csv.zip",
    ),
    terms=ucdp.TERMS,
    addresses=(ucdp.at("26.1", "ucdpprio/ucdp-prio-acd-261-csv.zip"),),
    citation=CITATION,
    header=(
        *("conflict_id", "location", "side_a", "side_a_id", "side_a_2nd", "side_b", "side_b_id", "side_b_2nd"),
        *("incompatibility", "territory_name", "year", "intensity_level", "cumulative_intensity", "type_of_conflict"),
        *("start_date", "start_prec", "start_date2", "start_prec2", "ep_end", "ep_end_date", "ep_end_prec"),
        *("gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd", "gwno_loc", "region", "version"),
    ),
    columns=(
        Column("conflict_id", pa.int32(), "conflict number"),
        Column("year", pa.int16(), "calendar year with at least 25 battle deaths"),
        *ucdp.SIDE_COLUMNS,
        Column("location", pa.string(), "whose territory or government is disputed"),
        Column("location_codes", pa.list_(pa.string()), "our codes of these states"),
        Column("incompatibility", pa.int8(), "about: 1 territory, 2 government, 3 both"),
        Column("territory_name", pa.string(), "the disputed territory"),
        Column("intensity_level", pa.int8(), "1 minor (25 to 999 battle deaths), 2 war (1,000 or more)"),
        Column("cumulative_intensity", pa.int8(), "1 once the conflict has reached 1,000 battle deaths over time"),
        Column("type_of_conflict", pa.int8(), "1 extrasystemic, 2 interstate, 3 intrastate, 4 internationalised intrastate"),
        Column("start_date", pa.date32(), "first battle death"),
        Column("start_prec", pa.int8(), "precision of start_date, 1 day to 7"),
        Column("start_date2", pa.date32(), "when 25 battle deaths in a year were reached"),
        Column("start_prec2", pa.int8(), "precision of start_date2"),
        Column("ep_end", pa.bool_(), "the episode ends: the year after is below 25 battle deaths"),
        Column("ep_end_date", pa.date32(), "last day of the episode"),
        Column("ep_end_prec", pa.int8(), "precision of ep_end_date"),
        Column("region", pa.string(), "1 Europe, 2 Middle East, 3 Asia, 4 Africa, 5 Americas; several are possible"),
    ),
    tidy=_year,
    key=("conflict_id", "year"),
    layout=Separated(),
    version_column="version",
    note="A cell can list several states; the columns that end in _codes are lists.",
)
DATASETS: Final = (CONFLICTS,)
