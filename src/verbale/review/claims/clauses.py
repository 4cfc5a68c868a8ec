"""Cuts a sentence into the statements that are each a claim: "it signed in 1921, and two years later it left"."""

from __future__ import annotations

import re
from typing import Final

from verbale.review.dates import MONTH_PATTERN
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_clauses.csv")

# A part that is shorter has no room for who did what when.
SHORTEST: Final = 18
_TELLS: Final = re.compile(r"\d|(?<![.!?] )(?<!^)\b[A-Z]")
_NAME: Final = re.compile(rf"\b(?!(?:{MONTH_PATTERN}|I)\b)[A-Z]")


def clauses(text: str) -> list[tuple[int, int]]:
    """Return the spans of the statements of a sentence, in order; one span where it is one statement.

    A cut is made only where both sides have a verb of their own and a name or a number that a record could be asked for.

    >>> [text[a:b] for text in ["Peru signed in 1921; Chile left the pact in 1923."] for a, b in clauses(text)]
    ['Peru signed in 1921', 'Chile left the pact in 1923.']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _WORDS["cut"].finditer(text):
        left, right = text[start : match.start()], text[match.end() :]
        if min(len(left), len(right)) < SHORTEST or _open(text[: match.start()]):
            continue
        goes_on = _WORDS["goes-on"].match(right) is not None and compares(right)
        if not _NAME.search(right) and not goes_on:  # it goes on about whom the one before names
            continue
        tells = _TELLS.search(left) and (goes_on or _TELLS.search(right))
        if (tells and all(_WORDS["finite"].search(one) for one in (left, right))) and not _WORDS["gap"].match(right):
            spans.append((start, match.start()))
            start = match.end()
    spans.append((start, len(text)))
    return spans


def compares(text: str) -> bool:
    """Tell whether a text compares amounts: more, twice, the larger."""
    return _WORDS["compares"].search(text) is not None


def _open(before: str) -> bool:
    """Tell whether a bracket or a quotation is open: what stands in it is no statement of its own."""
    return before.count("(") > before.count(")") or before.count('"') % 2 == 1
