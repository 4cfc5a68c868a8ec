"""Panels: pairs of states by year or month, states by year, month or day, widened by additions; Ibis in, Ibis out."""

from __future__ import annotations

from verbale.measures.panel.additions import ADDITIONS
from verbale.measures.panel.additions.disputes import dispute_dyads
from verbale.measures.panel.additions.events import EVENT_TABLES
from verbale.measures.panel.additions.relevance import filter_prd, spells
from verbale.measures.panel.base import MEMBERS, panel
from verbale.measures.panel.core import DYADIC, LEADER, LEDGER, NUMBERS, STATE, SYSTEMS, UNITS, Addition, Panel
from verbale.measures.panel.variables import PanelRecord, Source, Variable
from verbale.measures.panel.whittling import ORDER, RULES, Rule, whittle

__all__ = [
    "ADDITIONS",
    "DYADIC",
    "EVENT_TABLES",
    "LEADER",
    "LEDGER",
    "MEMBERS",
    "NUMBERS",
    "ORDER",
    "RULES",
    "STATE",
    "SYSTEMS",
    "UNITS",
    "Addition",
    "Panel",
    "PanelRecord",
    "Rule",
    "Source",
    "Variable",
    "dispute_dyads",
    "filter_prd",
    "panel",
    "spells",
    "whittle",
]
