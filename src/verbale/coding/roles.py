"""Who did it and to whom: the parties that fill the roles of a trigger, by the entry's own roles first, by grammar next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from verbale.coding.fillers import RoleFiller, codes_of
from verbale.coding.parties import Party
from verbale.coding.triggers import Trigger, objects_of
from verbale.vocab import ORGANISATION_CODES
from verbale.vocab.words import word_list

How = Literal[
    "declared",
    "mutual",
    "named",
    "domestic",
    "generic",
    "clause",
    "clause subject",
    "implied",
    "implied of dated",
    "implied source",
    "implied pair",
]

# Prepositions whose phrase can be the one acted upon when an entry does not say so, most telling first.
TARGET_PREPOSITIONS: Final = (
    "against",
    "on",
    "upon",
    "with",
    "to",
    "toward",
    "towards",
    "at",
    "from",
    "over",
    "for",
    "of",
    "into",
    "in",
)
NON_STATE: Final = frozenset({"REB", "OPP", "CVL", "SOC", "LAB", "EDU", "REL", "BUS", "MED", "REF", "CRM", "UAF", "NGO", "PTY"})
MUTUAL_PREPOSITIONS: Final = ("with", "between", "among", "against")

# Acts that a state and its own people or parts do to each other.
DOMESTIC_TYPES: Final = frozenset(
    {"PROTEST", "COERCE", "ASSAULT", "REQUEST", "ACCUSE", "REJECT", "CONCEDE", "MOBILIZE", "THREATEN", "AGREE"}
)
# Acts that whoever owns the object does: troops are withdrawn or called up by their own state.
MOVED_BY_OWNER: Final = frozenset({"MOBILIZE", "RETREAT"})
# Verbs that say no more than that something took place.
HAPPENINGS: Final = word_list("happenings")
# Ways of finding parties that rest on the sentence itself.
TOLD: Final = frozenset({"declared", "mutual"})
# Phrases with these prepositions say under what circumstances something was done; whoever they name is no party to it.
CIRCUMSTANCES: Final = word_list("circumstances")


@dataclass(frozen=True, slots=True)
class Roles:
    """The parties of an act, whether it is mutual, and how they were found."""

    source: tuple[Party, ...]
    target: tuple[Party, ...]
    mutual: bool
    how: How


class RoleFinder(RoleFiller):
    """Fills the roles of the triggers of one sentence."""

    def roles(self, trigger: Trigger) -> Roles:
        """Return source and target of a trigger; either may be empty."""
        if trigger.undergone:
            return self._undergone(trigger)
        found = self._roles(trigger)
        return self._named(trigger, found) or found

    def _named(self, trigger: Trigger, found: Roles) -> Roles | None:
        """Return the parties of a treaty or war that is known by name, where the sentence does not tell both sides of it.

        Only where a verb says that it was made ("signed the Treaty of Jassy"): a name alone mostly refers to it, and coding it
        lowered F1 on narratives by 0.01 (docs/quality.md).
        """
        if trigger.verb is None or trigger.type not in {"AGREE", "ASSAULT"}:
            return None
        made = (self.phrases.instruments.get(at) for at in (trigger.at, *objects_of(self.tree, trigger.verb)))
        instrument = next((named for named in made if named is not None), None)
        if instrument is None or (found.how in TOLD and found.source and found.target):
            return None
        memory = self.phrases.memory
        sides = [
            [
                Party(memory.actor(code), -1, "implied", 1.0)
                for code in side
                if len(instrument.parties) == 2 or code in memory.counts
            ]
            for side in instrument.sides
        ]
        doers = [party for party in found.source if party.code in instrument.parties]
        if instrument.kind == "treaty" and sides:
            others = [party for party in sides[0] if party.code not in codes_of(doers)]
            return Roles(tuple(doers), tuple(others), True, "named") if len(doers) + len(others) > 1 else None
        if instrument.kind == "war" and len(sides) == 2 and sides[0] and sides[1]:
            return Roles(tuple(sides[0]), tuple(sides[1]), True, "named")
        return None

    def _roles(self, trigger: Trigger) -> Roles:
        if trigger.entry.mutual:
            mutual = self._mutual(trigger)
            if mutual is not None:
                return mutual
        source = self._source(trigger)
        domestic = self._domestic(trigger, source)
        if domestic:
            return Roles(tuple(source), domestic, False, "domestic")
        codes = frozenset(party.code for party in source)
        target, how = self._target(trigger, codes)
        if not source:
            of = [role for role in trigger.entry.source if role == "of"]
            source = self.fill(trigger, of, exclude=codes_of(target) if how != "implied" else frozenset())
            if source and (not target or how == "implied"):
                target, how = self._target(trigger, codes_of(source))
            elif not source and target and how != "implied" and self._may_lack_agent(trigger):
                source, how = self._implied(trigger, codes_of(target)), "implied source"
        if len(codes_of(source)) > 1 and self._says_each_other(trigger):
            return Roles(tuple(source), (), True, "mutual")
        if source and not target:
            target, how = self._own_state(trigger, source), "domestic"
        if not source and len(target) == 1 and trigger.entry.mutual and trigger.is_noun_alone:
            source, how = self._implied(trigger, codes_of(target)), "implied source"
        if not source and not target and trigger.entry.mutual and self._happens(trigger):
            pair = self.phrases.memory.pair()
            if pair is not None:
                source, target = ([Party(actor, -1, "implied", 1.0)] for actor in pair)
                how = "implied pair"
        return Roles(
            tuple(source), tuple(target), trigger.entry.mutual and (how != "implied" or trigger.at != trigger.verb), how
        )

    def _source(self, trigger: Trigger) -> list[Party]:
        """Return who acts: a carrying verb's subject, the entry's roles, the owner of forces in the passive."""
        roles = trigger.entry.source
        if trigger.verb is not None and trigger.at != trigger.verb:
            carried = self.subjects(trigger.verb)
            if carried:
                return carried
        # "of" may stand for either side ("the attack of the Turks", "the attack of the fort"): it is asked after the target.
        source = self.fill(
            trigger, [role for role in roles if role != "of" or "of" not in trigger.entry.target], exclude=frozenset()
        )
        if source:
            return source
        if trigger.is_noun_alone:
            return self._noun_source(trigger)
        if trigger.verb is not None and self.tree.is_passive(trigger.verb) and trigger.type in MOVED_BY_OWNER:
            # "Chinese troops were mobilised": whose they are did it.
            return [party for node in objects_of(self.tree, trigger.verb) for party in self.phrases.parties(node)]
        return []

    def _own_state(self, trigger: Trigger, source: Sequence[Party]) -> list[Party]:
        """Return the country itself as the one acted upon, where nobody else is named: acts within one state."""
        doer = source[0]
        if trigger.type not in DOMESTIC_TYPES or doer.code in ORGANISATION_CODES or len(codes_of(source)) > 1:
            return []
        sector = "CVL" if doer.actor.sector not in NON_STATE else "GOV"
        return [Party(replace(doer.actor, sector=sector, text=""), -1, "implied", 1.0)]

    def _says_each_other(self, trigger: Trigger) -> bool:
        """Tell whether the parties are said to act on each other: "accused one another", "talks with each other"."""
        anchor = trigger.anchor
        words = [self.tree.lower(at) for at in range(trigger.at, self.tree.clause_span(anchor)[1] + 1)]
        return any(pair in {("each", "other"), ("one", "another")} for pair in pairwise(words))

    def _may_lack_agent(self, trigger: Trigger) -> bool:
        """Tell whether the doer may be left to the story: an agentless passive ("the offer was rejected")."""
        if trigger.verb is None or not self.tree.is_passive(trigger.verb):
            return False
        return not any(self.tree.case(child) == "by" for child in self.tree.kids(trigger.verb, "obl"))

    def _happens(self, trigger: Trigger) -> bool:
        """Tell whether a shared act is said to take place, or to be done, with its parties left to the story."""
        if trigger.verb is not None:
            return self.tree.is_passive(trigger.verb)
        head = self.tree.tokens[trigger.at].head
        return self.tree.is_(trigger.at, "nsubj") and self.tree.tokens[head].lemma.lower() in HAPPENINGS

    def _undergone(self, trigger: Trigger) -> Roles:
        """Return the roles of "suffered an attack by": the verb's subject is the one acted upon."""
        target = self.subjects(trigger.verb) if trigger.verb is not None else []
        source = self.fill(trigger, ("by", "from", "possessor", "at"), exclude=codes_of(target))
        return Roles(tuple(source), tuple(target), False, "declared")

    def _domestic(self, trigger: Trigger, source: Sequence[Party]) -> tuple[Party, ...]:
        """Return the object of an act within one country: police and demonstrators of the same state."""
        if trigger.verb is None or not source:
            return ()
        for role in trigger.entry.target:
            found = self.in_role(trigger, role)
            inside = [
                p
                for p in found
                if p.actor.sector and any(p.code == s.code and p.actor.sector != s.actor.sector for s in source)
            ]
            if inside and len(inside) == len(found):
                return tuple(inside)
            if found:
                return ()
        return ()

    # targets

    def _target(self, trigger: Trigger, codes: frozenset[str]) -> tuple[list[Party], How]:
        found = self._any_target(trigger, codes)
        if trigger.type != "ACCUSE" or found[1] == "implied" or not all(party.code in ORGANISATION_CODES for party in found[0]):
            return found
        # A complaint goes to an organisation, but it is against somebody.
        forums = codes | codes_of(found[0])
        against = self.fill(
            trigger, ("against", "object", "object.possessor", "complement", "of", "over", "about"), exclude=forums
        )
        if against:
            return against, "generic"
        implied = self._implied(trigger, codes)
        return (implied, "implied") if implied and implied[0].code not in forums else found

    def _any_target(self, trigger: Trigger, codes: frozenset[str]) -> tuple[list[Party], How]:
        declared = self.fill(trigger, trigger.entry.target, exclude=codes)
        if declared:
            return declared, "declared"
        if trigger.entry.target == ("none",):
            return [], "declared"
        generic = self.fill(
            trigger, ("object", "indirect", *TARGET_PREPOSITIONS, "object.possessor", "complement"), exclude=codes
        )
        if generic:
            return generic, "generic"
        subject = self._clause_subject(trigger, codes)
        if subject:
            return subject, "clause subject"
        implied = self._implied(trigger, codes)
        if implied:
            return implied, "implied"
        return self._elsewhere(trigger, codes), "clause"

    def _elsewhere(self, trigger: Trigger, codes: frozenset[str]) -> list[Party]:
        """Return the only other state named in the trigger's clause."""
        tree = self.tree
        anchor = trigger.verb if trigger.verb is not None else tree.clause_head(trigger.at)
        first, last = tree.clause_span(anchor)
        found: dict[str, Party] = {}
        for head, mention in self.phrases.mentions:
            name = self.phrases.resolve(mention)
            if name and first <= head <= last and name.code not in codes and not self._circumstantial(head, anchor):
                found.setdefault(name.code, Party(self.phrases.actor(name, mention.text), head, "owner", 0.7))
        return list(found.values()) if len(found) == 1 else []

    def _clause_subject(self, trigger: Trigger, codes: frozenset[str]) -> list[Party]:
        """Return the subject of the clause around a noun with its own doer: "under French pressure, Siam yielded"."""
        if not trigger.is_noun_alone or not codes or not self.tree.is_(trigger.at, "obl", "nmod"):
            return []
        verb = self.tree.clause_head(trigger.at)
        return [party for party in self.subjects(verb) if party.code not in codes] if self.tree.is_verb(verb) else []

    def _circumstantial(self, at: int, anchor: int) -> bool:
        for node in (at, *self.tree.ancestors(at)):
            if node == anchor:
                return False
            if self.tree.case(node) in CIRCUMSTANCES or self.tree.is_(node, "acl", "advcl"):
                return True
            if self.tree.is_(node, "nsubj") and self.tree.tokens[node].head != anchor:
                return True  # another clause's subject, often who reports it
        return False

    def _implied(self, trigger: Trigger, codes: frozenset[str]) -> list[Party]:
        memory = self.phrases.memory
        pair = memory.pair()
        if codes and codes <= ORGANISATION_CODES:
            # An organisation that calls for an end of it speaks to both sides of what the story is about.
            return [Party(actor, -1, "implied", 1.0) for actor in pair or () if actor.code not in codes | ORGANISATION_CODES]
        if trigger.entry.mode == "mediate" and pair and not codes & {actor.code for actor in pair}:
            return [Party(actor, -1, "implied", 1.0) for actor in pair]  # a mediator speaks to both sides
        rivals = [memory.rival(code) for code in sorted(codes)]
        rival = next((actor for actor in rivals if actor is not None and actor.code not in codes), None)
        if rival is None:
            return []
        return [Party(replace(rival, sector=""), -1, "implied", 1.0)]

    # acts that both sides share

    def _mutual(self, trigger: Trigger) -> Roles | None:
        """Return the parties of a shared act: "between A and B", "A and B signed", "A met with B", "the A-B treaty"."""
        parties: dict[str, Party] = {}
        for preposition in MUTUAL_PREPOSITIONS:
            found = self._prepositional(trigger, preposition)
            for party in found:
                parties.setdefault(party.code, party)
            if len(found) > 1 and preposition in {"between", "among"}:
                return self._shared(list(parties.values()), [])
            if found:
                break
        partners = list(parties.values())
        sources = self.fill(trigger, ("subject", *trigger.entry.source), exclude=frozenset(parties))
        if trigger.verb is not None and trigger.at != trigger.verb and not sources:
            sources = self.phrases.owners(trigger.at)
        if trigger.is_noun_alone and len(sources) < 2:
            own = [party for party in self.phrases.owners(trigger.at) if party.code not in parties]
            sources = own or sources
        direct = [] if partners else self.fill(trigger, ("object", "of"), exclude=frozenset(party.code for party in sources))
        partners = partners or direct
        if sources and partners:
            return self._shared(sources, partners)
        if len(sources) > 1:
            return self._shared(sources, [])
        return None

    @staticmethod
    def _shared(sources: Sequence[Party], partners: Sequence[Party]) -> Roles:
        return Roles(tuple(sources), tuple(partners), True, "mutual")
