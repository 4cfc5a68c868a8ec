"""Tables of groups: which event each mention tells of, one row for each event, and where its mentions disagree."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa

from verbale.core.errors import VerbaleError
from verbale.measures.groups.blocking import candidate_pairs
from verbale.measures.groups.clustering import cluster
from verbale.measures.groups.features import Numbers, compare, count_rivals, rivalry
from verbale.measures.groups.mentions import NEEDED, Integers, Mentions, Truths, check_ids, read_mentions
from verbale.measures.groups.weights import log_odds
from verbale.measures.selection import needs

# Two groups are joined down to this probability (log odds of -1, as a mean over their pairs). By leaving out one tenth of the
# scenes for fitting after another, pair F1 is 0.84 at 0.5, 0.85 at 0.38, 0.89 here and 0.87 at 0.18: the mean over all pairs
# already holds back what the best pair alone would let pass.
THRESHOLD: Final = 0.27
# Mentions that are worked on at once: a million in such parts took 1.1 GB at most (benchmarks/event_groups.py).
PART: Final = 250_000
# What mentions can disagree in, in the order in which it is shown.
FIELDS: Final = ("date", "direction", "type", "status", "place")
_GROUPS: Final = pa.schema([("event_id", pa.string()), ("event_group", pa.string()), ("disagree", pa.list_(pa.string()))])
_PRECISIONS: Final = ("day", "month", "year", "decade", "century")
_PLACE: Final = ("place", "place_country")


def event_groups(events: ir.Table, *, threshold: float = THRESHOLD) -> ir.Table:
    """Say of each mention which event it tells of: columns `event_id`, `event_group`, `disagree`.

    A group bears the smallest id of its mentions, so that the same table gives the same groups in any order of rows. Two
    mentions can be one if they are of one dyad and their types and dates can be one; the weights of data/weights.csv give
    their probability, and groups are joined while the mean over their pairs reaches the `threshold`. `disagree` lists in
    what the mentions of the group differ (`date`: no day fits all; `direction`, `type`, `status`, and `place`: different
    states). The table is worked out here, not by the engine. Raises `measure-columns` and `groups-ids`.
    """
    if not 0 < threshold < 1:
        raise VerbaleError("measure-option", option="the threshold", value=threshold, allowed="a probability between 0 and 1")
    least = math.log(threshold / (1 - threshold))
    needs(events, *NEEDED)
    parts = [_groups_of(part, least) for part in _in_parts(events)]
    found = pa.concat_tables(parts) if parts else _GROUPS.empty_table()
    check_ids(found["event_id"])
    return ibis.memtable(found)


def _in_parts(events: ir.Table) -> Iterator[ir.Table]:
    """Yield the events in parts of whole dyads, which no group crosses: memory is that of a part, or of the largest dyad."""
    one, other = (events[name].fill_null("") for name in ("source", "target"))
    keyed = events.mutate(dyad_key=ibis.least(one, other) + "\x1f" + ibis.greatest(one, other))
    counts = keyed.group_by("dyad_key").aggregate(number=keyed.count()).order_by("dyad_key").to_pyarrow()
    numbers = counts["number"].to_numpy()
    if numbers.sum() <= PART:
        yield events
        return
    part = (np.cumsum(numbers) - 1) // PART
    for number in np.unique(part):
        chosen = ibis.memtable(pa.table({"dyad_key": counts["dyad_key"].filter(pa.array(part == number))}))
        yield keyed.semi_join(chosen, "dyad_key").drop("dyad_key")


def _groups_of(events: ir.Table, least: float) -> pa.Table:
    """Return the groups of the events of some dyads; `least` is the threshold in log odds."""
    mentions = read_mentions(events)
    roots, rivals = _linked(mentions, least)
    lone = _unlike_themselves(mentions, roots, rivals, least)
    told = _disagree(mentions, roots)
    rows: dict[str, list[Any]] = {"event_id": [], "event_group": [], "disagree": []}
    for place, (ids, root) in enumerate(zip(mentions.ids, roots.tolist(), strict=True)):
        rows["event_id"] += ids
        rows["event_group"] += ids if lone[place] else [mentions.ids[root][0]] * len(ids)
        rows["disagree"] += [told.get(root, [])] * len(ids)
    return pa.table(rows, schema=_GROUPS)


def joined(events: ir.Table, *, groups: ir.Table | None = None) -> ir.Table:
    """Return one row per event: measures then count events, where the table of mentions lets them count mentions.

    The columns are those of `events`: of the mention with the most precise date (of those, with the date and then the act that
    most tell, then the surest), so that each row is an event that a text tells; only `place` and `object` are those that most
    tell. An act that one mention tells as done and another denies is done. Added are `event_group`, `event_ids` (all mentions),
    `mentions` (their number, or the sum of the dataset's own), `documents` and `disagree`. `groups` are those of
    `event_groups`, where you have them already. A table of joined events is returned as it is. Raises as `event_groups` does.
    """
    if "event_ids" in events.columns:
        return events
    needs(events, "event_id", "source", "target", "type", "date_start")
    told = _with_groups(events, groups)
    group = told.event_group
    votes = told.mutate(
        same_act=told.count().over(ibis.window(group_by=[group, told.source, told.target, told.type, told.status_])),
        same_date=told.count().over(ibis.window(group_by=[group, told.date_start, told.precise])),
        same_place=_frequency(told, "place"),
        same_object=_frequency(told, "object"),
    )
    ranks = {
        "row_rank": (
            ibis.desc(votes.status_ == "actual"),
            votes.date_start.isnull(),
            votes.precise,
            ibis.desc(votes.same_date),
            ibis.desc(votes.same_act),
        ),
        "place_rank": (ibis.desc(votes.same_place), *([votes.place] if "place" in events.columns else [])),
        "object_rank": (ibis.desc(votes.same_object), *([votes.object] if "object" in events.columns else [])),
    }
    last = (*([ibis.desc(votes.confidence_)] if "confidence_" in votes.columns else []), votes.event_id)
    ranked = votes.mutate(
        **{name: ibis.row_number().over(group_by="event_group", order_by=[*keys, *last]) for name, keys in ranks.items()}
    )
    return _one_row_each(events, ranked)


def disagreements(events: ir.Table, *, groups: ir.Table | None = None) -> ir.Table:
    """List what the mentions of an event tell differently: `event_group`, `field`, `value`, `mentions` (their number),
    `event_ids`.

    Fields are those of `event_groups`; the values of one field of a group stand below one another, the most frequent first.
    """
    needs(events, "event_id", "source", "target", "type", "date_start")
    told = _with_groups(events, groups)
    arrow = ibis.ifelse(told.mutual, " = ", " > ") if "mutual" in told.columns else " > "
    ends = told.precise.cases(*((place, length) for place, length in enumerate((10, 7, 4, 4, 4))), else_=10)
    place = ibis.coalesce(told.place, "") if "place" in told.columns else ibis.literal("")
    country = ibis.coalesce(told.place_country, "") if "place_country" in told.columns else ibis.literal("")
    values = {
        "date": told.date_start.cast("string").left(ends),
        "direction": told.source + arrow + told.target,
        "type": told.type,
        "status": told.status_,
        "place": (place + " (" + country + ")"),
    }
    parts = []
    for number, field in enumerate(FIELDS):
        chosen = told.filter(told.disagree.contains(field)).select("event_group", "event_id", value=values[field])
        parts.append(
            chosen.filter(chosen.value.notnull(), chosen.value != " ()").mutate(field=ibis.literal(field), number=number)
        )
    all_ = ibis.union(*parts)
    listed = all_.group_by("event_group", "number", "field", "value").aggregate(
        mentions=all_.count(), event_ids=all_.event_id.collect().sort()
    )
    return listed.order_by("event_group", "number", ibis.desc("mentions"), "value").drop("number")


def _with_groups(events: ir.Table, groups: ir.Table | None) -> ir.Table:
    """Return the events with their groups, and what ranks them: `precise` (0 for a day), `status_`, `confidence_`."""
    groups = event_groups(events) if groups is None else groups
    told = events.mutate(event_id=events.event_id.cast("string")).inner_join(groups, "event_id")
    precision = told.date_precision.fill_null("day") if "date_precision" in events.columns else ibis.literal("day")
    added: dict[str, Any] = {
        "precise": precision.cases(*((name, place) for place, name in enumerate(_PRECISIONS)), else_=0),
        "status_": told.status.fill_null("actual") if "status" in events.columns else ibis.literal("actual"),
    }
    if "confidence" in events.columns:
        added["confidence_"] = told.confidence.fill_null(0.0)
    return told.mutate(**added)


def _frequency(told: ir.Table, column: str) -> ir.Value:
    """Return how often a value stands in its group, 0 for an empty one."""
    if column not in told.columns:
        return ibis.literal(0)
    often = told.count().over(ibis.window(group_by=[told.event_group, told[column]]))
    return ibis.ifelse(told[column].fill_null("") == "", 0, often)


def _one_row_each(events: ir.Table, ranked: ir.Table) -> ir.Table:
    """Put the best row, date, place and object of each group together, with the ids of all its mentions."""
    there = set(events.columns)
    kept = [name for name in events.columns if name != "mentions"]
    best = ranked.filter(ranked.row_rank == 0).select("event_group", "disagree", *kept)
    for rank, names in (("place_rank", _PLACE), ("object_rank", ("object",))):
        chosen = [name for name in names if name in there]
        if not chosen:
            continue
        other = ranked.filter(ranked[rank] == 0).select("event_group", **{f"{name}_best": ranked[name] for name in chosen})
        best = best.inner_join(other, "event_group").drop(*chosen).rename({name: f"{name}_best" for name in chosen})
    counted = ranked.mentions.fill_null(1).cast("int64").sum() if "mentions" in there else ranked.count()
    documents = ranked.document_id.nunique() if "document_id" in there else ibis.literal(0)
    whole = ranked.group_by("event_group").aggregate(
        event_ids=ranked.event_id.collect(distinct=True).sort(), mentions=counted, documents=documents
    )
    return best.inner_join(whole, "event_group").select(*kept, "event_group", "event_ids", "mentions", "documents", "disagree")


def _linked(mentions: Mentions, threshold: float) -> tuple[Integers, Integers]:
    """Return the group of each mention, as the place of its first member, and how many rivals it has."""
    pairs: list[tuple[Integers, Integers, Numbers]] = []
    rivals = np.zeros(len(mentions), dtype=np.int64)
    for one, other in candidate_pairs(mentions):
        features = compare(mentions, one, other)
        rivals += count_rivals(features, one, other, size=len(mentions))
        pairs.append((one.astype(np.int32), other.astype(np.int32), log_odds(features).astype(np.float32)))
    if not pairs:
        return np.arange(len(mentions)), rivals
    one, other, odds = (np.concatenate(part) for part in zip(*pairs, strict=True))
    pairs.clear()
    odds = odds + log_odds({"rivals": rivalry(rivals, one, other)})
    return cluster(mentions, one, other, odds, threshold=threshold), rivals


def _unlike_themselves(mentions: Mentions, roots: Integers, rivals: Integers, threshold: float) -> Truths:
    """Tell of each kind of row whether its rows stay apart: alike as they are, they tell too little to be one event."""
    repeated = np.array([len(ids) > 1 for ids in mentions.ids], dtype=bool)
    alone = np.bincount(roots, minlength=len(mentions))[roots] == 1
    places = np.flatnonzero(repeated & alone)
    found = np.zeros(len(mentions), dtype=bool)
    if len(places):
        features = {**compare(mentions, places, places), "rivals": rivalry(rivals, places, places)}
        features["told_apart"] = np.zeros(len(places))
        found[places] = (log_odds(features) < threshold) | (mentions.dyad[places] < 0)
    return found


def _disagree(mentions: Mentions, roots: Integers) -> dict[int, list[str]]:
    """Return by group in what its mentions differ; groups that agree are left out."""
    members = np.flatnonzero(np.bincount(roots, minlength=len(mentions))[roots] > 1)
    place = mentions.codes["place_country"][members].astype(float)
    frame = pd.DataFrame(
        {
            "root": roots[members],
            "first": mentions.first[members],
            "last": mentions.last[members],
            # a mutual act has no direction that another could contradict
            "direction": np.where(mentions.mutual[members], np.nan, mentions.forward[members]),
            "type": mentions.kind[members],
            "status": mentions.actual[members],
            "place": np.where(place < 0, np.nan, place),
        }
    )
    grouped = frame.groupby("root")
    differ = pd.DataFrame({name: grouped[name].nunique() > 1 for name in FIELDS if name != "date"})
    differ["date"] = grouped["first"].max() > grouped["last"].min()
    differ = differ[differ.any(axis=1)]
    told = zip(*(differ[name].tolist() for name in FIELDS), strict=True)
    names = [[name for name, differs in zip(FIELDS, row, strict=True) if differs] for row in told]
    return dict(zip(differ.index.tolist(), names, strict=True))
