"""The commands `info` and `show`: what is in a ledger, and one event in its paragraph."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import emit, number, plain, rejection_lines, table
from verbale.app.cli.vocabulary import warn_of_skipped
from verbale.core import Actor, Amended, Event, Rejection
from verbale.core.schema import event_to_row

# What each state means, for a person who has just amended an event or lists the amendments.
STATES: Final = {
    "applied": "applied",
    "already so": "already so: the coder writes it so by now",
    "orphaned": "orphaned: no coding in this ledger gives the event that it speaks of; it is kept",
    "undone": "undone",
}
# Longer lines of running text are hard to read.
WIDEST: Final = 120


def info(
    ledger: options.LedgerArgument = options.DEFAULT_LEDGER,
    documents: Annotated[bool, typer.Option("--documents", help="List the documents, too.")] = False,
    as_json: options.Json = False,
) -> None:
    """Say what is in a ledger: documents, events by type and pair, versions, runs."""
    held = flows.info(ledger)
    facts: dict[str, Any] = {name: getattr(held, name) for name in held.__slots__}
    years = f", {held.first_date[:4]} to {held.last_date[:4]}" if held.first_date and held.last_date else ""
    lines = [
        f"{held.path}: ledger version {held.schema_version}, {held.size / 1e6:.1f} MB, made {held.created}",
        f"{number(held.documents, 'document')} ({held.characters:,} characters), {number(held.events, 'event')}{years}, "
        f"{number(held.rejections, 'rejection')}",
    ]
    if held.amendments:
        states = ", ".join(f"{count:,} {state}" for state, count in held.amendments.items())
        lines.append(f"{number(sum(held.amendments.values()), 'amendment')} by hand: {states}")
    for heading, counts in (
        ("coders" if held.events == held.all_events else "coders, over every version of each document", held.coders),
        ("status", held.statuses),
        ("types", held.types),
        ("pairs", held.dyads),
        ("dropped", held.dropped),
    ):
        if counts:
            lines += [
                "",
                f"{heading}:",
                *table([[f"  {name.strip() or 'not named'}", f"{count:,}"] for name, count in counts.items()]),
            ]
    if held.runs:
        lines += ["", "runs:"]
        lines += [
            f"  {run.run_id}  {run.started:%Y-%m-%d %H:%M} UTC  {run.coder} {run.coder_version}  {run.model}".rstrip()
            for run in held.runs
        ]
    if documents:
        rows = _documents(ledger)
        facts["documents_list"] = rows
        lines += ["", "documents:", *(f"  {row['document_id']}  {row['name']}  {row['date'] or ''}".rstrip() for row in rows)]
    if held.rejections:
        rejected = _rejections(ledger)
        facts["rejections_list"] = rejected
        lines += rejection_lines(rejected)
    emit(facts, lines, as_json=as_json)


def _rejections(ledger: Path) -> list[Rejection]:
    with flows.open_ledger(ledger, read_only=True) as open_one:
        rows = open_one.store.query("SELECT DISTINCT path, code, reason FROM rejections ORDER BY path, code, reason")
    return [Rejection(*row) for row in rows]


def _documents(ledger: Any) -> list[dict[str, Any]]:
    with flows.open_ledger(ledger, read_only=True) as open_one:
        names = ("document_id", "name", "date", "title", "path", "format")
        rows: list[dict[str, Any]] = (
            open_one.documents().select(*names).order_by("name", "document_id").to_pyarrow().to_pylist()
        )
    return rows


def show(
    event_id: Annotated[
        str, typer.Argument(metavar="EVENT_ID", help="The event's id, 16 hexadecimal digits.", show_default=False)
    ],
    ledger: options.LedgerToRead = options.DEFAULT_LEDGER,
    why: Annotated[
        bool, typer.Option("--why", help="Say why it was coded: parse, lexicon rows, actors, date, and what lost.")
    ] = False,
    told: Annotated[
        bool, typer.Option("--mentions", help="List the other mentions of the same event, and where they disagree.")
    ] = False,
    model: Annotated[
        str | None, typer.Option("--model", help="With --why: the spaCy pipeline that coded it, if not our own.")
    ] = None,
    project: options.ProjectOption = None,
    no_project: options.NoProject = False,
    as_json: options.Json = False,
) -> None:
    """Show one event in its paragraph; with --why, how it came to be coded."""
    only_why = {"--model": model is not None, "--project": project is not None, "--no-project": no_project}
    if not why and any(only_why.values()):
        raise typer.BadParameter(f"{next(name for name, given in only_why.items() if given)} belongs to --why")
    chosen = options.chosen_project(project, no_project)
    shown = flows.show(event_id, ledger=ledger)
    document = shown.document
    facts: dict[str, Any] = {
        "event": shown.event,
        "document": {name: getattr(document, name) for name in ("name", "title", "date", "path")} if document else None,
        "before": shown.before,
        "quote": shown.quote,
        "after": shown.after,
        "original": shown.original,
        "amendments": [amendment_facts(one) for one in shown.amendments],
    }
    lines = [*event_lines(shown.event), *_place_lines(shown)]
    if shown.amendments:
        gone = "; no reader sees this event" if not any(one.now for one in shown.amendments) else ""
        lines += ["", f"amended by hand{gone}:"]
        lines += [f"  {line}" for one in shown.amendments for line in amendment_lines(one)]
    if told:
        every = flows.mentions(event_id, ledger=ledger)
        facts["mentions"], facts["disputes"] = every.mentions, every.disputes
        lines += ["", *_told_lines(every)]
    explained = flows.explain(event_id, ledger=ledger, model=model, project=chosen) if why else None
    if explained is not None:
        facts["why"] = {name: value for name, value in plain(explained.explanation).items() if name != "event"}
        facts["run"] = explained.run
        facts["project"] = explained.project.path if explained.project else None
        width = min(shutil.get_terminal_size((100, 24)).columns, WIDEST)
        lines += ["", *explained.text(width=width).splitlines()]
    emit(facts, lines, as_json=as_json)
    if explained is not None and (exit_code := warn_of_skipped(explained.project)):
        raise typer.Exit(exit_code)


def _told_lines(every: flows.Told) -> list[str]:
    """Return the mentions of an event, and each value in which they differ with the number that tell it."""
    number = len(every.mentions)
    lines = [f"told by {number} mention{'' if number == 1 else 's'}:"]
    lines += [f"  {one['event_id']}  {one['document_id']}  {one['quote']}" for one in every.mentions]
    for field in dict.fromkeys(one["field"] for one in every.disputes):
        values = [f"{one['value']} ({one['mentions']})" for one in every.disputes if one["field"] == field]
        lines.append(f"  they differ in {field}: {', '.join(values)}")
    return lines


def event_lines(event: Event) -> list[str]:
    """Return an event as lines for a person: the act first, then every field that says something."""
    told = {"source", "target", "quote", "event_id", "mutual", "type", "document_id", "start", "end"}
    fields = [
        (name, ", ".join(value) if isinstance(value, list) else str(value))
        for name, value in event_to_row(event).items()
        if value not in (None, "", []) and name not in told
    ]
    width = max(len(name) for name, _ in fields)
    return [event_head(event), *(f"  {name.ljust(width)}  {value}" for name, value in fields)]


def event_head(event: Event) -> str:
    """Return who did what to whom in one line, with the event's id."""
    arrow = "<->" if event.mutual else "->"
    return f"{_actor(event.source)} {arrow} {_actor(event.target)}: {event.type} ({event.event_id})"


