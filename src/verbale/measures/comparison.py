"""The same measure of several dyads side by side: ranks and differences with intervals, for any measure that gives intervals.

What is needed of a measure is a column `value` with `low` and `high` at a level that can be chosen; nothing else is known of
it, and nothing is drawn anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import altair as alt
import ibis
import pyarrow as pa

from verbale.core.errors import VerbaleError
from verbale.core.wording import count, sentence
from verbale.measures.figures import SOFT
from verbale.measures.result import Basis, EvidenceError, MeasureResult, Method, Told, parted, told, versions

SOURCES: Final = (
    "Klein, Martin, Tommy Wright, and Jerzy Wieczorek. 2020. A Joint Confidence Region for an Overall Ranking of Populations. "
    "Journal of the Royal Statistical Society C 69(3): 589-606.",
    "Zou, Guang Yong, and Allan Donner. 2008. Construction of Confidence Limits about Effect Measures: A General Approach. "
    "Statistics in Medicine 27(10): 1693-1702.",
)
_FORMULA: Final = (
    "The measure is computed for each dyad by itself. Rank 1 is the highest value. The interval of a rank goes from one "
    "more than the number of dyads whose intervals lie wholly above to the number of all less those wholly below; for it, "
    "each interval is taken at the level 1 - (1 - level) / K of K dyads (Bonferroni), so that all ranks hold together at "
    "the level. The interval of a difference from the reference is made of both intervals: d - sqrt((a - low a)^2 + (high b "
    "- b)^2) to d + sqrt((high a - a)^2 + (b - low b)^2), for independent evidence."
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One dyad of a comparison: the result at the level asked for and at the joint one, or why the measure refused.

    `behind` has what a refusal counted, by the columns of its `bases`.
    """

    dyad: str
    result: MeasureResult | None
    joint: MeasureResult | None
    refusal: str = ""
    behind: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    bases: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class _Value:
    value: float | None
    low: float | None
    high: float | None
    row: Mapping[str, Any]


def joint_level(level: float, dyads: int) -> float:
    """Return the level at which each of some intervals is taken so that all hold together at `level`.

    >>> round(joint_level(0.95, 5), 3)
    0.99
    """
    return 1 - (1 - level) / dyads


def compare(
    compared: Sequence[Compared], *, measure: str, quantity: str, level: float, where: Mapping[str, str] | None = None
) -> MeasureResult:
    """Compare a quantity of a measure over dyads, the first of which is the reference.

    `quantity` is one that the measure's rows name in their column `quantity`; `where` chooses among several rows of a
    quantity (`{"direction": "both"}`). Rows, highest value first: `dyad`, `quantity`, `value`, `low`, `high`, `rank`,
    `rank_low`, `rank_high`, `difference`, `difference_low`, `difference_high` (from `reference`), `refusal` (why a dyad has
    no value), and the keys of the evidence. Raises `measure-option`, and `measure-evidence` where fewer than two dyads have a
    value.
    """
    told_of = where or {}
    chosen = {one.dyad: _value(one.result, one.dyad, quantity, told_of) for one in compared if one.result is not None}
    joint = {one.dyad: _value(one.joint, one.dyad, quantity, told_of) for one in compared if one.joint is not None}
    known = {dyad: value for dyad, value in chosen.items() if value.value is not None}
    bases = _bases(compared)
    if len(known) < 2:
        raise EvidenceError(
            measure="comparison",
            needed=f"two dyads at least with a value of {quantity}",
            found=f"{len(known)}: {', '.join(known)}" if known else "none",
            behind=_behind(compared, bases, chosen),
            bases=bases,
        )
    reference = compared[0].dyad
    rows = [_row(one, chosen.get(one.dyad), known, joint, reference) for one in compared]
    rows.sort(key=lambda row: (row["value"] is None, -(row["value"] or 0.0), row["dyad"]))
    first = next(one.result for one in compared if one.result is not None)
    table = _table(rows, quantity, chosen, bases, {one.dyad: one.behind for one in compared})
    options = {
        "measure": measure,
        "quantity": quantity,
        "where": dict(where) if where else None,
        "reference": reference,
        "level": level,
    }
    columns = [basis.column for basis in bases]
    sentences, behind = parted(_sentences(table.to_pylist(), quantity, told_of, reference, level, columns))
    warnings, warned = parted(_warnings(compared))
    return MeasureResult(
        "comparison",
        f"Comparison: {quantity}",
        table,
        Method(
            f"{_FORMULA} The measure: {first.method.formula}",
            (*SOURCES, *first.method.sources),
            options,
            versions("pyarrow") | dict(first.method.versions),
            first.method.seed,
        ),
        sentences,
        bases,
        _draw,
        warnings,
        behind,
        warned,
    )


