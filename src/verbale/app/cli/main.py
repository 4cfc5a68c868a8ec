"""The entry point of the command `verbale`: its commands, its version, and how errors end a run.

Exit codes: 0 all good, 1 failure, 2 wrong usage, 3 done but some input was rejected. A command whose code 1 says something
of its input has another one for failure.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final

import typer

from verbale.app.cli import (
    amending,
    codes,
    comparing,
    exchange,
    looking,
    making,
    measures,
    measuring,
    panels,
    records,
    reviewing,
    vocabulary,
)
from verbale.app.cli.output import fail, leave_pipe, say_error
from verbale.app.flows.version import version
from verbale.core import VerbaleError

FAILURE: Final = 1
USAGE: Final = 2
# Commands that end with another code on a failure, because 1 says that errors were found in their input.
OWN_FAILURES: Final = {"review": reviewing.FAILED}
# What Typer turns Ctrl-C into.
INTERRUPTED: Final = 130
# Shows the traceback of a fault in the program, for a report.
DEBUG_VARIABLE: Final = "VERBALE_DEBUG"

app = typer.Typer(
    name="verbale",
    help="Reads documents about how states treat each other and writes down who did what to whom, when, and where it says so.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS: Final[dict[str, Callable[..., Any]]] = {
    "code": making.code,
    "dossier": making.dossier,
    "export": exchange.export,
    "import": exchange.import_,
    "info": looking.info,
    "show": looking.show,
    "diff": comparing.diff,
    "evaluate": measuring.evaluate,
    "panel": panels.panel,
    "review": reviewing.review,
}
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)
app.add_typer(amending.app, name="amend")
app.add_typer(codes.app, name="codes")
app.add_typer(measures.app, name="measure")
app.add_typer(records.app, name="records")
app.add_typer(vocabulary.app, name="vocabulary")


def _tell_whole_sentences(group: typer.Typer) -> None:
    """Let lists of commands show the first sentence of each command's help; by default it is cut off at the end of a line."""
    for command in group.registered_commands:
        command.short_help = _first_sentence(command.help or (command.callback and command.callback.__doc__) or "")
    for one in group.registered_groups:
        inner = one.typer_instance
        if inner is not None:
            one.short_help = _first_sentence(one.help or inner.info.help or "")
            _tell_whole_sentences(inner)


def _first_sentence(told: str) -> str:
    return " ".join(told.split("\n\n", maxsplit=1)[0].split()).split(". ")[0]


_tell_whole_sentences(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"verbale {version()}")
        raise typer.Exit


@app.callback()
def main(
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Read documents about how states treat each other and write down who did what to whom, when, and where it says so."""


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    exit_code = call(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        leave_pipe()
    sys.exit(exit_code)


def call(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code; every error is one line on standard error, or JSON with `--json`."""
    as_json = "--json" in arguments
    failure = OWN_FAILURES.get(next((one for one in arguments if not one.startswith("-")), ""), FAILURE)
    try:
        exit_code = int(app(args=list(arguments), prog_name="verbale", standalone_mode=False) or 0)
    except VerbaleError as error:
        return fail(error, failure, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        exit_code = INTERRUPTED
    except Exception as error:  # the last line of defence: never a traceback
        return _fault(error, failure, as_json=as_json)
    if exit_code == INTERRUPTED:
        words = "stopped; finished documents are kept, and the same command goes on from there"
        say_error("interrupted", words, as_json=as_json)
        return failure
    return exit_code


def _fault(error: Exception, failure: int, *, as_json: bool) -> int:
    """Report wrong usage, or a fault in the program, whose traceback shows only on demand."""
    if hasattr(error, "format_message"):  # Typer's and Click's errors of usage have no common base across versions
        return _usage(error, as_json=as_json)
    if os.environ.get(DEBUG_VARIABLE):
        raise error
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    return fail(VerbaleError("internal-fault", reason=reason, variable=DEBUG_VARIABLE), failure, as_json=as_json)


def _usage(error: Any, *, as_json: bool) -> int:
    message, context = str(error.format_message()).strip(), getattr(error, "ctx", None)
    if context is not None and message == context.get_help().strip():  # no command was given, which is answered with the help
        print(message, file=sys.stderr)
        return USAGE
    command = context.command_path if context is not None else "verbale"
    return fail(VerbaleError("usage", reason=message.rstrip("."), command=command), USAGE, as_json=as_json)
