"""The copies out of the R package peacesciencer: what becomes of their values, and that batches give what single rows give."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.records.record_samples import SHARED, official_file

from verbale.records import DATASETS, Installed, install
from verbale.records import install as installing
from verbale.records.plain import Keys, Plain

COPIES = SHARED.parent / "peacesciencer"
NAMES = [name for name, one in DATASETS.items() if isinstance(one.tidy, Plain) and name.startswith("ps-")]
# The files of a million rows take seconds each; their beginnings show the same.
LARGE = {"ps-cow-distances": 60_000, "ps-gw-distances": 60_000, "ps-cow-igos": 60_000}
needs_copies = pytest.mark.skipif(not COPIES.is_dir(), reason="needs the copies in ../shared/records")


def take(name: str, tmp_path: Path, *rows: Mapping[str, object]) -> tuple[Installed, list[dict[str, Any]]]:
    done = install(name, file=official_file(tmp_path, name, rows), folder=tmp_path / "data", partial=True)
    return done, pq.read_table(done.path).to_pylist()


def test_a_leader_has_the_code_of_the_first_day_in_office(tmp_path: Path) -> None:
    row = {"obsid": "GMY-1", "gwcode": 265, "leadid": "a", "leader": "A  B", "yrborn": "NA", "gender": "F",
           "startdate": "1950-02-01", "enddate": "1960-12-31", "entry": "Regular", "exit": "Regular"}  # fmt: skip
    done, (one,) = take("ps-archigos", tmp_path, row, {**row, "obsid": "GMY-2", "startdate": ""})
    assert (one["code"], one["leader"], one["yrborn"], one["exitcode"]) == ("DDR", "A B", None, None)
    assert (one["startdate"], one["enddate"]) == (datetime.date(1950, 2, 1), datetime.date(1960, 12, 31))
    assert [error.parts["reason"] for error in done.rejections] == ["startdate is missing"]
    assert (done.provenance.first_year, done.provenance.last_year) == (1870, 2015)  # the domain, not what the file has


def test_a_state_that_no_list_has_is_kept_without_a_code(tmp_path: Path) -> None:
    row = {"tssr_id": 1, "rivalry": "x", "ccode1": 324, "ccode2": 640, "start": 1494, "end": 1717, "spatial": 1}
    done, (one,) = take("ps-rivalries-tss", tmp_path, row, {**row, "tssr_id": 2, "ccode1": 999})
    assert (one["code1"], one["code2"], one["ccode1"], one["spatial"], one["positional"]) == (None, "TUR", 324, True, None)
    assert [error.parts["reason"] for error in done.rejections] == ["999 is no number of a state"]


def test_only_the_wars_know_minus_nine_as_missing(tmp_path: Path) -> None:
    war = {"warnum": 1, "warname": "x", "wartype": "local issues", "year": 1900, "ccodea": 365, "sidea": "Russia",
           "ccodeb": -8, "sideb": "rebels", "sideadeaths": -9, "sidebdeaths": 10}  # fmt: skip
    _, (one,) = take("ps-cow-wars-intra", tmp_path, war)
    assert (one["code_a"], one["ccodeb"], one["code_b"], one["sideadeaths"], one["sidebdeaths"]) == (
        "RUS",
        None,
        None,
        None,
        10,
    )
    _, (one,) = take("ps-territorial-threat", tmp_path, {"ccode": 365, "year": 1900, "lterrthreat": -9, "sd": 0.1})
    assert (one["lterrthreat"], one["sd"], one["m_lterrthreat"]) == (-9.0, 0.1, None)


def test_a_year_outside_the_domain_is_rejected(tmp_path: Path) -> None:
    row = {"ccode1": 2, "ccode2": 20, "year": 1990, "mindist": 0}
    done, rows = take("ps-cow-distances", tmp_path, row, {**row, "year": 1885}, {**row, "year": 2020})
    assert [one["year"] for one in rows] == [1990]
    assert [error.parts["reason"] for error in done.rejections] == [
        "the year 1885 lies outside 1886-2019",
        "the year 2020 lies outside 1886-2019",
    ]


_FAULTY = st.one_of(
    st.tuples(
        *(st.sampled_from(values) for values in (["2", "20", "345"], ["200", "365"], ["1900", "1991"], ["0", "1.5", ""]))
    ),
    st.tuples(
        st.sampled_from(["2", "02", "2.0", "999", "-1", "", "x", "99999"]),
        st.sampled_from(["200", "365", "NA"]),
        st.sampled_from(["1900", "1885", "2020", "", "12345678901"]),
        st.sampled_from(["0", "-9", "1e3", ".5", "1,5", "NA", "nan", "inf", "9" * 40]),
    ),
    st.tuples(st.just("2"), st.just("200")),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(_FAULTY, min_size=1, max_size=12))
def test_batches_give_what_single_rows_give(
    rows: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("batches")
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(DATASETS["ps-cow-distances"].header)
    # good rows, each of another year, so that the file is never mostly unusable
    writer.writerows([*[("740", "750", str(year), "1.25") for year in range(1886, 2020)], *rows])
    file = folder / "file.csv"
    file.write_text(text.getvalue(), newline="")

    def outcome(*, batches: bool, size: int) -> tuple[Any, ...]:
        with monkeypatch.context() as patched:
            patched.setattr(installing_module(), "BATCH", size)
            if not batches:
                patched.setattr(installing_module(), "_take_at_once", lambda *_: False)
            done = install("ps-cow-distances", file=file, folder=folder / "data", partial=True)
        told = done.provenance
        counts = (told.rows_in, told.rows_used, told.rows_out, told.rejected, told.repeated, told.edition)
        reasons = [(one.parts["line"], one.parts["reason"]) for one in done.rejections]
        return counts, reasons, pq.read_table(done.path).to_pylist()

    expected = outcome(batches=False, size=20_000)
    for size in (4, 20_000):
        assert outcome(batches=True, size=size) == expected


def installing_module() -> Any:
    """Return the module, which its function of the same name hides in the room."""
    return sys.modules[installing.__module__]


def test_keys_find_the_line_of_an_earlier_row() -> None:
    keys = Keys()
    assert keys.add(np.array([5, 3], np.int64), np.array([2, 3], np.int64))
    assert not keys.add(np.array([7, 7], np.int64), np.array([4, 5], np.int64))
    assert not keys.add(np.array([9, 3], np.int64), np.array([4, 5], np.int64))
    assert [keys.line(key) for key in (3, 5, 7, 9, None)] == [3, 2, None, None, None]
    assert Keys.of_text("2\x1f20\x1f1990") == 2_0020_1990
    assert [Keys.of_text(text) for text in ("02", "2\x1f", "x", "10000", "1\x1f1\x1f1\x1f1\x1f1")] == [None] * 5


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Installed, list[dict[str, Any]]]]:
    folder = tmp_path_factory.mktemp("copies")
    found = {}
    for name in NAMES:
        file = next(path for path in (COPIES / one for one in DATASETS[name].files) if path.is_file())
        if name in LARGE:
            with gzip.open(file, "rt", encoding="utf-8") as stream:
                text = "".join(line for _, line in zip(range(LARGE[name] + 1), stream, strict=False))
            file = folder / f"{name}.csv"
            file.write_text(text, encoding="utf-8")
        done = install(name, file=file, folder=folder / "data", partial=name in LARGE)
        found[name] = (done, pq.read_table(done.path).to_pylist())
    return found


@needs_copies
def test_every_copy_is_taken_whole(copies: dict[str, tuple[Installed, list[dict[str, Any]]]]) -> None:
    for name, (done, rows) in copies.items():
        (edition,) = DATASETS[name].editions.values()
        expected, out = LARGE.get(name, edition.rows or 0), {"a year beyond 2007, the last that the edition covers": 3}
        counts = done.provenance
        assert counts.left_out == (out if name == "ps-cow-wars-intra" else {}), name
        assert (counts.rows_in, counts.rejected) == (expected, 0), name
        assert counts.rows_out == len(rows) == expected - sum(counts.left_out.values()), name
        assert (counts.first_year, counts.last_year) == (edition.first, edition.last), name
        assert counts.repeated == (24 if name == "ps-hief" else 0), name


@needs_copies
def test_copies_keep_every_value(copies: dict[str, tuple[Installed, list[dict[str, Any]]]]) -> None:
    for name, (_, rows) in copies.items():
        file = next(path for path in (COPIES / one for one in DATASETS[name].files) if path.is_file())
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        published = list(_every(csv.DictReader(io.StringIO(data.decode(), newline="")), 997))
        by_line = {row["line"]: row for row in rows}
        pairs = [(by_line[number], row) for number, row in published if number in by_line]
        assert pairs, name
        for ours, theirs in pairs:
            for column, text in theirs.items():
                value = ours[column]
                if value is None:
                    assert text in {"", "-8", "-9"}, (name, column, text)
                else:
                    assert _same(value, text), (name, column, value, text)


def _every(rows: Any, step: int) -> Any:
    """Give some rows with their lines."""
    return ((number, row) for number, row in enumerate(rows, start=2) if number % step == 2)


def _same(value: Any, text: str) -> bool:
    if isinstance(value, str | datetime.date):
        return str(value) == " ".join(text.split())
    return float(value) == float(text)


@needs_copies
def test_states_of_copies_have_codes_of_their_time(copies: dict[str, tuple[Installed, list[dict[str, Any]]]]) -> None:
    without = {
        (name, row[number])
        for name, (_, rows) in copies.items()
        for row in rows
        for code, number in (("code", "ccode"), ("code1", "ccode1"), ("code2", "ccode2"), ("code_a", "gwno_a"))
        if code in row and row[code] is None and row.get(number) is not None
    }
    assert without == {("ps-rivalries-tss", 324), ("ps-rivalries-td", 324), ("ps-ucdp-conflicts", 751)}
    _, wars = copies["ps-cow-wars-intra"]
    assert {row["code_a"] for row in wars if row["ccodea"] == 345} <= {"SRB", "YUG"}
