"""Verbale reads documents about how states treat each other and writes down who did what to whom, when, and where it says so.

The verbs of the command line are functions here, with the same names and options; `open_ledger` gives the events as Ibis
tables, which go on to pandas and polars.

>>> import tempfile, pathlib, verbale
>>> folder = tempfile.TemporaryDirectory()
>>> note, path = pathlib.Path(folder.name, "note.txt"), pathlib.Path(folder.name, "L.duckdb")
>>> _ = note.write_text("France invaded Russia in 1812. The weather was fine.")
>>> report = verbale.code(note, ledger=path)
>>> with verbale.open_ledger(path, read_only=True) as ledger:
...     events = ledger.events().to_pandas()
>>> events[["source", "target", "type"]].values.tolist()
[['FRA', 'RUS', 'ASSAULT']]
>>> str(events["date_start"][0])[:4], events["quote"][0]
('1812', 'France invaded Russia in 1812')
>>> shown = verbale.show(events["event_id"][0], ledger=path)
>>> shown.event.quad
'material conflict'
>>> folder.cleanup()
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from verbale.app.flows import (
        AmendmentsRead,
        AmendReport,
        CodeReport,
        Conversion,
        ConversionReport,
        ConversionWarning,
        Diff,
        DossierReport,
        Evaluation,
        Explained,
        ExportReport,
        ImportReport,
        LlmOptions,
        Panel,
        PanelReport,
        Progress,
        Shown,
        add_event,
        amend,
        amendments,
        check_vocabulary,
        code,
        conversion,
        conversion_lookup,
        convert,
        convert_table,
        diff,
        dossier,
        evaluate,
        explain,
        export,
        export_amendments,
        import_amendments,
        import_events,
        info,
        open_ledger,
        panel,
        panel_additions,
        show,
        undo_amendment,
        withdraw,
        write_panel,
    )
    from verbale.core import (
        EVENT_TYPES,
        QUADRANTS,
        SECTORS,
        STATUSES,
        Actor,
        Amended,
        Amendment,
        Block,
        Document,
        Event,
        EventDate,
        EventType,
        Evidence,
        Explanation,
        Place,
        Quadrant,
        Rejection,
        Remark,
        Run,
        Settings,
        Status,
        VerbaleError,
    )

__all__ = [
    "EVENT_TYPES",
    "QUADRANTS",
    "SECTORS",
    "STATUSES",
    "Actor",
    "AmendReport",
    "Amended",
    "Amendment",
    "AmendmentsRead",
    "Block",
    "CodeReport",
    "Conversion",
    "ConversionReport",
    "ConversionWarning",
    "Diff",
    "Document",
    "DossierReport",
    "Evaluation",
    "Event",
    "EventDate",
    "EventType",
    "Evidence",
    "Explained",
    "Explanation",
    "ExportReport",
    "ImportReport",
    "LlmOptions",
    "Panel",
    "PanelReport",
    "Place",
    "Progress",
    "Quadrant",
    "Rejection",
    "Remark",
    "Run",
    "Settings",
    "Shown",
    "Status",
    "VerbaleError",
    "add_event",
    "amend",
    "amendments",
    "check_vocabulary",
    "code",
    "conversion",
    "conversion_lookup",
    "convert",
    "convert_table",
    "diff",
    "dossier",
    "evaluate",
    "explain",
    "export",
    "export_amendments",
    "import_amendments",
    "import_events",
    "info",
    "open_ledger",
    "panel",
    "panel_additions",
    "show",
    "undo_amendment",
    "withdraw",
    "write_panel",
]

_FLOWS: Final = frozenset(
    {
        "AmendReport",
        "AmendmentsRead",
        "CodeReport",
        "Conversion",
        "ConversionReport",
        "ConversionWarning",
        "Diff",
        "DossierReport",
        "Evaluation",
        "Explained",
        "ExportReport",
        "ImportReport",
        "LlmOptions",
        "Panel",
        "PanelReport",
        "Progress",
        "Shown",
        "add_event",
        "amend",
        "amendments",
        "check_vocabulary",
        "code",
        "conversion",
        "conversion_lookup",
        "convert",
        "convert_table",
        "diff",
        "dossier",
        "evaluate",
        "explain",
        "export",
        "export_amendments",
        "import_amendments",
        "import_events",
        "info",
        "open_ledger",
        "panel",
        "panel_additions",
        "show",
        "undo_amendment",
        "withdraw",
        "write_panel",
    }
)


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for.

    Every room's import passes through this file. If it loaded the flows, a cluster's worker that needs `verbale.coding` alone
    would load the whole program with it.
    """
    if name not in __all__:
        message = f"module 'verbale' has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module("verbale.app.flows" if name in _FLOWS else "verbale.core"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
