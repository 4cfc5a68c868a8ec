"""Which events a reader sees when several versions of a coder have coded the same document."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Any, Final

import ibis

# Events that came in from a file carry this in place of the hash of a coder's options.
IMPORTED: Final = "import"

_PARTS: Final = re.compile(r"(\d+)|([A-Za-z]+)")


def version_key(version: str) -> tuple[tuple[int, ...], tuple[tuple[int, int, str], ...]]:
    """Return what sorts versions as people count them: 0.9 before 0.10, 1.0rc1 before 1.0.

    What stands behind a plus is a hash and has no order: of `1+3f2a` and `1+9c0e` the last made counts.
    """
    parts = _PARTS.findall(version.partition("+")[0])
    numbers = [int(number) for number, _ in itertools.takewhile(lambda part: part[0], parts)]
    rest = [(1, int(number), "") if number else (-1, 0, word) for number, word in parts[len(numbers) :]]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers), (*rest, (0, 0, ""))


def newest_codings(codings: Any, versions: Iterable[str]) -> Any:
    """Return one coding per document and coder: the newest version's and of these the last made.

    Imported events are kept beside a coding of the same version, because a file need not hold a document's events completely.
    """
    ordered = sorted({version_key(version) for version in versions})
    ranks = [(version, ordered.index(version_key(version)) + 1) for version in sorted(set(versions))]
    rank = codings.coder_version.cases(*ranks, else_=0) if ranks else ibis.literal(0)
    ranked = codings.mutate(rank=rank, imported=codings.options == IMPORTED)
    last_first = ibis.window(
        group_by=["document_id", "coder", "imported"], order_by=[ibis.desc("rank"), ibis.desc("coded"), ibis.desc("run_id")]
    )
    ranked = ranked.mutate(
        place=ibis.row_number().over(last_first),
        newest=ranked["rank"].max().over(ibis.window(group_by=["document_id", "coder"])),
    )
    return ranked.filter(ranked.place == 0, ranked["rank"] == ranked.newest).drop("rank", "imported", "place", "newest")


def newest_events(events: Any, codings: Any, versions: Iterable[str]) -> Any:
    """Return the events of each document's newest coding by each coder."""
    newest = newest_codings(codings, versions)
    return events.semi_join(newest, ["document_id", "coder", "coder_version", "run_id"])
