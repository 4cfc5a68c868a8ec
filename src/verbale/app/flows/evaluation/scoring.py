"""Precision, recall and F1 of coded events against gold, at four levels of strictness, by document and by type.

An event stands for the pairs of its actors: each source with each target, or each two parties of a mutual act. A predicted
pair can match a gold pair of the same document when their spans overlap. At level `pair` the actors must agree in direction
(free where either is mutual), at `quad` also the quadrant, at `type` also the type; at `label` the type alone counts.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from verbale.app.flows.coder import Usage
from verbale.app.flows.evaluation.gold import GoldEvent
from verbale.app.flows.evaluation.matching import maximum_matching
from verbale.core.ontology import QUADRANTS
from verbale.ledger import ScoreRecord

Level = Literal["label", "pair", "quad", "type"]
LEVELS: Final[tuple[Level, ...]] = ("label", "pair", "quad", "type")


@dataclass(frozen=True, slots=True)
class LevelScore:
    """How many gold items were asked for, how many predicted (without excused ones), and how many matched."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0

    @property
    def precision(self) -> float:
        """The share of what was predicted that is right."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of what was asked for that was found."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.matched else 0.0

    def __add__(self, other: LevelScore) -> LevelScore:
        """Add up the counts of two documents or types."""
        return LevelScore(self.gold + other.gold, self.predicted + other.predicted, self.matched + other.matched)


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold pair that was not found at level `quad` (or a gold event at `label`), with what was predicted on its words."""

    doc: str
    level: Level
    pair: tuple[str, str] | None
    type: str
    date: str | None
    quote: str
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All measures: by level, by document (at `quad`, or `label` where gold has no targets), by type (at `label` and `type`).

    `years_right` of `years_dated` pairs that were matched at `quad` and have a date in gold have the same year. `spurious` are
    predicted pairs at `quad` that match nothing. `dropped` and `usage` are as in the report of a coding.
    """

    levels: dict[Level, LevelScore]
    years_right: int
    years_dated: int
    by_document: dict[str, tuple[Level, LevelScore]]
    by_type: dict[str, dict[Level, LevelScore]]
    misses: tuple[Miss, ...]
    spurious: tuple[Miss, ...]
    coder: str = ""
    dropped: Mapping[str, int] = field(default_factory=dict)
    usage: Usage | None = None

    @property
    def year(self) -> float | None:
        """The share of matched dated pairs with the right year; None where there are none."""
        return self.years_right / self.years_dated if self.years_dated else None


@dataclass(frozen=True, slots=True)
class _Item:
    """An event, or one pair of its actors."""

    start: int
    end: int
    type: str
    mutual: bool
    date: str | None
    pair: tuple[str, str] | None
    quote: str = ""

    def words(self) -> str:
        """Return the item in a few words: who, what, when."""
        actors = (" - " if self.mutual else " > ").join(self.pair) if self.pair else ""
        return " ".join(part for part in (actors, self.type, self.date or "") if part)


@dataclass
class _Outcome:
    """What matching one document at one level came to."""

    asked: Sequence[_Item]
    predicted: Sequence[_Item]
    taken: Mapping[int, int]
    excused: set[int] = field(default_factory=set)

    def score(self) -> LevelScore:
        return LevelScore(len(self.asked), len(self.predicted) - len(self.excused), len(self.taken))


def score(gold: Iterable[GoldEvent], predicted: Mapping[str, Sequence[ScoreRecord]]) -> Evaluation:
    """Measure predicted records (by document name) against gold; documents that gold does not have are left out."""
    documents: dict[str, list[GoldEvent]] = {}
    for event in gold:
        documents.setdefault(event.doc, []).append(event)
    levels: dict[Level, LevelScore] = dict.fromkeys(LEVELS, LevelScore())
    by_document: dict[str, tuple[Level, LevelScore]] = {}
    by_type: dict[str, dict[Level, LevelScore]] = {}
    years: list[bool] = []
    misses: list[Miss] = []
    spurious: list[Miss] = []
    for doc, events in documents.items():
        records = _relevant(predicted.get(doc, ()), events)
        has_pairs = not any(not event.target and not event.mutual for event in events)
        outcomes = {level: _match(events, records, level) for level in LEVELS if level == "label" or has_pairs}
        for level, outcome in outcomes.items():
            levels[level] += outcome.score()
            if level in ("label", "type"):
                _add_types(by_type, level, outcome)
        shown: Level = "quad" if has_pairs else "label"
        by_document[doc] = (shown, outcomes[shown].score())
        missed, extra = _leftovers(doc, shown, outcomes[shown])
        misses += missed
        spurious += extra
        if has_pairs:
            years += _years(outcomes["quad"])
    return Evaluation(levels, sum(years), len(years), by_document, by_type, tuple(misses), tuple(spurious))


def _relevant(records: Sequence[ScoreRecord], gold: Sequence[GoldEvent]) -> list[ScoreRecord]:
    """Leave out predicted acts within one country where gold codes none: it says nothing of them, for or against."""
    if any(event.target and set(event.source) == set(event.target) for event in gold):
        return list(records)
    return [
        record
        for record in records
        if not record.target or any(source != target for source in record.source for target in record.target)
    ]


def _pairs(event: GoldEvent | ScoreRecord) -> list[tuple[str, str]]:
    if event.mutual:
        return list(itertools.combinations(sorted({*event.source, *event.target}), 2))
    every = set(itertools.product(event.source, event.target))
    abroad = {pair for pair in every if pair[0] != pair[1]}
    return sorted(abroad or every)


def _items(event: GoldEvent | ScoreRecord, level: Level) -> list[_Item]:
    pairs: Sequence[tuple[str, str] | None] = [None] if level == "label" else _pairs(event)
    return [_Item(event.start, event.end, event.type, event.mutual, event.date, pair, event.quote) for pair in pairs]


def _match(gold: Sequence[GoldEvent], records: Sequence[ScoreRecord], level: Level) -> _Outcome:
    agree = _AGREEMENT[level]
    asked = [item for event in gold if not event.optional for item in _items(event, level)]
    spare = [item for event in gold if event.optional for item in _items(event, level)]
    predicted = [item for record in records for item in _items(record, level)]
    taken = maximum_matching(_choices(asked, predicted, agree))
    left = sorted(set(range(len(predicted))) - set(taken.values()))
    pardoned = maximum_matching(_choices(spare, [predicted[number] for number in left], agree))
    return _Outcome(asked, predicted, taken, {left[number] for number in pardoned.values()})


def _choices(asked: Sequence[_Item], predicted: Sequence[_Item], agree: Callable[[_Item, _Item], bool]) -> list[list[int]]:
    return [
        [
            number
            for number, other in enumerate(predicted)
            if item.start < other.end and other.start < item.end and agree(item, other)
        ]
        for item in asked
    ]


def _same_actors(gold: _Item, other: _Item) -> bool:
    if gold.mutual or other.mutual:
        return set(gold.pair or ()) == set(other.pair or ())
    return gold.pair == other.pair


def _same_type(gold: _Item, other: _Item) -> bool:
    return gold.type == other.type


def _same_quadrant(gold: _Item, other: _Item) -> bool:
    quadrants: Mapping[str, str] = QUADRANTS  # type: ignore[assignment]
    return quadrants[gold.type] == quadrants.get(other.type)


_AGREEMENT: Final[dict[Level, Callable[[_Item, _Item], bool]]] = {
    "label": _same_type,
    "pair": _same_actors,
    "quad": lambda gold, other: _same_actors(gold, other) and _same_quadrant(gold, other),
    "type": lambda gold, other: _same_actors(gold, other) and _same_type(gold, other),
}


def _add_types(by_type: dict[str, dict[Level, LevelScore]], level: Level, outcome: _Outcome) -> None:
    asked = Counter(item.type for item in outcome.asked)
    predicted = Counter(item.type for number, item in enumerate(outcome.predicted) if number not in outcome.excused)
    matched = Counter(outcome.asked[number].type for number in outcome.taken)
    for kind in {*asked, *predicted}:
        row = by_type.setdefault(kind, {"label": LevelScore(), "type": LevelScore()})
        row[level] += LevelScore(asked[kind], predicted[kind], matched[kind])


def _leftovers(doc: str, level: Level, outcome: _Outcome) -> tuple[list[Miss], list[Miss]]:
    """Return what was asked for and not found, and what was predicted and matches nothing."""
    found, used = set(outcome.taken), {*outcome.taken.values(), *outcome.excused}
    missed = [item for number, item in enumerate(outcome.asked) if number not in found]
    extra = [item for number, item in enumerate(outcome.predicted) if number not in used]
    return _with_others(doc, level, missed, outcome.predicted), _with_others(doc, level, extra, outcome.asked)


def _with_others(doc: str, level: Level, items: Iterable[_Item], others: Sequence[_Item]) -> list[Miss]:
    made = []
    for item in items:
        near = (other.words() for other in others if item.start < other.end and other.start < item.end)
        made.append(Miss(doc, level, item.pair, item.type, item.date, item.quote, tuple(dict.fromkeys(near))))
    return made


def _years(outcome: _Outcome) -> list[bool]:
    pairs = ((outcome.asked[one].date, outcome.predicted[other].date) for one, other in outcome.taken.items())
    return [(other or "")[:4] == date[:4] for date, other in pairs if date]
