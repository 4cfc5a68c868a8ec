"""What was done: finds the verbs and nouns of a sentence that name an act, with the most specific lexicon entry for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from verbale.coding.tree import Tree
from verbale.vocab.actions import NAME_REACH
from verbale.vocab.words import word_list

if TYPE_CHECKING:
    from verbale.core import EventType
    from verbale.vocab.actions import ActionEntry, Actions

# Each part of an entry that must be present makes it more specific than one without; a particle or an object says most.
PARTICLE_WEIGHT: Final = 4
OBJECT_WEIGHT: Final = 3
PREPOSITION_WEIGHT: Final = 2
COMPLEMENT_WEIGHT: Final = 2
NO_OBJECT_WEIGHT: Final = 1
# An action noun as object says more than a preposition, and less than an entry that names the object itself.
LIGHT_VERB_WEIGHT: Final = 2.5
# A particle that an entry does not know makes it likely that another verb is meant (give, give up).
UNKNOWN_PARTICLE_COST: Final = 1
QUANTITY_NOUNS: Final = word_list("quantity_nouns")
SAYING: Final = frozenset({"say", "carry", "claim"})
# Acts that a body does by voting for them.
VOTED: Final = frozenset({"SANCTION", "ASSAULT", "AID", "ACCUSE"})
PARTICLES: Final = word_list("particles")
RELATIVE_PRONOUNS: Final = word_list("relative_pronouns")
DUTIES: Final = word_list("duties")
# A month that is spelled like an act.
MONTHS_LIKE_ACTS: Final = word_list("months_like_acts")


@dataclass(frozen=True, slots=True)
class Trigger:
    """An act named in a sentence: the entry, the word that names it, and the verb that lends it subject and objects, if any.

    For a verb entry `verb` is the word itself; for a noun with a light verb ("launched an attack") it is that verb; for a noun
    alone it is None. `type` is the entry's, or what ending such an act amounts to; `undergone` tells that the verb's subject is
    the one acted upon ("suffered an attack").
    """

    entry: ActionEntry
    at: int
    verb: int | None
    type: EventType
    undergone: bool = False

    @property
    def is_noun_alone(self) -> bool:
        """Tell whether no verb carries the act."""
        return self.verb is None

    @property
    def anchor(self) -> int:
        """The word that heads the clause the act is told in: its verb, or the noun itself where no verb carries it."""
        return self.at if self.verb is None else self.verb


def find_triggers(tree: Tree, actions: Actions, *, names: frozenset[int] = frozenset()) -> list[Trigger]:
    """Return the acts of a sentence in text order; a noun that a light verb carries is found once, at the verb.

    `names` are the positions of words inside actors' names ("the Security Council"), which name no act.
    """
    carried: set[int] = set()
    found: list[Trigger] = []
    for at, token in enumerate(tree.tokens):
        if at in names:
            continue
        if token.pos in {"VERB", "AUX"} and not tree.is_(at, "aux", "cop"):
            trigger = verb_trigger(tree, at, actions)
            if trigger is not None:
                found.append(trigger)
                carried.add(trigger.at)
                carried.update(objects_of(tree, at) if trigger.entry.objects or trigger.at != at else [])
    for at, token in enumerate(tree.tokens):
        if at not in carried and at not in names and token.pos in {"NOUN", "PROPN"} and token.text not in MONTHS_LIKE_ACTS:
            entry = noun_entry(tree, at, actions)
            if entry is not None:
                found.append(Trigger(entry, at, None, entry.type))
    return sorted(found, key=lambda trigger: trigger.at)


def verb_lemmas(tree: Tree, at: int, actions: Actions) -> tuple[str, ...]:
    """Return the lemmas that a verb's form may have: the lexicon's own reading first, the model's second."""
    lexical = actions.verb_lemma(tree.lower(at))
    model = tree.tokens[at].lemma.lower()
    return (lexical, model) if lexical and lexical != model else (lexical or model,)


