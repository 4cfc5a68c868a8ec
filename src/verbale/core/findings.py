"""What a review finds in a manuscript: claims that can be checked, and findings with the words that they are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from verbale.core.events import Evidence

Severity = Literal["error", "warning", "note"]
Verdict = Literal["supported", "contradicted", "partly", "not covered", "uncheckable"]
VERDICTS: Final[tuple[Verdict, ...]] = ("supported", "contradicted", "partly", "not covered", "uncheckable")


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement of a manuscript: its kind (event, duration, universal ...), its words, and its parts by name."""

    kind: str
    evidence: Evidence
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """A row of a dataset, or a passage of another document, that a verdict rests on.

    For a row: `dataset`, `edition`, `line` of the dataset's file, and `text`, the row in words. For a passage: `document`
    (its name) and `passage`. `agrees` and `differs` say of each part of the claim what the ground tells ("year: 2007"), with
    codes and days as rows have them; `shown` says all of it in a line for people.
    """

    text: str
    dataset: str = ""
    edition: str = ""
    line: int | None = None
    document: str = ""
    passage: Evidence | None = None
    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of a stretch of text: which check, how grave, the words, why, and what it rests on.

    `rests_on` are other words of the same text. Only a finding of the check `claim` has the rest: the claim, the verdict, the
    grounds of it (none where no record can tell), how the claim was matched, and the confidence in the verdict (0 to 1).
    """

    check: str
    severity: Severity
    evidence: Evidence
    message: str
    rests_on: tuple[Evidence, ...] = ()
    claim: Claim | None = field(default=None, hash=False)
    verdict: Verdict | None = None
    grounds: tuple[Ground, ...] = ()
    matched: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """What a check is, for people: its id, how grave its findings are, its title, and the reason for looking at all."""

    check: str
    severity: Severity
    title: str
    reason: str
