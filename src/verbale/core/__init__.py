"""The frozen types that every room passes along, their Arrow schemas, the error catalogue, and settings; imports no room."""

from verbale.core.amendments import AMENDMENT_KINDS, AMENDMENT_STATES, Amended, Amendment, AmendmentKind, AmendmentState
from verbale.core.documents import Block, BlockKind, Context, Document, Estimates, Lead, Named, Rejection, Sentence, Token
from verbale.core.errors import CATALOGUE, Problem, VerbaleError
from verbale.core.events import Actor, Event, EventDate, Evidence, Place
from verbale.core.explanations import Explanation, Remark
from verbale.core.findings import VERDICTS, CheckInfo, Claim, Finding, Ground, Severity, Verdict
from verbale.core.ontology import EVENT_TYPES, QUADRANTS, SECTORS, STATUSES, EventType, Quadrant, Status
from verbale.core.runs import Run
from verbale.core.settings import Settings

__all__ = [
    "AMENDMENT_KINDS",
    "AMENDMENT_STATES",
    "CATALOGUE",
    "EVENT_TYPES",
    "QUADRANTS",
    "SECTORS",
    "STATUSES",
    "VERDICTS",
    "Actor",
    "Amended",
    "Amendment",
    "AmendmentKind",
    "AmendmentState",
    "Block",
    "BlockKind",
    "CheckInfo",
    "Claim",
    "Context",
    "Document",
    "Estimates",
    "Event",
    "EventDate",
    "EventType",
    "Evidence",
    "Explanation",
    "Finding",
    "Ground",
    "Lead",
    "Named",
    "Place",
    "Problem",
    "Quadrant",
    "Rejection",
    "Remark",
    "Run",
    "Sentence",
    "Settings",
    "Severity",
    "Status",
    "Token",
    "VerbaleError",
    "Verdict",
]
