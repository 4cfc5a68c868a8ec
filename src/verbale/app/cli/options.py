"""Arguments and options that several commands share, each explained once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

import typer

LEDGER_VARIABLE: Final = "VERBALE_LEDGER"
DEFAULT_LEDGER: Final = Path("verbale.duckdb")

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Documents: files, folders, patterns in quotes, or - for standard input. Read are text, Markdown, HTML, PDF, "
        "Word, TEI, and corpora in JSONL, CSV or Parquet.",
        show_default=False,
    ),
]
LedgerOption = Annotated[Path, typer.Option("--ledger", help="The ledger, made where there is none.", envvar=LEDGER_VARIABLE)]
LedgerToRead = Annotated[Path, typer.Option("--ledger", help="The ledger to look in.", envvar=LEDGER_VARIABLE)]
LedgerArgument = Annotated[Path, typer.Argument(metavar="LEDGER", help="The ledger.", envvar=LEDGER_VARIABLE)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object for machines in place of text.")]
Model = Annotated[
    str | None,
    typer.Option("--model", help="An installed spaCy pipeline with Universal Dependencies labels, in place of our own."),
]
MinConfidence = Annotated[
    float, typer.Option("--min-confidence", help="Leave out events that are less sure than this, 0 to 1.")
]
Workers = Annotated[int, typer.Option("--workers", help="Processes that code at the same time.")]
Dyad = Annotated[str | None, typer.Option("--dyad", metavar="A-B", help="Only events between two actors, as in RUS-IRN.")]
Years = Annotated[str | None, typer.Option("--years", metavar="YEARS", help="Only events of these years, as in 1941-1946.")]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", help="What the input is (text, markdown, html, pdf, docx, xml, jsonl, csv, parquet), if not told."
    ),
]
TextColumn = Annotated[
    str | None, typer.Option("--text-column", metavar="NAME", help="The column of a corpus that holds the text.")
]
IdColumn = Annotated[str | None, typer.Option("--id-column", metavar="NAME", help="... that holds the document's name.")]
DateColumn = Annotated[str | None, typer.Option("--date-column", metavar="NAME", help="... that holds its date.")]
TitleColumn = Annotated[str | None, typer.Option("--title-column", metavar="NAME", help="... that holds its title.")]
SourceColumn = Annotated[str | None, typer.Option("--source-column", metavar="NAME", help="... that holds where it appeared.")]


def column_mapping(**columns: str | None) -> Mapping[str, str] | None:
    """Return the columns that were named, None when none was."""
    return {field: column for field, column in columns.items() if column is not None} or None