def _actor(actor: Actor) -> str:
    return f"{actor.code or 'nobody named'}{f' {actor.sector}' if actor.sector else ''}"


def _place_lines(shown: flows.Shown) -> list[str]:
    document, event = shown.document, shown.event
    if document is None:
        return ["", f"document {event.evidence.document_id} is not in this ledger; the quote:", f"  {shown.quote}"]
    title = f": {document.title}" if document.title else ""
    heading = f"{document.name}{title}, characters {event.evidence.start}-{event.evidence.end}"
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    text = " ".join(f"{shown.before}>>> {shown.quote} <<<{shown.after}".split())
    wrapped = textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return ["", heading, "", *wrapped]


def amendment_facts(one: Amended) -> dict[str, Any]:
    """Return an amendment and what has become of it as JSON has it."""
    names = ("amendment_id", "kind", "event_id", "document_id", "author", "made", "reason", "before", "after", "undoes")
    return {**{name: getattr(one.amendment, name) for name in names}, "state": one.state, "now": one.now}


def amendment_lines(one: Amended) -> list[str]:
    """Return an amendment as lines for a person: when, who, what, why, and what has become of it."""
    amendment = one.amendment
    event = amendment.original
    what = {"add": "added", "withdraw": "withdrawn", "change": "changed", "undo": f"undid {amendment.undoes}"}[amendment.kind]
    lines = [f"{amendment.amendment_id}  {amendment.made:%Y-%m-%d %H:%M} UTC  {amendment.author}: {what}"]
    if event is not None:
        lines += [f"  {event_head(event)}", f'  "{" ".join(event.evidence.quote.split())}"']
    if amendment.kind == "change":
        before, after = amendment.before or {}, amendment.after or {}
        lines += [f"  {name}: {_value(before.get(name))} -> {_value(after[name])}" for name in after]
    return [*lines, f"  reason: {amendment.reason}", f"  {STATES[one.state]}{f' (now {one.now})' if one.now else ''}"]


def _value(value: object) -> str:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return "none" if value in (None, "") else str(value).lower() if isinstance(value, bool) else str(value)
