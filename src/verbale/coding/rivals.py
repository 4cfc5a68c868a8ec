"""The second look: each pair is weighed once more beside its rivals, other pairs of its act and other acts of its sentence.

The judge weighs every pair for itself. Which of two likely pairs an act means, how many pairs it has, and whether another word
of the sentence tells the same act better can only be seen when all of them stand side by side. Regression trees on a few facts
(`FACTS`) say it; `training/train_judge.py` learns them, `models/judge/rivals.csv` holds them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from verbale.coding.cues import Act
from verbale.coding.judge import START, Judge
from verbale.coding.parties import Phrases
from verbale.coding.proposals import Proposal
from verbale.coding.trees import FACTS, Floats
from verbale.core import EVENT_TYPES, QUADRANTS, Estimates

# A pair that is less likely at first sight teaches the trees nothing: of the 14,711 right pairs of the learning texts one in a
# hundred lies below, and two in five of the 278,094 pairs in all.
LEAST: Final = 0.004
# When a text is coded, none below a chance of 0.03 (in log odds) is: so unlikely a pair ends above the floor in no hand-coded
# text, and to look at more of them takes a third of the time of coding.
LOOKED_AT: Final = -3.476

Weighed = list[tuple[Act, list[Proposal]]]


def weighed_again(acts: Weighed, phrases: Phrases, judge: Judge) -> Weighed:
    """Return the acts of one sentence with their proposals, each weighed beside its rivals where the judge has trees for it."""
    start = judge.weights.get(START, 0.0)
    if judge.rivals is None or all(start + one.weighed < LOOKED_AT for _, found in acts for one in found):
        return acts
    facts = rival_facts(acts, phrases, judge)
    likely = facts[:, FACTS.index("score")] >= LOOKED_AT
    weighed = iter((judge.rivals.sum(facts[likely]) - start).tolist())
    again = iter(likely.tolist())
    return [(act, [replace(one, weighed=next(weighed)) if next(again) else one for one in found]) for act, found in acts]


def rival_facts(acts: Weighed, phrases: Phrases, judge: Judge) -> Floats:
    """Return the `FACTS` of all proposals of a sentence, a row each in their order."""
    estimates = phrases.tree.sentence.estimates
    start = judge.weights.get(START, 0.0)
    first = np.array([start + one.weighed for _, found in acts for one in found])
    chances = 1.0 / (1.0 + np.exp(-np.clip(first, -30.0, 30.0)))
    pairs = [
        (number, act, one.source.candidate, one.target.candidate) for number, (act, found) in enumerate(acts) for one in found
    ]
    rivals = Rivals(chances.tolist())
    quads = [QUADRANTS[act.reading.type] for _, act, _, _ in pairs]
    both = [frozenset((s.code, t.code)) for _, _, s, t in pairs]
    numbers = [number for number, *_ in pairs]
    of_act, of_sentence = rivals.sums(numbers), float(chances.sum())
    columns: list[Any] = [
        first,
        chances,
        rivals.best_other(numbers),
        rivals.best_other([(number, "s", s.code) for number, _, s, _ in pairs]),
        rivals.best_other([(number, "t", t.code) for number, _, _, t in pairs]),
        rivals.of([(number, s.code, t.code) for number, _, s, t in pairs], [(n, t.code, s.code) for n, _, s, t in pairs]),
        of_act,
        rivals.counts(numbers),
        rivals.ranks(numbers),
        rivals.best_other(list(zip(both, quads, strict=True))),
        rivals.best_other(both),
        np.full(len(pairs), of_sentence),
        rivals.sums([act.reading.type for _, act, _, _ in pairs]) - chances,
        rivals.sums(quads) - chances,
        [act.mutual for _, act, _, _ in pairs],
        np.full(len(pairs), phrases.memory.alone),
        [act.trigger.is_noun_alone for _, act, _, _ in pairs],
        *_estimated(pairs, estimates),
        [act.trust.get((s.code, t.code), 0.0) for _, act, s, t in pairs],
        [(s.at >= 0) + 2 * (t.at >= 0) for _, _, s, t in pairs],
        [s.team >= 0 and s.team == t.team for _, _, s, t in pairs],
        [phrases.memory.rank(s.code) for _, _, s, _ in pairs],
        [phrases.memory.rank(t.code) for _, _, _, t in pairs],
    ]
    return np.column_stack([np.asarray(column, dtype=np.float64) for column in columns])


def _estimated(pairs: Sequence[tuple[int, Act, Any, Any]], estimates: Estimates | None) -> list[list[float]]:
    """Return what the model makes of both parts, of the likeliest type of the act's word, and of its own; -1 where unseen."""
    if estimates is None:
        return [[0.0] * len(pairs), [0.0] * len(pairs), [-1.0] * len(pairs), [-1.0] * len(pairs)]
    found: list[list[float]] = [[], [], [], []]
    for _, act, source, target in pairs:
        word = act.trigger.at
        found[0].append(float(estimates.parts[word, source.at + 1, 0]))
        found[1].append(float(estimates.parts[word, target.at + 1, 1]))
        found[2].append(float(estimates.acts[word].max()))
        found[3].append(float(estimates.acts[word, EVENT_TYPES.index(act.reading.type)]))
    return found


class Rivals:
    """The chances of a sentence's pairs, seen by group: whatever has the same key stands together."""

    def __init__(self, chances: Sequence[float]) -> None:
        """Keep the chances, one a pair."""
        self._chances = chances

    def _groups(self, keys: Sequence[Hashable]) -> dict[Hashable, list[float]]:
        groups: dict[Hashable, list[float]] = defaultdict(list)
        for key, chance in zip(keys, self._chances, strict=True):
            groups[key].append(chance)
        return groups

    def best_other(self, keys: Sequence[Hashable]) -> list[float]:
        """Return for each pair the highest chance of the others in its group, 0 where it is alone."""
        best = {key: (*sorted(group, reverse=True), 0.0)[:2] for key, group in self._groups(keys).items()}
        return [best[key][chance >= best[key][0]] for key, chance in zip(keys, self._chances, strict=True)]

    def sums(self, keys: Sequence[Hashable]) -> Floats:
        """Return for each pair the sum of its group."""
        sums = {key: math.fsum(group) for key, group in self._groups(keys).items()}
        return np.array([sums[key] for key in keys])

    def counts(self, keys: Sequence[Hashable]) -> list[int]:
        """Return for each pair how many its group has."""
        counts = {key: len(group) for key, group in self._groups(keys).items()}
        return [counts[key] for key in keys]

    def ranks(self, keys: Sequence[Hashable]) -> list[float]:
        """Return the place of each pair in its group, the likeliest first; pairs that are equally likely share their mean."""
        groups = self._groups(keys)
        return [
            (sum(other > chance for other in groups[key]) + sum(other >= chance for other in groups[key]) + 1) / 2
            for key, chance in zip(keys, self._chances, strict=True)
        ]

    def of(self, keys: Sequence[Hashable], asked: Sequence[Hashable]) -> list[float]:
        """Return the chances of other pairs by their keys, 0 where there is none."""
        known: dict[Hashable, float] = {}
        for key, chance in zip(keys, self._chances, strict=True):
            known.setdefault(key, chance)
        return [known.get(key, 0.0) for key in asked]
