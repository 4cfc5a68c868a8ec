"""Measures of a relation: an Ibis table of events in, an Ibis table out; opens nothing and runs nothing.

Every row of every result carries `event_ids`, the events that it was computed from, so that a number can always be
traced to the words it rests on. Only events of status `actual` are counted, except where a measure says otherwise.
"""

from __future__ import annotations

from verbale.measures.actors import directed_counts, dyads
from verbale.measures.balance import PERIODS, balance, fitting_period
from verbale.measures.coverage import coverage, status_counts
from verbale.measures.selection import evidence, restrict

__all__ = [
    "PERIODS",
    "balance",
    "coverage",
    "directed_counts",
    "dyads",
    "evidence",
    "fitting_period",
    "restrict",
    "status_counts",
]
