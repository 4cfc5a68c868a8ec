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
    >>> [text[a:b] for text in ["Peru lost Arica, Tacna, and Iquique, while Lima was held in 1881."] for a, b in clauses(text)]
    ['Peru lost Arica, Tacna, and Iquique', 'Lima was held in 1881.']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _WORDS["cut"].finditer(text):
        cut, begin = _ends(text, start, match)
        left, right = text[start:cut], text[begin:]
        if min(len(left), len(right)) < SHORTEST or _open(text[:cut]) or _is_last(right):
            continue
        goes_on = _WORDS["goes-on"].match(right) is not None and compares(right)
        if not _NAME.search(right) and not goes_on:  # it goes on about whom the one before names
            continue
        tells = _TELLS.search(left) and (goes_on or _TELLS.search(right))
        if (tells and all(_WORDS["finite"].search(one) for one in (left, right))) and not _WORDS["gap"].match(right):
            spans.append((start, cut))
            start = begin
    spans.append((start, len(text)))
    return spans


def _ends(text: str, start: int, match: re.Match[str]) -> tuple[int, int]:
    """Return where a cut ends one part and begins the next: "and in 1879, while Peru hesitated" begins before its time."""
    tail = _WORDS["tail"].search(text, start, match.start())
    if tail is None or _WORDS["finite"].search(tail["words"]):
        return match.start(), match.end()
    return tail.start(), tail.start("words")


def _is_last(right: str) -> bool:
    """Tell whether what follows begins with the last of a list, and so states nothing of it."""
    item = _WORDS["item"].match(right)
    return item is not None and _WORDS["finite"].search(item["words"]) is None


def compares(text: str) -> bool:
    """Tell whether a text compares amounts: more, twice, the larger."""
    return _WORDS["compares"].search(text) is not None


def _open(before: str) -> bool:
    """Tell whether a bracket or a quotation is open: what stands in it is no statement of its own."""
    return before.count("(") > before.count(")") or before.count('"') % 2 == 1
