"""Turning points of a relation: when the level or variance of its balance changed, and whether a given date changed it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import altair as alt
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from verbale.core.errors import VerbaleError
from verbale.core.wording import count
from verbale.measures.bootstrap import replicate
from verbale.measures.bounds import ratio_bounds
from verbale.measures.change_points import (
    ALPHA_LEVEL,
    ALPHA_VARIANCE,
    MIN_LEVEL,
    MIN_VARIANCE,
    SHUFFLES,
    Change,
    Floats,
    Searched,
    refined,
    searched,
)
from verbale.measures.drift import PRICE, SURE
from verbale.measures.dyad_counts import COOPERATION, QUADS, DyadCounts, count_dyad, directions, in_direction
from verbale.measures.figures import SIDE_COLOURS, SOFT, finished, time_axis
from verbale.measures.interruption import MIN_SIDE, Interruption, interruption
from verbale.measures.result import SEED, Basis, MeasureResult, Method, Told, told, versions
from verbale.measures.selection import actual

SIDES: Final = ("cooperation", "conflict")
# With fewer periods or events, even a change by a factor of three is found in fewer than half of simulated series.
MIN_PERIODS: Final = 12
MIN_EVENTS: Final = 20
# Replicates whose change points are sought anew; each takes the search over all places, so fewer than for an interval.
REPLICATES: Final = 100
SOURCES: Final = (
    "Truong, Charles, Laurent Oudre, and Nicolas Vayatis. 2020. Selective review of offline change point detection methods. "
    "Signal Processing 167: 107299.",
    "Zeileis, Achim, and Torsten Hothorn. 2013. A toolbox of permutation tests for structural change. Statistical Papers 54: "
    "931-954.",
    "McCullagh, Peter, and John A. Nelder. 1989. Generalized Linear Models. 2nd ed. Chapman and Hall, chapter 9.",
    "Harvey, Andrew C. 1989. Forecasting, Structural Time Series Models and the Kalman Filter. Cambridge, chapter 2.",
    "Wagner, Anita K., et al. 2002. Segmented regression analysis of interrupted time series studies. Journal of Clinical "
    "Pharmacy and Therapeutics 27: 299-309.",
)
_FORMULA: Final = (
    "Series: actual events of cooperation and of conflict per period. Level: segments of constant mean, each side by Poisson "
    "likelihood divided by its dispersion. A change is taken if its gain in likelihood is larger than that of shuffled periods "
    f"({SHUFFLES} shuffles; chance of error {ALPHA_LEVEL} in the whole series, half of that within parts); places by dynamic "
    "programming. Of these, as many as are likeliest beside a drift of each side (a first-order autoregression seen with "
    f"noise, of square roots of counts), if their log-likelihood is above the drift's by {PRICE} log n for each (below "
    f"{SURE} log n with a warning). "
    f"Variance: the same with squared residuals within stretches of one level ({ALPHA_VARIANCE}). Ratio: "
    "quasi-Poisson interval from the dispersion of the periods. Stability: share of bootstrap replicates (documents, then "
    "events) in which the change lies within one period; first and last: "
    "where 95 % of replicates put it. Given dates: quasi-Poisson regression with a level and a slope before and after; "
    "'ratio' is the level just after over what the slope before led to; interval and chance by F tests of the deviance, whose "
    "scale is widened by 1 + 2 r / (1 - max(r, 0.65)) where neighbouring residuals correlate by r."
)
_SCHEMA: Final = pa.schema(
    [
        ("kind", pa.string()),
        ("period", pa.string()),
        ("period_start", pa.date32()),
        ("side", pa.string()),
        ("before", pa.float64()),
        ("after", pa.float64()),
        ("ratio", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("slope_ratio", pa.float64()),
        ("slope_low", pa.float64()),
        ("slope_high", pa.float64()),
        ("chance", pa.float64()),
        ("stability", pa.float64()),
        ("first", pa.string()),
        ("last", pa.string()),
        ("events", pa.int64()),
        ("event_ids", pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class _Series:
    """A dyad's counts in one direction, periods x sides, as seen and in replicates."""

    counted: DyadCounts
    direction: int
    labels: list[str]
    starts: list[datetime.date]
    counts: Floats
    replicated: Floats

    def ids(self, start: int, end: int, side: str) -> list[str]:
        """Return the events of a side in the periods from `start` to `end` (exclusive)."""
        quads = [quad for quad in QUADS if quad.endswith(side)]
        periods = range(max(0, start), min(end, len(self.labels)))
        return sorted(one for at in periods for one in self.counted.ids_of(self.direction, at, quads))


