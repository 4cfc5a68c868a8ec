"""The commands `code` and `dossier`: documents to events, and to a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import SOME_REJECTED, emit, number, progress_bar, rejection_lines


def code(
    paths: options.Paths,
    ledger: options.LedgerOption = options.DEFAULT_LEDGER,
    model: options.Model = None,
    min_confidence: options.MinConfidence = 0.0,
    workers: options.Workers = 1,
    format: options.Format = None,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = None,
    date_column: options.DateColumn = None,
    title_column: options.TitleColumn = None,
    source_column: options.SourceColumn = None,
    as_json: options.Json = False,
) -> None:
    """Code documents: write who did what to whom into a ledger.

    Documents that the ledger has finished already are skipped, so the same command goes on after an interruption. A document
    that cannot be read is listed with its reason; the others go on, and the exit code is 3.
    """
    columns = options.column_mapping(text=text_column, id=id_column, date=date_column, title=title_column, source=source_column)
    with progress_bar("coding", quiet=as_json) as progress:
        report = flows.code(
            paths,
            ledger=ledger,
            model=model,
            min_confidence=min_confidence,
            workers=workers,
            progress=progress,
            columns=columns,
            format=format,
        )
    emit(
        {name: getattr(report, name) for name in report.__slots__},
        [*coding_lines(report), *rejection_lines(report.rejections)],
        as_json=as_json,
    )
    if report.rejections:
        raise typer.Exit(SOME_REJECTED)


def dossier(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Documents, as for `code`; none for all of --ledger.")
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("dossier.html"),
    ledger: Annotated[
        Path | None, typer.Option("--ledger", help="Keep the events in this ledger, or show what it holds.")
    ] = None,
    dyad: Annotated[
        str | None,
        typer.Option(
            "--dyad", metavar="A-B", help="Show one pair of actors, as in RUS-IRN, and the documents that tell of it."
        ),
    ] = None,
    years: options.Years = None,
    title: Annotated[str | None, typer.Option("--title", help="The title of the page.")] = None,
    model: options.Model = None,
    min_confidence: options.MinConfidence = 0.0,
    workers: options.Workers = 1,
    format: options.Format = None,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = None,
    date_column: options.DateColumn = None,
    title_column: options.TitleColumn = None,
    source_column: options.SourceColumn = None,
    as_json: options.Json = False,
) -> None:
    """Code documents and write an illustrated page about them.

    The page is one file that needs no network; every figure in it leads to the words that it rests on. With documents, it
    shows these; without, everything that --ledger holds.
    """
    columns = options.column_mapping(text=text_column, id=id_column, date=date_column, title=title_column, source=source_column)
    with progress_bar("coding", quiet=as_json) as progress:
        report = flows.dossier(
            paths or (),
            output=output,
            ledger=ledger,
            dyad=dyad,
            years=years,
            title=title,
            min_confidence=min_confidence,
            model=model,
            workers=workers,
            progress=progress,
            columns=columns,
            format=format,
        )
    rejections = report.coding.rejections if report.coding else ()
    shown = f"{number(report.events, 'event')} from {number(report.documents, 'document')}, {report.size / 1e6:.1f} MB"
    lines = coding_lines(report.coding, ledger=ledger is not None) if report.coding else []
    lines += [f"dossier: {report.output} ({shown})", *rejection_lines(rejections)]
    emit({name: getattr(report, name) for name in report.__slots__}, lines, as_json=as_json)
    if rejections:
        raise typer.Exit(SOME_REJECTED)


def coding_lines(report: flows.CodeReport, *, ledger: bool = True) -> list[str]:
    """Return what a coding run came to, as lines for a person."""
    skipped = f", {report.skipped:,} finished before" if report.skipped else ""
    lines = [f"coded: {number(report.documents, 'document')}{skipped}, {report.seconds:.1f} s"]
    if report.documents:
        lines.append(
            f"found: {number(report.events, 'event')} in {number(report.sentences, 'sentence')} "
            f"({report.parsed:,} of them passed the screen and were parsed)"
        )
    return [*lines, f"ledger: {report.ledger}"] if ledger else lines
