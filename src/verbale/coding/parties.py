"""Who a noun phrase stands for: names, agents ("Soviet troops"), owners ("Egypt's canal"), places, references back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from verbale.coding.tree import Tree
from verbale.core import Actor
from verbale.vocab.words import word_list

if TYPE_CHECKING:
    from verbale.coding.memory import Memory
    from verbale.vocab import Vocabulary
    from verbale.vocab.agents import Agent
    from verbale.vocab.instruments import Instrument
    from verbale.vocab.names import ActorName, Mention

PartyKind = Literal["name", "agent", "owner", "place", "reference", "implied"]

# Kinds of names that stand for the actor themselves; a prefix or adjective only qualifies a noun.
SELF_NAMES: Final = frozenset({"name", "capital", "seat", "leader", "organisation", "abbreviation", "demonym"})
# How sure each way is of telling whom a phrase stands for: set by judgement, in the order in which a reader would trust them;
# they lower an event's confidence, by which the doubtful are dropped and the better of two tellings is kept.
CERTAINTY: Final = {
    "name": 0.95,
    "agent": 0.9,
    "owner": 0.9,
    "demonym": 0.85,
    "apposition": 0.85,
    "people in a place": 0.8,
    "state as place": 0.8,
    "owned place": 0.75,
    "people elsewhere": 0.7,
    "town": 0.65,
    "inside a phrase": 0.6,
}
OWNER_PREPOSITIONS: Final = frozenset({"of", "from"})
# A state before one of these participles did the act, it does not own the noun: "Soviet-occupied Iran".
FOREIGN_PARTICIPLES: Final = word_list("foreign_participles")
GROUP_NOUNS: Final = word_list("group_nouns")
LIST_MARKS: Final = frozenset({":", "--", "–", "—"})
PARTITIVES: Final = word_list("partitives")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor that a phrase stands for, how it does (`kind`), and how sure that is, between 0 and 1."""

    actor: Actor
    head: int
    kind: PartyKind
    certainty: float

    @property
    def code(self) -> str:
        """The actor's code."""
        return self.actor.code


def less_sure(parties: Iterable[Party], factor: float) -> list[Party]:
    """Return parties that were found on a detour, their certainty lowered by a factor."""
    return [replace(party, certainty=party.certainty * factor) for party in parties]


