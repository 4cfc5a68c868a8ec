"""Periods as a user names them, resolved to plain spans of days: calendar units, regimes, states, one's own spans."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from verbale import measures
from verbale.app.flows.measured.base import MeasureInput
from verbale.core import VerbaleError
from verbale.vocab import Regime, load_regimes, succession

_NAMED: Final = ("regimes", "states")
ALL: Final = "all"
_ALLOWED: Final = (
    f"auto, {', '.join(measures.PERIODS)}, all, regimes or regimes:CODE (as regimes:RUS for Tsarist, Soviet, Federation), "
    "states or states:CODE"
)
_SPAN: Final = re.compile(
    r"\s*(?P<name>[^=]+?)\s*=\s*(?P<first>\d{4}(?:-\d\d-\d\d)?)\s*\.\.\s*(?P<last>\d{4}(?:-\d\d-\d\d)?)\s*"
)


@dataclass(frozen=True, slots=True)
class Periods:
    """A unit of the calendar, or named spans in its place."""

    period: str
    spans: tuple[measures.Span, ...] | None = None


def periods_of(inputs: MeasureInput, period: str, spans: Sequence[str] = ()) -> Periods:
    """Return what `period` and `spans` name.

    `auto` is the unit that shows the dyad's years in a readable number of periods, `all` is all time. `regimes` and `states`
    are those of the first actor of the dyad, or of a code behind a colon; a state without a table of regimes has its states
    in succession.
    `spans` are `NAME=FIRST..LAST`, years or days, and go before `period`. Raises `measure-option`.
    """
    if spans:
        return Periods(period, tuple(_own_span(text) for text in spans))
    name, _, code = period.partition(":")
    if name in _NAMED:
        return Periods(period, _spans_of(inputs, name, code))
    if period == "auto":
        return Periods(fitting(inputs))
    if period == ALL:
        return Periods(period, (measures.Span(ALL, datetime.date.min, datetime.date.max),))
    if period not in measures.PERIODS:
        raise VerbaleError("measure-option", option="period", value=repr(period), allowed=_ALLOWED)
    return Periods(period)


def fitting(inputs: MeasureInput) -> str:
    """Return the unit of the calendar that fits the years of the dyad's events: month, year or decade."""
    table = measures.restrict(inputs.events, dyad=inputs.dyad, statuses=["actual"])
    years = table.aggregate(first=table.date_start.year().min(), last=table.date_start.year().max()).to_pyarrow().to_pylist()[0]
    return measures.fitting_period(years["first"], years["last"]) if years["first"] is not None else "year"


def _spans_of(inputs: MeasureInput, kind: str, code: str) -> tuple[measures.Span, ...]:
    wanted = code.strip().upper() or (inputs.dyad[0] if inputs.dyad else "")
    regimes: tuple[Regime, ...] = load_regimes().get(wanted, ()) if kind == "regimes" else ()
    regimes = regimes or succession(inputs.vocabulary.states, wanted)
    if not regimes:
        raise VerbaleError("measure-option", option="period", value=f"{kind}:{wanted}", allowed="the code of a state, as RUS")
    return tuple(measures.Span(regime.name, regime.first, regime.last) for regime in regimes)


def _own_span(text: str) -> measures.Span:
    match = _SPAN.fullmatch(text)
    allowed = "NAME=FIRST..LAST in years or days, as 'Cold War=1947..1991-12-25'"
    if match is None:
        raise VerbaleError("measure-option", option="span", value=repr(text), allowed=allowed)
    try:
        first = day_of(match["first"])
        last = day_of(match["last"], end=True)
    except ValueError as error:
        raise VerbaleError("measure-option", option="span", value=repr(text), allowed=allowed) from error
    if first > last:
        raise VerbaleError("measure-option", option="span", value=repr(text), allowed=allowed)
    return measures.Span(match["name"], first, last)


def day_of(text: str, *, end: bool = False) -> datetime.date:
    """Return a day written as such, or the first (or last) day of a year. Raises ValueError.

    >>> day_of("1979").isoformat(), day_of("1979", end=True).isoformat()
    ('1979-01-01', '1979-12-31')
    """
    return datetime.date.fromisoformat(text if len(text) > 4 else f"{text}-{'12-31' if end else '01-01'}")


# Years up to which a series by months is short enough to look through; beyond, and with years alone, a series is by years.
_MONTHLY: Final = 10


def unit_of(inputs: MeasureInput, period: str) -> str:
    """Return a unit of the calendar for a series, which named spans cannot be.

    `auto` is the month for up to ten years, else the year. Raises `measure-option`.
    """
    if period != "auto":
        return _unit(period)
    table = measures.restrict(inputs.events, dyad=inputs.dyad, statuses=["actual"])
    years = table.aggregate(first=table.date_start.year().min(), last=table.date_start.year().max()).to_pyarrow().to_pylist()[0]
    return "month" if years["first"] is not None and years["last"] - years["first"] < _MONTHLY else "year"


def answering_unit(inputs: MeasureInput, period: str) -> str:
    """Return a unit for acts and answers: `auto` is the month where half the events or more are dated to one, else the year."""
    if period != "auto":
        return _unit(period)
    table = measures.restrict(inputs.events, dyad=inputs.dyad, statuses=["actual"])
    precise = (table.date_start.notnull() & table.date_precision.fill_null("day").isin(measures.PERIODS["month"])).mean()
    share = table.aggregate(share=precise).to_pyarrow().to_pylist()[0]["share"]
    return "month" if share is not None and share >= 1 / 2 else "year"


def _unit(period: str) -> str:
    if period not in measures.PERIODS:
        raise VerbaleError(
            "measure-option", option="period", value=repr(period), allowed=", ".join(("auto", *measures.PERIODS))
        )
    return period


def given_day(text: str) -> datetime.date:
    """Return a day, or the first one of a year. Raises `measure-option`."""
    try:
        return day_of(text.strip())
    except ValueError as error:
        raise VerbaleError(
            "measure-option", option="date", value=repr(text), allowed="a year or day, as 1979 or 1979-02-11"
        ) from error
