"""The whole vocabulary in one object, loaded once, with the hash that says which files it came from."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.vocab.actions import Actions, load_actions
from verbale.vocab.actors import Actors, load_actors
from verbale.vocab.agents import Agents, load_agents
from verbale.vocab.extending import extended
from verbale.vocab.instruments import Instruments, load_instruments
from verbale.vocab.places import Places, load_places
from verbale.vocab.projects import Project, ProjectReport
from verbale.vocab.states import States, load_states

DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that the coder knows; `digest` is 16 hexadecimal digits of the hash of all data files.

    `project` tells what a user's project added; the digest covers its files too.
    """

    states: States
    actors: Actors
    agents: Agents
    places: Places
    actions: Actions
    instruments: Instruments
    digest: str
    project: ProjectReport | None = None


def load_vocabulary(*, folder: Path = DATA, project: Project | None = None) -> Vocabulary:
    """Return the vocabulary of a folder, with a project's files added, loaded once per process and checked row by row.

    Raises one of the `vocabulary-...` errors, which name file, line and field, at the first row of the folder that is not
    allowed. A project's rows that are not allowed are skipped and reported; its files must not have changed since it was read.
    """
    if project is None or not project.files:
        return _load(folder)
    return _load_extended(folder, project)


# A project is told apart by the hash of its files, so an edited one is loaded anew; old ones are of no more use.
@functools.lru_cache(maxsize=2)
def _load_extended(folder: Path, project: Project) -> Vocabulary:
    return extended(_load(folder), project)


@functools.cache
def _load(folder: Path) -> Vocabulary:
    states = load_states(folder / "states.csv")
    actors = load_actors(folder, states)
    capitals = [name for name in actors.names if name.kind == "capital"]
    return Vocabulary(
        states=states,
        actors=actors,
        agents=load_agents(folder / "agents.csv"),
        places=load_places(folder, states, capitals),
        actions=load_actions(folder),
        instruments=load_instruments(folder / "instruments.csv", states),
        digest=_digest(folder),
    )


def _digest(folder: Path) -> str:
    """Hash the names and contents of all data files, so that a change in any of them shows."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]
