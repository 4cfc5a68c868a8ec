"""Whittling against a plain reference that applies one rule after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.core import VerbaleError
from verbale.measures.panel import ORDER, RULES, Rule, whittle

KEYS = ("ccode1", "ccode2", "year")
NUMBERS = ("dispnum", *KEYS, "onset", "fatality", "hostlev", "mindur", "maxdur", "recip", "stmon")
DISPUTE = st.fixed_dictionaries(
    {
        "ccode1": st.integers(2, 3),
        "ccode2": st.just(20),
        "year": st.integers(1900, 1901),
        "onset": st.integers(0, 1),
        "fatality": st.sampled_from([None, 0, 1, 2]),
        "hostlev": st.integers(2, 3),
        "mindur": st.integers(1, 2),
        "maxdur": st.integers(1, 2),
        "recip": st.integers(0, 1),
        "stmon": st.integers(1, 2),
    }
)
Row = dict[str, Any]
PLAIN: dict[str, Callable[[Row], float]] = {
    "onset": lambda row: row["onset"],
    "fatality": lambda row: 0.5 if row["fatality"] is None else row["fatality"],
    "hostility": lambda row: row["hostlev"],
    "mindur": lambda row: row["mindur"],
    "maxdur": lambda row: row["maxdur"],
    "reciprocated": lambda row: row["recip"],
    "month": lambda row: -row["stmon"],
}


def reference(disputes: list[Row], order: Sequence[str]) -> list[int]:
    groups: dict[tuple[int, ...], list[Row]] = defaultdict(list)
    for row in disputes:
        groups[tuple(row[key] for key in KEYS)].append(row)
    kept = []
    for group in groups.values():
        left = group
        for name in order:
            highest = max(map(PLAIN[name], left))
            left = [row for row in left if PLAIN[name](row) == highest]
        kept.append(min(row["dispnum"] for row in left))
    return sorted(kept)


def table(disputes: list[Row]) -> Any:
    schema = pa.schema([(name, pa.int32()) for name in NUMBERS])
    return ibis.memtable(pa.Table.from_pylist(disputes, schema=schema))


@settings(max_examples=40, deadline=None)
@given(st.lists(DISPUTE, min_size=1, max_size=14), st.permutations(ORDER), st.integers(0, len(ORDER)))
def test_the_rules_one_after_the_other_keep_the_same(disputes: list[Row], order: list[str], length: int) -> None:
    numbered = [{**row, "dispnum": number} for number, row in enumerate(disputes)]
    found = whittle(table(numbered), KEYS, order[:length]).dispnum.to_pandas().tolist()
    assert sorted(found) == reference(numbered, order[:length])


def test_the_default_order_is_the_documented_one() -> None:
    assert ORDER == ("onset", "fatality", "hostility", "mindur", "maxdur", "reciprocated", "month")
    assert all(rule.prefers for rule in RULES.values())


def test_a_rule_of_ones_own() -> None:
    shortest = Rule("shortest", "the shortest dispute", lambda disputes: -disputes.mindur)
    disputes = [
        {**dict.fromkeys(NUMBERS, 1), "dispnum": 1, "mindur": 9},
        {**dict.fromkeys(NUMBERS, 1), "dispnum": 2, "mindur": 3},
    ]
    assert whittle(table(disputes), KEYS, [shortest]).dispnum.to_pandas().tolist() == [2]
    assert whittle(table(disputes), KEYS).dispnum.to_pandas().tolist() == [1]


def test_an_unknown_rule() -> None:
    with pytest.raises(VerbaleError, match=r"no rule of whittling is called 'deaths'; choose among onset, fatality, hostility"):
        whittle(table([]), KEYS, ["deaths"])
