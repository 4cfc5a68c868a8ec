"""What records tell of two states, on tables written by hand: every expected number here can be counted by eye."""

from __future__ import annotations

import datetime
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from verbale.core import VerbaleError
from verbale.measures import agreement_scores, alliances, disputes, transfers, un_agreement, wars

DAY = datetime.date
PAIR = ("RUS", "IRN")


def table(schema: dict[str, Any], *rows: tuple[Any, ...]) -> ir.Table:
    return ibis.memtable(pa.Table.from_pylist([dict(zip(schema, row, strict=True)) for row in rows], schema=pa.schema(schema)))


def rows(found: ir.Table) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = found.to_pyarrow().to_pylist()
    return told


SPELLS = {"dispnum": pa.int32(), "code": pa.string(), "sidea": pa.bool_(), "start": pa.date32(), "end": pa.date32(),
          "hostlev": pa.int32(), "line": pa.int32()}  # fmt: skip


def test_a_dispute_is_the_days_that_both_take_part_on_opposite_sides() -> None:
    found = disputes(
        table(
            SPELLS,
            (1, "RUS", True, DAY(1900, 1, 1), DAY(1900, 6, 30), 2, 10),
            (1, "IRN", False, DAY(1900, 3, 1), DAY(1901, 1, 1), 4, 11),
            (1, "IRN", False, DAY(1905, 3, 1), DAY(1905, 4, 1), 4, 12),  # when Russia was out of it
            (2, "RUS", True, DAY(1910, 1, 1), DAY(1910, 2, 1), 4, 13),
            (2, "IRN", True, DAY(1910, 1, 1), DAY(1910, 2, 1), 4, 14),  # on the same side
            (3, "RUS", True, DAY(1890, 1, 1), None, 3, 15),
            (3, "IRN", False, DAY(1890, 1, 5), None, 3, 16),  # goes on
            (4, "RUS", True, DAY(1890, 1, 1), DAY(1890, 1, 2), 3, 17),
            (4, "TUR", False, DAY(1890, 1, 1), DAY(1890, 1, 2), 3, 18),  # with another state
        ),
        PAIR,
    )
    assert rows(found) == [
        {"dispnum": 3, "start": DAY(1890, 1, 5), "end": None, "hostlev": 3, "lines": [15, 16]},
        {"dispnum": 1, "start": DAY(1900, 3, 1), "end": DAY(1900, 6, 30), "hostlev": 4, "lines": [10, 11]},
    ]


def test_wars_on_both_sides_and_in_a_second_spell() -> None:
    schema = {"warnum": pa.int32(), "warname": pa.string(), "code": pa.string(), "side": pa.int32(), "start": pa.date32(),
              "end": pa.date32(), "start2": pa.date32(), "end2": pa.date32(), "line": pa.int32()}  # fmt: skip
    found = wars(
        table(
            schema,
            (1, "First", "RUS", 1, DAY(1900, 1, 1), DAY(1900, 2, 1), DAY(1900, 6, 1), DAY(1900, 7, 1), 2),
            (1, "First", "IRN", 2, DAY(1900, 6, 15), DAY(1900, 8, 1), None, None, 3),
            (2, "Second", "RUS", 1, DAY(1910, 1, 1), DAY(1911, 1, 1), None, None, 4),
            (2, "Second", "IRN", 1, DAY(1910, 5, 1), DAY(1910, 6, 1), None, None, 5),
        ),
        PAIR,
    )
    assert [(row["warname"], row["opposed"], row["start"], row["end"], row["lines"]) for row in rows(found)] == [
        ("First", True, DAY(1900, 6, 15), DAY(1900, 7, 1), [2, 3]),
        ("Second", False, DAY(1910, 5, 1), DAY(1910, 6, 1), [4, 5]),
    ]


