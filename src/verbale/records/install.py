"""Installs a dataset from a file, the user's own or one that was fetched: finds the official file, checks it, writes the table.

Every row of the official file is used, left out for a stated reason, or rejected with its line and reason; the counts add up.
"""

from __future__ import annotations

import csv
import datetime
import importlib.metadata
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import numpy as np
import pyarrow as pa
from defusedxml import DefusedXmlException

from verbale.core import Rejection, Settings, VerbaleError
from verbale.records.catalogue import ANY_EDITION, Dataset, Edition, keep_all
from verbale.records.datasets import DATASETS
from verbale.records.datasets import dataset as find
from verbale.records.download import Watcher, fetch
from verbale.records.events.counts import write_counts
from verbale.records.events.install import check_dedup, take_events
from verbale.records.events.recipe import EventDataset
from verbale.records.intake import Part, digest_of, parts_of, reading
from verbale.records.layouts import Unreadable
from verbale.records.plain import Keys, Plain
from verbale.records.rows import Row
from verbale.records.store import WRONG_VALUE, Provenance, TableWriter, data_folder

# Rows in memory at a time: some 20 MB of Python objects.
BATCH: Final = 20_000
# The longest official column has 29 characters; what is longer comes from a file that is no table.
LONGEST_NAME: Final = 60
# So many names fit a message that is still read.
SHOWN: Final = 12
# More than any file has lines.
LINES: Final = 1 << 40
# Official files have at most a few bad rows in a thousand; a file of which more than a tenth is unusable is another file. In a
# short part that somebody chose, up to ten bad rows are listed and the rest is used.
MAX_REJECTED_SHARE: Final = 0.1
REJECTED_ALWAYS_ALLOWED: Final = 10

# The line of an official row, and its fields.
RawRow = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Installed:
    """The result of an install: the Parquet file, its provenance with all counts, and the rejected rows with their reasons."""

    path: Path
    provenance: Provenance
    rejections: tuple[Rejection, ...]


@dataclass(slots=True)
class _Counts:
    """What became of the rows so far; `keys` has file and line of every key as one number, to hold millions."""

    rows_in: int = 0
    rows_used: int = 0
    rows_out: int = 0
    repeated: int = 0
    first_year: int = datetime.MAXYEAR
    last_year: int = datetime.MINYEAR
    left_out: Counter[str] = field(default_factory=Counter)
    uncoded: Counter[str] = field(default_factory=Counter)
    unlisted: set[str] = field(default_factory=set)
    editions: Counter[str] = field(default_factory=Counter)
    rejections: list[Rejection] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    packed: Keys = field(default_factory=Keys)


@dataclass(frozen=True, slots=True)
class _Ways:
    """How the user wants a dataset installed; see `install`."""

    partial: bool
    dedup: str
    columns: tuple[str, ...]


def install(
    name: str,
    *,
    file: str | Path | None = None,
    folder: str | Path | None = None,
    partial: bool = False,
    columns: Sequence[str] = (),
    dedup: str = "none",
    edition: str | None = None,
    again: bool = False,
    settings: Settings | None = None,
    watch: Watcher | None = None,
) -> Installed:
    """Install a dataset from the user's own file, a zip as published, or a folder; without a file, fetch it from its owner.

    What was installed before is replaced. `partial` takes a file with fewer rows than its edition has; `columns` chooses the
    columns of a dataset that has thousands; `dedup` leaves out repeats in event data (`none`, `document`, `dyad-day`: see
    docs/event-data.md). Of a download, `edition` chooses another than the newest, `again` fetches what was fetched before, and
    `watch` shows how far it is. Raises VerbaleError `record-by-hand` or `download-...` where the program cannot fetch the file,
    and one of the other `record-...` errors, which say what differs, for a file that is not the dataset's; nothing is changed
    then.
    """
    wanted, limits = find(name).taking(columns), settings or Settings()
    check_dedup(dedup, name=name, events=isinstance(wanted, EventDataset))
    if file is None and edition is not None and isinstance(wanted, EventDataset) and wanted.days:
        wanted = wanted.of_days(edition)
    ways = _Ways(partial=partial, dedup=dedup, columns=tuple(columns))
    file = file or wanted.bundled
    if file is not None:
        return _install(wanted, Path(file).expanduser(), (), folder, limits, ways)
    fetched = fetch(wanted, folder=data_folder(folder), edition=edition, again=again, settings=limits, watch=watch)
    try:
        return _install(wanted, fetched.path, fetched.urls, folder, limits, ways)
    except VerbaleError as error:
        if error.code != "output-unwritable":
            fetched.forget()
        raise


