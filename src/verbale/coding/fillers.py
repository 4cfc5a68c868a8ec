"""Whom the roles of a lexicon entry name in a sentence: subject, object, owner, complement, place, prepositional phrase."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from verbale.coding.parties import Party, Phrases, less_sure
from verbale.coding.subjects import SubjectFinder
from verbale.coding.tree import Tree
from verbale.coding.triggers import Trigger, objects_of
from verbale.vocab.words import word_list

PLACE_PREPOSITIONS: Final = word_list("place_prepositions")
# "On the Thai border" says where; the neighbour is no party.
BOUNDS: Final = word_list("bounds")
# A noun after one of these names what the subject itself did: "responded with a blockade".
MEANS: Final = word_list("means")
# What a detour takes from a party's certainty, set by judgement: the longer the way from the act, the more. They lower an
# event's confidence, by which the doubtful are dropped; they never choose between parties.
INDIRECT: Final = 0.9  # the owner of what was acted upon, the place it lies in
IN_COMPLEMENT: Final = 0.85  # named only in the clause that the verb governs
BY_MEANS: Final = 0.7  # the subject that used the act as a means
# Prepositions that carry one role.
SAME_PREPOSITION: Final = {
    "toward": "towards",
    "upon": "on",
    "onto": "on",
    "among": "between",
    "amongst": "between",
    "versus": "against",
}


def codes_of(parties: Iterable[Party]) -> frozenset[str]:
    """Return the codes of parties."""
    return frozenset(party.code for party in parties)


class RoleFiller(SubjectFinder):
    """Finds the parties in the roles that lexicon entries name, for the triggers of one sentence."""

    def __init__(self, tree: Tree, phrases: Phrases) -> None:
        """Keep the tree and its phrases; the prepositional phrases around a trigger are looked up once for all its roles."""
        super().__init__(tree, phrases)
        self._around: dict[tuple[int, int | None], list[tuple[int, str]]] = {}
        self._in_role: dict[tuple[int, int | None, str], tuple[Party, ...]] = {}

    def fill(self, trigger: Trigger, roles: Iterable[str], *, exclude: frozenset[str]) -> list[Party]:
        """Return the parties of the first of several roles that has any outside `exclude`."""
        roles = list(roles)
        if "object" in roles and trigger.verb == trigger.at:
            # "asked the Council to condemn Siam": an object that is itself a party comes before what hangs on it.
            direct = [party for party in self._direct_objects(trigger) if party.code not in exclude]
            if direct:
                return direct
        for role in roles:
            found = [party for party in self.in_role(trigger, role) if party.code not in exclude]
            if found:
                return found
        return []

    def _direct_objects(self, trigger: Trigger) -> list[Party]:
        return self._flat(objects_of(self.tree, trigger.at))

    def in_role(self, trigger: Trigger, role: str) -> tuple[Party, ...]:
        """Return the parties in one role of a trigger, by the name that lexicon entries give it.

        They depend on the trigger's words alone, so that the acts that one word may tell share them.
        """
        key = (trigger.at, trigger.verb, role)
        if key not in self._in_role:
            self._in_role[key] = tuple(self._find_in_role(trigger, role))
        return self._in_role[key]

    def _find_in_role(self, trigger: Trigger, role: str) -> list[Party]:
        verb, noun = trigger.verb, trigger.at
        if role == "subject":
            return self.subjects(verb) if verb is not None else self._noun_source(trigger)
        if role == "object":
            return self._objects(trigger)
        if role == "indirect":
            return self._flat(self.tree.kids(verb, "iobj")) if verb is not None else []
        if role == "possessor":
            return self.phrases.owners_before(noun)
        if role == "object.possessor":
            return self._object_possessors(trigger)
        if role == "complement":
            return self._complement(trigger)
        if role == "place":
            return self._places(trigger)
        if role in {"rival", "none"}:
            return []
        return self._prepositional(trigger, role)

    def _objects(self, trigger: Trigger) -> list[Party]:
        """Return the parties of the object, or those whom the object belongs to or lies in ("bombed the Iraqi port")."""
        if trigger.verb is None or trigger.at != trigger.verb:
            return []
        nodes = objects_of(self.tree, trigger.verb)
        direct = self._flat(nodes)
        if direct:
            return direct
        owners = less_sure((party for node in nodes for party in self.phrases.owners(node)), INDIRECT)
        return owners or [party for node in nodes for party in self.phrases.places(node)]

    def _object_possessors(self, trigger: Trigger) -> list[Party]:
        nodes = objects_of(self.tree, trigger.verb) if trigger.verb is not None else [trigger.at]
        found = [party for node in nodes for party in self.phrases.owners(node)]
        if found:
            return found
        for node in nodes:
            for child in self.tree.kids(node, "nmod", "acl"):
                below = self.phrases.parties(child) or self.phrases.owners(child)
                if below and self.tree.case(child) != "for":
                    return below
        return found

    def _prepositional(self, trigger: Trigger, preposition: str) -> list[Party]:
        """Return the parties of the phrases with one preposition, hung on the trigger, its verb, or its object."""
        asked = SAME_PREPOSITION.get(preposition, preposition)
        for node, case in self._phrases_of(trigger):
            if case != asked:
                continue
            if preposition in {"on", "near", "at", "along"} and self.tree.tokens[node].lemma.lower() in BOUNDS:
                continue
            direct = self.phrases.parties(node)
            if direct:
                return direct
            owned = self.phrases.owners(node)
            if not owned and preposition != "by":
                owned = self.phrases.places(node) or self.phrases.inside(node)
            owned = owned or self._below(node)
            if owned:
                return less_sure(owned, INDIRECT)
        return []

    def _phrases_of(self, trigger: Trigger) -> list[tuple[int, str]]:
        """Return the heads of the prepositional phrases around a trigger, each with its preposition."""
        key = (trigger.at, trigger.verb)
        if key not in self._around:
            cases = ((node, self.tree.case(node)) for node in self._obliques_around(trigger))
            self._around[key] = [(node, SAME_PREPOSITION.get(case, case)) for node, case in cases]
        return self._around[key]

    def _obliques_around(self, trigger: Trigger) -> list[int]:
        """Return the heads of the prepositional phrases that hang on a trigger, its verb, or its object."""
        tree = self.tree
        found = tree.obliques(trigger.at)
        if trigger.verb is not None:
            objects = [node for node in objects_of(tree, trigger.verb) if node != trigger.at]
            found = [*found, *tree.obliques(trigger.verb), *(child for node in objects for child in tree.obliques(node))]
            head = tree.tokens[trigger.verb].head
            if tree.label(trigger.verb) == "conj" and tree.is_verb(head):
                found += [child for child in tree.kids(head, "obl") if child > trigger.verb]
        elif tree.is_(trigger.at, "nsubj", "obj", "obl"):
            # "the talks were held with Iraq", "a treaty was signed with": the phrase hangs on the verb.
            verb = tree.tokens[trigger.at].head
            found = [*found, *(c for c in tree.kids(verb, "obl") if tree.case(c) in {"with", "between", "against", "by"})]
        return found

    def _complement(self, trigger: Trigger) -> list[Party]:
        """Return the parties of a complement clause: its own subject, else its objects and phrases."""
        tree = self.tree
        anchor = trigger.anchor
        clauses = tree.kids(anchor, "ccomp", "xcomp", "advcl")
        for noun in [*objects_of(tree, anchor), *tree.kids(anchor, "obl")] if trigger.verb is not None else [trigger.at]:
            clauses += tree.kids(noun, "acl", "ccomp")
        for clause in clauses:
            if tree.label(clause) == "acl:relcl":
                continue
            if tree.label(clause) != "xcomp":
                subject = self._flat(tree.kids(clause, "nsubj"))
                if subject:
                    return subject
        for clause in clauses:
            inside = self._flat([*tree.kids(clause, "obj"), *tree.kids(clause, "obl"), *tree.kids(clause, "nsubj")])
            inside += [
                p for node in tree.kids(clause, "obj", "obl", "nsubj") for p in self.phrases.owners(node) + self._below(node)
            ]
            if inside:
                return less_sure(inside, IN_COMPLEMENT)
        return []

    def _below(self, noun: int, depth: int = 0) -> list[Party]:
        """Return the parties of the phrases under a noun, the nearest first: sanctions on sales to Chad."""
        for child in self.tree.kids(noun, "nmod"):
            found = self.phrases.parties(child) or self.phrases.owners(child)
            if not found and depth < 3:
                found = self._below(child, depth + 1)
            if found:
                return found
        return []

    def _places(self, trigger: Trigger) -> list[Party]:
        for node in self._obliques_around(trigger):
            if self.tree.case(node) in PLACE_PREPOSITIONS:
                found = self.phrases.places(node)
                if found:
                    return found
        if trigger.verb is not None:
            for node in objects_of(self.tree, trigger.verb):
                found = self.phrases.places(node)
                if found:
                    return found
        return []

    def _noun_source(self, trigger: Trigger) -> list[Party]:
        """Return who did what a noun names: its owner, its "by" phrase, else the subject that used it as a means."""
        tree = self.tree
        owners = self.phrases.owners_before(trigger.at)
        if owners:
            return owners
        by = [child for child in tree.kids(trigger.at, "nmod") if tree.case(child) == "by"]
        found = self._flat(by)
        if found:
            return found
        head = tree.tokens[trigger.at].head
        if tree.is_(trigger.at, "obl") and tree.case(trigger.at) in MEANS and tree.is_verb(head):
            return less_sure(self.subjects(head), BY_MEANS)
        return []
