"""Same event, many mentions: which rows of an event table tell of one act, and one row for each act.

The way of a table: `mentions` reads what is compared, `blocking` proposes pairs, `features` compares them, `weights` scores
them, `clustering` makes groups of the linked pairs, and `joining` returns tables of groups, of joined events and of
disagreements.
"""

from __future__ import annotations

from verbale.measures.groups.joining import disagreements, event_groups, joined

__all__ = ["disagreements", "event_groups", "joined"]
