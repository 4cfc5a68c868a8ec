"""Finds the best tree of a sentence: from the score of every head for every word to one head a word, no rings, one root.

Chu and Liu (1965) and Edmonds (1967): each word takes its best head; a ring that results is treated as one word, which must be
entered from outside. No library fits: the one that does just this has no wheels for Python 3.13.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Heads = NDArray[np.intp]


def best_tree(scores: NDArray[np.floating]) -> Heads:
    """Return the head of each word: 0 for the one root, else the head's place counted from 1.

    `scores` has a row a word and a column a head, the root first; all are finite. The tree's sum of scores is the highest that
    a tree with exactly one root can have.
    """
    words = scores.shape[0]
    weights = np.full((words + 1, words + 1), -np.inf)
    weights[1:] = scores
    np.fill_diagonal(weights, -np.inf)
    heads = _arborescence(weights)[1:]
    if np.count_nonzero(heads == 0) == 1:
        return heads
    # A second root now costs more than all else could bring: any tree with one root is better than any with two.
    weights[1:, 0] -= 1.0 + (words + 1) * (scores.max() - scores.min())
    return _arborescence(weights)[1:]


def _arborescence(weights: Scores) -> Heads:
    """Return the best head of each node; node 0 is the root and has none (0 stands there).

    Each call resolves one ring and so has a node less at least: as many calls as words at most, some five hundred.
    """
    heads: Heads = weights.argmax(axis=1)
    heads[0] = 0
    ring = _ring(heads)
    if ring is None:
        return heads
    outside = np.setdiff1d(np.arange(len(weights)), ring)
    # The ring becomes the last node: an arc into it counts what it brings over the arc of the ring that it breaks.
    kept = weights[ring, heads[ring]]
    gains = weights[np.ix_(ring, outside)] - kept[:, None]
    leaving = weights[np.ix_(outside, ring)]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = weights[np.ix_(outside, outside)]
    smaller[-1, :-1] = gains.max(axis=0)
    smaller[:-1, -1] = leaving.max(axis=1)
    found = _arborescence(smaller)
    for place, node in enumerate(outside):
        if place:
            head = found[place]
            heads[node] = ring[leaving[place].argmax()] if head == len(outside) else outside[head]
    entry = found[-1]
    heads[ring[gains[:, entry].argmax()]] = outside[entry]
    return heads


def _ring(heads: Heads) -> Heads | None:
    """Return the nodes of a ring of heads, or None where all ways lead to the root."""
    above: list[int] = heads.tolist()
    seen_from = [0] * len(above)
    seen_from[0] = -1
    for start in range(1, len(above)):
        node = start
        while not seen_from[node]:
            seen_from[node] = start
            node = above[node]
        if seen_from[node] == start:
            ring = [node]
            while above[ring[-1]] != node:
                ring.append(above[ring[-1]])
            return np.array(ring)
        # What was walked here leads to the root, as what was walked before.
    return None
