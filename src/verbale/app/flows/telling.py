"""The flow `mentions`: which other mentions tell of the same event, and where they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from verbale.app.flows.common import LedgerLike, opened
from verbale.measures import restrict
from verbale.measures.groups import disagreements, event_groups


@dataclass(frozen=True, slots=True)
class Told:
    """The mentions of one event, each a row with `event_id`, `document_id` and `quote`, and what they dispute.

    `disputes` has a row for each value: `field` (date, direction, type, status, place), `value`, `mentions`, `event_ids`.
    """

    mentions: Sequence[dict[str, Any]]
    disputes: Sequence[dict[str, Any]]


def mentions(event_id: str, *, ledger: LedgerLike) -> Told:
    """Return all mentions of the event that a mention tells of, itself among them. Raises VerbaleError `event-unknown`."""
    with opened(ledger, read_only=True) as open_one:
        event = open_one.amendable(event_id).current
        events = open_one.events()
        columns = ("event_id", "document_id", "quote")
        own = event.event_id
        if not event.source.code or not event.target.code or event.source.code == event.target.code:
            # An act that names one party is never joined with another one.
            return Told(events.filter(events.event_id == own).select(*columns).to_pyarrow().to_pylist(), ())
        between = restrict(events, dyad=(event.source.code, event.target.code))
        groups = event_groups(between)
        group = groups.filter(groups.event_id == own).select("event_group")
        together = groups.semi_join(group, "event_group")
        told = between.semi_join(together, "event_id")
        rows = told.select(*columns).order_by("document_id", "event_id").to_pyarrow().to_pylist()
        return Told(rows, disagreements(told, groups=together).drop("event_group").to_pyarrow().to_pylist())
