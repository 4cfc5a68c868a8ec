"""What a name of an actor is, and where one stands in a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

# The kinds that names.csv may use; states, leaders and organisations come from files of their own.
NAME_KINDS: Final = frozenset({"name", "adjective", "demonym", "capital", "seat", "prefix", "abbreviation"})


@dataclass(frozen=True, slots=True)
class ActorName:
    """A name by which an actor is called: what kind of name, for which code, and in which years.

    `kind` is one of `NAME_KINDS`, `leader` or `organisation`; `sector` is a PLOVER sector or empty for the state as such;
    `entity` is the state at that time (Soviet Union), empty where the year decides; years are inclusive, None is open.
    `origin` says where a name of the user's project stands (file and line); it goes before the package's.
    """

    name: str
    kind: str
    code: str
    entity: str
    sector: str
    start: int | None
    end: int | None
    origin: str = field(default="", compare=False)

    @property
    def own(self) -> bool:
        """Tell whether the name comes from the user's project."""
        return bool(self.origin)

    def overlaps(self, start: int | None, end: int | None) -> bool:
        """Tell whether any of these years (None is open) is one in which the name stood for its actor."""
        return (end is None or self.start is None or self.start <= end) and (
            start is None or self.end is None or start <= self.end
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: character offsets, end exclusive, the words there, and every actor that they may name."""

    start: int
    end: int
    text: str
    names: tuple[ActorName, ...]
