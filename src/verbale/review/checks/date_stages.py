"""Finds stages of one course told in an order that they cannot have had: in force before it was signed, whatever the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_retold import date_place, date_words
from verbale.review.checks.date_told import signed_alone
from verbale.review.happening_words import load_happening_words
from verbale.review.manuscript import Manuscript
from verbale.review.pairs import Pair

# Courses whose stages have one order; doors are shut and opened again, offices taken up twice.
_ORDERED: Final = frozenset({"treaty", "body", "life", "case", "thing", "membership"})


def find_stages(manuscript: Manuscript, pairs: Iterable[Pair]) -> Iterator[Slip]:
    """Yield a slip for each telling of a stage that would lie before an earlier stage of the same thing."""
    for pair in pairs:
        if not pair.apart or not _one_thing(pair):
            continue
        one, other = pair.earlier, pair.later
        if one.kind is None or other.kind is None:
            continue
        early, late = (one, other) if one.kind.stage < other.kind.stage else (other, one)
        if early.moment.first > late.moment.last and early.kind and late.kind:
            signed = early.kind.name == "signing"
            if signed and signed_alone(load_happening_words(), (early.tree, early.at), (late.tree, late.at)):
                continue
            first, last = date_words(manuscript, early), date_words(manuscript, late)
            message = f"The {late.kind.name} ({last}) would lie before the {early.kind.name} ({first})."
            yield Slip(other.start, other.end, message, (date_place(one),))


def _one_thing(pair: Pair) -> bool:
    one, other, x = pair.earlier, pair.later, pair.facts
    if one.kind is None or other.kind is None or one.kind.course != other.kind.course or one.kind.stage == other.kind.stage:
        return False
    if one.kind.course not in _ORDERED or not pair.told or x["places apart"] or x["titles apart"] or x["rank apart"]:
        return False
    if (one.restricted or other.restricted) and not x["titles same"]:
        return False  # the treaty of 1777 is another one than that which was annulled before
    if not one.patients & other.patients:
        return False
    return bool(x["patient same"] or x["titles same"] or x["names shared"] > 0.5)
