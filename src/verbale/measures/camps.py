"""The two camps of a signed network: the partition that leaves fewest signs against it."""

from __future__ import annotations

from typing import Final

import networkx as nx  # type: ignore[import-untyped]
import numpy as np

# Exhaustive search doubles with every state: 2^17 partitions of 18 states take a tenth of a second.
MOST_IN_CAMPS: Final = 18


def camps(graph: nx.Graph) -> dict[str, str]:
    """Return the camp of each state: "1a" and "1b" are the sides of the first connected part, "2a" and "2b" of the second.

    An edge's `sign` is 1 or -1. A positive edge across the sides or a negative one within is against the partition; the one
    with fewest is taken (the line index of balance, Harary 1959), of equals that which moves fewest of the later states. The
    first state of a part, in alphabetical order, stands in side a.
    """
    found: dict[str, str] = {}
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    for number, part in enumerate(parts, start=1):
        for state, other_side in zip(part, _best_sides(graph.subgraph(part), part), strict=True):
            found[state] = f"{number}{'b' if other_side else 'a'}"
    return found


def against(graph: nx.Graph, sides: dict[str, str]) -> int:
    """Return how many signs are against a partition."""
    return sum((sides[one] == sides[other]) != (sign > 0) for one, other, sign in graph.edges(data="sign"))


def _best_sides(graph: nx.Graph, states: list[str]) -> list[bool]:
    at = {state: number for number, state in enumerate(states)}
    edges = np.array([(at[one], at[other], sign) for one, other, sign in graph.edges(data="sign")]).reshape(-1, 3)
    # Bit n of a partition's number tells the side of state n; the first state stays where it is.
    partitions = np.arange(0, 2 ** len(states), 2, dtype=np.int64)
    frustrated = np.zeros(len(partitions), dtype=np.int64)
    for one, other, sign in edges:
        together = ((partitions >> one) & 1) == ((partitions >> other) & 1)
        frustrated += together != (sign > 0)
    best = int(partitions[int(frustrated.argmin())])
    return [bool(best >> number & 1) for number in range(len(states))]
