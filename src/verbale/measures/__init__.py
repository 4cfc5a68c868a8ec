"""Measures of a relation: an Ibis table of events in; an Ibis table out, or a result with figure and method; opens nothing.

Every row of every result but a panel's carries `event_ids`, the events that it was computed from, so that a number can always
be traced to the words it rests on; rows computed from reference data carry `lines`, those of the official file. Only events of
status `actual` are counted, except where a measure says otherwise.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

from verbale.measures.actors import directed_counts, dyads
from verbale.measures.balance import PERIODS, balance, fitting_period
from verbale.measures.coverage import coverage, status_counts
from verbale.measures.event_panel import PANEL_PERIODS, event_panel, panel_events
from verbale.measures.periods import Span
from verbale.measures.relations import agreement_scores, alliances, disputes, transfers, un_agreement, wars
from verbale.measures.selection import evidence, restrict

if TYPE_CHECKING:
    from verbale.measures.accounts import account
    from verbale.measures.answers_in_kind import reciprocity
    from verbale.measures.balance_intervals import relation_balance
    from verbale.measures.changes_of_course import turning_points
    from verbale.measures.networks import signed_network
    from verbale.measures.similarity import policy_similarity
    from verbale.measures.triads import third_parties

__all__ = [
    "PANEL_PERIODS",
    "PERIODS",
    "Span",
    "account",
    "agreement_scores",
    "alliances",
    "balance",
    "coverage",
    "directed_counts",
    "disputes",
    "dyads",
    "event_panel",
    "evidence",
    "fitting_period",
    "panel_events",
    "policy_similarity",
    "reciprocity",
    "relation_balance",
    "restrict",
    "signed_network",
    "status_counts",
    "third_parties",
    "transfers",
    "turning_points",
    "un_agreement",
    "wars",
]

_MODULE_OF: Final = {
    "account": "accounts",
    "policy_similarity": "similarity",
    "signed_network": "networks",
    "third_parties": "triads",
    "reciprocity": "answers_in_kind",
    "relation_balance": "balance_intervals",
    "turning_points": "changes_of_course",
}


def __getattr__(name: str) -> Any:
    """Load a measure with statistics and figures when it is first asked for: their libraries take two seconds."""
    if name not in _MODULE_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value
