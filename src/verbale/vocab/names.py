"""What a name of an actor is, and where one stands in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# The kinds that names.csv may use; states, leaders and organisations come from files of their own.
NAME_KINDS: Final = frozenset({"name", "adjective", "demonym", "capital", "seat", "prefix", "abbreviation"})


@dataclass(frozen=True, slots=True)
class ActorName:
    """A name by which an actor is called: what kind of name, for which code, and in which years.

    `kind` is one of `NAME_KINDS`, `leader` or `organisation`; `sector` is a PLOVER sector or empty for the state as such;
    `entity` is the state at that time (Soviet Union), empty where the year decides; years are inclusive, None is open.
    """

    name: str
    kind: str
    code: str
    entity: str
    sector: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: character offsets, end exclusive, the words there, and every actor that they may name."""

    start: int
    end: int
    text: str
    names: tuple[ActorName, ...]
