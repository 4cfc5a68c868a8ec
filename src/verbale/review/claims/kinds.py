"""Names the kind of a claim by its words, where its finder told no more than that something happened."""

from __future__ import annotations

from typing import Final

from verbale.review.claims.statement import Statement
from verbale.review.patterns import load_patterns

# What finders call by what a record has, and what kind of claim that is.
_SAME: Final = {"contract": "delivery", "war": "event", "resolution": "vote"}
# Kinds that a word of the sentence may make more special.
_OPEN: Final = frozenset({"event", "war", "universal", "contract", "resolution"})
_ORDER: Final = ("vote", "absence", "superlative", "comparison", "treaty", "duration", "delivery", "count")


def kind_of(statement: Statement) -> str:
    """Return the kind of a claim: what a finder read for sure stays, an event becomes what its words say.

    A treaty with its date is a treaty, also where it was the first or the last; so is a vote on one resolution a vote.
    """
    kind = statement.kind
    if kind not in _OPEN:
        return kind
    patterns = load_patterns("claim_kinds.csv")
    text = patterns["no-order"].sub("", unranked(statement.evidence.quote))
    if kind == "event" and patterns["attribution"].search(text):
        return "attribution"
    found = [name for name in _ORDER if patterns[name].search(text)]
    dated = bool(statement.telling and any(one.exact in ("day", "month") for one in statement.telling.moments))
    if "treaty" in found and dated and "vote" not in found and "duration" not in found:
        return "treaty"
    if kind == "event" and found:
        if found[0] == "delivery" and statement.telling is not None and statement.deal is None and statement.event is not None:
            return "event"
        return found[0]
    return _SAME.get(kind, kind)


def unranked(text: str) -> str:
    """Return a text without the firsts and lasts that rank nothing: names, dates, and one of several.

    >>> unranked("In the First World War it was one of the largest fleets of the last ten years, and the first to sail.")
    'In the  World War it was  fleets of , and the first to sail.'
    """
    return load_patterns("claim_kinds.csv")["no-rank"].sub("", text)
