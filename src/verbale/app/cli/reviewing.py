"""The command `review`: a manuscript to findings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import emit, number

FOUND_ERRORS: Final = 1
DEFAULT_PAGE: Final = Path("review.html")


def review(
    manuscript: Annotated[
        str, typer.Argument(metavar="MANUSCRIPT", help="One text in any format that is read, or - for standard input.")
    ],
    format: Annotated[str, typer.Option("--format", help="What to write: html, json, sarif or markdown.")] = "html",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="The file to write; without it, the page goes to review.html, the rest to the screen."
        ),
    ] = None,
    skip: Annotated[
        str, typer.Option("--skip", metavar="CHECK,...", help="Leave out these checks (docs/review.md lists them).")
    ] = "",
    only: Annotated[str, typer.Option("--only", metavar="CHECK,...", help="Make these checks alone.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Leave with exit code 1 when errors were found.")] = False,
    input_format: Annotated[
        str | None, typer.Option("--input-format", help="What the manuscript is, if its name and content do not tell.")
    ] = None,
    model: options.Model = None,
    as_json: options.Json = False,
) -> None:
    """Look at a manuscript as a careful desk editor does, and list the slips of its making.

    Numbers that do not add up, citations without a reference, dates that contradict each other, words that a chat assistant
    said to its user, claims without a source, and more. Every finding points at its words. The manuscript is never changed.
    """
    page = format == "html"
    report = flows.review(
        manuscript,
        format=format,
        output=output or (DEFAULT_PAGE if page else None),
        only=_names(only),
        skip=_names(skip),
        model=model,
        input_format=input_format,
    )
    if report.output is None and not as_json:
        typer.echo(report.text, nl=False)
    else:
        counts = {"errors": report.errors, "warnings": report.warnings, "notes": report.notes}
        found = f"{number(len(report.findings), 'finding')}: " + ", ".join(
            number(count, name.removesuffix("s")) for name, count in counts.items()
        )
        where = [f"review: {report.output}"] if report.output else []
        facts = {"output": report.output, "format": report.format, **counts, "findings": report.findings}
        emit(facts, [f"found: {found}", *where], as_json=as_json)
    if strict and report.errors:
        raise typer.Exit(FOUND_ERRORS)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
