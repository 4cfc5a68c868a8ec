"""What a page lists for a number that nothing stands behind, and the evidence of refusals and warnings."""

from __future__ import annotations

import datetime

import ibis
import pyarrow as pa
import pytest
from tests.measures.simulated import table_of

from verbale.app.flows.telling_none import beside
from verbale.measures import reciprocity, relation_balance, signed_network, third_parties
from verbale.measures.result import EvidenceError

DYAD = ("RUS", "IRN")


def rows(*told: tuple[str, str, str, int]) -> list[dict[str, object]]:
    return [
        {"source": source, "target": target, "type": kind, "date_start": datetime.date(year, 5, 1), "document_id": "d"}
        for source, target, kind, year in told
    ]


EVENTS = rows(("RUS", "IRN", "ASSAULT", 1951), ("RUS", "IRN", "AID", 1971), ("IRN", "RUS", "AID", 1971))


def test_a_zero_lists_the_events_of_the_nearest_place_that_has_some() -> None:
    result = relation_balance(table_of(EVENTS), dyad=DYAD, period="decade", replicates=10)
    told = result.rows.to_pylist()
    found = dict(enumerate(beside(result, range(len(told)))))

    def of(direction: str, period: str, quantity: str) -> object:
        at = next(
            number
            for number, row in enumerate(told)
            if (row["direction"], row["period"], row["quantity"]) == (direction, period, quantity)
        )
        one = found[at]
        return one and (one.words, len(one.event_ids))

    assert of("RUS>IRN", "1950s", "conflict") is None
    assert of("RUS>IRN", "1950s", "cooperation") == ("of the same direction and period", 1)
    assert of("IRN>RUS", "1950s", "events") == ("of the same period", 1)
    assert of("both", "1960s", "net") == ("of other periods", 3)


def test_a_result_of_datasets_alone_lists_nothing_beside() -> None:
    result = relation_balance(table_of(EVENTS), dyad=DYAD, period="decade", replicates=10)
    assert beside(result, []) == []
    assert len(beside(result, [0, 1])) == 2


def test_warnings_and_refusals_name_what_they_counted() -> None:
    table = table_of(EVENTS)
    result = relation_balance(table, dyad=DYAD, period="decade", replicates=10)
    assert len(result.warned) == len(result.warnings) == 2
    assert all(len(keys["event_ids"]) == 3 for keys in result.warned)
    with pytest.raises(EvidenceError, match="has 1 and 1 act in 1 period") as refused:
        reciprocity(table_of(EVENTS[1:]), dyad=DYAD, period="year")
    assert len(refused.value.behind["event_ids"]) == 2
    with pytest.raises(EvidenceError, match="has no act of a third state") as refused:
        third_parties(table, dyad=DYAD, period="year")
    assert refused.value.behind == {"event_ids": []}
    with pytest.raises(EvidenceError, match=r"two states with 2 acts between them .* fewer among 2 states") as refused:
        signed_network(table_of(EVENTS[:1]), dyad=DYAD)
    assert len(refused.value.behind["event_ids"]) == 1


def test_a_network_without_any_event_is_refused_in_words() -> None:
    with pytest.raises(EvidenceError, match="acts among RUS and IRN in a period, but has none"):
        signed_network(table_of(rows(("USA", "CHN", "AID", 1951))), dyad=DYAD, states=DYAD)
    empty = ibis.memtable(table_of(EVENTS).to_pyarrow().slice(0, 0))
    assert isinstance(empty.to_pyarrow(), pa.Table)
    with pytest.raises(EvidenceError, match="has none"):
        signed_network(empty, dyad=DYAD)
