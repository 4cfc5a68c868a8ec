"""A user's tables of actors, agents, places and actions: the package's layouts and checks, and rows that remove an entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import SECTORS, VerbaleError
from verbale.vocab.actions import ACTION_COLUMNS, ActionEntry, Actions, entry_id, read_entry
from verbale.vocab.actors import NAME_COLUMNS, findable
from verbale.vocab.agents import COLUMNS as AGENT_COLUMNS
from verbale.vocab.agents import Agent, read_agent, read_noun
from verbale.vocab.names import NAME_KINDS, ActorName
from verbale.vocab.own_rows import Reading, not_found, own_rows, removes
from verbale.vocab.places import COLUMNS as PLACE_COLUMNS
from verbale.vocab.places import PlaceName, is_city, place_key, read_place
from verbale.vocab.states import ORGANISATION_CODES, States
from verbale.vocab.tables import Once, Row

ACTOR_COLUMNS: Final = (*NAME_COLUMNS, "aliases")
ACTOR_KINDS: Final = NAME_KINDS | {"organisation", "leader"}
OWN_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{2,7}")
# Whose acts are those of their state, as the package's agents.csv has it for every noun of these sectors.
STATE_SECTORS: Final = frozenset({"", "GOV", "MIL", "LEG", "JUD", "COP", "SPY"})


@dataclass(frozen=True, slots=True)
class OwnCode:
    """A code that the user made for an actor without one: what reports call the actor, and its PLOVER sector."""

    entity: str
    sector: str


def each_row(reading: Reading, rows: Iterable[Row], take: Callable[[Row], None]) -> None:
    """Hand on every row; one that is not allowed is rejected, and the others go on."""
    for row in rows:
        try:
            take(row)
        except VerbaleError as error:
            reading.reject(error)


class OwnNames:
    """The names that a project adds and removes; removals reach the package's names and those of dictionaries."""

    def __init__(self, states: States, names: Iterable[ActorName]) -> None:
        """Start from the names that there are; `names` are those of dictionaries and of the package, in this order."""
        self._states = states
        self._codes: dict[str, OwnCode] = {}
        self._once = Once()
        self._standing: dict[str, list[ActorName]] = {}
        for name in names:
            self._standing.setdefault(name.name, []).append(name)
        self.added: list[ActorName] = []
        self.removed: set[ActorName] = set()

    def read(self, reading: Reading, content: bytes, max_lines: int) -> None:
        """Read a table with the columns `ACTOR_COLUMNS`."""
        rows = list(own_rows(reading, content, ACTOR_COLUMNS, ("code", "name"), max_lines))
        self._once = Once()
        for row in rows:
            self._declare(row)
        each_row(reading, rows, lambda row: self._remove(row, reading) if removes(row) else self._add(row, reading))

    def _declare(self, row: Row) -> None:
        """Note a code of the user's own: one that the package has not, in a row that says who it is and of which sector."""
        code, entity, sector = row.text("code"), row.text("entity"), row.text("sector")
        known = code in self._states.codes or code in ORGANISATION_CODES
        if not known and OWN_CODE.fullmatch(code) and entity and sector in SECTORS:
            self._codes.setdefault(code, OwnCode(entity, sector))

    def _code(self, row: Row) -> str:
        code = row.required("code")
        if code not in self._states.codes and code not in ORGANISATION_CODES and code not in self._codes:
            raise row.fail(
                "code",
                f"the code of a state, one of {', '.join(sorted(ORGANISATION_CODES))}, or a code of your own: "
                "three to eight capital letters and digits, with a sector and an entity in one of its rows",
            )
        return code

    def _add(self, row: Row, reading: Reading) -> None:
        code = self._code(row)
        kind = row.one_of("kind", ACTOR_KINDS | {""}) or "name"
        sector = row.one_of("sector", {"", *SECTORS})
        start, end = row.years()
        if kind == "leader" and start is None:
            raise row.fail("start", "the year in which the office began")
        name = findable(row, "name", row.required("name"))
        names = dict.fromkeys((name, *(findable(row, "aliases", alias) for alias in row.parts("aliases"))))
        self._once.check(row, "name", (code, name, kind, start))
        entity = row.text("entity")
        own = self._codes.get(code)
        if own is not None:
            entity, sector = entity or own.entity, sector or own.sector
        elif code in ORGANISATION_CODES:
            entity, sector = entity or (name if kind == "organisation" else ""), sector or "IGO"
        elif kind == "leader":
            sector = sector or "GOV"
        for each in names:
            self.added.append(ActorName(each, kind, code, entity, sector, start, end, reading.origin(row.line)))
        reading.added += len(names)

    def _remove(self, row: Row, reading: Reading) -> None:
        name, code = row.required("name"), row.text("code")
        kind, (start, end) = row.one_of("kind", ACTOR_KINDS | {""}), row.years()
        standing = self._standing.get(name, [])
        found = [
            one
            for one in standing
            if (not code or one.code == code) and (not kind or one.kind == kind) and one.overlaps(start, end)
        ]
        if not found:
            raise not_found(row, "name", {f"{one.code} {one.kind} {_years(one)}".rstrip() for one in standing})
        self.removed.update(found)
        reading.removed += len(found)


