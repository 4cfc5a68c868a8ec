"""Events in panels: counts in each direction, by quadrant, with their intensity."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa
from tests.measures.panel.panel_samples import build, frame, record, rows

from verbale.records.events.counts import counted

COLUMNS = ("source", "target", "mutual", "type", "intensity", "status", "date_start", "date_precision")
EVENTS = (
    ("RUS", "IRN", False, "ASSAULT", -9.0, "actual", "1900-03-01", "day"),
    ("RUS", "IRN", False, "CONSULT", 3.0, "actual", "1900-05-01", "month"),
    ("IRN", "RUS", False, "REJECT", -2.0, "actual", "1900-01-01", "year"),
    ("IRN", "RUS", True, "COOPERATE", 6.0, "actual", "1900-05-02", "day"),
    ("RUS", "IRN", False, "ASSAULT", -9.0, "denied", "1900-03-01", "day"),
    ("RUS", "IRN", False, "ASSAULT", -9.0, "actual", "1900-01-01", "decade"),
    ("RUS", "RUS", False, "ASSAULT", -9.0, "actual", "1900-03-01", "day"),
    ("USA", "IRN", False, "REJECT", -1.0, "actual", "1902-01-01", "day"),
)


def events(name: str = "ledger") -> Any:
    return record(name, rows(COLUMNS, *EVENTS, types={"date_precision": pa.string()}), 1900, 1902)


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


def test_counts_by_day_of_an_event_dataset_give_the_columns_of_its_events() -> None:
    table = rows((*COLUMNS, "mentions"), *((*event, 1) for event in EVENTS), types={"date_precision": pa.string()})
    counts = record("gdelt-events", ibis.memtable(counted(table).to_pyarrow()), 1900, 1902)
    for unit in ("dyad-year", "dyad-month"):
        whole, summed = (
            build(one, dyads=["RUS-IRN"], years=(1899, 1901), unit=unit).add("events", dataset=name, prefix="coded_")
            for one, name in ((events(), "ledger"), (counts, "gdelt-events"))
        )
        added = [name for name in whole.columns if name.startswith("coded_")]
        assert len(added) == 15
        assert frame(whole, *added) == frame(summed, *added)
    assert summed.used()[-1].name == "gdelt-events"
