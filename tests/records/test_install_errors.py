"""Wrong files: each ends in a named error that says what differs, or in rows that are counted and listed; nothing is lost."""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest
from tests.records.record_samples import STATE_HEADER, STATE_ROWS, official_file, states_file, states_text, zip_file

from verbale.core import Settings, VerbaleError
from verbale.records import Installed, install, provenance


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def take(file: Path, folder: Path, name: str = "cow-states", *, partial: bool = True) -> Installed:
    return install(name, file=file, folder=folder, partial=partial)


def refused(file: Path, folder: Path, name: str = "cow-states", *, partial: bool = True) -> VerbaleError:
    with pytest.raises(VerbaleError) as caught:
        take(file, folder, name, partial=partial)
    assert not list(folder.glob("*.parquet")), "a refused file must leave nothing behind"
    assert not list(folder.glob(".*")), "no draft may stay"
    return caught.value


def test_a_renamed_column_is_named(tmp_path: Path, folder: Path) -> None:
    error = refused(states_file(tmp_path, states_text(header=STATE_HEADER.replace("ccode", "cow_code"))), folder)
    assert error.code == "record-columns"
    assert "missing columns ccode; unexpected columns cow_code;" in str(error)
    assert "states2016.csv" in str(error)
    assert "https://correlatesofwar.org/data-sets/state-system-membership/" in str(error)


def test_the_file_of_another_dataset_is_recognised(tmp_path: Path, folder: Path) -> None:
    error = refused(states_file(tmp_path), folder, "cow-mid-participants")
    assert error.code == "record-columns"
    assert "it has the columns of cow-states" in str(error)
    error = refused(states_file(tmp_path), folder, "cow-majors")  # whose columns are all there, and one more
    assert "unexpected columns statenme; it has the columns of cow-states" in str(error)


def test_an_older_edition_with_other_columns_says_which(tmp_path: Path, folder: Path) -> None:
    header = "dispnum3,dispnum4,stday,stmon,styear,endday,endmon,endyear,outcome,settle,fatality,fatalpre,maxdur,mindur,hiact"
    file = tmp_path / "MIDA_4.3.csv"
    file.write_text(f"{header},hostlev,recip,numa,numb,ongo2014,version\n")
    assert "missing columns dispnum; unexpected columns dispnum3, dispnum4" in str(refused(file, folder, "cow-mid-disputes"))


def test_an_unknown_edition_is_refused(tmp_path: Path, folder: Path) -> None:
    rows = [row.replace(",2016", ",2011") for row in STATE_ROWS]
    error = refused(states_file(tmp_path, states_text(rows)), folder)
    assert error.code == "record-edition"
    assert "is edition '2011' of cow-states; known are 2016, 2024" in str(error)


def test_a_file_that_was_cut_off_is_refused_unless_it_is_meant(tmp_path: Path, folder: Path) -> None:
    error = refused(states_file(tmp_path), folder, partial=False)
    assert error.code == "record-length"
    assert "has 4 rows; edition 2016 of cow-states has 243" in str(error)
    done = take(states_file(tmp_path, states_text()[:-30]), folder)  # the last row is cut in its middle
    assert (done.provenance.rows_in, done.provenance.rows_out, done.provenance.rejected) == (4, 3, 1)
    assert "line 5: it has 3 fields; the header has 10" in done.rejections[0].reason
    assert done.provenance.partial


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_all_line_ends_are_read(tmp_path: Path, folder: Path, end: str) -> None:
    done = take(states_file(tmp_path, states_text(end=end)), folder)
    assert (done.provenance.rows_out, done.rejections) == (4, ())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (states_text().encode("utf-16"), "NUL bytes"),
        (states_text().replace("Germany", "Deutschländer").encode("latin-1"), "'utf-8' codec can't decode byte 0xe4"),
    ],
)
def test_a_wrong_encoding_is_named(tmp_path: Path, folder: Path, content: bytes, reason: str) -> None:
    error = refused(states_file(tmp_path, content), folder)
    assert error.code == "record-encoding"
    assert reason in str(error)
    assert "is not text in utf-8" in str(error)


