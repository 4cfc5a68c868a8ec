"""Whether an act is told as done: negation, modality, conditions, purposes, the verbs that it hangs on, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from verbale.coding.tree import Tree
from verbale.coding.triggers import Trigger, verb_lemmas
from verbale.core import QUADRANTS, EventType, Status
from verbale.vocab.words import word_list

if TYPE_CHECKING:
    from verbale.vocab.actions import Actions

NEGATIONS: Final = word_list("negations")
POSSIBLE: Final = word_list("possible")
FUTURE: Final = word_list("future")
CONDITIONS: Final = word_list("conditions")
PURPOSES: Final = word_list("purposes")
HYPOTHETICAL_ADJECTIVES: Final = word_list("hypothetical_adjectives")
HYPOTHETICAL_NOUNS: Final = word_list("hypothetical_nouns")
WILLING: Final = word_list("willing")
# "Has not delivered", "had not withdrawn" tell that an act was due; "did not deliver" tells only that it did not happen.
PERFECT: Final = word_list("perfect")
DUE_ACTS: Final = frozenset({"COOPERATE", "RETREAT", "CONCEDE"})
# To try to mediate is to mediate, with or without success; to try to attack is not to attack.
ATTEMPTS: Final = word_list("attempts")
ATTEMPTED_ALL_THE_SAME: Final = frozenset({"CONSULT"})
# Nouns whose infinitive becomes a promise or a threat once it is stated.
STATED_INTENT: Final = word_list("stated_intent")
# What hangs on its head by one of these is told for itself, whatever the head's verb does to its complement.
STANDS_APART: Final = frozenset({"conj", "acl:relcl", "advcl:relcl", "parataxis", "appos", "nsubj", "nsubj:pass"})
# Why a reading is what it is, where another part of the coder asks for it.
MADE_TO_AGREE: Final = "made to agree"
COOPERATIVE: Final = frozenset({"verbal cooperation", "material cooperation"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How an act is told: its status, the type that it amounts to, who says it, and a factor on how sure that is."""

    status: Status
    type: EventType
    said_by: int | None = None
    certainty: float = 1.0
    why: str = ""


def read(tree: Tree, trigger: Trigger, actions: Actions, *, coded: frozenset[int]) -> Reading:
    """Return how a sentence tells an act; `coded` holds the words of the sentence's other acts, which may govern this one."""
    anchor = trigger.anchor
    reading = Reading("actual", trigger.type)
    reading = _own_words(tree, anchor, reading)
    if trigger.is_noun_alone:
        reading = _noun_context(tree, trigger.at, reading)
    return _governed(tree, anchor, reading, actions, coded)


def _own_words(tree: Tree, anchor: int, reading: Reading) -> Reading:
    """Read what stands beside the act itself: not, might, would, if."""
    words = {tree.lower(child) for child in tree.kids(anchor, "advmod", "aux", "det", "cc", "mark")}
    for subject in tree.kids(anchor, "nsubj", "obj"):
        words |= {"no"} & {tree.lower(child) for child in tree.kids(subject, "det")}
    first = tree.first_conjunct(anchor)
    if first != anchor and tree.is_verb(anchor):
        own = tree.kids(anchor, "aux", "nsubj")
        if not own:
            words |= {tree.lower(child) for child in tree.kids(first, "aux", "mark")}
    marks = {tree.lower(child) for child in tree.kids(anchor, "mark")}
    if tree.case(anchor) == "without":
        marks.add("without")
    if marks & CONDITIONS and tree.is_(anchor, "advcl"):
        return replace(reading, status="hypothetical", why="condition")
    if words & NEGATIONS or "without" in marks:
        if words & FUTURE:
            return replace(reading, status="actual", type=_refused(reading.type), certainty=0.7, why="refusal")
        if words & PERFECT and reading.type in DUE_ACTS and "never" not in words:
            return replace(reading, type="REJECT", certainty=0.6, why="not done when due")
        return replace(reading, status="denied", why="negated")
    if words & POSSIBLE:
        return replace(reading, status="hypothetical", why="modal")
    if words & FUTURE:
        return _announced(reading)
    return reading


