"""The columns of event data: those of our event record, then what the datasets tell besides."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from verbale.core.schema import EVENT_SCHEMA
from verbale.records.catalogue import Column

_OURS: Final = {
    "event_id": "the dataset's own number of the event",
    "document_id": "the report: an address, or the number of the story",
    "start": "not told by event data",
    "end": "not told by event data",
    "quote": "not told by event data",
    "source": "our code of the acting party; empty where it is no state or organisation",
    "source_sector": "PLOVER sector of the acting party",
    "source_text": "the acting party as the dataset names it",
    "source_entity": "the state or organisation behind the code in that year",
    "target": "our code of the party acted upon; empty where it is none, or no state or organisation",
    "target_sector": "PLOVER sector of the party acted upon",
    "target_text": "the party acted upon as the dataset names it",
    "target_entity": "the state or organisation behind the code in that year",
    "mutual": "both did it to each other",
    "type": "PLOVER type; empty for mere statements (CAMEO 01) and unknown codes",
    "mode": "PLOVER mode",
    "contexts": "PLOVER contexts, where the dataset has them",
    "quad": "quadrant of the PLOVER type",
    "intensity": "our value on the Goldstein scale, -10 to 10",
    "status": "always actual: event data do not tell others",
    "said_by": "not told by event data",
    "date_start": "the day, or the first possible day",
    "date_end": "the last day, where a span is told",
    "date_precision": "day, month or year",
    "date_text": "the date as the dataset writes it",
    "date_calendar": "always gregorian",
    "place": "the place as the dataset names it",
    "place_country": "our code of the state in which it lies",
    "object": "not told by event data",
    "trigger": "not told by event data",
    "confidence": "not told by event data",
    "coder": "name of the dataset",
    "coder_version": "edition or version that the row or its layout tells",
}
_TOLD: Final = (
    Column("source_official", pa.string(), "the dataset's own code of the acting party"),
    Column("source_country", pa.string(), "its country or region as the dataset writes it"),
    Column("target_official", pa.string(), "the dataset's own code of the party acted upon"),
    Column("target_country", pa.string(), "its country or region as the dataset writes it"),
    Column("cameo", pa.string(), "CAMEO event code, with leading zeros"),
    Column("official_quad", pa.string(), "the dataset's own quadrant"),
    Column("official_intensity", pa.float64(), "the dataset's own intensity (Goldstein scale)"),
    Column("root", pa.bool_(), "told in the lead of its report (GDELT)"),
    Column("mentions", pa.int32(), "mentions of the event, 1 where the dataset has a row for each"),
    Column("sources", pa.int32(), "sources that tell it"),
    Column("articles", pa.int32(), "articles that tell it"),
    Column("tone", pa.float64(), "average tone of the articles, -100 to 100 (GDELT)"),
    Column("deaths", pa.int32(), "best estimate of deaths (UCDP)"),
    Column("place_official", pa.string(), "country of the place as the dataset writes it"),
    Column("latitude", pa.float64(), "degrees north"),
    Column("longitude", pa.float64(), "degrees east"),
    Column("publisher", pa.string(), "who published the report"),
    Column("added", pa.timestamp("ms"), "when the dataset took the event up"),
    Column("file", pa.string(), "the official file"),
)
COLUMNS: Final = (*(Column(field.name, field.type, _OURS[field.name]) for field in EVENT_SCHEMA), *_TOLD)
NAMES: Final = tuple(column.name for column in COLUMNS)
TYPES: Final = {column.name: column.type for column in COLUMNS} | {"line": pa.int32()}
