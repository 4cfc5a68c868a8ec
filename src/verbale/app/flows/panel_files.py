"""Panels as files: Parquet, CSV, Stata and SPSS, with what every column means and where it came from, and a codebook."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pyreadstat

from verbale.app.flows.common import whole_file
from verbale.app.flows.version import version
from verbale.core import VerbaleError
from verbale.measures.panel import Panel, Variable

# Rows in memory at once where a file is written row group by row group: some 20 MB for fifty columns.
ROWS_AT_ONCE: Final = 50_000
METADATA_KEY: Final = "verbale.panel"
# Stata takes labels of 80 characters, SPSS of 255; what is longer is cut here and stands whole in the codebook.
LONGEST_LABEL: Final = {".dta": 80, ".sav": 255}
_STATA_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,31}")
_SPSS_NAME: Final = re.compile(r"[A-Za-z@][A-Za-z0-9_.$#@]{0,63}(?<![._])")
_STATA_WORDS: Final = frozenset(
    ("_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_N", "_pi", "_pred", "_rc",
     "_skip", "strL", "using", "with")
)  # fmt: skip
_SPSS_WORDS: Final = frozenset(("ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"))


@dataclass(frozen=True, slots=True)
class PanelReport:
    """What was written: the file, its codebook, the numbers of rows and columns, and the records that they come from."""

    output: str
    codebook: str
    rows: int
    columns: int
    sources: tuple[str, ...]


def write_panel(panel: Panel, output: str | Path) -> PanelReport:
    """Write a panel to a file whose ending names its form: `.parquet`, `.csv`, `.dta` (Stata) or `.sav` (SPSS).

    Rows are in the order of the keys. Beside it comes a codebook, `NAME.codebook.md`: every column's meaning, unit, dataset,
    edition and years, and what to cite. Parquet carries the same in its metadata, Stata and SPSS have the labels. Raises
    VerbaleError `panel-form`, `panel-names` or `output-unwritable`.
    """
    path = Path(output)
    form = path.suffix.lower()
    if form not in _WRITERS:
        raise VerbaleError("panel-form", path=path, allowed=", ".join(_WRITERS))
    _check_names(panel, form)
    codebook = path.with_suffix(".codebook.md")
    with whole_file(path) as file:
        rows = _WRITERS[form](panel, file)
    with whole_file(codebook) as file:
        file.write(codebook_text(panel, path.name, rows).encode("utf-8"))
    return PanelReport(str(path), str(codebook), rows, len(panel.columns), tuple(one.name for one in panel.used()))


def _check_names(panel: Panel, form: str) -> None:
    """Raise `panel-names` for columns that a program cannot take."""
    names, wrong, rule = panel.columns, [], ""
    if form == ".dta":
        rule = "Stata: 32 letters, digits and underscores at most, no digit first, no word of Stata's own"
        wrong = [name for name in names if not _STATA_NAME.fullmatch(name) or name in _STATA_WORDS]
    elif form == ".sav":
        rule = "SPSS: 64 letters, digits and . _ $ # @ at most, a letter first, capitals not told apart, no word of SPSS's own"
        often = Counter(name.upper() for name in names)
        wrong = [n for n in names if not _SPSS_NAME.fullmatch(n) or n.upper() in _SPSS_WORDS or often[n.upper()] > 1]
    if wrong:
        raise VerbaleError("panel-names", names=", ".join(wrong), rule=rule)


def _batches(panel: Panel) -> tuple[pa.Schema, Any]:
    """Return the rows as record batches, and their schema with what is known of the columns."""
    table = panel.table.order_by(*panel.keys)
    known = {one.name: one for one in panel.variables}
    plain = table.schema().to_pyarrow()
    fields = [field.with_metadata(_field_facts(known.get(field.name))) for field in plain]
    schema = pa.schema(fields, metadata={METADATA_KEY: json.dumps(panel_facts(panel), ensure_ascii=False)})
    return schema, table.to_pyarrow_batches(chunk_size=ROWS_AT_ONCE)


def _field_facts(variable: Variable | None) -> dict[str, str] | None:
    if variable is None:
        return None
    facts = {"label": variable.label, "unit": variable.unit, "note": variable.note}
    facts["dataset"] = "; ".join(f"{one.name} ({one.edition})" for one in variable.sources)
    return {name: text for name, text in facts.items() if text}


def panel_facts(panel: Panel) -> dict[str, Any]:
    """Return what is known of a panel as plain values: unit, system, direction, years, columns, and records with citations."""
    return {
        "unit": panel.unit,
        "system": panel.system,
        "directed": panel.directed,
        "years": list(panel.years),
        "keys": list(panel.keys),
        "columns": [
            {
                "name": one.name,
                "label": one.label,
                "unit": one.unit,
                "note": one.note,
                "datasets": [s.name for s in one.sources],
            }
            for one in panel.variables
        ],
        "datasets": [dataclasses.asdict(one) for one in panel.used()],
        "program": f"verbale {version()}",
    }


def _write_parquet(panel: Panel, file: Any) -> int:
    schema, batches = _batches(panel)
    rows = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
            rows += batch.num_rows
    return rows


def _write_csv(panel: Panel, file: Any) -> int:
    schema, batches = _batches(panel)
    plain, rows = schema.remove_metadata(), 0
    with pa_csv.CSVWriter(file, plain, write_options=pa_csv.WriteOptions(quoting_style="needed")) as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_batches([batch]).cast(plain))
            rows += batch.num_rows
    return rows


def _write_stata(panel: Panel, file: Any) -> int:
    frame = panel.to_pandas()
    # version 15 is the newest that pyreadstat writes; Stata 14 and later read it, with text in UTF-8
    pyreadstat.write_dta(frame, file.name, file_label=_title(panel)[:80], column_labels=_labels(panel, ".dta"), version=15)
    return len(frame)


def _write_spss(panel: Panel, file: Any) -> int:
    frame = panel.to_pandas()
    pyreadstat.write_sav(frame, file.name, file_label=_title(panel)[:64], column_labels=_labels(panel, ".sav"))
    return len(frame)


def _labels(panel: Panel, form: str) -> list[str | None]:
    """Return the labels of the columns, with the unit where there is room for it."""
    known = {one.name: one for one in panel.variables}
    return [_label(known[name], LONGEST_LABEL[form]) for name in panel.columns]


def _label(one: Variable, longest: int) -> str:
    whole = f"{one.label} ({one.unit})" if one.unit else one.label
    text = whole if len(whole) <= longest else one.label
    return text if len(text) <= longest else f"{text[: longest - 3]}..."


def _title(panel: Panel) -> str:
    direction = {True: "directed ", False: "non-directed ", None: ""}[panel.directed]
    return f"{direction}{panel.unit} panel, {panel.system.upper()} states, {panel.years[0]}-{panel.years[1]}"


_WRITERS: Final[Mapping[str, Callable[[Panel, Any], int]]] = {
    ".parquet": _write_parquet,
    ".csv": _write_csv,
    ".dta": _write_stata,
    ".sav": _write_spss,
}


def codebook_text(panel: Panel, file: str, rows: int) -> str:
    """Return the codebook of a panel in Markdown."""
    lines = [
        f"# Codebook of {file}",
        "",
        f"{_title(panel)}: {rows:,} rows, {len(panel.columns)} columns; one row for each {', '.join(panel.keys)}.",
        f"Made with Verbale {version()}. An empty value is not known, or lies beyond the years of its dataset; it is not 0.",
        "",
        "| column | meaning | unit | dataset | note |",
        "|---|---|---|---|---|",
    ]
    for one in panel.variables:
        names = ", ".join(source.name for source in one.sources)
        lines.append("| " + " | ".join(_cell(text) for text in (one.name, one.label, one.unit, names, one.note)) + " |")
    lines += ["", "## Datasets", "", "| dataset | title | edition | years | terms |", "|---|---|---|---|---|"]
    for source in panel.used():
        years = f"{source.first_year}-{source.last_year}"
        cells = (source.name, source.title, source.edition, years, source.terms)
        lines.append("| " + " | ".join(map(_cell, cells)) + " |")
    entries = list(dict.fromkeys(source.citation for source in panel.used() if source.citation))
    lines += ["", "## To cite", "", "```bibtex", "\n\n".join(entries), "```", ""]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
