"""How likely it is that one actor did an act to another: learnt weights of cues, added up and turned into a probability."""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.coding.trees import Trees, load_trees
from verbale.core import VerbaleError

# Weights are learnt by training/train_judge.py on texts that the project wrote and coded; see docs/quality.md.
WEIGHTS: Final = Path(__file__).parent.parent / "models" / "judge" / "weights.csv"
# The trees of the second look stand beside the weights (`rivals.py`).
RIVALS: Final = "rivals.csv"
# Rows that are no cue: what every judgement starts from, and the line that makes scores into probabilities.
START: Final = "(start)"
SLOPE: Final = "(slope)"
SHIFT: Final = "(shift)"


@dataclass(frozen=True, slots=True)
class Judge:
    """The weights of all cues; a cue without a weight says nothing. With `rivals`, the trees of the second look."""

    weights: Mapping[str, float]
    rivals: Trees | None = None

    def sum(self, cues: Iterable[str]) -> float:
        """Return what a set of cues adds to a score."""
        known = self.weights
        return sum([known[cue] for cue in cues if cue in known])

    def probability(self, total: float) -> float:
        """Return the probability, between 0 and 1, that a sum of cues stands for."""
        known = self.weights
        score = known.get(START, 0.0) + total
        line = known.get(SLOPE, 1.0) * score + known.get(SHIFT, 0.0)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, line))))


@functools.cache
def load_judge(path: Path = WEIGHTS) -> Judge:
    """Read the weights from a table of two columns, `cue` and `weight`, checked row by row, and the trees beside it.

    Raises VerbaleError `weights-malformed` at the first row that is no cue with a number.
    """
    weights: dict[str, float] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), start=2):
                weights[row["cue"]] = _number(row["weight"], path, line)
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        raise VerbaleError("weights-malformed", path=path, where="the file", reason=error) from error
    rivals = path.with_name(RIVALS)
    return Judge(weights, load_trees(rivals) if path == WEIGHTS or rivals.exists() else None)


def _number(text: str | None, path: Path, line: int) -> float:
    try:
        number = float(text or "")
    except ValueError as error:
        raise VerbaleError("weights-malformed", path=path, where=f"line {line}", reason=f"{text!r} is no number") from error
    if not math.isfinite(number):
        raise VerbaleError("weights-malformed", path=path, where=f"line {line}", reason=f"{text!r} is not finite")
    return number
