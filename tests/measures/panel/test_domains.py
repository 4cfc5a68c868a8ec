"""Every addition keeps to the years of its sources: beyond them its columns are missing; and no row is lost or doubled."""

from __future__ import annotations

import datetime
import functools
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pytest
from tests.measures.panel.panel_samples import build, members, record

from verbale.measures.panel import ADDITIONS, Panel, PanelRecord
from verbale.records import DATASETS

FIRST, LAST = 1955, 1960
STATES = {2: "USA", 200: "GBR", 365: "RUS", 630: "IRN"}
WORDS = {
    "vote": ("yes", "no", "abstain", "absent"),
    "type_of_conflict": ("extrasystemic", "interstate", "intrastate", "II"),
    "incompatibility": ("territory", "government", "both"),
    "wartype": ("central control", "local issues"),
}
# These take no record of years: `events` reads a ledger, `spells` the panel itself, `codes` lists of the numbers alone.
# What is told of leaders holds for them in every year.
OTHERS = {"events", "spells", "codes", "lead", "lwuf", "leader-codes"}
NAMES = sorted(
    name
    for name, one in ADDITIONS.items()
    if name not in OTHERS and one.needs and all(set(names) & set(DATASETS) for needs in one.needs.values() for names in needs)
)
# Two columns that tell the beginning and the end of one spell.
SPELLS = (("start", "end"), ("stdate", "enddate"), ("startdate", "enddate"), ("regstdate", "regenddate"),
          ("globstdate", "globenddate"), ("styear", "endyear"))  # fmt: skip


def made_record(name: str, chance: random.Random) -> PanelRecord:
    """Return a record in the layout of a dataset, with values that may stand in it, all of them in its years."""
    rows = [{field.name: value(field, chance) for field in DATASETS[name].schema} for _ in range(40)]
    for line, row in enumerate(rows, start=2):
        row["line"] = line
        for start, end in SPELLS:
            if start in row and end in row:
                row[start], row[end] = sorted((row[start], row[end]))
        if "ccode1" in row and row["ccode1"] == row["ccode2"]:
            row["ccode2"] = 2 if row["ccode1"] != 2 else 200
        for number in ("ccode", "gwcode", "ccode1", "ccode2", "gwcode1", "gwcode2"):
            if number in row and number.replace("ccode", "code").replace("gwcode", "code") in row:
                row[number.replace("gwcode", "code").replace("ccode", "code")] = STATES[row[number]]
    frame = pd.DataFrame(rows)
    # a record of years has one row for a state or pair in a year, or it has a number that tells several apart
    several = {"dispnum", "warnum", "rcid", "conflict_id", "line"} & set(frame) - {"line"}
    keys = [name for name in ("ccode", "gwcode", "ccode1", "ccode2", "gwcode1", "gwcode2", "year") if name in frame]
    if "ccode1" in frame or "gwcode1" in frame:
        first, second = keys[:2]
        frame = frame[frame[first] < frame[second]] if name != "ps-atop" else frame
    apart = keys if "year" in frame else [key for key in keys if key != "gwcode"]
    if apart and not several:
        frame = frame.drop_duplicates(apart)
    table = pa.Table.from_pylist(frame.to_dict("records"), schema=DATASETS[name].schema)
    return record(name, ibis.memtable(table), FIRST, LAST)


def value(field: pa.Field, chance: random.Random) -> Any:
    name, kind = field.name, field.type
    if name.startswith(("ccode", "gwcode", "gwno")) or name == "creg_ccode":
        return chance.choice(list(STATES))
    if pa.types.is_date(kind):
        return datetime.date(chance.randint(FIRST, LAST), chance.randint(1, 12), chance.randint(1, 28))
    if pa.types.is_list(kind) and not pa.types.is_integer(kind.value_type):
        return []
    if pa.types.is_list(kind):
        return [chance.randint(FIRST, LAST) for _ in range(chance.randint(0, 2))]
    if name in ("year", "styear", "endyear") or (name in ("start", "end") and pa.types.is_integer(kind)):
        return chance.randint(FIRST, LAST)
    if pa.types.is_boolean(kind):
        return chance.random() < 0.5
    if pa.types.is_integer(kind):
        return chance.randint(0, 4)
    if pa.types.is_floating(kind):
        return float(chance.randint(0, 40))
    return chance.choice(WORDS.get(name, tuple(STATES.values()) if name in ("source", "target") else ("x", "y")))


@functools.cache
def bare(system: str, unit: str) -> Panel:
    """Return a panel of four states, two years wider than the records, with its rows at hand: building takes longest."""
    spells = [(number, "1816-01-01", "2016-12-31", True) for number in STATES]
    made = build(
        base=members(*spells, system=system),
        system=system,
        unit=unit,
        directed=True if unit == "dyad-year" else None,
        years=(FIRST - 2, LAST + 2),
    )
    return made.with_table(ibis.memtable(made.table.to_pyarrow()))


# Most additions do the same for each side of a pair as for a state; these do something else.
OTHERWISE = ("capital-distance", "contiguity", "minimum-distance")
CASES = [
    *((name, "dyad-year" if "dyad-year" in ADDITIONS[name].units else "state-year") for name in NAMES),
    *((name, "state-year") for name in OTHERWISE),
]


@pytest.mark.parametrize(("name", "unit"), CASES)
def test_no_value_stands_beyond_the_years_of_its_source(name: str, unit: str) -> None:
    one, chance = ADDITIONS[name], random.Random(f"{name} {unit}")  # noqa: S311 - no secret
    before = bare("cow" if "cow" in one.needs else "gw", unit)
    chosen = [next(dataset for dataset in names if dataset in DATASETS) for names in one.datasets(before.system)]
    wanted = {dataset for dataset in chosen if dataset not in before.records}
    made = {dataset: made_record(dataset, chance) for dataset in sorted(wanted)}
    after = replace(before, records={**before.records, **made}).add(name)
    new = [column for column in after.columns if column not in before.columns]
    found = after.to_pandas()
    beyond = found[(found.year < FIRST) | (found.year > LAST)]
    assert new
    assert beyond[new].isna().all(axis=None), beyond[new].notna().any().to_dict()
    assert found[new].notna().any(axis=None)
    if name != "prd":  # which keeps some of the rows only
        assert len(found) == (12 if unit == "dyad-year" else 4) * 10
    told = {variable.name: variable for variable in after.variables}
    for column in new:
        assert told[column].label, column
        assert {source.name for source in told[column].sources} & wanted, column
        assert all(source.citation for source in told[column].sources)


def test_the_manual_lists_every_addition() -> None:
    page = (Path(__file__).parents[3] / "docs" / "panels.md").read_text(encoding="utf-8")
    table = page.partition("## Additions")[2].partition("\n### ")[0]
    listed = {name for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE) for name in re.findall(r"`([a-z-]+)`", row)}
    assert listed == set(ADDITIONS)