def _install(
    wanted: Dataset,
    path: Path,
    urls: tuple[str, ...],
    folder: str | Path | None,
    settings: Settings,
    ways: _Ways,
) -> Installed:
    largest = max(settings.max_unpacked_bytes, wanted.unpacked_bytes)
    chosen = _choose(wanted, path, parts_of(path, settings=replace(settings, max_unpacked_bytes=largest)))
    told = next((edition for part in chosen if (edition := _edition(wanted, part))), wanted.only_edition)
    writer = TableWriter(wanted, data_folder(folder))
    try:
        counts = _Counts()
        if isinstance(wanted, EventDataset):
            taken = take_events(wanted, chosen, writer, dedup=ways.dedup)
            counts = _Counts(**{name: getattr(taken, name) for name in taken.__slots__})
        else:
            for part in chosen:
                _take(wanted, part, counts, writer, told)
        edition = " and ".join(sorted(counts.editions)) or told or ANY_EDITION
        _check_counts(wanted, path, counts, edition, partial=ways.partial)
        provenance = _provenance(wanted, path, chosen, counts, edition, partial=ways.partial)
        provenance = replace(provenance, addresses=urls, columns=ways.columns)
        listed = [
            {"line": one.parts.get("line"), "reason": one.parts.get("reason"), "path": one.path} for one in counts.rejections
        ]
        written = writer.finish(provenance, listed, count=write_counts if isinstance(wanted, EventDataset) else None)
    except OSError as error:
        writer.abandon()
        raise VerbaleError("output-unwritable", path=data_folder(folder), reason=error.strerror or str(error)) from error
    except BaseException:
        writer.abandon()
        raise
    return Installed(written, provenance, tuple(counts.rejections))


def _edition(wanted: Dataset, part: Part) -> str | None:
    return wanted.layout.edition(part.start()) or wanted.edition_in_name(part.name)


def _choose(wanted: Dataset, path: Path, parts: list[Part]) -> list[Part]:
    """Return the parts with the columns of the dataset; otherwise raise an error that says what is there instead."""
    found = [(part, wanted.layout.columns(part.start())) for part in parts]
    fitting = [part for part, columns in found if not difference(wanted, columns)]
    named = [part for part in fitting if part.name.lower() in {one.lower() for one in wanted.files}]
    chosen = fitting if wanted.many_files or len(fitting) == 1 else named
    facts = {"name": wanted.name, "file": " or ".join(wanted.files), "home": wanted.home}
    if len(parts) == 1 and not fitting and "\0" in parts[0].start():
        parts[0].encoding(wanted.encodings)  # raises: the columns cannot be read because this is no text in these encodings
    if wanted.many_files:
        for part, columns in found:
            if columns and part not in fitting:
                raise VerbaleError("record-columns", path=part.label, difference=_explain(wanted, part, columns), **facts)
    if len(chosen) == 1 or (chosen and wanted.many_files):
        return chosen
    if fitting:
        raise VerbaleError("record-ambiguous", path=path, members=_listed([part.name for part in fitting]), **facts)
    shared = [len(set(columns) & set(wanted.header)) for _, columns in found]
    # of several files, the one that has at least half of the columns is the one that was meant
    if len(parts) != 1 and max(shared, default=0) * 2 < len(wanted.header):
        held = [part.name + _whose(part, " ({})") for part in parts[:SHOWN]] + [part.name for part in parts[SHOWN:]]
        raise VerbaleError("record-member", path=path, members=_listed(held) or "nothing", **facts)
    part, columns = found[shared.index(max(shared))]
    raise VerbaleError("record-columns", path=part.label, difference=_explain(wanted, part, columns), **facts)


