"""The ledger of promises on acts and register lines written by hand: what joins, what stays open, and which words tell."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.core import Actor, Event, EventDate, Evidence, VerbaleError
from verbale.core.schema import EVENT_SCHEMA, event_to_row
from verbale.measures.commitments import commitments, load_words
from verbale.measures.commitments.clauses import read_comment, read_quote
from verbale.measures.commitments.days import When, days_between, of_event, of_text
from verbale.measures.commitments.designations import designations, good, identify
from verbale.measures.commitments.words import DATA
from verbale.vocab import load_vocabulary

WORDS = load_words()
FRA_BRA = ("FRA", "BRA")


def act(start: int, quote: str, source: str, target: str, kind: Any, trigger: str, year: int = 0, **more: Any) -> Event:
    date = EventDate(datetime.date(year, 1, 1), more.pop("end", None), more.pop("precision", "year")) if year else None
    return Event(
        evidence=Evidence(more.pop("document", "d1"), start, start + len(quote), quote),
        source=Actor(source),
        target=Actor(target),
        type=kind,
        trigger=trigger,
        date=date,
        **more,
    )


def events(*acts: Event) -> ir.Table:
    return ibis.memtable(pa.Table.from_pylist([event_to_row(one) for one in acts], schema=EVENT_SCHEMA))


def line(
    number: int, weapon: str, year: int, ordered: int | None, delivered: int, years: list[int], comments: str = ""
) -> dict[str, Any]:
    return {
        **{"line": number, "source": "FRA", "target": "BRA", "year": year, "year_uncertain": False},
        **{"ordered": ordered, "ordered_uncertain": False, "weapon": weapon, "description": "SAM system"},
        **{"delivered": delivered, "delivered_uncertain": False, "delivery_years": years, "comments": comments or None},
        **{"tiv_order": 10.0, "tiv_delivered": 10.0},
    }


TYPES = {
    **{"line": pa.int32(), "source": pa.string(), "target": pa.string(), "year": pa.int16(), "year_uncertain": pa.bool_()},
    **{"ordered": pa.int32(), "ordered_uncertain": pa.bool_(), "weapon": pa.string(), "description": pa.string()},
    **{"delivered": pa.int32(), "delivered_uncertain": pa.bool_(), "delivery_years": pa.list_(pa.int16())},
    **{"comments": pa.string(), "tiv_order": pa.float64(), "tiv_delivered": pa.float64()},
}


def register(*lines: dict[str, Any]) -> ir.Table:
    # Somebody else's delivery tells that the register goes to the end of 2024.
    other = {**line(99, "X-1", 2020, 1, 1, [2024]), "source": "USA", "target": "CAN"}
    return ibis.memtable(pa.Table.from_pylist([*lines, other], schema=pa.schema(list(TYPES.items()))))


def told(table: ir.Table, registered: ir.Table | None = None, **options: Any) -> list[dict[str, Any]]:
    result = commitments(table, dyad=FRA_BRA, vocabulary=load_vocabulary(), register=registered, **options)
    rows: list[dict[str, Any]] = result.rows.to_pylist()
    return rows


STORY = (
    act(0, "In 2001 Brazil signed a contract with France", "BRA", "FRA", "AGREE", "sign", 2001, object="contract", mutual=True),
    act(45, "purchase the K-70 air defence system", "BRA", "FRA", "COOPERATE", "purchase", 2001,
        object="K-70 air defence system", status="intended"),
    act(100, "France cancelled the contract in 2004", "FRA", "BRA", "REJECT", "cancel", 2004, object="contract"),
    act(200, "France delayed delivery", "FRA", "BRA", "SANCTION", "delay", 2004, object="delivery"),
    act(300, "France delivered the system in 2010", "FRA", "BRA", "COOPERATE", "deliver", 2010, object="system"),
)  # fmt: skip
ORDER = line(
    20,
    "K-70M2 Mistral",
    2009,
    4,
    4,
    [2010],
    "$1 b deal; replacing 2001 order for K-70M-1 (AX-9) cancelled 2004 by France after crisis",
)


def test_a_contract_and_the_good_that_later_sentences_only_refer_to_are_one_commitment() -> None:
    rows = told(events(*STORY))
    assert [(row["state"], row["first_day"].year) for row in rows] == [
        ("promised", 2001),
        ("delayed", 2004),
        ("cancelled", 2004),
        ("delivered", 2010),
    ]
    assert {row["commitment"] for row in rows} == {"K-70, FRA to BRA 2001"}
    assert all(row["told_by"] == "documents" and len(row["event_ids"]) == 1 and not row["register_lines"] for row in rows)


def test_article_and_register_stand_as_separate_evidence_of_one_commitment() -> None:
    rows = told(events(*STORY), register(ORDER))
    found = [(row["state"], row["first_day"].year, row["told_by"]) for row in rows]
    for state, year in (("promised", 2001), ("cancelled", 2004), ("delivered", 2010)):
        assert {by for one, when, by in found if (one, when) == (state, year)} == {"documents", "sipri-transfers"}
    assert ("promised", 2009, "sipri-transfers") in found
    assert ("replaced", 2009, "sipri-transfers") in found
    assert {row["standing"] for row in rows} == {"delivered"}
    assert len({row["commitment"] for row in rows}) == 1
    assert all(bool(row["event_ids"]) != bool(row["register_lines"]) for row in rows)


def test_a_buyer_who_honours_a_contract_delivers_nothing() -> None:
    paid = act(150, "Brazil honoured its commitments", "BRA", "FRA", "COOPERATE", "honour", 2003, object="commitments")
    without = [(row["state"], row["event_ids"]) for row in told(events(*STORY))]
    assert [(row["state"], row["event_ids"]) for row in told(events(*STORY, paid))] == without
    kept = act(320, "France fulfilled the contract", "FRA", "BRA", "COOPERATE", "fulfil", 2011, object="contract")
    assert told(events(*STORY, paid, kept))[-1]["words"] == "France fulfilled the contract"


def test_days_of_waiting_are_the_least_and_the_most_that_the_dates_allow() -> None:
    (row,) = told(events(*STORY), register(ORDER), rows="commitment")
    assert row["waited_least_days"] == (datetime.date(2010, 1, 1) - datetime.date(2001, 12, 31)).days
    assert row["waited_most_days"] == (datetime.date(2010, 12, 31) - datetime.date(2001, 1, 1)).days
    assert row["waited_precision"] == "year"
    assert row["open"] == []
    assert row["told_by"] == ["documents", "sipri-transfers"]


def test_what_is_not_delivered_is_open_and_two_dates_of_one_promise_are_both_shown() -> None:
    quote = "although the purchase of Q-35 jets was announced in 2021, France has not delivered any aircraft as of 2023"
    story = act(0, quote, "FRA", "BRA", "REJECT", "deliver", 2023, object="any aircraft", status="denied")
    rows = told(events(story), register(line(21, "Q-35S", 2022, 24, 0, [])))
    assert [(row["state"], row["first_day"].year, row["told_by"]) for row in rows] == [
        ("promised", 2021, "documents"),
        ("promised", 2022, "sipri-transfers"),
        ("pending", 2023, "documents"),
        ("pending", 2024, "sipri-transfers"),
    ]
    (one,) = told(events(story), register(line(21, "Q-35S", 2022, 24, 0, [])), rows="commitment")
    assert one["open"] == ["delivery"]
    assert one["waited_most_days"] is None
    assert one["waited_least_days"] == (datetime.date(2024, 12, 31) - datetime.date(2021, 12, 31)).days


def test_a_site_keeps_the_precision_of_its_dates() -> None:
    sentence = "Despite the agreement of the 1980s, France delayed the construction of the Angra plant until 1999"
    rows = told(
        events(
            act(0, sentence[:34], "BRA", "FRA", "AGREE", "agreement", 1980, object="agreement", mutual=True,
                precision="decade"),
            act(0, sentence, "FRA", "BRA", "SANCTION", "delay", 1980, object="construction of the Angra plant",
                precision="decade", end=datetime.date(1999, 1, 1)),
        ),
        rows="commitment",
    )  # fmt: skip
    assert rows[0]["commitment"] == "Angra, FRA to BRA 1980s"
    assert rows[0]["open"] == ["year of the promise", "delivery"]
    assert rows[0]["waited_precision"] == "decade"


def test_what_is_new_or_another_thing_does_not_take_the_last_name() -> None:
    rows = told(
        events(
            *STORY,
            act(400, "France blocked the transfer of foreign equipment", "FRA", "BRA", "SANCTION", "block", 2012,
                object="transfer of foreign equipment"),
            act(500, "they signed a contract", "FRA", "BRA", "AGREE", "sign", 2013, object="contract"),
            act(600, "France might deliver the system", "FRA", "BRA", "COOPERATE", "deliver", 2014,
                object="system", status="hypothetical"),
        )
    )  # fmt: skip
    assert max(row["first_day"].year for row in rows) == 2010


def test_a_promise_after_a_delivery_begins_another_commitment() -> None:
    rows = told(
        events(
            act(0, "Brazil bought K-70 missiles", "BRA", "FRA", "COOPERATE", "buy", 1980, object="K-70 missiles"),
            act(50, "France delivered the K-70", "FRA", "BRA", "COOPERATE", "deliver", 1982, object="K-70"),
            act(99, "Brazil bought K-70 missiles", "BRA", "FRA", "COOPERATE", "buy", 1990, object="K-70 missiles"),
        ),
        rows="commitment",
    )
    assert [(row["commitment"], row["standing"]) for row in rows] == [
        ("K-70, FRA to BRA 1980", "delivered"),
        ("K-70, FRA to BRA 1990", "promised"),
    ]


def test_of_several_orders_of_one_good_the_nearest_is_taken_and_said_so() -> None:
    lines = register(line(30, "K-70", 1980, 2, 2, [1981]), line(31, "K-70", 1983, 2, 2, [1984]))
    story = events(act(0, "France delivered the K-70", "FRA", "BRA", "COOPERATE", "deliver", 1984, object="K-70"))
    result = commitments(story, dyad=FRA_BRA, vocabulary=load_vocabulary(), register=lines, rows="commitment")
    assert [row["register_lines"] for row in result.rows.to_pylist() if row["event_ids"]] == [[31]]
    assert "one of several orders" in "".join(result.warnings)


def test_part_deliveries_and_what_is_due() -> None:
    comment = "delivery planned 2022-2023; probably more ordered but cancelled 2021"
    rows = told(events(), register(line(22, "K-70", 2020, 4, 3, [2023, 2024], comment)))
    assert [(row["state"], row["number"], row["part"]) for row in rows] == [
        ("promised", 4, False),
        ("cancelled", None, True),
        ("partly delivered", 3, False),
        ("pending", 1, False),
    ]
    (one,) = told(events(), register(line(22, "K-70", 2020, 4, 3, [2023, 2024], comment)), rows="commitment")
    assert one["delay_least_days"] == 366  # from the end of 2023 to that of 2024
    assert (one["standing"], one["open"]) == ("partly delivered", ["delivery of the rest"])


def test_a_treaty_is_dated_by_the_list_beside_the_document() -> None:
    name = next(
        one for one in load_vocabulary().instruments.all if one.kind == "treaty" and len(one.parties) == 2 and one.start[4:]
    )
    first, second = name.parties
    acts = (
        act(0, f"sign the {name.name}", first, second, "AGREE", "sign", name.years[0], object=name.name, mutual=True),
        act(99, f"the {name.name}", first, second, "AGREE", "treaty", name.years[0] + 90, object=name.name, mutual=True),
    )
    result = commitments(events(*acts), dyad=(first, second), vocabulary=load_vocabulary())
    rows = result.rows.to_pylist()
    assert {row["told_by"] for row in rows} == {"documents", "treaties"}
    assert {row["first_day"].year for row in rows if row["first_day"]} == {name.years[0]}  # a later mention is not its signing


def test_evidence_figure_and_method_of_a_result() -> None:
    result = commitments(events(*STORY), dyad=FRA_BRA, vocabulary=load_vocabulary(), register=register(ORDER)).detached()
    assert result.evidence().count().to_pyarrow().as_py() == 4
    assert result.evidence(name="sipri-transfers").to_pyarrow()["line"].to_pylist() == [20]
    chart = result.plot().to_dict()
    assert {row["row"] for data in chart["datasets"].values() for row in data} <= set(range(result.rows.num_rows))
    assert commitments(events(*STORY), dyad=FRA_BRA, vocabulary=load_vocabulary(), rows="commitment").plot().to_dict()
    assert "slack in years" in dict(result.method.lines())
    assert "cancelled 2004 [documents, sipri-transfers]" in result.summary()


def test_nothing_to_tell_and_wrong_options_are_errors_with_their_reasons() -> None:
    with pytest.raises(
        VerbaleError, match="a promise between FRA-BRA about Z-1, but has none, and sipri-transfers is not installed"
    ):
        told(events(*STORY), about=["Z-1"])
    with pytest.raises(VerbaleError, match="rows is 'year'; give state or commitment"):
        told(events(*STORY), rows="year")
    with pytest.raises(VerbaleError, match="FRA-FRA"):
        commitments(events(), dyad=("FRA", "FRA"), vocabulary=load_vocabulary())
    assert told(events(*STORY), about=["K 70"]) == told(events(*STORY), about=["K-70"]) != []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("K-70PMU-1 (AX-20A)", ["K70", "AX20"]),
        ("K70 and K-70", ["K70"]),
        ("MiG 29 fighters", ["MIG29"]),
        ("64N6 radars, 9M338 missiles and 2S9 guns", ["64N6", "9M338", "2S9"]),
        ("In 2007, on May 9, Resolution 1929 of post-1945 times, the 1990s", []),
        ("Treaty of 1907", []),
    ],
)
def test_designations_meet_in_their_family(text: str, keys: list[str]) -> None:
    assert [one.key for one in designations(text)] == keys


@given(st.from_regex(r"[A-Z]{1,3}", fullmatch=True), st.integers(1, 999), st.from_regex(r"[A-Z]{0,3}[0-9]?", fullmatch=True))
def test_every_spelling_of_a_designation_has_one_family(letters: str, digits: int, version: str) -> None:
    suffix = version if version[:1].isalpha() else ""
    keys = {good(f"{letters}{hyphen}{digits}{suffix}").key for hyphen in ("-", "", "‑")}
    assert keys == {f"{letters}{digits}"}


def test_names_of_actors_and_common_words_name_no_commitment() -> None:
    vocabulary = load_vocabulary()
    somebodys = ("Brazil's system", "Perry’s treaty", "the Gentlemen's Agreement")
    for text in ("contract", "the French contract", *somebodys, "Contract", "transfer of Iranian equipment"):
        assert identify(text, 2000, vocabulary, WORDS) is None, text
    assert identify("Initial talks", 2000, vocabulary, WORDS, begins=True) is None
    site = identify("construction of the Angra power plant", 2000, vocabulary, WORDS)
    assert site is not None
    assert (site.kind, site.key) == ("site", "ANGRA")


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Treaty of Concord and Navigation", "treaty", "Treaty of Concord and Navigation"),
        ("secret Ruiz-Orbeck agreement", "treaty", "Ruiz-Orbeck agreement"),
        ("“Grain for Ore” deal", "treaty", "Grain for Ore deal"),
        ("May 1955 Almeria Protocol", "treaty", "Almeria Protocol"),
        ("Tanghu (Danghu) Convention", "treaty", "Tanghu (Danghu) Convention"),
        ("Joint Declaration of the Neutralization of the Aral Basin", "treaty",
         "Joint Declaration of the Neutralization of the Aral Basin"),
        ("port of Umm al-Qasab", "site", "Umm al-Qasab"),
        ("cession of Costa Brava and other districts", "site", "Costa Brava"),
    ],
)  # fmt: skip
def test_a_name_is_written_as_the_text_has_it(text: str, kind: str, name: str) -> None:
    found = identify(text, 1955, load_vocabulary(), WORDS)
    assert found is not None
    assert (found.kind, found.text) == (kind, name)


@pytest.mark.parametrize(
    "text",
    [
        "March 1961 promise", "the Friday agreement", "section IV", "II", "Almeria Conference", "the August Lisbon Summit",
        "Operation Thunderclap", "War of the Oranges", "undeclared Phoney War", "Senator Maria Ruiz",
        "Tanghu Development Company", "conditions of the Articles", "the Protocol", "announcement of the Communiqué",
        "They", "France",
    ],
)  # fmt: skip
def test_what_is_no_object_of_a_promise_names_none(text: str) -> None:
    assert identify(text, 1961, load_vocabulary(), WORDS, begins=text == "They") is None


def test_what_is_short_for_a_name_is_no_designation() -> None:
    assert designations("the Council of Eleven (C-11) and the Group of Thirty (G–30)") == []
    assert [one.key for one in designations("the K-70M-1 (AX-9) and the Air Defence Missile (ADM-3)")] == ["K70", "AX9", "ADM3"]


def test_the_contract_is_not_named_after_the_place_of_a_meeting() -> None:
    met = act(0, "France met Brazil in Almeria", "FRA", "BRA", "CONSULT", "meet", 2001, object="delegates in Almeria")
    signed = act(60, "They signed the contract", "FRA", "BRA", "AGREE", "sign", 2001, object="contract")
    with pytest.raises(VerbaleError, match="none"):
        told(events(met, signed))
    bought = act(40, "buy the Angra plant", "BRA", "FRA", "AGREE", "buy", 2001, object="the Angra plant", status="intended")
    assert {row["commitment"] for row in told(events(met, bought, signed))} == {"Angra, BRA and FRA 2001"}


@pytest.mark.parametrize(
    ("comment", "states"),
    [
        ("replacing 2001 order cancelled 2004", [("promised", 2001), ("cancelled", 2004)]),
        ("replacing losses in 1982 war", []),
        ("originally ordered by Peru but cancelled 2001", []),
        ("delivery delayed from 2008 to 2013", [("delayed", 2008)]),
        ("cancelled after Brazilian 1979 revolution", [("cancelled", 1979)]),
        ("delivery embargoed 1999-2006", [("suspended", 1999)]),
        ("supplied while UN embargo in force", []),
        ("$700m deal; for SAR", [("promised", None)]),
    ],
)
def test_a_registers_comment_is_read_clause_by_clause(comment: str, states: list[tuple[str, int | None]]) -> None:
    found, _ = read_comment(comment, WORDS)
    assert [(one.state, one.when.first.year if one.when else None) for one in found] == states


def test_planned_years_and_delays_tell_when_delivery_was_due() -> None:
    assert [one.when for one in read_comment("$1 b deal; delivery planned 2025-28", WORDS)[1]] == [When.year(2025, 2028)]
    assert [one.when for one in read_comment("delivery delayed from 2008 to 2013", WORDS)[1]] == [When.year(2008)]


def test_a_quote_tells_of_a_good_only_where_the_clause_names_it() -> None:
    quote = "although the purchase of Q-35 jets was announced in 2021, a deal of 2019 came to nothing"
    assert [(one.state, one.when) for one in read_quote(quote, "Q35", WORDS)] == [("promised", When.year(2021))]


def test_days_that_dates_leave_open() -> None:
    day = datetime.date
    assert of_event(day(1990, 1, 1), day(2010, 1, 1), "decade") == When(day(1990, 1, 1), day(2010, 12, 31), "decade")
    assert of_event(day(1990, 2, 1), None, "month") == When(day(1990, 2, 1), day(1990, 2, 28), "month")
    assert of_event(None, None, None) is None
    assert of_text("1828-02").last == day(1828, 2, 29)
    assert days_between(When.year(2007), When.year(2007)) == (0, 364)


@given(st.integers(1800, 2000), st.integers(0, 100))
def test_the_least_wait_is_never_more_than_the_most(year: int, later: int) -> None:
    least, most = days_between(When.year(year), When.year(year + later))
    assert 0 <= least <= most


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Cancel,act,cancelled,,,both", "line 2.*word"),
        ("cancel,act,undone,,,both", "line 2.*state.*undone"),
        ("cancel,act,cancelled,SELL,,both", "line 2.*types.*SELL"),
        ("contract,thing,promised,,,words", "line 2.*state"),
        ("cancel,act,cancelled,,buyer,both", "line 2.*supplier.*buyer"),
        ("cancel,act,cancelled,,,both\ncancel,act,delayed,,,both", "line 3"),
    ],
)
def test_a_slip_in_the_words_is_named_by_line_and_field(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "words.csv"
    path.write_text(f"word,kind,state,types,supplier,reads\n{row}\n", encoding="utf-8")
    with pytest.raises(VerbaleError, match=message):
        load_words(path)


def test_the_words_name_no_good_no_treaty_and_no_state() -> None:
    text = DATA.read_text(encoding="utf-8").split("reads\n", 1)[1]
    vocabulary = load_vocabulary()
    assert not designations(text)
    assert not vocabulary.actors.find(text.replace(",", " , "))
    assert not vocabulary.instruments.find(text)
