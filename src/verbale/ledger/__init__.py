"""The ledger: documents, events and where they come from, in one DuckDB file; with its formats for export and import."""

from verbale.ledger.formats import LAYOUTS, BadRow, Exported, Imported, Layout, Mapping, ScoreRecord, score_records
from verbale.ledger.info import LedgerInfo
from verbale.ledger.ledger import Ledger, open_ledger
from verbale.ledger.rows import Counts

__all__ = [
    "LAYOUTS",
    "BadRow",
    "Counts",
    "Exported",
    "Imported",
    "Layout",
    "Ledger",
    "LedgerInfo",
    "Mapping",
    "ScoreRecord",
    "open_ledger",
    "score_records",
]