def turning_points(
    events: ir.Table,
    *,
    dyad: tuple[str, str],
    period: str = "year",
    direction: str = "both",
    dates: Sequence[datetime.date] = (),
    documents: str = "given",
    replicates: int = REPLICATES,
    level: float = 0.95,
    seed: int = SEED,
) -> MeasureResult:
    """Return when the level or variance of a dyad's balance changed, and what given dates changed.

    Rows, one for each side of each change: `kind` (level, variance, given), `period` and `period_start` (the first period
    after the change), `side`, mean count `before` and `after` (up to the neighbouring changes; of the variance its ratio to the
    mean), `ratio` with `low` and `high`, `slope_ratio` with bounds (given dates), `chance` (of such a gain without a change),
    `stability`, `first` and `last` period in which replicates put it, `events` and `event_ids` (of that side in the period
    before the change and the one after it). `direction` is both, or one of the dyad's as "RUS>IRN". Raises `measure-evidence`
    for fewer than `MIN_PERIODS` periods or `MIN_EVENTS` events, `measure-option`, `measure-period`.
    """
    series = _series(events, dyad, period, direction, documents, replicates, seed)
    sought = searched(series.counts, seed=seed)
    found = sought.changes
    rows = _level_rows(series, found, level) + _variance_rows(series, found)
    given, warnings = _given_rows(series, dates, level)
    rows = sorted(rows, key=lambda row: (row["period_start"], row["kind"])) + given
    warnings += _warnings(series, sought)
    options = {
        "dyad": "-".join(dyad),
        "direction": direction,
        "period": period,
        "dates": [day.isoformat() for day in dates] or None,
        "documents": documents,
        "replicates": replicates,
        "level": level,
        "shortest_stretch": f"{MIN_LEVEL} periods for a level, {MIN_VARIANCE} for a variance",
    }
    method = Method(_FORMULA, SOURCES, options, versions("ruptures", "statsmodels", "scipy", "numpy", "ibis-framework"), seed)
    table = pa.Table.from_pylist(rows, schema=_SCHEMA)
    drawn = _Drawing(series)
    sentences = _sentences(series, rows, level)
    return MeasureResult(
        "turning-points",
        "Turning points",
        table,
        method,
        tuple(text for text, _ in sentences),
        (Basis(actual(events)),),
        drawn,
        tuple(warnings),
        tuple(keys for _, keys in sentences),
    )


def _series(
    events: ir.Table, dyad: tuple[str, str], period: str, direction: str, documents: str, replicates: int, seed: int
) -> _Series:
    names = directions(dyad)
    if direction not in names:
        raise VerbaleError("measure-option", option="direction", value=repr(direction), allowed=" or ".join(names))
    counted = count_dyad(events, dyad, period=period, spans=None)
    known = [(label, start) for label, start in counted.periods if label is not None and start is not None]
    drawn = replicate(counted.atoms, documents=documents, replicates=replicates, seed=seed)
    every = in_direction(counted, drawn, names.index(direction))
    conflict = [number for number in range(len(QUADS)) if number not in COOPERATION]

    def sides(values: Floats) -> Floats:
        return np.stack([values[..., : len(known), numbers].sum(axis=-1) for numbers in (list(COOPERATION), conflict)], axis=-1)

    counts = sides(every.events)
    if len(known) < MIN_PERIODS or counts.sum() < MIN_EVENTS:
        needed = f"at least {MIN_PERIODS} periods ({period}) and {MIN_EVENTS} events that belong to one"
        found = f"{len(known)} and {int(counts.sum())}"
        raise VerbaleError("measure-evidence", measure="a search for turning points", needed=needed, found=found)
    labels, starts = [label for label, _ in known], [start for _, start in known]
    return _Series(counted, names.index(direction), labels, starts, counts, sides(every.replicate_events))


def _stretch(cuts: Sequence[int], length: int, number: int) -> tuple[int, int, int]:
    """Return start, change and end of the stretches on both sides of the change of a number."""
    edges = [0, *cuts, length]
    return edges[number], edges[number + 1], edges[number + 2]


def _level_rows(series: _Series, found: Sequence[Change], level: float) -> list[dict[str, Any]]:
    changes = [change for change in found if change.kind == "level"]
    cuts = [change.at for change in changes]
    if not cuts:
        return []
    told = series.counts.sum(axis=0) > 0
    moved = [refined(one[:, told], len(cuts)) for one in series.replicated]
    rows = []
    for number, change in enumerate(changes):
        start, at, end = _stretch(cuts, len(series.counts), number)
        nearest = np.array([min(places, key=lambda place: abs(place - at)) for places in moved])
        low, high = np.quantile(nearest, [(1 - level) / 2, (1 + level) / 2], method="nearest")
        for side, name in enumerate(SIDES):
            before, after = series.counts[start:at, side].mean(), series.counts[at:end, side].mean()
            bounds = ratio_bounds(series.counts[start:at, side], series.counts[at:end, side], level)
            rows.append(
                {
                    **_place(series, at, name, "level"),
                    "before": float(before),
                    "after": float(after),
                    "ratio": float(after / before) if before else None,
                    "low": _known(bounds[0]),
                    "high": _known(bounds[1]),
                    "chance": change.chance,
                    "stability": float((np.abs(nearest - at) <= 1).mean()),
                    "first": series.labels[int(low)],
                    "last": series.labels[int(high)],
                }
            )
    return rows


