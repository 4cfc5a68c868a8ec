"""What the document has spoken of so far, so that "it", "the two countries" and "the government" find their states."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from verbale.coding.parties import Party
from verbale.core import Actor
from verbale.vocab import ORGANISATION_CODES
from verbale.vocab.words import word_list

if TYPE_CHECKING:
    from verbale.coding.parties import Phrases
    from verbale.coding.tree import Tree
    from verbale.vocab.agents import Agent

PLURAL_PRONOUNS: Final = word_list("plural_pronouns")
PERSON_PRONOUNS: Final = word_list("person_pronouns")
THING_PRONOUNS: Final = word_list("thing_pronouns")
RELATIVE_PRONOUNS: Final = word_list("relative_pronouns")
GROUP_NOUNS: Final = word_list("group_nouns")
OPPOSED_NOUNS: Final = word_list("opposed_nouns")
GROUP_WORDS: Final = word_list("group_words")

# How sure each kind of reference is: set by judgement, in the order in which a reader would trust them. Doubling or halving
# one moves the figures of docs/quality.md by less than 0.01.
CERTAINTY: Final = {"pronoun": 0.75, "group": 0.8, "agent": 0.6, "country": 0.55}


class Memory:
    """States spoken of in one document, newest last, with the pairs that were named or coded together."""

    def __init__(self, counts: Counter[str], entities: dict[str, Actor]) -> None:
        """Start from how often each state is named in the whole document, and how it is named there."""
        self.counts = counts
        self.entities = entities
        self.subjects: list[Actor] = []
        self.group: list[Actor] = []
        self.person: Actor | None = None
        self.last_named: list[Actor] = []
        self._short_names: dict[str, Actor] = {}

    # what was said

    def note_sentence(self, phrases: Phrases) -> None:
        """Keep what a finished sentence named: its main subject, its coordinated parties, its persons."""
        self._note_names(phrases)
        self._note_subject(phrases)

    def _note_names(self, phrases: Phrases) -> None:
        named: dict[str, Actor] = {}
        for at, mention in phrases.mentions:
            name = phrases.resolve(mention)
            if name is None:
                continue
            actor = Actor(name.code, "", mention.text, name.entity)
            named[name.code] = actor
            if name.kind == "leader":
                self.person = actor
            if name.kind == "organisation":
                actor = phrases.actor(name, mention.text)
                self._short_names |= {word: actor for word in mention.text.split() if word[:1].isupper()}
            parties = phrases.parties(phrases.tree.first_conjunct(at))
            if len({party.code for party in parties}) > 1:
                self.group = [replace(party.actor, sector="") for party in parties]
        if len(named) == 2:
            self.group = list(named.values())
        if named:
            self.last_named = list(named.values())

    def _note_subject(self, phrases: Phrases) -> None:
        tree = phrases.tree
        subjects = [party for at, _ in enumerate(tree.tokens) if tree.is_(at, "nsubj") for party in phrases.parties(at)]
        main = [party for party in subjects if tree.tokens[party.head].head == tree.root] or subjects
        if main:
            self.subjects.append(replace(main[0].actor, sector=""))
            if main[0].actor.sector == "GOV" and main[0].kind == "agent":
                self.person = main[0].actor

    # what is meant

    def actor(self, code: str) -> Actor:
        """Return the actor of a code as the document names it."""
        return self.entities.get(code) or Actor(code)

    def leading(self) -> list[str]:
        """Return the states that the document speaks of more than once, the most named first; organisations are no rivals."""
        return [code for code in self._states() if self.counts[code] > 1]

    def _states(self) -> list[str]:
        """Return the states that the document names, the most named first."""
        return [code for code, _ in self.counts.most_common() if code not in ORGANISATION_CODES]

    def rival(self, code: str) -> Actor | None:
        """Return whom an act is most likely against that names nobody: the other leading state of the document.

        Taking the state that the actor last dealt with instead was no better on one set of hand-coded narratives and 0.04 worse
        in F1 on another (docs/quality.md): stories digress, their main parties stay.
        """
        other = next((candidate for candidate in self.leading()[:2] if candidate != code), None)
        return self.actor(other) if other else None

    def may_lie_in(self, country: str) -> bool:
        """Tell whether a place of a country is likely meant: not where a text speaks of other states and never of that one."""
        return country in self.counts or len(self._states()) < 2

    def pair(self) -> tuple[Actor, Actor] | None:
        """Return the two states that the story is about: the two that the document names most."""
        codes = self._states()[:2]
        if len(codes) < 2:
            return None
        first, second = (self.actor(code) for code in codes)
        return first, second

    def refer_short_name(self, phrases: Phrases, at: int) -> list[Party]:
        """Return the organisation that a capitalised "the Council", "the Conference" takes up."""
        tree = phrases.tree
        token = tree.tokens[at]
        if not token.text[:1].isupper() or not any(tree.lower(child) == "the" for child in tree.kids(at, "det")):
            return []
        actor = self._short_names.get(token.text)
        return [Party(actor, at, "reference", CERTAINTY["group"])] if actor else []

    def is_group_reference(self, phrases: Phrases, at: int) -> bool:
        """Tell whether a phrase is of the kind "the two countries", "both sides"."""
        tree = phrases.tree
        lemma = tree.tokens[at].lemma.lower()
        if lemma in {"both", "two"} and tree.is_(at, "nsubj", "obj", "obl", "nmod"):
            return not tree.kids(at, "nmod")
        if lemma not in GROUP_NOUNS or phrases.mention_of.get(at) is not None:
            return False
        words = {tree.lower(child) for child in tree.kids(at, "det", "nummod", "amod")}
        plural = tree.lower(at).endswith(("s", "ies"))
        named_as_group = bool(words & GROUP_WORDS) or (lemma in OPPOSED_NOUNS and "the" in words)
        return plural and named_as_group and not phrases.owners(at)

    def refer_group(self, phrases: Phrases, at: int) -> list[Party]:
        """Return the parties of "the two countries": the last group of that size, else the document's two main states.

        Whoever speaks to "both sides" is none of them.
        """
        tree = phrases.tree
        words = {tree.lower(child) for child in tree.kids(at, "det", "nummod", "amod")}
        size = 3 if "three" in words else 2
        outside: set[str] = set()
        if not tree.is_(at, "nsubj"):
            subjects = tree.kids(tree.clause_head(at), "nsubj")
            outside = {party.code for subject in subjects if subject != at for party in phrases.parties(subject)}
        pair = self.pair()
        groups = (self._group_before(phrases, at), self.group, list(pair) if pair else [])
        within = ([actor for actor in group if actor.code not in outside] for group in groups)
        group = next((actors for actors in within if len(actors) == size), [])
        text = phrases.phrase(at)
        return [_reference(actor, at, text, "group") for actor in group]

    def _group_before(self, phrases: Phrases, at: int) -> list[Actor]:
        named = [phrases.named_actor(mention) for head, mention in phrases.mentions if head < at]
        return list({actor.code: actor for actor in named if actor}.values())

    def refer(self, phrases: Phrases, at: int) -> list[Party]:
        """Return the parties of a pronoun."""
        tree = phrases.tree
        word = tree.lower(at)
        if word in RELATIVE_PRONOUNS:
            return self._relative(phrases, at)
        if word in PLURAL_PRONOUNS:
            return self._plural(phrases, at)
        actor: Actor | None = None
        if word in PERSON_PRONOUNS:
            actor = self._person_before(phrases, at) or self.person
        elif word in THING_PRONOUNS:
            actor = self._subject_before(phrases, at) or self._last_subject()
        elif tree.tokens[at].lemma == "latter":
            before = self._group_before(phrases, at) or self.last_named
            actor = before[-1] if before else None
        elif tree.tokens[at].lemma == "former":
            before = self._group_before(phrases, at) or self.last_named
            actor = before[0] if len(before) > 1 else None
        if actor is None:
            return []
        return [_reference(actor, at, tree.tokens[at].text, "pronoun")]

    def _relative(self, phrases: Phrases, at: int) -> list[Party]:
        for node in phrases.tree.ancestors(at):
            if phrases.tree.label(node) in {"acl:relcl", "acl"}:
                return phrases.parties(phrases.tree.tokens[node].head)
        return []

    def _plural(self, phrases: Phrases, at: int) -> list[Party]:
        tree = phrases.tree
        text = tree.tokens[at].text
        for subject in reversed([i for i in range(at) if tree.is_(i, "nsubj") and tree.lower(i) not in PLURAL_PRONOUNS]):
            parties = phrases.parties(subject)
            if parties and (len(parties) > 1 or tree.tokens[subject].tag in {"NNS", "NNPS"}):
                return [_reference(party.actor, at, text, "pronoun", sector=party.actor.sector) for party in parties]
        if len(self.group) > 1:
            return [_reference(actor, at, text, "pronoun") for actor in self.group]
        if self.subjects:
            return [_reference(self.subjects[-1], at, text, "country")]
        return []

    def _last_subject(self) -> Actor | None:
        return self.subjects[-1] if self.subjects else None

    def _subject_before(self, phrases: Phrases, at: int) -> Actor | None:
        """Return the state that is subject nearest before a pronoun; the pronoun's own verb's subject only for possessives."""
        tree = phrases.tree
        possessive = tree.is_(at, "nmod", "det")
        own_clause = tree.clause_head(at)
        for subject in range(at - 1, -1, -1):
            if not tree.is_(subject, "nsubj") or (not possessive and tree.tokens[subject].head == own_clause):
                continue
            parties = phrases.parties(subject)
            if parties:
                return parties[0].actor
        if tree.is_(at, "nsubj") or possessive:
            for head, mention in phrases.mentions:
                if head < at:
                    name = phrases.resolve(mention)
                    if name and name.kind in {"name", "organisation", "capital", "abbreviation"} and not self.subjects:
                        return Actor(name.code, "", mention.text, name.entity)
        return None

    def _person_before(self, phrases: Phrases, at: int) -> Actor | None:
        for head, mention in reversed(phrases.mentions):
            if head < at:
                name = phrases.resolve(mention)
                if name and name.kind == "leader":
                    return phrases.actor(name, mention.text)
        for subject in range(at - 1, -1, -1):
            if phrases.tree.is_(subject, "nsubj"):
                parties = phrases.parties(subject)
                if parties and parties[0].kind == "agent":
                    return parties[0].actor
        return None

    def refer_agent(self, phrases: Phrases, at: int, agent: Agent) -> list[Party]:
        """Return the state of an agent named without one ("the government"): the sentence's, else the last subject's."""
        tree = phrases.tree
        definite = any(tree.lower(child) in {"the", "this", "that"} for child in tree.kids(at, "det"))
        text = phrases.phrase(at)
        for child in tree.kids(at, "nmod"):
            if tree.case(child) in {"in", "at", "near", "on"}:
                place = phrases.places(child)
                if place:
                    local = replace(place[0].actor, sector=agent.sector, text=text)
                    return [Party(local, at, "agent", CERTAINTY["agent"])]
        actor = self._only_state(phrases) if agent.acts_for_state and self._is_titled(phrases.tree, at) else None
        if actor is None and agent.acts_for_state:
            if not definite:
                return []
            actor = self._subject_before(phrases, at) if not tree.is_(at, "nsubj") else None
            actor = actor or self._last_subject()
        if actor is None:
            actor = self._only_state(phrases)
        if actor is None:
            return []
        return [_reference(actor, at, text, "agent", sector=agent.sector)]

    @staticmethod
    def _is_titled(tree: Tree, at: int) -> bool:
        """Tell whether a title stands beside a name that the vocabulary does not know: "President X"."""
        named = any(tree.tokens[child].pos == "PROPN" for child in tree.kids(at, "flat", "appos"))
        return named or tree.is_(at, "compound", "flat")

    def _only_state(self, phrases: Phrases) -> Actor | None:
        """Return the state of the sentence where it names just one, by name or by place."""
        found: dict[str, Actor] = {}
        for _, mention in phrases.mentions:
            name = phrases.resolve(mention)
            if name and name.kind != "organisation":
                found[name.code] = Actor(name.code, "", mention.text, name.entity)
        if len(found) == 1:
            return next(iter(found.values()))
        if not found:
            for at, token in enumerate(phrases.tree.tokens):
                if token.pos == "PROPN" and phrases.tree.is_(at, "obl", "nmod"):
                    place = phrases.places(at)
                    if place:
                        return place[0].actor
        return None


def _reference(actor: Actor, at: int, text: str, kind: str, *, sector: str = "") -> Party:
    """Make the party that a word or phrase takes up, under the words that take it up; `kind` is a key of `CERTAINTY`."""
    return Party(Actor(actor.code, sector, text, actor.entity), at, "reference", CERTAINTY[kind])
