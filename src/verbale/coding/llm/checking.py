"""From what a model answered to events: nothing is kept unless its quote, its parties and its type stand up to the passage.

Of an answer only type, mode, status, direction and date go into an event, each checked against a closed list or the passage.
Every text of an event is cut from the document itself, so no word that a model wrote can enter the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, cast

from verbale.coding.llm.dating import Told, read_date
from verbale.coding.llm.finding import Words
from verbale.coding.llm.naming import Naming, NotAnActorError
from verbale.coding.llm.reading import MOST_EVENTS
from verbale.coding.llm.request import TEXT_FIELDS, coder_version
from verbale.core import EVENT_TYPES, STATUSES, Event, EventDate, Evidence, Place
from verbale.vocab.codes import goldstein, load_codes

if TYPE_CHECKING:
    from verbale.coding.llm.passages import Passage
    from verbale.core import Actor, Document, EventType, Status
    from verbale.vocab import Vocabulary

# What our own coder takes for the longest sentence; evidence beyond it points at nothing.
LONGEST_QUOTE: Final = 1_500
# Nobody has measured the model that a user names, and what it says of its own sureness is not calibrated. One half is the
# value that claims nothing: below it an event would be called more likely wrong than right, above it more likely right.
UNMEASURED: Final = 0.5


class DroppedError(Exception):
    """An event that is not kept; the message is a code of `DROPPED`."""


@dataclass(slots=True)
class Checked:
    """The events of a document as its passages' answers come in, and counts of what was not kept, by reason."""

    document: Document
    vocabulary: Vocabulary
    coder: str
    events: list[Event] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    _told: set[tuple[object, ...]] = field(default_factory=set)

    def add(self, passage: Passage, items: Sequence[Any]) -> None:
        """Check the items of the answer to a passage and keep what stands up."""
        reader = _Reader(passage, self)
        for item in items[:MOST_EVENTS]:
            try:
                event = reader.event(item)
                self._once(event)
            except (DroppedError, NotAnActorError) as reason:
                self.dropped[str(reason)] += 1
                continue
            self.events.append(event)
            self.left_out.update(reader.left_out)
        if len(items) > MOST_EVENTS:
            self.dropped["too-many-events"] += len(items) - MOST_EVENTS

    def _once(self, event: Event) -> None:
        """Let an act of a pair pass once; a mutual one is the same with its parties the other way round."""
        source, target = ((actor.code, actor.sector) for actor in (event.source, event.target))
        told = (event.evidence.start, event.evidence.end, event.type, event.status, event.date.iso() if event.date else "")
        keys = {(*told, source, target), *([(*told, target, source)] if event.mutual else [])}
        if not keys.isdisjoint(self._told):
            raise DroppedError("duplicate")
        self._told |= keys


class _Reader:
    """One passage against which answers are held."""

    def __init__(self, passage: Passage, checked: Checked) -> None:
        self.passage = passage
        self.checked = checked
        self.words = Words(passage.text)
        self.told = Told(passage)
        self.naming = Naming(self.words, checked.vocabulary)
        self.left_out: Counter[str] = Counter()

    def event(self, item: Any) -> Event:
        """Return the event of an item. Raises DroppedError or NotAnActorError with the code of the reason."""
        self.left_out.clear()
        fields = _fields(item)
        event_type = _one_of(fields["type"].strip().upper(), EVENT_TYPES, "type-unknown")
        status = _one_of(fields["status"].strip().lower(), STATUSES, "status-unknown")
        start, end = self._quote(fields["quote"])
        date = self._date(fields["date"], fields["date_text"])
        year = self._year(date)
        source, target = (self.naming.actor(fields[role], fields[f"{role}_code"], year) for role in ("source", "target"))
        mutual: bool = item.get("mutual", False)
        _check_parties(source, target, mutual=mutual)
        mode = self._mode(event_type, fields["mode"])
        place = self._text(fields["place"])
        document = self.checked.document
        offset = self.passage.start
        return Event(
            evidence=Evidence(document.document_id, offset + start, offset + end, document.text[offset + start : offset + end]),
            source=source,
            target=target,
            type=cast("EventType", event_type),
            mutual=mutual,
            mode=mode,
            intensity=goldstein(cast("EventType", event_type), mode),
            status=cast("Status", status),
            said_by=self._text(fields["said_by"]),
            date=date,
            place=Place(place, self.checked.vocabulary.places.country(place, year=year) or "") if place else None,
            object=self._text(fields["object"]),
            confidence=UNMEASURED,
            coder=self.checked.coder,
            coder_version=coder_version(),
        )

    def _quote(self, quote: str) -> tuple[int, int]:
        """Return where a quote stands in the passage, in a paragraph or list item."""
        if len(quote) > LONGEST_QUOTE:
            raise DroppedError("quote-too-long")
        if len(quote.split()) == 1:
            raise DroppedError("quote-too-short")
        spans = self.passage.coded_spans()
        seen = False
        for start, end in self.words.find(quote):
            seen = True
            if any(first < end and start < last for first, last in spans):
                return start, end
        raise DroppedError("quote-in-heading" if seen else "quote-not-found")

    def _date(self, text: str, words: str) -> EventDate | None:
        if not text.strip():
            return None
        date = read_date(text)
        if date is None:
            self.left_out["date-unreadable"] += 1
            return None
        told = self.told.cut(date)
        if told is None:
            self.left_out["date-not-told"] += 1
            return None
        if told != date:
            self.left_out["date-coarsened"] += 1
        return replace(told, text=self._text(words))

    def _year(self, date: EventDate | None) -> int | None:
        """Return the year in which names are read: the act's, else the story's, else the document's."""
        known = date or self.passage.story or self.passage.document
        return known.start.year if known else None

    def _mode(self, event_type: str, mode: str) -> str:
        wanted = mode.strip().lower()
        if wanted and wanted not in load_codes().modes_of(event_type):
            self.left_out["mode-unknown"] += 1
            return ""
        return wanted

    def _text(self, words: str) -> str:
        """Return words as the passage has them; those that it does not have are left out."""
        if not words.strip():
            return ""
        found = self.words.first(words) if len(words) <= LONGEST_QUOTE else ""
        if not found:
            self.left_out["text-not-found"] += 1
        return found


def _fields(item: Any) -> dict[str, str]:
    """Return the text fields of an item; what may be left away is empty, what else it holds is passed over."""
    if not isinstance(item, dict) or not isinstance(item.get("mutual", False), bool):
        raise DroppedError("event-malformed")
    fields = {name: item.get(name) for name in TEXT_FIELDS}
    if any(fields[name] is None for name in ("quote", "type", "source", "target")):
        raise DroppedError("event-malformed")
    if fields["status"] is None:
        fields["status"] = "actual"
    if any(not isinstance(value, str) for value in fields.values() if value is not None):
        raise DroppedError("event-malformed")
    return {name: value or "" for name, value in fields.items()}


def _one_of(value: str, allowed: Sequence[str], reason: str) -> str:
    if value not in allowed:
        raise DroppedError(reason)
    return value


def _check_parties(source: Actor, target: Actor, *, mutual: bool) -> None:
    """Refuse an act of an actor toward itself; two sectors of one state may act on each other, as in our own coder."""
    if source.code == target.code and (mutual or source.sector == target.sector):
        raise DroppedError("same-actor")
