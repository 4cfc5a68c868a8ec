"""PLOVER's sixteen event types, the quadrant each falls into, sectors, and the states of truth that a coded act can have."""

from __future__ import annotations

from typing import Final, Literal, get_args

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Quadrant = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
Status = Literal["actual", "denied", "intended", "hypothetical", "omitted"]

EVENT_TYPES: Final[tuple[EventType, ...]] = get_args(EventType)
STATUSES: Final[tuple[Status, ...]] = get_args(Status)

# PLOVER codebook (Open Event Data Alliance, 2018; type names of the 2021 revision).
QUADRANTS: Final[dict[EventType, Quadrant]] = {
    "AGREE": "verbal cooperation",
    "CONSULT": "verbal cooperation",
    "SUPPORT": "verbal cooperation",
    "CONCEDE": "verbal cooperation",
    "COOPERATE": "material cooperation",
    "AID": "material cooperation",
    "RETREAT": "material cooperation",
    "REQUEST": "verbal conflict",
    "ACCUSE": "verbal conflict",
    "REJECT": "verbal conflict",
    "THREATEN": "verbal conflict",
    "PROTEST": "material conflict",
    "SANCTION": "material conflict",
    "MOBILIZE": "material conflict",
    "COERCE": "material conflict",
    "ASSAULT": "material conflict",
}

# PLOVER's sector codes with what they stand for; an empty sector means the state or organisation as a whole.
SECTORS: Final[dict[str, str]] = {
    "GOV": "government, executive",
    "MIL": "armed forces",
    "LEG": "legislature",
    "JUD": "courts",
    "COP": "police",
    "SPY": "intelligence services",
    "OPP": "political opposition",
    "REB": "rebels, armed opposition",
    "UAF": "unidentified armed forces",
    "CRM": "organised crime",
    "CVL": "civilians",
    "SOC": "civil society",
    "LAB": "labour",
    "EDU": "education",
    "REL": "religious bodies",
    "BUS": "business",
    "MED": "media",
    "REF": "refugees, displaced persons",
    "PTY": "political parties",
    "IGO": "intergovernmental organisation",
    "NGO": "non-governmental organisation",
}
