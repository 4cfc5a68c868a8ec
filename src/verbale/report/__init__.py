"""Core types and plain tables to pages: the HTML dossier and review, findings as JSON, SARIF and Markdown; asks no database."""

from __future__ import annotations

from verbale.report.data import DossierData, DossierDocument
from verbale.report.dossier import dossier
from verbale.report.explanation import explanation_lines
from verbale.report.findings import ReviewData, review_json, review_markdown, review_sarif
from verbale.report.review import review_page

__all__ = [
    "DossierData",
    "DossierDocument",
    "ReviewData",
    "dossier",
    "explanation_lines",
    "review_json",
    "review_markdown",
    "review_page",
    "review_sarif",
]
