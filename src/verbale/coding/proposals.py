"""Which actors an act is told of: every pair of candidates is proposed, and the judge keeps those that are likely enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

from verbale.coding.candidates import Candidate
from verbale.coding.cues import Act, Cues, RoleName, told_cues
from verbale.coding.judge import Judge
from verbale.coding.parties import Party
from verbale.core import Status

# Only so many candidates a role are paired, the best first: few sentences name more actors, and the rest never win.
BEST_OF_ROLE: Final = 6
# Below this a pair is not told: near here F1 on the hand-coded texts is highest; it falls by 0.01 within 0.05 on either side
# (docs/quality.md has the curve).
FLOOR: Final = 0.41


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate in one role of an act, with the cues for it there."""

    candidate: Candidate
    cues: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two actors for the roles of an act, with the cues that all pairs of the act share and those of the two together."""

    source: Standing
    target: Standing
    shared: tuple[str, ...]
    together: tuple[str, ...]
    # What the cues add up to, and what became of it beside the rivals (`rivals.py`), there without how the act is told.
    score: float
    weighed: float

    @property
    def cues(self) -> tuple[str, ...]:
        """All cues for and against the proposal; put together when asked for, because most proposals are never looked at."""
        return self.shared + self.source.cues + self.target.cues + self.together


@dataclass(frozen=True, slots=True)
class Choice:
    """A pair of parties that is kept: how the act is told, and the probability that it is right in pair and quadrant."""

    source: Party
    target: Party
    probability: float
    status: Status


def propose(cues: Cues, act: Act, judge: Judge) -> list[Proposal]:
    """Return all pairs of an act's candidates; where an actor stands at several words, the most telling one counts."""
    shared = tuple(cues.act(act))
    start, told = judge.sum(shared), told_weight(act, judge)
    sources, targets = _best(cues, act, "source", judge), _best(cues, act, "target", judge)
    pairs = [(s, t) for s, t in product(sources, targets) if s.candidate.code != t.candidate.code]
    if act.rule.how == "domestic":
        pairs += list(
            product(_within(act.rule.source, cues, act, "source", judge), _within(act.rule.target, cues, act, "target", judge))
        )
    found = []
    for source, target in pairs:
        together = tuple(cues.pair(act, source.candidate, target.candidate))
        score = start + source.score + target.score + judge.sum(together)
        found.append(Proposal(source, target, shared, together, score, score - told))
    return found


def _best(cues: Cues, act: Act, role: RoleName, judge: Judge) -> list[Standing]:
    best: dict[str, Standing] = {}
    # The rules may know of a party that no word stands for: the other side of a treaty that is known by name.
    chosen = act.rule.source + act.rule.target if act.mutual else act.rule.source if role == "source" else act.rule.target
    named = {candidate.code for candidate in cues.candidates}
    others = [Candidate(party, party.head) for party in chosen if party.code not in named]
    for candidate in (*cues.candidates, *others):
        standing = _standing(cues, act, role, candidate, judge)
        known = best.get(candidate.code)
        if known is None or standing.score > known.score:
            best[candidate.code] = standing
    return sorted(best.values(), key=lambda standing: -standing.score)[:BEST_OF_ROLE]


def _within(parties: Iterable[Party], cues: Cues, act: Act, role: RoleName, judge: Judge) -> list[Standing]:
    return [_standing(cues, act, role, Candidate(party, party.head), judge) for party in parties]


def _standing(cues: Cues, act: Act, role: RoleName, candidate: Candidate, judge: Judge) -> Standing:
    told = tuple(cues.role(act, role, candidate))
    return Standing(candidate, told, judge.sum(told))


def choose(act: Act, proposals: Iterable[Proposal], judge: Judge) -> list[Choice]:
    """Return the pairs that are likely enough, each two actors once, the likelier direction of the two.

    An act that is not told as done is weighed as if it were, and keeps its status: taking it for done where all cues together
    still make that likely lowered F1 on narratives by 0.01 (docs/quality.md).
    """
    status = act.reading.status
    best: dict[frozenset[str], tuple[float, Proposal]] = {}
    for proposal in proposals:
        probability = judge.probability(proposal.weighed)
        if probability < FLOOR:
            continue
        key = frozenset((proposal.source.candidate.code, proposal.target.candidate.code))
        if key not in best or probability > best[key][0]:
            best[key] = (probability, proposal)
    return [_choice(act, proposal, probability, status) for probability, proposal in best.values()]


def told_weight(act: Act, judge: Judge) -> float:
    """Return what an act's score has for not being told as done, which `choose` takes back."""
    return 0.0 if act.reading.status == "actual" else judge.sum(told_cues(act))


def _choice(act: Act, proposal: Proposal, probability: float, status: Status) -> Choice:
    sources = {party.code: party for party in act.rule.source}
    targets = {party.code: party for party in act.rule.target}
    if act.mutual:
        sources, targets = targets | sources, sources | targets
    source, target = proposal.source.candidate, proposal.target.candidate
    return Choice(sources.get(source.code, source.party), targets.get(target.code, target.party), probability, status)
