"""Actors by name: finds the names of states, organisations and leaders in text and says which one is meant in a year."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from verbale.core import SECTORS
from verbale.vocab.matching import Matcher, key_word
from verbale.vocab.names import NAME_KINDS, ActorName, Mention
from verbale.vocab.states import ORGANISATION_CODES, States
from verbale.vocab.tables import Once, Row, read_rows

NAME_COLUMNS: Final = ("code", "name", "kind", "start", "end", "sector", "entity")
ORGANISATION_COLUMNS: Final = ("code", "name", "abbreviations", "start", "end", "kind")
LEADER_COLUMNS: Final = ("name", "code", "office", "start", "end", "entity", "aliases")
GUARD_COLUMNS: Final = ("text", "kind")
GUARD_KINDS: Final = frozenset({"phrase", "before", "after"})
# Sources differ by a year about beginnings and ends (declared, recognised, in force), so a name still counts then.
TOLERANCE: Final = 1
# The coder asks for a sentence's mentions three times, to screen it and twice for the story; a document has fewer sentences.
REMEMBERED: Final = 2_000


class Actors:
    """All names of actors: `find` gives the mentions in a text, `resolve` the actor that a mention names in a year."""

    def __init__(self, states: States, names: Iterable[ActorName], guards: Iterable[tuple[str, str]] = ()) -> None:
        """Index the names, those of states among them; guards are pairs of a text and one of `GUARD_KINDS`.

        Of several names that are written alike and fit a year, the earlier one counts.
        """
        self.states = states
        self.names = tuple(names)
        self.guards = tuple(guards)
        known = states.codes | ORGANISATION_CODES
        self.own_codes: dict[str, ActorName] = {}  # codes of the user's own, each with the first of its names
        for name in self.names:
            if name.own and name.code not in known:
                self.own_codes.setdefault(name.code, name)
        by_kind = {kind: [text for text, guard in self.guards if guard == kind] for kind in GUARD_KINDS}
        matcher = Matcher(self.names, phrases=by_kind["phrase"], before=by_kind["before"], after=by_kind["after"])
        self._found = functools.lru_cache(maxsize=REMEMBERED)(lambda text: tuple(matcher.find(text)))

    def find(self, text: str) -> Sequence[Mention]:
        """Return the mentions in a text, in order and none overlapping: the longest name at each place, at word boundaries."""
        return self._found(text)

    def resolve(self, mention: Mention, year: int | None, *, retrospective: bool = False) -> ActorName | None:
        """Return the actor that a mention names in a year, its entity filled in; None where nobody had the name then.

        Without a year: whoever has the name today, else who had it longest, else the latest leader. `retrospective` lets the
        name of a former state count after its end too, as texts written later use it; a leader never counts out of office.
        """
        if year is None:
            chosen = _undated(mention.names)
        else:
            chosen = self._dated(mention.names, year)
            if chosen is None and retrospective:
                chosen = _former(mention.names, year)
        if chosen is None or chosen.entity:
            return chosen
        return replace(chosen, entity=self.states.entity(chosen.code, year))

    def entity(self, code: str, year: int | None) -> str:
        """Return the name of the state behind a code in a year, such as Soviet Union for RUS in 1950; empty if unknown.

        A code of the user's own has one name in all years.
        """
        own = self.own_codes.get(code)
        return own.entity if own is not None else self.states.entity(code, year)

    def _dated(self, names: tuple[ActorName, ...], year: int) -> ActorName | None:
        for tolerance in (0, TOLERANCE):
            valid = [name for name in names if self.valid(name, year, tolerance)]
            if valid:
                # Names come in the order of the files: the user's own, states, other names, organisations, leaders. Leaders of
                # several states with one surname in one year cannot be told apart, unless one is the user's.
                leaders = {name.code for name in valid if name.kind == "leader" and name.own == valid[0].own}
                return None if valid[0].kind == "leader" and len(leaders) > 1 else valid[0]
        return None

    def valid(self, name: ActorName, year: int, tolerance: int = 0) -> bool:
        """Tell whether a name meant its actor in a year, give or take a tolerance in years; leaders have none."""
        if name.kind == "leader":
            tolerance = 0
        if name.start is None and name.end is None and name.code in self.states.codes:
            return self.states.existed(name.code, year, tolerance=tolerance)
        return (name.start is None or name.start - tolerance <= year) and (name.end is None or year <= name.end + tolerance)


def _undated(names: tuple[ActorName, ...]) -> ActorName | None:
    """Choose without a year: what is true today, else what had the name longest, else the latest leader."""
    lasting = [name for name in names if name.kind != "leader"]
    today = next((name for name in lasting if name.end is None), None)
    if today is not None or not names:
        return today
    if lasting:
        return max(lasting, key=lambda name: (name.end or 0) - (name.start or 0))
    return max(names, key=lambda name: name.end if name.end is not None else 9999)


def _former(names: tuple[ActorName, ...], year: int) -> ActorName | None:
    """Choose the latest bearer among states and organisations that ended before the year."""
    ended = [name for name in names if name.kind != "leader" and name.end is not None and name.end < year]
    return max(ended, key=lambda name: name.end or 0) if ended else None


def _state_names(states: States) -> list[ActorName]:
    return [
        ActorName(name, "name", state.code, state.entity, "", state.start, state.end)
        for state in states.all
        for name in state.names
    ]


def load_actors(folder: Path, states: States) -> Actors:
    """Return the actors of a folder's files names.csv, organisations.csv, leaders.csv (where it exists) and guards.csv."""
    names = [
        *_state_names(states),
        *_load_names(folder / "names.csv", states),
        *_load_organisations(folder / "organisations.csv"),
    ]
    leaders = folder / "leaders.csv"
    if leaders.exists():
        names += load_leaders(leaders, states)
    return Actors(states, names, _load_guards(folder / "guards.csv"))


