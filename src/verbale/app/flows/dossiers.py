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
import ibis.expr.types as ir

from verbale import measures
from verbale.app.flows.choosing import LLM
from verbale.app.flows.coder import Coder
from verbale.app.flows.coding import CodeReport, code_into
from verbale.app.flows.common import (
    LedgerLike,
    ProgressHook,
    as_paths,
    check_actors,
    choose_events,
    opened,
    parse_dyad,
    parse_years,
    whole_file,
)
from verbale.app.flows.dossier_events import near, others_behind
from verbale.app.flows.dossier_records import RecordsLike, parse_records, records_beside
from verbale.app.flows.llm.options import LlmOptions
from verbale.app.flows.measured.base import MeasureInput
from verbale.app.flows.measuring import measure_sections
from verbale.app.flows.projects import ProjectLike, choose_project
from verbale.app.flows.version import version
from verbale.coding import CODER, screen
from verbale.core import Amendment, Document, Event, Rejection, Run, Settings, VerbaleError
from verbale.core.amendments import AMENDED, BY_HAND
from verbale.core.schema import row_to_event
from verbale.ledger import Ledger
from verbale.measures.groups import event_groups, joined
from verbale.parse import split
from verbale.report import DossierData, DossierDocument, JoinedEvent
from verbale.report import dossier as render
from verbale.vocab import Project, Vocabulary, load_vocabulary


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
    """What a dossier is to show; `coder` is whose events (None: everybody's), `records` which datasets (None: all)."""

    dyad: tuple[str, str] | None
    years: tuple[int, int] | None
    min_confidence: float
    title: str | None
    made: str | None
    coder: str | None
    records: tuple[str, ...] | None


def dossier(
    paths: str | Path | Sequence[str | Path] = (),
    *,
    output: str | Path = "dossier.html",
    ledger: LedgerLike | None = None,
    dyad: str | tuple[str, str] | None = None,
    years: str | tuple[int, int] | None = None,
    title: str | None = None,
    min_confidence: float = 0.0,
    coder: str | Coder | None = None,
    model: str | None = None,
    endpoint: str | None = None,
    llm: LlmOptions | None = None,
    workers: int = 1,
    progress: ProgressHook | None = None,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    settings: Settings | None = None,
    made: str | None = None,
    project: ProjectLike = None,
    records: RecordsLike = True,
) -> DossierReport:
    """Code documents and write a page about them, or write one about all of a ledger when no documents are given.

    With `paths`, the page shows these documents; without `ledger` their events are kept only as long as the page is made.
    `dyad` (`RUS-IRN`) shows one pair of actors and the documents that tell of it, `years` (`1900-1950`) a period; `made` is
    the day that the page shows, by default today. The coder is chosen as in `code`, and its events are shown, as amended and
    with those added by hand; everybody's only where neither documents nor a coder are given. `project` names your vocabulary
    as for `code`. For a pair, the page lays its acts over the `records` that are installed, or over those of the names given;
    False leaves them out. Raises VerbaleError `dossier-nothing`, `-untold`, `-coder`, `-records`, `dyad-unknown`; as `code`.
    """
    inputs = as_paths(paths)
    shown = _shown_coder(coder, model, coding=bool(inputs))
    choice = _Choice(parse_dyad(dyad), parse_years(years), min_confidence, title, made, shown, parse_records(records))
    if not inputs and ledger is None:
        raise VerbaleError("dossier-input")
    with _ledger_for(ledger, write=bool(inputs)) as open_one:
        ids, coding = dict[str, None](), None
        if inputs:
            coding = code_into(
                open_one,
                inputs,
                coder=coder or CODER,
                min_confidence=min_confidence,
                model=model,
                endpoint=endpoint,
                llm=llm,
                workers=workers,
                progress=progress,
                columns=columns,
                format=format,
                settings=settings,
                project=project,
                seen=ids.setdefault,
                written=[Path(output)],
            )
            coding = replace(coding, ledger=open_one.path if ledger is not None else None)
        vocabulary, chosen = load_vocabulary(project=_project(coder, project, settings)), list(ids) if inputs else None
        data = _gather(open_one, choice, chosen, coding.rejections if coding else None, vocabulary)
    return _written(Path(output), data, choice, coding)


