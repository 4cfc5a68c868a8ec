"""The command `review`: a manuscript to findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import emit, number
from verbale.app.cli.vocabulary import warn_of_skipped

FOUND_ERRORS: Final = 1
# What other commands end with on a failure says here that the manuscript has errors.
FAILED: Final = 4
# What is no text for a screen goes to a file of this name, if none is given.
DEFAULT_FILES: Final = {"html": Path("review.html"), "docx": Path("review.docx")}


ManuscriptArgument = Annotated[
    str, typer.Argument(metavar="MANUSCRIPT", help="One text in any format that is read, or - for standard input.")
]
FormatOption = Annotated[str, typer.Option("--format", help="What to write: html, json, sarif, claimreview, markdown or docx.")]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="The file to write; without it, review.html or review.docx, and the other formats go to the screen.",
    ),
]
SkipOption = Annotated[
    str, typer.Option("--skip", metavar="CHECK,...", help="Leave out these checks (docs/review.md lists them).")
]
OnlyOption = Annotated[str | None, typer.Option("--only", metavar="CHECK,...", help="Make these checks alone.")]
TodayOption = Annotated[
    str | None,
    typer.Option(
        "--today",
        metavar="DAY",
        help="The day of the review, as 2026-03-31: later dates are still to come. ClaimReview bears it.",
    ),
]
UrlOption = Annotated[
    str, typer.Option("--url", metavar="URL", help="Where the page of the review will be published, for ClaimReview.")
]
# What the claims are held against: the evidence of a review.
LedgerEvidence = Annotated[
    Path | None,
    typer.Option(
        "--ledger", help="A ledger whose other documents the claims are held against.", envvar=options.LEDGER_VARIABLE
    ),
]
RecordEvidence = Annotated[
    str,
    typer.Option(
        "--records",
        metavar="all|none|NAME,...",
        help="What the claims are held against: all records that are installed, none, or these datasets (verbale: the "
        "lists of sanctions, treaties and wars that come with the program).",
    ),
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Leave with exit code 1 when errors were found (4 is a failure).")]
InputFormatOption = Annotated[
    str | None, typer.Option("--input-format", help="What the manuscript is, if its name and content do not tell.")
]


def review(
    manuscript: ManuscriptArgument,
    format: FormatOption = "html",
    output: OutputOption = None,
    skip: SkipOption = "",
    only: OnlyOption = None,
    ledger: LedgerEvidence = None,
    records: RecordEvidence = "all",
    strict: StrictOption = False,
    today: TodayOption = None,
    url: UrlOption = "",
    input_format: InputFormatOption = None,
    model: options.Model = None,
    project: options.ProjectOption = None,
    no_project: options.NoProject = False,
    as_json: options.Json = False,
) -> None:
    """Look at a manuscript as a careful desk editor does, and list the slips of its making.

    Numbers that do not add up, citations without a reference, dates that contradict each other, words that a chat assistant
    said to its user, claims without a source, and more. Every finding points at its words. The manuscript is never changed.
    """
    chosen = options.chosen_project(project, no_project)
    report = flows.review(
        manuscript,
        format=format,
        output=output or DEFAULT_FILES.get(format),
        only=only,
        skip=skip,
        today=today,
        url=url,
        model=model,
        input_format=input_format,
        project=chosen,
        ledger=ledger,
        records=records,
    )
    used = flows.project_report(chosen)
    _tell(report, used.path if used else None, as_json=as_json)
    exit_code = warn_of_skipped(used)
    if strict and report.errors:
        exit_code = FOUND_ERRORS
    if exit_code:
        raise typer.Exit(exit_code)


def _tell(report: flows.ReviewReport, project: Path | None, *, as_json: bool) -> None:
    """Print the review itself where it went to no file, else what was found and where it stands."""
    if report.output is None and not as_json:
        typer.echo(report.text, nl=False)
        return
    counts = {"errors": report.errors, "warnings": report.warnings, "notes": report.notes}
    found = f"{number(len(report.findings), 'finding')}: " + ", ".join(
        number(count, name.removesuffix("s")) for name, count in counts.items()
    )
    where = [f"review: {report.output}"] if report.output else []
    where += [f"project: {project}"] if project else []
    if not as_json:
        emit({}, [f"found: {found}", *where], as_json=False)
        return
    facts = {
        **report.facts,
        **counts,
        "format": report.format,
        "output": None if report.output is None else str(report.output),
        "project": None if project is None else str(project),
    }
    if report.output is None and report.format != "json":
        facts["written"] = report.text
    # Escapes for all that is not ASCII: offsets count characters, of which none may be made visible here.
    typer.echo(json.dumps(facts))
