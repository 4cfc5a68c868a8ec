"""The flows that correct events by hand: `amend`, `withdraw`, `add_event`, `undo_amendment`, and the list `amendments`."""

from __future__ import annotations

import datetime
import getpass
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from verbale.app.flows.amendment_values import read_changes, vocabulary_for
from verbale.app.flows.common import LedgerLike, opened
from verbale.app.flows.projects import ProjectLike, choose_project
from verbale.core import Actor, Amended, Amendment, AmendmentKind, Document, Event, Evidence, VerbaleError
from verbale.core.amendments import BY_HAND, changed
from verbale.core.schema import flat_row, row_to_event
from verbale.ledger import Ledger
from verbale.ledger.comparing import overlap, same_act
from verbale.vocab import ProjectReport

AUTHOR_VARIABLE: Final = "VERBALE_AUTHOR"
# What is shown of the text around a quotation that stands in several places, on each side.
AROUND: Final = 30
# As many places are listed; a quotation with more is too short to be meant.
MAX_PLACES: Final = 5


@dataclass(frozen=True, slots=True)
class AmendReport:
    """What was kept, what it comes to now, and the event before and after it (None where there is none).

    `alike` are events of the type of one that was added, on the same words: one clause with two dates is two events, but it may
    be one event that was dated otherwise. `project` tells what the user's vocabulary files came to, where a code needed them.
    """

    amended: Amended
    before: Event | None
    after: Event | None
    alike: tuple[Event, ...] = ()
    project: ProjectReport | None = None


def amend(
    event_id: str,
    changes: Mapping[str, object],
    *,
    ledger: LedgerLike,
    reason: str,
    author: str | None = None,
    project: ProjectLike = None,
) -> AmendReport:
    """Correct fields of an event and return it before and after; the coder's own event is kept beside it.

    `changes` maps fields of the event record to values; `date` stands for start, end and precision (`1921-02`, or
    `1921-02/1921-05`). `author` is by default the environment variable VERBALE_AUTHOR, else your name on this computer. An
    actor may have a code of your own, with the entity and sector that `project` gives it, which is found as in `code` (False
    for none). Raises VerbaleError `event-unknown`, `amendment-value`, `amendment-nothing`, `amendment-reason`,
    `ledger-read-only`, or as `code` does for a project file that cannot be used.
    """
    _check_reason(reason)
    chosen = choose_project(project)
    with _existing(ledger) as open_one:
        base = open_one.amendable(event_id)
        vocabulary = vocabulary_for(base.current, changes, chosen)
        fields = read_changes(base.current, changes, known_codes=_codes(open_one), vocabulary=vocabulary)
        if not fields:
            raise VerbaleError("amendment-nothing", event=event_id)
        report = _keep(open_one, "change", base.original, reason, author, before=base.current, after=fields, beside=base.beside)
        return replace(report, project=vocabulary.project)


def withdraw(event_id: str, *, ledger: LedgerLike, reason: str, author: str | None = None) -> AmendReport:
    """Mark an event as wrong: readers no longer see it, `show` still does. Raises VerbaleError as `amend` does."""
    _check_reason(reason)
    with _existing(ledger) as open_one:
        base = open_one.amendable(event_id)
        if any(one.amendment.kind == "withdraw" and one.state != "undone" for one in base.amendments):
            raise VerbaleError("amendment-nothing", event=event_id)
        return _keep(open_one, "withdraw", base.original, reason, author, before=base.current, beside=base.beside)


def add_event(
    document: str,
    quote: str,
    *,
    source: str,
    type: str,
    ledger: LedgerLike,
    reason: str,
    target: str = "",
    date: str | None = None,
    fields: Mapping[str, object] | None = None,
    occurrence: int | None = None,
    author: str | None = None,
    project: ProjectLike = None,
) -> AmendReport:
    """Add an event that the coder missed, with the exact words of the document that tell it.

    `document` is a name or an id. Where the words stand in several places, `occurrence` says which, from 1. `fields` sets any
    other field, and `project` says who has a code of your own, as in `amend`. Raises VerbaleError `document-unknown`,
    `document-ambiguous`, `quote-missing`, `quote-ambiguous`, and as `amend` does.
    """
    _check_reason(reason)
    given = {"source": source, "target": target, "type": type, **({"date": date} if date else {}), **(fields or {})}
    chosen = choose_project(project)
    with _existing(ledger) as open_one:
        held = _document(open_one, document)
        start, end = _place(held, quote, occurrence)
        evidence = Evidence(held.document_id, start, end, held.text[start:end])
        blank = Event(evidence, Actor("OTH"), Actor(""), "CONSULT", confidence=1.0, coder=BY_HAND)
        vocabulary = vocabulary_for(blank, given, chosen)
        event = changed(blank, read_changes(blank, given, known_codes=_codes(open_one), vocabulary=vocabulary))
        row, seen = flat_row(event), open_one.events()
        there = seen.filter(seen.document_id == held.document_id).to_pyarrow().to_pylist()
        if same := next((other for other in there if same_act(other, row)), None):
            raise VerbaleError("amendment-nothing", event=same["event_id"])
        alike = tuple(row_to_event(other) for other in there if overlap(other, row) and other["type"] == event.type)
        beside = open_one.beside(event)
        report = _keep(open_one, "add", event, reason, author, before=None, after=row, beside=beside)
        return replace(report, alike=alike, project=vocabulary.project)


