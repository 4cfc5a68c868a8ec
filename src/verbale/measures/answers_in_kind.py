"""Reciprocity: does one side answer the other in kind, by acts within a window, by correlated series, and by Granger's test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from verbale.core.errors import VerbaleError
from verbale.core.wording import are, count, sentence
from verbale.measures.autoregression import MIN_ACTIVE, MIN_PERIODS, granger
from verbale.measures.figures import INK, SOFT, finished
from verbale.measures.periods import check_period, every_start, placed
from verbale.measures.responses import MIN_ACTS, Response, cross_correlation, holm, response
from verbale.measures.result import SEED, Basis, EvidenceError, MeasureResult, Method, Told, parted, told, versions
from verbale.measures.selection import actual, needs, restrict

Floats = npt.NDArray[np.float64]
SIDES: Final = ("cooperation", "conflict")
# Windows that are long enough for an answer and short enough to say something: a month of days, a quarter of weeks, and so on.
WINDOWS: Final = {"day": 30, "week": 13, "month": 6, "quarter": 4, "year": 2, "decade": 1, "century": 1}
# Correlations of more lags than a twentieth of the series rest on few pairs.
MOST_LAGS: Final = 12
MIN_CORRELATED: Final = 24
# Series of days over a century would take minutes; the lags of interest are found in series of months as well.
MAX_PERIODS: Final = 40_000
SOURCES: Final = (
    "Goldstein, Joshua S., and John R. Freeman. 1990. Three-Way Street: Strategic Reciprocity in World Politics. University of "
    "Chicago Press.",
    "Cochran, William G. 1977. Sampling Techniques. 3rd ed. Wiley, section 3.12 (ratio of clusters).",
    "Granger, Clive W. J. 1969. Investigating Causal Relations by Econometric Models and Cross-spectral Methods. Econometrica "
    "37: 424-438.",
    "Hemerik, Jesse, and Jelle Goeman. 2018. Exact Testing with Random Permutations. TEST 27: 811-825.",
    "Holm, Sture. 1979. A Simple Sequentially Rejective Multiple Test Procedure. Scandinavian Journal of Statistics 6: 65-70.",
    "Westfall, Peter H., and S. Stanley Young. 1993. Resampling-Based Multiple Testing. Wiley (largest of all correlations).",
    "Lütkepohl, Helmut. 2005. New Introduction to Multiple Time Series Analysis. Springer, chapters 2 and 3.",
)
_FORMULA: Final = (
    "Response: share of the source's acts after which the target acts back within the window, in a later period; baseline: the "
    "same with all answers moved by more than two windows and at most ten (or fifty periods); chance: the same with answers "
    "turned round within stretches of twenty windows (or a hundred periods); estimate: 1 - (1 - share) / "
    "(1 - baseline), the chance that an act brings an answer that would not have come anyway. Correlation: of net series "
    "(cooperation less conflict per period) at lags. Granger: VAR of the two net series, lags by Schwarz's criterion "
    "from the effect's own past, unless given; estimate: sum of the source's coefficients in the equation of the target. "
    "Chance of all: of all tests of a kind together (Holm; of correlations by the largest of all lags). Acts of both together "
    "have no direction and are left out."
)
_SCHEMA: Final = pa.schema(
    [
        ("test", pa.string()),
        ("source", pa.string()),
        ("target", pa.string()),
        ("act", pa.string()),
        ("answer", pa.string()),
        ("lag", pa.int64()),
        ("estimate", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("share", pa.float64()),
        ("baseline", pa.float64()),
        ("chance", pa.float64()),
        ("chance_shifted", pa.float64()),
        ("chance_of_all", pa.float64()),
        ("acts", pa.int64()),
        ("event_ids", pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class _Acts:
    """Directed acts of a dyad: for each direction and side the period numbers, in order, and the event ids beside them."""

    dyad: tuple[str, str]
    length: int
    times: dict[tuple[int, str], npt.NDArray[np.int64]]
    ids: dict[tuple[int, str], list[str]]

    def net(self, direction: int) -> Floats:
        """Return cooperation less conflict of a direction per period."""
        counts = [np.bincount(self.times[direction, side], minlength=self.length) for side in SIDES]
        return (counts[0] - counts[1]).astype(np.float64)

    def of(self, direction: int) -> list[str]:
        """Return the ids of all acts of a direction."""
        return [one for side in SIDES for one in self.ids[direction, side]]

    @property
    def every(self) -> dict[str, list[str]]:
        """Return all acts, as what a number rests on."""
        return {"event_ids": sorted([*self.of(0), *self.of(1)])}


def reciprocity(
    events: ir.Table,
    *,
    dyad: tuple[str, str],
    period: str = "month",
    window: int | None = None,
    lags: int | None = None,
    level: float = 0.95,
    seed: int = SEED,
) -> MeasureResult:
    """Return whether each of a dyad answers the other's acts in kind.

    Rows: `test` (response, correlation, granger), `source`, `target`, `act` and `answer` (cooperation, conflict, net), `lag`
    (in periods; of the response the window, of granger the number of lags), `estimate` with `low` and `high`, `share` and
    `baseline` (response), `chance`, `chance_shifted` (granger), `chance_of_all` (corrected for all rows of the test), `acts`,
    `event_ids` (of the response: the acts answered, all where none was, and the answers). `window` is by default that of
    `WINDOWS`, `lags` of Granger's test by default 1 to 4. A part for which there is too little is left out with a warning that
    says what is missing. Raises `measure-evidence` where every part is, and `measure-option`, `measure-period`, `measure-dyad`.
    """
    reach = WINDOWS[check_period(period)] if window is None else window
    if reach < 1:
        raise VerbaleError("measure-option", option="window", value=reach, allowed="a number of periods from 1")
    if lags is not None and not 1 <= lags <= MOST_LAGS:
        raise VerbaleError("measure-option", option="lags", value=lags, allowed=f"a number of periods from 1 to {MOST_LAGS}")
    acts = _acts(events, dyad, period)
    random = np.random.default_rng(seed)
    rows, told_of = _responses(acts, reach, period, random, level)
    for part in (_correlations(acts, period, random), _granger(acts, period, random, lags, level)):
        rows += part[0]
        told_of += part[1]
    if not rows:
        raise EvidenceError(
            measure="reciprocity",
            needed=f"at least {MIN_ACTS} acts of one side and {MIN_ACTS // 2} of the other, dated to the {period}, or "
            f"{MIN_CORRELATED} periods",
            found=f"{len(acts.of(0))} and {count(len(acts.of(1)), 'act')} in {count(acts.length, 'period')}",
            behind=acts.every,
        )
    options = {"dyad": "-".join(dyad), "period": period, "window": count(reach, "period"), "level": level}
    sentences, behind = parted(_sentences(acts, rows, period, level))
    warnings, warned = parted(told_of)
    method = Method(_FORMULA, SOURCES, options, versions("statsmodels", "scipy", "numpy", "ibis-framework"), seed)
    return MeasureResult(
        "reciprocity",
        "Reciprocity",
        pa.Table.from_pylist(rows, schema=_SCHEMA),
        method,
        sentences,
        (Basis(actual(events)),),
        _draw,
        warnings,
        behind,
        warned,
    )


def _acts(events: ir.Table, dyad: tuple[str, str], period: str) -> _Acts:
    needs(events, "event_id", "source", "target", "mutual", "quad", "status")
    between = restrict(actual(events), dyad=dyad)
    held = placed(between.filter(~between.mutual, between.quad.notnull()), period=period)
    told = held.filter(held.period_start.notnull()).select("event_id", "source", "quad", "period_start")
    rows = told.order_by("period_start", "event_id").to_pyarrow().to_pylist()
    starts = [row["period_start"] for row in rows]
    every = every_start(starts[0], starts[-1], period=period) if rows else []
    if len(every) > MAX_PERIODS:
        wide = f"{period}, of which the events span {len(every):,}"
        raise VerbaleError("measure-option", option="period", value=wide, allowed="a longer period, or fewer years")
    at = {start: number for number, start in enumerate(every)}
    times: dict[tuple[int, str], list[int]] = {(direction, side): [] for direction in (0, 1) for side in SIDES}
    ids: dict[tuple[int, str], list[str]] = {key: [] for key in times}
    for row in rows:
        key = (0 if row["source"] == dyad[0] else 1, row["quad"].rpartition(" ")[2])
        times[key].append(at[row["period_start"]])
        ids[key].append(row["event_id"])
    return _Acts(dyad, len(every), {key: np.array(found, dtype=np.int64) for key, found in times.items()}, ids)


_Part = tuple[list[dict[str, Any]], list[Told]]


def _responses(acts: _Acts, window: int, period: str, random: np.random.Generator, level: float) -> _Part:
    rows, missing, lacking = list[dict[str, Any]](), list[str](), list[str]()
    for direction in (0, 1):
        source, target = acts.dyad[direction], acts.dyad[1 - direction]
        for act in SIDES:
            for answer in SIDES:
                one, other = acts.times[direction, act], acts.times[1 - direction, answer]
                found = response(one, other, length=acts.length, window=window, random=random, level=level)
                if found is None:
                    number = f"{len(one)} and {count(len(other), 'act')}"
                    missing.append(f"{act} of {source} by {answer} of {target} ({number})")
                    lacking += acts.ids[direction, act] + acts.ids[1 - direction, answer]
                    continue
                # That none was answered rests on all of them.
                answered = [acts.ids[direction, act][at] for at in found.answered] or acts.ids[direction, act]
                ids = answered + [acts.ids[1 - direction, answer][at] for at in found.answers]
                rows.append({**_row("response", source, target, act, answer, window, ids), **_numbers(found)})
    _corrected(rows)
    if not missing:
        return rows, []
    text = (
        f"Not tested for want of acts dated to the {period} (at least {MIN_ACTS} and {MIN_ACTS // 2}, over at least 16 "
        f"windows): {'; '.join(missing)}."
    )
    return rows, [(text, {"event_ids": sorted(set(lacking))})]


def _corrected(rows: Sequence[dict[str, Any]]) -> None:
    """Give each row the chance of all tests of its kind together (Holm 1979)."""
    for row, chance in zip(rows, holm([row["chance"] for row in rows]), strict=True):
        row["chance_of_all"] = chance


def _numbers(found: Response) -> dict[str, Any]:
    return {
        "estimate": found.strength,
        "low": found.low,
        "high": found.high,
        "share": found.share,
        "baseline": found.baseline,
        "chance": found.chance,
        "acts": found.acts,
    }


def _row(test: str, source: str, target: str, act: str, answer: str, lag: int, ids: Sequence[str]) -> dict[str, Any]:
    named = {"test": test, "source": source, "target": target, "act": act, "answer": answer}
    return {**named, "lag": lag, "acts": len(ids), "event_ids": sorted(set(ids))}


def _correlations(acts: _Acts, period: str, random: np.random.Generator) -> _Part:
    first, second = (acts.net(direction) for direction in (0, 1)) if acts.length else (np.zeros(0), np.zeros(0))
    if acts.length < MIN_CORRELATED or not first.std() or not second.std():
        needed = f"at least {MIN_CORRELATED} periods ({period}) in which both sides vary; there {are(acts.length)}"
        return [], [(f"The series are not correlated: that needs {needed}.", acts.every)]
    lags = min(MOST_LAGS, acts.length // 20 or 1)
    seen, alone, of_all = cross_correlation(first, second, lags=lags, random=random)
    ids = acts.of(0) + acts.of(1)
    rows = []
    for lag, value, chance, chance_of_all in zip(range(-lags, lags + 1), seen, alone, of_all, strict=True):
        # With a negative lag, the second of the dyad goes before.
        source, target = acts.dyad if lag >= 0 else acts.dyad[::-1]
        row = _row("correlation", source, target, "net", "net", abs(lag), ids)
        rows.append({**row, "estimate": float(value), "chance": float(chance), "chance_of_all": float(chance_of_all)})
    return rows, []


def _granger(acts: _Acts, period: str, random: np.random.Generator, lags: int | None, level: float) -> _Part:
    rows, warnings = list[dict[str, Any]](), list[Told]()
    for direction in (0, 1):
        source, target = acts.dyad[direction], acts.dyad[1 - direction]
        nets = (acts.net(direction), acts.net(1 - direction)) if acts.length else (np.zeros(0), np.zeros(0))
        found = granger(*nets, random=random, lags=lags, level=level)
        if found is None:
            active = min(int(np.count_nonzero(net)) for net in nets)
            text = (
                f"Granger's test is not made: it needs at least {MIN_PERIODS} periods ({period}), {MIN_ACTIVE} of them with "
                f"acts on each side; there are {acts.length} and {active}."
            )
            warnings = [(text, acts.every)]
            continue
        rows.append(
            {
                **_row("granger", source, target, "net", "net", found.lags, acts.of(0) + acts.of(1)),
                "estimate": found.response,
                "low": found.low,
                "high": found.high,
                "chance": found.chance,
                "chance_shifted": found.chance_shifted,
            }
        )
        if found.root > _UNIT_ROOT:
            text = (
                f"{target}: a unit root cannot be excluded (augmented Dickey-Fuller, chance {found.root:.2f}); Granger's test "
                "then finds more than there is. The chance from shifted series stands beside it."
            )
            warnings.append((text, acts.every))
    _corrected(rows)
    return rows, warnings


# The usual bound of the test; above it the series may wander without a level to return to.
_UNIT_ROOT: Final = 0.05


def _sentences(acts: _Acts, rows: Sequence[dict[str, Any]], period: str, level: float) -> list[Told]:
    first, second = acts.dyad
    counts = f"{first} to {second}: {count(len(acts.of(0)), 'act')}; {second} to {first}: {count(len(acts.of(1)), 'act')}"
    found: list[Told] = [(f"{counts}; {count(acts.length, 'period')} ({period}).", acts.every)]
    for row in rows:
        interval = f"({row['low']:.2f} to {row['high']:.2f})" if row.get("low") is not None else ""
        if row["test"] == "response":
            after = f"in {row['share']:.0%} of {count(row['acts'], 'act')}, by chance in {row['baseline']:.0%}"
            text = (
                f"{sentence(row['act'])} of {row['source']} is followed by {row['answer']} of {row['target']} within "
                f"{count(row['lag'], 'period')} {after}; estimate {row['estimate']:.2f} {interval}, "
                f"chance {row['chance']:.3f}, of all responses {row['chance_of_all']:.3f}; interval of {level:.0%}."
            )
        elif row["test"] == "granger":
            text = (
                f"Past net acts of {row['source']} in a VAR of {count(row['lag'], 'lag')}: summed coefficient on "
                f"{row['target']} {row['estimate']:.2f} {interval}, chance {row['chance']:.3f}, by shifted series "
                f"{row['chance_shifted']:.3f}."
            )
        else:
            continue
        found.append(told(text, [row]))
    lagged = [row for row in rows if row["test"] == "correlation"]
    if lagged:
        most = max(lagged, key=lambda row: abs(row["estimate"]))
        text = (
            f"Net series correlate most at {count(most['lag'], 'period')} from {most['source']} to {most['target']}: "
            f"{most['estimate']:.2f}, chance at this lag {most['chance']:.3f}, of all lags {most['chance_of_all']:.3f}."
        )
        found.append(told(text, [most]))
    return [(text.replace(" -", " −").replace("(-", "(−"), keys) for text, keys in found]


def _draw(rows: pa.Table) -> Any:
    """Draw the responses with their intervals; without any, the correlations by lag."""
    listed = [{**row, "row": number} for number, row in enumerate(rows.drop(["event_ids"]).to_pylist())]
    answered = [row for row in listed if row["test"] == "response"]
    if not answered:
        return _draw_lags([row for row in listed if row["test"] == "correlation"])
    for row in answered:
        row["label"] = f"{row['source']} {row['act']}, {row['target']} {row['answer']}"
    base = alt.Chart(alt.InlineData(values=answered)).encode(
        y=alt.Y("label:N", sort=None, axis=alt.Axis(title=None, labelLimit=300))
    )
    ruled = base.mark_rule(color=INK).encode(x=alt.X("low:Q", title="chance that an act brings an answer"), x2="high:Q")
    points = base.mark_point(filled=True, size=80, color=INK, cursor="pointer").encode(x="estimate:Q")
    none = alt.Chart(alt.InlineData(values=[{"x": 0}])).mark_rule(color=SOFT, strokeDash=[3, 3]).encode(x="x:Q")
    return finished(none + ruled + points, height=40 * len(answered) + 20)


def _draw_lags(lagged: Sequence[dict[str, Any]]) -> Any:
    data = [{**row, "signed": row["lag"] if number >= len(lagged) // 2 else -row["lag"]} for number, row in enumerate(lagged)]
    base = alt.Chart(alt.InlineData(values=data)).mark_bar(color=INK, size=8, cursor="pointer")
    return finished(
        base.encode(x=alt.X("signed:Q", title="periods later"), y=alt.Y("estimate:Q", title="correlation of net series"))
    )
