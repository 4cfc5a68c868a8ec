"""Who stands with whom: a signed network of states per period, from the net intensity of their acts, and its balance."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import ibis
import ibis.expr.types as ir
import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from verbale.core.errors import VerbaleError
from verbale.core.wording import count, listed
from verbale.measures.bootstrap import REPLICATES, Atoms, Floats, Replicates, interval, replicate
from verbale.measures.bounds import mean_bounds
from verbale.measures.camps import MOST_IN_CAMPS, camps
from verbale.measures.figures import SIDE_COLOURS, finished
from verbale.measures.periods import Span, placed
from verbale.measures.result import SEED, Basis, EvidenceError, MeasureResult, Method, Told, parted, told, versions
from verbale.measures.selection import actual, needs, restrict, single

Signs = npt.NDArray[np.int8]

# A single act makes no relation: one quarrel among friends would turn its sign.
MIN_EVENTS: Final = 2
# Four states make four triads; of fewer, a share moves in steps of a third and more, and a sentence tells their number alone.
MIN_TRIADS: Final = 4
# A figure and a partition of more states is not read; those with most acts are taken.
MOST_STATES: Final = 12
SOURCES: Final = (
    "Heider, Fritz. 1946. Attitudes and Cognitive Organization. Journal of Psychology 21: 107-112.",
    "Cartwright, Dorwin, and Frank Harary. 1956. Structural Balance: A Generalization of Heider's Theory. Psychological Review "
    "63: 277-293.",
    "Harary, Frank. 1959. On the Measurement of Structural Balance. Behavioral Science 4: 316-323 (line index).",
    "Maoz, Zeev, et al. 2007. What Is the Enemy of My Enemy? Causes and Consequences of Imbalanced International Relations, "
    "1816-2001. Journal of Politics 69: 100-115.",
    "Goldstein, Joshua S. 1992. A Conflict-Cooperation Scale for WEIS Events Data. Journal of Conflict Resolution 36: 369-385.",
)
_FORMULA: Final = (
    "Pair: sum and mean of the Goldstein values of all actual acts between two states in the period, both directions; its sign "
    "is that of the sum, 0 below the least number of acts. Interval of the mean: Student's t, with the variance of a bootstrap "
    "over documents, then events, moderated by the spread of all acts. Triad: three states whose pairs all have a sign; "
    "balanced where the product of the signs is positive. Period: share of triads "
    "that are balanced, with the interval of the bootstrap and, as baseline, the mean share where the same signs are dealt to "
    "the same pairs at random; chance: how often that gives as large a share. State: camp of the partition into two that "
    "leaves fewest signs against it (line index of balance), by exhaustive search in each connected part; camps of different "
    "parts are not compared."
)
_SCHEMA: Final = pa.schema(
    [
        ("kind", pa.string()),
        ("period", pa.string()),
        ("period_start", pa.date32()),
        ("states", pa.string()),
        ("sign", pa.int64()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("baseline", pa.float64()),
        ("chance", pa.float64()),
        ("camp", pa.string()),
        ("events", pa.int64()),
        ("event_ids", pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class _Network:
    """Pairs of states by period: `cells` numbers periods x pairs, `ids` are the events of each cell."""

    states: tuple[str, ...]
    pairs: list[tuple[str, str]]
    periods: list[tuple[str, datetime.date]]
    atoms: Atoms
    ids: dict[int, list[str]]

    def cell(self, period: int, pair: int) -> int:
        """Return the number of a cell."""
        return period * len(self.pairs) + pair


def signed_network(
    events: ir.Table,
    *,
    dyad: tuple[str, str] | None = None,
    states: Sequence[str] = (),
    period: str = "decade",
    spans: Sequence[Span] | None = None,
    min_events: int = MIN_EVENTS,
    replicates: int = REPLICATES,
    level: float = 0.95,
    seed: int = SEED,
) -> MeasureResult:
    """Return who stands with whom in each period: pairs with their sign, triads, balance of the network, and camps.

    Rows by `kind`: pair (`states` A-B, `sign`, `value` mean intensity with `low` and `high`), triad (A-B-C, `sign` of the
    product, 1 balanced), period (`value` share of balanced triads with interval, `baseline`, `chance`), state (`camp`).
    `events` and `event_ids` are those of the row. The states are those given, else the `dyad` and those with most acts, at
    most `MOST_STATES`. Raises `measure-option`, `measure-period`, `measure-dyad`, and `measure-evidence` without any sign.
    """
    if min_events < 1:
        raise VerbaleError("measure-option", option="min_events", value=min_events, allowed="a number from 1")
    held = _network(events, dyad, tuple(states), period, spans)
    drawn = replicate(held.atoms, replicates=replicates, seed=seed)
    signs = _signs(drawn.events, drawn.intensity, held, min_events)
    replicated = _signs(drawn.replicate_events, drawn.replicate_intensity, held, min_events)
    random = np.random.default_rng(seed)
    rows = [
        row
        for at in range(len(held.periods))
        for row in _period_rows(held, at, signs[at], replicated[:, at], drawn, random, level)
    ]
    if not any(row["kind"] == "pair" and row["sign"] for row in rows):
        raise EvidenceError(
            measure="network",
            needed=f"two states with {count(min_events, 'act')} between them in a period",
            found=f"fewer among {count(len(held.states), 'state')}",
            behind={"event_ids": sorted(one for ids in held.ids.values() for one in ids)},
        )
    options = {
        "states": list(held.states),
        "period": period if spans is None else [f"{span.name}: {span.first} to {span.last}" for span in spans],
        "min_events": min_events,
        "replicates": replicates,
        "level": level,
    }
    (sentences, behind), (warnings, warned) = parted(_sentences(rows, held, level)), parted(_warnings(rows))
    return MeasureResult(
        "network",
        "Who stands with whom",
        pa.Table.from_pylist(rows, schema=_SCHEMA),
        Method(_FORMULA, SOURCES, options, versions("networkx", "numpy", "ibis-framework"), seed),
        sentences,
        (Basis(actual(events)),),
        _draw,
        warnings,
        behind,
        warned,
    )


def _network(
    events: ir.Table, dyad: tuple[str, str] | None, states: tuple[str, ...], period: str, spans: Sequence[Span] | None
) -> _Network:
    needs(events, "event_id", "source", "target", "quad", "status", "intensity")
    if dyad is not None:
        restrict(events, dyad=dyad)  # refuses what is no pair of states
    between = actual(events).filter(events.source != events.target, events.quad.notnull())
    held = placed(between, period=period, spans=spans)
    held = held.filter(held.period.notnull())
    chosen = states or _most_active(held, dyad)
    if len(chosen) < 2:
        raise EvidenceError(measure="network", needed="acts between at least two states", found="none")
    if len(chosen) > MOST_IN_CAMPS:
        raise VerbaleError(
            "measure-option", option="states", value=f"{len(chosen)} states", allowed=f"at most {MOST_IN_CAMPS} states"
        )
    kept = held.filter(held.source.isin(chosen), held.target.isin(chosen))
    document = kept.document_id.fill_null(kept.event_id) if "document_id" in kept.columns else kept.event_id
    first, second = ibis.least(kept.source, kept.target), ibis.greatest(kept.source, kept.target)
    told = kept.select("event_id", "period", "period_start", "intensity", document=document, first=first, second=second)
    rows = told.order_by("period_start", "first", "second", "document", "event_id").to_pyarrow().to_pylist()
    if not rows:
        raise EvidenceError(measure="network", needed=f"acts among {listed(chosen)} in a period", found="none")
    periods = sorted({(row["period"], row["period_start"]) for row in rows}, key=lambda one: one[1])
    pairs = sorted({(row["first"], row["second"]) for row in rows})
    at_period = {period: number for number, period in enumerate(periods)}
    at_pair = {pair: number for number, pair in enumerate(pairs)}
    at_document = {name: number for number, name in enumerate(dict.fromkeys(row["document"] for row in rows))}
    cells = [at_period[row["period"], row["period_start"]] * len(pairs) + at_pair[row["first"], row["second"]] for row in rows]
    ids: dict[int, list[str]] = {}
    for cell, row in zip(cells, rows, strict=True):
        ids.setdefault(cell, []).append(row["event_id"])
    atoms = Atoms(
        np.array([at_document[row["document"]] for row in rows], dtype=np.int64),
        np.array(cells, dtype=np.int64),
        np.array([row["intensity"] or 0.0 for row in rows], dtype=np.float64),
        np.ones(len(rows), dtype=np.int64),
        len(periods) * len(pairs),
    )
    return _Network(tuple(sorted(chosen)), pairs, periods, atoms, ids)


def _most_active(held: ir.Table, dyad: tuple[str, str] | None) -> tuple[str, ...]:
    """Return the dyad and the states with most acts toward or from them; without a dyad, those with most acts."""
    near = held if dyad is None else held.filter(held.source.isin(list(dyad)) | held.target.isin(list(dyad)))
    sides = near.select(state=near.source).union(near.select(state=near.target))
    sides = sides.filter(single(sides.state))
    counted = sides.group_by("state").aggregate(number=sides.count()).order_by(ibis.desc("number"), "state")
    found = [state for state in counted.to_pyarrow()["state"].to_pylist() if not dyad or state not in dyad]
    return (*(dyad or ()), *found[: MOST_STATES - len(dyad or ())]) if found or dyad else ()


def _signs(events: Floats, intensity: Floats, held: _Network, least: int) -> Signs:
    """Return the signs of pairs, shaped (...) x periods x pairs; 0 with fewer acts than the least number."""
    shape = (*events.shape[:-1], len(held.periods), len(held.pairs))
    found: Signs = np.where(events >= least, np.sign(intensity), 0).astype(np.int8).reshape(shape)
    return found


def _period_rows(
    held: _Network,
    at: int,
    signs: Signs,
    replicated: Signs,
    drawn: Replicates,
    random: np.random.Generator,
    level: float,
) -> Iterator[dict[str, Any]]:
    period, start = held.periods[at]
    named = {"period": period, "period_start": start}
    for pair, states in enumerate(held.pairs):
        cell = held.cell(at, pair)
        if cell in held.ids:
            yield {**named, **_pair_row(cell, states, int(signs[pair]), held, drawn, level)}
    triads = _triads(held, signs)
    for triad, edges in triads:
        ids = [one for edge in edges for one in held.ids[held.cell(at, edge)]]
        sign = int(np.prod(signs[list(edges)]))
        yield {**named, "kind": "triad", "states": "-".join(triad), "sign": sign, "events": len(ids), "event_ids": sorted(ids)}
    known = [pair for pair in range(len(held.pairs)) if signs[pair]]
    if triads:
        ids = sorted({one for _, edges in triads for edge in edges for one in held.ids[held.cell(at, edge)]})
        yield {
            **named,
            **_balance(triads, signs, replicated, known, random, drawn, level),
            "events": len(ids),
            "event_ids": ids,
        }
    graph = nx.Graph()
    graph.add_edges_from((*held.pairs[pair], {"sign": int(signs[pair])}) for pair in known)
    for state, camp in camps(graph).items():
        ids = [one for pair in known if state in held.pairs[pair] for one in held.ids[held.cell(at, pair)]]
        yield {**named, "kind": "state", "states": state, "camp": camp, "events": len(ids), "event_ids": sorted(ids)}


def _pair_row(cell: int, states: tuple[str, str], sign: int, held: _Network, drawn: Replicates, level: float) -> dict[str, Any]:
    ids = held.ids[cell]
    value = float(drawn.intensity[cell] / drawn.events[cell])
    low, high = _pair_bounds(cell, value, held, drawn, level)
    return {
        "kind": "pair",
        "states": "-".join(states),
        "sign": sign,
        "value": value,
        # One act has no spread to tell of.
        "low": low if len(ids) > 1 else None,
        "high": high if len(ids) > 1 else None,
        "events": len(ids),
        "event_ids": sorted(ids),
    }


def _pair_bounds(cell: int, value: float, held: _Network, drawn: Replicates, level: float) -> tuple[float, float]:
    """Return the interval of a pair's mean value, moderated by the spread of the whole network's."""
    atoms = held.atoms
    own, every = atoms.cell == cell, atoms.intensity
    apart = drawn.replicate_intensity[:, cell] - value * drawn.replicate_events[:, cell]
    variance = float(apart.var(ddof=1)) if len(apart) > 1 else 0.0
    if drawn.documents > 1:
        # What the bootstrap has of events drawn anew within documents (`bootstrap`).
        variance -= float((atoms.number[own] * (every[own] - value) ** 2).sum()) / drawn.documents
    return mean_bounds(
        value,
        float(drawn.events[cell]),
        variance,
        tellers=len(np.unique(atoms.document[own])),
        spread=float(np.average((every - np.average(every, weights=atoms.number)) ** 2, weights=atoms.number)),
        level=level,
    )


_Triads = list[tuple[tuple[str, str, str], tuple[int, int, int]]]


def _triads(held: _Network, signs: Signs) -> _Triads:
    """Return triads whose pairs all have a sign, with the numbers of the three pairs."""
    at = {pair: number for number, pair in enumerate(held.pairs) if signs[number]}
    graph = nx.Graph(list(at))
    cliques = [sorted(one) for one in nx.enumerate_all_cliques(graph) if len(one) == 3]
    found: _Triads = []
    for one, two, three in sorted(cliques):
        found.append(((one, two, three), (at[one, two], at[one, three], at[two, three])))
    return found


def _balance(
    triads: _Triads,
    signs: Signs,
    replicated: Signs,
    known: Sequence[int],
    random: np.random.Generator,
    drawn: Replicates,
    level: float,
) -> dict[str, Any]:
    """Return the share of balanced triads with its interval, and what it is where the signs are dealt at random."""
    edges = np.array([one for _, one in triads])
    share = float((signs[edges].prod(axis=1) > 0).mean())
    products = replicated[:, edges].prod(axis=2)
    whole = np.abs(products).sum(axis=1)
    shares = np.where(whole > 0, (products > 0).sum(axis=1) / np.where(whole > 0, whole, 1), np.nan)
    low, high = interval(shares.astype(np.float64), level=level, units=drawn.documents)
    dealt = np.tile(signs, (_DEALS, 1))
    dealt[:, known] = random.permuted(dealt[:, known], axis=1)
    by_chance = (dealt[:, edges].prod(axis=2) > 0).mean(axis=1)
    return {
        "kind": "period",
        "states": "",
        "value": share,
        "low": None if np.isnan(low) else low,
        "high": None if np.isnan(high) else high,
        "baseline": float(by_chance.mean()),
        "chance": float((1 + (by_chance >= share - 1e-9).sum()) / (_DEALS + 1)),
    }


# The smallest chance that so many deals can tell is 0.001.
_DEALS: Final = 999


def _sentences(rows: Sequence[dict[str, Any]], held: _Network, level: float) -> list[Told]:
    states, acts = count(len(held.states), "actor"), sorted(one for ids in held.ids.values() for one in ids)
    found: list[Told] = [(f"{states} ({', '.join(held.states)}), {count(len(acts), 'act')} among them.", {"event_ids": acts})]
    for period in dict.fromkeys(row["period"] for row in rows):
        own = [row for row in rows if row["period"] == period]
        pairs = [row for row in own if row["kind"] == "pair" and row["sign"]]
        if not pairs:
            continue
        positive = sum(row["sign"] > 0 for row in pairs)
        text = f"{period}: {count(len(pairs), 'pair')} with a sign, {positive} positive and {len(pairs) - positive} negative"
        for row in own:
            if row["kind"] == "period":
                triads = [one["sign"] for one in own if one["kind"] == "triad"]
                if len(triads) < MIN_TRIADS:
                    text += f"; balanced triads {sum(sign > 0 for sign in triads)} of {len(triads)}, too few for a share"
                    continue
                bounds = f" ({row['low']:.2f} to {row['high']:.2f})" if row["low"] is not None else ""
                text += (
                    f"; balanced triads {row['value']:.2f}{bounds} of {len(triads)}, by chance {row['baseline']:.2f}, chance "
                    f"{row['chance']:.3f}; interval of {level:.0%}"
                )
        found.append(told(f"{text}.", [row for row in own if row["kind"] == "pair"]))
    return found


def _warnings(rows: Sequence[dict[str, Any]]) -> list[Told]:
    pairs = [row for row in rows if row["kind"] == "pair" and row["sign"]]
    open_signs = [row for row in pairs if row["low"] is None or row["low"] <= 0 <= row["high"]]
    few = [row for row in rows if row["kind"] == "pair" and not row["sign"]]
    found = list[Told]()
    if open_signs:
        text = (
            f"{len(open_signs)} of {count(len(pairs), 'sign')} could be the other: the interval of the mean intensity holds 0."
        )
        found.append(told(text, open_signs))
    if few:
        text = f"{count(len(few), 'pair has', 'pairs have')} no sign in a period: too few acts, or a sum of 0."
        found.append(told(text, few))
    if not any(row["kind"] == "triad" for row in rows):
        found.append(("In no period do three states have signs among them; there is no balance to tell of.", {}))
    return found


def _draw(rows: pa.Table) -> Any:
    """Draw pairs by period, coloured by mean intensity; pairs of most acts above."""
    listed = [{**row, "row": number} for number, row in enumerate(rows.drop(["event_ids", "period_start"]).to_pylist())]
    pairs = [row for row in listed if row["kind"] == "pair"]
    counts: dict[str, int] = {}
    for row in pairs:
        counts[row["states"]] = counts.get(row["states"], 0) + row["events"]
    order = sorted(counts, key=lambda states: (-counts[states], states))[:_MOST_DRAWN]
    periods = list(dict.fromkeys(row["period"] for row in listed))
    shown = [row for row in pairs if row["states"] in order]
    for row in shown:
        row["side"], row["strength"] = ("cooperation" if row["value"] >= 0 else "conflict"), abs(row["value"])
    chart = alt.Chart(alt.InlineData(values=shown)).mark_rect(cursor="pointer")
    if len(order) < len(counts):
        chart = chart.properties(title=f"The {len(order)} pairs with most acts, of {len(counts)}")
    return finished(
        chart.encode(
            x=alt.X("period:O", sort=periods, axis=alt.Axis(title=None, labelAngle=0, labelOverlap="greedy")),
            y=alt.Y("states:N", sort=order, axis=alt.Axis(title=None)),
            # Strength is opacity, so that the colours can be those of a page, light or dark.
            color=alt.Color(
                "side:N", title=None, scale=alt.Scale(domain=list(SIDE_COLOURS), range=list(SIDE_COLOURS.values()))
            ),
            opacity=alt.Opacity(
                "strength:Q",
                legend=alt.Legend(title="mean intensity, of ten", values=[1, 4, 7, 10], symbolType="square"),
                scale=alt.Scale(domain=[0, 10], range=[0.08, 1]),
            ),
            tooltip=["states:N", "period:O", "value:Q", "events:Q"],
        ),
        height=18 * len(order) + 10,
    )


_MOST_DRAWN: Final = 30
