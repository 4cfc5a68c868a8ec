"""Proposes pairs of mentions that may be one event, in near-linear time: neighbours in a few orders, never all pairs."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from scipy import sparse

from verbale.core.ontology import EVENT_TYPES
from verbale.measures.groups.mentions import BEFORE, Integers, Mentions, Truths
from verbale.vocab.tables import Once, read_rows

TYPES: Final = Path(__file__).parent / "data" / "types.csv"
# With how many that follow it in an order a mention is compared. A dyad with no more mentions than that is compared whole,
# which holds for nearly every ledger; of a million rows of event data each is compared with some two hundred at most.
NEIGHBOURS: Final = 48
# Dates of one act that lie so far apart can still be one: the day of the report and the day of the act, clocks of two
# continents, a weekend without papers. From four days on, attacks and talks of two occasions would meet.
NEAR_DAYS: Final = 3
# A treaty is dated by its signing, its ratification or its coming into force, most often within the year; so only an instrument
# that both mentions name can be told with dates this far apart.
FAR_DAYS: Final = 400
# Pairs that are compared at once; a pair takes about 200 bytes while it is compared.
BATCH: Final = 1 << 18
_YEAR_ZERO: Final = 1970


def candidate_pairs(mentions: Mentions, *, neighbours: int = NEIGHBOURS) -> Iterator[tuple[Integers, Integers]]:
    """Yield batches of pairs (as places of the two mentions), each pair once: of one dyad, and with nothing that forbids it.

    Mentions are put in five orders: by day; by type and place; by named object; by rarest name; by year and type. In each, a
    mention meets the `neighbours` that follow it in its block.
    """
    seen: list[tuple[Integers, Integers]] = []
    held: list[tuple[Integers, Integers]] = []
    size = 0
    for block, order in _orders(mentions):
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        for left, right in _neighbours(block, order, neighbours):
            fresh = ~_met(seen, left, right, neighbours)
            one, other = left[fresh], right[fresh]
            allowed = may_be_one(mentions, one, other)
            held.append((np.minimum(one, other)[allowed], np.maximum(one, other)[allowed]))
            size += int(allowed.sum())
            if size >= BATCH:
                yield _joined(held)
                held, size = [], 0
        seen.append((block, rank))
    if size:
        yield _joined(held)


def may_be_one(mentions: Mentions, one: Integers, other: Integers) -> Truths:
    """Tell of pairs whether they may be one event: status, types, directions and dates that can be one."""
    found: Truths = mentions.status[one] == mentions.status[other]
    found &= compatible_types()[mentions.kind[one], mentions.kind[other]]
    found &= (directions(mentions)[one] & directions(mentions)[other]) > 0
    apart = gap(mentions, one, other)
    far = np.flatnonzero(found & (apart > NEAR_DAYS))
    named = (apart[far] <= FAR_DAYS) & mentions.instrument[one[far]] & mentions.instrument[other[far]]
    found[far[~named]] = False
    far = far[named]
    found[far] = shared_words(mentions.object_names, one[far], other[far])[0] > 0
    return found


def directions(mentions: Mentions) -> Integers:
    """Return the directions in which each act can be told: 1 forward, 2 back, 3 both.

    Both are open to a mutual act, and to an attack, of which texts dispute who began. Any other act in the other direction
    is most often its answer: an expulsion for an expulsion, a threat for a threat.
    """
    told = np.where(mentions.forward, 1, 2)
    return np.where(mentions.mutual | (mentions.kind == EVENT_TYPES.index("ASSAULT")), 3, told)


def gap(mentions: Mentions, one: Integers, other: Integers) -> Integers:
    """Return the days that lie between the spans of two mentions, 0 or less where they have a day in common."""
    return np.maximum(mentions.first[one], mentions.first[other]) - np.minimum(mentions.last[one], mentions.last[other])


def shared_words(matrix: sparse.csr_matrix, one: Integers, other: Integers) -> tuple[Integers, Integers]:
    """Return how many words of a matrix two sides share, and how many the side with fewer has."""
    lengths = np.diff(matrix.indptr)
    least = np.minimum(lengths[one], lengths[other])
    shared = np.zeros(len(one), dtype=np.int64)
    both = np.flatnonzero(least)
    if len(both):
        shared[both] = np.asarray(matrix[one[both]].multiply(matrix[other[both]]).sum(axis=1)).ravel()
    return shared, least


@functools.cache
def compatible_types() -> Truths:
    """Return by the places of two types whether one act can be told under both; mere statements (no type) are last."""
    number = len(EVENT_TYPES) + 1
    found = np.eye(number, dtype=bool)
    places: dict[str, int] = {kind: place for place, kind in enumerate(EVENT_TYPES)}
    once = Once()
    for row in read_rows(TYPES, ("one", "other", "note")):
        one, other = (places[row.one_of(name, set(places))] for name in ("one", "other"))
        once.check(row, "other", frozenset((one, other)))
        row.required("note")
        found[one, other] = found[other, one] = True
    return found


def _orders(mentions: Mentions) -> Iterator[tuple[Integers, Integers]]:
    """Yield for each order the block of every mention (-1: in none) and the mentions sorted by block and what follows it."""
    dyad, kind, first = mentions.dyad, mentions.kind, mentions.first
    place = mentions.codes["place"]
    # Years before 1970 are below 0 as numpy counts; undated mentions have no block by year.
    year = first.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + _YEAR_ZERO
    year[first == BEFORE] = -1
    for keys, within in (
        ((dyad,), (first, kind, place)),
        ((dyad, kind), (place, first)),
        ((dyad, _rarest(mentions, "object_names")), (first, kind)),
        ((dyad, _rarest(mentions, "names")), (first, kind)),
        ((dyad, year), (kind, first)),
    ):
        block = _numbered(keys)
        yield block, np.lexsort((*reversed(within), block))


def _numbered(keys: tuple[Integers, ...]) -> Integers:
    """Return a number for each different combination of keys, -1 where one of them is."""
    found = keys[0]
    for key in keys[1:]:
        _, codes = np.unique(key, return_inverse=True)
        found = np.where((found < 0) | (key < 0), -1, found * (int(codes.max(initial=0)) + 1) + codes)
    return found


def _rarest(mentions: Mentions, which: str) -> Integers:
    """Return for each mention the word of a matrix that the fewest mentions have, -1 where it has none."""
    matrix = getattr(mentions, which)
    found = np.full(len(mentions), -1, dtype=np.int64)
    if matrix.nnz:
        counts = np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.int64)
        ranks = np.empty(len(counts), dtype=np.int64)
        by_count = np.argsort(counts, kind="stable")
        ranks[by_count] = np.arange(len(counts))
        filled = np.flatnonzero(np.diff(matrix.indptr))
        found[filled] = np.minimum.reduceat(ranks[matrix.indices], matrix.indptr[filled])
    return found


def _neighbours(block: Integers, order: Integers, neighbours: int) -> Iterator[tuple[Integers, Integers]]:
    """Yield the pairs that lie the same number of places apart in an order, within one block."""
    sorted_blocks = block[order]
    places = np.flatnonzero(sorted_blocks >= 0)
    for distance in range(1, neighbours + 1):
        places = places[places + distance < len(order)]
        places = places[sorted_blocks[places] == sorted_blocks[places + distance]]
        if not len(places):
            return
        yield order[places], order[places + distance]


def _met(seen: list[tuple[Integers, Integers]], one: Integers, other: Integers, neighbours: int) -> Truths:
    """Tell of pairs whether they were neighbours in an earlier order."""
    found = np.zeros(len(one), dtype=bool)
    for block, rank in seen:
        found |= (block[one] == block[other]) & (block[one] >= 0) & (np.abs(rank[one] - rank[other]) <= neighbours)
    return found


def _joined(held: list[tuple[Integers, Integers]]) -> tuple[Integers, Integers]:
    return np.concatenate([one for one, _ in held]), np.concatenate([other for _, other in held])
