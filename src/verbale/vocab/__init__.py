"""What the coder knows, as data files checked on load: states through time, organisations, leaders, agents, places, actions."""

from verbale.vocab.actions import ActionEntry, Actions, LightVerb, load_actions
from verbale.vocab.actors import Actors
from verbale.vocab.agents import Agent, Agents
from verbale.vocab.instruments import Instrument, InstrumentMention, Instruments
from verbale.vocab.names import ActorName, Mention
from verbale.vocab.places import Places
from verbale.vocab.projects import PROJECT_FILE, FileReport, Project, ProjectReport, find_project, read_project
from verbale.vocab.regimes import Regime, load_regimes, succession
from verbale.vocab.states import COLLECTIVE, ORGANISATION_CODES, State, States
from verbale.vocab.vocabulary import DATA, Vocabulary, load_vocabulary

__all__ = [
    "COLLECTIVE",
    "DATA",
    "ORGANISATION_CODES",
    "PROJECT_FILE",
    "ActionEntry",
    "Actions",
    "ActorName",
    "Actors",
    "Agent",
    "Agents",
    "FileReport",
    "Instrument",
    "InstrumentMention",
    "Instruments",
    "LightVerb",
    "Mention",
    "Places",
    "Project",
    "ProjectReport",
    "Regime",
    "State",
    "States",
    "Vocabulary",
    "find_project",
    "load_actions",
    "load_regimes",
    "load_vocabulary",
    "read_project",
    "succession",
]
