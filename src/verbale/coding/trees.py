"""Regression trees for the second look at pairs of actors, read from a table and run side by side."""

from __future__ import annotations

import csv
import functools
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from verbale.core import VerbaleError

# What the trees may ask of a pair, in the order of their columns. Chances are the judge's own at first sight, between 0 and 1.
FACTS: Final = (
    "score",  # at first sight, as log odds
    "chance",
    "best other pair",  # the highest chance among the act's other pairs
    "best other target",  # ... of those with the same source
    "best other source",  # ... of those with the same target
    "turned",  # the chance of the other direction
    "pairs expected",  # the sum of chances of all pairs of the act
    "pairs",
    "rank",  # 1 for the likeliest pair of the act
    "best same quadrant",  # the highest chance of the same two in the sentence's acts of the same quadrant
    "best same actors",  # ... in any act of the sentence
    "told in sentence",  # the sum of chances of all pairs of all acts
    "others of type",  # ... of the other pairs of the same type
    "others of quadrant",
    "mutual",
    "alone",  # the document is no story
    "noun",
    "source estimate",  # what the model makes of the two parts, and of the act's word
    "target estimate",
    "act estimate",
    "type estimate",
    "trust",  # in the rules' choice
    "named",  # 0: neither is named in the sentence, 1: the source, 2: the target, 3: both
    "one team",  # both stand side by side in one phrase
    "source rank",  # among the states that the document names most
    "target rank",
)

Floats = npt.NDArray[np.float64]


class Node(NamedTuple):
    """A question (is this fact at most the bound? then `low`, else `high`), or a leaf, which leads to itself."""

    fact: int
    bound: float
    low: int
    high: int
    value: float


@dataclass(frozen=True)
class Trees:
    """Regression trees laid one behind the other in one list of nodes; a leaf leads to itself."""

    nodes: tuple[Mapping[int, Node], ...]
    start: float
    roots: npt.NDArray[np.intp]
    fact: npt.NDArray[np.intp]
    bound: Floats
    # Where a node leads: `low` at twice its place, `high` behind it.
    leads: npt.NDArray[np.intp]
    value: Floats
    depth: int

    def sum(self, facts: Floats) -> Floats:
        """Return what all trees add up to for each row of facts, as log odds."""
        rows = np.arange(len(facts))[:, None] * facts.shape[1]
        told = np.ascontiguousarray(facts).ravel()
        at = np.broadcast_to(self.roots, (len(facts), len(self.roots)))
        for _ in range(self.depth):
            above = told.take(rows + self.fact.take(at)) > self.bound.take(at)
            at = self.leads.take(2 * at + above)
        return np.asarray(self.start + self.value.take(at).sum(axis=1), dtype=np.float64)


@functools.cache
def load_trees(path: Path) -> Trees:
    """Read the trees from a table: tree, node, fact, bound, low, high, value; leaves have only a value, tree -1 the start.

    Raises VerbaleError `weights-malformed` at the first row that cannot be used.
    """
    nodes: dict[int, dict[int, Node]] = defaultdict(dict)
    start, line = 0.0, 0
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            for row in rows:
                line, tree, node = rows.line_num, int(row["tree"]), int(row["node"])
                if tree < 0:
                    start = _finite(row["value"])
                else:
                    nodes[tree][node] = _read(row, node)
        return laid(nodes, start)
    except (OSError, UnicodeDecodeError, KeyError, TypeError, ValueError, csv.Error) as error:
        raise VerbaleError("weights-malformed", path=path, where=f"line {line}", reason=error) from error


def _read(row: Mapping[str, str], node: int) -> Node:
    if not row["fact"]:
        return Node(0, 0.0, node, node, _finite(row["value"]))
    if row["fact"] not in FACTS:
        raise ValueError(f"{row['fact']!r} is no fact of a pair")
    low, high = int(row["low"]), int(row["high"])
    if min(low, high) <= node:
        raise ValueError(f"node {node} does not lead on")
    return Node(FACTS.index(row["fact"]), _finite(row["bound"]), low, high, 0.0)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text!r} is not finite")
    return number


def laid(nodes: Mapping[int, Mapping[int, Node]], start: float) -> Trees:
    """Lay the trees one behind the other; raises ValueError where a number is missing or a node leads nowhere."""
    if sorted(nodes) != list(range(len(nodes))) or not nodes:
        raise ValueError("the trees are not numbered from 0")
    roots: list[int] = []
    laid_nodes: list[Node] = []
    for tree in range(len(nodes)):
        own, first = nodes[tree], len(laid_nodes)
        if sorted(own) != list(range(len(own))):
            raise ValueError(f"the nodes of tree {tree} are not numbered from 0")
        roots.append(first)
        for at in range(len(own)):
            node = own[at]
            if max(node.low, node.high) >= len(own):
                raise ValueError(f"node {at} of tree {tree} leads nowhere")
            laid_nodes.append(node._replace(low=first + node.low, high=first + node.high))
    return Trees(
        nodes=tuple(nodes[tree] for tree in range(len(nodes))),
        start=start,
        roots=np.array(roots),
        fact=np.array([node.fact for node in laid_nodes]),
        bound=np.array([node.bound for node in laid_nodes]),
        leads=np.array([(node.low, node.high) for node in laid_nodes]).ravel(),
        value=np.array([node.value for node in laid_nodes]),
        depth=max(map(_depth, nodes.values())),
    )


def _depth(nodes: Mapping[int, Node]) -> int:
    depths = {0: 0}
    for node in range(len(nodes)):
        for child in {nodes[node].low, nodes[node].high} - {node}:
            depths[child] = depths.get(node, 0) + 1
    return max(depths.values())
