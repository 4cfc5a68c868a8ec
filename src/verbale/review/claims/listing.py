"""Lists the claims of a manuscript, judged: each with whole words, balanced brackets and quotations, and none of them twice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from verbale.core import Block, Claim, Finding, Ground
from verbale.review.claims.judge import finding
from verbale.review.claims.spans import whole_span
from verbale.review.claims.statement import Holdings, Statement
from verbale.review.manuscript import Manuscript

# A claim inside another of the same act has words of its own where it leaves out more than a fifth of the other's.
NEARLY_ALL: Final = 0.8
_CHECKED: Final = frozenset({"supported", "contradicted", "partly"})
# Parts that a claim has only where all that is told in its words has them.
_OF_ALL: Final = frozenset({"negated", "alone", "universal"})


def claim_findings(statements: Iterable[Statement], manuscript: Manuscript, holdings: Holdings) -> list[Finding]:
    """Return the claims with their verdicts, one for each span and kind unless what they tell differs in its verdict.

    An order and its delivery told in one sentence, or an act of several on several others, is one claim where one verdict is
    true of all of it.
    """
    blocks = manuscript.document.blocks or (Block(0, len(manuscript.text)),)
    starts = [block.start for block in blocks]
    groups: dict[tuple[int, int], dict[tuple[str, str], Finding]] = {}
    for statement in statements:
        found = _whole(finding(statement, manuscript, holdings), manuscript, blocks, starts)
        end = found.evidence.start + len(found.evidence.quote.rstrip(".!…"))  # with its full stop or without, it is one
        group = groups.setdefault((found.evidence.start, end), {})
        key = (found.claim.kind if found.claim else "", found.verdict or "")
        group[key] = _joined(group[key], found) if key in group else found
    return _without_parts([one for group in groups.values() for one in _without_unknown(list(group.values()))])


def _whole(found: Finding, manuscript: Manuscript, blocks: Sequence[Block], starts: Sequence[int]) -> Finding:
    """Return a finding whose words are whole."""
    evidence = found.evidence
    block = blocks[max(0, bisect_right(starts, evidence.start) - 1)]
    # a format without blocks has paragraphs all the same
    low = manuscript.text.rfind("\n\n", block.start, evidence.start)
    high = manuscript.text.find("\n\n", evidence.end, block.end)
    bounds = (block.start if low < 0 else low, max(block.end if high < 0 else high, evidence.end))
    start, end = whole_span(manuscript.text, (evidence.start, evidence.end), bounds)
    if (start, end) == (evidence.start, evidence.end) or found.claim is None:
        return found
    whole = manuscript.evidence(start, end)
    return replace(found, evidence=whole, claim=replace(found.claim, evidence=whole))


def _without_unknown(group: Sequence[Finding]) -> list[Finding]:
    """Return claims of the same words without what no record can tell of parties of whom a record tells there."""
    told = {party for one in group if one.verdict in _CHECKED for party in _parties(one)}
    return [one for one in group if one.verdict != "not covered" or not told or not _parties(one) <= told]


def _without_parts(found: Sequence[Finding]) -> list[Finding]:
    """Return claims without those that say what another says in nearly all its words: one act, the same parties and years."""
    kept: dict[tuple[object, ...], list[Finding]] = {}
    for one in sorted(found, key=lambda each: each.evidence.start - each.evidence.end):
        parts = one.claim.parts if one.claim else {}
        told = (parts.get("act"), parts.get("years"), frozenset(_parties(one)), one.verdict, parts.get("negated"))
        same = kept.setdefault(told, [])
        if not parts.get("act") or not any(_nearly_all(one, each) for each in same):
            same.append(one)
    chosen = {id(one) for group in kept.values() for one in group}
    return [one for one in found if id(one) in chosen]


def _nearly_all(one: Finding, other: Finding) -> bool:
    inside = other.evidence.start <= one.evidence.start and one.evidence.end <= other.evidence.end
    return inside and len(one.evidence.quote) >= NEARLY_ALL * len(other.evidence.quote)


def _parties(found: Finding) -> set[str]:
    return set(found.claim.parts.get("actors", "").split(", ")) if found.claim else set()


def _joined(one: Finding, other: Finding) -> Finding:
    """Return two findings of one span, kind and verdict as one: with the parts, the reasons and the grounds of both."""
    if one.claim is None or other.claim is None:
        return one
    head = f"{(one.verdict or '').capitalize()} ({one.claim.kind}). "
    reasons = [each.message.removeprefix(head) for each in (one, other)]
    same = one.verdict not in _CHECKED or reasons[1] in reasons[0]
    return replace(
        one,
        message=one.message if same else f"{one.message} {reasons[1]}",
        claim=Claim(one.claim.kind, one.evidence, _parts(one.claim.parts, other.claim.parts)),
        grounds=_grounds((*one.grounds, *other.grounds)),
        matched=one.matched if other.matched in one.matched else f"{one.matched}; {other.matched}",
        confidence=min((each.confidence for each in (one, other) if each.confidence is not None), default=None),
    )


def _parts(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name in dict.fromkeys((*one, *other)):
        values = [each[name] for each in (one, other) if name in each]
        if name in _OF_ALL and len(values) == 1:
            continue
        if name == "dated":
            found[name] = values[0]
        else:
            found[name] = ", ".join(dict.fromkeys(part for value in values for part in value.split(", ")))
    return found


def _grounds(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    """Return grounds, each row or passage once with all that agrees and differs of it."""
    found: dict[tuple[object, ...], Ground] = {}
    for ground in grounds:
        one = ground
        key = (one.dataset, one.line, one.document, one.passage, one.text)
        held = found.get(key)
        if held is not None:
            agrees, differs = (
                tuple(dict.fromkeys((*a, *b))) for a, b in ((held.agrees, one.agrees), (held.differs, one.differs))
            )
            one = replace(one, agrees=agrees, differs=differs)
        found[key] = one
    return tuple(found.values())
