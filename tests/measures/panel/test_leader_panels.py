"""Panels of leaders: who counts in which year of which state, who was in office together, and what is told of them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from tests.measures.panel.panel_samples import build, frame, members, record, rows

from verbale.core import VerbaleError
from verbale.measures.panel import Panel

COLUMNS = ("obsid", "gwcode", "leader", "gender", "yrborn", "startdate", "enddate", "leadid", "exit", "line")
SPELLS = (
    ("A-1", 2, "Able", "F", 1850, "1865-03-04", "1901-03-04", "x", "Regular", 2),
    ("A-2", 2, "Baker", "M", None, "1901-03-05", "1901-06-30", "x", "Regular", 2),
    ("A-3", 2, "Clark", "M", 1860, "1901-07-01", "1902-12-31", "x", "Regular", 2),
    ("B-1", 345, "Dane", "M", 1840, "1900-01-01", "1901-03-04", "x", "Regular", 2),
    ("B-2", 345, "Evans", "M", 1841, "1901-12-01", "1902-12-31", "x", "Regular", 2),
)


def leaders(**options: Any) -> Panel:
    archigos = record("ps-archigos", rows(COLUMNS, *SPELLS, types={"yrborn": pa.int32()}), 1870, 1902)
    lists = members((2, "1816-01-01", "2020-12-31", True), (345, "1901-01-01", "2020-12-31", True), system="gw")
    return build(archigos, base=lists, **{"system": "gw", "unit": "leader-year", "directed": None, **options})


def test_a_leader_is_in_every_year_with_a_day_in_office_of_a_member() -> None:
    made = leaders(years=(1899, 1903))
    assert made.keys == ("obsid", "gwcode", "year")
    assert frame(made, "obsid", "year", "leaderage", "yrinoffice") == [
        ("A-1", 1899, 49, 35),
        ("A-1", 1900, 50, 36),
        ("A-1", 1901, 51, 37),
        ("A-2", 1901, None, 1),
        ("A-3", 1901, 41, 1),
        ("A-3", 1902, 42, 2),
        ("B-1", 1901, 61, 2),  # not in 1900, when the state was no member; the years in office count from the first day
        ("B-2", 1901, 60, 1),
        ("B-2", 1902, 61, 2),
    ]
    assert min(row[0] for row in frame(leaders(years=(1860, 1903)), "year")) == 1870  # the record's first year


def test_leaders_are_a_pair_if_they_were_in_office_on_a_common_day() -> None:
    made = leaders(unit="leader-dyad-year", directed=False, years=(1901, 1901))
    assert made.keys == ("obsid1", "obsid2", "gwcode1", "gwcode2", "year")
    assert frame(made, "obsid1", "obsid2") == [("A-1", "B-1"), ("A-3", "B-2")]
    assert len(frame(leaders(unit="leader-dyad-year", directed=True, years=(1901, 1901)))) == 4
    with pytest.raises(VerbaleError, match="leader-dyad-year panel was asked for without its direction"):
        leaders(unit="leader-dyad-year")


def test_days_of_leaders_follow_one_another() -> None:
    days = frame(leaders(unit="leader-day", states=["USA"], years=(1901, 1901)), "obsid", "date")
    assert len(days) == 365
    assert {name: sum(row[0] == name for row in days) for name in ("A-1", "A-2", "A-3")} == {"A-1": 63, "A-2": 118, "A-3": 184}


def test_other_numbers_are_those_of_the_year() -> None:
    archigos = record(
        "ps-archigos", rows(COLUMNS, ("G-1", 260, "Fox", "M", 1930, "1989-01-01", "1991-12-31", "x", "Regular", 2)), 1870, 2015
    )
    lists = members((260, "1955-05-05", "1990-10-02", False), (255, "1990-10-03", "2016-12-31", True))
    made = build(archigos, base=lists, unit="leader-year", directed=None, years=(1989, 1991))
    assert frame(made, "ccode", "year") == [(255, 1990), (255, 1991), (260, 1989), (260, 1990)]


def test_a_panel_of_leaders_needs_their_record() -> None:
    with pytest.raises(VerbaleError, match="a panel of leaders needs the dataset archigos-leaders or ps-archigos"):
        build(unit="leader-year", directed=None)


def test_what_is_told_of_a_leader_stands_on_each_side() -> None:
    table = rows(("obsid", *(f"theta{one}_{two}" for one in (1, 2, 3, 4) for two in ("mean", "sd"))),
                 ("A-1", *[0.5] * 8), ("B-2", *[-0.25] * 8))  # fmt: skip
    made = leaders(unit="leader-dyad-year", directed=False, years=(1901, 1901))
    made = Panel(**{name: getattr(made, name) for name in made.__dataclass_fields__} | {
        "records": {**made.records, "ps-lwuf": record("ps-lwuf", table)}})  # fmt: skip
    wide = made.add("lwuf", keep=["theta2_mean"])
    assert frame(wide, "obsid1", "theta2_mean1", "theta2_mean2") == [("A-1", 0.5, None), ("A-3", None, -0.25)]
    with pytest.raises(VerbaleError, match="lwuf cannot be added to a panel of unit dyad-year"):
        build(record("ps-lwuf", table)).add("lwuf")
