"""Core types and plain tables to pages: the HTML dossier; opens no database and asks no network."""

from __future__ import annotations

from verbale.report.data import DossierData, DossierDocument
from verbale.report.dossier import dossier

__all__ = ["DossierData", "DossierDocument", "dossier"]