def _written(output: Path, data: DossierData, choice: _Choice, coding: CodeReport | None) -> DossierReport:
    page = render(data).encode("utf-8")
    with whole_file(output) as file:
        file.write(page)
    own = {event.event_id for event in data.events}
    events = len(data.events) - sum(len(one.mentions) - 1 for head, one in data.joined.items() if head in own)
    return DossierReport(output, len(page), len(data.documents), events, choice.dyad, choice.years, coding)


def _shown_coder(coder: str | Coder | None, model: str | None, *, coding: bool) -> str | None:
    """Return the name of the coder whose events a page shows; two coders' events on one page would count each act twice."""
    if coder is None:
        return CODER if coding else None
    if not isinstance(coder, str):
        return coder.name
    return f"{LLM}:{(model or '').strip()}" if coder == LLM else coder


def _project(coder: str | Coder | None, project: ProjectLike, settings: Settings | None) -> Project | None:
    """Return the project whose vocabulary names what a page shows: a coder's that was made already, else as for `code`."""
    if coder is None or isinstance(coder, str):
        return choose_project(project, settings=settings)
    return coder.project


@contextlib.contextmanager
def _ledger_for(ledger: LedgerLike | None, *, write: bool) -> Iterator[Ledger]:
    if ledger is not None:
        with opened(ledger, read_only=not write) as open_one:
            yield open_one
        return
    with tempfile.TemporaryDirectory(prefix="verbale-") as folder, opened(Path(folder) / "dossier.duckdb") as open_one:
        yield open_one


def _gather(
    ledger: Ledger,
    choice: _Choice,
    chosen: Sequence[str] | None,
    rejections: Sequence[Rejection] | None,
    vocabulary: Vocabulary,
) -> DossierData:
    if chosen is None:
        _check_coder(ledger, choice)
    table = choose_events(ledger, dyad=None, years=choice.years, min_confidence=choice.min_confidence)
    coders = table.select("coder").distinct().to_pyarrow()["coder"].to_pylist()
    table = table.filter(table.coder.isin([coder for coder in coders if _is_shown(coder, choice)]))
    if chosen is not None:
        wanted = ibis.memtable({"document_id": list(chosen)}, schema=ibis.schema({"document_id": "string"}))
        table = table.semi_join(wanted, "document_id")
    # an event of an imported file without its document has no words to lead to
    table = table.semi_join(ledger.documents(), "document_id")
    # counted once, however often it is told; worked out here once, for all figures
    around = _counted(near(table, choice.dyad) if choice.dyad else table)
    counted = measures.restrict(around, dyad=choice.dyad)
    own = measures.restrict(table, dyad=choice.dyad)
    events = [row_to_event(row) for row in own.order_by("document_id", "start", "end", "event_id").to_pyarrow().to_pylist()]
    period = _period(events)
    documents = [_with_sentences(document, vocabulary) for document in _documents(ledger, chosen, events, choice)]
    if not documents and not rejections:
        check_actors(choice.dyad, ledger.events(), vocabulary)
        if chosen is not None:
            raise VerbaleError("dossier-untold")
        raise VerbaleError("dossier-nothing", path=ledger.path)
    sections = measure_sections(MeasureInput(around, choice.dyad, choice.years, vocabulary, ledger))
    others, others_left_out = others_behind(sections, around, table, [event.event_id for event in events])
    held = {held.document.document_id for held in documents}
    return DossierData(
        title=choice.title or _title(choice, documents, vocabulary),
        documents=documents,
        events=events,
        dyad=choice.dyad,
        years=choice.years,
        names=_names([*events, *others], choice, vocabulary),
        period=period,
        balance=measures.balance(counted, period=period).to_pyarrow().to_pylist(),
        directed=measures.directed_counts(counted).to_pyarrow().to_pylist(),
        joined=_joined(around),
        rejections=rejections if rejections is not None else _rejections(ledger),
        runs=_runs(ledger, events),
        options=_options(choice),
        version=version(),
        measures=sections,
        others=others,
        others_left_out=others_left_out,
        other_documents=[ledger.document(one) for one in sorted({event.evidence.document_id for event in others} - held)],
        records=records_beside(choice.records, choice.dyad, choice.years, events),
        made=choice.made or datetime.datetime.now(datetime.UTC).date().isoformat(),
        **_amendments(ledger, choice, events, documents),
    )


