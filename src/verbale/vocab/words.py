"""Lists of grammar words that the coder's rules name (pronouns, modals, prepositions), kept as data with what each is for."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from verbale.vocab.tables import Once, read_rows

WORD_LISTS: Final = Path(__file__).parent / "data" / "word_lists.csv"


@functools.cache
def load_word_lists(path: Path = WORD_LISTS) -> Mapping[str, frozenset[str]]:
    """Return the lists by name; raises the `vocabulary-...` errors for a row that is not allowed."""
    lists: dict[str, frozenset[str]] = {}
    once = Once()
    for row in read_rows(path, ("list", "words", "note")):
        name = row.required("list")
        once.check(row, "list", name)
        row.required("note")
        row.required("words")
        lists[name] = frozenset(row.parts("words"))
    return MappingProxyType(lists)


def word_list(name: str) -> frozenset[str]:
    """Return one list of words; a name that the file does not hold raises KeyError, a fault of ours."""
    return load_word_lists()[name]
