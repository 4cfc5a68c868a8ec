"""Whom the words of a sentence stand for, and how that was found out: the name's row, the agent noun, what is taken up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verbale.coding.document_coder import Reading
from verbale.coding.explaining.terms import Terms, rank_words
from verbale.coding.parties import Party
from verbale.core import SECTORS, Actor
from verbale.core.explanations import EarlierWords, ExplainedActor, NameRow, Role
from verbale.vocab import ORGANISATION_CODES
from verbale.vocab.names import ActorName, Mention


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence that was read before named: the codes of its names, and of the subject that it left in memory."""

    number: int
    text: str
    named: frozenset[str]
    subject: str


def said(reading: Reading) -> Said:
    """Return what a sentence names, to be asked once the reader has gone on and memory holds its subject."""
    phrases = reading.phrases
    names = [phrases.resolve(mention) for _, mention in phrases.mentions]
    subjects = reading.memory.subjects
    sentence = reading.sentence
    return Said(
        sentence.index + 1,
        sentence.text,
        frozenset(name.code for name in names if name is not None),
        subjects[-1].code if subjects else "",
    )


class ActorReader:
    """Explains the parties of one sentence; `before` are the sentences read before it, oldest first."""

    def __init__(self, reading: Reading, before: Sequence[Said], terms: Terms) -> None:
        """Keep what the explanations are looked up in."""
        self.reading = reading
        self.before = before
        self.terms = terms
        self.phrases = reading.phrases
        self.tree = reading.tree

    def explain(self, role: Role, party: Party, actor: Actor) -> ExplainedActor:
        """Return how a party was found; `actor` is it as the event has it, with the entity of the event's date."""
        at = party.head if party.head >= 0 else None
        way = party.kind if at is not None else "implied"
        mention = self._mention(party) if at is not None else None
        name = self.phrases.resolve(mention) if mention is not None else None
        agent, earlier = "", None
        if way == "implied" or at is None:
            meaning = self._from_story(party.code)
        elif way == "reference":
            earlier = self._taken_up(party, at)
            agent = self._agent_noun(at) if party.actor.sector else ""  # "the two powers" are no agents of anybody
            meaning = self._reference_words(party, agent, earlier)
            name = None
        elif way == "agent":
            agent = self._agent_noun(at)
            meaning = self._agent_words(party, agent, mention, name)
        else:
            meaning = self._name_words(party, mention, name, at)
        words = actor.text or (self.tree.tokens[at].text if at is not None else "")
        row = _name_row(name) if name is not None else None
        return ExplainedActor(role, actor.code, actor.sector, actor.entity, words, at, way, meaning, row, agent, earlier)

    def _mention(self, party: Party) -> Mention | None:
        """Return the name by which a party was found: that with its own words first, else the nearest to its head."""
        fitting = []
        for at, mention in self.phrases.mention_of.items():
            name = self.phrases.resolve(mention)
            if name is not None and name.code == party.code:
                inside = mention.text in party.actor.text
                fitting.append((mention.text != party.actor.text, not inside, abs(at - party.head), mention))
        return min(fitting, key=lambda found: found[:3])[3] if fitting else None

    def _agent_noun(self, at: int) -> str:
        """Return the row of the agent noun at a word, as "troops (MIL)"; empty where none stands there."""
        found = self.reading.phrases.vocabulary.agents.ending(self.tree.words, at + 1)
        if found is None:
            return ""
        agent = found[0]
        return f"{agent.noun} ({SECTORS.get(agent.sector, 'the state as such')}{yours(agent.origin)})"

    def _name_words(self, party: Party, mention: Mention | None, name: ActorName | None, at: int) -> str:
        if mention is None or name is None:
            if party.kind == "place":
                row = self.phrases.vocabulary.places.row(party.actor.text, self.phrases.year)
                listed = f"a row of yours, {row.origin}" if row is not None and row.origin else "the list of places"
                return f'"{party.actor.text}" lies in {party.code} by {listed}'
            return f'"{self.tree.tokens[at].text}" stands for {party.code}'
        told = f'"{mention.text}" is a name of {name_words(name, self.terms)}'
        if party.kind == "owner":
            told += f'; it stands with "{self.tree.tokens[at].text}"' if self.tree.tokens[at].text not in mention.text else ""
        if party.kind == "place":
            told += "; it stands here as a place"
        return told

    def _agent_words(self, party: Party, agent: str, mention: Mention | None, name: ActorName | None) -> str:
        acts = f'"{party.actor.text}" acts for {party.code}'
        told = f"{acts}: {agent} is an agent noun" if agent else acts
        if mention is not None and name is not None:
            told += f'; "{mention.text}" is a name of {name_words(name, self.terms)}'
        return told

    def _reference_words(self, party: Party, agent: str, earlier: EarlierWords | None) -> str:
        told = f'"{party.actor.text}" takes up {party.code}'
        if agent:
            told += f", for which {agent} acts"
        if earlier is None:
            known = self._rank_words(party.code)
            return f"{told}; no sentence before names it: {known}"
        if earlier.number == self.reading.sentence.index + 1:
            return f"{told}, which stands earlier in this sentence"
        return f"{told}, last spoken of in sentence {earlier.number}"

    def _taken_up(self, party: Party, at: int) -> EarlierWords | None:
        """Return where an actor was last spoken of before a word: by name in this sentence, else in one read before."""
        sentence = self.reading.sentence
        for head, mention in self.phrases.mentions:
            name = self.phrases.resolve(mention)
            if head < at and name is not None and name.code == party.code:
                return EarlierWords(sentence.index + 1, mention.text)
        for earlier in reversed(self.before):
            if party.code in earlier.named or party.code == earlier.subject:
                return EarlierWords(earlier.number, earlier.text)
        return None

    def _from_story(self, code: str) -> str:
        return f"the sentence does not name it; the story offers {code}: {self._rank_words(code)}"

    def _rank_words(self, code: str) -> str:
        memory = self.reading.memory
        times = memory.counts.get(code, 0)
        often = f"named {times} time{'' if times == 1 else 's'} in the document"
        return often if code in ORGANISATION_CODES or not times else f"{rank_words(memory.rank(code))}, {often}"


def name_words(name: ActorName, terms: Terms) -> str:
    """Return whose name a row of the vocabulary is, of what kind, and in which years."""
    entity = f" as {name.entity}" if name.entity else ""
    return f"{name.code}{entity} ({terms.of('name', name.kind)}{years_words(name.start, name.end)}{yours(name.origin)})"


def years_words(start: int | None, end: int | None) -> str:
    """Return the years of a row, empty where they are open on both sides."""
    if start is None and end is None:
        return ""
    if end is None:
        return f", since {start}"
    return f", until {end}" if start is None else f", {start}-{end}"


def yours(origin: str) -> str:
    """Return that an entry is the user's own and where it stands; empty for one of the package."""
    return f"; a row of yours: {origin}" if origin else ""


def _name_row(name: ActorName) -> NameRow:
    return NameRow(name.name, name.kind, name.code, name.entity, name.sector, name.start, name.end, name.origin)
