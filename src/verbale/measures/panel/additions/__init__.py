"""The additions to panels, one small module for each kind of source; a panel finds them here by name."""

from __future__ import annotations

from typing import Final

from verbale.measures.panel.additions import (
    alliances,
    armed_conflicts,
    borders,
    disputes,
    events,
    geography,
    leaders,
    relevance,
    rivalries,
    societies,
    states,
    ties,
    transfers,
    votes,
)
from verbale.measures.panel.core import Addition

ADDITIONS: Final[dict[str, Addition]] = {
    one.name: one
    for one in (
        *alliances.ADDITIONS,
        *armed_conflicts.ADDITIONS,
        *borders.ADDITIONS,
        *disputes.ADDITIONS,
        *events.ADDITIONS,
        *geography.ADDITIONS,
        *leaders.ADDITIONS,
        *relevance.ADDITIONS,
        *rivalries.ADDITIONS,
        *societies.ADDITIONS,
        *states.ADDITIONS,
        *ties.ADDITIONS,
        *transfers.ADDITIONS,
        *votes.ADDITIONS,
    )
}
