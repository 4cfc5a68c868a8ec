"""Where states are: capitals, minimum distances of territories, and how rugged the land is."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset
from verbale.records.datasets.peacesciencer import (
    CCODE,
    GW_STATE,
    GWCODE,
    PACKAGE,
    STATE,
    YEAR,
    copy,
    dates,
    numbers,
    pair,
    pair_codes,
    words,
)

SHAPES: Final = """@article{schvitz_etal_2022,
  author = {Schvitz, Guy and Girardin, Luc and R{\\"u}egger, Seraina and Weidmann, Nils B. and Cederman, Lars-Erik
            and Gleditsch, Kristian Skrede},
  title = {Mapping the International System, 1886--2019: The {CShapes} 2.0 Dataset},
  journal = {Journal of Conflict Resolution},
  year = {2022},
  volume = {66},
  number = {1},
  pages = {144--161}
}"""
TERRAIN_CITATION: Final = """@article{nunn_puga_2012,
  author = {Nunn, Nathan and Puga, Diego},
  title = {Ruggedness: The Blessing of Bad Geography in {Africa}},
  journal = {Review of Economics and Statistics},
  year = {2012},
  volume = {94},
  number = {1},
  pages = {20--36}
}

@article{gibler_miller_2014,
  author = {Gibler, Douglas M. and Miller, Steven V.},
  title = {External Territorial Threat, State Capacity, and Civil War},
  journal = {Journal of Peace Research},
  year = {2014},
  volume = {51},
  number = {5},
  pages = {634--646}
}"""
# The terrain data were measured about the year 2000. Land does not change, so they hold for all years of the lists of states.
MEASURED: Final = 2000
ALL_YEARS: Final = (1816, 2024)
# The number of Correlates of War for Yemen since 1990, which stands among those of Gleditsch and Ward; theirs is 678.
YEMEN: Final = frozenset({679})


def _capitals(system: str, rows: int) -> Dataset:
    return copy(
        name=f"ps-{system}-capitals",
        title=f"Capitals of the states in the system of {'Correlates of War' if system == 'cow' else 'Gleditsch and Ward'}",
        frame=f"{system}_capitals",
        edition="2024",
        years=ALL_YEARS,
        rows=rows,
        citation=PACKAGE,
        columns=(
            CCODE if system == "cow" else GWCODE,
            *words(statenme="name of the state", capital="name of the capital"),
            *dates(stdate="first day as the capital", enddate="last day as the capital; 2024-12-31 where it goes on"),
            *numbers(lat="latitude in degrees, north positive", lng="longitude in degrees, east positive"),
        ),
        states=(STATE if system == "cow" else replace(GW_STATE, unknown=YEMEN),),
        key=("ccode" if system == "cow" else "gwcode", "stdate"),
        when="stdate",
        note="A state whose capital never moved has one row; it may begin before the state did.",
    )


def _distances(system: str, rows: int) -> Dataset:
    number = "ccode" if system == "cow" else "gwcode"
    return copy(
        name=f"ps-{system}-distances",
        title=f"Minimum distance of states ({'COW' if system == 'cow' else 'Gleditsch-Ward'} numbers), CShapes 2.0",
        frame=f"{system}_mindist",
        edition="2",
        years=(1886, 2019),
        rows=rows,
        citation=SHAPES,
        columns=(*pair(number), YEAR, *numbers(mindist="minimum distance of the territories on 1 January, kilometres")),
        states=pair_codes(number),
        key=(f"{number}1", f"{number}2", "year"),
        note="Each pair stands once in a year, the lower number first; pairs that did not exist on 1 January have no row.",
    )


TERRAIN: Final = copy(
    name="ps-terrain",
    title="Ruggedness and mountains",
    frame="rugged",
    edition="2014",
    years=ALL_YEARS,
    rows=192,
    citation=TERRAIN_CITATION,
    columns=(
        CCODE,
        Column("gwcode", pa.int16(), "Gleditsch-Ward number of the state, missing for microstates"),
        *numbers(rugged="terrain ruggedness index", newlmtnest="natural logarithm of the percentage of mountainous terrain"),
    ),
    states=(STATE,),
    key=("ccode",),
    when=MEASURED,
    note="One value for all years, of the borders about 2000: the Soviet Union has Russia's, Yugoslavia Serbia's.",
)
DATASETS: Final = (
    _capitals("cow", 242),
    _capitals("gw", 264),
    _distances("cow", 952_244),
    _distances("gw", 871_034),
    TERRAIN,
)
