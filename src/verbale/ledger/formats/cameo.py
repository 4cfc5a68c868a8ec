"""CAMEO codes in GDELT-like columns, tab-separated: for programs and scripts that were written for GDELT, ICEWS or Phoenix.

CAMEO has no field for what did not happen, so only events that the text asserts as done are written. The columns after GDELT's
own name the evidence; files without them are no input for a ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from verbale.core import EVENT_TYPES, Actor, Event
from verbale.core.schema import event_to_row
from verbale.ledger.formats.base import MAX_LINE_BYTES, BadRow, Exported, Imported, Mapping
from verbale.ledger.formats.checking import read_row

GDELT_COLUMNS: Final = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1Type1Code",
    "Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2Type1Code",
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "ActionGeo_FullName", "ActionGeo_CountryCode", "SOURCEURL",
)  # fmt: skip
# Column of ours: field of the event record.
OWN_COLUMNS: Final = {
    "DocumentID": "document_id",
    "EvidenceStart": "start",
    "EvidenceEnd": "end",
    "EvidenceText": "quote",
    "Mutual": "mutual",
    "PloverType": "type",
    "PloverMode": "mode",
    "DatePrecision": "date_precision",
    "DateEnd": "date_end",
    "SaidBy": "said_by",
    "Object": "object",
    "Trigger": "trigger",
    "Confidence": "confidence",
    "Coder": "coder",
    "CoderVersion": "coder_version",
}
_ESCAPES: Final = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
_NEEDED: Final = (
    "Actor1CountryCode",
    "Actor2CountryCode",
    "EventCode",
    "DocumentID",
    "EvidenceStart",
    "EvidenceEnd",
    "EvidenceText",
)


def write(records: Iterable[Exported], file: BinaryIO, mapping: Mapping) -> int:
    """Write the actual events as tab-separated lines under a heading, and return how many."""
    if mapping.cameo_code is None:
        message = "the CAMEO layout needs the mapping from PLOVER to CAMEO codes"
        raise ValueError(message)
    columns = (*GDELT_COLUMNS, *OWN_COLUMNS)
    file.write(("\t".join(columns) + "\n").encode())
    number = 0
    for record in records:
        if record.event.status == "actual":
            row = cameo_row(record, mapping.cameo_code(record.event.type, record.event.mode))
            file.write(("\t".join(_escape(row[column]) for column in columns) + "\n").encode())
            number += 1
    return number


def cameo_row(record: Exported, code: str) -> dict[str, Any]:
    """Return an event under the column names of GDELT and ours; a date that is known to the year is the year's first day."""
    event, flat = record.event, event_to_row(record.event)
    date = event.date.start if event.date else None
    row: dict[str, Any] = dict.fromkeys(GDELT_COLUMNS, "")
    row |= {"GLOBALEVENTID": event.event_id, "SOURCEURL": record.document_name}
    if date:
        row |= {
            "SQLDATE": f"{date:%Y%m%d}",
            "MonthYear": f"{date:%Y%m}",
            "Year": f"{date:%Y}",
            "FractionDate": _fraction(event),
        }
    row |= _actor_columns("Actor1", event.source) | _actor_columns("Actor2", event.target)
    row |= {
        "IsRootEvent": 1,
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": quad_class(code),
    }
    row |= {"GoldsteinScale": event.intensity, "NumMentions": 1, "NumSources": 1, "NumArticles": 1}
    if event.place:
        row |= {"ActionGeo_FullName": event.place.text, "ActionGeo_CountryCode": event.place.country}
    return row | {column: flat[field] for column, field in OWN_COLUMNS.items()}


def quad_class(code: str) -> int:
    """Return GDELT's quadrant of a CAMEO code: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."""
    root = int(code[:2])
    return 1 + (root > 5) + (root > 8) + (root > 13)


def read(path: Path, mapping: Mapping) -> Iterator[Imported | BadRow]:
    """Yield the events of a file in this layout, or what is wrong with a line; the type comes from ours or the CAMEO code."""
    with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        columns = file.readline(MAX_LINE_BYTES).rstrip("\r\n").split("\t")
        missing = [name for name in _NEEDED if name not in columns]
        if missing:
            yield BadRow(0, f"the heading lacks {', '.join(missing)}")
            return
        for number, line in enumerate(iter(lambda: file.readline(MAX_LINE_BYTES), ""), start=1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != len(columns):
                yield BadRow(number, f"the line has {len(cells)} cells, the heading {len(columns)}")
                continue
            yield _event(number, dict(zip(columns, map(_unescape, cells), strict=True)), mapping)


def _event(number: int, cells: dict[str, str], mapping: Mapping) -> Imported | BadRow:
    row: dict[str, Any] = {field: cells.get(column) for column, field in OWN_COLUMNS.items()}
    if row["type"] not in EVENT_TYPES:
        found = mapping.plover_type(cells["EventCode"]) if mapping.plover_type else None
        if found is None:
            return BadRow(number, f"EventCode is {cells['EventCode']!r}, a code that PLOVER has no type for")
        row["type"], row["mode"] = found
    date = cells.get("SQLDATE", "")
    row |= {
        "source": cells["Actor1CountryCode"],
        "source_sector": cells.get("Actor1Type1Code"),
        "source_text": cells.get("Actor1Name"),
        "target": cells["Actor2CountryCode"],
        "target_sector": cells.get("Actor2Type1Code"),
        "target_text": cells.get("Actor2Name"),
        "mutual": row["mutual"] or "false",
        "date_start": f"{date[:4]}-{date[4:6]}-{date[6:]}" if date else None,
        "place": cells.get("ActionGeo_FullName"),
        "place_country": cells.get("ActionGeo_CountryCode"),
        "intensity": cells.get("GoldsteinScale"),
    }
    return read_row(number, row)


def _actor_columns(role: str, actor: Actor) -> dict[str, str]:
    return {
        f"{role}Code": actor.code + actor.sector,
        f"{role}Name": actor.text,
        f"{role}CountryCode": actor.code,
        f"{role}Type1Code": actor.sector,
    }


def _fraction(event: Event) -> str:
    """Return the year with the part of it that has passed, as GDELT counts it: months of 30 days."""
    if event.date is None:
        return ""
    day = event.date.start
    return f"{day.year + ((day.month - 1) * 30 + min(day.day, 30)) / 365:.4f}"


def _escape(value: object) -> str:
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    for plain, escaped in _ESCAPES:
        text = text.replace(plain, escaped)
    return text


def _unescape(cell: str) -> str:
    """Undo `_escape`, one backslash at a time, so that an escaped backslash before a t stays one."""
    if "\\" not in cell:
        return cell
    letters = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    out, position = [], 0
    while position < len(cell):
        following = cell[position + 1 : position + 2]
        if cell[position] == "\\" and following in letters:
            out.append(letters[following])
            position += 2
        else:
            out.append(cell[position])
            position += 1
    return "".join(out)
