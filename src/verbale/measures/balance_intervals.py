"""The balance of a relation with its uncertainty: cooperation and conflict per dyad, direction and period, with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from verbale.core.errors import VerbaleError
from verbale.measures.bootstrap import NONE_SEEN, REPLICATES, Floats, Replicates, interval, replicate
from verbale.measures.dyad_counts import COOPERATION, QUADS, DirectionCounts, DyadCounts, count_dyad, directions, in_direction
from verbale.measures.figures import INK, SIDE_COLOURS, finished, frame
from verbale.measures.periods import Span
from verbale.measures.result import SEED, Basis, MeasureResult, Method, versions
from verbale.measures.selection import actual

QUANTITIES: Final = ("events", *QUADS, "cooperation", "conflict", "net", "share", "intensity", "mean intensity")
# Below this many events in a period, the intervals of simulated ledgers hold the truth less often than in 90 % of runs, or are
# as wide as the scale (docs/measures.md, "How good the intervals are").
MIN_EVENTS: Final = 10
# Of one or two documents, nothing can be told about how much documents differ.
MIN_DOCUMENTS: Final = 3
SOURCES: Final = (
    "Goldstein, Joshua S. 1992. A Conflict-Cooperation Scale for WEIS Events Data. Journal of Conflict Resolution 36: 369-385.",
    "Davison, Anthony C., and David V. Hinkley. 1997. Bootstrap Methods and their Application. Cambridge, section 3.8.",
    "Hesterberg, Tim C. 2015. What Teachers Should Know About the Bootstrap. The American Statistician 69(4): 371-386.",
)
_FORMULA: Final = (
    "Counts of actual events per direction, period and quadrant; net: cooperation less conflict; share: cooperation of all "
    "events; intensity: sum, and mean per event, on the Goldstein scale. An act of both together counts in both "
    "directions, and once in 'both'. Intervals: percentiles of a bootstrap that draws documents, then events within documents "
    "(each drawn document has its events drawn anew with chance 1/D), widened for few documents by Student's t."
)


def relation_balance(
    events: ir.Table,
    *,
    dyad: tuple[str, str] | Sequence[tuple[str, str]],
    period: str = "year",
    spans: Sequence[Span] | None = None,
    quantities: Sequence[str] = QUANTITIES,
    documents: str = "given",
    replicates: int = REPLICATES,
    level: float = 0.95,
    seed: int = SEED,
) -> MeasureResult:
    """Return counts and intensities of a dyad, or of several, per direction, period and quantity, with intervals.

    Rows: `dyad` (RUS-IRN), `direction` (RUS>IRN, IRN>RUS, both), `period`, `period_start`, `quantity` (one of `QUANTITIES`),
    `value`, `low`, `high` (at `level`), `events` and `documents` behind it, `few` (below `MIN_EVENTS` or `MIN_DOCUMENTS`),
    `event_ids`. Periods are units of the calendar, or named `spans`; one without any event stands with zero between the first
    and the last. Events that belong to no period have the period null. A table without `document_id` counts each event as a
    document. `documents` is "given" or "arriving", see `bootstrap.replicate`. Raises `measure-period`, `measure-dyad`,
    `measure-option`, and `measure-evidence` without any event.
    """
    _check(quantities, level)
    pairs: list[tuple[str, str]] = [dyad] if isinstance(dyad[0], str) else list(dyad)  # type: ignore[list-item, arg-type]
    rows: list[dict[str, Any]] = []
    sentences, warnings = list[str](), list[str]()
    for pair in pairs:
        counted = count_dyad(events, pair, period=period, spans=spans)
        drawn = replicate(counted.atoms, documents=documents, replicates=replicates, seed=seed)
        own = _rows(counted, drawn, quantities, level)
        rows += own
        sentences += _sentences(counted, drawn, level, named=spans is not None)
        warnings += _warnings(counted, own)
    options = {
        "dyad": ["-".join(pair) for pair in pairs],
        "period": period if spans is None else [f"{span.name}: {span.first} to {span.last}" for span in spans],
        "documents": documents,
        "replicates": replicates,
        "level": level,
        "minimum_evidence": f"{MIN_EVENTS} events, {MIN_DOCUMENTS} documents",
    }
    method = Method(_FORMULA, SOURCES, options, versions("numpy", "scipy", "ibis-framework"), seed)
    return MeasureResult(
        "balance",
        "Balance with intervals",
        pa.Table.from_pylist(rows, schema=_SCHEMA),
        method,
        tuple(sentences),
        (Basis(actual(events)),),
        _draw,
        tuple(warnings),
    )


_SCHEMA: Final = pa.schema(
    [
        ("dyad", pa.string()),
        ("direction", pa.string()),
        ("period", pa.string()),
        ("period_start", pa.date32()),
        ("quantity", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("events", pa.int64()),
        ("documents", pa.int64()),
        ("few", pa.bool_()),
        ("event_ids", pa.list_(pa.string())),
    ]
)


def _check(quantities: Sequence[str], level: float) -> None:
    unknown = [one for one in quantities if one not in QUANTITIES]
    if unknown:
        raise VerbaleError("measure-option", option="quantity", value=repr(unknown[0]), allowed=", ".join(QUANTITIES))
    if not 0 < level < 1:
        raise VerbaleError("measure-option", option="level", value=level, allowed="a share between 0 and 1, such as 0.95")


def quantity_of(name: str, events: Floats, intensity: Floats) -> Floats:
    """Return a quantity from counts and intensities whose last axis is the quadrant; NaN where there is no event to tell it."""
    total, friendly = events.sum(axis=-1), events[..., list(COOPERATION)].sum(axis=-1)
    if name in QUADS:
        value: Floats = events[..., QUADS.index(name)]
        return value
    whole = np.where(total > 0, total, np.nan)
    of: Mapping[str, Floats] = {
        "events": total,
        "cooperation": friendly,
        "conflict": total - friendly,
        "net": 2 * friendly - total,
        "share": friendly / whole,
        "intensity": intensity.sum(axis=-1),
        "mean intensity": intensity.sum(axis=-1) / whole,
    }
    return of[name]


def bounds_of(name: str, value: float, replicated: Floats, events: int, documents: int, level: float) -> tuple[float, float]:
    """Return the interval of a quantity, with exact bounds where replicates cannot differ from what was seen."""
    if np.isnan(value):
        return float("nan"), float("nan")
    low, high = interval(replicated, level=level, units=documents if documents > 1 else events)
    if name == "share" and value in (0.0, 1.0):
        # All on one side: the bound of Clopper and Pearson (1934), counting documents, since their events hang together.
        edge = ((1 - level) / 2) ** (1 / documents)
        return (0.0, 1 - edge) if value == 0.0 else (edge, 1.0)
    if value == 0.0 and (name in QUADS or name in ("events", "cooperation", "conflict")):
        return 0.0, max(high, NONE_SEEN if level == 0.95 else -float(np.log((1 - level) / 2)))
    return low, high


def _rows(counted: DyadCounts, drawn: Replicates, quantities: Sequence[str], level: float) -> list[dict[str, Any]]:
    first, second = counted.dyad
    rows = []
    for direction, label in enumerate(directions(counted.dyad)):
        found = in_direction(counted, drawn, direction)
        values = {name: quantity_of(name, found.events, found.intensity) for name in quantities}
        replicated = {name: quantity_of(name, found.replicate_events, found.replicate_intensity) for name in quantities}
        for at, (period, start) in enumerate(counted.periods):
            events, documents = int(found.events[at].sum()), int(found.documents[at])
            for name in quantities:
                value = float(values[name][at])
                low, high = bounds_of(name, value, replicated[name][:, at], events, documents, level)
                rows.append(
                    {
                        "dyad": f"{first}-{second}",
                        "direction": label,
                        "period": period,
                        "period_start": start,
                        "quantity": name,
                        **{
                            key: None if np.isnan(one) else one for key, one in (("value", value), ("low", low), ("high", high))
                        },
                        "events": events,
                        "documents": documents,
                        "few": events < MIN_EVENTS or documents < MIN_DOCUMENTS,
                        "event_ids": _ids(counted, direction, at, name),
                    }
                )
    return rows


def _ids(counted: DyadCounts, direction: int, at: int, name: str) -> list[str]:
    """Return the events behind a number: of its quadrant or side, else all of the period."""
    every = name not in (*QUADS, "cooperation", "conflict")
    return counted.ids_of(direction, at, [quad for quad in QUADS if every or name == quad or quad.endswith(f" {name}")])


def _sentences(counted: DyadCounts, drawn: Replicates, level: float, *, named: bool) -> list[str]:
    """State each direction over all periods and, for named periods, each of them."""
    first, second = counted.dyad
    found = []
    for direction, label in enumerate((f"{first} to {second}", f"{second} to {first}", f"{first} and {second}")):
        every = in_direction(counted, drawn, direction)
        parts: list[tuple[str, slice]] = [(label, slice(None))]
        if named and direction == 2:
            parts += [(f"{label}, {period}", slice(at, at + 1)) for at, (period, _) in enumerate(counted.periods) if period]
        for words, at in parts:
            told = int(every.documents[at].sum()) if at != slice(None) else drawn.documents
            found.append(_sentence(words, every, at, told, level))
    return found


def _sentence(words: str, every: DirectionCounts, at: slice, documents: int, level: float) -> str:
    events, intensity = every.events[at].sum(axis=0), every.intensity[at].sum(axis=0)
    total = int(events.sum())
    if not total:
        return f"{words}: no event."
    replicated = every.replicate_events[:, at].sum(axis=1), every.replicate_intensity[:, at].sum(axis=1)
    said = []
    for name, form in (("cooperation", ",.0f"), ("conflict", ",.0f"), ("share", ".2f"), ("mean intensity", "+.1f")):
        value = float(quantity_of(name, events, intensity))
        low, high = bounds_of(name, value, quantity_of(name, *replicated), total, documents, level)
        number, lowest, highest = (f"{one:{form}}".replace("-", "−") for one in (value, low, high))
        said.append(f"{_WORDS.get(name, name)} {number} ({lowest} to {highest})")
    return f"{words}: {total:,} event{'' if total == 1 else 's'}; {', '.join(said)}; intervals of {level:.0%}."


_WORDS: Final = {"share": "share of cooperation"}


def _warnings(counted: DyadCounts, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    pair = " and ".join(counted.dyad)
    found = []
    documents = len(np.unique(counted.atoms.document))
    if documents < MIN_DOCUMENTS:
        found.append(
            f"{pair}: {documents} document{'' if documents == 1 else 's'}; the intervals tell how events vary within, not "
            "how other documents would differ."
        )
    both = {row["period"]: row for row in rows if row["direction"] == "both"}
    few = [period for period, row in both.items() if period is not None and row["events"] < MIN_EVENTS]
    if few:
        found.append(f"{pair}: {len(few)} of {len(both) - (None in both)} periods have fewer than {MIN_EVENTS} events.")
    if None in both:
        found.append(f"{pair}: {both[None]['events']} events belong to no period, for want of a date or of its precision.")
    return found


def _draw(rows: pa.Table) -> Any:
    """Draw cooperation above and conflict below the line with their intervals, both directions together."""
    data = frame(rows, "dyad", "direction", "period", "quantity", "value", "low", "high")
    data = data[data["period"].notna() & (data["direction"] == "both")]
    sides = data[data["quantity"].isin(SIDE_COLOURS)].copy()
    if sides.empty:
        return _draw_points(data)
    down = sides["quantity"] == "conflict"
    for column in ("value", "low", "high"):
        sides.loc[down, column] = -sides.loc[down, column]
    base = alt.Chart(sides).encode(x=_PERIODS_AXIS)
    value = alt.Axis(title="events, conflict below", labelExpr="format(abs(datum.value), ',')")
    bars = base.mark_bar().encode(
        y=alt.Y("value:Q", axis=value, stack=None),
        color=alt.Color(
            "quantity:N", scale=alt.Scale(domain=list(SIDE_COLOURS), range=list(SIDE_COLOURS.values())), title=None
        ),
    )
    rules = base.mark_rule(color=INK).encode(y=alt.Y("low:Q", stack=None, title=""), y2="high:Q")
    return _by_dyad(finished(bars + rules), sides)


_PERIODS_AXIS: Final = alt.X("period:O", sort=None, axis=alt.Axis(title=None, labelOverlap="greedy", labelAngle=0))


def _draw_points(data: Any) -> Any:
    base = alt.Chart(data).encode(x=_PERIODS_AXIS, color=alt.Color("quantity:N", title=None))
    points = base.mark_point(filled=True, size=50).encode(y=alt.Y("value:Q", title=None))
    return _by_dyad(finished(points + base.mark_rule().encode(y=alt.Y("low:Q", title=None), y2="high:Q")), data)


def _by_dyad(chart: Any, data: Any) -> Any:
    return chart.facet(row=alt.Row("dyad:N", title=None)) if data["dyad"].nunique() > 1 else chart
