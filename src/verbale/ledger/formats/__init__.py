"""The formats that events leave and enter a ledger in; one module each."""

from __future__ import annotations

from typing import Final

from verbale.ledger.formats import cameo, columns, jsonl, plover, score
from verbale.ledger.formats.base import BadRow, Exported, Imported, Layout, Mapping
from verbale.ledger.formats.score import ScoreRecord, score_records

LAYOUTS: Final[dict[str, Layout]] = {
    "jsonl": Layout("jsonl", ".jsonl", jsonl.write, jsonl.read, "one event a line, the columns of the event record"),
    "csv": Layout(
        "csv", ".csv", columns.write_csv, columns.read_csv, "the columns of the event record, for spreadsheets and R"
    ),
    "parquet": Layout(
        "parquet", ".parquet", columns.write_parquet, columns.read_parquet, "the same columns, typed and compressed"
    ),
    "plover": Layout("plover", ".jsonl", plover.write, plover.read, "PLOVER JSON records, one a line"),
    "cameo": Layout(
        "cameo", ".tsv", cameo.write, cameo.read, "CAMEO codes in GDELT-like columns; only what the text says happened"
    ),
    "score": Layout(
        "score", ".jsonl", score.write, score.read, "lists of actors per clause, for scoring; only what the text says happened"
    ),
}

__all__ = ["LAYOUTS", "BadRow", "Exported", "Imported", "Layout", "Mapping", "ScoreRecord", "score_records"]
