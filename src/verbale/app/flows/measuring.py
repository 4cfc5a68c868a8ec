"""The flow `measure`: a measure of the registry over a ledger or a table of events, to a result, a file, a page's section."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import vl_convert

from verbale.app.flows.common import LedgerLike, check_actors, check_confidence, opened, parse_dyad, parse_years, whole_file
from verbale.app.flows.measured.base import Measure, MeasureInput, Shown
from verbale.app.flows.measured.catalogue import MEASURES
from verbale.app.flows.projects import ProjectLike, choose_project
from verbale.app.flows.record_lines import record_lines
from verbale.app.flows.telling_none import beside
from verbale.core import VerbaleError
from verbale.core.schema import EVENT_SCHEMA
from verbale.engine import connect_memory, parquet_table
from verbale.ledger import Ledger
from verbale.measures import restrict
from verbale.measures.groups import joined
from verbale.measures.result import Basis, EvidenceError, MeasureResult
from verbale.report import MeasureSection, RecordLines
from verbale.report.wording import with_article
from verbale.vocab import load_vocabulary

LAYOUTS: Final = ("csv", "parquet", "json", "png", "svg")
# What a measure counts, and how its method says so.
COUNTED: Final = {"events": "events, however often they are told", "mentions": "mentions: an act told twice counts twice"}
# Twice the pixels of a screen of ordinary density: sharp in print at a column's width.
_PNG_SCALE: Final = 2.0
# Rows of a measure's table that a dossier shows; with several hundred, nobody reads them on a page.
MAX_SECTION_ROWS: Final = 200


def measure(
    name: str,
    *,
    ledger: LedgerLike | None = None,
    events: ir.Table | str | Path | None = None,
    dyad: str | tuple[str, str] | None = None,
    years: str | tuple[int, int] | None = None,
    min_confidence: float = 0.0,
    output: str | Path | None = None,
    records_folder: str | Path | None = None,
    project: ProjectLike = None,
    count: str = "events",
    **options: Any,
) -> MeasureResult:
    """Compute a measure of the registry and write it to `output`, whose ending tells the layout (see `LAYOUTS`).

    The events are those of a `ledger`, or `events`: an Ibis table or a Parquet file with the columns of the event record, as
    event datasets have it. Mentions of one event are joined first and counted once, or each with `count="mentions"`.
    `options` are the measure's own. The result's evidence is in memory, so that nothing stays open. Raises VerbaleError
    `measure-unknown`, `measure-option`, `measure-pair`, `dyad-unknown`, `measure-input`, `measure-output`, and what the
    measure raises, `measure-evidence` where there is too little.
    """
    chosen, layout = _chosen(name), _layout(output)
    given = _options(chosen, options)
    pair, span = parse_dyad(dyad), parse_years(years)
    if chosen.pair and pair is None:
        raise VerbaleError("measure-pair", measure=name)
    check_confidence(min_confidence)
    if count not in COUNTED:
        raise VerbaleError("measure-option", option="count", value=count, allowed=" or ".join(COUNTED))
    vocabulary = load_vocabulary(project=choose_project(project))
    with _events(ledger, events, needed=chosen.reads_events(given)) as (every, open_one):
        check_actors(pair, every, vocabulary)
        table = restrict(every, years=span)
        # Event datasets tell no confidence; what is not told is not below a threshold.
        kept = table.filter(table.confidence.fill_null(1.0) >= min_confidence) if min_confidence else table
        kept = ibis.memtable(joined(kept).to_pyarrow()) if count == "events" else kept
        folder = Path(records_folder) if records_folder is not None else None
        inputs = MeasureInput(kept, pair, span, vocabulary, open_one, folder)
        result = _counted(chosen.function()(inputs, **given), inputs).detached()
    if output is not None:
        write_result(result, Path(output), layout=layout)
    return result


def _counted(result: MeasureResult, inputs: MeasureInput) -> MeasureResult:
    """Let a result's method say what was counted: joined events have the ids of their mentions."""
    counted = COUNTED["events" if "event_ids" in inputs.events.columns else "mentions"]
    return replace(result, method=replace(result.method, options={**result.method.options, "counted": counted}))


def _chosen(name: str) -> Measure:
    if name not in MEASURES:
        raise VerbaleError("measure-unknown", measure=name, allowed=", ".join(MEASURES))
    return MEASURES[name]