def test_nul_bytes_within_a_file_are_an_encoding_error(tmp_path: Path, folder: Path) -> None:
    error = refused(states_file(tmp_path, states_text().replace("Germany", "Ger\0many")), folder)
    assert error.code == "record-encoding"
    assert "NUL bytes" in str(error)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path, folder: Path) -> None:
    assert take(states_file(tmp_path, "\ufeff" + states_text()), folder).provenance.rows_out == 4


def test_bad_rows_are_counted_and_listed_and_lose_no_others(tmp_path: Path, folder: Path) -> None:
    rows = [
        *STATE_ROWS,
        STATE_ROWS[0],
        "XXX,998,Atlantis,1900,1,1,1901,1,1,2016",
        "MEX,70,Mexico,1750,1,1,2016,12,31,2016",
        "CUB,40,Cuba,1906,9,25,1902,5,20,2016",
        "HAI,41,Haiti,1859,2,30,1915,7,28,2016",
        "DOM,42,Dominican Republic,early,1,1,1916,11,29,2016",
        "JAM,51,Jamaica,1962,8,6,2016,12,31,2024",
    ]
    done = take(states_file(tmp_path, states_text(rows)), folder)
    counts = done.provenance
    assert (counts.rows_in, counts.rows_used, counts.rows_out, counts.rejected) == (11, 5, 5, 6)
    assert counts.rows_in == counts.rows_used + counts.rejected + sum(counts.left_out.values())
    reasons = [rejection.parts["reason"] for rejection in done.rejections]
    assert reasons == [
        "a row with the same ccode, styear, stmonth, stday stands in line 2",
        "998 is no number of a state",
        "the start 1750 lies outside 1816-2016",
        "it ends (1902-05-20) before it begins (1906-09-25)",
        "there is no day 30.2.1859 (stday, stmonth, styear)",
        "styear is 'early', not a whole number",
    ]
    assert [rejection.parts["line"] for rejection in done.rejections] == ["6", "7", "8", "9", "10", "11"]
    beside = json.loads((folder / "cow-states.json").read_text(encoding="utf-8"))
    assert [one["reason"] for one in beside["rejections"]] == reasons


def test_a_field_as_long_as_a_page_is_cut_in_the_message(tmp_path: Path, folder: Path) -> None:
    done = take(states_file(tmp_path, states_text([*STATE_ROWS, f"XXX,{'9' * 5000},A,1900,1,1,1901,1,1,2016"])), folder)
    assert "ccode is '9999" in done.rejections[0].reason
    assert len(done.rejections[0].parts["reason"]) < 260


def test_a_value_too_large_for_its_column_is_one_rejected_row(tmp_path: Path, folder: Path) -> None:
    base = {
        "stday": 1,
        "stmon": 1,
        "styear": 1900,
        "endday": 2,
        "endmon": 1,
        "endyear": 1900,
        "recip": 0,
        "ongo2014": 0,
        "version": 5,
    }
    rows = [{**base, "dispnum": number, "maxdur": 10 ** (12 if number == 3 else 1)} for number in range(1, 6)]
    done = take(official_file(tmp_path, "cow-mid-disputes", rows), folder, "cow-mid-disputes")
    assert (done.provenance.rows_in, done.provenance.rows_out, done.provenance.rejected) == (5, 4, 1)
    assert "line 4: a value does not fit its column" in done.rejections[0].reason


def test_a_file_that_is_mostly_unusable_is_refused(tmp_path: Path, folder: Path) -> None:
    rows = [f"XXX,998,Atlantis,{year},1,1,{year},2,1,2016" for year in range(1900, 1920)]
    error = refused(states_file(tmp_path, states_text([*STATE_ROWS, *rows])), folder)
    assert error.code == "record-unusable"
    assert "20 of 24 rows" in str(error)
    assert "the first: 998 is no number of a state" in str(error)
    assert refused(states_file(tmp_path, states_text([])), folder).code == "record-unusable"