class VerbFrame:
    """What stands around one verb, each part looked up once for all the entries that are tried on it."""

    def __init__(self, tree: Tree, at: int, actions: Actions) -> None:
        """Keep the verb's place; nothing is looked up yet."""
        self.tree = tree
        self.at = at
        self.actions = actions

    @cached_property
    def particles(self) -> frozenset[str]:
        """The verb's particles in lower case."""
        return particles(self.tree, self.at)

    @cached_property
    def objects(self) -> list[int]:
        """The heads of what the verb acts on."""
        return objects_of(self.tree, self.at)

    @cached_property
    def object_names(self) -> list[frozenset[str]]:
        """The names under which each of the objects may stand in a class."""
        return [noun_lemmas(self.tree, noun, self.actions) for noun in self.objects]

    @cached_property
    def prepositions(self) -> frozenset[str]:
        """The prepositions that the verb and its object govern."""
        return prepositions(self.tree, self.at)

    @cached_property
    def complements(self) -> frozenset[str]:
        """The forms of clause that complete the verb."""
        return complements(self.tree, self.at)

    def lacks(self, entry: ActionEntry) -> str:
        """Return the column of an entry that the verb's sentence does not fulfil; empty where the entry fits."""
        if entry.particle and entry.particle not in self.particles:
            return "particle"
        if entry.objects:
            if not self._has_object_of(entry):
                return "object"
        elif entry.no_object and self.objects:
            return "no object"
        if entry.prepositions and not self.prepositions & entry.prepositions:
            return "preposition"
        if entry.complements and not self.complements & entry.complements:
            return "complement"
        return ""

    def fit(self, entry: ActionEntry) -> float | None:
        """Return how specifically an entry fits the verb in its sentence, or None where a required part is missing."""
        if self.lacks(entry):
            return None
        score = 0.0
        if entry.particle:
            score += PARTICLE_WEIGHT
        elif self.particles:
            score -= UNKNOWN_PARTICLE_COST
        if entry.objects:
            score += OBJECT_WEIGHT
        elif entry.no_object:
            score += NO_OBJECT_WEIGHT
        if entry.prepositions:
            score += PREPOSITION_WEIGHT
        if entry.complements:
            score += COMPLEMENT_WEIGHT
        return score

    def _has_object_of(self, entry: ActionEntry) -> bool:
        if entry.prepositions and not self.objects:
            # "withdrew from the talks": with no object, what the preposition governs is what the entry asks for.
            objects = [child for child in self.tree.obliques(self.at) if self.tree.case(child) in entry.prepositions]
            return any(noun_lemmas(self.tree, noun, self.actions) & entry.objects for noun in objects)
        return any(names & entry.objects for names in self.object_names)


def verb_trigger(tree: Tree, at: int, actions: Actions) -> Trigger | None:
    """Return the act that a verb names, alone or with the action noun that is its object."""
    best: tuple[float, Trigger] | None = None
    voted = _vote(tree, at, actions)
    if voted is not None:
        return voted
    frame = VerbFrame(tree, at, actions)
    for lemma in verb_lemmas(tree, at, actions):
        for entry in actions.verbs.get(lemma, ()):
            score = frame.fit(entry)
            if score is not None and (best is None or score > best[0]):
                best = (score, Trigger(entry, at, at, entry.type))
        carried = light_trigger(frame, lemma)
        if carried is not None and (best is None or best[0] < LIGHT_VERB_WEIGHT):
            best = (LIGHT_VERB_WEIGHT, carried)
        if best is not None:
            break
    return best[1] if best else None


def _vote(tree: Tree, at: int, actions: Actions) -> Trigger | None:
    """Return the act that is voted for: who votes for sanctions takes part in imposing them."""
    if tree.tokens[at].lemma.lower() != "vote":
        return None
    for child in tree.obliques(at):
        if tree.case(child) in {"for", "in favour of"}:
            entry = noun_entry(tree, child, actions)
            if entry is not None and entry.type in VOTED:
                return Trigger(entry, child, at, entry.type)
    return None


def light_trigger(frame: VerbFrame, lemma: str) -> Trigger | None:
    """Return the act of an action noun that stands as object of a verb which lends it a subject ("launch an attack")."""
    tree, actions = frame.tree, frame.actions
    for light in actions.light_verbs.get(lemma, ()):
        if light.particle and light.particle not in frame.particles:
            continue
        for noun in frame.objects:
            entry = noun_entry(tree, noun, actions)
            if entry is not None and (not light.nouns or noun_lemmas(tree, noun, actions) & light.nouns):
                event_type = actions.ended(entry.type) if light.effect == "end" else entry.type
                return Trigger(entry, noun, frame.at, event_type, undergone=light.effect == "undergo")
    return None


def particles(tree: Tree, verb: int) -> frozenset[str]:
    """Return a verb's particles in lower case; a bare adverbial preposition counts ("pulled back")."""
    found = {tree.lower(child) for child in tree.kids(verb, "compound") if tree.label(child) == "compound:prt"}
    found |= {
        tree.lower(child)
        for child in tree.kids(verb, "advmod")
        if tree.tokens[child].tag in {"RP", "IN"} or tree.lower(child) in PARTICLES
    }
    return frozenset(found)


def objects_of(tree: Tree, verb: int) -> list[int]:
    """Return the heads of what a verb acts on: objects, a passive's subject, the noun that a participle hangs on."""
    passive = tree.is_passive(verb)
    found: list[int] = []
    if passive:
        for child in tree.kids(verb, "nsubj"):
            found += tree.conjuncts(child)
        head = tree.tokens[verb].head
        if not found and tree.label(verb) == "conj":
            found += objects_of(tree, head) if tree.is_passive(head) else []
    else:
        for child in tree.kids(verb, "obj"):
            found += tree.conjuncts(child)
    resolved = [_antecedent(tree, verb, noun) for noun in found]
    if not found and tree.is_(verb, "acl") and passive:
        resolved = [tree.tokens[verb].head]
    return [_content(tree, noun) for noun in resolved]


