"""Rivalries, arms races, territorial threat, powers, armed conflicts of the UCDP, and wars within states."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from verbale.records.catalogue import Column
from verbale.records.datasets.peacesciencer import (
    CCODE,
    GW_STATE,
    GWCODE,
    STATE,
    YEAR,
    copy,
    dates,
    flags,
    numbers,
    pair,
    pair_codes,
    wholes,
    words,
)
from verbale.records.plain import EMPTY, StateCode
from verbale.records.rows import Row
from verbale.vocab.cow import gw_numbers

RIVALRIES_2021: Final = """@book{thompson_etal_2021,
  author = {Thompson, William R. and Sakuwa, Kentaro and Suhas, Prashant Hosur},
  title = {Analyzing Strategic Rivalries in World Politics: Types of Rivalry, Regional Variation, and
           Escalation/De-escalation},
  publisher = {Springer},
  year = {2021}
}"""
RIVALRIES_2012: Final = """@book{thompson_dreyer_2012,
  author = {Thompson, William R. and Dreyer, David R.},
  title = {Handbook of International Rivalries, 1494--2010},
  publisher = {CQ Press},
  year = {2012}
}"""
RACES: Final = """@article{gibler_etal_2005,
  author = {Gibler, Douglas M. and Rider, Toby J. and Hutchison, Marc L.},
  title = {Taking Arms against a Sea of Troubles: Conventional Arms Races during Periods of Rivalry},
  journal = {Journal of Peace Research},
  year = {2005},
  volume = {42},
  number = {2},
  pages = {131--147}
}"""
THREAT_CITATION: Final = """@article{miller_2022_threat,
  author = {Miller, Steven V.},
  title = {A Random Item Response Model of External Territorial Threat, 1816--2010},
  journal = {Journal of Global Security Studies},
  year = {2022},
  volume = {7},
  number = {4},
  pages = {ogac012}
}"""
NETWORKS: Final = """@book{maoz_2010,
  author = {Maoz, Zeev},
  title = {Networks of Nations: The Evolution, Structure, and Impact of International Networks, 1816--2001},
  publisher = {Cambridge University Press},
  year = {2010}
}"""
ARMED_CONFLICT: Final = """@article{gleditsch_etal_2002,
  author = {Gleditsch, Nils Petter and Wallensteen, Peter and Eriksson, Mikael and Sollenberg, Margareta
            and Strand, H{\\aa}vard},
  title = {Armed Conflict 1946--2001: A New Dataset},
  journal = {Journal of Peace Research},
  year = {2002},
  volume = {39},
  number = {5},
  pages = {615--637}
}"""
ARMED_CONFLICT_2025: Final = """@article{davies_etal_2025,
  author = {Davies, Shawn and Pettersson, Therese and Sollenberg, Margareta and {\\"O}berg, Magnus},
  title = {Organized Violence 1989--2024, and the Challenges of Identifying Civilian Victims},
  journal = {Journal of Peace Research},
  year = {2025},
  volume = {62},
  number = {4},
  pages = {1223--1240}
}"""
ONSETS_2019: Final = """@article{pettersson_etal_2019,
  author = {Pettersson, Therese and H{\\"o}gbladh, Stina and {\\"O}berg, Magnus},
  title = {Organized Violence, 1989--2018 and Peace Agreements},
  journal = {Journal of Peace Research},
  year = {2019},
  volume = {56},
  number = {4},
  pages = {589--603}
}"""
CIVIL_WARS: Final = """@book{dixon_sarkees_2016,
  author = {Dixon, Jeffrey S. and Sarkees, Meredith Reid},
  title = {A Guide to Intra-state Wars: An Examination of Civil, Regional, and Intercommunal Wars, 1816--2014},
  publisher = {CQ Press},
  year = {2016}
}"""
# Venice, which no list of states since 1816 has.
VENICE: Final = frozenset({324})
# Hyderabad (1947-1948), which the list of Gleditsch and Ward does not have.
HYDERABAD: Final = frozenset({751})

THOMPSON: Final = copy(
    name="ps-rivalries-tss",
    title="Strategic rivalries 1494-2020 (Thompson, Sakuwa and Suhas)",
    frame="tss_rivalries",
    edition="2021",
    years=(1494, 2020),
    rows=264,
    citation=RIVALRIES_2021,
    columns=(
        *wholes(tssr_id="number of the rivalry"),
        *words(rivalry="name of the rivalry"),
        *pair("ccode"),
        *wholes(start="first year", end="last year; 2020 where it went on"),
        *flags(
            positional="about standing: 1, or missing",
            spatial="about territory: 1, or missing",
            ideological="about ideology: 1, or missing",
            interventionary="about interventions: 1, or missing",
            principal="the main rivalry of both: 1, or missing",
            aprin="the main rivalry of one of them: 1, or missing",
        ),
    ),
    states=pair_codes("ccode", unknown=VENICE),
    key=("tssr_id",),
    when="start",
)
DREYER: Final = copy(
    name="ps-rivalries-td",
    title="Strategic rivalries 1494-2010 (Thompson and Dreyer)",
    frame="td_rivalries",
    edition="2012",
    years=(1494, 2010),
    rows=197,
    citation=RIVALRIES_2012,
    columns=(
        *wholes(rivalryno="number of the rivalry"),
        *words(rivalryname="name of the rivalry"),
        *pair("ccode"),
        *wholes(styear="first year", endyear="last year; 2010 where it went on"),
        *words(
            region="region",
            type1="first kind: spatial, positional, ideological or interventionary",
            type2="second kind",
            type3="third kind",
        ),
    ),
    states=pair_codes("ccode", unknown=VENICE),
    key=("rivalryno",),
    when="styear",
)
ARMS_RACES: Final = copy(
    name="ps-arms-races",
    title="Conventional arms races during rivalries (Gibler, Rider and Hutchison)",
    frame="grh_arms_races",
    edition="2005",
    years=(1816, 1993),
    rows=71,
    citation=RACES,
    columns=(*wholes(race_id="number of the race"), *pair("ccode"), *wholes(styear="first year", endyear="last year")),
    states=pair_codes("ccode"),
    key=("race_id",),
    when="styear",
)


def _threat(prefix: str, weight: str) -> tuple[Column, ...]:
    what = f"latent external territorial threat, weighted by {weight}"
    return numbers(
        **{
            f"{prefix}lterrthreat": what,
            f"{prefix}sd": f"{what}: standard deviation of the simulations",
            f"{prefix}lwr": f"{what}: lower bound of the 90 % interval",
            f"{prefix}upr": f"{what}: upper bound of the 90 % interval",
        }
    )


THREAT: Final = copy(
    name="ps-territorial-threat",
    title="Latent external territorial threat",
    frame="terrthreat",
    edition="2022",
    years=(1816, 2010),
    rows=14_781,
    citation=THREAT_CITATION,
    columns=(CCODE, YEAR, *_threat("", "the distance of capitals"), *_threat("m_", "the minimum distance")),
    states=(STATE,),
    key=("ccode", "year"),
)
POWERS: Final = copy(
    name="ps-maoz-powers",
    title="Regional and global powers (Maoz)",
    frame="maoz_powers",
    edition="2019",
    years=(1816, 2019),
    rows=20,
    citation=NETWORKS,
    columns=(
        CCODE,
        *dates(
            regstdate="first day as a regional power",
            regenddate="last day as a regional power; 2019-12-31 where it went on",
            globstdate="first day as a global power",
            globenddate="last day as a global power; 2019-12-31 where it went on",
        ),
    ),
    states=(STATE,),
    key=("ccode", "regstdate", "globstdate"),
    optional_keys=frozenset({"regstdate", "globstdate"}),
    when=2019,
)
CONFLICTS: Final = copy(
    name="ps-ucdp-conflicts",
    title="UCDP/PRIO Armed Conflict Dataset 25.1",
    frame="ucdp_acd",
    edition="25.1",
    years=(1946, 2024),
    rows=5_652,
    citation=f"{ARMED_CONFLICT}\n\n{ARMED_CONFLICT_2025}",
    columns=(
        *wholes(conflict_id="number of the conflict"),
        YEAR,
        Column("gwno_a", pa.int16(), "Gleditsch-Ward number of a state on side A"),
        Column("gwno_a_2nd", pa.int16(), "Gleditsch-Ward number of a state whose troops helped side A"),
        Column("gwno_b", pa.int16(), "Gleditsch-Ward number of a state on side B, in interstate conflicts"),
        Column("gwno_b_2nd", pa.int16(), "Gleditsch-Ward number of a state whose troops helped side B"),
        *words(incompatibility="what it was about: territory, government or both"),
        *wholes(intensity_level="1 minor (25 to 999 battle-related deaths in the year), 2 war (1,000 or more)"),
        *words(type_of_conflict="extrasystemic, interstate, intrastate, or II: internationalised intrastate"),
        *dates(start_date="first death in the conflict"),
        *wholes(start_prec="how precisely start_date is known, from 1, the day"),
        *dates(start_date2="first day of the episode"),
        *wholes(start_prec2="how precisely start_date2 is known, from 1, the day"),
        *flags(ep_end="the episode ended in the year"),
        *dates(ep_end_date="last day of the episode, where it ended"),
    ),
    states=(
        StateCode("code_a", "gwno_a", "our code of the state on side A", gw_numbers, HYDERABAD),
        StateCode("code_a_2nd", "gwno_a_2nd", "our code of the state that helped side A", gw_numbers, HYDERABAD),
        StateCode("code_b", "gwno_b", "our code of the state on side B", gw_numbers, HYDERABAD),
        StateCode("code_b_2nd", "gwno_b_2nd", "our code of the state that helped side B", gw_numbers, HYDERABAD),
    ),
    key=("conflict_id", "year", "gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd"),
    optional_keys=frozenset({"gwno_a_2nd", "gwno_b", "gwno_b_2nd"}),
    note="A conflict-year has one row for every combination of the states on its sides.",
)


def _onset(years: int) -> str:
    return f"new conflicts, and episodes after more than {years} {'year' if years == 1 else 'years'} without"


ONSETS: Final = copy(
    name="ps-ucdp-onsets",
    title="UCDP conflict onsets 19.1",
    frame="ucdp_onsets",
    edition="19.1",
    years=(1946, 2017),
    rows=10_142,
    citation=f"{ARMED_CONFLICT}\n\n{ONSETS_2019}",
    columns=(
        GWCODE,
        YEAR,
        *wholes(sumnewconf="new conflicts", **{f"sumonset{years}": _onset(years) for years in (1, 2, 3, 5, 10)}),
    ),
    states=(GW_STATE,),
    key=("gwcode", "year"),
)
# The edition covers the years to 2007; one of its wars is followed one year further.
LAST_YEAR_OF_WARS: Final = 2007


def _later(row: Row) -> str | None:
    return "a year beyond 2007, the last that the edition covers" if row.needed("year") > LAST_YEAR_OF_WARS else None


WARS_WITHIN: Final = copy(
    name="ps-cow-wars-intra",
    title="COW Intra-State Wars 4.1: war-years",
    frame="cow_war_intra",
    edition="4.1",
    years=(1816, LAST_YEAR_OF_WARS),
    rows=1_361,
    citation=CIVIL_WARS,
    columns=(
        *wholes(warnum="war number"),
        *words(warname="name of the war", wartype="for central control, or over local issues"),
        YEAR,
        *flags(
            cowintraonset="the war began, or began again, in the year",
            cowintraongoing="the war was fought in the year: always 1",
            resume_combat="fighting had begun again",
            primary_state="the state of side A is the one whose war it was",
        ),
        Column("ccodea", pa.int16(), "Correlates of War number of the participant on side A, if it is a state"),
        *words(sidea="name of the participant on side A"),
        Column("ccodeb", pa.int16(), "Correlates of War number of the participant on side B, if it is a state"),
        *words(sideb="name of the participant on side B"),
        *flags(intnl="another state took part"),
        *wholes(
            outcome="1 side A won, 2 side B won, 3 compromise, 4 became another war, 5 goes on, 6 stalemate, 7 below war",
            sideadeaths="deaths of the participant on side A",
            sidebdeaths="deaths of the participant on side B",
        ),
        *flags(ongo2007="the war went on at the end of 2007"),
    ),
    states=(
        StateCode("code_a", "ccodea", "our code of the state on side A"),
        StateCode("code_b", "ccodeb", "our code of the state on side B"),
    ),
    key=(),
    missing=EMPTY | {"-8", "-9"},
    leave_out=_later,
    note="A war-year has one row for every pair of participants.",
)
DATASETS: Final = (THOMPSON, DREYER, ARMS_RACES, THREAT, POWERS, CONFLICTS, ONSETS, WARS_WITHIN)
