"""A whole document to events: reads its sentences in order, carries references and dates along, and codes each act once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from verbale.coding.memory import Memory
from verbale.coding.parties import Phrases
from verbale.coding.sentence_coder import Draft, code_sentence
from verbale.coding.tree import Tree
from verbale.coding.when import Calendar
from verbale.core import Actor, Document, Event, EventDate, Evidence, Sentence
from verbale.vocab.codes import goldstein
from verbale.vocab.words import word_list

if TYPE_CHECKING:
    from verbale.vocab import Vocabulary
    from verbale.vocab.names import Mention

CODER: Final = "verbale"
# Raised whenever the same document may give other events than before; part of the ledger's key.
CODER_VERSION: Final = "1"

TAKING_UP: Final = word_list("taking_up")
# Headings and tables sum up what the text then tells; an event is coded at its fullest mention.
CODED_BLOCKS: Final = frozenset({"paragraph", "list_item"})


def code_document(document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> list[Event]:
    """Return the events of a document in text order; `sentences` are all of its sentences, those worth it parsed."""
    mentions = [vocabulary.actors.find(sentence.text) for sentence in sentences]
    memory = _memory(document, chain.from_iterable(mentions), vocabulary)
    calendar = Calendar(document, sentences)
    events: list[Event] = []
    told: dict[tuple[str, str, str], set[int]] = {}
    for sentence, named in zip(sentences, mentions, strict=True):
        if not sentence.tokens:
            continue
        tree = Tree(sentence)
        phrases = Phrases(tree, vocabulary, memory, calendar.year(sentence), named)
        if sentence.kind in CODED_BLOCKS:
            for draft in code_sentence(tree, phrases, vocabulary):
                date = calendar.date_of(tree, draft.trigger, phrases.instruments)
                if _is_recap(draft, tree, date, told):
                    continue
                told.setdefault(_key(draft), set()).update([date.start.year] if date else [])
                events.append(_event(draft, document, date, vocabulary))
        memory.note_sentence(phrases)
    return list({event.event_id: event for event in events}.values())


def _memory(document: Document, mentions: Iterable[Mention], vocabulary: Vocabulary) -> Memory:
    """Return the memory of a document before its first sentence: how often and how its actors are named in all of it."""
    counts: Counter[str] = Counter()
    entities: dict[str, Actor] = {}
    year = int(document.date[:4]) if document.date else None
    for mention in mentions:
        name = vocabulary.actors.resolve(mention, year)
        if name is not None:
            counts[name.code] += 1
            entities.setdefault(name.code, Actor(name.code, "", mention.text, name.entity))
    return Memory(counts, entities)


def _key(draft: Draft) -> tuple[str, str, str]:
    first, second = sorted((draft.source.code, draft.target.code))
    return (first, second, draft.type)


def _is_recap(draft: Draft, tree: Tree, date: EventDate | None, told: dict[tuple[str, str, str], set[int]]) -> bool:
    """Tell whether a noun only takes up an act that was told before: "the invasion" after "invaded".

    A noun with a year of its own in which no such act was told is another one: "the treaty of 1936", "the treaty of 1954".
    """
    if not draft.trigger.is_noun_alone or _key(draft) not in told:
        return False
    if date is not None and date.text and date.start.year not in told[_key(draft)]:
        return False
    if draft.how == "named":
        return True
    return any(tree.lower(child) in TAKING_UP for child in tree.kids(draft.trigger.at, "det"))


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