def undo_amendment(amendment_id: str, *, ledger: LedgerLike, reason: str, author: str | None = None) -> AmendReport:
    """Take an amendment back; both stay in the history. The id may be shortened.

    Raises VerbaleError `amendment-unknown`, `amendment-ambiguous`, `amendment-undone`, and as `amend` does.
    """
    _check_reason(reason)
    with _existing(ledger) as open_one:
        known = open_one.amendments()
        found = [one for one in known if amendment_id and one.amendment.amendment_id.startswith(amendment_id)]
        if not found:
            raise VerbaleError("amendment-unknown", path=open_one.path, amendment=amendment_id)
        if len(found) > 1:
            ids = ", ".join(one.amendment.amendment_id for one in found)
            raise VerbaleError("amendment-ambiguous", amendment=amendment_id, found=ids)
        undone = found[0].amendment
        if found[0].state == "undone":
            raise VerbaleError("amendment-undone", amendment=undone.amendment_id)
        amendment = _amendment("undo", undone.event_id, undone.document_id, reason, author, undoes=undone.amendment_id)
        before = _seen(open_one, found[0].now)
        open_one.amend([amendment])
        later = [one for one in open_one.amendments() if one.amendment.event_id == undone.event_id]
        now = next((one.now for one in later if one.now), undone.event_id)
        return AmendReport(_of(later, amendment), before, _seen(open_one, now))


def amendments(ledger: LedgerLike) -> tuple[Amended, ...]:
    """Return all corrections by hand, oldest first, each with what has become of it.

    States: `applied`; `already so`, when the coder now writes what the amendment says; `orphaned`, when no coding of this
    ledger gives the event that it speaks of; `undone`.
    """
    with opened(ledger, read_only=True) as open_one:
        return open_one.amendments()


def _keep(
    ledger: Ledger,
    kind: AmendmentKind,
    event: Event,
    reason: str,
    author: str | None,
    *,
    before: Event | None,
    after: Mapping[str, Any] | None = None,
    beside: tuple[Any, ...] = (),
) -> AmendReport:
    """Keep an amendment of an event as the coder wrote it, and return what it comes to."""
    amendment = _amendment(
        kind,
        event.event_id,
        event.evidence.document_id,
        reason,
        author,
        before=None if kind == "add" else flat_row(event),
        after=after,
        beside=beside,
    )
    ledger.amend([amendment])
    amended = _of(ledger.amendments(), amendment)
    return AmendReport(amended, before, _seen(ledger, amended.now))


def _amendment(
    kind: AmendmentKind, event_id: str, document_id: str, reason: str, author: str | None, **fields: Any
) -> Amendment:
    made = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    return Amendment(kind, event_id, document_id, _author(author), made, " ".join(reason.split()), **fields)


@contextmanager
def _existing(ledger: LedgerLike) -> Iterator[Ledger]:
    """Give an open ledger; none is made where there is none, because it would hold nothing to correct."""
    if not isinstance(ledger, Ledger) and not Path(ledger).exists():
        raise VerbaleError("database-missing", path=ledger)
    with opened(ledger) as open_one:
        yield open_one


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise VerbaleError("amendment-reason")


def _author(author: str | None) -> str:
    try:
        name = author or os.environ.get(AUTHOR_VARIABLE) or getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name at all, as in some containers
        name = ""
    if not name.strip():
        raise VerbaleError("amendment-author", variable=AUTHOR_VARIABLE)
    return " ".join(name.split())


def _of(known: tuple[Amended, ...] | list[Amended], amendment: Amendment) -> Amended:
    return next(one for one in known if one.amendment.amendment_id == amendment.amendment_id)


def _seen(ledger: Ledger, event_id: str) -> Event | None:
    """Return an event if readers see it, as they see it."""
    events = ledger.events()
    known = events.filter(events.event_id == event_id).count().to_pyarrow().as_py() if event_id else 0
    return ledger.event(event_id) if known else None


def _codes(ledger: Ledger) -> frozenset[str]:
    rows = ledger.store.query("SELECT source FROM events UNION SELECT target FROM events")
    return frozenset(row[0] for row in rows)


def _document(ledger: Ledger, name: str) -> Document:
    rows = ledger.store.query("SELECT document_id FROM documents WHERE document_id = ? OR name = ? ORDER BY 1", [name, name])
    if len(rows) > 1:
        raise VerbaleError("document-ambiguous", name=name, found=", ".join(row[0] for row in rows))
    return ledger.document(rows[0][0] if rows else name)


def _place(document: Document, quote: str, occurrence: int | None) -> tuple[int, int]:
    """Return where the words stand in the document, whatever spaces and line ends lie between them."""
    words = quote.split()
    pattern = r"\s+".join(map(re.escape, words))
    # a look-ahead finds places that overlap, too
    places = [match.span(1) for match in re.finditer(f"(?=({pattern}))", document.text)] if words else []
    if not places:
        raise VerbaleError("quote-missing", document=document.name, quote=quote[:80])
    if occurrence is not None:
        if not 1 <= occurrence <= len(places):
            raise VerbaleError("quote-occurrence", occurrence=occurrence, count=len(places), document=document.name)
        return places[occurrence - 1]
    if len(places) > 1:
        listed = "; ".join(f"{number}: {_around(document, *place)}" for number, place in enumerate(places[:MAX_PLACES], 1))
        raise VerbaleError("quote-ambiguous", document=document.name, count=len(places), places=listed)
    return places[0]


def _around(document: Document, start: int, end: int) -> str:
    """Return the words that stand around a quotation, which tell one place from another."""
    text = document.text
    return " ".join(f"...{text[max(0, start - AROUND) : start]}[{start}-{end}]{text[end : end + AROUND]}...".split())
