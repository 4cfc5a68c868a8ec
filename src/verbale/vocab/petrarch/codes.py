"""CAMEO actor codes (USAGOV, IGOUNO, PSEREB) to our codes of states and organisations and to PLOVER sectors."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from verbale.core import SECTORS
from verbale.vocab.states import ORGANISATION_CODES, States
from verbale.vocab.tables import Once, read_rows

TABLE: Final = Path(__file__).parents[1] / "data" / "cameo_actors.csv"
COLUMNS: Final = ("part", "kind", "code", "sector", "entity", "written")
KINDS: Final = frozenset({"state", "organisation", "stateless", "region", "role"})
# The null code: the name stands for nobody.
NOBODY: Final = "---"
_PARTS: Final = re.compile(r"(?:[A-Z0-9]{3})+")
# The longest code of the dictionaries has six parts; more are a slip.
MAX_CODE: Final = 24


@dataclass(frozen=True, slots=True)
class CameoPart:
    """What a three-letter part of a code is: its kind, our code, the sector, and the short name of an organisation.

    `written` marks the part that CAMEO has for a state in place of ISO's code; others are only understood.
    """

    kind: str
    code: str
    sector: str
    entity: str
    written: bool = False


@dataclass(frozen=True, slots=True)
class CameoActor:
    """An actor of ours: the code, the PLOVER sector (empty for a state as such) and an organisation's short name."""

    code: str
    sector: str
    entity: str


class UnreadableError(ValueError):
    """Something in a dictionary that is not understood, with the reason in words."""


def cameo_actor(text: str, states: States) -> CameoActor | None:
    """Return the actor of a code, None for the null code. Raises UnreadableError for one that names no actor of ours."""
    code = text.upper()
    if not code.strip("-"):
        return None
    if len(code) > MAX_CODE or not _PARTS.fullmatch(code):
        raise UnreadableError(f"the code {text[:40]!r} is not made of parts of three letters")
    first, *rest = (code[at : at + 3] for at in range(0, len(code), 3))
    table = load_parts()
    head = table.get(("state", first)) or table.get(("stateless", first)) or table.get(("organisation", first))
    if first == "IGO" or (head is not None and head.kind == "organisation"):
        return _organisation([first, *rest])
    if first in states.codes or (head is not None and head.kind == "state"):
        return CameoActor(head.code if head else first, sector_of(rest, text) if rest else "", "")
    if head is None and not rest and ("role", first) in table:
        raise UnreadableError(f"the code {text[:40]!r} is a role without a state or organisation")
    if head is None and ("region", first) not in table:
        raise UnreadableError(f"{first} in the code {text[:40]!r} is no state or organisation that is known")
    sector = (head.sector if head else "") or (sector_of(rest, text) if rest else "")
    if not sector:
        raise UnreadableError(f"the code {text[:40]!r} names a region or nobody in particular, not an actor")
    return CameoActor("OTH", sector, "")


def _organisation(parts: list[str]) -> CameoActor:
    """Return the organisation of a code: the last part that is listed, which is the most special one."""
    table = load_parts()
    listed = [found for part in parts if (found := table.get(("organisation", part)))]
    last = listed[-1] if listed else table["stateless", "IGO"]
    return CameoActor(last.code, "IGO", last.entity)


def sector_of(parts: list[str], code: str) -> str:
    """Return the sector of the first part that is a role; further parts, such as a party or a faith, are finer than ours."""
    table = load_parts()
    role = next((found for part in parts if (found := table.get(("role", part)))), None)
    if role is None:
        raise UnreadableError(f"no part of the code {code[:40]!r} is a role that PLOVER has a sector for")
    return role.sector


@functools.cache
def load_parts(path: Path = TABLE) -> Mapping[tuple[str, str], CameoPart]:
    """Return the parts of codes by kind and letters, checked; a row that is not allowed raises a `vocabulary-...` error."""
    once = Once()
    parts: dict[tuple[str, str], CameoPart] = {}
    for row in read_rows(path, COLUMNS):
        key = (row.one_of("kind", KINDS), row.required("part"))
        once.check(row, "part", key)
        if not _PARTS.fullmatch(key[1]) or len(key[1]) != 3:
            raise row.fail("part", "three capital letters")
        if key[0] in {"organisation", "stateless"}:
            row.one_of("code", ORGANISATION_CODES)
        sector, written = row.one_of("sector", {"", *SECTORS}), row.one_of("written", {"", "yes"}) == "yes"
        parts[key] = CameoPart(key[0], row.text("code"), sector, row.text("entity"), written)
    return MappingProxyType(parts)
