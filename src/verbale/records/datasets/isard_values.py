"""Democracy, wealth and population in state-years, as the R package isard carries them."""

from __future__ import annotations

from typing import Final

from verbale.records.catalogue import Column, Dataset
from verbale.records.datasets import isard
from verbale.records.datasets.peacesciencer import CCODE, GW_STATE, GWCODE, STATE, YEAR, numbers

DEMOCRACY: Final = """@article{coppedge_etal_vdem,
  author = {Coppedge, Michael and Gerring, John and Knutsen, Carl Henrik and Lindberg, Staffan I. and Teorell, Jan and others},
  title = {{V-Dem} Country-Year Dataset v16},
  journal = {Varieties of Democracy (V-Dem) Project},
  year = {2026}
}

@misc{marshall_gurr_jaggers_2017,
  author = {Marshall, Monty G. and Gurr, Ted Robert and Jaggers, Keith},
  title = {{Polity IV} Project: Political Regime Characteristics and Transitions, 1800--2016},
  year = {2017}
}

@misc{marquez_2016,
  author = {M{\\'a}rquez, Xavier},
  title = {A Quick Method for Extending the {Unified Democracy Scores}},
  year = {2016},
  doi = {10.2139/ssrn.2753830}
}"""
WEALTH: Final = """@article{fariss_etal_2022,
  author = {Fariss, Christopher J. and Anders, Therese and Markowitz, Jonathan N. and Barnum, Miriam},
  title = {New Estimates of Over 500 Years of Historic {GDP} and Population Data},
  journal = {Journal of Conflict Resolution},
  year = {2022},
  volume = {66},
  number = {3},
  pages = {553--591}
}"""
_SCORES: Final = numbers(
    euds="extended Unified Democracy Score, mean",
    aeuds="extended Unified Democracy Score, adjusted so that 0 divides democracies from the others",
    polity2="Polity score, -10 to 10",
    v2x_polyarchy="V-Dem index of electoral democracy, 0 to 1",
)
_WEALTH: Final = numbers(
    mrgdppc="GDP per head, simulated from Maddison Project estimates, real US dollars of 2011",
    sd_mrgdppc="standard deviation of mrgdppc",
    pwtrgdp="GDP, simulated from Penn World Table estimates, real, million US dollars of 2017",
    sd_pwtrgdp="standard deviation of pwtrgdp",
    pwtpop="population, simulated from Penn World Table estimates, millions",
    sd_pwtpop="standard deviation of pwtpop",
)


def _copy(name: str, title: str, frame: str, *, years: tuple[int, int], rows: int, values: tuple[Column, ...]) -> Dataset:
    own, number, state = ("gwcode", GWCODE, GW_STATE) if frame.startswith("gw") else ("ccode", CCODE, STATE)
    democracy = frame.endswith("democracy")
    return isard.copy(
        name=name,
        title=title,
        frame=frame,
        owner="V-Dem, the Polity Project and Xavier Márquez" if democracy else "Christopher J. Fariss and others",
        years=years,
        rows=rows,
        citation=DEMOCRACY if democracy else WEALTH,
        columns=(number, YEAR, *values),
        states=(state,),
        key=(own, "year"),
    )


DATASETS: Final = (
    _copy(
        "isard-cow-democracy", "Democracy scores, COW states", "cw_democracy", years=(1816, 2025), rows=17_706, values=_SCORES
    ),
    _copy(
        "isard-gw-democracy",
        "Democracy scores, Gleditsch-Ward states",
        "gw_democracy",
        years=(1816, 2025),
        rows=20_849,
        values=_SCORES,
    ),
    _copy("isard-cow-gdp-pop", "GDP and population, COW states", "cw_gdppop", years=(1816, 2019), rows=16_536, values=_WEALTH),
    _copy(
        "isard-gw-gdp-pop",
        "GDP and population, Gleditsch-Ward states",
        "gw_gdppop",
        years=(1816, 2019),
        rows=19_667,
        values=_WEALTH,
    ),
)
