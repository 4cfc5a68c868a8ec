"""Which pairs the rules alone would take, and how far they are to be trusted: one of the cues that the judge weighs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from verbale.coding.parties import Party
from verbale.coding.roles import How, Roles
from verbale.coding.status import Reading
from verbale.coding.tree import Tree
from verbale.coding.triggers import Trigger
from verbale.core import EventType

# Shared acts in which every party deals with every other; a war is fought across, not among, the sides.
ALL_TO_ALL: Final = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT"})
DATE_WORD: Final = re.compile(
    r"(?:1[5-9]\d\d|20\d\d|January|February|March|April|May|June|July|August|September|October|November|December)(?!\w)"
)
# The share of events right in pair and quadrant for each way of finding their parties, for acts told by a verb and by a noun
# alone, relative to the surest way; measured on hand-coded texts when the rules decided alone, and rounded. The judge
# learns what they are worth, so they need only be in order.
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


def rule_trust(tree: Tree, trigger: Trigger, reading: Reading, roles: Roles) -> dict[tuple[str, str], float]:
    """Return the pairs of codes that the rules take for an act, each with a trust between 0 and 1."""
    how: How = roles.how
    if (how == "implied" or (how == "implied source" and trigger.is_noun_alone)) and _is_told(tree, trigger.at):
        how = "implied of dated"
    found = (BY_NOUN if trigger.is_noun_alone else BY_VERB)[how]
    # What is not told as done is weighed as if it were; its status is another matter.
    certainty = reading.certainty if reading.status == "actual" else 1.0
    trust = {}
    for source, target in _pairs(roles, reading.type):
        weight = trigger.entry.strength * found * certainty * source.certainty * target.certainty
        trust[source.code, target.code] = weight
        if roles.mutual:
            trust[target.code, source.code] = weight
    return trust


def _pairs(roles: Roles, event_type: EventType) -> Iterator[tuple[Party, Party]]:
    """Yield who dealt with whom: every source with every target, in shared acts of agreement every party with every other."""
    if roles.mutual and (not roles.target or event_type in ALL_TO_ALL):
        parties = {party.code: party for party in reversed([*roles.source, *roles.target])}
        yield from combinations(list(parties.values())[::-1], 2)
        return
    for source in roles.source:
        for target in roles.target:
            if source.code != target.code or (source.actor.sector != target.actor.sector and roles.how == "domestic"):
                yield source, target


def _is_told(tree: Tree, noun: int) -> bool:
    """Tell whether a noun phrase names its date or its doer ("a protest by Siam"): it tells, rather than takes up, an act."""
    if any(tree.case(child) == "by" for child in tree.kids(noun, "nmod")):
        return True
    return any(DATE_WORD.match(tree.tokens[at].text) for at in tree.subtree(noun) if at > noun)
