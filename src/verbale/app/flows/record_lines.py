"""What the lines of installed datasets say that numbers of a dossier rest on, for its page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import ibis
import ibis.expr.types as ir

from verbale import records
from verbale.report import RecordLines

# What tells a reader of the trade register which order a line is, and what became of it; codes and volumes are left out.
TELLING: Final = {
    "sipri-transfers": (
        *("supplier", "recipient", "weapon", "description", "year", "ordered", "delivered", "delivery_years"),
        *("status", "comments"),
    )
}
# Of another dataset the first columns, which name states, years and the case; a wider table no page has room for.
MAX_COLUMNS: Final = 8


def record_lines(
    dataset: str, table: ir.Table, lines: Iterable[int], *, folder: str | Path | None = None
) -> RecordLines | None:
    """Return what lines of an installed dataset's official file say; None where no line is asked for."""
    wanted = sorted(set(lines))
    if not wanted:
        return None
    held = records.provenance(dataset, folder=folder)
    others = [name for name in table.columns if name != "line"]
    columns = [name for name in TELLING.get(dataset, others[:MAX_COLUMNS]) if name in others]
    keys = ibis.memtable({"line": wanted}, schema=ibis.schema({"line": "int64"}))
    chosen = table.select(*columns, line=table.line.cast("int64")).semi_join(keys, "line").order_by("line")
    rows = [(row["line"], [row[name] for name in columns]) for row in chosen.to_pyarrow().to_pylist()]
    edition = "" if held.edition == "*" else held.edition
    return RecordLines(held.name, held.title, edition, " and ".join(held.members), columns, rows)
