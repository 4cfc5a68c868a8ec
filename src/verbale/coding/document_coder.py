"""A whole document to events: reads its sentences in order, carries references and dates along, and codes each act once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from verbale.coding.dates import DateMention
from verbale.coding.memory import Memory
from verbale.coding.parties import Phrases
from verbale.coding.sentence_coder import Draft, code_sentence
from verbale.coding.tree import Tree
from verbale.coding.when import Calendar
from verbale.core import Actor, Context, Document, Event, EventDate, Evidence, Named, Sentence
from verbale.vocab.codes import goldstein

if TYPE_CHECKING:
    from verbale.vocab import Vocabulary
    from verbale.vocab.names import Mention

CODER: Final = "verbale"
# Raised whenever the same document may give other events than before; part of the ledger's key.
CODER_VERSION: Final = "2"

# Headings and tables sum up what the text then tells; an event is coded at its fullest mention.
# A document of so few sentences is a report of one thing, in which all that counts is said.
NO_STORY: Final = 2
CODED_BLOCKS: Final = frozenset({"paragraph", "list_item"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed sentence on its way through a document: its tree, its phrases, and the dates and references known up to it."""

    sentence: Sentence
    tree: Tree
    phrases: Phrases
    calendar: Calendar
    memory: Memory


def code_document(document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> list[Event]:
    """Return the events of a document in text order; `sentences` are all of its sentences, those worth it parsed."""
    events: dict[str, Event] = {}
    for reading in read_through(document, sentences, vocabulary):
        for _, event in code_reading(reading, document, vocabulary):
            events.setdefault(event.event_id, event)
    return list(events.values())


def code_reading(reading: Reading, document: Document, vocabulary: Vocabulary) -> Iterator[tuple[Draft, Event]]:
    """Yield the drafts of one sentence with their events, and remember that they were told; headings and tables have none."""
    if reading.sentence.kind not in CODED_BLOCKS:
        return
    for draft in code_sentence(reading.tree, reading.phrases, vocabulary):
        dating = reading.calendar.dating(reading.tree, draft.trigger, reading.phrases.instruments)
        reading.memory.note_told(draft.source.code, draft.target.code, draft.type)
        if not dating.series:
            yield draft, _event(draft, document, dating.date, vocabulary)
        for number, mention in enumerate(dating.series):
            yield draft, _event(_on_one_day(draft, mention, reading.tree, number), document, mention.date, vocabulary)


def _on_one_day(draft: Draft, mention: DateMention, tree: Tree, number: int) -> Draft:
    """Return an act told of several dates with the words up to one of them, so that each date has evidence of its own."""
    if mention.start > tree.tokens[draft.trigger.at].start:
        return replace(draft, end=mention.end) if draft.start < mention.end <= draft.end else draft
    return replace(draft, start=mention.start) if number and draft.start <= mention.start else draft


def in_context(document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> list[Sentence]:
    """Return a document's sentences, each with what stands before it and whom the document names most, for the parser."""
    mentions = [vocabulary.actors.find(sentence.text) for sentence in sentences]
    leads = _memory_of(document, sentences, mentions, vocabulary).leads()
    places = {lead.code: place for place, lead in enumerate(leads, start=1)}
    before, found = "", []
    before_named: tuple[Named, ...] = ()
    for sentence, named in zip(sentences, mentions, strict=True):
        namings = tuple(_namings(named, places, document, vocabulary))
        found.append(replace(sentence, context=Context(leads, namings, before, before_named)))
        if sentence.kind in CODED_BLOCKS:
            before, before_named = sentence.text, namings
    return found


def _namings(
    mentions: Iterable[Mention], places: Mapping[str, int], document: Document, vocabulary: Vocabulary
) -> Iterator[Named]:
    year = int(document.date[:4]) if document.date else None
    for mention in mentions:
        name = vocabulary.actors.resolve(mention, year)
        if name is not None:
            yield Named(mention.start, mention.end, places.get(name.code, 0))


def read_through(document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Reading]:
    """Yield the parsed sentences in order; what each of them names is remembered when the next is asked for."""
    mentions = [vocabulary.actors.find(sentence.text) for sentence in sentences]
    memory = _memory_of(document, sentences, mentions, vocabulary)
    calendar = Calendar(document, sentences)
    for sentence, named in zip(sentences, mentions, strict=True):
        if not sentence.tokens:
            continue
        tree = Tree(sentence)
        phrases = Phrases(tree, vocabulary, memory, calendar.year(sentence), named)
        yield Reading(sentence, tree, phrases, calendar, memory)
        memory.note_sentence(phrases)


def _memory_of(
    document: Document, sentences: Sequence[Sentence], mentions: Iterable[Sequence[Mention]], vocabulary: Vocabulary
) -> Memory:
    """Return the memory of a document before its first sentence: how often and how its actors are named in all of it."""
    counts: Counter[str] = Counter()
    entities: dict[str, Actor] = {}
    year = int(document.date[:4]) if document.date else None
    for mention in chain.from_iterable(mentions):
        name = vocabulary.actors.resolve(mention, year)
        # Whom a person spoke for is told by the year of the sentence, where he spoke for several.
        served = {candidate.code for candidate in mention.names} if name is not None and name.kind == "leader" else set()
        if name is not None and len(served) < 2:
            counts[name.code] += 1
            entities.setdefault(name.code, Actor(name.code, "", mention.text, name.entity))
    return Memory(counts, entities, alone=len(sentences) <= NO_STORY)


def _event(draft: Draft, document: Document, date: EventDate | None, vocabulary: Vocabulary) -> Event:
    text = document.text[draft.start : draft.end]
    mode = draft.trigger.entry.mode if draft.type == draft.trigger.entry.type else ""
    year = date.start.year if date else None
    return Event(
        evidence=Evidence(document.document_id, draft.start, draft.end, text),
        source=_dated(draft.source.actor, year, vocabulary),
        target=_dated(draft.target.actor, year, vocabulary),
        type=draft.type,
        mutual=draft.mutual,
        mode=mode,
        intensity=goldstein(draft.type, mode),
        status=draft.status,
        said_by=draft.said_by,
        date=date,
        place=draft.place,
        object=draft.object,
        trigger=draft.trigger.entry.lemma,
        confidence=draft.confidence,
        coder=CODER,
        coder_version=CODER_VERSION,
    )


def _dated(actor: Actor, year: int | None, vocabulary: Vocabulary) -> Actor:
    """Return the actor with the entity that stood for its code in the year of the event."""
    if year is None or actor.code == "OTH":  # a code of many organisations, each of which is its own entity
        return actor
    return replace(actor, entity=vocabulary.actors.entity(actor.code, year) or actor.entity)
