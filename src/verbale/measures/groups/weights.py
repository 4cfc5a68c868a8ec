"""The weights by which two mentions are judged, as a table that a person can read, and the score that they give."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from verbale.measures.groups.features import Numbers
from verbale.vocab.tables import Once, read_rows

WEIGHTS: Final = Path(__file__).parent / "data" / "weights.csv"
COLUMNS: Final = ("feature", "weight", "sign", "note")
# A fixed weight is set by hand and not fitted: the scenes have no cases of it.
SIGNS: Final[dict[str, tuple[float | None, float | None] | None]] = {
    "fixed": None,
    "for": (0.0, None),
    "against": (None, 0.0),
    "either": (None, None),
}


@functools.cache
def load_weights(path: Path = WEIGHTS) -> Mapping[str, float]:
    """Return the weights by feature; raises the `vocabulary-...` errors for a row that is not allowed."""
    found: dict[str, float] = {}
    once = Once()
    for row in read_rows(path, COLUMNS):
        name = row.required("feature")
        once.check(row, "feature", name)
        row.one_of("sign", set(SIGNS))
        row.required("note")
        try:
            found[name] = float(row.required("weight"))
        except ValueError as error:
            raise row.fail("weight", "a number") from error
    return found


def log_odds(features: Mapping[str, Numbers]) -> Numbers:
    """Return for pairs the weighted sum of these features: the logarithm of the odds that they are one event."""
    weights = load_weights()
    return np.asarray(sum((weights[name] * values for name, values in features.items()), start=np.float64(0.0)))
