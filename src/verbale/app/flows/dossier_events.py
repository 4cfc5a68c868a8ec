"""Which events a dossier shows: those of its pair, and those of others on which the figures of third parties rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from verbale.core import Event
from verbale.core.schema import row_to_event
from verbale.measures.selection import actual, restrict, single
from verbale.report import MeasureSection

Pair = tuple[str, str]
# Actors whose acts on each other a dossier knows, beside those on the pair: twice as many as a network shows, so that the
# network can choose those with most acts of the joined and dated ones.
NEAR: Final = 24
# Acts of others that a page holds: each is about 1.2 kB with the words around it, so that they add at most 2.5 MB to a page of
# six. USA-RUS has 980 in the State Department's 156 essays on foreign relations.
MAX_OTHERS: Final = 2_000


def near(events: ir.Table, pair: Pair) -> ir.Table:
    """Return the events of a pair, and in the years of its acts those with others and among the others that act with it most.

    What others did before the pair's first act or after its last is beside the point of its dossier, and would compare the
    pair's time with another.
    """
    own = restrict(events, dyad=pair)
    years = actual(own).aggregate(
        first=own.date_start.year().min(), last=ibis.coalesce(own.date_end, own.date_start).year().max()
    )
    (span,) = years.to_pyarrow().to_pylist()
    if span["first"] is None:
        return own
    beside = restrict(events.anti_join(own, "event_id"), years=(span["first"], span["last"]))
    touching = beside.source.isin(list(pair)) | beside.target.isin(list(pair))
    acts = actual(beside).filter(touching)
    sides = acts.select(actor=acts.source).union(acts.select(actor=acts.target))
    sides = sides.filter(single(sides.actor), ~sides.actor.isin(list(pair)))
    ranked = sides.group_by("actor").aggregate(acts=sides.count()).order_by(ibis.desc("acts"), "actor").limit(NEAR)
    chosen = [*pair, *ranked.to_pyarrow()["actor"].to_pylist()]
    return own.union(beside.filter(touching | (beside.source.isin(chosen) & beside.target.isin(chosen))))


def others_behind(
    sections: Sequence[MeasureSection], counted: ir.Table, told: ir.Table, own: Iterable[str]
) -> tuple[list[Event], int]:
    """Return the events of others that a page's measures rest on, with all their mentions, and how many acts are left out.

    `counted` holds each event once, `told` each mention, `own` the ids of the pair's events. Where there are more than
    `MAX_OTHERS`, each number keeps its first acts in time, as many as fit, the same for all numbers.
    """
    mine = set(own)
    numbers = [[one for one in ids if one not in mine] for section in sections for ids in _numbers(section)]
    wanted = {one for ids in numbers for one in ids}
    if not wanted:
        return [], 0
    keys = ibis.memtable({"event_id": sorted(wanted)}, schema=ibis.schema({"event_id": "string"}))
    chosen = counted.semi_join(keys, "event_id").order_by("date_start", "event_id")
    columns = ["event_id", *(name for name in ("event_ids",) if name in counted.columns)]
    heads = chosen.select(columns).to_pyarrow().to_pylist()
    mentions = {row["event_id"]: row.get("event_ids") or [row["event_id"]] for row in heads}
    kept = _that_fit(numbers, {one: at for at, one in enumerate(mentions)})
    every = sorted({mention for one in kept for mention in mentions[one]})
    keys = ibis.memtable({"event_id": every}, schema=ibis.schema({"event_id": "string"}))
    rows = told.semi_join(keys, "event_id").order_by("document_id", "start", "end", "event_id")
    return [row_to_event(row) for row in rows.to_pyarrow().to_pylist()], len(wanted) - len(kept)


def _numbers(section: MeasureSection) -> Iterator[Sequence[str]]:
    """Yield the events behind each number and mark of a section."""
    columns = [column for column, kind in section.keys.items() if kind == "events"]
    for row in [*section.rows, *section.told, *section.warned, section.refused]:
        for column in columns:
            yield row.get(column) or ()
    yield from (beside.event_ids for beside in section.beside if beside is not None)
    yield from _marks(section.chart)


def _marks(chart: Any) -> Iterator[Sequence[str]]:
    """Yield the events that the marks of a chart name themselves."""
    if isinstance(chart, Mapping):
        for name, value in chart.items():
            if name == "event_ids" and isinstance(value, list):
                yield value
            else:
                yield from _marks(value)
    elif isinstance(chart, list):
        for value in chart:
            yield from _marks(value)


def _that_fit(numbers: Sequence[Sequence[str]], at: Mapping[str, int]) -> set[str]:
    """Return the acts that a page keeps: the first of each number, the same length for all, as long as they fit."""
    ordered = [sorted(ids, key=at.__getitem__) for ids in numbers]

    def kept(length: int) -> set[str]:
        return {one for ids in ordered for one in ids[:length]}

    low, high = 0, max(map(len, ordered))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(kept(middle)) <= MAX_OTHERS else (low, middle - 1)
    return kept(low)


__all__ = ["MAX_OTHERS", "NEAR", "near", "others_behind"]
