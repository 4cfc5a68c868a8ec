"""Runs the editorial checks over a manuscript, in a fixed order, so that the same manuscript always gives the same findings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from verbale.core import CheckInfo, Finding, VerbaleError
from verbale.review.check import Check, Slip
from verbale.review.checks import (
    assistant_residue,
    count_arithmetic,
    date_conflict,
    duplicate_passage,
    duration_arithmetic,
    future_date,
    loaded_language,
    name_spelling,
    quote_without_source,
    references,
    section_numbering,
    undefined_acronym,
    unsourced_claim,
    vague_attribution,
)
from verbale.review.claims import INFO as CLAIM
from verbale.review.claims import Holdings, Statement, claim_findings
from verbale.review.manuscript import Manuscript

# The order in which a page lists them: what is certainly wrong first, matters of style last.
CHECKS: Final[tuple[Check, ...]] = (
    assistant_residue.CHECK,
    section_numbering.CHECK,
    duration_arithmetic.CHECK,
    count_arithmetic.CHECK,
    date_conflict.CHECK,
    references.MISSING,
    references.UNCITED,
    unsourced_claim.CHECK,
    quote_without_source.CHECK,
    vague_attribution.CHECK,
    future_date.CHECK,
    duplicate_passage.CHECK,
    name_spelling.CHECK,
    undefined_acronym.CHECK,
    loaded_language.CHECK,
)


# The checks that look into cells of tables as well: those that find their slips within a sentence or two. In a table the
# source of a statement may stand in another column, and words are repeated from row to row.
IN_CELLS: Final = frozenset(
    {
        "duration-arithmetic",
        "count-arithmetic",
        "date-conflict",
        "vague-attribution",
        "future-date",
        "loaded-language",
    }
)


# The check of claims is no editorial one: it asks records, which the caller opens.
KNOWN: Final = (*(check.info for check in CHECKS), CLAIM)


def choose_infos(*, only: Collection[str] = (), skip: Collection[str] = ()) -> tuple[CheckInfo, ...]:
    """Return what the wanted checks are, `claim` among them.

    Raises VerbaleError `check-unknown`, `check-contradiction` for one that is asked for and left out, `check-none` where
    nothing is left.
    """
    known = [info.check for info in KNOWN]
    for name in (*only, *skip):
        if name not in known:
            raise VerbaleError("check-unknown", check=name, allowed=", ".join(known))
    for name in only:
        if name in skip:
            raise VerbaleError("check-contradiction", check=name)
    chosen = tuple(info for info in KNOWN if (not only or info.check in only) and info.check not in skip)
    if not chosen:
        raise VerbaleError("check-none", allowed=", ".join(known))
    return chosen


def choose_checks(*, only: Collection[str] = (), skip: Collection[str] = ()) -> tuple[Check, ...]:
    """Return the editorial checks that are wanted, in their order. Raises VerbaleError `check-unknown`."""
    chosen = choose_infos(only=only, skip=skip)
    return tuple(check for check in CHECKS if check.info in chosen)


def check_infos(checks: Sequence[Check] = CHECKS) -> tuple[CheckInfo, ...]:
    """Return what the checks are, for people."""
    return tuple(check.info for check in checks)


def review(
    manuscript: Manuscript,
    *,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    statements: Sequence[Statement] = (),
    holdings: Holdings | None = None,
) -> list[Finding]:
    """Return the findings of the chosen checks, in the order of the text; each keeps its words and what it rests on.

    `statements` are the claims of the manuscript (`find_statements`), `holdings` what they are held against. Raises
    VerbaleError `check-unknown` for a name that no check has.
    """
    checks = choose_checks(only=only, skip=skip)
    rank = {info.check: number for number, info in enumerate(KNOWN)}
    findings = {_finding(manuscript, check, slip): None for check in checks for slip in check.find(manuscript)}
    for offset, cell in manuscript.cells:
        for check in checks:
            slips = check.find(cell) if check.info.check in IN_CELLS else ()
            findings.update((_finding(manuscript, check, _moved(slip, offset)), None) for slip in slips)
    if CLAIM in choose_infos(only=only, skip=skip):
        findings.update((one, None) for one in claim_findings(statements, manuscript, holdings or Holdings()))
    return sorted(findings, key=lambda each: (each.evidence.start, each.evidence.end, rank[each.check], each.message))


def _moved(slip: Slip, offset: int) -> Slip:
    """Return a slip of a cell at its place in the manuscript."""
    rests = tuple((start + offset, end + offset) for start, end in slip.rests_on)
    return Slip(slip.start + offset, slip.end + offset, slip.message, rests)


def _finding(manuscript: Manuscript, check: Check, slip: Slip) -> Finding:
    rests = tuple(manuscript.evidence(start, end) for start, end in slip.rests_on)
    return Finding(check.info.check, check.info.severity, manuscript.evidence(slip.start, slip.end), slip.message, rests)
