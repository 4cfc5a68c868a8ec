"""The commands `info` and `show`: what is in a ledger, and one event in its paragraph."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path
from typing import Annotated, Any

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import emit, number, rejection_lines, table
from verbale.core import Actor, Event, Rejection
from verbale.core.schema import event_to_row


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
    for heading, counts in (("coders", held.coders), ("status", held.statuses), ("types", held.types), ("pairs", held.dyads)):
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
    as_json: options.Json = False,
) -> None:
    """Show one event in the paragraph that tells it."""
    shown = flows.show(event_id, ledger=ledger)
    document = shown.document
    facts = {
        "event": shown.event,
        "document": {name: getattr(document, name) for name in ("name", "title", "date", "path")} if document else None,
        "before": shown.before,
        "quote": shown.quote,
        "after": shown.after,
    }
    emit(facts, [*event_lines(shown.event), *_place_lines(shown)], as_json=as_json)


def event_lines(event: Event) -> list[str]:
    """Return an event as lines for a person: the act first, then every field that says something."""
    arrow = "<->" if event.mutual else "->"
    told = {"source", "target", "quote", "event_id", "mutual", "type", "document_id", "start", "end"}
    fields = [
        (name, ", ".join(value) if isinstance(value, list) else str(value))
        for name, value in event_to_row(event).items()
        if value not in (None, []) and name not in told
    ]
    width = max(len(name) for name, _ in fields)
    head = f"{_actor(event.source)} {arrow} {_actor(event.target)}: {event.type} ({event.event_id})"
    return [head, *(f"  {name.ljust(width)}  {value}" for name, value in fields)]


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
