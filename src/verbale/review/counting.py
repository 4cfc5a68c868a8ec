"""What the checks of counts share: the words of counts.csv, and how a number is compared, shown and reported."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.numbers import words
from verbale.review.words import DATA, read_lists

COUNT_LISTS: Final = frozenset(
    {
        "yields",
        "each",
        "opposites",
        "answers",
        "undecided",
        "wholly",
        "mostly",
        "agreed",
        "units",
        "hedges",
        "namely",
        "some of",
        "another",
        "last of them",
        "opposing",
        "polls",
        "closes",
        "totals",
        "introduces",
        "amounts to",
        "each one",
        "twofold",
        "threefold",
        "fourfold",
        "fivefold",
        "only two",
        "roughly",
        "made of",
        "beside",
        "times",
        "as many",
        "more",
        "fewer",
        "joins",
        "changed",
        "brought",
        "joined",
        "averaging",
        "remained",
        "margin",
        "hence",
        "not than",
        "together",
        "musters",
        "points",
        "acted",
        "beyond",
        "bodies",
        "stayed away",
        "lost",
        "outright",
        "short of",
        "reciprocal",
        "relates",
        "stances",
        "above",
        "below",
        "leaves",
        "so it follows",
        "typical",
        "gives",
        "lacking",
        "as long",
        "no nouns",
        "needed",
        "unused",
        "behind",
        "rest",
        "as well",
        "over half",
        "under half",
        "anew",
        "yearly",
        "whole term",
        "this sum",
        "earlier",
        "who join",
        "founded",
        "acceding",
        "joining",
        "leaves it",
        "leaving",
        "the ones",
        "how many",
        "took part",
        "they",
        "doubled",
        "tripled",
        "quadrupled",
        "shared out",
        "gone",
        "grown",
        "balance",
        "presiding",
        "divided",
        "instalments",
        "first of them",
        "everyone",
        "interest",
        "several in one",
        "not the whole",
        "exhausting",
        "parted",
        "kept on",
        "totals behind",
        "loosely",
        "parts of",
        "sum led",
        "named things",
        "not reached",
        "parts act",
        "alters",
        "cuts across",
        "to a sum",
        "adding up",
        "a head",
        "ratios",
        "denied",
        "dated things",
        "voters",
        "persons",
        "rises",
        "falls",
        "appoints",
        "over",
        "has now",
        "seated",
        "benches",
        "away",
        "divides",
        "side",
        "save",
        "how few",
        "becomes",
        "when they came",
        "set against",
        "is left over",
        "tells of",
        "of several kinds",
        "told apart",
        "is worth",
        "money units",
        "picked out",
        "the sum of it",
        "all of it",
        "moves",
        "further on",
        "at another time",
        "it is",
        "adds",
        "that makes",
        "places",
        "times of the year",
        "in other words",
        "is one of",
        "added up",
        "comes after",
        "partners",
        "next to",
        "left untold",
        "majorities",
        "in favour",
        "of a body",
        "to spare",
        "no absolute",
        "picks",
        "lengths",
        "set beside",
        "at a rate",
        "more than",
        "less than",
        "majority of a kind",
        "two together",
        "three together",
        "four together",
        "five together",
        "of a part",
        "of some",
        "measured",
    }
)


# Verbs of a change by a factor.
CHANGES: Final = {"doubled": 2.0, "trebled": 3.0, "tripled": 3.0, "quadrupled": 4.0, "quintupled": 5.0, "halved": 0.5}


@cache
def count_words() -> dict[str, tuple[str, ...]]:
    """Return the lists of counts.csv, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    return read_lists(DATA / "counts.csv", COUNT_LISTS)


@cache
def either(name: str) -> str:
    """Return a list of counts.csv as a group of a regular expression."""
    return "(?:" + "|".join(sorted(count_words()[name], key=len, reverse=True)) + ")"


def measures(noun: str) -> bool:
    """Tell whether a noun is a unit, of which no list has as many members (days, tonnes)."""
    return any(re.fullmatch(unit, noun) for unit in count_words()["units"])


def same_number(one: float, other: float) -> bool:
    """Tell whether two numbers are one, but for how computers round."""
    return abs(one - other) <= 1e-6 * max(one, other, 1)


def comparable(told: float, real: float, far: float) -> bool:
    """Tell whether a number can be meant for another: one `far` times as large or as small is of other things."""
    return 1 / far <= told / real <= far


def show(number: float) -> str:
    """Return a number as a message writes it: small whole ones in words."""
    if number >= 10**9:
        return f"{number / 10**9:,.10g} billion"
    return words(int(number)) if number == int(number) and number < 10**6 else f"{number:,.10g}"


def slip_in(sentence: Sentence, start: int, end: int, message: str) -> Slip:
    """Return a slip between two offsets of a sentence."""
    return Slip(sentence.start + start, sentence.start + end, message)
