"""Who acts on whom: directed counts, and pairs of states by the number of their events."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from verbale.measures.selection import actual, event_ids, last_year, needs


def directed_counts(events: ir.Table) -> ir.Table:
    """Count actual events by acting party, party acted upon, quadrant and type.

    Columns `source`, `target`, `mutual`, `quad`, `type`, `events`, `intensity` (sum), `event_ids`, most events first. In a
    mutual act direction carries no meaning: its pair is put in alphabetical order, so that both spellings meet in one row.
    Acts within one state (source and target the same) are counted.
    """
    needs(events, "event_id", "source", "target", "mutual", "quad", "type", "status", "intensity")
    counted = actual(events)
    ordered = counted.mutate(
        source=ibis.ifelse(counted.mutual, ibis.least(counted.source, counted.target), counted.source),
        target=ibis.ifelse(counted.mutual, ibis.greatest(counted.source, counted.target), counted.target),
    )
    return (
        ordered.group_by("source", "target", "mutual", "quad", "type")
        .aggregate(events=ordered.count(), intensity=ordered.intensity.sum(), event_ids=event_ids(ordered))
        .order_by(ibis.desc("events"), "source", "target", "mutual", "type")
    )


def dyads(events: ir.Table) -> ir.Table:
    """Rank pairs of different actors by the number of actual events between them, in either direction.

    Columns `a` and `b` (codes in alphabetical order), `events`, `cooperation`, `conflict` (counts), `intensity` (sum),
    `first_year` and `last_year` (null where no event has a date), `event_ids`; most events first.
    """
    needs(events, "event_id", "source", "target", "quad", "status", "intensity", "date_start", "date_end", "date_precision")
    counted = actual(events)
    between = counted.filter(counted.source != counted.target)
    pairs = between.mutate(
        a=ibis.least(between.source, between.target),
        b=ibis.greatest(between.source, between.target),
        began=between.date_start.year(),
        ended=last_year(between),
    )
    cooperation = pairs.quad.endswith("cooperation")
    return (
        pairs.group_by("a", "b")
        .aggregate(
            events=pairs.count(),
            cooperation=cooperation.sum(),
            conflict=(~cooperation).sum(),
            intensity=pairs.intensity.sum(),
            first_year=pairs.began.min(),
            last_year=pairs.ended.max(),
            event_ids=event_ids(pairs),
        )
        .order_by(ibis.desc("events"), "a", "b")
    )
