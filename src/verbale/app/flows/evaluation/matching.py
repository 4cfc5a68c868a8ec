"""Maximum matching of gold items to predicted ones: each is used once, and as many as possible find a partner."""

from __future__ import annotations

from collections.abc import Sequence


def maximum_matching(choices: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return which item on the left takes which on the right; `choices[i]` are those that left item i may take, best first.

    Augmenting paths, from the first left item to the last: an item that finds its choices taken asks their holders to move.
    The order decides among matchings of the same size, so the same input gives the same matching.
    """
    holder: dict[int, int] = {}

    def seat(left: int, asked: set[int]) -> bool:
        for right in choices[left]:
            if right in asked:
                continue
            asked.add(right)
            if right not in holder or seat(holder[right], asked):
                holder[right] = left
                return True
        return False

    for left in range(len(choices)):
        seat(left, set())
    return {left: right for right, left in holder.items()}
