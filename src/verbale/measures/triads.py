"""The triad: how one state acts on another before and after a third state does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import stats

from verbale.core.errors import VerbaleError
from verbale.core.wording import count
from verbale.measures.figures import INK, SOFT, finished
from verbale.measures.periods import check_period, every_start, placed
from verbale.measures.responses import clustered_error, holm, permuted, stretch_of, turned
from verbale.measures.result import SEED, Basis, EvidenceError, MeasureResult, Method, Told, parted, told, versions
from verbale.measures.selection import actual, needs, restrict, single

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

SIDES: Final = ("cooperation", "conflict")
ANSWERS: Final = (*SIDES, "intensity")
# A season: long enough for a state to react to a third one's act, and short enough that little else changes meanwhile.
WINDOWS: Final = {"day": 90, "week": 13, "month": 3, "quarter": 2, "year": 1, "decade": 1, "century": 1}
# With some 30 acts a reaction to every second one is told from chance in fewer than half of simulated ledgers, and below 20 in
# hardly any (docs/measures.md, "Third parties").
MIN_ACTS: Final = 20
MIN_ANSWERS: Final = 10
# Stretches of time between which acts are taken for independent; fewer give no usable error.
MIN_STRETCHES: Final = 8
# Where the user names no third state, those that act most on the pair: each brings up to twelve tests, and Holm's correction
# divides by their number. Of 228 such acts on the United States or Russia in the State Department's essays, the four states
# with 20 and more do 114.
MOST_THIRDS: Final = 5
MAX_PERIODS: Final = 40_000
SOURCES: Final = (
    "Goldstein, Joshua S., and John R. Freeman. 1990. Three-Way Street: Strategic Reciprocity in World Politics. University of "
    "Chicago Press.",
    "Schrodt, Philip A., and Deborah J. Gerner. 2000. Cluster-Based Early Warning Indicators for Political Change in the "
    "Contemporary Levant. American Political Science Review 94: 803-817.",
    "Cochran, William G. 1977. Sampling Techniques. 3rd ed. Wiley, section 3.12 (clusters).",
    "Hemerik, Jesse, and Jelle Goeman. 2018. Exact Testing with Random Permutations. TEST 27: 811-825.",
    "Holm, Sture. 1979. A Simple Sequentially Rejective Multiple Test Procedure. Scandinavian Journal of Statistics 6: 65-70.",
)
_FORMULA: Final = (
    "For every act of the third state on the target: acts of the source on the target in the window after it, less those in "
    "the window before it (intensity: their sum on the Goldstein scale); estimate: the mean over the acts of the third state, "
    "that is how many more acts follow each than went before. The period of the act itself belongs to neither window; acts "
    "whose windows reach beyond the series are left out. Interval: Student's t with an error for acts that hang together "
    "within stretches of two windows. Baseline and chance: the same with the source's acts turned round within stretches of "
    "twenty windows (or a hundred periods) each, two-sided; chance of all tests: Holm's correction. Acts of both together "
    "have no direction and are left out. A difference in time is no proof of a cause: both may answer something else, and acts "
    "of the third state that come in bursts enlarge the difference."
)
_SCHEMA: Final = pa.schema(
    [
        ("source", pa.string()),
        ("target", pa.string()),
        ("third", pa.string()),
        ("act", pa.string()),
        ("answer", pa.string()),
        ("window", pa.int64()),
        ("before", pa.float64()),
        ("after", pa.float64()),
        ("estimate", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("baseline", pa.float64()),
        ("chance", pa.float64()),
        ("chance_of_all", pa.float64()),
        ("acts", pa.int64()),
        ("event_ids", pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class _Acts:
    """Acts of one state on another on one side, in order of time."""

    times: Integers
    intensity: Floats
    ids: list[str]


def third_parties(
    events: ir.Table,
    *,
    dyad: tuple[str, str],
    thirds: Sequence[str] = (),
    period: str = "month",
    window: int | None = None,
    level: float = 0.95,
    seed: int = SEED,
) -> MeasureResult:
    """Return how each of a dyad acts on the other before and after third states do.

    Rows: `source`, `target`, `third`, `act` (of the third on the target: cooperation, conflict), `answer` (of the source on
    the target: cooperation, conflict, intensity), `window` (periods), `before` and `after` (acts, or intensity, per act of the
    third), `estimate` with `low` and `high`, `baseline`, `chance`, `chance_of_all`, `acts` (of the third), `event_ids` (its
    acts, and those of the source within the windows). Without `thirds`, those that act most. What has too little is left out
    with a warning. Raises `measure-evidence` where all is, and `measure-option`, `measure-period`, `measure-dyad`.
    """
    reach = WINDOWS[check_period(period)] if window is None else window
    if reach < 1:
        raise VerbaleError("measure-option", option="window", value=reach, allowed="a number of periods from 1")
    if not 0 < level < 1:
        raise VerbaleError("measure-option", option="level", value=level, allowed="a share between 0 and 1, such as 0.95")
    if set(thirds) & set(dyad):
        raise VerbaleError("measure-option", option="third", value=", ".join(thirds), allowed="states outside the pair")
    acts, length = _acts(events, dyad, period)
    near = _by_acts(acts, dyad)
    chosen = tuple(thirds) or _most_active(near)
    rows, missing = _tested(acts, length, dyad, chosen, reach, np.random.default_rng(seed), level)
    _refuse_nothing(rows, dyad, {state: near.get(state, []) for state in chosen}, period)
    for row, corrected in zip(rows, holm([row["chance"] for row in rows]), strict=True):
        row["chance_of_all"] = corrected
    options = {
        "dyad": "-".join(dyad),
        "third": list(chosen),
        "period": period,
        "window": count(reach, "period"),
        "level": level,
    }
    sentences, behind = parted([_chosen(near, chosen, dyad), *(told(_sentence(row, period, level), [row]) for row in rows)])
    warnings, warned = parted(_warning(missing, period))
    return MeasureResult(
        "third-parties",
        "Third parties",
        pa.Table.from_pylist(rows, schema=_SCHEMA),
        Method(_FORMULA, SOURCES, options, versions("numpy", "scipy", "statsmodels", "ibis-framework"), seed),
        sentences,
        (Basis(actual(events)),),
        _draw,
        warnings,
        behind,
        warned,
    )


# What was not tested, in words, with the acts that are too few.
_Missing = tuple[str, list[str]]


def _tested(
    acts: dict[tuple[str, str, str], _Acts],
    length: int,
    dyad: tuple[str, str],
    chosen: Sequence[str],
    window: int,
    random: np.random.Generator,
    level: float,
) -> tuple[list[dict[str, Any]], list[_Missing]]:
    """Return a row for each pair of acts and answers, and what has too little for one."""
    rows, missing = list[dict[str, Any]](), list[_Missing]()
    for source, target in (dyad, dyad[::-1]):
        for third in chosen:
            for act in SIDES:
                one = acts.get((third, target, act))
                if one is None or not _enough(one, length, window):
                    missing.append((f"{act} of {third} on {target}", [] if one is None else one.ids))
                    continue
                for answer in ANSWERS:
                    answered = _answering(acts, source, target, answer)
                    found = _difference(one, answered, length, window, random, level)
                    if found is None:
                        missing.append((f"{answer} of {source} on {target} after {act} of {third}", answered.ids))
                        continue
                    named = {"source": source, "target": target, "third": third, "act": act, "answer": answer}
                    rows.append({**named, "window": window, **found})
    return rows, missing


def _refuse_nothing(rows: Sequence[Any], dyad: tuple[str, str], chosen: dict[str, list[str]], period: str) -> None:
    if rows:
        return
    raise EvidenceError(
        measure="third-parties",
        needed=f"at least {MIN_ACTS} acts of a third state on one of {' and '.join(dyad)} and {MIN_ANSWERS} of the other, "
        f"dated to the {period}, in {MIN_STRETCHES} stretches of two windows",
        found=f"fewer: {', '.join(f'{state} {len(ids)}' for state, ids in chosen.items())}"
        if any(chosen.values())
        else "no act of a third state",
        behind={"event_ids": sorted(one for ids in chosen.values() for one in ids)},
    )


def _chosen(near: dict[str, list[str]], chosen: Sequence[str], dyad: tuple[str, str]) -> Told:
    """Say how many third states act on the pair, and which of them are looked at."""
    acting = {"event_ids": sorted(one for ids in near.values() for one in ids)}
    counts = ", ".join(f"{state} {len(near.get(state, []))}" for state in chosen)
    acts = count(len(acting["event_ids"]), "act")
    who = count(len(near), "other actor acts", "other actors act")
    return f"{who} on {' or '.join(dyad)}, in {acts}; looked at: {counts}.", acting


def _warning(missing: Sequence[_Missing], period: str) -> Iterator[Told]:
    if not missing:
        return
    every = dict(missing)
    told_of = "; ".join(f"{name} ({len(ids)})" for name, ids in every.items() if ids)
    none = sum(not ids for ids in every.values())
    rest = f"{'; ' if told_of else ''}{count(none, 'other kind') if told_of else count(none, 'kind')} with none" if none else ""
    text = (
        f"Not tested for want of acts dated to the {period} (at least {MIN_ACTS} of the third state and {MIN_ANSWERS} of "
        f"the source, in {MIN_STRETCHES} stretches of two windows): {told_of}{rest}."
    )
    yield text, {"event_ids": sorted({one for ids in every.values() for one in ids})}


def _acts(events: ir.Table, dyad: tuple[str, str], period: str) -> tuple[dict[tuple[str, str, str], _Acts], int]:
    """Return the acts on each of the dyad by source, target and side, and how many periods they span."""
    needs(events, "event_id", "source", "target", "mutual", "quad", "status", "intensity")
    restrict(events, dyad=dyad)  # refuses what is no pair of states
    directed = actual(events).filter(
        ~events.mutual, events.target.isin(list(dyad)), events.source != events.target, single(events.source)
    )
    held = placed(directed.filter(directed.quad.notnull()), period=period)
    told = held.filter(held.period_start.notnull()).select("event_id", "source", "target", "quad", "intensity", "period_start")
    rows = told.order_by("period_start", "event_id").to_pyarrow().to_pylist()
    every = every_start(rows[0]["period_start"], rows[-1]["period_start"], period=period) if rows else []
    if len(every) > MAX_PERIODS:
        wide = f"{period}, of which the events span {len(every):,}"
        raise VerbaleError("measure-option", option="period", value=wide, allowed="a longer period, or fewer years")
    at = {start: number for number, start in enumerate(every)}
    held_rows: dict[tuple[str, str, str], list[tuple[int, float, str]]] = {}
    for row in rows:
        key = (row["source"], row["target"], row["quad"].rpartition(" ")[2])
        held_rows.setdefault(key, []).append((at[row["period_start"]], row["intensity"] or 0.0, row["event_id"]))
    return {key: _made(found) for key, found in held_rows.items()}, len(every)


def _made(found: Sequence[tuple[int, float, str]]) -> _Acts:
    return _Acts(
        np.array([time for time, _, _ in found], dtype=np.int64),
        np.array([value for _, value, _ in found], dtype=np.float64),
        [one for _, _, one in found],
    )


def _by_acts(acts: dict[tuple[str, str, str], _Acts], dyad: tuple[str, str]) -> dict[str, list[str]]:
    """Return the acts of each third state on the pair, the state with most acts first."""
    found: dict[str, list[str]] = {}
    for (source, _, _), held in acts.items():
        if source not in dyad:
            found.setdefault(source, []).extend(held.ids)
    return dict(sorted(found.items(), key=lambda one: (-len(one[1]), one[0])))


def _most_active(near: dict[str, list[str]]) -> tuple[str, ...]:
    enough = [state for state, ids in near.items() if len(ids) >= MIN_ACTS]
    return tuple((enough or list(near))[:MOST_THIRDS])


def _answering(acts: dict[tuple[str, str, str], _Acts], source: str, target: str, answer: str) -> _Acts:
    """Return the source's acts of a side, each of weight 1, or all of them with their intensity."""
    sides = SIDES if answer == "intensity" else (answer,)
    held = [(side, acts[source, target, side]) for side in sides if (source, target, side) in acts]
    rows = sorted(
        (int(time), float(value) if answer == "intensity" else 1.0, one)
        for _, found in held
        for time, value, one in zip(found.times, found.intensity, found.ids, strict=True)
    )
    return _made(rows)


