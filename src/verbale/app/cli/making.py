"""The commands `code` and `dossier`: documents to events, and to a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import SOME_REJECTED, dropped_lines, emit, number, progress_bar, rejection_lines, usage_lines
from verbale.app.cli.vocabulary import project_lines


@options.reads_documents
def code(
    paths: options.Paths,
    ledger: options.LedgerOption = options.DEFAULT_LEDGER,
    coder: options.CoderName = "verbale",
    model: options.CoderModel = None,
    endpoint: options.Endpoint = None,
    llm: flows.LlmOptions | None = None,
    min_confidence: options.MinConfidence = 0.0,
    workers: options.Workers = 1,
    format: options.Format = None,
    columns: Mapping[str, str] | None = None,
    project: Path | Literal[False] | None = None,
    as_json: options.Json = False,
) -> None:
    """Code documents: write who did what to whom into a ledger.

    Documents that the ledger has finished already are skipped, so the same command goes on after an interruption. A document
    that cannot be read is listed with its reason; the others go on, and the exit code is 3. So it is with a line of a
    vocabulary file of yours.
    """
    with progress_bar("coding", quiet=as_json) as progress:
        report = flows.code(
            paths,
            ledger=ledger,
            coder=coder,
            model=model,
            endpoint=endpoint,
            llm=llm,
            min_confidence=min_confidence,
            workers=workers,
            progress=progress,
            columns=columns,
            format=format,
            project=project,
        )
    emit(
        {name: getattr(report, name) for name in report.__slots__},
        [*coding_lines(report), *rejection_lines(report.rejections)],
        as_json=as_json,
    )
    if report.rejections or (report.project and report.project.rejections):
        raise typer.Exit(SOME_REJECTED)


@options.reads_documents
def dossier(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Documents, as for `code`; none for all of --ledger.")
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("dossier.html"),
    ledger: Annotated[
        Path | None, typer.Option("--ledger", help="Keep the events in this ledger, or show what it holds.")
    ] = None,
    dyad: options.ShownDyad = None,
    years: options.Years = None,
    title: Annotated[str | None, typer.Option("--title", help="The title of the page.")] = None,
    coder: options.ShownCoder = None,
    model: options.CoderModel = None,
    endpoint: options.Endpoint = None,
    llm: flows.LlmOptions | None = None,
    min_confidence: options.MinConfidence = 0.0,
    workers: options.Workers = 1,
    format: options.Format = None,
    columns: Mapping[str, str] | None = None,
    project: Path | Literal[False] | None = None,
    records: Annotated[
        str,
        typer.Option("--records", metavar="all|none|NAME,...", help="With --dyad: installed records to lay the acts over."),
    ] = "all",
    as_json: options.Json = False,
) -> None:
    """Code documents and write an illustrated page about them.

    The page is one file that needs no network; every figure in it leads to the words that it rests on. With documents, it
    shows these; without, everything that --ledger holds.
    """
    with progress_bar("coding", quiet=as_json) as progress:
        report = flows.dossier(
            paths or (),
            output=output,
            ledger=ledger,
            dyad=dyad,
            years=years,
            title=title,
            min_confidence=min_confidence,
            coder=coder,
            model=model,
            endpoint=endpoint,
            llm=llm,
            workers=workers,
            progress=progress,
            columns=columns,
            format=format,
            project=project,
            records=records,
        )
    rejections = report.coding.rejections if report.coding else ()
    shown = f"{number(report.events, 'event')} from {number(report.documents, 'document')}, {report.size / 1e6:.1f} MB"
    coded = coding_lines(report.coding, ledger=ledger is not None) if report.coding else []
    lines = [*coded, f"dossier: {report.output} ({shown})", *rejection_lines(rejections)]
    emit({name: getattr(report, name) for name in report.__slots__}, lines, as_json=as_json)
    if rejections or (report.coding and report.coding.project and report.coding.project.rejections):
        raise typer.Exit(SOME_REJECTED)


def coding_lines(report: flows.CodeReport, *, ledger: bool = True) -> list[str]:
    """Return what a coding run came to, as lines for a person."""
    skipped = f", {report.skipped:,} finished before" if report.skipped else ""
    lines = [f"coded: {number(report.documents, 'document')}{skipped}, {report.seconds:.1f} s"]
    if report.documents:
        how = f"{report.parsed:,} of them passed the screen and were parsed"
        if report.usage:
            how = f"read by {report.coder} in {number(report.usage.passages, 'passage')}"
        lines.append(f"found: {number(report.events, 'event')} in {number(report.sentences, 'sentence')} ({how})")
    lines += [*dropped_lines(report.dropped, report.left_out), *usage_lines(report.usage)]
    lines += [f"ledger: {report.ledger}"] if ledger else []
    return [*lines, *project_lines(report.project)] if report.project else lines
