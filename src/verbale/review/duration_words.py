"""Loads the words that tell how long something took (durations.csv), and checks every row on load."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

from verbale.review.trees import Tree
from verbale.review.words import DATA, alternatives, read_lists

LISTS: Final = frozenset(
    {
        "lasting",
        "passing",
        "ending",
        "over",
        "continuing",
        "whole",
        "units",
        "granting",
        "giving",
        "prior",
        "less",
        "barely",
        "within",
        "just",
        "more",
        "about",
        "qualities",
        "efforts",
        "removing",
        "turning",
        "leading",
        "spent",
        "summing",
        "spanning",
        "parties",
        "ageing",
        "meant",
        "rights",
        "parting",
        "seasons",
        "lives",
        "conditions",
        "reckoning",
        "bound first",
        "bound last",
        "peers",
        "beginning",
        "founded",
        "enduring",
        "expiring",
        "granted for",
        "pairs",
        "comparing",
        "taking",
        "today",
        "tidings",
        "intervals",
        "processes",
        "reckoned",
        "due",
        "granted",
        "kin",
        "time headings",
        "ensuing",
        "dying",
        "onward",
        "waiting",
        "left",
    }
)


@functools.cache
def duration_words(*, folder: Path = DATA) -> dict[str, frozenset[str]]:
    """Return the lists, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    return {name: frozenset(words) for name, words in read_lists(folder / "durations.csv", LISTS).items()}


def either(name: str) -> str:
    """Return a list as a group of a regular expression."""
    return alternatives(tuple(sorted(duration_words()[name])))


def one_of(tree: Tree, at: int, name: str) -> bool:
    """Tell whether a verb is in a list, alone or with a word that hangs on it ("go" with "on")."""
    listed = duration_words()[name]
    lemma = tree.lemma(at)
    return lemma in listed or any(f"{lemma}+{tree.word(each)}" in listed for each in tree.below[at])


def ensuing(tree: Tree, at: int) -> bool:
    """Tell whether a noun is that of what came next ("the ensuing war"), whose time only began at the date told last."""
    return any(tree.word(each) in duration_words()["ensuing"] for each in tree.children(at, "amod"))


def took(tree: Tree, verb: int | None) -> bool:
    """Tell whether a time before something is what it took: "it took nine years before", no "took place" before."""
    if verb is None or tree.lemma(verb) not in ("take", "be"):
        return False
    return all(tree.word(each) != "place" for each in tree.below[verb])
