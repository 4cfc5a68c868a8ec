"""Loads the words of order between dated things (orders.csv), and checks every row on load."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

from verbale.review.words import DATA, alternatives, read_lists

LISTS: Final = frozenset(
    {
        "naming",
        "while",
        "filling",
        "bounding",
        "looking back",
        "of life born",
        "of life died",
        "adult acts",
        "acting upon",
        "upon cases",
        "resting on",
        "planned",
        "messages",
        "replies",
        "answering",
        "processes",
        "closing",
        "staying",
        "first time",
        "recalling",
        "turning the meaning",
        "lesser papers",
        "as well",
        "contraries",
        "directions",
    }
)


@functools.cache
def order_words(*, folder: Path = DATA) -> dict[str, frozenset[str]]:
    """Return the lists, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    return {name: frozenset(words) for name, words in read_lists(folder / "orders.csv", LISTS).items()}


@functools.cache
def contraries() -> dict[str, frozenset[str]]:
    """Return for each verb those that undo what it does."""
    found: dict[str, set[str]] = {}
    for pair in order_words()["contraries"]:
        one, _, other = pair.partition("/")
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {verb: frozenset(others) for verb, others in found.items()}


def either(name: str) -> str:
    """Return a list as a group of a regular expression."""
    return alternatives(tuple(sorted(order_words()[name])))
