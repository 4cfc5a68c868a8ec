"""UCDP Dyadic Dataset: years of armed conflict between a state and another state or an armed group, since 1946."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import ucdp
from verbale.records.layouts import Separated
from verbale.records.rows import Row

CITATION: Final = """@article{harbom_melander_wallensteen_2008,
  author = {Harbom, Lotta and Melander, Erik and Wallensteen, Peter},
  title = {Dyadic Dimensions of Armed Conflict, 1946--2007},
  journal = {Journal of Peace Research},
  year = {2008},
  volume = {45},
  number = {5},
  pages = {697--710}
}

@article{davies_etal_2024,
  author = {Davies, Shawn and Engstr{\\"o}m, Garoun and Pettersson, Therese and {\\"O}berg, Magnus},
  title = {Organized Violence 1989--2023, and the Prevalence of Organized Crime Groups},
  journal = {Journal of Peace Research},
  year = {2024},
  volume = {61},
  number = {4},
  pages = {673--693}
}"""
_WHOLE: Final = (
    *("dyad_id", "conflict_id", "year", "incompatibility", "intensity_level", "type_of_conflict"),
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
    }


DYADIC: Final = Dataset(
    name="ucdp-dyadic",
    title="UCDP Dyadic Dataset",
    editions={"24.1": Edition(1946, 2023, 3_357), "25.1": Edition(1946, 2024), "26.1": Edition(1946, 2025)},
    home=ucdp.HOME,
    files=("Dyadic_v24_1.csv", "Dyadic_v25_1.csv", "ucdp-dyadic-251-csv.zip"),
    terms=ucdp.TERMS,
    addresses=(ucdp.at("25.1", "dyadic/ucdp-dyadic-251-csv.zip"),),
    citation=CITATION,
    header=(
        *("dyad_id", "conflict_id", "location", "side_a", "side_a_id", "side_a_2nd", "side_b", "side_b_id", "side_b_2nd"),
        *("incompatibility", "territory_name", "year", "intensity_level", "type_of_conflict", "start_date", "start_prec"),
        *("start_date2", "start_prec2", "gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd", "gwno_loc", "region", "version"),
    ),
    columns=(
        Column("dyad_id", pa.int32(), "dyad number"),
        Column("conflict_id", pa.int32(), "conflict number"),
        Column("year", pa.int16(), "calendar year with at least 25 battle deaths"),
        *ucdp.SIDE_COLUMNS,
        Column("location", pa.string(), "whose territory or government is disputed"),
        Column("location_codes", pa.list_(pa.string()), "our codes of these states"),
        Column("incompatibility", pa.int8(), "about: 1 territory, 2 government, 3 both"),
        Column("territory_name", pa.string(), "the disputed territory"),
        Column("intensity_level", pa.int8(), "1 minor (25 to 999 battle deaths), 2 war (1,000 or more)"),
        Column("type_of_conflict", pa.int8(), "1 extrasystemic, 2 interstate, 3 intrastate, 4 internationalised intrastate"),
        Column("start_date", pa.date32(), "first battle death"),
        Column("start_prec", pa.int8(), "precision of start_date, 1 day to 7"),
        Column("start_date2", pa.date32(), "when 25 battle deaths in a year were reached"),
        Column("start_prec2", pa.int8(), "precision of start_date2"),
        Column(
            "region", pa.string(), "1 Europe, 2 Middle East, 3 Asia, 4 Africa, 5 Americas; several in one cell are possible"
        ),
    ),
    tidy=_year,
    key=("dyad_id", "year"),
    layout=Separated(),
    version_column="version",
    note="A cell can list several states; the columns that end in _codes are lists.",
)
DATASETS: Final = (DYADIC,)
