"""Disputes: pairs of opposite sides in years with a common day, and what is told of states."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from tests.measures.panel.panel_samples import build, frame, record, rows

from verbale.core import VerbaleError
from verbale.measures.panel import dispute_dyads

SIDES = ("dispnum", "ccode", "start", "end", "sidea", "fatality", "fatalpre", "hiact", "hostlev", "orig")
WHOLE = ("dispnum", "fatality", "hostlev", "mindur", "maxdur", "recip", "start")
NULLS = {"fatality": pa.int32(), "fatalpre": pa.int32()}


def participant(number: int, state: int, start: str, end: str, side_a: bool, *, orig: bool = True) -> tuple[Any, ...]:
    return (number, state, start, end, side_a, 0, None, 7, 3, orig)


def dispute(number: int, start: str, fatality: int | None = 0) -> tuple[Any, ...]:
    return (number, fatality, 3, 10, 12, True, start)


def records(sides: list[tuple[Any, ...]], wholes: list[tuple[Any, ...]]) -> list[Any]:
    return [
        record("cow-mid-participants", rows(SIDES, *sides, types=NULLS), 1816, 1902),
        record("cow-mid-disputes", rows(WHOLE, *wholes, types=NULLS), 1816, 1902),
    ]


def test_states_meet_on_the_days_on_which_both_take_part() -> None:
    sides = [
        participant(1, 365, "1899-12-01", "1901-02-01", True),
        participant(1, 630, "1900-06-01", "1901-06-01", False),
        participant(1, 200, "1901-02-02", "1901-03-01", False),  # joined when 365 had left
        participant(1, 2, "1899-12-01", "1900-01-01", True),  # on the side of 365
    ]
    both = records(sides, [dispute(1, "1899-12-01")])
    found = dispute_dyads(both[0].table, both[1].table).order_by("ccode1", "ccode2", "year").to_pandas()
    seen = found[["ccode1", "ccode2", "year", "onset", "sidea1", "stmon"]].to_numpy().tolist()
    assert seen == [
        [365, 630, 1900, 1, 1, 12],
        [365, 630, 1901, 0, 1, 12],
        [630, 365, 1900, 1, 0, 12],
        [630, 365, 1901, 0, 0, 12],
    ]


def test_a_second_spell_in_one_dispute_is_an_onset_again() -> None:
    sides = [
        participant(1, 365, "1900-01-01", "1900-02-01", True),
        participant(1, 365, "1901-01-01", "1901-02-01", True),
        participant(1, 630, "1900-01-01", "1901-12-31", False),
    ]
    both = records(sides, [dispute(1, "1900-01-01")])
    found = dispute_dyads(both[0].table, both[1].table).filter(lambda t: t.ccode1 == 365).order_by("year").to_pandas()
    assert found[["year", "onset"]].to_numpy().tolist() == [[1900, 1], [1901, 1]]


def test_one_dispute_stands_for_a_pair_and_year() -> None:
    sides = [side for number in (1, 2, 3) for side in (participant(number, 365, "1900-01-01", "1900-02-01", True),
             participant(number, 630, "1900-01-01", "1900-02-01", False))]  # fmt: skip
    both = records(sides, [dispute(1, "1900-01-01"), dispute(2, "1900-01-01", 3), dispute(3, "1900-01-01", None)])
    made = build(*both, dyads=["RUS-IRN"], years=(1899, 1903))
    assert frame(made.add("mids", keep=["dispnum"]), "cowmidongoing", "cowmidonset", "dispnum") == [
        (0, 0, None),
        (1, 1, 2),
        (0, 0, None),
        (0, 0, None),
        (None, None, None),  # beyond the last year of the record
    ]
    lowest = made.add("mids", keep=["dispnum"], whittle=["month"])
    assert frame(lowest, "dispnum")[1] == (1,)
    assert made.add("mids").columns[5:] == (
        *("cowmidongoing", "cowmidonset", "dispnum", "sidea1", "sidea2", "fatality1", "fatality2", "fatalpre1", "fatalpre2"),
        *("hiact1", "hiact2", "hostlev1", "hostlev2", "orig1", "orig2"),
        *("fatality", "hostlev", "mindur", "maxdur", "recip", "stmon"),
    )
    assert {one.name: [s.name for s in one.sources] for one in made.add("mids").variables}["recip"] == [
        "cow-mid-participants",
        "cow-mid-disputes",
    ]


@pytest.mark.parametrize(
    ("init", "began"),
    [("sidea-orig", [1, 0, 0, 0]), ("sidea-with-joiners", [1, 1, 0, 0]), ("sidea-all-joiners", [1, 1, 0, 1])],
)
def test_who_began_is_a_choice(init: str, began: list[int]) -> None:
    sides = [
        participant(1, 2, "1900-01-01", "1901-02-01", True),
        participant(1, 200, "1900-01-05", "1901-02-01", True, orig=False),
        participant(1, 365, "1900-01-01", "1901-02-01", False),
        participant(1, 630, "1900-01-05", "1901-02-01", False, orig=False),
    ]
    both = records(sides, [dispute(1, "1900-01-01")])
    made = build(*both, unit="state-year", states=["2", "200", "365", "630"], years=(1900, 1901)).add("mids", init=init)
    first = [row[1:] for row in frame(made, "year", "cowmidongoing", "cowmidonset", "cowmidonset_init") if row[0] == 1900]
    assert first == [(1, 1, one) for one in began]
    second = [row[1:] for row in frame(made, "year", "cowmidongoing", "cowmidonset", "cowmidonset_init") if row[0] == 1901]
    assert second == [(1, 0, 0)] * 4


def test_an_unknown_way_to_begin() -> None:
    made = build(*records([participant(1, 2, "1900-01-01", "1900-01-02", True)], [dispute(1, "1900-01-01")]), unit="state-year")
    with pytest.raises(VerbaleError, match=r"init has no option 'side-b'; its options: sidea-orig, sidea-with-joiners, sidea-"):
        made.add("mids", init="side-b")
