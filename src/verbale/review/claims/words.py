"""Loads the words by which claims are told."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.words import DATA, alternatives, read_lists

LISTS: Final = frozenset(
    {
        *("absence", "all", "arms", "attribution", "cancel", "comparison", "contracted", "delay", "deliver"),
        *("delivered", "higher", "lower", "never", "opinion", "order", "prediction", "refuse", "sanctions", "signing"),
        *("superlative", "treaty-acts", "vote", "vote-abstained", "vote-no", "vote-yes", "war-acts", "war-words"),
    }
)


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """The word lists, and a pattern for each of them."""

    lists: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, re.Pattern[str]]


@functools.cache
def load_claim_words(*, folder: Path = DATA) -> ClaimWords:
    """Return the words of claims, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    lists = read_lists(folder / "claims.csv", LISTS)
    patterns = {name: re.compile(rf"\b{alternatives(words)}\b", re.IGNORECASE) for name, words in lists.items()}
    return ClaimWords(lists, patterns)
