"""The figure of deliveries: the share of orders with a first and with the full delivery, by years since the order."""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa


def draw(rows: pa.Table) -> Any:
    """Return both Kaplan-Meier curves as steps with their intervals."""
    data = rows.to_pandas()
    data["row"] = range(len(data))
    data = data[data["quantity"].str.startswith("curve: ")]
    data["delivery"] = data["quantity"].str.removeprefix("curve: ")
    base = alt.Chart(data[["row", "delivery", "years", "value", "low", "high", "at_risk"]]).encode(
        x=alt.X("years:Q", title="years since the order", axis=alt.Axis(tickMinStep=1), scale=alt.Scale(domainMin=0)),
        color=alt.Color("delivery:N", title=None, scale=alt.Scale(range=["#0072b2", "#d55e00"])),
        tooltip=["delivery:N", "years:Q", alt.Tooltip("value:Q", format=".1%"), "at_risk:Q"],
    )
    share = alt.Y("value:Q", title="share of orders", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    band = base.mark_area(interpolate="step-after", opacity=0.18).encode(y=alt.Y("low:Q"), y2="high:Q")
    steps = base.mark_line(interpolate="step-after", point=True).encode(y=share)
    return alt.layer(band, steps).properties(width=460, height=240)
