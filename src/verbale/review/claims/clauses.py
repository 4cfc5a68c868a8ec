"""Cuts a sentence into the statements that are each a claim: "it signed in 1921, and two years later it left"."""

from __future__ import annotations

import re
from typing import Final

from verbale.review.claims.patterns import load_patterns
from verbale.review.dates import MONTH_PATTERN

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
    patterns = load_patterns("claim_clauses.csv")
    spans: list[tuple[int, int]] = []
    start = 0
    for match in patterns["cut"].finditer(text):
        left, right = text[start : match.start()], text[match.end() :]
        if min(len(left), len(right)) < SHORTEST or _open(text[: match.start()]):
            continue
        if not _NAME.search(right):  # it goes on about whom the one before names
            continue
        if all(patterns["finite"].search(one) and _TELLS.search(one) for one in (left, right)) and not patterns["gap"].match(
            right
        ):
            spans.append((start, match.start()))
            start = match.end()
    spans.append((start, len(text)))
    return spans


def _open(before: str) -> bool:
    """Tell whether a bracket or a quotation is open: what stands in it is no statement of its own."""
    return before.count("(") > before.count(")") or before.count('"') % 2 == 1