def test_what_was_installed_stays_when_a_later_file_is_refused(tmp_path: Path, folder: Path) -> None:
    first = take(states_file(tmp_path), folder)
    before = first.path.read_bytes()
    with pytest.raises(VerbaleError):
        take(states_file(tmp_path, states_text([])), folder)
    assert first.path.read_bytes() == before


def test_a_zip_is_taken_as_published(tmp_path: Path, folder: Path) -> None:
    inner = zip_file(tmp_path / "inner.zip", {"States2016/states2016.csv": states_text().encode()})
    outer = zip_file(
        tmp_path / "outer.zip",
        {"a/inner.zip": inner.read_bytes(), "a/codebook.pdf": b"%PDF-1.4 \x00\xff", "__MACOSX/a/._states2016.csv": b"\0"},
    )
    done = take(outer, folder)
    assert (done.provenance.rows_out, done.provenance.members) == (4, ("states2016.csv",))


def test_a_zip_without_the_file_lists_what_it_holds(tmp_path: Path, folder: Path) -> None:
    error = refused(zip_file(tmp_path / "x.zip", {"readme.txt": b"hello", "b.csv": b"a,b\n1,2\n"}), folder)
    assert error.code == "record-member"
    assert "it holds b.csv, readme.txt" in str(error)
    assert "it holds nothing" in str(refused(zip_file(tmp_path / "y.zip", {}), folder))


def test_a_zip_with_a_renamed_column_names_it_although_a_codebook_is_there(tmp_path: Path, folder: Path) -> None:
    text = states_text(header=STATE_HEADER.replace("endday", "eday"))
    error = refused(zip_file(tmp_path / "x.zip", {"codebook.txt": b"stateabb: ...", "states2016.csv": text.encode()}), folder)
    assert "missing columns endday; unexpected columns eday" in str(error)


def test_of_two_files_with_the_columns_the_published_name_decides(tmp_path: Path, folder: Path) -> None:
    text = states_text().encode()
    assert take(zip_file(tmp_path / "x.zip", {"old.csv": text, "states2016.csv": text}), folder).provenance.rows_out == 4
    with pytest.raises(VerbaleError, match=r"holds several files of cow-states: a\.csv, b\.csv"):
        take(zip_file(tmp_path / "y.zip", {"a.csv": text, "b.csv": text}), folder)


