"""What the document has spoken of so far, so that "it", "the two countries" and "the government" find their states."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from verbale.coding.parties import Party
from verbale.core import Actor, Lead
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
JOINT_NOUNS: Final = word_list("joint_nouns")
GROUP_SIZES: Final = {
    "both": 2, "two": 2, "either": 2, "neither": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "troika": 3,
    "triumvirate": 3, "four": 4, "quartet": 4, "five": 5, "quintet": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
# More groups than this before, a phrase hardly means one of them.
LONGEST_MEMORY: Final = 12
# Whom the estimates are asked about besides those whom a sentence names: four states take part in nine of ten acts of a story.
LEAD_STATES: Final = 4
LEAD_ORGANISATIONS: Final = 1

# How sure each kind of reference is: set by judgement, in the order in which a reader would trust them. Doubling or halving
# one moves the figures of docs/quality.md by less than 0.01.
CERTAINTY: Final = {"pronoun": 0.75, "group": 0.8, "agent": 0.6, "country": 0.55}


class Memory:
    """States spoken of in one document, newest last, with the pairs that were named or coded together."""

    def __init__(self, counts: Counter[str], entities: dict[str, Actor], *, alone: bool = False) -> None:
        """Start from how often each state is named in the whole document, and how it is named there.

        `alone` tells that the document is no story, only a sentence or two.
        """
        self.alone = alone
        self.counts = counts
        # The states that the document names, the most named first; organisations are no rivals.
        self._states = [code for code, _ in counts.most_common() if code not in ORGANISATION_CODES]
        self._ranks = {code: at for at, code in enumerate(self._states[:9])}
        self.entities = entities
        self.subjects: list[Actor] = []
        self.groups: list[list[Actor]] = []
        self.person: Actor | None = None
        self.last_named: list[Actor] = []
        self._short_names: dict[str, Actor] = {}
        self._told: set[tuple[str, str, str]] = set()

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
                self._note_group([replace(party.actor, sector="") for party in parties])
        if len(named) == 2:
            self._note_group(list(named.values()))
        if named:
            self.last_named = list(named.values())

    def _note_group(self, actors: list[Actor]) -> None:
        """Keep a group as the newest; one that is told again moves to the end."""
        group = list({actor.code: actor for actor in actors}.values())
        codes = {actor.code for actor in group}
        others = [known for known in self.groups if {actor.code for actor in known} != codes]
        self.groups = [*others[-LONGEST_MEMORY:], group]

    @property
    def group(self) -> list[Actor]:
        """The states that were last named together."""
        return self.groups[-1] if self.groups else []

    def _note_subject(self, phrases: Phrases) -> None:
        tree = phrases.tree
        subjects = [party for at, _ in enumerate(tree.tokens) if tree.is_(at, "nsubj") for party in phrases.parties(at)]
        main = [party for party in subjects if tree.tokens[party.head].head == tree.root] or subjects
        if main:
            self.subjects.append(replace(main[0].actor, sector=""))
            if main[0].actor.sector == "GOV" and main[0].kind == "agent":
                self.person = main[0].actor

    def note_told(self, first: str, second: str, event_type: str) -> None:
        """Keep that an act between two actors, by their codes, was told."""
        self._told.add((*sorted((first, second)), event_type))  # type: ignore[arg-type]

    def was_told(self, first: str, second: str, event_type: str) -> bool:
        """Tell whether such an act between two actors was told before, in whichever direction."""
        return (*sorted((first, second)), event_type) in self._told

    # what is meant

    def actor(self, code: str) -> Actor:
        """Return the actor of a code as the document names it."""
        return self.entities.get(code) or Actor(code)

    def leading(self) -> list[str]:
        """Return the states that the document speaks of more than once, the most named first; organisations are no rivals."""
        return [code for code in self._states if self.counts[code] > 1]

    def rival(self, code: str) -> Actor | None:
        """Return whom an act is most likely against that names nobody: the other leading state of the document.

        Taking the state that the actor last dealt with instead was no better on one set of hand-coded narratives and 0.04 worse
        in F1 on another (docs/quality.md): stories digress, their main parties stay.
        """
        other = next((candidate for candidate in self.leading()[:2] if candidate != code), None)
        return self.actor(other) if other else None

    def may_lie_in(self, country: str) -> bool:
        """Tell whether a place of a country is likely meant: not where a text speaks of other states and never of that one."""
        return country in self.counts or len(self._states) < 2

    def leads(self) -> tuple[Lead, ...]:
        """Return whom the document names most, states before organisations, each as it is first named there."""
        organisations = [code for code, _ in self.counts.most_common() if code in ORGANISATION_CODES]
        codes = (*self._states[:LEAD_STATES], *organisations[:LEAD_ORGANISATIONS])
        return tuple(Lead(code, self.actor(code).text) for code in codes)

    def offered(self, most: int) -> list[Actor]:
        """Return whom the story offers as a party that a sentence leaves out: its main states, its last subject and group."""
        states = [self.actor(code) for code in self._states[:most]]
        actors = [*states, *self.subjects[-1:], *self.group, *self.last_named]
        return list({actor.code: actor for actor in reversed(actors)}.values())[::-1]

    def rank(self, code: str) -> int:
        """Return a state's place among those that the document names, 0 for the most named; 9 beyond and for organisations."""
        return self._ranks.get(code, 9)

    def pair(self) -> tuple[Actor, Actor] | None:
        """Return the two states that the story is about: the two that the document names most."""
        codes = self._states[:2]
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
        """Tell whether a phrase is of the kind "the two countries", "both sides", "the six", "the powers", "the quartet"."""
        tree = phrases.tree
        lemma = tree.tokens[at].lemma.lower()
        if phrases.mention_of.get(at) is not None:
            return False
        words = {tree.lower(child) for child in tree.kids(at, "det", "nummod", "amod")}
        if lemma in GROUP_SIZES and tree.is_(at, "nsubj", "obj", "obl", "nmod", "conj"):
            named = lemma in {"both", "two", "three", "neither", "either"} or "the" in words
            return named and not tree.kids(at, "nmod") and not phrases.owners_before(at)
        if lemma not in GROUP_NOUNS:
            return False
        plural = tree.lower(at).endswith(("s", "ies"))
        definite = "the" in words and lemma in OPPOSED_NOUNS | JOINT_NOUNS
        named_as_group = bool(words & GROUP_WORDS) or bool(words & GROUP_SIZES.keys()) or definite
        return plural and named_as_group and not phrases.owners(at)

    def refer_group(self, phrases: Phrases, at: int) -> list[Party]:
        """Return the parties of "the two countries": the last group of that size, else the document's two main states.

        Whoever speaks to "both sides" is none of them.
        """
        tree = phrases.tree
        words = {tree.lower(child) for child in tree.kids(at, "det", "nummod", "amod")} | {tree.tokens[at].lemma.lower()}
        size = next((GROUP_SIZES[word] for word in sorted(words & GROUP_SIZES.keys())), 0)
        outside: set[str] = set()
        if not tree.is_(at, "nsubj"):
            subjects = tree.kids(tree.clause_head(at), "nsubj")
            outside = {party.code for subject in subjects if subject != at for party in phrases.parties(subject)}
        pair = self.pair()
        groups = [self._group_before(phrases, at), *self.groups[::-1], *([list(pair)] if pair else [])]
        within = [[actor for actor in group if actor.code not in outside] for group in groups]
        if size == 0 and tree.tokens[at].lemma.lower() in JOINT_NOUNS and not words & GROUP_WORDS:
            # "the powers", "the allies": a concert of states, not the two sides of the story
            group = next((actors for actors in within if len(actors) > 1 and not _is_pair(actors, pair)), [])
        else:
            group = next((actors for actors in within if len(actors) == (size or 2)), [])
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
        elif tree.tokens[at].lemma in {"latter", "former"}:
            before = self._two_before(phrases, at)
            if before:
                actor = before[-1] if tree.tokens[at].lemma == "latter" else before[0] if len(before) > 1 else None
        if actor is None:
            return []
        return [_reference(actor, at, tree.tokens[at].text, "pronoun")]

    def _two_before(self, phrases: Phrases, at: int) -> list[Actor]:
        """Return the two of whom one is the former and one the latter: the last named, or the story's two among them."""
        before = self._group_before(phrases, at) or self.last_named
        pair = self.pair()
        main = [actor for actor in before if pair and actor.code in {one.code for one in pair}]
        return main if len(before) > 2 and len(main) == 2 else before

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


def _is_pair(actors: list[Actor], pair: tuple[Actor, Actor] | None) -> bool:
    return pair is not None and {actor.code for actor in actors} == {actor.code for actor in pair}


def _reference(actor: Actor, at: int, text: str, kind: str, *, sector: str = "") -> Party:
    """Make the party that a word or phrase takes up, under the words that take it up; `kind` is a key of `CERTAINTY`."""
    return Party(Actor(actor.code, sector, text, actor.entity), at, "reference", CERTAINTY[kind])