def _variance_rows(series: _Series, found: Sequence[Change]) -> list[dict[str, Any]]:
    """Return the changes of variance: variance over mean, within the level that a change lies in."""
    edges = sorted({0, len(series.counts), *(change.at for change in found)})
    rows = []
    for change in found:
        if change.kind != "variance":
            continue
        at = edges.index(change.at)
        before, after = series.counts[edges[at - 1] : change.at], series.counts[change.at : edges[at + 1]]
        for side, name in enumerate(SIDES):
            ratios = [
                float(part[:, side].var() / part[:, side].mean()) if part[:, side].any() else None for part in (before, after)
            ]
            rows.append(
                {
                    **_place(series, change.at, name, "variance"),
                    "before": ratios[0],
                    "after": ratios[1],
                    "ratio": ratios[1] / ratios[0] if ratios[0] and ratios[1] is not None else None,
                    "chance": change.chance,
                }
            )
    return rows


def _given_rows(series: _Series, dates: Sequence[datetime.date], level: float) -> tuple[list[dict[str, Any]], list[str]]:
    rows, warnings = list[dict[str, Any]](), list[str]()
    for day in dates:
        at = sum(start <= day for start in series.starts) - 1
        tested = [(side, interruption(series.counts[:, side], at, level=level)) for side in range(len(SIDES))] if at > 0 else []
        for side, result in tested:
            if result is not None:
                rows.append({**_place(series, at, SIDES[side], "given"), **_interrupted(series, at, side, result)})
                warnings += _slow(day, SIDES[side], result.dependence)
        if not any(result for _, result in tested):
            warnings.append(
                f"{day.isoformat()} is not tested: it needs at least {MIN_SIDE} periods with events before and after; there "
                f"are {max(at, 0)} before and {len(series.starts) - max(at, 0)} from it on."
            )
    return rows, warnings


# From here on, what a period hands on to the next may be more than the test allows for: of series that drift with 0.8, whose
# neighbours correlate by 0.2 to 0.4, a date without effect seems to have one in 10 % (docs/measures.md).
_SLOW: Final = 0.3


def _slow(day: datetime.date, side: str, dependence: float) -> list[str]:
    if dependence <= _SLOW:
        return []
    told = f"{side} drifts (neighbouring periods correlate by {dependence:.2f} beside the lines)"
    return [f"{day.isoformat()}: {told}; of slow drifts, one in ten seems to change at a date without effect."]


def _interrupted(series: _Series, at: int, side: int, result: Interruption) -> dict[str, Any]:
    return {
        "before": float(series.counts[:at, side].mean()),
        "after": float(series.counts[at:, side].mean()),
        "ratio": result.level,
        "low": result.level_low,
        "high": result.level_high,
        "slope_ratio": result.slope,
        "slope_low": result.slope_low,
        "slope_high": result.slope_high,
        "chance": _known(result.level_chance),
    }


def _place(series: _Series, at: int, side: str, kind: str) -> dict[str, Any]:
    ids = series.ids(at - 1, at + 1, side)
    start = series.starts[at]
    return {
        "kind": kind,
        "period": series.labels[at],
        "period_start": start,
        "side": side,
        "events": len(ids),
        "event_ids": ids,
    }


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _sentences(series: _Series, rows: Sequence[dict[str, Any]], level: float) -> list[Told]:
    pair = " and ".join(series.counted.dyad)
    where = directions(series.counted.dyad)[series.direction]
    total = int(series.counts.sum())
    changes = {kind: len({row["period"] for row in rows if row["kind"] == kind}) for kind in ("level", "variance")}
    seen = f"{count(total, 'event')} in {count(len(series.labels), 'period')}"
    every = [one for side in SIDES for one in series.ids(0, len(series.labels), side)]
    text = (
        f"{pair} ({where}): {seen}, {series.labels[0]} to {series.labels[-1]}; "
        f"changes of level {changes['level']}, of variance {changes['variance']}."
    )
    return [(text, {"event_ids": sorted(every)}), *(told(_sentence(row, level), [row]) for row in rows)]


