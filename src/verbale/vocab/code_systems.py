"""The systems of country codes as one kind of table: which line of states held which code in which years."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from verbale.core import VerbaleError
from verbale.vocab.country_codes import Country, FormerCode, Line, countries, former_codes, states
from verbale.vocab.country_names import line_of_entity
from verbale.vocab.cow import StateNumbers, cow_numbers, gw_numbers, vdem_numbers
from verbale.vocab.petrarch.codes import load_parts

Code = str | int
# Years that stand for "always" and "still" when spans are cut.
_FIRST: Final = -1
_LAST: Final = 9999


@dataclass(frozen=True, slots=True)
class Held:
    """A code that a line of states held in some years (inclusive, None is open).

    `read_only` marks a code that is understood but not given in answer: ISO's SUN in 1975, where the answer is RUS.
    """

    code: Code
    line: Line
    start: int | None
    end: int | None
    read_only: bool = False

    def covers(self, year: int) -> bool:
        """Tell whether the code was held in a year."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)

    def distance(self, year: int) -> int:
        """Return how many years a year lies outside, 0 within."""
        before = 0 if self.start is None else self.start - year
        return max(before, 0 if self.end is None else year - self.end, 0)

    @property
    def length(self) -> int:
        """How many years; open ends count as far."""
        return (_LAST if self.end is None else self.end) - (_FIRST if self.start is None else self.start)


