"""Adds a project's files to the package's vocabulary: the user's tables before dictionaries, these before the package."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.core import VerbaleError
from verbale.vocab.actions import Actions, index_actions
from verbale.vocab.actors import Actors
from verbale.vocab.agents import Agent, Agents, singulars
from verbale.vocab.own_rows import Reading
from verbale.vocab.own_tables import OwnActions, OwnAgents, OwnNames, OwnPlaces, entries_of
from verbale.vocab.petrarch import PetrarchActors, PetrarchAgents
from verbale.vocab.places import Places
from verbale.vocab.projects import Project, ProjectFile, ProjectReport

if TYPE_CHECKING:
    from verbale.vocab.vocabulary import Vocabulary

_Reader = OwnNames | OwnAgents | OwnPlaces | OwnActions | PetrarchActors | PetrarchAgents
_Input = tuple[ProjectFile, bytes]


def extended(vocabulary: Vocabulary, project: Project) -> Vocabulary:
    """Return the vocabulary with a project's files added, its digest changed with them, and a report of what they came to.

    A line that cannot be used is in the report and is skipped. Raises VerbaleError `project-changed`, and `project-file` for a
    file of which no line can be read.
    """
    inputs = list(zip(project.files, project.contents(), strict=True))
    readings: dict[int, Reading] = {}

    def read(reader: _Reader, kind: str) -> None:
        _read(project, reader, [(at, one) for at, one in enumerate(inputs) if one[0].kind == kind], readings)

    dictionary, nouns = PetrarchActors(vocabulary.states, vocabulary.actors.names), PetrarchAgents(vocabulary.agents)
    read(dictionary, "petrarch-actors")
    read(nouns, "petrarch-agents")
    standing = [*dictionary.added, *(name for name in vocabulary.actors.names if name not in dictionary.removed)]
    names, places = OwnNames(vocabulary.states, standing), OwnPlaces(vocabulary.states, vocabulary.places.all)
    agents, actions = OwnAgents([*vocabulary.agents.all, *nouns.added.values()]), OwnActions(vocabulary.actions)
    for reader, kind in ((names, "actors"), (agents, "agents"), (places, "places"), (actions, "actions")):
        read(reader, kind)
    actors = Actors(
        vocabulary.states,
        [*names.added, *(name for name in standing if name not in names.removed)],
        [*vocabulary.actors.guards, *((phrase, "phrase") for phrase in dictionary.phrases)],
    )
    report = ProjectReport(
        project.path,
        tuple(readings[at].report() for at in range(len(inputs))),
        tuple(rejection for at in range(len(inputs)) for rejection in readings[at].rejections),
    )
    return replace(
        vocabulary,
        actors=actors,
        agents=_agents(vocabulary.agents, nouns, agents),
        places=_places(vocabulary, actors, places),
        actions=_actions(vocabulary.actions, actions),
        digest=hashlib.sha256(f"{vocabulary.digest} {project.digest}".encode()).hexdigest()[:16],
        project=report,
    )


def _read(project: Project, reader: _Reader, inputs: Iterable[tuple[int, _Input]], readings: dict[int, Reading]) -> None:
    for at, (file, content) in inputs:
        readings[at] = reading = Reading(file)
        try:
            reader.read(reading, content, project.max_lines)
        except VerbaleError as error:
            if error.code != "vocabulary-file":
                raise
            raise VerbaleError("project-file", path=project.path, file=file.name, reason=error.parts["reason"]) from error
        # A dictionary's codes come before its synonyms or after them, so what is skipped is found in another order.
        reading.rejections.sort(key=lambda rejection: int(rejection.parts["line"]))


def _agents(package: Agents, dictionary: PetrarchAgents, own: OwnAgents) -> Agents:
    standing = _without(package.all, dictionary.removed | dictionary.added.keys())
    kept = _without((*standing, *dictionary.added.values()), own.removed | {agent.noun for agent in own.added})
    return Agents([*kept, *own.added])


def _without(agents: Iterable[Agent], nouns: Set[str]) -> list[Agent]:
    """Return the agents but those of these nouns and of their regular plurals, which some vocabularies list apart."""
    kept = []
    for agent in agents:
        *words, last = agent.noun.split(" ")
        if nouns.isdisjoint(" ".join((*words, form)) for form in singulars(last)):
            kept.append(agent)
    return kept


def _places(vocabulary: Vocabulary, actors: Actors, own: OwnPlaces) -> Places:
    package = vocabulary.places
    capitals = [name for name in actors.names if name.kind == "capital"]
    kept = [place for place in package.all if place not in own.removed]
    return Places([*own.added, *kept], vocabulary.states, capitals, [*package.stop, *own.stop])


def _actions(package: Actions, own: OwnActions) -> Actions:
    if not own.added and not own.removed:
        return package
    replaced = own.removed | {entry.entry_id for entry in own.added}
    return index_actions(
        [*(entry for entry in entries_of(package) if entry.entry_id not in replaced), *own.added],
        classes=package.classes,
        codes=package.codes,
        complements=package.complements,
        light=package.light_verbs,
    )
