"""What a review finds in a manuscript: claims that can be checked, and findings with the words that they are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from verbale.core.events import Evidence

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement of a manuscript: its kind (event, duration, universal ...), its words, and its parts by name."""

    kind: str
    evidence: Evidence
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of a stretch of text: which check, how grave, the words, why, and what it rests on."""

    check: str
    severity: Severity
    evidence: Evidence
    message: str
    rests_on: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """What a check is, for people: its id, how grave its findings are, its title, and the reason for looking at all."""

    check: str
    severity: Severity
    title: str
    reason: str