def _warnings(compared: Sequence[Compared]) -> list[Told]:
    """Return the warnings of all dyads, each once."""
    found: dict[str, Told] = {}
    for one in compared:
        if one.result is not None:
            # A result made elsewhere may not say what its warnings rest on.
            warned = one.result.warned or tuple({} for _ in one.result.warnings)
            found.update({text: (text, keys) for text, keys in zip(one.result.warnings, warned, strict=True)})
    return list(found.values())


def _behind(compared: Sequence[Compared], bases: Sequence[Basis], chosen: Mapping[str, _Value]) -> dict[str, list[Any]]:
    """Return the evidence of all dyads together, with a value or without."""
    rows = [chosen[one.dyad].row if one.dyad in chosen else one.behind for one in compared]
    return {basis.column: sorted({key for row in rows for key in row.get(basis.column) or ()}) for basis in bases}


# A direction that is another one in each pair: from its first actor to its second.
FIRST: Final = "first"


def _value(result: MeasureResult, dyad: str, quantity: str, where: Mapping[str, str]) -> _Value:
    """Return the one row of a result that has a quantity and what else is asked for."""
    columns = result.rows.column_names
    missing = [name for name in ("quantity", "value", "low", "high", *where) if name not in columns]
    if missing:
        raise VerbaleError(
            "measure-option", option="measure", value=result.name, allowed=f"a measure whose rows have {', '.join(missing)}"
        )
    rows = result.rows.to_pylist()
    found = [row for row in rows if row["quantity"] == quantity]
    if not found:
        allowed = ", ".join(dict.fromkeys(str(row["quantity"]) for row in rows))
        raise VerbaleError("measure-option", option="quantity", value=repr(quantity), allowed=f"one of {allowed}")
    forward = {("direction", FIRST): ">".join(dyad.split("-"))}
    wanted = {name: forward.get((name, value), value) for name, value in where.items()}
    found = [row for row in found if all(str(row[name]) == value for name, value in wanted.items())]
    if len(found) != 1:
        keys = {basis.column for basis in result.bases}
        telling = [name for name in columns if name not in keys and len({str(row[name]) for row in found}) > 1]
        value = f"{count(len(found), 'row')} of {quantity}"
        raise VerbaleError(
            "measure-option", option="where", value=value, allowed=f"values that leave one, of {', '.join(telling or columns)}"
        )
    row = found[0]
    return _Value(_finite(row["value"]), _finite(row["low"]), _finite(row["high"]), row)


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _row(
    one: Compared, own: _Value | None, known: Mapping[str, _Value], joint: Mapping[str, _Value], reference: str
) -> dict[str, Any]:
    has = own is not None and own.value is not None
    rank = 1 + sum((each.value or 0.0) > (own.value or 0.0) for each in known.values()) if own and has else None
    low, high = _rank_interval(one.dyad, known, joint) if has else (None, None)
    difference = (
        _difference(own, known[reference])
        if own and has and reference in known and one.dyad != reference
        else (None, None, None)
    )
    return {
        "dyad": one.dyad,
        "value": own.value if own else None,
        "low": own.low if own else None,
        "high": own.high if own else None,
        "rank": rank,
        "rank_low": low,
        "rank_high": high,
        "difference": difference[0],
        "difference_low": difference[1],
        "difference_high": difference[2],
        "refusal": one.refusal or ("" if has else "the value is not reached or not known"),
    }


def _rank_interval(dyad: str, known: Mapping[str, _Value], joint: Mapping[str, _Value]) -> tuple[int, int]:
    """Return the ranks that a dyad can have; an end that is not bounded reaches beyond all others."""
    own = joint[dyad]
    above = sum(_lower(joint[other]) > _upper(own) for other in known if other != dyad)
    below = sum(_upper(joint[other]) < _lower(own) for other in known if other != dyad)
    return 1 + above, len(known) - below


def _lower(one: _Value) -> float:
    return -math.inf if one.low is None else one.low


def _upper(one: _Value) -> float:
    return math.inf if one.high is None else one.high


def _difference(own: _Value, other: _Value) -> tuple[float | None, float | None, float | None]:
    if own.value is None or other.value is None:
        return None, None, None
    difference = own.value - other.value
    if None in (own.low, own.high, other.low, other.high):
        return difference, None, None
    below = math.hypot(own.value - _lower(own), _upper(other) - other.value)
    above = math.hypot(_upper(own) - own.value, other.value - _lower(other))
    return difference, difference - below, difference + above


def _bases(compared: Sequence[Compared]) -> tuple[Basis, ...]:
    """Return the evidence of all dyads together, one table for each that the measure rests on."""
    found: dict[str, list[tuple[Basis, pa.Table]]] = {}
    for one in compared:
        for basis, table in _evidence(one):
            found.setdefault(basis.name, []).append((basis, table))
    return tuple(
        Basis(
            ibis.memtable(pa.concat_tables([table for _, table in parts])).distinct(on=parts[0][0].key),
            name,
            parts[0][0].key,
            parts[0][0].column,
        )
        for name, parts in found.items()
    )


