"""Third parties, signed networks and coverage: known truths of simulated ledgers, hand-made ledgers, and what is refused."""

from __future__ import annotations

import datetime
from typing import Any

import ibis
import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pytest
from tests.measures.simulated import table_of

from verbale.core import VerbaleError
from verbale.measures import account, signed_network, third_parties
from verbale.measures.accounts import Recorded
from verbale.measures.camps import against, camps
from verbale.measures.networks import MIN_EVENTS
from verbale.measures.triads import _difference, _enough, _made


def months(random: np.random.Generator, rate: float, length: int) -> np.ndarray[Any, Any]:
    """Return the months of acts that come at a rate."""
    return np.repeat(np.arange(length), random.poisson(rate, length))


def triad(random: np.random.Generator, *, strength: float, length: int, window: int, rate: float = 0.15) -> tuple[Any, Any]:
    """Return acts of a third state, and acts of a source of which the third's bring one with a chance, within the window."""
    third = months(random, rate, length)
    brought = third[random.random(len(third)) < strength]
    answers = brought + random.integers(1, window + 1, len(brought))
    own = np.sort(np.concatenate([months(random, 0.3, length), answers[answers < length]]))
    return _named("c", third), _named("a", own)


def _named(name: str, times: Any) -> Any:
    return _made([(int(time), 1.0, f"{name}{at}") for at, time in enumerate(times)])


@pytest.mark.parametrize(("strength", "found"), [(0.0, (0.0, 0.12)), (0.6, (0.85, 1.0))])
def test_the_estimate_holds_the_truth_and_raises_few_false_alarms(strength: float, found: tuple[float, float]) -> None:
    random, length, window, runs = np.random.default_rng(7), 600, 3, 100
    held, alarms, estimates = 0, 0, []
    for _ in range(runs):
        third, source = triad(random, strength=strength, length=length, window=window)
        assert _enough(third, length, window)
        row = _difference(third, source, length, window, random, 0.95)
        assert row is not None
        held += row["low"] <= strength <= row["high"]
        alarms += row["chance"] <= 0.05
        estimates.append(row["estimate"])
    assert 0.9 <= held / runs <= 1.0
    assert found[0] <= alarms / runs <= found[1]
    assert np.mean(estimates) == pytest.approx(strength, abs=0.05)