def _enough(acts: _Acts, length: int, window: int) -> bool:
    times = acts.times[(acts.times >= window) & (acts.times < length - window)]
    return len(times) >= MIN_ACTS and len(np.unique(times // _width(length, window))) >= MIN_STRETCHES


def _width(length: int, window: int) -> int:
    # At most a hundred stretches: more would be shorter than what holds acts together in long series.
    return max(2 * window, -(-length // 100))


def _difference(
    acts: _Acts, answers: _Acts, length: int, window: int, random: np.random.Generator, level: float
) -> dict[str, Any] | None:
    if len(answers.times) < MIN_ANSWERS:
        return None
    counted = np.flatnonzero((acts.times >= window) & (acts.times < length - window))
    times = acts.times[counted]
    series = _series(answers.times, answers.intensity, length)
    before, after = _around(series, times, window)
    apart = after - before
    estimate = float(apart.mean())
    error, free = clustered_error(apart - apart.mean(), times // _width(length, window))
    reach = float(stats.t.ppf((1 + level) / 2, free)) * error
    moved = np.array(
        [
            _mean_difference(_series(place, answers.intensity, length), times, window)
            for place in turned(answers.times, length, stretch_of(window), random=random)
        ]
    )
    # The one seen is one of the turned ones: all are measured from the same middle.
    middle = float(np.append(moved, estimate).mean())
    near = np.zeros(length + 1, dtype=np.int64)
    np.add.at(near, times - window, 1)
    np.add.at(near, times + window + 1, -1)
    within = np.cumsum(near)[answers.times] > 0
    ids = [acts.ids[at] for at in counted] + [answers.ids[at] for at in np.flatnonzero(within)]
    return {
        "before": float(before.mean()),
        "after": float(after.mean()),
        "estimate": estimate,
        "low": estimate - reach,
        "high": estimate + reach,
        "baseline": float(moved.mean()),
        "chance": permuted(np.abs(moved - middle), abs(estimate - middle)),
        "acts": len(times),
        "event_ids": sorted(set(ids)),
    }


def _series(times: Integers, intensity: Floats, length: int) -> Floats:
    return np.bincount(times, weights=intensity, minlength=length).astype(np.float64)


def _around(series: Floats, times: Integers, window: int) -> tuple[Floats, Floats]:
    """Return the sums of a series over the window before and after each time, the time itself in neither."""
    summed = np.concatenate([[0.0], np.cumsum(series)])
    before: Floats = summed[times] - summed[times - window]
    after: Floats = summed[times + window + 1] - summed[times + 1]
    return before, after


def _mean_difference(series: Floats, times: Integers, window: int) -> float:
    before, after = _around(series, times, window)
    return float((after - before).mean())


def _sentence(row: dict[str, Any], period: str, level: float) -> str:
    kind = "intensity" if row["answer"] == "intensity" else f"acts of {row['answer']}"
    text = (
        f"{row['source']} on {row['target']}, {kind} in {count(row['window'], 'period')} ({period}) before and after "
        f"{row['act']} of {row['third']} on {row['target']}: {row['before']:.2f} before, {row['after']:.2f} after; difference "
        f"{row['estimate']:+.2f} ({row['low']:+.2f} to {row['high']:+.2f}), by chance {row['baseline']:+.2f}; chance "
        f"{row['chance']:.3f}, of all tests {row['chance_of_all']:.3f}; {count(row['acts'], 'act')}; interval of {level:.0%}."
    )
    return text.replace(" -", " −").replace("(-", "(−")


def _draw(rows: pa.Table) -> Any:
    """Draw the differences with their intervals; those of intensity stand apart, for they have another scale."""
    listed = [{**row, "row": number} for number, row in enumerate(rows.drop(["event_ids"]).to_pylist())]
    for row in listed:
        after = f"after {row['third']}>{row['target']} {row['act']}"
        row["label"] = f"{row['source']}>{row['target']} {row['answer']}, {after}"
    parts = []
    for title, kept in (
        ("acts after, less acts before", [row for row in listed if row["answer"] != "intensity"]),
        ("intensity after, less before", [row for row in listed if row["answer"] == "intensity"]),
    ):
        if not kept:
            continue
        base = alt.Chart(alt.InlineData(values=kept)).encode(
            y=alt.Y("label:N", sort=None, axis=alt.Axis(title=None, labelLimit=320))
        )
        ruled = base.mark_rule(color=INK).encode(x=alt.X("low:Q", title=title), x2="high:Q")
        points = base.mark_point(filled=True, size=70, color=INK, cursor="pointer").encode(x="estimate:Q")
        none = alt.Chart(alt.InlineData(values=[{"x": 0}])).mark_rule(color=SOFT, strokeDash=[3, 3]).encode(x="x:Q")
        parts.append(finished(none + ruled + points, width=420, height=30 * len(kept) + 16))
    return alt.vconcat(*parts) if len(parts) > 1 else parts[0]
