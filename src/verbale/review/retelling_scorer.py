"""Loads the weights by which the facts of two tellings tell how likely they are of one happening, checked on load.

A logistic regression over the facts of `pairs` (`data/retellings.csv`, made by `training/train_retellings.py`).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.words import DATA
from verbale.vocab.tables import Once, read_rows

# What the scorer may ask of two tellings, the earlier and the later in the text.
FACTS: Final = (
    "act kin", "acts apart", "known apart", "kinds apart", "kind same", "head kin", "referent same", "names", "names apart",
    "places apart", "places same", "agents apart", "numbers apart", "rank apart", "ranks", "again", "own", "indefinite",
    "definite", "back", "nominal", "retold", "act and theme", "act theme retold", "core share later", "core share earlier",
    "clause share later", "new rare", "shared rare", "years", "one figure", "same month", "same day", "jump", "rival apart",
    "rival fit", "rival earlier", "far", "same block", "span", "stative", "sure", "several", "several nameless", "restricted",
    "restricted plain", "patients apart", "patients kin", "titles apart", "titles same", "title new", "restricted head",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scorer:
    """The weights of the facts, with the mean and the scale by which each is made comparable."""

    weights: Mapping[str, tuple[float, float, float]]
    start: float

    def chance(self, facts: Mapping[str, float]) -> float:
        """Return how likely two tellings with these facts are of one happening."""
        total = self.start + sum(weight * (facts[fact] - mean) / scale for fact, (mean, scale, weight) in self.weights.items())
        return 1 / (1 + math.exp(-total))


@functools.cache
def load_scorer(*, folder: Path = DATA) -> Scorer:
    """Return the scorer, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    weights: dict[str, tuple[float, float, float]] = {}
    start = 0.0
    once = Once()
    for row in read_rows(folder / "retellings.csv", ("fact", "mean", "scale", "weight")):
        fact = row.one_of("fact", ("start", *FACTS))
        once.check(row, "fact", fact)
        numbers = []
        for name in ("mean", "scale", "weight"):
            try:
                numbers.append(float(row.required(name)))
            except ValueError as error:
                raise row.fail(name, "a number") from error
        if fact == "start":
            start = numbers[2]
        else:
            weights[fact] = (numbers[0], numbers[1], numbers[2])
    return Scorer(weights, start)
