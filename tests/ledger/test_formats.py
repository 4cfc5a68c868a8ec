"""Every layout: what is written, that it comes back, and what a malformed row is told."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.ledger_samples import TEXT, make_document, make_events

from verbale.core import EVENT_TYPES, STATUSES, Actor, Event, EventDate, Evidence, Place
from verbale.core.schema import EVENT_SCHEMA, event_to_row
from verbale.ledger import LAYOUTS, BadRow, Exported, Imported, Mapping, score_records

DOCUMENT = make_document()
MAPPING = Mapping(
    cameo_code=lambda kind, _: {"ASSAULT": "190", "CONSULT": "040"}.get(kind, "030"),
    plover_type=lambda code: ("ASSAULT", "") if code == "190" else None,
    find_document=lambda name: (DOCUMENT.document_id, TEXT) if name == DOCUMENT.name else None,
)


def written(layout: str, events: list[Event], mapping: Mapping = MAPPING) -> bytes:
    file = io.BytesIO()
    LAYOUTS[layout].write((Exported(event, DOCUMENT.name) for event in events), file, mapping)
    return file.getvalue()


def read(layout: str, content: bytes, folder: Path, mapping: Mapping = MAPPING) -> list[Imported | BadRow]:
    path = folder / f"events{LAYOUTS[layout].suffix}"
    path.write_bytes(content)
    return list(LAYOUTS[layout].read(path, mapping))


def events_of(rows: list[Imported | BadRow]) -> list[Event]:
    assert not [row for row in rows if isinstance(row, BadRow)]
    return [row.event for row in rows if isinstance(row, Imported)]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
codes = st.sampled_from(["RUS", "IRN", "GBR", "UNO", "OTH", "DDR"])
dates = st.builds(EventDate, st.dates(), st.none(), st.sampled_from(["day", "month", "year", "decade", "century"]), words)


@st.composite
def some_events(draw: st.DrawFn) -> Event:
    start = draw(st.integers(0, 10**6))
    place = draw(st.none() | st.builds(Place, words.filter(bool), codes))
    return Event(
        evidence=Evidence(draw(st.sampled_from(["0123456789abcdef", "fedcba9876543210"])), start, start + 9, draw(words)),
        source=Actor(draw(codes), draw(st.sampled_from(["", "GOV", "MIL"])), draw(words), draw(words)),
        target=Actor(draw(codes | st.just("")), "", draw(words)),
        type=draw(st.sampled_from(EVENT_TYPES)),
        mutual=draw(st.booleans()),
        mode=draw(words),
        contexts=tuple(draw(st.lists(st.sampled_from(["military", "trade"]), max_size=2))),
        intensity=draw(st.floats(-10, 10)),
        status=draw(st.sampled_from(STATUSES)),
        said_by=draw(words),
        date=draw(st.none() | dates),
        place=place,
        object=draw(words),
        trigger=draw(words),
        confidence=draw(st.floats(0, 1)),
        coder="verbale",
        coder_version=draw(lines),
    )


@pytest.mark.parametrize("layout", ["jsonl", "csv", "parquet"])
@settings(max_examples=40, deadline=None)  # the first example loads libraries
@given(events=st.lists(some_events(), max_size=4))
def test_nothing_is_lost_on_the_way_out_and_back(
    tmp_path_factory: pytest.TempPathFactory, layout: str, events: list[Event]
) -> None:
    assert events_of(read(layout, written(layout, events), tmp_path_factory.mktemp("round"))) == events


@pytest.mark.parametrize("layout", ["plover", "cameo"])
def test_what_these_layouts_hold_comes_back(layout: str, tmp_path: Path) -> None:
    events = make_events(DOCUMENT)
    back = events_of(read(layout, written(layout, events), tmp_path))
    for event, other in zip(events, back, strict=True):
        expected = event_to_row(event)
        if layout == "cameo":  # has no columns for these
            expected |= {"contexts": [], "source_entity": None, "target_entity": None, "date_text": None}
            expected["date_calendar"] = "gregorian"
        assert event_to_row(other) == expected


def test_jsonl_has_the_columns_of_the_event_record() -> None:
    record = json.loads(written("jsonl", make_events(DOCUMENT)).splitlines()[0])
    assert list(record) == EVENT_SCHEMA.names
    assert (record["date_start"], record["quad"], record["contexts"]) == (
        "1882-01-01",
        "material conflict",
        ["military", "territory"],
    )


def test_parquet_has_the_schema_of_the_event_record(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    path.write_bytes(written("parquet", make_events(DOCUMENT)))
    assert pq.read_schema(path).remove_metadata().equals(EVENT_SCHEMA)
    assert (pq.read_schema(path).metadata or {})[b"verbale"] == b"event record"


def test_csv_cells_are_no_formulas_for_a_spreadsheet() -> None:
    event = replace(make_events(DOCUMENT)[0], said_by="=HYPERLINK(1)", object="-2+3", trigger="'quoted", mode="@x")
    (row,) = csv.DictReader(io.StringIO(written("csv", [event]).decode()))
    assert (row["said_by"], row["object"], row["trigger"], row["mode"]) == ("'=HYPERLINK(1)", "'-2+3", "''quoted", "'@x")
    assert row["intensity"] == "-10.0"


def test_plover_uses_the_names_of_the_codebook() -> None:
    invaded, met = (json.loads(line) for line in written("plover", make_events(DOCUMENT)).splitlines())
    assert invaded["event"] == ["ASSAULT"]
    assert invaded["source"] == [{"code": "GBR", "sector": "MIL", "actor_text": "Britain", "identifier_text": "United Kingdom"}]
    assert invaded["recipient"][0]["code"] == "EGY"
    assert (invaded["date"], invaded["quad_code"], invaded["event_scale"]) == ("1882-01-01", 4, -10.0)
    assert invaded["event_loc"] == {"name": "Egypt", "cc3": "EGY"}
    assert [actor["code"] for actor in met["source"]] == ["EGY", "SDN"]
    assert met["recipient"] == []


def test_plover_says_by_context_what_did_not_happen() -> None:
    event = replace(make_events(DOCUMENT)[0], status="denied", contexts=())
    assert json.loads(written("plover", [event]))["context"] == ["negation"]


def test_plover_of_other_programs_is_read(tmp_path: Path) -> None:
    record = {
        "id": "x1", "date": "1990-08-02", "source": [{"code": "IRQ", "sector": "MIL"}, {"code": "JOR"}],
        "target": [{"code": "KWT", "actorText": "Kuwait"}], "event": "FIGHT", "context": ["military", "future"],
        "text": "Iraq and Jordan fight Kuwait", "text_info": {"start": 0, "end": 28}, "cite_info": {"url": "http://example.org/1"},
    }  # fmt: skip
    events = events_of(read("plover", json.dumps(record).encode(), tmp_path))
    assert [(e.source.code, e.target.code, e.type, e.status, e.contexts) for e in events] == [
        ("IRQ", "KWT", "ASSAULT", "intended", ("military",)),
        ("JOR", "KWT", "ASSAULT", "intended", ("military",)),
    ]
    assert events[0].evidence.document_id == "http://example.org/1"


def test_cameo_has_gdelts_columns_and_only_what_happened() -> None:
    invaded, met = make_events(DOCUMENT)
    (row,) = csv.DictReader(
        io.StringIO(written("cameo", [invaded, replace(met, status="denied")]).decode()), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    expected = {
        "SQLDATE": "18820101", "MonthYear": "188201", "Year": "1882", "FractionDate": "1882.0027", "Actor1Code": "GBRMIL",
        "Actor1CountryCode": "GBR", "Actor2Code": "EGY", "EventCode": "190", "EventBaseCode": "190", "EventRootCode": "19",
        "QuadClass": "4", "GoldsteinScale": "-10.0", "SOURCEURL": "note", "EvidenceText": "Britain invaded Egypt in 1882",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_cameo_cells_with_tabs_and_line_ends_come_back(tmp_path: Path) -> None:
    event = make_events(DOCUMENT)[0]
    event = replace(event, object="a\tb\\n\nc\\\r\\t", evidence=replace(event.evidence, quote="x\ty"))
    (back,) = events_of(read("cameo", written("cameo", [event]), tmp_path))
    assert (back.object, back.evidence.quote) == (event.object, "x\ty")


def test_cameo_codes_become_types_where_ours_is_missing(tmp_path: Path) -> None:
    content = written("cameo", make_events(DOCUMENT)[:1]).replace(b"\tASSAULT\tinvade\t", b"\t\t\t")
    assert events_of(read("cameo", content, tmp_path))[0].type == "ASSAULT"
    (bad,) = read("cameo", content.replace(b"\t190\t", b"\t010\t"), tmp_path)
    assert bad == BadRow(1, "EventCode is '010', a code that PLOVER has no type for")


# score


def score_lines(events: list[Event], **options: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written("score", events, replace(MAPPING, **options)).splitlines()]


def with_actors(event: Event, source: str, target: str, **changes: Any) -> Event:
    return replace(event, source=Actor(source), target=Actor(target), **changes)


def test_score_gathers_actors_when_each_acts_on_each() -> None:
    event = make_events(DOCUMENT)[0]
    every = [with_actors(event, source, target) for source in ("FRA", "GBR") for target in ("EGY", "SDN")]
    (line,) = score_lines(every)
    assert (line["source"], line["target"], line["mutual"], line["date"]) == (["FRA", "GBR"], ["EGY", "SDN"], False, "1882")
    assert (line["doc"], line["start"], line["end"]) == ("note", 20, 49)
    assert len(line["events"]) == 4


def test_score_never_invents_a_pair() -> None:
    event = make_events(DOCUMENT)[0]
    pairs = {("FRA", "EGY"), ("FRA", "SDN"), ("GBR", "EGY")}
    lines = score_lines([with_actors(event, source, target) for source, target in sorted(pairs)])
    assert {(source, target) for line in lines for source in line["source"] for target in line["target"]} == pairs


def test_score_keeps_apart_what_differs_in_type_date_or_span() -> None:
    event = make_events(DOCUMENT)[0]
    assert event.date is not None
    variants = [
        with_actors(event, "FRA", "EGY"),
        with_actors(event, "GBR", "EGY", type="THREATEN"),
        with_actors(event, "GBR", "EGY", date=replace(event.date, precision="day")),
        with_actors(event, "GBR", "EGY", evidence=replace(event.evidence, end=48)),
    ]
    assert len(score_lines(variants)) == 4


def test_score_lists_the_parties_of_a_mutual_act() -> None:
    met = make_events(DOCUMENT)[1]
    three = [with_actors(met, *pair) for pair in (("EGY", "SDN"), ("SDN", "GBR"), ("GBR", "EGY"))]
    (line,) = score_lines(three)
    assert (line["source"], line["target"], line["mutual"]) == (["EGY", "GBR", "SDN"], [], True)
    two = score_lines(three[:2])
    assert sorted(line["source"] for line in two) == [["EGY", "SDN"], ["GBR", "SDN"]]


def test_score_leaves_out_what_did_not_happen_and_keeps_acts_without_target_or_at_home() -> None:
    event = make_events(DOCUMENT)[0]
    lines = score_lines(
        [with_actors(event, "FRA", "", status="denied"), with_actors(event, "GBR", ""), with_actors(event, "EGY", "EGY"),
         with_actors(event, "GBR", "EGY")]
    )  # fmt: skip
    assert sorted((line["source"], line["target"]) for line in lines) == [(["EGY"], ["EGY"]), (["GBR"], []), (["GBR"], ["EGY"])]


def test_score_turns_organisations_into_igo_when_asked() -> None:
    event = make_events(DOCUMENT)[0]
    events = [with_actors(event, "UNO", "EGY"), with_actors(event, "EUR", "EGY"), replace(event, source=Actor("OTH", "NGO"))]
    assert [line["source"] for line in score_lines(events)] == [["EUR", "OTH", "UNO"]]
    assert [line["source"] for line in score_lines(events, igo=True)] == [["IGO", "NGO"]]


def test_score_cuts_long_evidence_around_the_trigger() -> None:
    event = make_events(DOCUMENT)[0]
    quote = "a" * 900 + "invaded" + "b" * 400
    long = replace(event, evidence=Evidence(DOCUMENT.document_id, 100, 100 + len(quote), quote))
    (record,) = score_records("note", [long])
    assert record.end - record.start == 600
    assert "invaded" in record.quote
    assert record.quote == quote[record.start - 100 : record.end - 100]
    (plain,) = score_records("note", [replace(long, trigger="")])
    assert (plain.start, plain.end) == (100, 700)


def test_score_comes_back_as_one_event_per_pair_with_its_quote_from_the_text(tmp_path: Path) -> None:
    record = {"doc": "note", "start": 20, "end": 49, "source": ["GBR"], "target": ["EGY", "SDN"], "mutual": False,
              "type": "ASSAULT", "date": "1882"}  # fmt: skip
    events = events_of(read("score", json.dumps(record).encode(), tmp_path))
    assert [(event.source.code, event.target.code) for event in events] == [("GBR", "EGY"), ("GBR", "SDN")]
    assert events[0].evidence == Evidence(DOCUMENT.document_id, 20, 49, "Britain invaded Egypt in 1882")
    assert events[0].date is not None
    assert events[0].date.iso() == "1882"


# malformed


def broken(**changes: Any) -> bytes:
    row = json.loads(written("jsonl", make_events(DOCUMENT)[:1]))
    return json.dumps({name: value for name, value in (row | changes).items() if value != "DROP"}).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "the line is not JSON"),
        (b"[1]", "the line is not a JSON object"),
        (b"\xff{}", "the line is not UTF-8"),
        (b"[" * 100_000, "the line is nested too deeply"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": "' + b"x" * 1_100_000 + b'"}', "the line is longer than 1,000,000 bytes"),
        (broken(quote="DROP"), "quote is missing"),
        (broken(source=None), "source is missing"),
        (broken(source="Russia!"), "source is 'Russia!', not an actor code such as RUS"),
        (broken(target=7), "target is 7, not text"),
        (broken(start="a"), "start is 'a', not a whole number"),
        (broken(start=-1), "start is -1, not an offset from 0"),
        (broken(start=1.5), "start is 1.5, not an offset from 0"),
        (broken(start=60, end=50), "start 60 is not before end 50"),
        (broken(mutual="maybe"), "mutual is 'maybe', not true or false"),
        (broken(type="WAR"), "type is 'WAR', not one of AGREE, CONSULT"),
        (broken(type=["AID"]), "type is ['AID'], not one of"),
        (broken(status="likely"), "status is 'likely', not one of actual"),
        (broken(confidence=1.5), "confidence is 1.5, not a number from 0 to 1"),
        (broken(intensity="hot"), "intensity is 'hot', not a number"),
        (broken(contexts="military"), "contexts is 'military', not a list of words"),
        (broken(date_start="1882"), "date_start is '1882', not a date such as 1828-02-22"),
        (broken(date_start="1882-02-30"), "date_start is '1882-02-30', not a date"),
        (broken(date_start=None, date_end="1882-02-03"), "date_end is given without date_start"),
        (broken(date_end="1881-02-03"), "date_end 1881-02-03 is before date_start 1882-01-01"),
        (broken(date_precision="hour"), "date_precision is 'hour', not one of day"),
        (broken(quote="\ud800"), "quote holds a character that is not valid Unicode"),
    ],
)
def test_a_malformed_line_is_told_what_is_wrong_and_costs_no_other(tmp_path: Path, content: bytes, reason: str) -> None:
    good = written("jsonl", make_events(DOCUMENT))
    first, second, third = read("jsonl", good.splitlines(keepends=True)[0] + content + b"\n" + good.splitlines()[1], tmp_path)
    assert isinstance(first, Imported)
    assert isinstance(second, BadRow)
    assert second.row == 2
    assert reason in second.reason
    assert isinstance(third, Imported)


def test_tables_without_the_needed_columns_are_one_bad_row(tmp_path: Path) -> None:
    (bad,) = read("csv", b"a,b\n1,2\n3,4\n", tmp_path)
    assert isinstance(bad, BadRow)
    assert bad.reason.startswith("the heading lacks document_id, start, end")
    (bad,) = read("cameo", b"GLOBALEVENTID\tSQLDATE\n1\t2\n", tmp_path)
    assert isinstance(bad, BadRow)
    assert bad.reason.startswith("the heading lacks Actor1CountryCode")
    (bad,) = read("parquet", b"no parquet", tmp_path)
    assert isinstance(bad, BadRow)
    assert bad.reason.startswith("the file cannot be read as Parquet")


def test_a_short_csv_row_costs_no_other(tmp_path: Path) -> None:
    heading, first, second = written("csv", make_events(DOCUMENT)).splitlines(keepends=True)
    rows = read("csv", heading + b"only,two\n" + first + second, tmp_path)
    assert rows[0] == BadRow(1, "start is missing")
    assert len(events_of(rows[1:])) == 2


def test_every_layout_says_what_it_is_for() -> None:
    for name, layout in LAYOUTS.items():
        assert layout.name == name
        assert layout.purpose
