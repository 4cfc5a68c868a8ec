"""From the words that a model gives for a party to an actor of the vocabulary: the words decide, a code only chooses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from verbale.core import Actor
from verbale.vocab.states import ORGANISATION_CODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verbale.coding.llm.finding import Words
    from verbale.vocab import Vocabulary
    from verbale.vocab.names import ActorName, Mention

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


class NotAnActorError(Exception):
    """The words stand for no single actor; the message is a code of `DROPPED`."""


@dataclass(slots=True)
class Naming:
    """Resolves the parties of one passage."""

    words: Words
    vocabulary: Vocabulary
    _mentions: Sequence[Mention] | None = None
    _known: dict[tuple[str, str, int | None], Actor] = field(default_factory=dict)

    def actor(self, name: str, code: str, year: int | None) -> Actor:
        """Return the actor that a name in the passage means in a year (None: the story tells none).

        A code counts only where it is one that the name can mean: it chooses among several, and the event falls where it names
        another known actor. One that is no code of ours is passed over, and so is any beside a name of the user's own, of which
        the model knows nothing. Raises NotAnActorError.
        """
        key = (name, code, year)
        if key not in self._known:
            self._known[key] = self._resolve(name, code.strip().upper(), year)
        return self._known[key]

    def _resolve(self, name: str, code: str, year: int | None) -> Actor:
        if not name.strip():
            raise NotAnActorError("actor-missing")
        text, mentions = self._place(name)
        readings: dict[str, ActorName] = {}
        for mention in mentions:
            reading = self._read(mention, year)
            if reading is not None:
                readings.setdefault(reading.code, reading)
        place = "" if readings else self.vocabulary.places.country(text, year=year) or ""
        found = list(readings) or ([place] if place else [])
        if not found:
            raise NotAnActorError("actor-unknown")
        own = any(reading.own for reading in readings.values())
        if self._is_code(code) and code not in found and not own:
            raise NotAnActorError("actor-code-contradicted")
        if len(found) > 1 and code not in found:
            raise NotAnActorError("actor-ambiguous")
        chosen = code if code in found else found[0]
        return self._actor(chosen, readings.get(chosen), text, year, mentions)

    def _place(self, name: str) -> tuple[str, list[Mention]]:
        """Return a name as the passage has it, with the actors named in it at its first place that names any.

        They are looked for in the whole passage, because what stands around decides: "Anglo" is Britain before a hyphen.
        """
        if self._mentions is None:
            self._mentions = self.vocabulary.actors.find(self.words.text)
        places = list(self.words.find(name))
        if not places:
            raise NotAnActorError("actor-not-in-passage")
        for start, end in places:
            inside = [mention for mention in self._mentions if start <= mention.start and mention.end <= end]
            if inside:
                break
        else:
            start, end = places[0]
        return self.words.text[start:end], inside

    def _read(self, mention: Mention, year: int | None) -> ActorName | None:
        """Return the reading of a name that fits the year, as our own coder reads it: a state's name counts early and late."""
        actors = self.vocabulary.actors
        name = actors.resolve(mention, year, retrospective=True)
        if name is None and any(candidate.kind != "leader" for candidate in mention.names):
            name = actors.resolve(mention, None)
        return name

    def _is_code(self, code: str) -> bool:
        return code in self.vocabulary.states.codes or code in ORGANISATION_CODES

    def _actor(self, code: str, name: ActorName | None, text: str, year: int | None, mentions: list[Mention]) -> Actor:
        entity = name.entity if name else ""
        if year is not None and code != "OTH":  # a code of many organisations, each of which is its own entity
            entity = self.vocabulary.actors.entity(code, year) or entity
        return Actor(code, self._sector(text, mentions) or (name.sector if name else ""), text, entity)

    def _sector(self, text: str, mentions: list[Mention]) -> str:
        """Return the sector of the first agent beside the names: troops MIL, students EDU; the States of a name are none."""
        for mention in mentions:
            text = text.replace(mention.text, " ")
        words = [word.lower() for word in _WORD.findall(text)]
        for at in range(len(words)):
            agent = self.vocabulary.agents.longest(words, at)
            if agent is not None:
                return agent[0].sector
        return ""