class Phrases:
    """The noun phrases of one sentence, resolved to parties for one year."""

    def __init__(
        self, tree: Tree, vocabulary: Vocabulary, memory: Memory, year: int | None, mentions: Iterable[Mention]
    ) -> None:
        """Place the sentence's names of actors, and its named instruments; the rest is looked up when a rule asks for it."""
        self.tree = tree
        self.vocabulary = vocabulary
        self.memory = memory
        self.year = year
        self.mention_of: dict[int, Mention] = {}
        self.mentions: list[tuple[int, Mention]] = []
        self._beside: dict[int, list[Mention]] = {}
        self._cache: dict[int, list[Party]] = {}
        self._readings: dict[int, ActorName | None] = {}
        self.instruments: dict[int, Instrument] = {}
        for named in vocabulary.instruments.find(tree.sentence.text):
            instrument = vocabulary.instruments.resolve(named, year)
            if instrument is not None:
                self.instruments |= dict.fromkeys(self._covered(named.start, named.end), instrument)
        for mention in mentions:
            covered = self._covered(mention.start, mention.end)
            if covered:
                for at in covered:
                    if at in self.mention_of:
                        self._beside.setdefault(at, []).append(self.mention_of[at])
                    self.mention_of[at] = mention
                self.mentions.append((self._mention_head(covered), mention))

    def _covered(self, start: int, end: int) -> list[int]:
        """Return the positions of the words that a span of the sentence's text covers."""
        offset = self.tree.sentence.start
        return [at for at, token in enumerate(self.tree.tokens) if token.start - offset < end and start < token.end - offset]

    def name_words(self) -> frozenset[int]:
        """Return the positions of the words inside names of actors; a national adjective alone is no name."""
        return frozenset(
            at
            for at, mention in self.mention_of.items()
            if any(name.kind in SELF_NAMES for name in mention.names) or " " in mention.text
        )

    def _mention_head(self, covered: list[int]) -> int:
        inside = set(covered)
        return next(
            (at for at in covered if self.tree.tokens[at].head not in inside or self.tree.tokens[at].head == at), covered[-1]
        )

    def resolve(self, mention: Mention) -> ActorName | None:
        """Return the reading of a name that fits the year; a state's later name counts where a text uses it early."""
        if mention.start not in self._readings:
            name = self.vocabulary.actors.resolve(mention, self.year, retrospective=True)
            if name is None and any(candidate.kind != "leader" for candidate in mention.names):
                name = self.vocabulary.actors.resolve(mention, None)
            self._readings[mention.start] = name
        return self._readings[mention.start]

    def named_actor(self, mention: Mention) -> Actor | None:
        """Return the state or organisation that a name stands for, whoever speaks for it; None for a name of nobody then."""
        name = self.resolve(mention)
        return Actor(name.code, "", mention.text, name.entity) if name else None

    def parties(self, head: int) -> list[Party]:
        """Return the parties that the noun phrase headed here stands for, coordinated ones included, each code once."""
        found: dict[tuple[str, str], Party] = {}
        for at in self.tree.conjuncts(head):
            for party in self.single(at):
                found.setdefault((party.code, party.actor.sector), party)
        return list(found.values())

    def single(self, at: int) -> list[Party]:
        """Return the parties that one word stands for, without those coordinated with it."""
        if at not in self._cache:
            self._cache[at] = []  # a phrase that refers to itself ends here
            self._cache[at] = self._find(at)
        return self._cache[at]

    def _find(self, at: int) -> list[Party]:
        tree = self.tree
        token = tree.tokens[at]
        mention = self.mention_of.get(at)
        if mention is not None:
            name = self.resolve(mention)
            if name is not None and (name.kind in SELF_NAMES or self._is_people(at, name)):
                return self._named(at, mention, name)
        if token.pos == "PRON" or token.lemma in {"latter", "former"}:
            return self.memory.refer(self, at)
        if token.pos in {"NOUN", "PROPN", "ADJ", "NUM", "DET", "VERB"}:
            return self._described(at)
        return []

    def _is_people(self, at: int, name: ActorName) -> bool:
        """Tell whether a national adjective stands for the nation: "the Chinese raided", "talks with the French"."""
        if name.kind != "adjective":
            return False
        if self.tree.tokens[at].pos in {"NOUN", "PROPN"}:
            return not self.tree.is_(at, "compound", "amod")
        return self.tree.is_(at, "nsubj", "obj", "iobj", "obl", "nmod", "conj") and bool(self.tree.kids(at, "det", "case"))

    def _named(self, at: int, mention: Mention, name: ActorName) -> list[Party]:
        """Return the party of a name; an agent noun beside it ("Israel's army") has its own phrase."""
        minority = self._minority(at)
        if minority:
            return minority
        party = Party(self.actor(name, mention.text), at, "name", CERTAINTY["demonym" if name.kind == "demonym" else "name"])
        agent = self._agent_of(at)
        if agent and not party.actor.sector and agent.sector:
            party = replace(party, actor=replace(party.actor, sector=agent.sector))
        return [party]

    def _minority(self, at: int) -> list[Party]:
        """Return the state in which a people lives, named with "ethnic" or with that country: ethnic Germans in Hungary."""
        ethnic = any(self.tree.lower(child) == "ethnic" for child in self.tree.kids(at, "amod"))
        for child in self.tree.kids(at, "nmod"):
            if self.tree.case(child) in {"in", "of"} and (ethnic or self.mention_of[at].names[0].kind == "demonym"):
                home = self.place(child)
                if home:
                    actor = replace(home[0].actor, sector="CVL", text=self.phrase(at))
                    return [Party(actor, at, "agent", CERTAINTY["people in a place"])]
        if ethnic:
            others = {n.code: n for m in self.mention_of.values() if (n := self.resolve(m)) and m is not self.mention_of[at]}
            if len(others) == 1:
                return [
                    Party(
                        self.actor(next(iter(others.values())), self.phrase(at), "CVL"),
                        at,
                        "agent",
                        CERTAINTY["people elsewhere"],
                    )
                ]
        return []

    def actor(self, name: ActorName, text: str, sector: str = "") -> Actor:
        """Make the actor of a name's reading."""
        return Actor(name.code, sector or name.sector, text, name.entity)

    def _described(self, at: int) -> list[Party]:
        tree = self.tree
        lemma = tree.tokens[at].lemma.lower()
        if self.memory.is_group_reference(self, at):
            return self.memory.refer_group(self, at)
        if lemma in PARTITIVES:
            for child in tree.kids(at, "nmod"):
                if tree.case(child) in OWNER_PREPOSITIONS:
                    inner = self.parties(child)
                    if inner:
                        return [replace(party, head=at) for party in inner]
        short = self.memory.refer_short_name(self, at)
        if short:
            return short
        agent = self._agent(at)
        if agent is not None:
            owners = self.owners(at)
            if owners:
                text = self.phrase(at)
                return [
                    Party(
                        replace(owner.actor, sector=owner.actor.sector or agent.sector, text=text),
                        at,
                        "agent",
                        CERTAINTY["agent"],
                    )
                    for owner in owners
                ]
            named = self._appositions(at)
            if named:
                return named
            return self.memory.refer_agent(self, at, agent)
        return self._appositions(at) or self._listed(at)

    def _listed(self, at: int) -> list[Party]:
        """Return the states that a sentence lists behind a colon or dash, for the plural that announces them."""
        tree = self.tree
        if tree.tokens[at].tag not in {"NNS", "NNPS"} or tree.tokens[at].lemma.lower() not in GROUP_NOUNS:
            return []
        marks = [i for i, token in enumerate(tree.tokens) if i > at and token.text in LIST_MARKS]
        if not marks:
            return []
        found: dict[str, Party] = {}
        for head, mention in self.mentions:
            name = self.resolve(mention)
            if head > marks[0] and name is not None and name.kind in SELF_NAMES:
                party = Party(self.actor(name, mention.text), head, "agent", CERTAINTY["apposition"])
                found.setdefault(name.code, party)
        behind = [token for token in tree.tokens[marks[0] + 1 :] if token.pos in {"VERB", "AUX"}]
        return list(found.values()) if len(found) > 1 and not behind else []

    def _appositions(self, at: int) -> list[Party]:
        """Return the parties of a name that stands beside a phrase: "its neighbour, Iraq", "President Nasser"."""
        for child in self.tree.kids(at, "appos", "flat", "compound"):
            mention = self.mention_of.get(child)
            name = self.resolve(mention) if mention else None
            stands_beside = (
                name and name.kind in SELF_NAMES and (self.tree.is_(child, "appos", "flat") or name.kind == "leader")
            )
            if mention and name and stands_beside:
                beside = [party for one in self.tree.conjuncts(child) for party in self.single(one)]
                if len(beside) > 1:
                    # "other states, especially Siam and Spain": all that are named
                    return [replace(party, certainty=CERTAINTY["apposition"]) for party in beside]
                return [Party(self.actor(name, mention.text), at, "agent", CERTAINTY["apposition"])]
            titled = self.tree.is_(child, "compound") and self.tree.tokens[at].pos == "PROPN" and at not in self.mention_of
            if (self.tree.is_(child, "appos") or titled) and self._agent(child):
                return [replace(party, head=at) for party in self.single(child)]
        return []

    def _agent(self, at: int) -> Agent | None:
        """Return the agent that a noun names, the longest phrase before the noun first ("foreign minister")."""
        agents = self.vocabulary.agents
        nouns = [noun for noun in (self.tree.lower(at), self.tree.tokens[at].lemma.lower()) if agents.may_end(noun)]
        if not nouns:
            return None
        words = self.tree.words[max(self.tree.premodifier_start(at), at - 3) : at]
        for start in range(len(words) + 1):
            tail = words[start:]
            for noun in nouns:
                agent = agents.get(" ".join([*tail, noun]))
                if agent is not None:
                    return agent
        return None

    def _agent_of(self, at: int) -> Agent | None:
        """Return the agent noun that a name stands behind as part of its title: "President Nasser", headed by the title."""
        head = self.tree.tokens[at].head
        if self.tree.is_(at, "flat") and head != at:
            return self._agent(head)
        return None

    def owners(self, noun: int) -> list[Party]:
        """Return whom a noun belongs to: national adjectives and possessives before it, "of" and "from" phrases behind it."""
        found = self.owners_before(noun)
        if not found:
            for child in self.tree.kids(noun, "nmod"):
                if self.tree.case(child) in OWNER_PREPOSITIONS and child > noun:
                    found += self.parties(child)
        unique = {party.code: party for party in reversed(found)}
        return list(unique.values())[::-1]

    def owners_before(self, noun: int) -> list[Party]:
        """Return whom a noun belongs to by the words before it: "Siam's note", "the Anglo-French note"."""
        return [party for at in range(self.tree.premodifier_start(noun), noun) for party in self._owner_before(at, noun)]

    def _owner_before(self, at: int, noun: int) -> list[Party]:
        tree = self.tree
        mention = self.mention_of.get(at)
        if mention is None:
            if tree.tokens[at].pos == "PRON" and tree.is_(at, "nmod", "det"):
                return self.memory.refer(self, at)
            if tree.is_(at, "nmod") and tree.tokens[at].head == noun and tree.tokens[at].pos == "NOUN":
                return [replace(party, head=noun) for party in self.single(at)]
            return []
        if mention is self.mention_of.get(at - 1):
            return []  # the second word of a name already counted
        after = at + 1
        while after < noun and (self.mention_of.get(after) is mention or tree.lower(after) in {"-", "–"}):
            after += 1
        if after < noun and tree.lower(after) in FOREIGN_PARTICIPLES:
            return []
        names = [(self.resolve(one), one) for one in (*self._beside.get(at, ()), mention)]
        return [Party(self.actor(name, one.text), noun, "owner", CERTAINTY["owner"]) for name, one in names if name]

    def places(self, noun: int) -> list[Party]:
        """Return the state that a place phrase lies in: a state's name, a region, a city, an owner ("Iraqi territory")."""
        for at in self.tree.conjuncts(noun):
            direct = self.place(at)
            if direct:
                return direct
            for child in self.tree.kids(at, "nmod", "compound", "appos", "flat"):
                direct = self.place(child) if not self.tree.is_(child, "nmod") or self.tree.case(child) != "by" else []
                if direct:
                    return direct
        return []

    def place(self, at: int) -> list[Party]:
        """Return the state that one word of a place phrase lies in."""
        if at in self.instruments:
            return []  # the Ancón of "the Treaty of Ancón" is part of a name
        mention = self.mention_of.get(at)
        if mention is not None:
            name = self.resolve(mention)
            if name is None or name.kind not in SELF_NAMES or name.kind == "organisation":
                return []
            return [Party(self.actor(name, mention.text), at, "place", CERTAINTY["state as place"])]
        owners = self.owners(at)
        if owners:
            return [replace(owner, kind="place", certainty=CERTAINTY["owned place"]) for owner in owners]
        token = self.tree.tokens[at]
        if not token.text[:1].isupper():
            return []
        start = at
        while start > 0 and self.tree.tokens[start - 1].text[:1].isupper() and self.tree.tokens[start - 1].head == at:
            start -= 1
        for begin in range(start, at + 1):
            words = " ".join(self.tree.tokens[i].text for i in range(begin, at + 1))
            country = self.vocabulary.places.country(words, year=self.year)
            if country and self.memory.may_lie_in(country):
                entity = self.vocabulary.actors.entity(country, self.year) if self.year else ""
                return [Party(Actor(country, "", words, entity), at, "place", CERTAINTY["town"])]
        return []

    def inside(self, head: int) -> list[Party]:
        """Return the one state that is named anywhere inside a phrase ("refugees from the war in Chad"), if just one is."""
        below = set(self.tree.subtree(head))
        found: dict[str, Party] = {}
        for at, mention in self.mentions:
            name = self.resolve(mention) if at in below else None
            if name is not None:
                found.setdefault(name.code, Party(self.actor(name, mention.text), head, "place", CERTAINTY["inside a phrase"]))
        return list(found.values()) if len(found) == 1 else []

    def phrase(self, noun: int) -> str:
        """Return the words of a noun with its modifiers before it, as written."""
        start = self.tree.tokens[self.tree.premodifier_start(noun)].start
        text = self.tree.sentence.text
        offset = self.tree.sentence.start
        words = text[start - offset : self.tree.tokens[noun].end - offset]
        for article in ("the ", "The ", "a ", "A ", "an ", "An "):
            words = words.removeprefix(article)
        return words
