"""Fractionalisation and polarisation of societies by state and year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.measures.panel.additions.values import first_of
from verbale.measures.panel.core import DYADIC, LEADER, NUMBERS, STATE, Addition, Panel, kept
from verbale.measures.panel.joining import join_states, system_of
from verbale.measures.panel.variables import PanelRecord, Variable

SHARE: Final = "0 to 1"
_BEFORE: Final = "of two values for a state that fell apart in the year, that of the more fractionalised one, before it did"
_CREG: Final = (
    Variable("ethfrac", "ethnic fractionalisation", SHARE, note=_BEFORE),
    Variable("ethpol", "ethnic polarisation", SHARE, note=_BEFORE),
    Variable("relfrac", "religious fractionalisation", SHARE, note=_BEFORE),
    Variable("relpol", "religious polarisation", SHARE, note=_BEFORE),
)
_HIEF: Final = (Variable("efindex", "ethnic fractionalisation", SHARE, note=_BEFORE),)


def _one_each(panel: Panel, record: PanelRecord, *order: str) -> ir.Table:
    """Return one row per state and year, the most fractionalised where there are several."""
    number = NUMBERS[system_of(panel, record.table, ("",))]
    table = record.table.filter(record.table[number].notnull())
    return first_of(table, (number, "year"), [*(ibis.desc(table[name], nulls_first=False) for name in order), table.line])


def _join_creg(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return join_states(panel, record, kept("creg", _CREG, keep), table=_one_each(panel, record, "ethfrac", "relfrac"))


def _join_hief(panel: Panel, record: PanelRecord) -> Panel:
    return join_states(panel, record, _HIEF, table=_one_each(panel, record, "efindex"))


CREG: Final = Addition(
    name="creg",
    title="ethnic and religious fractionalisation and polarisation (CREG)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("ps-creg",),)},
    variables=_CREG,
    join=_join_creg,
    options={"keep": "the columns that are wanted, all if none are named"},
)
HIEF: Final = Addition(
    name="hief",
    title="ethnic fractionalisation (HIEF)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("ps-hief",),)},
    variables=_HIEF,
    join=_join_hief,
)
ADDITIONS: Final = (CREG, HIEF)
