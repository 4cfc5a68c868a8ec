"""A tiny valid official file for every dataset: two rows under its published header, found by trying what each column takes."""

from __future__ import annotations

import csv
import functools
import io
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.records.record_samples import zip_file

from verbale.core import VerbaleError
from verbale.records import DATASETS, Dataset, Installed, install
from verbale.records.datasets import cow_organisations, us_visits

Rows = Sequence[dict[str, str]]
MAX_TRIALS = 60
# What columns hold that cannot be found by trying, because every value is taken or the first that is taken says nothing.
KNOWN: dict[str, dict[str, str]] = {
    "un-votes": {"vote": "1"},
    "un-votes-library": {"ms_code": "IRN"},
    "world-bank": {"Country Code": "IRN", "Indicator Code": "A.B", "value": "1.5"},
    "sipri-transfers": {"Recipient": "Iran", "Supplier": "Soviet Union"},
    "sipri-totals": {"Supplier": "Russia", "Recipient": "Iran", "tiv": "5"},
    "gdelt-events": {"SQLDATE": "19900304", "MonthYear": "199003", "Year": "1990"},
    "phoenix-events": {"Date": "20140304", "Year": "2014", "Month": "3"},
    "ged-events": {"type_of_violence": "1", "gwnoa": "2", "gwnob": "20", "country_id": "2"},
    "us-visits": {"from@id": "iran", "from": "Iran"},
    "us-travels": {"country@id": "iran", "country": "Iran"},
}


def year_of(dataset: Dataset) -> int:
    """Return a year that all editions of a dataset cover and that stands nowhere else in a sample."""
    first = max(edition.first for edition in dataset.editions.values())
    last = min(edition.last for edition in dataset.editions.values())
    return min(max(1990, first), last - 1)


