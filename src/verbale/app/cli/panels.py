"""The command `panel`: a panel of states or pairs of states from the installed records, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import emit, number

if TYPE_CHECKING:
    from verbale.app.flows import AdditionListed, Panel, PanelReport

# As additions name it: `measures.panel.LEDGER`, whose import would slow every command.
_LEDGER: Final = "ledger"

Dyads = Annotated[
    str | None,
    typer.Option(
        "--dyads",
        help="Pairs of states by our codes or the system's numbers, as in RUS-IRN,365-640; all if none are named.",
    ),
]
States = Annotated[str | None, typer.Option("--states", help="States by code or number, as in RUS,IRN; all if none are named.")]
Years = Annotated[
    str | None,
    typer.Option("--years", help="First and last year, as in 1816-2014; all of the list of members if not said."),
]
Additions = Annotated[
    str,
    typer.Option(
        "--with",
        help="Additions in their order, as in mids,alliances,nmc; NAME=DATASET names the dataset, NAME:PREFIX puts a "
        "prefix before the new columns. --list shows them.",
    ),
]
Columns = Annotated[
    str | None,
    typer.Option("--columns", help="The columns to write, beside those that tell the rows apart; all if not said."),
]
Unit = Annotated[
    str,
    typer.Option(
        "--unit",
        help="A row is one of these: dyad-year, dyad-month, state-year, state-month, state-day, leader-year, leader-day, "
        "leader-dyad-year.",
    ),
]
System = Annotated[
    str, typer.Option("--system", help="Whose list of states: cow (Correlates of War) or gw (Gleditsch and Ward).")
]
Directed = Annotated[
    bool | None,
    typer.Option(
        "--directed/--undirected", help="Each pair twice, from each side, or once. A panel of pairs needs one of them."
    ),
]
Extend = Annotated[
    bool, typer.Option("--extend", help="Past the last year of the list of members, let those of its last day go on.")
]
Ledger = Annotated[
    Path | None, typer.Option("--ledger", help="The ledger whose events --with events counts.", show_default=False)
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="The file to write: .parquet, .csv, .dta (Stata) or .sav (SPSS).", show_default=False),
]
Listing = Annotated[bool, typer.Option("--list", help="List the additions and the datasets that they need, and stop.")]


def panel(
    dyads: Dyads = None,
    states: States = None,
    years: Years = None,
    additions: Additions = "",
    columns: Columns = None,
    unit: Unit = "dyad-year",
    system: System = "cow",
    directed: Directed = None,
    extend: Extend = False,
    ledger: Ledger = None,
    output: Output = None,
    list_: Listing = False,
    folder: options.RecordsFolder = None,
    as_json: options.Json = False,
) -> None:
    """Build a panel of states or pairs of states from the installed records, and write it with a codebook.

    Beyond the years of its dataset a value is empty, never 0. The codebook beside the file tells of every column where it comes
    from, and what to cite.
    """
    if list_:
        found = flows.panel_additions(folder=folder)
        emit({"additions": found}, _listed(found), as_json=as_json)
        return
    if output is None:
        raise typer.BadParameter("name a file to write with --output, or ask for --list")
    pairs = None if dyads is None else _parts(dyads)
    base = flows.panel(
        pairs,
        years=years,
        unit=unit,
        system=system,
        directed=directed,
        states=None if states is None else _parts(states),
        extend=extend,
        ledger=ledger,
        folder=folder,
    )
    made = flows.with_additions(base, _parts(additions))
    if columns is not None:
        made = made.select(*_parts(columns))
    _emit_written(
        flows.write_panel(made, output), made, [] if pairs is None else flows.without_rows(base, pairs), as_json=as_json
    )


def _emit_written(report: PanelReport, made: Panel, empty: list[str], *, as_json: bool) -> None:
    """Tell what was written and from what, and of which pairs that were asked for there is no row."""
    lines = [
        f"{report.output}: {number(report.rows, 'row')}, {number(report.columns, 'column')}",
        f"  from {', '.join(report.sources)}",
        f"  codebook: {report.codebook}",
        *(f"no row for {pair}: never members together in these years" for pair in empty),
    ]
    emit({"panel": report, "facts": _facts(made), "without_rows": empty}, lines, as_json=as_json)


def _facts(made: Panel) -> dict[str, Any]:
    return {"unit": made.unit, "system": made.system, "directed": made.directed, "years": made.years, "keys": made.keys}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _listed(found: list[AdditionListed]) -> list[str]:
    lines = ["* marks a dataset that is installed; of several, the first that is installed is taken", ""]
    for one in found:
        lines.append(f"{one.name}: {one.title}")
        lines.append(f"  for {', '.join(one.units)}")
        for system, needed in one.needs.items():
            alternatives = (" or ".join(_dataset(name, held) for name, held in names.items()) for names in needed)
            lines.append(f"  needs ({system}): {' and '.join(alternatives)}")
        lines += [f"  columns: {', '.join(one.columns)}"] if one.columns else []
        lines += [f"  {one.note}"] if one.note else []
    return lines


def _dataset(name: str, held: bool) -> str:
    return "a ledger (--ledger)" if name == _LEDGER else f"{name}{'*' if held else ''}"
