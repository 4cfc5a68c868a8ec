"""One module per public verb; each opens what it needs, wires the rooms together, and closes."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from verbale.app.flows.amending import AmendReport, add_event, amend, amendments, undo_amendment, withdraw
    from verbale.app.flows.amendment_files import AmendmentsRead, export_amendments, import_amendments
    from verbale.app.flows.codes import (
        CodeSystemShown,
        Conversion,
        ConversionReport,
        ConversionWarning,
        code_systems,
        conversion,
        conversion_lookup,
        convert,
        convert_codes_file,
        convert_table,
    )
    from verbale.app.flows.coding import CodeReport, code
    from verbale.app.flows.common import Progress, open_ledger
    from verbale.app.flows.comparing import ChangedEvent, Diff, DiffSide, diff
    from verbale.app.flows.describing import Shown, info, show
    from verbale.app.flows.dossiers import DossierReport, dossier
    from verbale.app.flows.evaluating import evaluate
    from verbale.app.flows.evaluation import Evaluation
    from verbale.app.flows.explaining import Explained, explain
    from verbale.app.flows.exporting import ExportReport, export
    from verbale.app.flows.importing import ImportReport, import_events
    from verbale.app.flows.llm.options import LlmOptions
    from verbale.app.flows.measured.base import Measure, MeasureOption
    from verbale.app.flows.measuring import as_facts, measure
    from verbale.app.flows.panels import (
        AdditionListed,
        Panel,
        PanelReport,
        panel,
        panel_additions,
        with_additions,
        without_rows,
        write_panel,
    )
    from verbale.app.flows.projects import check_vocabulary, project_report
    from verbale.app.flows.records import (
        Listed,
        RecordShown,
        cite_records,
        describe_records,
        install_record,
        list_records,
        show_record,
        verify_records,
    )
    from verbale.app.flows.reviewing import ReviewReport, review
    from verbale.app.flows.telling import Told, mentions

__all__ = [
    "AdditionListed",
    "AmendReport",
    "AmendmentsRead",
    "ChangedEvent",
    "CodeReport",
    "CodeSystemShown",
    "Conversion",
    "ConversionReport",
    "ConversionWarning",
    "Diff",
    "DiffSide",
    "DossierReport",
    "Evaluation",
    "Explained",
    "ExportReport",
    "ImportReport",
    "Listed",
    "LlmOptions",
    "Measure",
    "MeasureOption",
    "Panel",
    "PanelReport",
    "Progress",
    "RecordShown",
    "ReviewReport",
    "Shown",
    "Told",
    "add_event",
    "amend",
    "amendments",
    "as_facts",
    "check_vocabulary",
    "cite_records",
    "code",
    "code_systems",
    "conversion",
    "conversion_lookup",
    "convert",
    "convert_codes_file",
    "convert_table",
    "describe_records",
    "diff",
    "dossier",
    "evaluate",
    "explain",
    "export",
    "export_amendments",
    "import_amendments",
    "import_events",
    "info",
    "install_record",
    "list_records",
    "measure",
    "mentions",
    "open_ledger",
    "panel",
    "panel_additions",
    "project_report",
    "review",
    "show",
    "show_record",
    "undo_amendment",
    "verify_records",
    "with_additions",
    "withdraw",
    "without_rows",
    "write_panel",
]

_MODULES: Final[dict[str, tuple[str, ...]]] = {
    "amending": ("AmendReport", "add_event", "amend", "amendments", "undo_amendment", "withdraw"),
    "amendment_files": ("AmendmentsRead", "export_amendments", "import_amendments"),
    "codes": (
        "CodeSystemShown",
        "Conversion",
        "ConversionReport",
        "ConversionWarning",
        "code_systems",
        "conversion",
        "conversion_lookup",
        "convert",
        "convert_codes_file",
        "convert_table",
    ),
    "coding": ("CodeReport", "code"),
    "common": ("Progress", "open_ledger"),
    "comparing": ("ChangedEvent", "Diff", "DiffSide", "diff"),
    "reviewing": ("ReviewReport", "review"),
    "telling": ("Told", "mentions"),
    "describing": ("Shown", "info", "show"),
    "dossiers": ("DossierReport", "dossier"),
    "evaluating": ("evaluate",),
    "evaluation": ("Evaluation",),
    "explaining": ("Explained", "explain"),
    "exporting": ("ExportReport", "export"),
    "importing": ("ImportReport", "import_events"),
    "llm.options": ("LlmOptions",),
    "measured.base": ("Measure", "MeasureOption"),
    "measuring": ("as_facts", "measure"),
    "panels": (
        "AdditionListed",
        "Panel",
        "PanelReport",
        "panel",
        "panel_additions",
        "with_additions",
        "without_rows",
        "write_panel",
    ),
    "projects": ("check_vocabulary", "project_report"),
    "records": (
        "Listed",
        "RecordShown",
        "cite_records",
        "describe_records",
        "install_record",
        "list_records",
        "show_record",
        "verify_records",
    ),
}
_MODULE_OF: Final = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a flow when it is first asked for: `verbale info` needs no parser and no charts, which take two seconds to load."""
    if name not in _MODULE_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value