def _years(name: ActorName) -> str:
    return f"{name.start or ''}-{name.end or ''}" if name.start or name.end else ""


class OwnAgents:
    """The agent nouns that a project adds and removes."""

    def __init__(self, agents: Iterable[Agent]) -> None:
        """Start from the nouns that there are."""
        self._standing = {agent.noun for agent in agents}
        self.added: list[Agent] = []
        self.removed: set[str] = set()

    def read(self, reading: Reading, content: bytes, max_lines: int) -> None:
        """Read a table with the columns of agents.csv."""
        once = Once()

        def take(row: Row) -> None:
            noun = read_noun(row)
            if not removes(row):
                acts = "yes" if row.text("sector") in STATE_SECTORS else "no"
                agent = replace(
                    read_agent(row.with_defaults(kind="person", acts_for_state=acts)), origin=reading.origin(row.line)
                )
                once.check(row, "noun", noun)
                self.added.append(agent)
                reading.added += 1
            elif noun in self._standing:
                self.removed.add(noun)
                reading.removed += 1
            else:
                last = noun.split()[-1]
                raise not_found(row, "noun", {standing for standing in self._standing if standing.split()[-1] == last})

        each_row(reading, own_rows(reading, content, AGENT_COLUMNS, ("noun", "sector"), max_lines), take)


class OwnPlaces:
    """The places that a project adds and removes; one that is removed is looked up nowhere else either."""

    def __init__(self, states: States, places: Iterable[PlaceName]) -> None:
        """Start from the places that there are."""
        self._states = states
        self._standing: dict[str, list[PlaceName]] = {}
        for place in places:
            self._standing.setdefault(place_key(place.name), []).append(place)
        self.added: list[PlaceName] = []
        self.removed: set[PlaceName] = set()
        self.stop: list[str] = []

    def read(self, reading: Reading, content: bytes, max_lines: int) -> None:
        """Read a table with the columns of places.csv."""
        once = Once()

        def take(row: Row) -> None:
            if removes(row):
                self._remove(row, reading)
                return
            place = replace(read_place(row.with_defaults(kind="region"), self._states), origin=reading.origin(row.line))
            once.check(row, "name", (place.name, place.start))
            self.added.append(place)
            reading.added += 1

        each_row(reading, own_rows(reading, content, PLACE_COLUMNS, ("name", "country"), max_lines), take)

    def _remove(self, row: Row, reading: Reading) -> None:
        name, country, (start, end) = row.required("name"), row.text("country"), row.years()
        standing = self._standing.get(place_key(name), [])
        found = [
            one
            for one in standing
            if (not country or one.country == country)
            and (end is None or one.start is None or one.start <= end)
            and (start is None or one.end is None or start <= one.end)
        ]
        if found:
            self.removed.update(found)
        elif standing or not is_city(name):
            raise not_found(
                row, "name", {f"{one.country or 'no country'} {one.start or ''}-{one.end or ''}" for one in standing}
            )
        if len(found) == len(standing):
            self.stop.append(place_key(name))
        reading.removed += max(1, len(found))


class OwnActions:
    """The rows of the action lexicon that a project adds and removes; a row with the package's frame takes its place."""

    def __init__(self, actions: Actions) -> None:
        """Start from the lexicon that there is."""
        self._actions = actions
        self._standing: Mapping[str, ActionEntry] = {entry.entry_id: entry for entry in entries_of(actions)}
        self.added: list[ActionEntry] = []
        self.removed: set[str] = set()

    def read(self, reading: Reading, content: bytes, max_lines: int) -> None:
        """Read a table with the columns of actions.csv."""
        once = Once()

        def take(row: Row) -> None:
            if removes(row):
                self._remove(row, reading)
                return
            filled = row.with_defaults(mutual="no", strength="likely")
            entry = read_entry(filled, self._actions.classes, self._actions.codes)
            once.check(row, "lemma", entry.entry_id)
            self.added.append(replace(entry, origin=reading.origin(row.line)))
            reading.added += 1

        required = ("kind", "lemma", "type", "source", "target")
        each_row(reading, own_rows(reading, content, ACTION_COLUMNS, required, max_lines), take)

    def _remove(self, row: Row, reading: Reading) -> None:
        found = entry_id(row)
        if found not in self._standing:
            word = f"{row.text('kind')}:{row.text('lemma')}"
            raise not_found(row, "lemma", {name for name in self._standing if name == word or name.startswith(f"{word}:")})
        self.removed.add(found)
        reading.removed += 1


def entries_of(actions: Actions) -> list[ActionEntry]:
    """Return all entries of a lexicon, each once."""
    groups = (*actions.verbs.values(), *actions.nouns.values())
    return list({entry.entry_id: entry for group in groups for entry in group}.values())
