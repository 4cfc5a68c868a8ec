"""How a word came to name an act: the lexicon row that it was read by, the rows that lost, and how the act is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from verbale.coding.explaining.terms import Terms
from verbale.coding.status import Reading as Told
from verbale.coding.status import speaker
from verbale.coding.tree import Tree
from verbale.coding.triggers import (
    LIGHT_VERB_WEIGHT,
    Trigger,
    VerbFrame,
    find_triggers,
    light_trigger,
    obligations,
    prepositions_of_noun,
    verb_lemmas,
)
from verbale.core import EVENT_TYPES
from verbale.core.explanations import LexiconRow, Telling, TriedEntry
from verbale.vocab.actions import STRENGTHS

if TYPE_CHECKING:
    from verbale.vocab import Actions
    from verbale.vocab.actions import ActionEntry

STRENGTH_OF: Final = {value: name for name, value in STRENGTHS.items()}
# Rows that lost and are worth a line; frequent verbs ("make", "take") have dozens.
MOST_TRIED: Final = 5


def lexicon_row(entry: ActionEntry) -> LexiconRow:
    """Return an entry as its row in the file: the frame as written there, with the names of noun classes."""
    particle, noun, preposition, complement = [*entry.entry_id.split(":"), *[""] * 6][2:6]
    return LexiconRow(
        kind=entry.kind,
        lemma=entry.lemma,
        particle=particle,
        object=noun,
        preposition=preposition,
        complement=complement,
        type=entry.type,
        mode=entry.mode,
        source=" > ".join(entry.source),
        target=" > ".join(entry.target),
        mutual=entry.mutual,
        strength=STRENGTH_OF.get(entry.strength, f"{entry.strength:g}"),
        note=entry.note,
        origin=entry.origin,
    )


def act_words(tree: Tree, trigger: Trigger) -> str:
    """Return the words that name an act, as written: the verb, or the verb and the noun that it carries."""
    places = sorted({trigger.at, trigger.anchor})
    return " ... ".join(tree.tokens[at].text for at in places)


def tried_entries(tree: Tree, trigger: Trigger, actions: Actions) -> tuple[tuple[TriedEntry, ...], int]:
    """Return the other entries that an act's word was held against, those that fit first, with the reason why each lost.

    At most `MOST_TRIED` of them; the number is how many there were in all.
    """
    found = [*_tried_for_verb(tree, trigger, actions)] if trigger.verb is not None else []
    if trigger.at != trigger.verb:
        found += _tried_for_noun(tree, trigger, actions)
    found.sort(key=lambda tried: -1.0 if tried.score is None else tried.score, reverse=True)
    return tuple(found[:MOST_TRIED]), len(found)


def _tried_for_verb(tree: Tree, trigger: Trigger, actions: Actions) -> Iterable[TriedEntry]:
    verb = trigger.anchor
    frame = VerbFrame(tree, verb, actions)
    for lemma in verb_lemmas(tree, verb, actions):
        entries = actions.verbs.get(lemma, ())
        scores = {entry.entry_id: frame.fit(entry) for entry in entries}
        won = scores.get(trigger.entry.entry_id, LIGHT_VERB_WEIGHT if trigger.at != verb else None)
        for entry in entries:
            score = scores[entry.entry_id]
            if entry.entry_id == trigger.entry.entry_id:
                continue
            before = trigger.entry.own and not entry.own
            reason = _lack(frame, entry) if score is None else _less(score, won, own=before)
            yield TriedEntry(lexicon_row(entry), score, reason)
        if any(score is not None for score in scores.values()) or light_trigger(frame, lemma) is not None:
            return


def _later(*, own: bool) -> str:
    return f"it fits as well, but {'a row of yours goes first' if own else 'stands later in the order of the rows'}"


def _less(score: float, won: float | None, *, own: bool) -> str:
    if won is not None and score < won:
        return f"it fits, but asks for less of the sentence ({score:g} against {won:g} points)"
    if score == won:
        return _later(own=own)
    return "it fits, but another rule comes first"


def _lack(frame: VerbFrame, entry: ActionEntry) -> str:
    """Say what the sentence lacks that an entry asks for."""
    lacking = frame.lacks(entry)
    words = [frame.tree.tokens[at].text for at in frame.objects]
    has = f"here it is {' and '.join(words)}" if words else "here is none"
    if lacking == "particle":
        return f'no particle "{entry.particle}" stands with the verb'
    if lacking == "object":
        return f"it asks for such an object; {has}"
    if lacking == "no object":
        return f"it asks for a verb without object; {has}"
    if lacking == "preposition":
        return f"it asks for a phrase with {_quoted(entry.prepositions)}"
    return f"it asks for a clause as complement ({' or '.join(sorted(entry.complements))})"


def _quoted(words: Iterable[str]) -> str:
    return " or ".join(f'"{word}"' for word in sorted(words))


def _tried_for_noun(tree: Tree, trigger: Trigger, actions: Actions) -> Iterable[TriedEntry]:
    at = trigger.at
    head = actions.noun_lemma(tree.lower(at)) or tree.lower(at)
    longest = trigger.entry.lemma.count(" ")
    for entry in actions.nouns.get(head, ()):
        if entry.entry_id == trigger.entry.entry_id:
            continue
        if entry.lemma.count(" ") > longest:
            reason = f'its full name "{entry.lemma}" does not stand here'
        elif entry.lemma.count(" ") < longest:
            reason = "a longer name of the act stands here"
        elif entry.prepositions and not prepositions_of_noun(tree, at) & entry.prepositions:
            reason = f"it asks for a phrase with {_quoted(entry.prepositions)}"
        elif entry.complements and not (tree.kids(at, "acl") or tree.kids(at, "ccomp")):
            reason = "it asks for a clause on the noun"
        else:
            reason = _later(own=trigger.entry.own and not entry.own)
        yield TriedEntry(lexicon_row(entry), None, reason)


def is_in_lexicon(tree: Tree, trigger: Trigger, actions: Actions, names: frozenset[int]) -> bool:
    """Tell whether a row of the lexicon gave an act; the others are what the parser's model sees."""
    found = find_triggers(tree, actions, names=names)
    return trigger in (*found, *obligations(tree, actions, taken={other.at for other in found}))


def estimate(tree: Tree, trigger: Trigger) -> float | None:
    """Return how sure the parser's model is that an act's word tells an act of its type; None where it does not estimate."""
    estimates = tree.sentence.estimates
    if estimates is None:
        return None
    return round(float(estimates.acts[trigger.at, EVENT_TYPES.index(trigger.type)]), 4)


def telling(tree: Tree, told: Told, terms: Terms) -> Telling:
    """Return how an act is told, with the reason in words."""
    said_by = speaker(tree, told.said_by) if told.said_by is not None else ""
    return Telling(told.status, told.type, told.why, terms.of("why", told.why) if told.why else "", said_by)
