"""The frozen types that every room passes along, their Arrow schemas, the error catalogue, and settings; imports no room."""

from verbale.core.documents import Block, BlockKind, Document, Rejection, Sentence, Token
from verbale.core.errors import CATALOGUE, Problem, VerbaleError
from verbale.core.events import Actor, Event, EventDate, Evidence, Place
from verbale.core.findings import CheckInfo, Claim, Finding, Severity
from verbale.core.ontology import EVENT_TYPES, QUADRANTS, SECTORS, STATUSES, EventType, Quadrant, Status
from verbale.core.runs import Run
from verbale.core.settings import Settings

__all__ = [
    "CATALOGUE",
    "EVENT_TYPES",
    "QUADRANTS",
    "SECTORS",
    "STATUSES",
    "Actor",
    "Block",
    "BlockKind",
    "CheckInfo",
    "Claim",
    "Document",
    "Event",
    "EventDate",
    "EventType",
    "Evidence",
    "Finding",
    "Place",
    "Problem",
    "Quadrant",
    "Rejection",
    "Run",
    "Sentence",
    "Settings",
    "Severity",
    "Status",
    "Token",
    "VerbaleError",
]
