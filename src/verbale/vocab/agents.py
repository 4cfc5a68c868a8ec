"""Nouns for agents (minister, fleet, students), their PLOVER sectors, and whether they act for their state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, cast

from verbale.core import SECTORS
from verbale.vocab.tables import Once, Row, read_rows

AgentKind = Literal["person", "group", "instrument", "body"]
COLUMNS: Final = ("noun", "sector", "kind", "acts_for_state")
KINDS: Final = frozenset({"person", "group", "instrument", "body"})


@dataclass(frozen=True, slots=True)
class Agent:
    """A noun for an agent: its sector (empty for the state as such), its kind, and whether what it does the state does.

    `origin` says where a noun of the user's project stands (file and line).
    """

    noun: str
    sector: str
    kind: AgentKind
    acts_for_state: bool
    origin: str = field(default="", compare=False)


class Agents:
    """Agent nouns by their words, the longest first."""

    def __init__(self, agents: Sequence[Agent]) -> None:
        """Index agents by their nouns in small letters; of two with one noun the later counts."""
        self.all = tuple(agents)
        self._agents = {tuple(agent.noun.split(" ")): agent for agent in self.all}
        self._longest = max((len(words) for words in self._agents), default=0)
        self._last_words = frozenset(words[-1] for words in self._agents)

    def __len__(self) -> int:
        """Return how many nouns are known."""
        return len(self._agents)

    def get(self, phrase: str) -> Agent | None:
        """Return the agent that a lemma or a phrase names, in any case and in the singular or a regular plural; or None."""
        return self._lookup(tuple(phrase.lower().replace("-", " ").split()))

    def may_end(self, word: str) -> bool:
        """Tell whether any agent noun ends with a word in small letters, in the singular or a regular plural; most do not."""
        last = word.replace("-", " ").split()[-1:]
        return bool(last) and any(form in self._last_words for form in singulars(last[0]))

    def longest(self, words: Sequence[str], at: int = 0) -> tuple[Agent, int] | None:
        """Return the longest agent noun that begins at a word, and how many words it has; or None.

        Words are lemmas or written forms; the last one of a noun may stand in the plural.
        """
        for length in range(min(self._longest, len(words) - at), 0, -1):
            agent = self._lookup(tuple(word.lower() for word in words[at : at + length]))
            if agent is not None:
                return agent, length
        return None

    def ending(self, words: Sequence[str], end: int) -> tuple[Agent, int] | None:
        """Return the longest agent noun whose last word is the one before `end`, and how many words it has; or None."""
        for length in range(min(self._longest, end), 0, -1):
            agent = self._lookup(tuple(word.lower() for word in words[end - length : end]))
            if agent is not None:
                return agent, length
        return None

    def _lookup(self, words: tuple[str, ...]) -> Agent | None:
        if not words:
            return None
        for last in singulars(words[-1]):
            agent = self._agents.get((*words[:-1], last))
            if agent is not None:
                return agent
        return None


def singulars(word: str) -> list[str]:
    """Return a word as it stands, then what it may be the plural of."""
    forms = [word]
    if word.endswith("men"):
        forms.append(f"{word[:-3]}man")
    if word.endswith("ies"):
        forms.append(f"{word[:-3]}y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    return forms


def load_agents(path: Path) -> Agents:
    """Return the agents of a file with the columns `COLUMNS`, checked."""
    once = Once()
    agents = []
    for row in read_rows(path, COLUMNS):
        agents.append(read_agent(row))
        once.check(row, "noun", row.text("noun"))
    return Agents(agents)


def read_agent(row: Row) -> Agent:
    """Return the agent of a row with the columns `COLUMNS`, checked."""
    acts = row.one_of("acts_for_state", {"yes", "no"}) == "yes"
    sector, kind = row.one_of("sector", {"", *SECTORS}), cast(AgentKind, row.one_of("kind", KINDS))
    return Agent(read_noun(row), sector, kind, acts)


def read_noun(row: Row) -> str:
    """Return the noun of a row as nouns are looked up."""
    noun = row.required("noun")
    if noun != noun.lower() or "-" in noun or "  " in noun:
        raise row.fail("noun", "small letters, with single spaces, for hyphens too")
    return noun
