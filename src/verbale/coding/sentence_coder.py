"""One parsed sentence to drafts of events: triggers, their parties, how they are told, and the words that they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from verbale.coding.candidates import candidates
from verbale.coding.cues import Act, Cues
from verbale.coding.estimated import estimated_triggers
from verbale.coding.judge import Judge, load_judge
from verbale.coding.parties import Party, Phrases
from verbale.coding.proposals import Choice, Proposal, choose, propose
from verbale.coding.rivals import weighed_again
from verbale.coding.roles import NON_STATE, RoleFinder
from verbale.coding.status import MADE_TO_AGREE, read, speaker
from verbale.coding.tree import Tree
from verbale.coding.triggers import Trigger, find_triggers, objects_of, obligations
from verbale.coding.trust import rule_trust
from verbale.core import QUADRANTS, Place
from verbale.core.ontology import EventType, Status
from verbale.vocab.words import word_list

if TYPE_CHECKING:
    from verbale.vocab import Vocabulary

# The instruments listed in brackets behind what they concern: sanctions (Resolutions 661 and 687).
NUMBERED: Final = re.compile(r"\(((?:UNSC |UN |Security Council )?(?:Resolution|Protocol|Article|Decision)s? \d[^()]{0,80})\)")
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


def code_sentence(tree: Tree, phrases: Phrases, vocabulary: Vocabulary, *, judge: Judge | None = None) -> list[Draft]:
    """Return the drafts of all acts that a sentence tells, in text order."""
    judge = judge or load_judge()
    drafts: list[Draft] = []
    for act, proposals in weighed_proposals(tree, phrases, vocabulary, judge=judge):
        chosen = choose(act, proposals, judge)
        if chosen:
            drafts += _drafts(tree, phrases, act, chosen)
    told = _once(drafts)
    return _each_kind_once(told) if phrases.memory.alone else told


def weighed_proposals(
    tree: Tree, phrases: Phrases, vocabulary: Vocabulary, *, judge: Judge
) -> list[tuple[Act, list[Proposal]]]:
    """Return the acts of a sentence with their pairs, each pair weighed by its cues and then beside its rivals."""
    return weighed_again(list(sentence_proposals(tree, phrases, vocabulary, judge=judge)), phrases, judge)


def sentence_proposals(
    tree: Tree, phrases: Phrases, vocabulary: Vocabulary, *, judge: Judge
) -> Iterator[tuple[Act, list[Proposal]]]:
    """Yield the acts of a sentence in text order, each with all pairs of actors that may have done it to each other."""
    names = phrases.name_words()
    triggers = find_triggers(tree, vocabulary.actions, names=names)
    triggers += obligations(tree, vocabulary.actions, taken={trigger.at for trigger in triggers})
    coded = frozenset(trigger.anchor for trigger in triggers)
    triggers += estimated_triggers(tree, triggers, names)
    finder = RoleFinder(tree, phrases)
    cues = Cues(tree, phrases, finder, candidates(tree, phrases))
    for trigger in triggers:
        if _is_omission(tree, trigger, vocabulary):
            continue
        anchor = trigger.anchor
        reading = read(tree, trigger, vocabulary.actions, coded=coded - {anchor})
        act = cues.prepare(trigger, reading, triggers)
        if reading.why == MADE_TO_AGREE:
            made = replace(act.rule, target=tuple(finder.subjects(tree.tokens[anchor].head)), mutual=False)
            act = replace(act, rule=made, trust=rule_trust(tree, trigger, reading, made))
        yield act, propose(cues, act, judge)


def _is_omission(tree: Tree, trigger: Trigger, vocabulary: Vocabulary) -> bool:
    """Tell whether a verb only says that another act was left undone ("refrained from"): that act is coded, as omitted."""
    if trigger.verb != trigger.at or trigger.entry.objects or vocabulary.actions.complements.get(trigger.entry.lemma) != "omit":
        return False
    left_undone = [
        c for c in tree.kids(trigger.at, "advcl") if any(tree.lower(mark) == "from" for mark in tree.kids(c, "mark"))
    ]
    return bool(left_undone or tree.kids(trigger.at, "xcomp", "ccomp"))


def _drafts(tree: Tree, phrases: Phrases, act: Act, chosen: Sequence[Choice]) -> Iterator[Draft]:
    trigger, reading = act.trigger, act.reading
    anchor = trigger.anchor
    start, end = quote_span(tree, anchor, trigger)
    said_by = speaker(tree, reading.said_by) if reading.said_by is not None else ""
    place = _place(tree, phrases, anchor)
    thing = _object(tree, phrases, trigger)
    for choice in chosen:
        event_type = reading.type
        if trigger.entry.lemma == "protest" and choice.source.actor.sector in NON_STATE:
            event_type = "PROTEST"  # people protest in the street, governments by note
        yield Draft(trigger, choice.source, choice.target, act.mutual, event_type, choice.status, said_by,
                    round(choice.probability, 4), start, end, anchor, place, thing)  # fmt: skip


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
        return _full_phrase(tree, node) + (_purpose(tree, trigger, node) if trigger.type == "AGREE" else "")
    if trigger.verb is not None:
        for node in tree.kids(trigger.verb, "obl"):
            if tree.tokens[node].pos not in {"NOUN", "PROPN"}:
                continue
            named = any(tree.tokens[at].pos == "PROPN" and phrases.mention_of.get(at) is None for at in tree.subtree(node))
            if named and tree.tokens[node].pos != "PROPN" and not phrases.parties(node):
                return _full_phrase(tree, node)
    return ""


def _purpose(tree: Tree, trigger: Trigger, noun: int) -> str:
    """Return what an agreement is to do, where an infinitive behind it says so: (a contract) to buy twelve ships."""
    hosts = [noun] if trigger.verb is None else [noun, trigger.verb]
    for clause in (child for host in hosts for child in tree.kids(host, "acl", "advcl", "xcomp")):
        marked = any(tree.lower(mark) == "to" for mark in tree.kids(clause, "mark"))
        things = [thing for thing in tree.kids(clause, "obj") if tree.tokens[thing].pos in {"NOUN", "PROPN"}]
        if noun < clause and marked and things and things[0] - clause < LONGEST_NAME:
            start = tree.premodifier_start(things[0])
            before = tree.tokens[clause : max(start, clause + 1)]
            return " ".join([" to", *(token.text for token in before), _full_phrase(tree, things[0])])
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
    """Keep a word's likeliest reading for each pair, and drop a noun that names again what a verb tells of the same pair."""
    likeliest: dict[tuple[int, frozenset[str]], Draft] = {}
    for draft in drafts:
        key = (draft.trigger.at, frozenset((draft.source.code, draft.target.code)))
        if key not in likeliest or draft.confidence > likeliest[key].confidence:
            likeliest[key] = draft
    kept: list[Draft] = []
    for draft in likeliest.values():
        twin = next((k for k in kept if _same_act(k, draft)), None)
        if twin is None:
            kept.append(draft)
        elif draft.confidence > twin.confidence and twin.trigger.is_noun_alone:
            kept[kept.index(twin)] = draft
        elif not draft.trigger.is_noun_alone and not twin.trigger.is_noun_alone and draft.anchor != twin.anchor:
            kept.append(draft)
    return kept


def _each_kind_once(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop the less likely of two acts of one quadrant between the same actors: a report tells one thing, often twice.

    In a story the second one is right as often as others (docs/quality.md), in single sentences hardly ever.
    """
    told: dict[tuple[frozenset[str], str, Status], Draft] = {}
    for draft in sorted(drafts, key=lambda draft: -draft.confidence):
        told.setdefault((frozenset((draft.source.code, draft.target.code)), QUADRANTS[draft.type], draft.status), draft)
    likelier = {id(draft) for draft in told.values()}
    return [draft for draft in drafts if id(draft) in likelier]


def _same_act(a: Draft, b: Draft) -> bool:
    same_pair = {a.source.code, a.target.code} == {b.source.code, b.target.code}
    same_direction = a.mutual or b.mutual or a.source.code == b.source.code
    return a.type == b.type and a.status == b.status and same_pair and same_direction
