"""What the model's estimates add to the lexicon: acts that no entry names, and other acts for words that have an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from verbale.coding.tree import Tree
from verbale.coding.triggers import Trigger
from verbale.core import EVENT_TYPES, Estimates, EventType
from verbale.vocab.actions import ActionEntry

# A word that no entry knows is proposed as an act from this estimate on; the judge then weighs it with all else.
PROPOSED: Final = 0.15
# The lexicon's type of a word gives way to another from this estimate on: below it the lexicon is right more often.
RETYPED: Final = 0.5
# Roles of an act that only the model sees, in the order in which verbs and nouns mostly fill them.
SOURCE_ROLES: Final = ("subject", "possessor", "by", "of")
TARGET_ROLES: Final = ("object", "indirect", "to", "against", "with", "on", "from", "object.possessor")
# Types whose acts are mostly shared, so that direction says nothing.
SHARED: Final = frozenset({"CONSULT"})


@cache
def estimated_entry(kind: str, lemma: str, event_type: EventType) -> ActionEntry:
    """Return the entry that stands for an act which only the model sees."""
    return ActionEntry(
        entry_id=f"estimated {kind} {event_type}", kind=kind, lemma=lemma, particle="", objects=frozenset(), no_object=False,
        prepositions=frozenset(), complements=frozenset(), type=event_type, mode="", source=SOURCE_ROLES, target=TARGET_ROLES,
        mutual=event_type in SHARED, strength=0.5, note="seen by the model, not in the lexicon",
    )  # fmt: skip


def estimated_triggers(tree: Tree, triggers: Sequence[Trigger], names: frozenset[int]) -> list[Trigger]:
    """Return the acts that the estimates add to the lexicon's: words without an entry, and other types for known words."""
    estimates = tree.sentence.estimates
    if estimates is None:
        return []
    known = {trigger.at for trigger in triggers} | {trigger.anchor for trigger in triggers}
    added = []
    for at, token in enumerate(tree.tokens):
        if at in known or at in names or token.pos not in {"VERB", "NOUN", "PROPN", "ADJ", "AUX"}:
            continue
        event_type, probability = likeliest(estimates, at)
        if probability >= PROPOSED:
            verb = at if token.pos in {"VERB", "AUX"} else None
            entry = estimated_entry("verb" if verb is not None else "noun", token.lemma.lower(), event_type)
            added.append(Trigger(entry, at, verb, event_type))
    for trigger in triggers:
        event_type, probability = likeliest(estimates, trigger.at)
        if event_type != trigger.type and probability >= RETYPED:
            added.append(replace(trigger, type=event_type))
    return added


def likeliest(estimates: Estimates, at: int) -> tuple[EventType, float]:
    """Return the type of act that a word most likely tells, with the estimate."""
    row = estimates.acts[at]
    best = int(row.argmax())
    return EVENT_TYPES[best], float(row[best])