@dataclass(frozen=True)
class CodeSystem:
    """A system of codes: its name, what it is, whether its codes are numbers, and who held which code when."""

    name: str
    title: str
    numbers: bool
    held: tuple[Held, ...]
    by_code: Mapping[Code, tuple[Held, ...]] = field(init=False, repr=False)
    by_line: Mapping[Line, tuple[Held, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index what is held by code and by line, in the order of the files: the main line first."""
        by_code: dict[Code, list[Held]] = {}
        by_line: dict[Line, list[Held]] = {}
        for one in self.held:
            by_code.setdefault(one.code, []).append(one)
            if not one.read_only:
                by_line.setdefault(one.line, []).append(one)
        object.__setattr__(self, "by_code", MappingProxyType({key: tuple(held) for key, held in by_code.items()}))
        object.__setattr__(self, "by_line", MappingProxyType({key: tuple(held) for key, held in by_line.items()}))


def system(name: str) -> CodeSystem:
    """Return a system by its name or one of its other names. Raises VerbaleError `code-system` for an unknown one."""
    key = name.strip().lower() if isinstance(name, str) else ""
    key = ALIASES.get(key, key)
    if key not in SYSTEMS:
        raise VerbaleError("code-system", system=name, allowed=", ".join(SYSTEMS))
    return _system(key)


@functools.cache
def _system(name: str) -> CodeSystem:
    title, numbers, held = SYSTEMS[name]
    return CodeSystem(name, title, numbers, tuple(held()))


def _numbered(numbers: Callable[[], StateNumbers], *, letters: bool) -> Callable[[], Iterable[Held]]:
    """Return what the states of a numbered system held: numbers, or the letters beside them."""

    def held() -> Iterable[Held]:
        for row in numbers().all:
            code = row.abbreviation if letters else row.number
            if code:
                yield Held(code, Line(row.code, row.entity), row.start, row.end)

    return held


# Systems that write numbers and letters side by side for the same rows.
_SIDE_BY_SIDE: Final = (("cown", "cowc", cow_numbers), ("gwn", "gwc", gw_numbers), ("vdem", "vdem_text", vdem_numbers))


@functools.cache
def _beside(source: str, target: str) -> Mapping[Code, Code]:
    for numbers, letters, table in _SIDE_BY_SIDE:
        rows = {row.number: row.abbreviation for row in table().all if row.abbreviation}
        if (source, target) == (numbers, letters):
            return MappingProxyType({number: text for number, text in rows.items()})  # noqa: C416
        if (source, target) == (letters, numbers):
            return MappingProxyType({text: number for number, text in rows.items()})
    return MappingProxyType({})


def same_row(source: str, target: str, code: Code) -> Code | None:
    """Return what a system's number has for letters, or the other way; None for systems that do not stand side by side."""
    return _beside(source, target).get(code)


def _own() -> Iterable[Held]:
    """Our own codes; those of states that ended only in their years."""
    for country in countries():
        yield Held(country.line.code, country.line, country.start, country.end)


def _lasting(
    today: Callable[[Country], Code | None], once: Callable[[FormerCode], Code | None]
) -> Callable[[], Iterable[Held]]:
    """Return codes that do not change while the state goes on; those that were in force once are understood."""

    def held() -> Iterable[Held]:
        for country in countries():
            if code := today(country):
                yield Held(code, country.line, country.start, country.end)
        for former in former_codes():
            if code := once(former):
                yield Held(code, former.line, former.start, former.end, read_only=True)

    return held


def _in_force(
    today: Callable[[Country], Code | None], once: Callable[[FormerCode], Code | None]
) -> Callable[[], Iterable[Held]]:
    """Return codes as they were in force: in the years of a former code that one, in all other years today's."""

    def held() -> Iterable[Held]:
        replaced: dict[Line, list[tuple[int, int]]] = {}
        for former in former_codes():
            code = once(former)
            if code is not None and former.names[:1] != _METROPOLITAN:
                replaced.setdefault(former.line, []).append((_FIRST if former.start is None else former.start, former.end))
                if code:
                    yield Held(code, former.line, former.start, former.end)
        for country in countries():
            if code := today(country):
                for start, end in _without(country.start, country.end, replaced.get(country.line, [])):
                    yield Held(code, country.line, start, end)
                if country.line in replaced:  # series that are told by today's codes back to the beginning are understood
                    yield Held(code, country.line, country.start, country.end, read_only=True)

    return held


# France keeps its codes in the years in which ISO had one for its European part as well.
_METROPOLITAN: Final = ("Metropolitan France",)


def _without(start: int | None, end: int | None, cut: list[tuple[int, int]]) -> Iterable[tuple[int | None, int | None]]:
    """Yield the years from start to end that are in none of the spans."""
    first, last = _FIRST if start is None else start, _LAST if end is None else end
    for cut_first, cut_last in sorted(cut):
        if first <= cut_first - 1:
            yield (None if first == _FIRST else first, min(cut_first - 1, last))
        first = max(first, cut_last + 1)
    if first <= last:
        yield (None if first == _FIRST else first, None if last == _LAST else last)


def _former_four() -> Iterable[Held]:
    for former in former_codes():
        if former.iso4:
            yield Held(former.iso4, former.line, former.start, former.end)


def _iso3(country: Country) -> str:
    return country.line.code if country.iso2 else ""


def _cameo() -> Iterable[Held]:
    """CAMEO's codes of states: ISO's, except where cameo_actors.csv marks another as the one that is written."""
    listed = [(part, one) for (kind, part), one in load_parts().items() if kind == "state"]
    written = {one.code: part for part, one in listed if one.written}
    for country in countries():
        if country.iso2:
            code = country.line.code
            yield Held(written.get(code, code), country.line, country.start, country.end)
            if code in written:
                yield Held(code, country.line, country.start, country.end, read_only=True)
    for part, one in listed:
        if not one.written:
            yield Held(part, line_of_entity(one.code, one.entity), None, None, read_only=True)


def _named() -> Iterable[Held]:
    """The usual English names, each in the years of the state that bore it; names are read by `country_names`."""
    seen: set[Line] = set()
    for state in states().all:
        line = line_of_entity(state.code, state.entity)
        seen.add(line)
        yield Held(state.entity, line, state.start, state.end)
    for country in countries():
        if country.line not in seen:
            yield Held(country.names[0], country.line, country.start, country.end)


SYSTEMS: Final[Mapping[str, tuple[str, bool, Callable[[], Iterable[Held]]]]] = MappingProxyType(
    {
        "code": ("Verbale's own codes", False, _own),
        "cown": ("Correlates of War, numbers", True, _numbered(cow_numbers, letters=False)),
        "cowc": ("Correlates of War, letters", False, _numbered(cow_numbers, letters=True)),
        "gwn": ("Gleditsch and Ward, numbers", True, _numbered(gw_numbers, letters=False)),
        "gwc": ("Gleditsch and Ward, letters", False, _numbered(gw_numbers, letters=True)),
        "iso3": ("ISO 3166-1 alpha-3, one code while a state goes on", False, _lasting(_iso3, lambda one: one.iso3)),
        "iso2": (
            "ISO 3166-1 alpha-2, one code while a state goes on",
            False,
            _lasting(lambda one: one.iso2, lambda one: one.iso2),
        ),
        "iso3n": (
            "ISO 3166-1 numeric, one code while a state goes on",
            True,
            _lasting(lambda one: one.iso3n, lambda one: one.m49),
        ),
        "iso3_then": ("ISO 3166-1 alpha-3 as in force in the year", False, _in_force(_iso3, lambda one: one.iso3)),
        "iso2_then": (
            "ISO 3166-1 alpha-2 as in force in the year",
            False,
            _in_force(lambda one: one.iso2, lambda one: one.iso2),
        ),
        "iso4": ("ISO 3166-3, four letters, former states only", False, _former_four),
        "m49": (
            "United Nations M49, numbers as in force in the year",
            True,
            _in_force(lambda one: one.m49, lambda one: one.m49),
        ),
        "fips": ("FIPS 10-4 as in force in the year", False, _in_force(lambda one: one.fips, lambda one: one.fips)),
        "cameo": ("CAMEO, letters of states", False, _cameo),
        "vdem": ("V-Dem, country_id", True, _numbered(vdem_numbers, letters=False)),
        "vdem_text": ("V-Dem, country_text_id", False, _numbered(vdem_numbers, letters=True)),
        "name": ("names in English, of the past too", False, _named),
    }
)
# What other packages and the datasets call the systems.
ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cow": "cown",
        "ccode": "cown",
        "stateabb": "cowc",
        "gw": "gwn",
        "gwcode": "gwn",
        "iso3c": "iso3",
        "iso2c": "iso2",
        "iso": "iso3",
        "un": "m49",
        "fips10": "fips",
        "country_id": "vdem",
        "vdem_id": "vdem",
        "country_text_id": "vdem_text",
        "country": "name",
        "country.name": "name",
        "country.name.en": "name",
    }
)
