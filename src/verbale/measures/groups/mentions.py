"""Reads from a table of events what is compared of each mention: who, what, when as a span of days, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from verbale.core.amendments import AMENDED
from verbale.core.errors import VerbaleError
from verbale.core.ontology import EVENT_TYPES, STATUSES
from verbale.measures.groups.words import TextReader

Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

NEEDED: Final = ("event_id", "source", "target", "type", "date_start")
# What is compared where the table has it, with the type of an empty column in its place.
OPTIONAL: Final = {
    "document_id": "string", "start": "int64", "end": "int64", "quote": "string", "source_sector": "string",
    "target_sector": "string", "source_text": "string", "target_text": "string", "mutual": "boolean", "mode": "string",
    "status": "string", "date_end": "date", "date_precision": "string", "date_text": "string", "place": "string",
    "place_country": "string", "object": "string", "trigger": "string", "coder": "string",
}  # fmt: skip
TEXTS: Final = ("quote", "object", "place")
# Days since 1970 before and after every date that can be written: an act without a date may lie anywhere between them.
BEFORE, AFTER = -(10**7), 10**7
# A denied act is a mention of the act that others tell as done; what was planned, supposed or left undone is another matter.
_STATUS: Final = {status: 0 if status in ("actual", "denied") else number for number, status in enumerate(STATUSES, start=1)}
_YEARS: Final = {"year": 1, "decade": 10, "century": 100}


@dataclass(frozen=True)
class Mentions:
    """Mentions as columns of numbers, one place for each kind of row that differs in nothing that is compared.

    `ids` are the event ids of each; `dyad` numbers unordered pairs (-1 where a party has no code); `kind` is the type's
    place in `EVENT_TYPES` (its length for a mere statement); `first`, `last` are the days on which the act can lie;
    `forward` tells that the source is the first of the pair by alphabet. Codes of texts are -1 where nothing is told. The
    matrices hold a row of words each.
    """

    ids: list[list[str]]
    dyad: Integers
    kind: Integers
    status: Integers
    actual: Truths  # told as done
    first: Integers
    last: Integers
    taken_over: Truths  # the date stands elsewhere in the text, and was taken over from there
    forward: Truths
    mutual: Truths
    codes: dict[str, Integers]  # mode, trigger, place_country, sectors of the pair's first and second party, place, object
    document: Integers
    start: Integers
    end: Integers
    coder: Integers
    words: sparse.csr_matrix
    names: sparse.csr_matrix
    numbers: sparse.csr_matrix
    object_names: sparse.csr_matrix
    place_names: sparse.csr_matrix
    instrument_names: sparse.csr_matrix
    known_instruments: sparse.csr_matrix  # those that the vocabulary lists, by any of their names
    meeting_names: sparse.csr_matrix
    instrument: Truths  # its object is a treaty, an agreement or the like that has a name

    def __len__(self) -> int:
        """Return how many kinds of rows there are."""
        return len(self.ids)


def read_mentions(events: ir.Table) -> Mentions:
    """Return the mentions of a table of events, in the order of their smallest ids.

    Rows without words that are alike in everything else become one: event data without texts repeat them by the hundred.
    """
    rows = _distinct(events).to_pyarrow()
    ids = rows["event_ids"].to_pylist()
    source, target = _text(rows["source"]), _text(rows["target"])
    forward = source <= target
    pairs = [f"{min(both)}\x1f{max(both)}" for both in zip(source, target, strict=True)]
    dyad = pd.factorize(np.array(pairs, dtype=object), sort=True)[0].astype(np.int64)
    dyad[(source == "") | rows["target"].is_null().to_numpy(zero_copy_only=False)] = -1
    first, last = _span(rows)
    reader = TextReader()
    read = [reader.read(*texts) for texts in _texts(rows, source, target)]
    sectors = [_text(rows["source_sector"]), _text(rows["target_sector"])]
    codes = {name: _coded(_text(rows[name])) for name in ("mode", "trigger", "place_country", "place", "object")}
    codes["sector_first"] = _coded(np.where(forward, *sectors))
    codes["sector_second"] = _coded(np.where(forward, sectors[1], sectors[0]))
    places = {kind: number for number, kind in enumerate(EVENT_TYPES)}
    coder = pd.Series(_text(rows["coder"])).str.removesuffix(AMENDED)
    return Mentions(
        ids=ids,
        dyad=dyad,
        kind=np.array([places.get(kind, len(places)) for kind in rows["type"].to_pylist()], dtype=np.int64),
        status=np.array([_STATUS.get(status or "actual", 0) for status in rows["status"].to_pylist()], dtype=np.int64),
        actual=np.array([(status or "actual") == "actual" for status in rows["status"].to_pylist()], dtype=bool),
        first=first,
        last=last,
        taken_over=(first > BEFORE) & (_text(rows["date_text"]) == "") & ("date_text" in events.columns),
        forward=forward,
        mutual=pc.fill_null(rows["mutual"], False).to_numpy(zero_copy_only=False).astype(bool),
        codes=codes,
        document=_coded(_text(rows["document_id"])),
        start=_number(rows["start"]),
        end=_number(rows["end"]),
        coder=pd.factorize(coder)[0].astype(np.int64),
        words=_matrix([one.words for one in read]),
        names=_matrix([one.names for one in read]),
        numbers=_matrix([one.numbers for one in read]),
        object_names=_matrix([one.object_names for one in read]),
        place_names=_matrix([one.place_names for one in read]),
        instrument_names=_matrix([one.instrument_names for one in read]),
        known_instruments=_matrix([one.known_instruments for one in read]),
        meeting_names=_matrix([one.meeting_names for one in read]),
        instrument=np.array([one.instrument for one in read], dtype=bool),
    )


def _distinct(events: ir.Table) -> ir.Table:
    """Return one row per kind of mention; those with words keep their document and are each their own."""
    there = {name: events[name] if name in events.columns else ibis.null(kind) for name, kind in OPTIONAL.items()}
    told = events.select(
        event_id=events.event_id.cast("string"),
        source=events.source,
        target=events.target,
        type=events.type,
        date_start=events.date_start.cast("date"),
        **{name: value.cast(OPTIONAL[name]) for name, value in there.items()},
    )
    worded = told.quote.fill_null("") != ""
    kept = {name: ibis.ifelse(worded, told[name], ibis.null(OPTIONAL[name])) for name in ("document_id", "start", "end")}
    told = told.mutate(worded=ibis.ifelse(worded, told.event_id, ibis.null("string")), **kept)
    keys = [name for name in told.columns if name != "event_id"]
    grouped = told.group_by(keys).aggregate(event_ids=told.event_id.collect(distinct=True).sort())
    return grouped.mutate(smallest=grouped.event_ids[0]).order_by("smallest").drop("worded", "smallest")


def check_ids(ids: pa.ChunkedArray) -> None:
    """Raise `groups-ids` where an id stands twice among the ids of different rows."""
    counts = pc.value_counts(ids.combine_chunks())
    doubled = counts.filter(pc.greater(counts.field("counts"), 1))
    if len(doubled):
        raise VerbaleError("groups-ids", count=len(doubled), event=doubled.field("values")[0].as_py())


def _span(rows: pa.Table) -> tuple[Integers, Integers]:
    """Return the first and the last day on which each act can lie, by its date, its end and what its precision leaves open."""
    begun = pd.Series(rows["date_start"].to_numpy()).to_numpy().astype("datetime64[D]")
    ended = pd.Series(rows["date_end"].to_numpy()).to_numpy().astype("datetime64[D]")
    dated = ~np.isnat(begun)
    ended = np.where(np.isnat(ended), begun, ended)
    precision = pd.Series(rows["date_precision"].fill_null("day").to_pylist())
    years = ended.astype("datetime64[Y]").astype(np.int64) + 1970
    last = ended.astype("datetime64[D]").astype(np.int64)
    month = (precision == "month").to_numpy()
    last[month] = (ended[month].astype("datetime64[M]") + 1).astype("datetime64[D]").astype(np.int64) - 1
    for name, length in _YEARS.items():
        chosen = (precision == name).to_numpy() & dated
        after = (years[chosen] // length + 1) * length - 1970
        last[chosen] = after.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64) - 1
    first = begun.astype(np.int64)
    return np.where(dated, first, BEFORE), np.where(dated, last, AFTER)


def _texts(rows: pa.Table, source: npt.NDArray[Any], target: npt.NDArray[Any]) -> Any:
    """Yield for each row what tells its act in words, and the names of its parties, which tell nothing new."""
    columns = [rows[name].to_pylist() for name in (*TEXTS, "source_text", "target_text")]
    for one, other, *told in zip(source, target, *columns, strict=True):
        yield (*(text or "" for text in told[:3]), one, other, *(text or "" for text in told[3:]))


def _text(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    return np.array(column.fill_null("").to_pylist(), dtype=object)


def _coded(texts: npt.NDArray[Any]) -> Integers:
    """Return a number for each different text, -1 for an empty one."""
    numbers, _ = pd.factorize(pd.Series(texts).replace("", None))
    return numbers.astype(np.int64)


def _number(column: pa.ChunkedArray) -> Integers:
    return np.asarray(column.fill_null(-1).to_numpy(), dtype=np.int64)


def _matrix(rows: list[frozenset[int]]) -> sparse.csr_matrix:
    """Return sets of numbers as a matrix of ones, a row for each set."""
    lengths = np.fromiter((len(row) for row in rows), dtype=np.int64, count=len(rows))
    columns = np.fromiter((one for row in rows for one in sorted(row)), dtype=np.int64, count=int(lengths.sum()))
    ends = np.concatenate([[0], np.cumsum(lengths)])
    width = int(columns.max()) + 1 if len(columns) else 1
    return sparse.csr_matrix((np.ones(len(columns), dtype=np.int32), columns, ends), shape=(len(rows), width))
