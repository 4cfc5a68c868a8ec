"""The flow `code`: documents in, events into a ledger; what is finished already is not done again."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from verbale import sources
from verbale.app.flows.choosing import choose_coder
from verbale.app.flows.coder import Coded, Coder, Usage, coding_failed
from verbale.app.flows.common import (
    LedgerLike,
    Progress,
    ProgressHook,
    as_paths,
    new_run,
    opened,
    options_hash,
)
from verbale.app.flows.llm.options import LlmOptions
from verbale.app.flows.projects import ProjectLike, project_paths, report_of
from verbale.coding import CODER
from verbale.core import Document, Rejection, Run, Settings
from verbale.ledger import Counts, Ledger
from verbale.vocab import ProjectReport


@dataclass(frozen=True, slots=True)
class CodeReport:
    """What a run came to.

    `documents` were coded now, `skipped` had been finished before; of `sentences`, `screened` passed the screen and `parsed`
    were parsed. `rejections` are the inputs that could not be used, in order. `ledger` is None for one that is not kept.
    `dropped` counts events that the coder proposed and that were not kept, `left_out` parts of events that were, by reason;
    `usage` is what was asked of a server. `project` tells what the user's vocabulary files came to, None without a project.
    """

    ledger: Path | None
    run_id: str
    documents: int
    skipped: int
    sentences: int
    screened: int
    parsed: int
    events: int
    rejections: tuple[Rejection, ...]
    seconds: float
    coder: str = CODER
    dropped: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    usage: Usage | None = None
    project: ProjectReport | None = None


def code(
    paths: str | Path | Sequence[str | Path],
    *,
    ledger: LedgerLike,
    coder: str | Coder = CODER,
    model: str | None = None,
    endpoint: str | None = None,
    llm: LlmOptions | None = None,
    min_confidence: float = 0.0,
    workers: int = 1,
    progress: ProgressHook | None = None,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    settings: Settings | None = None,
    project: ProjectLike = None,
) -> CodeReport:
    """Code documents into a ledger and return what was done.

    `paths` are files, folders, patterns, or `-` for standard input; `ledger` a path (made where there is none) or an open
    ledger. `coder` is `verbale`, ours, which works offline, or `llm`: the model called `model` on a server that speaks the
    OpenAI chat API at `endpoint`, to which the text is sent, asked as `llm` says (docs/llm-coder.md). With our coder, `model`
    is an installed spaCy pipeline in place of our own. `columns` says which columns of a corpus are `text`, `id`, `date`,
    `title`, `source`; `format` what the input is, where content and ending do not tell. `project` is a project file with
    vocabulary of yours, by default the `verbale.toml` of the working folder or above; False for none. A document that cannot
    be read or coded is among the rejections; the others go on. Raises VerbaleError for a ledger, model, server or project file
    that cannot be used.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     note = pathlib.Path(folder, "note.txt")
    ...     _ = note.write_text("France recognised Brazil in 1825. The weather was fine.")
    ...     report = code(note, ledger=pathlib.Path(folder, "L.duckdb"))
    >>> report.documents, report.sentences, len(report.rejections)
    (1, 2, 0)
    """
    with opened(ledger) as open_one:
        return code_into(
            open_one,
            paths,
            coder=coder,
            model=model,
            endpoint=endpoint,
            llm=llm,
            min_confidence=min_confidence,
            workers=workers,
            progress=progress,
            columns=columns,
            format=format,
            settings=settings,
            project=project,
        )


def code_into(
    ledger: Ledger,
    paths: str | Path | Sequence[str | Path],
    *,
    coder: str | Coder = CODER,
    model: str | None = None,
    endpoint: str | None = None,
    llm: LlmOptions | None = None,
    min_confidence: float = 0.0,
    workers: int = 1,
    progress: ProgressHook | None = None,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    settings: Settings | None = None,
    project: ProjectLike = None,
    seen: Callable[[str], None] | None = None,
    written: Sequence[Path] = (),
) -> CodeReport:
    """Code documents into an open ledger, as `code` does; `seen` is told the id of every document, skipped ones too.

    The ledger's own files, those of the project, and those that the caller has `written`, are no input even where they lie in a
    folder that is read.
    """
    chosen = choose_coder(
        coder,
        model=model,
        endpoint=endpoint,
        llm=llm,
        min_confidence=min_confidence,
        workers=workers,
        project=project,
        settings=settings,
    )
    run = coding_run(chosen)
    started = time.monotonic()
    tally = _Tally(ledger, run, progress)
    own = [ledger.path, ledger.path.with_name(f"{ledger.path.name}.wal")] if ledger.path else []
    own += project_paths(chosen.project, settings=settings)
    items = sources.read(as_paths(paths), settings=settings, columns=columns, format=format, leave_out=[*own, *written])
    unfinished = tally.unfinished(items, seen)
    for result in chosen.code_all(unfinished):
        tally.add(result)
    ledger.flush()
    return replace(tally.report(time.monotonic() - started, chosen.usage()), project=report_of(chosen.project))


def coding_run(coder: Coder) -> Run:
    """Return the provenance of a coding run that starts now."""
    return new_run(
        coder=coder.name,
        coder_version=coder.version,
        model=coder.model,
        vocabulary=coder.vocabulary,
        options=dict(coder.options),
    )


class _Tally:
    """Counts of a run while it goes on, and its way into the ledger."""

    def __init__(self, ledger: Ledger, run: Run, progress: ProgressHook | None) -> None:
        self.ledger = ledger
        self.run = run
        self.options = options_hash(run.options)
        self.progress = progress
        self.documents = self.skipped = self.sentences = self.screened = self.parsed = self.events = 0
        self.dropped: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.rejections: list[Rejection] = []
        self._under_way: set[str] = set()

    def unfinished(
        self, items: Iterator[Document | Rejection], seen: Callable[[str], None] | None
    ) -> Iterator[Document | Rejection]:
        """Pass on what is to be coded: rejections too, but no document that this version has finished with these options."""
        for item in items:
            if isinstance(item, Document):
                document_id = item.document_id
                if seen is not None:
                    seen(document_id)
                key = (document_id, self.run.coder, self.run.coder_version, self.options)
                if document_id in self._under_way or self.ledger.has(*key):
                    self.skipped += 1
                    self._tell(item.name)
                    continue
                self._under_way.add(document_id)
            yield item

    def add(self, result: Coded | Rejection) -> None:
        """Write a result into the ledger and count it."""
        if isinstance(result, Coded):
            result = self._append(result)
        if isinstance(result, Rejection):
            self.rejections.append(result)
            self.ledger.reject(result, run=self.run)
            self._tell(result.path)

    def _append(self, coded: Coded) -> Coded | Rejection:
        try:
            self.ledger.append(
                coded.document,
                coded.events,
                run=self.run,
                counts=Counts(coded.sentences, coded.screened, {**coded.dropped, **coded.left_out}),
                options=self.options,
            )
        except UnicodeEncodeError as error:
            return coding_failed(coded.document, error)
        finally:
            self._under_way.discard(coded.document.document_id)
        self.documents += 1
        self.sentences += coded.sentences
        self.screened += coded.screened
        self.parsed += coded.parsed
        self.events += len(coded.events)
        self.dropped.update(coded.dropped)
        self.left_out.update(coded.left_out)
        self._tell(coded.document.name)
        return coded

    def _tell(self, name: str) -> None:
        if self.progress is not None:
            self.progress(Progress(self.documents + self.skipped, self.events, len(self.rejections), name))

    def report(self, seconds: float, usage: Usage | None) -> CodeReport:
        """Return the counts."""
        return CodeReport(
            ledger=self.ledger.path,
            run_id=self.run.run_id,
            documents=self.documents,
            skipped=self.skipped,
            sentences=self.sentences,
            screened=self.screened,
            parsed=self.parsed,
            events=self.events,
            rejections=tuple(self.rejections),
            seconds=seconds,
            coder=self.run.coder,
            dropped=dict(sorted(self.dropped.items())),
            left_out=dict(sorted(self.left_out.items())),
            usage=usage,
        )
