"""Events in panels: counts in each direction, by quadrant, with their intensity."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from tests.measures.panel.panel_samples import build, frame, record, rows

COLUMNS = ("source", "target", "mutual", "quad", "intensity", "status", "date_start", "date_precision")
EVENTS = (
    ("RUS", "IRN", False, "material conflict", -9.0, "actual", "1900-03-01", "day"),
    ("RUS", "IRN", False, "verbal cooperation", 3.0, "actual", "1900-05-01", "month"),
    ("IRN", "RUS", False, "verbal conflict", -2.0, "actual", "1900-01-01", "year"),
    ("IRN", "RUS", True, "material cooperation", 6.0, "actual", "1900-05-02", "day"),
    ("RUS", "IRN", False, "material conflict", -9.0, "denied", "1900-03-01", "day"),
    ("RUS", "IRN", False, "material conflict", -9.0, "actual", "1900-01-01", "decade"),
    ("RUS", "RUS", False, "material conflict", -9.0, "actual", "1900-03-01", "day"),
    ("USA", "IRN", False, "verbal conflict", -1.0, "actual", "1902-01-01", "day"),
)


def events(name: str = "ledger", *, last: int = 1902, columns: tuple[str, ...] = COLUMNS) -> Any:
    table = rows(COLUMNS, *EVENTS, types={"date_precision": pa.string()})
    return record(name, table.select(*columns), 1900, last)


def test_acts_are_counted_in_both_directions() -> None:
    made = build(events(), dyads=["RUS-IRN"], years=(1899, 1901)).add("events")
    found = frame(
        made, "events12", "vercoop12", "matcoop12", "verconf12", "matconf12", "events21", "matcoop21", "events_mutual"
    )
    # the treaty counts in both directions; what was denied, or is dated to a decade, in none
    assert found == [(None,) * 8, (3, 1, 1, 0, 1, 2, 1, 1), (0, 0, 0, 0, 0, 0, 0, 0)]
    sums = frame(made, "intensity_sum12", "intensity_mean12", "intensity_sum21", "intensity_mean21")
    assert sums == [(None,) * 4, (0.0, 0.0, 4.0, 2.0), (0.0, None, 0.0, None)]


def test_the_other_side_of_a_directed_pair_sees_the_mirror_image() -> None:
    made = build(events(), dyads=["RUS-IRN"], years=(1900, 1900), directed=True).add("events")
    first, second = frame(made, "events12", "events21", "intensity_sum12", "events_mutual")
    assert first == (3, 2, 0.0, 1)
    assert second == (2, 3, 4.0, 1)


def test_months_take_only_what_is_dated_to_a_month() -> None:
    made = build(events(), dyads=["RUS-IRN"], years=(1900, 1900), unit="dyad-month").add("events")
    counts = {month: (one, other) for month, one, other in frame(made, "month", "events12", "events21")}
    assert counts == {**dict.fromkeys(range(1, 13), (0, 0)), 3: (1, 0), 5: (2, 1)}


def test_a_table_without_status_and_precision_counts_whole() -> None:
    slim = events("gdelt-events", columns=("source", "target", "quad", "intensity", "date_start"))
    made = build(slim, dyads=["RUS-IRN"], years=(1900, 1900)).add("events", dataset="gdelt-events", prefix="gdelt_")
    assert frame(made, "gdelt_events12", "gdelt_events21", "gdelt_events_mutual") == [(4, 2, 0)]
    assert made.used()[-1].name == "gdelt-events"