def _load_names(path: Path, states: States) -> list[ActorName]:
    once = Once()
    names = []
    for row in read_rows(path, NAME_COLUMNS):
        code = known_code(row, states, ORGANISATION_CODES)
        kind = row.one_of("kind", NAME_KINDS)
        start, end = row.years()
        name = findable(row, "name", row.required("name"))
        once.check(row, "name", (code, name, kind, start))
        names.append(ActorName(name, kind, code, row.text("entity"), row.one_of("sector", {"", *SECTORS}), start, end))
    return names


def _load_organisations(path: Path) -> list[ActorName]:
    once = Once()
    names = []
    for row in read_rows(path, ORGANISATION_COLUMNS):
        code = row.one_of("code", ORGANISATION_CODES)
        start, end = row.years()
        kind = row.one_of("kind", {"IGO", "NGO"})
        full = row.required("name")
        once.check(row, "name", full)
        short = row.parts("abbreviations")
        # The first abbreviation is what readers know the organisation by; without one it is the full name.
        entity = short[0] if short else full
        for name in (full, *short):
            names.append(ActorName(findable(row, "name", name), "organisation", code, entity, kind, start, end))
    return names


def load_leaders(path: Path, states: States) -> list[ActorName]:
    """Return a name for every leader's full name and alias, each for the years of one office."""
    once = Once()
    names = []
    for row in read_rows(path, LEADER_COLUMNS):
        code = known_code(row, states, ORGANISATION_CODES)
        start, end = row.years()
        if start is None:
            raise row.fail("start", "the year in which the office began")
        full = row.required("name")
        row.required("office")
        sector = "IGO" if code in ORGANISATION_CODES else "GOV"
        once.check(row, "name", (full, code, row.text("office"), start))
        for name in (full, *row.parts("aliases")):
            names.append(ActorName(findable(row, "name", name), "leader", code, row.text("entity"), sector, start, end))
    return names


def _load_guards(path: Path) -> list[tuple[str, str]]:
    once = Once()
    guards = []
    for row in read_rows(path, GUARD_COLUMNS):
        text, kind = row.required("text"), row.one_of("kind", GUARD_KINDS)
        once.check(row, "text", (text, kind))
        guards.append((findable(row, "text", text) if kind == "phrase" else text, kind))
    return guards


def known_code(row: Row, states: States, others: frozenset[str] = frozenset(), *, field: str = "code") -> str:
    """Return a field's code, which must be one of states.csv or one of `others`."""
    code = row.required(field)
    if code not in states.codes and code not in others:
        raise row.fail(field, ", ".join(("a code of states.csv", *sorted(others))))
    return code


def findable(row: Row, field: str, name: str) -> str:
    """Return a name that the matcher can find: it holds a word that begins with a capital letter or a digit."""
    if not key_word(name)[0]:
        raise row.fail(field, f"names with a word that begins with a capital letter or a digit (not {name!r})")
    return name
