"""The balance of a relation with its uncertainty: cooperation and conflict per dyad, direction and period, with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from verbale.core.errors import VerbaleError
from verbale.core.wording import count
from verbale.measures.bootstrap import REPLICATES, Floats, Replicates, replicate
from verbale.measures.bounds import Sample, Seen, bounds_of
from verbale.measures.dyad_counts import COOPERATION, QUADS, DyadCounts, cells_of, count_dyad, directions, in_direction
from verbale.measures.figures import INK, SIDE_COLOURS, finished, frame
from verbale.measures.periods import Span
from verbale.measures.result import SEED, Basis, MeasureResult, Method, Told, parted, versions
from verbale.measures.selection import actual

QUANTITIES: Final = ("events", *QUADS, "cooperation", "conflict", "net", "share", "intensity", "mean intensity")
# Below this many events in a period, the interval of a share spans half of the scale and more (0.24 to 0.76 at five of ten).
MIN_EVENTS: Final = 10
# Of one or two documents, nothing can be told about how much documents differ.
MIN_DOCUMENTS: Final = 3
SOURCES: Final = (
    "Goldstein, Joshua S. 1992. A Conflict-Cooperation Scale for WEIS Events Data. Journal of Conflict Resolution 36: 369-385.",
    "Davison, Anthony C., and David V. Hinkley. 1997. Bootstrap Methods and their Application. Cambridge, section 3.8.",
    "Brown, Lawrence D., T. Tony Cai, and Anirban DasGupta. 2001. Interval Estimation for a Binomial Proportion. Statistical "
    "Science 16: 101-133 (Jeffreys' interval; of Poisson numbers: 2003, Statistica Sinica 13: 19-49).",
    "Fay, Michael P., and Eric J. Feuer. 1997. Confidence Intervals for Directly Standardized Rates. Statistics in Medicine "
    "16: 791-801 (counts that vary more than independent events).",
    "Korn, Edward L., and Barry I. Graubard. 1998. Confidence Intervals for Proportions with Small Expected Number. Survey "
    "Methodology 24: 193-201.",
    "Zou, Guang Yong, and Allan Donner. 2008. Construction of Confidence Limits about Effect Measures. Statistics in Medicine "
    "27: 1693-1702.",
    "Smyth, Gordon K. 2004. Linear Models and Empirical Bayes Methods. Statistical Applications in Genetics and Molecular "
    "Biology 3(1): 3 (moderated t).",
    "Hesterberg, Tim C. 2015. What Teachers Should Know About the Bootstrap. The American Statistician 69(4): 371-386.",
)
_FORMULA: Final = (
    "Counts of actual events per direction, period and quadrant; net: cooperation less conflict; share: cooperation of all "
    "events; intensity: sum, and mean per event, on the Goldstein scale. An act of both together counts in both "
    "directions, and once in 'both'. Intervals: a bootstrap draws documents, then events within documents (each drawn document "
    "has its events drawn anew with chance 1/D), and tells the variance; counts: Jeffreys' interval of a Poisson number, "
    "scaled by it; share: Jeffreys' of as many independent events as tell as much; net: made of those of both sides; mean "
    "intensity: Student's t, moderated by the spread of all the dyad's events; all with the degrees of freedom "
    "of documents. Intensity: percentiles, widened for few documents by Student's t."
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
    sentences, warnings = list[Told](), list[Told]()
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
    (told_texts, behind), (warning_texts, warned) = parted(sentences), parted(warnings)
    return MeasureResult(
        "balance",
        "Balance with intervals",
        pa.Table.from_pylist(rows, schema=_SCHEMA),
        method,
        told_texts,
        (Basis(actual(events)),),
        _draw,
        warning_texts,
        behind,
        warned,
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


def _rows(counted: DyadCounts, drawn: Replicates, quantities: Sequence[str], level: float) -> list[dict[str, Any]]:
    first, second = counted.dyad
    rows = []
    for direction, label in enumerate(directions(counted.dyad)):
        found = in_direction(counted, drawn, direction)
        values = {name: quantity_of(name, found.events, found.intensity) for name in quantities}
        cells = cells_of(counted, direction)
        sample = Sample(counted.atoms, drawn, cells)
        for at, (period, start) in enumerate(counted.periods):
            events, documents = int(found.events[at].sum()), int(found.documents[at])
            seen = sample.seen(cells[at])
            for name in quantities:
                value = float(values[name][at])
                low, high = bounds_of(name, seen, level)
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


def _sentences(counted: DyadCounts, drawn: Replicates, level: float, *, named: bool) -> list[Told]:
    """State each direction over all periods and, for named periods, each of them."""
    first, second = counted.dyad
    found = list[Told]()
    every = range(len(counted.periods))
    for direction, label in enumerate((f"{first} to {second}", f"{second} to {first}", f"{first} and {second}")):
        cells = cells_of(counted, direction)
        sample = Sample(counted.atoms, drawn, cells)
        ids = [one for at in every for one in counted.ids_of(direction, at)]
        found.append((_sentence(label, sample.seen(cells), level), {"event_ids": ids}))
        if named and direction == 2:
            found += [
                (_sentence(f"{label}, {period}", sample.seen(cells[at]), level), {"event_ids": counted.ids_of(direction, at)})
                for at, (period, _) in enumerate(counted.periods)
                if period
            ]
    return found


def _sentence(words: str, seen: Seen, level: float) -> str:
    if not seen.events.sum():
        return f"{words}: no event."
    said = []
    for name, form in (("cooperation", ",.0f"), ("conflict", ",.0f"), ("share", ".2f"), ("mean intensity", "+.1f")):
        value = float(quantity_of(name, seen.events, seen.intensity))
        low, high = bounds_of(name, seen, level)
        number, lowest, highest = (f"{one:{form}}".replace("-", "−") for one in (value, low, high))
        said.append(f"{_WORDS.get(name, name)} {number} ({lowest} to {highest})")
    return f"{words}: {count(int(seen.events.sum()), 'event')}; {', '.join(said)}; intervals of {level:.0%}."


_WORDS: Final = {"share": "share of cooperation"}


def _warnings(counted: DyadCounts, rows: Sequence[Mapping[str, Any]]) -> list[Told]:
    pair = " and ".join(counted.dyad)
    found = list[Told]()
    documents = len(np.unique(counted.atoms.document))
    if documents < MIN_DOCUMENTS:
        text = (
            f"{pair}: {count(documents, 'document')}; the intervals tell how events vary within, not "
            "how other documents would differ."
        )
        found.append((text, {"event_ids": sorted(one for ids in counted.ids.values() for one in ids)}))
    both = {row["period"]: row for row in rows if row["direction"] == "both"}
    behind = {label: counted.ids_of(2, at) for at, (label, _) in enumerate(counted.periods)}
    few = [period for period, row in both.items() if period is not None and row["events"] < MIN_EVENTS]
    if few:
        periods = count(len(both) - (None in both), "period")
        text = f"{pair}: {len(few)} of {periods} {'has' if len(few) == 1 else 'have'} fewer than {count(MIN_EVENTS, 'event')}."
        found.append((text, {"event_ids": [one for period in few for one in behind[period]]}))
    if None in both and both[None]["events"]:
        unplaced = both[None]["events"]
        text = f"{count(unplaced, 'event')} {'belongs' if unplaced == 1 else 'belong'} to no period"
        found.append((f"{pair}: {text}, for want of a date or of its precision.", {"event_ids": behind[None]}))
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
    # One period of two documents that differ can have an interval a hundred times as long as any bar.
    tallest = _REACH * max(map(abs, sides["value"]))
    ends = [0.0, *sides["low"].dropna(), *sides["high"].dropna()]
    low, high = min(ends), max(ends)
    base = alt.Chart(sides).encode(x=_PERIODS_AXIS)
    if max(-low, high) > tallest:
        base = base.properties(title="Longer intervals are cut; the table has them")
    scale = alt.Scale(domain=[max(low, -tallest), min(high, tallest)])
    value = alt.Axis(title="events, conflict below", labelExpr="format(abs(datum.value), ',')")
    bars = base.mark_bar(clip=True).encode(
        y=alt.Y("value:Q", axis=value, stack=None, scale=scale),
        color=alt.Color(
            "quantity:N", scale=alt.Scale(domain=list(SIDE_COLOURS), range=list(SIDE_COLOURS.values())), title=None
        ),
    )
    rules = base.mark_rule(color=INK, clip=True).encode(y=alt.Y("low:Q", stack=None, title=""), y2="high:Q")
    return _by_dyad(finished(bars + rules), sides)


# How many times the tallest bar a figure's scale may reach for intervals, so that bars stay a third of its height.
_REACH: Final = 3
_PERIODS_AXIS: Final = alt.X("period:O", sort=None, axis=alt.Axis(title=None, labelOverlap="greedy", labelAngle=0))


def _draw_points(data: Any) -> Any:
    base = alt.Chart(data).encode(x=_PERIODS_AXIS, color=alt.Color("quantity:N", title=None))
    points = base.mark_point(filled=True, size=50).encode(y=alt.Y("value:Q", title=None))
    return _by_dyad(finished(points + base.mark_rule().encode(y=alt.Y("low:Q", title=None), y2="high:Q")), data)


def _by_dyad(chart: Any, data: Any) -> Any:
    return chart.facet(row=alt.Row("dyad:N", title=None)) if data["dyad"].nunique() > 1 else chart
