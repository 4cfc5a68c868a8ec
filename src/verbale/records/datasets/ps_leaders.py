"""Leaders of states: Archigos 4.1 with its summary by state-year, and two datasets about the same leaders, LEAD and LWUF."""

from __future__ import annotations

from typing import Final

from verbale.records.catalogue import Column
from verbale.records.datasets.peacesciencer import GW_STATE, GWCODE, YEAR, copy, dates, flags, numbers, wholes, words

ARCHIGOS: Final = """@article{goemans_etal_2009,
  author = {Goemans, Henk E. and Gleditsch, Kristian Skrede and Chiozza, Giacomo},
  title = {Introducing {Archigos}: A Dataset of Political Leaders},
  journal = {Journal of Peace Research},
  year = {2009},
  volume = {46},
  number = {2},
  pages = {269--283}
}"""
LEAD_CITATION: Final = """@article{ellis_etal_2015,
  author = {Ellis, Cali Mortenson and Horowitz, Michael C. and Stam, Allan C.},
  title = {Introducing the {LEAD} Data Set},
  journal = {International Interactions},
  year = {2015},
  volume = {41},
  number = {4},
  pages = {718--741}
}"""
LWUF_CITATION: Final = """@article{carter_smith_2020,
  author = {Carter, Jeff and Smith, Charles E.},
  title = {A Framework for Measuring Leaders' Willingness to Use Force},
  journal = {American Political Science Review},
  year = {2020},
  volume = {114},
  number = {4},
  pages = {1352--1358}
}"""
# Archigos lists the leaders in office on or after 1 January 1870, until the end of 2015.
YEARS: Final = (1870, 2015)
# The copies list all leaders of Archigos; what is told of a leader holds for all years in office.
_COVERED: Final = "Leaders in office from 1875 to 2004 were described; the others of Archigos have no values."
OBSID: Final = words(obsid="a leader's spell in office in Archigos, such as USA-1869")
_MODELS: Final = {
    1: "risk-related traits",
    2: "and orientation and psychology",
    3: "1 with all of LEAD",
    4: "2 with all of LEAD",
}

LEADERS: Final = copy(
    name="ps-archigos",
    title="Archigos 4.1: leaders",
    frame="archigos",
    edition="4.1",
    years=YEARS,
    rows=3_409,
    citation=ARCHIGOS,
    columns=(
        *OBSID,
        GWCODE,
        *words(leadid="the leader, the same in every spell", leader="name of the leader"),
        *wholes(yrborn="year of birth"),
        *words(gender="M or F"),
        *dates(startdate="first day in office", enddate="last day in office; 2015-12-31 for who was in office then"),
        *words(
            entry="how the leader came into office: Regular, Irregular, Foreign Imposition, Unknown",
            exit="how the leader left office: Regular, Irregular, Foreign, Natural Death and others, Still in Office",
            exitcode="how the leader left office, in detail",
        ),
    ),
    states=(GW_STATE,),
    key=("obsid",),
    when="startdate",
    note="A leader with several spells in office has one row for each.",
)
LEADER_YEARS: Final = copy(
    name="ps-archigos-years",
    title="Archigos 4.1: leaders of states by year",
    frame="archigossums",
    edition="4.1",
    years=YEARS,
    rows=14_407,
    citation=ARCHIGOS,
    columns=(
        GWCODE,
        YEAR,
        *flags(
            leadertransition="the leader of 31 December is not that of 1 January",
            irregular="there was a transition, and a leader of the year left office irregularly, in it or in a later year",
        ),
        *wholes(n_leaders="number of leaders in the year"),
        *words(jan1obsid="leader on the first day with a leader", dec31obsid="leader on the last day with a leader"),
    ),
    states=(GW_STATE,),
    key=("gwcode", "year"),
)
CODES: Final = copy(
    name="ps-leader-codes",
    title="Codes of leaders in Archigos 4.1, Archigos 2.9 and LEAD",
    frame="leader_codes",
    edition="4.1",
    years=YEARS,
    rows=3_409,
    citation=ARCHIGOS,
    columns=(
        *OBSID,
        *words(leadid="the leader in Archigos 4.1", leadid29="the leader in Archigos 2.9", leaderid="the leader in LEAD"),
    ),
    states=(),
    key=("obsid",),
    when=YEARS[1],
)
LEAD: Final = copy(
    name="ps-lead",
    title="LEAD: lives of leaders before they came into office",
    frame="LEAD",
    edition="2015",
    years=YEARS,
    rows=3_409,
    citation=LEAD_CITATION,
    columns=(
        *OBSID,
        *wholes(leveledu="education: 0 primary, 1 secondary, 2 university, 3 graduate"),
        *flags(
            milservice="served in the armed forces",
            combat="fought in combat as a soldier",
            rebel="belonged to a rebel group",
            warwin="fought on the winning side of a war as a soldier",
            warloss="fought on the losing side of a war as a soldier",
            rebelwin="belonged to rebels who won",
            rebelloss="belonged to rebels who lost",
        ),
        *wholes(yrsexper="years in politics before the first office as leader"),
        *flags(physhealth="had problems of physical health", mentalhealth="had problems of mental health"),
    ),
    states=(),
    key=("obsid",),
    when=YEARS[1],
    note=_COVERED,
)


def _theta(model: int) -> tuple[Column, ...]:
    name, what = f"theta{model}", f"willingness to use force, model {model} ({_MODELS[model]})"
    return numbers(**{f"{name}_mean": f"{what}: mean of the simulations", f"{name}_sd": f"{what}: standard deviation"})


WILLINGNESS: Final = copy(
    name="ps-lwuf",
    title="Leaders' Willingness to Use Force",
    frame="lwuf",
    edition="2020",
    years=YEARS,
    rows=3_409,
    citation=LWUF_CITATION,
    columns=(*OBSID, *(column for model in _MODELS for column in _theta(model))),
    states=(),
    key=("obsid",),
    when=YEARS[1],
    note=f"{_COVERED} The authors find that the second model does best.",
)
DATASETS: Final = (LEADERS, LEADER_YEARS, CODES, LEAD, WILLINGNESS)
