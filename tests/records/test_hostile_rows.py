"""Fields that no official file has: whatever stands in a row, an install ends with counts that add up or in a named error."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.records.record_samples import official_file

from verbale.core import VerbaleError
from verbale.records import DATASETS, install
from verbale.records.layouts import Separated
from verbale.records.plain import Plain

# The copies of columns that stay as they are share one tidy step, so that a few of them stand for all.
PLAIN = {"ps-archigos", "ps-cow-distances", "ps-ucdp-conflicts"}
SEPARATED = [
    name
    for name, dataset in DATASETS.items()
    if isinstance(dataset.layout, Separated) and (name in PLAIN or not isinstance(dataset.tidy, Plain))
]
# Numbers at and beyond every edge, dates that are none, and text that other programs trip over.
FIELDS = st.sampled_from(
    ["", "0", "1", "2", "-9", "-8", "5", "12", "31", "99", "255", "345", "816", "651, 645", "1945", "1946", "1999", "2010",
     "201001", "1999-12-31", "1999-12-31 00:00:00.000", "1999-02-30", "1/31/1999", "99/99/9999", "1/1/99999999999999999999",
     "9" * 25, "-" + "9" * 25, "9" * 5000, "1e999", "nan", "inf", "NA", "1.5", "1999.0", "٣", "²", "x", "\x1b[2J", "=1+1",
     "a\nb", '"', "Y", "yes", "IRN", "e\u0301" * 50, "\ud7ff"]
)  # fmt: skip


@pytest.mark.parametrize("name", SEPARATED)
@given(data=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_field_breaks_an_install(name: str, data: st.DataObject) -> None:
    dataset = DATASETS[name]
    edition = next(iter(dataset.editions))
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(dataset.header, FIELDS)), max_size=4))
    if dataset.version_column and edition != "*":
        rows = [{**row, dataset.version_column: edition} for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        file = official_file(Path(folder), name, rows)
        with contextlib.suppress(VerbaleError):
            counts = install(name, file=file, folder=Path(folder) / "data", partial=True).provenance
            told = counts.rows_used + counts.rejected + sum(counts.left_out.values())
            assert counts.rows_in == told == len(rows)


@given(content=st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("name", ["cow-states", "sipri-transfers", "us-visits"])
def test_no_bytes_break_an_install(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for start in (b"", b"PK\x03\x04", b"\x1f\x8b\x08"):
            file = Path(folder) / "file"
            file.write_bytes(start + content)
            with pytest.raises(VerbaleError):
                install(name, file=file, folder=Path(folder) / "data", partial=True)