def difference(wanted: Dataset, columns: tuple[str, ...]) -> tuple[list[str], list[str]] | None:
    """Return the official columns that are missing and those that are unexpected, or None where the columns fit."""
    names = Counter(wanted.official(column) for column in columns)
    official = Counter(wanted.header)
    missing = list((official - names).elements())
    unexpected = [] if wanted.unlisted else [one for one in (names - official).elements() if one not in wanted.optional]
    missing = [column for column in missing if column not in wanted.optional]
    missing += [" or ".join(sorted(group)) for group in wanted.one_of if not group & set(names)]
    return (missing, unexpected) if missing or unexpected or not columns else None


def _explain(wanted: Dataset, part: Part, columns: tuple[str, ...]) -> str:
    """Say which columns are missing or unexpected, and which dataset the file is, if it is another of ours."""
    missing, unexpected = difference(wanted, columns) or ([], [])
    said = [f"missing columns {_listed(missing)}"] if missing else []
    said += [f"unexpected columns {_listed(unexpected)}"] if unexpected else []
    return "; ".join(said) + _whose(part, "; it has the columns of {}")


def _whose(part: Part, sentence: str) -> str:
    """Return the sentence with the names of the datasets that have the columns of a file, or nothing."""
    start = part.start()
    found = [one.name for one in DATASETS.values() if not difference(one, one.layout.columns(start))]
    return sentence.format(" or ".join(found)) if found else ""


