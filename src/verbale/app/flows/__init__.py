"""One module per public verb; each opens what it needs, wires the rooms together, and closes."""

from verbale.app.flows.coding import CodeReport, code
from verbale.app.flows.common import Progress, open_ledger
from verbale.app.flows.describing import Shown, info, show
from verbale.app.flows.dossiers import DossierReport, dossier
from verbale.app.flows.evaluating import evaluate
from verbale.app.flows.evaluation import Evaluation
from verbale.app.flows.exporting import ExportReport, export
from verbale.app.flows.importing import ImportReport, import_events

__all__ = [
    "CodeReport",
    "DossierReport",
    "Evaluation",
    "ExportReport",
    "ImportReport",
    "Progress",
    "Shown",
    "code",
    "dossier",
    "evaluate",
    "export",
    "import_events",
    "info",
    "open_ledger",
    "show",
]