def _announced(reading: Reading) -> Reading:
    """Read "will" and "would": an act announced is a promise where it helps and a threat where it harms."""
    quad = QUADRANTS[reading.type]
    if reading.type in {"AGREE", "CONSULT", "ACCUSE", "REQUEST", "REJECT", "THREATEN"}:
        return replace(reading, certainty=0.7, why="announced")
    changed: EventType = "AGREE" if quad in COOPERATIVE else "THREATEN"
    return replace(reading, type=changed, certainty=0.65, why="announced")


def _refused(event_type: EventType) -> EventType:
    return "REJECT" if QUADRANTS[event_type] in COOPERATIVE else "AGREE"


def _noun_context(tree: Tree, noun: int, reading: Reading) -> Reading:
    """Read what a noun hangs on: the risk of war, a plan for talks, in case of attack."""
    words = {tree.lower(child) for child in tree.kids(noun, "det", "amod", "advmod")}
    if "no" in words or tree.case(noun) == "without":
        return replace(reading, status="denied", why="negated")
    if words & HYPOTHETICAL_ADJECTIVES:
        return replace(reading, status="hypothetical", why="adjective")
    head = tree.tokens[noun].head
    if tree.is_(noun, "nmod", "compound", "acl") and tree.tokens[head].lemma.lower() in HYPOTHETICAL_NOUNS:
        return replace(reading, status="hypothetical", why="noun")
    return reading


def _governed(tree: Tree, anchor: int, reading: Reading, actions: Actions, coded: frozenset[int]) -> Reading:
    """Climb to the root: every verb or act that the clause hangs on may take back that it was done."""
    node = anchor
    for head in tree.ancestors(anchor):
        label = tree.label(node)
        if label in STANDS_APART:
            if label == "parataxis" and reading.said_by is None and _says(tree, head, actions):
                reading = replace(reading, said_by=head)
            if label in {"conj", "appos"}:
                node = head
                continue
            break
        step = _step(tree, node, head, actions, coded, reading)
        if step is None:
            node = head
            continue
        reading = step
        if reading.status != "actual":
            break
        node = head
    return _trailing_speaker(tree, anchor, reading, actions)


def _step(tree: Tree, node: int, head: int, actions: Actions, coded: frozenset[int], reading: Reading) -> Reading | None:
    """Read one step up the tree; None where it changes nothing."""
    label = tree.label(node).partition(":")[0]
    marks = {tree.lower(mark) for mark in tree.kids(node, "mark")}
    if label in {"xcomp", "ccomp", "advcl"} and tree.lower(head) in WILLING:
        return _announced(reading)
    if label == "advcl" and tree.tokens[node].tag == "VBG" and marks & {"from", "of", "in", "to", "for", "by"}:
        effect = _effect(tree, head, actions)
        if effect in {"omit", "fail", "intend", "hypothetical", "deny", "cause"} and marks & {"from", "of", "in", "to"}:
            return _apply(tree, head, effect, reading, actions)
        if head in coded and marks & {"of", "for", "from"}:
            return _inside_act(tree, node, "xcomp", reading)
    if label == "advcl":
        if marks & CONDITIONS:
            return replace(reading, status="hypothetical", why="condition")
        if marks & PURPOSES:
            return replace(reading, status="intended", why="purpose")
        return None
    if (
        label == "acl"
        and "to" in marks
        and tree.tokens[head].lemma.lower() in STATED_INTENT
        and _is_stated(tree, head, actions)
    ):
        return _announced(reading)
    attempted = tree.tokens[head].lemma.lower() in ATTEMPTS and reading.type in ATTEMPTED_ALL_THE_SAME
    if label in {"acl", "xcomp"} and attempted:
        return None
    if label == "acl" and "to" in marks:
        return replace(reading, status="intended", why="infinitive after a noun")
    if label in {"xcomp", "ccomp", "csubj", "obj", "obl", "nmod", "acl"}:
        effect = _effect(tree, head, actions)
        if effect is not None and (
            label in {"xcomp", "ccomp", "csubj", "acl"}
            or (label == "obj" and effect in {"fail", "intend", "omit", "hypothetical", "deny"})
        ):
            return _apply(tree, head, effect, reading, actions)
        if head in coded and label in {"xcomp", "ccomp", "obj", "acl", "obl", "nmod"}:
            return _inside_act(tree, node, label, reading)
        if label == "xcomp" and "to" in marks:
            return replace(reading, status="intended", why="infinitive")
        if label in {"xcomp", "ccomp", "obj"} and tree.is_verb(head):
            own = _own_words(tree, head, Reading("actual", reading.type))
            if own.status != "actual":
                return replace(reading, status=own.status, why=own.why)
    return None