def test_alliances_hold_what_either_promised() -> None:
    kinds = ("defense", "neutrality", "nonaggression", "entente")
    schema = {"version4id": pa.int32(), "code": pa.string(), "start": pa.date32(), "end": pa.date32(), "line": pa.int32(),
              **dict.fromkeys(kinds, pa.bool_())}  # fmt: skip
    members = table(
        schema,
        (5, "IRN", DAY(1921, 2, 26), DAY(1941, 8, 25), 7, True, None, False, False),
        (5, "RUS", DAY(1921, 2, 1), None, 8, False, None, True, False),
        (6, "IRN", DAY(2000, 1, 1), None, 9, False, False, False, True),
        (6, "RUS", DAY(2001, 1, 1), None, 10, False, False, False, True),
    )
    first, second = rows(alliances(members, PAIR))
    assert (first["start"], first["end"], first["lines"]) == (DAY(1921, 2, 26), DAY(1941, 8, 25), [8, 7])
    assert [first[kind] for kind in kinds] == [True, False, True, False]
    assert (second["start"], second["end"]) == (DAY(2001, 1, 1), None)
    renamed = members.rename(atopid="version4id")
    (only, _) = rows(alliances(renamed, PAIR, number="atopid", promises=("defense",)))
    assert set(only) == {"atopid", "start", "end", "defense", "lines"}


def test_agreement_counts_an_abstention_half_and_no_absence() -> None:
    schema = {"rcid": pa.int32(), "code": pa.string(), "year": pa.int16(), "vote": pa.string(), "line": pa.int32()}
    votes = [("yes", "yes"), ("no", "no"), ("yes", "no"), ("abstain", "no"), ("abstain", "abstain"), ("yes", "absent")]
    cast = [
        row
        for number, (russia, iran) in enumerate(votes)
        for row in ((number, "RUS", 1950, russia, 2 * number), (number, "IRN", 1950, iran, 2 * number + 1))
    ]
    found = rows(un_agreement(table(schema, *cast, (9, "RUS", 1951, "yes", 99)), PAIR))
    assert [(row["year"], row["votes"], row["agreement"]) for row in found] == [
        (1950, 5, pytest.approx((1 + 1 + 0 + 0.5 + 1) / 5))
    ]
    assert found[0]["lines"] == list(range(10))


def test_published_agreement_has_the_same_shape() -> None:
    schema = {"code1": pa.string(), "code2": pa.string(), "year": pa.int16(), "agree": pa.float64(), "nvotes1": pa.int32(),
              "nvotes2": pa.int32(), "line": pa.int32()}  # fmt: skip
    scores = table(
        schema,
        ("RUS", "IRN", 1950, 0.75, 40, 30, 2),
        ("IRN", "RUS", 1950, 0.75, 30, 40, 9),
        ("IRN", "RUS", 1951, None, 30, 40, 10),
        ("IRN", "USA", 1950, 0.1, 30, 40, 11),
    )
    assert rows(agreement_scores(scores, PAIR)) == [{"year": 1950, "agreement": 0.75, "votes": 30, "lines": [2, 9]}]


def test_transfers_are_spread_over_the_years_of_delivery() -> None:
    schema = {"source": pa.string(), "target": pa.string(), "delivery_years": pa.list_(pa.int16()), "line": pa.int32(),
              "tiv_delivered": pa.float64()}  # fmt: skip
    register = table(
        schema,
        ("RUS", "IRN", [1990, 1991], 5, 10.0),
        ("RUS", "IRN", [1991], 6, 2.0),
        ("IRN", "RUS", [1991], 7, 1.0),
        ("RUS", "IRN", [], 8, 3.0),
        ("RUS", "IRN", [1992], 9, None),
        ("RUS", "IRQ", [1990], 10, 4.0),
    )
    assert rows(transfers(register, PAIR)) == [
        {"year": 1990, "source": "RUS", "target": "IRN", "tiv": 5.0, "orders": 1, "lines": [5]},
        {"year": 1991, "source": "IRN", "target": "RUS", "tiv": 1.0, "orders": 1, "lines": [7]},
        {"year": 1991, "source": "RUS", "target": "IRN", "tiv": 7.0, "orders": 2, "lines": [5, 6]},
    ]


def test_a_pair_is_two_states_and_a_table_has_the_columns() -> None:
    empty = table(SPELLS)
    with pytest.raises(VerbaleError, match="RUS-RUS"):
        disputes(empty, ("RUS", "RUS"))
    with pytest.raises(VerbaleError, match="hostlev"):
        disputes(empty.drop("hostlev"), PAIR)
    assert rows(disputes(empty, PAIR)) == []
