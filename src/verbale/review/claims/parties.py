"""Tells who made a named treaty: by the vocabulary's list, or by the review's own of treaties of many."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from verbale.review.words import DATA
from verbale.vocab.instruments import Instrument
from verbale.vocab.tables import Once, read_rows

COLUMNS: Final = ("name", "start", "parties")


@functools.cache
def load_parties(*, folder: Path = DATA) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the parties of treaties of many by name and day, loaded once.

    Raises a `vocabulary-...` error that names file, line and field.
    """
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    once = Once()
    for row in read_rows(folder / "claim_parties.csv", COLUMNS):
        key = row.required("name"), row.required("start")
        once.check(row, "name", key)
        if not row.parts("parties"):
            raise row.fail("parties", "codes separated by |")
        found[key] = row.parts("parties")
    return found


def parties_of(row: Instrument) -> tuple[str, ...]:
    """Return who made a treaty; empty where neither list tells."""
    return row.parties or load_parties().get((row.name, row.start), ())
