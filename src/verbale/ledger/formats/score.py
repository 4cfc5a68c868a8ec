"""The score layout: per clause one line with lists of actors, as coders and human readers are compared."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from verbale.core import Actor, Event
from verbale.core.ontology import EventType
from verbale.ledger.formats.base import BadRow, Exported, Imported, Mapping, json_lines, write_json_line
from verbale.ledger.formats.checking import read_row

# The layout allows no longer evidence.
MAX_EVIDENCE: Final = 600
# All codes of organisations; where a gold standard knows only generic codes they become IGO, or NGO by sector.
ORGANISATIONS: Final = frozenset({"UNO", "LON", "NATO", "EUR", "OAS", "ARAB", "AFU", "WTOP", "OTH"})


@dataclass(frozen=True, slots=True)
class ScoreRecord:
    """One line: a clause (offsets, end exclusive), who acts on whom as lists of codes, what, and when as ISO text."""

    doc: str
    start: int
    end: int
    source: tuple[str, ...]
    target: tuple[str, ...]
    mutual: bool
    type: EventType
    date: str | None = None
    date_end: str | None = None
    confidence: float = 0.0
    quote: str = ""
    events: tuple[str, ...] = ()

    def line(self) -> dict[str, Any]:
        """Return the record as it is written."""
        return {
            "doc": self.doc,
            "start": self.start,
            "end": self.end,
            "source": list(self.source),
            "target": list(self.target),
            "mutual": self.mutual,
            "type": self.type,
            "date": self.date,
            "date_end": self.date_end,
            "confidence": self.confidence,
            "quote": self.quote,
            "events": list(self.events),
        }


def write(records: Iterable[Exported], file: BinaryIO, mapping: Mapping) -> int:
    """Write the actual events of each document (records come document by document) and return the number of lines."""
    number = 0
    for (name, _), group in itertools.groupby(
        records, key=lambda record: (record.document_name, record.event.evidence.document_id)
    ):
        for record in score_records(name, (exported.event for exported in group), igo=mapping.igo):
            write_json_line(record.line(), file)
            number += 1
    return number


def score_records(name: str, events: Iterable[Event], *, igo: bool = False) -> list[ScoreRecord]:
    """Return one document's actual events as records.

    Events of the same clause, type and date are one record where each of its sources acts on each of its targets; a mutual
    record lists its parties as sources.
    """
    groups: dict[tuple[Any, ...], list[Event]] = {}
    for event in events:
        if event.status == "actual":
            start, end = _span(event)
            date = event.date
            key = (start, end, event.type, date.iso() if date else None, date.iso_end() if date else None, event.mutual)
            groups.setdefault(key, []).append(event)
    records = []
    for (start, end, kind, date, date_end, mutual), members in sorted(groups.items(), key=lambda item: _order(item[0])):
        first = members[0].evidence
        quote = first.quote[start - first.start : end - first.start]
        pairs: dict[tuple[str, str], list[Event]] = {}
        for event in members:
            pairs.setdefault((_code(event.source, igo=igo), _code(event.target, igo=igo)), []).append(event)
        for source, target in _cliques(pairs) if mutual else _products(pairs):
            inside = [event for pair, found in pairs.items() if _covers(pair, source, target, mutual=mutual) for event in found]
            surest = max(event.confidence for event in inside)
            ids = tuple(event.event_id for event in inside)
            records.append(ScoreRecord(name, start, end, source, target, mutual, kind, date, date_end, surest, quote, ids))
    return records


def read(path: Path, mapping: Mapping) -> Iterator[Imported | BadRow]:
    """Yield the events of a file in this layout, one per pair of actors, or what is wrong with a line."""
    for number, record in json_lines(path):
        if isinstance(record, BadRow):
            yield record
            continue
        for row in _rows(number, record, mapping):
            yield row if isinstance(row, BadRow) else read_row(number, row)


def _rows(number: int, record: dict[str, Any], mapping: Mapping) -> Iterator[dict[str, Any] | BadRow]:
    sources, targets, name = record.get("source"), record.get("target"), record.get("doc")
    if not isinstance(sources, list) or not isinstance(targets, list) or not sources:
        yield BadRow(number, "source and target are not lists of actor codes")
        return
    if not isinstance(name, str):
        yield BadRow(number, "doc is missing")
        return
    found = mapping.find_document(name) if mapping.find_document else None
    document_id, text = found or (name, "")
    start, end = record.get("start"), record.get("end")
    quote = record.get("quote")
    if not quote and isinstance(start, int) and isinstance(end, int):
        quote = text[start:end]
    date, precision = _padded(record.get("date"))
    date_end, _ = _padded(record.get("date_end"))
    base = {name: record.get(name) for name in ("start", "end", "mutual", "type", "confidence")}
    base |= {
        "document_id": document_id,
        "quote": quote or "",
        "date_start": date,
        "date_precision": precision,
        "date_end": date_end,
    }
    base |= {"coder": record.get("coder"), "coder_version": record.get("coder_version")}
    if record.get("mutual") is True:
        parties = list(dict.fromkeys(map(str, [*sources, *targets])))
        pairs = list(itertools.combinations(parties, 2)) or [(parties[0], "")]
    else:
        pairs = [(source, target) for source in sources for target in targets or [""]]
    for source, target in pairs:
        yield base | {"source": source, "target": target}


def _padded(date: object) -> tuple[str | None, str | None]:
    """Return a date cut to year or month as a full one, and its precision."""
    if not isinstance(date, str):
        return (None, None) if date is None else (str(date), None)
    return {4: (f"{date}-01-01", "year"), 7: (f"{date}-01", "month")}.get(len(date), (date, "day"))


def _span(event: Event) -> tuple[int, int]:
    """Return the evidence's offsets, cut to the allowed length around the trigger where it is longer."""
    start, end, quote = event.evidence.start, event.evidence.end, event.evidence.quote
    if end - start <= MAX_EVIDENCE:
        return start, end
    at = quote.find(event.trigger) if event.trigger else -1
    first = min(max(at - MAX_EVIDENCE // 2, 0), end - start - MAX_EVIDENCE) if at >= MAX_EVIDENCE // 2 else 0
    return start + first, start + first + MAX_EVIDENCE


def _order(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(part or "" if not isinstance(part, (int, bool)) else part for part in key)


def _code(actor: Actor, *, igo: bool) -> str:
    if igo and actor.code in ORGANISATIONS:
        return "NGO" if actor.sector == "NGO" else "IGO"
    return actor.code


def _products(pairs: Iterable[tuple[str, str]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Gather pairs into lists of sources and targets of which every combination is a pair.

    Acts within one country stay by themselves: beside others, a list would no longer tell them from a country's mere mention.
    """
    targets: dict[str, set[str]] = {}
    alone = []
    for source, target in pairs:
        if source == target:
            alone.append(((source,), (target,)))
        else:
            targets.setdefault(source, set()).add(target)
    gathered: dict[tuple[str, ...], list[str]] = {}
    for source, found in targets.items():
        with_target = tuple(sorted(found - {""}))
        if with_target:
            gathered.setdefault(with_target, []).append(source)
        if "" in found:
            gathered.setdefault((), []).append(source)
    return alone + [(tuple(sorted(sources)), found) for found, sources in gathered.items()]


def _cliques(pairs: Iterable[tuple[str, str]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Gather the pairs of a mutual act into one list of parties when each acted with each; else leave them pairs."""
    unordered = {tuple(sorted({source, target} - {""})) for source, target in pairs}
    parties = sorted({party for pair in unordered for party in pair})
    if len(parties) > 1 and set(itertools.combinations(parties, 2)) == unordered:
        return [(tuple(parties), ())]
    return [(tuple(pair), ()) for pair in sorted(unordered)]


def _covers(pair: tuple[str, str], source: tuple[str, ...], target: tuple[str, ...], *, mutual: bool) -> bool:
    if mutual:
        parties = set(pair) - {""}
        return parties <= set(source) and (len(source) > 2 or parties == set(source))
    if len(source) == len(target) == 1 and source == target:
        return pair == (source[0], target[0])
    return pair[0] in source and (pair[1] in target or (not target and not pair[1])) and pair[0] != pair[1]
