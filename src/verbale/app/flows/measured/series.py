"""Measures of a dyad through time: what the registry calls."""

from __future__ import annotations

from collections.abc import Sequence

from verbale import measures
from verbale.app.flows.measured.base import MeasureInput
from verbale.app.flows.measured.spans import answering_unit, given_day, periods_of, unit_of
from verbale.measures.result import MeasureResult


def balance(
    inputs: MeasureInput,
    *,
    period: str,
    span: Sequence[str],
    quantity: Sequence[str],
    documents: str,
    replicates: int,
    level: float,
    seed: int,
) -> MeasureResult:
    """Return the balance of cooperation and conflict of the pair."""
    chosen = periods_of(inputs, period, span)
    return measures.relation_balance(
        inputs.events,
        dyad=inputs.pair(),
        period=chosen.period,
        spans=chosen.spans,
        **({"quantities": quantity} if quantity else {}),
        documents=documents,
        replicates=replicates,
        level=level,
        seed=seed,
    )


def turning_points(
    inputs: MeasureInput,
    *,
    period: str,
    direction: str,
    date: Sequence[str],
    documents: str,
    replicates: int,
    level: float,
    seed: int,
) -> MeasureResult:
    """Return the turning points of the pair's balance, and what given dates changed."""
    return measures.turning_points(
        inputs.events,
        dyad=inputs.pair(),
        period=unit_of(inputs, period),
        direction=direction,
        dates=[given_day(text) for text in date],
        documents=documents,
        replicates=replicates,
        level=level,
        seed=seed,
    )


def reciprocity(
    inputs: MeasureInput, *, period: str, window: int | None, lags: int | None, level: float, seed: int
) -> MeasureResult:
    """Return whether each of the pair answers the other in kind."""
    return measures.reciprocity(
        inputs.events,
        dyad=inputs.pair(),
        period=answering_unit(inputs, period),
        window=window,
        lags=lags,
        level=level,
        seed=seed,
    )
