"""The flows `info` (what is in a ledger) and `show` (one event in its paragraph)."""

from __future__ import annotations

from dataclasses import dataclass

from verbale.app.flows.common import LedgerLike, opened
from verbale.core import Amended, Document, Event, VerbaleError
from verbale.ledger import LedgerInfo

# Where a document has no blocks around the evidence, this many characters on each side are shown: about two lines.
CONTEXT = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """An event with the paragraph that it stands in, cut at the quote; `document` is None where the ledger lacks it.

    The event is as readers see it; `amendments` are its corrections by hand, oldest first, and `original` is what they began
    with, as the coder wrote it (None without amendments).
    """

    event: Event
    document: Document | None
    before: str
    quote: str
    after: str
    amendments: tuple[Amended, ...] = ()
    original: Event | None = None


def info(ledger: LedgerLike) -> LedgerInfo:
    """Return what is in a ledger, counted. Raises VerbaleError for a file that is no ledger."""
    with opened(ledger, read_only=True) as open_one:
        return open_one.info()


def show(event_id: str, *, ledger: LedgerLike) -> Shown:
    """Return an event in its paragraph, with its corrections by hand. Raises VerbaleError `event-unknown`.

    The id may be that of the event as the coder wrote it, or as it was amended.
    """
    with opened(ledger, read_only=True) as open_one:
        base = open_one.amendable(event_id)
        event, amendments, original = base.current, base.amendments, base.original if base.amendments else None
        try:
            document = open_one.document(event.evidence.document_id)
        except VerbaleError as error:
            if error.code != "document-unknown":
                raise
            return Shown(event, None, "", event.evidence.quote, "", amendments, original)
    start, end = event.evidence.start, event.evidence.end
    blocks = [block for block in document.blocks if block.start < end and start < block.end]
    first = min((block.start for block in blocks), default=max(0, start - CONTEXT))
    last = max((block.end for block in blocks), default=end + CONTEXT)
    before, after = document.text[first:start], document.text[end:last]
    return Shown(event, document, before, document.text[start:end], after, amendments, original)
