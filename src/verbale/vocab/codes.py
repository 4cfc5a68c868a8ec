"""PLOVER types and modes, their CAMEO codes and Goldstein values: how strong an act is, and how exports name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from verbale.core import EVENT_TYPES, EventType, VerbaleError
from verbale.vocab.tables import Once, Row, read_rows

DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """A PLOVER type: the CAMEO code of a bare act of the type, the type of an act that ends such an act, and a definition."""

    type: EventType
    cameo: str
    ended: EventType
    definition: str


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code (text, leading zeros kept): what it stands for, the PLOVER type and mode, and the Goldstein value.

    Codes of mere statements (01) have no type: it is the empty string.
    """

    code: str
    label: str
    type: EventType | str
    mode: str
    goldstein: float


@dataclass(frozen=True, slots=True)
class Codes:
    """The tables of types, modes and CAMEO codes; `modes` maps (type, mode) to the CAMEO code of an export and the meaning."""

    types: Mapping[EventType, TypeFacts]
    modes: Mapping[tuple[str, str], tuple[str, str]]
    cameo: Mapping[str, CameoCode]

    def modes_of(self, event_type: str) -> tuple[str, ...]:
        """Return the modes that a type has, in the order of the table."""
        return tuple(mode for of_type, mode in self.modes if of_type == event_type)


def cameo_code(event_type: EventType, mode: str = "") -> str:
    """Return the CAMEO code for an export, leading zeros kept; a mode that the type does not have counts as none."""
    codes = load_codes()
    found = codes.modes.get((event_type, mode))
    return found[0] if found else codes.types[event_type].cameo


def goldstein(event_type: EventType, mode: str = "") -> float:
    """Return the Goldstein value of an act, from -10 (most conflict) to 10 (most cooperation)."""
    return load_codes().cameo[cameo_code(event_type, mode)].goldstein


def plover_of(cameo: str) -> tuple[EventType | str, str]:
    """Return PLOVER type and mode of a CAMEO code; both are empty for a mere statement (01).

    A code that CAMEO does not have is looked up by its root. Raises VerbaleError `cameo-unknown` where that fails as well.
    """
    codes = load_codes().cameo
    for length in (len(cameo), 3, 2):
        found = codes.get(cameo[:length])
        if found:
            return found.type, found.mode
    raise VerbaleError("cameo-unknown", cameo=cameo)


@cache
def load_codes(folder: Path = DATA) -> Codes:
    """Return the tables of types, modes and CAMEO codes of a folder, checked whole.

    Raises VerbaleError `vocabulary-file`, `-columns`, `-row`, `-field` or `-duplicate`, naming file, line and field.
    """
    cameo = _cameo(folder)
    types = _types(folder, cameo)
    return Codes(MappingProxyType(types), MappingProxyType(_modes(folder, cameo)), MappingProxyType(cameo))


def _cameo(folder: Path) -> dict[str, CameoCode]:
    codes: dict[str, CameoCode] = {}
    once = Once()
    for row in read_rows(folder / "cameo.csv", ("code", "label", "type", "mode", "goldstein")):
        code = row.required("code")
        if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 4):
            raise row.fail("code", "two to four digits")
        once.check(row, "code", code)
        event_type = row.one_of("type", ("", *EVENT_TYPES))
        codes[code] = CameoCode(code, row.required("label"), event_type, row.text("mode"), _goldstein(row))
    return codes


def _types(folder: Path, cameo: Mapping[str, CameoCode]) -> dict[EventType, TypeFacts]:
    types: dict[EventType, TypeFacts] = {}
    once = Once()
    for row in read_rows(folder / "types.csv", ("type", "cameo", "ended", "definition")):
        event_type = cast(EventType, row.one_of("type", EVENT_TYPES))
        once.check(row, "type", event_type)
        ended = cast(EventType, row.one_of("ended", EVENT_TYPES))
        types[event_type] = TypeFacts(event_type, _known(row, cameo), ended, row.required("definition"))
    missing = [event_type for event_type in EVENT_TYPES if event_type not in types]
    if missing:
        raise VerbaleError("vocabulary-file", file="types.csv", reason=f"it holds no row for {', '.join(missing)}")
    return types


def _modes(folder: Path, cameo: Mapping[str, CameoCode]) -> dict[tuple[str, str], tuple[str, str]]:
    modes: dict[tuple[str, str], tuple[str, str]] = {}
    once = Once()
    for row in read_rows(folder / "modes.csv", ("type", "mode", "cameo", "meaning")):
        key = (row.one_of("type", EVENT_TYPES), row.required("mode"))
        once.check(row, "mode", key)
        modes[key] = (_known(row, cameo), row.required("meaning"))
    for code in cameo.values():
        if code.mode and (code.type, code.mode) not in modes:
            reason = f"code {code.code} has the mode {code.mode!r}, which modes.csv does not give to {code.type}"
            raise VerbaleError("vocabulary-file", file="cameo.csv", reason=reason)
    return modes


def _known(row: Row, cameo: Mapping[str, CameoCode]) -> str:
    if row.text("cameo") not in cameo:
        raise row.fail("cameo", "a code of cameo.csv")
    return row.text("cameo")


def _goldstein(row: Row) -> float:
    """Return the Goldstein value of a row, a number from -10 to 10."""
    try:
        value = float(row.required("goldstein"))
    except ValueError:
        value = float("nan")
    if not -10 <= value <= 10:
        raise row.fail("goldstein", "a number from -10 to 10")
    return value
