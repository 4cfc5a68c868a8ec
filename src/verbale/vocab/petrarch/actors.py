"""Actor dictionaries in PETRARCH's format: names with their synonyms and codes, dated where a person or body changed its part.

A record is a name, its synonyms (`+NAME`) and its codes (`[USAGOV 010120-090120]`), the last two in any order, each on a line
of its own or, as TABARI had it, codes behind the name. It ends where the next name begins; blank lines do not end it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from verbale.vocab.names import ActorName
from verbale.vocab.own_rows import Reading
from verbale.vocab.petrarch.codes import CameoActor, UnreadableError, cameo_actor
from verbale.vocab.petrarch.lines import dictionary_lines
from verbale.vocab.petrarch.spelling import written_names
from verbale.vocab.states import ORGANISATION_CODES, States
from verbale.vocab.tables import EARLIEST_YEAR, LATEST_YEAR

_CODE: Final = re.compile(r"\[([^\[\]]*)\]")
_NOT_IN_NAMES: Final = re.compile(r"[\[\]{}<>=!|\\~*$^\x00-\x1f]")
# The longest names of organisations have some 120 letters; more is no name.
MAX_NAME: Final = 200
# Nobody in the dictionaries has held thirty offices; a record with many more is one whose names were lost.
MAX_ROLES: Final = 100
# The sector of former and future office holders (CAMEO's ELI).
PRIVATE: Final = "CVL"
# PETRARCH and TABARI read years of two digits so: 00 to 30 are 2000 to 2030, all others of the 20th century.
LAST_SHORT_YEAR: Final = 30


@dataclass(frozen=True, slots=True)
class _Role:
    """An actor that a name stands for (None: nobody), in the years given (inclusive, None is open)."""

    actor: CameoActor | None
    start: int | None
    end: int | None

    @property
    def dated(self) -> bool:
        return self.start is not None or self.end is not None


@dataclass(slots=True)
class _Record:
    """A name with its synonyms, each in every way of writing, and roles, and the lines that they stand on."""

    names: list[tuple[int, list[str]]] = field(default_factory=list)
    roles: list[_Role] = field(default_factory=list)
    role_lines: list[int] = field(default_factory=list)


class PetrarchActors:
    """The names that dictionaries add, and those that they say name nobody."""

    def __init__(self, states: States, names: Iterable[ActorName]) -> None:
        """Start from the package's names: what it knows of an undated name it knows better, years included."""
        self._states = states
        self._known: dict[str, list[ActorName]] = {}
        self._abbreviations: set[str] = set()
        self._countries = {name.upper() for state in states.all for name in state.names}
        for name in names:
            self._known.setdefault(name.name, []).append(name)
            if name.name.isalpha() and name.name.isupper():
                self._abbreviations.add(name.name)
        self.added: dict[ActorName, None] = {}
        self.removed: set[ActorName] = set()
        self.phrases: dict[str, None] = {}
        self.loaded: set[int] = set()

    def read(self, reading: Reading, content: bytes, max_lines: int) -> None:
        """Read a dictionary; `loaded` then holds the numbers of the lines that were used, wholly or in part."""
        self.loaded = set()
        record = _Record()
        for line in dictionary_lines(reading, content, max_lines):
            name, bracket, rest = line.text.partition("[")
            codes = bracket + rest
            if name.strip() and not name.startswith("+"):
                self._finish(reading, record)
                record = _Record()
            if name.strip():
                self._take_name(reading, record, line.number, name.removeprefix("+"))
            if codes and name.startswith("+"):
                reading.skip(line.number, "a synonym has the codes of its record; those that stand behind it are not used")
            elif codes:
                self._take_codes(reading, record, line.number, codes)
        self._finish(reading, record)

    def _take_name(self, reading: Reading, record: _Record, line: int, text: str) -> None:
        name = text.strip().strip("_ ")
        if len(name) > MAX_NAME or _NOT_IN_NAMES.search(name.replace("\t", " ")):
            reading.skip(line, f"{name[:40]!r} is no name: it is too long, or holds signs that no name has")
        elif not (written := written_names(name, self._abbreviations, self._countries)):
            reading.skip(line, f"{name[:40]!r} is no name: it holds no word with a capital letter")
        else:
            record.names.append((line, written))

    def _take_codes(self, reading: Reading, record: _Record, line: int, text: str) -> None:
        outside = " ".join(_CODE.sub(" ", text).split())
        if outside:
            reading.skip(line, f"what stands outside the brackets is not understood: {outside[:40]!r}")
        for inside in _CODE.findall(text):
            try:
                if len(record.roles) >= MAX_ROLES:
                    raise UnreadableError(f"the name above has more than {MAX_ROLES} codes")
                record.roles.append(_role(inside, self._states))
                record.role_lines.append(line)
            except UnreadableError as problem:
                reading.skip(line, str(problem))

    def _finish(self, reading: Reading, record: _Record) -> None:
        """Turn a whole record into names; one without a name or without a usable code is skipped, line by line."""
        if not record.names:
            for line in dict.fromkeys(record.role_lines):
                reading.skip(line, "the code belongs to no name that could be used")
            return
        if not record.roles:
            for line, written in record.names:
                if line not in reading.skipped:
                    reading.skip(line, f"no code that can be used stands with {written[0][:40]!r}")
            return
        self.loaded.update(line for line, _ in record.names)
        self.loaded.update(record.role_lines)
        first = record.names[0][1][0]
        for line, written in record.names:
            for name in written:
                self._add(reading, name, record.roles, first, reading.origin(line))

    def _add(self, reading: Reading, name: str, roles: list[_Role], first: str, origin: str) -> None:
        if all(role.actor is None for role in roles):
            self.phrases[name] = None
            self.removed.update(self._known.get(name, ()))
            reading.removed += 1
            return
        for made in _names(name, roles, first, origin):
            if made.start is None and made.end is None and self._knows(made):
                continue
            if made not in self.added:
                self.added[made] = None
                reading.added += 1

    def _knows(self, made: ActorName) -> bool:
        """Tell whether the package has the name for the same actor and sector; its years are then those of the package.

        Somebody who is in private life when in no office is known so, too.
        """
        return any(
            name.code == made.code and made.sector in {"", PRIVATE, name.sector} for name in self._known.get(made.name, ())
        )