def _counted(table: ir.Table) -> ir.Table:
    """Return the events once each, however often they are told; of several codings, whose ids may agree, as they stand."""
    if table.select("coder", "coder_version").distinct().count().execute() > 1:
        return table
    return ibis.memtable(joined(table, groups=event_groups(table)).to_pyarrow())


def _joined(counted: ir.Table) -> dict[str, JoinedEvent]:
    """Return the events that several mentions tell, by the id of the mention that stands for them."""
    if "event_ids" not in counted.columns:
        return {}
    several = counted.filter(counted.event_ids.length() > 1).select("event_id", "event_ids", "disagree").to_pyarrow()
    return {row["event_id"]: JoinedEvent(row["event_ids"], row["disagree"]) for row in several.to_pylist()}


def _check_coder(ledger: Ledger, choice: _Choice) -> None:
    """Refuse a coder who wrote nothing in the ledger: its page would look as if there were no events."""
    if choice.coder in (None, CODER):
        return
    rows = ledger.store.query("SELECT coder FROM runs UNION SELECT coder FROM events")
    held = sorted({row[0] for row in rows if row[0]})
    if choice.coder not in held:
        raise VerbaleError("dossier-coder", path=ledger.path, coder=choice.coder, allowed=", ".join(held) or "there is none")


def _is_shown(coder: str, choice: _Choice) -> bool:
    """Tell whether the page shows a coder's events, amended ones too; what people added by hand belongs to every page."""
    coder = coder.removesuffix(AMENDED)
    if choice.coder == CODER:  # with what was imported
        return not coder.startswith(f"{LLM}:")
    return choice.coder is None or coder in (choice.coder, BY_HAND)


def _amendments(
    ledger: Ledger, choice: _Choice, events: Sequence[Event], documents: Sequence[DossierDocument]
) -> dict[str, Any]:
    """Return the corrections by hand that the events carry, and how many events of the documents were withdrawn."""
    shown, texts = {event.event_id for event in events}, {held.document.document_id for held in documents}
    found: dict[str, list[Amendment]] = {}
    withdrawn: set[str] = set()
    for one in ledger.amendments():
        if one.state == "applied" and one.now in shown:
            found.setdefault(one.now, []).append(one.amendment)
        elif one.state == "applied" and one.amendment.kind == "withdraw" and one.amendment.document_id in texts:
            original = one.amendment.original
            if original is not None and _is_shown(original.coder, choice):
                withdrawn.add(one.amendment.event_id)
    return {"amendments": found, "withdrawn": len(withdrawn)}


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
    """Return the present name of every state that is shown, and of the user's codes; organisations keep their texts' names."""
    codes = {code for event in events for code in (event.source.code, event.target.code)} | set(choice.dyad or ())
    return {code: name for code in sorted(codes) if (name := vocabulary.actors.entity(code, None))}


def _title(choice: _Choice, documents: Sequence[DossierDocument], vocabulary: Vocabulary) -> str:
    if choice.dyad:
        return " and ".join(vocabulary.actors.entity(code, None) or code for code in choice.dyad)
    if len(documents) == 1:
        return documents[0].document.title or documents[0].document.name
    return f"{len(documents)} documents"


def _rejections(ledger: Ledger) -> list[Rejection]:
    return [
        Rejection(*row) for row in ledger.store.query("SELECT path, code, reason FROM rejections ORDER BY path, code, reason")
    ]


def _runs(ledger: Ledger, events: Sequence[Event]) -> list[Run]:
    """Return the runs that coded what is shown; without events, all runs."""
    used = {(event.coder.removesuffix(AMENDED), event.coder_version) for event in events}
    runs = ledger.info().runs
    return [run for run in runs if not used or (run.coder, run.coder_version) in used]


def _options(choice: _Choice) -> dict[str, str]:
    options: dict[str, Any] = {
        "pair": "-".join(choice.dyad) if choice.dyad else None,
        "years": "-".join(map(str, choice.years)) if choice.years else None,
        "minimum confidence": choice.min_confidence or None,
    }
    return {name: str(value) for name, value in options.items() if value is not None}
