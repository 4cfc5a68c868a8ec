"""Rivalries, arms races, powers, armed conflicts and wars within states, by pair and by state."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from tests.measures.panel.panel_samples import build, frame, members, record, rows

from verbale.core import VerbaleError

RIVALRY = ("tssr_id", "ccode1", "ccode2", "start", "end", "positional", "spatial", "ideological", "interventionary")
FLAGS = dict.fromkeys(RIVALRY[5:], pa.bool_())


def rivalries() -> Any:
    table = rows(RIVALRY, (7, 200, 365, 1778, 1901, True, None, None, None), (8, 365, 630, 1901, 1902, None, True, True, None),
                 (76, 300, 345, 1903, 1920, None, None, None, True), types=FLAGS)  # fmt: skip
    return record("ps-rivalries-tss", table, 1494, 1920)


def test_no_rivalry_is_zero_within_the_list_and_unknown_after_it() -> None:
    made = build(rivalries(), dyads=["RUS-IRN"], years=(1900, 1921), directed=True).add("rivalries")
    found = [
        row for row in frame(made, "ccode1", "year", "ongoingrivalry", "tssr_id", "spatial", "positional") if row[0] == 630
    ]
    assert found[:3] == [(630, 1900, 0, None, 0, 0), (630, 1901, 1, 8, 1, 0), (630, 1902, 1, 8, 1, 0)]
    assert found[-2:] == [(630, 1920, 0, None, 0, 0), (630, 1921, None, None, None, None)]


def test_the_rivalries_of_a_state_are_counted() -> None:
    made = build(rivalries(), unit="state-year", states=["RUS"], years=(1900, 1903)).add("rivalries-national")
    assert frame(made, "rivalries", "positional_rivalries", "spatial_rivalries") == [(1, 1, 0), (2, 1, 1), (1, 0, 1), (0, 0, 0)]


def test_austria_takes_the_place_of_austria_hungary_after_1918() -> None:
    lists = members((300, "1816-01-01", "1918-11-12", False), (305, "1919-09-10", "2016-12-31", True),
                    (345, "1878-07-13", "2016-12-31", True))  # fmt: skip
    made = build(rivalries(), base=lists, years=(1917, 1920)).add("rivalries", keep=["ongoingrivalry"])
    assert frame(made) == [
        (300, 345, "AUH", "SRB", 1917, 1),
        (300, 345, "AUH", "SRB", 1918, 1),
        (305, 345, "AUT", "YUG", 1919, 1),
        (305, 345, "AUT", "YUG", 1920, 1),
    ]


def test_powers_hold_for_a_year_with_a_day_as_one() -> None:
    columns = ("ccode", "regstdate", "regenddate", "globstdate", "globenddate")
    table = rows(columns, (365, "1900-06-01", "1901-01-15", "1901-01-15", "1902-12-31"),
                 (200, None, None, "1816-01-01", "1902-12-31"), types=dict.fromkeys(columns[1:], pa.date32()))  # fmt: skip
    made = build(record("ps-maoz-powers", table, 1816, 1902), unit="state-year", states=["RUS"], years=(1899, 1903)).add(
        "powers"
    )
    assert frame(made, "regionalpower", "globalpower") == [(0, 0), (1, 0), (1, 1), (0, 1), (None, None)]


ACD = ("conflict_id", "year", "gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd", "incompatibility", "intensity_level",
       "type_of_conflict", "start_date2")  # fmt: skip
NUMBERS = dict.fromkeys(ACD[2:6], pa.int16())
CONFLICTS = (
    (11, 1950, 365, None, None, None, "government", 1, "intrastate", "1950-02-01"),
    (11, 1951, 365, 630, None, None, "government", 2, "II", "1950-02-01"),
    (12, 1951, 2, None, 365, None, "territory", 1, "interstate", "1951-03-01"),
)


def conflicts(**options: Any) -> list[tuple[Any, ...]]:
    lists = members((2, "1816-01-01", "2020-12-31", True), (365, "1816-01-01", "2020-12-31", True),
                    (630, "1855-01-01", "2020-12-31", True), system="gw")  # fmt: skip
    acd = record("ps-ucdp-conflicts", rows(ACD, *CONFLICTS, types=NUMBERS), 1950, 1952)
    made = build(acd, base=lists, system="gw", unit="state-year", directed=None, states=["RUS", "IRN"], years=(1949, 1953))
    return frame(
        made.add("ucdp-conflicts", **options), "gwcode", "year", "ucdpongoing", "ucdponset", "maxintensity", "conflict_ids"
    )


def test_armed_conflicts_of_a_state_on_either_side() -> None:
    assert conflicts() == [
        (365, 1949, None, None, None, None),
        (365, 1950, 1, 1, 1, "11"),
        (365, 1951, 1, 1, 2, "11; 12"),
        (365, 1952, 0, 0, None, None),
        (365, 1953, None, None, None, None),
        (630, 1949, None, None, None, None),
        *((630, year, 0, 0, None, None) for year in (1950, 1951, 1952)),
        (630, 1953, None, None, None, None),
    ]


def test_armed_conflicts_are_chosen_by_type_issue_role_and_intensity() -> None:
    def years(**options: Any) -> list[tuple[int, int]]:
        return [row[:2] for row in conflicts(**options) if row[2] == 1]

    assert years(types="interstate") == years(issues=["territory"]) == [(365, 1951)]
    assert years(types=["intrastate"]) == [(365, 1950)]
    assert years(roles="supporter") == [(630, 1951)]
    assert years(roles=["party", "supporter"]) == [(365, 1950), (365, 1951), (630, 1951)]
    assert years(wars=True) == [(365, 1951)]
    with pytest.raises(VerbaleError, match="ucdp-conflicts has no option types='civil'; its options: extrasystemic, inter"):
        conflicts(types="civil")


def test_of_several_wars_the_one_that_began_stands_then_the_deadliest() -> None:
    columns = ("warnum", "wartype", "year", "cowintraonset", "cowintraongoing", "primary_state", "ccodea", "intnl", "outcome",
               "sideadeaths", "sidebdeaths")  # fmt: skip
    table = rows(
        columns,
        (1, "central control", 1900, True, True, True, 365, False, 1, None, None),
        (2, "local issues", 1900, False, True, True, 365, True, 2, 9_000, 9_000),
        (2, "local issues", 1901, False, True, True, 365, True, 2, 9_000, 9_000),
        (3, "local issues", 1901, False, True, True, 365, True, 3, 10, None),
        (3, "local issues", 1901, False, True, False, 630, True, 3, 10, None),
        types={"sideadeaths": pa.int32(), "sidebdeaths": pa.int32()},
    )
    made = build(record("ps-cow-wars-intra", table, 1816, 1902), unit="state-year", states=["RUS", "IRN"], years=(1900, 1903))
    found = frame(made.add("wars-within"), "ccode", "year", "cowintraongoing", "cowintraonset", "warnum", "outcome")
    assert found[:4] == [
        (365, 1900, 1, 1, 1, 1),
        (365, 1901, 1, 0, 2, 2),
        (365, 1902, 0, 0, None, None),
        (365, 1903, *[None] * 4),
    ]
    assert found[5] == (630, 1901, 0, 0, None, None)  # a helper in another state's war
    only = frame(made.add("wars-within", types="local issues"), "warnum")
    assert [row[0] for row in only[:2]] == [2, 2]
