"""The command `diff`: what two runs coded differently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.looking import event_head
from verbale.app.cli.output import emit, number, table
from verbale.core import Event
from verbale.core.schema import flat_row

# Documents that get a line of their own; all are in the JSON and in the CSV.
MAX_DOCUMENTS: Final = 20
# A quotation longer than this hides the next one.
MAX_QUOTE: Final = 160


def diff(
    run1: Annotated[
        str, typer.Argument(metavar="RUN1", help="A run, as `info` lists them, or a unique beginning of its id.")
    ] = "previous",
    run2: Annotated[
        str, typer.Argument(metavar="RUN2", help="The run to hold against it; latest and previous name the last two.")
    ] = "latest",
    ledger: options.LedgerToRead = options.DEFAULT_LEDGER,
    other_ledger: Annotated[
        Path | None, typer.Option("--other-ledger", help="The ledger of RUN2, where it is another.")
    ] = None,
    examples: Annotated[int, typer.Option("--examples", help="How many events of each kind are shown.", min=0)] = 10,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write every difference to this file, as CSV.")] = None,
    as_json: options.Json = False,
) -> None:
    """Show what two runs coded differently: events gained, lost and changed.

    So the effect of a changed vocabulary, model or version is seen. A run stands for all that was coded with its settings; only
    documents that both coded are compared, and amendments by hand are left aside. `previous` is the last run of the coder
    before `latest` that had other settings.
    """
    found = flows.diff(run1, run2, ledger=ledger, other_ledger=other_ledger, output=output)
    facts = {name: getattr(found, name) for name in found.__slots__}
    lines = [_side_line(found.left), _side_line(found.right), *_setting_lines(found), "", *_count_lines(found)]
    for what, events in (("gained", found.gained), ("lost", found.lost)):
        lines += _example_lines(what, [_event_lines(event, found) for event in events[:examples]], len(events))
    changed = [[*_event_lines(one.after, found), *_change_lines(one)] for one in found.changed[:examples]]
    lines += _example_lines("changed", changed, len(found.changed))
    if output is not None:
        lines += ["", f"wrote every difference to {output}"]
    emit(facts, lines, as_json=as_json)


def _side_line(side: flows.DiffSide) -> str:
    run = side.run
    more = f" and {number(len(side.runs) - 1, 'run')} with the same settings" if len(side.runs) > 1 else ""
    settings = f"{run.coder} {run.coder_version}  {run.model}  vocabulary {run.vocabulary or 'none'}"
    return f"{run.run_id}{more}  {settings}: {number(side.events, 'event')} in {number(side.documents, 'document')}"


def _setting_lines(found: flows.Diff) -> list[str]:
    """Return the options in which the runs differ, model and vocabulary aside, which stand with the runs."""
    try:
        before, after = (json.loads(side.run.options or "{}") for side in (found.left, found.right))
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    except (ValueError, TypeError, AttributeError):  # a ledger from elsewhere may hold anything
        return []
    return [
        f"{name}: {_value(before.get(name))} -> {_value(after.get(name))}"
        for name in names
        if name not in ("model", "vocabulary")
    ]


def _count_lines(found: flows.Diff) -> list[str]:
    alone = [
        f"{count:,} only by the {which}" for count, which in ((found.left_only, "first"), (found.right_only, "second")) if count
    ]
    left_out = f"; left out: {', '.join(alone)}" if alone else ""
    counts = f"{len(found.gained):,} gained, {len(found.lost):,} lost, {len(found.changed):,} changed"
    lines = [
        f"{number(found.documents, 'document')} coded by both{left_out}",
        f"{number(found.same, 'event')} the same, {counts}",
    ]
    documents = list(found.by_document.items())
    named = {found.names.get(document_id, document_id): counted for document_id, counted in documents[:MAX_DOCUMENTS]}
    for heading, rows in (("by type", dict(found.by_type)), ("by document", named)):
        if rows:
            body = [[f"  {name}", *(f"{count:,}" for count in counted)] for name, counted in rows.items()]
            lines += ["", *table([[heading, "gained", "lost", "changed"], *body])]
    if len(documents) > MAX_DOCUMENTS:
        lines.append(f"  ... and {len(documents) - MAX_DOCUMENTS:,} more documents; all are listed with --json")
    return lines


def _example_lines(what: str, examples: list[list[str]], total: int) -> list[str]:
    if not examples:
        return []
    shown = f", {len(examples):,} of {total:,}" if len(examples) < total else ""
    return ["", f"{what}{shown}:", *(line for example in examples for line in example)]


def _event_lines(event: Event, found: flows.Diff) -> list[str]:
    document_id = event.evidence.document_id
    date = f" {event.date.iso()}" if event.date else ""
    status = "" if event.status == "actual" else f" ({event.status})"
    quote = " ".join(event.evidence.quote.split())
    cut = quote if len(quote) <= MAX_QUOTE else f"{quote[:MAX_QUOTE]}..."
    return [f"  {found.names.get(document_id, document_id)}: {event_head(event)}{date}{status}", f'    "{cut}"']


def _change_lines(one: flows.ChangedEvent) -> list[str]:
    before, after = flat_row(one.before), flat_row(one.after)
    before["words"], after["words"] = (f'"{" ".join(row["quote"].split())}"' for row in (before, after))
    return [f"    {name}: {_value(before[name])} -> {_value(after[name])}" for name in one.changed]


def _value(value: Any) -> str:
    if isinstance(value, list):
        value = ", ".join(value)
    if isinstance(value, float):
        return f"{value:g}"
    return "none" if value in (None, "") else str(value)
