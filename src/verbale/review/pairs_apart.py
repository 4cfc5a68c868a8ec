"""Tells by their words that two tellings are of two happenings: lifted and imposed, a protocol and a treaty, a neighbour's own.

These are differences that likeness of words cannot weigh: words of one field with contrary meanings, and words that say
outright that another thing is meant.
"""

from __future__ import annotations

from typing import Final

from verbale.review.happening_words import load_happening_words
from verbale.review.order_words import contraries, order_words
from verbale.review.retellings import Happening
from verbale.review.trees import Tree

# A thing called by a date so many years off, and told in a pluperfect, is one from before.
_FORMER: Final = 3


def tells_two(one: Happening, other: Happening) -> bool:
    """Tell whether the words themselves say that a later telling is of another happening than an earlier one."""
    return (
        _contrary(one, other)
        or _of_a_rank(one, other)
        or _lesser(one, other)
        or _at_another_place(one, other)
        or _as_well(other)
        or _from_before(one, other)
        or _done_to_another(one, other)
        or _done_by_another(one, other)
        or _another(other)
        or bool(other.core & order_words()["directions"] - one.whole)  # the line, and its southern branch
    )


def _contrary(one: Happening, other: Happening) -> bool:
    """Tell whether one undoes what the other did: "lifted in 1999; they had been imposed in 1992"."""
    return not one.nominal and not other.nominal and other.act in contraries().get(one.act, ())


def _of_a_rank(one: Happening, other: Happening) -> bool:
    """Tell whether one is the first and the other the last of a row, a second one, or a day on which the first is recalled."""
    if one.outer and other.outer and not one.outer & other.outer:
        return True  # the first flag and the last
    if other.whole & order_words()["recalling"]:
        return True  # "the ceremony of 1999 recalled the opening"
    return other.indefinite and other.rank > 1 and not one.rank  # "a second agreement"


def _lesser(one: Happening, other: Happening) -> bool:
    """Tell whether a thing called by its date is a paper of less weight than what was made: a protocol after a pact."""
    lesser = order_words()["lesser papers"]
    if not other.restricted or other.act not in lesser or other.act in one.core | one.clause:
        return False
    groups = load_happening_words()
    return any(groups.group(head) == groups.group(other.act) for head in one.heads)


def _at_another_place(one: Happening, other: Happening) -> bool:
    """Tell whether a thing called by its place and date was there, and what was told before was elsewhere: the Cairo summit."""
    if not (other.restricted and other.nominal and one.places and other.titles):
        return False
    named = {key for key in other.titles if key[:1] in "=@"}
    return bool(named) and not named & (one.places | one.titles | one.names | one.whole)


def _as_well(other: Happening) -> bool:
    """Tell whether what "had" been done was done "as well": before, also, already."""
    tree = other.tree
    beside = {tree.word(each) for each in tree.below[other.at]}
    beside |= {tree.word(each) for at in tree.below[other.at] for each in tree.below[at] if tree.label(each) == "fixed"}
    had = any(tree.word(each) == "had" for each in tree.children(other.at, "aux"))
    return not other.nominal and had and bool(beside & order_words()["as well"])


def _from_before(one: Happening, other: Happening) -> bool:
    """Tell whether a thing called by a date years before "had been" something: the embargo of 1967 had been a failure."""
    earlier = one.moment.year - other.moment.year
    return other.nominal and named_from_before(other.tree, other.at, earlier) and not one.titles & other.titles


def named_from_before(tree: Tree, at: int, earlier: int) -> bool:
    """Tell whether a thing called by a date so many years earlier "had been" something: it is one from before."""
    return earlier > _FORMER and had_been(tree, at)


def had_been(tree: Tree, at: int) -> bool:
    """Tell whether a noun is the subject of a pluperfect."""
    verb = tree.head(at) if tree.label(at) in ("nsubj", "nsubj:pass") else None
    return verb is not None and any(tree.word(each) == "had" for each in tree.children(verb, "aux"))


def _another(other: Happening) -> bool:
    """Tell whether what is told is called another one, an older or a second."""
    tree = other.tree
    nouns = [other.at] if other.nominal else [*tree.children(other.at, "nsubj:pass", "obj")]
    another = load_happening_words().lists["another treaty"]
    return any(tree.words_of(each) & another for each in nouns if _has_article(tree, each))


def _has_article(tree: Tree, at: int) -> bool:
    return any(tree.word(each) in ("a", "an") for each in tree.children(at, "det"))


def _done_to_another(one: Happening, other: Happening) -> bool:
    """Tell whether one verb is told with two objects: it declared its independence, and declared itself a republic."""
    if one.nominal or other.nominal or one.act != other.act or one.kind is other.kind:
        return False
    things = one.tree.child(one.at, "obj"), other.tree.child(other.at, "obj")
    return None not in things


def _done_by_another(one: Happening, other: Happening) -> bool:
    """Tell whether one verb is told of two that are called by nouns of their own: the country withdrew, its neighbour had."""
    if one.nominal or other.nominal or one.act != other.act:
        return False
    who = one.tree.child(one.at, "nsubj", "nsubj:pass"), other.tree.child(other.at, "nsubj", "nsubj:pass")
    if who[0] is None or who[1] is None or one.tree.tokens[who[0]].pos != "NOUN" or other.tree.tokens[who[1]].pos != "NOUN":
        return False
    owned = other.tree.child(who[1], "nmod:poss")
    return owned is not None and one.tree.lemma(who[0]) != other.tree.lemma(who[1])
