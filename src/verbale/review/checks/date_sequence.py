"""Finds "a month after the award" beside a date before it, and a first, second and third whose dates go back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_told import later
from verbale.review.chronicle import Chronicle, Telling, governor
from verbale.review.dates import WrittenDate, find_dates
from verbale.review.durations import Duration, find_durations
from verbale.review.numbers import ORDINALS
from verbale.review.trees import Tree

_AFTER: Final = frozenset({"after", "following"})
# A year before our era is read with the letters behind it.
_ERA: Final = 6
_BEFORE: Final = frozenset({"before"})


# Of shorter times some pair of dates is always one (in days).
_LONG: Final = 60


def find_sequence(chronicle: Chronicle) -> Iterator[Slip]:
    """Yield a slip for each date that its own words of order put on the wrong side of what the text dates elsewhere."""
    for tree in chronicle.trees.values():
        yield from _connected(chronicle, tree)
        yield from _ranked(chronicle, tree)


def _connected(chronicle: Chronicle, tree: Tree) -> Iterator[Slip]:
    for at in range(len(tree.tokens)):
        words = set(tree.case(at).split())
        after, before = words & _AFTER or _in_response(chronicle, tree, at), words & _BEFORE
        if bool(after) == bool(before) or at in chronicle.dates[tree.sentence.index]:
            continue
        host, date, date_at = _time_of_host(chronicle, tree, at)
        if host is None or date is None:
            continue
        anchors = [each for each in anchors_of(chronicle, tree, at) if each.at != host or each.sentence is not tree.sentence]
        if not anchors:
            slip = _turned_round(chronicle, tree, at, date, date_at) if after else None
            if slip is not None:
                yield slip
            continue
        # a date without its year may be of the year it is told from: "on 10 July, four weeks before the signature"
        whole = bool(find_dates(chronicle.text[date_at[0] : date_at[1] + _ERA]))
        nearer = [date if whole else replace(date, year=each.date.year) for each in anchors]
        wrong = (later(each.date, own) if after else later(own, each.date) for each, own in zip(anchors, nearer, strict=True))
        if not all(wrong) or _told_otherwise(chronicle, tree, at, date, after=bool(after)):
            continue
        if all(later(each.date, date) if after else later(date, each.date) for each in anchors):
            other = anchors[0]
            word = "after" if after else "before"
            start = min(date_at[0], tree.tokens[at].start)
            said, told = chronicle.text[slice(*date_at)], chronicle.text[slice(*other.date_at)]
            message = f"{said} is not {word} this, which the text dates {told}."
            yield Slip(start, max(date_at[1], tree.tokens[at].end), message, (other.date_at,))
            return


def _in_response(chronicle: Chronicle, tree: Tree, at: int) -> bool:
    """Tell whether something is done in response to what a noun means."""
    over = tree.head(at)
    return (
        tree.case(at) == "to"
        and over is not None
        and tree.lemma(over) in chronicle.words.lists["responses"]
        and tree.case(over) == "in"
    )


def _counted(chronicle: Chronicle, tree: Tree, at: int) -> Duration | None:
    """Return the time right before the "after" or "before" of a word: "a week after the shooting"."""
    case = next((each for each in tree.children(at, "case", "mark")), None)
    if case is None:
        return None
    begin = tree.tokens[case].start - tree.sentence.start
    text = chronicle.text[tree.sentence.start : tree.sentence.end]
    return next((each for each in find_durations(text) if 0 <= begin - each.end <= 1), None)


def _told_otherwise(chronicle: Chronicle, tree: Tree, at: int, date: WrittenDate, *, after: bool) -> bool:
    """Tell whether so long before or after a date, as "twenty-two months before the treaty" tells, the text dates something."""
    duration = _counted(chronicle, tree, at)
    every = (each for dates in chronicle.dates.values() for each in dates.values())
    return (
        duration is not None
        and duration.days > _LONG
        and any(duration.fits(*((each, date) if after else (date, each))) for each in every)
    )


def _time_of_host(chronicle: Chronicle, tree: Tree, at: int) -> tuple[int | None, WrittenDate | None, tuple[int, int]]:
    """Return the verb whose time "after X" tells, and the date that the sentence gives it."""
    host = tree.head(at)
    while host is not None and not tree.is_verb(host) and tree.tokens[host].pos in ("NOUN", "NUM", "ADV"):
        host = tree.head(host)
    text = chronicle.text[tree.sentence.start : tree.sentence.end]
    for top, date in chronicle.dates[tree.sentence.index].items():
        place = governor(tree, top, chronicle.words, text[: date.start])
        if place is not None and not place[1] and place[0] == host:
            return host, date, (tree.sentence.start + date.start, tree.sentence.start + date.end)
    return None, None, (0, 0)


def anchors_of(chronicle: Chronicle, tree: Tree, at: int) -> list[Telling]:
    """Return the dates that the text gives elsewhere to what "after X" names; none where X has a date of its own here."""
    noun = tree.lemma(at)
    if tree.tokens[at].pos == "PROPN" and tree.child(at, "det", "nmod") is None:
        return []  # laid before Congress
    if not tree.is_verb(at) and noun not in chronicle.words.by_noun and noun not in chronicle.words.group_of:
        return []
    inside = set(tree.subtree(at))
    if inside & set(chronicle.dates[tree.sentence.index]):
        return []
    return [each for each in chronicle.dated(tree, at) if not each.inferred or each.sentence.block == tree.sentence.block]


def _turned_round(chronicle: Chronicle, tree: Tree, at: int, date: WrittenDate, date_at: tuple[int, int]) -> Slip | None:
    """Find "on 12 September, a week after the shooting" where the paragraph told of 19 September just before."""
    duration = _counted(chronicle, tree, at)
    before = [
        each
        for each in chronicle.tellings
        if each.sentence.block == tree.sentence.block and each.sentence.index < tree.sentence.index
    ]
    if duration is None or not before or not _precise(duration, date, before[-1].date):
        return None
    last = before[-1]
    if later(last.date, date) and duration.fits(date, last.date):
        said, told = chronicle.text[slice(*date_at)], chronicle.text[slice(*last.date_at)]
        return Slip(date_at[0], tree.tokens[at].end, f"{said} would lie before what was told last ({told}).", (last.date_at,))
    return None


def _precise(duration: Duration, one: WrittenDate, other: WrittenDate) -> bool:
    return (
        bool(one.day and other.day)
        if duration.unit in ("day", "week")
        else bool(one.month and other.month) or duration.unit == "year"
    )


def _ranked(chronicle: Chronicle, tree: Tree) -> Iterator[Slip]:
    """Check "the first in 1851, the second in 1859 and the third in 1856"."""
    start = tree.sentence.start
    dates = sorted(chronicle.dates[tree.sentence.index].values(), key=lambda each: each.start)
    dated = {word for date in dates for word in tree.within(start + date.start, start + date.end)}
    ranks = [
        (ORDINALS.index(tree.tokens[at].text.lower()) + 1, at)
        for at in range(len(tree.tokens))
        if tree.tokens[at].text.lower() in ORDINALS and at not in dated
    ]
    told: list[tuple[int, int, WrittenDate]] = []
    for number, (rank, at) in enumerate(ranks):
        end = tree.tokens[ranks[number + 1][1]].start if number + 1 < len(ranks) else tree.sentence.end
        own = [date for date in dates if tree.tokens[at].end - start <= date.start and start + date.end <= end]
        if len(own) == 1:
            told.append((rank, at, own[0]))
    if len(told) < 2 or [rank for rank, _, _ in told] != list(range(told[0][0], told[0][0] + len(told))):
        return
    for (_, _, first), (_, at, last) in itertools.pairwise(told):
        if later(first, last):
            message = (
                f"The {tree.tokens[at].text.lower()} ({last.year}) would lie before the one that it follows ({first.year})."
            )
            yield Slip(tree.tokens[at].start, start + last.end, message, ((start + first.start, start + first.end),))
            return
