"""The commands `codes convert` and `codes systems`: country codes through time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final, TypedDict

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import SOME_REJECTED, emit, printable, table

app = typer.Typer(
    help="Convert country codes and names from one system to another, year by year.",
    rich_markup_mode=None,
    add_completion=False,
)


class _Asked(TypedDict):
    """The conversion that is asked for, of codes and of files alike."""

    from_: str
    to: str
    year: int | None
    members_only: bool
    strict: bool


class _Columns(TypedDict):
    """The columns of a CSV file: the one to convert, that of its years, and what the new one is called."""

    column: str
    year_column: str | None
    name: str | None


def convert(
    codes: Annotated[
        list[str],
        typer.Argument(metavar="CODE...", help="Codes or names, or with --column one CSV file.", show_default=False),
    ],
    from_: Annotated[str, typer.Option("--from", metavar="SYSTEM", help="Whose codes they are; see `codes systems`.")],
    to: Annotated[str, typer.Option("--to", metavar="SYSTEM", help="Whose codes you want.")],
    year: Annotated[
        int | None, typer.Option("--year", help="The year; without one a code converts if all years give the same.")
    ] = None,
    column: Annotated[str | None, typer.Option("--column", metavar="NAME", help="The column of a CSV file to convert.")] = None,
    year_column: Annotated[
        str | None, typer.Option("--year-column", metavar="NAME", help="... and the column of its years.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="... what to call the new column, by default COLUMN_SYSTEM.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="... where to write, by default standard output.")
    ] = None,
    nearest: Annotated[
        bool, typer.Option("--nearest", help="Outside of the years that a code covers, take the nearest years.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Choose nothing by rule: what can be two codes is ambiguous.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Convert country codes from one system to another in a year.

    What does not convert is listed with its reason: the code is unknown, stood for no state in that year, has no counterpart,
    or can be several. The exit code is then 3. With --column, a CSV file is copied with two more columns: the code and, where
    there is none, the reason.
    """
    asked = _Asked(from_=from_, to=to, year=year, members_only=not nearest, strict=strict)
    if column is None:
        if year_column or name or output:
            raise typer.BadParameter("--year-column, --name and --output belong to --column and a CSV file")
        report = _convert_codes(codes, asked, as_json=as_json)
    else:
        if len(codes) != 1:
            raise typer.BadParameter("--column takes one CSV file")
        if as_json and output is None:
            raise typer.BadParameter("--json needs --output, so that the file and the report do not mix")
        if year is not None and year_column is not None:
            raise typer.BadParameter("--year and --year-column exclude each other")
        columns = _Columns(column=column, year_column=year_column, name=name)
        report = _convert_file(codes[0], columns, asked, output, as_json=as_json)
    if report.problems:
        raise typer.Exit(SOME_REJECTED)


def _convert_file(file: str, columns: _Columns, asked: _Asked, output: Path | None, *, as_json: bool) -> flows.ConversionReport:
    """Copy a CSV file with two more columns, and report where the copy is not."""
    report = flows.convert_codes_file(file, **columns, **asked, output=sys.stdout if output is None else output)
    if output is None:
        print("\n".join(map(printable, report.lines())), file=sys.stderr)
    else:
        emit({"output": output, "report": report}, [*report.lines(), f"written: {output}"], as_json=as_json)
    return report


def _convert_codes(codes: list[str], asked: _Asked, *, as_json: bool) -> flows.ConversionReport:
    """Convert codes one by one and print each beside what it became."""
    done = flows.conversion(codes, **asked)
    width = max(map(len, codes))
    lines = []
    for code, value in zip(codes, done.values, strict=True):
        reason = next((one.reason for one in done.report.problems if one.value == code), "")
        note = next((f"  ({one.note})" for one in done.report.chosen if one.value == code), "")
        lines.append(f"{code.ljust(width)}  {'' if value is None else value}{note}{f'-  {reason}' if reason else ''}".rstrip())
    converted = [{"value": code, "code": value} for code, value in zip(codes, done.values, strict=True)]
    emit(
        {"from": done.report.from_, "to": done.report.to, "converted": converted, "report": done.report}, lines, as_json=as_json
    )
    return done.report


def systems(as_json: options.Json = False) -> None:
    """List the systems of country codes: name, number of codes, years, what it is."""
    found = flows.code_systems()
    rows = [["", "codes", "years"]]
    rows += [[one.name, f"{one.codes:,}", _years(one.first, one.last)] for one in found]
    aligned = table(rows)
    width = max(map(len, aligned))
    titles = ["", *(one.title for one in found)]
    emit(
        {"systems": found},
        [f"{line.ljust(width)}  {title}".rstrip() for line, title in zip(aligned, titles, strict=True)],
        as_json=as_json,
    )


def _years(first: int | None, last: int | None) -> str:
    return "all" if first is None and last is None else f"{first or ''}-{last or ''}"


COMMANDS: Final[dict[str, Callable[..., Any]]] = {"convert": convert, "systems": systems}
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)
