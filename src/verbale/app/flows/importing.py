"""The flow `import_events`: events of a file into a ledger; a malformed row costs no other row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from verbale.app.flows.common import LedgerLike, new_run, opened
from verbale.app.flows.exporting import find_layout
from verbale.core import Event, EventType, Rejection, Run, VerbaleError
from verbale.ledger import LAYOUTS, BadRow, Imported, Ledger, Mapping
from verbale.vocab.codes import plover_of

# Events per transaction: enough to make the commit's cost small, few enough to hold (about 5 MB).
EVENTS_AT_ONCE: Final = 2_000
# Malformed rows that are listed one by one; a file with more is of another kind, and a longer list helps nobody.
MAX_LISTED: Final = 1_000
# Layouts that a file's ending tells; the others are JSON lines too and must be named.
_BY_SUFFIX: Final = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".tsv": "cameo"}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import: events added, events that were there already, and malformed rows (counted; the first listed)."""

    ledger: Path
    layout: str
    added: int
    known: int
    malformed: int
    rejections: tuple[Rejection, ...]


def import_events(path: str | Path, *, ledger: LedgerLike, layout: str | None = None) -> ImportReport:
    """Add the events of a file to a ledger and return what came of it; adding the same file again changes nothing.

    The layout is told by the file's ending (`.jsonl`, `.csv`, `.parquet`, `.tsv`) unless it is given. Where the ledger has an
    event's document, the quote must stand at its offsets. Raises VerbaleError `file-missing`, `layout-unknown`,
    `layout-undetermined`.
    """
    path = Path(path)
    if not path.is_file():
        raise VerbaleError("file-missing", path=path)
    name = layout or _BY_SUFFIX.get(path.suffix.lower())
    if name is None:
        raise VerbaleError("layout-undetermined", path=path, allowed=", ".join(LAYOUTS))
    form = find_layout(name)
    run = new_run(coder="import", coder_version="", model="", vocabulary="", options={"file": path.name, "layout": name})
    with opened(ledger) as open_one:
        find_text = _FindText(open_one)
        mapping = Mapping(plover_type=_plover_type, find_document=_FindDocument(open_one, find_text))
        added = known = malformed = 0
        rejections: list[Rejection] = []
        rows = (_checked(row, find_text) for row in form.read(path, mapping))
        while chunk := list(islice(rows, EVENTS_AT_ONCE)):
            events = [row.event for row in chunk if isinstance(row, Imported)]
            bad = [row for row in chunk if isinstance(row, BadRow)]
            new = open_one.import_events(events, run=run)
            added, known, malformed = added + new, known + len(events) - new, malformed + len(bad)
            listed = [_rejection(path, row) for row in bad[: MAX_LISTED - len(rejections)]]
            _keep(open_one, listed, run)
            rejections += listed
        open_one.flush()
        return ImportReport(open_one.path, name, added, known, malformed, tuple(rejections))


def _keep(ledger: Ledger, rejections: list[Rejection], run: Run) -> None:
    for rejection in rejections:
        ledger.reject(rejection, run=run)


def _rejection(path: Path, row: BadRow) -> Rejection:
    where = f"{path} row {row.row}" if row.row else str(path)
    return Rejection.of(where, VerbaleError("row-malformed", path=where, reason=row.reason))


def _checked(row: Imported | BadRow, find_text: _FindText) -> Imported | BadRow:
    """Hold an event's quote against the document where the ledger has it, and fill in the quote where the row has none."""
    if isinstance(row, BadRow):
        return row
    evidence = row.event.evidence
    text = find_text(evidence.document_id)
    if text is None:
        return row
    words = text[evidence.start : evidence.end]
    if evidence.end > len(text):
        return BadRow(row.row, f"end {evidence.end} lies behind the end of document {evidence.document_id} ({len(text)})")
    if not evidence.quote:
        return Imported(row.row, _with_quote(row.event, words))
    if evidence.quote != words:
        return BadRow(
            row.row, f"the words at {evidence.start}-{evidence.end} of document {evidence.document_id} are not the quote"
        )
    return row


def _with_quote(event: Event, words: str) -> Event:
    return replace(event, evidence=replace(event.evidence, quote=words))


class _FindText:
    """Texts of a ledger's documents by id; the last few are kept, because a file's rows come document by document."""

    def __init__(self, ledger: Ledger) -> None:
        self._find = lru_cache(maxsize=16)(self._read)
        self._ledger = ledger

    def __call__(self, document_id: str) -> str | None:
        return self._find(document_id)

    def _read(self, document_id: str) -> str | None:
        try:
            return self._ledger.text(document_id)
        except VerbaleError as error:
            if error.code != "document-unknown":
                raise
            return None


class _FindDocument:
    """Finds a document's id and text by its name, as layouts without ids name it, or by its id."""

    def __init__(self, ledger: Ledger, find_text: _FindText) -> None:
        self._ids = lru_cache(maxsize=4096)(ledger.document_named)
        self._find_text = find_text

    def __call__(self, name: str) -> tuple[str, str] | None:
        document_id = self._ids(name) or name
        text = self._find_text(document_id)
        return None if text is None else (document_id, text)


def _plover_type(cameo: str) -> tuple[EventType, str] | None:
    """Return PLOVER's type and mode of a CAMEO code, None where it has none."""
    try:
        kind, mode = plover_of(cameo)
    except VerbaleError:
        return None
    return (kind, mode) if kind else None  # type: ignore[return-value]
