"""The commands `export` and `import`: events to files and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import SOME_REJECTED, emit, leave_pipe, number, rejection_lines


def export(
    ledger: options.LedgerArgument = options.DEFAULT_LEDGER,
    layout: Annotated[
        str, typer.Option("--layout", help="One of jsonl, csv, parquet, plover, cameo, score.", show_default=True)
    ] = "jsonl",
    output: Annotated[str, typer.Option("--output", "-o", help="The file to write, - for standard output.")] = "-",
    dyad: options.Dyad = None,
    years: options.Years = None,
    min_confidence: options.MinConfidence = 0.0,
    coder_version: Annotated[
        str | None, typer.Option("--coder-version", help="Events of this version of the coder, in place of the newest.")
    ] = None,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="Events of all versions of the coder, as they were coded.")
    ] = False,
    raw: Annotated[bool, typer.Option("--raw", help="Events as the coder wrote them, without amendments by hand.")] = False,
    igo: Annotated[
        bool, typer.Option("--igo", help="Layout score: write every organisation as IGO (or NGO), as the PLOVER records do.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Write a ledger's events to a file.

    The layouts jsonl, csv and parquet hold the event record, nothing left out; plover is the PLOVER JSON of the Open Event Data
    Alliance; cameo has GDELT's columns; score has lists of actors per clause, and a document's name is its file's stem. cameo
    and score hold only what the text says happened.
    """
    if as_json and output == "-":  # rows and report on one stream would be no JSON object
        raise typer.BadParameter("with --json the report takes standard output; name a file for the rows with --output")
    try:
        report = flows.export(
            ledger,
            output=output,
            layout=layout,
            dyad=dyad,
            years=years,
            min_confidence=min_confidence,
            igo=igo,
            coder_version=coder_version,
            all_versions=all_versions,
            raw=raw,
        )
    except BrokenPipeError as error:
        leave_pipe()
        raise typer.Exit from error
    if output != "-":
        lines = [f"wrote {number(report.rows, 'row')} to {report.output} ({report.layout})"]
        emit({name: getattr(report, name) for name in report.__slots__}, lines, as_json=as_json)


def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A file that `export` or another program wrote.", show_default=False)
    ],
    ledger: options.LedgerOption = options.DEFAULT_LEDGER,
    layout: Annotated[
        str | None, typer.Option("--layout", help="As for export; told by the file's ending where it is left out.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Add events of a file to a ledger.

    A malformed row is listed with its reason; the others are imported, and the exit code is 3. The same file again changes
    nothing.
    """
    report = flows.import_events(file, ledger=ledger, layout=layout)
    known = f", {report.known:,} were there already" if report.known else ""
    lines = [
        f"imported: {number(report.added, 'event')}{known} ({report.layout})",
        f"ledger: {report.ledger}",
        *rejection_lines(report.rejections, report.malformed),
    ]
    emit({name: getattr(report, name) for name in report.__slots__}, lines, as_json=as_json)
    if report.malformed:
        raise typer.Exit(SOME_REJECTED)
