"""The commands `records list`, `show`, `install`, `cite`, `verify` and `describe`: reference data beside the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import SOME_REJECTED, emit, file_bar, number, printable, rejection_lines, table

if TYPE_CHECKING:
    from verbale.records import Dataset, Installed, Provenance

FAILURE: Final = 1
# More names without a code than this hide the rest of the report; all are in the JSON.
MAX_UNCODED: Final = 8

app = typer.Typer(
    help="Install, list and cite the field's reference datasets.",
    rich_markup_mode=None,
    add_completion=False,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A dataset, as `records list` names it.", show_default=False)]
Names = Annotated[
    list[str], typer.Argument(metavar="NAME...", help="Datasets, as `records list` names them.", show_default=False)
]


def list_(folder: options.RecordsFolder = None, as_json: options.Json = False) -> None:
    """List the datasets: name, years, and what is installed."""
    found = flows.list_records(folder=folder)
    rows = [["", "years", "edition", "rows"]]
    for one in found:
        rows.append([one.name, f"{one.first_year}-{one.last_year}", _edition(one.edition or ""), _count(one.rows)])
    aligned = table(rows)
    width = max(map(len, aligned))
    titles = ["", *(one.title for one in found)]
    lines = [f"{line.ljust(width)}  {title}".rstrip() for line, title in zip(aligned, titles, strict=True)]
    lines += [f"{one.name}: {one.problem}" for one in found if one.problem]
    emit({"datasets": found}, lines, as_json=as_json)


def _count(rows: int | None) -> str:
    return "" if rows is None else f"{rows:,}"


def _edition(edition: str) -> str:
    return "not told" if edition == "*" else edition


def show(name: Name, folder: options.RecordsFolder = None, as_json: options.Json = False) -> None:
    """Show a dataset: origin, editions, terms, columns, and what is installed."""
    shown = flows.show_record(name, folder=folder)
    dataset, held = shown.dataset, shown.provenance
    facts = {**_facts(dataset), "folder": shown.folder, "installed": held}
    lines = [dataset.title, ""]
    lines += [f"  {label}: {value}" for label, value in _description(dataset) if value]
    width = max(len(column.name) for column in dataset.columns)
    lines += ["", "columns:", *(f"  {column.name.ljust(width)}  {column.meaning}" for column in dataset.columns), ""]
    lines += _held(held) if held else [f"not installed in {shown.folder}"]
    emit(facts, lines, as_json=as_json)


def _facts(dataset: Dataset) -> dict[str, Any]:
    names = ("name", "title", "home", "files", "addresses", "terms", "by_hand", "citation", "note", "header", "editions")
    columns = [{"name": one.name, "type": str(one.type), "meaning": one.meaning} for one in dataset.columns]
    return {**{name: getattr(dataset, name) for name in names}, "years": dataset.years, "columns": columns}


def _description(dataset: Dataset) -> list[tuple[str, str]]:
    first, last = dataset.years
    editions = ", ".join("any" if edition == "*" else edition for edition in dataset.editions)
    return [
        ("name", dataset.name),
        ("years", f"{first}-{last}"),
        ("editions", editions),
        ("page", dataset.home),
        ("file", " or ".join(dataset.files)),
        ("address", " or ".join(f"{one.url} ({one.edition})" for one in dataset.addresses)),
        ("terms", dataset.terms),
        ("in the way of a program" if dataset.addresses else "fetched by hand, because", dataset.by_hand),
        ("note", dataset.note),
    ]


def _held(held: Provenance) -> list[str]:
    return [
        f"installed {held.installed} from {held.source}, edition {_edition(held.edition)}:",
        *(f"  {line}" for line in _counts(held)),
    ]


def _counts(held: Provenance) -> list[str]:
    lines = [f"{held.rows_in:,} rows in, {held.rows_out:,} rows out, {held.rejected:,} rejected"]
    lines += [f"left out: {count:,} {reason}" for reason, count in held.left_out.items()]
    lines += [f"identical rows, kept: {held.repeated:,}"] if held.repeated else []
    names = [f"{name} ({count:,})" for name, count in list(held.uncoded.items())[:MAX_UNCODED]]
    more = len(held.uncoded) - len(names)
    lines += [f"without a code of ours: {', '.join(names)}{f' and {more} more' if more > 0 else ''}"] if names else []
    if held.as_published is not None:
        lines += ["byte for byte the published file" if held.as_published else "not byte for byte the published file"]
    lines += [f"columns left out, which the catalogue does not know: {', '.join(held.unlisted)}"] if held.unlisted else []
    return lines


def install(
    names: Names,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="Your file of the dataset: the official file, a zip as published, or a folder of them."),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Take a file with fewer rows than its edition has, such as a part you chose.")
    ] = False,
    columns: Annotated[
        str | None,
        typer.Option("--columns", help="Official columns to take, divided by commas, of a dataset with thousands (v-dem)."),
    ] = None,
    dedup: Annotated[
        str,
        typer.Option("--dedup", help="Event data: leave out repeats of an event, by `document` or by `dyad-day`."),
    ] = "none",
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition", help="The edition to download, as `records show` names it, or days of GDELT; else the newest."
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Download anew what was downloaded before.")] = False,
    folder: options.RecordsFolder = None,
    as_json: options.Json = False,
) -> None:
    """Install datasets from a file that you have fetched, or download them.

    With --file, your own file is taken. Without, the file is downloaded from its owner's host, if terms and host allow it;
    otherwise the error names the page to open. The file is checked column by column: one that is not the dataset's is refused
    with what differs. Rows that cannot be used are listed with line and reason, and the exit code is 3.
    """
    chosen = [name.strip() for name in (columns or "").split(",") if name.strip()]
    options: dict[str, Any] = {"partial": partial, "columns": chosen, "dedup": dedup}
    fetching: dict[str, Any] = {"edition": edition, "again": again, "watch": None if as_json else file_bar}
    done = [flows.install_record(name, file=file, folder=folder, **options, **fetching) for name in names]
    facts = {"installed": [{"path": one.path, **_provenance(one), "rejections": one.rejections} for one in done]}
    lines: list[str] = []
    for one in done:
        lines += [f"{one.provenance.name}, edition {_edition(one.provenance.edition)}: {_counts(one.provenance)[0]}"]
        lines += [f"  {line}" for line in _counts(one.provenance)[1:]]
        lines += [f"  from: {url}" for url in one.provenance.addresses]
        lines += [f"  table: {one.path}", *rejection_lines(one.rejections)]
    emit(facts, lines, as_json=as_json)
    if any(one.rejections for one in done):
        raise typer.Exit(SOME_REJECTED)


def _provenance(one: Installed) -> dict[str, Any]:
    return {name: getattr(one.provenance, name) for name in one.provenance.__slots__}


def cite(names: Names, as_json: options.Json = False) -> None:
    """Print the BibTeX entries of datasets."""
    text = flows.cite_records(names)
    emit({"bibtex": text}, text.splitlines(), as_json=as_json)


def verify(folder: options.RecordsFolder = None, as_json: options.Json = False) -> None:
    """Check that installed datasets are as they were written; exit code 1 where one is not."""
    found = flows.verify_records(folder=folder)
    facts = {"datasets": {name: {"code": one.code, "message": str(one)} if one else None for name, one in found.items()}}
    lines = [f"{name}: {printable(str(one)) if one else 'as installed'}" for name, one in found.items()]
    damaged = sum(one is not None for one in found.values())
    emit(facts, [*lines, f"{number(len(found), 'dataset')} installed, {damaged} damaged"], as_json=as_json)
    if damaged:
        raise typer.Exit(FAILURE)


def describe(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write it to a file, such as datapackage.json; else it is printed.")
    ] = None,
    folder: options.RecordsFolder = None,
    as_json: options.Json = False,
) -> None:
    """Describe what is installed as a Frictionless data package.

    The paths in it are relative to the folder of the datasets: that is where the file belongs.
    """
    told = flows.describe_records(folder=folder, output=output)
    if output is None:
        emit(told, json.dumps(told, ensure_ascii=False, indent=2).splitlines(), as_json=as_json)
    else:
        count = number(len(told["resources"]), "dataset")
        emit({"output": output, "datasets": len(told["resources"])}, [f"{count} described in {output}"], as_json=as_json)


COMMANDS: Final[dict[str, Callable[..., Any]]] = {
    "list": list_,
    "show": show,
    "install": install,
    "cite": cite,
    "verify": verify,
    "describe": describe,
}
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)
