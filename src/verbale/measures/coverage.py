"""What was coded of each document, and how many acts of each status were found."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from verbale.measures.selection import event_ids, needs


def coverage(events: ir.Table, documents: ir.Table) -> ir.Table:
    """Say for each document how many events were coded in it; documents without any are kept, with zeros.

    Columns of `documents` stay in front; added are `events` (actual), `not_actual` (denied, intended, hypothetical, omitted),
    `undated` (actual ones without a date), `first_year` and `last_year` (null without dated events) and `event_ids` (all
    statuses, empty for none). The order is that of `document_id`. Events of other documents are left out.
    """
    needs(events, "event_id", "document_id", "status", "date_start")
    needs(documents, "document_id")
    is_actual = events.status == "actual"
    counts = events.group_by("document_id").aggregate(
        events=is_actual.sum(),
        not_actual=(~is_actual).sum(),
        undated=(is_actual & events.date_start.isnull()).sum(),
        first_year=ibis.ifelse(is_actual, events.date_start.year(), ibis.null("int32")).min(),
        last_year=ibis.ifelse(is_actual, events.date_start.year(), ibis.null("int32")).max(),
        event_ids=event_ids(events),
    )
    joined = documents.left_join(counts, "document_id").drop("document_id_right")
    return joined.mutate(
        events=joined.events.fill_null(0),
        not_actual=joined.not_actual.fill_null(0),
        undated=joined.undated.fill_null(0),
        event_ids=joined.event_ids.fill_null(ibis.literal([], type="array<string>")),
    ).order_by("document_id")


def status_counts(events: ir.Table) -> ir.Table:
    """Count events by status: columns `status`, `events`, `event_ids`; this is the one measure in which all statuses count."""
    needs(events, "event_id", "status")
    return (
        events.group_by("status")
        .aggregate(events=events.count(), event_ids=event_ids(events))
        .order_by(ibis.desc("events"), "status")
    )
