"""One parsed sentence to drafts of events: triggers, their parties, how they are told, and the words that they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from verbale.coding.confidence import How, confidence
from verbale.coding.parties import Party, Phrases
from verbale.coding.roles import NON_STATE, RoleFinder, Roles
from verbale.coding.status import MADE_TO_AGREE, Reading, read, speaker
from verbale.coding.tree import Tree
from verbale.coding.triggers import Trigger, find_triggers, objects_of, obligations
from verbale.core import Place
from verbale.core.ontology import EventType, Status
from verbale.vocab.words import word_list

if TYPE_CHECKING:
    from verbale.vocab import Vocabulary

# Shared acts in which every party deals with every other; a war is fought across, not among, the sides.
ALL_TO_ALL: Final = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT"})
# The instruments listed in brackets behind what they concern: sanctions (Resolutions 661 and 687).
NUMBERED: Final = re.compile(r"\(((?:UNSC |UN |Security Council )?(?:Resolution|Protocol|Article|Decision)s? \d[^()]{0,80})\)")
DATE_WORD: Final = re.compile(
    r"(?:1[5-9]\d\d|20\d\d|January|February|March|April|May|June|July|August|September|October|November|December)(?!\w)"
)
DETERMINERS: Final = word_list("determiners")
# A phrase of more words than this is cut to its noun: the rest tells, it no longer names.
LONGEST_NAME: Final = 12
# Evidence longer than this is cut around the trigger; the layout that events are scored in allows no more.
LONGEST_QUOTE: Final = 600


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it has a date and a place in the document: one pair of actors, with the words it rests on."""

    trigger: Trigger
    source: Party
    target: Party
    mutual: bool
    type: EventType
    status: Status
    said_by: str
    confidence: float
    start: int
    end: int
    anchor: int
    place: Place | None
    object: str
    how: How


def code_sentence(tree: Tree, phrases: Phrases, vocabulary: Vocabulary) -> list[Draft]:
    """Return the drafts of all acts that a sentence tells, in text order."""
    triggers = find_triggers(tree, vocabulary.actions, names=phrases.name_words())
    triggers += obligations(tree, vocabulary.actions, taken={trigger.at for trigger in triggers})
    coded = frozenset(trigger.anchor for trigger in triggers)
    finder = RoleFinder(tree, phrases)
    drafts: list[Draft] = []
    for trigger in triggers:
        roles = finder.roles(trigger)
        if not roles.source:
            continue
        anchor = trigger.anchor
        if _is_omission(tree, trigger, vocabulary):
            continue
        reading = read(tree, trigger, vocabulary.actions, coded=coded - {anchor})
        if reading.why == MADE_TO_AGREE:
            roles = replace(roles, target=tuple(finder.subjects(tree.tokens[anchor].head)), mutual=False)
        drafts += _drafts(tree, phrases, trigger, roles, reading)
    return _once(drafts)


def _is_omission(tree: Tree, trigger: Trigger, vocabulary: Vocabulary) -> bool:
    """Tell whether a verb only says that another act was left undone ("refrained from"): that act is coded, as omitted."""
    if trigger.verb != trigger.at or trigger.entry.objects or vocabulary.actions.complements.get(trigger.entry.lemma) != "omit":
        return False
    left_undone = [
        c for c in tree.kids(trigger.at, "advcl") if any(tree.lower(mark) == "from" for mark in tree.kids(c, "mark"))
    ]
    return bool(left_undone or tree.kids(trigger.at, "xcomp", "ccomp"))


def _drafts(tree: Tree, phrases: Phrases, trigger: Trigger, roles: Roles, reading: Reading) -> Iterator[Draft]:
    anchor = trigger.anchor
    start, end = quote_span(tree, anchor, trigger)
    said_by = speaker(tree, reading.said_by) if reading.said_by is not None else ""
    place = _place(tree, phrases, anchor)
    thing = _object(tree, phrases, trigger)
    if trigger.entry.lemma == "protest" and any(party.actor.sector in NON_STATE for party in roles.source):
        reading = replace(reading, type="PROTEST")  # people protest in the street, governments by note
    how: How = roles.how
    if how == "implied" or (how == "implied source" and trigger.is_noun_alone):
        how = "implied of dated" if _is_told(tree, trigger.at) else how
    for source, target in pairs(roles, reading.type):
        sure = confidence(trigger, how, reading, source, target)
        if not sure:
            continue
        yield Draft(trigger, source, target, roles.mutual, reading.type, reading.status, said_by, sure, start, end,
                    anchor, place, thing, how)  # fmt: skip


