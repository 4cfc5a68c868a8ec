"""The numbers of a passage with what they count, and every result that a simple calculation of them may have.

A reader who meets "so fourteen were missing" looks back for numbers of the same thing. `figures` gives each number of a
sentence with the words that name its thing; `like` picks those that may be of one thing with another; `results` gives what
adding and subtracting some of them yields, so that a check can let stand what any choice of operands makes right.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from verbale.review.counting import count_words, either
from verbale.review.marking import Marked
from verbale.review.quantities import like_a_year

# Of more numbers than this, some calculation yields nearly every small number: then nothing is judged.
MOST: Final = 6
# What a number counts is named within so many words behind it ("nine heavily armed men").
_NOUN_WORDS: Final = 3
# Words with the same beginning of so many letters are one: member, members, membership.
_STEM: Final = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a sentence: its offsets there, its value and kind (count, money), and the stems of what it may count.

    A number with no words of its own ("Kenya 800") has no stems and may be of anything.
    """

    start: int
    end: int
    value: float
    kind: str
    stems: frozenset[str]


def stem(word: str) -> str:
    """Return the beginning of a word without a plural's ending, by which words of one thing are known."""
    short = word.lower()
    for plural, singular in (("men", "man"), ("ies", "y"), ("s", "")):
        if short.endswith(plural) and len(short) > len(plural) + 1:
            short = short.removesuffix(plural) + singular
            break
    return {"pp": "page"}.get(short, short)[:_STEM]


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(rf"{either('no nouns')}|{either('totals')}", re.IGNORECASE)


# "In 545", "paid in 532": a year of three figures.
_YEAR: Final = re.compile(r"\b(?:in|since|until|before|after|by|of)\s$", re.IGNORECASE)


def figures(marked: Marked) -> list[Figure]:
    """Return the numbers and sums of money of a sentence in order, without "one" and those that look like years."""
    found: list[Figure] = []
    for each in marked.quantities:
        text = marked.text[each.start : each.end]
        if each.kind not in ("count", "money") or text.lower() == "one":
            continue
        if like_a_year(text):
            continue
        stems = _stems(marked, each.end)
        if text.isdecimal() and len(text) == 3 and not stems and _YEAR.search(marked.text[: each.start]):
            continue
        found.append(Figure(each.start, each.end, each.value, each.kind, stems))
    return found


def without_ones(marked: Marked) -> str:
    """Return the marks of a sentence with "one" written out, which is a pronoun as often as a number."""
    marks = marked.with_articles()
    for each in marked.quantities:
        if each.value == 1:
            marks = marks[: each.start] + marked.text[each.start : each.end] + marks[each.end :]
    return marks


def _stems(marked: Marked, end: int) -> frozenset[str]:
    """Return the stems of the words right behind a number, up to the first that joins or acts."""
    stems: list[str] = []
    at = end
    while len(stems) < _NOUN_WORDS:
        match = re.compile(r"[\s-]([a-z][a-z'-]*)").match(marked.marks, at)
        if match is None or _stop().fullmatch(match[1]) or re.fullmatch(either("acted"), match[1]):
            break
        behind = re.compile(r"\s([a-z][a-z'-]*)").match(marked.marks, match.end())
        if match[1].endswith("ed") and (behind is None or re.fullmatch(either("no nouns"), behind[1], re.IGNORECASE)):
            break  # "a further 160 grazed by the river", but "nine armed men"
        stems.append(stem(match[1]))
        at = match.end()
    return frozenset(stems)


def like(one: Figure, other: Figure) -> bool:
    """Tell whether two numbers may be of one thing: they share a word, or one has none of its own."""
    return one.kind == other.kind and (not one.stems or not other.stems or bool(one.stems & other.stems))


def same_thing(one: Figure, other: Figure) -> bool:
    """Tell whether two numbers are told to be of one thing: they share a word, or are both sums of money."""
    return one.kind == other.kind and (bool(one.stems & other.stems) or one.kind == "money")


def results(values: Sequence[float]) -> set[float]:
    """Return every sum of some of the numbers, each added, taken away or left out.

    >>> sorted(results([40.0, 25.0]))
    [15.0, 25.0, 40.0, 65.0]
    """
    signs = itertools.product((-1, 0, 1), repeat=len(values))
    found = {round(abs(sum(sign * each for sign, each in zip(row, values, strict=True))), 6) for row in signs}
    return found - {0.0}


def listed(name: str, text: str) -> bool:
    """Tell whether a word of a list of counts.csv stands in a text."""
    return bool(count_words()[name]) and re.search(rf"\b{either(name)}(?!\w)", text, re.IGNORECASE) is not None
