"""Cuts the words of a claim whole: no half words, brackets and quotations with both ends, citations whole or not at all."""

from __future__ import annotations

import re
from typing import Final

from verbale.review.patterns import load_patterns

_CLOSING: Final = {"(": ")", "[": "]", "“": "”", "«": "»"}
_OPENING: Final = {")": "(", "]": "[", "”": "“", "»": "«"}
# Beyond this a bracket is a remark of its own: a claim that runs into it is cut before it.
FAR: Final = 160
# What is left of a claim without its cut bracket must be one still.
SHORTEST: Final = 12
_ROUNDS: Final = 4
_LETTER: Final = re.compile(r"[^\W_¹²³⁰⁴-⁹]")
_EDGES: Final = (" \t\n,;:.)]”»–—", " \t\n,;:([“«–—")
# Inside a word: S-300, Iran's, 1.5, 3,000.
_JOINS: Final = re.compile(r"[-'’‑](?=[^\W_])|(?<=\d)[.,](?=\d)|%")

Span = tuple[int, int]


def whole_span(text: str, span: Span, bounds: Span) -> Span:
    """Return a span of a text as one that can be quoted, within bounds: whole words, pairs with both ends, clean edges.

    >>> text = "Israel struck bases (one near Isfahan). Peru left the pact [12, 14] in 1891."
    >>> [text[a:b] for a, b in (whole_span(text, span, (0, len(text))) for span in [(0, 36), (40, 66), (3, 19)])]
    ['Israel struck bases (one near Isfahan)', 'Peru left the pact', 'Israel struck bases']
    """
    found = _words(text, span, bounds)
    for _ in range(_ROUNDS):
        before = found
        found = _edges(text, _words(text, _paired(text, found, bounds), bounds))
        if found == before:
            break
    return found if found[0] < found[1] else span


def _words(text: str, span: Span, bounds: Span) -> Span:
    """Return a span that ends and begins with whole words."""
    start, end = span
    low, high = bounds
    while start > low and _goes_back(text, start):
        start -= 1
    while end < high and end > start and _goes_on(text, end):
        end += 1
    return start, end


def _goes_on(text: str, end: int) -> bool:
    if not _LETTER.match(text, end - 1) and not _JOINS.match(text, end - 1):
        return False
    return _LETTER.match(text, end) is not None or _JOINS.match(text, end) is not None


def _goes_back(text: str, start: int) -> bool:
    if _LETTER.match(text, start - 1):
        return _LETTER.match(text, start) is not None or _JOINS.match(text, start) is not None
    joined = _LETTER.match(text, start) is not None and _JOINS.match(text, start - 1) is not None
    return joined and start > 1 and _LETTER.match(text, start - 2) is not None


def _edges(text: str, span: Span) -> Span:
    """Return a span without spaces and marks at its ends; a bracket that is opened in it keeps its end."""
    start, end = span
    while start < end and text[start] in _EDGES[0]:
        start += 1
    while end > start and text[end - 1] in _EDGES[1]:
        end -= 1
    return start, end


def _paired(text: str, span: Span, bounds: Span) -> Span:
    """Return a span in which every bracket and quotation has both ends, or is left out."""
    start, end = span
    opened, closed = _unmatched(text, span, bounds)
    if closed:
        opener = _opener(text, closed[-1], bounds)
        if opener is not None and start - opener <= FAR:
            start = opener
        elif opener is not None:
            start = closed[-1] + 1
    if opened:
        closer = _closer(text, opened[0], bounds)
        cut = len(text[start : opened[0]].rstrip()) >= SHORTEST
        cites = closer is not None and _cites(text[opened[0] + 1 : closer])
        if closer is not None and not (cut and (cites or closer - end > FAR)):
            end = closer + 1
        elif closer is not None:
            end = opened[0]
    return start, end


def _cites(inside: str) -> bool:
    return load_patterns("claim_spans.csv")["citation"].fullmatch(inside.strip()) is not None


def _marks(text: str, span: Span, bounds: Span) -> list[tuple[int, str]]:
    """Return the brackets and quotation marks of a span; straight quotation marks by their turn in the bounds."""
    straight = [one.start() for one in re.finditer('"', text[slice(*bounds)])] if '"' in text[slice(*span)] else []
    kinds = {bounds[0] + at: "“”"[number % 2] for number, at in enumerate(straight)} if len(straight) % 2 == 0 else {}
    told = ((at, kinds.get(at, text[at])) for at in range(*span))
    return [(at, mark) for at, mark in told if mark in _CLOSING or mark in _OPENING]


def _unmatched(text: str, span: Span, bounds: Span) -> tuple[list[int], list[int]]:
    """Return the places of what is opened and not closed in a span, and of what is closed and not opened."""
    stack: list[tuple[int, str]] = []
    closed = []
    for at, mark in _marks(text, span, bounds):
        if mark in _OPENING:
            if stack and stack[-1][1] == _OPENING[mark]:
                stack.pop()
            elif not stack:
                closed.append(at)
        elif mark in _CLOSING:
            stack.append((at, mark))
    return [at for at, _ in stack], closed


def _closer(text: str, opener: int, bounds: Span) -> int | None:
    depth = 0
    marks = _marks(text, (opener, bounds[1]), bounds)
    first = marks[0][1]
    for at, mark in marks:
        depth += (mark == first) - (mark == _CLOSING[first])
        if depth == 0:
            return at
    return None


def _opener(text: str, closer: int, bounds: Span) -> int | None:
    depth = 0
    marks = _marks(text, (bounds[0], closer + 1), bounds)
    last = marks[-1][1]
    for at, mark in reversed(marks):
        depth += (mark == last) - (mark == _OPENING[last])
        if depth == 0:
            return at
    return None
