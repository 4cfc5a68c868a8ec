"""Where installed datasets lie: one Parquet file each in the user's data folder, with its provenance in it and beside it."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from verbale.core import VerbaleError
from verbale.records.catalogue import Dataset

FOLDER_VARIABLE: Final = "VERBALE_DATA"
# The key in the Parquet file's metadata that holds the provenance as JSON.
METADATA_KEY: Final = "verbale.provenance"


# What Arrow raises for a value that a column's type cannot hold.
WRONG_VALUE: Final = (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError)
_REASONS: Final[dict[type[Exception], str]] = {
    KeyError: "its file was not written by Verbale",
    TypeError: "its file was written by another version of Verbale",
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an installed table was made from and how: enough to cite it, to repeat it, and to count what became of every row.

    `rows_in` is the sum of `rows_used`, `rejected` and the counts of `left_out`; `rows_out` are the rows of the table.
    `repeated` counts identical rows that were kept, in datasets where two rows may be the same. `uncoded` counts names without
    a code. `addresses` are those that a program fetched the file from; `unlisted` are columns of the file that the catalogue
    does not know and the table leaves out; `columns` are those that the user chose, empty for the dataset's own. `as_published`
    tells whether the official file is byte for byte the published one, None where no hash of that is known. `first_year` and
    `last_year` are the edition's domain: beyond it nothing is known, which is not the same as nothing happened.
    """

    name: str
    title: str
    edition: str
    first_year: int
    last_year: int
    home: str
    terms: str
    citation: str
    source: str
    source_sha256: str
    members: tuple[str, ...]
    partial: bool
    rows_in: int
    rows_used: int
    rows_out: int
    rejected: int
    repeated: int
    left_out: Mapping[str, int]
    uncoded: Mapping[str, int]
    installed: str
    program: str
    columns: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    as_published: bool | None = None


def data_folder(folder: str | Path | None = None) -> Path:
    """Return the folder of installed datasets: the argument, else the variable VERBALE_DATA, else the user's data folder."""
    chosen = folder or os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "verbale" / "records"


def parquet_path(name: str, folder: Path) -> Path:
    """Return where the table of a dataset lies."""
    return folder / f"{name}.parquet"


def notes_path(name: str, folder: Path) -> Path:
    """Return where the provenance and the rejected rows of a dataset lie, as JSON for people and other programs."""
    return folder / f"{name}.json"


def counts_path(name: str, folder: Path) -> Path:
    """Return where the counts of an event dataset lie, which `events.counts` makes."""
    return folder / f"{name}.counts.parquet"


# Counts the events of a table (first path) into another file, which tells the provenance and hash of the table.
CountWriter = Callable[[Path, Path, bytes, str], None]