def _options(chosen: Measure, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all options of a measure: those given, else their defaults. Raises `measure-option` for one it does not have."""
    known = {option.name: option.default for option in chosen.options}
    unknown = sorted(set(given) - set(known))
    if unknown:
        allowed = f"one of {', '.join(known)}" if known else "no option"
        raise VerbaleError("measure-option", option=unknown[0], value="no option of this measure", allowed=allowed)
    return {**known, **given}


@contextlib.contextmanager
def _events(
    ledger: LedgerLike | None, events: ir.Table | str | Path | None, *, needed: bool
) -> Iterator[tuple[ir.Table, Ledger | None]]:
    if not needed and ledger is None and events is None:
        yield ibis.memtable(EVENT_SCHEMA.empty_table()), None
        return
    if (ledger is None) == (events is None):
        raise VerbaleError("measure-input")
    if ledger is not None:
        with opened(ledger, read_only=True) as open_one:
            yield open_one.events(), open_one
    elif isinstance(events, (str, Path)):
        path = Path(events)
        if not path.is_file():
            raise VerbaleError("measure-events", path=path)
        yield parquet_table(connect_memory(), path, name="events"), None
    else:
        yield events, None


def _layout(output: str | Path | None) -> str:
    """Return the layout that a file's ending names, before anything is computed. Raises `measure-output`."""
    layout = Path(output).suffix.lower().removeprefix(".") if output is not None else ""
    if output is not None and layout not in LAYOUTS:
        raise VerbaleError("measure-output", path=output, allowed=", ".join(f".{one}" for one in LAYOUTS))
    return layout


def write_result(result: MeasureResult, path: Path, *, layout: str) -> None:
    """Write a result: its table (csv, parquet), everything (json), or its figure (png, svg)."""
    with whole_file(path) as file:
        if layout == "csv":
            pyarrow.csv.write_csv(_flat(result.rows), file)
        elif layout == "parquet":
            pyarrow.parquet.write_table(result.rows.replace_schema_metadata({"verbale.method": _json(_method(result))}), file)
        elif layout == "json":
            file.write(_json(as_facts(result)).encode() + b"\n")
        else:
            drawn = result.plot().to_json()
            svg = layout == "svg"
            file.write(
                vl_convert.vegalite_to_svg(drawn).encode() if svg else vl_convert.vegalite_to_png(drawn, scale=_PNG_SCALE)
            )


def as_facts(result: MeasureResult) -> dict[str, Any]:
    """Return a result as JSON has it: name, title, summary, warnings, method and rows."""
    return {
        "measure": result.name,
        "title": result.title,
        "summary": list(result.sentences),
        "warnings": list(result.warnings),
        "method": _method(result),
        "rows": result.rows.to_pylist(),
    }


def _method(result: MeasureResult) -> dict[str, Any]:
    method = result.method
    return {
        "formula": method.formula,
        "sources": list(method.sources),
        "options": dict(method.options),
        "versions": dict(method.versions),
        "seed": method.seed,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _flat(rows: pa.Table) -> pa.Table:
    """Return rows with lists as text, as a spreadsheet has them: `a; b`."""
    columns = []
    for name in rows.column_names:
        column = rows[name]
        if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
            texts = [None if values is None else "; ".join(map(str, values)) for values in column.to_pylist()]
            column = pa.chunked_array([pa.array(texts, pa.string())])
        columns.append(column)
    return pa.table(columns, names=rows.column_names)


def measure_sections(inputs: MeasureInput) -> list[MeasureSection]:
    """Return a page's section of every measure that a dossier shows; one that refuses says so in its place."""
    return [
        _shown(chosen, shown, inputs)
        for chosen in MEASURES.values()
        for shown in chosen.in_dossier
        if not chosen.pair or inputs.dyad is not None
    ]


def _shown(chosen: Measure, shown: Shown, inputs: MeasureInput) -> MeasureSection:
    first, second = (with_article(inputs.name_of(code)) for code in inputs.dyad or ("", ""))
    name, title = shown.name or chosen.name, shown.title.format(first=first, second=second) or chosen.title
    given = replace(inputs, dyad=inputs.dyad[::-1]) if shown.turned and inputs.dyad else inputs
    try:
        result = _counted(chosen.function()(given, **_options(chosen, shown.options)), given)
    except VerbaleError as error:
        if error.code not in REFUSALS:
            raise
        return _refused(name, title, error, inputs)
    return replace(_section(result, inputs), name=name, title=title, measure=chosen.name)


def _refused(name: str, title: str, error: VerbaleError, inputs: MeasureInput) -> MeasureSection:
    """Return the section of a measure that refuses, with what the numbers of its refusal counted."""
    said = error.problem.message.format(**error.parts)
    if not isinstance(error, EvidenceError):
        return MeasureSection(name, title, refusal=said)
    keys = {"event_ids": "events"} | {basis.column: basis.name for basis in error.bases}
    read = [found for basis in error.bases if (found := _lines(basis, [error.behind], inputs.records_folder)) is not None]
    ids = sorted(map(str, error.behind.get("event_ids", ())))
    return MeasureSection(name, title, refusal=said, refused=error.behind, keys=keys, lines=read, event_ids=ids)


# Errors that say that a measure cannot be had of these events or of these installed datasets.
REFUSALS: Final = frozenset({"measure-evidence", "record-not-installed", "record-damaged"})


def _section(result: MeasureResult, inputs: MeasureInput) -> MeasureSection:
    chart = result.plot().to_dict()
    # A mark leads to its row, so that what is drawn is in the table, however long that is.
    numbers = sorted({*range(min(result.rows.num_rows, MAX_SECTION_ROWS)), *_drawn(chart)})
    rows = result.rows.take(pa.array(numbers, pa.int64())).to_pylist()
    keys = {basis.column: basis.name for basis in result.bases}
    return MeasureSection(
        name=result.name,
        title=result.title,
        sentences=result.sentences,
        told=result.behind,
        warnings=result.warnings,
        warned=result.warned,
        beside=beside(result, numbers),
        columns=[column for column in result.rows.column_names if column not in keys],
        rows=rows,
        numbers=numbers,
        left_out=result.rows.num_rows - len(rows),
        keys=keys,
        method=result.method.lines(),
        chart=chart,
        codes=_codes(rows, result.method.options, inputs),
        lines=[
            read
            for basis in result.bases
            if (read := _lines(basis, [*rows, *result.behind, *result.warned], inputs.records_folder)) is not None
        ],
        event_ids=_events_behind(result),
    )


def _drawn(chart: Any) -> set[int]:
    """Return the numbers of the rows that the marks of a chart stand for."""
    if isinstance(chart, Mapping):
        own = {chart["row"]} if isinstance(chart.get("row"), int) else set[int]()
        return own.union(*map(_drawn, chart.values()))
    return set[int]().union(*map(_drawn, chart)) if isinstance(chart, list) else set()


# Columns whose values are codes of actors, alone or with hyphens between.
_OF_ACTORS: Final = ("dyad", "source", "target", "third", "states", "supplier", "recipient")


def _codes(rows: Sequence[Mapping[str, Any]], options: Mapping[str, Any], inputs: MeasureInput) -> dict[str, str]:
    """Return the names of the actors beyond the pair that rows, or the options as used, name by their codes."""
    values = {row[column] for row in rows for column in _OF_ACTORS if row.get(column)}
    values.update(code for column in _OF_ACTORS if isinstance(chosen := options.get(column), list) for code in chosen)
    codes = sorted({code for value in values for code in value.split("-")} - set(inputs.dyad or ()))
    return {code: name for code in codes if (name := inputs.name_of(code)) != code}


def _events_behind(result: MeasureResult) -> list[str]:
    """Return the events behind all rows of a result, in order; a section shows no more than some of the rows."""
    columns = [result.rows[basis.column].to_pylist() for basis in result.bases if basis.name == "events"]
    return sorted({str(one) for column in columns for ids in column for one in ids or ()})


def _lines(basis: Basis, rows: Sequence[Mapping[str, Any]], folder: Path | None) -> RecordLines | None:
    """Return what the lines of a dataset say that some rows of a result rest on; None for acts, which the page has."""
    if basis.key != "line":
        return None
    return record_lines(basis.name, basis.table, (line for row in rows for line in row.get(basis.column) or ()), folder=folder)


__all__ = ["LAYOUTS", "MEASURES", "MeasureInput", "as_facts", "measure", "measure_sections", "write_result"]