def _antecedent(tree: Tree, verb: int, noun: int) -> int:
    if tree.tokens[noun].pos == "PRON" and tree.lower(noun) in RELATIVE_PRONOUNS and tree.label(verb) == "acl:relcl":
        return tree.tokens[verb].head
    return noun


def _content(tree: Tree, noun: int) -> int:
    """Return what a quantity is of: the troops in "a number of troops"."""
    if tree.tokens[noun].lemma.lower() in QUANTITY_NOUNS:
        inner = [child for child in tree.kids(noun, "nmod") if tree.case(child) == "of"]
        if inner:
            return inner[0]
    return noun


def noun_lemmas(tree: Tree, noun: int, actions: Actions) -> frozenset[str]:
    """Return the names under which a noun may stand in a class: its lemma, alone and with one or two words before it."""
    lemma = actions.noun_lemma(tree.lower(noun)) or tree.tokens[noun].lemma.lower()
    found = {lemma, tree.tokens[noun].lemma.lower()}
    words = [tree.lower(i) for i in range(max(0, noun - 3), noun)]
    for start in range(len(words)):
        found.add(" ".join([*words[start:], lemma]).replace(" - ", "-"))
    return frozenset(found)


def prepositions(tree: Tree, verb: int) -> frozenset[str]:
    """Return the prepositions that a verb and its object govern, in lower case."""
    found: set[str] = set()
    found.update(tree.case(child) for child in tree.obliques(verb))
    for child in tree.kids(verb, "advcl", "xcomp", "ccomp"):
        found.add(tree.case(child))
        found.update(tree.lower(mark) for mark in tree.kids(child, "mark"))
    for noun in tree.kids(verb, "obj", "nsubj"):
        found.update(tree.case(child) for child in tree.kids(noun, "nmod"))
    found.update(tree.lower(child) for child in tree.kids(verb, "advmod", "compound"))
    found.discard("")
    return frozenset(found)


def complements(tree: Tree, verb: int) -> frozenset[str]:
    """Return the forms of clause that complete a verb: `infinitive`, `that`, `gerund`."""
    found: set[str] = set()
    for child in tree.kids(verb, "xcomp", "ccomp", "advcl"):
        marks = {tree.lower(mark) for mark in tree.kids(child, "mark", "case")}
        if "to" in marks and (not tree.is_(child, "advcl") or not tree.kids(verb, "xcomp", "ccomp")):
            found.add("infinitive")
        elif tree.tokens[child].tag == "VBG" or "Ger" in tree.tokens[child].morph:
            found.add("gerund")
        elif tree.is_(child, "ccomp"):
            found.add("that")
    # "called on X to withdraw": the infinitive often hangs on the noun instead of the verb.
    for noun in tree.kids(verb, "obj", "obl"):
        for child in tree.kids(noun, "acl"):
            if any(tree.lower(mark) == "to" for mark in tree.kids(child, "mark")):
                found.add("infinitive")
    return frozenset(found)


def noun_entry(tree: Tree, at: int, actions: Actions) -> ActionEntry | None:
    """Return the entry of an action noun, the longest name of it that fits ("air strike" before "strike")."""
    head = actions.noun_lemma(tree.lower(at)) or tree.lower(at)
    if head not in actions.nouns:
        return None
    # Only the names around a known head are looked up: a sentence of many nouns costs no more than its action nouns.
    first = max(0, at - NAME_REACH)
    lemmas = [actions.noun_lemma(word) or word for word in tree.words[first : at + NAME_REACH + 1]]
    for entry in actions.noun_entries(lemmas, at - first):
        if entry.prepositions and not prepositions_of_noun(tree, at) & entry.prepositions:
            continue
        if entry.complements and not (tree.kids(at, "acl") or tree.kids(at, "ccomp")):
            continue
        return entry
    return None


def prepositions_of_noun(tree: Tree, noun: int) -> frozenset[str]:
    """Return the prepositions of the phrases that hang on a noun."""
    return frozenset(tree.case(child) for child in tree.kids(noun, "nmod"))


def obligations(tree: Tree, actions: Actions, *, taken: set[int]) -> list[Trigger]:
    """Return the demands that are put as duties: "the minister said that Siam must open its ports"."""
    entry = next((entry for entry in actions.verbs.get("demand", ()) if "that" in entry.complements), None)
    if entry is None:
        return []
    found = []
    for at, token in enumerate(tree.tokens):
        if token.pos != "VERB" or at in taken:
            continue
        if not any(actions.complements.get(lemma) in SAYING for lemma in verb_lemmas(tree, at, actions)):
            continue
        for clause in tree.kids(at, "ccomp"):
            if any(tree.lower(aux) in DUTIES for aux in tree.kids(clause, "aux")) and tree.kids(clause, "nsubj"):
                found.append(Trigger(entry, at, at, entry.type))
    return found
