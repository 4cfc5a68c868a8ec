"""Agreement in the General Assembly by three ways of counting abstentions; transfers of arms by year and direction."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.panel.panel_samples import build, frame, members, record, rows

from verbale.core import VerbaleError

VOTES = st.lists(
    st.tuples(st.sampled_from([2, 200, 365]), st.integers(1, 6), st.sampled_from(["yes", "no", "abstain", "absent"])),
    unique_by=lambda one: one[:2],
    min_size=1,
)


def agreement(ballots: list[tuple[int, int, str]], **options: Any) -> dict[tuple[int, int], tuple[Any, ...]]:
    table = rows(("ccode", "rcid", "vote", "year"), *((*one, 1950) for one in ballots))
    lists = members(*((number, "1816-01-01", "2016-12-31", True) for number in (2, 200, 365)))
    made = build(record("un-votes", table, 1946, 1950), base=lists, years=(1950, 1950), directed=True)
    found = frame(made.add("un-agreement", **options), "ccode1", "ccode2", "un_votes", "un_agreement")
    return {row[:2]: row[2:] for row in found}


def expected(ballots: list[tuple[int, int, str]], one: int, two: int, abstentions: str) -> tuple[Any, ...]:
    by_state: dict[int, dict[int, str]] = defaultdict(dict)
    for state, call, vote in ballots:
        by_state[state][call] = vote
    scores = []
    for call, vote in by_state[one].items():
        other = by_state[two].get(call, "absent")
        if "absent" in (vote, other) or (abstentions == "drop" and "abstain" in (vote, other)):
            continue
        partly = 0.5 if abstentions == "half" and "abstain" in (vote, other) else 0.0
        scores.append(1.0 if vote == other else partly)
    return (len(scores), pytest.approx(sum(scores) / len(scores))) if scores else (None, None)


@settings(max_examples=5, deadline=None)
@given(VOTES, st.sampled_from(["half", "same", "drop"]))
def test_agreement_is_counted_call_by_call(ballots: list[tuple[int, int, str]], abstentions: str) -> None:
    found = agreement(ballots, abstentions=abstentions)
    for (one, two), values in found.items():
        assert values == expected(ballots, one, two, abstentions)


def test_an_abstention_agrees_by_half_unless_told_otherwise() -> None:
    ballots = [(2, 1, "yes"), (200, 1, "abstain"), (2, 2, "no"), (200, 2, "no"), (2, 3, "abstain"), (200, 3, "abstain"),
               (2, 4, "yes"), (200, 4, "no"), (2, 5, "yes"), (200, 5, "absent")]  # fmt: skip
    assert agreement(ballots)[(2, 200)] == (4, 0.625)
    assert agreement(ballots, abstentions="same")[(200, 2)] == (4, 0.5)
    assert agreement(ballots, abstentions="drop")[(2, 200)] == (2, 0.5)
    with pytest.raises(VerbaleError, match="un-agreement has no option abstentions='third'; its options: half, same, drop"):
        agreement(ballots, abstentions="third")


def test_china_has_its_own_number_until_1949() -> None:
    ballots = [(number, year, vote, year) for year in (1946, 1950) for number, vote in ((713, "yes"), (2, "yes"))]
    lists = members((2, "1816-01-01", "2016-12-31", True), (710, "1860-01-01", "2016-12-31", True),
                    (713, "1949-12-08", "2016-12-31", True))  # fmt: skip
    votes = record("un-votes", rows(("ccode", "rcid", "vote", "year"), *ballots), 1946, 1950)
    made = build(votes, base=lists, years=(1946, 1950)).add("un-agreement")
    found = [row for row in frame(made, "ccode1", "ccode2", "year", "un_votes") if row[3] is not None]
    assert found == [(2, 710, 1946, 1), (2, 713, 1950, 1)]


def test_published_positions_stand_on_each_side_and_for_both_directions() -> None:
    points = rows(("ccode", "year", "IdealPointAll", "IdealPointFP"), (2, 1946, 2.5, 2.0), (713, 1946, -0.5, -1.0))
    scores = rows(("ccode1", "ccode2", "year", "agree", "distance"), (2, 713, 1946, 0.75, 3.0), (713, 2, 1946, 0.75, 3.0),
                  (2, 365, 1946, 0.25, 4.0))  # fmt: skip
    lists = members((2, "1816-01-01", "2016-12-31", True), (365, "1816-01-01", "2016-12-31", True),
                    (710, "1860-01-01", "2016-12-31", True))  # fmt: skip
    held = record("un-ideal-points", points, 1946, 2024), record("un-agreement", scores, 1946, 2024)
    made = (
        build(*held, base=lists, years=(1945, 1946), directed=True).add("ideal-points", keep=["IdealPointAll"]).add("un-scores")
    )
    found = {row[:3]: row[3:] for row in frame(made, "ccode1", "ccode2", "year", "IdealPointAll1", "agree", "idealdist")}
    assert found[(2, 710, 1946)] == (2.5, 0.75, 3.0)
    assert found[(710, 2, 1946)] == (-0.5, 0.75, 3.0)
    assert found[(365, 2, 1946)] == (None, 0.25, 4.0)
    assert found[(365, 710, 1946)] == (None, None, None)
    assert found[(2, 365, 1945)] == (None, None, None)


ORDER = ("source", "target", "year", "tiv_order", "tiv_delivered", "delivery_years")
ORDERS: tuple[tuple[Any, ...], ...] = (
    ("RUS", "IRN", 1960, 30.0, 20.0, [1961, 1962]),
    ("RUS", "IRN", 1960, 5.0, 0.0, []),
    ("USA", "IRN", 1948, 9.0, 9.0, [1950]),
    (None, "IRN", 1960, 7.0, 7.0, [1960]),
    ("RUS", "UNO", 1961, 4.0, 4.0, [1961]),
)


def transfers(name: str, **options: Any) -> Any:
    table = rows(ORDER, *ORDERS, types={"delivery_years": pa.list_(pa.int16()), "source": pa.string()})
    return build(record("sipri-transfers", table, 1948, 1962), years=(1949, 1963), **options).add(name)


def test_the_years_of_a_delivery_share_its_value() -> None:
    made = transfers("transfers", dyads=["RUS-IRN"], directed=True)
    columns = ("year", "arms_orders12", "arms_ordered12", "arms_delivered12", "arms_delivered21")
    found = {row[0]: row[1:] for row in frame(made.filter(made.table.ccode1 == 365), *columns)}
    assert found[1949] == found[1963] == (None, None, None, None)  # before 1950 deliveries were not recorded
    assert found[1960] == (2, 35.0, 0.0, 0.0)
    assert found[1961] == found[1962] == (0, 0.0, 10.0, 0.0)
    back = {row[0]: row[1:] for row in frame(made.filter(made.table.ccode1 == 630), *columns)}
    assert back[1961] == (0, 0.0, 0.0, 10.0)


def test_a_state_supplies_and_receives() -> None:
    made = transfers("transfers-national", unit="state-year", states=["RUS", "IRN"], directed=None)
    columns = ("ccode", "year", "arms_orders_out", "arms_delivered_out", "arms_delivered_in")
    found = {row[:2]: row[2:] for row in frame(made, *columns)}
    assert found[(365, 1961)] == (1, 14.0, 0.0)  # with what went to the United Nations
    assert found[(630, 1950)] == (0, 0.0, 9.0)  # ordered before 1950
    assert found[(630, 1960)] == (0, 0.0, 0.0)  # an unknown supplier is nobody's
    assert found[(630, 1963)] == (None, None, None)
