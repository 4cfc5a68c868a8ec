"""What of a model's answer becomes an event, and for which reason the rest does not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.coding.llm.llm_samples import SUEZ, check, item, kept, make_document

from verbale.coding.llm import DROPPED, LEFT_OUT, UNMEASURED, coder_version
from verbale.core import EVENT_TYPES, STATUSES
from verbale.core.schema import event_to_row


def test_an_event_that_stands_up_is_kept_whole() -> None:
    event = kept(
        item(
            quote='The United States criticised "Britain" on 2 November, in New York',
            type="accuse",
            mode="disapprove",
            source="The United States",
            source_code="USA",
            target="Britain",
            date="1956-11-02",
            date_text="on 2 November",
            place="New York",
        )
    )
    assert event.evidence.quote == "The United States criticised “Britain” on 2 November, in New York"
    assert SUEZ[event.evidence.start : event.evidence.end] == event.evidence.quote
    assert (event.source.code, event.source.sector, event.source.entity) == ("USA", "", "United States")
    assert (event.target.code, event.target.text, event.target.entity) == ("GBR", "Britain", "United Kingdom")
    assert (event.type, event.mode, event.intensity) == ("ACCUSE", "disapprove", -2.0)
    assert event.date is not None
    assert (event.date.iso(), event.date.precision, event.date.text) == ("1956-11-02", "day", "on 2 November")
    assert event.place is not None
    assert (event.place.text, event.place.country) == ("New York", "USA")
    assert (event.confidence, event.coder, event.coder_version) == (UNMEASURED, "llm:test", coder_version())


def test_sector_entity_and_speaker_come_from_the_words() -> None:
    event = kept(
        item(
            quote="Soviet troops left Egypt",
            type="RETREAT",
            mode="withdraw",
            source="Soviet troops",
            date="1957",
            date_text="In 1957",
            said_by="the Foreign Ministry",
            object="a canal",
        )
    )
    assert (event.source.code, event.source.sector, event.source.entity) == ("RUS", "MIL", "Soviet Union")
    assert (event.said_by, event.object) == ("the Foreign Ministry", "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"quote": "Britain attacked Egypt"}, "quote-not-found"),
        ({"quote": ""}, "quote-not-found"),
        ({"quote": "Britain ... Egypt"}, "quote-not-found"),
        ({"quote": "ritain invaded Egypt"}, "quote-not-found"),
        ({"quote": "invaded"}, "quote-too-short"),
        ({"quote": "Britain invaded " * 200}, "quote-too-long"),
        ({"type": "WAR"}, "type-unknown"),
        ({"type": ""}, "type-unknown"),
        ({"status": "perhaps"}, "status-unknown"),
        ({"source": ""}, "actor-missing"),
        ({"target": "France"}, "actor-not-in-passage"),
        ({"target": "Brit"}, "actor-not-in-passage"),
        ({"source": "New York on the Hudson"}, "actor-not-in-passage"),
        ({"source": "invaded"}, "actor-unknown"),
        ({"source": "Britain invaded Egypt"}, "actor-ambiguous"),
        ({"source_code": "FRA"}, "actor-code-contradicted"),
        ({"target": "Britain"}, "same-actor"),
        ({"mutual": "yes"}, "event-malformed"),
        ({"mutual": 1}, "event-malformed"),
        ({"quote": 5}, "event-malformed"),
        ({"quote": None}, "event-malformed"),
        ({"source": ["Britain"]}, "event-malformed"),
        ({"date": 1956}, "event-malformed"),
        ({"place": {"name": "Suez"}}, "event-malformed"),
    ],
)
def test_what_does_not_stand_up_is_dropped_with_its_reason(changes: dict[str, Any], reason: str) -> None:
    checked = check(item(**changes))
    assert checked.events == []
    assert dict(checked.dropped) == {reason: 1}
    assert reason in DROPPED


@pytest.mark.parametrize("thing", [None, 5, "Britain invaded Egypt", [], [item()], True, {}])
def test_what_is_no_event_at_all_is_malformed(thing: Any) -> None:
    assert dict(check(thing).dropped) == {"event-malformed": 1}


def test_other_fields_are_passed_over_and_missing_ones_are_empty() -> None:
    event = kept(item(event_id="x", confidence=1.0, coder="verbale", start=0, said_by=None, place=None, status=None))
    assert (event.confidence, event.coder, event.status, event.said_by) == (UNMEASURED, "llm:test", "actual", "")


@pytest.mark.parametrize(
    ("code", "expected"), [("GBR", "GBR"), ("gbr ", "GBR"), ("UK", "GBR"), ("nonsense", "GBR"), ("EGY", "EGY")]
)
def test_a_code_chooses_among_what_the_words_can_mean_and_an_unknown_one_is_passed_over(code: str, expected: str) -> None:
    words = "Britain invaded Egypt" if expected == "EGY" else "Britain"
    target = "The United States" if expected == "EGY" else "Egypt"
    assert kept(item(source=words, source_code=code, target=target)).source.code == expected


def test_names_are_read_in_the_year_of_the_act() -> None:
    early = make_document("In 1923 Eden praised Turkey. In 1956 Eden warned Turkey.", name="eden")
    warned = item(quote="Eden warned Turkey", type="THREATEN", source="Eden", target="Turkey", date="1956", date_text="In 1956")
    assert kept(warned, document=early).source.code == "GBR"
    praised = item(quote="Eden praised Turkey", type="SUPPORT", source="Eden", target="Turkey", date="1923", date_text="")
    assert dict(check(praised, document=early).dropped) == {"actor-unknown": 1}


def test_what_stands_around_a_name_decides_whom_it_means() -> None:
    document = make_document("In 1920 Persia rejected the Anglo-French note, and Anglo thought of it.", name="note")
    rejected = item(quote="Persia rejected the Anglo-French note", type="REJECT", source="Persia", date="1920", date_text="")
    for target, code in (("Anglo", ""), ("Anglo-French", "GBR"), ("the Anglo-French note", "GBR")):
        assert kept(rejected | {"target": target, "target_code": code}, document=document).target.code == "GBR"
    assert dict(check(rejected | {"target": "Anglo-French"}, document=document).dropped) == {"actor-ambiguous": 1}


def test_a_city_stands_for_its_state() -> None:
    document = make_document("Romania bombarded Szeged in 1919.", name="szeged")
    assert kept(
        item(quote="Romania bombarded Szeged", source="Romania", target="Szeged", date="1919", date_text=""), document=document
    ).target.code == ("HUN")


def test_parts_of_one_state_may_act_on_each_other() -> None:
    document = make_document("In 1968 French police arrested French students.", name="may")
    arrested = item(
        quote="French police arrested French students",
        type="COERCE",
        source="French police",
        target="French students",
        date="1968",
        date_text="",
    )
    event = kept(arrested, document=document)
    assert (event.source.sector, event.target.sector) == ("COP", "EDU")
    assert dict(check(arrested | {"mutual": True}, document=document).dropped) == {"same-actor": 1}


@pytest.mark.parametrize(
    ("date", "expected", "reason"),
    [
        ("1956-10-31", "1956-10-31", None),
        ("1956-10", "1956-10", None),
        ("1956", "1956", None),
        ("", None, None),
        ("  ", None, None),
        ("31 October 1956", None, "date-unreadable"),
        ("1956-02-30", None, "date-unreadable"),
        ("1956-13", None, "date-unreadable"),
        ("0000", None, "date-unreadable"),
        ("1956/1955/1954", None, "date-unreadable"),
        ("1957-01/1956-01", None, "date-unreadable"),
        ("1941", None, "date-not-told"),
        ("1956-10-30", "1956-10", "date-coarsened"),
        ("1956-07", "1956", "date-coarsened"),
        ("1956-10/1957", "1956-10", None),
        ("1956-10/1964", "1956-10", "date-coarsened"),
        ("1950s", None, "date-not-told"),
    ],
)
def test_a_date_is_kept_as_precise_as_it_is_told_and_a_bad_one_costs_no_event(
    date: str, expected: str | None, reason: str | None
) -> None:
    checked = check(item(date=date))
    (event,) = checked.events
    assert (event.date.iso() if event.date else None) == expected
    assert dict(checked.left_out) == ({reason: 1} if reason else {})
    assert reason is None or reason in LEFT_OUT


def test_a_span_and_a_decade_keep_their_end_and_precision() -> None:
    span = kept(item(date="1956-10-31/1957")).date
    assert span is not None
    assert span.iso_end() == "1957-12-31"
    document = make_document("In the 1950s Britain sold arms to Egypt.", name="arms")
    sold = item(quote="Britain sold arms to Egypt", type="COOPERATE", date="1950s", date_text="In the 1950s")
    decade = kept(sold, document=document).date
    assert decade is not None
    assert (decade.precision, decade.text) == ("decade", "In the 1950s")


def test_the_story_and_the_document_date_what_the_passage_does_not() -> None:
    document = make_document("Britain invaded Egypt. France followed.", name="undated", date="1956-11-05")
    event = kept(item(quote="Britain invaded Egypt", date="1956-11", date_text=""), document=document)
    assert event.date is not None
    assert event.date.iso() == "1956-11"


def test_a_mode_of_another_type_is_left_out() -> None:
    checked = check(item(mode="phone"))
    assert (checked.events[0].mode, dict(checked.left_out)) == ("", {"mode-unknown": 1})


def test_parts_are_counted_as_left_out_only_for_events_that_are_kept() -> None:
    checked = check(item(place="Paris", target=""), item(place="Paris"))
    assert (dict(checked.dropped), dict(checked.left_out)) == ({"actor-missing": 1}, {"text-not-found": 1})


def test_an_act_is_kept_once_also_with_its_parties_turned_round() -> None:
    met = item(type="CONSULT", mutual=True)
    turned = met | {"source": "Egypt", "target": "Britain"}
    checked = check(met, met, turned, turned | {"mutual": False})
    assert (len(checked.events), dict(checked.dropped)) == (1, {"duplicate": 3})
    praised = item(type="SUPPORT")
    assert len(check(praised, praised | {"source": "Egypt", "target": "Britain"}).events) == 2


def test_a_flood_of_events_is_cut() -> None:
    checked = check(*[item()] * 1_000)
    assert dict(checked.dropped) == {"duplicate": 199, "too-many-events": 800}


def test_a_heading_is_no_evidence_but_the_same_words_below_it_are() -> None:
    text = "Britain invaded Egypt\n\nBritain invaded Egypt in 1956."
    document = make_document(text, headings=("Britain invaded Egypt",))
    assert kept(item(quote="Britain invaded Egypt", date="1956"), document=document).evidence.start == 23
    other = make_document("Britain invaded Egypt\n\nIt was 1956.", headings=("Britain invaded Egypt",))
    assert dict(check(item(quote="Britain invaded Egypt", date="1956"), document=other).dropped) == {"quote-in-heading": 1}


@pytest.mark.parametrize(
    "written",
    [
        "the   United States\ncriticised  it",
        "the United States criticised it",
        "the\u00a0United States criti\u00adcised it",
    ],
)
def test_other_spaces_marks_and_dashes_lead_to_the_exact_words(written: str) -> None:
    text = f"In 1956 Britain’s fleet — “the   Navy” — hit Egypt, and {written}."
    document = make_document(text)
    event = kept(
        item(
            quote='"the United States criticised it"', source="the United States", target="Britain", date="1956", date_text=""
        ),
        document=document,
    )
    assert event.evidence.quote == written
    hit = kept(item(quote='Britain\'s fleet - "the Navy" - hit Egypt', date="1956", date_text=""), document=document)
    assert hit.evidence.quote == "Britain’s fleet — “the   Navy” — hit Egypt"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(SUEZ.split()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "quote": st.sampled_from(["Britain invaded Egypt", "invaded Egypt on", "left Egypt", "in New York"]) | JSON_VALUES,
        "type": st.sampled_from(EVENT_TYPES) | JSON_VALUES,
        "status": st.sampled_from(STATUSES) | JSON_VALUES,
        "source": st.sampled_from(["Britain", "Soviet troops", "The United States"]) | JSON_VALUES,
        "target": st.sampled_from(["Egypt", "Britain"]) | JSON_VALUES,
        "mutual": st.booleans() | JSON_VALUES,
        "date": st.sampled_from(["1956", "1956-10-31", "1957/1958"]) | JSON_VALUES,
        "place": JSON_VALUES,
        "said_by": JSON_VALUES,
    },
)


@given(st.lists(FIELDS | JSON_VALUES, max_size=8))
def test_whatever_is_answered_no_word_of_it_gets_into_an_event(items: list[Any]) -> None:
    checked = check(*items)
    assert len(checked.events) + sum(checked.dropped.values()) == len(items)
    assert set(checked.dropped) <= set(DROPPED)
    for event in checked.events:
        row = event_to_row(event)
        assert SUEZ[event.evidence.start : event.evidence.end] == event.evidence.quote
        for name in ("source_text", "target_text", "said_by", "place", "object", "date_text"):
            assert (row[name] or "") in SUEZ
        assert event.type in EVENT_TYPES
        assert event.source.code in {"GBR", "EGY", "USA", "RUS"}
        assert event.date is None or event.date.start.year in (1956, 1957)
