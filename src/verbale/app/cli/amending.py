"""The commands `amend change`, `withdraw`, `add`, `list`, `undo`, `export` and `import`: correcting events by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.looking import amendment_facts, amendment_lines, event_head
from verbale.app.cli.output import SOME_REJECTED, emit, leave_pipe, number, rejection_lines
from verbale.app.cli.vocabulary import warn_of_skipped

app = typer.Typer(
    help="Correct events by hand; who did it, when and why is kept, and the coder's own event, too.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
)

EventId = Annotated[
    str, typer.Argument(metavar="EVENT_ID", help="The event's id, as the page and exports show it.", show_default=False)
]
Reason = Annotated[str, typer.Option("--reason", help="Why, for those who read it later.", show_default=False)]
Author = Annotated[
    str | None,
    typer.Option("--author", help="Your name; left out, your name on this computer.", envvar="VERBALE_AUTHOR"),
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help="A field and its value, as in type=REJECT, target=IRN, date=1921-02; nothing after = empties it. May be repeated.",
    ),
]


def change(
    event_id: EventId,
    fields: Fields = None,
    reason: Reason = "",
    ledger: options.LedgerToAmend = options.DEFAULT_LEDGER,
    author: Author = None,
    project: options.ProjectOption = None,
    no_project: options.NoProject = False,
    as_json: options.Json = False,
) -> None:
    """Change fields of an event.

    Fields are those of the event record, and date, which stands for start, end and precision (1921, 1921-02, 1921-02-16, or
    two of them as in 1921-02/1921-05). The event gets a new id; the old one still finds it.
    """
    chosen = options.chosen_project(project, no_project)
    report = flows.amend(event_id, _fields(fields), ledger=ledger, reason=reason, author=author, project=chosen)
    _report(report, as_json=as_json)


def withdraw(
    event_id: EventId,
    reason: Reason = "",
    ledger: options.LedgerToAmend = options.DEFAULT_LEDGER,
    author: Author = None,
    as_json: options.Json = False,
) -> None:
    """Mark an event as wrong: exports, measures and pages leave it out; `show` still tells of it."""
    _report(flows.withdraw(event_id, ledger=ledger, reason=reason, author=author), as_json=as_json)


def add(
    document: Annotated[str, typer.Option("--document", help="The document, by its name or id.", show_default=False)],
    quote: Annotated[str, typer.Option("--quote", help="The exact words that tell the act.", show_default=False)],
    source: Annotated[str, typer.Option("--source", help="Who acts: an actor code such as RUS.", show_default=False)],
    type: Annotated[str, typer.Option("--type", help="The PLOVER type, such as REJECT.", show_default=False)],
    target: Annotated[str, typer.Option("--target", help="Who is acted upon; none for an act without a target.")] = "",
    date: Annotated[str | None, typer.Option("--date", help="When: 1921, 1921-02 or 1921-02-16.")] = None,
    fields: Fields = None,
    occurrence: Annotated[
        int | None, typer.Option("--occurrence", help="Which place, from 1, where the words stand in several.")
    ] = None,
    reason: Reason = "",
    ledger: options.LedgerToAmend = options.DEFAULT_LEDGER,
    author: Author = None,
    project: options.ProjectOption = None,
    no_project: options.NoProject = False,
    as_json: options.Json = False,
) -> None:
    """Add an event that the coder missed."""
    report = flows.add_event(
        document,
        quote,
        source=source,
        type=type,
        target=target,
        date=date,
        fields=_fields(fields),
        occurrence=occurrence,
        ledger=ledger,
        reason=reason,
        author=author,
        project=options.chosen_project(project, no_project),
    )
    _report(report, as_json=as_json)


def list_(ledger: options.LedgerToAmend = options.DEFAULT_LEDGER, as_json: options.Json = False) -> None:
    """List all amendments: what was done, by whom, when, why, and whether it applies."""
    held = flows.amendments(ledger)
    lines = [f"{number(len(held), 'amendment')} in {ledger}"]
    for one in held:
        lines += ["", *amendment_lines(one)]
    emit({"amendments": [amendment_facts(one) for one in held]}, lines, as_json=as_json)


def undo(
    amendment_id: Annotated[
        str,
        typer.Argument(
            metavar="AMENDMENT_ID", help="The amendment, as `amend list` names it; a beginning will do.", show_default=False
        ),
    ],
    reason: Reason = "",
    ledger: options.LedgerToAmend = options.DEFAULT_LEDGER,
    author: Author = None,
    as_json: options.Json = False,
) -> None:
    """Take an amendment back; both stay in the history."""
    _report(flows.undo_amendment(amendment_id, ledger=ledger, reason=reason, author=author), as_json=as_json)


def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSON lines, or CSV by the ending .csv; - prints them.", show_default=False)
    ],
    ledger: options.LedgerToAmend = options.DEFAULT_LEDGER,
    as_json: options.Json = False,
) -> None:
    """Write all amendments to a file, to share them or to keep them under version control."""
    if as_json and str(file) == "-":
        raise typer.BadParameter("with --json the report takes standard output; name a file for the amendments")
    try:
        written = flows.export_amendments(ledger, output=file)
    except BrokenPipeError as error:
        leave_pipe()
        raise typer.Exit from error
    if str(file) != "-":
        emit({"output": file, "amendments": written}, [f"wrote {number(written, 'amendment')} to {file}"], as_json=as_json)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `amend export` wrote.", show_default=False)],
    ledger: options.LedgerOption = options.DEFAULT_LEDGER,
    as_json: options.Json = False,
) -> None:
    """Add the amendments of a file to a ledger.

    A malformed row is listed with its reason; the others are added, and the exit code is 3. The same file again changes
    nothing.
    """
    report = flows.import_amendments(file, ledger=ledger)
    known = f", {report.known:,} were there already" if report.known else ""
    lines = [f"imported: {number(report.added, 'amendment')}{known}", f"of these {report.applied:,} apply to {report.ledger}"]
    if report.orphaned:
        lines.append(f"{report.orphaned:,} speak of events that it does not hold; they are kept and apply when it does")
    facts = {name: getattr(report, name) for name in report.__slots__}
    emit(facts, [*lines, *rejection_lines(report.rejections)], as_json=as_json)
    if report.rejections:
        raise typer.Exit(SOME_REJECTED)


COMMANDS: Final[dict[str, Callable[..., Any]]] = {
    "change": change,
    "withdraw": withdraw,
    "add": add,
    "list": list_,
    "undo": undo,
    "export": export,
    "import": import_,
}
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)


def _fields(given: Sequence[str] | None) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in given or ():
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise typer.BadParameter(f"{each!r} is no FIELD=VALUE, as in type=REJECT")
        found[name.strip()] = value
    return found


def _report(report: flows.AmendReport, *, as_json: bool) -> None:
    lines = amendment_lines(report.amended)
    if report.amended.amendment.kind != "withdraw" and report.after is not None:
        lines += ["", f"readers see: {event_head(report.after)}"]
        lines += [f"on the same words stands also: {event_head(event)}" for event in report.alike]
    emit(
        {**amendment_facts(report.amended), "event_before": report.before, "event_after": report.after}, lines, as_json=as_json
    )
    if exit_code := warn_of_skipped(report.project):
        raise typer.Exit(exit_code)
