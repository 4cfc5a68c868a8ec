"""Finds a government, an office or the name of a town in a year that had none: "the Soviet delegation ... in 1995"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_acts import Act, acts_of, times_of
from verbale.review.chronicle import Chronicle, told
from verbale.review.era_words import load_era_words
from verbale.review.trees import Tree

# Writers round: a delegation may still be called Soviet in the month after.
_TURN: Final = 1
_FORMER: Final = frozenset(
    {
        "former",
        "ex",
        "late",
        "erstwhile",
        "old",
        "future",
        "modern",
        "now",
        "present",
        "then",
        "called",
        "renamed",
        "post",
        "pre",
    }
)
# "The Soviet deputy foreign minister": so many words may stand between.
_BETWEEN: Final = 2
_PLACES: Final = frozenset({"in", "at", "to", "from", "near", "for", "via", "into"})


@dataclass(frozen=True, slots=True)
class _Named:
    """What a text names: the words of eras.csv with their kind, and where they stand."""

    words: str
    kind: str
    start: int
    end: int


def find_eras(chronicle: Chronicle) -> Iterator[Slip]:
    """Yield a slip for each dated act of, or in, something that did not bear this name in that year."""
    for tree in chronicle.trees.values():
        said = (
            *((act.at, act.date, act.date_at, _who(chronicle, act)) for act in acts_of(chronicle, tree)),
            *(
                (at, date, spot, _where(tree, at))
                for at, (date, spot) in times_of(chronicle, tree)
                if told(tree, at, chronicle.words)
            ),
        )
        for at, date, date_at, found in said:
            if found is None or str(abs(date.year)) not in chronicle.text[slice(*date_at)]:
                continue
            near = re.findall(r"[\w-]+", chronicle.text[max(tree.sentence.start, found.start - 25) : found.start].lower())
            eras = load_era_words().eras[found.kind][found.words]
            if set(near) & _FORMER or any(_within(era, date.year) for era in eras):
                continue
            first, last = eras[0]
            lived = f"{first if first is not None else ''}–{last if last is not None else ''}"
            spot = tree.span([at, *tree.within(found.start, found.end), *tree.within(*date_at)])
            yield Slip(*spot, f"In {date.year} nothing was called {found.words} in this way ({lived}).", (date_at,))
            break


def _within(era: tuple[int | None, int | None], year: int) -> bool:
    first, last = era
    return (first is None or year >= first - _TURN) and (last is None or year <= last + _TURN)


def _who(chronicle: Chronicle, act: Act) -> _Named | None:
    """Return the adjective of the state whose servants act, or the office that acts."""
    tree, words = act.tree, load_era_words()
    text, start = chronicle.text, tree.sentence.start
    token = tree.tokens[act.who]
    acting = chronicle.words.lists["servants"] | chronicle.words.lists["offices"]
    for match in words.patterns["office"].finditer(text, start, tree.sentence.end):
        if match.end() == token.end and _definite(tree, act.who):
            return _Named(match[0], "office", match.start(), match.end())
    if tree.lemma(act.who) not in acting and tree.word(act.who) not in acting:
        return None
    dates = chronicle.dates[tree.sentence.index]
    if any(each in dates for each in tree.children(act.who, "nmod", "nmod:unmarked")):
        return None  # the ambassador of 1972
    for match in words.patterns["adjective"].finditer(text, start, token.start):
        # "East German" hangs on the noun by its last word, with at most two words between
        last = tree.within(match.start(), match.end())[-1:]
        between = range(last[0] + 1, act.who) if last else range(_BETWEEN + 1)
        if len(between) <= _BETWEEN and all(tree.tokens[each].pos in ("ADJ", "NOUN", "PUNCT") for each in between):
            return _Named(match[0], "adjective", match.start(), match.end())
    return None


def _definite(tree: Tree, at: int) -> bool:
    """Tell whether an office stands alone with its article: the Kaiser, not Kaiser Karzai, nor the car czar."""
    children = tree.children(at, "compound", "amod", "flat", "appos", "nmod:poss")
    return any(tree.word(each) == "the" for each in tree.children(at, "det")) and not children


def _where(tree: Tree, at: int) -> _Named | None:
    """Return the town where an act is done."""
    words = load_era_words()
    start = tree.sentence.start
    for match in words.patterns["town"].finditer(tree.sentence.text.replace("’", "'")):
        spot = tree.within(start + match.start(), start + match.end())
        top = tree.top(spot) if spot else None
        if top is None or tree.head(top) != at or not set(tree.case(top).split()) & _PLACES:
            continue
        return _Named(match[0], "town", start + match.start(), start + match.end())
    return None
