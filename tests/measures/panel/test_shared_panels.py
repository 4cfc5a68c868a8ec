"""Panels from the field's own files: the numbers of rows, and the disputes, wars and codes that others made of them."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.measures.panel.conftest import DATA

import verbale
from verbale.measures.panel import MEMBERS, dispute_dyads, whittle

KEYS = ("dispnum", "ccode1", "ccode2", "year")


@pytest.mark.parametrize(("system", "count"), [("cow", 2_214_930), ("gw", 2_599_466)])
def test_directed_dyad_years_to_2024(shared_records: Path, system: str, count: int) -> None:
    made = verbale.panel(years=(1816, 2024), system=system, directed=True, extend=True, folder=shared_records)
    assert made.table.count().execute() == count
    assert made.used()[0].name in MEMBERS[system]


def test_both_lists_of_members_give_the_same_states(shared_records: Path) -> None:
    made = [
        verbale.panel(unit="state-year", folder=folder) for folder in (shared_records, only(shared_records, "isard-cow-system"))
    ]
    first, second = (set(one.table.to_pandas().itertuples(index=False, name=None)) for one in made)
    assert [one.used()[0].name for one in made] == ["cow-states", "isard-cow-system"]
    assert first == second
    assert len(first) == 15_951


def only(folder: Path, name: str) -> Path:
    """Return a data folder that holds one of the installed datasets."""
    chosen = folder / "only"
    chosen.mkdir(exist_ok=True)
    for ending in ("parquet", "json"):
        link = chosen / f"{name}.{ending}"
        if not link.exists():
            link.hardlink_to(folder / f"{name}.{ending}")
    return chosen


def test_politically_relevant_dyads(shared_records: Path) -> None:
    made = verbale.panel(years=(1816, 2010), directed=False, folder=shared_records)
    assert made.table.count().execute() == 842_655
    copied = made.add("contiguity", dataset="ps-cow-contiguity").add("prd")
    assert copied.table.count().execute() == 111_991
    # the official file knows borders that the copy's spells of type 0 hide, such as that of the USSR and Afghanistan
    official = made.add("contiguity", dataset="cow-contiguity").add("prd")
    assert official.table.count().execute() == 112_282


def published(name: str) -> Iterator[dict[str, int | None]]:
    path = DATA / "peacesciencer" / name
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        for row in csv.DictReader(file):
            yield {name: None if text in ("-9", "") else int(text) for name, text in row.items()}


def as_sets(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> dict[tuple[int, ...], tuple[Any, ...]]:
    return {tuple(row[key] for key in KEYS): tuple(row[name] for name in names) for row in rows}


def test_disputes_of_mid_5_are_those_of_peacesciencer(shared_records: Path) -> None:
    made = verbale.panel(years=(1816, 2014), directed=True, folder=shared_records)
    disputes = dispute_dyads(made.records["cow-mid-participants"].table, made.records["cow-mid-disputes"].table)
    all_rows = disputes.rename(dispongoing="ongoing", disponset="onset").to_pyarrow().to_pylist()
    expected = list(published("cow_mid_dirdisps.csv"))
    names = [name for name in expected[0] if name not in KEYS]
    assert len(all_rows) == len(expected) == 11_390
    ours, theirs = as_sets(all_rows, names), as_sets(expected, names)
    assert ours.keys() == theirs.keys()
    # Finland came back to dispute 4678 on 20 May 2014, which the package does not count as an onset
    assert {key for key in ours if ours[key] != theirs[key]} == {(4678, 365, 375, 2014), (4678, 375, 365, 2014)}
    whittled = whittle(disputes, KEYS[1:]).rename(cowmidongoing="ongoing", cowmidonset="onset").to_pyarrow().to_pylist()
    kept = list(published("cow_mid_ddydisps.csv"))
    names = [name for name in kept[0] if name not in (*KEYS, "cowmidonset")]
    assert len(whittled) == len(kept) == 10_234
    assert as_sets(whittled, names) == as_sets(kept, names)


def test_whittled_disputes_of_gibler_miller_and_little(shared_records: Path) -> None:
    made = verbale.panel(years=(1816, 2010), directed=True, folder=shared_records).add("gml-mids")
    found = made.filter(made.table.gmlmidongoing == 1).table.to_pyarrow().to_pylist()
    kept = list(published("gml_mid_ddydisps.csv"))
    names = [name for name in kept[0] if name not in KEYS]
    assert as_sets(found, names) == as_sets(kept, names)


def test_wars_are_those_of_peacesciencer(shared_records: Path) -> None:
    made = verbale.panel(years=(1816, 2016), directed=True, folder=shared_records).add("wars", keep=["warnum"])
    table = made.table
    found = table.filter(table.cowinterongoing == 1).select("ccode1", "ccode2", "year").to_pyarrow().to_pylist()
    expected = {(row["ccode1"], row["ccode2"], row["year"]) for row in published("cow_war_inter.csv")}
    assert {(row["ccode1"], row["ccode2"], row["year"]) for row in found} == expected
    beyond = table.filter(table.year > 2007)
    assert beyond.filter(beyond.cowinterongoing.notnull()).count().execute() == 0


@pytest.mark.parametrize(("system", "file"), [("cow", "cw_gw_panel.csv.gz"), ("gw", "gw_cw_panel.csv.gz")])
def test_numbers_of_the_other_system_are_those_of_isard(shared_records: Path, system: str, file: str) -> None:
    own, other = ("ccode", "gwcode") if system == "cow" else ("gwcode", "ccode")
    with gzip.open(DATA / "isard" / file, "rt", encoding="utf-8") as stream:
        expected = {(row[own], row["year"]): row[other] for row in csv.DictReader(stream) if row[own]}
    made = verbale.panel(unit="state-year", system=system, years=(1816, 2024), extend=True, folder=shared_records).add("codes")
    found = {
        (str(row[own]), str(row["year"])): "" if row[other] is None else str(row[other])
        for row in made.table.to_pyarrow().to_pylist()
    }
    assert found == {key: value for key, value in expected.items() if int(key[1]) <= 2024}
