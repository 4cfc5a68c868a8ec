"""How loudly each finding speaks on the page of a review: first what must be mended, last what only tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from verbale.core import VERDICTS, Finding, Verdict
from verbale.core.wording import count, listed
from verbale.report.findings import SEVERITIES

Loudness = Literal["mend", "look", "style", "quiet"]
# The order in which findings claim the eye; where marks overlap, the first of these gives the colour.
LOUDNESS: Final[tuple[Loudness, ...]] = ("mend", "look", "style", "quiet")
# A verdict that asks for nothing to be done is quiet: most sentences of most manuscripts have one.
_VERDICTS: Final[dict[str, Loudness]] = {"contradicted": "mend", "partly": "look"}
_SEVERITIES: Final[dict[str, Loudness]] = {"error": "mend", "warning": "look", "note": "style"}
# Checks that speak of a whole paragraph: their marks cover most of a text, so that a quiet one must do.
_PASSAGES: Final = frozenset({"unsourced-claim"})
# In which order an editor wants the verdicts, and what each means.
_ORDER: Final[tuple[Verdict, ...]] = ("contradicted", "partly", "supported", "not covered", "uncheckable")
_MEANING: Final[dict[str, str]] = {
    "contradicted": "a record tells otherwise",
    "partly": "a record bears out some of it",
    "supported": "a record bears it out",
    "not covered": "no installed record can tell",
    "uncheckable": "an opinion, a prediction, or vague",
}
# Links to single findings beside a verdict: more are reached by its button and the bar above the text.
MAX_LINKS: Final = 12
MAX_FIRST: Final = 12


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """A verdict in the summary: how many claims have it, what it means, and the numbers of the first of them."""

    verdict: str
    number: int
    meaning: str
    loudness: Loudness
    links: tuple[int, ...]


def loudness(finding: Finding) -> Loudness:
    """Return how loudly a finding speaks: by its verdict where it is a claim, else by its severity."""
    if finding.verdict is not None:
        return _VERDICTS.get(finding.verdict, "quiet")
    return "quiet" if finding.check in _PASSAGES else _SEVERITIES[finding.severity]


def loudest(findings: Sequence[Finding]) -> Loudness | Literal[""]:
    """Return the loudness of the finding that speaks most loudly; nothing where there is none."""
    return min((loudness(finding) for finding in findings), key=LOUDNESS.index, default="")


def to_mend(findings: Sequence[tuple[int, Finding]]) -> list[tuple[int, Finding]]:
    """Return what must be mended before the text is published: errors, then claims that a record contradicts."""
    found = [(number, finding) for number, finding in findings if loudness(finding) == "mend"]
    return sorted(found, key=lambda each: (each[1].verdict is not None, each[0]))


def verdict_rows(findings: Sequence[tuple[int, Finding]]) -> list[VerdictRow]:
    """Return the verdicts that occur, with their counts, in the order in which an editor wants them."""
    rows = []
    for verdict in (*_ORDER, *(each for each in VERDICTS if each not in _ORDER)):
        numbers = [number for number, finding in findings if finding.verdict == verdict]
        if numbers:
            kept = tuple(numbers[:MAX_LINKS])
            rows.append(VerdictRow(verdict, len(numbers), _MEANING.get(verdict, ""), _VERDICTS.get(verdict, "quiet"), kept))
    return rows


def severity_rows(findings: Sequence[tuple[int, Finding]]) -> list[tuple[str, int]]:
    """Return how many findings there are of each severity, claims apart: a claim has its verdict."""
    counts = Counter(finding.severity for _, finding in findings if finding.verdict is None)
    return [(severity, counts[severity]) for severity in SEVERITIES if counts[severity]]


def page_summary(findings: Sequence[Finding]) -> str:
    """Say in a sentence what was found: slips by their severity, claims by their verdict.

    >>> page_summary([])
    'Nothing was found.'
    """
    numbered = list(enumerate(findings, start=1))
    slips, claims = severity_rows(numbered), verdict_rows(numbered)
    told = []
    if slips:
        kinds = listed([count(number, severity) for severity, number in slips])
        told.append(f"{count(sum(number for _, number in slips), 'finding')} on the making of the text ({kinds})")
    if claims:
        kinds = listed([f"{row.number} {row.verdict}" for row in claims])
        told.append(f"{count(sum(row.number for row in claims), 'claim')} held against the record ({kinds})")
    return f"{listed(told)}." if told else "Nothing was found."


def note_title(finding: Finding, title: str) -> str:
    """Return what stands over a note: the title of its check; of a claim, its kind, as the verdict stands beside it."""
    return f"Claim: {finding.claim.kind}" if finding.claim else title


def note_message(finding: Finding) -> str:
    """Return the message without the verdict and the kind that stand over it."""
    if finding.claim is None or finding.verdict is None:
        return finding.message
    over = rf"{re.escape(finding.verdict)}(?: supported)? \({re.escape(finding.claim.kind)}\)[.:] +(?=\S)"
    told = re.match(over, finding.message, re.IGNORECASE)
    return finding.message[told.end() :] if told else finding.message
