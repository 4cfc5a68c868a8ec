"""The flow `dossier`: documents, or a ledger, to one illustrated page in which every figure leads to its words."""

from __future__ import annotations

import contextlib
import datetime
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ibis

from verbale import measures
from verbale.app.flows.coding import CodeReport, code_into
from verbale.app.flows.common import (
    LedgerLike,
    ProgressHook,
    as_paths,
    choose_events,
    opened,
    parse_dyad,
    parse_years,
    whole_file,
)
from verbale.app.flows.version import version
from verbale.coding import screen
from verbale.core import Document, Event, Rejection, Run, Settings, VerbaleError
from verbale.core.schema import row_to_event
from verbale.ledger import Ledger
from verbale.parse import split
from verbale.report import DossierData, DossierDocument
from verbale.report import dossier as render
from verbale.vocab import Vocabulary, load_vocabulary


@dataclass(frozen=True, slots=True)
class DossierReport:
    """What was made: the page, its size in bytes, what it shows, and the coding before it (None without documents)."""

    output: Path
    size: int
    documents: int
    events: int
    dyad: tuple[str, str] | None
    years: tuple[int, int] | None
    coding: CodeReport | None


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a dossier is to show."""

    dyad: tuple[str, str] | None
    years: tuple[int, int] | None
    min_confidence: float
    title: str | None
    made: str


def dossier(
    paths: str | Path | Sequence[str | Path] = (),
    *,
    output: str | Path = "dossier.html",
    ledger: LedgerLike | None = None,
    dyad: str | tuple[str, str] | None = None,
    years: str | tuple[int, int] | None = None,
    title: str | None = None,
    min_confidence: float = 0.0,
    model: str | None = None,
    workers: int = 1,
    progress: ProgressHook | None = None,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    settings: Settings | None = None,
    made: str | None = None,
) -> DossierReport:
    """Code documents and write a page about them, or write one about all of a ledger when no documents are given.

    With `paths`, the page shows these documents; without `ledger` their events are kept only as long as the page is made.
    `dyad` (`RUS-IRN`) shows one pair of actors and the documents that tell of it, `years` (`1900-1950`) a period. `made` is
    the day that the page shows, by default today. Raises VerbaleError `dossier-nothing` when there is nothing to show at all,
    and as `code` does.
    """
    choice = _Choice(
        parse_dyad(dyad),
        parse_years(years),
        min_confidence,
        title,
        made or datetime.datetime.now(datetime.UTC).date().isoformat(),
    )
    inputs = as_paths(paths)
    if not inputs and ledger is None:
        raise VerbaleError("dossier-input")
    with _ledger_for(ledger, write=bool(inputs)) as open_one:
        coding, chosen = None, None
        if inputs:
            ids: dict[str, None] = {}
            coding = code_into(
                open_one,
                inputs,
                min_confidence=min_confidence,
                model=model,
                workers=workers,
                progress=progress,
                columns=columns,
                format=format,
                settings=settings,
                seen=ids.setdefault,
                written=[Path(output)],
            )
            coding = replace(coding, ledger=open_one.path if ledger is not None else None)
            chosen = list(ids)
        data = _gather(open_one, choice, chosen, coding.rejections if coding else None)
    page = render(data).encode("utf-8")
    with whole_file(Path(output)) as file:
        file.write(page)
    return DossierReport(Path(output), len(page), len(data.documents), len(data.events), choice.dyad, choice.years, coding)


@contextlib.contextmanager
def _ledger_for(ledger: LedgerLike | None, *, write: bool) -> Iterator[Ledger]:
    if ledger is not None:
        with opened(ledger, read_only=not write) as open_one:
            yield open_one
        return
    with tempfile.TemporaryDirectory(prefix="verbale-") as folder, opened(Path(folder) / "dossier.duckdb") as open_one:
        yield open_one


def _gather(
    ledger: Ledger, choice: _Choice, chosen: Sequence[str] | None, rejections: Sequence[Rejection] | None
) -> DossierData:
    vocabulary = load_vocabulary()
    table = choose_events(ledger, dyad=choice.dyad, years=choice.years, min_confidence=choice.min_confidence)
    if chosen is not None:
        wanted = ibis.memtable({"document_id": list(chosen)}, schema=ibis.schema({"document_id": "string"}))
        table = table.semi_join(wanted, "document_id")
    # an event of an imported file without its document has no words to lead to
    table = table.semi_join(ledger.documents(), "document_id")
    events = [row_to_event(row) for row in table.order_by("document_id", "start", "end", "event_id").to_pyarrow().to_pylist()]
    period = _period(events)
    documents = [_with_sentences(document, vocabulary) for document in _documents(ledger, chosen, events, choice)]
    if not documents and not rejections:
        raise VerbaleError("dossier-nothing", path=ledger.path)
    return DossierData(
        title=choice.title or _title(choice, documents, vocabulary),
        documents=documents,
        events=events,
        dyad=choice.dyad,
        years=choice.years,
        names=_names(events, choice, vocabulary),
        period=period,
        balance=measures.balance(table, period=period).to_pyarrow().to_pylist(),
        directed=measures.directed_counts(table).to_pyarrow().to_pylist(),
        rejections=rejections if rejections is not None else _rejections(ledger),
        runs=_runs(ledger, events),
        options=_options(choice),
        version=version(),
        made=choice.made,
    )


def _documents(ledger: Ledger, chosen: Sequence[str] | None, events: Sequence[Event], choice: _Choice) -> Iterator[Document]:
    """Yield the documents to show: those given or all; for a pair or a period only those that tell of it."""
    if choice.dyad or choice.years:
        wanted = sorted({event.evidence.document_id for event in events})
    elif chosen is not None:
        wanted = list(chosen)
    else:
        wanted = [row[0] for row in ledger.store.query("SELECT document_id FROM documents ORDER BY name, document_id")]
    known = {row[0] for row in ledger.store.query("SELECT document_id FROM documents")}  # one that failed has no text there
    found = [ledger.document(document_id) for document_id in wanted if document_id in known]
    yield from (
        sorted(found, key=lambda document: (document.date or "", document.name)) if choice.dyad or choice.years else found
    )


def _with_sentences(document: Document, vocabulary: Vocabulary) -> DossierDocument:
    sentences = split(document)
    screened = [number for number, sentence in enumerate(sentences) if screen(sentence, vocabulary)]
    return DossierDocument(document, [(sentence.start, sentence.end) for sentence in sentences], screened)


def _period(events: Sequence[Event]) -> str:
    years = [year for event in events if event.status == "actual" and event.date for year in (event.date.start.year,)]
    return measures.fitting_period(min(years), max(years)) if years else "year"


def _names(events: Sequence[Event], choice: _Choice, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the present name of every state that is shown; organisations keep the name that the texts use."""
    codes = {code for event in events for code in (event.source.code, event.target.code)} | set(choice.dyad or ())
    return {code: name for code in sorted(codes) if (name := vocabulary.states.entity(code, None))}


def _title(choice: _Choice, documents: Sequence[DossierDocument], vocabulary: Vocabulary) -> str:
    if choice.dyad:
        return " and ".join(vocabulary.states.entity(code, None) or code for code in choice.dyad)
    if len(documents) == 1:
        return documents[0].document.title or documents[0].document.name
    return f"{len(documents)} documents"


def _rejections(ledger: Ledger) -> list[Rejection]:
    return [
        Rejection(*row) for row in ledger.store.query("SELECT path, code, reason FROM rejections ORDER BY path, code, reason")
    ]


def _runs(ledger: Ledger, events: Sequence[Event]) -> list[Run]:
    """Return the runs that coded what is shown; without events, all runs."""
    used = {(event.coder, event.coder_version) for event in events}
    runs = ledger.info().runs
    return [run for run in runs if not used or (run.coder, run.coder_version) in used]


def _options(choice: _Choice) -> dict[str, str]:
    options: dict[str, Any] = {
        "pair": "-".join(choice.dyad) if choice.dyad else None,
        "years": "-".join(map(str, choice.years)) if choice.years else None,
        "minimum confidence": choice.min_confidence or None,
    }
    return {name: str(value) for name, value in options.items() if value is not None}