class TableWriter:
    """Writes a table's rows in batches to a draft, which gets its name when everything is written."""

    def __init__(self, dataset: Dataset, folder: Path) -> None:
        """Open a draft in the folder, which is made if need be. Raises VerbaleError `output-unwritable`."""
        self._dataset = dataset
        self._path = parquet_path(dataset.name, folder)
        self._draft = self._path.with_name(f".{self._path.name}.{os.getpid()}.new")
        self._notes_draft = self._draft.with_suffix(".json")
        self._counts_draft = self._draft.with_suffix(".counts")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self._draft, dataset.schema, compression="zstd")
        except OSError as error:
            raise VerbaleError("output-unwritable", path=self._path, reason=error.strerror or str(error)) from error

    def write(self, rows: list[dict[str, Any]]) -> None:
        """Append rows."""
        if rows:
            self._writer.write_table(pa.Table.from_pylist(rows, schema=self._dataset.schema))

    def write_table(self, table: pa.Table) -> None:
        """Append the rows of a table with the columns of the dataset."""
        self._writer.write_table(table.select(self._dataset.schema.names).cast(self._dataset.schema))

    def write_batch(self, batch: pa.RecordBatch) -> None:
        """Append Arrow rows that have the dataset's schema."""
        self._writer.write_batch(batch)

    @contextlib.contextmanager
    def again(self) -> Iterator[Path]:
        """Start the table anew; gives the path of what was written so far, which is removed at the end."""
        self._writer.close()
        former = self._draft.with_suffix(".former")
        self._draft.replace(former)
        try:
            self._writer = pq.ParquetWriter(self._draft, self._dataset.schema, compression="zstd")
            yield former
        finally:
            former.unlink(missing_ok=True)

    def check(self, row: dict[str, Any]) -> None:
        """Raise one of `WRONG_VALUE` for a row with a value that its column cannot hold."""
        pa.Table.from_pylist([row], schema=self._dataset.schema)

    def finish(self, provenance: Provenance, rejections: list[dict[str, Any]], *, count: CountWriter | None = None) -> Path:
        """Write the provenance into the table and beside it, and the counts of an event dataset; give all their names."""
        told, name, folder = dataclasses.asdict(provenance), self._dataset.name, self._path.parent
        self._writer.add_key_value_metadata({METADATA_KEY: _json(told)})
        self._writer.close()
        notes = {**told, "parquet_sha256": file_digest(self._draft)}
        if count is not None:
            count(self._draft, self._counts_draft, _json(told), notes["parquet_sha256"])
            notes["counts_sha256"] = file_digest(self._counts_draft)
        self._notes_draft.write_bytes(_json({**notes, "rejections": rejections}, indent=1) + b"\n")
        if count is not None:
            self._counts_draft.replace(counts_path(name, folder))
        self._draft.replace(self._path)
        self._notes_draft.replace(notes_path(name, folder))
        return self._path

    def abandon(self) -> None:
        """Remove the drafts; what was installed before stays as it was."""
        with contextlib.suppress(OSError):
            self._writer.close()
        for draft in (self._draft, self._notes_draft, self._counts_draft):
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)


def _json(value: object, *, indent: int | None = None) -> bytes:
    """Return JSON in UTF-8; a byte of a file's name that is no text becomes the escape that JSON has for it."""
    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace")


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def provenance_of(dataset: Dataset, folder: Path) -> Provenance:
    """Return the provenance of an installed dataset. Raises VerbaleError `record-not-installed` or `record-damaged`."""
    path = parquet_path(dataset.name, folder)
    if not path.is_file():
        raise VerbaleError(
            "record-not-installed", name=dataset.name, folder=folder, file=" or ".join(dataset.files), home=dataset.home
        )
    try:
        metadata = pq.read_metadata(path).metadata or {}
        told = json.loads(metadata[METADATA_KEY.encode()])
        for name in ("members", "addresses", "unlisted", "columns"):
            told[name] = tuple(told.get(name, ()))
        return Provenance(**told)
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as error:
        reason = _REASONS.get(type(error)) or " ".join(str(error).split())
        raise VerbaleError("record-damaged", name=dataset.name, reason=reason) from error


def check_installed(dataset: Dataset, folder: Path) -> Provenance:
    """Return the provenance after comparing columns, rows and contents with what was written; raises `record-damaged`."""
    provenance = provenance_of(dataset, folder)
    path, notes = parquet_path(dataset.name, folder), notes_path(dataset.name, folder)
    found, schema = pq.read_schema(path), dataset.taking(provenance.columns).schema
    if found.names != schema.names or found.types != schema.types:
        raise VerbaleError("record-damaged", name=dataset.name, reason="its columns are those of another version of Verbale")
    try:
        expected = json.loads(notes.read_text(encoding="utf-8"))["parquet_sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VerbaleError("record-damaged", name=dataset.name, reason=f"{notes} is missing or damaged") from error
    if file_digest(path) != expected:
        raise VerbaleError("record-damaged", name=dataset.name, reason=f"{path} was changed after it was installed")
    if pq.read_metadata(path).num_rows != provenance.rows_out:
        raise VerbaleError("record-damaged", name=dataset.name, reason=f"{path} does not hold {provenance.rows_out} rows")
    return provenance
