"""The command `vocabulary check`: what a project's vocabulary files come to, without coding anything."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import SOME_REJECTED, emit, number, printable, rejection_lines, table

if TYPE_CHECKING:
    from verbale.vocab import ProjectReport

app = typer.Typer(
    help="Try vocabulary files of your own before you code with them.",
    rich_markup_mode=None,
    add_completion=False,
)


def check(project: options.ProjectOption = None, as_json: options.Json = False) -> None:
    """Read the vocabulary files that a project names, and list what was loaded and which lines were skipped, and why.

    A line that cannot be used costs no other; the exit code is then 3.
    """
    report = flows.check_vocabulary(project)
    emit({"path": report.path, "files": report.files, "rejections": report.rejections}, project_lines(report), as_json=as_json)
    if report.rejections:
        raise typer.Exit(SOME_REJECTED)


def warn_of_skipped(report: ProjectReport | None) -> int:
    """Say on standard error that lines of vocabulary files were skipped, and return the exit code that this amounts to."""
    if report is None or not report.rejections:
        return 0
    skipped = number(sum(file.skipped for file in report.files), "line")
    told = f"{skipped} of vocabulary files skipped; `verbale vocabulary check --project {report.path}` lists them"
    print(f"warning: {printable(told)}", file=sys.stderr)
    return SOME_REJECTED


def project_lines(report: ProjectReport) -> list[str]:
    """Return what a project came to, as lines for a person: a line for each file, then what was skipped."""
    lines = [f"project: {printable(str(report.path))}"]
    if report.files:
        rows = [["  file", "added", "removed", "skipped"]]
        rows += [[f"  {printable(file.name)}", *map(_count, (file.added, file.removed, file.skipped))] for file in report.files]
        lines += table(rows)
    else:
        lines.append("  it names no vocabulary files")
    skipped = sum(file.skipped for file in report.files)
    if not skipped:
        return lines
    return [*lines, "", f"{number(skipped, 'line')} of vocabulary files skipped:", *rejection_lines(report.rejections)[2:]]


def _count(count: int) -> str:
    return f"{count:,}"


COMMANDS: Final[dict[str, Callable[..., Any]]] = {"check": check}
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)


@app.callback()
def vocabulary() -> None:
    """Try vocabulary files of your own before you code with them."""