def _is_stated(tree: Tree, noun: int, actions: Actions) -> bool:
    """Tell whether an intention is put on record by its holder: "announced its readiness to", "stated their intention to"."""
    verb = tree.tokens[noun].head
    if not tree.is_(noun, "obj", "nsubj", "obl") or not tree.is_verb(verb):
        return False
    return _effect(tree, verb, actions) in {"say", "carry"} or any(
        lemma in actions.light_verbs for lemma in verb_lemmas(tree, verb, actions)
    )


def _inside_act(tree: Tree, node: int, label: str, reading: Reading) -> Reading | None:
    """Read an act that another act is about: what was demanded, promised or condemned is no second act."""
    if label in {"xcomp", "ccomp", "acl"}:
        return replace(reading, status="intended", why="within another act")
    if label == "obj" or tree.case(node) in {"for", "to", "about", "of", "over", "on"}:
        return replace(reading, status="intended", certainty=0.5, why="object of another act")
    return None


def _effect(tree: Tree, head: int, actions: Actions) -> str | None:
    token = tree.tokens[head]
    if token.pos in {"VERB", "AUX"}:
        for lemma in verb_lemmas(tree, head, actions):
            effect = actions.complements.get(lemma)
            if effect:
                return effect
        return None
    return actions.complements.get(token.lemma.lower())


def _apply(tree: Tree, head: int, effect: str, reading: Reading, actions: Actions) -> Reading | None:
    """Apply what a governing verb does to the act in its complement."""
    negated = bool(NEGATIONS & {tree.lower(child) for child in tree.kids(head, "advmod", "aux", "det")})
    if effect == "cause":
        return replace(reading, status="denied", why="negated") if negated else _made_to(reading)
    if effect == "carry":
        return replace(reading, status="denied", why="negated") if negated else None
    if effect == "end":
        return None if negated else replace(reading, type=actions.ended(reading.type), why="ended")
    if effect == "fail":
        if QUADRANTS[reading.type] in COOPERATIVE and not negated:
            return replace(reading, type="REJECT", certainty=reading.certainty * 0.8, why="failed")
        return None if negated else replace(reading, status="denied", why="failed")
    if effect == "omit":
        return replace(reading, status="omitted", why="omitted")
    if effect == "intend":
        return replace(reading, status="intended", why="intended")
    if effect == "hypothetical":
        return replace(reading, status="hypothetical", why="supposed")
    if effect == "deny":
        return replace(reading, status="denied", why="denied")
    if effect == "claim":
        return replace(reading, said_by=head, certainty=reading.certainty * 0.35, why="claimed")
    if effect == "say":
        return replace(reading, said_by=head, certainty=reading.certainty * 0.95)
    return None


def _made_to(reading: Reading) -> Reading | None:
    """Read an agreement that one was made to give: it is a concession."""
    return replace(reading, type="CONCEDE", why=MADE_TO_AGREE) if reading.type == "AGREE" else None


def _says(tree: Tree, head: int, actions: Actions) -> bool:
    return _effect(tree, head, actions) in {"say", "claim"}


def _trailing_speaker(tree: Tree, anchor: int, reading: Reading, actions: Actions) -> Reading:
    """Find the speaker in "..., officials said" and "according to ...", which hang below the act."""
    if reading.said_by is not None:
        return reading
    for child in tree.kids(anchor, "parataxis", "obl", "ccomp", "advcl"):
        if tree.is_(child, "parataxis", "ccomp") and child > anchor and _says(tree, child, actions):
            return replace(reading, said_by=child)
        if tree.case(child) in {"according to", "according"}:
            return replace(reading, said_by=child)
    return reading


def speaker(tree: Tree, said_by: int) -> str:
    """Return the words of who says something: the subject of the verb of saying, or the phrase after "according to"."""
    nodes = tree.kids(said_by, "nsubj") or ([] if tree.is_verb(said_by) else [said_by])
    if not nodes:
        return ""
    span = [at for at in tree.subtree(nodes[0]) if not tree.is_(at, "case", "fixed", "punct") or nodes[0] < at]
    tokens = tree.tokens
    offset = tree.sentence.start
    inside = [at for at in span if at <= nodes[0] + 12]
    return tree.sentence.text[tokens[inside[0]].start - offset : tokens[inside[-1]].end - offset].strip(" ,")
