"""Makes groups of mentions from the odds of their pairs: by the mean over all pairs of two groups, and without chains.

Plain connected components would chain a week of daily shelling into one attack, or join March and October by a text that only
tells the year. Here two groups are joined only while the mean of the log odds of all compared pairs between them reaches the
threshold (average linkage: Sokal and Michener 1958), and while all their members fit together:

* dates: the latest first day may lie no further behind the earliest last day than `NEAR_DAYS`, or than it does already in
  one of the two groups; `FAR_DAYS` where both name the same instrument. That bounds the distance of any two members, because
  spans on a line that meet pairwise share a day;
* types: every two are compatible; directions: one is open to all.
"""

from __future__ import annotations

import heapq
from typing import Final

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from verbale.measures.groups.blocking import FAR_DAYS, NEAR_DAYS, compatible_types, directions
from verbale.measures.groups.features import Numbers
from verbale.measures.groups.mentions import Integers, Mentions

# Means are compared after rounding, so that the order in which a sum was made decides nothing.
_DIGITS: Final = 9


def cluster(mentions: Mentions, one: Integers, other: Integers, odds: Numbers, *, threshold: float) -> Integers:
    """Return the group of each mention, as the place of its first member; `odds` and `threshold` are log odds."""
    strong = odds >= threshold
    links = sparse.coo_matrix(
        (np.ones(int(strong.sum()), dtype=bool), (one[strong], other[strong])), shape=(len(mentions),) * 2
    )
    _, component = csgraph.connected_components(links, directed=False)
    kept = np.flatnonzero(component[one] == component[other])
    kept = kept[np.lexsort((other[kept], one[kept], component[one[kept]]))]
    ends = np.flatnonzero(np.diff(component[one[kept]])) + 1
    groups = _Groups(mentions)
    for part in np.split(kept, ends):
        if len(part):
            groups.join(one[part].tolist(), other[part].tolist(), odds[part].tolist(), threshold)
    return np.array([groups.root(place) for place in range(len(mentions))], dtype=np.int64)


class _Groups:
    """Groups in the making: each is known by its first member, and carries what all its members have in common."""

    def __init__(self, mentions: Mentions) -> None:
        """Start with each mention as a group of its own."""
        masks = (compatible_types().astype(np.int64) << np.arange(len(compatible_types()))).sum(axis=1)
        self.parent = list(range(len(mentions)))
        self.latest, self.earliest = mentions.first.tolist(), mentions.last.tolist()
        self.types = (np.int64(1) << mentions.kind).tolist()
        self.allowed = masks[mentions.kind].tolist()
        self.directions = directions(mentions).tolist()
        # The names of a group's instrument that all members share which name one; None where no member does.
        self.instruments = [_names(mentions, place) if named else None for place, named in enumerate(mentions.instrument)]

    def root(self, place: int) -> int:
        """Return the first member of a mention's group."""
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def join(self, one: list[int], other: list[int], odds: list[float], threshold: float) -> None:
        """Join the mentions of one component, the best pair of groups first."""
        # For each two groups with compared pairs: the sum of their log odds, and how many they are.
        between: dict[int, dict[int, tuple[float, int]]] = {}
        heap: list[tuple[float, int, int, float, int]] = []
        for left, right, value in zip(one, other, odds, strict=True):
            between.setdefault(left, {})[right] = between.setdefault(right, {})[left] = (value, 1)
            if value >= threshold:
                heap.append((-round(value, _DIGITS), left, right, value, 1))
        heapq.heapify(heap)
        while heap:
            _, left, right, total, number = heapq.heappop(heap)
            # An entry of groups that have grown since is out of date; a newer one stands in the heap.
            if between.get(left, {}).get(right) != (total, number) or not self._fit(left, right):
                continue
            self._merge(left, right)
            for third, (sum_, count) in between.pop(right).items():
                between[third].pop(right)
                if third == left:
                    continue
                before = between[left].get(third, (0.0, 0))
                now = (before[0] + sum_, before[1] + count)
                between[left][third] = between[third][left] = now
            for third, (sum_, count) in between[left].items():
                if sum_ / count >= threshold:
                    heapq.heappush(heap, (-round(sum_ / count, _DIGITS), min(left, third), max(left, third), sum_, count))

    def _fit(self, left: int, right: int) -> bool:
        """Tell whether dates, types and directions of all members of two groups can be those of one event."""
        apart = max(self.latest[left], self.latest[right]) - min(self.earliest[left], self.earliest[right])
        most = FAR_DAYS if (self.instruments[left] or set()) & (self.instruments[right] or set()) else NEAR_DAYS
        if apart > max(most, self.latest[left] - self.earliest[left], self.latest[right] - self.earliest[right]):
            return False
        if (self.types[left] | self.types[right]) & ~(self.allowed[left] & self.allowed[right]):
            return False
        return bool(self.directions[left] & self.directions[right])

    def _merge(self, left: int, right: int) -> None:
        self.parent[right] = left
        self.latest[left] = max(self.latest[left], self.latest[right])
        self.earliest[left] = min(self.earliest[left], self.earliest[right])
        self.types[left] |= self.types[right]
        self.allowed[left] &= self.allowed[right]
        self.directions[left] &= self.directions[right]
        one, other = self.instruments[left], self.instruments[right]
        self.instruments[left] = one & other if one is not None and other is not None else one or other


def _names(mentions: Mentions, place: int) -> set[int]:
    """Return the names of the object that a mention tells of."""
    matrix = mentions.object_names
    return set(matrix.indices[matrix.indptr[place] : matrix.indptr[place + 1]].tolist())
