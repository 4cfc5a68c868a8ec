"""One country code to another, in a year: what it stood for then, what that state's code is elsewhere, or why there is none."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from verbale.core import VerbaleError
from verbale.vocab.code_systems import Code, CodeSystem, Held, same_row, system
from verbale.vocab.country_codes import Line, states
from verbale.vocab.country_names import TOLERANCE, name_of, states_named

# A number of a state has at most three digits, a year four; longer ones are a slip, and no text may keep the reader waiting.
LONGEST_CODE: Final = 200
EARLIEST_YEAR: Final = 1
LATEST_YEAR: Final = 9998
# So many alternatives are named; a code that needs a year can have had a dozen.
MAX_CHOICES: Final = 6
# pandas, polars, Arrow, numpy and R write a missing value in these ways, once it has become text.
_MISSING_TYPES: Final = frozenset({"NAType", "NaTType"})
_MISSING: Final = frozenset({"", "na", "nan", "none", "null", "<na>", "nat"})


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one code: the other code, or the problem; `note` tells where a rule chose among several codes."""

    code: Code | None
    problem: VerbaleError | None = None
    note: str = ""

    @property
    def reason(self) -> str:
        """What the problem is, in words; empty where there is none."""
        return "" if self.problem is None else self.problem.problem.message.format(**self.problem.parts)


def convert_code(
    value: Any, *, from_: str, to: str, year: Any = None, members_only: bool = True, strict: bool = False
) -> Converted:
    """Convert one code in a year; never raises for a code that does not convert, but gives the problem.

    With `members_only=False`, a year outside of what the code covers gives the nearest years. With `strict`, what a rule
    would choose among several codes is ambiguous. Raises VerbaleError `code-system` for an unknown system.
    """
    source, target = system(from_), system(to)
    if missing(value):
        return Converted(None)
    try:
        key, when = read_code(source, value), read_year(year)
    except VerbaleError as error:
        return Converted(None, error)
    found = _convert(source.name, target.name, key, when, members_only)
    if strict and found.note:
        parts = {**_parts(source, key, when), "to": target.name, "choices": f"{found.code}; {found.note}"}
        return Converted(None, VerbaleError("code-ambiguous", **parts))
    return found


def missing(value: Any) -> bool:
    """Tell whether a value is the missing value of Python, pandas or numpy, or empty text, or what these become as text."""
    if value is None or value != value:  # NaN is not itself
        return True
    return isinstance(value, str) and value.strip().lower() in _MISSING and value.strip() != "NA"


def read_code(source: CodeSystem, value: Any) -> Code:
    """Return a code as its system writes it: a number, or capital letters; names stay. Raises VerbaleError `code-unknown`."""
    text = str(value).strip()
    if len(text) <= LONGEST_CODE:
        if source.name == "name":
            return text
        if not source.numbers:
            return text.upper()
        whole = text.removesuffix(".0")
        if whole.isascii() and whole.isdigit():
            return int(whole)
    raise VerbaleError("code-unknown", value=text[:LONGEST_CODE], system=source.name)


def read_year(year: Any) -> int | None:
    """Return a year from a number, text, date or timestamp, None where it is missing. Raises VerbaleError `code-year`."""
    if missing(year) or year == "NA":
        return None
    if isinstance(year, datetime.date):
        return year.year
    text = str(year).strip().removesuffix(".0")
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and EARLIEST_YEAR <= int(text) <= LATEST_YEAR):
        raise VerbaleError("code-year", year=str(year)[:LONGEST_CODE])
    return int(text)


def shown_year(year: Any) -> int | None:
    """Return the year that a report tells, None where it is missing or no year."""
    try:
        return read_year(year)
    except VerbaleError:
        return None


