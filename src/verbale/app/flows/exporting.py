"""The flow `export`: a ledger's events into a file of one of the layouts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from verbale.app.flows.common import (
    LedgerLike,
    check_actors,
    check_confidence,
    choose_events,
    opened,
    parse_dyad,
    parse_years,
    whole_file,
)
from verbale.core import VerbaleError
from verbale.core.schema import row_to_event
from verbale.ledger import LAYOUTS, Exported, Layout, Ledger, Mapping
from verbale.vocab import load_vocabulary
from verbale.vocab.codes import cameo_code

# Events in memory at once: about 10 MB.
EVENTS_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: the file (`-` for standard output), its layout, and its number of lines or rows."""

    output: str
    layout: str
    rows: int


def export(
    ledger: LedgerLike,
    *,
    output: str | Path,
    layout: str = "jsonl",
    dyad: str | tuple[str, str] | None = None,
    years: str | tuple[int, int] | None = None,
    min_confidence: float = 0.0,
    igo: bool = False,
    coder_version: str | None = None,
    all_versions: bool = False,
    raw: bool = False,
) -> ExportReport:
    """Write a ledger's events to a file and return what was written; the order is by document name and place in the text.

    Layouts are `jsonl`, `csv`, `parquet`, `plover`, `cameo` and `score`; `-` as output is standard output. By default each
    document's newest coding is written, as amended by hand; `coder_version` names one, `raw` leaves amendments out,
    `all_versions` takes all as they were coded. `igo` (score layout) turns every organisation's code into IGO. Raises
    VerbaleError for an unknown layout, a code that is no actor's, and a file that cannot be written.
    """
    form = find_layout(layout)
    check_confidence(min_confidence)
    pair, span = parse_dyad(dyad), parse_years(years)
    with opened(ledger, read_only=True) as open_one:
        if pair is not None:
            check_actors(pair, open_one.events(all_versions=True), load_vocabulary())
        events = choose_events(
            open_one,
            dyad=pair,
            years=span,
            min_confidence=min_confidence,
            coder_version=coder_version,
            all_versions=all_versions,
            raw=raw,
        )
        records = exported(open_one, events)
        mapping = Mapping(cameo_code=cameo_code, igo=igo)  # type: ignore[arg-type]
        if str(output) == "-":
            return ExportReport("-", layout, form.write(records, sys.stdout.buffer, mapping))
        with whole_file(Path(output)) as file:
            rows = form.write(records, file, mapping)
    return ExportReport(str(output), layout, rows)


def find_layout(name: str) -> Layout:
    """Return a layout by its name. Raises VerbaleError `layout-unknown`."""
    if name not in LAYOUTS:
        raise VerbaleError("layout-unknown", layout=name, allowed=", ".join(LAYOUTS))
    return LAYOUTS[name]


def exported(ledger: Ledger, events: Any) -> Iterator[Exported]:
    """Yield events with their documents' names, document by document, without holding them all."""
    documents = ledger.documents()
    named = documents.select("document_id", document_name=documents["name"], document_date=documents["date"])
    joined = events.left_join(named, "document_id").drop("document_id_right")
    ordered = joined.order_by("document_name", "document_id", "start", "end", "event_id", "coder", "coder_version")
    for batch in ordered.to_pyarrow_batches(chunk_size=EVENTS_AT_ONCE):
        for row in batch.to_pylist():
            yield Exported(row_to_event(row), row["document_name"] or row["document_id"], row["document_date"])
