"""Base forms by a table of endings: for each part of speech, what to do with words that end so; the longest ending counts.

A rule is written `-3+y`: cut three letters and add another (*treaties*: *treaty*); `=be` takes another word. An ending that
begins with `^` is a whole word. Whether a capital is kept (*Iraqi*) or not (a sentence's first word) is decided by a table of
the same form. `training/lemma_table.py` counts both out of the treebanks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

START: Final = "^"
KEPT, LOWERED = "kept", "lowered"
Table = Mapping[str, Mapping[str, str]]


def ending_rule(form: str, lemma: str) -> str:
    """Return the rule that makes the base form from the form."""
    pairs = enumerate(zip(form, lemma, strict=False))
    shared = next((at for at, (ours, theirs) in pairs if ours != theirs), min(len(form), len(lemma)))
    return f"-{len(form) - shared}+{lemma[shared:]}" if shared else f"={lemma}"


def apply_rule(rule: str, form: str) -> str:
    """Return the base form; a rule that would leave nothing of the word leaves it as it is."""
    if rule.startswith("="):
        return rule[1:]
    cut, _, added = rule[1:].partition("+")
    kept = form[: max(0, len(form) - int(cut))]
    return kept + added if kept else form


def longest_ending(table: Mapping[str, str], form: str) -> str | None:
    """Return what the table says of the longest ending of the word that it has; None where it has none."""
    word = START + form
    return next((table[word[at:]] for at in range(len(word) + 1) if word[at:] in table), None)


def part_of_speech(pos: str, tag: str) -> str:
    """Return the name under which the tables keep words of this kind."""
    return f"{pos} {tag}"


class Lemmas:
    """The two tables, and base forms by them."""

    def __init__(self, endings: Table, capitals: Table) -> None:
        """Keep the tables, each by part of speech and ending."""
        self._endings = endings
        self._capitals = capitals

    def lemma(self, word: str, *, pos: str, tag: str, first: bool) -> str:
        """Return the base form of a word; `first` tells that it begins its sentence, where a capital says little."""
        kind = part_of_speech(pos, tag)
        lower = word.lower()
        rule = longest_ending(self._endings.get(kind, {}), lower) or "-0+"
        if word == lower or rule.startswith("="):
            return apply_rule(rule, lower)
        said = longest_ending(self._capitals.get(capital_kind(kind, first=first), {}), lower)
        keeps = said == KEPT if said else pos == "PROPN"
        return apply_rule(rule, word if keeps else lower)


def capital_kind(kind: str, *, first: bool) -> str:
    """Return the name under which the table of capitals keeps words of this kind at this place."""
    return f"{kind} first" if first else kind
