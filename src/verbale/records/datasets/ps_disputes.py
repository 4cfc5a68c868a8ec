"""Disputes, wars, alliances, borders and capabilities in dyad-years, as the R package peacesciencer carries them."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from verbale.records.catalogue import Column
from verbale.records.datasets import cow_capabilities, cow_contiguity, cow_wars
from verbale.records.datasets.peacesciencer import (
    CCODE,
    STATE,
    YEAR,
    copy,
    dates,
    numbers,
    pair,
    pair_codes,
    wholes,
    words,
)
from verbale.records.plain import EMPTY

GML: Final = """@article{gibler_miller_little_2016,
  author = {Gibler, Douglas M. and Miller, Steven V. and Little, Erin K.},
  title = {An Analysis of the Militarized Interstate Dispute ({MID}) Dataset, 1816--2001},
  journal = {International Studies Quarterly},
  year = {2016},
  volume = {60},
  number = {4},
  pages = {719--730}
}"""
ATOP: Final = """@article{leeds_etal_2002,
  author = {Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and Long, Andrew G.},
  title = {Alliance Treaty Obligations and Provisions, 1815--1944},
  journal = {International Interactions},
  year = {2002},
  volume = {28},
  number = {3},
  pages = {237--260}
}"""
# Unknown stands as -9 in disputes, not applicable as -8.
UNKNOWN: Final = EMPTY | {"-9", "-8"}
_DEATHS: Final = "deaths in classes: 0 none, 1 up to 25, 2 to 100, 3 to 250, 4 to 500, 5 to 999, 6 more"
_HOSTILITY: Final = "hostility: 1 none, 2 threat, 3 display, 4 use of force, 5 war"
_AIM: Final = "0 none, 1 territory, 2 policy, 3 regime, 4 other"


def _sides(**meanings: str) -> tuple[Column, ...]:
    """Return two columns of whole numbers for each meaning, one for each state."""
    both = {f"{name}{side}": f"{text}, state {side}" for name, text in meanings.items() for side in (1, 2)}
    return wholes(**both)


DISPUTES: Final = copy(
    name="ps-gml-disputes",
    title="Gibler-Miller-Little militarised interstate disputes 2.2.1: directed dispute-dyad-years",
    frame="gml_dirdisp",
    edition="2.2.1",
    years=(1816, 2010),
    rows=10_276,
    citation=GML,
    columns=(
        *wholes(dispnum="dispute number"),
        *pair("ccode"),
        YEAR,
        *wholes(
            midongoing="the dispute is fought in the year: always 1", midonset="1 if it begins between the two in the year"
        ),
        *_sides(sidea="1 on side A, which acted first", revstate="1 if it wants to revise the status quo"),
        *wholes(
            revtype11=f"first aim of state 1: {_AIM}",
            revtype12=f"first aim of state 2: {_AIM}",
            revtype21=f"second aim of state 1: {_AIM}",
            revtype22=f"second aim of state 2: {_AIM}",
        ),
        *_sides(fatality=_DEATHS, fatalpre="deaths where the number is known", hiact="highest action, 0 to 21"),
        *_sides(hostlev=_HOSTILITY, orig="1 if it took part from the first day"),
        *wholes(
            hiact="highest action of all participants, 0 to 21",
            hostlev=f"highest of all participants; {_HOSTILITY}",
            mindur="shortest possible duration in days",
            maxdur="longest possible duration in days",
            outcome="1, 2 victory of A, B; 3, 4 A, B yields; 5 stalemate, 6 compromise, 7 release, 8 unclear, 9 joined a war",
            settle="settlement: 1 negotiated, 2 imposed, 3 none, 4 unclear",
            fatality=f"of all participants; {_DEATHS}",
            fatalpre="deaths of all participants where the number is known",
            stmon="first month, 1 to 12 (13 in ten rows)",
            endmon="last month, 1 to 12 (19 in twelve rows)",
            recip="1 if side B answered with a militarised act",
            numa="states on side A",
            numb="states on side B",
            ongo2010="1 if the dispute goes on after 2010",
        ),
        *words(version="version of the data"),
    ),
    states=pair_codes("ccode"),
    key=("dispnum", "ccode1", "ccode2", "year"),
    missing=UNKNOWN,
    note="Two states can have several disputes in a year; each pair stands twice, once from each side.",
)
WARS: Final = copy(
    name="ps-cow-wars",
    title="COW Inter-State Wars 4.0: directed war-dyad-years",
    frame="cow_war_inter",
    edition="4",
    years=(1816, 2007),
    rows=1_932,
    citation=cow_wars.CITATION,
    columns=(
        *wholes(warnum="war number"),
        *pair("ccode"),
        YEAR,
        *wholes(
            cowinterongoing="1: the two are at war in the year", cowinteronset="1 if the war between them begins in the year"
        ),
        *_sides(sidea="side, 1 or 2", initiator="1 if it began the war"),
        *_sides(
            outcome="1 won, 2 lost, 3 compromise, 4 became another war, 5 goes on, 6 stalemate, 7 below war, 8 changed sides",
            batdeath="battle deaths of its forces",
        ),
        *wholes(resume="1 if fighting had begun again"),
    ),
    states=pair_codes("ccode"),
    key=("warnum", "ccode1", "ccode2", "year", "resume"),
    missing=UNKNOWN,
    note="Each pair stands twice, once from each side.",
)
ALLIANCES: Final = copy(
    name="ps-atop",
    title="Alliance Treaty Obligations and Provisions 5.1: directed dyad-years",
    frame="atop_alliance",
    edition="5.1",
    years=(1815, 2018),
    rows=273_296,
    citation=ATOP,
    columns=(
        *pair("ccode"),
        YEAR,
        *wholes(
            atop_defense="1 if state 1 is bound to defend state 2",
            atop_offense="1 if state 1 is bound to join an attack by state 2",
            atop_neutral="1 if state 1 is bound to stay neutral",
            atop_nonagg="1 if state 1 is bound not to attack state 2",
            atop_consul="1 if state 1 is bound to consult state 2",
        ),
    ),
    states=pair_codes("ccode"),
    key=("ccode1", "ccode2", "year"),
    note="A pair without a row in a year has no alliance in it.",
)
CONTIGUITY: Final = copy(
    name="ps-cow-contiguity",
    title="COW Direct Contiguity 3.2: spells, in both directions",
    frame="cow_contdir",
    edition="3.2",
    years=(1816, 2016),
    rows=1_874,
    citation=cow_contiguity.CITATION,
    columns=(
        *pair("ccode"),
        Column("conttype", pa.int8(), "1 land or river border; by water up to 2: 12, 3: 24, 4: 150, 5: 400 miles"),
        *dates(stdate="first day of the first month", enddate="FIRST day of the last month"),
    ),
    states=pair_codes("ccode"),
    key=("ccode1", "ccode2", "stdate", "conttype"),
    when="stdate",
    note="Each pair stands twice, once from each side; one that has no row in a year is not contiguous.",
)
CAPABILITIES: Final = copy(
    name="ps-cow-capabilities",
    title="COW National Material Capabilities 7.0",
    frame="cow_nmc",
    edition="7.0",
    years=(1816, 2022),
    rows=17_121,
    citation=cow_capabilities.CITATION,
    columns=(CCODE, YEAR, *numbers(**cow_capabilities.VALUES)),
    states=(STATE,),
    key=("ccode", "year"),
)
DATASETS: Final = (DISPUTES, WARS, ALLIANCES, CONTIGUITY, CAPABILITIES)