@functools.lru_cache(maxsize=262_144)  # a panel holds 200 states in 200 years, and columns repeat them a million times
def _convert(from_: str, to: str, value: Code, year: int | None, members_only: bool) -> Converted:
    source, target = system(from_), system(to)
    try:
        lines, note = _lines(source, value, year, members_only)
        if (twin := same_row(source.name, target.name, value)) is not None:
            return Converted(twin, note=note)
        try:
            answer, more = _answer(source, target, value, year, lines, members_only)
        except VerbaleError as error:
            if error.code == "code-ambiguous":
                raise
            # In a year of change the systems can differ about the state that a code passed to or from: 345 in 1918.
            other = _changing(source, value, year, lines)
            if not other:
                raise
            answer, _ = _answer(source, target, value, year, other, members_only)
            more = f"as {name_of(other[0], year)}, which had the code in other years"
    except VerbaleError as error:
        return Converted(None, error)
    return Converted(answer, note="; ".join(filter(None, (note, more))))


def _changing(source: CodeSystem, value: Code, year: int | None, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the line that had the code in the year before or has it in the year after, if that is another one.

    Of a name it is the state that bears it in other years, if there is one: Germany of 1850, when the German Confederation had
    the name but no code.
    """
    if year is None:
        return ()
    far = source.name == "name"
    others = tuple(
        dict.fromkeys(one.line for one in _read(source, value) if (far or one.distance(year) == 1) and one.line not in lines)
    )
    main = tuple(line for line in others if not line.entity)
    return main if len(main) == 1 else others if len(others) == 1 else ()


def _lines(source: CodeSystem, value: Code, year: int | None, members_only: bool) -> tuple[tuple[Line, ...], str]:
    """Return the lines of states that a code stands for in a year, the main line first, and a note where a rule chose."""
    held = _read(source, value)
    if not held:
        raise VerbaleError("code-unknown", value=value, system=source.name)
    if year is None:
        return tuple(dict.fromkeys(one.line for one in held)), ""
    covering = [one for one in held if one.covers(year)]
    if not covering and source.name == "name":
        covering = [one for one in held if one.distance(year) <= TOLERANCE]
        if not covering and len({one.line for one in held}) == 1:
            covering = list(held)  # today's name told of an earlier year, as lists of countries do: Benin in 1965
    note = ""
    if not covering:
        if members_only:
            raise VerbaleError("code-not-then", **_parts(source, value, year), held=spans(held, of=value))
        nearest = min(held, key=lambda one: one.distance(year))
        covering, note = [nearest], f"as in {spans([nearest])}"
    elif len({one.line.code for one in covering}) > 1 and any(one.read_only for one in covering):
        # A code that was in force in those years alone goes before the one that has it today: SK was Sikkim until 1975.
        covering = [min(covering, key=lambda one: one.length)]
    lines = tuple(dict.fromkeys(one.line for one in covering))
    if len(lines) > 1 and source.name == "name":
        members = tuple(line for line in lines if _is_member(line, year))
        if len(members) == 1:
            return (
                members,
                f"the other state of that name, {_others(lines, members[0], year)}, was no member of the state system",
            )
    return lines, note


def _read(source: CodeSystem, value: Code) -> Sequence[Held]:
    if source.name == "name":
        return [Held(value, one.line, one.start, one.end) for one in states_named(str(value))]
    return source.by_code.get(value, ())


def _others(lines: Iterable[Line], chosen: Line, year: int) -> str:
    return " and ".join(name_of(line, year) for line in lines if line != chosen)


def _is_member(line: Line, year: int) -> bool:
    return any(one.covers(year) for name in ("cown", "gwn") for one in system(name).by_line.get(line, ()))


def _answer(
    source: CodeSystem, target: CodeSystem, value: Code, year: int | None, lines: tuple[Line, ...], members_only: bool
) -> tuple[Code, str]:
    """Return the code of the lines in the other system and a note where a rule chose, or raise the problem."""
    found = {line: _codes(target, line, year, members_only) for line in lines}
    with_code = {line: codes for line, codes in found.items() if codes}
    if not with_code:
        raise _no_counterpart(source, target, value, year, lines)
    choices = tuple(dict.fromkeys(code for codes in with_code.values() for code in codes))
    if len(choices) == 1:
        return choices[0], ""
    main = next(iter(with_code))
    same = not main.entity and all(line.code == main.code for line in with_code)
    if year is not None and (len(with_code) == 1 or same):
        # The order of the files: in a year of change the code that held more of it, and the main line before parts.
        first = with_code[main][0]
        rest = [code for code in choices if code != first]
        return first, f"also {_listed(rest)}"
    shown = [
        f"{code} ({name_of(line, year)}{_in_years(target, line, code, year)})"
        for line, codes in with_code.items()
        for code in codes
    ]
    raise VerbaleError("code-ambiguous", **_parts(source, value, year), to=target.name, choices=_listed(shown))


def _listed(choices: Sequence[Any]) -> str:
    more = len(choices) - MAX_CHOICES
    return ", ".join(map(str, choices[:MAX_CHOICES])) + (f" and {more} more" if more > 0 else "")


def _in_years(target: CodeSystem, line: Line, code: Code, year: int | None) -> str:
    if year is not None:
        return ""
    held = spans([one for one in target.by_line.get(line, ()) if one.code == code])
    return f", {held}" if held else ""


def _codes(target: CodeSystem, line: Line, year: int | None, members_only: bool) -> tuple[Code, ...]:
    """Return the codes of a line in a year (without one, of all years), best first; empty where it has none."""
    held = target.by_line.get(line, ())
    if target.name == "name":
        return (name_of(line, year),)
    if target.name == "code":
        held = held or (Held(line.code, line, None, None),)
    if year is None or not held:
        return tuple(dict.fromkeys(one.code for one in held))
    covering = [one.code for one in held if one.covers(year)]
    if covering:
        return tuple(dict.fromkeys(covering))
    nearest = min(held, key=lambda one: one.distance(year))
    # A year of change belongs to the line that held more of it; the other line's code is then the one that is valid.
    changing = nearest.distance(year) == 1 and any(one.covers(year) for one in target.by_code[nearest.code])
    return (nearest.code,) if changing or not members_only else ()


def _no_counterpart(
    source: CodeSystem, target: CodeSystem, value: Code, year: int | None, lines: Sequence[Line]
) -> VerbaleError:
    held = [one for line in lines for one in target.by_line.get(line, ())]
    state = " or ".join(dict.fromkeys(name_of(line, year) for line in lines))
    parts = {**_parts(source, value, year), "state": state, "to": target.name}
    if not held:
        return VerbaleError("code-no-counterpart", **parts)
    known = [line for line in lines if line.code in states().codes]
    if year is not None and known and not any(states().existed(line.code, year, tolerance=TOLERANCE) for line in known):
        return VerbaleError("code-no-state", **parts, held=spans(held))
    return VerbaleError("code-not-covered", **parts, held=spans(held))


def _parts(source: CodeSystem, value: Code, year: int | None) -> dict[str, Any]:
    return {"value": value, "system": source.name, "years": "any year" if year is None else str(year)}


def spans(held: Sequence[Held], *, of: Code | None = None) -> str:
    """Return codes and their years in words, `255 in 1816-1945`, or the years alone for codes that are all `of`."""
    shown = []
    for one in held:
        years = "all years" if one.start is None else f"{one.start}-{one.end}"
        if one.end is None and one.start is not None:
            years = f"{one.start} on"
        elif one.start is None and one.end is not None:
            years = f"the years to {one.end}"
        shown.append(f"{name_of(one.line, _typical(one))} in {years}" if of is not None else f"{one.code} in {years}")
    return _listed(list(dict.fromkeys(shown)))


def _typical(one: Held) -> int | None:
    """Return a year in the middle of a span, of whose state its name is told; today's state for a span that is open."""
    return None if one.end is None else ((one.start or one.end) + one.end) // 2