def _evidence(one: Compared) -> Iterator[tuple[Basis, pa.Table]]:
    """Yield what a dyad's value rests on, or what its refusal counted, by the table that it is in."""
    if one.result is not None:
        for basis in one.result.bases:
            yield basis, one.result.evidence(name=basis.name).to_pyarrow()
        return
    for basis in one.bases:
        kind = basis.table.schema()[basis.key]
        keys = ibis.memtable({basis.key: list(one.behind.get(basis.column, ()))}, schema=ibis.schema({basis.key: kind}))
        yield basis, basis.table.semi_join(keys, basis.key).to_pyarrow()


def _table(
    rows: Sequence[Mapping[str, Any]],
    quantity: str,
    chosen: Mapping[str, _Value],
    bases: Sequence[Basis],
    refused: Mapping[str, Mapping[str, Sequence[Any]]],
) -> pa.Table:
    numbers = [*(("value", pa.float64()), ("low", pa.float64()), ("high", pa.float64()))]
    ranks = [*(("rank", pa.int64()), ("rank_low", pa.int64()), ("rank_high", pa.int64()))]
    differences = [(name, pa.float64()) for name in ("difference", "difference_low", "difference_high")]
    keys = [(basis.column, pa.list_(pa.string() if basis.key == "event_id" else pa.int64())) for basis in bases]
    schema = pa.schema(
        [("dyad", pa.string()), ("quantity", pa.string()), *numbers, *ranks, *differences, ("refusal", pa.string()), *keys]
    )
    full = []
    for row in rows:
        behind = chosen[row["dyad"]].row if row["dyad"] in chosen else refused.get(row["dyad"], {})
        full.append({**row, "quantity": quantity, **{basis.column: behind.get(basis.column) or [] for basis in bases}})
    return pa.Table.from_pylist(full, schema=schema)


def _sentences(
    rows: Sequence[Mapping[str, Any]],
    quantity: str,
    where: Mapping[str, str],
    reference: str,
    level: float,
    columns: Sequence[str],
) -> list[Told]:
    lines: list[Told] = [(f"{sentence(_named(quantity, where))}, {level:.0%} intervals; reference {reference}.", {})]
    for row in rows:
        if row["value"] is None:
            lines.append(told(f"{row['dyad']}: no value: {row['refusal']}.", [row], *columns))
            continue
        text = f"{row['dyad']}: {_said(row['value'])} ({_said(row['low'])} to {_said(row['high'])})"
        text += f", rank {row['rank']} ({row['rank_low']} to {row['rank_high']})"
        if row["difference"] is not None:
            low, high = _said(row["difference_low"]), _said(row["difference_high"])
            text += f", difference {_said(row['difference'])} ({low} to {high})"
        lines.append(told(f"{text}.", [row], *columns))
    return lines


def _named(quantity: str, where: Mapping[str, str]) -> str:
    """Return what is compared in words."""
    words = _WORDS.get(quantity, quantity)
    chosen = ", ".join(f"{name} {value}" for name, value in where.items() if (name, value) != ("direction", FIRST))
    words += " in what the first of each pair does to the second" if where.get("direction") == FIRST else ""
    return f"{words} ({chosen})" if chosen else words


_WORDS: Final = {"share": "share of cooperation"}


def _said(value: float | None) -> str:
    if value is None:
        return "not known"
    return (f"{value:,.2f}" if abs(value) < _WHOLE else f"{value:,.0f}").replace("-", "−")


# From here on two decimals tell less than the interval leaves open.
_WHOLE: Final = 100


def _draw(rows: pa.Table) -> Any:
    """Return the values as points with their intervals, highest first."""
    data = rows.to_pandas()[["dyad", "value", "low", "high", "rank", "difference"]]
    data["row"] = range(len(data))
    data = data[data["value"].notna()]
    # The reference differs from nothing.
    data["compared"] = ["others" if known else "the pair" for known in data["difference"].notna()]
    base = alt.Chart(data).encode(
        y=alt.Y("dyad:N", sort=list(data["dyad"]), title=None),
        color=alt.Color("compared:N", title=None, scale=alt.Scale(domain=["the pair", "others"], range=["#0072b2", SOFT])),
        tooltip=["dyad:N", "value:Q", "low:Q", "high:Q", "rank:Q"],
    )
    quantity = str(rows["quantity"][0].as_py()) if rows.num_rows else ""
    title = _WORDS.get(quantity, quantity)
    bars = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", title=title), x2="high:Q")
    points = base.mark_point(filled=True, size=80, opacity=1).encode(x=alt.X("value:Q", title=title))
    return alt.layer(bars, points).properties(width=460, height=alt.Step(26))


__all__ = ["Compared", "compare", "joint_level"]
