"""How sure an event is: the entry's own strength, how its parties were found, and how the sentence tells it, as one number."""

from __future__ import annotations

from typing import Final, Literal

from verbale.coding.parties import Party
from verbale.coding.status import Reading
from verbale.coding.triggers import Trigger

How = Literal[
    "declared",
    "mutual",
    "named",
    "domestic",
    "generic",
    "clause",
    "clause subject",
    "implied",
    "implied of dated",
    "implied source",
    "implied pair",
]

# The share of events right in pair and quadrant for each way of finding their parties, for acts told by a verb and
# by a noun alone, relative to the surest way; measured on the hand-coded texts of ../shared/gold
# (docs/quality.md), rounded so that they say no more than some hundred events can.
BY_VERB: Final[dict[How, float]] = {
    "declared": 1.0,
    "mutual": 1.0,
    "named": 1.0,
    "domestic": 1.0,
    "implied": 0.9,
    "implied of dated": 0.9,
    "clause subject": 0.8,
    "clause": 0.6,
    "generic": 0.6,
    "implied pair": 0.6,
    "implied source": 0.4,
}
BY_NOUN: Final[dict[How, float]] = {
    "declared": 0.9,
    "mutual": 1.0,
    "named": 0.8,
    "domestic": 0.5,
    "implied": 0.3,
    "implied of dated": 0.6,
    "clause subject": 0.8,
    "clause": 0.4,
    "generic": 0.4,
    "implied pair": 0.5,
    "implied source": 0.3,
}

# The product of weights orders events well but says too little: of events with a product of 0.36 more than half are right. This
# line through the shares found on ../shared/gold turns it into a probability; docs/quality.md has the table, also on texts
# that it was not fitted to.
AT_NOTHING: Final = 0.28
PER_WEIGHT: Final = 0.7

# Below this, one event in four is right (23 of 92): they would cost a reader more than they give (docs/quality.md has
# the curve).
FLOOR: Final = 0.2


def confidence(trigger: Trigger, how: How, reading: Reading, source: Party, target: Party) -> float:
    """Return how likely an event is right in pair and quadrant, between 0 and 1; 0 where it is not worth telling."""
    found = (BY_NOUN if trigger.is_noun_alone else BY_VERB)[how]
    weight = trigger.entry.strength * found * reading.certainty * source.certainty * target.certainty
    return round(AT_NOTHING + PER_WEIGHT * weight, 4) if weight >= FLOOR else 0.0
