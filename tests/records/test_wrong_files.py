"""Every dataset of the catalogue, damaged in every way: a named error, or rows that are counted and listed; nothing is lost."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.records.record_samples import zip_file
from tests.records.samples import Sample, layout_of, sample, take, zipped

from verbale.core import VerbaleError
from verbale.records import DATASETS, Installed
from verbale.records.catalogue import Dataset
from verbale.records.events.recipe import EventDataset
from verbale.records.install import difference
from verbale.records.layouts import Separated

NAMES = list(DATASETS)
# Columns that a table tells years by; a dataset with none of them is of no year.
OF_TIME = {"year", "start", "end"}
# Columns of these have no names.
HEADLESS = {"gleditsch_ward.StateList", "layouts.Headless"}
# One line of these is many rows.
WIDE = {"world_bank.Wide", "sipri_totals.Totals"}


def of(fits: Callable[[Dataset], bool]) -> pytest.MarkDecorator:
    """Run a test on the datasets that it can be said of."""
    return pytest.mark.parametrize("one", [name for name in NAMES if fits(DATASETS[name])], indirect=True)


@pytest.fixture(params=NAMES)
def one(request: pytest.FixtureRequest) -> Sample:
    return sample(request.param)


def counted(done: Installed) -> tuple[int, int, int]:
    """Return rows in, used and rejected, after checking that nothing is missing from the counts."""
    told = done.provenance
    assert told.rows_in == told.rows_used + told.rejected + sum(told.left_out.values())
    assert told.rejected == len(done.rejections)
    return told.rows_in, told.rows_used, told.rejected


def refused(name: str, content: str | bytes) -> VerbaleError:
    with pytest.raises(VerbaleError) as caught:
        take(name, content)
    assert len(str(caught.value)) < 3_000
    return caught.value


def test_the_sample_is_taken_plain_and_zipped(one: Sample) -> None:
    text = one.text()
    assert counted(take(one.dataset.name, text))[1:] == (2, 0)
    inner = zipped(text.encode(), f"folder/{one.dataset.files[0]}")
    assert counted(take(one.dataset.name, zipped(inner, "inner.zip"), file="outer.zip"))[1:] == (2, 0)


def test_a_file_that_is_not_the_published_one_says_so(one: Sample) -> None:
    told = take(one.dataset.name, one.text()).provenance
    known = one.dataset.edition(told.edition)
    assert told.as_published is (False if known and known.sha256 else None)


def test_a_truncated_zip_is_named(one: Sample) -> None:
    whole = zipped(one.text().encode(), one.dataset.files[0])
    for content in (whole[: len(whole) // 2], whole[:-30]):
        error = refused(one.dataset.name, content)
        assert error.code == "record-archive"
        assert "it is cut off or damaged" in str(error)


def test_the_file_of_another_dataset_is_recognised(one: Sample) -> None:
    other = "cow-wars" if one.dataset.name != "cow-wars" else "cow-states"
    error = refused(one.dataset.name, sample(other).text())
    assert error.code == "record-columns"
    assert f"it has the columns of {other}" in str(error)
    assert one.dataset.home in str(error)


def test_the_files_in_a_zip_are_recognised(one: Sample) -> None:
    other = "cow-wars" if one.dataset.name != "cow-wars" else "cow-states"
    with tempfile.TemporaryDirectory() as folder:
        members = {"a.csv": sample(other).text().encode(), "readme.txt": b"Hello."}
        content = zip_file(Path(folder) / "x.zip", members).read_bytes()
    error = refused(one.dataset.name, content)
    assert error.code in ("record-member", "record-columns")  # the latter where half of the columns are the same
    assert other in str(error)


def test_a_file_is_taken_for_no_other_dataset_with_other_columns(one: Sample) -> None:
    found = [name for name in DATASETS if not _differs(name, one.text())]
    assert one.dataset.name in found
    assert {frozenset(DATASETS[name].header) for name in found} == {frozenset(one.dataset.header)}


def _differs(name: str, text: str) -> bool:
    dataset = DATASETS[name]
    return difference(dataset, dataset.layout.columns(text)) is not None


@of(lambda dataset: layout_of(dataset) not in HEADLESS)
def test_a_renamed_column_is_named(one: Sample) -> None:
    needed = [name for name in reversed(one.dataset.header) if name not in one.dataset.optional]
    trials = [(name, re.sub(rf"(?<![\w@-]){re.escape(name)}(?![\w@-])", "qqq", one.text())) for name in needed]
    column, text = next((name, text) for name, text in trials if text != one.text())
    error = refused(one.dataset.name, text)
    assert error.code == "record-columns"
    assert column in str(error)
    assert "missing columns" in str(error)


@of(lambda dataset: layout_of(dataset) in HEADLESS)
def test_a_column_too_few_is_named(one: Sample) -> None:
    text = "".join(line.rpartition("\t")[0] + "\n" for line in one.text().splitlines())
    assert refused(one.dataset.name, text).code == "record-columns"


def test_a_wrong_encoding_is_named(one: Sample) -> None:
    error = refused(one.dataset.name, one.text().encode("utf-16"))
    assert error.code == "record-encoding"
    assert "NUL bytes" in str(error)
    strict = not {"latin-1", "cp1252"} & set(one.dataset.encodings)
    if strict and layout_of(one.dataset) != "us_visits.Records":  # XML tells its encoding itself
        accented = one.text().encode() + "é".encode("latin-1")
        if (
            isinstance(one.dataset, EventDataset) and not one.dataset.quoted
        ):  # read as a stream: the line is rejected, not the file
            done = take(one.dataset.name, accented)
            assert counted(done) == (3, 2, 1)
            assert done.rejections[0].parts["reason"] == "it is not text in utf-8"
            return
        assert "is not text in utf-8" in str(refused(one.dataset.name, accented))


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_other_line_ends_are_read(one: Sample, end: str) -> None:
    assert counted(take(one.dataset.name, one.text().replace("\n", end)))[1:] == (2, 0)


def test_a_repeated_row_is_rejected_or_counted(one: Sample) -> None:
    if layout_of(one.dataset) in WIDE:
        header, line, *rest = one.text().splitlines()
        done = take(one.dataset.name, "\n".join((header, line, line, *rest, "")))
        assert counted(done)[1:] == (2, 2)
        return
    done = take(one.dataset.name, one.text([*one.rows, one.rows[0]]))
    if one.dataset.key:
        assert counted(done) == (3, 2, 1)
        assert f"a row with the same {', '.join(one.dataset.key)} stands in line" in done.rejections[0].reason
    else:
        assert counted(done) == (3, 3, 0)
        # events with numbers that recur are counted: in the sample, both have the same
        assert done.provenance.repeated == (2 if isinstance(one.dataset, EventDataset) else 1)


@of(lambda dataset: bool(OF_TIME & set(dataset.schema.names)))
def test_a_year_outside_the_domain_is_rejected_and_listed(one: Sample) -> None:
    done = take(one.dataset.name, one.text([one.rows[0], one.in_year(one.rows[1], one.outside)]))
    assert counted(done)[1:] == (1, 1)
    assert one.outside in done.rejections[0].reason


@of(lambda dataset: isinstance(dataset.layout, Separated))
def test_a_line_that_was_cut_off_is_rejected_and_listed(one: Sample) -> None:
    done = take(one.dataset.name, one.text() + "1")
    assert counted(done) == (3, 2, 1)
    assert "it has 1 fields; the header has" in done.rejections[0].reason


def test_a_long_file_of_no_dataset_is_refused_by_its_columns(one: Sample) -> None:
    # the beginning of a file is shown to every layout, that of tables with few lines among them
    assert refused(one.dataset.name, "one,other\n" + "1,2\n" * 6_000).code in {"record-columns", "record-member"}
