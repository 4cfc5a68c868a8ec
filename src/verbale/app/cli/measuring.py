"""The command `evaluate`: how well the coder does on hand-coded texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from verbale.app import flows
from verbale.app.cli import options
from verbale.app.cli.output import dropped_lines, emit, progress_bar, table, usage_lines
from verbale.app.cli.vocabulary import warn_of_skipped

if TYPE_CHECKING:
    from verbale.app.flows.evaluation import LevelScore, Miss


@options.option_groups(llm=options.llm_options, project=options.chosen_project)
def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", help="A gold file, or a folder that holds gold.jsonl and texts/.", show_default=False),
    ],
    texts: Annotated[
        Path | None, typer.Option("--texts", help="The folder of the texts, by default beside the gold file.")
    ] = None,
    coder: options.CoderName = "verbale",
    model: options.CoderModel = None,
    endpoint: options.Endpoint = None,
    llm: flows.LlmOptions | None = None,
    min_confidence: options.MinConfidence = 0.0,
    workers: options.Workers = 1,
    igo: Annotated[bool, typer.Option("--igo", help="The gold has one code for all organisations, IGO (or NGO).")] = False,
    misses: Annotated[int, typer.Option("--misses", help="List up to so many gold events that were not found.")] = 0,
    spurious: Annotated[int, typer.Option("--spurious", help="List up to so many coded events that match no gold.")] = 0,
    project: Path | Literal[False] | None = None,
    as_json: options.Json = False,
) -> None:
    """Code the texts of a gold standard and measure the result against it.

    Prints precision, recall and F1 by level (pair: the right actors and direction; quad: also the quadrant; type: also the
    type; label: the type alone), then by document and by type.
    """
    with progress_bar("coding", quiet=as_json) as progress:
        found = flows.evaluate(
            gold,
            texts=texts,
            coder=coder,
            model=model,
            endpoint=endpoint,
            llm=llm,
            igo=igo,
            min_confidence=min_confidence,
            workers=workers,
            progress=progress,
            project=project,
        )
    used = flows.project_report(project)
    facts: dict[str, Any] = {
        "levels": {level: _numbers(score) for level, score in found.levels.items()},
        "year": round(found.year, 3) if found.year is not None else None,
        "years": {"right": found.years_right, "dated": found.years_dated},
        "by_document": {doc: {"level": level, **_numbers(score)} for doc, (level, score) in found.by_document.items()},
        "by_type": {
            kind: {level: _numbers(score) for level, score in row.items()} for kind, row in sorted(found.by_type.items())
        },
        "misses": found.misses[:misses] if misses else found.misses,
        "spurious": found.spurious[:spurious] if spurious else found.spurious,
        "coder": found.coder,
        "dropped": found.dropped,
        "usage": found.usage,
        "project": used.path if used else None,
    }
    emit(facts, [*_lines(found, misses, spurious), *(["", f"project: {used.path}"] if used else [])], as_json=as_json)
    if exit_code := warn_of_skipped(used):
        raise typer.Exit(exit_code)


def _lines(found: flows.Evaluation, misses: int, spurious: int) -> list[str]:
    heading = ["", "precision", "recall", "F1", "matched", "gold", "coded"]
    lines = table([heading, *([level, *_cells(score)] for level, score in found.levels.items())])
    if found.year is not None:
        lines += ["", f"year: {found.years_right} of {found.years_dated} dated matches, {found.year:.3f}"]
    rows = [[f"{doc} ({level})", *_cells(score)] for doc, (level, score) in sorted(found.by_document.items())]
    lines += ["", *table([["by document", *heading[1:]], *rows])]
    level: Any = "type" if found.levels["type"].gold else "label"
    rows = [[kind, *_cells(row[level])] for kind, row in sorted(found.by_type.items())]
    lines += ["", *table([[f"by type (level {level})", *heading[1:]], *rows])]
    for title, items, most in (("not found", found.misses, misses), ("matches nothing", found.spurious, spurious)):
        if most:
            lines += ["", f"{title}, {min(most, len(items))} of {len(items)}:", *map(_miss, items[:most])]
    told = [*dropped_lines(found.dropped, {}), *usage_lines(found.usage)]
    return [*lines, "", *told] if told else lines


def _miss(miss: Miss) -> str:
    pair = " > ".join(miss.pair) if miss.pair else ""
    what = " ".join(part for part in (pair, miss.type, miss.date or "") if part)
    there = f" [there: {'; '.join(miss.instead)}]" if miss.instead else ""
    return f"  {miss.doc}: {what}: {' '.join(miss.quote.split())!r}{there}"


def _cells(score: LevelScore) -> list[str]:
    shares = [f"{share:.3f}" for share in (score.precision, score.recall, score.f1)]
    return [*shares, *(f"{count:,}" for count in (score.matched, score.gold, score.predicted))]


def _numbers(score: LevelScore) -> dict[str, float]:
    shares = {name: round(getattr(score, name), 3) for name in ("precision", "recall", "f1")}
    return {**shares, "gold": score.gold, "predicted": score.predicted, "matched": score.matched}
