"""Two codings of the same documents against each other: which events are the same, changed, gained and lost.

Events with one id are one event. Of the others, two are one event told differently when they rest on overlapping words and
agree in two of source, target and type; one clause tells several acts, so that less than two would pair different acts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

Row = Mapping[str, Any]

# Of source, target and type this many must agree. The third is what a changed rule or name changes.
AGREEING: Final = 2
# Confidences that differ by less look the same where two decimals are shown.
SAME_CONFIDENCE: Final = 0.005
# What identifies a row or follows from other columns, and so is no difference of its own.
_APART: Final = frozenset({"event_id", "document_id", "coder", "coder_version", "run_id", "quad", "quote", "start", "end"})
_FINE: Final = ("source_sector", "target_sector", "mutual", "mode", "trigger", "object", "said_by")


def overlap(one: Row, other: Row) -> bool:
    """Say whether two events of one document rest on words that overlap."""
    return bool(one["document_id"] == other["document_id"] and one["start"] < other["end"] and other["start"] < one["end"])


def parties(row: Row) -> tuple[str, str]:
    """Return source and target; of a mutual act in the order of the alphabet, because its direction carries no meaning."""
    source, target = row["source"], row["target"]
    return (min(source, target), max(source, target)) if row["mutual"] else (source, target)


def same_act(one: Row, other: Row) -> bool:
    """Say whether two rows tell the same act on the same words: actors, type, status and date as precise as it is known."""
    return (
        overlap(one, other)
        and parties(one) == parties(other)
        and one["type"] == other["type"]
        and one["status"] == other["status"]
        and same_date(one, other)
    )


def same_date(one: Row, other: Row) -> bool:
    """Say whether two rows have the same date, span and precision."""
    return all(_text(one[name]) == _text(other[name]) for name in ("date_start", "date_end", "date_precision"))


def differences(one: Row, other: Row) -> tuple[str, ...]:
    """Return the columns in which two events differ, `words` for another span of the text, in the order of the record."""
    found = ["words"] if (one["start"], one["end"]) != (other["start"], other["end"]) else []
    for name in one:
        if name not in _APART and name in other and not _equal(name, one[name], other[name]):
            found.append(name)
    return tuple(found)


def pair(left: Sequence[Row], right: Sequence[Row]) -> list[tuple[int, int]]:
    """Return which event of the left coding is which of the right one, as positions, each used once.

    Equal ids come first, then the pairs that agree in most; ties are broken by the ids in a way that does not depend on the
    side, so that exchanging the sides gives the same pairs.
    """
    by_id = {row["event_id"]: position for position, row in enumerate(right)}
    found = [(position, by_id[row["event_id"]]) for position, row in enumerate(left) if row["event_id"] in by_id]
    taken = {position for position, _ in found}, {position for _, position in found}
    rest = sorted((position for position in range(len(right)) if position not in taken[1]), key=lambda at: right[at]["start"])
    starts = [right[position]["start"] for position in rest]
    longest = max((right[position]["end"] - right[position]["start"] for position in rest), default=0)
    choices = []
    for position, row in enumerate(left):
        if position in taken[0]:
            continue
        # only rows that begin so near can overlap; a volume has thousands of events
        for other in rest[bisect_left(starts, row["start"] - longest) : bisect_left(starts, row["end"])]:
            score = _agreement(row, right[other])
            if score is not None:
                ids = sorted((row["event_id"], right[other]["event_id"]))
                choices.append(([-part for part in score], ids, position, other))
    for _, _, position, other in sorted(choices):
        if position not in taken[0] and other not in taken[1]:
            found.append((position, other))
            taken[0].add(position)
            taken[1].add(other)
    return found


def _agreement(one: Row, other: Row) -> tuple[float, ...] | None:
    """Return how much two rows agree, the weightiest first, or None where they are different acts."""
    if not overlap(one, other):
        return None
    actors = (one["source"] == other["source"]) + (one["target"] == other["target"])
    if one["mutual"] or other["mutual"]:
        actors = max(actors, (one["source"] == other["target"]) + (one["target"] == other["source"]))
    agreeing = actors + (one["type"] == other["type"])
    if agreeing < AGREEING:
        return None
    common = min(one["end"], other["end"]) - max(one["start"], other["start"])
    whole = max(one["end"], other["end"]) - min(one["start"], other["start"])
    fine = sum(_equal(name, one.get(name), other.get(name)) for name in _FINE)
    return (agreeing, one["status"] == other["status"], same_date(one, other), common / whole, fine)


def _equal(name: str, one: Any, other: Any) -> bool:
    if name == "confidence":
        return bool(abs((one or 0.0) - (other or 0.0)) < SAME_CONFIDENCE)
    if isinstance(one, (list, tuple)) or isinstance(other, (list, tuple)):
        return list(one or ()) == list(other or ())
    return _text(one) == _text(other)


def _text(value: Any) -> str:
    """Return a value as text; what is not told may be None or empty, a date a date or ISO text."""
    return "" if value is None else str(value)


def changed_between(left: Iterable[Row], right: Iterable[Row]) -> tuple[list[Row], list[Row], list[tuple[Row, Row]], int]:
    """Return the rows of one document that were lost, gained and changed (before and after), and how many are the same."""
    one, other = list(left), list(right)
    pairs = pair(one, other)
    used = {position for position, _ in pairs}, {position for _, position in pairs}
    changed = [(one[a], other[b]) for a, b in pairs if differences(one[a], other[b])]
    lost = [row for position, row in enumerate(one) if position not in used[0]]
    gained = [row for position, row in enumerate(other) if position not in used[1]]
    return lost, gained, changed, len(pairs) - len(changed)