def pairs(roles: Roles, event_type: EventType) -> Iterator[tuple[Party, Party]]:
    """Yield who dealt with whom: every source with every target, in shared acts of agreement every party with every other."""
    if roles.mutual and (not roles.target or event_type in ALL_TO_ALL):
        parties = {party.code: party for party in reversed([*roles.source, *roles.target])}
        ordered = list(parties.values())[::-1]
        yield from combinations(ordered, 2)
        return
    for source in roles.source:
        for target in roles.target:
            if source.code != target.code or (source.actor.sector != target.actor.sector and roles.how == "domestic"):
                yield source, target


def quote_span(tree: Tree, anchor: int, trigger: Trigger) -> tuple[int, int]:
    """Return the character span of the clause that an act is told in, at most `LONGEST_QUOTE` long."""
    first, last = tree.clause_span(anchor)
    first, last = min(first, trigger.at), max(last, trigger.at)
    tokens = tree.tokens
    start, end = tokens[first].start, tokens[last].end
    if end - start > LONGEST_QUOTE:
        while tokens[first].start < tokens[trigger.at].end - LONGEST_QUOTE // 2:
            first += 1
        while tokens[last].end > tokens[first].start + LONGEST_QUOTE:
            last -= 1
        start, end = tokens[first].start, tokens[last].end
    return start, end


def _is_told(tree: Tree, noun: int) -> bool:
    """Tell whether a noun phrase names its date or its doer ("a protest by Siam"): it tells, rather than takes up, an act."""
    if any(tree.case(child) == "by" for child in tree.kids(noun, "nmod")):
        return True
    return any(DATE_WORD.match(tree.tokens[at].text) for at in tree.subtree(noun) if at > noun)


def _place(tree: Tree, phrases: Phrases, anchor: int) -> Place | None:
    for node in tree.kids(anchor, "obl", "nmod"):
        if tree.case(node) in {"in", "at", "near", "inside", "into", "off", "on"}:
            found = phrases.places(node)
            if found:
                return Place(found[0].actor.text, found[0].code)
    return None


def _object(tree: Tree, phrases: Phrases, trigger: Trigger) -> str:
    """Return what the act was about: a named instrument, good or site in object position, or the action noun's own name."""
    nodes = [trigger.at] if trigger.verb != trigger.at else objects_of(tree, trigger.at)
    for node in nodes:
        if tree.tokens[node].pos not in {"NOUN", "PROPN"} or (node != trigger.at and phrases.parties(node)):
            continue
        return _full_phrase(tree, node)
    if trigger.verb is not None:
        for node in tree.kids(trigger.verb, "obl"):
            if tree.tokens[node].pos not in {"NOUN", "PROPN"}:
                continue
            named = any(tree.tokens[at].pos == "PROPN" and phrases.mention_of.get(at) is None for at in tree.subtree(node))
            if named and tree.tokens[node].pos != "PROPN" and not phrases.parties(node):
                return _full_phrase(tree, node)
    return ""


def _full_phrase(tree: Tree, noun: int) -> str:
    """Return a noun phrase with its "of" phrase and name, without article and clauses: "Treaty of Amity", "S-300 system"."""
    last = noun
    for child in tree.children[noun]:
        if child > noun and (
            tree.is_(child, "flat", "nummod", "compound")
            or (tree.is_(child, "nmod") and tree.case(child) in {"of", "on", "for"})
        ):
            last = max([last, *(at for at in tree.subtree(child) if not tree.is_(at, "punct"))])
    start = tree.premodifier_start(noun)
    while start < noun and tree.lower(start) in DETERMINERS:
        start += 1
    offset = tree.sentence.start
    if last - start > LONGEST_NAME:
        last = noun
    text = tree.sentence.text
    numbered = NUMBERED.search(text, tree.tokens[last].end - offset)
    listed = f" ({numbered[1]})" if numbered else ""
    return text[tree.tokens[start].start - offset : tree.tokens[last].end - offset] + listed


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop a noun that names again, inside a verb's clause, what the verb tells of the same pair."""
    kept: list[Draft] = []
    for draft in drafts:
        twin = next((k for k in kept if _same_act(k, draft)), None)
        if twin is None:
            kept.append(draft)
        elif draft.confidence > twin.confidence and twin.trigger.is_noun_alone:
            kept[kept.index(twin)] = draft
        elif not draft.trigger.is_noun_alone and not twin.trigger.is_noun_alone and draft.anchor != twin.anchor:
            kept.append(draft)
    return kept


def _same_act(a: Draft, b: Draft) -> bool:
    same_pair = {a.source.code, a.target.code} == {b.source.code, b.target.code}
    same_direction = a.mutual or b.mutual or a.source.code == b.source.code
    return a.type == b.type and a.status == b.status and same_pair and same_direction
