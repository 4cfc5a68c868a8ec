"""Every pair of actors that was weighed for an act, best first, with what spoke for it and against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verbale.coding.cues import Act, told_cues
from verbale.coding.explaining.terms import Terms
from verbale.coding.judge import Judge
from verbale.coding.proposals import FLOOR, Choice, Proposal, choose, told_weight
from verbale.core.explanations import Cue, Outcome, WeighedPair

# Cues on each side that are worth reading, and pairs; the others weigh little.
MOST_CUES: Final = 6
MOST_PAIRS: Final = 8

# What the second look does to a pair is told as one cue.
SECOND_LOOK: Final = "beside rivals"

# Pairs that are no event.
LOST: Final = frozenset({"below the floor", "other direction"})

Codes = tuple[str, str]


def codes_of(pair: Proposal | Choice) -> Codes:
    """Return the codes of the two actors of a pair, source first."""
    if isinstance(pair, Choice):
        return pair.source.code, pair.target.code
    return pair.source.candidate.code, pair.target.candidate.code


def weighed_pairs(
    act: Act, proposals: Sequence[Proposal], judge: Judge, terms: Terms, *, told: frozenset[Codes], event: Codes | None
) -> tuple[WeighedPair, ...]:
    """Return the pairs of an act, best first, the kept ones all; `told` are those that the sentence's events have.

    The cues of a pair that lost leave out those that the event's pair has, too: they cannot be why it lost.
    """
    chosen = {codes_of(choice) for choice in choose(act, proposals, judge)}
    ranked = sorted(proposals, key=lambda proposal: -proposal.weighed)
    best = next((proposal for proposal in ranked if codes_of(proposal) == event), ranked[0] if ranked else None)
    of_best = frozenset(best.cues) if best else frozenset()
    untold = frozenset() if act.reading.status == "actual" else frozenset(told_cues(act))
    told_apart = told_weight(act, judge)
    seen: set[Codes] = set()
    pairs: list[WeighedPair] = []
    for place, proposal in enumerate(ranked):
        codes, probability = codes_of(proposal), judge.probability(proposal.weighed)
        first = codes not in seen
        seen.add(codes)
        outcome = _outcome(probability, first and codes in chosen, codes in told)
        is_event = first and codes == event
        if place < MOST_PAIRS or outcome == "kept" or is_event:
            apart = outcome in LOST and proposal is not best
            cues = _cues([cue for cue in proposal.cues if cue not in untold and not (apart and cue in of_best)], judge, terms)
            cues = _with_second_look(cues, proposal.weighed - (proposal.score - told_apart), terms)
            pairs.append(_weighed(proposal, cues, probability, outcome, is_event=is_event))
    return tuple(pairs)


def _outcome(probability: float, chosen: bool, told: bool) -> Outcome:
    if chosen:
        return "kept" if told else "told again"
    return "below the floor" if probability < FLOOR else "other direction"


def _cues(names: Sequence[str], judge: Judge, terms: Terms) -> list[Cue]:
    """Return those cues that have a weight, the heaviest first; the steps of one estimate are one cue with their sum."""
    steps: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        stem, _, last = name.rpartition(" ")
        steps.setdefault(stem if _is_number(last) else name, []).append(name)
    cues = [Cue(max(group, key=_reached), round(judge.sum(group), 6), "") for group in steps.values()]
    told = [Cue(cue.name, cue.weight, terms.cue(cue.name)) for cue in cues if cue.weight]
    return sorted(told, key=lambda cue: -abs(cue.weight))


def _with_second_look(cues: list[Cue], moved: float, terms: Terms) -> list[Cue]:
    """Return the cues with what the other pairs of the act and the other acts of the sentence made of the pair."""
    if not round(moved, 2):
        return cues
    beside = Cue(SECOND_LOOK, round(moved, 6), terms.cue(SECOND_LOOK))
    return sorted([*cues, beside], key=lambda cue: -abs(cue.weight))


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdecimal()


def _reached(name: str) -> float:
    last = name.rpartition(" ")[2]
    return float(last) if _is_number(last) else 0.0


def _weighed(proposal: Proposal, cues: Sequence[Cue], probability: float, outcome: Outcome, *, is_event: bool) -> WeighedPair:
    source, target = proposal.source.candidate.party.actor, proposal.target.candidate.party.actor
    return WeighedPair(
        source=source.code,
        source_text=source.text,
        target=target.code,
        target_text=target.text,
        probability=round(probability, 4),
        outcome=outcome,
        is_event=is_event,
        speaks_for=tuple(cue for cue in cues if cue.weight > 0)[:MOST_CUES],
        speaks_against=tuple(cue for cue in cues if cue.weight < 0)[:MOST_CUES],
    )
