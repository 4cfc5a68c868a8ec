"""The flow `code`: documents in, events into a ledger; what is finished already is not done again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verbale import sources
from verbale.app.flows.common import (
    LedgerLike,
    Progress,
    ProgressHook,
    as_paths,
    check_confidence,
    new_run,
    opened,
    options_hash,
)
from verbale.app.flows.pipeline import Coded, code_all, coding_failed
from verbale.coding import CODER, CODER_VERSION
from verbale.core import Document, Rejection, Run, Settings, VerbaleError
from verbale.ledger import Counts, Ledger
from verbale.parse import load_parser
from verbale.vocab import load_vocabulary


@dataclass(frozen=True, slots=True)
class CodeReport:
    """What a run came to.

    `documents` were coded now, `skipped` had been finished before; of `sentences`, `screened` passed the screen and `parsed`
    were parsed. `rejections` are the inputs that could not be used, in order. `ledger` is None for one that is not kept.
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


def code(
    paths: str | Path | Sequence[str | Path],
    *,
    ledger: LedgerLike,
    model: str | None = None,
    min_confidence: float = 0.0,
    workers: int = 1,
    progress: ProgressHook | None = None,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    settings: Settings | None = None,
) -> CodeReport:
    """Code documents into a ledger and return what was done.

    `paths` are files, folders, patterns, or `-` for standard input; `ledger` a path (made where there is none) or an open
    ledger; `model` an installed spaCy pipeline in place of our own; `columns` says which columns of a corpus are `text`, `id`,
    `date`, `title`, `source`; `format` what the input is, where content and ending do not tell. A document that cannot be read
    or coded is among the rejections; the others go on. Raises VerbaleError for a ledger or model that cannot be opened.

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
            model=model,
            min_confidence=min_confidence,
            workers=workers,
            progress=progress,
            columns=columns,
            format=format,
            settings=settings,
        )


def code_into(
    ledger: Ledger,
    paths: str | Path | Sequence[str | Path],
    *,
    model: str | None = None,
    min_confidence: float = 0.0,
    workers: int = 1,
    progress: ProgressHook | None = None,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    settings: Settings | None = None,
    seen: Callable[[str], None] | None = None,
    written: Sequence[Path] = (),
) -> CodeReport:
    """Code documents into an open ledger, as `code` does; `seen` is told the id of every document, skipped ones too.

    The ledger's own files, and those that the caller has `written`, are no input even where they lie in a folder that is read.
    """
    check_confidence(min_confidence)
    if workers < 1:
        raise VerbaleError("workers-range", workers=workers)
    run = coding_run(model=model, min_confidence=min_confidence)
    started = time.monotonic()
    tally = _Tally(ledger, run, progress)
    own = [ledger.path, ledger.path.with_name(f"{ledger.path.name}.wal")] if ledger.path else []
    items = sources.read(as_paths(paths), settings=settings, columns=columns, format=format, leave_out=[*own, *written])
    unfinished = tally.unfinished(items, seen)
    for result in code_all(unfinished, model=model, min_confidence=min_confidence, workers=workers):
        tally.add(result)
    ledger.flush()
    return tally.report(time.monotonic() - started)


def coding_run(*, model: str | None, min_confidence: float) -> Run:
    """Return the provenance of a coding run that starts now. Raises VerbaleError for a model that cannot be loaded."""
    name, digest = load_parser(model).name, load_vocabulary().digest
    options = {"min_confidence": min_confidence, "model": name, "vocabulary": digest}
    return new_run(coder=CODER, coder_version=CODER_VERSION, model=name, vocabulary=digest, options=options)


class _Tally:
    """Counts of a run while it goes on, and its way into the ledger."""

    def __init__(self, ledger: Ledger, run: Run, progress: ProgressHook | None) -> None:
        self.ledger = ledger
        self.run = run
        self.options = options_hash(run.options)
        self.progress = progress
        self.documents = self.skipped = self.sentences = self.screened = self.parsed = self.events = 0
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
                counts=Counts(coded.sentences, coded.screened),
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
        self._tell(coded.document.name)
        return coded

    def _tell(self, name: str) -> None:
        if self.progress is not None:
            self.progress(Progress(self.documents + self.skipped, self.events, len(self.rejections), name))

    def report(self, seconds: float) -> CodeReport:
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
        )
