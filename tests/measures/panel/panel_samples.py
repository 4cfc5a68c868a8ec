"""Records built by hand for panels: lists of members and what is told of them, as Ibis tables with their facts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from verbale.measures.panel import Panel, PanelRecord, Source, panel

Day = datetime.date
# (number, first day, last day, still a member on the list's last day)
MEMBERS = (
    (2, "1816-01-01", "2016-12-31", True),
    (200, "1816-01-01", "2016-12-31", True),
    (345, "1878-07-13", "1941-04-20", False),
    (345, "1944-10-20", "2016-12-31", True),
    (365, "1816-01-01", "2016-12-31", True),
    (630, "1855-01-01", "2016-12-31", True),
)


def record(name: str, table: Any, first: int = 1816, last: int = 2016) -> PanelRecord:
    facts = Source(name=name, title=name.upper(), edition="1", first_year=first, last_year=last, citation=f"@misc{{{name}}}")
    return PanelRecord(facts, table)


def rows(columns: Sequence[str], *values: Sequence[Any], types: dict[str, pa.DataType] | None = None) -> Any:
    known = types or {}
    read = [[Day.fromisoformat(one) if isinstance(one, str) and one[4:5] == "-" else one for one in row] for row in values]
    arrays = {name: pa.array([row[at] for row in read], known.get(name)) for at, name in enumerate(columns)}
    return ibis.memtable(pa.table(arrays))


def members(*spells: tuple[int, str, str, bool], system: str = "cow", micro: dict[int, int] | None = None) -> PanelRecord:
    number = {"cow": "ccode", "gw": "gwcode"}[system]
    columns = [number, "start", "end", "ongoing"]
    table = rows(columns, *(spells or MEMBERS))
    if micro is not None:
        table = table.mutate(microstate=table[number].isin([one for one, small in micro.items() if small]).cast("int8"))
    return record("cow-states" if system == "cow" else "isard-gw-system", table, last=2016 if system == "cow" else 2020)


def library(*more: PanelRecord, base: PanelRecord | None = None) -> dict[str, PanelRecord]:
    return {one.source.name: one for one in (base or members(), *more)}


def build(*more: PanelRecord, base: PanelRecord | None = None, **options: Any) -> Panel:
    chosen = {"system": "cow", "directed": False, **options}
    return panel(records=library(*more, base=base), **chosen)


def frame(made: Panel, *columns: str) -> list[tuple[Any, ...]]:
    """Return the rows in the order of the keys, with None for what is missing."""
    found: pd.DataFrame = made.to_pandas()
    chosen = found[list(columns)] if columns else found
    return [tuple(None if pd.isna(one) else one for one in row) for row in chosen.itertuples(index=False)]
