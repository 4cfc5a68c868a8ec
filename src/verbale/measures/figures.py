"""What the figures of measures share: colours, which are those of the pages, and the look of axes."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd
import pyarrow as pa

# The quadrants' colours on paper; a page puts its own variables in their place. Told apart by people without red or green.
QUADRANT_COLOURS: Final = {
    "verbal cooperation": "#4a97cf",
    "material cooperation": "#0b4f8a",
    "verbal conflict": "#d58a00",
    "material conflict": "#b2380b",
}
SIDE_COLOURS: Final = {"cooperation": "#0b4f8a", "conflict": "#b2380b"}
INK: Final = "#1d2229"
SOFT: Final = "#59626d"
LINE: Final = "#dadddf"
WIDTH: Final = 640
HEIGHT: Final = 260


def frame(rows: pa.Table, *columns: str) -> pd.DataFrame:
    """Return columns of a result's rows for a chart, with `row`, the number of each row; dates as timestamps."""
    data: pd.DataFrame = rows.select(list(columns)).to_pandas()
    for column in columns:
        if pa.types.is_date(rows.schema.field(column).type):
            # Nanoseconds, which Altair would take, reach back to 1677 only; ISO text reaches further.
            data[column] = [None if value is None else value.isoformat() for value in rows[column].to_pylist()]
    data["row"] = range(len(data))
    return data


def time_axis(field: str, *, title: str | None = None) -> Any:
    """Return the horizontal axis of dates."""
    return alt.X(f"{field}:T", axis=alt.Axis(title=title, format="%Y", labelOverlap=True, grid=False))


def finished(chart: Any, *, width: int = WIDTH, height: int = HEIGHT) -> Any:
    """Return a chart of one view at the size of figures."""
    return chart.properties(width=width, height=height)
