"""Arguments and options that several commands share, each explained once."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

from verbale.app import flows

LEDGER_VARIABLE: Final = "VERBALE_LEDGER"
DEFAULT_LEDGER: Final = Path("verbale.duckdb")

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Documents: files, folders, patterns in quotes, or - for standard input. Read are text, Markdown, HTML, PDF, "
        "Word, TEI, and corpora in JSONL, CSV or Parquet.",
        show_default=False,
    ),
]
LedgerOption = Annotated[Path, typer.Option("--ledger", help="The ledger, made where there is none.", envvar=LEDGER_VARIABLE)]
LedgerToRead = Annotated[Path, typer.Option("--ledger", help="The ledger to look in.", envvar=LEDGER_VARIABLE)]
LedgerToAmend = Annotated[Path, typer.Option("--ledger", help="The ledger that holds the events.", envvar=LEDGER_VARIABLE)]
LedgerArgument = Annotated[Path, typer.Argument(metavar="LEDGER", help="The ledger.", envvar=LEDGER_VARIABLE)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object for machines in place of text.")]
RecordsFolder = Annotated[
    Path | None,
    typer.Option("--folder", help="Where installed datasets lie, in place of your data folder.", envvar="VERBALE_DATA"),
]
Model = Annotated[
    str | None,
    typer.Option("--model", help="An installed spaCy pipeline with Universal Dependencies labels, in place of our own."),
]
CoderModel = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="With our coder: an installed spaCy pipeline with Universal Dependencies labels, in place of our own parser. With "
        "--coder llm: the name of the model on the server.",
    ),
]
CoderName = Annotated[
    str,
    typer.Option("--coder", metavar="CODER", help="Who codes: verbale (ours, offline), or llm, a language model on a server."),
]
ShownCoder = Annotated[
    str | None,
    typer.Option(
        "--coder",
        metavar="CODER",
        help="Who codes, and whose events of --ledger are shown: verbale (ours, offline; codes if not said), or llm, a "
        "language model on a server.",
    ),
]
Endpoint = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="With --coder llm: a server that speaks the OpenAI chat API, as http://localhost:11434/v1. The documents' text is "
        "sent there; where the server is not yours, it leaves your hands. A key is read from VERBALE_LLM_KEY.",
    ),
]
PassageSize = Annotated[
    int | None,
    typer.Option("--passage-size", metavar="N", help="... characters of text in one request; 4,000 if not said."),
]
AnswerTokens = Annotated[
    int | None, typer.Option("--answer-tokens", metavar="N", help="... the longest answer, in tokens; 4,096 if not said.")
]
RequestsPerMinute = Annotated[
    float | None, typer.Option("--requests-per-minute", metavar="N", help="... never ask more often than this.")
]
Retries = Annotated[
    int | None,
    typer.Option(
        "--retries", metavar="N", help="... how often to ask again after a failure, with growing pauses; 5 if not said."
    ),
]
Timeout = Annotated[
    float | None, typer.Option("--timeout", metavar="SECONDS", help="... how long to wait for an answer; 900 if not said.")
]
InputPrice = Annotated[
    float | None, typer.Option("--input-price", metavar="PRICE", help="... of a million tokens asked, to report the cost.")
]
OutputPrice = Annotated[
    float | None, typer.Option("--output-price", metavar="PRICE", help="... of a million tokens answered, to report the cost.")
]
Answers = Annotated[
    Path | None,
    typer.Option(
        "--answers",
        metavar="FOLDER",
        help="... where answers are kept, so that none is paid twice; by default in your cache folder, or VERBALE_ANSWERS.",
    ),
]
MinConfidence = Annotated[
    float, typer.Option("--min-confidence", help="Leave out events that are less sure than this, 0 to 1.")
]
ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "--project",
        metavar="FILE",
        help="A project file with vocabulary of yours; by default the verbale.toml of this folder or of one above it.",
        show_default=False,
    ),
]
NoProject = Annotated[bool, typer.Option("--no-project", help="Use the vocabulary of the package alone.")]
Workers = Annotated[
    int,
    typer.Option(
        "--workers", help="Processes that code at the same time; with --coder llm, requests under way at the same time."
    ),
]
Dyad = Annotated[str | None, typer.Option("--dyad", metavar="A-B", help="Only events between two actors, as in RUS-IRN.")]
ShownDyad = Annotated[
    str | None,
    typer.Option("--dyad", metavar="A-B", help="Show one pair of actors, as in RUS-IRN, and the documents that tell of it."),
]
Years = Annotated[str | None, typer.Option("--years", metavar="YEARS", help="Only events of these years, as in 1941-1946.")]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", help="What the input is (text, markdown, html, pdf, docx, xml, jsonl, csv, parquet), if not told."
    ),
]
TextColumn = Annotated[
    str | None, typer.Option("--text-column", metavar="NAME", help="The column of a corpus that holds the text.")
]
IdColumn = Annotated[str | None, typer.Option("--id-column", metavar="NAME", help="... that holds the document's name.")]
DateColumn = Annotated[str | None, typer.Option("--date-column", metavar="NAME", help="... that holds its date.")]
TitleColumn = Annotated[str | None, typer.Option("--title-column", metavar="NAME", help="... that holds its title.")]
SourceColumn = Annotated[str | None, typer.Option("--source-column", metavar="NAME", help="... that holds where it appeared.")]


def llm_options(
    *,
    passage_size: PassageSize = None,
    answer_tokens: AnswerTokens = None,
    requests_per_minute: RequestsPerMinute = None,
    retries: Retries = None,
    timeout: Timeout = None,
    input_price: InputPrice = None,
    output_price: OutputPrice = None,
    answers: Answers = None,
) -> flows.LlmOptions | None:
    """Return how a server is to be asked, from the options that were given; None when none was."""
    given = {name: value for name, value in locals().items() if value is not None}
    return flows.LlmOptions(**given) if given else None


def corpus_columns(
    *,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    date_column: DateColumn = None,
    title_column: TitleColumn = None,
    source_column: SourceColumn = None,
) -> Mapping[str, str] | None:
    """Return which column of a corpus holds what, from the options that were given; None when none was."""
    columns = {"text": text_column, "id": id_column, "date": date_column, "title": title_column, "source": source_column}
    return {field: column for field, column in columns.items() if column is not None} or None


def chosen_project(project: ProjectOption = None, no_project: NoProject = False) -> Path | Literal[False] | None:
    """Return what the flows take for a project: a file, None to look for one, False for none."""
    if project is not None and no_project:
        raise typer.BadParameter("--project and --no-project exclude each other")
    return False if no_project else project


def option_groups(**groups: Callable[..., Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of a group in place of its parameter of that name, so that several commands share them.

    A group is a function whose parameters are options; the command receives what it returns.
    """
    members = {name: inspect.signature(group, eval_str=True).parameters for name, group in groups.items()}

    def shared(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True).parameters

        @functools.wraps(command)
        def with_groups(**given: Any) -> None:
            made = {name: groups[name](**{one: given.pop(one) for one in members[name]}) for name in groups}
            command(**made, **given)

        parameters = [each for name, one in own.items() for each in (members[name].values() if name in groups else [one])]
        keyword = inspect.Parameter.KEYWORD_ONLY
        with_groups.__signature__ = inspect.Signature([each.replace(kind=keyword) for each in parameters])  # type: ignore[attr-defined]
        return with_groups

    return shared


# What reads documents: how a server is asked, what a corpus calls its columns, and whose vocabulary is used.
reads_documents: Final = option_groups(llm=llm_options, columns=corpus_columns, project=chosen_project)