def _listed(names: list[str]) -> str:
    """Join names for a message, cut where they are absurdly long; more than a dozen are counted instead."""
    shown = ", ".join(repr(name) if not name.strip() else name[:LONGEST_NAME] for name in names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown


def _take(wanted: Dataset, part: Part, counts: _Counts, writer: TableWriter, told: str | None) -> None:
    """Read one official file into the table."""
    encoding = part.encoding(wanted.encodings)
    columns = tuple(wanted.official(column) for column in wanted.layout.columns(part.start()))
    counts.files.append(part.label)
    counts.unlisted |= set(columns) - set(wanted.header)
    raw = _raw_rows(wanted, part, encoding)
    while rows := list(itertools.islice(raw, BATCH)):
        counts.rows_in += len(rows)
        if not _take_at_once(wanted, columns, rows, counts, writer, told):
            _take_one_by_one(wanted, part, columns, rows, counts, writer, told)


def _take_at_once(
    wanted: Dataset, columns: tuple[str, ...], rows: list[RawRow], counts: _Counts, writer: TableWriter, told: str | None
) -> bool:
    """Write a batch of rows at once if nothing is wrong with any of them; otherwise return False and change nothing."""
    plain, edition = wanted.tidy, wanted.edition(told or ANY_EDITION)
    simple = wanted.key and not wanted.version_column and wanted.leave_out is keep_all
    if not isinstance(plain, Plain) or not plain.in_batches or not simple or edition is None or len(counts.files) > 1:
        return False
    if any(len(fields) != len(columns) for _, fields in rows):
        return False
    table = plain.batch(dict(zip(columns, zip(*(fields for _, fields in rows), strict=True), strict=True)))
    if table is None:
        return False
    years = table["year"].to_numpy()
    keys = Keys.packed([table[name] for name in wanted.key])
    if keys is None or years.min() < edition.first or years.max() > edition.last:
        return False
    seen = [number for key in counts.keys if (number := Keys.of_text(key)) is not None]
    lines = np.array([line for line, _ in rows], np.int64)
    if np.isin(keys, seen).any() or not counts.packed.add(keys, lines):
        return False
    writer.write_table(table.append_column("line", pa.array(lines, pa.int32())))
    counts.first_year, counts.last_year = min(counts.first_year, int(years.min())), max(counts.last_year, int(years.max()))
    counts.editions[told or ANY_EDITION] += len(rows)
    counts.rows_used += len(rows)
    counts.rows_out += len(rows)
    return True


def _take_one_by_one(
    wanted: Dataset,
    part: Part,
    columns: tuple[str, ...],
    rows: list[RawRow],
    counts: _Counts,
    writer: TableWriter,
    told: str | None,
) -> None:
    """Write the rows that can be used, and list the others with their reasons."""
    batch: list[dict[str, Any]] = []
    for line, fields in rows:
        try:
            if isinstance(fields, Unreadable):
                raise Row(part.label, line, {}).fail(fields.reason)
            if len(fields) != len(columns):
                raise Row(part.label, line, {}).fail(f"it has {len(fields)} fields; the header has {len(columns)}")
            batch += _tidy(wanted, Row(part.label, line, _named(columns, fields)), counts, told)
        except VerbaleError as error:
            if error.code != "record-row":
                raise
            counts.rejections.append(Rejection.of(part.label, error))
    for start in range(0, len(batch), BATCH):  # one official row can be many of ours
        _write(part, batch[start : start + BATCH], counts, writer)


def _write(part: Part, batch: list[dict[str, Any]], counts: _Counts, writer: TableWriter) -> None:
    """Write rows; one with a value that its column cannot hold is rejected by itself."""
    try:
        writer.write(batch)
        return
    except WRONG_VALUE:
        pass
    kept: list[dict[str, Any]] = []
    for one in batch:
        try:
            writer.check(one)
            kept.append(one)
        except WRONG_VALUE as error:
            problem = Row(part.label, one["line"], {}).fail(f"a value does not fit its column ({' '.join(str(error).split())})")
            counts.rejections.append(Rejection.of(part.label, problem))
            counts.rows_used -= 1
            counts.rows_out -= 1
    writer.write(kept)


def _named(columns: tuple[str, ...], fields: list[str]) -> dict[str, str]:
    """Return the fields by column; a layout makes the names of columns unique where the file does not."""
    return dict(zip(columns, fields, strict=True))


def _raw_rows(wanted: Dataset, part: Part, encoding: str) -> Iterator[RawRow]:
    try:
        with reading(part.label), part.open() as stream:
            yield from wanted.layout.rows(stream, encoding)
    except (csv.Error, ParseError) as error:
        kind = "XML" if isinstance(error, ParseError) else "comma-separated text"
        raise VerbaleError("file-broken", path=part.label, kind=kind, reason=str(error)) from error
    except DefusedXmlException as error:
        raise VerbaleError("xml-declarations", path=part.label, reason=type(error).__name__) from error


def _tidy(wanted: Dataset, row: Row, counts: _Counts, told: str | None) -> list[dict[str, Any]]:
    """Return the rows of our table for one official row; raises `record-row`, or `record-edition` for the whole file."""
    version = row.text(wanted.version_column) if wanted.version_column else (told or ANY_EDITION)
    edition = wanted.edition(version)
    if edition is None:
        if counts.rows_used == 0:
            raise VerbaleError(
                "record-edition", path=row.path, name=wanted.name, found=repr(version), allowed=", ".join(wanted.editions)
            )
        raise row.fail(f"its edition is {version!r}")
    if (reason := wanted.leave_out(row)) is not None:
        counts.left_out[reason] += 1
        return []
    _check_key(wanted, row, counts)
    rows = [{**one, "line": row.line} for one in wanted.tidy(row)]
    for one in rows:
        _check_years(row, one, edition, counts)
        for code, words in wanted.uncoded:
            if one[code] is None and one[words] is not None:
                counts.uncoded[f"{one[words]}"] += 1
    counts.editions[version] += 1
    counts.rows_used += 1
    counts.rows_out += len(rows)
    return rows


def _check_key(wanted: Dataset, row: Row, counts: _Counts) -> None:
    """Reject a second row with the same key; of a dataset without a key, count the repeated rows and keep them."""
    key = "\x1f".join([row.text(column) for column in wanted.key or wanted.header])
    here = len(counts.files) - 1, row.line
    earlier = counts.packed.line(Keys.of_text(key)) if wanted.key else None
    number = here[0] * LINES + here[1]
    first = (0, earlier) if earlier else divmod(counts.keys.setdefault(key, number), LINES)
    if first != here:
        if wanted.key:
            where = f"line {first[1]}" if first[0] == here[0] else f"{counts.files[first[0]]}, line {first[1]}"
            raise row.fail(f"a row with the same {', '.join(wanted.key)} stands in {where}")
        counts.repeated += 1


def _check_years(row: Row, one: dict[str, Any], edition: Edition, counts: _Counts) -> None:
    """Reject a row of a year that its edition does not cover: it would count as an observation where there was none."""
    for name in ("year", "start", "end"):
        value = one.get(name)
        year = value.year if isinstance(value, datetime.date) else value
        if year is not None and not edition.first <= year <= edition.last:
            raise row.fail(f"the {name} {year} lies outside {edition.first}-{edition.last}")
        if year is not None and not counts.first_year <= year <= counts.last_year:
            counts.first_year, counts.last_year = min(year, counts.first_year), max(year, counts.last_year)


def _check_counts(wanted: Dataset, path: Path, counts: _Counts, edition: str, *, partial: bool) -> None:
    """Refuse a file that is mostly unusable, empty, or shorter than its edition."""
    rejected = len(counts.rejections)
    facts = {"name": wanted.name, "file": " or ".join(wanted.files), "home": wanted.home}
    if counts.rows_used == 0 or rejected > max(counts.rows_in * MAX_REJECTED_SHARE, REJECTED_ALWAYS_ALLOWED):
        first = counts.rejections[0].parts["reason"] if rejected else "it holds no rows"
        raise VerbaleError("record-unusable", path=path, rejected=rejected, total=counts.rows_in, first=first, **facts)
    known = wanted.edition(edition)
    expected = known.rows if known else None
    if expected is not None and counts.rows_in < expected and not partial:
        raise VerbaleError(
            "record-length", path=path, name=wanted.name, found=counts.rows_in, expected=expected, edition=edition
        )


def _provenance(wanted: Dataset, path: Path, chosen: list[Part], counts: _Counts, edition: str, *, partial: bool) -> Provenance:
    # an edition that we know has its published domain; of any other, the years with rows are all that can be said
    known = wanted.editions.get(edition) if edition != ANY_EDITION else None
    first, last = (known.first, known.last) if known else (counts.first_year, counts.last_year)
    published = found.sha256 if (found := wanted.edition(edition)) else None
    return Provenance(
        name=wanted.name,
        title=wanted.title,
        edition=edition,
        first_year=first,
        last_year=last,
        home=wanted.home,
        terms=wanted.terms,
        citation=wanted.citation,
        source=path.name,
        source_sha256=digest_of(path),
        members=tuple(part.name for part in chosen),
        partial=partial,
        rows_in=counts.rows_in,
        rows_used=counts.rows_used,
        rows_out=counts.rows_out,
        rejected=len(counts.rejections),
        repeated=counts.repeated,
        left_out=dict(counts.left_out),
        uncoded=dict(counts.uncoded.most_common()),
        unlisted=tuple(sorted(counts.unlisted)),
        as_published=chosen[0].digest() == published if published else None,
        installed=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        program=importlib.metadata.version("verbale"),
    )
