"""Reads event files as streams into our event table: every row is used, left out for a reason, or rejected with its line.

Nothing is held whole: lines come in blocks, queries turn them into our columns, and what a text means (an actor's code, a CAMEO
code) is looked up once for each different text of a batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from verbale.core import Rejection, VerbaleError
from verbale.engine import Scratch
from verbale.records.events.columns import TYPES
from verbale.records.events.lines import FIELDS_SCHEMA, LINES_SCHEMA, field_batches, line_batches
from verbale.records.events.recipe import DIVIDER, EventDataset, Lookup
from verbale.records.events.repeats import DEDUP, Repeats, without_repeats
from verbale.records.intake import Part
from verbale.records.rows import Row
from verbale.records.store import TableWriter

# A file of which this many rows are bad, and more than a tenth, is no file of the dataset; the rest need not be read.
HOPELESS: Final = 20_000
HOPELESS_SHARE: Final = 0.1
# Hashes of numbers that are held to see whether one recurs, eight bytes each: 320 MB. Beyond them the table itself is searched.
HELD: Final = 40_000_000


@dataclass(slots=True)
class Taken:
    """What became of the rows of event files."""

    rows_in: int = 0
    rows_used: int = 0
    rows_out: int = 0
    repeated: int = 0
    first_year: int = 9999
    last_year: int = 1
    left_out: Counter[str] = field(default_factory=Counter)
    uncoded: Counter[str] = field(default_factory=Counter)
    rejections: list[Rejection] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def check_dedup(dedup: str, *, name: str, events: bool) -> None:
    """Raise `record-dedup` for a way to leave out repeats that does not exist, or for a dataset that is no event data."""
    allowed = tuple(DEDUP) if events else ("none",)
    if dedup not in allowed:
        raise VerbaleError("record-dedup", dedup=dedup, name=name, allowed=", ".join(allowed))


def take_events(wanted: EventDataset, parts: Sequence[Part], writer: TableWriter, *, dedup: str = "none") -> Taken:
    """Write the events of official files into a table and return the counts.

    Repeated numbers are rejected where the dataset's are unique; `dedup` names a key of `repeats.DEDUP` of which only the first
    event stays. Both need a second pass, which is made only where something repeats.
    """
    taken = Taken(files=[part.label for part in parts])
    numbers = _Numbers()
    for batch, hashes in _events(wanted, parts, taken):
        numbers.see(batch.column("event_id"), hashes)
        _count_years(batch.column("date_start"), taken)
        taken.rows_out += len(batch)
        writer.write_batch(batch)
    again = dedup != "none" or numbers.may_recur()
    found = without_repeats(wanted, writer, dedup=dedup) if again else Repeats()
    taken.repeated = found.kept
    taken.left_out.update(found.left_out)
    labels = {part.name: part.label for part in parts}
    for file, line, reason in found.rejected:
        taken.rejections.append(_rejection(labels.get(file, file), line, reason))
    taken.rows_out -= len(found.rejected) + sum(found.left_out.values())
    taken.rows_used = taken.rows_out
    return taken


def _events(wanted: EventDataset, parts: Sequence[Part], taken: Taken) -> Iterator[tuple[pa.RecordBatch, pa.Array]]:
    """Yield the events in the columns of the table, with hashes of their numbers; files of one layout are read together."""
    groups: dict[tuple[str, ...], list[tuple[int, Part]]] = {}
    for number, part in enumerate(parts):
        columns = tuple(wanted.official(column) for column in wanted.layout.columns(part.start()))
        groups.setdefault(columns, []).append((number, part))
    names = pa.array([part.name for part in parts], pa.string())
    for columns, group in groups.items():
        with Scratch() as scratch:
            if wanted.quoted:
                scratch.lend("incoming", FIELDS_SCHEMA, field_batches(group, wanted.layout, wanted.encodings))
            else:
                lines = line_batches(group, header=wanted.has_header, encodings=wanted.encodings)
                scratch.lend("incoming", LINES_SCHEMA, lines)
            for raw in scratch.batches(wanted.query(columns)):
                taken.rows_in += len(raw)
                sound = _sound(raw, parts, taken)
                if len(sound):
                    yield _shaped(wanted, sound, names, taken.uncoded), sound.column("number_hash")
                _give_up_if_hopeless(wanted, parts, taken)


def _sound(raw: pa.RecordBatch, parts: Sequence[Part], taken: Taken) -> pa.RecordBatch:
    """Return the rows without a problem, and list the others as rejected."""
    problems = raw.column("problem")
    if problems.null_count == len(raw):
        return raw
    bad = raw.filter(pc.is_valid(problems))
    for file, line, problem in zip(*(bad.column(name).to_pylist() for name in ("file", "line", "problem")), strict=True):
        taken.rejections.append(_rejection(parts[file].label, line, problem))
    return raw.filter(pc.is_null(problems))


def _rejection(label: str, line: int, reason: str) -> Rejection:
    return Rejection.of(label, Row(label, line, {}).fail(reason))


def _give_up_if_hopeless(wanted: EventDataset, parts: Sequence[Part], taken: Taken) -> None:
    rejected = len(taken.rejections)
    if rejected >= HOPELESS and rejected > taken.rows_in * HOPELESS_SHARE:
        first = taken.rejections[0].parts["reason"]
        facts = {"name": wanted.name, "file": " or ".join(wanted.files), "home": wanted.home}
        raise VerbaleError("record-unusable", path=parts[0].label, rejected=rejected, total=taken.rows_in, first=first, **facts)


def _shaped(wanted: EventDataset, rows: pa.RecordBatch, names: pa.Array, uncoded: Counter[str]) -> pa.RecordBatch:
    """Return the rows in the columns of the table, with what the lookups give."""
    found: dict[str, pa.Array] = {name: rows.column(name) for name in rows.schema.names if name in TYPES}
    found["file"] = names.take(rows.column("file"))
    for index, lookup in enumerate(wanted.lookups):
        found |= _looked_up(lookup, rows.column(f"lookup_{index}"), uncoded)
    schema = wanted.schema
    arrays = [found[one.name].cast(one.type) if one.name in found else pa.nulls(len(rows), one.type) for one in schema]
    return pa.record_batch(arrays, schema=schema)


def _looked_up(lookup: Lookup, keys: pa.Array, uncoded: Counter[str]) -> dict[str, pa.Array]:
    """Return the columns of a lookup, and count what it could not code."""
    coded = keys.dictionary_encode()
    different = [key.split(DIVIDER) for key in coded.dictionary.to_pylist()]
    values = [lookup.function(*key) for key in different]
    missing = {index: value[-1] for index, value in enumerate(values) if value[-1] is not None}
    if missing:
        for one in pc.value_counts(coded.indices).to_pylist():
            if one["values"] in missing:
                uncoded[missing[one["values"]]] += one["counts"]
    columns: dict[str, pa.Array] = {}
    for place, name in enumerate(lookup.gives):
        given: list[Any] = [value[place] for value in values]
        columns[name] = pa.array(given, TYPES[name]).take(coded.indices)
    return columns


def _count_years(dates: pa.Array, taken: Taken) -> None:
    ends = pc.min_max(dates)
    taken.first_year = min(taken.first_year, ends["min"].as_py().year)
    taken.last_year = max(taken.last_year, ends["max"].as_py().year)


class _Numbers:
    """Tells whether numbers of events may recur, so that the second pass over a large table is made only for cause.

    Numbers that rise from row to row, as in published files, cannot. Others are compared by their hashes at the end.
    """

    def __init__(self) -> None:
        self._rising = True
        self._last: pa.Scalar | None = None
        self._hashes: list[npt.NDArray[np.uint64]] = []
        self._count = 0

    def see(self, numbers: pa.Array, hashes: pa.Array) -> None:
        """Take the numbers of a batch."""
        if self._rising:
            follow = self._last is None or pc.less(self._last, numbers[0]).as_py()
            rising = len(numbers) == 1 or pc.all(pc.less(numbers[:-1], numbers[1:])).as_py()
            self._rising = bool(follow and rising)
            self._last = pa.scalar(numbers[-1].as_py())
        self._count += len(numbers)
        if self._count <= HELD:
            # a copy: a column that is held keeps the whole batch in memory that it came from
            self._hashes.append(np.array(hashes.to_numpy(zero_copy_only=False)))

    def may_recur(self) -> bool:
        """Tell whether a number may stand in two rows; two hashes that happen to be equal only cost a second look."""
        if self._rising:
            return False
        if self._count > HELD:
            return True
        ordered = np.sort(np.concatenate(self._hashes))
        return bool((ordered[1:] == ordered[:-1]).any())