def month(number: int) -> datetime.date:
    return datetime.date(1950 + number // 12, number % 12 + 1, 1)


TIMES = [int(at) for at in 7 + np.cumsum(np.random.default_rng(2).integers(5, 20, 34))]


def answering_ledger() -> Any:
    """Every six to nine months Iraq acts against Iran, and the month after Russia with it."""
    rows: list[dict[str, Any]] = []
    for at in TIMES:
        rows.append({"source": "IRQ", "target": "IRN", "type": "ASSAULT", "date_start": month(at)})
        rows.append({"source": "RUS", "target": "IRN", "type": "AGREE", "date_start": month(at + 1)})
    rows.append({"source": "RUS", "target": "IRN", "type": "AGREE", "date_start": month(0), "status": "denied"})
    rows.append(
        {"source": "IRQ", "target": "IRN", "type": "ASSAULT", "date_start": datetime.date(1955, 1, 1), "date_precision": "year"}
    )
    return table_of(rows)


def test_a_third_partys_acts_stand_before_the_sources() -> None:
    result = third_parties(answering_ledger(), dyad=("RUS", "IRN"), thirds=["IRQ"], window=2)
    rows = {(row["source"], row["act"], row["answer"]): row for row in result.table().to_pyarrow().to_pylist()}
    row = rows["RUS", "conflict", "cooperation"]
    assert (row["before"], row["after"], row["estimate"]) == (0.0, 1.0, 1.0)
    assert row["acts"] == 32, "a whole year is no month; the first and last windows reach beyond the series"
    assert row["chance"] < 0.02
    assert row["chance"] <= row["chance_of_all"] <= 1
    assert rows["RUS", "conflict", "intensity"]["estimate"] == 3.0
    assert len(row["event_ids"]) == 64
    assert result.evidence().count().to_pyarrow().as_py() == 64
    assert "Not tested for want of acts dated to the month" in result.warnings[0]
    again = third_parties(answering_ledger(), dyad=("RUS", "IRN"), window=2)
    assert again.rows == result.rows, "without a name, the third state that acts most"
    assert result.plot().to_dict()["$schema"]


def test_too_little_of_a_third_party_is_refused() -> None:
    rows = [{"source": "USA", "target": "IRN", "date_start": month(at)} for at in range(5)]
    with pytest.raises(VerbaleError, match="third-parties needs at least 20 acts of a third state on one of RUS and IRN"):
        third_parties(table_of(rows), dyad=("RUS", "IRN"))
    with pytest.raises(VerbaleError, match="third is RUS; give states outside the pair"):
        third_parties(table_of(rows), dyad=("RUS", "IRN"), thirds=["RUS"])
    with pytest.raises(VerbaleError, match="window is -1; give a number of periods from 1"):
        third_parties(table_of(rows), dyad=("RUS", "IRN"), window=-1)


def camps_ledger() -> Any:
    """Two camps, AAA and BBB against CCC and DDD, in the 1950s; in the 1960s all four quarrel."""
    friends = {("AAA", "BBB"), ("CCC", "DDD")}
    rows: list[dict[str, Any]] = []
    for year in (1951, 1952, 1953, 1961, 1962):
        for one, other in (("AAA", "BBB"), ("AAA", "CCC"), ("AAA", "DDD"), ("BBB", "CCC"), ("BBB", "DDD"), ("CCC", "DDD")):
            kind = "COOPERATE" if (one, other) in friends and year < 1960 else "ASSAULT"
            day = datetime.date(year, 5, 1)
            rows.append({"source": one, "target": other, "type": kind, "date_start": day, "document_id": f"d{year}"})
    return table_of(rows)


def test_two_camps_are_found_and_their_triads_are_balanced() -> None:
    result = signed_network(camps_ledger(), replicates=200)
    rows = result.table().to_pyarrow().to_pylist()
    camp = {(row["period"], row["states"]): row["camp"] for row in rows if row["kind"] == "state"}
    assert [camp["1950s", state] for state in ("AAA", "BBB", "CCC", "DDD")] == ["1a", "1a", "1b", "1b"]
    share = {row["period"]: row for row in rows if row["kind"] == "period"}
    assert share["1950s"]["value"] == 1.0
    assert share["1960s"]["value"] == 0.0
    # Of six signs two are positive; every deal in which the two do not share a state gives four balanced triads, else two.
    assert share["1950s"]["baseline"] == pytest.approx(3 / 15 * 1.0 + 12 / 15 * 0.5, abs=0.03)
    assert [row["sign"] for row in rows if row["kind"] == "triad"] == [1] * 4 + [-1] * 4
    pair = next(row for row in rows if row["kind"] == "pair" and row["states"] == "AAA-BBB")
    assert (pair["sign"], pair["value"], pair["events"]) == (1, 7.0, 3)
    # Three acts of one value do not tell the mean to the digit; the bootstrap's percentiles had no width here.
    assert 0 < pair["low"] < 5
    assert pair["high"] == 10.0
    assert len(pair["event_ids"]) == 3
    first, second, *_ = result.sentences
    assert first == "4 actors (AAA, BBB, CCC, DDD), 30 acts among them."
    assert second.startswith("1950s: 6 pairs with a sign, 2 positive and 4 negative; balanced triads 1.00")
    assert [len(keys["event_ids"]) for keys in result.behind] == [30, 18, 12]
    assert result.plot().to_dict()["$schema"]


def test_the_states_of_a_network_are_the_pair_and_those_near_it() -> None:
    rows = [{"source": "RUS", "target": "IRN", "date_start": month(at)} for at in range(MIN_EVENTS)]
    rows += [{"source": "TUR", "target": "IRN", "date_start": month(at)} for at in range(MIN_EVENTS)]
    rows += [{"source": "BRA", "target": "ARG", "date_start": month(at)} for at in range(9)]
    result = signed_network(table_of(rows), dyad=("RUS", "IRN"), replicates=50)
    assert result.method.options["states"] == ["IRN", "RUS", "TUR"]
    assert "In no period do three states have signs among them; there is no balance to tell of." in result.warnings


def test_a_network_without_a_sign_is_refused() -> None:
    rows = [{"source": "RUS", "target": "IRN", "date_start": month(0)}]
    with pytest.raises(VerbaleError, match="network needs two states with 2 acts between them in a period, but has fewer"):
        signed_network(table_of(rows), dyad=("RUS", "IRN"), replicates=10)
    with pytest.raises(VerbaleError, match="states is 30 states; give at most 18 states"):
        signed_network(table_of(rows), states=[f"S{number:02}" for number in range(30)])


def test_camps_leave_fewest_signs_against_them() -> None:
    random = np.random.default_rng(3)
    for _ in range(20):
        graph = nx.gnp_random_graph(7, 0.7, seed=int(random.integers(1_000_000)))
        graph = nx.relabel_nodes(graph, {number: f"S{number}" for number in graph})
        nx.set_edge_attributes(graph, {edge: {"sign": int(random.choice([-1, 1]))} for edge in graph.edges})
        best = against(graph, camps(graph))
        sides = [{f"S{state}": str(number >> state & 1) for state in range(7)} for number in range(128)]
        assert best == min(against(graph, one) for one in sides)


def accounts_ledger() -> Any:
    """One document that tells three agreements, another one of them and three assaults, a third nothing of the pair."""
    pair = {"source": "RUS", "target": "IRN"}
    friendly = [datetime.date(year, 3, 1) for year in (1950, 1955, 1960)]
    rows: list[dict[str, Any]] = [{**pair, "date_start": day, "document_id": "kind"} for day in friendly]
    rows += [{**pair, "date_start": friendly[1], "document_id": "other"}]
    rows += [
        {**pair, "type": "ASSAULT", "date_start": datetime.date(year, 1, 1), "date_precision": "year", "document_id": "other"}
        for year in (1952, 1953, 1970)
    ]
    rows += [{"source": "USA", "target": "TUR", "date_start": friendly[0], "document_id": "elsewhere"}]
    return table_of(rows)


def test_a_document_is_held_against_others_and_never_against_itself() -> None:
    result = account(accounts_ledger(), dyad=("RUS", "IRN"), documents=["kind"])
    own, others, *omitted = result.table().to_pyarrow().to_pylist()
    assert (own["holding"], own["cooperation"], own["conflict"], own["share"]) == ("document", 3, 0, 1.0)
    assert (others["holding"], others["cooperation"], others["conflict"]) == ("other documents", 1, 2)
    assert (others["years"], others["silent_years"]) == (3, 2), "1970 lies outside of what the document tells of"
    assert [(row["side"], row["what"], row["start"].year, row["size"]) for row in omitted] == [
        ("conflict", "ASSAULT RUS>IRN", 1952, 9.0),
        ("conflict", "ASSAULT RUS>IRN", 1953, 9.0),
    ]
    assert not set(own["event_ids"]) & set(others["event_ids"])
    assert result.evidence(result.table().filter(ibis._.kind == "omitted")).count().to_pyarrow().as_py() == 2
    assert result.sentences[1] == (
        "kind, other documents, 1950-1960: cooperation 1, conflict 2; share of cooperation 0.33 (0.06 to 0.79); acts in "
        "3 years, in 2 of which the document has none; 2 omitted acts listed."
    )
    assert result.plot().to_dict()["$schema"]


def test_an_act_that_could_be_one_of_the_documents_is_not_called_omitted() -> None:
    rows = [
        {"source": "RUS", "target": "IRN", "type": "ASSAULT", "date_start": datetime.date(1950, 1, 1),
         "date_precision": "decade", "document_id": "vague"},
        {"source": "RUS", "target": "IRN", "date_start": datetime.date(1958, 3, 1), "document_id": "vague"},
        {"source": "IRN", "target": "RUS", "type": "ASSAULT", "date_start": datetime.date(1953, 3, 1), "document_id": "other"},
    ]  # fmt: skip
    found = account(table_of(rows), dyad=("RUS", "IRN"), documents=["vague"]).table().to_pyarrow().to_pylist()
    assert [row["kind"] for row in found] == ["holding", "holding"]
    assert found[0]["years"] == 1, "the 1950s are no year"


def record(kind: str, rows: dict[str, list[Any]]) -> Recorded:
    lines = sorted({line for listed in rows["lines"] for line in listed})
    return Recorded(kind, f"the {kind}", ibis.memtable(rows), ibis.memtable({"line": lines}), 1940, 1957)


def test_records_stand_beside_a_document() -> None:
    disputes = record(
        "disputes",
        {
            "dispnum": [7, 8],
            "start": [datetime.date(1951, 1, 1), datetime.date(1956, 1, 1)],
            "end": [datetime.date(1951, 6, 1), datetime.date(1956, 2, 1)],
            "hostlev": [4, 5],
            "lines": [[2, 3], [4, 5]],
        },
    )
    result = account(accounts_ledger(), dyad=("RUS", "IRN"), documents=["kind"], records=[disputes], largest=1)
    rows = result.table().to_pyarrow().to_pylist()
    held = next(row for row in rows if row["kind"] == "holding" and row["holding"] == "disputes")
    assert (held["conflict"], held["share"], held["silent_years"], held["disputes_lines"]) == (2, None, 2, [2, 3, 4, 5])
    omitted = next(row for row in rows if row["kind"] == "omitted" and row["holding"] == "disputes")
    assert (omitted["what"], omitted["size"], omitted["disputes_lines"]) == ("dispute 8", 5.0, [4, 5])
    assert result.evidence(name="the disputes").count().to_pyarrow().as_py() == 4
    assert "the disputes covers 1940-1957: beyond it nothing is known of disputes." in result.warnings


def test_what_holds_nothing_is_named_once_for_all_documents() -> None:
    empty = record("wars", {"start": [], "end": [], "opposed": [], "warname": [], "lines": []})
    result = account(accounts_ledger(), dyad=("RUS", "IRN"), records=[empty])
    assert len(result.sentences) == len(result.behind) == 5
    assert result.sentences[-1] == "In the same years as any of the 2 documents, nothing of the pair in wars."
    assert not any("cooperation 0, conflict 0" in told for told in result.sentences)
    assert [len(keys.get("event_ids", ())) for keys in result.behind] == [4, 2, 3, 3, 7]


def test_a_document_alone_is_compared_with_nothing() -> None:
    rows = [{"source": "RUS", "target": "IRN", "date_start": month(0)}]
    with pytest.raises(VerbaleError, match="coverage needs acts of the pair from another document or an installed record"):
        account(table_of(rows), dyad=("RUS", "IRN"))
    with pytest.raises(VerbaleError, match="coverage needs acts of the pair in elsewhere, but has none"):
        account(accounts_ledger(), dyad=("RUS", "IRN"), documents=["elsewhere"])
