"""Event data of others in our event table: nothing lost, codes of ours, repeats, and files that are wrong."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records import download_server as play
from tests.records.record_samples import SHARED, official_file
from tests.records.samples import zipped

from verbale import records
from verbale.core import VerbaleError
from verbale.core.schema import EVENT_SCHEMA
from verbale.engine import connect_memory
from verbale.records import DATASETS, Installed, install
from verbale.records.datasets import gdelt_events
from verbale.records.events.lines import line_batches
from verbale.records.events.recipe import EventDataset
from verbale.records.intake import Part

GDELT = DATASETS["gdelt-events"].header
SOUND = {
    "GLOBALEVENTID": "7", "SQLDATE": "20191024", "MonthYear": "201910", "Year": "2019", "FractionDate": "2019.8055",
    "IsRootEvent": "1", "EventCode": "0834", "EventBaseCode": "083", "EventRootCode": "08", "QuadClass": "2",
    "GoldsteinScale": "5.0", "NumMentions": "4", "NumSources": "1", "NumArticles": "4", "AvgTone": "-1.5",
    "Actor1Code": "RUSGOV", "Actor1Name": "KREMLIN", "Actor1CountryCode": "RUS", "Actor1Type1Code": "GOV",
    "Actor2Code": "IGOEUREEC", "Actor2Name": "THE EU", "Actor2CountryCode": "EUR", "Actor2KnownGroupCode": "EEC",
    "ActionGeo_FullName": "Minsk", "ActionGeo_CountryCode": "BO", "ActionGeo_Lat": "53.9", "ActionGeo_Long": "27.6",
    "DATEADDED": "20191024143000", "SOURCEURL": "https://news.example/1",
}  # fmt: skip


def gdelt(version: int = 61, /, **values: str) -> str:
    """Return a row of 57, 58 or 61 fields."""
    names = [name for name in GDELT if version == 61 or not name.endswith("ADM2Code")]
    return "\t".join((SOUND | values).get(name, "") for name in names[:version])


def gdelt_file(folder: Path, rows: Sequence[str], name: str = "20191024143000.export.CSV") -> Path:
    path = folder / name
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def tabbed(folder: Path, name: str, rows: Sequence[Mapping[str, str]], *, header: bool = True, nothing: str = "") -> Path:
    columns = DATASETS[name].header
    lines = ["\t".join(columns)] if header else []
    lines += ["\t".join(row.get(column, nothing) for column in columns) for row in rows]
    path = folder / f"{name}.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows_of(done: Installed) -> list[dict[str, Any]]:
    counts = done.provenance
    assert counts.rows_in == counts.rows_used + counts.rejected + sum(counts.left_out.values())
    found: list[dict[str, Any]] = pq.read_table(done.path).to_pylist()
    assert len(found) == counts.rows_out == counts.rows_used
    assert len(done.rejections) == counts.rejected
    return found


def reasons(done: Installed) -> list[tuple[str, str]]:
    return [(one.parts["line"], one.parts["reason"]) for one in done.rejections]


def test_a_row_of_gdelt_becomes_an_event(tmp_path: Path) -> None:
    (event,) = rows_of(install("gdelt-events", file=gdelt_file(tmp_path, [gdelt()]), folder=tmp_path / "data"))
    told = {name: event[name] for name in event if event[name] is not None}
    assert told == {
        "event_id": "7", "document_id": "https://news.example/1", "mutual": False, "status": "actual",
        "source": "RUS", "source_sector": "GOV", "source_text": "KREMLIN", "source_entity": "Russia",
        "target": "EUR", "target_sector": "IGO", "target_text": "THE EU", "target_entity": "EU",
        "source_official": "RUSGOV", "source_country": "RUS", "target_official": "IGOEUREEC", "target_country": "EUR",
        "type": "CONCEDE", "quad": "verbal cooperation", "intensity": 5.0, "cameo": "0834", "official_quad": "2",
        "official_intensity": 5.0, "root": True, "mentions": 4, "sources": 1, "articles": 4, "tone": -1.5,
        "date_start": datetime.date(2019, 10, 24), "date_precision": "day", "date_text": "20191024",
        "date_calendar": "gregorian", "place": "Minsk", "place_country": "BLR", "place_official": "BO",
        "latitude": 53.9, "longitude": 27.6, "added": datetime.datetime(2019, 10, 24, 14, 30),
        "coder": "gdelt-events", "coder_version": "2.0", "file": "20191024143000.export.CSV", "line": 1,
    }  # fmt: skip
    assert set(EVENT_SCHEMA.names) <= set(event)


@pytest.mark.parametrize(
    ("values", "party"),
    [
        ({"Actor1CountryCode": "EUR", "Actor1Type1Code": ""}, (None, None)),
        ({"Actor1CountryCode": "AFR"}, (None, "GOV")),
        ({"Actor1CountryCode": ""}, (None, "GOV")),
        ({"Actor1CountryCode": "", "Actor1Type1Code": "NGO"}, ("OTH", "NGO")),
        ({"Actor1CountryCode": "", "Actor1KnownGroupCode": "UNO", "Actor1Type1Code": "IGO"}, ("UNO", "IGO")),
        ({"Actor1CountryCode": "AFG", "Actor1KnownGroupCode": "TAL", "Actor1Type1Code": "INS"}, ("AFG", "REB")),
        ({"Actor1CountryCode": "ROM", "Actor1Type1Code": "UIS", "Actor1Type2Code": "MIL"}, ("ROU", "MIL")),
    ],
)
def test_regions_and_bare_roles_are_no_states(tmp_path: Path, values: dict[str, str], party: tuple[str, str]) -> None:
    done = install("gdelt-events", file=gdelt_file(tmp_path, [gdelt(**values)]), folder=tmp_path / "data")
    (event,) = rows_of(done)
    assert (event["source"], event["source_sector"]) == party
    region = values["Actor1CountryCode"] if values["Actor1CountryCode"] in {"EUR", "AFR"} else None
    assert done.provenance.uncoded == ({region: 1} if region else {})


def test_statements_have_a_value_and_no_type_and_unknown_codes_are_counted(tmp_path: Path) -> None:
    rows = [gdelt(GLOBALEVENTID="1", EventCode="013"), gdelt(GLOBALEVENTID="2", EventCode="99", ActionGeo_CountryCode="ZZ")]
    done = install("gdelt-events", file=gdelt_file(tmp_path, rows), folder=tmp_path / "data")
    assert [(one["cameo"], one["type"], one["quad"], one["intensity"]) for one in rows_of(done)] == [
        ("013", None, None, 0.4),
        ("99", None, None, None),
    ]
    assert done.provenance.uncoded == {"CAMEO 99": 1, "place ZZ": 1}


def test_rows_of_57_and_58_fields_in_one_file(tmp_path: Path) -> None:
    rows = [gdelt(57, GLOBALEVENTID="1"), gdelt(58, GLOBALEVENTID="2"), gdelt(57, GLOBALEVENTID="3", DATEADDED="20191024")]
    found = rows_of(install("gdelt-events", file=gdelt_file(tmp_path, rows), folder=tmp_path / "data"))
    assert [one["document_id"] for one in found] == [None, "https://news.example/1", None]
    assert {(one["coder_version"], one["place_country"], one["latitude"]) for one in found} == {("1.0", "BLR", 53.9)}
    assert found[2]["added"] == datetime.datetime(2019, 10, 24)


def test_bad_rows_are_rejected_with_their_lines_and_lose_no_other(tmp_path: Path) -> None:
    rows = [
        gdelt(GLOBALEVENTID="1"),
        gdelt(GLOBALEVENTID="2", SQLDATE="20191324"),
        "",
        gdelt(GLOBALEVENTID="3").rpartition("\t")[0],
        gdelt(GLOBALEVENTID="4", NumMentions="many"),
        gdelt(GLOBALEVENTID="5", SQLDATE="19191024"),
        gdelt(GLOBALEVENTID="", SQLDATE=""),
        gdelt(GLOBALEVENTID="6"),
        gdelt(GLOBALEVENTID="1"),
    ]
    path = gdelt_file(tmp_path, rows)
    path.write_bytes(path.read_bytes() + b"8\t2019\xff\xfe\n9\t\0\n")
    done = install("gdelt-events", file=path, folder=tmp_path / "data")
    assert [(one["event_id"], one["line"]) for one in rows_of(done)] == [("1", 1), ("6", 8)]
    assert reasons(done) == [
        ("2", "SQLDATE is '20191324', not a date"),
        ("4", "it has 60 fields; the layout has 61"),
        ("5", "NumMentions is 'many', not a number"),
        ("6", "the year 1919 lies outside 1979-2026"),
        ("7", "it has no number"),
        ("10", "it is not text in utf-8"),
        ("11", "it is not text in utf-8"),
        ("9", "a row with the same GLOBALEVENTID stands in line 1"),
    ]


def test_repeats_are_left_out_only_if_asked_and_counted(tmp_path: Path) -> None:
    rows = [
        gdelt(GLOBALEVENTID="1"),
        gdelt(GLOBALEVENTID="2"),
        gdelt(GLOBALEVENTID="3", SOURCEURL="https://news.example/2"),
        gdelt(GLOBALEVENTID="4", SOURCEURL="https://news.example/3", Actor2CountryCode="", Actor2KnownGroupCode=""),
        gdelt(GLOBALEVENTID="5", SOURCEURL="https://news.example/4", Actor2CountryCode="", Actor2KnownGroupCode=""),
        gdelt(GLOBALEVENTID="6", EventCode="0833"),
    ]
    path = gdelt_file(tmp_path, rows)
    kept = {
        dedup: [one["event_id"] for one in rows_of(install("gdelt-events", file=path, folder=tmp_path / "data", dedup=dedup))]
        for dedup in ("none", "document", "dyad-day")
    }
    assert kept == {"none": list("123456"), "document": list("13456"), "dyad-day": list("145")}
    assert records.provenance("gdelt-events", folder=tmp_path / "data").left_out == {
        "repeats of an event with the same states, date and type": 3
    }
    with pytest.raises(VerbaleError, match="choose one of none, document, dyad-day") as error:
        install("gdelt-events", file=path, folder=tmp_path / "data", dedup="url")
    assert error.value.code == "record-dedup"
    with pytest.raises(VerbaleError, match="choose one of none "):
        install("cow-states", file=path, folder=tmp_path / "data", dedup="document")


def test_a_folder_of_files_and_zips_of_both_versions(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    gdelt_file(files, [gdelt(GLOBALEVENTID="1"), gdelt(GLOBALEVENTID="2")])
    for name, row in (("20130401.export.CSV", gdelt(58, GLOBALEVENTID="4")), ("2012.csv", gdelt(57, GLOBALEVENTID="3"))):
        with zipfile.ZipFile(files / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, row + "\r\n")
    done = install("gdelt-events", file=files, folder=tmp_path / "data")
    assert {(one["event_id"], one["file"], one["line"], one["coder_version"]) for one in rows_of(done)} == {
        ("1", "20191024143000.export.CSV", 1, "2.0"),
        ("2", "20191024143000.export.CSV", 2, "2.0"),
        ("3", "2012.csv", 1, "1.0"),
        ("4", "20130401.export.CSV", 1, "1.0"),
    }
    assert records.verify(folder=tmp_path / "data") == {"gdelt-events": None}


def test_files_that_are_wrong_are_refused_with_what_differs(tmp_path: Path) -> None:
    data = tmp_path / "data"
    mentions = tmp_path / "20191024143000.mentions.CSV"
    mentions.write_text("7\t20191024143000\t20191024143000\t1\tnews.example\n")
    with pytest.raises(VerbaleError, match=r"missing columns GLOBALEVENTID, SQLDATE.* and 45 more; unexpected columns 7"):
        install("gdelt-events", file=mentions, folder=data)
    with pytest.raises(VerbaleError, match="it has the columns of gdelt-events"):
        install("phoenix-events", file=gdelt_file(tmp_path, [gdelt()]), folder=data)
    cut = tmp_path / "cut.zip"
    with zipfile.ZipFile(cut, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "a.export.CSV", "".join(gdelt(GLOBALEVENTID=f"{n}", AvgTone=f"{n * 7 % 13}") + "\n" for n in range(9_000))
        )
    content = cut.read_bytes()
    middle = len(content) // 2
    cut.write_bytes(content[:middle] + b"\0" * 64 + content[middle + 64 :])
    with pytest.raises(VerbaleError, match="cut off or damaged") as error:
        install("gdelt-events", file=cut, folder=data)
    assert error.value.code == "record-archive"
    twice = gdelt_file(tmp_path, [gdelt()] * 40, "twice.CSV")
    with pytest.raises(VerbaleError, match=r"39 of 40 rows .* a row with the same GLOBALEVENTID stands in line 1"):
        install("gdelt-events", file=twice, folder=data)
    assert records.installed(folder=data) == []
    assert not list(data.glob(".*"))


def test_lines_that_end_with_returns_alone(tmp_path: Path) -> None:
    path = tmp_path / "mac.export.CSV"
    path.write_bytes("\r".join((gdelt(GLOBALEVENTID="1"), gdelt(GLOBALEVENTID="2"))).encode())
    found = rows_of(install("gdelt-events", file=path, folder=tmp_path / "data"))
    assert [(one["event_id"], one["line"], one["document_id"]) for one in found] == [
        ("1", 1, "https://news.example/1"),
        ("2", 2, "https://news.example/1"),
    ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=9), max_size=9))
def test_every_line_is_found_under_its_number(texts: list[str]) -> None:
    content = "\n".join(texts).encode()
    part = Part("file", "file", lambda: io.BytesIO(content))
    found = [row for one in line_batches([(3, part)], header=False, encodings=("utf-8",)) for row in one.to_pylist()]
    # what follows the last line end is a line only if there is something
    expected = content.decode().removeprefix("\ufeff").split("\n")
    expected = expected[:-1] if not expected[-1] else expected
    assert [(row["line"], row["text"]) for row in found] == list(enumerate(expected, start=1))
    assert {row["file"] for row in found} <= {3}


def test_icews(tmp_path: Path) -> None:
    row = {
        "Event ID": "5", "Event Date": "2018-06-01", "Source Name": "Foreign Affairs (Bangladesh)",
        "Source Sectors": '"Executive,Foreign Ministry,Government"', "Source Country": "Bangladesh", "CAMEO Code": "040",
        "Intensity": "1", "Target Name": "European Union", "Target Sectors": "Regional,International Government Organization",
        "City": "Hanoi", "Province": "Ha Noi", "Country": "Vietnam", "Story ID": "47",
    }  # fmt: skip
    rows = [row, row | {"Event Date": "12/1/2017", "Source Sectors": "Government,Military", "Target Name": 'Group "X'}]
    rows += [row | {"Source Country": "Atlantis", "Event ID": "6", "CAMEO Code": "NA"}, row]
    done = install("icews-events", file=tabbed(tmp_path, "icews-events", rows, nothing="NA"), folder=tmp_path / "data")
    one, two, three = rows_of(done)
    assert (one["event_id"], one["source"], one["source_sector"], one["source_entity"]) == (
        "20180601-5",
        "BGD",
        "GOV",
        "Bangladesh",
    )
    assert (one["target"], one["target_sector"], one["cameo"], one["type"]) == ("EUR", "IGO", "040", "CONSULT")
    assert (one["place"], one["place_country"], one["document_id"], one["latitude"]) == ("Hanoi, Ha Noi", "VNM", "47", None)
    assert (two["event_id"], two["date_start"], two["source_sector"]) == ("20171201-5", datetime.date(2017, 12, 1), "MIL")
    assert (two["target"], two["target_text"]) == ("OTH", 'Group "X')
    assert (three["source"], three["cameo"], three["type"]) == (None, None, None)
    assert done.provenance.uncoded == {"Atlantis": 1}
    assert reasons(done) == [("5", "a row with the same Event ID, Event Date stands in line 2")]


def test_polecat_with_either_name_of_its_fifth_column_and_two_encodings(tmp_path: Path) -> None:
    row = {
        "Event ID": "x1", "Event Date": "2020-01-01", "Event Type": "COERCE", "Event Mode": "arrest", "Event Intensity": "-6.5",
        "Contexts": "military; human_rights", "Actor Name": "Café", "Actor Country": "RUS", "Primary Actor Sector": "GOV",
        "Recipient Name": "United Nations", "Country": "IRN", "Version": "NGEC 1",
    }  # fmt: skip
    path = tabbed(tmp_path, "polecat-events", [row, row], nothing="None")
    text = path.read_text(encoding="utf-8").replace("Event Intensity", "Intensity")
    head, first, second = text.splitlines()
    path.write_bytes(b"\n".join((head.encode(), first.encode(), second.encode("latin-1"))))
    done = install("polecat-events", file=path, folder=tmp_path / "data")
    for one in rows_of(done):
        assert (one["source"], one["source_sector"], one["source_text"], one["target"]) == ("RUS", "GOV", "Café", "UNO")
        assert (one["type"], one["mode"], one["quad"], one["intensity"]) == ("COERCE", "arrest", "material conflict", -5.0)
        assert (one["official_intensity"], one["contexts"]) == (-6.5, ["military", "human_rights"])
        assert (one["place_country"], one["latitude"], one["coder_version"]) == ("IRN", None, "NGEC 1")
    assert done.provenance.repeated == 1


def test_phoenix(tmp_path: Path) -> None:
    row = {
        "EventID": "1_1", "Date": "20140620", "Year": "2014", "Month": "6", "Day": "20", "SourceActorFull": "USAGOV",
        "SourceActorEntity": "USA", "TargetActorFull": "IGOUNO", "TargetActorEntity": "IGO", "EventCode": "042",
        "GoldsteinScore": "1.9", "CountryCode": "IR", "URLs": "https://news.example/1",
    }  # fmt: skip
    rows = [row, row | {"EventID": "1_2", "SourceActorFull": "COP", "TargetActorFull": "XXX", "CountryCode": "IRN"}]
    done = install("phoenix-events", file=tabbed(tmp_path, "phoenix-events", rows, header=False), folder=tmp_path / "data")
    one, two = rows_of(done)
    assert (one["source"], one["source_sector"], one["target"], one["target_entity"]) == ("USA", "GOV", "UNO", "UN")
    assert (one["cameo"], one["type"], one["mode"], one["place_country"]) == ("042", "CONSULT", "visit", "IRN")
    assert (two["source"], two["source_sector"], two["target"], two["place_country"]) == (None, "COP", None, "IRN")
    assert done.provenance.uncoded == {"XXX": 1}


def test_georeferenced_events(tmp_path: Path) -> None:
    base = {
        "relid": "R", "year": 2000, "number_of_sources": 2, "date_prec": 1, "date_start": "2000-01-02 00:00:00.000",
        "date_end": "2000-01-03", "best": 5, "latitude": 1, "longitude": 2, "country": "Ethiopia", "country_id": 530,
        "where_coordinates": 'Badme, "north"\nroad',
    }  # fmt: skip
    states = {"type_of_violence": 1, "gwnoa": 530, "gwnob": 531, "side_a": "Government of Ethiopia", "side_b": "Eritrea"}
    rows: list[Mapping[str, object]] = [
        base | states | {"id": 1},
        base | {"id": 2, "type_of_violence": 3, "side_a": "OLF", "side_b": "Civilians", "date_prec": 4},
        base | {"id": 3, "type_of_violence": 9, "side_a": "OLF", "side_b": "Civilians"},
        base | states | {"id": 4, "date_end": "1999-01-01"},
    ]
    done = install("ged-events", file=official_file(tmp_path, "ged-events", rows), folder=tmp_path / "data")
    one, two = rows_of(done)
    assert (one["source"], one["source_sector"], one["target"], one["mutual"]) == ("ETH", "MIL", "ERI", True)
    assert (one["type"], one["cameo"], one["deaths"], one["date_end"]) == ("ASSAULT", "190", 5, datetime.date(2000, 1, 3))
    assert one["place"] == 'Badme, "north"\nroad'
    assert (two["source"], two["source_sector"], two["source_entity"], two["mutual"]) == ("OTH", "REB", "OLF", False)
    assert (two["target"], two["target_sector"], two["date_precision"]) == ("ETH", "CVL", "month")
    assert [reason for _, reason in reasons(done)] == [
        "type_of_violence is '9'; allowed are 1, 2 and 3",
        "it ends (1999-01-01) before it begins (2000-01-02)",
    ]


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the published files in ../shared/records")
@pytest.mark.parametrize(
    ("name", "file", "rows"),
    [
        ("gdelt-events", "gdelt/20191024143000.export.CSV", 2_111),
        ("gdelt-events", "gdelt/gdelt1_sample_57and58cols.tsv", 710),
        ("icews-events", "icews/events.2018.sample.tab", 3_705),
    ],
)
def test_the_published_files_lose_no_row(tmp_path: Path, name: str, file: str, rows: int) -> None:
    done = install(name, file=SHARED / file, folder=tmp_path)
    found = rows_of(done)
    assert (len(found), done.provenance.rejected) == (rows, 0)
    assert [one["line"] for one in found] == list(
        range(2 if name.startswith("icews") else 1, rows + (2 if name[0] == "i" else 1))
    )
    # every code of a dataset's event is one that we know, and so is every country of a place
    assert not {one for one in done.provenance.uncoded if one.startswith("CAMEO")}
    assert all(one["cameo"] and one["cameo"].isdigit() for one in found)


def test_tables_join_and_measure_like_our_own(tmp_path: Path) -> None:
    install("gdelt-events", file=gdelt_file(tmp_path, [gdelt()]), folder=tmp_path / "data")
    table = records.table("gdelt-events", connect_memory(), folder=tmp_path / "data")
    assert table.filter(table.source == "RUS").count().execute() == 1
    # what is the same in every row comes as the file has it, though it is not read
    (stored,) = pq.read_table(tmp_path / "data" / "gdelt-events.parquet").to_pylist()
    (told,) = table.to_pyarrow().to_pylist()
    assert told == stored


def test_the_files_of_days() -> None:
    dataset = DATASETS["gdelt-events"]
    assert isinstance(dataset, EventDataset)
    found = {
        told: [one.file for one in dataset.of_days(told).addresses]
        for told in ("2019-10-24", "2013-03-30..2013-04-02", "2005-12-31..2006-01-01")
    }
    assert found == {
        "2019-10-24": ["20191024.export.CSV.zip"],
        "2013-03-30..2013-04-02": ["201303.zip", "20130401.export.CSV.zip", "20130402.export.CSV.zip"],
        "2005-12-31..2006-01-01": ["2005.zip", "200601.zip"],
    }
    for told in ("2019", "2019-10-24..2019-10-23", "1978-01-01"):
        with pytest.raises(VerbaleError, match="no files are known of the days"):
            install("gdelt-events", edition=told)
    with pytest.raises(VerbaleError, match=r"say --edition 2019-10-24\.\.2019-10-26"):
        install("gdelt-events")


def test_days_are_fetched_together_and_no_day_of_another_span(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with play.running() as host:
        for day in (24, 25, 26):
            name = f"201910{day}.export.CSV"
            host.files[f"/events/{name}.zip"] = zipped(f"{gdelt(58, GLOBALEVENTID=f'{day}')}\n".encode(), name)
        monkeypatch.setattr(gdelt_events, "HOST", host.plays("/events/"))
        for told, days in (("2019-10-24..2019-10-26", ["24", "25", "26"]), ("2019-10-24..2019-10-25", ["24", "25"])):
            done = install("gdelt-events", edition=told, folder=tmp_path)
            assert [one["event_id"] for one in rows_of(done)] == days
            assert len(done.provenance.addresses) == len(days)