def _separated(dataset: Dataset, rows: Rows) -> str:
    """Write what most layouts are: a header line, and a line for each row."""
    out = io.StringIO(newline="")
    divider = str(getattr(dataset.layout, "delimiter", ","))
    writer = csv.DictWriter(out, dataset.header, delimiter=divider, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _headless(dataset: Dataset, rows: Rows) -> str:
    return "".join("\t".join(row[name] for name in dataset.header) + "\n" for row in rows)


def _organisations(dataset: Dataset, rows: Rows) -> str:
    layout = dataset.layout
    assert isinstance(layout, cow_organisations.Wide)
    about = dataset.header[: dataset.header.index(layout.first)]
    lines = [[*about, layout.first, "EU", "NATO"], *([*(row[name] for name in about), "1", "0", "2"] for row in rows)]
    return "".join(",".join(line) + "\n" for line in lines)


def _register(dataset: Dataset, rows: Rows) -> str:
    header = ",".join(" " if name.endswith("?") else name for name in dataset.header)
    return "".join(f"{line}\n" for line in (header, *(",".join(row[name] for name in dataset.header) for row in rows)))


def _records(dataset: Dataset, rows: Rows) -> str:
    layout = dataset.layout
    assert isinstance(layout, us_visits.Records)
    return f"<all>\n{''.join(_element(layout.element, row) for row in rows)}</all>\n"


def _element(name: str, row: dict[str, str]) -> str:
    def attributes(tag: str) -> str:
        return "".join(f' {one.partition("@")[2]}="{value}"' for one, value in row.items() if one.startswith(f"{tag}@"))

    inner = "".join(f"<{tag}{attributes(tag)}>{value}</{tag}>" for tag, value in row.items() if "@" not in tag)
    return f"<{name}{attributes(name)}>{inner}</{name}>\n"


def _indicators(dataset: Dataset, rows: Rows) -> str:
    first = dataset.header[:4]
    lines = [[*first, *(row["year"] for row in rows)]]
    lines += [[*(rows[0][name] for name in first), *(row["value"] for row in rows)]]
    return "".join(",".join(line) + "\n" for line in lines)


def _totals(_dataset: Dataset, rows: Rows) -> str:
    lines = [["Supplier", *dict.fromkeys(row["year"] for row in rows)]]
    lines += [[rows[0]["Supplier"], *(row["tiv"] for row in rows)], [f"Total exports to {rows[0]['Recipient']}"]]
    return "".join(",".join(line) + "\n" for line in lines)


# Layouts that are otherwise than a header line with a line for each row, by module and class.
WRITERS: dict[str, Callable[[Dataset, Rows], str]] = {
    "cow_organisations.Wide": _organisations,
    "gleditsch_ward.StateList": _headless,
    "layouts.Headless": _headless,
    "sipri_totals.Totals": _totals,
    "sipri_transfers.TradeRegister": _register,
    "us_visits.Records": _records,
    "world_bank.Wide": _indicators,
}


def layout_of(dataset: Dataset) -> str:
    """Return the module and class of a dataset's layout, as `world_bank.Wide`."""
    kind = type(dataset.layout)
    return f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"


@dataclass(frozen=True)
class Sample:
    """A dataset's tiny official file: its rows, and how they are written down."""

    dataset: Dataset
    rows: tuple[dict[str, str], ...]

    @property
    def year(self) -> str:
        return str(year_of(self.dataset))

    @property
    def outside(self) -> str:
        """A year that no edition covers."""
        return "1066" if all(edition.first > 1066 for edition in self.dataset.editions.values()) else "2999"

    def text(self, rows: Rows | None = None) -> str:
        return WRITERS.get(layout_of(self.dataset), _separated)(self.dataset, self.rows if rows is None else rows)

    def in_year(self, row: dict[str, str], year: str) -> dict[str, str]:
        """Return a row told of another year, whichever of the two that samples have; the edition stays."""
        kept, two = self.dataset.version_column, (self.year, str(int(self.year) + 1))
        return {name: text if name == kept else text.replace(two[0], year).replace(two[1], year) for name, text in row.items()}


def take(name: str, content: str | bytes, *, file: str = "file.csv") -> Installed:
    """Install a dataset from a file with this content, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return install(name, file=path, folder=Path(folder) / "data", partial=True)


def zipped(content: bytes, name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return zip_file(Path(folder) / "file.zip", {name: content}).read_bytes()


def _guesses(dataset: Dataset, column: str) -> list[str]:
    """Return what a column may hold, the likeliest first."""
    year, low = year_of(dataset), column.lower()
    edition = next((one for one in dataset.editions if one != "*"), "4")
    likely = [
        (column == dataset.version_column, edition),
        ("year" in low or "yr" in low, str(year)),
        ("date" in low, f"{year}-03-04"),
        (bool(re.search(r"(code|state|no|mem|num|cow|gw).?2|stateb|numb|statehno", low)), "20"),
        ("code" in low or "state" in low or "gwno" in low, "2"),
        (low in ("start", "begin"), f"{year}-03-04"),
        (low == "end", f"{year}-03-05"),
        ("mo" in low or "mnth" in low, "3"),
    ]
    dates = [f"{year}-03-04", f"{year}03", f"3/4/{year}", f"04:03:{year}", f"{year}0304"]
    return [text for fits, text in likely if fits] + ["1", "2", "0", str(year), *dates, "Y", "IRN", "Iran", "A", ""]


def _reason(name: str, content: str) -> str | None:
    """Return why the first row of a file cannot be used, None where it can."""
    try:
        done = take(name, content)
    except VerbaleError as error:
        return str(error.parts.get("first", error))
    return done.rejections[0].parts["reason"] if done.rejections else None


def _blamed(row: dict[str, str], reason: str) -> str:
    """Return the column that a reason speaks of: by its name, else by the value that it begins with."""
    named = [
        name for name in row if re.match(rf"{re.escape(name)}\b", reason) or re.search(rf"[(, ]{re.escape(name)}\b", reason)
    ]
    return max(named, key=len) if named else next(name for name, text in row.items() if text and reason.startswith(text))


def _first_row(dataset: Dataset) -> dict[str, str]:
    known = KNOWN.get(dataset.name, {})
    waiting = {name: _guesses(dataset, name) for name in dataset.header}
    row = {name: known.get(name) or waiting[name].pop(0) for name in dataset.header}
    reason: str | None = ""
    for _ in range(MAX_TRIALS):
        reason = _reason(dataset.name, Sample(dataset, (row,)).text())
        if reason is None:
            return row
        blamed = _blamed(row, reason)
        row[blamed] = waiting[blamed].pop(0)
    message = f"no sample of {dataset.name} was found; say in KNOWN what its columns hold: {reason}"
    raise AssertionError(message)


def _second_row(dataset: Dataset, row: dict[str, str]) -> dict[str, str]:
    """Return a row with another key: a year later, or the next number."""
    year = str(year_of(dataset))
    later = Sample(dataset, (row,)).in_year(row, str(int(year) + 1))
    trials: list[dict[str, Any]] = [later]
    trials += [{**row, name: str(int(row[name]) + 1)} for name in dataset.key if row[name].isdigit()]
    trials += [{**row, name: text} for name in dataset.key for text in ("20", f"{row[name]}b")]
    for trial in trials:
        if _reason(dataset.name, Sample(dataset, (row, trial)).text()) is None:
            return trial
    message = f"no second row of {dataset.name} was found"
    raise AssertionError(message)


@functools.cache
def sample(name: str) -> Sample:
    """Return the sample of a dataset, made once."""
    dataset = DATASETS[name]
    row = _first_row(dataset)
    return Sample(dataset, (row, _second_row(dataset, row)))