def test_damaged_archives_are_named(tmp_path: Path, folder: Path) -> None:
    whole = zip_file(tmp_path / "x.zip", {"states2016.csv": states_text(STATE_ROWS * 1).encode()}).read_bytes()
    for name, content in (
        ("cut.zip", whole[: len(whole) // 2]),
        ("bent.zip", whole[:60] + bytes(20) + whole[80:]),
        ("cut.csv.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03abc"),
    ):
        (tmp_path / name).write_bytes(content)
        error = refused(tmp_path / name, folder)
        assert error.code == "record-archive"
        assert "it is cut off or damaged" in str(error)


def test_a_protected_archive_is_named(tmp_path: Path, folder: Path) -> None:
    content = bytearray(zip_file(tmp_path / "x.zip", {"states2016.csv": states_text().encode()}).read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(content)
    assert "it is protected with a password" in str(refused(tmp_path / "x.zip", folder))


def test_bombs_are_refused(tmp_path: Path, folder: Path) -> None:
    small = Settings(max_unpacked_bytes=1 << 20)
    bomb = zip_file(tmp_path / "bomb.zip", {"states2016.csv": states_text().encode() + bytes(3 << 20)})
    with pytest.raises(VerbaleError, match=r"unpacks to more than the limit \(more than 1 MB") as caught:
        install("cow-states", file=bomb, folder=folder, settings=small)
    assert caught.value.code == "archive-too-large"
    content = bytearray(bomb.read_bytes())  # one that lies about its size
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(mark) + offset
        content[at : at + 4] = (200).to_bytes(4, "little")
    (tmp_path / "liar.zip").write_bytes(content)
    with pytest.raises(VerbaleError) as caught:
        install("cow-states", file=tmp_path / "liar.zip", folder=folder, settings=small)
    assert caught.value.code == "record-archive"
    nested = zip_file(tmp_path / "0.zip", {"states2016.csv": states_text().encode()})
    for layer in range(1, 4):
        nested = zip_file(tmp_path / f"{layer}.zip", {f"{layer - 1}.zip": nested.read_bytes()})
    with pytest.raises(VerbaleError, match="too many archives lie within each other"):
        install("cow-states", file=nested, folder=folder)


def test_a_gzip_bomb_is_refused_without_unpacking_it_whole(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "states2016.csv.gz"
    path.write_bytes(gzip.compress(states_text().encode() + b"USA,2\n" * (1 << 20)))
    with pytest.raises(VerbaleError) as caught:
        install("cow-states", file=path, folder=folder, settings=Settings(max_unpacked_bytes=1 << 20))
    assert caught.value.code == "archive-too-large"


def test_absurd_fields_are_an_error_of_the_catalogue(tmp_path: Path, folder: Path) -> None:
    csv.field_size_limit(20_000_000)  # as reading a corpus of articles in the same process leaves it
    error = refused(states_file(tmp_path, states_text([*STATE_ROWS, "X" * 300_000])), folder)
    assert error.code == "file-broken"
    assert "field larger than field limit" in str(error)
    error = refused(states_file(tmp_path, "y" * 100_000), folder)
    assert error.code == "record-columns"
    assert len(str(error)) < 1_000


def test_without_a_file_the_page_is_named(folder: Path) -> None:
    with pytest.raises(VerbaleError) as caught:
        install("cow-alliances", folder=folder)
    assert caught.value.code == "record-by-hand"
    page = "https://correlatesofwar.org/data-sets/formal-alliances/"
    assert f"fetch alliance_v4.1_by_member.csv or version4.1_csv.zip from {page}" in str(caught.value)
    with pytest.raises(VerbaleError, match="no dataset is called 'cow-peace'; choose one of cow-trade, "):
        install("cow-peace", folder=folder)
    with pytest.raises(VerbaleError, match="there is no file or folder at"):
        install("cow-wars", file=folder / "none.csv", folder=folder)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(VerbaleError) as caught:
        take(states_file(tmp_path), tmp_path / "data")
    assert caught.value.code == "output-unwritable"


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes as POSIX has them")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path, folder: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is a pipe or a device, not a file" in str(refused(tmp_path / "pipe", folder))


def test_xml_with_entities_or_cut_off_is_refused(tmp_path: Path, folder: Path) -> None:
    visit = (
        "<visit><id>1</id><start-date>1940-03-25</start-date><end-date>1940-03-28</end-date><visitor>A</visitor>"
        '<from id="canada">Canada</from><description>{}</description><created-by>x</created-by>'
        "<created-datetime>x</created-datetime><last-modified-by>x</last-modified-by>"
        "<last-modified-datetime>x</last-modified-datetime></visit>"
    )
    file = tmp_path / "visits-1940.xml"
    file.write_text(f'<!DOCTYPE visits [<!ENTITY e "boom">]><visits>{visit.format("&e;")}</visits>')
    assert refused(file, folder, "us-visits").code == "xml-declarations"
    file.write_text(f"<visits>{visit.format('Talks.')}")
    error = refused(file, folder, "us-visits")
    assert (error.code, "no valid XML" in str(error)) == ("file-broken", True)
    file.write_text(f"<visits>{visit.format('Talks.')}</visits>".replace("visitor>", "guest>"))
    assert "missing columns visitor; unexpected columns guest" in str(refused(file, folder, "us-visits"))


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names as bytes")
def test_a_file_name_that_is_no_text_does_no_harm(tmp_path: Path, folder: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv"))
    path.write_text(states_text([*STATE_ROWS, STATE_ROWS[0]]))
    done = take(path, folder)
    assert done.provenance.source == "\udcff.csv"
    assert json.loads((folder / "cow-states.json").read_text(encoding="utf-8"))["source"] == "\udcff.csv"
    assert provenance("cow-states", folder=folder) == done.provenance


def test_zip_names_never_become_paths(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../../states2016.csv", states_text())
    assert take(path, folder).path == folder / "cow-states.parquet"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data", "x.zip"]