def _names(name: str, roles: list[_Role], first: str, origin: str) -> Iterator[ActorName]:
    """Yield what a name stands for: dated roles before undated ones, which count in all other years.

    In a year that two roles share, in which a person took office or left it, the office goes before private life.
    """
    person = any(role.dated for role in roles)
    for role in sorted(roles, key=lambda role: (not role.dated, role.actor is not None and role.actor.sector == PRIVATE)):
        if role.actor is None:
            continue
        actor = role.actor
        kind = "leader" if person else "organisation" if actor.code in ORGANISATION_CODES and actor.sector == "IGO" else "name"
        entity = actor.entity or (first if actor.code == "OTH" else "")
        yield ActorName(name, kind, actor.code, entity, actor.sector, role.start, role.end, origin)


def _role(text: str, states: States) -> _Role:
    """Return the role that stands in brackets: a code, and `<date`, `>date` or `date-date` behind it or nothing."""
    code, _, dates = text.strip().partition(" ")
    if not code:
        raise UnreadableError("the brackets hold no code")
    actor = cameo_actor(code, states)
    start, end = _years("".join(dates.split()))
    return _Role(actor, start, end)


def _years(dates: str) -> tuple[int | None, int | None]:
    """Return first and last year: a year counts whole in which a role began or ended, as the vocabulary's years do."""
    if not dates:
        return None, None
    if dates[0] in "<>":
        day = _day(dates[1:])
        return (None, day.year) if dates[0] == "<" else (day.year, None)
    first, dash, last = dates.partition("-")
    if not dash:
        raise UnreadableError(f"{dates[:40]!r} is no period; write <date, >date or date-date")
    start, end = _day(first), _day(last)
    if end < start:
        raise UnreadableError(f"the period {dates[:40]!r} ends before it begins")
    return start.year, end.year


def _day(text: str) -> datetime.date:
    """Return the day of YYMMDD or YYYYMMDD."""
    if not (text.isascii() and text.isdigit() and len(text) in {6, 8}):
        raise UnreadableError(f"{text[:40]!r} is no date; dates are YYMMDD or YYYYMMDD")
    short = int(text[:2])
    year = int(text[:4]) if len(text) == len("YYYYMMDD") else short + (2000 if short <= LAST_SHORT_YEAR else 1900)
    try:
        day = datetime.date(year, int(text[-4:-2]), int(text[-2:]))
    except ValueError:
        raise UnreadableError(f"the calendar has no day {text!r}") from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise UnreadableError(f"{text!r} lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}")
    return day
