"""What is told of a state and a year: capabilities, democracy, wealth and population, and the number in the other system."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from verbale.measures.panel.core import DYADIC, LEADER, NUMBERS, STATE, Addition, Panel, kept
from verbale.measures.panel.joining import join_states
from verbale.measures.panel.variables import PanelRecord, Source, Variable
from verbale.vocab.conversion_columns import conversion_lookup

_EVERY: Final = (*DYADIC, *STATE, *LEADER)
_KEEP: Final = {"keep": "the columns that are wanted, all if none are named"}
_NMC: Final = (
    Variable("milex", "military expenditure", "thousand pounds to 1913, US dollars after, current"),
    Variable("milper", "military personnel", "thousands"),
    Variable("irst", "iron and steel production", "thousand tons"),
    Variable("pec", "primary energy consumption", "thousand coal-ton equivalents"),
    Variable("tpop", "total population", "thousands"),
    Variable("upop", "urban population", "thousands"),
    Variable("cinc", "composite index of national capability", "share of all states, 0 to 1"),
)
_SCORES: Final = (
    Variable("euds", "extended Unified Democracy Score", "standard deviations"),
    Variable("aeuds", "extended Unified Democracy Score, 0 where democracy begins", "standard deviations"),
    Variable("polity2", "Polity score", "-10 to 10"),
    Variable("v2x_polyarchy", "V-Dem index of electoral democracy", "0 to 1"),
)
_WEALTH: Final = (
    Variable("mrgdppc", "GDP per head, simulated from Maddison Project estimates", "US dollars of 2011"),
    Variable("sd_mrgdppc", "standard deviation of mrgdppc", "US dollars of 2011"),
    Variable("pwtrgdp", "GDP, simulated from Penn World Table estimates", "million US dollars of 2017"),
    Variable("sd_pwtrgdp", "standard deviation of pwtrgdp", "million US dollars of 2017"),
    Variable("pwtpop", "population, simulated from Penn World Table estimates", "millions"),
    Variable("sd_pwtpop", "standard deviation of pwtpop", "millions"),
)
_VOCABULARY: Final = {"cow": "cown", "gw": "gwn"}
_CODES: Final = {
    "cow": (Variable("gwcode", "Gleditsch-Ward number of the state"),),
    "gw": (Variable("ccode", "Correlates of War number of the state"),),
}


def _nmc(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return join_states(panel, record, kept("nmc", _NMC, keep))


def _democracy(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return join_states(panel, record, kept("democracy", _SCORES, keep))


def _wealth(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return join_states(panel, record, kept("gdp-pop", _WEALTH, keep))


def _codes(panel: Panel) -> Panel:
    system, other = panel.system, "gw" if panel.system == "cow" else "cow"
    names = {name: NUMBERS[name] for name in (system, other)}
    held = _lookup(_VOCABULARY[system], _VOCABULARY[other], panel.years)
    table = ibis.memtable(held.rename_columns([names[system], "year", names[other]]))
    facts = Source(
        name="vocabulary",
        title="Verbale's table of country codes",
        edition="",
        first_year=panel.years[0],
        last_year=panel.years[1],
        citation="",
    )
    return join_states(panel, PanelRecord(facts, table), _CODES[system], system=system)


@functools.lru_cache(maxsize=8)  # two systems, and hardly ever more than a few spans of years
def _lookup(from_: str, to: str, years: tuple[int, int]) -> pa.Table:
    """Return the numbers of a system's members in each year with those of the other system."""
    found = conversion_lookup(from_=from_, to=to, years=years)
    return found.select([from_, "year", to]).filter(pc.is_valid(found[to]))


CAPABILITIES: Final = Addition(
    name="nmc",
    title="national material capabilities (COW)",
    units=_EVERY,
    needs={"cow": (("cow-capabilities", "ps-cow-capabilities"),)},
    variables=_NMC,
    join=_nmc,
    options=_KEEP,
)
DEMOCRACY: Final = Addition(
    name="democracy",
    title="democracy: extended Unified Democracy Scores, Polity, V-Dem",
    units=_EVERY,
    needs={"cow": (("isard-cow-democracy",),), "gw": (("isard-gw-democracy",),)},
    variables=_SCORES,
    join=_democracy,
    options=_KEEP,
)
WEALTH: Final = Addition(
    name="gdp-pop",
    title="GDP and population, simulated (Fariss and others)",
    units=_EVERY,
    needs={"cow": (("isard-cow-gdp-pop",),), "gw": (("isard-gw-gdp-pop",),)},
    variables=_WEALTH,
    join=_wealth,
    options=_KEEP,
)
CODES: Final = Addition(
    name="codes",
    title="the states' numbers in the other system (COW, Gleditsch-Ward)",
    units=_EVERY,
    needs={},
    variables=(*_CODES["cow"], *_CODES["gw"]),
    join=_codes,
    note="Needs no dataset. It gives gwcode in a COW panel and ccode in a Gleditsch-Ward panel, where records of the other "
    "system can then be added.",
)
ADDITIONS: Final = (CAPABILITIES, CODES, DEMOCRACY, WEALTH)
