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
from verbale.measures.drift import EACH, ONCE, SURE
from verbale.measures.dyad_counts import COOPERATION, QUADS, DyadCounts, count_dyad, directions, in_direction
from verbale.measures.figures import SIDE_COLOURS, SOFT, finished, time_axis
from verbale.measures.given_dates import dated, sentence_of, untested
from verbale.measures.interruption import MIN_EVENTS as FEW
from verbale.measures.interruption import MIN_NEAR, MIN_SIDE
from verbale.measures.result import SEED, Basis, EvidenceError, MeasureResult, Method, Told, parted, told, versions
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
    "Kass, Robert E., and Adrian E. Raftery. 1995. Bayes Factors. Journal of the American Statistical Association 90: 773-795.",
    "Firth, David. 1993. Bias Reduction of Maximum Likelihood Estimates. Biometrika 80: 27-38.",
    "Heinze, Georg, and Michael Schemper. 2002. A Solution to the Problem of Separation in Logistic Regression. Statistics in "
    "Medicine 21: 2409-2419 (intervals from the penalised likelihood).",
    "Köll, Susanne, Ioannis Kosmidis, Christian Kleiber, and Achim Zeileis. 2021. Bias Reduction as a Remedy to the "
    "Consequences of Infinite Estimates in Poisson and Tobit Regression. arXiv:2101.07141.",
    "Wagner, Anita K., et al. 2002. Segmented regression analysis of interrupted time series studies. Journal of Clinical "
    "Pharmacy and Therapeutics 27: 299-309.",
)
_FORMULA: Final = (
    "Series: actual events of cooperation and of conflict per period. Level: segments of constant mean, each side by Poisson "
    "likelihood divided by its dispersion. A change is taken if its gain in likelihood is larger than that of shuffled periods "
    f"({SHUFFLES} shuffles; chance of error {ALPHA_LEVEL} in the whole series, half of that within parts); places by dynamic "
    "programming. Of these, as many as gain most on drift (a first-order autoregression seen with noise, of square roots of "
    "counts; average likelihood over a grid, at even odds that both sides drift alike and that each does by itself), if "
    f"their log-likelihood is above the drift's by log n times {ONCE} and {EACH} for each place and each new level of a side "
    f"(with a warning if not also with the n of {SURE} periods). "
    f"Variance: the same with squared residuals within stretches of one level ({ALPHA_VARIANCE}). Ratio: "
    "quasi-Poisson interval from the dispersion of the periods. Stability: share of bootstrap replicates (documents, then "
    "events) in which the change lies within one period; first and last: "
    "where 95 % of replicates put it. Given dates: quasi-Poisson regression with a level and a slope before and after, with "
    "Firth's penalty; 'ratio' is the level just after over what the slope before led to; interval and chance by F tests of the "
    "penalised deviance, whose scale is widened by 1 + 2 r / (1 - max(r, 0.65)) where neighbouring residuals correlate by r. "
    f"With fewer than {FEW} events on a side, or a line that leads to fewer than {MIN_NEAR:g} in the {MIN_SIDE} periods next "
    "to the date: the ratio of both means, without slopes."
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

    @property
    def every(self) -> dict[str, list[str]]:
        """Return all events of the series, as what a number rests on."""
        return {"event_ids": sorted(one for side in SIDES for one in self.ids(0, len(self.labels), side))}


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
    before the change and the one after it; where there is none, all ids of that side). `direction` is both, or one of the
    dyad's as "RUS>IRN". A given date has no slopes, and the ratio of both means, where a side has few events
    (`given_dates`). Raises `measure-evidence` for fewer than `MIN_PERIODS` periods or `MIN_EVENTS` events, `measure-option`,
    `measure-period`.
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
    sentences, behind = parted(_sentences(series, rows, level))
    texts, warned = parted(warnings)
    return MeasureResult(
        "turning-points",
        "Turning points",
        table,
        method,
        sentences,
        (Basis(actual(events)),),
        drawn,
        texts,
        behind,
        warned,
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
        found = f"{count(len(known), 'period')} and {count(int(counts.sum()), 'event')}"
        placed = {"event_ids": sorted(one for at in range(len(known)) for one in counted.ids_of(names.index(direction), at))}
        raise EvidenceError(measure="a search for turning points", needed=needed, found=found, behind=placed)
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


def _given_rows(series: _Series, dates: Sequence[datetime.date], level: float) -> tuple[list[dict[str, Any]], list[Told]]:
    rows, warnings = list[dict[str, Any]](), list[Told]()
    for day in dates:
        at = sum(start <= day for start in series.starts) - 1
        tested = [dated(series.counts[:, side], at, SIDES[side], day, level=level) if at > 0 else None for side in range(2)]
        for name, result in zip(SIDES, tested, strict=True):
            if result is not None:
                rows.append({**_place(series, at, name, "given"), **result.row, "chance": _known(result.row["chance"])})
                if result.warning:
                    warnings.append((result.warning, {"event_ids": series.ids(0, len(series.labels), name)}))
        if not any(tested):
            warnings.append((untested(day, at, series.counts), series.every))
    return rows, warnings


def _place(series: _Series, at: int, side: str, kind: str) -> dict[str, Any]:
    near = series.ids(at - 1, at + 1, side)
    return {
        "kind": kind,
        "period": series.labels[at],
        "period_start": series.starts[at],
        "side": side,
        "events": len(near),
        # Where nothing happened beside the change, its numbers rest on what happened elsewhere.
        "event_ids": near or series.ids(0, len(series.labels), side),
    }


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _sentences(series: _Series, rows: Sequence[dict[str, Any]], level: float) -> list[Told]:
    pair = " and ".join(series.counted.dyad)
    where = directions(series.counted.dyad)[series.direction]
    total = int(series.counts.sum())
    changes = {kind: len({row["period"] for row in rows if row["kind"] == kind}) for kind in ("level", "variance")}
    seen = f"{count(total, 'event')} in {count(len(series.labels), 'period')}"
    text = (
        f"{pair} ({where}): {seen}, {series.labels[0]} to {series.labels[-1]}; "
        f"changes of level {changes['level']}, of variance {changes['variance']}."
    )
    return [(text, series.every), *(told(_sentence(row, level), [row]) for row in rows)]


def _sentence(row: dict[str, Any], level: float) -> str:
    chance = f"chance {row['chance']:.3f}" if row["chance"] is not None else "chance not known"
    ratio = f", ratio {row['ratio']:.2f}" if row["ratio"] is not None else ""
    if ratio and row.get("low") is not None:
        ratio += f" ({row['low']:.2f} to {row['high']:.2f})"
    if row["kind"] == "level":
        return (
            f"Level, from {row['period']}: {row['side']} {_mean(row['before'])} a period before, {_mean(row['after'])} after"
            f"{ratio}; {chance}; within one period in {row['stability']:.0%} of replicates ({row['first']} to {row['last']})."
        )
    if row["kind"] == "variance":
        before, after = (f"{row[one]:.1f}" if row[one] is not None else "no event" for one in ("before", "after"))
        return f"Variance over mean, from {row['period']}: {row['side']} {before} before, {after} after; {chance}."
    return sentence_of(row, level)


def _mean(value: float) -> str:
    # Below one, a decimal more, so that few events are not told as none.
    return f"{value:.1f}" if value >= 1 or not value else f"{value:.2f}"


def _warnings(series: _Series, sought: Searched) -> list[Told]:
    """Warn where a drift may stand behind changes: those not told, and those within whose levels neighbours hang together."""
    edges = [0, *(change.at for change in sought.changes if change.kind == "level"), len(series.counts)]
    left = np.concatenate([series.counts[start:end] - series.counts[start:end].mean(axis=0) for start, end in pairwise(edges)])
    warnings = list[Told]()
    if sought.drifting:
        places = ", ".join(series.labels[at] for at in sought.drifting)
        text = (
            f"{count(len(sought.drifting), 'change')} of level (from {places}) would be told if periods were independent; "
            f"drift explains the series as well (log-likelihood {-sought.margin:.1f} short of what changes must gain on it), "
            "so that none of level is told. Test a date of your own with --date."
        )
        warnings.append((text, series.every))
    elif not sought.sure:
        text = (
            "A slow drift is not excluded behind the changes of level: they are likelier than it, but in "
            f"{count(len(series.labels), 'period')} by too little to count with {SURE} (log-likelihood {sought.margin:.1f} "
            "above what changes must gain on it)."
        )
        warnings.append((text, series.every))
    for side, name in enumerate(SIDES):
        own = left[:, side]
        if not own.any() or sought.drifting:
            continue
        near = float((own[1:] * own[:-1]).sum() / (own**2).sum())
        if near > 2 / np.sqrt(len(own)):
            text = (
                f"{name.capitalize()}: neighbouring periods resemble each other (correlation {near:.2f}) within the levels "
                "found; drift may then be taken for changes more often than stated, and hide one of variance."
            )
            warnings.append((text, {"event_ids": series.ids(0, len(series.labels), name)}))
    if len(series.counted.periods) > len(series.labels) and series.counted.ids_of(series.direction, len(series.labels)):
        unplaced = series.counted.ids_of(series.direction, len(series.labels))
        is_out = (
            f"{count(len(unplaced), 'event')} whose date is too coarse for the period {'is' if len(unplaced) == 1 else 'are'}"
        )
        warnings.append((f"{is_out} left out.", {"event_ids": unplaced}))
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
