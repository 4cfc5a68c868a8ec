"""Loads the nouns for what was done with the verbs that tell it (deeds.csv), and checks every row on load."""

from __future__ import annotations

import functools
from pathlib import Path

from verbale.review.trees import Tree
from verbale.review.words import DATA
from verbale.vocab.tables import read_rows

Verbs = tuple[tuple[str, ...], ...]


@functools.cache
def load_deeds(*, folder: Path = DATA) -> dict[str, tuple[Verbs, frozenset[str]]]:
    """Return for each noun the verbs that tell the same and its nouns. Raises a `vocabulary-...` error that names the row."""
    found: dict[str, tuple[Verbs, frozenset[str]]] = {}
    for row in read_rows(folder / "deeds.csv", ("nouns", "verbs")):
        row.required("nouns")
        row.required("verbs")
        verbs = tuple(tuple(verb.split("+")) for verb in row.parts("verbs"))
        nouns = frozenset(row.parts("nouns"))
        for noun in nouns:
            before = found.get(noun, ((), frozenset()))
            found[noun] = (*before[0], *verbs), before[1] | nouns
    return found


def tells_deed(noun: str, tree: Tree, at: int) -> bool:
    """Tell whether a word of a sentence, a verb with what hangs on it or a noun, tells the deed that a noun names."""
    verbs, nouns = load_deeds().get(noun, ((), frozenset()))
    if tree.tokens[at].pos != "VERB":
        return tree.lemma(at) in nouns
    beside = {tree.word(each) for each in tree.below[at]} | {tree.lemma(each) for each in tree.below[at]}
    return any(verb[0] == tree.lemma(at) and beside.issuperset(verb[1:]) for verb in verbs)