def _sentence(row: dict[str, Any], level: float) -> str:
    chance = f"chance {row['chance']:.3f}" if row["chance"] is not None else "chance not known"
    ratio = f", ratio {row['ratio']:.2f}" if row["ratio"] is not None else ""
    if ratio and row.get("low") is not None:
        ratio += f" ({row['low']:.2f} to {row['high']:.2f})"
    if row["kind"] == "level":
        return (
            f"Level, from {row['period']}: {row['side']} {row['before']:.1f} a period before, {row['after']:.1f} after{ratio}; "
            f"{chance}; within one period in {row['stability']:.0%} of replicates ({row['first']} to {row['last']})."
        )
    if row["kind"] == "variance":
        before, after = (f"{row[one]:.1f}" if row[one] is not None else "no event" for one in ("before", "after"))
        return f"Variance over mean, from {row['period']}: {row['side']} {before} before, {after} after; {chance}."
    return (
        f"Given date, from {row['period']}: {row['side']} level{ratio}, growth per period ratio {row['slope_ratio']:.2f} "
        f"({row['slope_low']:.2f} to {row['slope_high']:.2f}); {chance}; intervals of {level:.0%}."
    )


def _warnings(series: _Series, sought: Searched) -> list[str]:
    """Warn where a drift may stand behind changes: those not told, and those within whose levels neighbours hang together."""
    edges = [0, *(change.at for change in sought.changes if change.kind == "level"), len(series.counts)]
    left = np.concatenate([series.counts[start:end] - series.counts[start:end].mean(axis=0) for start, end in pairwise(edges)])
    warnings = []
    if sought.drifting:
        places = ", ".join(series.labels[at] for at in sought.drifting)
        warnings.append(
            f"{count(len(sought.drifting), 'change')} of level (from {places}) would be told if periods were independent; "
            f"drift explains the series as well (log-likelihood {-sought.margin:.1f} short of what changes must gain on it), "
            "so that none of level is told. Test a date of your own with --date."
        )
    elif not sought.sure:
        warnings.append(
            "A slow drift is not excluded behind the changes of level: they are likelier than it, but by little "
            f"(log-likelihood {sought.margin:.1f} above what changes must gain on it)."
        )
    for side, name in enumerate(SIDES):
        own = left[:, side]
        if not own.any() or sought.drifting:
            continue
        near = float((own[1:] * own[:-1]).sum() / (own**2).sum())
        if near > 2 / np.sqrt(len(own)):
            warnings.append(
                f"{name.capitalize()}: neighbouring periods resemble each other (correlation {near:.2f}) within the levels "
                "found; drift may then be taken for changes more often than stated, and hide one of variance."
            )
    if len(series.counted.periods) > len(series.labels):
        warnings.append("Events whose date is too coarse for the period are left out.")
    return warnings


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws the series with its changes."""

    series: _Series

    def __call__(self, rows: pa.Table) -> Any:
        """Return cooperation above and conflict below the line, with a rule at each change."""
        signs = {"cooperation": 1, "conflict": -1}
        series = self.series
        # A period ends where the next begins; the last is as long as the one before it.
        ends = [*series.starts[1:], series.starts[-1] + (series.starts[-1] - series.starts[-2])]
        bars = [
            {
                "start": start.isoformat(),
                "end": end.isoformat(),
                "period": label,
                "side": side,
                "value": signs[side] * float(series.counts[at, number]),
                "event_ids": series.ids(at, at + 1, side),
            }
            for at, (label, start, end) in enumerate(zip(series.labels, series.starts, ends, strict=True))
            for number, side in enumerate(SIDES)
            if series.counts[at, number]
        ]
        marks = [
            {"start": row["period_start"].isoformat(), "kind": row["kind"], "row": number}
            for number, row in enumerate(rows.to_pylist())
        ]
        axis = alt.Axis(title="events a period, conflict below", labelExpr="format(abs(datum.value), ',')", tickMinStep=1)
        scale = alt.Scale(domain=list(SIDE_COLOURS), range=list(SIDE_COLOURS.values()))
        # The line around a column shows one that is narrower than a pixel.
        columns = (
            alt.Chart(alt.InlineData(values=bars))
            .mark_rect(opacity=0.75, strokeWidth=1, cursor="pointer")
            .encode(
                x=time_axis("start"),
                x2="end:T",
                y=alt.Y("value:Q", axis=axis),
                y2=alt.Y2Datum(0),
                color=alt.Color("side:N", scale=scale, title=None),
                stroke=alt.Stroke("side:N", scale=scale, title=None),
            )
        )
        dash = alt.StrokeDash(
            "kind:N", scale=alt.Scale(domain=["level", "variance", "given"], range=[[1, 0], [2, 2], [6, 3]]), title=None
        )
        rules = (
            alt.Chart(alt.InlineData(values=marks))
            .mark_rule(color=SOFT, strokeWidth=3, cursor="pointer")
            .encode(x=time_axis("start"), strokeDash=dash)
        )
        return finished(columns + rules if marks else columns)
