"""What a page lists for a number that no act or line stands behind: the acts of the other kinds, where the number is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from verbale.measures.result import MeasureResult
from verbale.report import Beside

# Where a number is told, from the narrowest place to the widest: columns that rows share, and how a reader calls the place.
_PLACES: Final = (
    (("dyad", "document", "source", "target", "direction", "period"), "of the same direction and period"),
    (("dyad", "document", "period"), "of the same period"),
    (("dyad", "document"), "of other periods"),
)


def beside(result: MeasureResult, numbers: Sequence[int]) -> list[Beside | None]:
    """Return for some rows of a result, by number, the events of other rows if they have no evidence of their own, else None.

    Of the places that a row is told in, the narrowest is taken in which other rows have events.
    """
    columns = [basis.column for basis in result.bases]
    events = [basis.column for basis in result.bases if basis.name == "events"]
    rows = result.rows.to_pylist()
    empty = {number for number in numbers if not any(rows[number].get(column) for column in columns)}
    if not empty or not events:
        return [None] * len(numbers)
    held = [(row, {one for column in events for one in row.get(column) or ()}) for row in rows]
    known = [(row, ids) for row, ids in held if ids]
    return [_nearest(rows[number], known) if number in empty else None for number in numbers]


def _nearest(row: Mapping[str, Any], known: Sequence[tuple[Mapping[str, Any], set[str]]]) -> Beside:
    tried: set[tuple[str, ...]] = set()
    for columns, words in _PLACES:
        shared = tuple(column for column in columns if column in row)
        if shared in tried:
            continue
        tried.add(shared)
        ids = set[str]().union(*(ids for other, ids in known if all(other.get(one) == row[one] for one in shared)))
        if ids:
            return Beside(words, sorted(ids))
    return Beside("", [])
