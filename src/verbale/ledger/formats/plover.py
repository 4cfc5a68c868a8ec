"""PLOVER JSON: the field names of the PLOVER codebook (Open Event Data Alliance, 2021), one record a line.

What PLOVER has no field for stands under `verbale`, which the codebook allows, so that nothing is lost on the way back.
Records of other programs are read too, if they say which words they rest on (`text`, `text_info`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from verbale.core import Actor
from verbale.core.schema import flat_row
from verbale.ledger.formats.base import BadRow, Exported, Imported, Mapping, json_lines, write_json_line
from verbale.ledger.formats.checking import read_row

_QUAD_CODES: Final = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
# PLOVER says by context what did not happen, or not yet.
_STATUS_CONTEXTS: Final = {"denied": "negation", "omitted": "negation", "intended": "future", "hypothetical": "hypothetical"}
_CONTEXT_STATUSES: Final = {"negation": "denied", "future": "intended", "hypothetical": "hypothetical"}
# Type names of the codebook's drafts before and after 2021 that are ours under another name.
_OLD_TYPES: Final = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
_OWN: Final = (
    "source_entity", "target_entity", "contexts", "status", "said_by", "date_precision", "date_text", "date_calendar",
    "object", "confidence", "coder", "coder_version", "intensity", "mutual", "quote",
)  # fmt: skip


def write(records: Iterable[Exported], file: BinaryIO, mapping: Mapping) -> int:  # noqa: ARG001 - the form of all writers
    """Write events as PLOVER records and return how many."""
    number = 0
    for number, record in enumerate(records, start=1):  # noqa: B007 - counted
        write_json_line(plover_record(record), file)
    return number


def plover_record(record: Exported) -> dict[str, Any]:
    """Return an event as a PLOVER record; the parties of a mutual act are all sources, as the codebook asks."""
    event, row = record.event, flat_row(record.event)
    parties = [_actor(event.source)], [_actor(event.target)] if event.target.code else []
    contexts = [*event.contexts, *([_STATUS_CONTEXTS[event.status]] if event.status in _STATUS_CONTEXTS else [])]
    written: dict[str, Any] = {
        "id": event.event_id,
        "has_event": True,
        "date": row["date_start"],
        "enddate": row["date_end"],
        "source": [*parties[0], *parties[1]] if event.mutual else parties[0],
        "recipient": [] if event.mutual else parties[1],
        "event": [event.type],
        "event_text": [event.trigger] if event.trigger else [],
        "event_loc": {"name": event.place.text, "cc3": event.place.country} if event.place else None,
        "quad_code": _QUAD_CODES[event.quad],
        "event_scale": event.intensity,
        "mode": [event.mode] if event.mode else [],
        "context": contexts,
        "text": event.evidence.quote,
        "text_info": {"start": event.evidence.start, "end": event.evidence.end},
        "cite_info": {"citation": event.evidence.document_id, "title": record.document_name, "coder": event.coder},
        "coder": f"{event.coder} {event.coder_version}".strip(),
    }
    return {name: value for name, value in written.items() if value is not None} | {
        "verbale": {name: row[name] for name in _OWN}
    }


def read(path: Path, mapping: Mapping) -> Iterator[Imported | BadRow]:
    """Yield the events of a file of PLOVER records, one per pair of actors and type, or what is wrong with a line."""
    for number, record in json_lines(path):
        if isinstance(record, BadRow):
            yield record
        elif record.get("has_event") is not False:
            for row in _rows(number, record, mapping):
                yield row if isinstance(row, BadRow) else read_row(number, row)


def _rows(number: int, record: dict[str, Any], mapping: Mapping) -> Iterator[dict[str, Any] | BadRow]:
    sources, targets = _actors(record.get("source")), _actors(record.get("recipient", record.get("target")))
    kinds = _words(record.get("event"))
    if not sources or targets is None or not kinds:
        yield BadRow(number, "source, recipient and event are not a list of actors, a list of actors and an event type")
        return
    base = _base(record, mapping)
    mutual = not targets and len(sources) > 1
    pairs = (
        list(itertools.combinations(sources, 2)) if mutual else [(one, other) for one in sources for other in targets or [{}]]
    )
    for kind in kinds:
        for source, target in pairs:
            row = base | {"type": _OLD_TYPES.get(kind, kind)}
            row["mutual"] = base["mutual"] if base["mutual"] is not None and len(pairs) == 1 else mutual
            yield row | _columns("source", source) | _columns("target", target)


def _base(record: dict[str, Any], mapping: Mapping) -> dict[str, Any]:
    own = _object(record.get("verbale"))
    info, cite, place = (_object(record.get(name)) for name in ("text_info", "cite_info", "event_loc"))
    contexts = _words(record.get("context"))
    name = cite.get("citation") or cite.get("url") or cite.get("title")
    found = mapping.find_document(name) if mapping.find_document and isinstance(name, str) else None
    row = {key: own.get(key) for key in _OWN}
    row |= {
        "document_id": found[0] if found else name,
        "start": info.get("start"),
        "end": info.get("end"),
        "quote": record.get("text", own.get("quote")),
        "date_start": record.get("date"),
        "date_end": record.get("enddate"),
        "mode": next(iter(_words(record.get("mode"))), None),
        "trigger": next(iter(_words(record.get("event_text", record.get("eventText")))), None),
        "place": place.get("name"),
        "place_country": place.get("cc3"),
    }
    if not own:
        row["status"] = next((_CONTEXT_STATUSES[word] for word in contexts if word in _CONTEXT_STATUSES), "actual")
        row["contexts"] = [word for word in contexts if word not in _CONTEXT_STATUSES]
        row["intensity"] = record.get("event_scale")
        row["coder"] = record.get("coder")
    return row


def _actor(actor: Actor) -> dict[str, str]:
    fields = {"code": actor.code, "sector": actor.sector, "actor_text": actor.text, "identifier_text": actor.entity}
    return {name: value for name, value in fields.items() if value}


def _columns(role: str, actor: dict[str, Any]) -> dict[str, Any]:
    columns = {
        role: actor.get("code", ""),
        f"{role}_sector": actor.get("sector"),
        f"{role}_text": actor.get("actor_text", actor.get("actorText")),
    }
    return columns | ({f"{role}_entity": actor["identifier_text"]} if "identifier_text" in actor else {})


def _actors(value: object) -> list[dict[str, Any]] | None:
    """Return a list of actor objects, empty where there is none, None where it is something else."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) and all(isinstance(actor, dict) for actor in value) else None


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
