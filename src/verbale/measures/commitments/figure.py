"""The figures of commitments: states on a line of time, and days from promise to delivery."""

from __future__ import annotations

import datetime
from typing import Any, Final

import altair as alt
import pandas as pd
import pyarrow as pa

from verbale.measures.commitments.words import STATES

# Colours that stay apart for people with any of the common forms of colour blindness (Okabe and Ito 2008), by state.
COLOURS: Final = {
    "promised": "#0072b2",
    "pending": "#999999",
    "delayed": "#e69f00",
    "suspended": "#cc79a7",
    "cancelled": "#d55e00",
    "replaced": "#56b4e9",
    "partly delivered": "#8fce6a",
    "delivered": "#009e73",
}
# Commitments that a figure holds in readable lines; the table has all.
_LINES: Final = 24
_DAYS_IN_YEAR: Final = 365.25


def draw_states(rows: pa.Table) -> Any:
    """Return the states of each commitment on a line of time, a bar from the first to the last day that each can lie in."""
    data = _frame(rows)
    data = data[data["first_day"].notna()]
    # A bar of one day would not be seen: bars end with the day after.
    data["until"] = [day + datetime.timedelta(days=1) for day in data["last_day"]]
    for name in ("first_day", "until"):
        data[name] = [day.isoformat() for day in data[name]]
    shown = list(dict.fromkeys(data["commitment"]))[:_LINES]
    every = data["commitment"].nunique()
    data = data[data["commitment"].isin(shown)]
    chart = alt.Chart(data[["row", "commitment", "state", "told_by", "first_day", "until", "words"]])
    if len(shown) < every:
        chart = chart.properties(title=f"The first {len(shown)} of {every} commitments; the table has all")
    colour = alt.Color("state:N", scale=alt.Scale(domain=list(STATES), range=[COLOURS[one] for one in STATES]), title="state")
    lanes = alt.YOffset("told_by:N", title="told by")
    source = alt.Shape("told_by:N", title="told by")
    base = chart.encode(
        x=alt.X("first_day:T", title=None, axis=alt.Axis(labelOverlap=True)),
        y=alt.Y("commitment:N", sort=shown, title=None, axis=alt.Axis(labelLimit=360)),
        yOffset=lanes,
        color=colour,
        tooltip=["commitment:N", "state:N", "told_by:N", "first_day:T", "words:N"],
    )
    # Of two centuries a year is a pixel or two: the point shows what the bar of a day would hide.
    spans = base.mark_bar(opacity=0.45, cornerRadius=2).encode(x2="until:T")
    return (spans + base.mark_point(filled=True, size=42, opacity=1).encode(shape=source)).properties(
        width=560, height=alt.Step(14)
    )


def draw_commitments(rows: pa.Table) -> Any:
    """Return the years from first promise to delivery of each commitment, a bar from the least to the most that dates allow."""
    data = _frame(rows)
    data = data[data["waited_least_days"].notna()].head(_LINES)
    data["least"] = data["waited_least_days"].astype(float) / _DAYS_IN_YEAR
    data["most"] = data["waited_most_days"].astype(float).fillna(data["waited_least_days"].astype(float)) / _DAYS_IN_YEAR
    shown = list(data["commitment"])
    base = alt.Chart(data[["row", "commitment", "standing", "least", "most"]]).encode(
        y=alt.Y("commitment:N", sort=shown, title=None, axis=alt.Axis(labelLimit=360)),
        color=alt.Color("standing:N", scale=alt.Scale(domain=list(STATES), range=[COLOURS[one] for one in STATES])),
        tooltip=["commitment:N", "standing:N", "least:Q", "most:Q"],
    )
    bars = base.mark_bar(height=6).encode(x=alt.X("least:Q", title="years from first promise"), x2="most:Q")
    return (bars + base.mark_tick(thickness=3).encode(x="least:Q")).properties(width=560, height=alt.Step(14))


def _frame(rows: pa.Table) -> pd.DataFrame:
    data: pd.DataFrame = rows.to_pandas(date_as_object=True)
    data["row"] = range(len(data))
    return data
