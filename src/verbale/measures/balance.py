"""The balance of cooperation and conflict: counts and intensities per period and quadrant."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from verbale.measures.periods import PERIODS, Period, placed
from verbale.measures.selection import actual, event_ids, needs

__all__ = ["PERIODS", "balance", "fitting_period"]


def balance(events: ir.Table, *, period: str = "year") -> ir.Table:
    """Count actual events and sum their intensity per period and quadrant.

    One row per period and quadrant that occurs, in order of time: `period` (text: "1946-03-12", "1946-03", "1946-Q1", "1946",
    "1940s", "1900-1999"), `period_start` (date), `quad`, `side` (cooperation or conflict), `events`, `intensity` (sum on the
    Goldstein scale), `event_ids`. An event of several years counts once, where it began. Events without a
    date, or with one too coarse for the period ("the 1940s" by year), stand in rows whose `period` is null, so that the sum
    over all rows is the number of events. Raises `measure-period`.
    """
    needs(events, "event_id", "quad", "status", "intensity", "date_start", "date_precision")
    counted = placed(actual(events), period=period)
    sided = counted.mutate(side=ibis.ifelse(counted.quad.endswith("cooperation"), "cooperation", "conflict"))
    return (
        sided.group_by("period", "period_start", "quad", "side")
        .aggregate(events=sided.count(), intensity=sided.intensity.sum(), event_ids=event_ids(sided))
        .order_by(ibis.asc("period_start", nulls_first=False), "quad")
    )


def fitting_period(first_year: int, last_year: int) -> Period:
    """Choose the period that shows a span of years in a readable number of bars, at most about sixty.

    Up to two years by month, up to sixty by year, longer by decade: beyond sixty bars, one is under five pixels wide on a
    phone of 360, too thin to point at.

    >>> fitting_period(1946, 1947), fitting_period(1941, 1991), fitting_period(1804, 2025)
    ('month', 'year', 'decade')
    """
    years = last_year - first_year + 1
    if years <= 2:
        return "month"
    return "year" if years <= 60 else "decade"
