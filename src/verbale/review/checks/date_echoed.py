"""Finds a date by which a thing is called that repeats another date of the text but for its year: "the ruling of April 2004".

Whoever calls a thing by its date copies that date, and a slip changes one part of it. So a day and month told before with a
year near it, or a month told just before, are an echo, where the text knows the date of the name from nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_named import Account, Told
from verbale.review.pairs import one_figure
from verbale.review.pairs_apart import had_been
from verbale.review.retellings import Retellings
from verbale.review.trees import Tree

# Years so far apart, or of one figure, are one that was written wrongly.
_NEAR: Final = 2
# So many sentences back a month is still that of what was told just before; a day is so in the whole text.
_REACH: Final = 4


def find_echoed(retellings: Retellings, account: Account) -> Iterator[Slip]:
    """Yield a slip for each thing that is called by a date which repeats one told before but for the year."""
    for told in account.times:
        tree = account.trees.get(told.sentence.index)
        if tree is None or told.moment.sure != 2 or told.moment.exact not in ("day", "month"):
            continue
        noun = _called(account, tree, told)
        beside = _called_beside(account, tree, told) if noun is None and told.moment.exact == "day" else None
        if noun is None and beside is None:
            continue
        other = _echo(account, told)
        if other is None or _again(account, told, month=other.moment.year == told.moment.year):
            continue
        if beside is not None:
            # "the ceremony in Windhoek on 21 March": a year on it may be an anniversary, a year back it is not
            back = told.sentence.index - other.sentence.index <= _REACH
            other = other if back and told.moment.year < other.moment.year else None
        noun = noun if noun is not None else beside
        if other is None or noun is None or _named_otherwise(tree, noun, other):
            continue
        if had_been(tree, noun) and told.moment.last < other.moment.first and not _alike(account, tree.lemma(noun), other):
            continue  # the rising of December 1894 had gone unnoticed
        said, elsewhere = (retellings.chronicle.text[slice(*each.place)] for each in (told, other))
        start = tree.tokens[noun].start
        yield Slip(start, told.place[1], f"This is dated {said}, and {elsewhere} was told before.", (other.place,))


def _called(account: Account, tree: Tree, told: Told) -> int | None:
    """Return the noun of "the ruling of April 2004", one thing that is told as known."""
    spot = tree.within(*told.place)
    if not spot or spot[0] < 2 or tree.word(spot[0] - 1) not in ("of", "in"):
        return None
    at = spot[0] - 2
    if tree.word(spot[0] - 1) == "in":
        # "the bombing of the barracks in October 1983"
        top = tree.top(spot)
        head = tree.head(top) if top is not None else None
        if head is None or head > at or tree.lemma(head) not in account.words.by_noun:
            return None
        at = head
    if tree.tokens[at].pos not in ("NOUN", "PROPN") or "Number=Plur" in tree.tokens[at].morph:
        return None
    if tree.lemma(at) in account.words.lists["times"]:
        return None
    definite = any(tree.word(each) in account.words.lists["definite"] for each in tree.children(at, "det"))
    return at if definite or tree.child(at, "nmod:poss") is not None else None


def _called_beside(account: Account, tree: Tree, told: Told) -> int | None:
    """Return the noun of "the ceremony in Windhoek on 21 March 1989", one thing that is told as known."""
    spot = tree.within(*told.place)
    if not spot or spot[0] < 2 or tree.word(spot[0] - 1) != "on":
        return None
    at = spot[0] - 2
    while at > 0 and (tree.tokens[at].pos == "PROPN" or tree.word(at) in account.words.lists["places"]):
        at -= 1
    known = any(tree.word(each) in account.words.lists["definite"] for each in tree.children(at, "det"))
    return at if tree.tokens[at].pos == "NOUN" and known and tree.label(at) in ("nsubj", "nsubj:pass") else None


def _named_otherwise(tree: Tree, noun: int, other: Told) -> bool:
    """Tell whether a name on the noun tells another thing: the Durban summit of July 2002 did not meet in Lomé in July 2000."""
    beside = (each for each in tree.children(noun, "compound", "amod") if tree.tokens[each].pos == "PROPN" and each < noun)
    return any(tree.tokens[each].text not in other.sentence.text for each in beside)


def _alike(account: Account, noun: str, other: Told) -> bool:
    """Tell whether a sentence has a noun or a word of its meaning."""
    tree = account.trees.get(other.sentence.index)
    words = () if tree is None else [tree.lemma(at) for at in range(len(tree.tokens))]
    return any(account.retellings.kin(noun, word) for word in words if word)


def _again(account: Account, told: Told, *, month: bool) -> bool:
    """Tell whether the text gives the date of a name elsewhere too, of whatever; `month`: with its month at least."""
    exact = ("day", "month") if month else ("day", "month", "season", "year", "century")
    return any(each is not told and not each.moment.apart(told.moment) for each in account.times if each.moment.exact in exact)


def _echo(account: Account, told: Told) -> Told | None:
    """Return the one date told before that is the same but for its year."""
    own = told.moment.written
    found: list[Told] = []
    for each in account.times:
        date = each.moment.written
        back = told.sentence.index - each.sentence.index
        if back <= 0 or each.moment.sure < 1:
            continue
        if date.year == own.year and own.day is not None and date.day == own.day and date.month != own.month:
            found.append(each)  # 24 June, and 24 July
            continue
        if date.month != own.month or date.year == own.year:
            continue
        near = abs(date.year - own.year) <= _NEAR
        same_day = own.day is not None and date.day == own.day
        just = own.day is None and back <= _REACH
        if (near and just) or (same_day and (near or one_figure(date.year, own.year))):
            found.append(each)
    return found[-1] if len({(each.moment.year, each.moment.month) for each in found}) == 1 else None
