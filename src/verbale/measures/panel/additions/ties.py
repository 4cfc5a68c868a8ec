"""Ties of states: trade, memberships in international organisations, and diplomatic missions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verbale.measures.panel.additions.values import as_numbers
from verbale.measures.panel.core import DYADIC, LEADER, STATE, Addition, Panel, kept
from verbale.measures.panel.joining import join_dyads, join_states, mirrored
from verbale.measures.panel.variables import PanelRecord, Variable

MILLIONS: Final = "million US dollars, current"
MEMBERSHIPS: Final = "organisations"
KEEP: Final = {"keep": "the columns that are wanted, all if none are named"}
_TRADE: Final = (
    Variable("flow1", "imports of state 1 from state 2", MILLIONS),
    Variable("flow2", "imports of state 2 from state 1", MILLIONS),
    Variable("smoothflow1", "imports of state 1 from state 2, smoothed", MILLIONS),
    Variable("smoothflow2", "imports of state 2 from state 1, smoothed", MILLIONS),
)
_NATIONAL_TRADE: Final = (
    Variable("imports", "total imports", MILLIONS),
    Variable("exports", "total exports", MILLIONS),
)
_SHARED: Final = (Variable("dyadigos", "international organisations in which both are full members", MEMBERSHIPS),)
_MEMBERSHIPS: Final = (
    Variable("sum_igo_full", "memberships in international organisations", MEMBERSHIPS),
    Variable("sum_igo_associate", "associate memberships in international organisations", MEMBERSHIPS),
    Variable("sum_igo_observer", "observer memberships in international organisations", MEMBERSHIPS),
    Variable("sum_igo_anytype", "memberships of any kind in international organisations", MEMBERSHIPS),
)
_ONLY_CODED: Final = "only about every fifth year was coded; the others are missing"
_RANKS: Final = "0 none, 1 charge d'affaires, 2 minister, 3 ambassador, 9 other"
_MISSIONS: Final = (
    Variable("DR_at_1", "rank of the mission of state 2 at state 1", _RANKS, note=_ONLY_CODED),
    Variable("DR_at_2", "rank of the mission of state 1 at state 2", _RANKS, note=_ONLY_CODED),
    Variable("DE", "1 if either has a mission at the other", note=_ONLY_CODED),
)


def _join_trade(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    table = mirrored(record.table, swapped=(("flow1", "flow2"), ("smoothflow1", "smoothflow2")))
    return join_dyads(panel, record, kept("trade", _TRADE, keep), table=table)


def _join_national_trade(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return join_states(panel, record, kept("trade-national", _NATIONAL_TRADE, keep))


def _join_shared(panel: Panel, record: PanelRecord) -> Panel:
    return join_dyads(panel, record, _SHARED, table=mirrored(record.table))


def _join_memberships(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return join_states(panel, record, kept("igos-national", _MEMBERSHIPS, keep))


def _join_missions(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    # the parts of the file that we have seen hold each pair once; a file that holds it twice is taken as it is
    given = as_numbers(record.table, ("DE",))
    turned = mirrored(given, swapped=(("DR_at_1", "DR_at_2"),)).anti_join(given, ["ccode1", "ccode2", "year"])
    return join_dyads(panel, record, kept("diplomacy", _MISSIONS, keep), table=given.union(turned, distinct=False))


TRADE: Final = Addition(
    name="trade",
    title="trade between two states (Correlates of War)",
    units=DYADIC,
    needs={"cow": (("cow-trade",),)},
    variables=_TRADE,
    join=_join_trade,
    options=KEEP,
)
NATIONAL_TRADE: Final = Addition(
    name="trade-national",
    title="imports and exports of states (Correlates of War)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("cow-trade-national", "ps-cow-trade-national"),)},
    variables=_NATIONAL_TRADE,
    join=_join_national_trade,
    options=KEEP,
)
SHARED: Final = Addition(
    name="igos",
    title="international organisations that two states share (Correlates of War)",
    units=(*DYADIC, "leader-dyad-year"),
    needs={"cow": (("cow-igo-dyads", "ps-cow-igos"),)},
    variables=_SHARED,
    join=_join_shared,
)
MEMBERS: Final = Addition(
    name="igos-national",
    title="memberships of states in international organisations (Correlates of War)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("cow-igo-states", "ps-cow-igos-national"),)},
    variables=_MEMBERSHIPS,
    join=_join_memberships,
    options=KEEP,
)
DIPLOMACY: Final = Addition(
    name="diplomacy",
    title="diplomatic missions (Correlates of War)",
    units=(*DYADIC, "leader-dyad-year"),
    needs={"cow": (("cow-diplomacy",),)},
    variables=_MISSIONS,
    join=_join_missions,
    options=KEEP,
    note="Years between those that were coded are missing, not without missions.",
)
ADDITIONS: Final = (TRADE, NATIONAL_TRADE, SHARED, MEMBERS, DIPLOMACY)
