"""What a given date changed in a series of counts: its level and growth, or, where events are few, its mean alone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final

from verbale.core.wording import are, count
from verbale.measures.bounds import ratio_bounds, ratio_chance
from verbale.measures.interruption import MIN_SIDE, Floats, Interruption, interruption

# From here on, what a period hands on to the next may be more than the test allows for: of series that drift with 0.8, whose
# neighbours correlate by 0.2 to 0.4, a date without effect seems to have one in 10 % (docs/measures.md).
_SLOW: Final = 0.3


@dataclass(frozen=True, slots=True)
class Dated:
    """What a date changed in one side's counts: the columns of its row, and what a reader is warned of."""

    row: dict[str, Any]
    warning: str = ""


def dated(counts: Floats, at: int, side: str, day: datetime.date, *, level: float) -> Dated | None:
    """Return what changed before period number `at`; None where either part has fewer than `MIN_SIDE` periods, or no event is.

    The row has `before` and `after` (mean counts), `ratio` with `low` and `high`, `chance`, and, where events carry a line on
    each side, `slope_ratio` with bounds; without it, `ratio` is that of both means.
    """
    before, after = counts[:at], counts[at:]
    if min(len(before), len(after)) < MIN_SIDE or not counts.any():
        return None
    means = {"before": float(before.mean()), "after": float(after.mean())}
    result = interruption(counts, at, level=level)
    if result is not None:
        return Dated({**means, **_lines(result)}, _slow(day, side, result.dependence))
    low, high = ratio_bounds(before, after, level)
    ratio = {
        "ratio": float(after.mean() / before.mean()) if before.any() else None,
        # Of a side without any event, a ratio can be as small or as large as one likes.
        "low": low if after.any() else 0.0,
        "high": high if before.any() else None,
        "chance": ratio_chance(before, after),
    }
    few = f"{int(before.sum())} before and {int(after.sum())} from it on"
    text = (
        f"{day.isoformat()}, {side}: {few} are too few events, or too far from the date, for a line on each side; the means "
        "are compared, without allowance for growth."
    )
    return Dated({**means, **ratio}, text)


def _lines(result: Interruption) -> dict[str, Any]:
    return {
        "ratio": result.level,
        "low": result.level_low,
        "high": result.level_high,
        "slope_ratio": result.slope,
        "slope_low": result.slope_low,
        "slope_high": result.slope_high,
        "chance": result.level_chance,
    }


def _slow(day: datetime.date, side: str, dependence: float) -> str:
    if dependence <= _SLOW:
        return ""
    told = f"{side} drifts (neighbouring periods correlate by {dependence:.2f} beside the lines)"
    return f"{day.isoformat()}: {told}; of slow drifts, one in ten seems to change at a date without effect."


def untested(day: datetime.date, at: int, counts: Floats) -> str:
    """Say why a date is tested on neither side."""
    before, after = max(at, 0), len(counts) - max(at, 0)
    if min(before, after) >= MIN_SIDE:
        return f"{day.isoformat()} is not tested: there is no event."
    needed = f"it needs at least {count(MIN_SIDE, 'period')} before and after"
    return f"{day.isoformat()} is not tested: {needed}; there {are(before)} before and {after} from it on."


def sentence_of(row: dict[str, Any], level: float) -> str:
    """Return the row of a given date in words."""
    begin = f"Given date, from {row['period']}: {row['side']}"
    chance = f"chance {row['chance']:.3f}"
    if row.get("slope_ratio") is not None:
        return (
            f"{begin} level, ratio {row['ratio']:.2f} ({row['low']:.2f} to {row['high']:.2f}), growth per period ratio "
            f"{row['slope_ratio']:.2f} ({row['slope_low']:.2f} to {row['slope_high']:.2f}); {chance}; intervals of {level:.0%}."
        )
    means = f"{begin} {row['before']:.2f} a period before, {row['after']:.2f} after"
    if row["ratio"] is None:
        return f"{means}, ratio at least {row['low']:.2f}; {chance}; interval of {level:.0%}."
    if not row["ratio"]:
        return f"{means}, ratio at most {row['high']:.2f}; {chance}; interval of {level:.0%}."
    return f"{means}, ratio {row['ratio']:.2f} ({row['low']:.2f} to {row['high']:.2f}); {chance}; interval of {level:.0%}."


__all__ = ["Dated", "dated", "sentence_of", "untested"]
