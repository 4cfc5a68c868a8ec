"""Agent dictionaries in PETRARCH's format: nouns with an irregular plural and a role, and sets that are put in for a marker.

`GENDARMERY {GENDARMERIE} [~COP]` gives two nouns, `{}` says that there is no plural, `[NGO~]` sets the role before the actor's
code, which makes no difference here; `!PERSON! = MAN, MEN` names a set, and `FISHER!PERSON! [~AGR]` gives a noun for each word.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from verbale.vocab.agents import Agent, Agents
from verbale.vocab.own_rows import Reading
from verbale.vocab.own_tables import STATE_SECTORS
from verbale.vocab.petrarch.codes import MAX_CODE, NOBODY, UnreadableError, sector_of
from verbale.vocab.petrarch.lines import dictionary_lines

_SET: Final = re.compile(r"!(\w+)!\s*=\s*(.+)")
_ENTRY: Final = re.compile(r"([^\[\]{}]+)(?:\{([^\[\]{}]*)\}\s*)?\[([^\[\]]*)\]")
_MARKER: Final = re.compile(r"!(\w+)!")
_NOUN: Final = re.compile(r"[\w.'’/,()& -]*[^\W\d_][\w.'’/,()& -]*")
# Nouns of agents have up to some 60 letters.
MAX_NOUN: Final = 100
# A noun with two markers of a dozen words each gives 144 nouns; far more would come of a slip, or of malice.
MAX_EXPANSIONS: Final = 500


class PetrarchAgents:
    """The agent nouns that dictionaries add, and those that they say are none."""

    def __init__(self, agents: Agents) -> None:
        """Start from the package's nouns, which tell what kind of agent a noun is."""
        self._agents = agents
        self._sets: dict[str, list[str]] = {}
        self.added: dict[str, Agent] = {}
        self.removed: set[str] = set()
        self.loaded: set[int] = set()

    def read(self, reading: Reading, content: bytes, max_lines: int) -> None:
        """Read a dictionary; `loaded` then holds the numbers of the lines that were used."""
        self.loaded = set()
        self._sets = {}
        for line in dictionary_lines(reading, content, max_lines):
            try:
                self._take(reading, line.number, line.text)
                self.loaded.add(line.number)
            except UnreadableError as problem:
                reading.skip(line.number, str(problem))

    def _take(self, reading: Reading, line: int, text: str) -> None:
        if "=" in text:
            self._define(text)
            return
        entry = _ENTRY.fullmatch(text)
        if entry is None:
            raise UnreadableError(f"{text[:60]!r} is no agent; write NOUN {{PLURAL}} [~CODE]")
        phrase, plural, code = entry[1], entry[2], entry[3].strip().strip("~").upper()
        nouns = [noun for words in (phrase, plural) if words and words.strip() for noun in self._nouns(words)]
        if code == NOBODY:
            standing = [noun for noun in nouns if self._agents.get(noun)]
            self.removed.update(standing)
            reading.removed += len(standing)
            return
        sector = sector_of(_parts(code), code)
        for noun in nouns:
            self._add(reading, noun, sector, reading.origin(line))

    def _add(self, reading: Reading, noun: str, sector: str, origin: str) -> None:
        known = self._agents.get(noun)
        if known is not None and known.sector == sector:
            return
        agent = Agent(noun, sector, known.kind if known else "person", sector in STATE_SECTORS, origin)
        reading.added += self.added.get(noun) != agent
        self.added[noun] = agent

    def _define(self, text: str) -> None:
        found = _SET.fullmatch(text)
        words = [word.strip() for word in found[2].split(",")] if found else []
        if found is None or not all(words):
            raise UnreadableError(f"{text[:60]!r} is no set; write !NAME! = WORD, WORD")
        self._sets[found[1]] = words

    def _nouns(self, phrase: str) -> Iterator[str]:
        """Yield the nouns of a phrase, a set's words put in for its marker."""
        plain = _MARKER.split(phrase)
        texts, markers = plain[::2], plain[1::2]
        unknown = next((marker for marker in markers if marker not in self._sets), None)
        if unknown is not None:
            raise UnreadableError(f"the set !{unknown}! is not defined above")
        count = 1
        for marker in markers:
            count *= len(self._sets[marker])
        if count > MAX_EXPANSIONS:
            raise UnreadableError(f"{phrase[:60]!r} stands for {count:,} nouns; allowed are {MAX_EXPANSIONS}")
        for words in itertools.product(*(self._sets[marker] for marker in markers)):
            whole = "".join(itertools.chain.from_iterable(itertools.zip_longest(texts, words, fillvalue="")))
            noun = " ".join(whole.lower().replace("_", " ").replace("-", " ").split())
            if len(noun) > MAX_NOUN or not _NOUN.fullmatch(noun):
                raise UnreadableError(
                    f"{noun[:60]!r} is no noun: it is too long, holds no letter, or holds signs that no noun has"
                )
            yield noun


def _parts(code: str) -> list[str]:
    if not code or len(code) > MAX_CODE or len(code) % 3 or not code.isalnum():
        raise UnreadableError(f"the code {code[:40]!r} is not made of parts of three letters")
    return [code[at : at + 3] for at in range(0, len(code), 3)]
