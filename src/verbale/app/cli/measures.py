"""The commands `verbale measure NAME`, one for each measure of the registry, with the measure's own options."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import emit
from verbale.app.flows.measured.catalogue import MEASURES

if TYPE_CHECKING:
    from verbale.app.flows.measured.base import Measure, MeasureOption
    from verbale.measures.result import MeasureResult

app = typer.Typer(
    help="Measure a relation: numbers with intervals, a figure, the method, and the events behind them.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
)

MeasuredLedger = Annotated[
    Path | None, typer.Option("--ledger", help="The ledger whose events are measured.", envvar=options.LEDGER_VARIABLE)
]
EventsFile = Annotated[
    Path | None,
    typer.Option(
        "--events",
        metavar="FILE",
        help="A Parquet file with the columns of the event record, as event datasets have it, in place of a ledger.",
    ),
]
MeasuredDyad = Annotated[str | None, typer.Option("--dyad", metavar="A-B", help="The pair of actors, as in RUS-IRN.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write the table (.csv, .parquet), everything (.json), or the figure (.png, .svg).",
    ),
]

Counted = Annotated[
    str,
    typer.Option(
        "--count",
        metavar="WHAT",
        help="Count events, each once however often it is told, or mentions.",
    ),
]


def common(
    *,
    ledger: MeasuredLedger = None,
    events: EventsFile = None,
    dyad: MeasuredDyad = None,
    years: options.Years = None,
    min_confidence: options.MinConfidence = 0.0,
    output: Output = None,
    count: Counted = "events",
    project: options.ProjectOption = None,
    no_project: options.NoProject = False,
    as_json: options.Json = False,
) -> None:
    """Hold the options that every measure has; each command takes them and its own."""


def _command(measure: Measure) -> Callable[..., None]:
    """Make the command of a measure."""

    def command(**given: Any) -> None:
        own = {option.name: _given(option, given.pop(option.name)) for option in measure.options}
        as_json, output, project = given.pop("as_json"), given["output"], given.pop("project")
        # A ledger may be named by the environment, for all commands; a file that is named here goes before it.
        named = given.pop("ledger")
        ledger = named if given["events"] is None else None
        if given["events"] is None and ledger is None and measure.reads_events(own):
            ledger = options.DEFAULT_LEDGER
        chosen = options.chosen_project(project, given.pop("no_project"))
        result = flows.measure(measure.name, ledger=ledger, project=chosen, **given, **own)
        emit(_facts(result, output), _lines(result, output), as_json=as_json)

    parameters = [
        *(_parameter(option) for option in measure.options),
        *inspect.signature(common, eval_str=True).parameters.values(),
    ]
    keyword = inspect.Parameter.KEYWORD_ONLY
    command.__signature__ = inspect.Signature([one.replace(kind=keyword) for one in parameters])  # type: ignore[attr-defined]
    command.__name__ = measure.name.replace("-", "_")
    command.__doc__ = measure.about
    return command


def _parameter(option: MeasureOption) -> inspect.Parameter:
    """Return an option of a measure as Typer reads it."""
    kind: Any = list[option.kind] if option.many else option.kind if option.default is not None else option.kind | None  # type: ignore[name-defined]
    flag = f"--{option.name.replace('_', '-')}"
    declared = typer.Option(flag, metavar=option.metavar, help=option.help)
    default = [] if option.many else option.default
    return inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, declared])


def _given(option: MeasureOption, value: Any) -> Any:
    return tuple(value) if option.many else value


def _facts(result: MeasureResult, output: Path | None) -> dict[str, Any]:
    return {**flows.as_facts(result), "output": output}


def _lines(result: MeasureResult, output: Path | None) -> list[str]:
    lines = [result.title, "", *result.sentences]
    if result.warnings:
        lines += ["", *(f"warning: {warning}" for warning in result.warnings)]
    return [*lines, "", f"written: {output}"] if output else lines


COMMANDS: Final[dict[str, Callable[..., None]]] = {name: _command(measure) for name, measure in MEASURES.items()}
for _name, _made in COMMANDS.items():
    app.command(_name)(_made)
