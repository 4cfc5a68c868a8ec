"""Core types and plain tables to pages: the HTML dossier and review, findings as JSON, SARIF and Markdown; asks no database."""

from __future__ import annotations

from verbale.report.claim_review import review_claims
from verbale.report.data import (
    Beside,
    DossierData,
    DossierDocument,
    DossierRecords,
    JoinedEvent,
    MeasureSection,
    RecordLayer,
    RecordLines,
)
from verbale.report.dossier import dossier
from verbale.report.explanation import explanation_lines
from verbale.report.findings import Balance, FileText, ReviewData, review_facts, review_json, review_markdown
from verbale.report.review import review_page
from verbale.report.sarif import review_sarif
from verbale.report.word import mark_word, review_word

__all__ = [
    "Balance",
    "Beside",
    "DossierData",
    "DossierDocument",
    "DossierRecords",
    "FileText",
    "JoinedEvent",
    "MeasureSection",
    "RecordLayer",
    "RecordLines",
    "ReviewData",
    "dossier",
    "explanation_lines",
    "mark_word",
    "review_claims",
    "review_facts",
    "review_json",
    "review_markdown",
    "review_page",
    "review_sarif",
    "review_word",
]
